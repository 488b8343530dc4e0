"""The sentence of a passage that answers, and in it the words that do so literally."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import KeySentence
from assistant.bounds import within
from assistant.clauses import AskedThing, meant
from assistant.literal import spans
from assistant.rows import heads_in, in_column, row_named
from assistant.stated import asked, is_stated, stated
from sources.anchor import Lang
from sources.model import CELLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.question import Question
    from index.search import Searcher
    from index.sentences import StoredSentences
    from sources.model import Passage

_HAS = 0.2  # what having the thing that is asked for is worth beside a likeness
_STATES = 0.3  # and what stating it is worth


def key_sentence(
    searcher: Searcher, question: Question, passage: Passage, lang: Lang, *, literal: bool
) -> KeySentence | None:
    """The sentence that a question is nearest to, for a reader of ``lang``.

    Where a question wants a moment, a number, a name, a sentence that has one goes before a
    sentence that is a little nearer; ``literal`` says whether that is looked for. One that states
    an exception or a reason, where that is asked for, goes before a nearer one, and so does the row
    of a scale between whose bounds a number of the question lies, or the one that a question names.
    """
    spoken = passage.spoken(lang)
    text = passage.texts[spoken]
    each = searcher.sentences(question, passage, spoken)
    written = [text[s.start : s.end] for s in each]
    sorts, row = asked(question), within(question, written, spoken)
    thing = AskedThing(question, spoken)
    heads = heads_in(written)
    row = row_named(thing, written, heads) if row is None else row
    states = [n == row or is_stated(w, spoken, sorts) for n, w in enumerate(written)]
    found = [
        (each[n].score + _HAS * bool(marks) + _STATES * states[n], n, marks)
        for n, sentence in enumerate(written)
        if n not in heads
        for marks in [spans(question, sentence, spoken) if literal else []]
    ]
    if not found:
        return None
    _, best, marks = max(found, key=lambda f: (f[0], -f[1]))
    sentence = written[best]
    if len(marks) > 1:
        marks = meant(thing, sentence, marks)
    if literal and CELLS in sentence:
        above = max((n for n in heads if n < best), default=None)
        marks = in_column(thing, sentence, passage.lead if above is None else written[above], marks)
    if literal and not marks:
        marks = stated(question, sentence, spoken)
    return KeySentence(sentence, spoken, each[best].start, tuple(marks))


def sentence_marking(
    text: str, lang: Lang, places: Sequence[tuple[int, int]], sentences: StoredSentences
) -> KeySentence | None:
    """The sentence of a text with some places, and those marked; where they stand in several, from
    the first of these to the last.
    """
    having = [
        (start, end)
        for start, end in sentences(text, lang)
        if any(start <= a and b <= end for a, b in places)
    ]
    if not having:
        return None
    start, end = having[0][0], having[-1][1]
    marks = tuple((a - start, b - start) for a, b in places if start <= a and b <= end)
    return KeySentence(text[start:end], lang, start, marks)

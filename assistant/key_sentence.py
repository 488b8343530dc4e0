"""The sentence of a passage that answers, and in it the words that do so literally."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import KeySentence
from assistant.bounds import within
from assistant.clauses import AskedThing, meant
from assistant.literal import spans
from assistant.reviewed import patterns_by_sort
from sources.anchor import Lang
from sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.question import Question
    from index.query import Query
    from index.search import Searcher
    from index.sentences import StoredSentences
    from sources.model import Passage

_HAS = 0.05  # what having the thing that is asked for is worth beside a likeness
_STATES = 0.3  # and what stating it is worth
_STATED = ("exceptions", "reasons")


def key_sentence(
    searcher: Searcher, question: Question, passage: Passage, lang: Lang, *, literal: bool
) -> KeySentence | None:
    """The sentence that a question is nearest to, for a reader of ``lang``.

    Where a question wants a moment, a number, a name, a sentence that has one goes before a
    sentence that is a little nearer; ``literal`` says whether that is looked for. One that states
    an exception or a reason, where that is asked for, goes before a nearer one, and so does the row
    of a scale between whose bounds a number of the question lies.
    """
    spoken = passage.spoken(lang)
    text = passage.texts[spoken]
    each = searcher.sentences(question, passage, spoken)
    written = [text[s.start : s.end] for s in each]
    sorts, row = _asked(question), within(question, written, spoken)
    stated = [n == row or (sorts and _states(w, spoken, sorts)) for n, w in enumerate(written)]
    found = [
        (sentence.score + _HAS * bool(marks) + _STATES * bool(is_stated), sentence, marks)
        for sentence, is_stated in zip(each, stated, strict=True)
        for marks in [
            spans(question, text[sentence.start : sentence.end], spoken) if literal else []
        ]
    ]
    if not found:
        return None
    _, best, marks = max(found, key=lambda f: (f[0], -f[1].start))
    sentence = text[best.start : best.end]
    if len(marks) > 1:
        marks = meant(AskedThing(question, spoken), sentence, marks)
    return KeySentence(sentence, spoken, best.start, tuple(marks))


def _asked(query: Query) -> list[str]:
    """What a query asks for that a sentence states by its words."""
    return [
        name for name in _STATED if patterns_by_sort(name)[query.lang]["asks"].search(query.folded)
    ]


def _states(sentence: str, lang: Lang, sorts: Sequence[str]) -> bool:
    folded = fold(sentence)
    return any(patterns_by_sort(name)[lang]["states"].search(folded) for name in sorts)


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

"""What stands under a heading that a question has the words of, or that one may expect."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from assistant.empty_words import is_empty
from assistant.part_labels import bare
from index.tokens import stems, stems_of
from sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.known_texts import KnownTexts
    from assistant.question import Question
    from index.build import Build
    from sources.anchor import Lang
    from sources.model import Passage

_AROUND = " .:—–-"  # a heading without its number
_LEAST = 2  # words of a heading: "Contrôle" alone may be said by chance
_MOST_OF = (
    0.6  # of the words of a heading that is a question, of which people say some in their own
)
_MOST = 12  # passages that can be wanted


def as_asked(
    question: Question, passage: Passage, build: Build, known: KnownTexts
) -> tuple[list[Passage], bool]:
    """What stands under the nearest heading over a passage of which a question has every word, or
    most of one that is a question itself, in reading order, but for one that is in a part of that,
    which goes first; and does it say no more? None where there is no such heading of at least two
    words, or under it more than can be wanted.

    No more is a word of what stands there, of the headings above, or of the title of the text.
    """
    lang, paths = question.lang, passage.headings_in(question.lang)
    asked = {w.stem for w in question.words}
    for depth in range(len(paths), 0, -1):
        heading = stems(bare(paths[depth - 1]), lang)
        said = heading & asked
        least = _MOST_OF if paths[depth - 1].rstrip().endswith("?") else 1
        if len(said) < _LEAST or len(said) < least * len(heading):
            continue
        document = build.document(*passage.anchor.work_lang)
        found = [p for p in document if p.headings_in(lang)[:depth] == paths[:depth]]
        if len(found) > _MOST:
            return [], False
        if depth < len(paths):  # it stands in a part of that, which may be what is meant
            found = [passage, *(p for p in found if p != passage)]
        own = stems_of(chain.from_iterable(p.all_texts(lang) for p in found), lang)
        content = {w.stem for w in question.words if not is_empty(w, lang)}
        return found, content <= own | known.title_stems(passage.anchor.work, lang)
    return [], False


def by(titles: Collection[str], work: str, lang: Lang, build: Build) -> list[Passage]:
    """What stands under the headings of a text that are some words, folded, in reading order; none
    where that is more than can be wanted.
    """
    found = [
        p
        for p in build.document_for(work, lang)
        if any(fold(bare(h)).strip(_AROUND) in titles for h in p.headings)
    ]
    return found if len(found) <= _MOST else []

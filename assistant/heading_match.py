"""What stands under a heading that a question has the words of, or that one may expect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from assistant import message
from assistant.empty_words import is_empty
from assistant.part_labels import bare
from assistant.reviewed import table
from index.tokens import stems, stems_of
from sources.anchor import LANGS
from sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from assistant.known_texts import KnownTexts
    from assistant.question import Question
    from index.build import Build
    from sources.anchor import Lang
    from sources.model import Passage

_LEAST = 2  # words of a heading: "Contrôle" alone may be said by chance
_MOST_OF = 0.6  # words of a heading that is a question: people say some of it in their own
_MOST = 12  # passages that can be wanted


@cache
def _meanings() -> dict[str, int]:
    """Which of the meanings that parts are headed by the stem of a word has."""
    same = enumerate(table("headings")["same"])
    return {stem: n for n, of in same for la in LANGS for stem in stems_of(of[la], la)}


def say_the_same(one: str, other: str) -> bool:
    """Do two stems say the same where they head a part, in the same language or not?

    >>> say_the_same("devoir", "oblig"), say_the_same("devoir", "devi")
    (True, False)
    """
    meaning = _meanings().get(one)
    return one == other or (meaning is not None and meaning == _meanings().get(other))


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """What stands under the headings that a question has in its words.

    Attributes:
        passages: In reading order, but for one that may go first (:func:`match_headings`); none
            where there is no such heading.
        is_all: Does the question say no more?
        is_sure: And does a heading say that duties, penalties or the like stand there?
    """

    passages: list[Passage]
    is_all: bool
    is_sure: bool


def match_headings(
    question: Question, passage: Passage, build: Build, known: KnownTexts
) -> HeadingMatch:
    """What stands under the headings of a text that a question has in its words.

    It is the nearest heading over the passage that was found, and, where the question says no more,
    any that is headed as duties, penalties or the like ("the obligations of the Province and of the
    Agency"). A heading has at least two words, and stands over no more than can be wanted; one that
    is a question itself is said in most of its words. No more is a word of what stands there, of
    the headings above, or of the title of the text. The passage that was found goes first, unless
    it is one of the duties, penalties or the like right below such a heading.
    """
    lang, path = question.lang, passage.headings_in(question.lang)
    said = _said(question, build.document(*passage.anchor.work_lang))
    over = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in said), ())
    chosen = [of for of in said if of == over or _meant(of[-1], lang)]
    headings = stems_of((bare(of[-1]) for of in chosen), lang)
    found = [p for of in chosen for p in said[of]]
    have = stems_of(chain.from_iterable(p.all_texts(lang) for p in found), lang)
    have |= known.title_stems(passage.anchor.work, lang)
    have |= stems(message.comparison(question.text, lang), lang)
    left = {w.stem for w in question.words if not is_empty(w, lang)} - have
    is_all = all(any(say_the_same(stem, h) for h in headings) for stem in left)
    found = found if is_all else said.get(over, [])
    is_sure = is_all and any(_meant(of[-1], lang) for of in chosen)
    if passage in found and (over != path or not is_sure):
        found = [passage, *(p for p in found if p != passage)]
    return HeadingMatch(found, is_all, is_sure)


def _said(question: Question, document: Sequence[Passage]) -> dict[tuple[str, ...], list[Passage]]:
    """What stands under each of the nearest headings that a question has in its words."""
    lang, asked = question.lang, _asked(question)
    is_said = lru_cache(maxsize=None)(partial(_is_said, asked=asked, lang=lang))
    found: dict[tuple[str, ...], list[Passage]] = {}
    for p in document:
        path = p.headings_in(lang)
        depths = (n for n in range(len(path), 0, -1) if is_said(path[n - 1]))
        if depth := next(depths, 0):
            found.setdefault(path[:depth], []).append(p)
    return {of: under for of, under in found.items() if len(under) <= _MOST}


def _asked(question: Question) -> frozenset[str]:
    """The stems of a question; where it goes on from another and says of whom alone, with what
    that asked for of somebody.
    """
    own = frozenset(w.stem for w in question.words)
    before = question.previous if question.leans != "no" else None
    if before is None or own & _meanings().keys():
        return own
    return own | (_asked(before) & _meanings().keys())


def _is_said(heading: str, asked: Collection[str], lang: Lang) -> bool:
    """Has a question every word of a heading, or most of one that is a question itself?"""
    own = stems(bare(heading), lang)
    said = sum(any(say_the_same(h, a) for a in asked) for h in own)
    least = _MOST_OF if heading.rstrip().endswith("?") else 1
    return said >= max(_LEAST, least * len(own))


def _meant(heading: str, lang: Lang) -> bool:
    """Is a part headed as duties, penalties or the like?"""
    return not _meanings().keys().isdisjoint(stems(bare(heading), lang))


def under(titles: Collection[str], work: str, lang: Lang, build: Build) -> list[Passage]:
    """What stands under the headings of a text that are some words, folded, in reading order; none
    where that is more than can be wanted.
    """
    found = [
        p
        for p in build.document_for(work, lang)
        if any(fold(bare(h)) in titles for h in p.headings)
    ]
    return found if len(found) <= _MOST else []

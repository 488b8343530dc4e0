"""How many there were of something, where a text says of each when, and of the last which it was.

"Meetings took place in February 2016, June 2018 and November 2021", and elsewhere "a fourth meeting
on 5 May 2023": four, and each is named. Where the rank of the last and the number of those that are
named differ, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.answer_type import AnswerType
from assistant.literal import moments
from assistant.reviewed import table
from index.tokens import stem, stems_of
from sources.anchor import LANGS
from sources.folding import fold
from sources.numbering import ORDINAL, ordinal

if TYPE_CHECKING:
    from assistant.question import Question
    from index.sentences import StoredSentences
    from sources.anchor import Lang
    from sources.model import Passage

_JOINT = re.compile(r"\s*,?\s*(?:et en |et |en |ainsi qu’en |ainsi que |in )?", re.IGNORECASE)
_ORDINAL = re.compile(ORDINAL)
_TIMES = frozenset({"fois", "keer", "mal"})  # stems of what says no more than that it is counted
_NEAR = 3  # words between an ordinal and what it counts


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of the things that are counted.

    Attributes:
        passage: That names it.
        start, end: Where the moment stands in its text.
        key: By which moments are the same and ordered.
    """

    passage: Passage
    start: int
    end: int
    key: tuple[int, ...]


def tally(
    question: Question, passages: Sequence[Passage], sentences: StoredSentences
) -> list[Occurrence]:
    """What a question counts, in the order of time; none where that is not certain.

    Args:
        question: As read.
        passages: Which may name it.
        sentences: Of their texts.
    """
    if question.figures:
        return []  # it counts some of them, "since 2018"
    names = {fold(name) for name in question.names}
    counted = _counted(question)
    found: dict[tuple[int, ...], Occurrence] = {}
    last = 0
    for passage in passages:
        text = passage.texts.get(question.lang, "")
        for start, end in sentences(text, question.lang):
            if not all(name in fold(text[start:end]) for name in names):
                continue
            rank, named = _read(counted, text[start:end], question.lang)
            last = max(last, rank)
            for a, b, key in named:
                found.setdefault(key, Occurrence(passage, start + a, start + b, key))
    ordered = [found[key] for key in sorted(found)]
    return ordered if len(ordered) == last > 1 else []


def _counted(question: Question) -> AbstractSet[str]:
    """Stems of what is counted: of the noun, and of the name beside it where the passages may have
    another word for it ("rencontres"); of all words of a question that says none.
    """
    said = {w.stem for w in question.words}
    noun = (AnswerType.of(question).counted & said) - _TIMES
    names = stems_of(question.names, question.lang)
    if not noun:
        return said
    return noun | names if noun & _meetings()[question.lang] else noun


@cache
def _meetings() -> dict[Lang, frozenset[str]]:
    """Stems of the words for what takes place."""
    return {la: frozenset(stem(word, la) for word in table("tally")[la]) for la in LANGS}


def _read(
    counted: AbstractSet[str], sentence: str, lang: Lang
) -> tuple[int, list[tuple[int, int, tuple[int, ...]]]]:
    """The rank of what is counted that a sentence gives (0 for none), and the moments of it."""
    tokens = re.findall(r"[^\W_]+", fold(sentence))
    named = [n for n, token in enumerate(tokens) if stem(token, lang) in counted]
    if not named:
        return 0, []
    found = list(moments(sentence))
    ranks = [
        int(ordinal(token))
        for n, token in enumerate(tokens)
        if _ORDINAL.fullmatch(token) and any(0 < at - n <= _NEAR for at in named)
    ]
    joined = all(
        _JOINT.fullmatch(sentence[before[1] : later[0]]) for before, later in pairwise(found)
    )
    is_clear = len(found) == 1 if ranks else len(found) > 1 and joined
    return max(ranks, default=0), found if is_clear else []

"""What a question says of the thing that it asks for, and which clause of a sentence says that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.empty_words import is_empty
from assistant.literal import asks_for_several, turns
from assistant.quantities import quantities
from assistant.renderings import renderings
from assistant.reviewed import patterns_by_sort
from assistant.things import asking
from assistant.word_match import is_misspelled, is_part
from index.tokens import stems_of, words
from sources.folding import blanked, fold
from sources.numbering import ORDINAL_WORD, ordinal
from sources.numerals import placed

if TYPE_CHECKING:
    from assistant.question import Question
    from index.tokens import Word
    from sources.anchor import Lang

_HALF = 0.5  # share of the words of a question that the clause has that is meant
_BOUND = re.compile(r"[;:]|\b(?:dont|waarvan|tandis|alors|terwijl|mais|maar)\b", re.IGNORECASE)
_RANK = re.compile(rf"\b{ORDINAL_WORD}\b")
_COMMA = re.compile(r",(?!\d)")
_JOINS: dict[Lang, re.Pattern[str]] = {  # "en" is another word in French
    "fr": re.compile(r"\b(?:et|ou)\b"),
    "nl": re.compile(r"\b(?:en|of)\b"),
}


class AskedThing:
    """What a question says of the thing that it asks for: its words and numbers, but for those of
    the name of a text and those by which it asks.

    Args:
        question: As read.
        spoken: Language of what is looked through for them.
    """

    def __init__(self, question: Question, spoken: Lang) -> None:
        lang = question.lang
        named = [(r.start, r.end) for r in question.references]
        named += question.mention.name if question.mention else ()
        text = blanked(question.text, named)
        by = patterns_by_sort("literal_asks")[lang].values()
        interrogatives = [m.group() for p in by for m in p.finditer(question.folded)]
        asks = stems_of([*asking(question), *interrogatives], lang)
        self.question, self.spoken = question, spoken
        said = {w for w in words(text, lang) if w.written.isalpha() and not is_empty(w, lang)}
        self.words = {w for w in said if w.stem not in asks}
        self._asking = said - self.words
        self.numbers = numbers_in(text, lang)
        self.turns = turns_round(question.text, lang, "asks")

    def said(self, texts: Iterable[str]) -> frozenset[str]:
        """Its words that texts have, be it within a longer one or in the other language."""
        have = [w for text in texts for w in words(text, self.spoken)]
        there = self._named(frozenset(w.stem for w in have))
        return there | {
            w.written
            for w in self.words
            for h in have
            if is_part(w.written, h.written) or is_part(h.written, w.written)
        }

    def share(self, texts: Sequence[str]) -> float:
        """The share of its words that texts have, be it misspelled."""
        said = self.said(texts)
        have = [w.written for text in texts for w in words(text, self.spoken)]
        left = (w.written for w in self.words if w.written not in said)
        found = len(said) + sum(is_misspelled(w, have) for w in left)
        return found / len(self.words) if self.words else 1.0

    def named(self, texts: Iterable[str]) -> frozenset[str]:
        """Its words that texts have as such, or in the other language."""
        return self._named(stems_of(texts, self.spoken))

    def asks(self, texts: Iterable[str]) -> frozenset[str]:
        """The words by which it asks ("which price") that texts have."""
        return self._named(stems_of(texts, self.spoken), self._asking)

    def _named(self, have: frozenset[str], of: Iterable[Word] | None = None) -> frozenset[str]:
        lang = self.question.lang
        return frozenset(
            w.written
            for w in (self.words if of is None else of)
            if any(n <= have for n in renderings(w, lang, self.spoken))
        )


def clauses_of(text: str, things: Sequence[tuple[int, int]], lang: Lang) -> list[str]:
    """What is said with each of some things of a sentence: from the one before to the next one, as
    far as a sign or a word parts them; what may be of either is of both, or all where nothing does.
    """
    parted = [[0, len(text)]]
    for (_, before), (after, _) in pairwise(things):
        is_series = not words(text[before:after], lang)  # "from … to …", "5, 6 or 7 days"
        weak = () if is_series else (_COMMA, _JOINS[lang])
        bounds = (list(b.finditer(text, before, after)) for b in (_BOUND, *weak))
        if found := next(filter(None, bounds), []):
            parted[-1][1] = found[-1].start()
            parted.append([found[0].start(), len(text)])
        else:
            parted.append(parted[-1])
    return [text[begin:end] for begin, end in parted]


def numbers_in(text: str, lang: Lang) -> frozenset[str]:
    """The numbers that a text names, in digits, with its ordinals from the first on."""
    ranks = (ordinal(m.group()) for m in _RANK.finditer(text.lower()))
    return frozenset(number for *_, number in placed(text, lang)).union(ranks)


def meant(asked: AskedThing, text: str, things: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of several numbers of a sentence, the one whose clause says what is asked; else all.

    That of a part ("dont douze", "neuf d'entre elles") has what stands with the whole as well, and
    is meant where its clause says more of the question; the whole is, where it has all of it.
    """
    number = {(q.start, q.end): q for q in quantities(text)}
    number |= {(q.start, q.number_end): q for q in quantities(text) if q.is_bare}
    are_all = len(things) < 2 or asks_for_several(asked.question)
    if are_all or not all(thing in number for thing in things):
        return things
    lang = asked.spoken
    head = asked.said([text[: things[0][0]]])
    said = [
        asked.said([clause])
        | (asked.numbers & numbers_in(clause, lang))
        | (frozenset() if _BOUND.search(text, things[0][1], begin) else head)
        for (begin, _), clause in zip(things, clauses_of(text, things, lang), strict=True)
    ]
    wanted = asked.numbers.union(w.written for w in asked.words)
    if len(things) == 2 and number[things[1]].is_part and not number[things[0]].is_part:
        if said[1] - said[0]:
            return [things[1]]
        return [things[0]] if wanted <= said[0] else things
    for thing, own in zip(things, said, strict=True):
        others = [other for other in said if other is not own]
        if all(other < own for other in others) and len(own) >= _HALF * len(wanted):
            return [thing]
    return things


def turns_round(text: str, lang: Lang, sort: str) -> bool:
    """Does a text deny something, or ask for exceptions, or state one?"""
    folded = fold(text)
    return turns(folded) or bool(patterns_by_sort("exceptions")[lang][sort].search(folded))

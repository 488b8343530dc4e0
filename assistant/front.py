"""What stands in front of an answer: what was asked for, in a line, where that is certain.

Officials copy that line. Where it cannot be told which of two quantities is meant, or whether the
passage is about what was asked, nothing stands there: the marked sentence is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.answer_type import AnswerType
from assistant.empty_words import is_empty
from assistant.literal import (
    asks_for_what_is_to_come,
    asks_one,
    is_certain,
    is_measure,
    is_period,
    moment_in_words,
    moments,
    spans,
    turns,
)
from assistant.locale import say
from assistant.offices import is_office
from assistant.quantities import single_things
from assistant.renderings import renderings
from assistant.reviewed import patterns_by_sort
from assistant.saying import Saying
from assistant.things import asking
from index.tokens import stems, stems_of, words
from sources.folding import blanked, fold
from sources.numerals import placed

if TYPE_CHECKING:
    from assistant.answer import Citation, KeySentence
    from assistant.mentions import Mentions
    from assistant.question import Question
    from index.build import Build
    from sources.anchor import Lang
    from sources.model import Passage

_PART = 5  # letters of a word that may stand within a longer one
_LEAST = 0.4  # share of the words of a question that its passage has, or the name of its text
_MISSPELLED = 0.8  # likeness of two words (difflib)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BOUND = re.compile(r"[;:]|\b(?:dont|waarvan|tandis|alors|terwijl|mais|maar)\b", re.IGNORECASE)
_COMMA = re.compile(r",(?!\d)")
_JOINS: dict[Lang, re.Pattern[str]] = {  # "en" is another word in French
    "fr": re.compile(r"\b(?:et|ou)\b"),
    "nl": re.compile(r"\b(?:en|of)\b"),
}


class FrontLine:
    """Finds what stands in front of answers from one build."""

    def __init__(self, build: Build, mentions: Mentions) -> None:
        self._build, self._known, self._saying = build, mentions.known, Saying(mentions)

    def line(
        self, question: Question, passage: Passage, shown: Passage, first: Citation
    ) -> str | None:
        """What stands in front of an answer, if anything.

        Args:
            question: As read.
            passage: The first one, as it was found.
            shown: The same in the language of the answer, where it is there in that.
            first: Its citation.
        """
        if question.is_whether and self._has_all(passage, question):
            return say(question.answer_lang, "answer.yes")
        if len(question.parts) > 1 or not asks_one(question):
            return None  # it would be a part of the answer
        key = first.key
        return self._literal(question, shown, key) if key and key.marks else None

    def _has_all(self, passage: Passage, question: Question) -> bool:
        """Does a passage have every word of a question, and of the one that it goes on from?"""
        before = question.previous if question.leans != "no" else None
        asked = f"{before.text} {question.text}" if before else question.text
        return self._saying.says(passage, asked, question.lang, things=True)

    def _literal(self, question: Question, shown: Passage, key: KeySentence) -> str | None:
        """What was surely asked for; a moment in the language of the answer."""
        asked = _Asked(question, key.lang)
        rivals = sorted({*key.marks, *single_things(AnswerType.of(question), key.text)})
        clauses = _clauses(key.text, rivals, key.lang)
        foremost = _foremost(asked, rivals, clauses, key)
        if foremost is None or not self._is_of_it(asked, shown, key, clauses[foremost]):
            return None
        start, end = rivals[foremost]
        literal = key.text[start:end]
        rest = shown.texts[key.lang].replace(key.text, "", 1)
        if question.lang == key.lang and question.theme & (
            stems(rest, key.lang) - stems(key.text, key.lang)
        ):
            return None  # it may say something else of that: "small boats have a year more"
        if not is_certain(question, literal, key.text[:start], key.text[end:], rest):
            return None
        if self._is_over(question, literal, shown):
            return None
        lang = question.answer_lang
        if key.lang == lang:
            return literal
        return None if is_office(literal) or is_period(literal) else moment_in_words(literal, lang)

    def _is_of_it(self, asked: _Asked, shown: Passage, key: KeySentence, clause: str) -> bool:
        """Is a clause of the numbers that a question says, is it not its opposite, and is no other
        passage of the text as much about it?
        """
        if asked.turns and not _turns(key.text, key.lang, "states"):
            return False
        names = self._names(shown, key.lang)
        lacking = asked.numbers - _numbers(clause, key.lang)
        if any(map(_YEAR.fullmatch, lacking)) and _YEAR.search(key.text):
            return False
        above = " ".join((shown.lead, *shown.headings_in(key.lang), *names))
        return (
            lacking <= _numbers(above, key.lang)
            and asked.share((*shown.all_texts(key.lang), *names)) >= _LEAST
            and not self._is_beside(asked, shown)
        )

    def _names(self, passage: Passage, lang: Lang) -> Sequence[str]:
        return self._known.names_of(passage.anchor.work, lang)

    def _is_beside(self, asked: _Asked, shown: Passage) -> bool:
        """Has another passage of the text such a thing, too, with at least as many words of the
        question, and among them one that this passage lacks?

        A word of the name of the text is lacking only where that is the heading of the other.
        """
        lang = asked.spoken
        own = asked.said(shown.all_texts(lang))
        if len(own) == len(asked.words):
            return False
        title = asked.said(self._names(shown, lang))
        for p in self._build.document(*shown.anchor.work_lang):
            said = asked.named(p.all_texts(lang))
            lacking = said - own
            if lacking and len(said) >= len(own):
                headed = asked.named(p.headings_in(lang)[1:])
                if lacking - (title - headed) and self._names_any(asked, p):
                    return True
        return False

    def _names_any(self, asked: _Asked, passage: Passage) -> bool:
        """Does a passage name a thing of the sort that is asked for?"""
        text = passage.texts[asked.spoken]
        named = (text[start:end] for start, end in spans(asked.question, text, asked.spoken))
        return any(not self._is_over(asked.question, literal, passage) for literal in named)

    def _is_over(self, question: Question, literal: str, passage: Passage) -> bool:
        """Is the next one asked for, and a moment not after the day of the text that names it?"""
        day = self._build.entries[passage.anchor.work_lang].date
        named = [key[:3] for *_, key in moments(literal)]
        if not (day and named and asks_for_what_is_to_come(question)):
            return False
        return named[0] <= tuple(map(int, day.split("-")))


class _Asked:
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
        said = [m.group() for pattern in by for m in pattern.finditer(question.folded)]
        asks = stems_of([*asking(question), *said], lang)
        self.question, self.spoken = question, spoken
        self.words = {
            w
            for w in words(text, lang)
            if w.written.isalpha() and w.stem not in asks and not is_empty(w, lang)
        }
        self.numbers = _numbers(text, lang)
        self.turns = _turns(question.text, lang, "asks")

    def said(self, texts: Iterable[str]) -> frozenset[str]:
        """Its words that texts have, be it within a longer one or in the other language."""
        have = [w for text in texts for w in words(text, self.spoken)]
        there = self._named(frozenset(w.stem for w in have))
        return there | {
            w.written for w in self.words for h in have if _is_part(w.written, h.written)
        }

    def share(self, texts: Sequence[str]) -> float:
        """The share of its words that texts have, be it misspelled."""
        said = self.said(texts)
        have = [w.written for text in texts for w in words(text, self.spoken)]
        left = (w.written for w in self.words if w.written not in said)
        found = len(said) + sum(bool(get_close_matches(w, have, 1, _MISSPELLED)) for w in left)
        return found / len(self.words) if self.words else 1.0

    def named(self, texts: Iterable[str]) -> frozenset[str]:
        """Its words that texts have as such, or in the other language."""
        return self._named(stems_of(texts, self.spoken))

    def _named(self, have: frozenset[str]) -> frozenset[str]:
        lang = self.question.lang
        return frozenset(
            w.written
            for w in self.words
            if any(n <= have for n in renderings(w, lang, self.spoken))
        )


def _foremost(
    asked: _Asked, rivals: Sequence[tuple[int, int]], clauses: Sequence[str], key: KeySentence
) -> int | None:
    """Of several things that a sentence names, the place of that which is asked for; None where
    others have a claim.

    It is the one in whose clause alone stands all that the question says.
    """
    if len({key.text[a:b] for a, b in rivals}) == 1:
        return 0
    wanted = asked.numbers.union(w.written for w in asked.words)
    found = [
        n
        for n, clause in enumerate(clauses)
        if wanted <= asked.said([clause]) | _numbers(clause, key.lang)
    ]
    is_one = len(found) == 1 and rivals[found[0]] in key.marks
    return found[0] if is_one and is_measure(key.text[slice(*rivals[found[0]])]) else None


def _clauses(text: str, things: Sequence[tuple[int, int]], lang: Lang) -> list[str]:
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


def _numbers(text: str, lang: Lang) -> frozenset[str]:
    return frozenset(number for *_, number in placed(text, lang))


def _turns(text: str, lang: Lang, sort: str) -> bool:
    """Does a text deny something, or ask for exceptions, or state one?"""
    folded = fold(text)
    return turns(folded) or bool(patterns_by_sort("exceptions")[lang][sort].search(folded))


def _is_part(one: str, other: str) -> bool:
    """Does one of two words stand within the other ("kaai" in "noordkaai" is too short)?"""
    short, long = sorted((one, other), key=len)
    return len(short) >= _PART and short in long

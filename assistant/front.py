"""What stands in front of an answer: what was asked for, in a line, where that is certain.

Officials copy that line. Where it cannot be told which of two quantities is meant, or whether the
passage is about what was asked, nothing stands there: the marked sentence is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer_type import AnswerType
from assistant.clauses import AskedThing, clauses_of, numbers_in, turns_round
from assistant.literal import (
    asks_for_what_is_to_come,
    asks_one,
    is_certain,
    is_measure,
    is_period,
    moment_in_words,
    moments,
    spans,
)
from assistant.locale import say
from assistant.offices import is_office
from assistant.passage_match import PassageMatcher
from assistant.quantities import quantity, single_things
from assistant.quantity_words import quantity_in_words
from assistant.things import things
from index.tokens import stems
from sources.model import CELLS

if TYPE_CHECKING:
    from assistant.answer import Citation, KeySentence
    from assistant.mentions import Mentions
    from assistant.question import Question
    from index.build import Build
    from sources.anchor import Lang
    from sources.model import Passage

_LEAST = 0.4  # share of the words of a question that its passage has, or the name of its text
_ENOUGH = 0.5  # more than this is enough, whatever the text lacks
_YEAR = re.compile(r"(?:19|20)\d\d")


class FrontLine:
    """Finds what stands in front of answers from one build."""

    def __init__(self, build: Build, mentions: Mentions) -> None:
        self._build, self._known, self._matcher = build, mentions.known, PassageMatcher(mentions)

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
        found = spans(question, key.text, key.lang) if key else []
        if not (key and found):
            return None  # nothing is marked, or a clause: a reason, what a term means
        return self._literal(question, shown, key, found)

    def _has_all(self, passage: Passage, question: Question) -> bool:
        """Does a passage have every word of a question, and of the one that it goes on from?"""
        before = question.previous if question.leans != "no" else None
        asked = f"{before.text} {question.text}" if before else question.text
        return self._matcher.has_words(passage, asked, question.lang, things=True)

    def _literal(
        self,
        question: Question,
        shown: Passage,
        key: KeySentence,
        found: Sequence[tuple[int, int]],
    ) -> str | None:
        """What was surely asked for, in the language of the answer; None where it cannot be.
        ``found`` says where the key sentence has such things.
        """
        asked = AskedThing(question, key.lang)
        is_cell = self._is_named_cell(asked, shown, key)
        others = () if is_cell else (*found, *single_things(AnswerType.of(question), key.text))
        rivals = sorted({*key.marks, *others})
        clauses = clauses_of(key.text, rivals, key.lang)
        foremost = _foremost(asked, rivals, clauses, key)
        if foremost is None or not self._is_of_it(asked, shown, key, clauses[foremost]):
            return None
        start, end = rivals[foremost]
        literal = key.text[start:end]
        rest = "" if is_cell else shown.texts[key.lang].replace(key.text, "", 1)
        if question.lang == key.lang and question.theme & (
            stems(rest, key.lang) - stems(key.text, key.lang)
        ):
            return None  # it may say something else of that: "small boats have a year more"
        if not is_certain(question, literal, key.text[:start], key.text[end:], rest):
            return None
        if self._is_over(question, literal, shown):
            return None
        return literal if key.lang == question.answer_lang else _in_the_other(literal, question)

    def _is_of_it(self, asked: AskedThing, shown: Passage, key: KeySentence, clause: str) -> bool:
        """Is a clause of the numbers that a question says, is it not its opposite, and is no other
        passage of the text as much about it?
        """
        if asked.turns and not turns_round(key.text, key.lang, "states"):
            return False
        names = self._names(shown, key.lang)
        lacking = asked.numbers - numbers_in(clause, key.lang)
        if any(map(_YEAR.fullmatch, lacking)) and _YEAR.search(key.text):
            return False
        above = " ".join((shown.lead, *shown.headings_in(key.lang), *names))
        return (
            lacking <= numbers_in(above, key.lang)
            and self._is_about(asked, shown, names)
            and not self._is_beside(asked, shown)
        )

    def _is_about(self, asked: AskedThing, shown: Passage, names: Sequence[str]) -> bool:
        """Has a passage enough of what a question says; where that is half of it or less, has its
        text each thing that the question names?
        """
        share = asked.share((*shown.all_texts(asked.spoken), *names))
        if share > _ENOUGH or share < _LEAST:
            return share > _ENOUGH
        document = self._build.document(*shown.anchor.work_lang)
        said = asked.said([*names, *(text for p in document for text in p.all_texts(asked.spoken))])
        named = {w.written for w in asked.words} & {w.written for w in things(asked.question)}
        return named <= said

    def _is_named_cell(self, asked: AskedThing, shown: Passage, key: KeySentence) -> bool:
        """Is one cell marked of a row that a question names, and has the passage, with the name of
        its text, all that the question says?
        """
        if CELLS not in key.text or len(key.marks) != 1 or not asked.said([key.text]):
            return False
        return asked.share((*shown.all_texts(asked.spoken), *self._names(shown, asked.spoken))) == 1

    def _names(self, passage: Passage, lang: Lang) -> Sequence[str]:
        return self._known.names_of(passage.anchor.work, lang)

    def _is_beside(self, asked: AskedThing, shown: Passage) -> bool:
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

    def _names_any(self, asked: AskedThing, passage: Passage) -> bool:
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


def _in_the_other(literal: str, question: Question) -> str | None:
    """What a text in the other language names, in that of the answer; a name stays as it is."""
    lang = question.answer_lang
    if is_office(literal) or is_period(literal):
        return None
    if quantity(literal):
        return quantity_in_words(literal, lang)
    return moment_in_words(literal, lang)


def _foremost(
    asked: AskedThing, rivals: Sequence[tuple[int, int]], clauses: Sequence[str], key: KeySentence
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
        if wanted <= asked.said([clause]) | numbers_in(clause, key.lang)
    ]
    is_one = len(found) == 1 and rivals[found[0]] in key.marks
    return found[0] if is_one and is_measure(key.text[slice(*rivals[found[0]])]) else None

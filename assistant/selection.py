"""Finding passages for a question in its conversation."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.added import is_beside, speaks_of
from assistant.empty_words import is_empty
from assistant.finding import COVERED, REMEMBERED, PassageFinder, ScoredPassage, is_about, least_of
from assistant.literal import wanted
from assistant.message import is_short
from assistant.passage_match import PassageMatcher
from assistant.question import Question, read
from assistant.things import things, words_of
from assistant.word_match import has_word
from index.query import Query
from index.tokens import stems
from sources.dates import UNITS
from sources.folding import fold

if TYPE_CHECKING:
    from sources.anchor import Lang, WorkPortion
    from sources.model import Passage

# A question that need not go on from the one before it is about the same text from this probability
# on, unless another text surely answers it.
_GOES_ON, _SURER = 0.3, 0.3
# Fitted on the development half of the conversations: a question that goes on from another says too
# little for its passages to look likely. The constant is .26 below the fitted one, so that nineteen
# of twenty due refusals come (docs/decisions/0025-threads.md).
_GIVEN, _EACH, _LEAST = 0.6, 0.38, 0.003
_SAYS_WHAT = 3  # content words of a question that may stand alone
_OTHER = 2  # rank of what does not speak of the thing that a question adds
_NEXT_TO = 3  # passages on either side of the one that was quoted that a follow-up may be about
_OWN = 0.6  # how much the words of such a question count beside those of both
_UNIT = re.compile(fold(UNITS))  # "combien par semaine ?" names no thing


class PassageSelector(PassageFinder):
    """Finds passages for a question in its conversation: in the text that this is about, with the
    question before it where that is needed.
    """

    @cached_property
    def _matcher(self) -> PassageMatcher:
        return PassageMatcher(self._mentions)

    @cached_property
    def _in_conversation(self) -> Callable[[Question, tuple[str, ...]], list[ScoredPassage]]:
        """What was found for a question in its conversation: each leads to all before it."""
        return lru_cache(maxsize=REMEMBERED)(self._search_in_conversation)

    def search(self, question: Question, works: Sequence[str] = ()) -> list[ScoredPassage]:
        """What was found, best first; within a conversation, in the text that it is about, with
        the question before it where that is needed.

        Args:
            question: As read.
            works: Only these works, where any are given.
        """
        if question.previous is None or (works and question.leans == "no"):
            return self.find(question, works)
        return list(self._in_conversation(question, tuple(works)))

    def _search_in_conversation(
        self, question: Question, works: tuple[str, ...]
    ) -> list[ScoredPassage]:
        previous = question.previous
        assert previous is not None
        spoken_of = works or self.spoken_of(previous)
        if question.added and not self._has_lists(question, spoken_of):
            return self._of_what_is_added(question, previous, spoken_of)
        return self._going_on(question, previous, works, spoken_of)

    def _going_on(
        self,
        question: Question,
        previous: Question,
        works: Sequence[str],
        spoken_of: Sequence[str],
    ) -> list[ScoredPassage]:
        """What was found for a question that may go on from the one before it."""
        everywhere = self.find(question, works) if question.leans != "yes" else []
        if everywhere and self._is_of_another(question, everywhere[0], spoken_of):
            return everywhere
        alone = everywhere if question.leans == "no" else self.find(question, spoken_of)
        if alone and question.leans != "yes" and self._needs_nothing(question, alone[0], spoken_of):
            return alone
        here = self.find(question, spoken_of)
        if question.names and here and here[0].features.names_missing > 0:
            named = self.find(question, works)
            if named and named[0].features.names_missing == 0:
                return named  # what the text at hand does not name, another does
        both = self._together(here, question, previous, spoken_of)
        if _asks_of_it(question):
            both = self._of_what_was_spoken_of(both, question, previous)
        if question.leans == "yes" and both and not both[0].enough:
            everywhere = self.find(question, works)
            if everywhere and self._says_enough(question, everywhere[0], both[0].probability):
                return everywhere
        if question.leans == "no" and both and alone:
            likely, elsewhere = both[0].probability, alone[0].probability
            if likely < _GOES_ON or elsewhere > likely + _SURER:
                return alone
        return both or alone

    def _of_what_is_added(
        self, question: Question, previous: Question, spoken_of: Sequence[str]
    ) -> list[ScoredPassage]:
        """What was found for a thing that is added to the question before, in the text that was
        spoken of: what speaks of it, rows and points beside the one that answered that question
        first. Nothing else is enough.
        """
        here = self.find(question, spoken_of)
        found = self._together(here, question, previous, spoken_of) or here
        answered = [s.hit.anchor for s in self.search(previous)[:1] if s.enough]

        def order(s: ScoredPassage) -> int:
            if not self._speaks_of_added(question, s.hit.passage):
                return _OTHER
            return 0 if s.enough and any(is_beside(s.hit.anchor, a) for a in answered) else 1

        best = max((s.hit.score for s in found), default=0.0)
        ranked: list[ScoredPassage] = []
        for rank, s in sorted(((order(s), s) for s in found), key=lambda pair: pair[0]):
            hit = s.hit if ranked else replace(s.hit, score=best)
            ranked.append(replace(s, hit=hit, enough=s.enough and rank < _OTHER))
        return ranked

    def _has_lists(self, question: Question, spoken_of: Sequence[str]) -> bool:
        """Does the text that was spoken of come with lists of questions? They tell what it answers,
        in other words too.
        """
        return any(s.hit.has_unanswered for s in self.find(question, spoken_of)[:1])

    def _speaks_of_added(self, question: Question, passage: Passage) -> bool:
        assert question.added is not None
        names = self._mentions.known.names_of(passage.anchor.work, question.lang)
        return speaks_of(passage, question.added, question.lang, self._glossary, names)

    def unsaid(self, question: Question) -> str:
        """The thing that a question adds to the one before it, where no passage of the text that
        was spoken of mentions it; "" where one does, or where none was spoken of.
        """
        works = self.searched(question)
        if question.added is None or not works:
            return ""
        said = (p for p in self._build.by_anchor.values() if p.anchor.work in works)
        return "" if any(self._speaks_of_added(question, p) for p in said) else question.added.text

    def _is_of_another(
        self, question: Question, best: ScoredPassage, spoken_of: Sequence[str]
    ) -> bool:
        """Is a question answered by another text, which has a thing that it names and of which the
        text that was spoken of has no word ("bedenktijd" after a question about a guarantee)?
        """
        if not spoken_of or not best.enough or best.hit.anchor.work in spoken_of:
            return False
        lang = question.lang
        said = question.words if question.is_keywords else things(question)
        there = words_of(best.hit.passage.all_texts(lang), lang)
        named = [
            w
            for w in said
            if not (is_empty(w, lang) or _UNIT.fullmatch(fold(w.written))) and has_word(there, w)
        ]
        if not named:
            return False
        own = [p for p in self._build.passages if p.anchor.work in spoken_of and lang in p.texts]
        names = [n for work in spoken_of for n in self._mentions.known.names_of(work, lang)]
        here = words_of((*names, *(t for p in own for t in p.all_texts(lang))), lang)
        return bool(own) and not all(has_word(here, w) for w in named)

    @staticmethod
    def _says_enough(question: Question, best: ScoredPassage, likely: float) -> bool:
        """Is a question that its words make go on answered by a passage that has all of them,
        where the text at hand does not answer it ("quand un certificat est-il affiché ?")?
        """
        return (
            best.enough
            and best.probability > likely + _SURER
            and len(question.words) >= _SAYS_WHAT
            and best.features.covered >= COVERED
        )

    def searched(self, question: Question) -> tuple[str, ...]:
        """The works in which a question is searched; none for all."""
        if question.works or question.previous is None or question.leans == "no":
            return question.works
        return self.spoken_of(question.previous)

    def _needs_nothing(
        self, question: Question, best: ScoredPassage, spoken_of: Sequence[str]
    ) -> bool:
        """Is a question that may go on from another answered by itself?"""
        if question.leans == "perhaps":
            if _asks_of_it(question):
                return False  # "quel est le budget ?" is near to any
            return question.is_keywords or self._stands_alone(question, best)
        is_there = not spoken_of or best.hit.anchor.work in spoken_of
        return best.features.names_missing > 0 or (best.enough and is_there)

    def _of_what_was_spoken_of(
        self, found: Sequence[ScoredPassage], question: Question, previous: Question
    ) -> list[ScoredPassage]:
        """What was found; enough is only what is about the subject of the question before: where it
        was answered, what has the names that this said, or, where it said none, a word of it.

        An article is of its whole act ("who bears the costs?"), and what stands under one heading
        is of one subject; a point of a text with lists of questions is a subject of its own.
        """
        before = [s.hit for s in self.search(previous)[:1] if s.enough]
        answered = [hit.anchor for hit in before]
        together = {hit.passage.part for hit in before if not hit.has_unanswered}
        theme = previous.theme - question.theme
        while previous.leans != "no" and previous.previous and not previous.names:
            previous = previous.previous
            theme |= previous.theme

        def is_of_it(s: ScoredPassage) -> bool:
            here, passage = s.hit.anchor, s.hit.passage
            if here in answered or passage.part in together:
                return True
            if here.is_of_article or here.is_of_recital:
                return True
            if previous.names:
                return s.features.names_missing == 0
            texts = [*passage.texts.items(), (here.lang, " ".join(passage.headings))]
            return any(theme & stems(text, lang) for lang, text in texts)

        return [s if not s.enough or is_of_it(s) else replace(s, enough=False) for s in found]

    def spoken_of(self, question: Question | None) -> tuple[str, ...]:
        """The works that a conversation is about, by its last question: those that this names, or
        the one that answers it, else by the one before it; none for any, and where it is about all.
        """
        while question is not None:
            if named := question.texts or question.works:
                return self._but_all(named)
            for best in self.search(question)[:1]:
                if best.enough:
                    return self._but_all((best.hit.anchor.work,))
            question = question.previous
        return ()

    def _but_all(self, works: tuple[str, ...]) -> tuple[str, ...]:
        """None, where these are all there are: what was found for a query is kept by its works."""
        return () if {d.work for d in self._build.manifest.documents} <= set(works) else works

    def _stands_alone(self, question: Question, best: ScoredPassage) -> bool:
        """Does a short question stand alone, by what was found for it?

        It does where it is answered and says what of ("prisons?"), where the best passage has every
        word of it, and where it names what that does not have ("EPPO?"). "When was that?" is near
        to much and about nothing.
        """
        return (
            (best.enough and is_about(best, COVERED))
            or best.features.names_missing > 0
            or self._matcher.has_words(best.hit.passage, question.text, question.lang)
        )

    def part(self, question: Question, place: int) -> Question:
        """Search for one part of a question; the parts before it count as earlier questions."""
        return read(
            question.parts[place], question.lang, self._mentions, before=question.parts[:place]
        )

    def work_of(self, previous: str, lang: Lang) -> str | None:
        """The work that a question is about: the one it names, or the one that answers it."""
        before = read(previous, lang, self._mentions)
        if before.works:
            return before.works[0]
        return next((s.hit.anchor.work for s in self.find(before)[:1] if s.enough), None)

    def _together(
        self,
        alone: Sequence[ScoredPassage],
        question: Question,
        previous: Question,
        works: Sequence[str],
    ) -> list[ScoredPassage]:
        """What fits a question both alone and after the one before it, best first.

        After the one before, it has a subject; alone, it is not drowned by what was answered
        already, and shows what is asked ("and how much does it cost?"). What stands around the
        passage that answered the one before is read in any case: it is likeliest to go on from it.
        """
        said = (previous.inside or previous).text
        joined = Query.of(f"{said} {question.text}", question.lang)
        least = least_of(question)
        first_hits = {s.hit.anchor: s for s in alone}
        both = []
        for later in self.find(joined, works, self._around_answered(previous)):
            if first := first_hits.get(later.hit.anchor):
                score = _OWN * first.hit.score + (1 - _OWN) * later.hit.score
                p = _sure_of(first.probability, later.probability)
                hit = replace(later.hit, score=score)
                both.append(self._score(question, hit, later.features, p, least))
        return sorted(both, key=lambda s: (s.says_nothing, -s.hit.score))

    def _around_answered(self, previous: Question) -> list[WorkPortion]:
        """The passage that answered a question, and those that stand next to it."""
        answered = [s.hit.passage for s in self.search(previous)[:1] if s.enough]
        steps = range(-_NEXT_TO, _NEXT_TO + 1)
        near = (self._build.neighbour(p, step) for p in answered for step in steps)
        return [p.anchor.work_portion for p in near if p]


def _asks_of_it(question: Question) -> bool:
    """Does a question that goes on from another name no subject, but something of it ("and the
    budget?"): a moment, a number or a name in a word or two?

    One that says what it is about ("comment les trains seront-ils gardés ?") may still go on from
    another by its words.
    """
    return not question.names and bool(wanted(question)) and is_short(question.text, question.lang)


def _sure_of(alone: float, together: float) -> float:
    """How likely a passage answers a question that goes on from another, by how likely it is to
    answer it alone and after that one.
    """
    logits = sum(math.log((p + _LEAST) / (1 - p + _LEAST)) for p in (alone, together))
    return 1 / (1 + math.exp(-_GIVEN - _EACH * logits))

"""Finding passages for a question, with how likely each of them answers it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.added import is_beside, speaks_of
from assistant.answerability import AnswerabilityModel, FeatureExtractor, Features
from assistant.empty_words import is_empty
from assistant.in_force import InForce
from assistant.literal import asks_yes_or_no, wanted
from assistant.message import is_short
from assistant.no_answer import reply, says_nothing
from assistant.question import Question, read
from assistant.saying import Saying
from assistant.things import ThingsBeside, is_among, things, words_of
from assistant.unheard import unheard
from assistant.weekdays import is_of_another_day
from index.query import Query
from index.search import Hit
from index.tokens import stems
from sources.dates import UNITS
from sources.folding import fold
from sources.pasted import typed

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from index.build import Build
    from index.glossary import Glossary
    from index.retriever import PassageRetriever
    from sources.anchor import Anchor, Lang, WorkPortion
    from sources.model import Passage

DEPTH = 60  # hits looked at: what belongs to a broad question may be many
COVERED, PARTLY = 0.9, 0.5  # share of its words in the best passage: it is about that
_LIKE = 0.4  # likeness to a known question, for the same
_REMEMBERED = 32  # queries whose passages are kept
# A question that need not go on from the one before it is about the same text from this probability
# on, unless another text surely answers it.
_GOES_ON, _SURER = 0.3, 0.3
# Fitted on the development half of the conversations: a question that goes on from another says too
# little for its passages to look likely. The constant is .26 below the fitted one, so that nineteen
# of twenty due refusals come (docs/decisions/0025-threads.md).
_GIVEN, _EACH, _LEAST = 0.6, 0.38, 0.003
_SETTLES = 0.4  # probability from which a passage settles a yes or no
_SAYS_WHAT = 3  # content words of a question that may stand alone
_OTHER = 2  # rank of what does not speak of the thing that a question adds
_NEXT_TO = 3  # passages on either side of the one that was quoted that a follow-up may be about
_OWN = 0.6  # how much the words of such a question count beside those of both


_UNIT = re.compile(fold(UNITS))  # "combien par semaine ?" names no thing


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A hit, its features, and how likely it is to answer.

    Attributes:
        hit: What the search gave.
        features: What speaks for and against it.
        probability: That it answers, 0 to 1.
        enough: Is that enough to answer?
        says_nothing: Is it a question itself, or a bare line, which are never enough?
    """

    hit: Hit
    features: Features
    probability: float
    enough: bool
    says_nothing: bool = False


def is_about(best: ScoredPassage, covered: float) -> bool:
    """Does the best passage have the words of a question, or a known question like it?"""
    return best.features.covered >= covered or best.features.question_likeness >= _LIKE


class PassageSelector:
    """Finds passages of one build and says how likely each answers."""

    def __init__(
        self,
        retriever: PassageRetriever,
        build: Build,
        glossary: Glossary,
        mentions: Mentions,
        model: AnswerabilityModel,
    ) -> None:
        self._retriever = retriever
        self._build = build
        self._glossary = glossary
        self._mentions, self._saying = mentions, Saying(mentions)
        self._model = model
        #: Knows which passages are law in force.
        self.in_force = InForce(build)
        #: What was found for a query, kept for whoever asks again: several rules and follow-ups do.
        self._hits = lru_cache(maxsize=_REMEMBERED)(self._search)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)

    def prepare(self, question: Question) -> None:
        """Encode in one go what a question may have to be searched for: itself, what it asks
        about, and what stands side by side in it.
        """
        texts = [question.text, question.subject or question.text]
        texts += next((t for t in (question.parts, question.things) if len(t) > 1), ())
        self._retriever.prepare([typed(text) for text in texts])

    def search(self, question: Question, works: Sequence[str] = ()) -> list[ScoredPassage]:
        """What was found, best first; within a conversation, in the text that it is about, with
        the question before it where that is needed.

        Args:
            question: As read.
            works: Only these works, where any are given.
        """
        previous = question.previous
        if previous is None or (works and question.leans == "no"):
            return self.find(question, works)
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

    def unheard(self, question: Question, hit: Hit) -> tuple[str, ...]:
        """The things of a question that no text has, where a passage has nothing like them."""
        spans = question.mention.name if question.mention else ()
        said = (question.text[slice(*span)] for span in spans)  # a name of a text, be it its own
        names = (*self._mentions.known.names_of(hit.anchor.work, question.lang), *said)
        return unheard(question, hit, self._build, self._glossary, names)

    def things_beside(self, query: Query, passage: Passage) -> ThingsBeside:
        """The things of a query that a passage lacks, and what beside it has them."""
        known, work = self._mentions.known, passage.anchor.work
        names = (*known.names_of(work, query.lang), *known.titles(work))
        return ThingsBeside(query, passage, self._build, self._glossary, names)

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
            if not (is_empty(w, lang) or _UNIT.fullmatch(fold(w.written))) and is_among(w, there)
        ]
        if not named:
            return False
        own = [p for p in self._build.passages if p.anchor.work in spoken_of and lang in p.texts]
        names = [n for work in spoken_of for n in self._mentions.known.names_of(work, lang)]
        here = words_of((*names, *(t for p in own for t in p.all_texts(lang))), lang)
        return bool(own) and not all(is_among(w, here) for w in named)

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
            if here.portion.startswith(("art_", "rct_")):
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
            or self._saying.says(best.hit.passage, question.text, question.lang)
        )

    def among(self, query: Query, portions: Sequence[WorkPortion]) -> list[ScoredPassage]:
        """What of these portions fits best."""
        return self._scored(query, self._retriever.hits(query, DEPTH, among=portions))

    def best_among(self, query: Query, portions: Sequence[WorkPortion]) -> Hit:
        """The hit of these portions that fits best."""
        return self._retriever.hits(query, 1, among=portions)[0]

    def part(self, question: Question, place: int) -> Question:
        """Search for one part of a question; the parts before it count as earlier questions."""
        return read(
            question.parts[place], question.lang, self._mentions, before=question.parts[:place]
        )

    def find(
        self, query: Query, works: Sequence[str] = (), reading: Sequence[WorkPortion] = ()
    ) -> list[ScoredPassage]:
        """What was found for a query by itself, best first: law in force, or what it asks for. The
        reranker reads these portions too, where any are given.

        A source that comes with lists of questions is near to many that it does not answer, and
        these lists tell that it does not. The others are then searched as if it were not there.
        """
        found = list(self._found(query, tuple(works), tuple(reading)))
        if not found or found[0].enough or not found[0].hit.has_unanswered:
            return found
        listed = [s for s in found if s.hit.has_unanswered]
        silent = {s.hit.anchor.work for s in listed}
        others = tuple(w for w in works or self._mentions.known.indexed if w not in silent)
        beside = list(self._found(query, others, tuple(reading))) if others else []
        if not beside or not beside[0].enough or _lacks_more(beside[0], found[0]):
            return found
        return [*beside, *listed]

    def _search(
        self, query: Query, works: tuple[str, ...], reading: tuple[WorkPortion, ...] = ()
    ) -> list[Hit]:
        return self._retriever.hits(query, DEPTH, works=works, reading=reading)

    def _find(
        self, query: Query, works: tuple[str, ...], reading: tuple[WorkPortion, ...] = ()
    ) -> list[ScoredPassage]:
        hits = self.in_force.hits(self._hits(query, works, reading), query.text)
        scored = self._scored(query, hits)
        found = [s for s in scored if not s.says_nothing]
        beside = [s for s in scored if s.says_nothing]
        return [*self._with_replies(query, found, beside), *beside]

    def _with_replies(
        self, query: Query, found: Sequence[ScoredPassage], beside: Sequence[ScoredPassage]
    ) -> list[ScoredPassage]:
        """What was found, with what replies to a question where that would stand; ``beside`` says
        nothing.
        """
        least = _least(query)
        replies: dict[Anchor, ScoredPassage] = {}
        for s in beside:
            below = reply(s.hit.passage, self._build)
            if below and self._suffices(s.hit, s.probability, least):
                own = self.among(query, [below.anchor.work_portion])[0]
                hit = replace(own.hit, score=max(own.hit.score, s.hit.score))
                likely = max(own.probability, s.probability)
                raised = replace(own, hit=hit, probability=likely, enough=True)
                replies.setdefault(below.anchor, raised)
        others = (s for s in found if s.hit.anchor not in replies)
        return sorted([*replies.values(), *others], key=lambda s: -s.hit.score)

    def not_in_force(self, query: Query, works: Sequence[str] = ()) -> list[Passage]:
        """What answers a query and is left out, as it is no law in force."""
        hits = self._hits(query, tuple(works))
        left = {p.anchor for p in self.in_force.left_out(hits, query.text)}
        scored = self._scored(query, hits) if left else []
        return [s.hit.passage for s in scored if s.hit.anchor in left and s.enough]

    def _scored(self, query: Query, hits: Sequence[Hit]) -> list[ScoredPassage]:
        features = FeatureExtractor(
            query, hits, self._glossary, self._mentions.known.names_of
        ).all()
        likely = [self._model.probability(h, f) for h, f in zip(hits, features, strict=True)]
        least = _least(query)
        each = zip(hits, features, likely, strict=True)
        return [self._score(query, h, f, p, least) for h, f, p in each]

    def _score(
        self, query: Query, hit: Hit, features: Features, p: float, least: float
    ) -> ScoredPassage:
        is_void = says_nothing(hit.passage, self._build)
        is_silent = is_void or is_of_another_day(query, hit.passage)
        enough = not is_silent and self._suffices(hit, p, least)
        return ScoredPassage(hit, features, p, enough, is_void)

    def _suffices(self, hit: Hit, p: float, least: float) -> bool:
        return p >= least and self._model.enough(hit, p)

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
        least = _least(question)
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


def _lacks_more(best: ScoredPassage, other: ScoredPassage) -> bool:
    """Has a passage fewer of the names of the question than another that does not answer it?"""
    return best.features.names_missing > other.features.names_missing


def _least(query: Query) -> float:
    """Probability below which no passage answers: what only sounds near settles no yes or no."""
    return _SETTLES if asks_yes_or_no(query) else 0.0


def _sure_of(alone: float, together: float) -> float:
    """How likely a passage answers a question that goes on from another, by how likely it is to
    answer it alone and after that one.
    """
    logits = sum(math.log((p + _LEAST) / (1 - p + _LEAST)) for p in (alone, together))
    return 1 / (1 + math.exp(-_GIVEN - _EACH * logits))

"""Finding passages for a query by itself, with how likely each of them answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.answerability import AnswerabilityModel, FeatureExtractor, Features
from assistant.in_force import InForce
from assistant.literal import asks_yes_or_no
from assistant.no_answer import reply, says_nothing
from assistant.out_of_vocabulary import out_of_vocabulary
from assistant.things import ThingsBeside
from assistant.weekdays import is_of_another_day
from index.query import Query
from index.search import Hit
from sources.pasted import typed

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from assistant.question import Question
    from index.build import Build
    from index.glossary import Glossary
    from index.retriever import PassageRetriever
    from sources.anchor import Anchor, WorkPortion
    from sources.model import Passage

DEPTH = 60  # hits looked at: what belongs to a broad question may be many
COVERED, PARTLY = 0.9, 0.5  # share of its words in the best passage: it is about that
_LIKE = 0.4  # likeness to a known question, for the same
REMEMBERED = 64  # queries whose passages are kept
_SETTLES = 0.4  # probability from which a passage settles a yes or no


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


class PassageFinder:
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
        self._mentions = mentions
        self._model = model
        #: Knows which passages are law in force.
        self.in_force = InForce(build)
        #: What was found for a query, kept for whoever asks again: several rules and follow-ups do.
        self._hits = lru_cache(maxsize=REMEMBERED)(self._search)
        self._found = lru_cache(maxsize=REMEMBERED)(self._find)

    def prepare(self, question: Question) -> None:
        """Encode in one go what a question may have to be searched for: itself, what it asks
        about, and what stands side by side in it.
        """
        texts = [question.text, question.subject or question.text]
        texts += next((t for t in (question.parts, question.things) if len(t) > 1), ())
        self._retriever.prepare([typed(text) for text in texts])

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

    def among(self, query: Query, portions: Sequence[WorkPortion]) -> list[ScoredPassage]:
        """What of these portions fits best."""
        return self._scored(query, self._retriever.hits(query, DEPTH, among=portions))

    def best_among(self, query: Query, portions: Sequence[WorkPortion]) -> Hit:
        """The hit of these portions that fits best."""
        return self._retriever.hits(query, 1, among=portions)[0]

    def not_in_force(self, query: Query, works: Sequence[str] = ()) -> list[Passage]:
        """What answers a query and is left out, as it is no law in force."""
        hits = self._hits(query, tuple(works))
        left = {p.anchor for p in self.in_force.left_out(hits, query.text)}
        scored = self._scored(query, hits) if left else []
        return [s.hit.passage for s in scored if s.hit.anchor in left and s.enough]

    def things_beside(self, query: Query, passage: Passage) -> ThingsBeside:
        """The things of a query that a passage lacks, and what beside it has them."""
        known, work = self._mentions.known, passage.anchor.work
        names = (*known.names_of(work, query.lang), *known.titles(work))
        return ThingsBeside(query, passage, self._build, self._glossary, names)

    def out_of_vocabulary(self, question: Question, hit: Hit) -> tuple[str, ...]:
        """The things of a question that no text has, where a passage has nothing like them."""
        spans = question.mention.name if question.mention else ()
        said = (question.text[slice(*span)] for span in spans)  # a name of a text, be it its own
        names = (*self._mentions.known.names_of(hit.anchor.work, question.lang), *said)
        return out_of_vocabulary(question, hit, self._build, self._glossary, names)

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
        least = least_of(query)
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

    def _scored(self, query: Query, hits: Sequence[Hit]) -> list[ScoredPassage]:
        features = FeatureExtractor(
            query, hits, self._glossary, self._mentions.known.names_of
        ).all()
        likely = [self._model.probability(h, f) for h, f in zip(hits, features, strict=True)]
        least = least_of(query)
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


def _lacks_more(best: ScoredPassage, other: ScoredPassage) -> bool:
    """Has a passage fewer of the names of the question than another that does not answer it?"""
    return best.features.names_missing > other.features.names_missing


def least_of(query: Query) -> float:
    """Probability below which no passage answers: what only sounds near settles no yes or no."""
    return _SETTLES if asks_yes_or_no(query) else 0.0

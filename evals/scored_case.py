"""A case beside what was given for it, and what is right or wrong about that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from evals.cases import Case, portion
from index.tokens import stems
from sources.anchor import WorkPortion, article_of
from sources.folding import fold_to_line


class Given(BaseModel):
    """What the assistant gave for a case.

    Attributes:
        case: Id of the case.
        outcome: ``answer``, ``refusal``, or ``error`` (then ``error`` says why).
        lang: Language of the answer.
        reason: Why it was refused, as the assistant names it.
        cited: Anchors in order.
        ranked: Anchors of the ten best hits, cited or not.
        exact: Is every quote the stored text, byte for byte?
        confidence: Probability that the best hit answers, 0 to 1; 0 where another rule
            than its threshold refused.
        elapsed_ms: Time for the answer.
        missing: What the answer says is not in the sources.
        marked: What it marks as the thing asked for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    outcome: str
    lang: str = ""
    reason: str = ""
    cited: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    exact: bool = True
    confidence: float = 0.0
    elapsed_ms: float = 0.0
    missing: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    text: str = ""
    error: str = ""

    @classmethod
    def failed(cls, case: str, error: str) -> Given:
        """Nothing was given, and why."""
        return cls(case=case, outcome="error", error=error, exact=False)


class CaseFault(StrEnum):
    """What is wrong with what was given, the gravest first."""

    FAILED = "failed"
    ANSWERED = "answered, should have been refused"
    REFUSED = "refused, should have been answered"
    FIRST = "first citation is not right"
    MISSING = "not everything that had to be cited"
    EXTRA = "a citation too many"


# Not slotted: what is derived is kept, since every measure asks for it.
@dataclass(frozen=True)
class ScoredCase:
    """A case with what was given for it. A failed case has neither hits nor citations."""

    case: Case
    given: Given

    @property
    def failed(self) -> bool:
        """Was nothing given?"""
        return self.given.outcome not in ("answer", "refusal")

    @property
    def answered(self) -> bool:
        """Was it answered?"""
        return self.given.outcome == "answer"

    @property
    def refused(self) -> bool:
        """Was it refused?"""
        return self.given.outcome == "refusal"

    @cached_property
    def cited(self) -> list[WorkPortion]:
        """Work and portion of each citation."""
        return [portion(a) for a in self.given.cited] if self.answered else []

    @cached_property
    def ranked(self) -> list[WorkPortion]:
        """Work and portion of each hit, each once."""
        return [] if self.failed else list(dict.fromkeys(portion(a) for a in self.given.ranked))

    @cached_property
    def good(self) -> frozenset[WorkPortion]:
        """Work and portion of every right passage."""
        return self.case.right

    @property
    def wrong(self) -> bool:
        """Is it an answer where a refusal was due, or one whose first citation is not right?"""
        return self.answered and (not self.cited or self.cited[0] not in self.case.allowed)

    @property
    def right(self) -> bool:
        """Is it the refusal that was due, or an answer whose first citation is right?"""
        return self.refused if self.case.refuse else self.answered and not self.wrong

    @property
    def language(self) -> bool:
        """Was something given, and in the language that it has to be in?"""
        return not self.failed and self.given.lang == (self.case.answer_lang or self.case.lang)

    @property
    def quoted(self) -> bool:
        """Was it answered, with quotes that are all the stored text?"""
        return self.answered and self.given.exact

    def hit(self, k: int) -> bool:
        """Is a right passage among the first ``k`` hits?"""
        return any(p in self.good for p in self.ranked[:k])

    @property
    def article(self) -> bool:
        """Is the first hit in the article (or section, recital, annex) of a right passage?"""
        right = set(map(article_of, self.good))
        return bool(self.ranked) and article_of(self.ranked[0]) in right

    @property
    def precision(self) -> float:
        """Share of citations that are right, without those that may stand beside; 0 without any."""
        beside = self.case.allowed - self.good
        counted = [p in self.good for p in self.cited if p not in beside]
        return sum(counted) / len(counted) if counted else float(bool(self.cited))

    @property
    def recall(self) -> float:
        """Share of what had to be cited that was; of alternatives, one is all."""
        cited = set(self.cited)
        if self.case.all:
            return sum(portion(a) in cited for a in self.case.all) / len(self.case.all)
        if self.case.parts:
            wanted = [frozenset(map(portion, p.any)) for p in self.case.parts if p.any]
            return sum(bool(cited & w) for w in wanted) / len(wanted) if wanted else 1.0
        return float(bool(cited & self.good))

    @property
    def parts(self) -> float:
        """Share of the parts that are answered, or said to be missing where nothing answers."""
        cited = set(self.cited)
        done = [
            bool(cited & set(map(portion, part.any)))
            if part.any
            else self._says_missing(part.about)
            for part in self.case.parts
        ]
        return sum(done) / len(done) if done else 0.0

    def _says_missing(self, about: str) -> bool:
        wanted = stems(about, self.case.lang)
        said = [stems(text, self.case.lang) for text in self.given.missing]
        return self.answered and any(len(wanted & s) * 2 > len(wanted) for s in said)

    @property
    def literal(self) -> float:
        """Share of the literal things asked for that the answer marks."""
        marked = [fold_to_line(text) for text in self.given.marked]
        done = [
            any(fold_to_line(way) in text for way in ways for text in marked)
            for ways in self.case.literal
        ]
        return sum(done) / len(done) if done and self.answered else 0.0

    def is_right(self, anchor: str) -> bool:
        """Is this anchor among the right ones, in either language?"""
        return portion(anchor) in self.good

    @property
    def why(self) -> CaseFault | None:
        """The gravest fault; None where there is none."""
        able = not self.case.refuse
        faults = (
            (self.failed, CaseFault.FAILED),
            (self.answered and not able, CaseFault.ANSWERED),
            (self.refused and able, CaseFault.REFUSED),
            (self.wrong, CaseFault.FIRST),
            (self.answered and self.recall < 1, CaseFault.MISSING),
            (self.answered and self.precision < 1, CaseFault.EXTRA),
        )
        return next((fault for holds, fault in faults if holds), None)

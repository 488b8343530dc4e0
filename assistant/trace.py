"""How an outcome came about: the question as read, what was found, and the rule that decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.answerability import NAMES
from sources.anchor import Lang

if TYPE_CHECKING:
    from assistant.finding import ScoredPassage
    from assistant.question import Question
    from assistant.rules import Rule
    from assistant.topic import Topic
    from index.search import ViewScores


@dataclass(frozen=True, slots=True)
class TracedHit:
    """A passage that was found.

    Attributes:
        anchor: Its address.
        score: Fused score; comparable within one question.
        probability: That it answers, 0 to 1.
        enough: Is that enough?
        same, cross: Scores through views in the language of the question, and in the other:
            ``dense``, ``late``, ``lexical``; empty where there is none.
        features: What speaks for and against it, by name.
        reading: Score of the reranker; None where it has not read the passage.
    """

    anchor: str
    score: float
    probability: float
    enough: bool
    same: dict[str, float] = field(default_factory=dict)
    cross: dict[str, float] = field(default_factory=dict)
    features: dict[str, float] = field(default_factory=dict)
    reading: float | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """How an outcome came about.

    Attributes:
        question: What was read in the question, by name.
        rule: Name of the rule that decided.
        reason: What that rule is for.
        hits: What was found, best first; none where nothing was searched.
        breadth, belongs, members: What belongs to it (see :class:`assistant.topic.Topic`); None
            and none where that was not asked.
        goes_on: Does the outcome rest on the questions before it, perhaps?
    """

    question: dict[str, Any]
    rule: str
    reason: str
    hits: tuple[TracedHit, ...] = ()
    breadth: float | None = None
    belongs: float | None = None
    members: tuple[str, ...] = ()
    goes_on: bool = False


def trace(
    question: Question,
    rule: Rule,
    found: Sequence[ScoredPassage],
    topic: Topic | None,
    *,
    goes_on: bool,
) -> Trace:
    """The trace of a question that a rule decided."""
    return Trace(
        question=_read(question),
        rule=rule.name,
        reason=rule.reason,
        hits=tuple(map(_hit, found)),
        breadth=topic.breadth if topic else None,
        belongs=topic.sureness if topic else None,
        members=tuple(str(s.hit.anchor) for s in topic.members) if topic else (),
        goes_on=goes_on,
    )


def _read(question: Question) -> dict[str, Any]:
    lang: Lang = question.lang
    return {
        "text": question.text,
        "lang": lang,
        "answer_lang": question.answer_lang,
        "stems": [w.stem for w in question.words],
        "names": list(question.names),
        "figures": sorted(question.figures),
        "mention": asdict(question.mention) if question.mention else None,
        "whole": question.whole,
        "subject": question.subject,
        "parts": list(question.parts),
        "is_keywords": question.is_keywords,
        "leans": question.leans,
        "previous": question.previous.text if question.previous else None,
    }


def _hit(found: ScoredPassage) -> TracedHit:
    return TracedHit(
        anchor=str(found.hit.anchor),
        score=found.hit.score,
        probability=found.probability,
        enough=found.enough,
        same=_scores(found.hit.same),
        cross=_scores(found.hit.cross),
        features=dict(zip(NAMES, found.features.vector(), strict=True)),
        reading=found.hit.reading,
    )


def _scores(view: ViewScores | None) -> dict[str, float]:
    return {"dense": view.dense, "late": view.late, "lexical": view.lexical} if view else {}


def as_text(trace: Trace) -> str:
    """For a person on a terminal: the rule, what was read, and the ten best hits."""
    read = "\n".join(
        f"  {name}: {value}"
        for name, value in trace.question.items()
        if value not in (None, (), [], "")
    )
    rows = [
        f"  {n:>2} {h.probability:5.2f} {'+' if h.enough else ' '} {h.score:6.3f} {_reading(h)}"
        f"  {_row(h.same)}  {_row(h.cross)}  {h.anchor}"
        for n, h in enumerate(trace.hits[:10], 1)
    ]
    broad = (
        []
        if trace.breadth is None
        else [
            "",
            f"breadth {trace.breadth:.2f}, belongs {trace.belongs:.2f}: {', '.join(trace.members)}",
        ]
    )
    head = "   # prob.   score   read  same: dense late  lex.   cross: dense late  lex."
    table = ["", "found", head, *rows] if rows else ["", "found\n  nothing was searched"]
    return "\n".join((f"rule {trace.rule}: {trace.reason}", "", "question", read, *broad, *table))


def _reading(hit: TracedHit) -> str:
    return " " * 6 if hit.reading is None else f"{hit.reading:6.2f}"


def _row(scores: dict[str, float]) -> str:
    return " ".join(f"{v:6.3f}" for v in scores.values()) if scores else " " * 20

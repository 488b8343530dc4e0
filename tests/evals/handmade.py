"""Hand-made cases, answers and runs, small enough to work out by head."""

from __future__ import annotations

from typing import Any

from evals.cases import Case
from evals.run import EvaluationRun, PassageRecord
from evals.scored_case import Given, ScoredCase

WORK = "port-2031"


def anchor(portion: str, lang: str = "fr", work: str = WORK) -> str:
    return f"{work}@{lang}#{portion}"


def case(name: str = "c-1", *right: str, **more: Any) -> Case:
    """A case that the given portions answer; without any, one that must be refused."""
    fields: dict[str, Any] = {
        "id": name,
        "lang": "fr",
        "kind": "plain",
        "split": "test",
        "question": f"Que dit le texte sur {name} ?",
        "refuse": not right,
        "any": [anchor(p) for p in right],
    }
    return Case.model_validate(fields | more)


def answer(to: Case, *cited: str, ranked: tuple[str, ...] = (), **more: Any) -> Given:
    """An answer that cites these portions, in that order."""
    fields = {
        "case": to.id,
        "outcome": "answer",
        "lang": to.lang,
        "cited": [anchor(p) for p in cited],
        "ranked": [anchor(p) for p in ranked or cited],
        "confidence": 0.9,
        "elapsed_ms": 40,
    }
    return Given.model_validate(fields | more)


def refusal(to: Case, *ranked: str, **more: Any) -> Given:
    fields = {
        "case": to.id,
        "outcome": "refusal",
        "reason": "plain",
        "lang": to.lang,
        "ranked": [anchor(p) for p in ranked],
        "confidence": 0.1,
        "elapsed_ms": 20,
    }
    return Given.model_validate(fields | more)


def failure(to: Case) -> Given:
    return Given.failed(to.id, "the disk is on fire")


def run(*scored_cases: tuple[Case, Given], **more: Any) -> EvaluationRun:
    """A run; the text of each passage that is named is made up from its anchor."""
    named = {a for c, g in scored_cases for a in (*c.anchors, *g.cited, *g.ranked)}
    fields: dict[str, Any] = {
        "created": "2031-05-04T08:00:00+00:00",
        "build": "0123456789ab",
        "model": "fake 1",
        "judge": "ba9876543210",
        "sources": (f"{WORK}@fr",),
        "cases": tuple(c for c, _ in scored_cases),
        "given": tuple(g for _, g in scored_cases),
        "passages": tuple(
            PassageRecord(
                anchor=a,
                lang="fr",
                fr=f"Port 2031, {a}",
                nl=f"Haven 2031, {a}",
                text=f"Le quai {a}.",
                working=f"Kaai {a}.",
            )
            for a in sorted(named)
        ),
    }
    return EvaluationRun(**(fields | more))


def scored_cases(*given: tuple[Case, Given]) -> list[ScoredCase]:
    return [ScoredCase(c, g) for c, g in given]

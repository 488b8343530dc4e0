"""Running the cases through the assistant, as a user would ask them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer
from assistant.ask import Assistant
from evals.calibrate import Example
from evals.cases import Case, CasesError, portion
from evals.measure import Given, Pair
from sources.anchor import Anchor
from sources.errors import DuchesseError
from sources.files import write_atomically

_RANKED = 10


class Run(BaseModel):
    """A finished run: what was asked, what was given, and with what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    created: str
    build: str
    model: str
    sources: tuple[str, ...]
    cases: tuple[Case, ...]
    given: tuple[Given, ...]

    def pairs(self, split: str | None = None) -> list[Pair]:
        """Cases with what was given; a case without anything given counts as failed."""
        by_case = {g.case: g for g in self.given}
        return [
            Pair(c, by_case.get(c.id) or Given(case=c.id, outcome="error", error="missing"))
            for c in self.cases
            if split in (None, c.split)
        ]

    def write(self, path: Path) -> None:
        """Write the run as JSON."""
        write_atomically(path, self.model_dump_json(indent=1).encode("utf-8"))

    @classmethod
    def read(cls, path: Path) -> Run:
        """Read a run; ``CasesError`` where the file is none."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValueError) as error:
            raise CasesError(
                "not a run", f"{path}: {error}", "Give a file of `evals run --json`."
            ) from error


def runnable(cases: Sequence[Case], assistant: Assistant) -> tuple[list[Case], list[Case]]:
    """Cases whose works are indexed, and those left out because they are not."""
    works = {d.work for d in assistant.build.manifest.documents}
    able = [c for c in cases if c.works <= works]
    return able, [c for c in cases if not c.works <= works]


def ask_all(cases: Sequence[Case], assistant: Assistant) -> Iterator[Given]:
    """What the assistant gives for each case, in order."""
    for case in cases:
        try:
            yield _given(case, assistant)
        except DuchesseError as error:
            yield Given(case=case.id, outcome="error", error=str(error))


def _given(case: Case, assistant: Assistant) -> Given:
    outcome = assistant.ask(case.question, page=case.lang, history=case.history)
    judged = assistant.search(case.question, case.lang, case.history)
    citations = outcome.citations if isinstance(outcome, Answer) else ()
    build = assistant.build
    return Given(
        case=case.id,
        outcome=outcome.outcome,
        lang=outcome.lang,
        cited=tuple(c.anchor for c in citations),
        ranked=tuple(str(j.hit.anchor) for j in judged[:_RANKED]),
        exact=all(
            build.by_anchor[Anchor.parse(c.anchor)].text == c.quote and c.quote in outcome.text
            for c in citations
        ),
        confidence=judged[0].probability if judged else 0.0,
        elapsed_ms=outcome.elapsed_ms,
        text=outcome.text,
    )


def examples(cases: Sequence[Case], assistant: Assistant) -> Iterator[Example]:
    """The best hit of each case, for calibration."""
    for case in cases:
        judged = assistant.search(case.question, case.lang, case.history)
        if judged:
            best = judged[0]
            yield Example(case, best, portion(str(best.hit.anchor)) in case.right)


def finish(cases: Sequence[Case], given: Sequence[Given], assistant: Assistant) -> Run:
    """Put a run together."""
    manifest = assistant.build.manifest
    return Run(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        build=manifest.build,
        model=f"{manifest.model.name} {manifest.model.revision}",
        sources=tuple(f"{d.work}@{d.lang}" for d in manifest.documents),
        cases=tuple(cases),
        given=tuple(given),
    )


def summary(run: Run) -> dict[str, Any]:
    """The measures of a run, for programs: by split, and by kind on all cases."""
    from evals.measure import table, values

    kinds = sorted({c.kind for c in run.cases})
    out: dict[str, Any] = {"build": run.build, "model": run.model, "cases": len(run.cases)}
    for split in ("dev", "test"):
        out[split] = table(run.pairs(split))
    out["by kind"] = {
        str(k): {
            la: values([p for p in run.pairs() if p.case.kind == k and p.case.lang == la])
            for la in ("fr", "nl")
        }
        for k in kinds
    }
    return json.loads(json.dumps(out))  # type: ignore[no-any-return]

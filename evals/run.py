"""Running the cases through the assistant, as a user would ask them."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, Citation, Outcome
from assistant.trace import TracedHit
from evals.cases import Case, CasesError, Split, faults_of
from evals.scored_case import Given, ScoredCase
from index.build import Build
from sources.anchor import Anchor, Lang
from sources.errors import DuchesseError
from sources.files import write_atomically
from sources.model import Passage

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from index.manifest import Manifest

_LOG = logging.getLogger(__name__)
_RANKED = 10


class PassageRecord(BaseModel):
    """A passage that a run names, as it was in the build: a report needs no index.

    Attributes:
        anchor: Its address.
        lang: Language of the text.
        fr, nl: How a person cites it, with the name of the source.
        text: The whole stored text.
        working: Working translation into the other language, "" where there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    anchor: str
    lang: Lang
    fr: str
    nl: str
    text: str
    working: str = ""


class EvaluationRun(BaseModel):
    """A finished run: what was asked, what was given, and with what.

    Attributes:
        created: When it ended (UTC, ISO 8601).
        judge: Hash of the calibration in use.
        left_out: Ids of cases that this index cannot be asked (see :func:`runnable`).
        measures: For programs that read the file; computed again from the cases by ours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    created: str
    build: str
    model: str
    judge: str = ""
    sources: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    cases: tuple[Case, ...]
    given: tuple[Given, ...]
    passages: tuple[PassageRecord, ...] = ()
    measures: dict[str, Any] = {}

    def scored_cases(
        self, split: Split | None = None, lang: Lang | None = None
    ) -> list[ScoredCase]:
        """Cases with what was given; a case without anything given counts as failed."""
        by_case = {g.case: g for g in self.given}
        return [
            ScoredCase(c, by_case.get(c.id) or Given.failed(c.id, "missing"))
            for c in self.cases
            if split in (None, c.split) and lang in (None, c.lang)
        ]

    def write(self, path: Path) -> None:
        """Write the run as JSON."""
        write_atomically(path, self.model_dump_json(indent=1).encode("utf-8"))

    @classmethod
    def read(cls, path: Path) -> EvaluationRun:
        """Read a run; ``CasesError`` where the file is none."""
        try:
            run = cls.model_validate_json(path.read_bytes())
            for given in run.given:
                for anchor in (*given.cited, *given.ranked):
                    Anchor.parse(anchor)
        except (OSError, ValueError) as error:
            faults = faults_of(error)[:3] if isinstance(error, ValidationError) else [str(error)]
            raise CasesError(
                "not a run",
                f"{path} ({'; '.join(faults)})",
                "Give a file that `python -m evals run --json FILE` wrote.",
            ) from error
        return run


@dataclass(frozen=True, slots=True)
class CaseSelection:
    """Which cases an index can be asked.

    Attributes:
        able: Those that are run.
        unindexed: Those whose works are not indexed.
        overtaken: Those that must be refused, and no longer, since the work is indexed.
    """

    able: tuple[Case, ...]
    unindexed: tuple[Case, ...]
    overtaken: tuple[Case, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Ids of those that are not run."""
        return tuple(c.id for c in (*self.unindexed, *self.overtaken))


def runnable(cases: Iterable[Case], works: frozenset[str]) -> CaseSelection:
    """Divide the cases by what is indexed."""
    able, unindexed, overtaken = [], [], []
    for case in cases:
        if not case.works <= works:
            unindexed.append(case)
        elif works & frozenset(case.absent):
            overtaken.append(case)
        else:
            able.append(case)
    return CaseSelection(tuple(able), tuple(unindexed), tuple(overtaken))


def works(manifest: Manifest) -> frozenset[str]:
    """Works that a build holds, by its manifest."""
    return frozenset(d.work for d in manifest.documents)


def ask_all(cases: Iterable[Case], assistant: Assistant) -> Iterator[Given]:
    """What the assistant gives for each case, in order."""
    for case in cases:
        try:
            yield _given(case, assistant)
        except DuchesseError as error:
            yield Given.failed(case.id, str(error))
        except Exception as error:  # noqa: BLE001 - a fault in one case does not lose the run
            _LOG.exception("%s: the assistant failed", case.id)
            yield Given.failed(case.id, f"{type(error).__name__}: {error}")


def _given(case: Case, assistant: Assistant) -> Given:
    outcome = assistant.ask(case.question, page=case.lang, history=case.history)
    citations = outcome.citations if isinstance(outcome, Answer) else ()
    cited = [c.anchor for c in citations]
    hits = outcome.trace.hits if outcome.trace else ()
    found = [h.anchor for h in hits]
    # What is cited without being among the hits was named by the question itself: it leads.
    ranked = [*(a for a in cited if a not in found), *found]
    stored = assistant.build.by_anchor
    return Given(
        case=case.id,
        outcome=outcome.outcome,
        lang=outcome.lang,
        reason="" if isinstance(outcome, Answer) else outcome.reason,
        cited=tuple(cited),
        ranked=tuple(ranked[:_RANKED]),
        exact=all(_is_exact(c, stored[Anchor.parse(c.anchor)], outcome.text) for c in citations),
        missing=outcome.missing if isinstance(outcome, Answer) else (),
        marked=_marked(outcome),
        confidence=_confidence(outcome, hits),
        elapsed_ms=outcome.elapsed_ms,
        text=outcome.text,
    )


def _marked(outcome: Outcome) -> tuple[str, ...]:
    """What an answer gives as the thing asked for: marked in a sentence, or in a list in front."""
    if not isinstance(outcome, Answer):
        return ()
    marks = [mark for c in outcome.citations if c.key for mark in c.key.marked]
    listed = [item.label for item in outcome.listing.items] if outcome.listing else []
    return (*marks, *([outcome.listing.title] if outcome.listing else []), *listed)


def _is_exact(citation: Citation, stored: Passage, text: str) -> bool:
    """Is the quote the stored text, and does the answer have it, or a sentence that is in it?"""
    key = citation.key
    sentence = key.text if key and key.text in stored.texts.get(key.lang, "") else citation.quote
    return stored.text == citation.quote and (citation.quote in text or sentence in text)


def _confidence(outcome: Outcome, hits: Sequence[TracedHit]) -> float:
    """Probability of the best hit; 0 where another rule than its threshold refused."""
    if not hits or not (isinstance(outcome, Answer) or outcome.reason == "plain"):
        return 0.0
    return round(hits[0].probability, 4)


def finish(choice: CaseSelection, given: Sequence[Given], assistant: Assistant) -> EvaluationRun:
    """Make a run from the cases, what was given for them, and the assistant."""
    from evals.table import summary

    build = assistant.build
    manifest = build.manifest
    run = EvaluationRun(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        build=manifest.build,
        model=f"{manifest.model.name} {manifest.model.revision}",
        judge=assistant.model.id,
        sources=tuple(f"{d.work}@{d.lang}" for d in manifest.documents),
        left_out=choice.left_out,
        cases=choice.able,
        given=tuple(given),
        passages=tuple(_shown(choice.able, given, build)),
    )
    return run.model_copy(update={"measures": as_plain(summary(run))})


def _shown(cases: Iterable[Case], given: Iterable[Given], build: Build) -> Iterator[PassageRecord]:
    """Every passage that the cases expect or the assistant found, once, by anchor."""
    from assistant.render import locator

    named = {a for c in cases for a in c.anchors}
    named |= {a for g in given for a in (*g.cited, *g.ranked)}
    for anchor in sorted(named):
        passage = build.by_anchor.get(Anchor.parse(anchor))
        if passage:
            yield PassageRecord(
                anchor=anchor,
                lang=passage.anchor.lang,
                fr=locator(build, passage, "fr"),
                nl=locator(build, passage, "nl"),
                text=passage.text,
                working=passage.working.text if passage.working else "",
            )


def as_plain(value: Any) -> Any:
    """What JSON can hold: records as objects, NaN as null, floats to four decimals."""
    match value:
        case float():
            return round(value, 4) if math.isfinite(value) else None
        case dict():
            return {str(k): as_plain(v) for k, v in value.items()}
        case list() | tuple():
            return [as_plain(v) for v in value]
        case _ if hasattr(value, "__dataclass_fields__"):
            return as_plain(asdict(value))
        case _:
            return value


def as_text(value: Any) -> str:
    """JSON for programs."""
    return json.dumps(as_plain(value), ensure_ascii=False, indent=1)

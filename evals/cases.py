"""Evaluation cases: a question and what a careful reader of the texts would accept.

One JSON object a line (JSONL). A case is answered by citing one of ``any`` or all of ``all``;
``refuse`` says that the sources do not answer it. ``split`` is ``dev`` (to tune on) or
``test`` (to report on).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sources.anchor import Anchor, Lang
from sources.errors import DuchesseError
from sources.files import write_atomically

FOLDER = Path(__file__).with_name("cases")


class CasesError(DuchesseError):
    """A file of cases is not valid; the message lists every fault."""


class Kind(StrEnum):
    """What makes a case hard."""

    PLAIN = "plain"
    PARAPHRASE = "paraphrase"
    ACRONYM = "acronym"
    DATE_NUMBER = "date_number"
    NAMED_REFERENCE = "named_reference"
    CROSS_LANGUAGE = "cross_language"
    NO_ACCENTS = "no_accents"
    TYPO = "typo"
    MULTI_PASSAGE = "multi_passage"
    FOLLOW_UP = "follow_up"
    UNANSWERABLE_NEAR = "unanswerable_near"
    UNANSWERABLE_FAR = "unanswerable_far"
    KNOWN_NOT_INDEXED = "known_not_indexed"
    PROMPT_INJECTION = "prompt_injection"


class Case(BaseModel):
    """One question with its expected outcome."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9\-]*$")
    lang: Lang
    kind: Kind
    split: Literal["dev", "test"]
    question: str = Field(min_length=1)
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    refuse: bool = False
    history: tuple[str, ...] = ()
    note: str = ""

    @field_validator("any", "all")
    @classmethod
    def _anchors(cls, anchors: tuple[str, ...]) -> tuple[str, ...]:
        for anchor in anchors:
            Anchor.parse(anchor)
        return anchors

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if self.refuse == bool(self.any or self.all):
            raise ValueError("a case either names anchors or must be refused")
        return self

    @property
    def right(self) -> frozenset[tuple[str, str]]:
        """Work and portion of every right passage; either language version is right."""
        return frozenset(portion(a) for a in (*self.any, *self.all))

    @property
    def works(self) -> frozenset[str]:
        """Works that must be indexed for the case to be run."""
        return frozenset(w for w, _ in self.right)


def portion(anchor: str) -> tuple[str, str]:
    """Work and portion of an anchor."""
    parsed = Anchor.parse(anchor)
    return parsed.work, parsed.portion


def load(paths: Iterable[Path] = ()) -> list[Case]:
    """Read case files, all of ``evals/cases`` by default; ``CasesError`` with every fault."""
    files = list(paths) or sorted(FOLDER.glob("*.jsonl"))
    cases: list[Case] = []
    faults: list[str] = []
    seen: set[str] = set()
    for path in files:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"{path}: {error}")
            continue
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                case = Case.model_validate_json(line)
            except ValidationError as error:
                faults += [f"{path.name}:{number}: {e['msg']}" for e in error.errors()]
                continue
            if case.id in seen:
                faults.append(f"{path.name}:{number}: id used twice: {case.id}")
            seen.add(case.id)
            cases.append(case)
    if faults or not cases:
        raise CasesError(
            "the cases are not valid", "\n  - ".join(["", *faults]) or "none", "Correct them."
        )
    return cases


def add(path: Path, case: Case) -> None:
    """Append a case to a file; ``CasesError`` where its id is taken."""
    known = load([path]) if path.exists() else []
    if case.id in {c.id for c in known}:
        raise CasesError("the id is taken", case.id, "Choose another.")
    lines = [c.model_dump_json() for c in (*known, case)]
    write_atomically(path, ("\n".join(lines) + "\n").encode("utf-8"))

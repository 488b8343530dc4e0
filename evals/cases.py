"""Evaluation cases: a question and what a careful reader of the texts would accept.

One JSON object a line (JSONL). A case is answered by citing one of ``any`` or all of ``all``;
``refuse`` says that the sources do not answer it. ``split`` is ``dev`` (to tune on) or
``test`` (to report on).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sources.anchor import WORK, Anchor, Lang, WorkPortion
from sources.errors import DuchesseError
from sources.files import read_lines, write_atomically

FOLDER = Path(__file__).with_name("cases")

Split = Literal["dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)


class CasesError(DuchesseError):
    """A file of cases, or of a run, is not valid; the message lists every fault."""


class CaseKind(StrEnum):
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
    COLLOQUIAL = "colloquial"
    PROFESSIONAL = "professional"
    KEYWORDS = "keywords"
    SITUATION = "situation"
    TOPIC = "topic"
    SECTION = "section"
    PARTS = "parts"
    FACT = "fact"
    PRESUPPOSITION = "presupposition"
    LIST = "list"
    COUNT = "count"
    MOVE = "move"
    OTHER_ACT = "other_act"
    CORRECTION = "correction"
    NEW_SUBJECT = "new_subject"
    DEFINITION = "definition"


def _valid_anchors(anchors: tuple[str, ...]) -> tuple[str, ...]:
    for anchor in anchors:
        Anchor.parse(anchor)
    return anchors


class Part(BaseModel):
    """One thing that a question of several asks.

    Attributes:
        about: The words of the question that ask it.
        any: Anchors of which one answers it; none where the texts do not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    about: str = Field(min_length=1)
    any: tuple[str, ...] = ()

    _anchors = field_validator("any")(_valid_anchors)


class Case(BaseModel):
    """One question with its expected outcome.

    Attributes:
        any: Anchors of which one is enough.
        all: Anchors that must all be cited.
        also: Anchors that may be cited besides, and need not.
        parts: What it asks, where it asks several things.
        literal: What the answer has to mark in the words of the text: for each thing the ways in
            which it stands there, of which one is enough.
        needs: Works that must be indexed, besides those of the anchors: what must be refused is
            only hard where the text that is near to it could be found.
        absent: Works that must not be indexed for the case to be run: with their text at hand,
            the refusal would no longer be due.
        history: Earlier questions of the conversation, oldest first.
        answer_lang: Language that the answer has to be in, where it is not that of the question.
        note: Why, for the next reader.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9\-]*$")
    lang: Lang
    kind: CaseKind
    split: Split
    question: str = Field(min_length=1)
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    literal: tuple[tuple[str, ...], ...] = ()
    refuse: bool = False
    needs: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    answer_lang: Lang | None = None
    note: str = ""

    _anchors = field_validator("any", "all", "also")(_valid_anchors)

    @field_validator("needs", "absent")
    @classmethod
    def _works(cls, works: tuple[str, ...]) -> tuple[str, ...]:
        for work in works:
            if not WORK.fullmatch(work):
                raise ValueError(f"not the name of a work: {work!r}")
        return works

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if self.refuse == bool(self.right):
            raise ValueError("a case either names anchors or must be refused")
        if sum(map(bool, (self.any, self.all, self.parts))) > 1:
            raise ValueError("a case names anchors in one of `any`, `all` and `parts`")
        if self.also and not self.all:
            raise ValueError("only a case with `all` can name what may be cited besides")
        if self.absent and not self.refuse:
            raise ValueError("only a case that must be refused can need a work to be absent")
        return self

    @property
    def anchors(self) -> tuple[str, ...]:
        """Every anchor that answers it, or a part of it."""
        return (*self.any, *self.all, *(a for part in self.parts for a in part.any))

    @property
    def right(self) -> frozenset[WorkPortion]:
        """Work and portion of every right passage; either language version is right."""
        return frozenset(map(portion, self.anchors))

    @property
    def allowed(self) -> frozenset[WorkPortion]:
        """Work and portion of every passage that may be cited."""
        return self.right | frozenset(map(portion, self.also))

    @property
    def works(self) -> frozenset[str]:
        """Works that must be indexed for the case to be run."""
        return frozenset(w for w, _ in self.right) | frozenset(self.needs)

    @property
    def digest(self) -> str:
        """Short hash of everything that decides what is right; not of the note."""
        content = self.model_dump_json(exclude={"note"}, exclude_defaults=True)
        return sha256(content.encode("utf-8")).hexdigest()[:12]


def portion(anchor: str) -> WorkPortion:
    """Work and portion of an anchor."""
    return Anchor.parse(anchor).work_portion


def load(paths: Iterable[Path] = ()) -> list[Case]:
    """Read case files, all of ``evals/cases`` by default; ``CasesError`` with every fault."""
    cases: list[Case] = []
    faults: list[str] = []
    seen: set[str] = set()
    for path in list(paths) or sorted(FOLDER.glob("*.jsonl")):
        for where, found in _lines(path):
            if not isinstance(found, Case):
                faults += [f"{where}: {fault}" for fault in found]
            elif found.id in seen:
                faults.append(f"{where}: id used twice: {found.id}")
            else:
                seen.add(found.id)
                cases.append(found)
    if faults or not cases:
        raise CasesError(
            "the cases are not valid",
            "\n  - ".join(["", *faults]) if faults else "none",
            "Correct them.",
        )
    return cases


def _lines(path: Path) -> Iterator[tuple[str, Case | list[str]]]:
    """Each line's place, with its case or its faults."""
    try:
        lines = read_lines(path)
    except (OSError, UnicodeDecodeError) as error:
        yield str(path), [str(error)]
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield f"{path.name}:{number}", Case.model_validate_json(line)
            except ValidationError as error:
                yield f"{path.name}:{number}", faults_of(error)


def faults_of(error: ValidationError) -> list[str]:
    """Each fault of a case, with the field where there is one."""
    return [
        ": ".join([*(str(step) for step in e["loc"][:1]), e["msg"].removeprefix("Value error, ")])
        for e in error.errors()
    ]


def make(**fields: Any) -> Case:
    """A case from what was typed; ``CasesError`` with every fault."""
    try:
        return Case(**fields)
    except ValidationError as error:
        raise CasesError(
            "not a valid case", "; ".join(faults_of(error)), "See `python -m evals add -h`."
        ) from error


def add(path: Path, case: Case, known: Sequence[Case]) -> None:
    """Append a case to a file, whose lines stay as they are.

    ``CasesError`` where ``known``, all cases that there are, has its id or asks the same.
    """
    for other in known:
        if other.id == case.id:
            raise CasesError("the id is taken", case.id, "Choose another.")
        if _question_key(other) == _question_key(case):
            raise CasesError("the question is already a case", other.id, "Change that case.")
    before = path.read_bytes() if path.exists() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_atomically(path, before + case.model_dump_json().encode("utf-8") + b"\n")


def _question_key(case: Case) -> tuple[str, str, tuple[str, ...]]:
    return case.lang, case.question.casefold(), case.history


def free_id(stem: str, lang: Lang, known: Sequence[Case]) -> str:
    """The next free id of a series: ``added-fr-007``."""
    series = f"{stem}-{lang}-"
    numbers = [
        int(c.id.removeprefix(series))
        for c in known
        if c.id.startswith(series) and c.id.removeprefix(series).isdecimal()
    ]
    return f"{series}{max(numbers, default=0) + 1:03}"

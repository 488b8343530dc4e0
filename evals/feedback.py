"""What readers said of answers, as candidates for new cases, which a person reviews first."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from evals.cases import Case
from sources.anchor import Anchor, Lang
from sources.errors import DuchesseError


class Remark(BaseModel):
    """A verdict in the feedback file; keys that are not named here are not looked at.

    A later one with the same id stands in its place.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    id: str = ""
    time: str = ""
    question: str
    lang: Lang
    outcome: str
    anchors: tuple[str, ...] = ()
    reason: str = ""
    comment: str = ""
    build: str = ""


class Withdrawal(BaseModel):
    """A line that takes back the remark with this id."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    withdraws: str


_LINE: TypeAdapter[Withdrawal | Remark] = TypeAdapter(Withdrawal | Remark)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A remark, with the command that would make a case of it once a person has reviewed it."""

    remark: Remark
    command: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the file holds.

    Attributes:
        found: Newest first; each question once.
        unreadable: Numbers of lines that are not remarks, such as one cut off by a crash.
        known: How many remarks ask what a case asks already.
    """

    found: tuple[Candidate, ...]
    unreadable: tuple[int, ...]
    known: int


def candidates(file: Path, cases: Iterable[Case]) -> Candidates:
    """Read the feedback file; nothing where there is none, ``DuchesseError`` if unreadable."""
    existing = {(c.lang, c.question.casefold()) for c in cases}
    found: dict[tuple[str, str], Candidate] = {}
    remarks, unreadable = _remarks(file)
    known = 0
    for remark in remarks:
        key = remark.lang, remark.question.casefold()
        if key in existing:
            known += 1
        else:
            found.pop(key, None)  # the last word on a question counts
            found[key] = Candidate(remark, _command(remark))
    return Candidates(tuple(reversed(found.values())), tuple(unreadable), known)


def _remarks(file: Path) -> tuple[list[Remark], list[int]]:
    """The remarks that still stand, oldest first; the numbers of the lines that are none."""
    standing: dict[str, Remark] = {}
    unreadable: list[int] = []
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            read = _LINE.validate_json(line)
        except ValidationError:
            unreadable.append(number)
            continue
        if isinstance(read, Withdrawal):
            standing.pop(read.withdraws, None)
        else:
            key = read.id or f"line {number}"
            standing.pop(key, None)  # the last word counts, at its own time
            standing[key] = read
    return list(standing.values()), unreadable


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8-sig", errors="replace").split("\n") if file.exists() else []
    except OSError as error:
        raise DuchesseError(
            "the feedback cannot be read", error, "Check the folder's permissions."
        ) from error


def _command(remark: Remark) -> str:
    """A first version of the case, quoted for a shell; a person completes and corrects it."""
    parts = ["python", "-m", "evals", "add", "--lang", remark.lang]
    parts += ["--kind", "plain", "--split", "dev", "--question", remark.question]
    parts += ["--note", f"feedback {remark.time[:10]}: {remark.reason or 'good'}"]
    if remark.reason == "should_refuse" or (remark.outcome == "refusal" and not remark.reason):
        return shlex.join([*parts, "--refuse"])
    shown = [a for a in remark.anchors if _is_anchor(a)]
    fits = remark.reason in (
        "",
        "wrong_language",
        "incomplete",
    )  # otherwise what was shown is wrong
    return shlex.join([*parts, "--any", *(shown[:1] if fits and shown else ["ANCHOR"])])


def _is_anchor(text: str) -> bool:
    try:
        Anchor.parse(text)
    except ValueError:
        return False
    return True

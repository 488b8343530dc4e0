"""What is asked of the process that reads a file, and what it gives: each one JSON value."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from sources.anchor import Lang
from sources.formats.sandbox.limits import Limits
from sources.model import Document

Reader = Literal["act", "file"]
SMALLER = "Add the file in parts, or as a plain text file."


class Header(BaseModel):
    """What is asked of the child."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    reader: Reader
    work: str
    lang: Lang
    media_type: str
    name: str
    limits: Limits


class Fault(BaseModel):
    """A ``ReadError`` as JSON; ``scanned`` where recognising the text may help."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    what: str
    value: str | None
    next_step: str
    scanned: bool = False


class Result(BaseModel):
    """What the child gives: a document or a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    document: Document | None = None
    fault: Fault | None = None

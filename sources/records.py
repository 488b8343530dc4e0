"""Records of stored texts: where the bytes of each version came from, and their folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sources.anchor import WORK, Lang
from sources.catalogue import Source
from sources.errors import SourceError
from sources.parts import FORMEX, XHTML_PARTS

Origin = Literal["fetched", "added"]
#: What putting bytes into the store does: nothing, where they are in use; a first version; another
#: one in its place; an earlier one in use again.
Change = Literal["none", "first", "new", "earlier"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REMOVED = "removed"  # folder of what was removed: no work has it as its slug
EXTENSIONS = {
    "application/xhtml+xml": "xhtml",
    "text/html": "html",
    "text/plain": "txt",
    "text/markdown": "md",
    "message/rfc822": "eml",
    "multipart/related": "mhtml",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/pdf": "pdf",
    DOCX: "docx",
    "application/zip": "zip",
    FORMEX: "fmx4.zip",
    XHTML_PARTS: "xhtml.zip",
}


class Record(BaseModel):
    """Where the bytes of a version came from.

    Attributes:
        work: Name of the work, as in its anchors.
        lang: Language of the text.
        url: Address it was fetched from; for an added file "" or what the person gave.
        media_type: As received; says which reader it needs.
        date: Moment it first came in (UTC, ISO 8601).
        sha256: Of the bytes, in hexadecimal.
        size: Number of bytes.
        file: Name of the file of the bytes, beside the record.
        origin: Fetched from an official source, or added by a person.
        entry: Entry of the text in the catalogue when another version took the place of this one,
            for a person's texts: what was said of it comes back with it. None before that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    work: str = Field(pattern=f"^{WORK.pattern}$")
    lang: Lang
    url: str
    media_type: str
    date: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    file: str = Field(pattern=r"^[0-9a-f]{16}\.[a-z0-9]+(\.[a-z0-9]+)?$")
    origin: Origin
    entry: Source | None = None


class Current(BaseModel):
    """Which version is in use."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where bytes come from, as :meth:`sources.store.Store.put` wants it; see :class:`Record`."""

    media_type: str
    date: str
    origin: Origin
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What ``put`` did."""

    change: Change
    record: Record


def slug_of(work: str) -> str:
    """Folder name of a work: safe, the same for no other work, also where case is ignored.

    >>> slug_of("celex:22021A0430(01)")
    'celex_3a22021_a0430_2801_29'
    >>> work_of_slug(slug_of("celex:22021A0430(01)"))
    'celex:22021A0430(01)'
    """
    if not _is_name(work):
        raise SourceError("not the name of a work", work, "Use up to 80 letters, digits and - . _")
    slug = re.sub(r"[^a-z0-9.\-]", _escaped, work)
    return slug if slug != REMOVED else f"_{ord(slug[0]):02x}{slug[1:]}"


def _is_name(work: str) -> bool:
    """Whether it is the name of a work, and short enough for a folder when escaped."""
    return WORK.fullmatch(work) is not None and len(work) <= 80


def _escaped(found: re.Match[str]) -> str:
    """``_l`` for L; ``_3a`` for a colon (the codes of all other signs start with a digit)."""
    sign = found[0]
    return f"_{sign.lower()}" if sign.isalpha() else f"_{ord(sign):02x}"


def work_of_slug(slug: str) -> str:
    """The work whose folder this is; ``ValueError`` where no work has it."""
    work = re.sub(
        r"_(?:([a-z])|([2-7][0-9a-f]))",
        lambda m: m[1].upper() if m[1] else chr(int(m[2], 16)),
        slug,
    )
    if not _is_name(work) or slug_of(work) != slug:
        raise ValueError(f"not the folder of a work: {slug!r}")
    return work

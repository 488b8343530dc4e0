"""Files that come in several parts, kept as one.

Some acts come as several documents (the enacting terms, then annexes), and Formex comes as a
ZIP that the server packs anew for each request. Both are kept as a ZIP whose bytes depend on
the parts alone: sorted or numbered names, no compression, one fixed date. The bytes of every
part stay as received, and an unchanged act has an unchanged SHA-256.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from sources.errors import ReadError

XHTML_PARTS = "application/zip;mtype=xhtml"  # several XHTML or HTML documents, in reading order
FORMEX = "application/zip;mtype=fmx4"

_MAX_PARTS = 1000
_BODY = re.compile(r"<body\b[^>]*>(?P<inner>.*)</body\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One document of several. ``url`` is where it came from, "" where it was in a ZIP."""

    name: str
    media_type: str
    content: bytes
    url: str = ""


def pack(parts: tuple[DocumentPart, ...]) -> bytes:
    """A ZIP of the parts, in their order; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            entry = zipfile.ZipInfo(part.name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # otherwise the bytes depend on the operating system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, part.content)
    return out.getvalue()


def unpack(content: bytes, max_bytes: int) -> tuple[DocumentPart, ...]:
    """The members of a ZIP, in its order, each under its bare file name.

    ``ReadError`` where it is not a whole ZIP, has too many or too large members (``max_bytes``
    together), or two of one name.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            if len(entries) > _MAX_PARTS or sum(e.file_size for e in entries) > max_bytes:
                raise _unreadable(f"{len(entries)} members, or more than {max_bytes} bytes")
            parts = tuple(
                DocumentPart(_bare(e.filename), _kind(e.filename), _member(archive, e))
                for e in entries
            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _unreadable(str(error)) from error
    if not parts or len({p.name for p in parts}) != len(parts):
        raise _unreadable("no members, or two of one name")
    return parts


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than the size that the ZIP declares, which was added up before."""
    with archive.open(entry) as file:
        return file.read(entry.file_size)


def _bare(name: str) -> str:
    """File name without folders: nothing is ever written outside the place meant for it."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    if not bare or bare == "..":
        raise _unreadable(f"a member is called {name!r}")
    return bare


def _kind(name: str) -> str:
    return {
        ".xml": "application/xml",
        ".xhtml": "application/xhtml+xml",
        ".html": "text/html",
    }.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def _unreadable(why: str) -> ReadError:
    return ReadError("the ZIP cannot be used", why, "Fetch or download it again.")


def repacked(content: bytes, max_bytes: int) -> bytes:
    """A ZIP with the same members, sorted by name, whose bytes depend on them alone."""
    return pack(tuple(sorted(unpack(content, max_bytes), key=lambda part: part.name)))


def joined(parts: Mapping[str, str]) -> str:
    """One document out of several, by their names: the first, then the bodies of the others.

    Nothing is written anew: what stands between ``<body>`` and ``</body>`` is put one after the
    other. ``ReadError`` where a part has no body.
    """
    bodies = [(name, _BODY.search(text)) for name, text in parts.items()]
    if bare := next((name for name, body in bodies if body is None), ""):
        raise ReadError("a part of an act has no body", bare, "Fetch it again.")
    text, found = next(iter(parts.values())), [body for _, body in bodies if body]
    start, end = found[0].span("inner")
    return text[:start] + "\n".join(body["inner"] for body in found) + text[end:]

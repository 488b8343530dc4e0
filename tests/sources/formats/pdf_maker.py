"""A tiny maker of PDF files for tests: words at a place, in Courier, so that widths are plain."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 0.6  # of the size: one sign of Courier
_FONTS = {"F1": "Courier", "F2": "Courier-Bold"}


@dataclass(frozen=True)
class Words:
    """One string on the page: points from the left and from the bottom."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    turn: tuple[float, float, float, float] = (1, 0, 0, 1)
    font: str = ""  # one of the further fonts


def column(
    text: str,
    x: float,
    y: float,
    *,
    signs: int = 78,
    size: float = 10,
    step: float = 12,
    bold: bool = False,
    hang: int = 0,
) -> list[Words]:
    """A paragraph wrapped after so many signs; ``hang`` signs indent all lines but the first."""
    lines = wrap(text, signs, subsequent_indent=" " * hang, break_on_hyphens=False)
    return typed(lines, x, y, size=size, step=step, bold=bold)


def typed(
    lines: Sequence[str],
    x: float,
    y: float,
    *,
    size: float = 10,
    step: float = 12,
    bold: bool = False,
) -> list[Words]:
    """Lines as they are, one below the other; spaces at their start are an indent."""
    return [
        Words(
            x + WIDTH * size * (len(line) - len(line.lstrip())),
            y - step * index,
            line.strip(),
            size,
            bold,
        )
        for index, line in enumerate(lines)
    ]


def content(words: Sequence[Words]) -> bytes:
    """The content stream of one page."""
    out = []
    for w in words:
        a, b, c, d = w.turn
        text = w.text.encode("cp1252").replace(b"\\", b"\\\\")
        text = text.replace(b"(", b"\\(").replace(b")", b"\\)")
        font = w.font or ("F2" if w.bold else "F1")
        place = f"BT /{font} {w.size} Tf {a} {b} {c} {d} {w.x:.2f} {w.y:.2f} Tm ("
        out.append(place.encode() + text + b") Tj ET")
    return b"\n".join(out)


def pdf(*pages: Sequence[Words], title: str = "") -> bytes:
    """A PDF of these pages (A4)."""
    return raw_pdf([content(page) for page in pages], title=title)


def raw_pdf(
    contents: Sequence[bytes],
    *,
    title: str = "",
    packed: bool = False,
    objects: Sequence[tuple[str, bytes]] = (),
    resources: str = "",
    further: Mapping[str, str] | None = None,
) -> bytes:
    """A PDF of these content streams.

    ``packed`` streams come compressed already; ``objects`` are further streams (dictionary
    entries, bytes) with numbers from 10, which ``resources`` may name. ``further`` are the entries
    of more fonts.
    """
    kids = range(10 + len(objects), 10 + len(objects) + 2 * len(contents), 2)
    fonts = " ".join(f"/{key} {4 + i} 0 R" for i, key in enumerate(_FONTS))
    for key, entries in (further or {}).items():
        fonts += f" /{key} << /Type /Font {entries} >>"
    found: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(contents)} /Kids [{_references(kids)}] >>".encode(),
        3: f"<< /Font << {fonts} >> {resources} >>".encode(),
        6: b"<< /Title <" + title.encode("utf-16").hex().encode() + b"> >>" if title else b"<< >>",
    }
    for index, name in enumerate(_FONTS.values()):
        found[4 + index] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        ).encode()
    for index, (entries, data) in enumerate(objects):
        found[10 + index] = _stream(entries, data)
    for kid, data in zip(kids, contents, strict=True):
        found[kid] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R "
            f"/Contents {kid + 1} 0 R >>"
        ).encode()
        found[kid + 1] = _stream("/Filter /FlateDecode" if packed else "", data)
    return _file(found)


def bomb(unpacked: int) -> bytes:
    """A page whose content unpacks to so many spaces, from about a thousandth of them."""
    return raw_pdf([zlib.compress(b" " * unpacked, 9)], packed=True)


def to_unicode(meanings: Mapping[str, str]) -> tuple[str, bytes]:
    """A stream that gives letters of a font another meaning than they draw."""
    pairs = " ".join(
        f"<{one.encode('cp1252').hex()}> <{other.encode('utf-16-be').hex()}>"
        for one, other in meanings.items()
    )
    return "", (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def "
        "/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange "
        f"{len(meanings)} beginbfchar {pairs} endbfchar endcmap end end"
    ).encode()


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: dict[int, bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    start, last = len(out), max(objects)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        used = number in places
        out += b"%010d %05d %s \n" % (
            places.get(number, 0),
            0 if used else 65535,
            b"n" if used else b"f",
        )
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        last + 1,
        start,
    )
    return out

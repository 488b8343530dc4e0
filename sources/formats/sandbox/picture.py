"""The process in which pages of a PDF become pictures: a file in, one JSON value out.

``python -m sources.formats.sandbox.picture`` takes a header (one line of JSON) and the PDF on its
standard input, sets its own limits, and writes the pages on which a passage stands, each with
the places of its words.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from pydantic import BaseModel, ConfigDict

from sources.formats.sandbox.limits import Limits, limit
from sources.formats.sandbox.marks import SEED, Run, letters, runs
from sources.formats.sandbox.streams import on_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 1000, 2000  # pixels that a picture has at most
_PAGES = 3  # that a passage may go over
_ENOUGH = 0.6  # part of a passage that must be found for it to be marked
_QUALITY = 75  # of WebP, of 100


class Header(BaseModel):
    """What is asked of the child: the page (from 1) on which a passage begins, and its text."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    page: int
    text: str
    limits: Limits


class Sheet(BaseModel):
    """A page as a picture.

    Attributes:
        page: From 1.
        image: WebP in base64.
        width, height: In pixels.
        marks: Left, top, width and height of each line of the passage, as parts of the
            picture (0 to 1).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    page: int
    image: str
    width: int
    height: int
    marks: tuple[tuple[float, float, float, float], ...]


class Drawn(BaseModel):
    """What the child gives: sheets, or why there are none."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sheets: tuple[Sheet, ...] = ()
    fault: str = ""


def main(source: BinaryIO, answer: TextIO) -> None:
    """Read one header and one PDF from ``source``, write one JSON value to ``answer``."""
    header = Header.model_validate_json(source.readline())
    limit(header.limits)
    try:
        drawn = Drawn(sheets=tuple(_draw(source.read(), header.page, header.text)))
    except Exception as error:  # noqa: BLE001 - the parent must learn of every failure
        drawn = Drawn(fault=f"{type(error).__name__}: {error}")
    answer.write(drawn.model_dump_json())
    answer.flush()


def _draw(data: bytes, number: int, text: str) -> list[Sheet]:
    import pypdfium2

    wanted = letters(text)[0]
    with pypdfium2.PdfDocument(data) as pdf:
        if not 1 <= number <= len(pdf):
            raise ValueError(f"there is no page {number} of {len(pdf)}")
        sheets: list[Sheet] = []
        rest, found = wanted, 0
        for place in range(number - 1, min(number - 1 + _PAGES, len(pdf))):
            page = pdf[place]
            signs = page.get_textpage()
            on_page, places = letters(_signs(signs))
            here = runs(on_page, rest)
            if sheets and not here:
                break
            sheets.append(_sheet(page, place + 1, _boxes(signs, here, places)))
            found += sum(r.end - r.start for r in here)
            rest = rest[here[-1].last if here else len(rest) :]
            if len(rest) < SEED:
                break
    if found >= _ENOUGH * max(1, len(wanted)):
        return sheets
    return [sheets[0].model_copy(update={"marks": ()})]


def _signs(page: Any) -> list[str]:
    """The signs of a page, each at its index."""
    from pypdfium2.raw import FPDFText_GetUnicode

    codes = (FPDFText_GetUnicode(page.raw, n) for n in range(page.count_chars()))
    return [chr(c) if c < 0x110000 else "" for c in codes]


def _boxes(page: Any, found: Sequence[Run], places: Sequence[int]) -> list[tuple[float, ...]]:
    """Left, bottom, right and top of the lines of some runs, in points of the page."""
    boxes: list[tuple[float, ...]] = []
    for run in found:
        first, last = places[run.start], places[run.end - 1]
        count = page.count_rects(first, last - first + 1)
        boxes += [page.get_rect(n) for n in range(count)]
    return boxes


def _sheet(page: Any, number: int, boxes: Sequence[tuple[float, ...]]) -> Sheet:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise ValueError(f"page {number} has no size")
    bitmap = page.render(scale=min(WIDTH / width, HEIGHT / height))
    picture = bitmap.to_pil().convert("RGB")
    to_bitmap = bitmap.get_posconv(page).to_bitmap
    marks: list[tuple[float, float, float, float]] = []
    for left, bottom, right, top in boxes:
        corners = [to_bitmap(left, top), to_bitmap(right, bottom)]
        (x, a), (y, b) = (sorted(v) for v in zip(*corners, strict=True))
        w, h = picture.width, picture.height
        marks.append((x / w, y / h, (a - x) / w, (b - y) / h))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY)
    return Sheet(
        page=number,
        image=base64.b64encode(out.getvalue()).decode("ascii"),
        width=picture.width,
        height=picture.height,
        marks=tuple(tuple(round(v, 4) for v in m) for m in marks),
    )


if __name__ == "__main__":
    on_streams(main)

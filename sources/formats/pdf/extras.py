"""What a PDF holds beside the content of its pages: forms, annotations, files within it.

The value of a form field stands on the page and is read at its place. What was written on the
page later (notes, stamps) is no part of the text and is told; lines that strike words out, strike
them out. A form that only Adobe's program can show (XFA), and a portfolio of files, are refused:
their pages do not hold the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, PdfObject, StreamObject

from sources.errors import ReadError
from sources.folding import letters_alone
from sources.formats.omissions import Omissions
from sources.formats.pdf.paths import Box, Path, turned
from sources.formats.pdf.runs import Run
from sources.formats.pdf.signs import VALUE
from sources.formats.pdf.unpacking import dictionary

_HIDDEN = 2 | 32  # flags of an annotation: hidden, not to be shown
_PUSH, _PASSWORD = 1 << 16, 1 << 13  # flags of fields that show no value
_COMBO = 1 << 17  # a list that shows its chosen entry alone
_SILENT = {"/Link", "/Popup", "/Widget", "/PrinterMark", "/TrapNet"}
_NAMES = {
    "/FreeText": "text written on the page", "/Text": "notes on the page", "/Stamp": "stamps",
    "/Highlight": "marked places", "/Underline": "marked places", "/Squiggly": "marked places",
    "/StrikeOut": "struck-out places", "/Redact": "places to be blacked out",
    "/FileAttachment": "attached files", "/Caret": "insertions",
}  # fmt: skip
_LINES = {"/Ink", "/Line", "/PolyLine"}
_HEIGHT = 0.7  # of a field: the size of its letters, where nothing beside it tells
_DEEPEST = 20  # fields within fields


def refuse(reader: PdfReader, name: str) -> None:
    """``ReadError`` where the text of a PDF is not on its pages."""
    root = dictionary(reader.root_object)
    if "/Collection" in root:
        inner = ", ".join(attached(reader)[:5]) or "none"
        raise ReadError(
            "a PDF is a portfolio: its texts are files within it",
            f"{name}: {inner}",
            "Open it, save the files in it, and add each of them.",
        )
    if is_form(reader) and not _list(dictionary(root.get("/AcroForm")).get("/Fields")):
        raise ReadError(
            "a PDF is a form (XFA) whose text only Adobe’s program shows",
            name,
            "Open it in Adobe Reader, print it to a new PDF, and add that.",
        )


def is_form(reader: PdfReader) -> bool:
    """Whether a PDF is a form of XFA."""
    return "/XFA" in dictionary(reader.root_object.get("/AcroForm"))


def attached(reader: PdfReader) -> list[str]:
    """Names of the files within a PDF."""
    names = dictionary(dictionary(reader.root_object.get("/Names")).get("/EmbeddedFiles"))
    found: list[str] = []
    waiting = [names]
    while waiting and len(found) < 1000:
        node = waiting.pop()
        found += [str(name) for name in _list(node.get("/Names"))[::2]]
        waiting += [dictionary(kid) for kid in _list(node.get("/Kids"))]
    return found


def values(page: PageObject, runs: list[Run], quarter: int, omissions: Omissions) -> Iterator[Run]:
    """The values of the form fields of a page, each as a run at its place.

    The page is turned by a ``quarter`` to be read. Where other words are drawn than the value,
    these are read and the value is noted.
    """
    for field in _annotations(page):
        if field.get("/Subtype") != "/Widget" or _flags(field, "/F") & _HIDDEN:
            continue
        box = _box(field)
        if box and (shown := _shown(field)):
            drawn = _drawn_value(field)
            if letters_alone(drawn) not in letters_alone(shown):
                omissions.add("values of fields that are not those drawn", shown)
                shown = drawn
            yield _placed(shown, turned(box, quarter), runs)


def struck(page: PageObject) -> list[Box]:
    """The areas that somebody struck out on a page."""
    out: list[Box] = []
    for mark in _annotations(page):
        if mark.get("/Subtype") == "/StrikeOut" and not _flags(mark, "/F") & _HIDDEN:
            points = [
                float(n) for n in _list(mark.get("/QuadPoints")) if isinstance(n, (int, float))
            ]
            quads = [points[i : i + 8] for i in range(0, len(points) - 7, 8)]
            out += [(min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2])) for q in quads]
    return out


def strokes(page: PageObject) -> list[Path]:
    """The lines that somebody drew on a page."""
    out: list[Path] = []
    for mark in _annotations(page):
        if not _flags(mark, "/F") & _HIDDEN and mark.get("/Subtype") in _LINES:
            width = dictionary(mark.get("/BS")).get("/W", 1)
            for numbers in _drawn(mark):
                points = [float(n) for n in numbers if isinstance(n, (int, float))]
                pairs = tuple(zip(points[::2], points[1::2], strict=False))
                if len(pairs) > 1:
                    out.append(Path(pairs, filled=False, width=float(width)))
    return out


def _drawn(mark: DictionaryObject) -> list[list[Any]]:
    """The places of the lines of a mark."""
    inked = [_list(line) for line in _list(mark.get("/InkList"))]
    return [*inked, _list(mark.get("/L")), _list(mark.get("/Vertices"))]


def noted(page: PageObject, omissions: Omissions) -> None:
    """Note what was put on a page later, with its words."""
    for mark in _annotations(page):
        kind = str(mark.get("/Subtype"))
        if kind not in _SILENT:
            words = str(mark.get("/Contents") or "")
            what = _NAMES.get(kind, "drawings on the page")
            if words.strip() or what != "drawings on the page":
                omissions.add(f"annotations: {what}", words or "(no words)")


def _annotations(page: PageObject) -> Iterator[DictionaryObject]:
    for found in _list(page.get("/Annots")):
        mark = dictionary(found)
        if mark:
            yield mark


def _shown(field: DictionaryObject) -> str:
    """What a field shows: its text, its chosen entries, whether it is checked."""
    kind, flags = _inherited(field, "/FT"), int(_inherited(field, "/Ff") or 0)
    value = _inherited(field, "/V")
    if kind == "/Btn":
        state = str(field.get("/AS") or value or "/Off")
        return "" if flags & _PUSH else "☐" if state == "/Off" else "☑"
    if kind not in {"/Tx", "/Ch"} or flags & _PASSWORD or value is None:
        return ""
    entries = value if isinstance(value, list) else [value]
    labels = {
        str(pair[0]): str(pair[1])
        for pair in map(_list, _list(_inherited(field, "/Opt")))
        if len(pair) == 2
    }
    words = (_text(entry) for entry in entries)
    return " ".join(", ".join(labels.get(word, word) for word in words).split())


def _drawn_value(field: DictionaryObject) -> str:
    """The words that a text field draws, as far as its fonts are plain ones; "" for none."""
    kind, flags = _inherited(field, "/FT"), int(_inherited(field, "/Ff") or 0)
    found = dictionary(dictionary(field.get("/AP")).get("/N"))
    if not isinstance(found, StreamObject) or not (kind == "/Tx" or flags & _COMBO):
        return ""
    fonts = dictionary(dictionary(found.get("/Resources")).get("/Font"))
    for font in map(dictionary, fonts.values()):
        if font.get("/Subtype") == "/Type0" or dictionary(font.get("/Encoding")):
            return ""
    words: list[str] = []
    for operands, operator in ContentStream(found, None).operations:
        if operator in {b"Tj", b"TJ", b"'", b'"'}:
            parts = operands[-1] if isinstance(operands[-1], list) else [operands[-1]]
            words.append("".join(p for p in parts if isinstance(p, str)))
    return " ".join(" ".join(words).split())


def _text(value: PdfObject) -> str:
    """The words of a value; a long one may be a stream."""
    found: Any = value.get_object() if hasattr(value, "get_object") else value
    data = found.get_data() if hasattr(found, "get_data") else None
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else str(found or "")


def _placed(words: str, box: Box, runs: list[Run]) -> Run:
    """A value on the line of the words beside it.

    Where there are none, it is in the usual size, and begins at the top of its field: in one of
    several lines that is where a program writes it.
    """
    left, bottom, right, top = box
    beside = [run for run in runs if run.y <= top and bottom <= run.y + run.size]
    near = min(beside, key=lambda run: min(abs(run.end - left), abs(run.x - right)), default=None)
    usual = median(run.size for run in runs) if runs else top - bottom
    size = near.size if near else min(_HEIGHT * (top - bottom), usual)
    y = near.y if near else max(bottom + (top - bottom - size) / 2, top - 2 * size)
    return Run(words + VALUE, left, max(right, left + 1), y, size or 1.0, bold=False)


def _box(mark: DictionaryObject) -> Box | None:
    numbers = [float(n) for n in _list(mark.get("/Rect")) if isinstance(n, (int, float))]
    if len(numbers) != 4:
        return None
    (left, right), (bottom, top) = sorted(numbers[::2]), sorted(numbers[1::2])
    return left, bottom, right, top


def _inherited(field: DictionaryObject, key: str) -> Any:
    """A property of a field, its own or that of a field around it."""
    for _ in range(_DEEPEST):
        if key in field:
            found = field[key]
            return found.get_object() if hasattr(found, "get_object") else found
        field = dictionary(field.get("/Parent"))
    return None


def _flags(mark: DictionaryObject, key: str) -> int:
    found = mark.get(key, 0)
    return found if isinstance(found, int) else 0


def _list(value: Any) -> list[Any]:
    found = value.get_object() if hasattr(value, "get_object") else value
    return (
        [v.get_object() if hasattr(v, "get_object") else v for v in found]
        if (isinstance(found, list))
        else []
    )

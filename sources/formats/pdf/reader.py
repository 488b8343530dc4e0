"""Reader of PDF: text with its place on the page, into the blocks of a document.

pypdf opens the file and keeps it within limits, PDFium gives its text (``runs``; ``actual`` sees to
it that it is the text that is drawn) and what is drawn beside it (``paths``, ``shapes``).
``watermarks`` and ``margins`` take out what stands behind the text and beside it, ``rows`` finds
its rows, ``filled`` puts what was written on dotted lines where it stands, ``running`` takes out
running headers and page numbers, ``notices`` what is framed over two columns, ``columns`` finds the
reading order, ``undrawn`` the rows of tables without lines, ``bilingual`` parts French and Dutch
side by side, ``notes`` finds the footnotes, ``contents`` the table of contents, ``layout`` the
paragraphs and headings; ``seen`` leaves out what is not visible, ``strokes`` and ``overtyped`` what
is struck out, ``fractions`` marks formulas, ``letters`` reads what fonts give another meaning,
``extras`` reads the fields of forms and tells of annotations. A scanned PDF goes through OCRmyPDF
where that is installed. Tables come as rows of cells, as far as their lines stand alone; what
pictures show is not read, and told.

A page that cannot be read fails the whole file: a text with silent holes is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from sources.anchor import Lang
from sources.errors import ReadError
from sources.formats.bilingual import read_in_both
from sources.formats.contents import CONTENTS
from sources.formats.hyphens import Words
from sources.formats.omissions import Omissions
from sources.formats.paged import RUNNING
from sources.formats.pdf import extras
from sources.formats.pdf.actual import as_drawn
from sources.formats.pdf.bilingual import by_page, parted
from sources.formats.pdf.columns import Line, across, between, lines
from sources.formats.pdf.contents import without_contents
from sources.formats.pdf.filled import filled
from sources.formats.pdf.fractions import with_fractions
from sources.formats.pdf.layout import blocks, body_size
from sources.formats.pdf.margins import line_numbers, notes_beside
from sources.formats.pdf.notes import Footnotes, notes_of
from sources.formats.pdf.notices import without_notices
from sources.formats.pdf.ocr import searchable as ocr
from sources.formats.pdf.paths import Box, Path, paths, turned
from sources.formats.pdf.rows import Row, main_turn, overlaid, rows, upright
from sources.formats.pdf.running import without_running
from sources.formats.pdf.runs import Run, runs, usual_size
from sources.formats.pdf.shapes import (
    drawn_letters,
    drawn_lines,
    images,
    is_recognised,
    is_scan,
    pictures,
    small_pictures,
    with_signs,
)
from sources.formats.pdf.signs import PICTURED, bare, doubted
from sources.formats.pdf.tables import frames, with_tables
from sources.formats.pdf.unpacking import unpack
from sources.formats.pdf.watermarks import BEHIND, watermarks
from sources.formats.raised import CALLS, cited, numbered, with_notes
from sources.structure.blocks import Block, counted
from sources.structure.document import Content, trusted

MAX_PAGES = 2000
MAX_STREAM = 32 * 2**20  # bytes that one stream of a PDF may unpack to
_LIMITS = Configuration(
    zlib_maximum_output_length=MAX_STREAM,
    lzw_maximum_output_length=MAX_STREAM,
    run_length_maximum_output_length=MAX_STREAM,
    brotli_maximum_output_length=MAX_STREAM,
    array_based_stream_maximum_output_length=MAX_STREAM,
    jbig2dec_binary=None,
    disable_legacy_handling=True,
)
_ORNAMENT = 15_000  # square points: about a thirtieth of A4
_AGAIN = "Open it in a PDF viewer, print it to a new PDF, and add that."


class ScannedError(ReadError):
    """A PDF has no readable text: pictures of pages, or letters without their meaning."""


def read_pdf(
    data: bytes, name: str = "", *, searchable: Callable[[bytes], bytes] | None = ocr
) -> Content:
    """Read a PDF; ``ReadError`` says why it cannot be read and what to do.

    ``searchable`` gives a scanned PDF its text; with None a :class:`ScannedError` says that the
    file needs it.
    """
    try:
        return _read(data, name)
    except ScannedError:
        if searchable is None:
            raise
    return _read(searchable(data), name, recognised=True)


@dataclass(frozen=True, slots=True)
class _Pages:
    pages: list[list[Row]]
    title: str
    beside: list[Footnotes]  # of each page, in its margin
    drawn: list[list[Box]]  # what each page draws but its pictures
    warnings: list[str]
    omissions: Omissions
    paper: Box | None  # of the first page, where it is upright


def _read(data: bytes, name: str, *, recognised: bool = False) -> Content:
    with _explained(name or f"{len(data)} bytes"):
        content = _pages(data, name, recognised=recognised)
    pages = without_running(content.pages, content.paper)
    left = {id(row) for page in pages for row in page}
    for row in (row for page in content.pages for row in page):
        if id(row) not in left:
            content.omissions.add(RUNNING, bare(row.text))
    if two := parted(pages):
        found = [
            replace(block, lang=lang)
            for lang, ordered in two.lines.items()
            for block in _blocks(ordered, content)
        ]
        warnings = [
            *content.warnings,
            *content.omissions.warnings(),
            *read_in_both([bare(line) for line in two.unclear]),
            *_between([line for some in two.lines.values() for page in some for line in page]),
        ]
        return Content(found, name=name, warnings=tuple(warnings))
    start = " ".join(row.text for page in content.pages[:2] for row in page)
    title = content.title if trusted(content.title, start) else ""
    pages = _without_notices(pages, content)
    both = zip(pages, map(frames, content.drawn), strict=True)
    ordered = [lines(page, number, boxes) for number, (page, boxes) in enumerate(both, 1)]
    if turns := by_page(pages):
        found, title = _by_page(ordered, turns, content), ""
    else:
        found = _blocks(ordered, content)
    warnings = [*content.warnings, *content.omissions.warnings(), *_across(ordered)]
    return Content(found, title, name=name, warnings=tuple(warnings))


def _by_page(
    ordered: list[list[Line]], turns: dict[Lang, list[int]], content: _Pages
) -> list[Block]:
    """The blocks of either language, where whole pages are in one; which these are is told."""
    found: list[Block] = []
    for lang, own in turns.items():
        text = [page if at in own else [] for at, page in enumerate(ordered)]
        found += [replace(block, lang=lang) for block in _blocks(text, content)]
    told = (f"{lang}: {', '.join(str(at + 1) for at in own)}" for lang, own in turns.items())
    content.warnings.append(f"pages of two languages, read as two texts ({'; '.join(told)})")
    return found


def _blocks(ordered: list[list[Line]], content: _Pages) -> list[Block]:
    """The blocks of the lines of all pages, in reading order."""
    words = Words(bare(CALLS.sub("", line.text)) for page in ordered for line in page)
    body = body_size([line for page in ordered for line in page])
    pages = zip(_numbered(ordered), content.drawn, strict=True)
    kept, found = notes_of(list(pages), body, words, content.omissions)
    kept, contents = without_contents(kept)
    for line in contents:
        content.omissions.add(CONTENTS, bare(line.text))
    notes = {number: found[number] | own for number, own in enumerate(content.beside, 1)}
    result = [doubted(b) for b in with_notes(blocks(kept, notes, words))]
    content.warnings.extend(words.warnings())
    return result


def _without_notices(pages: list[list[Row]], content: _Pages) -> list[list[Row]]:
    """The rows of all pages without notices in a frame: notes of what they stand at, and told."""
    found = [without_notices(*both) for both in zip(pages, map(frames, content.drawn), strict=True)]
    for beside, (_, notes) in zip(content.beside, found, strict=True):
        beside.update(notes)
    if told := [note for _, notes in found for note in notes.values()]:
        content.warnings.append(
            "notices in a frame over two columns, read as notes of the lines they stand at: "
            f"{counted(told)}"
        )
    return [rows for rows, _ in found]


def _numbered(pages: list[list[Line]]) -> list[list[Line]]:
    """The lines, where raised figures that belong to numbers of articles call no notes."""
    texts = numbered(line.text for page in pages for line in page)
    return [_cited([replace(line, text=next(texts)) for line in page]) for page in pages]


def _cited(page: list[Line]) -> list[Line]:
    texts = iter(cited([line.text for line in page]))
    cells = iter(cited([cell for line in page for cell in line.cells]))
    return [
        replace(line, text=next(texts), cells=tuple(next(cells) for _ in line.cells))
        for line in page
    ]


def _between(lines: list[Line]) -> Iterator[str]:
    """What is told of numbers that stand between the columns of two languages."""
    if found := [bare(line.text) for line in lines if between(line)]:
        yield (
            "numbers that stand between the columns of two languages are read within one of "
            f"them: {counted(found)}: compare them with the page"
        )


def _across(ordered: list[list[Line]]) -> Iterator[str]:
    """What is told of columns that are read across."""
    if found := [line for page in ordered for line in page if across(line)]:
        pages = ", ".join(map(str, sorted({line.page for line in found})))
        shown = counted([bare(line.text) for line in found])
        yield (
            f"articles that open beside other words, which are read across: {shown}, "
            f"on pages: {pages}: compare them with the page"
        )


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Errors of the library as errors of this project, with a next step."""
    try:
        with apply_configuration(_LIMITS):
            yield
    except (ReadError, MemoryError):
        raise
    except LimitReachedError as error:
        raise ReadError("a PDF unpacks to more than it may", f"{name}: {error}", _AGAIN) from error
    except DependencyError as error:
        raise ReadError(
            "a PDF is encrypted in a way that cannot be opened here",
            name,
            "Save it without protection (qpdf --decrypt IN OUT) and add that.",
        ) from error
    except PyPdfError as error:
        raise ReadError(
            "a PDF is damaged", f"{name}: {error}", f"Give the file again, whole. {_AGAIN}"
        ) from error
    except Exception as error:  # pypdf: a broken file may raise anything
        cause = f"{name}: {type(error).__name__}: {error}"
        remedy = f"Give the file again, whole. {_AGAIN}"
        raise ReadError("a PDF is damaged", cause, remedy) from error


def _pages(data: bytes, name: str, *, recognised: bool) -> _Pages:
    if data.rfind(b"%%EOF") < data.rfind(b"startxref") or b"%%EOF" not in data:
        raise ReadError(
            "a PDF ends before its end mark: it was cut off", name or f"{len(data)} bytes",
            "Give the file again, and compare its size with the original.",
        )  # fmt: skip
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError(
            "a PDF is protected with a password", name or f"{len(data)} bytes",
            "Save it without protection (qpdf --decrypt --password=… IN OUT) and add that.",
        )  # fmt: skip
    if len(reader.pages) > MAX_PAGES:
        raise ReadError(
            f"a PDF has more than {MAX_PAGES} pages", len(reader.pages), "Add it in parts."
        )
    extras.refuse(reader, name or f"{len(data)} bytes")
    lacking = [unpack(page) for page in reader.pages]
    omissions = Omissions()
    found = _without_watermarks(_drawn(data, reader, omissions), omissions)
    shown = list(_without_ornaments(found))
    parts = [
        _parts(one, boxes, page, omissions)
        for one, boxes, page in zip(found, shown, reader.pages, strict=True)
    ]
    texts, beside = _within_margins([outside for outside, _ in parts], omissions)
    pages = [
        sorted([*rows(text), *tables], key=lambda row: -row.y)
        for text, (_, tables) in zip(texts, parts, strict=True)
    ]
    scans = [one.scan and not one.recognised for one in found]
    unread = [one.unread for one in found]
    _check(pages, sum(unread), name or f"{len(data)} bytes", scanned=all(scans) and not recognised)
    title = str((reader.metadata.title if reader.metadata else "") or "")
    pictured = [bool(boxes) for boxes in shown]
    warnings = list(_warnings(pages, unread, lacking, pictured, scans, reader))
    if few := [str(n) for n, one in enumerate(found, 1) if one.recognised and not recognised]:
        warnings.append(f"few words were recognised in a picture of the page: {', '.join(few)}")
    if count := sum(map(len, beside)):
        warnings.append(f"notes in the margin, read as notes of the lines they stand at: {count}")
    drawn = [one.lines for one in found]
    return _Pages(pages, title, beside, drawn, warnings, omissions, _paper(reader))


def _paper(reader: PdfReader) -> Box | None:
    """The edges of the first page, where it is upright."""
    page = reader.pages[0]
    left, bottom, right, top = map(float, page.cropbox)
    return None if page.rotation else (left, bottom, right, top)


def _parts(
    drawn: _Drawn, boxes: list[Box], page: PageObject, omissions: Omissions
) -> tuple[list[Run], list[Row]]:
    """The runs of a page with the values of its form, and its drawn tables.

    What stands across the page is noted.
    """
    extras.noted(page, omissions)
    some, across = upright(drawn.runs)
    for run in across:
        omissions.add("across the page", run.text)
    for box in boxes:
        _picture(box, some)
    some = filled([*some, *extras.values(page, some, drawn.quarter, omissions)])
    outside, tables = with_tables(some, drawn.lines)
    return with_fractions(outside, drawn.lines), tables


def _within_margins(
    pages: list[list[Run]], omissions: Omissions
) -> tuple[list[list[Run]], list[Footnotes]]:
    """The runs of each page without what stands in its margin, and the notes there."""
    body = usual_size((round(run.size, 1), len(run.text.strip())) for page in pages for run in page)
    texts: list[list[Run]] = []
    beside: list[Footnotes] = []
    for page, numbers in zip(pages, line_numbers(pages), strict=True):
        counted = set(map(id, numbers))
        for run in numbers:
            omissions.add("numbers of lines", run.text)
        text, notes = notes_beside([run for run in page if id(run) not in counted], body)
        texts.append(text)
        beside.append(notes)
    return texts, beside


def _picture(box: Box, runs: list[Run]) -> None:
    """Mark the words above a picture, or those below it where it stands on top."""
    middle = (box[0] + box[2]) / 2

    def far(index: int) -> tuple[bool, float]:
        run = runs[index]
        above = run.y >= box[3] - 1.5 * run.size
        aside = max(run.x - middle, middle - run.end, 0.0)
        beside = box[1] - run.size / 2 <= run.y < box[3]
        return not above, aside + (0.0 if beside else abs(run.y - box[3]))

    nearest = min(range(len(runs)), key=far, default=None)
    if nearest is not None:
        runs[nearest] = replace(runs[nearest], text=runs[nearest].text + PICTURED)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a page shows: its runs, and where its pictures and lines are."""

    runs: list[Run]
    unread: int  # signs
    quarter: int  # by which it is turned to be read
    pictures: list[Box]
    lines: list[Box]
    scan: bool  # nothing but pictures, and hardly a word
    recognised: bool  # these words are those of the picture


def _drawn(data: bytes, reader: PdfReader, omissions: Omissions) -> list[_Drawn]:
    """What the pages that are there show; ``ValueError`` where pages are not there."""
    found: list[_Drawn] = []
    pages = list(reader.pages)
    with PdfDocument(data) as pdf:
        for number in range(min(len(pdf), MAX_PAGES)):
            with suppress(PdfiumError):  # a page that is declared and not there
                page = pdf[number]
                own = pages[number] if number < len(pages) else PageObject()
                as_drawn(page, partial(pdf.get_page, number), omissions)
                drawn = paths(page)
                strokes = [*drawn, *extras.strokes(own)]
                some, unread = runs(page, omissions, extras.struck(own), strokes)
                found.append(_level(page, drawn, some, unread))
    if len(found) != len(pages):
        raise ValueError(f"{len(found)} of {len(pages)} pages can be drawn")
    return found


def _level(page: PdfPage, drawn: list[Path], some: list[Run], unread: int) -> _Drawn:
    """What a page shows, turned so that most of its words are level."""
    main = main_turn(some)
    quarter = round(main / 90) * 90 % 360
    some = [replace(run, turn=(run.turn - main) % 360) for run in some]
    shown = list(images(page))
    boxes = [turned(box, quarter) for box in pictures(page, shown)]
    lines = [turned(box, quarter) for box in drawn_lines(page)]
    drawn = [path.turned(quarter) for path in drawn]
    small = small_pictures([turned(box, quarter) for box in shown])
    boxes += drawn_letters(drawn)
    lines += [path.box for path in small]
    scan = is_scan(page, boxes)
    known = scan and is_recognised(page)
    some = with_signs(some, [*drawn, *small])
    return _Drawn(some, unread, quarter, [] if known else boxes, lines, scan, known)


def _without_watermarks(found: list[_Drawn], omissions: Omissions) -> list[_Drawn]:
    """What the pages show before what stands behind their text, which is noted."""
    out: list[_Drawn] = []
    for one, behind in zip(found, watermarks([one.runs for one in found]), strict=True):
        for run in behind:
            omissions.add(BEHIND, run.text)
        left = set(map(id, behind))
        out.append(replace(one, runs=[run for run in one.runs if id(run) not in left]))
    return out


def _without_ornaments(found: list[_Drawn]) -> Iterator[list[Box]]:
    """The pictures of each page that are no ornaments.

    Those are small, and stand at one place of several pages or above all words of the first one.
    """
    places = Counter(place for one in found for place in {_place(box) for box in one.pictures})
    for number, one in enumerate(found):
        heights = [run.y + run.size for run in one.runs if not run.turn]
        top = max(heights, default=0.0) if number == 0 else float("inf")
        yield [
            (a, b, c, d)
            for a, b, c, d in one.pictures
            if (c - a) * (d - b) > _ORNAMENT or (places[_place((a, b, c, d))] == 1 and b < top)
        ]


def _place(box: Box) -> tuple[int, ...]:
    return tuple(round(side / 4) for side in box)


def _check(pages: list[list[Row]], unread: int, name: str, *, scanned: bool) -> None:
    """``ScannedError`` where there is nothing to read."""
    letters = [c for page in pages for row in page for c in row.text if not c.isspace()]
    strange = sum(c == "\ufffd" or c < " " or "\ue002" <= c < "\uf000" for c in letters) + unread
    nothing = (not letters and not unread) or scanned
    if not letters or scanned or strange * 10 > 3 * (len(letters) + unread):
        raise ScannedError(
            "a PDF has no text (a scan?)" if nothing else "the letters of a PDF have no meaning",
            f"{name}, {len(pages)} page(s)",
            "Recognise its text (OCRmyPDF, with French and Dutch) and add the result.",
        )


def _warnings(
    pages: list[list[Row]],
    unread: list[int],
    lacking: list[bool],
    pictured: list[bool],
    scans: list[bool],
    reader: PdfReader,
) -> Iterator[str]:
    if extras.is_form(reader):
        yield "a form (XFA): only what its pages hold is read"
    if files := extras.attached(reader):
        yield f"files within the file are left out: {', '.join(files)}"
    for what, on in (
        ("pages without text", [not page for page in pages]),
        (
            "pictures are not read, on pages",
            [p and bool(r) for p, r in zip(pictured, pages, strict=True)],
        ),
        (
            "hardly a word but a picture of the page (a scan? recognise its text), on pages",
            [s and bool(r) for s, r in zip(scans, pages, strict=True)],
        ),
        (
            "words lie over others, and both are read, on pages",
            [any(map(overlaid, page)) for page in pages],
        ),
        ("signs without a readable font are left out, on pages", unread),
        ("a font is missing, so words may not be those on paper, on pages", lacking),
    ):
        if numbers := [str(number) for number, there in enumerate(on, 1) if there]:
            yield f"{what}: {', '.join(numbers)}"
    declared = reader.root_object["/Pages"].get_object().get("/Count")  # type: ignore[union-attr]
    if isinstance(declared, int) and declared > len(pages):
        yield f"the file declares {declared} pages and gives {len(pages)}"

"""Reader of any file that an administrator adds: the format comes from the content.

PDF, DOCX, HTML and plain text are read here. A legal act in the markup of the Official Journal,
in Formex, or in a page of Justel goes to the reader of acts, which knows what each line is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Literal

from sources.anchor import Lang
from sources.errors import NoActError, ReadError
from sources.formats.pdf.ocr import searchable as ocr
from sources.model import Document
from sources.structure.document import Content, document

MAX_BYTES = 32 * 2**20
_FORMATS = "Give a PDF, DOCX, HTML or plain text file."

Format = Literal["pdf", "docx", "html", "act", "text"]

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old or protected Office file",
     "Open it, save it as DOCX without a password, and add that."),
    (b"{\\rtf", "an RTF file", "Open it, save it as DOCX, and add that."),
    (b"\x89PNG", "a picture", "Make a PDF of it with its text (OCRmyPDF), and add that."),
    (b"\xff\xd8\xff", "a picture", "Make a PDF of it with its text (OCRmyPDF), and add that."),
    (b"II*\0", "a picture", "Make a PDF of it with its text (OCRmyPDF), and add that."),
    (b"MM\0*", "a picture", "Make a PDF of it with its text (OCRmyPDF), and add that."),
    (b"GIF8", "a picture", "Make a PDF of it with its text (OCRmyPDF), and add that."),
    (b"\x1f\x8b", "a compressed file", f"Unpack it. {_FORMATS}"),
    (b"7z\xbc\xaf", "a compressed file", f"Unpack it. {_FORMATS}"),
)  # fmt: skip
_PACKAGES = {
    "xlsx": ("a spreadsheet (XLSX)", "Print it to PDF with its sheets, and add that."),
    "pptx": ("a presentation (PPTX)", "Print it to PDF, and add that."),
    "odt": ("an OpenDocument text (ODT)", "Open it, save it as DOCX, and add that."),
    "ods": ("an OpenDocument spreadsheet (ODS)", "Print it to PDF, and add that."),
    "odp": ("an OpenDocument presentation (ODP)", "Print it to PDF, and add that."),
    "epub": ("an e-book (EPUB)", "Print it to PDF, and add that."),
    "pages": ("a file of Apple Pages", "Open it, export it as DOCX, and add that."),
}
_ACT = re.compile(
    rb"class\s*=\s*[\"'][^\"'>]{0,200}?\b"
    rb"(?:eli-subdivision|oj-[a-z]|ti-art\b|sti-art\b|title-article-norm|stitle-article-norm)"
    rb"|<meta[^>]{1,80}content=[\"']EUR-Lex - [0-9]{5}[A-Z]|<TXT_TE|id=[\"']?TexteOnly"
    rb"|<title>[^<]{0,80}(?i:justel)"
)
_PAGE = re.compile(rb"<html\b", re.IGNORECASE)
_CORRIGENDUM = re.compile(
    rb"doc-ti[\"'][^>]*>(?:\s|<[^>]+>)*(?:rectificati[ef]|corrigendum)\b", re.IGNORECASE
)
_CORRECTS = "this is a corrigendum: it changes another act, whose own text stays as it is"
_ROOT = re.compile(rb"<([A-Za-z][A-Za-z0-9.:_-]*)[\s/>]")
_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|h[1-6]|p|div|table|ul|ol)[\s>]", re.IGNORECASE
)


def read_file(
    data: bytes,
    *,
    work: str,
    lang: Lang,
    name: str = "",
    searchable: Callable[[bytes], bytes] | None = ocr,
) -> Document:
    """Read a file of any known format; ``ReadError`` says why it cannot be and what to do.

    ``searchable`` gives a scanned PDF its text; None leaves such a PDF unread.
    """
    if sniff(data, name) != "act":
        return document(_content(data, name, searchable), work=work, lang=lang)
    try:
        return read_act(data, work=work, lang=lang)
    except NoActError as error:
        if not _PAGE.search(data[:8192]):
            raise
        return _page(data, work=work, lang=lang, name=name, what=error.what)


def read_act(data: bytes, *, work: str, lang: Lang, media_type: str = "") -> Document:
    """Read a legal act; what is none, or is in another language, is ``ReadError``.

    A corrigendum has no articles of its own: it is read as a page, and says so.
    """
    from sources.formats import act

    try:
        return document(act.read_act(data, work, media_type), work=work, lang=lang)
    except NoActError:
        if not (_PAGE.search(data[:8192]) and _CORRIGENDUM.search(data)):
            raise
        return _page(data, work=work, lang=lang, name=work, what=_CORRECTS)


def _page(data: bytes, *, work: str, lang: Lang, name: str, what: str) -> Document:
    """A page in the markup of acts that has no article, recital or point, with a warning."""
    from sources.formats.html.reader import read_html

    what = _CORRECTS if _CORRIGENDUM.search(data) else what
    found = document(read_html(data, name), work=work, lang=lang)
    return replace(found, warnings=(f"{what}; read as a page", *found.warnings))


def _content(data: bytes, name: str, searchable: Callable[[bytes], bytes] | None) -> Content:
    """What its format knows of a file. The libraries of a format are loaded only for it."""
    match sniff(data, name):
        case "pdf":
            from sources.formats.pdf.reader import read_pdf

            return read_pdf(data, name, searchable=searchable)
        case "docx":
            from sources.formats.docx.reader import read_docx

            return read_docx(data, name)
        case "html":
            from sources.formats.html.reader import read_html

            return read_html(data, name)
        case _:
            from sources.formats.plain import read_text

            return read_text(data, name)


def sniff(data: bytes, name: str = "") -> Format:
    """The format of these bytes; ``ReadError`` for an empty, too large or foreign file."""
    shown = name or f"{len(data)} bytes"
    if not data.strip():
        raise ReadError("a file is empty", shown, "Fetch it again.")
    if len(data) > MAX_BYTES:
        raise ReadError(
            f"a file is larger than {MAX_BYTES // 2**20} MiB", shown, "Add it in parts."
        )
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _package(data, shown)
    for start, what, step in _FOREIGN:
        if data.startswith(start):
            raise ReadError(f"{what} cannot be read", shown, step)
    return _marked_up(data)


def _package(data: bytes, name: str) -> Format:
    """What a ZIP is by what it holds: a DOCX, an act in Formex, or something to refuse by name."""
    from sources.formats.docx.package import kind_of

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            kind = kind_of(package)
    except Exception as error:  # a broken package may raise anything
        raise ReadError(
            "a DOCX or ZIP file is damaged", f"{name}: {error}", "Fetch it again."
        ) from error
    if kind == "docx":
        return "docx"
    if any(part.lower().endswith(".doc.xml") for part in names):
        return "act"
    shown = f"{name}: {', '.join(names[:3])}"
    if kind in _PACKAGES:
        what, step = _PACKAGES[kind]
        raise ReadError(f"{what} cannot be read", shown, step)
    raise ReadError("a package of files is not a DOCX file", shown, f"Unpack it. {_FORMATS}")


def _marked_up(data: bytes) -> Format:
    """HTML, an act, or text; UTF-16 is looked at without its empty bytes."""
    from sources.formats.eurlex.formex import ROOTS

    head = data[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    root = _ROOT.search(head) if head.startswith(b"<") else None
    if root and root[1].decode("ascii") in ROOTS:
        return "act"
    if head.startswith(b"<?xml") and not (root and root[1].lower() == b"html"):
        shown = (root[1] if root else head[:20]).decode("ascii", "replace")
        raise ReadError("an XML file of an unknown kind", f"<{shown}>", _FORMATS)
    if not head.startswith(b"<") or not _HTML_TAG.search(head):
        return "text"
    return "act" if _ACT.search(data) else "html"

"""Reader of any file that an administrator adds: the format comes from the content.

PDF, DOCX, HTML, e-mail (EML), saved pages (MHTML), Markdown and plain text are read here; other
formats are refused by name, with what to do. Markdown is plain text that is said to be it: by the
name of the file or its media type. A legal act in the markup of the Official Journal,
in Formex, or in a page of Justel goes to the reader of acts, which knows what each line is.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Literal

from sources.anchor import Lang
from sources.errors import NoActError, ReadError
from sources.formats.mail import is_mail, opened
from sources.formats.pdf.ocr import searchable as ocr
from sources.model import Document
from sources.structure.blocks import squeezed
from sources.structure.document import Content, document

MAX_BYTES = 32 * 2**20
_FORMATS = "Give a PDF, DOCX, HTML, MHTML, e-mail (EML) or plain text file."

Format = Literal["pdf", "docx", "html", "act", "mail", "markdown", "text"]
MARKDOWN = (".md", ".markdown")  # how names of its files end

_PICTURE = "Make a PDF of it with its text (OCRmyPDF), and add that."
_SAVE = "Open it, save it as DOCX, and add that."
_PRINT = "Open it, print it to PDF, and add that."
_FOREIGN = tuple(
    (re.compile(start, re.DOTALL), what, step)
    for start, what, step in (
        (rb"\{\\rtf", "an RTF file", _SAVE),
        (rb"\x89PNG", "a picture (PNG)", _PICTURE),
        (rb"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
        (rb"II\*\0|MM\0\*", "a picture (TIFF)", _PICTURE),
        (rb"GIF8[79]a", "a picture (GIF)", _PICTURE),
        (rb"BM.{4}\0{4}", "a picture (BMP)", _PICTURE),
        (rb"RIFF.{4}WEBP", "a picture (WebP)", _PICTURE),
        (rb".{4}ftyp(?:hei|mif|avif)", "a picture (HEIC or AVIF)", _PICTURE),
        (rb"\0\0\0\x0cjP  ", "a picture (JPEG 2000)", _PICTURE),
        (rb"AT&TFORM", "a DjVu file", _PRINT),
        (rb"%!PS", "a PostScript file", "Make a PDF of it (ps2pdf), and add that."),
        (rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ|\x28\xb5\x2f\xfd|7z\xbc\xaf|Rar!\x1a",
         "a compressed file", f"Unpack it. {_FORMATS}"),
        (rb"\s*\\documentclass", "a LaTeX file", "Make a PDF of it, and add that."),
        (rb"BEGIN:V(?:CALENDAR|CARD)", "a calendar or an address card", _FORMATS),
    )
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0"
_INSIDE_OLE = (  # a name within an old Office file, and what the file is by that
    ("EncryptedPackage", "a protected Office file",
     "Open it, save it as DOCX without a password, and add that."),
    ("WordDocument", "an old Word file (DOC)",
     "Open it, save it as DOCX without a password, and add that."),
    ("Workbook", "an old Excel file (XLS)", _PRINT),
    ("PowerPoint Document", "an old PowerPoint file (PPT)", _PRINT),
    ("__substg1.0", "a message of Outlook (MSG)",
     "Save it as EML, or print it to PDF, and add that."),
)  # fmt: skip
_XML = {
    "wordDocument": ("a Word 2003 XML file", _SAVE),
    "package": ("a Word XML file", _SAVE),
    "document": ("an OpenDocument XML file", _SAVE),
    "svg": ("a picture (SVG)", _PRINT),
}
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
    rb"|<title>[^<]{0,80}(?i:justel)|(?is:<title>\s*loi - wet\b.*?<a\s+name=[\"']?art\b)"
)
_PAGE = re.compile(rb"<html\b", re.IGNORECASE)
_CORRIGENDUM = re.compile(
    rb"doc-ti[\"'][^>]*>(?:\s|<[^>]+>)*(?:rectificati[ef]|corrigendum)\b", re.IGNORECASE
)
_ROOT = re.compile(rb"<([A-Za-z][A-Za-z0-9.:_-]*)[\s/>]")
_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|h[1-6]|p|div|table|ul|ol|dl|main|article|section"
    rb"|header|form|figure|details|blockquote|pre|span|font|center)[\s>]",
    re.IGNORECASE,
)


def read_file(
    data: bytes,
    *,
    work: str,
    lang: Lang,
    name: str = "",
    media_type: str = "",
    searchable: Callable[[bytes], bytes] | None = ocr,
) -> Document:
    """Read a file of any known format; ``ReadError`` says why it cannot be and what to do.

    ``media_type`` came with it; but for Markdown, the content decides. ``searchable`` gives a
    scanned PDF its text; None leaves such a PDF unread.
    """
    kind = sniff(data, name, media_type)
    if kind == "mail":
        return _letter(data, work=work, lang=lang, name=name)
    if kind != "act":
        return document(_content(data, name, kind, searchable), work=work, lang=lang)
    try:
        return read_act(data, work=work, lang=lang)
    except NoActError as error:
        if not _PAGE.search(data[:8192]):
            raise
        return _page(data, work=work, lang=lang, name=name, what=error.what)


def read_act(data: bytes, *, work: str, lang: Lang, media_type: str = "") -> Document:
    """Read a legal act; what is none, or is in another language, is ``ReadError``.

    A corrigendum has no articles of its own: it is read by its corrections, and says so.
    """
    from sources.formats import act

    try:
        return document(act.read_act(data, work, media_type), work=work, lang=lang)
    except NoActError:
        if not (_PAGE.search(data[:8192]) and _CORRIGENDUM.search(data)):
            raise
        return _page(data, work=work, lang=lang, name=work, what=act.CORRECTS)


def _letter(data: bytes, *, work: str, lang: Lang, name: str) -> Document:
    """What an e-mail or a saved page (MHTML) holds, by what it is itself."""
    letter = opened(data, name or work)
    if is_mail(letter.data):
        raise ReadError("an e-mail holds another one", name or work, "Add the inner one.")
    found = read_file(letter.data, work=work, lang=lang, name=name)
    title = found.title if found.title != (name or work) else squeezed(letter.subject) or name
    return replace(found, title=title, warnings=(*letter.warnings, *found.warnings))


def _page(data: bytes, *, work: str, lang: Lang, name: str, what: str) -> Document:
    """A page in the markup of acts that has no article, recital or point, with a warning."""
    from sources.formats.act import CORRECTS
    from sources.formats.html.reader import read_html

    what = CORRECTS if _CORRIGENDUM.search(data) else what
    found = document(read_html(data, name), work=work, lang=lang)
    return replace(found, warnings=(f"{what}; read as a page", *found.warnings))


def _content(
    data: bytes, name: str, kind: Format, searchable: Callable[[bytes], bytes] | None
) -> Content:
    """What its format knows of a file. The libraries of a format are loaded only for it."""
    match kind:
        case "pdf":
            from sources.formats.pdf.reader import read_pdf

            return read_pdf(data, name, searchable=searchable)
        case "docx":
            from sources.formats.docx.reader import read_docx

            return read_docx(data, name)
        case "html":
            from sources.formats.html.reader import read_html

            return read_html(data, name)
        case "markdown":
            from sources.formats.markdown import read_markdown

            return read_markdown(data, name)
        case _:
            from sources.formats.plain import read_text

            return read_text(data, name)


def sniff(data: bytes, name: str = "", media_type: str = "") -> Format:
    """The format of these bytes; ``ReadError`` for an empty, too large or foreign file."""
    shown = name or f"{len(data)} bytes"
    if not data.strip():
        raise ReadError("a file is empty", shown, "Give the file again.")
    if len(data) > MAX_BYTES:
        raise ReadError(
            f"a file is larger than {MAX_BYTES // 2**20} MiB", shown, "Add it in parts."
        )
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _package(data, shown)
    if data.startswith(_OLE):
        raise _old_office(data, shown)
    for start, what, step in _FOREIGN:
        if start.match(data):
            raise ReadError(f"{what} cannot be read", shown, step)
    if is_mail(data):
        return "mail"
    named = media_type.startswith("text/markdown") or name.lower().endswith(MARKDOWN)
    if named and not _PAGE.search(data[:8192]):
        return "markdown"
    return _marked_up(data, shown)


def _old_office(data: bytes, name: str) -> ReadError:
    """What an old Office file is, by the names within it."""
    for inside, what, step in _INSIDE_OLE:
        if inside.encode("utf-16-le") in data:
            return ReadError(f"{what} cannot be read", name, step)
    return ReadError(
        "an old or protected Office file cannot be read",
        name,
        "Open it, save it as DOCX without a password, and add that.",
    )


def _package(data: bytes, name: str) -> Format:
    """What a ZIP is by what it holds: a DOCX, an act in Formex, or something to refuse by name."""
    from sources.formats.docx.package import kind_of

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            kind = kind_of(package)
    except Exception as error:  # a broken package may raise anything
        raise ReadError(
            "a DOCX or ZIP file is damaged", f"{name}: {error}", "Give the file again, whole."
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


def _marked_up(data: bytes, name: str) -> Format:
    """HTML, an act, or text; UTF-16 is looked at without its empty bytes."""
    from sources.formats.eurlex.formex import ROOTS

    head = data[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    root = _ROOT.search(head) if head.startswith(b"<") else None
    tag = root[1].decode("ascii") if root else ""
    if tag in ROOTS:
        return "act"
    page = tag.lower() == "html" or _HTML_TAG.search(head) is not None
    closed = bool(tag) and f"</{tag}>".encode() in data[-200:].replace(b"\0", b"")
    if (head.startswith(b"<?xml") and tag.lower() != "html") or (closed and not page):
        shown = tag or head[:20].decode("ascii", "replace")
        what, step = _XML.get(tag.rpartition(":")[2], ("", ""))
        if what:
            raise ReadError(f"{what} cannot be read", name, step)
        raise ReadError("an XML file of an unknown kind", f"<{shown}>", _FORMATS)
    if head[:1] in {b"{", b"["} and _is_json(data):
        raise ReadError("JSON is data, not a text", name, _FORMATS)
    if not head.startswith(b"<") or not page:
        return "text"
    return "act" if _ACT.search(data) else "html"


def _is_json(data: bytes) -> bool:
    """Whether all of a file is JSON, or each of its lines."""
    return _parses(data) or all(_parses(line) for line in data.splitlines() if line.strip())


def _parses(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True

"""A document as a Word file, each text in its language for who reads it aloud."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.web.export.document import ExportBlock, ExportDocument, ExportRun, Kind
from assistant.web.strings import say
from sources.anchor import Lang

if TYPE_CHECKING:
    import docx.document

_SPELLING: dict[Lang, str] = {"fr": "fr-BE", "nl": "nl-BE"}
_FONT = "Cambria"  # what has no such font takes a like one
_INK, _SOFT, _LINE, _KEY = "16302F", "4C5C5A", "B8862B", "FBEECB"
_STYLES: dict[Kind, str] = {
    "heading": "Heading 2",
    "quote": "Quote",
    "comment": "Comment",
    "working": "Working",
}
_BOLD: tuple[Kind, ...] = ("label", "part")
_SMALL: tuple[Kind, ...] = ("doubt", "reference", "source")


def word(document: ExportDocument) -> bytes:
    """The document, as the bytes of a .docx."""
    import docx

    file = docx.Document()
    _describe(file, document)
    _lay_out(file, dense=document.dense)
    paper = _Paper(file, dense=document.dense)
    paper.add([ExportRun(document.title)], document.lang, style="Heading 1")
    if document.subtitle:
        paper.add([ExportRun(document.subtitle)], document.lang, style="Subtitle")
    for block in document.blocks:
        paper.add_block(block)
    paper.add([ExportRun(document.foot)], document.lang, style="Foot")
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _describe(file: docx.document.Document, document: ExportDocument) -> None:
    """Set the file's properties; the library's template has the year 2013 and American English."""
    about = file.core_properties
    about.title, about.language, about.comments = document.title, document.lang, ""
    about.author = about.last_modified_by = say(document.lang, "page.name")
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    for default in file.styles.element.iterfind(".//{*}docDefaults//{*}lang"):
        default.set(default.keys()[0], _SPELLING[document.lang])


def _lay_out(file: docx.document.Document, *, dense: bool) -> None:
    """A4, with the number of each page at its foot: a field that Word fills in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm

    (section,) = file.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22 if dense else 25)
    section.top_margin = section.bottom_margin = Mm(18 if dense else 25)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'))  # noqa: SLF001
    _set_styles(file, dense=dense)


def _set_styles(file: docx.document.Document, *, dense: bool) -> None:
    """The type of the page: ink on white, one family, small where all is to fit one page."""
    from docx.enum.style import WD_STYLE_TYPE

    styles = file.styles
    for name in ("Comment", "Working", "Foot"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    size = 9.5 if dense else 11
    _style(styles["Normal"], size, after=3 if dense else 8)
    _style(styles["Heading 1"], size + 7, bold=True, after=2)
    _style(styles["Subtitle"], size, colour=_SOFT, after=6)
    _style(styles["Heading 2"], size + 1.5, bold=True, before=8 if dense else 16, after=3)
    _style(styles["Quote"], size, after=3 if dense else 8)
    _style(styles["Working"], size, after=3 if dense else 8)
    _style(styles["Comment"], size, after=6 if dense else 8)
    _style(styles["Foot"], size - 1.5, colour=_SOFT, before=8, italic=True)
    _rule(styles["Subtitle"], "bottom")
    _rule(styles["Working"], "left", "dotted")
    _rule(styles["Quote"], "left")
    _rule(styles["Foot"], "top")


def _style(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: str = _INK,
    before: float = 0,
    after: float = 0,
) -> None:
    """Set type and spaces (in points) of a style."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font, paragraph = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [key for key in fonts.keys() if "theme" in key.lower()]:  # noqa: SIM118 - of lxml
        del fonts.attrib[theme]  # or the theme's font, and not this one, is shown
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FONT)
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.line_spacing = 1.1


def _rule(style: Any, side: str, line: str = "single") -> None:
    """Give paragraphs of a style a line on one side, and no other."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    properties = style.element.pPr
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    borders = OxmlElement("w:pBdr")
    borders.append(_attributes(f"w:{side}", val=line, sz="8", space="6", color=_LINE))
    properties.find(qn("w:spacing")).addprevious(borders)  # the format has an order
    if side == "left":
        style.paragraph_format.left_indent = Mm(4)


class _Paper:
    """A Word file to which texts are added, each with its language."""

    def __init__(self, file: docx.document.Document, *, dense: bool) -> None:
        self._file = file
        self._small = 8 if dense else 9.5
        self._before = 6 if dense else 12

    def add_block(self, block: ExportBlock) -> None:
        """A paragraph, in the style of what it is."""
        from docx.shared import Pt, RGBColor

        paragraph = self.add(block.runs, block.lang, _STYLES.get(block.kind))
        if block.kind in _BOLD:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_before = Pt(self._before)
        for run in paragraph.runs:
            run.bold = block.kind in _BOLD or run.bold
            run.italic = block.kind == "notice" or None
            if block.kind in _SMALL:
                run.font.size, run.font.color.rgb = Pt(self._small), RGBColor.from_string(_SOFT)

    def add(self, runs: Any, lang: Lang, style: str | None = None) -> Any:
        """A paragraph of runs."""
        paragraph = self._file.add_paragraph(style=style)
        for run in runs:
            self._add_run(paragraph, run, lang)
        return paragraph

    def _add_run(self, paragraph: Any, given: ExportRun, lang: Lang) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        run = paragraph.add_run(given.text)
        properties = run.font.element.get_or_add_rPr()
        run.bold = given.role == "label" or None
        if given.role == "key":
            properties.append(_attributes("w:shd", val="clear", color="auto", fill=_KEY))
        if given.role == "lead":
            run.font.color.rgb = RGBColor.from_string(_SOFT)
        properties.append(_attributes("w:lang", val=_SPELLING[lang]))
        if given.url.startswith("https://"):
            link = OxmlElement("w:hyperlink")
            link.set(
                qn("r:id"),
                paragraph.part.relate_to(given.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
            )
            run.underline = True
            paragraph._p.append(link)  # noqa: SLF001 - the library has no links
            link.append(run._r)  # noqa: SLF001


def _attributes(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element

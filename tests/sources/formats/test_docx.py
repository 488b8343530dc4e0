from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from sources.errors import ReadError
from sources.formats.docx import reader as docx_reader
from sources.formats.docx.reader import read_docx
from sources.formats.file import sniff
from sources.model import Document, Kind
from sources.structure.document import document as made

LEVELS = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
W = nsdecls("w")


def packed(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read(document: Any) -> Document:
    return made(read_docx(packed(document), "plan.docx"), work="plan", lang="fr")


def by_portion(document: Document) -> dict[str, str]:
    return {passage.anchor.portion: passage.text for passage in document.passages}


def add_list(document: Any, levels: tuple[tuple[str, str], ...] = LEVELS) -> Callable[..., None]:
    """A list of our own; gives a function that numbers a paragraph with it."""
    numbering = document.part.numbering_part.element
    shapes = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    first = numbering.find(qn("w:num"))
    first.addprevious(
        parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{shapes}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def number(paragraph: Any, level: int = 0) -> None:
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )

    return number


def test_headings_lists_and_paragraphs_become_passages() -> None:
    document = docx.Document()
    document.add_paragraph("Plan d’action du 5 mai 2023", style="Title")
    document.add_heading("1. Contexte", 1)
    document.add_paragraph("Les deux pays coopèrent.")
    document.add_paragraph("Ils conviennent :")
    document.add_paragraph("de patrouilles mixtes ;", style="List Bullet")
    document.add_paragraph("de formations.", style="List Bullet")
    document.add_heading("Suites", 2)
    document.add_paragraph("Un comité suit le plan.")
    found = read(document)
    assert (found.title, found.date) == ("Plan d’action du 5 mai 2023", "2023-05-05")
    assert by_portion(found) == {
        "sec_1.par_1": "Les deux pays coopèrent.",
        "sec_1.par_2": "Ils conviennent :",
        "sec_1.blt_1": "de patrouilles mixtes ;",
        "sec_1.blt_2": "de formations.",
        "sec_1.hdg_1.par_1": "Un comité suit le plan.",
    }
    assert found.passages[2].kind is Kind.BULLET
    assert found.passages[2].lead == "Ils conviennent :"
    assert found.passages[4].headings == ("1. Contexte", "Suites")


def test_numbers_that_word_prints_are_counted() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    number = add_list(document)
    for text, level in [
        ("Contexte", 0),
        ("Bilan", 1),
        ("Suites", 1),
        ("Moyens", 0),
        ("Agents", 1),
    ]:
        number(document.add_heading(text, level + 1), level)
        document.add_paragraph(f"Texte sous {text}.")
    assert by_portion(read(document)) == {
        "sec_1.par_1": "Texte sous Contexte.",
        "sec_1.1.par_1": "Texte sous Bilan.",
        "sec_1.2.par_1": "Texte sous Suites.",
        "sec_2.par_1": "Texte sous Moyens.",
        "sec_2.1.par_1": "Texte sous Agents.",
    }


def test_numbered_paragraphs_are_points_and_their_letters_points_below() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    number = add_list(document)
    number(document.add_paragraph("Les parties se consultent :"))
    number(document.add_paragraph("par écrit ;"), 2)
    number(document.add_paragraph("de vive voix."), 2)
    number(document.add_paragraph("Elles en rendent compte."))
    assert by_portion(read(document)) == {
        "pnt_1": "Les parties se consultent :",
        "pnt_1.pnt_a": "par écrit ;",
        "pnt_1.pnt_b": "de vive voix.",
        "pnt_2": "Elles en rendent compte.",
    }


def test_articles_that_word_numbers_are_articles() -> None:
    document = docx.Document()
    document.add_paragraph("Accord", style="Title")
    number = add_list(document, (("decimal", "Article %1"), ("decimal", "%2.")))
    for title in ("Objet", "Suivi"):
        number(document.add_heading(title, 1))
        number(document.add_paragraph("Les parties coopèrent."), 1)
        number(document.add_paragraph("Elles informent."), 1)
    found = read(document)
    assert list(by_portion(found)) == ["art_1.par_1", "art_1.par_2", "art_2.par_1", "art_2.par_2"]
    assert found.passages[2].headings == ("Article 2 – Suivi",)


def test_table_rows_are_cells_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, [("Lieu", "Unité"), ("Tournai", "CCPD")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("Fin du plan.")
    frame = document.add_table(rows=1, cols=1)
    frame.rows[0].cells[0].text = "Texte encadré."
    found = read(document)
    assert by_portion(found) == {
        "tab_1.row_1": "Lieu | Unité",
        "tab_1.row_2": "Tournai | CCPD",
        "par_1": "Fin du plan.",
        "par_2": "Texte encadré.",
    }
    assert found.passages[1].lead == "Lieu | Unité"


def test_a_short_bold_line_is_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    document.add_paragraph().add_run("Contexte général").bold = True
    document.add_paragraph("Les deux pays coopèrent.")
    assert read(document).passages[0].headings == ("Contexte général",)


def test_footnotes_are_notes_of_their_paragraph() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    paragraph = document.add_paragraph("Les patrouilles ont lieu chaque mois.")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"> Arrangement de 1964.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    passage = read(document).passages[0]
    assert passage.text == "Les patrouilles ont lieu chaque mois."
    assert passage.notes == ("Arrangement de 1964.",)


def test_tracked_changes_are_read_as_accepted_with_a_warning() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    paragraph = document.add_paragraph("Les deux pays ")
    for tag, inner in (("del", "delText"), ("ins", "t")):
        run = f"<w:r><w:{inner}>{tag}</w:{inner}></w:r>"
        paragraph._p.append(parse_xml(f'<w:{tag} {W} w:id="1" w:author="x">{run}</w:{tag}>'))
    found = read(document)
    assert found.passages[0].text == "Les deux pays ins"
    assert found.warnings == ("tracked changes: read as if all were accepted",)


def test_hidden_text_and_tables_of_contents_are_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("1. Contexte\t3", style="toc 1")
    paragraph = document.add_paragraph("Texte visible.")
    paragraph.add_run(" Texte masqué.").font.hidden = True
    assert by_portion(read(document)) == {"par_1": "Texte visible."}


def test_lines_and_special_signs_stay_as_printed() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    run = document.add_paragraph().add_run("Première ligne")
    run.add_break()
    run.add_text("seconde")
    run._r.append(parse_xml(f"<w:noBreakHyphen {W}/>"))
    run.add_text("ligne\u00a0: fin.")
    assert by_portion(read(document)) == {"par_1": "Première ligne\nseconde-ligne : fin."}


def rewritten(data: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, content)
    return out.getvalue()


def plain_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    document.add_paragraph("Les deux pays coopèrent.")
    return packed(document)


def test_a_part_that_unpacks_beyond_the_limit_is_refused_before_it_is_read() -> None:
    data = rewritten(plain_docx(), "word/media/x.xml", b" " * (docx_reader.MAX_PART + 1))
    assert len(data) < 200_000
    with pytest.raises(ReadError, match="unpacks to more than it may"):
        read_docx(data)


def test_a_package_with_thousands_of_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MAX_PARTS", 3)
    with pytest.raises(ReadError, match="unpacks to more than it may"):
        read_docx(plain_docx())


def test_entities_are_refused_and_no_file_is_fetched(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", "utf-8")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&x; texte</w:t></w:r></w:p></w:body></w:document>"
    )
    for encoding in ("utf-8", "utf-16"):
        data = rewritten(plain_docx(), "word/document.xml", xml.encode(encoding))
        with pytest.raises(ReadError, match="declares entities"):
            read_docx(data)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footnotes.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_entities_behind_a_long_comment_are_refused_in_any_encoding(
    part: str, encoding: str
) -> None:
    """The words behind an entity would be missing, and nobody would know."""
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * 10_000}-->'
        f'<!DOCTYPE d [<!ENTITY x "trente jours">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = rewritten(plain_docx(), part, xml.encode(encoding))
    with pytest.raises(ReadError, match=r"declares entities|damaged"):
        read_docx(data)


@pytest.mark.parametrize(
    "content", [b"", b"<w:document", b"<other/>", b"<?xml version='1.0'?><a><b></a>"]
)
def test_a_damaged_docx_is_an_error_with_a_next_step(content: bytes) -> None:
    data = rewritten(plain_docx(), "word/document.xml", content)
    with pytest.raises(ReadError, match=r"damaged: plan\.docx.*save it as DOCX"):
        read_docx(data, "plan.docx")


def test_a_cut_off_docx_is_an_error_with_a_next_step() -> None:
    with pytest.raises(ReadError, match="Fetch it again"):
        sniff(plain_docx()[:2000])


def test_other_packages_are_no_docx() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(ReadError, match="not a DOCX file"):
        sniff(out.getvalue())

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
from docx.shared import Pt

from sources.errors import ReadError
from sources.formats.docx import package as opc
from sources.formats.docx.doubts import TABS
from sources.formats.docx.reader import read_docx
from sources.formats.file import sniff
from sources.model import Document, Kind
from sources.structure.document import document as made
from tests.sources.structure.reading import by_portion

LEVELS = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
W = nsdecls("w")


def packed(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read(document: Any) -> Document:
    return made(read_docx(packed(document), "plan.docx"), work="plan", lang="fr")


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


def test_a_bullet_stands_below_the_one_that_is_less_indented_whatever_says_it() -> None:
    document = docx.Document()
    document.add_paragraph("Note", style="Title")
    document.add_paragraph("Le pont est fermé :")
    document.add_paragraph("la nuit ;", style="List Bullet")
    document.add_paragraph("par temps :", style="List Bullet")
    document.add_paragraph("de gel ;", style="List Bullet 2")
    document.add_paragraph("de crue :", style="List Bullet 2")
    document.add_paragraph("lente ;", style="List Bullet 3")
    document.add_paragraph("le dimanche.", style="List Bullet")
    document.add_paragraph("Il est ouvert :")
    for text, points in (
        ("- à midi :", 0),
        ("- en été ;", 18),
        ("- en mai ;", 18),
        ("- à six.", 2),
    ):
        document.add_paragraph(text).paragraph_format.left_indent = Pt(points)
    assert by_portion(read(document)) == {
        "par_1": "Le pont est fermé :",
        "blt_1": "la nuit ;",
        "blt_2": "par temps :\n– de gel ;\n– de crue :\n◦ lente ;",
        "blt_3": "le dimanche.",
        "par_2": "Il est ouvert :",
        "blt_4": "à midi :\n– en été ;\n– en mai ;",
        "blt_5": "à six.",
    }


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


@pytest.mark.parametrize(
    ("number", "letter"),
    [("%1/", "%2/"), ("%1.-", "%2.-"), ("%1 –", "%2 –"), ("Punt %1", "%1.%2)")],
)
def test_numbers_of_lists_may_have_any_sign(number: str, letter: str) -> None:
    document = docx.Document()
    document.add_paragraph("Marktreglement", style="Title")
    add = add_list(document, (("decimal", number), ("lowerLetter", letter)))
    items = {
        "pnt_1": "De markt is open.",
        "pnt_2": "Verboden zijn:",
        "pnt_2.pnt_a": "honden;",
        "pnt_2.pnt_b": "fietsen.",
    }
    for portion, text in items.items():
        add(document.add_paragraph(text), portion.count("."))
    assert by_portion(read(document)) == items


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
    assert found.warnings == (
        "tracked changes: read as if all were accepted",
        "left out, deleted in tracked changes: 1 place, 1 word (“del”)",
    )


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
    data = rewritten(plain_docx(), "word/media/x.xml", b" " * (opc.MAX_PART + 1))
    assert len(data) < 200_000
    with pytest.raises(ReadError, match="unpacks to more than it may"):
        read_docx(data)


def test_a_package_with_thousands_of_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opc, "MAX_PARTS", 3)
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
    with pytest.raises(ReadError, match="Give the file again"):
        sniff(plain_docx()[:2000])


def test_other_packages_are_no_docx() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(ReadError, match="not a DOCX file"):
        sniff(out.getvalue())


# what is raised, struck out, hidden, changed


def run(words: str, properties: str = "") -> str:
    shape = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shape}<w:t xml:space="preserve">{words}</w:t></w:r>'


HIGH = '<w:vertAlign w:val="superscript"/>'


def paragraph(*content: str, properties: str = "") -> Any:
    """A paragraph of these runs, with the names of Word, of formulas and of drawings."""
    return parse_xml(
        f'<w:p {W} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"
    )


def written(*paragraphs: Any) -> Document:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    for one in paragraphs:
        document.element.body.insert(-1, one)
    return read(document)


def texts(found: Document) -> list[str]:
    return [passage.text for passage in found.passages]


def test_a_raised_figure_is_an_exponent_or_the_call_of_a_note() -> None:
    found = written(
        paragraph(run("Le péage est de 45"), run("2", HIGH), run(" euros, ou 10"), run("4", HIGH)),
        paragraph(run("L’aire fait 900 m"), run("2", HIGH), run(" et 12"), run("7", HIGH)),
        paragraph(
            run("Le 1"), run("er", HIGH), run(" avril, M"), run("me", HIGH), run(" Roy signe.")
        ),
        paragraph(run("(2) Hors taxes.")),
    )
    assert texts(found) == [
        "Le péage est de 45 euros, ou 10⁴",
        "L’aire fait 900 m² et 12⁷",
        "Le 1er avril, Mme Roy signe.",
    ]
    assert found.passages[0].notes == ("Hors taxes.",)


def test_notes_with_one_sign_go_to_their_calls_in_turn() -> None:
    found = written(
        paragraph(run("Le péage est de 45"), run("2", HIGH), run(" euros.")),
        paragraph(run("Le quai est à 6"), run("2", HIGH), run(" euros.")),
        paragraph(run("(2) Hors taxes.")),
        paragraph(run("(2) Par jour.")),
    )
    assert texts(found) == ["Le péage est de 45 euros.", "Le quai est à 6 euros."]
    assert [p.notes for p in found.passages] == [("Hors taxes.",), ("Par jour.",)]


def test_a_numbered_paragraph_is_no_note_of_an_exponent() -> None:
    found = written(
        paragraph(run("1. Le péage est de 45"), run("2", HIGH), run(" euros.")),
        paragraph(run("2. Il est dû à l’entrée.")),
    )
    assert texts(found) == ["Le péage est de 45² euros.", "Il est dû à l’entrée."]


def test_what_is_struck_out_hidden_or_white_is_left_out_and_told() -> None:
    found = written(
        paragraph(run("Le péage est "), run("libre", "<w:strike/>"), run("dû.")),
        paragraph(run("Tout ce point.", "<w:dstrike/>")),
        paragraph(run("Le pont ferme.", '<w:color w:val="FFFFFF"/>'), run("Il ouvre.")),
        paragraph(run("Blanc sur noir.", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>')),
        paragraph(run("Minuscule.", '<w:sz w:val="1"/>'), run("Lisible.")),
    )
    assert texts(found) == ["Le péage est dû.", "Il ouvre.", "Blanc sur noir.", "Lisible."]
    assert "barrés" in found.passages[0].doubts[0].fr
    assert "doorgehaald" in found.passages[0].doubts[0].nl
    assert found.warnings == (
        "left out, struck out: 2 places, 4 words (“libre”; “Tout ce point.”)",
        "left out, white on white: 1 place, 3 words (“Le pont ferme.”)",
        "left out, too small to read: 1 place, 1 word (“Minuscule.”)",
    )


def test_what_a_style_strikes_out_is_struck_out() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    style = document.styles.add_style("Abrogé", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.strike = True
    paragraph = document.add_paragraph("Le péage est ")
    paragraph.add_run("libre", style="Abrogé")
    paragraph.add_run("dû.")
    paragraph.add_run(" Chaque jour.", style="Abrogé").font.strike = False
    assert texts(read(document)) == ["Le péage est dû. Chaque jour."]


def test_tracked_rows_moves_and_paragraph_marks_are_read_as_accepted() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    moved = f'<w:moveFrom w:id="2" w:author="x">{run("Le pont ferme.")}</w:moveFrom>'
    rows = "".join(
        f"<w:tr>{row}<w:tc><w:p>{run(a)}</w:p></w:tc><w:tc><w:p>{run(b)}</w:p></w:tc></w:tr>"
        for row, a, b in [
            ("", "Pont", "Heure"),
            ('<w:trPr><w:del w:id="3" w:author="x"/></w:trPr>', "Nord", "7 h"),
            ('<w:trPr><w:ins w:id="4" w:author="x"/></w:trPr>', "Sud", "8 h"),
        ]
    )
    found = written(
        paragraph(run("Le péage "), properties=gone),
        paragraph(run("est dû.")),
        paragraph(moved, run("Il ouvre.")),
        parse_xml(f"<w:tbl {W}>{rows}</w:tbl>"),
    )
    assert texts(found) == ["Le péage est dû.", "Il ouvre.", "Pont | Heure", "Sud | 8 h"]
    assert "2 places, 5 words" in found.warnings[1]
    assert "suivi des modifications" in found.passages[0].doubts[0].fr


# numbers


def numbering(document: Any, xml: str) -> None:
    root = document.part.numbering_part.element
    first = root.find(qn("w:num"))
    for part in parse_xml(f"<w:numbering {W}>{xml}</w:numbering>"):
        if part.tag == qn("w:abstractNum"):
            first.addprevious(part)
        else:
            root.append(part)


def listed(document: Any, text: str, num: int, level: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
    )


def level(at: int, text: str, more: str = "", form: str = "decimal") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def test_a_list_of_a_numbering_style_is_the_list_that_defines_the_style() -> None:
    document = docx.Document()
    numbering(
        document,
        f'<w:abstractNum w:abstractNumId="91"><w:numStyleLink w:val="Acte"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="90"><w:styleLink w:val="Acte"/>{level(0, "Art. %1.")}'
        '</w:abstractNum><w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>',
    )
    for text in ("Le pont est ouvert.", "Le péage est dû."):
        listed(document, text, 91)
    assert list(by_portion(read(document))) == ["art_1", "art_2"]


def test_levels_restart_only_where_word_restarts_them() -> None:
    document = docx.Document()
    through = '<w:lvlRestart w:val="0"/>'
    numbering(
        document,
        f'<w:abstractNum w:abstractNumId="92">{level(0, "Titre %1")}'
        f"{level(1, 'Chapitre %2', through)}{level(2, 'Art. %3.', through)}"
        f"{level(3, '%4)', form='lowerLetter')}</w:abstractNum>"
        '<w:num w:numId="92"><w:abstractNumId w:val="92"/></w:num>'
        '<w:num w:numId="93"><w:abstractNumId w:val="92"/><w:lvlOverride w:ilvl="2">'
        '<w:startOverride w:val="10"/></w:lvlOverride></w:num>'
        '<w:num w:numId="94"><w:abstractNumId w:val="92"/><w:lvlOverride w:ilvl="2">'
        f"{level(2, 'Article %3')}</w:lvlOverride></w:num>",
    )
    listed(document, "Ponts", 92)
    listed(document, "Horaires", 92, 1)
    listed(document, "Le pont est ouvert.", 92, 2)
    listed(document, "Péages", 92, 1)
    listed(document, "Sont dus :", 92, 2)
    listed(document, "le péage ;", 92, 3)
    listed(document, "la taxe.", 92, 3)
    listed(document, "Il est fermé.", 93, 2)
    listed(document, "Il est levé.", 93, 2)
    listed(document, "Il est bas.", 94, 2)
    assert list(by_portion(read(document))) == [
        "art_1", "art_2", "art_2.pnt_a", "art_2.pnt_b", "art_10", "art_11", "art_12",
    ]  # fmt: skip


def test_numbers_in_cells_count_with_those_after_the_table() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    number = add_list(document)
    table = document.add_table(rows=2, cols=2)
    for row, text in zip(table.rows, ("Pont nord", "Pont sud"), strict=True):
        number(row.cells[0].paragraphs[0])
        row.cells[1].text = text
    number(document.add_paragraph("Le péage est dû."))
    assert by_portion(read(document)) == {
        "tab_1.row_1": "1. | Pont nord",
        "tab_1.row_2": "2. | Pont sud",
        "pnt_3": "Le péage est dû.",
    }


def test_a_number_that_word_computes_from_a_field_leaves_a_doubt() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>' for at in ("begin", "end"))
    code = "<w:r><w:instrText> LIST</w:instrText><w:instrText>NUM X </w:instrText></w:r>"
    found = written(paragraph(begin, code, end, run(" Le péage est dû.")))
    assert "numéro" in found.passages[0].doubts[0].fr
    assert found.warnings == ("paragraphs whose number Word computes from a field: 1",)


# merged cells


def test_a_merged_cell_counts_at_every_place_that_it_covers() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    table = document.add_table(rows=5, cols=3)
    cells = [
        ("Tarifs du pont", "", ""),
        ("Engin", "Jour", "Nuit"),
        ("Camion", "9 euros", "7 euros"),
        ("", "8 euros", "6 euros"),
        ("Vélo", "gratuit", ""),
    ]
    for row, words in zip(table.rows, cells, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(4, 1).merge(table.cell(4, 2))
    assert texts(read(document)) == [
        "Tarifs du pont",
        "Engin | Jour | Nuit",
        "Camion | 9 euros | 7 euros",
        "Camion | 8 euros | 6 euros",
        "Vélo | gratuit | gratuit",
    ]


# signs, formulas, pictures, text boxes


def test_signs_of_symbol_fonts_are_read_and_unknown_ones_leave_a_doubt() -> None:
    greek = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    found = written(
        paragraph(
            run("Un poids "), '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', run(" 3 t")
        ),
        paragraph(run("b", greek), run(" et "), run("\uf0b9", greek), run(" 0")),
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F06F"/></w:r>', run(" refusé")),
        paragraph('<w:r><w:sym w:font="Bookshelf 7" w:char="F041"/></w:r>', run(" perdu")),
    )
    assert texts(found) == ["Un poids ≤ 3 t", "β et ≠ 0", "☐ refusé", "� perdu"]
    assert [len(passage.doubts) for passage in found.passages] == [0, 0, 0, 1]
    assert "teken" in found.passages[3].doubts[0].nl


def test_check_boxes_of_forms_are_read_with_their_state() -> None:
    old = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        "<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    new = "<w:sdt><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    found = written(paragraph(old, run(" payé "), new, run(" dispensé")))
    assert texts(found) == ["☑ payé ☐ dispensé"]
    assert "formulaire" in found.passages[0].doubts[0].fr


def test_a_formula_is_put_on_one_line_with_a_doubt() -> None:
    def part(name: str, words: str) -> str:
        return f"<m:{name}><m:r><m:t>{words}</m:t></m:r></m:{name}>"

    fraction = f"<m:f>{part('num', 'a+b')}{part('den', '2')}</m:f>"
    power = f"<m:sSup>{part('e', 'x')}{part('sup', '3')}</m:sSup>"
    found = written(
        paragraph(run("Le prix est "), f"<m:oMath><m:r><m:t>p=</m:t></m:r>{fraction}</m:oMath>"),
        paragraph(run("Le cube est "), f"<m:oMath>{power}</m:oMath>"),
    )
    assert texts(found) == ["Le prix est p=(a+b)/2", "Le cube est x³"]
    assert "formule" in found.passages[0].doubts[0].fr


def test_a_picture_leaves_a_doubt_and_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('Le pont est fermé la nuit.')}</w:p></w:txbxContent>"
    found = written(
        paragraph(run("Voir le plan : "), "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"),
        paragraph(
            run("Le péage est dû."),
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>",
        ),
    )
    assert texts(found) == ["Voir le plan :", "Le péage est dû.", "Le pont est fermé la nuit."]
    assert "image" in found.passages[0].doubts[0].fr
    assert found.warnings == (
        "pictures are not read: 1",
        "text boxes, read after the paragraph that holds them: 1",
    )


def test_headers_footers_and_watermarks_are_told() -> None:
    document = docx.Document()
    document.add_paragraph("Plan", style="Title")
    document.add_paragraph("Le péage est dû.")
    section = document.sections[0]
    section.footer.paragraphs[0].text = "Ville du pont"
    section.header.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
            '<v:textpath string="PROJET"/></v:shape></w:pict></w:r>'
        )
    )
    assert read(document).warnings == (
        "left out, headers: 1 place, 1 word (“PROJET”)",
        "left out, footers: 1 place, 3 words (“Ville du pont”)",
    )


# packages


def renamed(data: bytes, changes: dict[str, str], names: dict[str, str] | None = None) -> bytes:
    """The package with words of its parts, and names of its parts, replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith((".xml", ".rels")):
                for before, after in changes.items():
                    content = content.replace(before.encode(), after.encode())
            new.writestr((names or {}).get(part.filename, part.filename), content)
    return out.getvalue()


def test_packages_that_word_opens_are_read() -> None:
    image = (
        '<Relationship Id="rId90" Target="NULL" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/image"/></Relationships>'
    )
    strict = {
        f"http://schemas.openxmlformats.org/{old}": f"http://purl.oclc.org/ooxml/{new}"
        for old, new in (
            ("wordprocessingml/2006/main", "wordprocessingml/main"),
            ("officeDocument/2006/relationships", "officeDocument/relationships"),
        )
    }
    variants = [
        renamed(plain_docx(), {"word/document.xml": "word/texte.xml"},
                {"word/document.xml": "word/texte.xml",
                 "word/_rels/document.xml.rels": "word/_rels/texte.xml.rels"}),
        renamed(plain_docx(), strict),
        renamed(plain_docx(), {"</Relationships>": image}),
        renamed(plain_docx(), {}, {"_rels/.rels": "_rels\\.rels",
                                   "word/document.xml": "word\\Document.xml"}),
    ]  # fmt: skip
    for data in variants:
        assert sniff(data) == "docx"
        assert by_portion(made(read_docx(data), work="plan", lang="fr")) == {
            "par_1": "Les deux pays coopèrent."
        }


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "ODT"),
        ({"mimetype": "application/epub+zip"}, "EPUB"),
        ({"xl/book.xml": "<workbook/>"}, "XLSX"),
        ({"ppt/show.xml": "<presentation/>"}, "PPTX"),
    ],
)
def test_other_packages_are_refused_by_name(members: dict[str, str], what: str) -> None:
    target = next(iter(members))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in {**members, "_rels/.rels": relations}.items():
            package.writestr(name, content)
    with pytest.raises(ReadError, match=f"{what}.*cannot be read.*add that"):
        sniff(out.getvalue())


def test_what_follows_a_line_break_and_opens_a_numbered_part_is_a_paragraph() -> None:
    line = "<w:r><w:br/></w:r>"
    found = written(
        paragraph(run("Art. 1. Le sel"), line, run("est sec."), line, run("Art. 2. Le riz."))
    )
    assert by_portion(found) == {"art_1": "Le sel\nest sec.", "art_2": "Le riz."}
    found = written(paragraph(run("1. Le sel"), line, run("2. Le riz"), line, run("3. Le pain")))
    assert by_portion(found) == {"pnt_1": "Le sel", "pnt_2": "Le riz", "pnt_3": "Le pain"}


def test_a_number_that_stands_alone_in_its_paragraph_is_kept() -> None:
    document = docx.Document()
    shape = level(0, "Art. %1.")
    numbering(
        document,
        f'<w:abstractNum w:abstractNumId="90">{shape}</w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>',
    )
    for text in ("Le sel est sec.", "Le riz est noir."):
        listed(document, "", 90)
        document.add_paragraph(text)
    document.add_paragraph("", style="List Bullet")
    assert by_portion(read(document)) == {"art_1": "Le sel est sec.", "art_2": "Le riz est noir."}


def test_a_table_of_contents_is_told_by_its_content_control() -> None:
    control = parse_xml(
        f"<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        "</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Article 1 – Sel 3</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    found = written(control, paragraph(run("Art. 1. Le sel est sec.")))
    assert by_portion(found) == {"art_1": "Le sel est sec."}
    assert found.warnings == (
        "left out, table of contents: 1 place, 5 words (“Article 1 – Sel 3”)",
    )


@pytest.mark.parametrize(("bold", "lead"), [((0,), ""), ((0, 1), "Lieu | Spa"), ((), "Lieu | Spa")])
def test_a_first_row_whose_label_alone_is_bold_heads_no_columns(
    bold: tuple[int, ...], lead: str
) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("Lieu", "Spa"), ("Grade", "Chef")), strict=True):
        for at, word in enumerate(words):
            row.cells[at].paragraphs[0].add_run(word).bold = at in bold
    assert [passage.lead for passage in read(document).passages] == ["", lead]


def test_names_with_initials_in_columns_are_rows_and_lettered_points_are_none() -> None:
    document = docx.Document()
    for line in (
        "Bail du four",
        "Le bailli,\tLe meunier,",
        "J. Mertens\tL. Van Acker",
        "Annexes",
        "A. Plan\tdu four",
        "B. Liste\tdes fours",
    ):
        document.add_paragraph(line)
    found = list(by_portion(read(document)).values())
    assert found[:2] == ["Le bailli, | Le meunier,", "J. Mertens | L. Van Acker"]
    assert not any("|" in text for text in found[2:])


def test_lines_that_tabs_put_in_columns_are_rows() -> None:
    document = docx.Document()
    lines = ("Lieu :\tLe four", "Jour\tMatin\tSoir", "Lundi\t9 h\tfermé", "Mardi\tfermé\t18 h")
    for line in (
        "Note",
        lines[0],
        "Les heures sont :",
        *lines[1:],
        "Fin du tarif.",
        "1.\tSel\t5 €",
    ):
        document.add_paragraph(line)
    assert by_portion(read(document)) == {
        "par_1": "Lieu : Le four",
        "par_2": "Les heures sont :",
        "tab_1.row_1": "Jour | Matin | Soir",
        "tab_1.row_2": "Lundi | 9 h | fermé",
        "tab_1.row_3": "Mardi | fermé | 18 h",
        "par_3": "Fin du tarif.",
        "pnt_1": "Sel 5 €",
    }


def test_lines_whose_cells_tabs_do_not_tell_are_doubted() -> None:
    document = docx.Document()
    for line in ("Note", "Les heures sont :", "Lundi\t9 h\t12 h", "Mardi\t14 h", "Fin du tarif."):
        document.add_paragraph(line)
    found = read(document).passages
    assert [p.text for p in found if p.doubts == (TABS,)] == ["Lundi 9 h 12 h", "Mardi 14 h"]

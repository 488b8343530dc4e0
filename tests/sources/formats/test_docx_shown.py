"""What Word shows, where the file holds something else beside it, is stored or told."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from sources.formats.docx.reader import read_docx
from sources.model import Document
from tests.sources.formats.test_docx import (
    HIGH,
    W,
    add_list,
    level,
    listed,
    numbering,
    packed,
    read,
    run,
    texts,
)
from tests.sources.structure.reading import by_portion

_SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "zzz": "urn:example:unknown",
}
_NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())


def body(*parts: str) -> Any:
    """A document with a title and these parts below it."""
    document = docx.Document()
    document.add_paragraph("Règlement", style="Title")
    for part in parse_xml(f"<w:body {W} {_NAMES}>{''.join(parts)}</w:body>"):
        document.element.body.insert(-1, part)
    return document


def shown(*parts: str) -> Document:
    return read(body(*parts))


def p(*runs: str) -> str:
    return f"<w:p>{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def field(code: str, result: str | None = None) -> str:
    """A field; its instruction may hold fields."""
    code = code if code.startswith("<") else f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    parts = [mark("begin"), code]
    if result is not None:
        parts += [mark("separate"), run(result)]
    return "".join([*parts, mark("end")])


def mark(at: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>'


def instruction(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


# fields


def test_an_instruction_that_holds_fields_is_not_printed() -> None:
    choice = (
        instruction("IF ")
        + field("MERGEFIELD Quai", "nord")
        + instruction(' = "nord" "')
        + field("MERGEFIELD Court", "douze")
        + instruction('" "')
        + field("MERGEFIELD Long", "vingt")
        + instruction('"')
    )
    found = shown(p("Le bac part à ", field(choice, "douze"), " heures."))
    assert texts(found) == ["Le bac part à douze heures."]
    assert not found.warnings


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (r'SYMBOL 163 \f "Symbol"', "≤"),
        (r"SYMBOL 0xA7 \f Arial", "§"),
        ("MACROBUTTON Aucune le bailli", "le bailli"),
        ('GOTOBUTTON quai "le bailli"', "le bailli"),
    ],
)
def test_a_field_without_a_result_shows_what_its_instruction_says(code: str, words: str) -> None:
    simple = f"<w:fldSimple w:instr='{code}'/>"
    assert texts(shown(p("Il vise ", field(code), " ici."), p("Et ", simple, "."))) == [
        f"Il vise {words} ici.",
        f"Et {words}.",
    ]


@pytest.mark.parametrize("code", ["SET peage neuf", 'ASK peage "Combien ?"', 'TC "Quai"'])
def test_the_result_of_a_field_that_shows_nothing_is_left_out_and_told(code: str) -> None:
    simple = f"<w:fldSimple w:instr='{code}'>{run('neuf')}</w:fldSimple>"
    found = shown(
        p(field(code, "neuf"), "Il est de ", field("REF peage", "neuf"), " euros", simple)
    )
    assert texts(found) == ["Il est de neuf euros"]
    told = "values of fields that Word does not show: 2 places, 2 words (“neuf”; “neuf”)"
    assert found.warnings == (f"left out, {told}",)


def test_a_formula_in_a_field_leaves_a_doubt_and_is_told() -> None:
    found = shown(p("La part est de ", field(r"EQ \f(1;8)"), " du péage."))
    assert "formule" in found.passages[0].doubts[0].fr
    assert found.warnings == (r"left out, formulas in fields: 1 place, 2 words (“EQ \f(1;8)”)",)


@pytest.mark.parametrize("kind", ["DATE", "TIME"])
def test_a_date_that_word_computes_leaves_a_doubt_and_is_told(kind: str) -> None:
    simple = f"<w:fldSimple w:instr='{kind}'>{run('2 mai 2031')}</w:fldSimple>"
    found = shown(
        p("Il vaut dès le ", field(f"{kind} \\@ d", "1 mai 2031"), "."),
        p("Il vaut jusqu’au ", simple, "."),
        p("Signé le ", field("CREATEDATE", "3 mai 2031"), "."),
    )
    assert [len(passage.doubts) for passage in found.passages] == [1, 1, 0]
    assert "geopend" in found.passages[0].doubts[0].nl
    assert found.warnings == ("paragraphs with a date that Word computes anew: 2",)


def test_a_table_of_contents_is_told_by_its_field() -> None:
    lines = ["Article 1. Bac", "Article 2. Quai"]
    found = shown(
        p(mark("begin"), instruction("TOC \\h"), mark("separate"), lines[0], "<w:r><w:tab/></w:r>",
          field("PAGEREF a", "2")),
        p(lines[1], "<w:r><w:tab/></w:r>", field("PAGEREF b", "3"), mark("end"), "Vu le plan,"),
        p("Art. 1. Le bac est gratuit."),
        p("Art. 2. Le quai est fermé."),
    )  # fmt: skip
    assert by_portion(found) == {
        "par_1": "Vu le plan,",
        "art_1": "Le bac est gratuit.",
        "art_2": "Le quai est fermé.",
    }
    assert found.warnings == (
        "left out, table of contents: 2 places, 8 words (“Article 1. Bac 2”; “Article 2. Quai 3”)",
    )


def test_a_field_that_never_ends_hides_nothing() -> None:
    begun = mark("begin") + instruction("TOC") + mark("separate")
    assert texts(shown(p(begun, "Le bac est gratuit."), p("Le quai est fermé."))) == [
        "Le bac est gratuit.",
        "Le quai est fermé.",
    ]


# content controls


def bound(shape: str, words: str, path: str = "/c:acte[1]/c:delai[1]") -> str:
    return (
        "<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings=\"xmlns:c='urn:bac'\" "
        f'w:xpath="{path}" w:storeItemID="{{0A}}"/>{shape}</w:sdtPr><w:sdtContent>'
        f"{run(words)}</w:sdtContent></w:sdt>"
    )


def with_data(document: Any, xml: str, *, known: bool = True) -> Document:
    package, kinds = document.part.package, RELATIONSHIP_TYPE
    part = Part(PackURI("/customXml/item9.xml"), "application/xml", xml.encode(), package)
    document.part.relate_to(part, kinds.CUSTOM_XML)
    if known:
        item = (
            '<d:datastoreItem d:itemID="{0a}" xmlns:d="http://schemas.openxmlformats.org/'
            'officeDocument/2006/customXml"/>'
        )
        name = PackURI("/customXml/itemProps9.xml")
        part.relate_to(
            Part(name, "application/xml", item.encode(), package), kinds.CUSTOM_XML_PROPS
        )
    return read(document)


_DATA = '<acte xmlns="urn:bac"><delai>{}</delai></acte>'
_ENTRIES = '<w:dropDownList><w:listItem w:value="2" w:displayText="vingt"/></w:dropDownList>'


@pytest.mark.parametrize(
    ("shape", "value", "words"), [("<w:text/>", "vingt", "vingt"), (_ENTRIES, "2", "vingt")]
)
def test_a_bound_control_shows_the_value_that_it_is_bound_to(
    shape: str, value: str, words: str
) -> None:
    document = body(p("Le délai est de ", bound(shape, "dix"), " jours."))
    found = with_data(document, _DATA.format(value))
    assert texts(found) == [f"Le délai est de {words} jours."]
    assert found.warnings == (
        "values of content controls, replaced by those they are bound to: 1 (“dix” by “vingt”)",
    )


@pytest.mark.parametrize(
    ("shape", "value", "known", "doubts"),
    [
        ("<w:text/>", "dix", True, 0),
        ("<w:text/>", "", True, 1),
        ("<w:text/>", "vingt", False, 1),
        ("", "vingt", True, 1),
        ('<w:date w:fullDate="2031-05-03T00:00:00Z"/>', "2031-05-03", True, 0),
        ('<w:date w:fullDate="2031-05-03T00:00:00Z"/>', "2032-05-03", True, 1),
        ('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', "true", True, 0),
        ('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', "false", True, 1),
    ],
)
def test_a_bound_control_that_is_not_surely_known_keeps_its_words_with_a_doubt(
    shape: str, value: str, known: bool, doubts: int
) -> None:
    document = body(p("Le délai est de ", bound(shape, "dix"), " jours."))
    found = with_data(document, _DATA.format(value), known=known)
    assert texts(found) == ["Le délai est de dix jours."]
    assert len(found.passages[0].doubts) == doubts
    assert not doubts or "verbonden" in found.passages[0].doubts[0].nl


@pytest.mark.parametrize(("path", "xml"), [("/c:", _DATA), ("/c:acte/c:autre", _DATA), ("/a", "<")])
def test_a_bound_control_without_readable_data_keeps_its_words(path: str, xml: str) -> None:
    document = body(p("Le délai est de ", bound("<w:text/>", "dix", path), " jours."))
    found = with_data(document, xml.format("vingt"))
    assert texts(found) == ["Le délai est de dix jours."]
    assert not found.warnings
    assert not found.passages[0].doubts


# numbers


def numbered(shape: str, *paragraphs: tuple[str, ...]) -> Document:
    document = docx.Document()
    document.add_paragraph("Règlement", style="Title")
    numbering(
        document,
        f'<w:abstractNum {_NAMES} w:abstractNumId="90">{shape}</w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>',
    )
    for runs in paragraphs:
        listed(document, "", 90)
        last = document.paragraphs[-1]._p
        for part in parse_xml(f"<w:p {W}>{''.join(runs)}</w:p>"):
            last.append(part)
    return read(document)


GLUED = '<w:suff w:val="nothing"/>'


@pytest.mark.parametrize(
    ("label", "more", "runs", "portion", "text"),
    [
        ("Art. %1", GLUED, (run(". Le bac est gratuit."),), "art_1", "Le bac est gratuit."),
        ("Art. %1", GLUED, (run("er. Le bac."),), "art_1", "Le bac."),
        ("Article %1", GLUED, (run("er", HIGH), run(". Le bac.")), "art_1", "Le bac."),
        ("Art. %1", GLUED, (run("bis. De pont."),), "art_1bis", "De pont."),
        ("Art. %1", GLUED, (run("/1. De pont."),), "art_1-1", "De pont."),
        ("Art. %1", GLUED, (run("a. De pont."),), "art_1a", "De pont."),
        ("Art. %1", GLUED, (run("quater", HIGH), run(". Le bac.")), "art_1quater", "Le bac."),
        ("Art. %1", GLUED, (run(" Le bac est gratuit."),), "art_1", "Le bac est gratuit."),
        ("Art. %1", GLUED, (run("(nieuw) De pont."),), "art_1", "(nieuw) De pont."),
        ("Art. %1", "", (run("ter. De pont."),), "art_1ter", "De pont."),
        ("Art. %1", "", (run("ter uitvoering van het plan."),), "art_1",
         "ter uitvoering van het plan."),
        ("%1", GLUED, (run(". Le bac."),), "pnt_1", "Le bac."),
    ],
)  # fmt: skip
def test_typed_words_may_go_on_with_an_automatic_number(
    label: str, more: str, runs: tuple[str, ...], portion: str, text: str
) -> None:
    assert by_portion(numbered(level(0, label, more), runs)) == {portion: text}


def test_a_raised_figure_of_a_number_is_handed_on_raised() -> None:
    document = body(
        p("Art. 5", run("2", HIGH), run(". Le bac est gratuit.")),
        p(run("Art. 5", "<w:b/>"), run("3", f"<w:b/>{HIGH}"), ". Le quai est fermé."),
    )
    assert [block.text for block in read_docx(packed(document)).blocks[1:]] == [
        "Art. 5². Le bac est gratuit.",
        "Art. 5³. Le quai est fermé.",
    ]


@pytest.mark.parametrize(
    ("legal", "portion"),
    [("<w:isLgl/>", "pnt_1"), ('<w:isLgl w:val="1"/>', "pnt_1"), ('<w:isLgl w:val="0"/>', "pnt_a"),
     ('<w:isLgl w:val="false"/>', "pnt_a"), ("", "pnt_a")],
)  # fmt: skip
def test_legal_numbers_are_those_that_are_switched_on(legal: str, portion: str) -> None:
    shape = level(0, "%1)", legal, form="lowerLetter")
    assert by_portion(numbered(shape, (run("le bac ;"),))) == {portion: "le bac ;"}


@pytest.mark.parametrize(
    ("form", "portion", "told"),
    [("001, 002, 003, ...", "pnt_001", False), ("01, 02, 03, ...", "pnt_01", False),
     ("а, б, в, ...", "pnt_1", True)],
)  # fmt: skip
def test_a_form_of_numbers_that_a_file_makes_is_read_or_told(
    form: str, portion: str, told: bool
) -> None:
    shape = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        f'<w:numFmt w:val="custom" w:format="{form}"/></mc:Choice><mc:Fallback><w:numFmt '
        'w:val="upperRoman"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1)"/></w:lvl>'
    )
    found = numbered(shape, (run("le bac ;"),))
    assert by_portion(found) == {portion: "le bac ;"}
    assert bool(found.warnings) == told


def test_lists_in_notes_have_their_numbers_and_do_not_count_with_those_of_the_text() -> None:
    document = body(p("Le bac est gratuit.", '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    number = add_list(document, (("decimal", "%1°"),))
    number(document.add_paragraph("le quai ;"))
    of_list = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr>'
    lines = "".join(f"<w:p>{of_list}{run(words)}</w:p>" for words in ("en hiver ;", "la nuit."))
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("Sauf :")}{lines}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    found = read(document)
    assert found.passages[0].notes == ("Sauf : 1° en hiver ; 2° la nuit.",)
    assert by_portion(found)["pnt_1"] == "le quai ;"


# colours


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ('<w:color w:val="000000"/><w:highlight w:val="black"/>', "of the colour behind it"),
        ('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
         "of the colour behind it"),
        ('<w:color w:val="000000"/><w:shd w:val="solid" w:color="050505"/>',
         "of the colour behind it"),
        ('<w:color w:themeColor="text1" w:val="000000"/><w:highlight w:val="black"/>',
         "of the colour behind it"),
        ('<w:color w:val="FEFEFE"/>', "white on white"),
        ('<w:color w:val="FDFDFD"/><w:shd w:val="clear" w:fill="auto"/>', "white on white"),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "without colour"),
        ('<w:color w:val="000000"/><w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/>'
         "</w14:solidFill></w14:textFill>", "white on white"),
        ('<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha '
         'w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>', "without colour"),
    ],
)  # fmt: skip
def test_words_that_nobody_can_tell_from_what_is_behind_them_are_left_out(
    properties: str, told: str
) -> None:
    found = shown(p("Le bac est ", run("libre", properties), "ouvert."))
    assert texts(found) == ["Le bac est ouvert."]
    assert found.warnings == (f"left out, {told}: 1 place, 1 word (“libre”)",)


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="000000"/><w:highlight w:val="yellow"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
        '<w:color w:val="000000"/><w:highlight w:val="none"/>',
        '<w:highlight w:val="black"/>',
        '<w:color w:val="F0F0F0"/>',
        '<w:color w:val="000000"/><w:shd w:val="pct50" w:color="000000" w:fill="000000"/>',
        '<w14:textFill><w14:noFill/></w14:textFill><w14:textOutline><w14:solidFill/>'
        "</w14:textOutline>",
        '<w14:textFill><w14:gradFill/></w14:textFill>',
    ],
)  # fmt: skip
def test_words_that_can_be_seen_or_may_be_are_read(properties: str) -> None:
    found = shown(p("Le bac est ", run("libre.", properties)))
    assert texts(found) == ["Le bac est libre."]


def test_the_nearest_filling_counts() -> None:
    black, white = (f'<w:shd w:val="clear" w:fill="{fill}"/>' for fill in ("000000", "FFFFFF"))
    pale = '<w:color w:val="FFFFFF"/>'
    of_paragraph = f"<w:pPr>{black}</w:pPr>"
    found = shown(
        f"<w:p>{of_paragraph}{run('Le bac est ouvert.', pale)}</w:p>",
        f"<w:p>{of_paragraph}{run('Le quai est fermé.', pale + white)}</w:p>",
        p("Fin."),
    )
    assert texts(found) == ["Le bac est ouvert.", "Fin."]


# what is drawn


def shape(wrap: str, words: str = "") -> str:
    return (
        f"<w:r><w:drawing><wp:anchor>{wrap}<a:graphic><a:graphicData uri='x/wordprocessingShape'>"
        f"<wps:wsp>{words}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def drawn(vml: str) -> str:
    return f"<w:r><w:pict>{vml}</w:pict></w:r>"


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        (shape("<wp:wrapNone/>"), True),
        (shape("<wp:wrapSquare wrapText='bothSides'/>"), False),
        (drawn("<v:line from='0,6pt' to='400pt,6pt'/>"), True),
        (drawn("<v:rect style='position:absolute;width:9pt' fillcolor='black'/>"), True),
        (drawn("<v:rect style='position:absolute'><w10:wrap type='square'/></v:rect>"), False),
        (drawn("<v:rect style='width:0' o:hr='t'/>"), False),
    ],
)
def test_a_shape_that_may_cover_words_leaves_a_doubt_and_is_told(drawing: str, told: bool) -> None:
    found = shown(p(drawing, "Le bac est gratuit."), p("Le quai est fermé."))
    assert [len(passage.doubts) for passage in found.passages] == [int(told), 0]
    warnings = ("drawn shapes that may stand over words: 1",)
    assert found.warnings == (warnings if told else ())


def test_a_shape_in_a_paragraph_of_its_own_may_cover_those_around_it() -> None:
    found = shown(p("Le bac."), p(shape("")), p("Le quai."), p("Le pont."))
    assert ["barrer" in str(passage.doubts) for passage in found.passages] == [True, True, False]


def test_words_that_are_drawn_are_read_after_their_paragraph() -> None:
    art = drawn(
        "<v:shapetype><v:textpath on='t'/></v:shapetype>"
        "<v:shape><v:textpath string='Retiré par le bailli.'/></v:shape>"
    )
    cells = "".join(f"<w:tc>{cell}</w:tc>" for cell in (p("Bac", art), p("gratuit")))
    found = shown(p("Le bac est gratuit.", art), f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert texts(found) == [
        "Le bac est gratuit.",
        "Retiré par le bailli.",
        "Bac Retiré par le bailli. | gratuit",
    ]
    assert found.warnings == ("text boxes, read after the paragraph that holds them: 2",)


def test_a_text_box_in_a_cell_is_counted() -> None:
    box = shape("", f"<wps:txbx><w:txbxContent>{p('fermé')}</w:txbxContent></wps:txbx>")
    cells = "".join(f"<w:tc>{cell}</w:tc>" for cell in (p("Quai", box), p("libre")))
    found = shown(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert texts(found) == ["Quai fermé | libre"]
    assert found.warnings == ("text boxes, read after the paragraph that holds them: 1",)


def test_of_alternatives_the_one_that_word_knows_is_read() -> None:
    found = shown(
        *(
            p("Le délai est de ", '<mc:AlternateContent><mc:Choice Requires="zzz">' + run("dix")
              + f'</mc:Choice><mc:Choice Requires="{known}">{run("vingt")}</mc:Choice><mc:Fallback>'
              + f"{run('trente')}</mc:Fallback></mc:AlternateContent>", " jours.")
            for known in ("wps", "zzz")
        )
    )  # fmt: skip
    assert texts(found) == ["Le délai est de vingt jours.", "Le délai est de trente jours."]


# lines, tabs and cells


@pytest.mark.parametrize("feed", ["\n", "\n    ", "&#13;\n  "])
def test_a_line_feed_of_the_file_is_a_space(feed: str) -> None:
    found = shown(
        p(f"Art. 1. Le bac part selon{feed}Art. 9. du plan et{feed}§ 2. de l’annexe."),
        p("Art. 2. Le quai est fermé."),
    )
    assert by_portion(found) == {
        "art_1": "Le bac part selon Art. 9. du plan et § 2. de l’annexe.",
        "art_2": "Le quai est fermé.",
    }


def test_an_empty_place_between_tabs_leaves_a_doubt() -> None:
    tab = "<w:r><w:tab/></w:r>"
    found = shown(
        p("Bac", tab, "9 euros", tab, "8 euros"),
        p("Quai", tab, tab, "7 euros"),
        p(tab, tab, "Fin", "<w:r><w:br/></w:r>", tab, tab, "du tarif."),
    )
    assert texts(found) == ["Bac | 9 euros | 8 euros", "Quai | | 7 euros", "Fin\ndu tarif."]
    assert [len(passage.doubts) for passage in found.passages] == [0, 1, 0]
    assert "tabs" in found.passages[1].doubts[0].nl


def test_cells_whose_lines_belong_together_leave_a_doubt() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    inner = f"<w:tbl>{row(p('jour'), p('nuit'))}</w:tbl><w:p/>"
    found = shown(
        "<w:tbl>"
        + row(p("bac") + p("quai"), p("9 euros") + p("7 euros"))
        + row(p("pont"), p("8 euros") + p("par an"))
        + row(p("écluse"), inner)
        + "</w:tbl>"
    )
    assert texts(found) == ["bac quai | 9 euros 7 euros", "pont | 8 euros par an",
                            "écluse | jour nuit"]  # fmt: skip
    assert [len(passage.doubts) for passage in found.passages] == [1, 0, 1]


def test_the_rows_of_a_table_in_an_article_are_no_paragraphs_of_it() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"

    table = f"<w:tbl>{row('Nr.', 'Kaai')}{row('1.', 'Noord')}{row('2.', 'Zuid')}</w:tbl>"
    found = shown(
        p("Art. 1. De kaaien zijn :"), table, p("Art. 2. § 1. Het veer is gratis."), table,
        p("§ 2. De brug is dicht."),
    )  # fmt: skip
    rows = "Nr. | Kaai\n1. | Noord\n2. | Zuid"
    assert by_portion(found) == {
        "art_1": f"De kaaien zijn :\n{rows}",
        "art_2.par_1": f"Het veer is gratis.\n{rows}",
        "art_2.par_2": "De brug is dicht.",
    }


def test_small_words_above_others_stand_behind_them() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('ancien')}</w:rt>"
        f"<w:rubyBase>{run('pont')}</w:rubyBase></w:ruby></w:r>"
    )
    assert texts(shown(p("Le ", ruby, " est clos."))) == ["Le pont (ancien) est clos."]


@pytest.mark.parametrize(
    ("prices", "doubted"),
    [(p("5") + p() + p("7"), True), (p("<w:r><w:t>5</w:t><w:br/><w:br/><w:t>7</w:t></w:r>"), True),
     (p("5") + p(), False)],
)  # fmt: skip
def test_empty_lines_of_cells_count_among_their_lines(prices: str, doubted: bool) -> None:
    names = p("bac") + p("quai") + p("pont")
    cells = "".join(f"<w:tc>{cell}</w:tc>" for cell in (names, prices))
    found = shown(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert [bool(passage.doubts) for passage in found.passages] == [doubted]


@pytest.mark.parametrize("effect", ["strike", "dstrike", "vanish"])
def test_a_style_of_a_table_that_takes_words_out_of_it_is_told(effect: str) -> None:
    document = body(
        '<w:tbl><w:tblPr><w:tblStyle w:val="Prix"/></w:tblPr>'
        f"<w:tr><w:tc>{p('Pain')}</w:tc><w:tc>{p('3 euros')}</w:tc></w:tr></w:tbl>"
    )
    style = (
        f'<w:style {W} w:type="table" w:styleId="Prix"><w:name w:val="Prix"/>'
        f'<w:tblStylePr w:type="lastRow"><w:rPr><w:{effect}/></w:rPr></w:tblStylePr></w:style>'
    )
    document.styles.element.append(parse_xml(style))
    found = read(document)
    assert found.passages[-1].text == "Pain | 3 euros"
    told = "tables whose style strikes out or hides some of their words, which are read: 1"
    assert any(warning.startswith(told) for warning in found.warnings)

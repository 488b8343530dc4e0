"""Acts say what a reader of their paper sees: merged cells, raised signs, struck-out words."""

from __future__ import annotations

import pytest

from sources.bilingual import Bilingual
from sources.formats.eurlex import before2004
from sources.formats.file import read_act, read_file
from sources.formats.omissions import FORMULA, LINES, NESTED, PICTURE, STRUCK, UNKNOWN
from sources.model import Document
from tests.sources.formats.act_reading import LIBRARIES, content, files, zipped
from tests.sources.structure.reading import by_portion

MERGED = [
    "Distance | Délai | Délai",
    "moins de 50 km | deux jours | l’été",
    "moins de 50 km | trois jours | l’hiver",
]


def act(data: bytes) -> Document:
    return read_act(data, work=LIBRARIES, lang="fr")


def replaced(name: str, *changes: tuple[str, str]) -> bytes:
    text = content(name).decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text.encode()


def journal_table() -> bytes:
    text = content("journal.fr.xhtml").decode()
    start, end = (
        text.index('<table class="oj-table"'),
        text.index("</table>", text.index("moins de 50")),
    )
    rows = (
        "<tr><td>Distance</td><td colspan='2'>Délai</td></tr>"
        "<tr><td rowspan='2'>moins de 50 km</td><td>deux jours</td><td>l’été</td></tr>"
        "<tr><td>trois jours</td><td>l’hiver</td></tr>"
    )
    return (text[:start] + f'<table class="oj-table">{rows}' + text[end:]).encode()


def formex_table() -> bytes:
    members = files("formex.fr")
    name = "L_2031099.01003001.xml"
    text = members[name].decode()
    start, end = text.index("<ROW>"), text.index("</CORPUS>")
    rows = (
        '<ROW><CELL COL="1">Distance</CELL><CELL COL="2" COLSPAN="2">Délai</CELL></ROW>'
        '<ROW><CELL COL="1" ROWSPAN="2">moins de 50 km</CELL><CELL COL="2">deux jours</CELL>'
        '<CELL COL="3">l’été</CELL></ROW>'
        '<ROW><CELL COL="2">trois jours</CELL><CELL COL="3">l’hiver</CELL></ROW>'
    )
    return zipped(members | {name: (text[:start] + rows + text[end:]).encode()})


@pytest.mark.parametrize("data", [journal_table(), formex_table()], ids=["journal", "formex"])
def test_merged_cells_count_at_each_place_that_they_cover(data: bytes) -> None:
    assert by_portion(act(data))["anx_II"].split("\n") == MERGED


def test_struck_words_of_justel_leave_a_doubt_and_no_sign() -> None:
    words = "matière visée à l'article 74 de la Constitution."
    found = act(replaced("justel.fr.html", (words, f"<del>dix</del> {words}")))
    (doubted,) = (p for p in found.passages if STRUCK in p.doubts)
    assert (doubted.anchor.portion, doubted.text.isprintable()) == ("art_1", True)


def test_a_table_of_justel_keeps_its_rows_and_columns() -> None:
    table = (
        "matière visée à l'article 74 de la Constitution.<table><tr><td rowspan='2'>Nord<td>un jour"
        "<tr><td>deux jours</table>"
    )
    data = replaced("justel.fr.html", ("matière visée à l'article 74 de la Constitution.", table))
    assert by_portion(act(data))["art_1"].endswith("\nNord | un jour\nNord | deux jours")


def test_struck_out_and_hidden_words_of_an_act_are_left_out_and_told() -> None:
    before = "statuant conformément à la procédure législative ordinaire,"
    after = (
        "statuant <del>à l’unanimité </del>conformément à la procédure "
        '<span style="display:none">cachée </span>législative '
        '<span style="text-decoration: line-through">spéciale </span>ordinaire,'
    )
    found = act(replaced("journal.fr.xhtml", (before, after)))
    assert by_portion(found)["cit_3"] == before
    assert found.warnings == (
        "left out, struck out: 2 places, 3 words (“à l’unanimité”; “spéciale”)",
        "left out, hidden: 1 place, 1 word (“cachée”)",
    )
    assert [p.anchor.portion for p in found.passages if STRUCK in p.doubts] == ["cit_3"]


def test_a_corrigendum_is_read_by_its_corrections_and_says_what_it_is() -> None:
    page = (
        "<html><body><p class='oj-doc-ti'>Rectificatif au règlement (UE) 2031/417</p>"
        "<p class='oj-normal'>Page 3, article 2, point 1):</p>"
        "<p class='oj-normal'>au lieu de: «un mois»,</p><p class='oj-normal'>lire: «un an».</p>"
        "</body></html>"
    ).encode()
    for found in (act(page), read_file(page, work=LIBRARIES, lang="fr", name="rectificatif.html")):
        assert by_portion(found) == {
            "pnt_1": "Page 3, article 2, point 1):\nau lieu de: «un mois»,\nlire: «un an»."
        }
        assert "this is a corrigendum" in found.warnings[0]


def test_a_notice_in_the_markup_of_acts_can_be_added_as_a_page() -> None:
    page = (
        "<html><body><p class='oj-doc-ti'>Avis aux lecteurs</p>"
        "<p class='oj-normal'>Les bibliothèques ferment à midi.</p></body></html>"
    ).encode()
    found = read_file(page, work="avis", lang="fr", name="avis.html")
    assert by_portion(found) == {"par_1": "Les bibliothèques ferment à midi."}
    assert found.warnings == ("no article, recital or numbered point found; read as a page",)


def test_raised_figures_of_old_acts_stay_raised() -> None:
    data = replaced(
        "before-2004.fr.html",
        ("vingt centimètres.", "vingt centimètres, soit 10<sup>-4</sup> m<sup>2</sup>.<br>Fin."),
    )
    found = read_act(data, work="celex:31974R0099", lang="fr")
    assert "vingt centimètres, soit 10⁻⁴ m²." in by_portion(found)["art_1.par_2"]


def formex(body: str) -> Document:
    """An act of one article with this markup in its first alinea."""
    text = (
        "<ACT><TITLE><TI><P>RÈGLEMENT (UE) 2031/417</P></TI></TITLE><ENACTING.TERMS><ARTICLE>"
        f"<TI.ART>Article premier</TI.ART><ALINEA>{body}</ALINEA></ARTICLE></ENACTING.TERMS></ACT>"
    )
    return act(text.encode())


@pytest.mark.parametrize(
    ("body", "text", "doubts"),
    [
        ("2<FRACTION><DIVIDEND>3</DIVIDEND><DIVISOR>4</DIVISOR></FRACTION>", "2 3/4", [FORMULA]),
        ("1<OVER/><EXPR>a <OP.MATH TYPE='PLUS'/> b</EXPR>", "1/(a + b)", [FORMULA]),
        ("soit 10<EXPONENT><OP.MATH TYPE='MINUS'/>6</EXPONENT> m", "soit 10⁻⁶ m", []),
        ("soit <EXPONENT><BASE>10</BASE><OVER>6</OVER></EXPONENT>", "soit 10⁶", [FORMULA]),
        ("a <OP.CMP TYPE='LE'/> b<HT TYPE='SUB'>2</HT>", "a ≤ b2", []),
        ("10<IND>2</IND>", "10₂", [FORMULA]),
        ("<FORMULA><ROOT>a <OP.MATH TYPE='MULT'/> b</ROOT></FORMULA>", "√(a × b)", [FORMULA]),
        ("a <OP.CMP TYPE='XY'/> b", "a b", [UNKNOWN]),
        ("3<VECTOR>4</VECTOR>5 m", "3 4 5 m", [UNKNOWN]),
    ],
)
def test_mathematics_of_formex_is_put_on_one_line(
    body: str, text: str, doubts: list[Bilingual]
) -> None:
    (found,) = formex(body).passages
    assert (found.text, list(found.doubts)) == (text, doubts)


@pytest.mark.parametrize("at", range(4))
def test_a_doubt_of_any_heading_goes_with_the_words_below_it(at: int) -> None:
    images = ["", "", "", ""]
    images[at] = "<INCL.ELEMENT FILEREF='a.tif'/>"
    title, division, article, text = images
    found = act(
        f"<ACT><TITLE><TI><P>RÈGLEMENT (UE) 2031/417 {title}</P></TI></TITLE><ENACTING.TERMS>"
        f"<DIVISION><TITLE><TI><P>CHAPITRE I</P></TI><STI><P>Bacs {division}</P></STI></TITLE>"
        f"<ARTICLE><TI.ART>Article premier</TI.ART><STI.ART>Objet {article}</STI.ART><ALINEA>Le "
        f"bac part.{text}</ALINEA></ARTICLE></DIVISION><ARTICLE><TI.ART>Article 2</TI.ART><ALINEA>"
        "Fin.</ALINEA></ARTICLE></ENACTING.TERMS></ACT>".encode()
    )
    assert [p.doubts for p in found.passages] == [(PICTURE,), ()]


def test_a_table_of_formex_has_its_blocks_columns_and_notes() -> None:
    found = formex(
        "<P>Tarif:</P><TBL><GR.NOTES><NOTE NOTE.ID='a'><P>Le lundi.</P></NOTE><NOTE><P>En mois."
        "</P></NOTE></GR.NOTES><CORPUS><ROW><CELL COL='1'><IE/></CELL><CELL COL='2'>Sel</CELL>"
        "<CELL COL='3'>Riz</CELL></ROW><BLK><TI.BLK COL.START='1' COL.END='3'><P>En gros</P>"
        "</TI.BLK><ROW><CELL COL='1'>Sac<NOTE NOTE.REF='a'/></CELL><CELL COL='3'><LIST><ITEM><NP>"
        "<NO.P>a)</NO.P><TXT>neuf</TXT></NP></ITEM></LIST></CELL></ROW></BLK></CORPUS></TBL>"
    )
    (passage,) = found.passages
    assert passage.text == "Tarif:\n| Sel | Riz\nEn gros\nSac | | a) neuf\nEn mois."
    assert (passage.notes, passage.doubts) == (("Le lundi.",), ())


def test_a_term_of_formex_is_parted_from_what_it_means() -> None:
    found = formex(
        "<DLIST SEPARATOR=':'><DLIST.ITEM><PREFIX>a)</PREFIX><TERM>sel</TERM><DEFINITION>grain."
        "</DEFINITION></DLIST.ITEM></DLIST><DLIST><DLIST.ITEM><TERM>riz</TERM><DEFINITION>herbe."
        "</DEFINITION></DLIST.ITEM></DLIST>"
    )
    assert by_portion(found)["art_1.pnt_a"] == "sel: grain.\nriz herbe."
    (prose,) = formex("Le «<TERM>sel</TERM>», dit <TERM>gros</TERM>.").passages
    assert (prose.text, prose.doubts) == ("Le «sel», dit gros.", ())


def test_terms_in_a_table_typed_dashes_and_notes_with_a_star_are_as_printed() -> None:
    (found,) = formex(
        "<DLIST TYPE='TBL'><DLIST.ITEM><TERM>sel</TERM><DEFINITION>grain.</DEFINITION></DLIST.ITEM>"
        "</DLIST><LIST TYPE='DASH'><ITEM><P>— le riz;</P></ITEM><ITEM><P>l’orge.</P></ITEM></LIST>"
        "<TBL><CORPUS><ROW><CELL COL='1'>Sac</CELL><CELL COL='2'>9</CELL></ROW></CORPUS><GR.NOTES>"
        "<NOTE NUMBERING='STAR'><P>En gros.</P></NOTE></GR.NOTES></TBL>"
    ).passages
    assert found.text.split("\n") == [
        "sel | grain.", "— le riz;", "— l’orge.", "Sac | 9", "(*) En gros.",
    ]  # fmt: skip


def group(title: str, body: str) -> str:
    return f"<DIV.CONSID><TITLE><TI><P>{title}</P></TI></TITLE>{body}</DIV.CONSID>"


def recital(number: int, words: str) -> str:
    return f"<CONSID><NP><NO.P>({number})</NO.P><TXT>{words}</TXT></NP></CONSID>"


IN_GROUPS = {
    "journal": replaced(
        "journal.fr.xhtml",
        (
            '<div class="eli-subdivision" id="rct_1">',
            '<p class="oj-ti-grseq-1">A. Plainte</p><div class="eli-subdivision" id="rct_1">',
        ),
        (
            '<div class="eli-subdivision" id="rct_2">',
            '<p class="oj-ti-grseq-1">B. Papier</p><p class="oj-ti-grseq-2">1. Poids</p>'
            '<div class="eli-subdivision" id="rct_2">',
        ),
    ),
    "formex": (
        "<ACT><TITLE><TI><P>RÈGLEMENT (UE) 2031/418</P></TI></TITLE><PREAMBLE><GR.CONSID>"
        + group("A. Plainte", recital(1, "Un meunier s’est plaint."))
        + group("B. Papier", group("1. Poids", recital(2, "Il pèse.") + recital(3, "Trop.")))
        + "</GR.CONSID><PREAMBLE.FINAL>A ADOPTÉ LE PRÉSENT RÈGLEMENT:</PREAMBLE.FINAL></PREAMBLE>"
        "<ENACTING.TERMS><ARTICLE><TI.ART>Article premier</TI.ART><ALINEA>Un droit est dû.</ALINEA>"
        "</ARTICLE></ENACTING.TERMS></ACT>"
    ).encode(),
}


@pytest.mark.parametrize("kind", IN_GROUPS)
def test_headings_between_recitals_stand_above_them_and_no_further(kind: str) -> None:
    found = {p.anchor.portion: p for p in act(IN_GROUPS[kind]).passages}
    headings = {portion: found[portion].headings for portion in ("rct_1", "rct_2", "rct_3")}
    assert headings == {
        "rct_1": ("A. Plainte",),
        "rct_2": ("B. Papier", "1. Poids"),
        "rct_3": ("B. Papier", "1. Poids"),
    }
    assert found["pbl"].text.endswith("RÈGLEMENT:")
    articles = [p for portion, p in found.items() if portion.startswith("art_1")]
    assert articles
    assert not any("B. Papier" in p.headings for p in articles)


@pytest.mark.parametrize("tag", ["SUBDIV", "GR.SEQ", "GR.BIDON"])
def test_headings_within_an_article_of_formex_open_no_other_text(tag: str) -> None:
    def part(title: str, body: str) -> str:
        return f"<{tag}><TITLE><TI><P>{title}</P></TI></TITLE>{body}</{tag}>"

    def paragraph(number: int, words: str) -> str:
        return f"<PARAG><NO.PARAG>{number}.</NO.PARAG><ALINEA>{words}</ALINEA></PARAG>"

    body = part("Farine", paragraph(1, "Elle est moulue.")) + part(
        "Son", paragraph(2, "Il est tamisé.") + "<ALINEA>Il est vendu.</ALINEA>"
    )
    text = (
        "<ACT><TITLE><TI><P>RÈGLEMENT (UE) 2031/418</P></TI></TITLE><ENACTING.TERMS><ARTICLE>"
        f"<TI.ART>Article premier</TI.ART>{body}</ARTICLE><ARTICLE><TI.ART>Article 2</TI.ART>"
        f"{part('Meule', '<ALINEA>Elle tourne.</ALINEA>')}</ARTICLE></ENACTING.TERMS></ACT>"
    )
    found = act(text.encode())
    assert [(p.anchor.portion, p.headings[1:], p.text) for p in found.passages] == [
        ("art_1", (), "Son\nIl est vendu."),
        ("art_1.par_1", ("Farine",), "Elle est moulue."),
        ("art_1.par_2", ("Son",), "Il est tamisé."),
        ("art_2", (), "Meule\nElle tourne."),
    ]
    assert found.warnings == ()
    assert {p.doubts for p in found.passages} == {(UNKNOWN,) if tag == "GR.BIDON" else ()}


def test_struck_words_of_formex_leave_a_doubt_beside_others() -> None:
    found = formex("<P>Le délai est de <HT TYPE='STROKE'>dix</HT> neuf jours.</P>")
    assert found.warnings == ("left out, struck out: 1 place, 1 word (“dix”)",)
    assert [(p.text, p.doubts) for p in found.passages] == [
        ("Le délai est de neuf jours.", (STRUCK,))
    ]
    (alone,) = formex("<P><HT TYPE='STROKE'>Rien.</HT></P><P>Tout.</P>").passages
    assert (alone.text, alone.doubts) == ("Tout.", ())


def test_empty_cells_and_notes_without_call_of_the_journal_keep_their_place() -> None:
    start, end = content("journal.fr.xhtml").decode().split('<table class="oj-table"', 1)
    rows = "<tr><td/><td>Sel</td><td>Riz</td></tr><tr><td/><td/><td>sept</td></tr>"
    note = '<p class="oj-note">NB: en mois.</p>'
    page = f'{start}<table class="oj-table">{rows}</table>{note}{end.split("</table>", 1)[1]}'
    assert by_portion(act(page.encode()))["anx_II"].split("\n") == [
        "| Sel | Riz", "| | sept", "NB: en mois.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("further", "words", "stays"),
    [
        ("<p class='oj-note'>L’argile est double.</p>", "L’argile est double.", ""),
        (
            "<div><table><tr><td><p class='oj-note'>a)</p></td>"
            "<td><p class='oj-note'>l’argile;</p></td></tr></table></div>",
            "a) l’argile;",
            "",
        ),
        ("<p class='oj-normal'>L’argile est lourde.</p>", "", "L’argile est lourde."),
    ],
)
def test_a_footnote_of_the_journal_goes_on_below_its_first_line(
    further: str, words: str, stays: str
) -> None:
    call = "<a id='ntc9-L' href='#ntr9-L'>(<span class='oj-super'>9</span>)</a>"
    note = "<p class='oj-note'><a id='ntr9-L' href='#ntc9-L'>(9)</a> Sauf en été.</p>"
    page = (
        "<html><body><p class='oj-doc-ti'>RÈGLEMENT (UE) 2031/7</p>"
        "<p class='oj-ti-art'>Article 1</p>"
        f"<p class='oj-normal'>Le sable est gris {call}.</p><p class='oj-ti-art'>Article 2</p>"
        f"<p class='oj-normal'>Il est fin.</p><hr/>{note}{further}</body></html>"
    )
    first, second = act(page.encode()).passages
    assert (first.text, first.notes) == ("Le sable est gris.", (f"Sauf en été. {words}".strip(),))
    assert second.text == f"Il est fin.\n{stays}".strip()


def journal(markup: str, text: str = "statuant conformément") -> Document:
    """The act of the Journal with some markup in the place of words of its third citation."""
    return act(replaced("journal.fr.xhtml", (text, markup)))


MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'


@pytest.mark.parametrize(
    ("markup", "text", "doubts"),
    [
        ('10<span class="oj-sub">3</span> et CO<sub>2</sub>', "10₃ et CO2", []),
        ('10<span class="subscript">3</span>', "10₃", []),
        (MATH.format("<mfrac><mn>1</mn><mn>12</mn></mfrac>"), "1/12", [FORMULA]),
        (MATH.format("<mi>a</mi><mo>+</mo><mi>b</mi>"), "a+b", []),
    ],
)
def test_lowered_signs_and_formulas_of_the_journal_are_shown(
    markup: str, text: str, doubts: list[Bilingual]
) -> None:
    (found,) = (p for p in journal(markup).passages if p.anchor.portion == "cit_3")
    assert found.text.partition(" à la procédure")[0] == text
    assert list(found.doubts) == doubts


@pytest.mark.parametrize("sign", ["►M1 {} ◄", "▼M1 {}", "<a href='x'>►M1</a>  {}  ◄"])
@pytest.mark.parametrize("border", ["border='1'", "class='borderOj'"])
def test_a_row_whose_first_cell_was_changed_stays(sign: str, border: str) -> None:
    rows = f"<tr><td>{sign.format('Sel')}</td><td>9</td></tr><tr><td>Riz</td><td>►C1 8 ◄</td></tr>"
    page = (
        "<html><body><p class='title-doc-first'>RÈGLEMENT (UE) 2031/417</p>"
        "<p class='title-article-norm'>►M1 Article premier ◄</p><div class='norm'>"
        "<span class='no-parag'>►M1 1. ◄</span><div class='norm inline-element'>Tarif ►M1 net ◄:"
        f"<table {border}>{rows}</table></div></div><div class='grid-container grid-list'>"
        "<div class='grid-list-column-1'>►M2 a) ◄</div>"
        "<div class='grid-list-column-2'><p class='norm'>►M2 le pain ◄.</p></div></div>"
        "</body></html>"
    )
    assert by_portion(act(page.encode())) == {
        "art_1.par_1": "Tarif net:\nSel | 9\nRiz | 8\na) le pain."
    }


@pytest.mark.parametrize(
    "sign", [">TABLE POSITION>", '>PIC FILE= "T0099">', ">ISO_7>a >ISO_1>", "<img src='x.gif'>"]
)
def test_what_stands_for_a_table_or_a_picture_of_old_acts_is_a_doubt(sign: str) -> None:
    data = replaced("before-2004.fr.html", ("vingt centimètres.", f"vingt {sign} mètres."))
    found = read_act(data, work="celex:31974R0099", lang="fr")
    doubted = [p.anchor.portion for p in found.passages if before2004.STAND_IN in p.doubts]
    assert doubted == ["art_1.par_2"]


@pytest.mark.parametrize(
    ("markup", "text", "doubts"),
    [
        ("Plan :<br><img src='plan.gif'><br>Fin.", "Plan :\nFin.", [PICTURE]),
        ("Plan <img src='plan.gif'> de 10<sub>2</sub>.", "Plan de 10₂.", [PICTURE]),
        (f"Soit {MATH.format('<mfrac><mi>a</mi><mn>2</mn></mfrac>')}.", "Soit a/2.", [FORMULA]),
        (
            "<table><tr><td>Sel <img src='sel.gif'></td><td>9</td></tr></table>",
            "Sel | 9",
            [PICTURE],
        ),
        ("<table><tr><td><a name='x'></a>Zone 1</td><td>5</td></tr></table>", "Zone 1 | 5", []),
        (
            "<table><tr><td>Zone 1<table><tr><td>a</td></tr></table></td><td>5</td></tr></table>",
            "Zone 1\na\n5",
            [NESTED],
        ),
    ],
)
def test_pictures_formulas_and_cells_of_justel_are_read_or_doubted(
    markup: str, text: str, doubts: list[Bilingual]
) -> None:
    line = "matière visée à l'article 74 de la Constitution."
    found = act(replaced("justel.fr.html", (line, f"matière.<br>{markup}"))).passages
    (passage,) = (p for p in found if p.anchor.portion == "art_1")
    assert passage.text.partition("matière.\n")[2] == text
    assert list(passage.doubts) == doubts


@pytest.mark.parametrize(
    ("kind", "points"),
    [("", "12"), (' style="list-style-type:lower-alpha"', "ab"), (' type="A" start="3"', "CD")],
)
def test_lists_of_the_journal_have_the_numbers_that_are_seen(kind: str, points: str) -> None:
    items = f"<ol{kind}><li>le sel;</li><li><p>le riz.</p></li></ol>"
    page = (
        "<html><body><p class='oj-doc-ti'>RÈGLEMENT (UE) 2031/7</p>"
        f"<p class='oj-ti-art'>Article 1</p><p class='oj-normal'>Entrent:</p>{items}"
        "<p class='oj-normal'>Le pain reste.</p></body></html>"
    )
    found = by_portion(act(page.encode()))
    assert [found[f"art_1.pnt_{sign}"] for sign in points] == ["le sel;", "le riz."]
    assert found["art_1"] == "Entrent:\nLe pain reste."


def test_lines_of_cells_of_the_journal_that_belong_together_leave_a_doubt() -> None:
    start, end = content("journal.fr.xhtml").decode().split('<table class="oj-table"', 1)
    rows = "<tr><td><p>Sel</p><p>Riz</p><p>Blé</p></td><td><p>5</p><p/><p>7</p></td></tr>"
    page = f'{start}<table class="oj-table">{rows}</table>{end.split("</table>", 1)[1]}'
    (passage,) = [p for p in act(page.encode()).passages if "Sel Riz Blé | 5 7" in p.text]
    assert passage.doubts == (LINES,)

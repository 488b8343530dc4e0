from __future__ import annotations

import pytest

from sources.errors import ReadError
from sources.formats.html.reader import read_html
from sources.formats.omissions import LINES, NESTED, PICTURE
from sources.formats.raised import NUMBER_OR_CALL, SHARED_NOTES
from sources.model import Document
from sources.structure.document import document
from tests.sources.structure.reading import by_portion

HEAD = (
    "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Plan | Site</title></head>"
)


def read(body: str, head: str = HEAD) -> Document:
    return page(f"{head}<body>{body}</body></html>".encode())


def page(data: bytes) -> Document:
    return document(read_html(data), work="plan", lang="fr")


def test_headings_paragraphs_and_lists_of_the_main_part_are_read() -> None:
    found = read(
        """<header><a href='/'>Accueil</a></header><nav><ul><li>Menu</ul></nav>
        <main><h1>Plan d’<b>act</b>ion<br>du 5 mai 2023</h1><p>Introduction du plan.</p>
        <h2>1. Contexte</h2><p>Les deux pays<script>alert(1)</script> conviennent&nbsp;:</p>
        <ul><li><p>de patrouilles ;</p></li><li>de formations :
        <ul><li>en français</li><li>en néerlandais</li></ul></li></ul>
        <h2>Suites</h2><p>Un comité suit le plan.</p></main><footer>Contact</footer>"""
    )
    assert (found.title, found.date) == ("Plan d’action du 5 mai 2023", "2023-05-05")
    assert by_portion(found) == {
        "par_1": "Introduction du plan.",
        "sec_1.par_1": "Les deux pays conviennent :",
        "sec_1.blt_1": "de patrouilles ;",
        "sec_1.blt_2": "de formations :\n– en français\n– en néerlandais",
        "hdg_1.par_1": "Un comité suit le plan.",
    }
    assert found.passages[2].lead == "Les deux pays conviennent :"
    assert found.passages[-1].headings == ("Suites",)


def test_numbers_of_ordered_lists_are_those_that_a_browser_prints() -> None:
    found = read(
        "<h1>Note</h1><p>Début.</p><ol start='3'><li>trois<ol type='a'><li>alpha<li>bêta</ol>"
        "<li value='7'>sept</ol><p>Fin.</p>"
    )
    assert by_portion(found) == {
        "par_1": "Début.",
        "pnt_3": "trois",
        "pnt_3.pnt_a": "alpha",
        "pnt_3.pnt_b": "bêta",
        "pnt_7": "sept",
        "par_2": "Fin.",
    }


def test_a_numbered_list_within_a_numbered_list_stays_within() -> None:
    found = read("<h1>Note</h1><ol><li>un<ol><li>un un<li>un deux</ol><li>deux</ol>")
    assert list(by_portion(found)) == ["pnt_1", "pnt_1.pnt_1", "pnt_1.pnt_2", "pnt_2"]


def test_a_list_goes_on_behind_another_one_that_stands_as_deep() -> None:
    found = read(
        "<h1>Note</h1><ol><li><h2>Le bac</h2></ol><ol><li>Il est gratuit.</ol>"
        "<ol start='2'><li><h2>Le quai</h2></ol><ol><li>Il est clos.<li>Il porte :</ol>"
        "<ol type='a'><li>un banc ;<li>une lampe.</ol><ol start='3'><li>Il est lavé.</ol>"
        "<p>Voyez le plan.</p><ol start='4'><li>Il est éclairé.</ol>"
        "<ol start='3'><li><h2>Le passeur</h2></ol><p>Il rame.</p>"
    )
    assert list(by_portion(found)) == [
        "sec_1.pnt_1", "sec_2.pnt_1", "sec_2.pnt_2", "sec_2.pnt_2.pnt_a", "sec_2.pnt_2.pnt_b",
        "sec_2.pnt_3", "sec_2.par_1", "sec_2.pnt_4", "sec_3.par_1",
    ]  # fmt: skip
    assert found.passages[3].lead == "Il porte :"


def test_tables_are_rows_and_layout_tables_are_not() -> None:
    found = read(
        "<h1>Note</h1><table><tr><td><p>Texte dans un cadre.</p></td></tr></table>"
        "<table><thead><tr><th>Lieu<th>Unité</thead><tr><td>Tour<b>na</b>i<td>CC<wbr>PD</table>"
    )
    assert by_portion(found) == {
        "par_1": "Texte dans un cadre.",
        "tab_1.row_1": "Lieu | Unité",
        "tab_1.row_2": "Tournai | CCPD",
    }


@pytest.mark.parametrize(
    ("beside", "doubted"),
    [
        ("5 euros", True),
        ("Le bac est ouvert le soir, " * 9 + "sauf en hiver.", False),
        ("<b>Art. 1.</b> Le bac est clos.", False),
    ],
)
def test_a_table_that_holds_another_one_is_doubted_where_it_is_no_layout(
    beside: str, doubted: bool
) -> None:
    inner = "<table><tr><td>quai<td>8<tr><td>pont<td>9</table>"
    rows = f"<tr><td>Est {inner}<td>{beside}<tr><td>Ouest<td>6 euros"
    found = read(f"<h1>Note</h1><p>Le tarif est :</p><table>{rows}</table>")
    assert " ".join(by_portion(found).values()).startswith("Le tarif est : Est quai | 8 pont | 9 ")
    first, *within = found.passages
    assert not first.doubts
    assert {p.doubts for p in within} == {(NESTED,) if doubted else ()}


def test_articles_of_a_page_are_articles() -> None:
    found = read(
        "<h1>Loi</h1><h2>Article 1er</h2><p>La présente loi règle une matière.</p>"
        "<p>Art. 2. § 1er. Les agents patrouillent.</p><p>§ 2. Ils informent.</p>"
    )
    assert list(by_portion(found)) == ["art_1", "art_2.par_1", "art_2.par_2"]


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    found = read("<h1>Note</h1>Première ligne<br>deuxième.<br><br>Autre alinéa.")
    assert list(by_portion(found).values()) == ["Première ligne\ndeuxième.", "Autre alinéa."]


def test_preformatted_text_is_read_like_a_text_file() -> None:
    found = read("<h1>Note</h1><pre>Art. 1. Un texte.\n\nArt. 2. Un autre.\n</pre>")
    assert by_portion(found) == {"art_1": "Un texte.", "art_2": "Un autre."}


def test_hidden_elements_are_left_out() -> None:
    found = read(
        "<style>.x p { display: none } @media print { .y { display: none } }</style><h1>Note</h1>"
        "<p hidden>a</p><div class='x'><p>b</p></div><p style='display: none'>c</p>"
        "<p style='color: #fff'>blanc</p><p style='position:absolute;clip:rect(0 0 0 0)'>loin</p>"
        "<div role='navigation'>d</div><!-- e --><template>f</template><dialog>g</dialog>"
        "<p class='y'>Un texte <span style='font-size:0'>h</span>vu.</p>"
        "<p style='background: #036'><b style='color: white'>Blanc sur bleu.</b></p>"
    )
    assert list(by_portion(found).values()) == ["Un texte vu.", "Blanc sur bleu."]
    assert found.warnings == (
        "left out, hidden: 4 places, 4 words (“a”; “b”; “c”; …)",
        "left out, of the colour of its background: 1 place, 1 word (“blanc”)",
        "left out, clipped: 1 place, 1 word (“loin”)",
        "left out, menus and the like around the text: 1 place, 1 word (“d”)",
        "left out, transparent or without size: 1 place, 1 word (“h”)",
    )


def test_what_a_browser_shows_is_read_whatever_its_element_is_called() -> None:
    found = read(
        "<form id='page'><h1>Note</h1><p aria-hidden='true'>Le pont est fermé.</p>"
        "<h2><button aria-expanded='false'>Article 1 – Péage</button></h2><p>Il est dû.</p>"
        "<button class='volet'>Article 2 – Durée</button><div>Il vaut un an.</div>"
        "<details><summary>Article 3 – Recours</summary><p>Il est ouvert.</p></details>"
        "<figure><figcaption>Il est dit <q>libre</q>.</figcaption></figure>"
        "<button>Imprimer</button></form>"
    )
    assert by_portion(found) == {
        "par_1": "Le pont est fermé.",
        "art_1": "Il est dû.",
        "art_2": "Il vaut un an.",
        "art_3": "Il est ouvert.",
        "par_2": "Il est dit «libre».",
    }
    assert found.warnings == ("left out, buttons: 1 place, 1 word (“Imprimer”)",)


def test_fields_of_a_form_show_their_values_and_a_search_form_is_no_text() -> None:
    found = read(
        "<h1>Demande</h1><form role='search'>Chercher <input value='pont'></form>"
        "<form><label>Courriel <input></label><button>Envoyer</button></form>"
        "<form><p>Délai demandé : <input value='45 jours'><input type='hidden' value='x'></p>"
        "<p><input type='checkbox' checked> oui <input type='checkbox'> non</p>"
        "<p>Pont <select><option>nord<option selected>sud</select></p></form>"
    )
    assert list(by_portion(found).values()) == [
        "Délai demandé : 45 jours",
        "☑ oui ☐ non",
        "Pont sud",
    ]
    assert all("formulaire" in passage.doubts[0].fr for passage in found.passages)
    assert [warning.partition(":")[0] for warning in found.warnings] == [
        "left out, menus and the like around the text",
        "left out, forms of controls alone",
    ]


def test_words_around_the_main_part_are_told() -> None:
    found = read("<div>Les annexes sont ici.</div><main><h1>Note</h1><p>" + "Un texte. " * 9)
    assert found.warnings == (
        "left out, outside the main part of the page: 1 place, 4 words (“Les annexes sont ici.”)",
    )


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (
            "<li><a href='/x'><img src='x.svg' alt=''></a><li><a href='/'>Accueil</a>",
            True,
        ),
        ("<li><a href='/x'><img src='x.svg' alt=''></a>", False),
        ("<li><a href='#a1'>Le bac</a><li><a href='#a2'>Le quai</a>", False),
        ("<li>le bac, <a href='/loi'>loi du 3 mai 2031</a><li>le quai", False),
    ],
)
def test_a_list_of_links_alone_is_told(items: str, told: bool) -> None:
    found = read(f"<h1>Note</h1><div class='m'><ul>{items}</ul></div><p>Art. 1. Le bac reste.</p>")
    assert found.warnings == (
        ("lists and lines of links alone, read as text: 1 (“Accueil”)",) if told else ()
    )
    assert by_portion(found)["art_1"] == "Le bac reste."


def test_what_is_struck_out_is_left_out_with_a_doubt() -> None:
    found = read(
        "<style>.abrogé { text-decoration: line-through }</style><h1>Note</h1>"
        "<p>Le péage est de <del>cinq</del> <ins>six</ins> euros.</p>"
        "<p>Il est dû<span class='abrogé'> la nuit</span><s>, le soir</s>.</p>"
    )
    assert list(by_portion(found).values()) == ["Le péage est de six euros.", "Il est dû."]
    assert all("barrés" in passage.doubts[0].fr for passage in found.passages)
    assert found.warnings == (
        "left out, struck out: 3 places, 6 words (“cinq”; “la nuit”; “, le soir”)",
    )


def test_a_raised_figure_is_an_exponent_or_calls_its_note() -> None:
    found = read(
        "<h1>Note</h1><p>Le péage est de 45<sup><a href='#n'>2</a></sup> euros.</p>"
        "<p>Soit 10<sup>4</sup> euros par 900 m<sup>2</sup>, en 12<sup>(3)</sup> fois.</p>"
        "<p>Le 1<sup>er</sup> avril, CO<sub>2</sub> exclu, M<sup>me</sup> Roy signe.</p>"
        "<p>Le 3<sup>o</sup> et le 4º.</p>"
        "<ol start='2'><li id='n'>Hors taxes. <a href='#x'>↩</a></li></ol>"
    )
    assert list(by_portion(found).values()) == [
        "Le péage est de 45 euros.",
        "Soit 10⁴ euros par 900 m², en 12³ fois.",
        "Le 1er avril, CO2 exclu, Mme Roy signe.",
        "Le 3° et le 4°.",
    ]
    assert found.passages[0].notes == ("Hors taxes.",)


def test_the_upper_figure_of_a_fraction_calls_no_note_and_brackets_go_with_a_call() -> None:
    found = read(
        "<h1>Nota</h1><p>De veerman<sup>1</sup> werkt 3<sup>1</sup>/<sub>2</sub> uur, 's nachts "
        "2<sup>1</sup>⁄4 uur (<sup>2</sup>).</p><p>Soit 10<sup>1</sup> euros.</p>"
        "<p>(1) Of zijn vervanger.</p><p>(2) Vanaf mei.</p>"
    )
    assert list(by_portion(found).values()) == [
        "De veerman werkt 3¹/₂ uur, 's nachts 2¹⁄4 uur.",
        "Soit 10 euros.",
    ]
    assert [p.notes for p in found.passages] == [
        ("Of zijn vervanger.", "Vanaf mei."),
        ("Of zijn vervanger.",),
    ]


def test_a_figure_behind_the_number_of_an_article_that_is_cited_is_part_of_it() -> None:
    found = read(
        "<h1>Note</h1><p>Le bac<sup>1</sup> est régi par l’article 12<sup>1</sup> du Code.</p>"
        "<p>Le quai l’est par l’article 13<sup>2</sup> du Code.</p>"
        "<p>(1) Ou la barque.</p><p>(2) De 2031.</p>"
    )
    assert [(p.text, p.notes, p.doubts) for p in found.passages] == [
        ("Le bac est régi par l’article 12¹ du Code.", ("Ou la barque.",), ()),
        ("Le quai l’est par l’article 13² du Code.", ("De 2031.",), (NUMBER_OR_CALL,)),
    ]


def test_a_link_to_a_numbered_paragraph_is_no_note() -> None:
    found = read(
        "<h1>Note</h1><p id='p1'>1. Le péage est dû.</p><p>2. Voir point <a href='#p1'>1</a>.</p>"
        "<p>3. Le pont ferme<a href='#note1'>(a)</a>.</p><div id='note1'>(a) La nuit.</div>"
    )
    assert list(by_portion(found)) == ["pnt_1", "pnt_2", "pnt_3"]
    assert found.passages[2].notes == ("La nuit.",)


def test_merged_cells_count_at_each_place_and_the_foot_comes_last() -> None:
    found = read(
        "<h1>Note</h1><table><caption>Péages de 2031</caption><tfoot><tr><td colspan='3'>Hors taxes"
        "</tfoot><thead><tr><th rowspan='2'>Engin<th colspan='2'>Tarif<tr><th>Jour<th>Nuit</thead>"
        "<tr><td rowspan='0'>Camion<td>9<td>7<tr><td>8<td>6<tr hidden><td>1<td>2</table>"
    )
    assert list(by_portion(found).values()) == [
        "Péages de 2031",
        "Engin | Tarif | Tarif",
        "Engin | Jour | Nuit",
        "Camion | 9 | 7",
        "Camion | 8 | 6",
        "Hors taxes",
    ]


def test_pictures_and_formulas_leave_a_doubt_and_ornaments_do_not() -> None:
    found = read(
        "<h1>Note</h1><p>Voir le plan <img src='plan.png'>.</p><p>Un texte <img alt=''>.</p>"
        "<p>Le prix est <math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>.</p>"
        "<p>Un autre.</p><figure><img src='carte.png' alt='Carte'></figure>"
    )
    assert [len(passage.doubts) for passage in found.passages] == [1, 0, 1, 1]
    assert found.passages[2].text == "Le prix est a/2."


def test_lists_are_numbered_by_their_style_and_count_down_where_they_say_so() -> None:
    found = read(
        "<style>ol.l { list-style-type: lower-roman }</style><h1>Note</h1><p>Début :</p>"
        "<ol class='l'><li>un<li>deux</ol><p>Fin :</p><ol reversed><li>deux<li>un</ol>"
    )
    assert list(by_portion(found)) == ["par_1", "pnt_i", "pnt_ii", "par_2", "pnt_2", "pnt_1"]


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "UNICODE-1-1-UTF-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "unknown-charset"),
        ("cp1252", ""),
        ("iso-8859-15", "iso-8859-15"),
        ("utf-16", ""),
    ],
)
def test_the_character_set_comes_from_the_bytes_then_from_the_page(
    charset: str, declared: str
) -> None:
    text = f"<html><meta http-equiv=x content='charset={declared}'><p>L’œuvre coûte 5 €.</p><p>Fin"
    if charset == "iso-8859-15":
        text = text.replace("’", "'")
    found = page(text.encode(charset))
    assert found.title.replace("'", "’") == "L’œuvre coûte 5 €." or (
        found.passages[0].text.replace("'", "’") == "L’œuvre coûte 5 €."
    )


def test_the_date_comes_from_metadata_that_agrees() -> None:
    meta = "<meta name='DC.date' content='2013-03-18'>"
    assert (
        read("<h1>Accord</h1><p>Un texte.</p>", HEAD.replace("</head>", meta)).date == "2013-03-18"
    )
    other = meta + "<meta property='article:published_time' content='2020-01-01T10:00'>"
    assert read("<h1>Accord</h1><p>Un texte.</p>", HEAD.replace("</head>", other)).date == ""


@pytest.mark.parametrize("body", ["<div>" * 300 + "x", "<p>" + "a" * 11_000_000])
def test_a_page_that_the_parser_cuts_off_is_an_error(body: str) -> None:
    with pytest.raises(ReadError) as raised:
        read("<h1>Note</h1><p>Un texte.</p>" + body)
    assert "plain text" in raised.value.next_step


def test_no_external_entity_is_read(tmp_path: object) -> None:
    text = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><html><body>'
        "<p>Avant &x; après.</p><p>Fin.</p></body></html>"
    )
    found = page(text.encode())
    assert any("Avant &x; après." in text for text in (found.title, *by_portion(found).values()))


def test_a_page_that_says_that_it_is_none_is_told() -> None:
    gone = "<html><head><title>Page introuvable</title></head><body><p>Retour.</p></body></html>"
    here = "<html><head><title>Avis</title></head><body><p>Page lue par tous.</p></body></html>"
    warned = [read_html(page.encode()).warnings for page in (gone, here)]
    assert warned == [
        ("the page says that what was asked for is not there: check its address",),
        (),
    ]


@pytest.mark.parametrize("formula", ["Spa, le 3 mai 2031.", "Gedaan te Spa, 3 mei 2031."])
def test_the_final_formula_behind_a_line_break_is_none_of_the_last_article(formula: str) -> None:
    body = f"Article 1er. Le bac est clos.<br>Art. 2. Il est vert.<br>{formula}<br>Le maire"
    found = by_portion(read(f"<h1>Note</h1>{body}"))
    assert (found["art_2"], found["fnp.par_1"]) == ("Il est vert.", f"{formula}\nLe maire")


def test_a_date_behind_a_line_break_within_a_sentence_parts_nothing() -> None:
    (passage,) = read("<h1>Note</h1><p>Le bac part de<br>Spa, le 3 mai 2031.</p>").passages
    assert passage.text == "Le bac part de\nSpa, le 3 mai 2031."


def test_what_follows_a_line_break_and_opens_a_numbered_part_is_a_paragraph() -> None:
    found = read(
        "<h1>Note</h1><p>Art. 1. § 1. Le sel<sup><a href='#n'>2</a></sup> est sec.<br>§ 2. Il est "
        "dû par<br>la cave.<br>Art. 2. Le riz :<br>a) blanc ;<br>b) noir.</p>"
        "<p>Le chef,<br>A. Durand</p><ol start='2'><li id='n'>Fin.</li></ol>"
    )
    assert by_portion(found) == {
        "art_1.par_1": "Le sel est sec.",
        "art_1.par_2": "Il est dû par\nla cave.",
        "art_2": "Le riz :\nLe chef,\nA. Durand",  # the list has ended
        "art_2.pnt_a": "blanc ;",
        "art_2.pnt_b": "noir.",
    }
    assert [p.notes for p in found.passages[:2]] == [("Fin.",), ()]


def test_lines_whose_numbers_follow_one_another_are_points() -> None:
    found = read(
        "<h1>Note</h1><p>Ordre du jour<br>1. Le bac<br>du Rhin<br>2. Le quai<br>3. Divers</p>"
        "<p>Le secrétaire<br>A. Piret<br>B. Henin</p><p>Il en coûte<br>12. C’est peu</p>"
    )
    assert by_portion(found) == {
        "par_1": "Ordre du jour",
        "pnt_1": "Le bac\ndu Rhin",
        "pnt_2": "Le quai",
        "pnt_3": "Divers",
        "pnt_3.par_2": "Le secrétaire\nA. Piret\nB. Henin",
        "pnt_3.par_3": "Il en coûte\n12. C’est peu",
    }


def test_a_term_and_what_it_means_are_one_paragraph() -> None:
    found = read(
        "<h1>Note</h1><dl><dt>sel</dt><dd>un grain ;</dd><dt>riz</dt><dt>riz noir</dt>"
        "<dd>une herbe.</dd><dt>pain</dt><dd><p>de blé.</p></dd></dl>"
    )
    assert list(by_portion(found).values()) == [
        "sel\nun grain ;", "riz\nriz noir\nune herbe.", "pain\nde blé.",
    ]  # fmt: skip


def test_words_of_preformatted_text_are_read_as_they_are_shown() -> None:
    found = read(
        "<h1>Note</h1><pre>Art. 1. Le sel est <del>gris</del> blanc,\nen sacs de 10<sup>2</sup> g."
        "\n\nArt. 2. Le riz<sup><a href='#n'>1</a></sup> est sec.<span hidden> Ou non.</span>\n"
        "</pre><p id='n'>1. Rond.</p>"
    )
    assert by_portion(found) == {
        "art_1": "Le sel est blanc, en sacs de 10² g.",
        "art_2": "Le riz est sec.",
    }
    assert [len(p.doubts) for p in found.passages] == [1, 0]
    assert [p.notes for p in found.passages] == [(), ("Rond.",)]
    assert [warning.partition(":")[0] for warning in found.warnings] == [
        "left out, struck out", "left out, hidden",
    ]  # fmt: skip


@pytest.mark.parametrize("style", ["white-space: pre-line", "white-space:pre-wrap"])
def test_line_breaks_of_the_file_that_the_style_shows_are_breaks(style: str) -> None:
    text = "Art. 1. Le four\nest clos.\nArt. 2. Sont exclus :\n1° le pain;\n2° le riz."
    assert by_portion(read(f"<h1>Note</h1><div style='{style}'><b>{text}</b></div>")) == {
        "art_1": "Le four\nest clos.",
        "art_2": "Sont exclus :",
        "art_2.pnt_1": "le pain;",
        "art_2.pnt_2": "le riz.",
    }
    normal = f"<div style='{style}'><p style='white-space:normal'>Le four\nest clos.</p></div>"
    assert by_portion(read(f"<h1>Note</h1>{normal}")) == {"par_1": "Le four est clos."}


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<p style='white-space: pre-wrap'>{}</p>", True),
        ("<div style='white-space-collapse:preserve'><p>Note.</p><p>{}</p></div>", True),
        ("<style>.t {{ white-space: break-spaces }}</style><div class='t'><b>{}</b></div>", True),
        ("<p style='white-space: pre-line'>{}</p>", False),  # a browser shows no columns
    ],
)
def test_columns_that_spaces_make_are_a_table_where_a_style_shows_them(
    page: str, kept: bool
) -> None:
    table = "Four       hiver     été\nà pain                8\nà tuiles   5         7"
    rows = ["Four | hiver | été", "à pain | | 8", "à tuiles | 5 | 7"]
    found = read(f"<h1>Note</h1><p>Art. 1. Le prix est fixé.</p>{page.format(table)}")
    lines = found.passages[0].text.split("\n")[-3:]
    assert lines == (rows if kept else ["Four hiver été", "à pain 8", "à tuiles 5 7"])


@pytest.mark.parametrize("part", ["thead", "tbody", "tfoot"])
@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ("hidden", "hidden"),
        ("class='x'", "hidden"),
        ("style='text-decoration: line-through'", "struck out"),
    ],
)
def test_a_part_of_a_table_that_is_not_shown_is_left_out(
    part: str, shown: str, reason: str
) -> None:
    found = read(
        f"<style>.x {{ display: none }}</style><h1>Note</h1><table><{part} {shown}><tr><td>Sel<td>9"
        f"<tr><td>Riz<td>8</{part}><tbody><tr><td>Pain<td>7<tr><td>Miel<td>6</tbody></table>"
    )
    assert list(by_portion(found).values()) == ["Pain | 7", "Miel | 6"]
    assert found.warnings == (f"left out, {reason}: 1 place, 4 words (“Sel 9 Riz 8”)",)


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        ("@media (min-width: 600px) { .x { display: none } }", True),
        ("@media screen and (max-width: 37.5em) { .x { display: none } }", False),
        ("@media (600px <= width < 3000px) { .x { display: none } }", True),
        ("@media (width < 600px), (orientation: landscape) { .x { display: none } }", True),
        ("@media (prefers-color-scheme: dark) or (height > 9000px) {.x{display:none}}", False),
        ("@media not print { .x { display: none } }", True),
        ("@media print { .x { display: none } }", False),
        ("@supports (display: grid) { @media all { .x { text-decoration: line-through } } }", True),
        ("@supports not (display: grid) { .x { display: none } }", False),
        ("@layer base { .x { display: none } }", True),
        (".x { display: inline } @layer base { span.x { display: none } }", False),
        (
            "@layer a, b; @layer b { .x { display: none } } @layer a { .x { display: inline } }",
            True,
        ),
        ("@layer a { .x { display: none !important } } .x { display: inline !important }", True),
    ],
)
def test_rules_count_where_their_condition_holds_on_a_wide_screen(sheet: str, left: bool) -> None:
    found = read(f"<style>{sheet}</style><h1>Note</h1><p>Le sel <span class='x'>gris</span> cuit.")
    assert list(by_portion(found).values()) == ["Le sel cuit." if left else "Le sel gris cuit."]
    assert bool(found.warnings) == left


@pytest.mark.parametrize(
    "rules", ["p { span { display: none } }", "@container (width > 9em) { p { display: none } }"]
)
def test_rules_of_a_kind_that_is_not_read_are_told(rules: str) -> None:
    shown, hidden = (
        read(f"<style>{sheet}</style><h1>Note</h1><p>Le sel <span>gris</span>.")
        for sheet in (rules.replace("none", "block"), rules)
    )
    assert by_portion(hidden) == {"par_1": "Le sel gris."}
    assert (len(shown.warnings), len(hidden.warnings)) == (0, 1)


def test_style_sheets_of_other_files_are_told() -> None:
    links = "<link rel=stylesheet href=a.css><link rel='alternate stylesheet' href=b.css>"
    found = read("<h1>Note</h1><p>Un texte.</p>", HEAD.replace("</head>", links))
    assert found.warnings == (
        "style sheets in other files are not read, and what they hide or strike out is read as "
        "text: 1",
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("<span style='font-family:Symbol'>\u00b3</span> 18 ans", "≥ 18 ans"),
        ("<font face='Symbol'>\u00a3</font> 65 ans", "≤ 65 ans"),
        ("<span style='font:12.0pt Wingdings'>þ</span> oui", "☑ oui"),
        (
            "<i style='font-family:\"Wingdings\",serif'>x<b style='font:7.0pt Arial'> o</b></i>",
            "☒ o",
        ),
        ("<span style='font-family:Symbola'>x</span> non", "x non"),
    ],
)
def test_signs_of_the_fonts_of_word_are_what_they_show(words: str, text: str) -> None:
    assert list(by_portion(read(f"<h1>Note</h1><p>Choix : {words}.")).values()) == [
        f"Choix : {text}."
    ]


def test_a_sign_that_no_table_knows_is_lost_and_told() -> None:
    found = read("<h1>Note</h1><p>Un <span style='font-family:Wingdings'>b</span> sec.")
    assert "n’a pas pu être lu" in found.passages[0].doubts[0].fr


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        ("list-style-type: lower-greek", ["α)", "β)"]),
        ("list-style: square inside", ["–", "–"]),
        ("list-style: url('puce.png') circle", ["–", "–"]),
        ("list-style-type: '§ '", ["§", "§"]),
    ],
)
def test_items_of_a_list_have_the_sign_that_their_style_gives(
    style: str, labels: list[str]
) -> None:
    found = read(f'<h1>Note</h1><p>Art. 1. Entrent :</p><ol style="{style}"><li>le sel<li>le riz')
    words = zip(labels, ("le sel", "le riz"), strict=True)
    assert by_portion(found)["art_1"].split("\n")[1:] == [f"{a} {b}" for a, b in words]


def test_after_z_come_two_letters_and_items_may_have_a_style_of_their_own() -> None:
    items = "<ul><li style='list-style-type: decimal'>un</ul><ol type=a start=26><li>z<li>zz</ol>"
    found = read(f"<h1>Note</h1><p>Début :</p>{items}")
    assert by_portion(found)["pnt_1"] == "un"
    assert [text for text in by_portion(found).values() if "zz" in text] == ["aa) zz"]


def test_a_form_of_numbers_that_is_not_known_is_told() -> None:
    found = read("<h1>Note</h1><ol style='list-style-type: armenian'><li>un<li>deux</ol>")
    assert found.warnings == (
        "the style sheets add words or numbers of their own, which are not read",
    )


def test_letters_of_a_list_within_a_list_have_no_dash() -> None:
    found = read(
        "<h1>Note</h1><p>Art. 1. Entrent :</p><ol><li>le sel :<ol type=a><li>fin;<li>gros;</ol>"
        "<li>le riz.</ol><h2>Suite</h2><ul><li>pain<ul><li>A. Roy<li>b) noir</ul></ul>"
    )
    texts = list(by_portion(found).values())
    assert "le sel :\na) fin;\nb) gros;" in texts
    assert any(text.endswith("– A. Roy\nb) noir") for text in texts)


def test_an_article_with_a_raised_figure_is_one_of_its_own() -> None:
    found = read(
        "<h1>Note</h1><p>Art. 3. Le sel.</p><p>Art. 3<sup>1</sup>. Le riz.</p>"
        "<h2>Art. 4</h2><p>Le pain<sup>2</sup>.</p>"
    )
    assert by_portion(found) == {"art_3": "Le sel.", "art_3-1": "Le riz.", "art_4": "Le pain²."}
    assert found.passages[1].headings == ("Art. 3¹",)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Art. 3. Le sel.", {"art_3": "Le sel.", "art_3-1": "Le riz, 10 sacs."}),
        ("Art. 2. Le sel.", {"art_2": "Le sel.", "art_3": "Le riz, 10 sacs."}),
    ],
)
def test_a_raised_figure_behind_the_number_of_an_article_is_a_note_where_it_inserts_none(
    first: str, expected: dict[str, str]
) -> None:
    found = read(
        f"<h1>Note</h1><p>{first}</p><p>Art. 3<sup>1</sup>. Le riz, 10<sup>(1)</sup> sacs.</p>"
        "<p>Art. 4. Le pain, 10<sup>(7)</sup> sacs.</p><p>(1) Hors taxes.</p>"
    )
    assert by_portion(found) == expected | {"art_4": "Le pain, 10⁽⁷⁾ sacs."}
    assert [p.notes for p in found.passages] == [(), ("Hors taxes.",), ()]


def test_comments_and_what_stands_on_each_page_are_told() -> None:
    found = read(
        "<div title='header'><p>Ville – projet</p></div><h1>Note</h1><p>Le sel est "
        "<a style='mso-comment-reference:AB_1'>gris</a><span class=MsoCommentReference>"
        "<a class=msocomanchor href='#_msocom_1'>[AB1]</a></span>.</p>"
        "<div><div class=msocomtxt id='_com_1'><p class=MsoCommentText>Vraiment ?</p></div></div>"
        "<div title='footer'><p>Page 1</p></div>"
    )
    assert list(by_portion(found).values()) == ["Le sel est gris."]
    assert found.warnings == (
        "left out, headers and footers of pages: 2 places, 5 words (“Ville – projet”; “Page 1”)",
        "left out, comments: 2 places, 3 words (“[AB1]”; “Vraiment ?”)",
    )


def test_a_template_that_is_shown_at_once_is_read() -> None:
    hosted = "<p>Le riz.</p><template shadowrootmode='open'><p>Le sel.</p>{}</template>"
    found = read(f"<h1>Note</h1><div>{hosted.format('')}</div><template><p>Rien.</p></template>")
    assert list(by_portion(found).values()) == ["Le riz.", "Le sel."]
    assert found.warnings == ()
    (warning,) = read(f"<h1>Note</h1><div>{hosted.format('<slot></slot>')}</div>").warnings
    assert "changes the order" in warning


ROLES = (
    "<div role=table><div role=rowgroup>"
    "<div role=row><div role=columnheader>Engin</div><div role=columnheader>Jour</div>"
    "<div role=columnheader>Nuit</div></div></div><div role=row hidden><i role=cell>Char</i></div>"
    "<div role=row><span role=rowheader>Camion</span> <span role=cell></span> "
    "<span role=cell>7</span></div></div>"
)
CELLS = "".join(f"<div>{words}</div>" for words in ("Engin", "Jour", "Nuit", "Camion", "", "7"))


@pytest.mark.parametrize(
    "table",
    [
        ROLES,
        "<style>.t{display:table} .t>*{display:table-row} .t>*>*{display:table-cell}</style>"
        "<div class=t><p><b>Engin</b><b>Jour</b><b>Nuit</b></p><p><b>Camion</b><b></b><b>7</b></p>"
        "</div>",
        f"<div style='display:grid;grid-template-columns:2fr repeat(2, 1fr)'>{CELLS}</div>",
        "<div style='display:grid;grid-template-columns:auto minmax(1px, 1fr) 30%'>"
        f"<div hidden>x</div>{CELLS}</div>",
        "<style>.r {display: flex}</style><div><div class=r><b hidden>x</b><span>Engin</span>"
        "<div>Jour</div><div>Nuit</div></div><div class=r><span>Camion</span><div></div>"
        "<div>7</div></div></div>",
    ],
)
def test_what_is_drawn_as_a_table_is_read_by_rows(table: str) -> None:
    found = read(f"<h1>Note</h1>{table}<p>Fin.</p>")
    assert list(by_portion(found).values()) == ["Engin | Jour | Nuit", "Camion | | 7", "Fin."]
    assert bool(found.warnings) == ("hidden" in table)


@pytest.mark.parametrize(
    "page",
    [
        "<div style='display:grid;grid-template-columns:1fr 1fr'><div><p>Le sel.</p></div>"
        "<div><p>Le riz.</p></div><div><p>Le pain.</p></div><div><p>Le miel.</p></div></div>",
        "<div style='display:grid;grid-template-columns:repeat(auto-fill, 9em)'><div>Le sel.</div>"
        "<div>Le riz.</div><div>Le pain.</div><div>Le miel.</div></div>",
        "<style>.r {display: flex}</style><div><div class=r><div>Le sel.</div></div>"
        "<div class=r><div>Le riz.</div><div>Le pain.</div></div><div>Le miel.</div></div>",
        "<style>.r {display: flex; flex-direction: column}</style><div><div class=r>"
        "<div>Le sel.</div><div>Le riz.</div></div><div class=r><div>Le pain.</div>"
        "<div>Le miel.</div></div></div>",
        "<div role=table><div role=row><h2 role=cell>Le sel.</h2></div>Le riz.<p>Le pain.</p>"
        "Le miel.</div>",
    ],
)
def test_columns_of_a_page_are_no_table(page: str) -> None:
    found = read(f"<h1>Note</h1>{page}")
    shown = {text for p in found.passages for text in (*p.headings, p.text)}
    assert shown >= {"Le sel.", "Le riz.", "Le pain.", "Le miel."}
    assert not any("|" in text for text in shown)


def test_bars_are_pictures_and_a_fraction_is_raised_and_lowered() -> None:
    found = read(
        "<h1>Note</h1><p>Fait : <progress value=3 max=10>3/10</progress>.</p>"
        "<p>Soit 1<sup>3</sup>/<sub>4</sub> kg.</p>"
    )
    assert list(by_portion(found).values()) == ["Fait : .", "Soit 1³/₄ kg."]
    assert [len(p.doubts) for p in found.passages] == [1, 0]


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (":root { --Barre: line-through } .x { text-decoration: var(--Barre) }", "struck out"),
        (".x { --a: var(--b, none); display: var( --a ) }", "hidden"),
        (".x { display: var(--rien, none) !important }", "hidden"),
        (":root { --c: 255 } .x { color: rgb(var(--c), 255, 255) }", "of the colour"),
        (".x { --a: var(--a); display: var(--a) }", ""),
        (":root { --barre: line-through } .x { text-decoration: var(--Barre) }", ""),
    ],
)
def test_variables_of_a_style_have_their_values(sheet: str, reason: str) -> None:
    found = read(f"<style>{sheet}</style><h1>Note</h1><p>Le four.</p><p class='x'>Le pain.</p>")
    assert list(by_portion(found).values()) == ["Le four.", *([] if reason else ["Le pain."])]
    assert [w.startswith(f"left out, {reason}") for w in found.warnings] == [True] * bool(reason)


@pytest.mark.parametrize(("style", "shown"), [("", False), ("style='display: block'", True)])
def test_a_popover_is_closed_unless_its_style_shows_it(style: str, shown: bool) -> None:
    found = read(f"<h1>Note</h1><p>Le four.</p><div popover {style}><p>Le pain.</p></div>")
    assert ("Le pain." in by_portion(found).values()) is shown
    assert bool(found.warnings) is not shown


@pytest.mark.parametrize(
    "columns",
    [
        "<col><col style='visibility: collapse'>",
        "<colgroup><colgroup class='x'>",
        "<colgroup><col></colgroup><colgroup class='x'><col></colgroup>",
    ],
)
def test_a_column_that_is_not_shown_is_left_out(columns: str) -> None:
    found = read(
        f"<style>.x {{ visibility: collapse }}</style><h1>Note</h1><table>{columns}"
        "<tr><th>Four<th>Avant<th>Prix<tr><td colspan=2>Grand<td>9<tr><td>Petit<td>4<td>7</table>"
    )
    assert "\n".join(by_portion(found).values()).split("\n") == [
        "Four | | Prix", "Grand | Grand | 9", "Petit | | 7",
    ]  # fmt: skip
    assert found.warnings == ("left out, hidden: 2 places, 2 words (“Avant”; “4”)",)


@pytest.mark.parametrize(
    ("cells", "doubted"),
    [
        ("<td>Pain<br>Miel<br>Sel<td>5<br><br>7", True),
        ("<td><p>Pain<p>Miel<td><p>5<p>&nbsp;", True),
        ("<td><p>Pain<p>Miel<td><p>5<p>7", True),
        ("<td>Pain<br>Miel<td>5", False),
        ("<td>Pain<br><td>5<br>", False),
    ],
)
def test_lines_of_cells_that_belong_together_leave_a_doubt(cells: str, doubted: bool) -> None:
    found = read(f"<h1>Note</h1><table><tr><th>Quoi<th>Prix<tr>{cells}</table>")
    assert any(LINES in p.doubts for p in found.passages) is doubted


@pytest.mark.parametrize(
    "below",
    [
        "<p>Art. 2. La digue est d'argile.</p>",
        "<!doctype html><html><head><title>Suite</title></head><body>"
        "<p>Art. 2. La digue est d'argile.</p></body></html>",
    ],
)
def test_what_stands_below_the_end_of_a_page_is_read(below: str) -> None:
    first = "<html><body><p>Art. 1. La digue est haute.</p></body></html>"
    assert by_portion(page(f"{first}\n{below}".encode())) == {
        "art_1": "La digue est haute.",
        "art_2": "La digue est d'argile.",
    }


def test_words_that_xhtml_keeps_from_its_parser_are_read() -> None:
    words = "<p>Art. 1. La digue <![CDATA[< 3 m & sèche]]> est basse.</p>"
    for start, read_as in (("<?xml version='1.0'?>", "< 3 m & sèche "), ("", "")):
        assert by_portion(page(f"{start}<html><body>{words}</body></html>".encode())) == {
            "art_1": f"La digue {read_as}est basse."
        }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("<span lang='nl'>Het zand van de dijk wordt nat.</span>", True),
        ("<i lang='nl-BE'>Het dijkrecht van de polder</i>", True),
        ("<i lang='nl'>Staatsblad</i>", False),
        ("<span lang='nl'>La digue est dans le polder.</span>", False),
        ("<i lang='en'>the rule of law</i>", False),
    ],
)
def test_words_in_another_language_within_a_paragraph_are_told(words: str, told: bool) -> None:
    text = f"<html lang='fr'><body><p>Art. 1. La digue est d'argile. {words}</p></body></html>"
    (warning,) = page(text.encode()).warnings or ("",)
    assert warning.startswith("words in another language within a paragraph: 1 (“") is told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>La digue<span style='float:left'>12</span> est haute.</p>", True),
        ("<p>La digue <span style='position:absolute;left:9em'>(2031)</span>est haute.</p>", True),
        (
            "<p style='position:absolute;top:9em'>Elle est d'argile.</p>"
            "<p style='position:absolute;top:1em'>La digue est haute.</p>",
            True,
        ),
        ("<p><span style='float:left'>L’</span>eau monte.</p>", False),
        ("<p>m<sup style='position:absolute'>2</sup></p>", False),
        ("<div style='float:left'>La digue est haute.</div>", False),
        ("<p>La digue<span style='position:absolute;clip:rect(0,0,0,0)'>12</span>.</p>", False),
    ],
)
def test_words_that_a_style_puts_elsewhere_are_told(body: str, told: bool) -> None:
    found = read(body).warnings
    assert any("changes the order" in warning for warning in found) is told


@pytest.mark.parametrize(
    ("style", "heading"),
    [
        (".n, .t { display: block }", "Article 4 Péage"),
        (".n { margin-right: 12px }", "Article 4 Péage"),
        (".t { padding-inline-start: .5em }", "Article 4 Péage"),
        (".n { display: inline-block; min-width: 6em }", "Article 4 Péage"),
        (".n { float: left }", "Article 4 Péage"),
        ("h2 { display: flex; justify-content: space-between }", "Article 4 Péage"),
        (".n::after { content: ' – ' }", "Article 4 – Péage"),
        (".t:before { content: '– ' }", "Article 4 – Péage"),
        ("", "Article 4 Péage"),  # the sheet stands in another file
    ],
)
def test_words_that_a_style_sets_apart_are_not_glued(style: str, heading: str) -> None:
    found = read(
        f"<style>{style}</style><h2><span class='n'>Article 4</span><span class='t'>Péage</span>"
        "</h2><p>Le passage de l’écluse coûte 9 euros.</p>"
    )
    assert by_portion(found) == {"art_4": "Le passage de l’écluse coûte 9 euros."}
    assert found.passages[0].headings == (heading,)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<span style='margin:0 2px'>L</span>e lac", "Le lac"),
        ("<span style='float:left; padding-right:1em'>L</span>e lac", "Le lac"),
        ("l’<a style='padding:0 1em'>arrêté</a>, et", "l’arrêté, et"),
        ("Art. 5<b>bis</b> du code", "Art. 5bis du code"),
        ("<b>1</b>.500 euros", "1.500 euros"),
        ("cinq<b style='margin:0 1em 0'>sacs</b>de sel", "cinq sacs de sel"),
        ("<b style='padding:1em 0 2em'>L</b>e lac", "Le lac"),
        ("<b>12.</b>500 euros", "12.500 euros"),
        ("<b>1</b>Quai", "1Quai"),
        (
            "de <i style='padding-left:4px'>7</i><i style='margin-left:.3em'>heures</i>",
            "de 7 heures",
        ),
        ("Lac.<span style='display:block'>Source : Spa</span>", "Lac.\nSource : Spa"),
    ],
)
def test_words_are_apart_where_a_browser_shows_a_gap_and_nowhere_else(body: str, text: str) -> None:
    (passage,) = read(f"<p>{body}</p>").passages
    assert passage.text == text


@pytest.mark.parametrize(
    ("style", "row"),
    [
        ("", "<p><span class='n'><span>{}</span></span><span>{}</span></p>"),
        (".n {{ width: 3em; display: inline-block }}", "<p><b class='n'>{}</b>{}</p>"),
        (".r {{ display: flex }}", "<div class='r'><div class='n'>{}</div><div>{}</div></div>"),
        (
            ".r {{ display: grid; grid-template-columns: 3em auto }}",
            "<div class='r'><span>{}</span><span>{}</span></div>",
        ),
    ],
)
def test_a_number_in_an_element_of_its_own_is_that_of_the_words_behind_it(
    style: str, row: str
) -> None:
    words = [
        ("1.", "De sluis is open."), ("2.", "Verboden zijn:"), ("a)", "vlotten;"),
        ("b)", "jetski’s."), ("3.", "De sluiswachter ziet toe."),
    ]  # fmt: skip
    rows = "".join(row.format(*part) for part in words)
    found = read(f"<style>{style.format()}</style><h1>Sluis van Lier</h1>{rows}")
    assert by_portion(found) == {
        "pnt_1": "De sluis is open.",
        "pnt_2": "Verboden zijn:",
        "pnt_2.pnt_a": "vlotten;",
        "pnt_2.pnt_b": "jetski’s.",
        "pnt_3": "De sluiswachter ziet toe.",
    }
    assert found.passages[3].lead == "Verboden zijn:"


def test_elements_that_a_style_makes_blocks_are_paragraphs() -> None:
    found = read(
        "<style>.k { display: block }</style><h1>Péniches</h1><div><a class='k'>Article 1</a>"
        "<b class='k'>Objet</b><span class='k'>Le quai est libre.</span></div>"
    )
    assert by_portion(found) == {"art_1": "Le quai est libre."}
    assert found.passages[0].headings == ("Article 1 – Objet",)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("b::after { content: ' :' }", "Prix : 5 euros"),
        ("b::after { content: '.'; visibility: hidden }", "Prix 5 euros"),
        ("b::after { content: '↗' }", "Prix 5 euros"),
        ("li::before { content: '• ' }", "Prix 5 euros"),
    ],
)
def test_signs_that_a_style_writes_between_words_are_read(rule: str, text: str) -> None:
    (passage,) = read(f"<style>{rule}</style><ul><li><b>Prix</b> 5 euros</li></ul>").passages
    assert passage.text == text


_HALVES = {
    "fr": "<h1>Charte du canal</h1><p>Le halage est libre sur les deux rives du canal.</p>",
    "nl": "<h1>Handvest van het kanaal</h1><p>Beide oevers van het kanaal zijn vrij.</p>",
}


@pytest.mark.parametrize(
    "body",
    [
        "<div class='f'><div lang='fr'>{fr}</div><section lang='nl-BE'>{nl}</section></div>",
        "<main lang='nl'>{nl}<article lang='fr'>{fr}</article></main>",
    ],
)  # fmt: skip
def test_a_page_that_marks_both_languages_is_read_as_two_texts(body: str) -> None:
    content = read_html(f"<html><body>{body.format(**_HALVES)}</body></html>".encode())
    french, dutch = (document(content, work="kanal", lang=lang) for lang in ("fr", "nl"))
    assert french.bilingual
    assert dutch.bilingual
    assert (french.title, dutch.title) == ("Charte du canal", "Handvest van het kanaal")
    assert by_portion(french) == {"par_1": "Le halage est libre sur les deux rives du canal."}
    assert by_portion(dutch) == {"par_1": "Beide oevers van het kanaal zijn vrij."}


def test_what_stands_beside_the_parts_in_two_languages_belongs_to_both_and_is_told() -> None:
    halves = "".join(f"<div lang='{lang}'>{text}</div>" for lang, text in _HALVES.items())
    table = "<table><tr><th>Adres / Adresse</th><td>Quai 3 Kaai</td></tr>"
    table += "<tr><th>Nr. / N°</th><td>12</td></tr></table>"
    content = read_html(
        f"<html lang='fr'><body><p>Kanaal – Canal</p>{halves}{table}"
        "<p>La carte des eaux est au quai.</p></body></html>".encode()
    )
    french, dutch = (document(content, work="kanal", lang=lang) for lang in ("fr", "nl"))
    assert "Adres / Adresse | Quai 3 Kaai" in by_portion(dutch).values()
    assert "Adres / Adresse | Quai 3 Kaai" in by_portion(french).values()
    assert list(by_portion(french).values())[-1] == "La carte des eaux est au quai."
    assert "La carte des eaux est au quai." not in by_portion(dutch).values()
    assert any("read in both: 3 (“Kanaal – Canal”)" in told for told in dutch.warnings)


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote lang='nl'>Het kanaal van de stad.</blockquote>",  # a quotation is no half
        "<div lang='nl'>Le canal est dans la ville, et la digue est sur l’autre rive.</div>",
    ],
)  # fmt: skip
def test_a_page_with_a_quotation_or_a_wrong_mark_is_one_text(quoted: str) -> None:
    found = page(
        f"<html lang='fr'><body><p>{'Le canal est sur la carte des eaux. ' * 4}</p>{quoted}"
        "</body></html>".encode()
    )
    assert not found.bilingual
    assert len(found.passages) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("<p lang='de'>Das Boot fährt.</p>", "parts that the page marks as of a third language"),
        ("<p>The boats of the canal carry their name.</p>", "look like neither French nor Dutch"),
        ("<p>Das Boot ist nicht im Hafen.</p>", "look like neither French nor Dutch"),
        ("<p>Le Club of the Canal est dans la ville.</p>", ""),
    ],
)
def test_words_in_a_third_language_are_told(words: str, told: str) -> None:
    text = f"<html lang='fr'><body><p>Le canal est ouvert.</p>{words}</body></html>"
    warnings = page(text.encode()).warnings
    assert any(told in warning for warning in warnings) if told else not warnings


@pytest.mark.parametrize(
    ("call", "notes"),
    [
        ("<sup>1</sup>", "<hr><p><sup>1</sup> Hors fêtes.<br><sup>2</sup> Par jour.</p>"),
        (
            "(<sup>1</sup>)",
            "<p>(<sup>1</sup>)&nbsp; Hors fêtes.</p><p>(<sup>2</sup>) Par jour.</p>",
        ),
        (
            "(<sup>1</sup>)",
            "<p>(<sup>1</sup>) Hors fêtes.</p><p>(<sup>2</sup>) Par jour.</p><h2>Annexe</h2>"
            "<p>Tarifs.</p>",
        ),
        (
            "<a href='#n1'>(1)</a>",
            "<table><tr><td id='n1'>(1)</td><td>Hors fêtes.</td></tr>"
            "<tr><td id='n2'>(2)</td><td>Par jour.</td></tr></table>",
        ),
    ],
)
def test_notes_in_each_form_go_to_the_words_that_call_them(call: str, notes: str) -> None:
    found = read(
        f"<h2>Quai</h2><p>Le quai est ouvert{call}.</p>"
        f"<p>Le péage est de 3 euros{call.replace('1', '2')}.</p>{notes}"
    ).passages
    assert [(p.text, p.notes) for p in found[:2]] == [
        ("Le quai est ouvert.", ("Hors fêtes.",)),
        ("Le péage est de 3 euros.", ("Par jour.",)),
    ]
    assert [p.text for p in found[2:]] in ([], ["Tarifs."])


@pytest.mark.parametrize(
    "body",
    [
        "<p>Voir le point <a href='#p1'>(1)</a>.</p><p id='p1'>(1) Le bac est plein.</p>",
        "<p>Il porte 12<sup>1</sup> et 14<sup>1</sup>.</p><p><sup>1</sup> Tonnes.</p><p>Fin.</p>",
    ],
)  # fmt: skip
def test_a_line_that_may_be_no_note_stays(body: str) -> None:
    assert all(not passage.notes for passage in read(f"<h2>Bac</h2>{body}").passages)


@pytest.mark.parametrize("number", ["<p class='c'>{}.</p>", "<p class='c'><b>{}.</b></p>"])
def test_a_number_alone_above_a_heading_is_that_of_the_heading(number: str) -> None:
    parts = [("I", "Écluses", "L’écluse est sûre."), ("II", "Quais", "Le quai est pavé.")]
    body = "".join(f"{number.format(n)}<p><b>{t}</b></p><p>{x}</p>" for n, t, x in parts)
    found = read(f"<h1>Charte</h1><p>Les communes décident ceci.</p>{body}")
    assert by_portion(found) == {
        "par_1": "Les communes décident ceci.",
        "sec_I.par_1": "L’écluse est sûre.",
        "sec_II.par_1": "Le quai est pavé.",
    }
    assert found.passages[2].headings == ("II. – Quais",)


def test_bold_words_in_brackets_below_a_title_head_nothing() -> None:
    found = read(
        "<p>1er mai 2031</p><p><b>Règlement du port</b></p><p><b>(Texte coordonné)</b></p>"
        "<p>Article 1. Le port est ouvert.</p>"
    )
    assert "(Texte coordonné)" not in found.passages[-1].headings
    assert by_portion(found)["art_1"] == "Le port est ouvert."


@pytest.mark.parametrize(
    ("first", "lead"),
    [
        ("<th>Lieu<td>Spa", ""),
        ("<th>Lieu<th>Prix", "Lieu | Prix"),
        ("<td>Lieu<td>Prix", "Lieu | Prix"),
        ("<th><td>Prix", "| Prix"),
    ],
)
def test_a_first_row_whose_label_alone_is_marked_heads_no_columns(first: str, lead: str) -> None:
    found = read(f"<h1>Note</h1><table><tr>{first}<tr><th>Grade<td>Chef</table>").passages
    assert [passage.lead for passage in found] == ["", lead]


@pytest.mark.parametrize(
    "style", ["display: flex", "display: grid; grid-template-columns: 8em 1fr"]
)
def test_rows_that_a_style_draws_among_other_blocks_are_rows(style: str) -> None:
    rows = "".join(
        f"<div class=r><{tag}>{label}</{tag}><span>{price}</span></div>"
        for tag, label, price in (("b", "Four", "5 euros"), ("div", "Sel", "gratuit"))
    )
    body = f"<style>.r {{{style}}}</style><h2>Tarif</h2><p>Les prix :</p>{rows}<p>Fin.</p>"
    texts = [p.text for p in read(body).passages]
    assert texts == ["Les prix :", "Four | 5 euros", "Sel | gratuit", "Fin."]


def test_numbers_beside_their_words_make_no_rows() -> None:
    rows = "".join(
        f"<div class=r><div>{n}.</div><div>Le {w} part.</div></div>"
        for n, w in ((1, "bac"), (2, "quai"))
    )
    found = read(f"<style>.r {{display: flex}}</style><h2>Bac</h2><p>Or :</p>{rows}<p>Fin.</p>")
    assert [p.text for p in found.passages][1:3] == ["Le bac part.", "Le quai part."]


def test_what_a_term_means_begins_on_its_line_whatever_list_follows() -> None:
    found = read(
        "<h1>Note</h1><p>Les mots.</p><dl><dt>sac</dt><dd><p>on y met :</p><ul><li>le sel ;</li>"
        "<li>le riz.</li></ul></dd><dt>caisse</dt><dd><p>en bois ;</p><p>elle est vide.</p></dd>"
        "<dt>bac</dt><dd><ul><li>vert</li></ul></dd></dl>"
    )
    assert list(by_portion(found).values()) == [
        "Les mots.", "sac\non y met :", "le sel ;", "le riz.",
        "caisse\nen bois ;", "elle est vide.", "bac", "vert",
    ]  # fmt: skip


def test_items_with_capital_letters_have_no_dash_before_them() -> None:
    found = read(
        "<h1>Note</h1><h2>Article 1er</h2><p>Le sel est pesé.</p><ol type='A' start='3'>"
        "<li>Le sac est fermé.</li><li>Il est noué.</li><li value='7'>Il est vide.</li>"
        "<li>Il est sec.</li></ol><h2>Article 2</h2><p>Parlent&nbsp;:</p>"
        "<ul><li>M. Dubois ;</li><li>C. Petit.</li></ul>"
    )
    assert by_portion(found)["art_1"].split("\n")[1:] == [
        "C. Le sac est fermé.", "D. Il est noué.", "G. Il est vide.", "H. Il est sec.",
    ]  # fmt: skip
    assert by_portion(found)["art_2"] == "Parlent :\n– M. Dubois ;\n– C. Petit."


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Sjabloon verslag", "Verslag van de raad van 3 mei 2031"),  # of the template
        ("Verslag van de raad van 3 mei 2031 | Stad", "Verslag van de raad van 3 mei 2031"),
        ("Het verslag van de kade", "Het verslag van de kade"),  # stands in the text
    ],
)
def test_the_name_of_a_page_is_its_title_where_it_is_seen_or_has_its_words(
    name: str, title: str
) -> None:
    found = page(
        f"<html><head><title>{name}</title><style>.t{{font-size:20pt}}</style></head><body>"
        "<p class='t'>Verslag van de raad van 3 mei 2031</p><p>Het verslag van de kade.</p>"
        "<h1>1. Kade</h1><p>De kade wordt gesloten voor het verkeer.</p>"
        "<h1>2. Veer</h1><p>Het veer vaart om de dag.</p></body></html>".encode()
    )
    assert found.title == title


def test_lines_of_a_paragraph_that_begin_with_signs_are_items() -> None:
    found = read(
        "<h1>Note</h1><p>Il faut :</p><p>• du sel ;<br>• des sacs :"
        "<br>&nbsp; – grands ;<br>– vides.</p><p>Le quai est :<br>- long ;<br>- large.</p>"
    )
    assert by_portion(found) == {
        "par_1": "Il faut :", "blt_1": "du sel ;", "blt_2": "des sacs :", "blt_2.blt_1": "grands ;",
        "blt_2.blt_2": "vides.", "par_2": "Le quai est :\n- long ;\n- large.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("<div><a href='/'>Accueil</a> | <a href='/plan'>Plan</a></div>", True),
        ("<div>Voir <a href='/'>le plan</a> et <a href='/prix'>le tarif</a>.</div>", False),
    ],
)
def test_a_line_of_links_alone_is_told(line: str, told: bool) -> None:
    found = read(f"{line}<h1>Note</h1><p>Le pont est ouvert.</p>")
    assert any("lines of links" in warning for warning in found.warnings) is told


@pytest.mark.parametrize(
    "trail",
    [
        "<ol class='breadcrumb'><li><a href='/'>Accueil</a></li><li>Le pont</li></ol>",
        "<div id='block-breadcrumbs'><a href='/'>Accueil</a> › Le pont</div>",
        "<ul itemscope itemtype='https://schema.org/BreadcrumbList'><li>Accueil</li></ul>",
        "<div role='alertdialog'><p>Ce site a des cookies.</p><button>Oui</button></div>",
        "<div style='position:fixed;bottom:0'><p>Ce site a des cookies.</p></div>",
    ],
)
def test_the_way_to_a_page_and_what_lies_over_it_are_left_out_and_told(trail: str) -> None:
    text = "Le pont est ouvert de l’aube à la nuit, et fermé le dimanche toute la journée."
    found = read(f"{trail}<h1>Note</h1><p>{text}</p><p>Il est gratuit.</p>")
    assert list(by_portion(found).values()) == [text, "Il est gratuit."]
    assert any(warning.startswith("left out, ") for warning in found.warnings)


def test_a_page_whose_text_lies_in_a_box_over_it_is_read() -> None:
    found = read("<div style='position:fixed'><h2>Note</h2><p>Le pont est ouvert.</p></div>")
    assert "Le pont est ouvert." in by_portion(found).values()


@pytest.mark.parametrize("number", ["", "<span>1.</span> "])
@pytest.mark.parametrize("box", ["<ul>{}</ul>", "<div><h2>Sommaire</h2><ul>{}</ul></div>"])
def test_a_list_of_links_to_the_headings_of_a_page_is_its_table_of_contents(
    number: str, box: str
) -> None:
    links = f"<li><a href='#a'>{number}Le pont</a></li><li><a href='#b'>{number}Le quai</a></li>"
    found = read(
        f"<h1>Note</h1><p>En bref</p>{box.format(links)}<h2 id='a'>Le pont</h2><p>Il est haut.</p>"
        "<h2 id='b'>Le quai</h2><p>Il est bas.</p>"
    )
    assert list(by_portion(found).values()) == ["En bref", "Il est haut.", "Il est bas."]
    assert any("left out, table of contents" in warning for warning in found.warnings)


def test_a_list_of_links_whose_words_stand_nowhere_else_is_read() -> None:
    found = read(
        "<h1>Note</h1><p>Voici.</p><ul><li><a href='#a'>Le pont</a></li><li><a href='#b'>Le quai"
        "</a></li></ul><p id='a'>Il est haut.</p><p id='b'>Il est bas.</p>"
    )
    assert "Le quai" in by_portion(found).values()


def test_numbers_that_a_style_counts_are_those_of_the_items() -> None:
    """As Google Docs saves a text: each level of a list is a list of its own."""
    style = (
        "<style>ol{list-style-type:none}ol.a.start{counter-reset:n 0}ol.b.start{counter-reset:m}"
        ".a>li,.b>li{margin:0}.a>li{counter-increment:n}.b>li{counter-increment:m}"
        '.a>li:before{content:"" counter(n,decimal) ". "}'
        ".b>li:before{content:counter(m, lower-latin) ') '}li.c{display:none}</style>"
    )
    found = read(
        f"{style}<h1>Note</h1><p>Il faut :</p><ol class='a start'><li>du sel ;</li>"
        "<li class='c'>de l’or</li><li>des sacs :</li></ol>"
        "<ol class='b start'><li>grands ;</li><li>vides.</li></ol>"
        "<ol class='a'><li>un quai.</li></ol><p>Ailleurs :</p>"
        "<ol class='a start'><li>rien.</li></ol>"
    )
    assert by_portion(found) == {
        "par_1": "Il faut :", "pnt_1": "du sel ;", "pnt_2": "des sacs :", "pnt_2.pnt_a": "grands ;",
        "pnt_2.pnt_b": "vides.", "pnt_3": "un quai.", "par_2": "Ailleurs :", "pnt_1(2)": "rien.",
    }  # fmt: skip
    assert not any("style sheets add" in warning for warning in found.warnings)


def test_numbers_within_numbers_and_words_that_a_style_counts_are_read() -> None:
    style = (
        "<style>body{counter-reset:art}h2{counter-increment:art}"
        "h2::before{content:'Article ' counter(art) '. '}"
        "ol{counter-reset:n;list-style:none}li{counter-increment:n}"
        "li::before{content:counters(n, '.') ' '}</style>"
    )
    found = read(
        f"{style}<h1>Note</h1><h2>Sel</h2><p>Il est gris.</p><h2>Quai</h2><ol><li>Le quai est long."
        "<ol><li>Il est haut.</li><li>Il est sec.</li></ol></li><li>Il est vide.</li></ol>"
    )
    assert found.passages[0].headings == ("Article 1. Sel",)
    assert by_portion(found) == {
        "art_1": "Il est gris.",
        "art_2.par_1": "Le quai est long.\n1.1 Il est haut.\n1.2 Il est sec.",
        "art_2.par_2": "Il est vide.",
    }


def test_numbers_that_a_style_counts_in_a_form_that_is_not_known_are_told() -> None:
    style = "<style>p::before{content:counter(n, hebrew) '. '}</style>"
    found = read(f"{style}<h1>Note</h1><p>Il est gris.</p>")
    assert any("style sheets add" in warning for warning in found.warnings)


@pytest.mark.parametrize(("call", "note"), [("<sup>(1)</sup>", "(1)"), ("<sup>1</sup>", "[1]")])
def test_a_raised_sign_calls_the_note_that_is_typed_below_its_table(call: str, note: str) -> None:
    found = read(
        "<h1>Note</h1><h2>Article 1er</h2><p>Les prix sont :</p><table><tr><td>Sel</td>"
        f"<td>4 euros{call}</td></tr><tr><td>Riz</td><td>6 euros</td></tr></table>"
        f"<p>{note} Sac compris.</p><h2>Article 2</h2><p>Il vaut un an.</p>"
    )
    assert list(by_portion(found)) == ["art_1", "art_2"]
    assert found.passages[0].notes == (f"{note} Sac compris.",)


def test_an_area_calls_no_note() -> None:
    found = read(
        "<h1>Note</h1><h2>Article 1er</h2><p>Le quai a 12 m<sup>2</sup>.</p>"
        "<p>(2) Il est haut.</p><h2>Article 2</h2><p>Il vaut un an.</p>"
    )
    assert found.passages[0].text.endswith("(2) Il est haut.")


def test_words_that_are_struck_out_as_a_whole_leave_no_doubt_on_the_next_ones() -> None:
    found = read("<h1>Note</h1><p>Un.</p><p><s>Deux.</s></p><p>Trois.</p>")
    assert [p.doubts for p in found.passages] == [(), ()]
    assert any("struck out" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "label", ["<td><b>{}</b></td>", "<td style='font-weight:700'><p>{}</p></td>"]
)
def test_labels_in_bold_type_head_their_rows_and_no_column(label: str) -> None:
    rows = "".join(
        f"<tr>{label.format(name)}<td>{text}</td></tr>"
        for name, text in (("Demandeur", "Petit"), ("Objet", "Un quai"), ("Lieu", "Ath"))
    )
    found = read(f"<h1>Avis</h1><p>Voici.</p><table>{rows}</table>")
    assert [p.lead for p in found.passages] == ["", "", "", ""]


def test_a_head_in_bold_type_above_plain_cells_heads_its_columns() -> None:
    found = read(
        "<h1>Avis</h1><p>Voici.</p><table><tr><td><b>Lieu</b></td><td>Prix</td></tr>"
        "<tr><td>Ath</td><td>cinq</td></tr><tr><td>Mons</td><td>six</td></tr></table>"
    )
    assert found.passages[-1].lead == "Lieu | Prix"


def test_the_first_of_numbered_headings_is_no_title() -> None:
    found = read(
        "<p>Circulaire sur le quai</p><h1>I. Principes</h1><p>Le quai est libre.</p>"
        "<h2>II. Prix</h2><p>Il est gratuit.</p>",
        head="<html><head></head>",
    )
    assert found.title == "Circulaire sur le quai"
    assert [p.headings for p in found.passages] == [("I. Principes",), ("II. Prix",)]


def test_items_that_the_page_numbers_on_are_of_the_list_whatever_numbers_lack() -> None:
    found = read(
        "<h2>Art. 1.</h2><ol><li>le bac ;</li><li>la barque :<ol type=a><li>à rames ;</li></ol>"
        "</li><li value=5>le quai.</li></ol>"
    )
    assert list(by_portion(found)) == ["art_1.par_1", "art_1.par_2", "art_1.par_5"]


def test_raised_suffixes_of_more_words_are_of_the_number_of_the_article() -> None:
    found = read(
        "<h3>Art. 2<sup>vicies semel</sup></h3><p>Le bac.</p><h3>Art. 3</h3><p>Le quai.</p>"
    )
    assert list(by_portion(found)) == ["art_2unvicies", "art_3"]


def test_a_raised_dash_before_a_figure_is_a_minus() -> None:
    assert by_portion(read("<p>Le seuil est 10<sup>–6</sup> mol.</p>")) == {
        "par_1": "Le seuil est 10⁻⁶ mol."
    }


def test_words_with_the_end_of_a_sentence_within_are_no_title_of_an_article() -> None:
    found = read(
        "<h2>Article 1</h2><p>Le bac part à 8 heures. Horaire complet</p><p>Vu le 3 mai.</p>"
        "<h2>Article 2</h2><p>Le quai est fermé.</p>"
    )
    assert by_portion(found)["art_1"].startswith("Le bac part")


def test_a_paragraph_below_a_list_of_the_page_is_of_the_article_and_not_of_its_last_item() -> None:
    found = read(
        "<h2>Art. 1.</h2><ol><li>Le bac part.</li><li>Il revient.</li></ol>"
        "<p>Le passeur peut y déroger.</p><h2>Art. 2.</h2><p>Le quai.</p>"
    )
    assert by_portion(found)["art_1.par_2"] == "Il revient."
    assert "Le passeur peut y déroger." in by_portion(found)["art_1"]


def test_a_paragraph_between_two_parts_of_a_list_stays_with_the_item_above_it() -> None:
    found = read(
        "<h2>Art. 1.</h2><ol><li>Le bac part.</li></ol><p>Il fait nuit.</p>"
        "<ol start=2><li>Il revient.</li></ol>"
    )
    assert by_portion(found)["art_1.par_1"] == "Le bac part.\nIl fait nuit."


def test_another_list_right_below_one_is_none_of_its_last_item() -> None:
    found = read("<h2>Plan</h2><ol><li>le bac</li><li>le quai</li></ol><ul><li>la rive</li></ul>")
    assert list(by_portion(found)) == ["hdg_1.pnt_1", "hdg_1.pnt_2", "hdg_1.blt_1"]


FERRY = ["<p>Le bac coûte 5 euros<sup>1</sup>.</p>", "<p>Le quai 6 euros<sup>1</sup>.</p>"]
SAME = "<p>(1) Hors taxes.</p><p>(1) Par jour.</p>"


def test_notes_with_one_sign_go_to_their_calls_in_turn() -> None:
    found = read("<h1>Note</h1>" + "".join(FERRY) + SAME)
    assert [(p.text, p.notes, p.doubts) for p in found.passages] == [
        ("Le bac coûte 5 euros.", ("Hors taxes.",), ()),
        ("Le quai 6 euros.", ("Par jour.",), ()),
    ]


def test_where_calls_are_not_as_many_each_has_all_notes_with_its_sign_and_a_doubt() -> None:
    found = read("<h1>Note</h1>" + "".join([*FERRY, FERRY[0]]) + SAME)
    assert [p.notes for p in found.passages] == [("Hors taxes.\nPar jour.",)] * 3
    assert [p.doubts for p in found.passages] == [(SHARED_NOTES,)] * 3
    once = read("<h1>Note</h1>" + "".join([*FERRY, FERRY[0]]) + SAME[:25] * 2)
    assert [(p.notes, p.doubts) for p in once.passages] == [(("Hors taxes.",), ())] * 3


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ("<sup>1</sup>", "<p>(1) {}</p>"),
        ("<sup>1</sup>", "<p><sup>1</sup> {}</p>"),
        ("<sup>*</sup>", "<p>* {}</p>"),
        ("<sup><a href='#n1'>1</a></sup>", "<p id=n1>1. {}</p>"),
        ("<sup><a href='#n1'>1</a></sup>", "<ol><li id=n1>{}</li></ol>"),
        ("<sup><a href='#n1'>1</a></sup>", "<p><a name=n1>(1)</a> {}</p>"),
    ],
)
def test_notes_that_begin_again_in_each_part_go_to_the_calls_of_their_part(
    call: str, note: str
) -> None:
    parts = [("Quais", "Hors taxes."), ("Ponts", "Par jour."), ("Bacs", "En mai.")]
    found = read(
        "<h1>Note</h1>"
        + "".join(
            f"<h2>{title}</h2><p>Le prix{call} est de 5 euros.</p>{note.format(words)}"
            for title, words in parts
        )
        + "<p>Fin.</p>"
    )
    assert [(p.headings, p.text, p.notes) for p in found.passages] == [
        *((((title,), "Le prix est de 5 euros.", (words,))) for title, words in parts),
        (("Bacs",), "Fin.", ()),
    ]


def test_a_list_below_a_colon_in_each_part_is_no_list_of_notes() -> None:
    part = "<h2>Bacs</h2><p>Le prix<sup>1</sup> comprend :</p><p>(1) le sel.</p>"
    found = read(f"<h1>Note</h1>{part}{part}<p>Fin.</p><p>(1) Hors taxes.</p>")
    assert [p.text for p in found.passages].count("le sel.") == 2
    assert [p.notes for p in found.passages if p.notes] == [("Hors taxes.",)] * 2


@pytest.mark.parametrize("link", ["<a href='#'>1</a>", "<a href='#' id=''>1</a>"])
def test_a_link_to_nowhere_calls_no_note(link: str) -> None:
    found = read(f"<h1>Note</h1><p>Le bac part<sup>{link}</sup>.</p><ul><li>Le quai.</li></ul>")
    assert [(p.text, p.notes) for p in found.passages] == [("Le bac part¹.", ()), ("Le quai.", ())]


@pytest.mark.parametrize("around", ["<h1>T</h1>{}", "{}", "<h2>T</h2>{}"])
def test_words_after_an_empty_list_are_read(around: str) -> None:
    found = read(around.format("<ul><li><ul></ul>Le bac part.</li></ul>"))
    assert [p.text for p in found.passages][-1:] == ["Le bac part."]


@pytest.mark.parametrize(
    "heading",
    ["<h2>Tarif {}</h2>", "<h2>1. Tarif {}</h2>", "<h2>1.</h2><h2>Tarif {}</h2>",
     "<h2>Article 1er</h2><h3>Tarif {}</h3>", "<h2>Article 1er. Tarif {}</h2>"],
)  # fmt: skip
def test_a_doubt_of_a_heading_goes_with_the_words_below_it(heading: str) -> None:
    picture = "<img src='a.png' width='80' height='80'>"
    found = read("<h1>Note</h1>" + heading.format(picture) + "<p>Le bac part.</p><p>Fin.</p>")
    assert next(p for p in found.passages if "bac" in p.text).doubts == (PICTURE,)
    title = read(f"<h1>Note sur le bac {picture}</h1><p>Le bac part.</p><p>Fin.</p>")
    assert [p.doubts for p in title.passages] == [(PICTURE,), ()]

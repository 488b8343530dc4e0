from __future__ import annotations

import pytest

from sources.errors import ReadError
from sources.formats.html.reader import read_html
from sources.model import Document
from sources.structure.document import document

HEAD = (
    "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Plan | Site</title></head>"
)


def read(body: str, head: str = HEAD) -> Document:
    return page(f"{head}<body>{body}</body></html>".encode())


def page(data: bytes) -> Document:
    return document(read_html(data), work="plan", lang="fr")


def by_portion(document: Document) -> dict[str, str]:
    return {passage.anchor.portion: passage.text for passage in document.passages}


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
        "<h1>Note</h1><p hidden>a</p><p aria-hidden='true'>b</p><p style='display: none'>c</p>"
        "<div role='navigation'>d</div><!-- e --><p>Un texte.</p>"
    )
    assert by_portion(found) == {"par_1": "Un texte."}


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

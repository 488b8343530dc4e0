"""Pages that Word saved: headings, titles and tables of contents by the names of their styles."""

from __future__ import annotations

import pytest

from sources.anchor import Lang
from sources.formats.html.reader import read_html
from sources.model import Document
from sources.structure.document import document


def read(body: str, style: str = "", lang: Lang = "fr") -> Document:
    head = f"<head><title>Document1</title><style><!-- {style} --></style></head>"
    page = f"<html>{head}<body><div class=WordSection1>{body}</div></body></html>"
    return document(read_html(page.encode()), work="x", lang=lang)


def headed(found: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(p.headings, p.text) for p in found.passages]


LEVELS = "p.Partie {mso-outline-level:1} p.Volet {mso-outline-level:2}"


def test_the_level_that_a_style_sheet_gives_a_paragraph_makes_it_a_heading() -> None:
    found = read(
        "<p class=Partie>Les bacs</p><p class=MsoNormal>Le bac part à six heures.</p>"
        "<p class=Volet>Le passeur</p><p>Il est juré.</p>"
        "<p class=Partie>Les ponts</p><p style='mso-outline-level:body'>Le pont est neuf.</p>",
        LEVELS,
    )
    assert headed(found) == [
        (("Les bacs",), "Le bac part à six heures."),
        (("Les bacs", "Le passeur"), "Il est juré."),
        (("Les ponts",), "Le pont est neuf."),
    ]


@pytest.mark.parametrize("named", ["Titre", "Kop", "Heading", "MsoHeading"])
def test_paragraphs_in_the_styles_of_headings_are_headings(named: str) -> None:
    found = read(
        f"<p class={named}7>De veren</p><p>Het veer vaart om zes uur.</p>"
        f"<p class={named}7>De bruggen</p><p>De brug is nieuw.</p>",
        lang="nl",
    )
    assert headed(found) == [
        (("De veren",), "Het veer vaart om zes uur."), (("De bruggen",), "De brug is nieuw."),
    ]  # fmt: skip


def test_a_paragraph_in_the_style_of_a_title_is_the_title() -> None:
    found = read(
        "<p class=MsoTitle>Reglement op de veren</p><h1>De veren</h1><p>Het veer vaart.</p>"
        "<h1>De bruggen</h1><p>De brug is nieuw.</p>",
        lang="nl",
    )
    assert found.title == "Reglement op de veren"
    assert [p.headings for p in found.passages] == [("De veren",), ("De bruggen",)]


def test_the_first_heading_of_the_widest_level_is_the_title_where_it_is_larger() -> None:
    style = "h1 {font-size:18pt} p.Partie {mso-outline-level:1; font-size:11pt}"
    found = read(
        "<h1>Charte des bacs</h1><p class=Partie>Les bacs</p><p>Le bac part.</p>"
        "<p class=Partie>Les ponts</p><p>Le pont est neuf.</p>",
        style,
    )
    assert found.title == "Charte des bacs"
    assert [p.headings for p in found.passages] == [("Les bacs",), ("Les ponts",)]


def test_the_lines_of_a_table_of_contents_are_left_out_and_told() -> None:
    found = read(
        "<p class=MsoTocHeading>Inhoud</p><p class=MsoToc1>HOOFDSTUK 1. VEREN 1</p>"
        "<p class=MsoToc1>HOOFDSTUK 2. BRUGGEN 2</p>"
        "<p class=MsoNormal><b>HOOFDSTUK 1. VEREN</b></p><p>Artikel 1. Het veer vaart.</p>"
        "<p class=MsoNormal><b>HOOFDSTUK 2. BRUGGEN</b></p><p>Artikel 2. De brug is nieuw.</p>",
        lang="nl",
    )
    assert [p.headings[0] for p in found.passages] == [
        "HOOFDSTUK 1. VEREN", "HOOFDSTUK 2. BRUGGEN",
    ]  # fmt: skip
    assert any("table of contents: 3 places" in told for told in found.warnings)

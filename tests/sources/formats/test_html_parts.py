"""Parts of a page: what a click opens, headings by their role, cards beside each other."""

from __future__ import annotations

import pytest

from sources.formats.html.reader import read_html
from sources.model import Document
from sources.structure.document import document


def read(body: str, head: str = "") -> Document:
    page = f"<html lang='fr'><head><title>Le bac</title>{head}</head><body>{body}</body></html>"
    return document(read_html(page.encode()), work="x", lang="fr")


def under(found: Document) -> list[tuple[str, str]]:
    return [(p.headings[-1] if p.headings else "", p.text) for p in found.passages]


HIDING = "<style>.panel{display:none}</style>"


@pytest.mark.parametrize(
    ("control", "panel"),
    [
        ("<button aria-expanded='false' aria-controls='p1'>Qui paie ?</button>",
         "<div id='p1' class='panel'>"),
        ("<a href='#p1' aria-expanded='false' data-toggle='collapse'>Qui paie ?</a>",
         "<div id='p1' hidden>"),
        ("<span role='tab' aria-selected='false' aria-controls='p1'>Qui paie ?</span>",
         "<section id='p1' style='display:none'>"),
    ],
)  # fmt: skip
def test_what_a_click_on_a_question_shows_is_read_and_told(control: str, panel: str) -> None:
    tag = panel[1:].split(maxsplit=1)[0]
    found = read(f"<h1>Le bac</h1><h2>{control}</h2>{panel}<p>L’usager.</p></{tag}>", HIDING)
    assert under(found) == [("Qui paie ?", "L’usager.")]
    assert any("a click" in warning for warning in found.warnings)


def test_what_a_menu_opens_and_what_nothing_opens_stays_hidden() -> None:
    found = read(
        "<p>Le bac part.</p><button aria-expanded='false' aria-controls='m'>Menu</button>"
        "<div id='m' hidden><a href='/a'>Accueil</a> <a href='/b'>Tarifs</a></div>"
        "<div id='p' hidden><p>Un brouillon.</p></div>"
    )
    assert not any("Tarifs" in p.text or "brouillon" in p.text for p in found.passages)


def test_a_heading_by_its_role_is_one() -> None:
    found = read(
        "<div role='heading' aria-level='1'>Règles du quai</div>"
        "<div role='heading' aria-level='2'>Le matin</div><div>Le quai ouvre à six heures.</div>"
        "<p role='heading'>Le soir</p><div>Il ferme à dix heures.</div>"
    )
    assert found.title == "Règles du quai"
    assert under(found) == [
        ("Le matin", "Le quai ouvre à six heures."), ("Le soir", "Il ferme à dix heures."),
    ]  # fmt: skip


ROW = "<div style='display:flex'>{}</div>"
HEADS = ("La barge", "Le quai")
TEXTS = ("Il part à six heures.", "On y paie en espèces.")


@pytest.mark.parametrize(
    "page",
    [
        ROW.format("".join(f"<div><h3>{h}</h3></div>" for h in HEADS))
        + ROW.format("".join(f"<div><p>{t}</p></div>" for t in TEXTS)),
        "<table><tr>" + "".join(f"<td><h3>{h}</h3></td>" for h in HEADS) + "</tr><tr>"
        + "".join(f"<td>{t}</td>" for t in TEXTS) + "</tr></table>",
    ],
)  # fmt: skip
def test_cards_are_read_one_by_one(page: str) -> None:
    found = read(f"<h2>Services</h2>{page}<h2>Contact</h2><p>Téléphonez.</p>")
    assert under(found) == [*zip(HEADS, TEXTS, strict=True), ("Contact", "Téléphonez.")]

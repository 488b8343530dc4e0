"""What a page of a PDF shows beside its text: behind it, in its margins, before its first act."""

from __future__ import annotations

import pytest

from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, pdf, typed

RULE = "De sluiswachter sluit de sluis om zeven uur, behalve op de"
REST = "dagen van het feest, waarop hij ze om negen uur sluit."


def read(*pages: list[Words]) -> Document:
    found = read_pdf(pdf(*pages), "sluis.pdf", searchable=None)
    return document(found, work="sluis", lang="nl")


def article(number: int, y: float) -> list[Words]:
    return typed([f"Artikel {number}. Sluis {number}", RULE, REST], 60, y, step=14)


def stored(found: Document) -> list[tuple[str, str]]:
    return [(p.anchor.portion, p.text) for p in found.passages]


@pytest.mark.parametrize("size", [24, 40])
def test_large_words_behind_the_text_are_no_lines_and_told(size: float) -> None:
    page = [
        Words(110, 700, "ONTWERP", size),
        *(word for n in range(1, 5) for word in article(n, 790 - 56 * n)),
    ]
    found = read(page, [page[0], *article(5, 400)])
    assert stored(found) == [(f"art_{n}", f"{RULE} {REST}") for n in range(1, 6)]
    assert found.warnings == (
        "left out, behind the text: 2 places, 2 words (“ONTWERP”; “ONTWERP”)",
    )


def test_a_title_with_the_call_of_a_note_is_not_behind_the_text() -> None:
    page = [
        Words(60, 780, "Reglement van de sluizen", 20),
        Words(60 + 12 * 24 - 1, 788, "1", 9),
        *article(1, 755),
        *typed(["1 Goedgekeurd op 3 mei 2031."], 60, 60, size=7),
    ]
    found = read(page)
    assert found.title == "Reglement van de sluizen"
    assert found.warnings == ()


def test_comments_in_balloons_are_notes_of_the_lines_they_stand_at() -> None:
    page = [
        *(word for n in range(1, 4) for word in article(n, 790 - 56 * n)),
        Words(440, 676, "Opmerking [JP2]: na te gaan", 7),
        Words(440, 667, "bij de dienst Sluizen", 7),
        Words(440, 608, "Verwijderd: acht", 7),
    ]
    found = read(page)
    assert stored(found) == [(f"art_{n}", f"{RULE} {REST}") for n in range(1, 4)]
    assert [p.notes for p in found.passages] == [
        (),
        ("Opmerking [JP2]: na te gaan bij de dienst Sluizen",),
        ("Verwijderd: acht",),
    ]
    assert found.warnings == ("notes in the margin, read as notes of the lines they stand at: 2",)


def test_a_wide_column_in_small_type_beside_a_table_is_one_of_its_columns() -> None:
    rows = [("Sluis", "Uur van sluiting"), ("Berg", "acht uur"), ("Dal", "negen uur en half")]
    page = [*article(1, 780), Words(60, 720, "Artikel 2. Uren")]
    for n, (sluis, hour) in enumerate(rows):
        page += [Words(60, 700 - 20 * n, sluis), Words(300, 700 - 20 * n, hour, 8)]
    assert read(page).passages[-1].text.endswith("Dal | negen uur en half")


@pytest.mark.parametrize("offset", [0.0, 2.7, 3.0, 4.5])
def test_lines_of_a_column_a_little_above_those_beside_it_are_not_raised(offset: float) -> None:
    lines = ["De wachter sluit de sluis om zeven uur,", "behalve op de dagen van het feest."]
    page = []
    for n in range(1, 7):
        x, top = (40, 790 - 50 * n) if n < 4 else (310, 940 + offset - 50 * n)
        page += typed([f"Artikel {n}. Sluis {n}", *lines], x, top, step=14)
    assert stored(read(page)) == [(f"art_{n}", " ".join(lines)) for n in range(1, 7)]


def test_a_raised_figure_belongs_to_the_words_it_stands_at() -> None:
    left = ["De kaai van de sluis meet 25 m", "en de brug negen meter."]
    right = ["De boot vaart op de stroom, waarvan", "de wachter het peil meet."]
    page = [
        *typed(["Artikel 1. Kaai", *left, "Artikel 2. Brug", *left], 40, 760, step=14),
        *typed(["Artikel 3. Boot", *right, "Artikel 4. Peil", *right], 310, 764, step=14),
        Words(40 + 6 * len(left[0]), 750.5, "2", 6),
    ]
    assert "25 m² en de brug" in stored(read(page))[0][1]


HEADS = {
    "the article": ("Art. {}", ""),
    "the article and the name": ("Art. {}", "Wetboek van de sluizen"),
    "the chapter and the name": ("Titel {} – Over het {}", "Wetboek van de sluizen"),
}


@pytest.mark.parametrize("head", HEADS)
def test_heads_in_small_type_whose_numbers_change_are_no_words_of_a_sentence(head: str) -> None:
    pages = []
    for n, word in enumerate(["water", "land", "peil", "feest"]):
        left, right = (words.format(3 * n + 1, word) for words in HEADS[head])
        places = (60, 380) if n % 2 else (340, 60)
        page = [Words(x, 800, text, 8) for x, text in zip(places, (left, right), strict=True)]
        page += typed([REST, *article_lines(2 * n + 1), *article_lines(2 * n + 2)], 60, 770)
        pages.append(page[:-1])
    found = read(*pages)
    assert [p.text for p in found.passages[1:-1]] == [f"{RULE} {REST}"] * 7
    assert found.warnings[0].startswith("left out, running headers, footers and page numbers: 4")


def article_lines(number: int) -> list[str]:
    return [f"Art. {number}. Sluis {number}", RULE, REST]


def test_small_lines_at_the_foot_whose_numbers_change_do_not_run() -> None:
    pages = [
        [
            *article(n, 780),
            *typed([f"De boete van sluis {n * n} is {n + 40} euro."], 60, 60, size=8),
        ]
        for n in (1, 2, 3)
    ]
    assert "De boete van sluis 9 is 43 euro." in str(stored(read(*pages)))

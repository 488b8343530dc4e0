"""Columns of articles on a PDF page, of whatever length, and tables of articles, which are none."""

from __future__ import annotations

import pytest

from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, pdf, typed

RULE = ("De wachter sluit de sluis om", "zeven uur, niet op feestdagen.")


def read(*page: Words) -> Document:
    return document(read_pdf(pdf(page), searchable=None), work="sluis", lang="nl")


def articles(first: int, last: int) -> list[str]:
    """Articles with an empty line between them."""
    return [line for n in range(first, last + 1) for line in (f"Artikel {n}. Sluis {n}", *RULE, "")]


def stored(found: Document) -> list[tuple[str, str]]:
    return [(p.anchor.portion, p.text) for p in found.passages]


@pytest.mark.parametrize(
    "columns", [((1, 5), (6, 9)), ((1, 6), (7, 7)), ((1, 2), (3, 3)), ((1, 4), (5, 8), (9, 9))]
)
def test_columns_are_read_one_after_the_other_though_the_last_is_short(
    columns: tuple[tuple[int, int], ...],
) -> None:
    width = 540 / len(columns)
    page = [Words(30, 800, "Reglement van de sluizen", 16)]
    for n, (first, last) in enumerate(columns):
        page += typed(articles(first, last), 30 + n * width, 760, size=8, step=11)
    expected = [(f"art_{n}", " ".join(RULE)) for n in range(1, columns[-1][1] + 1)]
    assert stored(read(*page)) == expected


def test_a_sentence_goes_on_at_the_top_of_a_short_column() -> None:
    page = [
        *typed([*articles(1, 3), "Artikel 4. Boete", "De boete is 40 euro en wordt"], 40, 760),
        *typed(
            ["verdubbeld na een jaar.", "Artikel 5. Slot", "Dit geldt vanaf mei van dit jaar."],
            320,
            760,
        ),
    ]
    assert stored(read(*page))[3:] == [
        ("art_4", "De boete is 40 euro en wordt verdubbeld na een jaar."),
        ("art_5", "Dit geldt vanaf mei van dit jaar."),
    ]


def test_articles_that_stand_in_the_cells_of_a_table_make_no_columns() -> None:
    page = typed(["Bijlage", "De nummers zijn vervangen als volgt."], 40, 780, step=24)
    for n in range(1, 5):
        page += [
            Words(40, 720 - 16 * n, f"Artikel {n}"),
            Words(300, 720 - 16 * n, f"Artikel {n + 4}"),
        ]
    assert "Artikel 1 | Artikel 5" in str(stored(read(*page)))

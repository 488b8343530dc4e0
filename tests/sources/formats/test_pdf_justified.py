"""Lines of a PDF that justification stretches, and rows of tables, which it does not."""

from __future__ import annotations

import pytest

from sources.formats.omissions import LAID_OUT
from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import WIDTH, Words, column, pdf, typed
from tests.sources.structure.reading import by_portion

LEFT, RIGHT, SIZE = 40.0, 508.0, 10  # as wide as a paragraph of 78 signs
PROSE = (
    "Artikel 1. De wachter opent de sluis op elke werkdag om zeven uur, tenzij het water van "
    "de rivier hoger staat dan de rode streep op de muur van het wachthuis aan de kade."
)


def read(*page: Words) -> Document:
    return document(read_pdf(pdf(page), searchable=None), work="sluis", lang="nl")


def stretched(line: str, y: float, left: float = LEFT, right: float = RIGHT) -> list[Words]:
    """The words of a line, as far apart as its column is wide."""
    words = line.split(" ")
    free = right - left - SIZE * WIDTH * len("".join(words))
    out, x = list[Words](), left
    for word in words:
        out.append(Words(x, y, word.replace("_", " "), SIZE))
        x += SIZE * WIDTH * len(word) + free / (len(words) - 1)
    return out


@pytest.mark.parametrize("text", ["Het is verboden:", "Het is altijd verboden_:"])
def test_stretched_lines_are_words_and_no_cells(text: str) -> None:
    page = [
        *column(PROSE, LEFT, 780),
        *stretched(f"Artikel 2. {text}", 740),
        *stretched("1. te varen na zonsondergang;", 728),
        *stretched("2. een boot vast te leggen;", 716),
        Words(LEFT, 704, "3. te duiken."),
    ]
    assert by_portion(read(*page)) == {
        "art_1": PROSE.removeprefix("Artikel 1. "),
        "art_2": text.replace("_", " "),
        "art_2.pnt_1": "te varen na zonsondergang;",
        "art_2.pnt_2": "een boot vast te leggen;",
        "art_2.pnt_3": "te duiken.",
    }


def test_a_number_before_a_tab_stands_before_its_stretched_line() -> None:
    page = [Words(LEFT, 800, "Agenda", 16), *column(PROSE.removeprefix("Artikel 1. "), LEFT, 780)]
    for at, text in enumerate(("Goedkeuring van het verslag", "Varen na de vloed", "Varia")):
        y = 730 - 13 * at
        line = stretched(text, y, LEFT + 36) if at < 2 else [Words(LEFT + 36, y, text)]
        page += [Words(LEFT, y, f"{at + 1}."), *line]
    page += [Words(LEFT, 660, "De vergadering wordt geopend om acht uur.")]
    assert list(by_portion(read(*page)).items())[1:4] == [
        ("pnt_1", "Goedkeuring van het verslag"),
        ("pnt_2", "Varen na de vloed"),
        ("pnt_3", "Varia"),
    ]


def test_the_rows_of_a_table_keep_their_cells_though_their_gaps_are_alike() -> None:
    page = column(PROSE, LEFT, 780)
    for at, row in enumerate(("Zone2 Zomer Herfs", "Heuve 40,55 22,50", "Dalen 30,00 12,50")):
        page += stretched(row, 740 - 14 * at)
    assert "Heuve | 40,55 | 22,50" in by_portion(read(*page))["art_1"]


def test_words_stretched_behind_a_tab_below_a_stretched_line_are_told() -> None:
    page = [*column(PROSE, LEFT, 780), *stretched("Artikel 2. De stad betaalt:", 740)]
    for at, (year, sum_) in enumerate((("2031", "4.000 euro"), ("2032", "5.000 euro"))):
        y = 728 - 12 * at
        page += [Words(LEFT, y, year), *stretched(sum_, y, LEFT + 36)]
    page += [Words(LEFT, 704, "De stad betaalt in mei.")]
    passages = {p.anchor.portion: p for p in read(*page).passages}
    assert "2031 | 4.000 euro" in passages["art_2"].text
    assert passages["art_2"].doubts == (LAID_OUT,)
    assert passages["art_1"].doubts == ()


def test_stretched_lines_stand_in_one_of_two_columns() -> None:
    left = column("Artikel 1. " + "De sluis is open op werkdagen. " * 6, 40, 780, signs=38)
    last = left[-1].y
    page = [
        *left,
        *stretched("Artikel 2. Verboden is:", last - 12, 40, 40 + 38 * 6),
        Words(40, last - 24, "1. te zwemmen."),
        *column("Artikel 3. " + "De brug is dicht op zondag. " * 8, 285, 780, signs=38),
    ]
    found = by_portion(read(*page))
    assert (found["art_2"], found["art_2.pnt_1"]) == ("Verboden is:", "te zwemmen.")


LINES = ["DE RAAD,", "A. gezien de dijkwet;", "B. overwegende dat de dijk al jaren zakt,",
         "VRAAGT DE REGERING:", "1. de dijk te meten."]  # fmt: skip
PREAMBLE = ["De ministers van de drie landen,", "bezorgd over de dijk langs de Leie,",
            "gezien de wet van 6 maart 2031,", "verklaren het volgende:"]  # fmt: skip


@pytest.mark.parametrize("lines", [LINES, PREAMBLE, [*PREAMBLE, "", PROSE]])
def test_the_usual_gap_is_that_within_paragraphs_however_many_have_one_line(
    lines: list[str],
) -> None:
    page = [Words(LEFT, 820, "Voorstel", 16), *typed(lines[:5], LEFT, 760, step=20)]
    for text in lines[5:]:
        page += column(text, LEFT, 660)
    page += typed(["An Volet,", "minister"], 400, 795)
    expected = ["An Volet, minister", *filter(None, lines)]
    heads = ("A. ", "B. ", "1. ", "Artikel 1. ")
    assert [p.text for p in read(*page).passages] == [
        next((text.removeprefix(head) for head in heads if text.startswith(head)), text)
        for text in expected
    ]


def test_lines_far_apart_are_a_paragraph_where_sentences_go_on_from_line_to_line() -> None:
    page = [
        Words(LEFT, 800, "Voorstel", 16),
        *column(PROSE, LEFT, 760, signs=50, step=20),
        Words(480, 640, "An Volet"),
    ]
    assert by_portion(read(*page))["art_1"].startswith(PROSE.removeprefix("Artikel 1. "))

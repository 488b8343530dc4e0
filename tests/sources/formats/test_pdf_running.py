"""What stands in the margins of the pages of a PDF, be it the only one, where nothing repeats."""

from __future__ import annotations

import pytest

from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, column, content, pdf, raw_pdf

TEXT = "De veerman vaart om het half uur, tenzij het water hoger staat dan de rode streep."
TOP, BELOW = 795.0, 38.0  # half an inch from either edge of the paper, as Word has them


def read(*page: Words) -> Document:
    body = [
        Words(200, 740, "Reglement van het veer", 16),
        *column(f"1. {TEXT}", 72, 700, signs=60),
        *column(f"2. {TEXT}", 72, 660, signs=60),
    ]
    found = read_pdf(pdf([*page, *body]), searchable=None)
    return document(found, work="veer", lang="nl")


@pytest.mark.parametrize(
    ("words", "y"),
    [
        ("DIENST VEREN", TOP),
        ("Omzendbrief VE 12", TOP),
        ("3 NL", BELOW),
        ("Neergelegd op 6/3/2031 Blz. 1", BELOW),
    ],
)
def test_a_line_in_the_margin_of_the_only_page_is_left_out_and_told(words: str, y: float) -> None:
    found = read(Words(72, y, words))
    assert [(p.anchor.portion, p.text) for p in found.passages] == [
        ("pnt_1", TEXT),
        ("pnt_2", TEXT),
    ]
    assert found.warnings == (
        "left out, running headers, footers and page numbers: "
        f"1 place, {len(words.split())} words (“{words}”)",
    )


@pytest.mark.parametrize(
    "words",
    [
        Words(72, TOP, "DIENST VEREN", 12),  # larger than the text
        Words(72, TOP, "DIENST VEREN", bold=True),
        Words(72, TOP, "HOOFDSTUK 1"),
        Words(72, TOP, "Het veer is van de stad."),
        Words(72, TOP - 24, "DIENST VEREN"),  # no nearer to the edge than the text at its left
        Words(24, TOP, "DIENST VEREN"),  # the page has narrow margins
        Words(72, BELOW + 24, "An Volet"),
    ],
)
def test_what_may_be_a_title_or_a_part_of_the_text_is_read(words: Words) -> None:
    found = read(words)
    assert found.warnings == ()
    assert words.text in str([(p.headings, p.text) for p in found.passages] + [found.title])


def test_a_head_above_a_picture_is_left_out_on_all_pages() -> None:
    picture = ("/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray "
               "/BitsPerComponent 8", b"0123")  # fmt: skip
    head = "11/03/31 08:15 Reglement van het veer"
    pages = [
        content([Words(36, 810, head, 8), *column(f"{n}. {TEXT}", 72, 600 + 30 * n, signs=60)])
        for n in (2, 1)
    ]
    shown = b" q 90 0 0 60 72 700 cm /Im1 Do Q"
    data = raw_pdf(
        [pages[1] + shown, pages[0]],
        objects=[picture],
        resources="/XObject << /Im1 10 0 R >>",
    )
    found = document(read_pdf(data, searchable=None), work="veer", lang="nl")
    assert [(p.anchor.portion, p.text) for p in found.passages] == [
        ("pnt_1", TEXT),
        ("pnt_2", TEXT),
    ]
    assert "pictures are not read, on pages: 1" in found.warnings

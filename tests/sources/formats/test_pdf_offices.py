"""What word processors, slides and printed pages of offices do with columns, tables and notes."""

from __future__ import annotations

from itertools import pairwise

from sources.formats.omissions import LAID_OUT
from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, content, raw_pdf, typed
from tests.sources.formats.test_pdf import texts

PROSE = ["Le péage du pont est dû par chaque char qui passe la", "rivière entre mai et août."]


def read(*page: Words, drawn: str = "") -> Document:
    data = raw_pdf([content(page) + f"\n{drawn}".encode()])
    return document(read_pdf(data, searchable=None), work="pont", lang="fr")


# columns


# tables


def test_pieces_of_a_line_part_rows_though_no_line_crosses_where_they_meet() -> None:
    across, down = [60, 160, 260, 360], [740, 720, 700, 680, 660]
    level = [(a, b, y) for y in down for a, b in pairwise(across)]
    pieces = [f"{a} {y} {b - a} 0.7 re f" for a, b, y in level]
    pieces += [f"{x} 660 0.7 80 re f" for x in (60, 360)]
    pieces += [f"160 {y} 0.7 20 re f" for y in (720, 700, 660)]
    pieces += [f"260 {y} 0.7 20 re f" for y in (720, 660)]
    found = read(
        *typed(PROSE, 60, 790),
        Words(65, 726, "Lieu"), Words(165, 726, "Jour"), Words(265, 726, "Nuit"),
        Words(65, 706, "Pont"), Words(165, 706, "15 sous"),
        Words(65, 686, "Gués"),
        Words(65, 666, "Bac"), Words(165, 666, "2 sous"), Words(265, 666, "3 sous"),
        drawn=" ".join(pieces),
    )  # fmt: skip
    assert texts(found)[1:] == [
        "Lieu | Jour | Nuit", "Pont | 15 sous | 15 sous", "Gués", "Bac | 2 sous | 3 sous",
    ]  # fmt: skip


def test_words_below_the_number_of_a_row_are_no_part_of_it() -> None:
    page = typed(PROSE, 60, 790)
    for n, (what, who) in enumerate([("Comptes du pont", "le bailli"), ("Guet", "le bailli du")]):
        y = 740 - 30 * n
        page += [Words(60, y, f"{n + 1}."), Words(90, y, what), Words(466, y, who)]
    page += [Words(60, 698, "bourg"), *typed(PROSE, 60, 640)]
    found = read(*page).passages
    assert not any("2. bourg" in p.text for p in found)
    assert [LAID_OUT in p.doubts for p in found if "bourg" in p.text or "Guet" in p.text] == [
        True,
        True,
    ]


# notes


# paragraphs

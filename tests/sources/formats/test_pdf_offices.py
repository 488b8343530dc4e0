"""What word processors, slides and printed pages of offices do with columns, tables and notes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sources.formats.omissions import LAID_OUT
from sources.formats.pdf.reader import read_pdf
from sources.formats.pdf.rows import rows
from sources.formats.pdf.runs import Run
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, content, raw_pdf, typed
from tests.sources.formats.test_pdf import texts

PROSE = ["Le péage du pont est dû par chaque char qui passe la", "rivière entre mai et août."]


def read(*page: Words, drawn: str = "") -> Document:
    data = raw_pdf([content(page) + f"\n{drawn}".encode()])
    return document(read_pdf(data, searchable=None), work="pont", lang="fr")


# columns


def test_a_left_column_goes_on_below_a_short_right_one() -> None:
    left = [
        "Le guet ouvre le pont, en toute", "saison, dès six heures du matin,", "à la cloche.", "",
        "Le guet en garde toutes les clés", "jusqu’au retour du bailli.", "", "",
        "Chaque char qui passe paie deux", "sous au guet du bourg.", "", "Les piétons passent.",
    ]  # fmt: skip
    right = ["Qui passe de nuit paie dix", "sous au guet.", "", "Nul ne galope sur le pont,"]
    page = [Words(60, 800, "Règlement du pont", 16), *typed(left, 60, 760)]
    page += typed([*right, "ni ne le traverse ivre.", "", "Le bac est gratuit."], 280, 755)
    assert texts(read(*page)) == [
        "Le guet ouvre le pont, en toute saison, dès six heures du matin, à la cloche.",
        "Le guet en garde toutes les clés jusqu’au retour du bailli.",
        "Chaque char qui passe paie deux sous au guet du bourg.",
        "Les piétons passent.",
        "Qui passe de nuit paie dix sous au guet.",
        "Nul ne galope sur le pont, ni ne le traverse ivre.",
        "Le bac est gratuit.",
    ]


def test_two_lists_beside_each_other_stand_below_their_heads() -> None:
    page = [Words(60, 800, "Les projets du pont", 18, bold=True)]
    page += [Words(60, 760, "Dépenses", 14, bold=True), Words(320, 760, "Recettes", 14, bold=True)]
    page += typed(["• un tablier neuf", "• deux lanternes"], 75, 730, step=16)
    page += typed(["• le péage des chars, que le", "  guet perçoit", "• les amendes"], 335, 730)
    assert [(p.headings[-1], p.text) for p in read(*page).passages] == [
        ("Dépenses", "un tablier neuf"),
        ("Dépenses", "deux lanternes"),
        ("Recettes", "le péage des chars, que le guet perçoit"),
        ("Recettes", "les amendes"),
    ]


def test_a_figure_beside_a_column_on_other_lines_is_not_raised() -> None:
    runs = [Run("Le guet ouvre le pont à six heures", 60, 264, 700, 10, bold=False)]
    runs += [Run("11", 330, 342, 703, 10, bold=False), Run("halle", 420, 450, 703, 10, bold=False)]
    (row,) = rows(runs)
    assert [piece.text for piece in row.pieces][1:] == ["11", "halle"]


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


@pytest.mark.parametrize(("gap", "tables"), [(24, 2), (4, 1)])
def test_a_drawn_table_below_another_one_has_heads_of_its_own(gap: int, tables: int) -> None:
    words, drawn = typed(PROSE, 60, 790), list[str]()
    for n, (head, price) in enumerate([("Lieu", "Jour"), ("Char", "Péage")]):
        top = 740 - n * (40 + gap)
        words += [Words(65, top - 14, head), Words(165, top - 14, price)]
        words += [Words(65, top - 34, f"Le {head} vert"), Words(165, top - 34, "3 sous")]
        drawn += [f"60 {top - 20 * row} 200 0.7 re f" for row in range(3)]
        drawn += [f"{x} {top - 40} 0.7 40.7 re f" for x in (60, 160, 260)]
    found = read(*words, drawn=" ".join(drawn))
    assert len({p.anchor.portion.split(".")[0] for p in found.passages[1:]}) == tables
    assert found.passages[-1].lead == ("Char | Péage" if tables == 2 else "Lieu | Jour")


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


def test_notes_below_a_table_end_where_the_text_goes_on() -> None:
    level = [f"{x} {y} 100 0.7 re f" for y in (740, 720, 700) for x in (60, 160, 260)]
    upright = [f"{x} 700 0.7 40 re f" for x in (60, 160, 260, 360)]
    found = read(
        *typed(PROSE, 60, 790),
        Words(65, 726, "Lieu"), Words(165, 726, "Jour"), Words(265, 726, "Nuit (*)"),
        Words(65, 706, "Pont"), Words(165, 706, "3 sous"), Words(265, 706, "5 sous"),
        Words(60, 688, "(*) Dès neuf heures.", 8),
        *typed(["Le guet perçoit ces prix au nom du bourg."], 60, 660),
        drawn=" ".join([*level, *upright]),
    )  # fmt: skip
    assert texts(found)[1:] == [
        "Lieu | Jour | Nuit",
        "Pont | 3 sous | 5 sous",
        "Le guet perçoit ces prix au nom du bourg.",
    ]
    assert [p.notes for p in found.passages][1] == ("Dès neuf heures.",)


@pytest.mark.parametrize(
    "words", ["Le char roule à 60 km/h", "Le péage est de 3 m", "Le bac va au n"]
)
def test_a_note_counted_in_roman_figures_is_called_behind_a_short_word(words: str) -> None:
    page = [Words(60, 760, words), Words(60 + 6 * len(words), 764, "i", 6)]
    page += [Words(60 + 6 * len(words) + 3.6, 760, " au plus."), *typed(["i Hors foire."], 60, 600)]
    found = read(Words(60, 790, "Règlement", 16), *page)
    assert [(p.text, p.notes) for p in found.passages] == [(f"{words} au plus.", ("Hors foire.",))]


def test_a_note_that_stands_on_the_page_after_its_call_is_found() -> None:
    rule = b"\n60 100 150 0.7 re f"
    first = [*typed(PROSE, 60, 790), Words(60, 700, "Le guet est armé"), Words(156, 704, "2", 6)]
    second = [Words(60, 790, "Le bac est gratuit"), Words(168, 794, "3", 6), *typed(PROSE, 60, 700)]
    second += typed(["2 D’une pique.", "3 Hors foire."], 60, 88)
    data = raw_pdf([content(first), content(second) + rule])
    found = document(read_pdf(data, searchable=None), work="pont", lang="fr").passages
    assert [p.notes for p in found if p.notes] == [("D’une pique.",), ("Hors foire.",)]
    assert not any("pique" in p.text or "²" in p.text for p in found)


# paragraphs


@pytest.mark.parametrize("sign", ["1.", "a)", "3"])
def test_a_sentence_below_the_first_line_of_a_hanging_number_goes_on(sign: str) -> None:
    first = "Le péage du pont est dû par chaque char qui passe la rivière en mai."
    page = [Words(60, 790, "Règlement", 16), Words(60, 750, sign), Words(90, 750, first)]
    page += [Words(90, 738, "Il est perçu par le guet.")]
    found = read(*page, *typed([first + " Fin.", "Le bac est gratuit."], 60, 700, step=24))
    assert any(p.text.endswith(f"{first} Il est perçu par le guet.") for p in found.passages)


@pytest.mark.parametrize(
    ("lines", "parted"),
    [
        (("Omschrij", "ving"), True),
        (("12.500.0", "00"), True),
        (("Schipper", "Veerman"), False),
        (("Boot", "en kar"), False),
    ],
)
def test_a_word_that_fills_its_narrow_cell_may_go_on_below(
    lines: tuple[str, str], *, parted: bool
) -> None:
    level = [f"{x} {y} 60 0.7 re f" for y in (740, 710, 690) for x in (60, 120)]
    upright = [f"{x} 690 0.7 50 re f" for x in (60, 120, 180)]
    found = read(
        *typed(PROSE, 60, 790),
        Words(66, 728, lines[0]), Words(66, 716, lines[1]), Words(126, 728, "Prix"),
        Words(66, 696, "Bac"), Words(126, 696, "3 sous"),
        drawn=" ".join([*level, *upright]),
    )  # fmt: skip
    row = found.passages[1]
    assert row.text == f"{' '.join(lines)} | Prix"
    assert (LAID_OUT in row.doubts) is parted

"""Tables: what heads their columns, what heads some of their rows, and what is printed again."""

from __future__ import annotations

import pytest

from sources.model import Document
from sources.structure.blocks import BY_TYPE, Block, Role
from sources.structure.document import Content, document
from sources.structure.rows import LAID_OUT
from tests.sources.formats.pdf_maker import WIDTH, Words, pdf
from tests.sources.formats.test_pdf import LONG, read
from tests.sources.structure.reading import by_portion

PRICES = ["Salle | Habitants | Autres", "La grange | 40,00 | 60,00", "Le four | 20,00 | 30,00"]


def table(*rows: str, pages: tuple[int, ...] = ()) -> Document:
    blocks = [
        Block(row, Role.ROW, int(not at), page=pages[at] if pages else None)
        for at, row in enumerate(rows)
    ]
    return document(Content([Block("Les salles sont louées à la journée."), *blocks]),
                    work="x", lang="fr")  # fmt: skip


def test_a_row_over_all_columns_heads_the_rows_below_it() -> None:
    heads, grange, four = PRICES
    found = table(
        heads, "En hiver", grange, four, "En été", grange, four, "Total | 120,00 | 180,00"
    )
    rows = [p for p in found.passages if "row" in p.anchor.portion]
    assert [p.headings for p in rows] == [
        (), (), ("En hiver",), ("En hiver",), (), ("En été",), ("En été",), (),
    ]  # fmt: skip
    assert {p.lead for p in rows[1:]} == {heads}
    assert [p.anchor.portion for p in rows][2:4] == ["tab_1.row_3", "tab_1.row_4"]


@pytest.mark.parametrize("over", ["Tarifs de 2031", "Tarifs de 2031 |  | "])
def test_the_heads_of_columns_stand_below_a_row_over_all_of_them(over: str) -> None:
    found = table(over, *PRICES)
    last = found.passages[-1]
    assert last.lead == PRICES[0]
    assert last.headings == ("Tarifs de 2031",)


@pytest.mark.parametrize("alone", ["Les prix sont ceux de mai.", "La cave | "])
def test_a_sentence_or_an_item_without_a_value_heads_no_rows(alone: str) -> None:
    rows = ["Salle | Prix", "La grange | quarante euros", alone, "Le four | vingt euros"]
    assert not table(*rows).passages[-1].headings


def test_a_row_with_amounts_heads_no_columns() -> None:
    found = table("104/1 | Sel | 1.234,05 | 1.300,00", "104/2 | Sable | 45,15 | 301,00")
    assert not found.passages[-1].lead


def test_heads_that_a_further_page_repeats_are_left_out_and_told() -> None:
    found = table(*PRICES, *PRICES, pages=(1, 1, 1, 2, 2, 2))
    assert [p.text for p in found.passages if p.lead] == [*PRICES[1:], *PRICES[1:]]
    assert any("heads of a table" in warning for warning in found.warnings)
    assert len(table(*PRICES, *PRICES).passages) == 7  # on one page, or without pages, they stay


def test_a_row_that_a_page_break_parts_is_one_also_below_repeated_heads() -> None:
    heads, grange, _ = PRICES
    parted = ["Le four | 20,00, pour le pain et", heads, "| les tartes | ", "| du bourg |"]
    rows = [heads, grange, f"{parted[0]} | 30,00", *parted[1:]]
    found = table(*rows, pages=(1, 1, 1, 2, 2, 3))
    assert [p.text for p in found.passages][2:] == [
        grange,
        "Le four | 20,00, pour le pain et les tartes du bourg | 30,00",
    ]
    assert not any(p.doubts for p in found.passages)


def test_what_may_go_on_in_a_row_of_the_page_before_has_a_doubt() -> None:
    heads, grange, four = PRICES
    found = table(heads, grange, "| 50,00 | 70,00", four, pages=(1, 1, 2, 2))
    assert [LAID_OUT in p.doubts for p in found.passages] == [False, False, False, True, False]
    blocks = [
        Block(heads, Role.ROW, 1, page=1),
        Block("Le four | 20,00, pour le pain et | ", Role.ROW, page=1),
        Block("les tartes du bourg.", page=2),
    ]
    found = document(Content(blocks), work="x", lang="fr")
    assert [LAID_OUT in p.doubts for p in found.passages] == [False, True, True]


def test_a_table_of_names_at_the_end_is_no_part_of_an_earlier_one() -> None:
    blocks = [
        Block("Bac : | Le Passeur", Role.ROW, 1),
        Block("Quai : | Nord", Role.ROW),
        Block("Article 1. Le bac part."),
        Block("Article 2. Le bac revient."),
        Block("Le directeur, | La bourgmestre,", Role.ROW, 1),
        Block("P. Dubois | A. Lejeune", Role.ROW),
    ]
    found = document(Content(blocks), work="x", lang="fr")
    assert found.passages[-1].anchor.portion.startswith("fnp.")


def test_what_the_file_calls_a_heading_stands_below_no_words_in_capitals() -> None:
    blocks = [
        Block("Le cahier des charges", Role.TITLE),
        Block("PROCÉDURE OUVERTE"),
        Block("Le pouvoir adjudicateur est la commune."),
        Block("I. Clauses", Role.HEADING, 1),
        Block("Le marché dure un an."),
    ]
    found = document(Content(blocks), work="x", lang="fr")
    assert found.passages[-1].headings == ("I. Clauses",)
    blocks[3] = Block("I. Clauses", Role.HEADING, BY_TYPE)
    found = document(Content(blocks), work="x", lang="fr")
    assert found.passages[-1].headings == ("PROCÉDURE OUVERTE", "I. Clauses")


# PDF: tables without lines, and what stands right above and below them

TOP = 640.0


def page(*words: Words) -> Document:
    return read(pdf([Words(60, 700, LONG[:70] + "."), *words, Words(60, 300, "La fin du texte.")]))


def row(number: int, *cells: str, bold: bool = False) -> list[Words]:
    """A row with codes and labels ranged left, and amounts ranged right."""
    right = (0, 0, 340, 440, 540)
    left = (60, 120)
    places = [
        left[at] if at < len(left) else right[at] - WIDTH * 10 * len(cell)
        for at, cell in enumerate(cells)
    ]
    y = TOP - 18 * number
    return [Words(x, y, cell, bold=bold) for x, cell in zip(places, cells, strict=True) if cell]


def test_a_code_and_a_label_within_a_budget_head_the_rows_below() -> None:
    found = page(
        *row(0, "Code", "Article", "En 2031", "En 2032", "Écart", bold=True),
        *row(1, "104", "Voirie", bold=True),
        *row(2, "104/1", "Personnel", "1.234,05", "1.300,00", "65,95"),
        *row(3, "104/2", "Sel", "234,05", "300,00", "65,95"),
        *row(4, "", "Sous-total", "1.468,10", "1.600,00", "131,90", bold=True),
        *row(5, "330", "Police", bold=True),
        *row(6, "330/1", "Personnel", "4.234,05", "4.300,00", "65,95"),
        *row(7, "330/2", "Dette", "34,05", "30,00", "-4,05"),
    )
    rows = {p.text: p for p in found.passages if "row" in p.anchor.portion}
    last = rows["330/2 | Dette | 34,05 | 30,00 | -4,05"]
    assert last.headings == ("330 Police",)
    assert last.lead == "Code | Article | En 2031 | En 2032 | Écart"
    assert rows["104/1 | Personnel | 1.234,05 | 1.300,00 | 65,95"].headings == ("104 Voirie",)


def test_a_bold_heading_right_below_a_table_is_none_of_its_cells() -> None:
    words = [("Demandeur :", "Le bac"), ("Lieu :", "Ath"), ("Dossier :", "2031/7")]
    rows = [
        Words(x, TOP - 18 * at, text)
        for at, pair in enumerate(words)
        for x, text in zip((64, 200), pair, strict=True)
    ]
    found = page(
        *rows,
        Words(60, TOP - 49, "1. Les faits", bold=True),
        Words(60, TOP - 69, "Le bac est arrivé en mai."),
    )
    assert by_portion(found)["sec_1.par_1"] == "Le bac est arrivé en mai."
    assert "Dossier : | 2031/7" in by_portion(found).values()


def test_a_row_with_fewer_cells_does_not_end_a_table_of_which_cells_have_several_lines() -> None:
    wide = [(60, "Compte"), (140, "Poste"), (280, "En 2031"), (420, "En 2032")]
    rows = [
        (0, [(x, text) for x, text in wide]),
        (1, [(60, "62"), (140, "Personnel")]),
        (2, [(60, "620"), (140, "Pensions"), (280, "1.250,00"), (420, "1.310,00")]),
        (3.8, [(140, "Sous-total"), (280, "1.250,00"), (420, "1.310,00")]),
        (4.8, [(60, "64"), (140, "Autres frais")]),
        (5.8, [(60, "640"), (140, "Taxes"), (280, "12,00"), (420, "12,50")]),
    ]
    words = [Words(x, TOP - 25 * at, text) for at, cells in rows for x, text in cells]
    found = page(*words, Words(140, TOP - 62, "des agents"))
    last = next(p for p in found.passages if p.text.startswith("640"))
    assert (last.text, last.headings) == ("640 | Taxes | 12,00 | 12,50", ("64 Autres frais",))
    assert last.lead == "Compte | Poste | En 2031 | En 2032"
    assert any("Pensions des agents" in p.text for p in found.passages)

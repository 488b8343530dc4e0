"""Tables of a PDF as browsers and offices print them: without lines, or one within another."""

from __future__ import annotations

import pytest

from sources.formats.omissions import LAID_OUT, NESTED
from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import WIDTH, Words, column, content, pdf, raw_pdf
from tests.sources.formats.test_pdf import LONG, marked, read, ruled, texts

TOP, STEP = 700.0, 18.0


def page(
    rows: list[list[Words]],
    above: str = "Les prix du four sont les suivants, comme le comité les a fixés en mai :",
) -> Document:
    last = min(word.y for row in rows for word in row)
    frame = [Words(60, TOP + 3 * STEP, above), *column(LONG, 60, last - 3 * STEP)]
    return read(pdf([*frame, *(word for row in rows for word in row)]))


def line(number: int, *cells: tuple[float, str], right: float = 0.0) -> list[Words]:
    """A row: cells from these places on; the last one ends at ``right``, where that is given."""
    y = TOP - STEP * number
    words = [Words(x, y, text) for x, text in cells]
    if right:
        last = cells[-1][1]
        words[-1] = Words(right - WIDTH * 10 * len(last), y, last)
    return words


def test_columns_that_stand_near_each_other_are_cells() -> None:
    found = page([
        line(0, (120, "matin"), (192, "soir")),
        line(1, (60, "lundi"), (120, "7 – 8 h 15"), (192, "15 – 18 h")),
        line(2, (60, "mercredi"), (120, "7 – 8 h 30"), (192, "12 – 17 h")),
        line(3, (60, "vendredi"), (120, "8 – 8 h 15"), (192, "15 – 17 h")),
    ])  # fmt: skip
    assert texts(found)[1:-1] == [
        "| matin | soir", "lundi | 7 – 8 h 15 | 15 – 18 h", "mercredi | 7 – 8 h 30 | 12 – 17 h",
        "vendredi | 8 – 8 h 15 | 15 – 17 h",
    ]  # fmt: skip
    assert not any(p.doubts for p in found.passages)


def test_values_that_end_at_one_place_are_cells() -> None:
    found = page([
        line(0, (60, "Pain gris"), (0, "gratuit"), right=400),
        line(1, (60, "Pain blanc, le kilo"), (0, "2,50 euros par pain"), right=400),
        line(2, (60, "Tarte"), (0, "12 euros"), right=400),
    ])  # fmt: skip
    assert texts(found)[1:-1] == [
        "Pain gris | gratuit", "Pain blanc, le kilo | 2,50 euros par pain", "Tarte | 12 euros",
    ]  # fmt: skip


def test_words_that_go_on_below_a_cell_are_its_own() -> None:
    rows = [
        line(0, (60, "1 mai"), (160, "four ouvert")),
        line(1, (60, "2 juin – 3"), (160, "four fermé")),
        line(2, (60, "5 août"), (160, "four ouvert")),
    ]
    rows[2] = [Words(word.x, word.y - 12, word.text) for word in rows[2]]
    found = page([*rows, [Words(60, rows[1][0].y - 12, "juillet")]])
    assert texts(found)[1:-1] == [
        "1 mai | four ouvert", "2 juin – 3 juillet | four fermé", "5 août | four ouvert",
    ]  # fmt: skip


def test_a_head_on_the_left_and_values_on_the_right_are_one_column() -> None:
    long = [Words(60, TOP - 3 * STEP - 12, "et la brioche")]
    found = page([
        line(0, (60, "Pain"), (200, "Montant")),
        line(1, (60, "Gris"), (0, "2 euros"), right=360),
        line(2, (60, "Blanc"), (0, "3 euros"), right=360),
        [*line(3, (60, "Les tartes au riz"), (0, "gratuit"), right=360), *long],
    ])  # fmt: skip
    assert texts(found)[1:-1] == [
        "Pain | Montant", "Gris | 2 euros", "Blanc | 3 euros",
        "Les tartes au riz et la brioche | gratuit",
    ]  # fmt: skip


def test_words_on_lines_that_are_not_level_beside_others_are_doubted() -> None:
    found = read(pdf([
        Words(60, 700, "Le four est ouvert de mai à juin."),
        Words(320, 694, "Le sel est gris et"),
        Words(60, 680, "Le pain est pesé chaque jour."),
        Words(320, 674, "vendu au sac."),
        *column(LONG, 60, 600),
    ]))  # fmt: skip
    assert all(LAID_OUT in p.doubts for p in found.passages if "sel" in p.text or "sac" in p.text)


def test_a_table_in_a_cell_is_read_by_its_rows_with_a_doubt() -> None:
    outer = ruled([60, 160, 400], [720, 700, 640, 620])
    inner = ruled([166, 240, 330], [680, 663, 646])
    cells = {
        (64, 706): "Groupe", (164, 706): "Prix", (64, 686): "Jeunes", (164, 686): "Dès dix ans",
        (170, 668): "Jour", (244, 668): "5 euros", (170, 651): "Nuit", (244, 651): "8 euros",
        (64, 626): "Autres", (164, 626): "9 euros",
    }  # fmt: skip
    words = content([Words(x, y, text) for (x, y), text in cells.items()])
    data = raw_pdf([b"\n".join((words, outer, inner))])
    found = document(read_pdf(data, searchable=None), work="p", lang="fr").passages
    assert [(p.text, p.doubts) for p in found] == [
        ("Groupe | Prix", ()), ("Jeunes | Dès dix ans", ()), ("Jeunes | Jour | 5 euros", (NESTED,)),
        ("Jeunes | Nuit | 8 euros", (NESTED,)), ("Autres | 9 euros", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("bottom", [701, 692])
def test_the_value_of_a_field_is_not_raised_where_the_field_stands_higher(bottom: float) -> None:
    field = {"/Subtype": "/Widget", "/FT": "/Tx", "/T": "n", "/V": "Nef Anne"}
    data = pdf([Words(60, 760, "Demande", 16), Words(60, 700, "Nom :"), *column(LONG, 60, 600)])
    found = read(marked(data, field | {"/Rect": [110, bottom, 300, bottom + 14]}))
    assert texts(found)[0] == "Nom : Nef Anne"


def test_a_row_with_words_in_its_first_place_alone_stays_among_its_table() -> None:
    found = page([
        line(0, (60, "Poste"), (216, "2029"), (336, "2030")),
        line(1, (60, "Recettes")),
        line(2, (60, "Cotisations"), (204, "14 120"), (324, "14 300")),
        line(3, (60, "Buvette"), (210, "2 310"), (330, "2 600")),
    ])  # fmt: skip
    assert texts(found)[1:-1] == [
        "Poste | 2029 | 2030", "Recettes | |", "Cotisations | 14 120 | 14 300",
        "Buvette | 2 310 | 2 600",
    ]  # fmt: skip


def test_lists_of_prices_in_two_columns_are_doubted() -> None:
    right = [("Café", "2,30"), ("Thé", "2,10"), ("Potage", "4,00"), ("Tarte", "3,00")]
    left = [("Eau plate", "2,20"), ("Limonade", "2,40"), ("Jus de pomme", "2,80")]
    rows = [line(n, (300, name), (0, price), right=480) for n, (name, price) in enumerate(right)]
    for n, (name, price) in enumerate(left):
        rows[n + (n > 0)] += line(n + (n > 0), (60, name), (0, price), right=240)
    found = page(rows)
    assert all(LAID_OUT in p.doubts for p in found.passages if "Café" in p.text or "Eau" in p.text)
    assert not any("Eau plate Limonade" in p.text for p in found.passages)


@pytest.mark.parametrize("cells", [("Voirie", "4 120"), ("Voirie", "4 120", "3 900")])
@pytest.mark.parametrize("lower", [0, 6, 8])
def test_a_number_that_stands_a_little_lower_begins_the_first_cell_of_its_row(
    lower: float, cells: tuple[str, ...]
) -> None:
    rows = [line(n, *zip((90, 260, 400), cells, strict=False)) for n in range(3)]
    numbers = [Words(60, TOP - STEP * n - lower, f"{n + 1}.") for n in range(3)]
    found = page([[*row, number] for row, number in zip(rows, numbers, strict=True)])
    assert texts(found)[1:-1] == [f"{n}. {' | '.join(cells)}" for n in (1, 2, 3)]


def rows_of(*rows: list[tuple[float, str]], step: float = 20.0) -> list[list[Words]]:
    """Rows of cells from these places on; "\\n" breaks a line of a cell."""
    out: list[list[Words]] = []
    y = TOP
    for row in rows:
        cells = [text.split("\n") for _, text in row]
        out.append(
            [
                Words(x, y - 12 * n, part)
                for (x, _), lines in zip(row, cells, strict=True)
                for n, part in enumerate(lines)
            ]
        )
        y -= step + 12 * (max(map(len, cells)) - 1)
    return out


def test_numbers_of_rows_and_counts_behind_their_words_make_no_list_of_a_table() -> None:
    found = page(rows_of(
        [(60, "Nr."), (96, "Punt"), (380, "Voor"), (430, "Tegen")],
        [(66, "1"), (96, "Verslag van de oven"), (392, "21"), (448, "0")],
        [(66, "2"), (96, "Reglement op de meelzolder, met\nde bijlage van het bestuur"),
         (392, "14"), (448, "6")],
        [(66, "3"), (96, "Mededelingen")],
    ))  # fmt: skip
    assert texts(found)[1:-1] == [
        "Nr. | Punt | Voor | Tegen", "1 | Verslag van de oven | 21 | 0",
        "2 | Reglement op de meelzolder, met de bijlage van het bestuur | 14 | 6",
        "3 | Mededelingen | |",
    ]  # fmt: skip
    assert not any(p.doubts for p in found.passages)


def test_numbers_that_end_with_a_sign_are_no_cells_beside_names() -> None:
    found = page(rows_of(
        [(60, "1."), (96, "Verslag"), (380, "le bailli")],
        [(60, "2."), (96, "Reglement op de\nmeelzolder"), (380, "le meunier")],
    ))  # fmt: skip
    assert texts(found)[1] == "1. Verslag | le bailli"
    assert not any(text.startswith("2. |") for text in texts(found))


def test_the_rows_beside_a_cell_over_several_stand_by_themselves() -> None:
    rows = rows_of(
        [(60, "Fournée"), (260, "Jour"), (400, "Prix")],
        [(60, "Pain de fête, pour les\nnoces et les baptêmes"), (260, "lundi"), (400, "10 sous")],
        [(260, "mardi"), (400, "110 sous")],
        [(60, "Tourte"), (260, "jeudi"), (400, "28 sous")],
    )
    rows[2] = [Words(word.x, word.y + 12, word.text) for word in rows[2]]
    rows[3] = [Words(word.x, word.y + 12, word.text) for word in rows[3]]
    assert texts(page(rows))[1:-1] == [
        "Fournée | Jour | Prix",
        "Pain de fête, pour les noces et les baptêmes | lundi | 10 sous",
        "| mardi | 110 sous", "Tourte | jeudi | 28 sous",
    ]  # fmt: skip


def test_several_amounts_in_one_cell_have_a_doubt() -> None:
    found = page(rows_of(
        [(60, "Fournée"), (260, "Prix")],
        [(60, "Pain de fête\net tourte"), (260, "10,00 €\n28,00 €")],
        [(60, "Brioche"), (260, "5,00 €")],
    ))  # fmt: skip
    assert [LAID_OUT in p.doubts for p in found.passages][1:-1] == [False, True, False]


@pytest.mark.parametrize("article", ["Article 5. Les prix du four sont ceux-ci", "Art. 5. Prix"])
def test_a_line_across_the_columns_of_a_table_below_it_is_no_cell(article: str) -> None:
    line = f"{article}, que le comité fixe."
    rows = rows_of(
        [(60, "Fournée"), (200, "Prix\n(hiver)"), (320, "Prix\n(été)")],
        [(60, "Pain de fête, pour\nles noces"), (200, "10 sous"), (320, "8 sous")],
        [(60, "Tourte"), (200, "28 sous")],
    )
    found = read(pdf([Words(60, TOP + 14, line), *(word for row in rows for word in row)]))
    assert [p.anchor.portion for p in found.passages] == ["art_5"]
    assert "\nFournée | Prix (hiver) | Prix (été)\n" in f"\n{found.passages[0].text}\n"


def test_cells_in_the_middle_of_their_columns_stand_in_these() -> None:
    found = page(rows_of(
        [(70, "Fournée"), (226, "Prix\nd'hiver"), (370, "Prix d'été")],
        [(60, "Pain de fête"), (220, "10 sous"), (352, "8 sous, avec une\ntaxe d'un sou")],
        [(88, "Tourte"), (238, "rien"), (388, "12 sous")],
    ))  # fmt: skip
    assert texts(found)[1:-1] == [
        "Fournée | Prix d'hiver | Prix d'été",
        "Pain de fête | 10 sous | 8 sous, avec une taxe d'un sou",
        "Tourte | rien | 12 sous",
    ]  # fmt: skip


def test_a_table_of_addresses_is_not_read_column_by_column() -> None:
    rows = rows_of(
        [(60, "Maison communale"), (220, "Rue du Four 12\n5570 Pondrôme"), (340, "082 71 00 10")],
        [(60, "Moulin de la Houille"), (220, "Quai Vert 4\n5570 Pondrôme"), (340, "082 71 99 00")],
        [(60, "Maison du bailli"), (220, "Place Verte 1"), (340, "082 71 44 21")],
        [(60, "Fournil"), (220, "Rue Basse 7\nfermé le lundi"), (340, "082 71 30 02")],
        step=21.0,
    )
    words = [word for row in rows for word in row]
    last = min(word.y for word in words)
    title = [
        Words(60, TOP + 60, "Guide du four", 18),
        Words(60, TOP + 30, "Adresses", 13, bold=True),
    ]
    below = [Words(60, last - 40, "Sacs", 13, bold=True), Words(60, last - 62, "Le sac est gris.")]
    found = read(pdf([*title, *words, *below]))
    assert [(p.headings[-1], p.text) for p in found.passages] == [
        ("Adresses", "Maison communale | Rue du Four 12 5570 Pondrôme | 082 71 00 10"),
        ("Adresses", "Moulin de la Houille | Quai Vert 4 5570 Pondrôme | 082 71 99 00"),
        ("Adresses", "Maison du bailli | Place Verte 1 | 082 71 44 21"),
        ("Adresses", "Fournil | Rue Basse 7 fermé le lundi | 082 71 30 02"),
        ("Sacs", "Le sac est gris."),
    ]


def test_a_line_in_the_first_column_heads_rows_below_heads_of_several_lines() -> None:
    rows = rows_of(
        [(60, "Formule"), (260, "Inwoner"), (360, "Niet-\ninwoner")],
        [(60, "Losse beurt")],
        [(60, "Volwassene"), (260, "4,00"), (360, "5,50")],
        [(60, "Abonnement")],
        [(60, "Twaalf beurten, geldig\nvoor een jaar"), (260, "40,00"), (360, "55,00")],
    )
    found = page(rows, "De oven is voor iedereen open en de prijzen zijn deze:")
    assert [(p.headings[-1:], p.text) for p in found.passages[1:-1]] == [
        ((), "Formule | Inwoner | Niet-inwoner"), ((), "Losse beurt | |"),
        (("Losse beurt",), "Volwassene | 4,00 | 5,50"), ((), "Abonnement | |"),
        (("Abonnement",), "Twaalf beurten, geldig voor een jaar | 40,00 | 55,00"),
    ]  # fmt: skip

"""Columns of articles on a PDF page, of whatever length, and tables of articles, which are none."""

from __future__ import annotations

import pytest

from sources.formats.omissions import LAID_OUT
from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, content, pdf, raw_pdf, typed
from tests.sources.formats.test_pdf import ruled

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


TABLE = [("Zone", "Zomer", "Winter"), ("Berg", "4 euro", "2 euro"), ("Dal", "3 euro", "1 euro")]


@pytest.mark.parametrize("offset", [0, 5])
@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize("number", [2, 4, 6])
def test_a_table_in_one_column_stays_with_its_article(
    number: int, drawn: bool, offset: float
) -> None:
    words, lines = list[Words](), b""
    for x, first, top in ((40, 1, 760), (320, 4, 760 - offset)):
        y = top
        for n in range(first, first + 3):
            words += typed(articles(n, n), x, y)
            y -= 48
            if n == number:
                for row, cells in enumerate(TABLE):
                    places = zip((x + 5, x + 65, x + 125), cells, strict=True)
                    words += [Words(at, y + 3 - 14 * row, cell, 9) for at, cell in places]
                levels = [y + 14 - 14 * k for k in range(4)]
                lines = ruled([x, x + 60, x + 120, x + 180], levels) if drawn else b""
                y -= 60
    found = read_pdf(raw_pdf([content(words) + b" " + lines]), searchable=None)
    rows = "\n".join(" | ".join(cells) for cells in TABLE)
    assert stored(document(found, work="sluis", lang="nl")) == [
        (f"art_{n}", " ".join(RULE) + (f"\n{rows}" if n == number else "")) for n in range(1, 7)
    ]


@pytest.mark.parametrize("split", [(2, 2), (3, 1)])
def test_another_text_in_columns_below_is_read_after_the_columns_above(
    split: tuple[int, int],
) -> None:
    law = ("Le gardien ferme l’écluse à huit", "heures, sauf les jours de fête.")
    french = [[line for n in some for line in (f"Article {n}. Écluse", *law, "")]
              for some in (range(1, split[0] + 1), range(split[0] + 1, 5))]  # fmt: skip
    page = [
        *typed(french[0], 40, 760),
        *typed(french[1], 320, 760),
        *typed(articles(1, 2), 40, 580),
        *typed(articles(3, 4), 320, 580),
    ]
    assert [text for _, text in stored(read(*page))] == [" ".join(law)] * 4 + [" ".join(RULE)] * 4


@pytest.mark.parametrize("lower", [0, 14])
def test_signatures_below_columns_stand_after_their_articles(lower: float) -> None:
    page = [
        *typed(articles(1, 3), 40, 760),
        *typed(articles(4, 6), 320, 760),
        *typed(["Gedaan te Sluisdorp, 3 mei 2031.", "De sluismeester,"], 40, 560, step=24),
        Words(320, 536 - lower, "De griffier,"),
        Words(40, 500, "J. Claes"),
        Words(320, 500 - lower, "M. Peeters"),
    ]
    found = stored(read(*page))
    assert found[:6] == [(f"art_{n}", " ".join(RULE)) for n in range(1, 7)]
    last = " ".join(text for _, text in found[6:])
    signs = ["Gedaan te Sluisdorp", "De sluismeester", "De griffier", "J. Claes", "M. Peeters"]
    assert all(sign in last for sign in signs)


def notice(frame: str) -> Document:
    """Two columns of articles, and words in a frame over their gutter."""
    narrow = ["Artikel 2. Brug", "De brug staat", "open tot negen", "uur en op elke", "feestdag."]
    right = ["Artikel 6. Kade", "De kade is", "vrij tot tien", "uur en op elke", "feestdag."]
    words = [
        *typed(articles(1, 1), 40, 760),
        *typed([*narrow, "", *articles(3, 4)], 40, 712),
        *typed(articles(5, 5), 320, 760),
        *typed(right[:1], 320, 712),
        *typed([*right[1:], "", *(f"{line}" for line in articles(7, 8))], 400, 700),
        *typed(["LET OP", "De sluis van Berg is", "dicht in mei."], 190, 700),
    ]
    found = read_pdf(raw_pdf([f"{frame} ".encode() + content(words)]), searchable=None)
    return document(found, work="sluis", lang="nl")


@pytest.mark.parametrize(
    "frame",
    [
        "170 668 190 41 re S",
        "0.9 g 170 668 190 41 re f 0 g",
        "170 668 190 0.5 re 170 709 190 0.5 re 170 668 0.5 41 re 360 668 0.5 41 re f",
    ],
)
def test_a_notice_over_the_gutter_is_a_note_and_told(frame: str) -> None:
    found = notice(frame)
    assert ("art_2", "De brug staat open tot negen uur en op elke feestdag.") in stored(found)
    assert ("art_6", "De kade is vrij tot tien uur en op elke feestdag.") in stored(found)
    words = "LET OP De sluis van Berg is dicht in mei."
    assert words in [note for p in found.passages for note in p.notes]
    assert found.warnings == (
        "notices in a frame over two columns, read as notes of the lines they stand at: "
        f"1 (“{words}”)",
    )


def test_words_in_a_frame_of_one_column_stay_in_it() -> None:
    page = [*typed(articles(1, 4), 40, 760), *typed(articles(5, 8), 320, 760)]
    frame = b" 312 660 220 60 re S"
    found = read_pdf(raw_pdf([content(page) + frame]), searchable=None)
    assert stored(document(found, work="sluis", lang="nl")) == [
        (f"art_{n}", " ".join(RULE)) for n in range(1, 9)
    ]


def test_words_in_a_frame_that_are_read_across_are_doubtful() -> None:
    words = [
        *typed(
            ["De sluis gaat om zeven", "uur open, de brug", "om acht uur en de", "kade."], 40, 760
        ),
        *typed(["LET OP: in mei", "is de sluis dicht."], 200, 748),
    ]
    found = read_pdf(raw_pdf([content(words) + b" 190 730 160 34 re S"]), searchable=None)
    passages = document(found, work="sluis", lang="nl").passages
    assert any(LAID_OUT in passage.doubts for passage in passages)


def test_the_head_of_a_drawn_table_may_stand_alone_at_the_end_of_a_page() -> None:
    across = [40.0, 180.0, 320.0, 460.0]
    first = [
        Words(40, 300, "Artikel 1. Het tarief van de sluis is:"),
        *(Words(x + 4, 66, text, bold=True) for x, text in zip(across, TABLE[0], strict=False)),
    ]
    second = [
        Words(x + 4, 786 - 20 * n, text)
        for n, row in enumerate(TABLE[1:])
        for x, text in zip(across, row, strict=False)
    ]
    second += [Words(40, 700, "Artikel 2. De sluis is open.")]
    pages = [
        content(first) + b"\n" + ruled(across, [80.0, 60.0]),
        content(second) + b"\n" + ruled(across, [800.0, 780.0, 760.0]),
    ]
    found = document(read_pdf(raw_pdf(pages), searchable=None), work="sluis", lang="nl")
    rows = "\n".join(" | ".join(row) for row in TABLE)
    assert stored(found) == [
        ("art_1", f"Het tarief van de sluis is:\n{rows}"),
        ("art_2", "De sluis is open."),
    ]


@pytest.mark.parametrize("above", [[], ["De sluiswachters van de Rupel, in Boom bijeen,", ""]])
def test_headings_in_the_middle_above_short_texts_make_no_columns(above: list[str]) -> None:
    page, y = typed(above, 60, 780), 744.0
    for n in range(1, 7):
        page += [
            Words(270, y, f"Artikel {n}"),
            Words(270, y - 16, f"Sluis {n}", bold=True),
            Words(60, y - 32, f"Sluis {n} is open."),
        ]
        y -= 56
    found = [(p.anchor.portion, p.headings, p.text) for p in read(*page).passages]
    assert found[len(found) - 6 :] == [
        (f"art_{n}", (f"Artikel {n} – Sluis {n}",), f"Sluis {n} is open.") for n in range(1, 7)
    ]


ACROSS = [
    # the words left and right, how far apart in signs, and the lines that are doubtful
    ([("Voorgestelde tekst", "Amendement"), ("De sluis krijgt 2 miljoen euro,",
       "De sluis krijgt 3 miljoen euro,"), ("ten laatste in mei.", "ten laatste in juni.")],
     2, [2]),
    ([("De veerman vaart zonder een", "Der Fährmann fährt ohne eine"),
      ("vergunning over de stroom.", "Genehmigung über den Strom.")], 5, [0, 1]),
    ([("Volwassenen", "4 euro"), ("kinderen", "2 euro")], 20, []),
    ([("Aanwezig :", "de wachter van de sluis"), ("Afwezig :", "de veerman van de sluis")], 2, []),
    ([("§ 1.", "De wachter sluit de sluis"), ("§ 2.", "De veerman vaart tot acht uur")], 2, []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "gap", "doubtful"), ACROSS)
def test_words_beside_others_that_are_read_across_are_doubtful(
    rows: list[tuple[str, str]], gap: int, doubtful: list[int]
) -> None:
    right = 60 + 6 * (max(len(left) for left, _ in rows) + gap)
    page = typed(["Artikel 1. Sluis"], 60, 760)
    page += [
        words
        for n, (left, beside) in enumerate(rows)
        for words in (Words(60, 730 - 13 * n, left), Words(right, 730 - 13 * n, beside))
    ]
    found = read(*page).passages
    for n, (_, beside) in enumerate(rows):
        (passage,) = [p for p in found if beside in p.text]
        if n in doubtful or not doubtful:
            assert (LAID_OUT in passage.doubts) == (n in doubtful)


@pytest.mark.parametrize("goes_on", ["van de kermis, en", "Artikel 3. De wacht sluit"])
def test_a_formula_right_below_two_columns_ends_the_text(goes_on: str) -> None:
    left = ["Artikel 1. De brug is open voor", "alle wagens, dag en nacht, bij", "elk weer en in ",
            "elk seizoen.", "Artikel 2. Het geld is de dag"]  # fmt: skip
    right = [goes_on, "de dag nadien, volgens een", "tarief dat de baljuw uithangt", "aan de hal."]
    below = typed(["Gedaan te Hoei, 3 mei 2031."], 60, 640)
    found = stored(read(*typed(left, 60, 700), *typed(right, 300, 700), *below))
    assert found[-1] == ("fnp.par_1", "Gedaan te Hoei, 3 mei 2031.")
    assert "Gedaan" not in str(found[:-1])

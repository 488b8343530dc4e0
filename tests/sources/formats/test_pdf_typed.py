"""PDF as type sets it: large first letters, fractions, signs, numbers of lines, and narrow columns.

What a page shows is what is stored, or the reader is told.
"""

from __future__ import annotations

from math import cos, radians, sin

import pytest

from sources.formats.omissions import FORMULA, LAID_OUT
from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import (
    WIDTH,
    Words,
    column,
    content,
    pdf,
    raw_pdf,
    to_unicode,
    typed,
)

PLAIN = "/Subtype /Type1 /Encoding /WinAnsiEncoding /ToUnicode 10 0 R"


def read(data: bytes) -> Document:
    return document(read_pdf(data, searchable=None), work="vlasmarkt", lang="nl")


def texts(found: Document) -> list[str]:
    return [passage.text for passage in found.passages]


def test_a_large_first_letter_on_the_line_of_its_word_begins_that() -> None:
    words = "anaf de eerste dag van oktober verkoopt men op de vlasmarkt alleen linnen en touw."
    lines = column(words, 78, 700, signs=40)
    lines = [lines[0], *(Words(60, line.y, line.text) for line in lines[1:])]
    found = read(pdf([Words(60, 700, "V", 30), *lines]))
    assert texts(found) == [f"V{words}"]


@pytest.mark.parametrize("above", [6, 5.3])
def test_small_lines_beside_a_large_heading_of_another_column_are_not_raised(above: float) -> None:
    words = ["Wie zijn kraam laat staan", "betaalt veertig euro of", "verliest zijn plaats."]
    left = typed(words, 60, 700 + above, size=12, step=14)
    found = read(pdf([*left, Words(330, 700, "Feestdagen", 18, bold=True)]))
    said = " ".join([*texts(found), *(h for p in found.passages for h in p.headings)])
    assert all(line in said for line in words)


def test_a_stamp_a_little_aslant_stands_across_the_page() -> None:
    turn = radians(12)
    slant = (cos(turn), sin(turn), -sin(turn), cos(turn))
    lines = typed(["Artikel 1. Markt", "De markt is open tot elf uur."], 60, 700)
    found = read(pdf([*lines, Words(330, 560, "ONTVANGEN 3 MEI 2031", 16, turn=slant)]))
    assert texts(found) == ["De markt is open tot elf uur."]
    told = "left out, across the page: 1 place, 4 words (“ONTVANGEN 3 MEI 2031”)"
    assert found.warnings == (told,)


@pytest.mark.parametrize("name", ["ABCDEF+StandardSymbolsPS", "SymbolMT", "Symbol"])
@pytest.mark.parametrize(("key", "drawn"), [("£", "≤"), ("³", "≥"), ("±", "±"), ("a", "α")])
def test_keys_of_symbol_are_the_signs_that_it_draws(name: str, key: str, drawn: str) -> None:
    line = [
        Words(60, 700, "De koelkast blijft"),
        Words(60 + 19 * 6, 700, key, font="F3"),
        Words(60 + 21 * 6, 700, "5 graden."),
    ]
    entries = {"F3": f"{PLAIN} /BaseFont /{name}"}
    data = raw_pdf([content(line)], objects=[to_unicode({key: key})], further=entries)
    assert texts(read(data)) == [f"De koelkast blijft {drawn} 5 graden."]


def test_letters_of_formulas_are_read_and_told() -> None:
    line = [
        Words(60, 700, "Het loon is"),
        Words(60 + 12 * 6, 700, "xy", font="F3"),
        Words(60 + 15 * 6, 700, "euro per uur."),
    ]
    entries = {"F3": f"{PLAIN} /BaseFont /Formules"}
    meanings = to_unicode({"x": "\U0001d43f", "y": "\U0001d45b"})
    (passage,) = read(raw_pdf([content(line)], objects=[meanings], further=entries)).passages
    assert (passage.text, passage.doubts) == ("Het loon is Ln euro per uur.", (FORMULA,))


def fraction(rule: str) -> Document:
    lines = [
        *typed(["De retributie is:"], 60, 740),
        *typed(["a + b"], 120, 706),
        *typed(["20"], 129, 692),
        *typed(["De retributie is binnen dertig dagen te betalen."], 60, 640),
    ]
    return read(raw_pdf([content(lines) + f"\n{rule} re f".encode()]))


def test_words_above_and_below_the_line_of_a_fraction_are_told() -> None:
    found = fraction("119 702.5 32 0.5")
    doubted = [passage.text for passage in found.passages if FORMULA in passage.doubts]
    assert doubted[0].startswith("a + b")
    assert "binnen dertig dagen" not in str(doubted)


@pytest.mark.parametrize("rule", ["119 702.5 200 0.5", "60 738 102 0.5", "119 702.5 32 4"])
def test_lines_under_words_and_across_the_page_are_no_fractions(rule: str) -> None:
    assert not [p for p in fraction(rule).passages if FORMULA in p.doubts]


def numbered(size: float) -> Document:
    lines = typed(
        [
            "Artikel 1. Boom",
            "Wie een boom kapt die hoger is dan vier meter vraagt vooraf een vergunning aan",
            "en plant binnen het jaar een andere.",
            "Artikel 2. Haag",
            "Een haag is hoogstens twee meter hoog.",
            "Artikel 3. Boete",
            "De boete bedraagt veertig euro.",
        ],
        90, 740,
    )  # fmt: skip
    numbers = [Words(60, line.y, str(n), size) for n, line in enumerate(lines, 1)]
    return read(pdf([*lines, *numbers]))


def test_small_numbers_of_lines_are_known_by_one_sentence_that_goes_on() -> None:
    found = numbered(7)
    assert [p.anchor.portion for p in found.passages] == ["art_1", "art_2", "art_3"]
    assert found.passages[1].text == "Een haag is hoogstens twee meter hoog."
    assert found.warnings[0].startswith("left out, numbers of lines: 7 places")


def test_lines_of_two_short_columns_that_are_read_across_are_told() -> None:
    left = typed(
        ["De markt van de dinsdag gaat voortaan", "Door op het plein bij de kerk."], 60, 700
    )
    right = typed(["De bakker van het dorp sluit in"], 340, 700)
    below = typed(["juli en de slager is dan open."], 340, 676)
    found = read(pdf([*typed(["Artikel 1. Markt"], 60, 730), *left, *right, *below]))
    assert [p.doubts for p in found.passages if "bakker" in p.text] == [(LAID_OUT,)]


def test_a_label_beside_a_sentence_of_two_lines_is_not_told() -> None:
    words = [
        "Voorwerp:      De markt van de dinsdag gaat voortaan",
        "door op het plein bij de kerk.",
    ]
    lines = [Words(60, 700, "Voorwerp:"), Words(150, 700, words[0][15:]), Words(60, 688, words[1])]
    found = read(pdf([*typed(["Artikel 1. Markt"], 60, 730), *lines]))
    assert not any(p.doubts for p in found.passages)


def test_a_head_in_the_size_of_the_text_may_name_the_articles_of_its_page() -> None:
    rest = "De marktleider houdt een lijst bij van wie er staat en van wat hij verkoopt op de"
    pages = [
        [
            Words(60, 800, "Reglement vlasmarkt"),
            Words(480, 800, f"Art. {numbers[0]}-{numbers[-1]}"),
            *typed([line for n in numbers for line in (f"Artikel {n}. Lijst", f"{rest} markt.")],
                   60, 760),
        ]
        for numbers in ((1, 2, 3), (4, 5))
    ]  # fmt: skip
    found = read(pdf(*pages))
    assert [p.anchor.portion for p in found.passages] == [f"art_{n}" for n in range(1, 6)]
    assert not any("Reglement" in text for text in texts(found))
    assert found.warnings[0].startswith("left out, running headers, footers and page numbers: 2")


RULED = ((60, "60 110 110 0.6"), (66, "66 110 110 0.6"))


@pytest.mark.parametrize(("x", "rule"), RULED)
def test_notes_below_a_line_begin_at_its_edge_or_with_an_uncalled_one(x: float, rule: str) -> None:
    lines = [
        *typed(["Artikel 1. Prijs"], 60, 790),
        *typed(["De huur van een kraam op de markt kost vier euro"], 60, 760),
        Words(60 + 48 * 10 * WIDTH, 763, "2", 6),
        *typed(["** Per dag.", "2 Behalve in juli."], x, 95),
    ]
    found = read(raw_pdf([content(lines) + f"\n{rule} re f".encode()]))
    assert [(p.text, p.notes) for p in found.passages] == [
        ("De huur van een kraam op de markt kost vier euro", ("Behalve in juli.",))
    ]
    assert "notes that nothing in the text calls: 1 place" in str(found.warnings)


def test_the_heads_of_columns_above_a_line_are_no_fraction() -> None:
    lines = [
        *typed(["De retributie is:"], 60, 740),
        Words(60, 706, "Boot"), Words(205, 706, "Prijs"),
        Words(60, 692, "Kano"), Words(205, 692, "20 euro"),
    ]  # fmt: skip
    found = read(raw_pdf([content(lines) + b"\n58 702.5 190 0.5 re f"]))
    assert not [p for p in found.passages if FORMULA in p.doubts]


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Artikel 2. Dit reglement vervangt artikel", "6 van het reglement op de vlasmarkt."),
        ("Artikel 2. De kraam is open van", "7 uur tot de avond."),
        ("Artikel 2. De boete is die van punt", "2. van de bijlage."),
        ("Artikel 2. De markt is open, behalve op", "1 mei en de kermis."),
    ],
)
def test_a_typed_line_that_awaits_a_number_goes_on_with_it(line: str, below: str) -> None:
    first = "Artikel 1. Op de vlasmarkt verkoopt men alleen linnen, touw en garen van hier."
    found = read(pdf(typed(["VLASMARKT", "", first, line, below], 60, 700)))
    assert [p.headings[-1] for p in found.passages] == ["Artikel 1", "Artikel 2"]
    assert found.passages[1].text == f"{line.removeprefix('Artikel 2. ')} {below}"


def test_points_and_counts_on_short_lines_go_on_from_none() -> None:
    first = "Artikel 1. Op de vlasmarkt verkoopt men alleen linnen, touw en garen van hier."
    lines = [first, "Artikel 2. De raad telt:", "1. een voorzitter van de markt", "2. zes leden"]
    found = read(pdf(typed(lines, 60, 700)))
    assert [p.anchor.portion for p in found.passages][-2:] == ["art_2.pnt_1", "art_2.pnt_2"]

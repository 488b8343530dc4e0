"""Notes at the foot of a PDF page: how they are called, and small type that is none."""

from __future__ import annotations

import pytest

from sources.bilingual import Bilingual
from sources.formats.pdf.reader import read_pdf
from sources.formats.raised import NUMBER_OR_CALL, SHARED_NOTES
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, content, pdf, raw_pdf, typed


def read(*page: Words) -> Document:
    data = pdf([*typed(["Artikel 1. Doel"], 60, 790), *page])
    return document(read_pdf(data, searchable=None), work="dijk", lang="nl")


def foot(*notes: str) -> list[Words]:
    return typed(list(notes), 60, 80, size=7)


@pytest.mark.parametrize("sign", ["†", "‡", "¹", "²", "³"])
def test_a_sign_that_is_raised_by_itself_calls_its_note(sign: str) -> None:
    words = f"De dijk{sign} is ten hoogste 25 m² groot."
    found = read(Words(60, 760, words), *foot(f"{sign} Behalve de dam."))
    assert [(p.text, p.notes) for p in found.passages] == [
        (words.replace(sign, "", 1), ("Behalve de dam.",))
    ]


@pytest.mark.parametrize("sign", ["1", "a"])
@pytest.mark.parametrize("brackets", ["()", "[]"])
def test_a_raised_sign_may_stand_in_brackets_in_its_text_and_its_note(
    sign: str, brackets: str
) -> None:
    left, right = brackets
    words = "De dijk is het hele jaar dicht "
    found = read(
        Words(60, 760, words + left),
        Words(60 + 6 * 32, 763.5, sign, 6),
        Words(60 + 6 * 32 + 3.6, 760, f"{right}."),
        Words(60, 80, left, 7),
        Words(64.2, 82.5, sign, 5),
        Words(67.2, 80, f"{right} Behalve de dam.", 7),
    )
    assert [(p.text, p.notes) for p in found.passages] == [
        (f"{words.strip()}.", ("Behalve de dam.",))
    ]


def test_a_figure_that_no_note_answers_stays_raised() -> None:
    words = "De dijk³ is ten hoogste 25 m² groot, 10³ voet en 30² el."
    assert [p.text for p in read(Words(60, 760, words)).passages] == [words]


CITED = [
    # the words, as they are kept, and whether a note and a doubt go with them
    ("Het peil volgt uit artikel 12¹ van de dijkwet.¹", "artikel 12¹ van de dijkwet.", True, False),
    ("De dam¹ volgt artikel 12¹ van de dijkwet.", "De dam volgt artikel 12¹", True, False),
    ("De dam¹ volgt de artikelen 3 en 12¹ van de wet.", "artikelen 3 en 12¹ van", True, False),
    ("De dam volgt artikel 12¹ van de dijkwet.", "artikel 12¹ van de dijkwet.", True, True),
    ("De dam volgt artikel 12² van de dijkwet.¹", "artikel 12² van de dijkwet.", True, False),
    ("De dam volgt artikel 12 van de dijkwet¹ en is 3² el.", "dijkwet en is 3² el", True, False),
    ("De dam volgt artikel 12¹ van de dijkwet.", "artikel 12¹ van de dijkwet.", False, False),
    ("De dam volgt het tweede lid van artikel 12¹.", "lid van artikel 12¹.", True, True),
    ("De dam¹ volgt artikelen 5 tot 12¹ van de wet.", "artikelen 5 tot 12¹ van", True, False),
    ("De dam volgt bijlage 1¹ bij de dijkwet.", "bijlage 1 bij de dijkwet.", True, False),
    ("De dam volgt artikel 3, § 2¹ van de wet.", "artikel 3, § 2 van de wet.", True, False),
]


@pytest.mark.parametrize(("words", "kept", "noted", "unsure"), CITED)
def test_a_figure_behind_the_number_of_an_article_that_is_cited_is_part_of_it(
    words: str, kept: str, *, noted: bool, unsure: bool
) -> None:
    found = read(Words(60, 760, words), *foot(*["¹ Behalve de dam."] * noted))
    (passage,) = found.passages
    assert kept in passage.text
    assert passage.notes == ("Behalve de dam.",) * noted
    assert passage.doubts == (NUMBER_OR_CALL,) * unsure


def test_a_cell_of_a_table_may_cite_an_article_with_a_raised_figure() -> None:
    rows = (("Dam¹", "Grond"), ("Peil", "artikel 12¹"), ("Duur", "artikel 13"))
    words = [
        Words(60 + 150 * at, 760 - 14 * row, text)
        for row, cells in enumerate(rows)
        for at, text in enumerate(cells)
    ]
    text = read(*words, *foot("¹ Behalve de sluis.")).passages[0].text
    assert text == "Dam | Grond\nPeil | artikel 12¹\nDuur | artikel 13"


def test_the_number_of_an_article_that_is_cited_may_begin_on_the_line_above() -> None:
    found = read(
        Words(60, 760, "De dam¹ die bij de sluis ligt en het peil van het water volgen artikel"),
        Words(60, 748, "12¹ van de dijkwet."),
        *foot("¹ Behalve de dam."),
    )
    assert found.passages[0].text.endswith("volgen artikel 12¹ van de dijkwet.")


def test_a_note_is_called_by_its_number_in_brackets_or_told() -> None:
    found = read(
        Words(60, 760, "De dijk"),
        Words(60 + 6 * 7, 763.5, "1", 6),
        Words(60 + 6 * 8, 760, "sluit om zeven uur (2) en opent om acht uur."),
        *foot("1 Behalve de dam.", "2 In de winter.", "3 In de zomer."),
    )
    (passage,) = found.passages
    assert passage.text == "De dijk sluit om zeven uur en opent om acht uur."
    assert passage.notes == ("Behalve de dam.", "In de winter.")
    assert found.warnings == (
        "left out, notes that nothing in the text calls: 1 place, 4 words (“3 In de zomer.”)",
    )


def test_a_list_in_small_type_above_a_note_is_no_note() -> None:
    found = read(
        Words(60, 760, "De dijk"),
        Words(60 + 6 * 7, 763.5, "1", 6),
        Words(60 + 6 * 8, 760, "is in de week na de vloed van het voorjaar open voor:"),
        *typed(["1. de fietsers;", "2. de wandelaars."], 60, 130, size=7),
        *foot("1 Behalve de dam."),
    )
    assert [(p.anchor.portion, p.text) for p in found.passages] == [
        ("art_1", "De dijk is in de week na de vloed van het voorjaar open voor:"),
        ("art_1.pnt_1", "de fietsers;"),
        ("art_1.pnt_2", "de wandelaars."),
    ]
    assert found.passages[0].notes == ("Behalve de dam.",)


CALLED = [
    Words(60, 760, "De dijk"),
    Words(60 + 6 * 7, 763.5, "1", 6),
    Words(60 + 6 * 8, 760, "is van mei tot en met de maand september gesloten:"),
    *typed(["1. voor fietsers;", "2. voor ruiters."], 60, 740),
]


def drawn(*words: Words, rule: str) -> Document:
    page = content([*typed(["Artikel 1. Doel"], 60, 790), *CALLED, *words])
    data = raw_pdf([page + f"\n{rule} re f".encode()])
    return document(read_pdf(data, searchable=None), work="dijk", lang="nl")


def test_notes_below_a_short_line_may_have_the_size_of_the_text() -> None:
    notes = typed(["1 Behalve de dam, die tot juni", "open is.", "2 In de winter."], 60, 95)
    found = drawn(*notes, rule="60 110 110 0.6")
    assert [(p.text, p.notes) for p in found.passages] == [
        ("De dijk is van mei tot en met de maand september gesloten:",
         ("Behalve de dam, die tot juni open is.",)),
        ("voor fietsers;", ()),
        ("voor ruiters.", ()),
    ]  # fmt: skip
    assert found.warnings == (
        "left out, notes that nothing in the text calls: 1 place, 4 words (“2 In de winter.”)",
    )


@pytest.mark.parametrize(
    "rule",
    [
        "60 110 300 0.6",  # too long
        "200 110 110 0.6",  # not at the edge
        "60 780 110 0.6",  # another line stands between
        "60 739 40 0.6",  # under a word
        "60 110 110 4",
    ],
)
def test_lines_in_the_size_of_the_text_below_other_lines_are_text(rule: str) -> None:
    found = drawn(Words(60, 95, "1 Behalve de dam."), rule=rule)
    assert "Behalve de dam." in str([p.text for p in found.passages])
    assert [p.notes for p in found.passages if p.notes] == []


def test_notes_at_the_end_of_a_text_may_have_roman_numbers() -> None:
    line = "De dijk is gesloten van mei tot september"
    first, signs = list[Words](), ("i", "ii", "iii")
    for at, sign in enumerate(signs):
        y = 760 - 30 * at
        first += [Words(60, y, line), Words(60 + 6 * len(line), y + 3.5, sign, 6)]
    notes = typed(["i Behalve de dam.", "ii Of juni.", "iii In de winter."], 60, 790, step=20)
    data = pdf([*typed(["Artikel 1. Doel"], 60, 790), *first], notes)
    found = document(read_pdf(data, searchable=None), work="dijk", lang="nl")
    assert [(p.text, p.notes) for p in found.passages] == [
        ("\n".join([line] * 3), ("Behalve de dam.", "Of juni.", "In de winter."))
    ]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("calls", "notes", "doubts"),
    [(2, [("Buiten de kermis.",), ("Bij hoogwater niet.",)], [(), ()]),
     (1, [("Buiten de kermis. Bij hoogwater niet.",), ()], [(SHARED_NOTES,), ()])],
)  # fmt: skip
def test_notes_with_one_sign_on_a_page_go_to_their_calls_in_turn(
    calls: int, notes: list[tuple[str, ...]], doubts: list[tuple[Bilingual, ...]]
) -> None:
    page = [*typed(["De wagen betaalt drie stuivers", "Het veer vaart gratis"], 60, 760, step=40)]
    page += [Words(240 - 54 * n, 764 - 40 * n, "*", 6) for n in range(calls)]
    page += [Words(246, 760, "aan de wacht."), Words(192, 720, "in mei.")]
    page += typed(["* Buiten de kermis.", "* Bij hoogwater niet."], 60, 100, size=8)
    found = read_pdf(raw_pdf([content(page) + b"\n60 112 120 0.5 re f"]), searchable=None)
    passages = document(found, work="dijk", lang="nl").passages
    assert [p.notes for p in passages] == notes
    assert [p.doubts for p in passages] == doubts

"""Notes at the foot of a PDF page: how they are called, and small type that is none."""

from __future__ import annotations

import pytest

from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import Words, pdf, typed


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


def test_a_figure_that_no_note_answers_stays_raised() -> None:
    words = "De dijk³ is ten hoogste 25 m² groot, 10³ voet en 30² el."
    assert [p.text for p in read(Words(60, 760, words)).passages] == [words]


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

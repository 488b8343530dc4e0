"""Between which bounds of a scale a number lies."""

from __future__ import annotations

import pytest

from assistant.bounds import within
from index.query import Query
from sources.anchor import Lang

SCALES: dict[Lang, tuple[str, ...]] = {
    "fr": (
        "jusqu’à 1 000 euros | un devis",
        "de 1 001 à 8 500 euros | deux devis",
        "de 8 501 à 30 000 euros | trois devis",
        "au-delà de 30 000 euros | marché public",
    ),
    "nl": (
        "minder dan 5 jaar | 1 dag",
        "tussen 5 en 9 jaar | 2 dagen",
        "groep C: 10-19 jaar | 3 dagen",
        "20 jaar of meer | 5 dagen",
    ),
}


@pytest.mark.parametrize(
    ("lang", "question", "row"),
    [
        ("fr", "Combien de devis pour 900 euros ?", 0),
        ("fr", "Combien de devis pour un achat de 20.000 euros ?", 2),
        ("fr", "Combien de devis pour un achat de 20 000 € ?", 2),
        ("nl", "Hoeveel offertes voor een aankoop van € 50.000?", 3),
        ("fr", "Combien de devis pour 20 000 chaises ?", None),
        ("fr", "Combien de devis en 2031 ?", None),
        ("fr", "Combien de devis entre 900 euros et 2 000 euros ?", None),
        ("nl", "Hoeveel verlof na 3 jaar?", 0),
        ("nl", "Hoeveel verlof krijg ik na 7 jaar?", 1),
        ("fr", "Combien de congé après 12 ans ?", 2),
        ("nl", "Hoeveel verlof na 31 jaar dienst?", 3),
        ("nl", "Hoeveel verlof na 31 dagen?", None),
    ],
)
def test_the_row_of_a_number_is_the_one_between_whose_bounds_it_lies(
    lang: Lang, question: str, row: int | None
) -> None:
    of = "nl" if "verlof" in question or "congé" in question else "fr"
    assert within(Query.of(question, lang), SCALES[of], of) == row


def test_rows_that_overlap_tell_nothing() -> None:
    rows = ("tot 10 euro | A", "van 10 tot 20 euro | B")
    assert within(Query.of("Welke letter bij 10 euro?", "nl"), rows, "nl") is None
    assert within(Query.of("Welke letter bij 10 euro?", "nl"), rows[:1], "nl") is None

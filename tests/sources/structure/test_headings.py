"""What stands above a passage, in texts whose format says no or only some headings."""

from __future__ import annotations

import pytest

from tests.sources.structure.reading import by_portion, read

CODE = """Code des bacs

LIVRE Ier. - Du passage

TITRE Ier. - Le bac

CHAPITRE UNIQUE. - Le passeur

Art. 1. Le passeur est assermenté.

LIVRE II. - Des rives

TITRE Ier. - Les pontons

Art. 2. Le ponton est entretenu.
"""


def test_a_book_stands_above_its_titles() -> None:
    found = read(CODE)
    assert [p.headings for p in found.passages] == [
        (
            "LIVRE Ier. - Du passage",
            "TITRE Ier. - Le bac",
            "CHAPITRE UNIQUE. - Le passeur",
            "Art. 1",
        ),
        ("LIVRE II. - Des rives", "TITRE Ier. - Les pontons", "Art. 2"),
    ]
    assert not found.warnings


@pytest.mark.parametrize(
    "formula",
    [
        "Promulguons la présente loi, ordonnons qu’elle soit publiée par le Moniteur belge.",
        "Promulguons le présent décret, ordonnons qu’il soit publié au Moniteur belge.",
        "Kondigen dit decreet af, bevelen dat het in het Belgisch Staatsblad wordt bekendgemaakt.",
    ],
)
def test_a_promulgation_is_no_text_of_the_last_article(formula: str) -> None:
    found = by_portion(read(f"Note\n\nArt. 1. Le bac est gratuit.\n\n{formula}\n"))
    assert found == {"art_1": "Le bac est gratuit.", "fnp.par_1": formula}

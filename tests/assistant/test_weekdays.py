"""Days of the week that a question names, and a passage does not."""

from __future__ import annotations

import pytest

from assistant.weekdays import is_of_another_day
from index.query import Query
from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.model import Kind, Passage


@pytest.mark.parametrize(
    ("question", "lang", "text", "is_other"),
    [
        ("Le marché se tient-il le jeudi ?", "fr", "Le marché se tient les mardis.", True),
        ("Is de bibliotheek open op zondag?", "nl", "Open: zaterdagvoormiddag.", True),
        (
            "Is er op zondag markt?",
            "nl",
            "Le marché se tient le samedi.",
            True,
        ),  # in either language
        ("Le marché se tient-il le jeudi ?", "fr", "Le marché se tient du mardi au samedi.", False),
        (
            "Is de bibliotheek open op maandag?",
            "nl",
            "Open van zaterdag tot en met maandag.",
            False,
        ),
        (
            "Is de bibliotheek open op woensdag?",
            "nl",
            "Alle dagen open, behalve op maandag.",
            False,
        ),
        ("Wanneer is de bibliotheek open?", "nl", "Open op zaterdag.", False),
        ("Le marché se tient-il le jeudi ?", "fr", "Le marché se tient chaque semaine.", False),
    ],
)
def test_a_passage_of_another_day_is_told(
    question: str, lang: Lang, text: str, is_other: bool
) -> None:
    of: Lang = "fr" if text.startswith("Le ") else "nl"
    passage = Passage(
        Anchor("markt", of, "par_1"), Kind.PARAGRAPH, text, (), Bilingual(fr="", nl="")
    )
    assert is_of_another_day(Query.of(question, lang), passage) == is_other

"""Declarations that were added: of one day, and of a town by its name in the other language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from tests.assistant.ordinary import Texts

_TEXTS: Texts = {
    ("phares", "fr"): (
        "Déclaration commune de Bruges du 12 mars 2031 sur les phares",
        """# Déclaration commune de Bruges du 12 mars 2031 sur les phares

1. Les ministres repeignent les phares en rouge.

2. Un gardien veille dans chaque phare.
""",
    ),
    ("musees", "fr"): (
        "Déclaration commune de Bruges du 12 mars 2031 sur les musées",
        """# Déclaration commune de Bruges du 12 mars 2031 sur les musées

1. Les ministres créent une carte unique pour les musées.

2. Le premier dimanche du mois est gratuit.
""",
    ),
    ("textiel", "nl"): (
        "Gemeenschappelijke verklaring van Rijsel van 4 oktober 2032 over de textielindustrie",
        """# Gemeenschappelijke verklaring van Rijsel van 4 oktober 2032 over de textielindustrie

1. De ministers richten een fonds op voor de weverijen.

2. De bedrijven hergebruiken hun afvalwater.
""",
    ),
}


@pytest.fixture(scope="module")
def declared(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(_TEXTS)


@pytest.mark.parametrize(
    "question",
    [
        "Que dit la déclaration de Bruges du 12 mars 2031 ?",
        "De quoi parle la déclaration du 12 mars 2031 ?",
        "Wat zegt de verklaring van 12 maart 2031?",
        "Wat zegt de verklaring van Brugge?",
    ],
)
def test_of_two_of_one_day_it_is_asked_which(declared: Assistant, question: str) -> None:
    outcome = declared.ask(question)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "which"
    assert {c.source for c in outcome.choices} == {"phares", "musees"}


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Point 1 de la déclaration de Lille", ["textiel@nl#pnt_1"]),
        ("Punt 2 van de verklaring van Rijsel", ["textiel@nl#pnt_2"]),
        ("Point 2 de la déclaration de Bruges sur les musées", ["musees@fr#pnt_2"]),
        ("Punt 2 van de verklaring van 12 maart 2031", ["musees@fr#pnt_2", "phares@fr#pnt_2"]),
        ("Point 1 de la déclaration de Bruges", ["musees@fr#pnt_1", "phares@fr#pnt_1"]),
    ],
)
def test_a_point_is_of_the_one_that_is_named_in_either_language(
    declared: Assistant, question: str, cited: list[str]
) -> None:
    outcome = declared.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert sorted(c.anchor for c in outcome.citations) == cited


@pytest.mark.parametrize(
    "question",
    [
        "Que dit la déclaration du 12 mars 2031 sur les musées ?",
        "Que dit la déclaration de Lille sur le fonds ?",
    ],
)
def test_one_that_is_here_is_not_said_to_be_missing(declared: Assistant, question: str) -> None:
    outcome = declared.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert not outcome.notices

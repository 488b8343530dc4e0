"""Of the sentences of a passage the one is shown that states the exception or reason asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from sources.anchor import Lang
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("loutres", "fr"): (
        "Règlement du parc aux loutres",
        """# Règlement du parc aux loutres

Article 1er. Tout visiteur du parc aux loutres porte un bracelet jaune pendant sa visite. Les
enfants de moins de six ans en sont dispensés.

Art. 2. L'étang des loutres est vidé chaque année au mois de mars. On le
nettoie alors, afin d'éviter les algues.
""",
    ),
    ("veerhuis", "nl"): (
        "Reglement van het veerhuis",
        """# Reglement van het veerhuis

Artikel 1. Elke gebruiker van het veerhuis betaalt een waarborg voor de sleutel van het veerhuis.
De vrijwilligers zijn daarvan vrijgesteld.

Art. 2. De kelder van het veerhuis wordt in de winter gesloten voor bezoekers.
Dat gebeurt omdat het water er dan stijgt.
""",
    ),
}


@pytest.fixture(scope="module")
def found(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


@pytest.mark.parametrize(
    ("lang", "question", "said"),
    [
        ("fr", "Qui est dispensé du bracelet jaune du parc aux loutres ?", "moins de six ans"),
        ("fr", "Qui porte un bracelet jaune au parc aux loutres ?", "Tout visiteur"),
        ("fr", "Pourquoi l’étang des loutres est-il vidé au mois de mars ?", "les algues"),
        (
            "nl",
            "Wie is vrijgesteld van de waarborg voor de sleutel van het veerhuis?",
            "vrijwillig",
        ),
        ("nl", "Waarom wordt de kelder van het veerhuis in de winter gesloten?", "water er dan"),
        ("nl", "Waarom is de vijver van de otters in maart leeg?", "les algues"),
    ],
)
def test_a_sentence_that_states_what_is_asked_goes_before_one_that_is_nearer(
    found: Assistant, lang: Lang, question: str, said: str
) -> None:
    answer = found.ask(question, lang)
    assert isinstance(answer, Answer), answer.text
    key = answer.citations[0].key
    assert key is not None
    assert said in key.text

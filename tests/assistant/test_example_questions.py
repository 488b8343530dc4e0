"""Example questions about texts that came without any: made of what they have, and answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.examples import examples
from sources.anchor import Anchor, Lang
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("lavoirs", "fr"): (
        "Règlement des lavoirs de Brumaux",
        """# Règlement des lavoirs de Brumaux

## Article 1. Objet

Le présent règlement fixe les heures des lavoirs.

## Article 2. Définitions

On entend par :

1° bassin de rinçage : le bassin dont l'eau coule ;

2° lavandier : la personne qui a la clé.

## Article 3. Remise des clés

La clé est rendue au lavandier avant vingt heures.
""",
    ),
    ("wasplaats", "nl"): (
        "Vragen over de wasplaats van Molderzele",
        """# Vragen over de wasplaats van Molderzele

## Hoeveel kost een wasbeurt?

Een wasbeurt kost drie euro.

## Wie herstelt de wasbakken?

De technische dienst herstelt de wasbakken.
""",
    ),
}


@pytest.fixture(scope="module")
def known(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


@pytest.mark.parametrize(
    ("lang", "work", "made"),
    [
        ("fr", "lavoirs", {"Qu’entend-on par « bassin de rinçage » ?",
                           "Que disent les textes sur « Remise des clés » ?"}),
        ("nl", "wasplaats", {"Hoeveel kost een wasbeurt?", "Wie herstelt de wasbakken?"}),
    ],
)  # fmt: skip
def test_each_text_has_examples_that_are_answered_from_it(
    known: Assistant, lang: Lang, work: str, made: set[str]
) -> None:
    found = examples(known, lang, 12)
    assert made <= set(found)
    for question in made:
        outcome = known.ask(question, lang)
        assert isinstance(outcome, Answer)
        assert {Anchor.parse(c.anchor).work for c in outcome.citations} == {work}

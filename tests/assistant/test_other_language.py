"""Questions in the other language than that of the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("ruches", "fr"): (
        "Circulaire du 6 juin 2034 sur les ruches communales",
        """# Circulaire du 6 juin 2034 sur les ruches communales

## Chapitre 1er. Définitions

Dans la présente circulaire, on entend par :

1° RC : le responsable des colonies ;

2° ruche de service : toute ruche que la commune achète ou loue.

## Chapitre 2. Logement

Les ruches sont posées à 30 mètres des maisons.

## Chapitre 3. Entrée en vigueur

La circulaire entre en vigueur le 1er août 2034. Celle du 2 mai 2030 est abrogée.
""",
    ),
    ("kanovaart", "nl"): (
        "Verslag van de vergadering van 9 maart 2035 over de kanovaart",
        """# Verslag van de vergadering van 9 maart 2035 over de kanovaart

## 1. Mobiliteit

De bus rijdt elk uur naar de steiger.

## 2. Asiel en migratie

### 2.1. Opvang

Er zijn zestig plaatsen vrij in Moeskroen.

### 2.2. Taallessen

De lessen zijn gratis en starten op 3 april 2035.

## 3. Varia

De vergadering eindigt om 17 uur.
""",
    ),
    ("kanoplan", "nl"): (
        "Actieplan kanovaart 2036-2038",
        """# Actieplan kanovaart 2036-2038

De vzw Peddel voert het plan uit. Het totale budget bedraagt 90.000 euro.

| Luik | Budget |
|---|---|
| Steigers | 40.000 euro |
| Lessen | 30.000 euro |
| Boten | 20.000 euro |
""",
    ),
}


@pytest.fixture(scope="module")
def assistant(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


def _cited(assistant: Assistant, question: str, *before: str) -> list[str]:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor.replace("@fr", "").replace("@nl", "") for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Que dit le volet migration du procès-verbal du 9 mars 2035 ?", "kanovaart#sec_2.1.par_1"),
        ("Que dit la partie mobilité du compte rendu du 9 mars 2035 ?", "kanovaart#sec_1.par_1"),
        ("Wat zegt het luik huisvesting van de omzendbrief van 6 juni 2034?", "ruches#cpt_2.par_1"),
        ("Wat zegt hoofdstuk 2 van de omzendbrief over de gemeentelijke bijenkorven?", ""),
        (
            "Wat zegt het laatste hoofdstuk van de omzendbrief van 6 juni 2034?",
            "ruches#cpt_3.par_1",
        ),
        ("Que dit la dernière partie du procès-verbal du 9 mars 2035 ?", "kanovaart#sec_3.par_1"),
        ("Wat betekent RC in de omzendbrief?", "ruches#cpt_1.pnt_1"),
        ("Combien de places d’accueil sont libres à Mouscron ?", "kanovaart#sec_2.1.par_1"),
        ("Quel est le budget total du plan d’action 2036-2038 ?", "kanoplan#par_1"),
    ],
)
def test_what_the_text_calls_otherwise_is_found(
    assistant: Assistant, question: str, cited: str
) -> None:
    if cited:
        assert _cited(assistant, question)[0] == cited
    else:  # a word that no glossary has: the only text of that sort is shown
        outcome = assistant.ask(question)
        assert isinstance(outcome, Refusal)
        assert [c.source for c in outcome.choices] == ["ruches"]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Welke data staan er in de omzendbrief van 6 juni 2034?", ["2 mai 2030", "1er août 2034"]),
        (
            "Hoeveel hoofdstukken telt de omzendbrief van 6 juni 2034?",
            ["Chapitre 1er. Définitions", "Chapitre 2. Logement", "Chapitre 3. Entrée en vigueur"],
        ),
    ],
)
def test_a_list_is_made_of_a_text_in_the_other_language(
    assistant: Assistant, question: str, labels: list[str]
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.listing is not None
    assert [item.label for item in outcome.listing.items] == labels


@pytest.mark.parametrize(
    "question", ["Résume le procès-verbal du 9 mars 2035", "Vat het verslag van 9 maart 2035 samen"]
)
def test_a_text_that_is_named_by_its_day_is_summed_up(assistant: Assistant, question: str) -> None:
    cited = _cited(assistant, question)
    assert (cited[0], cited[-1]) == ("kanovaart#sec_1.par_1", "kanovaart#sec_3.par_1")


def test_what_is_counted_in_the_other_language_stands_in_front_in_that_of_the_answer(
    assistant: Assistant,
) -> None:
    outcome = assistant.ask("Hoeveel meter van de huizen moeten de bijenkorven staan?")
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.literal == "30 meter"


def test_a_point_by_its_number_is_of_the_text_that_was_spoken_of(assistant: Assistant) -> None:
    before = "Que dit la partie mobilité du compte rendu du 9 mars 2035 ?"
    assert _cited(assistant, "Que dit le point 2.2 ?", before) == ["kanovaart#sec_2.2.par_1"]
    assert _cited(assistant, "Wat staat er in punt 2.2?", before) == ["kanovaart#sec_2.2.par_1"]


@pytest.mark.parametrize("question", ["Que dit le point 2.2 ?", "Wat staat er in punt 2.2?"])
def test_a_point_that_a_declaration_and_another_text_have_is_asked_back(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal), outcome.text
    assert [c.source for c in outcome.choices] == ["val-duchesse-2023", "kanovaart"]

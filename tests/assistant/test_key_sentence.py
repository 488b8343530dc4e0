"""Of the sentences of a passage the one is shown that states what is asked: an exception, a reason,
the row of a scale.
"""

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
    ("ottertarief", "nl"): (
        "Tarieven van de otterboten",
        """# Tarieven van de otterboten

Artikel 1. Voor een otterboot betaalt de verhuurder een liggeld volgens de lengte van de boot:

| Lengte van de otterboot | Liggeld |
|---|---|
| tot 6 meter | 40 euro |
| van 7 tot 12 meter | 75 euro |
| van 13 tot 20 meter | 130 euro |
| meer dan 20 meter | 300 euro |

Art. 2. De verhuurder geeft jaarlijks zijn otterboten aan bij de havenmeester.
""",
    ),
    ("otterringen", "nl"): (
        "Prijslijst van de otterringen",
        """# Prijslijst van de otterringen

## 1. Ringen voor otters

| Omtrek van de otterring | Prijs |
|---|---|
| 6 meter | 40 euro |
| 9 meter | 60 euro |
| 12 meter | 95 euro |
""",
    ),
    ("roeiclub", "nl"): (
        "Reglement van de roeiclub",
        """# Reglement van de roeiclub

Artikel 1. De bijdrage voor een roeiboot van de club bedraagt per jaar:

| Lid | Roeiboot | Kajak |
|---|---|---|
| Jeugd | 30 euro | 20 euro |
| Volwassene | 55 euro | gratis |

Art. 2. Roeispaan: een riem met een blad aan één kant, voor gebruik in een roeiboot.

Art. 3. Elke roeier draagt in de winter een zwemvest van de roeiclub, behalve de instructeurs.

Art. 4. De roeiclub levert elke roeier jaarlijks één trui, twee broeken en drie paar sokken.
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
        ("nl", "Hoeveel liggeld betaal ik voor een otterboot van 15 meter?", "130 euro"),
        ("nl", "Hoeveel liggeld voor een otterboot van 25 meter?", "300 euro"),
        ("fr", "Quel est le tarif pour un bateau de loutres de 9 mètres ?", "75 euro"),
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


def test_of_a_number_that_no_row_has_the_table_is_given_and_no_price_in_front(
    found: Assistant,
) -> None:
    answer = found.ask("Wat kost een otterring met een omtrek van 8 meter?", "nl")
    assert isinstance(answer, Answer), answer.text
    assert [c.quote for c in answer.citations] == [
        "6 meter | 40 euro", "9 meter | 60 euro", "12 meter | 95 euro",
    ]  # fmt: skip
    assert answer.literal is None


@pytest.mark.parametrize(
    ("lang", "question", "marked"),
    [
        ("fr", "Pourquoi l’étang des loutres est-il vidé ?", ["afin d'éviter les algues"]),
        ("nl", "Waarom wordt de kelder van het veerhuis in de winter gesloten?",
         ["omdat het water er dan stijgt"]),
        ("nl", "Wie hoeft in de winter geen zwemvest van de roeiclub te dragen?",
         ["behalve de instructeurs"]),
        ("nl", "Wat is een roeispaan?",
         ["een riem met een blad aan één kant, voor gebruik in een roeiboot"]),
        ("nl", "Welke kleren levert de roeiclub elke roeier?",
         ["één trui, twee broeken en drie paar sokken"]),
        ("nl", "Hoeveel betaalt de jeugd voor een kajak van de roeiclub?", ["20 euro"]),
        ("nl", "bijdrage roeiboot jeugd roeiclub", ["30 euro"]),
        ("nl", "Hoeveel betaalt een volwassene voor een kajak van de roeiclub?", ["gratis"]),
    ],
)  # fmt: skip
def test_what_is_stated_is_marked_and_of_a_row_the_cell_of_the_column_that_is_named(
    found: Assistant, lang: Lang, question: str, marked: list[str]
) -> None:
    answer = found.ask(question, lang)
    assert isinstance(answer, Answer), answer.text
    key = answer.citations[0].key
    assert key is not None
    assert [key.text[a:b] for a, b in key.marks] == marked
    assert answer.literal in (None, marked[0] if "euro" in marked[0] else None)


@pytest.mark.parametrize(
    ("lang", "question", "is_said"),
    [
        (
            "nl",
            "Hoeveel kost het zwemvest dat een roeier van de roeiclub in de winter draagt?",
            True,
        ),
        ("nl", "Wat draagt elke roeier van de roeiclub in de winter?", False),
        ("fr", "Combien coûte le bracelet jaune que porte le visiteur du parc aux loutres ?", True),
        ("fr", "Qui porte un bracelet jaune au parc aux loutres ?", False),
    ],
)
def test_an_answer_without_the_number_that_is_asked_for_says_that_it_is_unsure(
    found: Assistant, lang: Lang, question: str, is_said: bool
) -> None:
    outcome = found.ask(question, lang)
    unsure = [n for n in outcome.notices if n.startswith(("Réponse peu sûre", "Onzeker"))]
    assert isinstance(outcome, Answer) is (bool(unsure) or not is_said)
    assert bool(unsure) is (is_said and isinstance(outcome, Answer))

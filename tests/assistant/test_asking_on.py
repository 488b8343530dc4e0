"""Parts that several texts have, and questions on what stands around the passage just quoted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from sources.anchor import Lang
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("composts", "fr"): (
        "Règlement relatif aux composts de quartier",
        """# Règlement relatif aux composts de quartier

## Chapitre 1 – Les sites

### Article 1

Un compost de quartier compte trois bacs en bois.

### Article 2

Le maître-composteur ouvre le site le mercredi et le samedi.

## Chapitre 2 – Les dépôts

### Article 3

Les épluchures sont déposées dans le premier bac.

### Article 4

Les restes de viande sont refusés.
""",
    ),
    ("ludotheque", "fr"): (
        "Règlement de la ludothèque",
        """# Règlement de la ludothèque

## Chapitre 1 – Les abonnés

### Article 1

L'abonnement familial coûte 9 euros par an.

## Chapitre 2 – Les prêts

### Article 2

Un jeu est prêté pour trois semaines.

### Article 3

Le jeu incomplet est remplacé par l'emprunteur.
""",
    ),
    ("bijen", "nl"): (
        "Besluit over bijenkasten op daken",
        """# Besluit over bijenkasten op daken

## HOOFDSTUK I. Plaatsing

### Artikel 1

1. Niemand plaatst een bijenkast op een dak zonder toelating van de stadsimker.

2. De stadsimker beslist binnen drie weken.

### Artikel 2

De draagkracht van het dak wordt berekend. De berekening gebeurt door een ingenieur.

## HOOFDSTUK II. Verzorging

### Artikel 3

De imker bezoekt de kasten elke week van april tot september.

### Artikel 4

Een zwerm wordt dezelfde dag gevangen.

## HOOFDSTUK III. Toezicht

### Artikel 5

Een bijenkast op een dak zonder toelating wordt weggehaald.

### Artikel 6

Een bijenkast op een dak draagt het nummer van de toelating.

### Artikel 7

Een bijenkast op een plat dak staat op een houten voet.

### Artikel 8

Een toelating voor een bijenkast op een dak geldt drie jaar.

### Artikel 9

Een bijenkast op het dak van een school is niet toegelaten.

### Artikel 10

Een bijenkast op een dak wordt elk jaar door een deskundige nagekeken.

### Artikel 11

Wie een bijenkast op een dak plaatst zonder toelating, betaalt 90 euro.
""",
    ),
}


@pytest.fixture(scope="module")
def assistant(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


def cited(assistant: Assistant, lang: Lang, *messages: str) -> list[str]:
    outcome = assistant.ask(messages[-1], page=lang, history=messages[:-1])
    citations = outcome.citations if isinstance(outcome, Answer) else ()
    return [c.anchor for c in citations]


@pytest.mark.parametrize(
    ("lang", "question", "expected"),
    [
        ("fr", "Le chapitre 2 sur les prêts", ["ludotheque@fr#art_2", "ludotheque@fr#art_3"]),
        ("fr", "Que dit le chapitre 1 sur les abonnés ?", ["ludotheque@fr#art_1"]),
        ("fr", "Résume le chapitre 2 sur les dépôts", ["composts@fr#art_3", "composts@fr#art_4"]),
        ("nl", "Hoofdstuk 2 over de verzorging", ["bijen@nl#art_3", "bijen@nl#art_4"]),
        ("nl", "Vat hoofdstuk 2 over verzorging samen", ["bijen@nl#art_3", "bijen@nl#art_4"]),
    ],
)
def test_a_chapter_that_several_texts_have_is_the_one_with_the_words_in_its_heading(
    assistant: Assistant, lang: Lang, question: str, expected: list[str]
) -> None:
    assert cited(assistant, lang, question) == expected


@pytest.mark.parametrize(
    ("lang", "messages", "expected"),
    [
        (
            "nl",
            ("Mag ik zonder toelating een bijenkast op een dak plaatsen?", "Wie beslist daarover?"),
            "bijen@nl#art_1.par_2",
        ),
        (
            "nl",
            ("Wordt de draagkracht van het dak berekend?", "Wie doet die berekening?"),
            "bijen@nl#art_2",
        ),
        ("fr", ("Combien de bacs compte un compost ?", "Qui l'ouvre ?"), "composts@fr#art_2"),
    ],
)
def test_what_stands_next_to_the_passage_just_quoted_answers_what_goes_on_from_it(
    assistant: Assistant, lang: Lang, messages: tuple[str, ...], expected: str
) -> None:
    assert cited(assistant, lang, *messages)[:1] == [expected]

"""Broad questions of ordinary documents: subjects, duties, exceptions, two sides held together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from sources.anchor import Lang
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("serres", "fr"): (
        "Règlement des serres municipales d'Orvaux",
        """# Règlement des serres municipales d'Orvaux

## Chapitre I. Généralités

### Article 1. Objet

Le présent règlement organise la location des serres municipales.

### Article 2. Définitions

On entend par :

1° serre froide : la serre qui n'est pas chauffée ;

2° serre tempérée : la serre chauffée à 12 degrés.

### Article 3. Durée

La serre froide est louée pour une saison, la serre tempérée pour deux ans.

### Article 4. Obligations du locataire

§ 1. Le locataire arrose ses plantes chaque jour.

§ 2. Le locataire ferme les vantaux le soir.

§ 3. Le locataire signale un carreau cassé dans les deux jours.

### Article 5. Obligations de la ville

La ville répare les carreaux et entretient la chaudière.

### Article 6. Jardiniers

La ville désigne trois aides-jardiniers pour les serres.

### Article 7. Vantaux ouverts

§ 1. Celui qui laisse un vantail ouvert la nuit paie quinze euros.

§ 2. Des oublis répétés mettent fin à la location.
""",
    ),
    ("composteurs", "fr"): (
        "Circulaire sur les composteurs de quartier de Brenne",
        """# Circulaire sur les composteurs de quartier de Brenne

## 1. Objet de la circulaire

La présente circulaire règle l'installation de composteurs dans les quartiers.

## 2. Emplacement

Le composteur est posé à quatre mètres au moins des façades.

## 3. Déchets

Les restes de viande et de poisson sont refusés.

## 4. Vidange

Le service des espaces verts vide les composteurs en mars et en octobre.

"""
        + "".join(
            f"## {n}. Quartier {n}\n\nLe quartier {n} reçoit un bac.\n\n" for n in range(5, 40)
        ),
    ),
    ("velos", "fr"): (
        "Règlement des vélos de service de Torvaux",
        """# Règlement des vélos de service de Torvaux

## Article 1. Champ d'application

§ 1. Le présent règlement s'applique aux vélos qui appartiennent à la ville.

§ 2. Il ne s'applique pas aux trottinettes.

## Article 2. Casque

L'agent porte un casque. Cette obligation ne s'applique pas dans la cour du dépôt.
""",
    ),
    ("imkers", "nl"): (
        "Verslag van de werkgroep Imkers van Haspelgem",
        """# Verslag van de werkgroep Imkers van Haspelgem

## 1. Bijenkasten

De werkgroep telt 31 bijenkasten op het domein.

## 2. Acties

- Lotte Baerts bestelt het suikerwater tegen 4 maart.
- Pieter Goris herstelt de kasten tegen 18 maart.
- Nadia Saïdi vraagt de vergunning aan tegen 2 april.

## 3. Volgende vergadering

De werkgroep komt weer samen op 9 mei.
""",
    ),
    ("roeiboten", "nl"): (
        "Reglement van de roeiboten van Zandvliet-aan-Zee",
        """# Reglement van de roeiboten van Zandvliet-aan-Zee

## Artikel 1. Doel van dit reglement

Het reglement bepaalt wie een roeiboot mag huren.

## Artikel 2. Zwemvest

De roeier draagt een zwemvest op de vijver.

Een zwemvest is niet vereist in een boot die aan de steiger ligt.

## Artikel 3. Verplichtingen van de huurder

§ 1. De huurder brengt de roeiboot voor zonsondergang terug.

§ 2. De huurder droogt de riemen af.

## Artikel 4. Lawaai

§ 1. Wie met een luidspreker vaart, betaalt twintig euro.

§ 2. Een nieuwe overtreding leidt tot een verbod van een jaar.
""",
    ),
}


@pytest.fixture(scope="module")
def broad(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


def _answer(assistant: Assistant, question: str, *before: str) -> Answer:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    return outcome


def _cited(assistant: Assistant, question: str, *before: str) -> list[str]:
    return [c.anchor.partition("#")[2] for c in _answer(assistant, question, *before).citations]


@pytest.mark.parametrize(
    ("question", "portions"),
    [
        ("Quelles sont les obligations du locataire d'une serre ?",
         ["art_4.par_1", "art_4.par_2", "art_4.par_3"]),
        ("Quelles sont les obligations de la ville en matière de serres à Orvaux ?", ["art_5"]),
        ("Quels sont les devoirs respectifs du locataire et de la ville dans les serres ?",
         ["art_4.par_1", "art_4.par_2", "art_4.par_3", "art_5"]),
        ("Welke verplichtingen heeft de huurder van een roeiboot?", ["art_3.par_1", "art_3.par_2"]),
        ("Welke plichten heeft de huurder van een roeiboot?", ["art_3.par_1", "art_3.par_2"]),
    ],
)  # fmt: skip
def test_what_stands_under_a_heading_that_is_asked_for_is_given_whole_and_alone(
    broad: Assistant, question: str, portions: list[str]
) -> None:
    assert _cited(broad, question) == portions


@pytest.mark.parametrize(
    ("question", "portions"),
    [
        ("Quel est l'objet de la circulaire sur les composteurs ?", ["sec_1.par_1"]),
        ("Wat is het doel van het reglement van de roeiboten?", ["art_1"]),
    ],
)
def test_the_subject_of_a_text_is_what_stands_under_that_heading(
    broad: Assistant, question: str, portions: list[str]
) -> None:
    assert _cited(broad, question) == portions


def test_who_does_what_is_all_items_of_the_list(broad: Assistant) -> None:
    found = _cited(broad, "Wie moet wat doen volgens het verslag van de imkers?")
    assert found == ["sec_2.blt_1", "sec_2.blt_2", "sec_2.blt_3"]


@pytest.mark.parametrize(
    ("question", "portions"),
    [
        ("Comparez l'article 4 et l'article 5 du règlement des serres d'Orvaux",
         ["art_4.par_1", "art_4.par_2", "art_4.par_3", "art_5"]),
        ("Wat is het verschil tussen artikel 1 en artikel 3 van het reglement van de roeiboten?",
         ["art_1", "art_3.par_1", "art_3.par_2"]),
    ],
)  # fmt: skip
def test_places_that_are_compared_are_both_given_whole(
    broad: Assistant, question: str, portions: list[str]
) -> None:
    assert _cited(broad, question) == portions


def test_what_is_compared_in_a_respect_is_not_answered_by_definitions(broad: Assistant) -> None:
    compared = "Différence entre la serre froide et la serre tempérée"
    assert set(_cited(broad, f"{compared} ?")) == {"art_2.pnt_1", "art_2.pnt_2"}
    assert _cited(broad, f"{compared} pour la durée de location ?")[0] == "art_3"


def test_when_something_is_not_required_is_its_exception(broad: Assistant) -> None:
    found = _answer(broad, "Wanneer is een zwemvest niet vereist?").citations
    assert "niet vereist" in found[0].quote


@pytest.mark.parametrize(
    ("lang", "question"),
    [("fr", "Combien gagnent les aides-jardiniers ?"), ("nl", "Hoeveel verdienen de imkers?")],
)
def test_a_number_of_something_else_is_not_set_in_front_as_a_wage(
    broad: Assistant, lang: Lang, question: str
) -> None:
    outcome = broad.ask(question, lang)
    first = outcome.text.split("\n")[0]
    assert not first.startswith(("trois", "31"))


def test_whose_duties_is_asked_after_those_of_another(broad: Assistant) -> None:
    before = "Quelles sont les obligations du locataire d'une serre ?"
    assert _cited(broad, "Et celles de la ville ?", before) == ["art_5"]


def test_a_chapter_after_an_article_is_one_of_the_text_and_not_of_the_article(
    broad: Assistant,
) -> None:
    before = "Que dit l'article 3 du règlement des serres d'Orvaux ?"
    assert _cited(broad, "Et le chapitre I ?", before)[0] == "art_1"
    assert isinstance(broad.ask("Et le chapitre IX ?", history=(before,)), Refusal)


@pytest.mark.parametrize(
    ("before", "question", "portion"),
    [
        ("Que paie celui qui laisse un vantail ouvert la nuit ?", "Et en cas de récidive ?",
         "art_7.par_2"),
        ("Hoeveel betaalt wie met een luidspreker vaart?", "En bij herhaling?", "art_4.par_2"),
    ],
)  # fmt: skip
def test_a_repetition_is_that_of_what_was_answered_in_whatever_words(
    broad: Assistant, before: str, question: str, portion: str
) -> None:
    assert _cited(broad, question, before)[0] == portion


@pytest.mark.parametrize(
    "question",
    [
        "À quoi le règlement des vélos de service de Torvaux ne s'applique-t-il pas ?",
        "Waarop is het reglement van Torvaux niet van toepassing?",
    ],
)
def test_to_what_a_text_does_not_apply_is_in_its_part_on_its_scope(
    broad: Assistant, question: str
) -> None:
    assert _cited(broad, question) == ["art_1.par_2"]

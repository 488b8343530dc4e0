"""Follow-ups that name another thing and nothing more, in ordinary documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.added import read
from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from index.query import Query
from sources.anchor import Lang
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("pigeonniers", "fr"): (
        "Règlement-taxe sur les pigeonniers",
        """# Règlement-taxe sur les pigeonniers

## 1. Taxe

La taxe s'élève à 15 euros par pigeonnier.

## 2. Recensement

| Commune | Pigeonniers recensés |
| --- | --- |
| Virton | 31 |
| Étalle | 12 |
""",
    ),
    ("kermis", "nl"): (
        "Reglement over de kermis",
        """# Reglement over de kermis

## 1. Begrippen

In dit reglement wordt verstaan onder:

- spookhuis: een gebouw waarin bezoekers schrikken;
- rups: een molen die heuvels op en af rijdt.

De rups en het spookhuis staan op het plein.

## 2. Tarief

| Kraam | Prijs per dag |
| --- | --- |
| Draaimolen | 45 euro |
| Schietkraam | 30 euro |
""",
    ),
}


@pytest.fixture(scope="module")
def ordinary(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


@pytest.mark.parametrize(
    ("before", "message", "said"),
    [
        ("Combien de pigeonniers sont recensés à Virton ?", "Et à Étalle ?", "Étalle | 12"),
        ("Hoeveel kost een draaimolen op de kermis per dag?", "En een schietkraam?", "30 euro"),
        ("Wat is een spookhuis?", "En een rups?", "rups: een molen"),
    ],
)
def test_a_thing_that_is_added_is_asked_the_same_in_the_text_at_hand(
    ordinary: Assistant, before: str, message: str, said: str
) -> None:
    outcome = ordinary.ask(message, history=[before])
    assert isinstance(outcome, Answer), outcome.text
    assert said in outcome.citations[0].quote


@pytest.mark.parametrize(
    ("before", "message", "thing", "lang"),
    [
        (
            "À combien s'élève la taxe par pigeonnier ?",
            "Et pour les poulaillers ?",
            "poulaillers",
            "fr",
        ),
        ("Combien de pigeonniers sont recensés à Virton ?", "Et à Calais ?", "Calais", "fr"),
        (
            "Hoeveel kost een draaimolen op de kermis per dag?",
            "En voor een botsauto?",
            "botsauto",
            "nl",
        ),
        (
            "Hoeveel kost een draaimolen op de kermis per dag?",
            "En in Hazeldonk?",
            "Hazeldonk",
            "nl",
        ),
    ],
)
def test_a_thing_that_the_text_at_hand_does_not_name_is_said_to_be_missing(
    ordinary: Assistant, before: str, message: str, thing: str, lang: Lang
) -> None:
    outcome = ordinary.ask(message, history=[before])
    assert isinstance(outcome, Refusal), outcome.text
    assert any(thing in notice for notice in outcome.notices)


@pytest.mark.parametrize(
    ("message", "lang", "thing"),
    [
        ("Et chez les brasseurs ?", "fr", "brasseurs"),
        ("En Frankrijk?", "nl", "Frankrijk"),
        ("Et ensuite ?", "fr", None),
        ("Et dans ce cas ?", "fr", None),
        ("Et les autres ?", "fr", None),
        ("Et pour la taxe ?", "fr", None),  # it was asked about
        ("Et le délai ?", "fr", None),  # of the tax
        ("En de termijn?", "nl", None),
        ("Et pour les communes ?", "fr", "communes"),
        ("En voor 12 kramen?", "nl", None),
        ("En hoeveel voor kramen?", "nl", None),
        ("En moet dat voor kramen?", "nl", None),
        ("Pour les brasseurs ?", "fr", None),
    ],
)
def test_what_a_message_adds_is_a_thing_and_nothing_more(
    message: str, lang: Lang, thing: str | None
) -> None:
    found = read(message, lang, Query.of("Combien coûte la taxe ?", "fr"))
    assert (found and found.text) == thing

"""Questions about a whole text: no summary, its headings."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Refusal, as_json
from assistant.answering import Assistant
from sources.anchor import Anchor, Lang


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("De quoi parle la déclaration ?", "fr"),
        ("Résumez la déclaration Val Duchesse en trois lignes", "fr"),
        ("fais-moi un resume du texte", "fr"),
        ("Quels sont les grands thèmes abordés ?", "fr"),
        ("Que contient la déclaration ?", "fr"),
        ("Quelles sont les thématiques évoquées par la déclaration ?", "fr"),
        ("Vat de verklaring samen in één zin", "nl"),
        ("Waarover gaat de verklaring?", "nl"),
        ("Vat de verklaring van Hertoginnedal samen", "nl"),
        ("Waar gaat de tekst over?", "nl"),
        ("Welke onderwerpen komen aan bod?", "nl"),
        ("Wat zijn de belangrijkste punten van de verklaring?", "nl"),
    ],
)
def test_a_question_about_the_whole_text_is_led_to_its_headings(
    assistant: Assistant, question: str, lang: Lang
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.lang) == ("whole", lang)
    assert as_json(outcome)["citations"] == []
    assert [Anchor.parse(n.anchor).portion for n in outcome.nearest] == [
        "I.1",
        *(f"{n}.eval" for n in range(1, 7)),
        "7.eval.1",
    ]
    sahel = next(n.heading for n in outcome.nearest if n.anchor.endswith("#6.eval"))
    assert "Sahel" in sahel
    assert sahel in outcome.text


@pytest.mark.parametrize(
    "question",
    [
        "De quoi parle la déclaration à propos du Sahel ?",
        "Quels points concernent la migration ?",
        "Que dit la déclaration sur le Niger ?",
        "Welke punten gaan over drugs?",
        "Wat zegt de verklaring over Niger?",
        "Que prévoit l’accord Tournai II ?",
    ],
)
def test_a_question_about_something_in_it_is_not(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer) or outcome.reason != "whole"


@pytest.mark.parametrize(
    "question",
    [
        "Que prévoit la section 7 ?",
        "De quoi parle la section 7 ?",
        "Résumez la partie 7 de la déclaration",
        "Wat staat er in deel 7?",
        "Vat deel 7 samen",
    ],
)
def test_a_part_that_is_named_is_cited_whole(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    wanted = [p for p in assistant.build.passages if p.anchor.portion.startswith("7.")]
    assert [c.anchor for c in outcome.citations] == [str(p.anchor) for p in wanted]


@pytest.mark.parametrize("question", ["Que prévoit la section 9 ?", "Wat staat er in deel 9?"])
def test_a_part_that_is_not_there_is_said(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_portion"


def test_a_text_that_is_not_indexed_has_no_headings_to_show(assistant: Assistant) -> None:
    outcome = assistant.ask("Résumez le règlement (UE) n° 604/2013")
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "known"

"""What people type besides whole questions: keywords, places, thanks, what goes on from before."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.message import asks_opinion, subject
from sources.anchor import Lang

CCPD = {"fr": "Quel rôle est prévu pour le CCPD ?", "nl": "Welke rol krijgt het CPDS in Doornik?"}


def cited(assistant: Assistant, question: str, *before: str, lang: Lang = "nl") -> list[str]:
    """Portions that the answer cites; none where there is no answer."""
    outcome = assistant.ask(question, page=lang, history=before)
    citations = outcome.citations if isinstance(outcome, Answer) else ()
    return [c.anchor.partition("#")[2] for c in citations]


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Wat staat er over de Wagnergroep?", "CaMo"),
        ("artikel 36 dublin", "Welke afspraken over gevangenissen?"),
        (CCPD["fr"], "Frontex"),
    ],
)
def test_a_short_question_that_is_clear_does_not_depend_on_the_one_before(
    assistant: Assistant, before: str, question: str
) -> None:
    alone = cited(assistant, question)
    assert alone
    assert cited(assistant, question, before) == alone


def test_a_second_part_is_understood_after_the_first(assistant: Assistant) -> None:
    outcome = assistant.ask("Wat staat er over het MAOC en waar ligt dat?")
    assert isinstance(outcome, Answer)
    assert outcome.missing == ()


def test_a_second_part_that_is_not_in_the_texts_is_said_to_be_missing(assistant: Assistant) -> None:
    outcome = assistant.ask("Quel rôle est prévu pour le CCPD et qui a gagné la Coupe du monde ?")
    assert isinstance(outcome, Answer)
    assert outcome.missing == ("qui a gagné la Coupe du monde",)


@pytest.mark.parametrize(
    ("question", "portion", "lang"),
    [
        ("II.4, 2e streepje", "4.2", "nl"),
        ("ii.4 2e streepje", "4.2", "nl"),
        ("Que prévoit II.7, 2e tiret ?", "7.2", "fr"),
        ("II.3, Évaluation", "3.eval", "fr"),
        ("I, 2e alinéa", "I.2", "fr"),
    ],
)
def test_a_place_is_found_as_the_page_names_it(
    assistant: Assistant, question: str, portion: str, lang: Lang
) -> None:
    assert cited(assistant, question, lang=lang) == [portion]


@pytest.mark.parametrize("question", ["artikel 3", "Article 12 ?"])
def test_a_place_that_the_only_text_does_not_have_is_said_not_to_be_there(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_portion"


@pytest.mark.parametrize(
    ("question", "lang", "found"),
    [
        ("Que dit-on sur l’Europol ?", "fr", "l'europol"),
        ("Que disent les textes des ports ?", "fr", None),
        ("Que disent les textes à propos des ports ?", "fr", "ports"),
        ("Que prévoient-ils pour les ports ?", "fr", "les ports"),
        ("Ce que ces documents disent sur les ports", "fr", "les ports"),
        ("Wat bepalen de teksten over de havens?", "nl", "de havens"),
        ("Wat staat er in het document over de havens?", "nl", "de havens"),
        ("Wat bepalen de havens?", "nl", None),
        ("Qu’est-ce que la déclaration dit ?", "fr", None),
        ("Wat zegt de verklaring over de havens in de verklaring?", "nl", "de havens"),
        ("Is er iets over drugs?", "nl", "drugs"),
        ("Wie beslist over de havens?", "nl", None),
        ("havens drugs", "nl", "havens drugs"),
        ("havens drugs politie douane grens", "nl", None),
        ("", "nl", None),
        ("?", "fr", None),
        ("Que dit cette circulaire sur les quais ?", "fr", "les quais"),
        ("Que prévoient ces arrêtés en matière de bacs ?", "fr", "bacs"),
        ("Wat bepaalt dit besluit over de kade?", "nl", "de kade"),
        ("Staat er iets over honden in deze omzendbrief?", "nl", "honden"),
        ("Wat staat er over honden in deze omzendbrief?", "nl", "honden"),
        ("Que dit la circulaire sur les quais ?", "fr", None),  # it may be called so
        ("Wat bepaalt het besluit over de kade?", "nl", None),
    ],
)
def test_a_subject_is_what_nothing_more_is_asked_of(
    question: str, lang: Lang, found: str | None
) -> None:
    assert subject(question, lang) == found


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("Wat denkt u van de samenwerking?", True),
        ("Vind je dat een goed akkoord?", True),
        ("Que pensez-vous de Tournai II ?", True),
        ("À votre avis, est-ce suffisant ?", True),
        ("Wat vinden de landen van een kennispool?", False),
        ("Que pensent les deux pays de l’OTAN ?", False),
        ("Que prévoit l’avis du Conseil ?", False),
        ("Waar vind ik de tekst over havens?", False),
        ("Welke datums vindt u in de verklaring?", False),
        ("Quelles dates trouvez-vous dans la déclaration ?", False),
        ("Trouvez-vous que l’accord est bon ?", True),
        ("Denk aan de havens: wat staat er?", False),
    ],
)
def test_an_opinion_is_not_given(assistant: Assistant, message: str, asks: bool) -> None:
    assert asks_opinion(message) is asks
    outcome = assistant.ask(message)
    assert (isinstance(outcome, Refusal) and outcome.reason == "opinion") is asks


@pytest.mark.parametrize(
    ("message", "says"), [("Bedankt!", "Graag gedaan"), ("Merci !", "Avec plaisir")]
)
def test_thanks_are_answered_with_courtesy_and_nothing_else(
    assistant: Assistant, message: str, says: str
) -> None:
    lang: Lang = "nl" if message.startswith("B") else "fr"
    outcome = assistant.ask(message, page=lang, history=[CCPD[lang]])
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.nearest) == ("courtesy", ())
    assert outcome.text.startswith(says)


def test_the_text_of_another_year_is_not_this_one(assistant: Assistant) -> None:
    assert assistant.mentions.read("Waarover gaat de verklaring?", "nl").whole == (
        "val-duchesse-2023",
    )
    assert assistant.mentions.read("Waarover gaat de verklaring van 2023?", "nl").whole
    assert assistant.mentions.read("Waarover gaat de verklaring van 2021?", "nl").whole == ()

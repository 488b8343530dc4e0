"""Whether a text speaks of something: yes where it has every word of it, else a refusal."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant


@pytest.mark.parametrize(
    ("question", "front", "word"),
    [
        ("Est-ce que la déclaration parle de l’Ukraine ?", "Oui [1]", "Ukraine"),
        ("La déclaration mentionne-t-elle Frontex ?", "Oui [1]", "Frontex"),
        ("Y est-il question de la prison de Hassakeh ?", "Oui [1]", "Hassakeh"),
        ("Spreekt de verklaring over Oekraïne?", "Ja [1]", "Ukraine"),
        ("Is er sprake van Niger?", "Ja [1]", "Niger"),
        ("Wordt Europol genoemd?", "Ja [1]", "Europol"),
    ],
)
def test_what_a_text_speaks_of(assistant: Assistant, question: str, front: str, word: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.text.startswith(front)
    assert word in outcome.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Est-ce que le texte parle de la Chine ?",
        "La déclaration évoque-t-elle le nucléaire ?",
        "Komt Turkije aan bod?",
        "Is er sprake van een budget voor Frontex?",
        "Staat er iets over kernenergie in de verklaring?",
    ],
)
def test_what_it_does_not_speak_of(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert not isinstance(outcome, Answer), outcome.text


def test_an_answer_to_another_question_does_not_begin_with_yes(assistant: Assistant) -> None:
    outcome = assistant.ask("Que dit la déclaration de l’Ukraine ?")
    assert isinstance(outcome, Answer)
    assert outcome.literal is None


@pytest.mark.parametrize(
    "question",
    ["Y a-t-il un accord avec l’Italie ?", "Y a-t-il un traité avec l’Allemagne ?",
     "Est-ce que le texte cite une convention avec l’Italie ?"],
)  # fmt: skip
def test_that_there_is_an_agreement_is_not_said_of_a_passage_that_speaks_of_none(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert not isinstance(outcome, Answer) or outcome.literal is None


@pytest.mark.parametrize(
    "question",
    [
        "Wat staat er over de havens en over desinformatie?",
        "Que prévoit-on pour les ports et pour la désinformation ?",
    ],
)
def test_what_answers_one_of_several_things_does_not_stand_in_front(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert len(outcome.citations) == 2
    assert outcome.literal is None


def test_what_is_missing_is_said_without_its_question_mark(assistant: Assistant) -> None:
    outcome = assistant.ask("Wat zegt de verklaring over de havens en over waterstof?")
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.missing == ("over waterstof",)
    assert "“over waterstof”" in outcome.text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Que prévoit la déclaration sur les ports et l’hydrogène ?", ("l'hydrogène",)),
        ("Que dit la déclaration sur la drogue et sur le nucléaire ?", ("sur le nucléaire",)),
        ("Wat zegt de verklaring over drugs en over kernenergie?", ("over kernenergie",)),
        ("La déclaration parle-t-elle de l’Ukraine et du cacao ?", ("du cacao",)),
    ],
)
def test_of_things_side_by_side_what_is_there_is_quoted_and_the_other_said_to_be_missing(
    assistant: Assistant, question: str, missing: tuple[str, ...]
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.missing == missing


@pytest.mark.parametrize(
    "question",
    [
        "Que dit la déclaration sur le cacao et l’hydrogène ?",
        "Wat zegt de verklaring over cacao en over waterstof?",
    ],
)
def test_where_none_of_them_is_there_nothing_is_quoted(assistant: Assistant, question: str) -> None:
    assert isinstance(assistant.ask(question), Refusal)

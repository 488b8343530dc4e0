"""What stands beside the passage that answers: other rows, and answers to other parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.things import things
from index.query import Query
from sources.anchor import Lang
from tests.assistant.ordinary import Texts

_TEXTS: Texts = {
    ("funiculaire", "fr"): (
        "Tarif du funiculaire de Hauteroche",
        """# Tarif du funiculaire de Hauteroche

## 1. Tarifs

| Usager | Montée | Carte de dix |
|---|---|---|
| Adulte | 4 euros | 32 euros |
| Enfant | 2,50 euros | 20 euros |
| Vélo électrique | 6 euros | 48 euros |

La montée d'une poussette portée par un adulte coûte 1 euro de plus.

## 2. Personnel

2.1. La machiniste Odile Marchal conduit la cabine.

2.2. Les plaintes sont traitées par Inès Boutry.

## 3. Entretien

L'entretien du câble a lieu le 12 octobre 2033.
""",
    ),
    ("schaatsbaan", "nl"): (
        "Reglement van de schaatsbaan van Duivelsdam",
        """# Reglement van de schaatsbaan van Duivelsdam

## 1. Huur

- Een paar kunstschaatsen kost 6 euro.
- Een slee kost 3 euro.

Voor een verloren slot betaalt men een boete van 9 euro.

## 2. Toezicht

2.1. De beheerder is Lotte Vercammen.

2.2. De nachtwaker heet Jef Stroobants.

## 3. Opening

De baan opent op 1 december.
""",
    ),
}


@pytest.fixture(scope="module")
def beside(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(_TEXTS)


def _answer(assistant: Assistant, question: str) -> Answer:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    return outcome


@pytest.mark.parametrize(
    ("question", "lang", "found"),
    [
        ("Combien coûte la montée d’un vélo ?", "fr", ["montee", "velo"]),
        ("Quelle est l’amende pour un chien ?", "fr", ["chien"]),
        ("Hoeveel kost de huur van een oude slee?", "nl", ["huur", "oude", "slee"]),
    ],
)
def test_things_stand_behind_a_preposition_or_an_article_or_beside_such_a_word(
    question: str, lang: Lang, found: list[str]
) -> None:
    assert [w.written for w in things(Query.of(question, lang))] == found


def test_the_row_that_has_the_thing_that_is_asked_about_goes_first(beside: Assistant) -> None:
    answer = _answer(beside, "Combien coûte la montée d’un vélo électrique ?")
    assert answer.citations[0].quote.startswith("Vélo électrique")
    assert answer.literal == "6 euros"  # of the column "Montée"


@pytest.mark.parametrize(
    "question",
    [
        "Combien coûte la montée d’une moto ?",
        "Combien coûte la montée d’une poussette électrique ?",
        "Hoeveel bedraagt de boete voor een verloren slee?",
    ],
)
def test_nothing_of_another_thing_stands_in_front(beside: Assistant, question: str) -> None:
    assert _answer(beside, question).literal is None


@pytest.mark.parametrize(
    ("question", "literal"),
    [
        ("Combien coûte la montée d’une poussette ?", "1 euro"),
        ("Hoeveel bedraagt de boete voor een verloren slot?", "9 euro"),
    ],
)
def test_what_is_said_of_the_thing_does(beside: Assistant, question: str, literal: str) -> None:
    assert _answer(beside, question).literal == literal


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Wie is de beheerder en wie is de nachtwaker?", {"Vercammen", "Stroobants"}),
        ("Wie is de beheerder en wanneer opent de baan?", {"Vercammen", "1 december"}),
        ("Qui conduit la cabine et qui traite les plaintes ?", {"Marchal", "Boutry"}),
        ("Qui conduit la cabine et quand a lieu l’entretien du câble ?", {"Marchal", "12 octobre"}),
    ],
)
def test_a_part_that_another_passage_of_the_text_answers_is_not_missing(
    beside: Assistant, question: str, quotes: set[str]
) -> None:
    answer = _answer(beside, question)
    cited = " ".join(c.quote for c in answer.citations)
    assert not answer.missing
    assert all(quote in cited for quote in quotes)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        (
            "Wanneer opent de baan, wie is de beheerder en wie is de nachtwaker?",
            ["1 december", "Vercammen", "Stroobants"],
        ),
        (
            "Quand a lieu l’entretien du câble, qui conduit la cabine et qui traite les plaintes ?",
            ["12 octobre", "Marchal", "Boutry"],
        ),
    ],
)
def test_the_parts_are_answered_in_the_order_in_which_they_are_asked(
    beside: Assistant, question: str, quotes: list[str]
) -> None:
    cited = [c.quote for c in _answer(beside, question).citations]
    assert all(quote in own for quote, own in zip(quotes, cited, strict=True))


def test_no_part_of_four_vanishes(beside: Assistant) -> None:
    question = (
        "Wie is de beheerder, wie is de nachtwaker, wanneer opent de baan en hoeveel kost een slee?"
    )
    answer = _answer(beside, question)
    cited = " ".join(c.quote for c in answer.citations)
    assert not answer.missing
    assert all(quote in cited for quote in ("Vercammen", "Stroobants", "december", "3 euro"))


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Wanneer opent de baan en wat kost dat?", "wat kost dat"),
        ("Qui conduit la cabine et quel est son salaire ?", "quel est son salaire"),
    ],
)
def test_a_part_that_goes_on_from_the_one_before_it_is(
    beside: Assistant, question: str, missing: str
) -> None:
    assert _answer(beside, question).missing == (missing,)


@pytest.mark.parametrize(
    ("before", "question", "quote"),
    [
        ("Wie is de beheerder?", "en wie is de nachtwaker?", "Stroobants"),
        ("Qui conduit la cabine ?", "Et qui traite les plaintes ?", "Boutry"),
    ],
)
def test_what_goes_on_from_a_question_may_be_answered_under_the_same_heading(
    beside: Assistant, before: str, question: str, quote: str
) -> None:
    outcome = beside.ask(question, history=[before])
    assert isinstance(outcome, Answer), outcome.text
    assert quote in outcome.citations[0].quote

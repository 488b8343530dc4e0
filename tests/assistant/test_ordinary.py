"""Ordinary documents: what answers nothing in them, lists given whole, short texts given whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.announced import with_items
from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.no_answer import asks
from sources.anchor import Anchor, Lang
from tests.assistant.ordinary import TEXTS, Texts


@pytest.fixture(scope="module")
def ordinary(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


def _cited(assistant: Assistant, question: str, *before: str) -> list[str]:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor.partition("#")[2] for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "portion"),
    [
        ("Quel montant est prévu en 2033 pour rénover les patinoires ?", "hdg_2.pnt_2"),
        ("Worden de ijsbanen met waterstof verwarmd?", "hdg_2.pnt_3"),
        ("Combien de patinoires communales sont fermées ?", "hdg_2.pnt_1"),  # asks more besides
        ("Hoeveel kost de zwembadkaart?", "par_4"),
        ("Qui reçoit une carte de piscine ?", "par_2"),
        ("La taxe sur les moulins à vent viole-t-elle le principe d’égalité ?", "sec_II.pnt_B.1"),
    ],
)
def test_what_replies_to_a_question_in_a_text_is_quoted_and_not_that(
    ordinary: Assistant, question: str, portion: str
) -> None:
    assert _cited(ordinary, question)[0] == portion
    cited = {Anchor.parse(c.anchor) for c in ordinary.ask(question).citations}  # type: ignore[union-attr]
    assert not any(asks(ordinary.build.by_anchor[anchor], ordinary.build) for anchor in cited)


@pytest.mark.parametrize(
    ("work", "lang", "asking"),
    [
        ("patinoires", "fr", ["hdg_1.pnt_1", "hdg_1.pnt_2", "hdg_1.pnt_3"]),
        ("zwembaden", "nl", ["par_1", "par_3"]),
        ("arret-moulins", "fr", ["sec_I.par_1", "sec_I.par_2"]),
        ("resolutie", "nl", []),
    ],
)
def test_a_passage_asks_where_all_of_it_does(
    ordinary: Assistant, work: str, lang: Lang, asking: list[str]
) -> None:
    build = ordinary.build
    found = [p.anchor.portion for p in build.document(work, lang) if asks(p, build)]
    assert found == asking


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Quand un barbecue est-il autorisé dans un parc ?", "sec_2.1.par_1"),
        ("Quel est l’objet de la circulaire sur les barbecues dans les parcs ?", "sec_1.par_1"),
    ],
)
def test_what_a_text_is_about_is_given_first_only_where_it_is_asked_for(
    ordinary: Assistant, question: str, first: str
) -> None:
    assert _cited(ordinary, question)[0] == first


@pytest.mark.parametrize(
    ("question", "portions"),
    [
        ("Welke vlotten mogen varen bij wind?", "sec_2.1.par_1 blt_1 blt_2 blt_3"),  # of an item
        ("Quand un barbecue est-il autorisé dans un parc ?", "sec_2.1.par_1 blt_1 blt_2 blt_3"),
        ("Onder welke voorwaarden mag een vlot varen?", "sec_2.1.par_1 blt_1 blt_2 blt_3"),
        ("Wat vraagt de gemeenteraad aan het college over de kerktorens?", "par_3 pnt_1 pnt_2"),
        (
            "Comment se font les contrôles des barbecues ?",
            "sec_3.par_1 sec_3.1.par_1 sec_3.2.par_1",
        ),
    ],
)
def test_what_a_passage_announces_is_cited_behind_it(
    ordinary: Assistant, question: str, portions: str
) -> None:
    first, *items = portions.split()
    cited = _cited(ordinary, question)
    at = cited.index(first)
    assert [p.removeprefix("sec_2.1.") for p in cited[at + 1 : at + 1 + len(items)]] == items


def test_the_words_that_open_a_list_stand_once(ordinary: Assistant) -> None:
    outcome = ordinary.ask("Onder welke voorwaarden mag een vlot varen?")
    assert outcome.text.count("Een vlot mag varen:") == 1


@pytest.mark.parametrize(
    ("question", "lang", "first", "last"),
    [
        ("Que prévoit la circulaire sur les barbecues ?", "fr", "sec_1.par_1", "sec_3.2.par_1"),
        ("Résume la circulaire sur les barbecues", "fr", "sec_1.par_1", "sec_3.2.par_1"),
        ("Vat de omzendbrief over vlotten samen", "nl", "sec_1.par_1", "sec_2.2.par_1"),
        ("Wat staat er in de resolutie over kerktorens?", "nl", "par_2", "pnt_2"),
    ],
)
def test_a_short_text_is_given_itself(
    ordinary: Assistant, question: str, lang: Lang, first: str, last: str
) -> None:
    """In reading order and under its headings, from the first passage that says something."""
    outcome = ordinary.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    work = outcome.citations[0].source
    portions = [p.anchor.portion for p in ordinary.build.document(work, lang)]
    assert [c.anchor.partition("#")[2] for c in outcome.citations] == portions[
        portions.index(first) : portions.index(last) + 1
    ]
    assert all(c.quote in outcome.text for c in outcome.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Qui est dispensé d’autorisation pour un barbecue ?",
        "Y a-t-il une dérogation à l’autorisation de barbecue ?",
        "Peut-on déroger à l’autorisation de barbecue ?",
        "Wie is vrijgesteld van de toelating om met een vlot te varen?",
        "Kan er worden afgeweken van de toelating voor vlotten?",
    ],
)
def test_an_exception_below_the_rule_goes_first(ordinary: Assistant, question: str) -> None:
    assert _cited(ordinary, question)[0] == "sec_2.1.1.par_1"


def test_articles_are_not_what_the_words_above_all_of_them_announce(ordinary: Assistant) -> None:
    build = ordinary.build
    above = build.by_anchor[Anchor("girouettes", "fr", "hdg_1.par_2")]
    assert with_items(build, [above]) == [above]


@pytest.mark.parametrize(
    "question",
    [
        "La police passe-t-elle le {dimanche} dans les parcs à barbecues ?",
        "Controleert de politie op {zondag} de barbecues in de parken?",
    ],
)
def test_what_is_of_another_day_of_the_week_answers_nothing(
    ordinary: Assistant, question: str
) -> None:
    assert _cited(ordinary, question.format(dimanche="dimanche", zondag="zondag")) == [
        "sec_3.2.par_1"
    ]
    outcome = ordinary.ask(question.format(dimanche="mardi", zondag="dinsdag"))
    assert isinstance(outcome, Refusal), outcome.text


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Hoeveel kost de zwembadkaart voor astronauten?", "astronauten"),
        ("Quel montant est prévu en 2033 pour rénover les trampolines ?", "trampolines"),
    ],
)
def test_a_thing_that_no_text_has_is_said_to_be_in_none_and_nothing_stands_in_front(
    ordinary: Assistant, question: str, word: str
) -> None:
    outcome = ordinary.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert any(word in notice for notice in outcome.notices)
    assert outcome.literal is None


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel kost de zwembadkaart?",
        "Quel montant est prévu en 2033 pour rénover les patinoires ?",
        "Y a-t-il une dérogation à l’autorisation de barbecue ?",
    ],
)
def test_what_the_texts_speak_of_has_no_such_notice(ordinary: Assistant, question: str) -> None:
    outcome = ordinary.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert not outcome.notices

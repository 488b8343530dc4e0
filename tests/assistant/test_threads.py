"""Questions that go on from those before them: what they ask, of which text, and how surely."""

from __future__ import annotations

from itertools import permutations

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.moves import unfold
from assistant.question import Question, read
from sources import catalogue
from sources.anchor import Lang

DUBLIN, DECLARATION = "celex:32013R0604", "val-duchesse-2023"


def asked(assistant: Assistant, lang: Lang, *messages: str) -> Question:
    text, before, _ = unfold(messages[-1], messages[:-1], assistant._names_a_text)
    return read(text, lang, assistant.mentions, before=before)


@pytest.mark.parametrize(
    ("lang", "messages", "text", "work"),
    [
        (
            "fr",
            ("Quelles sanctions prévoit la déclaration du Val Duchesse ?", "et Dublin III ?"),
            "Quelles sanctions prévoit Dublin III ?",
            DUBLIN,
        ),
        (
            "fr",
            ("Qui contrôle les trains ?", "Et d’après le règlement Dublin ?"),
            "Qui contrôle les trains d'après le règlement Dublin ?",
            DUBLIN,
        ),
        (
            "fr",
            ("Qui contrôle d’après Dublin III ?", "et la directive police ?", "et le RGPD ?"),
            "Qui contrôle (le RGPD) ?",
            "celex:32016R0679",
        ),
        (
            "nl",
            ("Welke termijn geldt volgens de Dublinverordening?", "en in de AVG?"),
            "Welke termijn geldt in de AVG?",
            "celex:32016R0679",
        ),
        (
            "fr",
            (
                "Dans quel délai le RGPD oblige-t-il à répondre ?",
                "C’est le même délai dans Dublin III ?",
            ),
            "Dans quel délai (Règlement Dublin III) oblige-t-il à répondre ?",
            DUBLIN,
        ),
        (
            "nl",
            (
                "Welke termijn geldt volgens de AVG?",
                "Geldt dezelfde termijn in de Dublinverordening?",
            ),
            "Welke termijn geldt (Dublin III-verordening)?",
            DUBLIN,
        ),
        (
            "nl",
            ("Wat zegt de AVG over de boetes?", "nee, die van Dublin III"),
            "Wat zegt die van Dublin III over de boetes?",
            DUBLIN,
        ),
        (
            "nl",
            ("Wie controleert de treinen?", "nee, ik bedoel in de Dublinverordening"),
            "Wie controleert de treinen in de Dublinverordening?",
            DUBLIN,
        ),
    ],
)
def test_another_text_and_nothing_more_is_asked_the_question_before(
    assistant: Assistant, lang: Lang, messages: tuple[str, ...], text: str, work: str
) -> None:
    question = asked(assistant, lang, *messages)
    assert question.is_completed
    assert question.text == text
    assert question.mention is not None
    assert question.mention.work == work


@pytest.mark.parametrize(
    ("lang", "messages", "text"),
    [
        (
            "fr",
            ("Que dit la déclaration Val Duchesse de 2023 des ports ?", "Et celle de 2021 ?"),
            "Que dit la déclaration Val Duchesse de 2021 des ports ?",
        ),
        (
            "fr",
            (
                "Que dit la déclaration Val Duchesse des trains ?",
                "Et des ports ?",
                "et dans celle de 2018 ?",
            ),
            "Et des ports (déclaration de 2018) ?",
        ),
        (
            "fr",
            ("Que dit la déclaration de 2023 des ports ?", "non, 2021"),
            "Que dit la déclaration de 2021 des ports ?",
        ),
        (
            "nl",
            ("Wat zegt de verklaring van 2023 over havens?", "nee, van 2021"),
            "Wat zegt de verklaring van 2021 over havens?",
        ),
        (
            "nl",
            ("Wat zegt de verklaring van Hertoginnedal over havens?", "En in die van 2018?"),
            "Wat zegt de verklaring van Hertoginnedal over havens (verklaring van 2018)?",
        ),
    ],
)
def test_the_declaration_of_another_year_is_asked_the_question_before(
    assistant: Assistant, lang: Lang, messages: tuple[str, ...], text: str
) -> None:
    question = asked(assistant, lang, *messages)
    assert question.is_completed
    assert question.text == text
    assert assistant.ask(messages[-1], lang, history=messages[:-1]).known or question.absent


@pytest.mark.parametrize(
    ("lang", "messages", "text"),
    [
        (
            "fr",
            ("Que dit la déclaration de 2021 des ports ?", "non, 2023"),
            "Que dit la déclaration de 2023 des ports ?",
        ),
        (
            "nl",
            ("Wat zegt de verklaring van 2021 over havens?", "nee, 2023"),
            "Wat zegt de verklaring van 2023 over havens?",
        ),
    ],
)
def test_a_corrected_year_is_that_of_the_declaration_that_is_here(
    assistant: Assistant, lang: Lang, messages: tuple[str, ...], text: str
) -> None:
    question = asked(assistant, lang, *messages)
    assert (question.text, question.absent) == (text, "")


@pytest.mark.parametrize(
    ("lang", "messages"),
    [
        ("fr", ("Qui contrôle les trains ?", "Que dit Dublin III des mineurs non accompagnés ?")),
        ("fr", ("Qui contrôle les trains ?", "et l'article 3 du RGPD ?")),
        ("fr", ("Qui contrôle les trains ?", "et les bateaux ?")),
        ("nl", ("Bonjour", "de AVG")),
        ("fr", ("Que dit Dublin III des mineurs ?", "et le 8 ?")),
    ],
)
def test_what_asks_something_of_its_own_is_that_question(
    assistant: Assistant, lang: Lang, messages: tuple[str, ...]
) -> None:
    question = asked(assistant, lang, *messages)
    assert not question.is_completed
    assert question.text == messages[-1]


@pytest.mark.parametrize(
    ("lang", "message", "text"),
    [
        (
            "fr",
            "et dans le règlement sur le bois ?",
            "Qui contrôle dans le règlement sur le bois ?",
        ),
        ("nl", "en volgens de houtverordening?", "Wie controleert volgens de houtverordening?"),
        ("nl", "en in het kermisreglement?", "Wie controleert in het kermisreglement?"),
        ("fr", "et la décision d'adéquation ?", None),
        ("fr", "et la même directive ?", None),
    ],
)
def test_a_text_by_words_that_lead_to_none_is_not_sought_in_the_one_before(
    assistant: Assistant, lang: Lang, message: str, text: str | None
) -> None:
    before = {"fr": "Qui contrôle selon Dublin III ?", "nl": "Wie controleert volgens Dublin III?"}
    question = asked(assistant, lang, before[lang], message)
    assert question.is_completed == (text is not None)
    assert question.text == (text or message)


def test_a_message_that_says_so_begins_anew(assistant: Assistant) -> None:
    before = "Que contient le plan d’action de la coalition ?"
    question = asked(assistant, "fr", before, "Tout autre chose : qui signe ?")
    assert question.previous is None
    assert asked(assistant, "fr", before, "Et qui signe ?").previous is not None


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_the_examples_of_the_page_are_answered_in_any_order(
    assistant: Assistant, lang: Lang
) -> None:
    source = catalogue.load().get(DECLARATION)
    assert source is not None
    cited = {
        question: [c.anchor for c in outcome.citations]
        for question in source.examples[lang]
        if isinstance(outcome := assistant.ask(question, lang), Answer)
    }
    assert len(cited) == 4
    for before, question in permutations(cited, 2):
        after = assistant.ask(question, lang, history=[before])
        assert isinstance(after, Answer), (before, question)
        assert [c.anchor for c in after.citations][:1] == cited[question][:1]


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("fr", "Que dit la déclaration Val Duchesse sur Val Duchesse ?"),
        ("nl", "Wat zegt de verklaring van Hertoginnedal over Hertoginnedal?"),
    ],
)
def test_a_word_of_the_name_that_is_said_again_is_what_is_asked(
    assistant: Assistant, lang: Lang, message: str
) -> None:
    assert asked(assistant, lang, "le nombre d’agents", message).text == message


def test_who_asks_the_same_of_another_text_is_told_how_it_was_read(assistant: Assistant) -> None:
    outcome = assistant.ask(
        "et le RGPD ?", history=["Que dit la déclaration du Val Duchesse sur les trains ?"]
    )
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "known"
    assert outcome.about == "Que dit le RGPD sur les trains ?"
    assert "Que dit le RGPD sur les trains ?" in outcome.notices[0]
    assert outcome.trace is not None
    assert outcome.trace.goes_on


def test_a_follow_up_is_searched_in_the_text_at_hand_unless_it_names_another(
    assistant: Assistant,
) -> None:
    selector = assistant._selector
    asked_of = ("Qui participe selon la déclaration Val Duchesse ?", "Et depuis quand ?")
    assert selector.searched(asked(assistant, "fr", *asked_of)) == ()  # it is the only one
    assert selector.searched(asked(assistant, "fr", asked_of[0])) == (DECLARATION,)


@pytest.mark.parametrize(
    ("message", "goes_on"),
    [
        ("Et qui y participe ?", True),
        ("Quelles mesures contre la traite des êtres humains ?", False),
    ],
)
def test_an_outcome_says_whether_it_rests_on_what_was_asked_before(
    assistant: Assistant, message: str, goes_on: bool
) -> None:
    outcome = assistant.ask(message, history=["Quand se réunit la coalition ?"])
    assert isinstance(outcome, Answer)
    assert outcome.trace is not None
    assert outcome.trace.goes_on == goes_on

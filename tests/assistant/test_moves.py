"""Messages about the answer before them."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.moves import asked_at, language, meant, move, unfold, with_question
from sources.anchor import Lang

DRUGS = "Quelles mesures contre le trafic de drogue ?"


@pytest.mark.parametrize(
    ("message", "sort"),
    [
        ("En néerlandais ?", "dutch"),
        ("Peux-tu répéter en néerlandais ?", "dutch"),
        ("in het Frans", "french"),
        ("Kunt u dat in het Frans zeggen?", "french"),
        ("plus court !", "shorter"),
        ("Résume ta réponse", "shorter"),
        ("Korter", "shorter"),
        ("iets korter graag", "shorter"),
        ("kort samengevat?", "shorter"),
        ("plus court, juste l’essentiel", "shorter"),
        ("la même chose en néerlandais stp", "dutch"),
        ("zeker? ik dacht eind 2026", "sure"),
        ("c’est bien ça ? vérifie", "sure"),
        ("tout sauf ce qui parle des ports", "without"),
        ("alles behalve de havens", "without"),
        ("nee niet dat, dat stuk over Frontex", "instead"),
        ("Donne-moi l’article entier", "section"),
        ("toon heel het artikel", "section"),
        ("de volledige passage aub", "passage"),
        ("montre tout le passage", "passage"),
        ("Tu es sûr ?", "sure"),
        ("Êtes-vous certaine ?", "sure"),
        ("Certaine ?", "sure"),
        ("Est-elle sûre ?", "sure"),
        ("La phrase intégrale", "passage"),
        ("montre toute la phrase", "passage"),
        ("pas celles-là, celles sur les écluses", "instead"),
        ("Ben je daar zeker van?", "sure"),
        ("Non, l’autre", "other"),
        ("un autre passage", "other"),
        ("Nee, niet die", "other"),
        ("sauf les armes", "without"),
        ("Behalve wapens", "without"),
        ("et ensuite ?", "next"),
        ("En daarna?", "next"),
        ("et dans l’autre texte ?", "elsewhere"),
        ("en in de andere tekst?", "elsewhere"),
    ],
)
def test_a_message_about_the_answer_is_known(message: str, sort: str) -> None:
    found = move(message)
    assert found is not None
    assert found.sort == sort


@pytest.mark.parametrize(
    "message",
    [
        "Que dit la version en néerlandais ?",
        "Is het centrum in het Frans?",
        "Quel article est plus court ?",
        "Waar is dat?",
        "Et sur ça ?",
        "Et sans visa ?",
        "Quelle est la suite donnée au procès ?",
        "Quels autres pays participent ?",
        "Welke andere landen doen mee?",
        "Is de samenwerking zeker?",
    ],
)
def test_a_question_is_none(message: str) -> None:
    assert move(message) is None


def test_messages_that_ask_nothing_of_their_own_are_about_the_question_before() -> None:
    history = ["A ?", "B ?", "plus court", "merci"]
    asked, before, moves = unfold("en néerlandais", history)
    assert (asked, before) == ("B ?", ["A ?"])
    assert [m.sort for m in moves] == ["shorter", "dutch"]
    assert unfold("C ?", history) == ("C ?", ["A ?", "B ?"], [])
    assert unfold("plus court", [])[0] == "plus court"


@pytest.mark.parametrize(
    ("messages", "lang"),
    [
        (["in het Frans"], "fr"),
        (["en néerlandais", "plus court", "merci", "le paragraphe entier"], "nl"),
        (["en néerlandais", "un autre passage"], None),
        (["in het Frans", "Nee, het andere centrum", "korter"], None),
        (["un autre passage", "en néerlandais"], "nl"),
        (["in het Frans", "Hoeveel kost de sluis?"], None),
    ],
)
def test_a_language_is_asked_for_what_was_answered(messages: list[str], lang: Lang | None) -> None:
    *history, message = ["Wat bepaalt het akkoord?", *messages]
    assert language(unfold(message, history)[2]) == lang


@pytest.mark.parametrize(
    ("message", "question", "sort"),
    [
        ("Antwoord in het Frans: welke havens?", "welke havens?", "french"),
        ("Réponds en néerlandais : les ports du Nord", "les ports du Nord", "dutch"),
        ("Répondez à la question suivante en néerlandais. Qui y va ?", "Qui y va ?", "dutch"),
        ("Beantwoord deze vraag in het Frans: wie is dat?", "wie is dat?", "french"),
        (
            "Welke havens worden genoemd? In het Frans graag.",
            "Welke havens worden genoemd?",
            "french",
        ),
        ("Quels ports (en néerlandais svp) ?", "Quels ports ?", "dutch"),
        ("En bref, que prévoit l’accord ?", "que prévoit l’accord ?", "shorter"),
        ("Wat zegt artikel 5? Kort samengevat.", "Wat zegt artikel 5?", "shorter"),
        ("Texte intégral : article 5", "article 5", "passage"),
    ],
)
def test_a_message_may_say_how_its_question_is_to_be_answered(
    message: str, question: str, sort: str
) -> None:
    found = with_question(message)
    assert found is not None
    assert (found[0], found[1].sort) == (question, sort)
    assert unfold(message, ["A ?", "plus court"])[0] == question
    assert asked_at(message, ["A ?"]) == 1


@pytest.mark.parametrize(
    "message",
    [
        "Le texte existe-t-il en français, en néerlandais ?",
        "Is het centrum in het Frans?",
        "plus court, juste l’essentiel",
        "zeker? ik dacht eind 2026",
        "En néerlandais. Merci !",
        "Que dit l’accord (en version néerlandaise, article 5) ?",
        "? " * 3000,
        "(" * 6000,
    ],
)
def test_other_messages_do_not(message: str) -> None:
    assert with_question(message) is None


def test_what_was_meant_is_the_question() -> None:
    assert unfold("nee ik bedoelde de havens", ["A ?"]) == ("de havens", ["A ?"], [])


def ask(assistant: Assistant, *messages: str) -> Answer:
    outcome = assistant.ask(messages[-1], history=messages[:-1])
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.question == messages[-1]
    return outcome


def test_the_same_answer_in_the_other_language(assistant: Assistant) -> None:
    first = ask(assistant, "Que prévoit l'accord Tournai II ?")
    again = ask(assistant, "Que prévoit l'accord Tournai II ?", "en néerlandais")
    assert again.lang == "nl"
    assert [c.anchor for c in again.citations] == [c.anchor for c in first.citations]
    assert again.notices[0].startswith("Over: “Que prévoit")


def test_shorter_is_a_sentence_a_passage_and_whole_is_all_around_it(assistant: Assistant) -> None:
    question = "Que prévoit l'accord Tournai II ?"
    first = ask(assistant, question)
    brief = ask(assistant, question, "plus court")
    assert [c.anchor for c in brief.citations] == [c.anchor for c in first.citations]
    assert len(brief.text) < len(first.text)
    assert brief.groups
    whole = ask(assistant, question, "la section entière")
    headings = {c.headings for c in whole.citations}
    assert headings == {first.citations[0].headings}
    document = assistant.build.document("val-duchesse-2023", "fr")
    assert len(whole.citations) == sum(p.headings in headings for p in document)


def test_without_what_is_not_wanted(assistant: Assistant) -> None:
    first = {c.anchor: c.quote for c in ask(assistant, DRUGS).citations}
    left = [c.anchor for c in ask(assistant, DRUGS, "sauf les armes").citations]
    assert set(left) == {anchor for anchor, quote in first.items() if "arme" not in quote}
    assert 0 < len(left) < len(first)


def test_others_are_not_those_that_were_given(assistant: Assistant) -> None:
    question = "Quel rôle joue Europol ?"
    first = {c.anchor for c in ask(assistant, question).citations}
    outcome = assistant.ask("un autre passage", history=[question])
    if isinstance(outcome, Refusal):
        assert outcome.reason == "no_other"
        assert not first & {n.anchor for n in outcome.nearest}
    else:
        assert not first & {c.anchor for c in outcome.citations}


def test_what_is_wanted_instead_is_found_beyond_the_question(assistant: Assistant) -> None:
    outcome = ask(assistant, "Wat staat er over Frontex?", "nee, dat stuk over Hazeldonk")
    assert all("Hazeldonk" in c.quote for c in outcome.citations)


def test_asked_whether_it_is_sure_it_shows_the_evidence_again(assistant: Assistant) -> None:
    first, again = ask(assistant, DRUGS), ask(assistant, DRUGS, "Es-tu sûr ?")
    assert again.citations == first.citations
    assert any("Vérification" in n for n in again.notices)
    unanswered = "Quel est le budget annuel du CCPD ?"
    refused = assistant.ask("vraiment ?", history=[unanswered])
    assert isinstance(refused, Refusal)
    assert any("Vérification" in n for n in refused.notices)


def test_a_question_after_such_a_message_goes_on_from_the_question(assistant: Assistant) -> None:
    with_move = ask(assistant, DRUGS, "plus court", "et à Anvers ?")
    without = ask(assistant, DRUGS, "et à Anvers ?")
    assert with_move.citations == without.citations


@pytest.mark.parametrize(
    ("message", "history", "place"),
    [
        ("plus court", ["A ?", "B ?"], 1),
        ("sauf les ports", ["A ?", "B ?", "plus court", "merci"], 1),
        ("C ?", ["A ?", "plus court"], 2),
        ("plus court", [], 0),
    ],
)
def test_where_the_question_stands_that_a_message_is_about(
    message: str, history: list[str], place: int
) -> None:
    assert asked_at(message, history) == place


def test_what_is_left_out_is_left_out_of_the_answer_and_not_of_what_was_looked_at_since(
    assistant: Assistant,
) -> None:
    direct = ask(assistant, DRUGS, "sauf les ports")
    later = ask(assistant, DRUGS, "un autre passage", "sauf les ports")
    assert later.citations == direct.citations
    assert later.about == DRUGS


def test_a_word_that_begins_a_longer_one_is_left_out_with_it(assistant: Assistant) -> None:
    outcome = ask(assistant, "Que prévoit la section 2 ?", "sauf la douane")
    assert not any("douan" in c.quote for c in outcome.citations)


def test_others_twice_give_nothing_twice(assistant: Assistant) -> None:
    shown: list[str] = []
    messages = ["Que dit le texte sur le Niger ?"]
    for _ in range(3):
        outcome = assistant.ask(messages[-1], history=messages[:-1])
        if isinstance(outcome, Refusal):
            break
        shown += [c.anchor for c in outcome.citations]
        messages.append("un autre passage")
    assert len(shown) == len(set(shown))


def test_a_list_made_shorter_is_its_first_three(assistant: Assistant) -> None:
    first, brief = ask(assistant, DRUGS), ask(assistant, DRUGS, "plus court")
    assert len(first.citations) > 3
    assert [c.anchor for c in brief.citations] == [c.anchor for c in first.citations[:3]]


def test_a_question_is_answered_as_it_says(assistant: Assistant) -> None:
    asked = "Welke havens van Noord-Europa worden genoemd?"
    plain = assistant.ask(asked)
    french = assistant.ask(f"Antwoord in het Frans: {asked}")
    assert isinstance(plain, Answer)
    assert isinstance(french, Answer)
    assert (plain.lang, french.lang) == ("nl", "fr")
    assert [c.anchor.split("#")[1] for c in french.citations] == [
        c.anchor.split("#")[1] for c in plain.citations
    ]
    assert french.about == asked
    assert assistant.ask("en in het Nederlands?", history=[french.question]).lang == "nl"


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("non, l’article 6", "non, l’article 6"),
        ("pas l’article 5, l’article 7", "l’article 7"),
        ("non, pas les vélos, les voitures", "et les voitures"),
        ("niet artikel 5, artikel 7", "artikel 7"),
        ("nee, niet de fiets, maar de bus", "en de bus"),
        ("pas une tente, une caravane", "et une caravane"),
        ("pas les vélos mais les motos !", "et les motos !"),
        ("niet een tent maar een caravan", "en een caravan"),
    ],
)
def test_a_correction_that_names_a_place_or_what_is_not_meant_is_a_question(
    message: str, place: str
) -> None:
    asked, before, moves = unfold(message, ["Que dit l’article 5 ?"])
    assert (asked, before, moves) == (place, ["Que dit l’article 5 ?"], [])


@pytest.mark.parametrize("message", ["Pas de problème", "niet nodig", "pas les vélos"])
def test_what_is_not_wanted_alone_is_no_correction(message: str) -> None:
    assert meant(message) == message

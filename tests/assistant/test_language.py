"""The language of a question: small words first, an identifier second, the page last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import detect
from sources.anchor import LANGS, Lang, other
from sources.folding import fold


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Quel rôle est prévu pour le CCPD ?", "fr"),
        ("quel role pour le ccpd", "fr"),
        ("Que prévoit l’accord Tournai II ?", "fr"),
        ("que prévoit l'accord Tournai II ?", "fr"),
        ("Qui accompagnait les Premiers ministres ?", "fr"),
        ("Combien de patrouilles mixtes ?", "fr"),
        ("les trains internationaux", "fr"),
        ("Quelles sont les règles pour la traite des êtres humains ?", "fr"),
        ("Welke rol krijgt het CPDS in Doornik?", "nl"),
        ("welke rol voor het cpds", "nl"),
        ("Richtlijn (EU) 2031/202", "nl"),
        ("Wat bepaalt het akkoord Doornik II?", "nl"),
        ("Wie begeleidde de eerste ministers?", "nl"),
        ("Hoeveel gemengde patrouilles?", "nl"),
        ("over welke treinen gaat het", "nl"),
        ("Wat is het recept van stoofvlees?", "nl"),
        ("Wanneer vindt de vergadering in Antwerpen plaats?", "nl"),
        # A small word of a name says nothing of the language.
        ("En over Le Havre?", "nl"),
        ("Ik woon in La Louvière", "nl"),
        ("Et De Panne ?", "fr"),
        ("LE RÔLE DU CENTRE ?", "fr"),
    ],
)
@pytest.mark.parametrize("page", LANGS)
def test_a_question_in_french_or_dutch_is_known_as_such_on_either_page(
    question: str, lang: Lang, page: Lang
) -> None:
    assert detect(question, page) == (lang, True)


@pytest.mark.parametrize(
    "question",
    [
        "What is the role of the police and customs cooperation centre in Tournai?",
        "Which ministers accompanied the prime ministers at the meeting?",
        "Was ist die Rolle des Zentrums für polizeiliche Zusammenarbeit?",
        "Was wird die Polizei in der Grenzregion gegen die Banden tun?",
    ],
)
@pytest.mark.parametrize("page", LANGS)
def test_a_question_in_another_language_gets_the_language_of_the_page(
    question: str, page: Lang
) -> None:
    assert detect(question, page) == (page, False)


@pytest.mark.parametrize("question", ["", "?", "CCPD", "Europol", "2022/915", "12 34", "🙂"])
@pytest.mark.parametrize("page", LANGS)
def test_a_question_that_is_in_no_language_is_not_called_foreign(question: str, page: Lang) -> None:
    lang, ours = detect(question, page)
    assert ours
    assert lang in LANGS


@pytest.mark.parametrize("question", ["Hazeldonk", "Frontex", "Lisbonne"])
@pytest.mark.parametrize("page", LANGS)
def test_a_name_alone_is_in_the_language_of_the_page(question: str, page: Lang) -> None:
    assert detect(question, page) == (page, True)


@given(st.text(max_size=40), st.sampled_from(LANGS))
def test_any_text_has_one_of_the_two_languages(text: str, page: Lang) -> None:
    lang, ours = detect(text, page)
    assert lang in LANGS
    assert ours or lang == page


def test_case_accents_and_apostrophes_do_not_decide() -> None:
    for question in ("QUEL EST LE RÔLE DU CENTRE ?", "quel est le role du centre"):
        for page in LANGS:
            assert detect(question, other(page))[0] == "fr"


@pytest.mark.parametrize(
    ("question", "texts", "lang"),
    [
        ("mareyeurs criée", {"fr": "mareyeurs criée quai", "nl": "visveiling kade"}, "fr"),
        ("non visveiling kade", {"fr": "criée quai", "nl": "visveiling kade"}, "nl"),
        ("Wat is de criée van de mareyeurs?", {"fr": "mareyeurs criée", "nl": "kade"}, "nl"),
    ],
)
@pytest.mark.parametrize("page", LANGS)
def test_words_that_the_texts_have_in_one_language_tell_it(
    question: str, texts: dict[Lang, str], lang: Lang, page: Lang
) -> None:
    def knows(word: str, la: Lang) -> bool:
        return fold(word) in fold(texts[la]).split()

    assert detect(question, page, knows) == (lang, True)

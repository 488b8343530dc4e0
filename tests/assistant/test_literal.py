from __future__ import annotations

import pytest

from assistant.literal import spans, wanted
from index.query import Query
from sources.anchor import Lang


def marked(question: str, sentence: str, lang: Lang) -> list[str]:
    return [sentence[a:b] for a, b in spans(Query.of(question, lang), sentence)]


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "wanted"),
    [
        (
            "fr",
            "Quand se réunit le comité ?",
            "Il siège fin juin 2031 puis le 1er mai.",
            ["fin juin 2031", "1er mai"],
        ),
        ("nl", "Wanneer was de vergadering?", "Ze vond begin 2031 plaats.", ["begin 2031"]),
        (
            "nl",
            "Wanneer vindt de vergadering plaats?",
            "Ze vindt op 3 mei 2031 te Boom plaats.",
            ["3 mei 2031"],
        ),
        (
            "fr",
            "Combien de tonnes pour le port ?",
            "En 2031, deux ports reçoivent 160 tonnes de sel.",
            ["160 tonnes"],
        ),
        ("nl", "Hoeveel bedraagt de boete?", "De boete bedraagt 46 % van de winst.", ["46 %"]),
        (
            "fr",
            "Où siège le centre ?",
            "Le centre est établi au Grand-Halleux, près de Vielsalm.",
            ["Grand-Halleux", "Vielsalm"],
        ),
        (
            "fr",
            "Que signifie CMF ?",
            "Le comité mixte fluvial (CMF) se réunit.",
            ["comité mixte fluvial"],
        ),
        (
            "nl",
            "Waar staat RVA voor?",
            "De RVA (Regionale Vaartafspraak) geldt.",
            ["Regionale Vaartafspraak"],
        ),
        ("nl", "Waar staat RVA voor?", "De RVA (raad van advies) geldt.", ["raad van advies"]),
        ("fr", "Que prévoit l’accord ?", "Il entre en vigueur le 5 mai 2031.", []),
    ],
)
def test_what_is_asked_for_is_marked_as_it_stands(
    lang: Lang, question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang) == wanted


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert marked("Qui dirige le port d’Anvers ?", "À Anvers, Ada Moens dirige.", "fr") == [
        "Ada Moens"
    ]


def test_a_question_may_want_several_things() -> None:
    query = Query.of("Waar en wanneer komen ze samen?", "nl")
    assert wanted(query) == {"name", "moment"}
    found = marked(query.text, "Ze zien elkaar op 3 mei 2031 in Kortrijk.", "nl")
    assert found == ["3 mei 2031", "Kortrijk"]


@pytest.mark.parametrize(
    ("question", "lang", "sorts"),
    [
        ("Que prévoit l’article 36 du règlement ?", "fr", set()),
        ("Wat bepaalt artikel 36 van de verordening?", "nl", set()),
        ("Quel article fixe le siège ?", "fr", {"number", "name"}),
        ("Welke termijn staat in artikel 12, lid 2?", "nl", {"moment", "number"}),
    ],
)
def test_a_place_that_is_named_wants_no_number(question: str, lang: Lang, sorts: set[str]) -> None:
    assert wanted(Query.of(question, lang)) == sorts

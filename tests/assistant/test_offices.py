"""Who presides or leads is marked with the whole name of the office."""

from __future__ import annotations

import pytest

from assistant.literal import is_certain, spans
from index.query import Query
from sources.anchor import Lang


@pytest.mark.parametrize(
    ("question", "lang", "sentence", "office", "is_sure"),
    [
        ("Qui préside le comité ?", "fr",
         "Il est présidé par le secrétaire d’État belge à la Pêche en mer.",
         "le secrétaire d’État belge à la Pêche", False),
        ("Qui préside le comité ?", "fr",
         "Il est présidé par le secrétaire d’État belge à la Mer d’Opale.",
         "le secrétaire d’État belge à la Mer d’Opale", True),
        ("Qui préside le comité ?", "fr", "Il est présidé par le gouverneur et deux notables.",
         "le gouverneur", False),
        ("Qui dirige l’office ?", "fr",
         "L’Office est dirigé par la directrice générale de l’Institut wallon des Eaux.",
         "la directrice générale de l’Institut wallon des Eaux", True),
        ("Qui préside le jury ?", "fr",
         "Le jury est présidé par l’échevine des Fêtes et de la Musique, assistée du greffier.",
         "l’échevine des Fêtes et de la Musique", True),
        ("Wie is voorzitter van de kring?", "nl",
         "De kring wordt voorgezeten door de havenmeester van het Kleinmeer.",
         "de havenmeester van het Kleinmeer", True),
        ("Wie leidt de dienst?", "nl",
         "De dienst wordt door de directeur van de lokale visserij geleid.",
         "de directeur van de lokale visserij", True),
        ("Wie leidt de oefening?", "nl",
         "De adjunct-commandant Opleiding en Vorming leidt de oefening.",
         "De adjunct-commandant Opleiding en Vorming", True),
        ("Qui préside le comité ?", "fr", "Le gouverneur de la province préside le comité.",
         "Le gouverneur de la province", True),
        ("À qui écrire ?", "fr", "Les plaintes vont au médiateur de la Ligue wallonne.",
         "médiateur de la Ligue wallonne", False),
        ("Wie betaalt de sluis?", "nl", "De sluis werd geopend door de gouverneur.",
         "de gouverneur", False),
        ("Qui préside le comité ?", "fr", "Le comité (CPM) est présidé par Ada Moens.",
         "Ada Moens", True),
        ("Qui préside le comité ?", "fr",
         "Le comité est présidé par Ada Moens, en présence du ministre de la Pêche.",
         "Ada Moens", True),
    ],
)  # fmt: skip
def test_the_whole_name_of_an_office_is_marked(
    question: str, lang: Lang, sentence: str, office: str, is_sure: bool
) -> None:
    query = Query.of(question, lang)
    ((start, end),) = [(a, b) for a, b in spans(query, sentence) if sentence[a:b] == office]
    assert is_certain(query, office, sentence[:start], sentence[end:]) == is_sure


def test_a_place_in_the_name_of_an_office_is_not_marked_beside_it() -> None:
    query = Query.of("Wie leidt de oefening?", "nl")
    sentence = "De oefening wordt geleid door de commandant van de kazerne te Boom."
    assert [sentence[a:b] for a, b in spans(query, sentence)] == ["de commandant van de kazerne"]


@pytest.mark.parametrize(
    ("question", "lang", "sentence", "wanted"),
    [
        ("Qui paie la recherche ?", "fr", "Le capitaine signale la perte.", []),
        ("Qui paie la digue ?", "fr",
         "Les ministres notent que la Digue SA et le Port SA paient.", ["Digue SA", "Port SA"]),
        ("Wie was erbij?", "nl",
         "De ministers van Visserij, Justitie en van Asiel en Migratie waren erbij.",
         ["De ministers van Visserij, Justitie en van Asiel en Migratie"]),
    ],
)  # fmt: skip
def test_an_office_without_its_name_is_no_answer_to_who_does_something(
    question: str, lang: Lang, sentence: str, wanted: list[str]
) -> None:
    assert [sentence[a:b] for a, b in spans(Query.of(question, lang), sentence)] == wanted

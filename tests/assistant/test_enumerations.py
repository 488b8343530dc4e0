"""Of a list of names that is asked for, all is marked, and no other list."""

from __future__ import annotations

import pytest

from assistant.literal import spans
from index.query import Query
from sources.anchor import Lang


@pytest.mark.parametrize(
    ("question", "lang", "spoken", "sentence", "wanted"),
    [
        ("Quels ports sont équipés ?", "fr", "fr",
         "On équipe les ports d’Ostende, du Tréport et de Saint-Valery-sur-Somme dès mai.",
         "Ostende, du Tréport et de Saint-Valery-sur-Somme"),
        ("Welke stranden zijn open?", "nl", "nl",
         "Open zijn de stranden Zuid, Lange Nelle en De Bries.", "Zuid, Lange Nelle en De Bries"),
        ("Welke stranden zijn open?", "nl", "fr",
         "Sont ouvertes les plages de Bray, Zuydcoote et Leffrinckoucke.",
         "Bray, Zuydcoote et Leffrinckoucke"),
        ("Quels ports sont touchés ?", "fr", "fr",
         "Le trafic touche des ports tels qu’Ostende, Le Tréport ou Boom.",
         "Ostende, Le Tréport ou Boom"),
        ("Quels pays participent ?", "fr", "fr",
         "L’Irlande et les Pays-Bas y participent.", "L’Irlande et les Pays-Bas"),
        ("Quelles espèces sont remises à l’eau ?", "fr", "fr",
         "Carpe, tanche et anguille sont toujours remises à l’eau.", "Carpe, tanche et anguille"),
        ("Voor welke zalen geldt het verbod?", "nl", "nl",
         "Het verbod geldt voor de keuken, het onthaal en de kelder.",
         "de keuken, het onthaal en de kelder"),
        ("Quelles communes participent ?", "fr", "fr",
         "Les communes suivantes participent : Givet, Hastière et Beauraing.",
         "Givet, Hastière et Beauraing"),
        ("matériaux naturels, lesquels ?", "fr", "fr",
         "Les matériaux, dont le chanvre, la paille et le liège, donnent droit à une aide.",
         "le chanvre, la paille et le liège"),
    ],
)  # fmt: skip
def test_all_of_a_list_is_marked(
    question: str, lang: Lang, spoken: Lang, sentence: str, wanted: str
) -> None:
    found = spans(Query.of(question, lang), sentence, spoken)
    assert [sentence[a:b] for a, b in found] == [wanted]


@pytest.mark.parametrize(
    ("question", "lang", "sentence"),
    [
        ("Quelles mesures sont prises contre le bruit ?", "fr",
         "La police, la douane et le parquet s’échangent des données."),
        ("Welke maatregelen zijn er voor de vissers?", "nl",
         "Gent, Brugge en Oostende werken samen."),
        ("Quelles mesures sont prises ?", "fr", "Le bruit est mesuré et le port fermé."),
        ("Wat doet de haven?", "nl", "De haven meldt ammoniak, chloor en aardgas."),
    ],
)  # fmt: skip
def test_a_list_of_something_else_is_not_marked(question: str, lang: Lang, sentence: str) -> None:
    assert spans(Query.of(question, lang), sentence) == []

"""Numbers are marked with all that belongs to them, and those of another measure are not."""

from __future__ import annotations

import pytest

from assistant.literal import spans
from assistant.quantities import quantities, quantity
from index.query import Query
from sources.anchor import Lang


def marked(question: str, sentence: str, lang: Lang) -> list[str]:
    return [sentence[a:b] for a, b in spans(Query.of(question, lang), sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "52 kilomètres carrés", "52 vierkante kilometer", "1,7 million de mètres cubes",
        "3,5 miljoen kubieke meter", "12 mètres cubes par seconde", "21 graden Celsius",
        "8 nœuds", "8 kilometer per uur", "6 m³", "15 kWh", "70 dB(A)",
        "48 euros par jour", "27 euro per volledige maand",
        "0,20 euro par livre et par jour ouvrable",
        "1,50 euro per persoon en per nacht", "9 euros l’heure", "7 euros le mètre carré",
        "de 50 à 350 euros", "van 50 tot 350 euro", "tussen drie en vijf dagen",
        "entre 3 et 5 jours", "3-5 dagen", "de quatre à neuf mois",
        "sept d’entre elles", "twee van hen", "Deux des sept fours", "au plus 35 euros par jour",
        "12 sous-officiers", "€ 35",
        "10⁶ euros", "3,2 × 10⁶ euros", "10⁻⁶ gram", "10^-6 gram", "2½ uur", "½ jour",
        "2 x 4 meter", "−5 °C", "≥ 16 ans", "< 30 kg", "± 18 jaar", "~ 12 euro",
        "3 - 5 jours", "3 – 5 dagen", "4 ‰",
    ],
)  # fmt: skip
def test_a_number_has_its_range_its_unit_and_what_it_is_for_each(text: str) -> None:
    found = quantity(text)
    assert found is not None
    assert found.is_named or found.is_bare


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Il y en a 12 par rapport à hier.", ["12"]),
        ("Er zijn er 412 een maand ziek.", ["412"]),
        ("Le quai compte 12 grues par ailleurs neuves.", ["12 grues"]),
        ("Van 3 t/m 5 schepen.", ["Van 3 t/m 5 schepen"]),
        ("Le parc de 40 hectares a 3 serres.", ["40 hectares", "3 serres"]),
        ("De nacht is kouder dan -4 °C.", ["-4 °C"]),
        ("-4 dagen", ["4 dagen"]),
        ("La prime est de 0,25 × N euros.", []),
    ],
)
def test_what_does_not_belong_to_a_number_stays_out(sentence: str, found: list[str]) -> None:
    assert [sentence[q.start : q.end] for q in quantities(sentence)] == found


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "wanted"),
    [
        ("fr", "Quelle surface fait le quai ?", "Le quai de 90 mètres fait 8 hectares.",
         ["8 hectares"]),
        ("nl", "Hoeveel kost het ticket?", "Het ticket kost 3 euro en geldt twee uur.", ["3 euro"]),
        ("nl", "Hoe snel mag men varen?", "Men vaart hoogstens 8 knopen.", ["hoogstens 8 knopen"]),
        ("nl", "Hoe snel komt de loods?", "De loods komt 2 km verder binnen 20 minuten.",
         ["20 minuten"]),
        ("nl", "Hoe lang duurt het?", "Het heeft 10 delen.", []),
        ("nl", "Wat is het bedrag?", "Het wordt binnen 45 dagen betaald.", []),
        ("fr", "Quel est l’âge du chef de l’agence ?", "Sa directrice est de l’Office.", []),
        ("fr", "Quel est le prix ?", "| Adulte | 12 |", ["12"]),
        ("nl", "Hoeveel tuinruimte heeft het park?", "Het telt elf banken en 500 m² tuinruimte.",
         ["500 m²"]),
        ("nl", "Hoeveel personeel werkt er?", "Er werken acht personeelsleden op twee kaaien.",
         ["acht personeelsleden"]),
        ("fr", "Combien de chats ?", "Il y a dix ânes et six mules.", []),
        ("fr", "Combien de chats ?", "Il y a dix félins.", ["dix félins"]),
    ],
)  # fmt: skip
def test_numbers_of_another_measure_are_not_marked(
    lang: Lang, question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang) == wanted


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "wanted"),
    [
        ("nl", "dagvergoeding voor gidsen", "Voor zes dagen krijgt een gids 40 euro per dag.",
         ["40 euro per dag"]),
        ("fr", "prix de la carte de pêche", "La carte, valable deux mois, coûte 9 euros.",
         ["9 euros"]),
        ("fr", "température des serres", "Les six serres sont à 18 degrés.", ["18 degrés"]),
        ("nl", "diepte van de vijver", "De vijver heeft drie eilanden en is 2 meter diep.",
         ["2 meter"]),
        ("fr", "Que dit l’accord du prix de la carte ?", "La carte coûte 9 euros.", ["9 euros"]),
        ("fr", "Pourquoi un tarif pour la carte ?", "La carte coûte 9 euros.", []),
    ],
)  # fmt: skip
def test_a_question_without_an_interrogative_wants_what_it_begins_with(
    lang: Lang, question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang) == wanted


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "wanted"),
    [
        ("nl", "Hoeveel boten zonken?", "Van de twaalf boten zijn er vijf gezonken.", ["vijf"]),
        ("nl", "Hoeveel boten betalen?", "Van de 60 boten hebben er 41 een vergunning.", ["41"]),
        ("fr", "Combien de barques ont coulé ?",
         "Sur les douze barques, cinq d’entre elles ont coulé.", ["cinq d’entre elles"]),
        ("nl", "Hoeveel m³ zand?", "Zand: tot 3 miljoen m³ per jaar, waarvan tot 8 miljoen later.",
         ["tot 3 miljoen m³ per jaar", "tot 8 miljoen"]),
    ],
)  # fmt: skip
def test_of_a_whole_and_its_part_the_part_is_marked(
    lang: Lang, question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang) == wanted

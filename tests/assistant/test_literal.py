from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.literal import (
    asks_one,
    asks_yes_or_no,
    is_certain,
    lacks_money,
    spans,
    wanted,
)
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
            "fr",
            "En combien de jours ?",
            "Il l’a dans les cinq jours ouvrables au plus.",
            ["cinq jours ouvrables au plus"],
        ),
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
        (
            "nl",
            "Hoe laat is het museum open?",
            "Het museum is in 2031 open van 9.30 uur tot 17 uur, dat is 8 uur.",
            ["van 9.30 uur tot 17 uur"],
        ),
        ("fr", "À quelle heure ferme le parc ?", "Il ferme à 22 heures, 12 heures.", ["22 heures"]),
        (
            "fr",
            "Quand pêche-t-on ?",
            "Entre le 3 mai 2031 et le 9 juin 2031, puis de 2033-2035.",
            ["Entre le 3 mai 2031 et le 9 juin 2031", "de 2033-2035"],
        ),
        ("fr", "Que prévoit l’accord ?", "Il entre en vigueur le 5 mai 2031.", []),
    ],
)
def test_what_is_asked_for_is_marked_as_it_stands(
    lang: Lang, question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "wanted"),
    [
        ("Depuis quand en est-il membre ?", "Le port de Boom en est depuis mai 2031.",
         ["depuis mai 2031"]),
        ("Combien de ports participent ?", "Depuis le 3 mai 2031, plus de trois ports participent.",
         ["plus de trois ports"]),
        ("Combien de ports participent ?", "La troisième année, le port de Gand participe.", []),
        ("Tous les combien inspecter plus de 100 kW ?",
         "Au-delà d’une puissance supérieure à 100 kW, tous les deux ans.", ["deux ans"]),
        ("Quelle puissance faut-il au moins ?", "Il faut au moins 12 kW.", ["au moins 12 kW"]),
        ("Combien de pour cent au plus ?", "Des tiers reçoivent 30 % de l’eau.", ["30 %"]),
        ("Combien de ports ?", "Les ports visés à l’article 4 sans grue sont deux.", ["deux"]),
        ("Comment le comité est-il composé ?", "Le comité de Boom compte 12 membres.", []),
    ],
)  # fmt: skip
def test_what_is_marked_is_of_the_sort_that_the_interrogative_asks_for(
    question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, "fr") == wanted


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "wanted"),
    [
        ("fr", "Quel rang occupe le quai de Boom ?", "C’est le premier quai.", ["premier quai"]),
        ("fr", "La combientième écluse ?", "C’est la seconde écluse.", ["seconde écluse"]),
        ("fr", "Quel rang a ce pont ?", "C’est le dix-septième pont.", ["dix-septième pont"]),
        ("nl", "De hoeveelste brug is het?", "Het is de twaalfde brug.", ["twaalfde brug"]),
        ("nl", "Welke rang heeft de kade?", "Het is de eerste kade.", ["eerste kade"]),
        ("fr", "Combien de ponts ?", "Le premier pont et la seconde écluse.", []),
        ("fr", "Combien d’heures ?", "Il attend 12 heures ouvrées.", ["12 heures ouvrées"]),
        ("fr", "Combien d’années ?", "Deux années civiles.", ["Deux années civiles"]),
        ("fr", "Combien de kW ?", "Des moteurs supérieurs ou égaux à 9 kW.",
         ["supérieurs ou égaux à 9 kW"]),
        ("nl", "Hoeveel kW?", "Motoren van hoger dan of gelijk aan 9 kW.",
         ["hoger dan of gelijk aan 9 kW"]),
    ],
)  # fmt: skip
def test_both_genders_and_both_languages_are_marked_alike(
    lang: Lang, question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang) == wanted


@pytest.mark.parametrize(
    ("question", "lang", "is_one"),
    [
        ("Quand se réunit le comité ?", "fr", True),
        ("Quels sont les membres du comité ?", "fr", False),
        ("La réunion a-t-elle lieu à Boom ?", "fr", False),
        ("Quand la réunion a-t-elle lieu ?", "fr", True),
        ("Combien de jours dure la foire et combien d’heures la fête ?", "fr", False),
        ("Hoelang duurt de kermis en hoelang het feest?", "nl", False),
        ("Van wanneer tot wanneer duurt de kermis?", "nl", True),
        ("Qui dirige la foire et qui la paie ?", "fr", False),
        ("Welke landen zijn lid?", "nl", False),
        ("Welk land is lid?", "nl", True),
        ("Is de vergadering in Boom?", "nl", False),
    ],
)
def test_one_thing_answers_a_question_for_one_alone(
    question: str, lang: Lang, is_one: bool
) -> None:
    assert asks_one(Query.of(question, lang)) == is_one


@pytest.mark.parametrize(
    ("question", "lang", "sentence", "is_sure"),
    [
        ("Combien de jours a-t-il ?", "fr", "Il a 10 jours.", True),
        ("Combien de jours a-t-il ?", "fr", "Il a 10 pages.", False),
        ("Hoeveel dagen heeft hij?", "nl", "Hij heeft 10 werkdagen.", True),
        ("À partir de combien de ports ?", "fr", "Il faut moins de trois ports.", False),
        ("À partir de combien de ports ?", "fr", "Il faut au moins trois ports.", True),
        ("Hoeveel dagen hoogstens?", "nl", "Het duurt meer dan 10 dagen.", False),
        ("Combien de jours au minimum ?", "fr", "Il faut 8 jours au maximum.", False),
        ("Hoeveel dagen minimaal?", "nl", "Het duurt maximaal 8 dagen.", False),
        ("Hoeveel dagen maximaal?", "nl", "Het duurt minimaal 8 dagen.", False),
        ("Hoeveel dagen maximaal?", "nl", "Het duurt maximaal 8 dagen.", True),
        ("Hoe lang duurt het?", "nl", "Het duurt 10 weken.", True),
        ("Hoe vaak gebeurt dat?", "nl", "Dat gebeurt in 10 havens.", False),
        ("Qui dirige le comité ?", "fr", "Il se réunit à Boom.", False),
        ("Qui dirige le comité ?", "fr", "Il se réunit au Grand-Halleux.", False),
        ("Qui dirige le comité ?", "fr", "Il est dirigé par Ada Moens.", True),
        ("Wie leidt het comité?", "nl", "Het vergadert in de haven van Boom.", False),
        ("Wie betaalt?", "nl", "Hij betaalt volgens artikel 4 van het Verdrag.", False),
        ("Waar vergadert het comité?", "nl", "Het vergadert in Boom.", True),
        ("Qui paie les dégâts ?", "fr", "Le payeur est Trésor.", False),
        ("Wie betaalt de schade?", "nl", "Die betaalt de Staat.", False),
        ("Wie leidt het project?", "nl", "Het wordt geleid door VREG.", True),
        ("Quel est le nom du chef de l’agence ?", "fr", "Sa directrice est de l’Office.", False),
        ("Welke minister tekent?", "nl", "Dat is de minister van Omgeving.", False),
    ],
)
def test_only_what_is_surely_asked_for_may_stand_in_front(
    question: str, lang: Lang, sentence: str, is_sure: bool
) -> None:
    query = Query.of(question, lang)
    ((start, end),) = spans(query, sentence)
    assert is_certain(query, sentence[start:end], sentence[:start]) == is_sure


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "literal", "is_sure"),
    [
        (
            "fr",
            "Quel est le montant maximal de l’amende ?",
            "Le maximum de l’amende n’est pas inférieur à 10 % du chiffre d’affaires.",
            "n’est pas inférieur à 10 %",
            False,
        ),
        (
            "nl",
            "Wat is de maximale boete?",
            "De boete bedraagt niet minder dan 10 % van de omzet.",
            "niet minder dan 10 %",
            False,
        ),
        ("nl", "Hoeveel dagen?", "De termijn mag 15 dagen niet overschrijden.", "15 dagen", False),
        ("fr", "Quel est le prix ?", "Il est vendu 12 euros.", "12 euros", True),
        (
            "fr",
            "Combien de jours ?",
            "Le délai ne dépasse pas 15 jours.",
            "ne dépasse pas 15 jours",
            True,
        ),
        ("fr", "Combien d’ans ?", "Il est valable dix ans au maximum.", "dix ans au maximum", True),
        (
            "nl",
            "Hoelang is het geldig?",
            "Niet langer dan tien jaar.",
            "Niet langer dan tien jaar",
            True,
        ),
        ("fr", "Combien de jours ?", "Sauf accord, dix jours suffisent.", "dix jours", True),
        ("fr", "Combien de jours ?", "Il répond, sauf urgence de dix jours.", "dix jours", False),
    ],
)
def test_a_number_is_marked_with_what_may_turn_it_round(
    lang: Lang, question: str, sentence: str, literal: str, is_sure: bool
) -> None:
    query = Query.of(question, lang)
    ((start, end),) = spans(query, sentence)
    assert sentence[start:end] == literal
    assert is_certain(query, literal, sentence[:start], sentence[end:]) == is_sure


@pytest.mark.parametrize(
    ("question", "lang", "other", "is_sure"),
    [
        ("Quand le port est-il fermé ?", "fr", "Le quai l’est le 3 mai 2031.", False),
        ("Quand le port est-il fermé ?", "fr", "L’année 2030 est bissextile.", True),
        ("Wanneer sluit de haven?", "nl", "In afwijking daarvan sluit de kaai in 2031.", False),
        ("Wanneer sluit de haven?", "nl", "De kaai blijft open.", True),
    ],
)
def test_one_of_several_moments_of_a_passage_is_not_certain(
    question: str, lang: Lang, other: str, is_sure: bool
) -> None:
    literal = {"fr": "9 octobre 2030", "nl": "9 oktober 2030"}[lang]
    assert is_certain(Query.of(question, lang), literal, "", ".", other) == is_sure


def test_one_of_several_numbers_of_a_passage_is_not_certain() -> None:
    query = Query.of("Combien de jours avant la réunion ?", "fr")
    other = "Dans les autres cas, vingt jours suffisent."
    assert is_certain(query, "dix jours", "Il écrit ", " avant.")
    assert not is_certain(query, "dix jours", "Il écrit ", " avant.", other)
    assert is_certain(query, "dix jours", "Il écrit ", " avant.", "Les dix jours sont ouvrables.")
    assert is_certain(query, "dix jours", "Il écrit ", " avant.", "Le premier jour est compris.")


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
        ("Quel article fixe le siège ?", "fr", {"number"}),
        ("Welke termijn staat in artikel 12, lid 2?", "nl", {"moment", "number"}),
    ],
)
def test_a_place_that_is_named_wants_no_number(question: str, lang: Lang, sorts: set[str]) -> None:
    assert wanted(Query.of(question, lang)) == sorts


@pytest.mark.parametrize(
    ("question", "lang", "sorts"),
    [
        ("durée de conservation des journaux", "fr", {"number"}),
        ("bewaartermijn logboeken", "nl", {"moment", "number"}),
        ("instapprijs roeiclub", "nl", {"number"}),
        ("vervaldatum vergunning", "nl", {"moment"}),
        ("verleden van de sluis", "nl", set()),
    ],
)
def test_the_last_part_of_a_compound_says_what_is_wanted(
    question: str, lang: Lang, sorts: set[str]
) -> None:
    assert wanted(Query.of(question, lang)) == sorts


@pytest.mark.parametrize(
    ("question", "literal"),
    [
        ("Wanneer is de volgende Hertoginnedal-bijeenkomst?", "2024"),
        ("Wanneer is de volgende bilaterale bijeenkomst in Parijs?", None),
        ("Quand a lieu la prochaine rencontre des Premiers ministres ?", None),
        ("Wanneer vond de vierde Hertoginnedal-bijeenkomst plaats?", "5 mei 2023"),
        ("Quand a lieu la prochaine réunion ministérielle de la coalition ?", "5 juin 2023"),
    ],
)
def test_a_moment_before_the_day_of_the_text_is_not_the_next_one(
    assistant: Assistant, question: str, literal: str | None
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.literal == literal


@pytest.mark.parametrize(
    "question",
    [
        "Welke landen zijn lid van de coalitie?",
        "Depuis quand le Royaume-Uni est-il membre de la coalition ?",
    ],
)
def test_a_part_of_the_answer_or_one_to_something_else_is_not_set_in_front(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.literal is None
    assert outcome.listing is None


@pytest.mark.parametrize(
    ("lang", "question", "expected"),
    [
        ("fr", "Un employeur peut-il demander au candidat son salaire actuel ?", True),
        ("fr", "Quel délai l’employeur doit-il respecter ?", False),
        ("fr", "Est-ce que le RGPD prévoit que les données sont effacées ?", True),
        ("fr", "Qu’est-ce que le profilage ?", False),
        ("fr", "Que doit-il faire ?", False),
        ("fr", "Quand peut-on demander ?", False),
        ("fr", "Y a-t-il une limite ?", True),
        ("fr", "La directive s’applique-t-elle aux indépendants ?", True),
        ("fr", "Où faut-il aller ?", False),
        ("fr", "puis-je exiger mes données ?", True),
        ("nl", "Mag de politie gegevens verwerken?", True),
        ("nl", "Wat mag de politie?", False),
        ("nl", "Geldt dat ook voor kmo’s?", True),
        ("nl", "Welke termijn geldt er?", False),
        ("nl", "Is de krant aansprakelijk?", True),
    ],
)
def test_what_is_answered_by_yes_or_no(lang: Lang, question: str, expected: bool) -> None:
    assert asks_yes_or_no(Query.of(question, lang)) == expected


@pytest.mark.parametrize(
    ("lang", "question", "text", "lacks"),
    [
        ("fr", "combien coûte cette campagne ?", "cinq chasseurs, 180 kilomètres", True),
        ("fr", "combien coûtera-t-elle ?", "un budget de deux millions d’euros", False),
        ("fr", "et qui paie les frais ?", "La Belgique et la France.", False),
        ("fr", "quels frais sont remboursés ?", "Le train et l’hôtel.", False),
        ("nl", "en wat kost dat?", "drie dagen", True),
        ("nl", "hoeveel kosten ze?", "22 miljoen euro", False),
        ("nl", "hoeveel dagen duurt dat?", "drie dagen", False),
    ],
)
def test_how_much_money_is_not_said_where_there_is_none(
    lang: Lang, question: str, text: str, lacks: bool
) -> None:
    assert lacks_money(Query.of(question, lang), [text]) == lacks


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "wanted"),
    [
        ("nl", "Wie beslist over de sluis?",
         "De beslissing wordt genomen door de wachter van de sluis.", ["de wachter van de sluis"]),
        ("fr", "Qui délivre le permis ?",
         "Le permis est délivré par le garde du lac, par la poste.", ["le garde du lac"]),
        ("fr", "Qui signe ?", "Signent M. Paul Hardy et le bureau.", ["M. Paul Hardy"]),
        ("nl", "Welke landen volgen?", "Eerst Wallonië, dan volgen Nederland en Duitsland.",
         ["Nederland en Duitsland"]),
        ("nl", "Welk land is eerst?", "Eerst is Nederland, en dan Duitsland.",
         ["Nederland", "Duitsland"]),
        ("nl", "Welk pact wordt afgerond en waar?", "Men rondt het Pact inzake Vis en Vaart af.",
         ["Pact inzake Vis en Vaart"]),
        ("nl", "Wat is het telefoonnummer van de haven?", "Bel 059 12 34 56 vóór 9 uur.",
         ["059 12 34 56"]),
        ("fr", "À quelle adresse e-mail écrire au port ?", "Écrivez à port@ville.be ou au port.",
         ["port@ville.be"]),
        ("fr", "Quand le solde est-il payé ?", "Le solde est payé avant le 30 juin 2031.",
         ["avant le 30 juin 2031"]),
        ("nl", "Tot wanneer loopt de proef?", "De proef loopt tot en met 3 mei 2031.",
         ["tot en met 3 mei 2031"]),
        ("nl", "Hoever van een huis staat de korf?", "De korf staat op 40 meter van een huis.",
         ["40 meter"]),
        ("fr", "Jusqu’à quel âge est-on jeune pêcheur ?",
         "Est jeune celui qui pêche depuis moins de cinq ans.", []),
        ("nl", "zwemkaart jeugd prijs", "De zwemkaart geldt 3 maanden en kost 20 euro.",
         ["20 euro"]),
        ("nl", "openingsuren van het zwembad", "Het zwembad is open van 9 uur tot 17 uur.",
         ["van 9 uur tot 17 uur"]),
        ("fr", "intérêts de retard", "Il est dû un intérêt de 4 % l’an.", ["4 % l’an"]),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_a_day_or_a_number_belongs_to_it(
    lang: Lang, question: str, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang) == wanted

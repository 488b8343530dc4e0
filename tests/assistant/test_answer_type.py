"""What a question asks for, and whether a passage has it to give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_type import AnswerType
from index.query import Query
from sources.anchor import LANGS, Lang


def asked(question: str, lang: Lang) -> AnswerType:
    return AnswerType.of(Query.of(question, lang))


WITH_DATE = "La réunion a eu lieu le 5 mai 2023 à Paris."
WITH_COUNT = "Le port dispose de douze grues et de 3 phares."
WITH_NOTHING = "Les deux pays renforcent leur coopération."


@pytest.mark.parametrize(
    ("question", "lang", "sort"),
    [
        ("Combien d’agents ?", "fr", "amount"),
        ("Quel est le budget annuel du CCPD ?", "fr", "amount"),
        ("Quel est le budget?", "fr", "amount"),
        ("Quand a eu lieu la réunion ?", "fr", "moment"),
        ("À quelle date ?", "fr", "moment"),
        ("Comment s’appelle le procureur ?", "fr", "person"),
        ("Quels pays sont concernés ?", "fr", "name"),
        ("Hoeveel agenten?", "nl", "amount"),
        ("Wat is het jaarlijkse budget?", "nl", "amount"),
        ("Wat is het jaarbudget?", "nl", "amount"),
        ("Welke geldigheidstermijn geldt er?", "nl", "amount"),
        ("Wat kost het?", "nl", "amount"),
        ("Welke einddatum is bepaald?", "nl", "moment"),
        ("Wanneer vond de vergadering plaats?", "nl", "moment"),
        ("Comment s’appelle la présidente ?", "fr", "person"),
        ("Nomme la procureure.", "fr", "person"),
        ("Hoe heet de procureur?", "nl", "person"),
        ("Wat zijn de namen van de ministers?", "nl", "person"),
        ("Hoe heet de voorzitster?", "nl", "person"),
        ("Noem de commissarissen.", "nl", "person"),
        ("Welke landen zijn betrokken?", "nl", "name"),
    ],
)
def test_what_is_asked_for_is_seen_in_the_words_of_the_question(
    question: str, lang: Lang, sort: str
) -> None:
    assert asked(question, lang).sorts == {sort}


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Quel rôle est prévu pour le CCPD ?", "fr"),
        ("Welke rol krijgt het CPDS in Doornik?", "nl"),
        ("Wat bepaalt het akkoord?", "nl"),
        ("", "fr"),
    ],
)
def test_a_question_about_a_content_asks_for_nothing_in_particular(
    question: str, lang: Lang
) -> None:
    assert asked(question, lang).missing({"fr": WITH_NOTHING}) == 0


@pytest.mark.parametrize(
    ("question", "lang", "text", "lacking"),
    [
        ("Quand a eu lieu la réunion ?", "fr", WITH_DATE, 0),
        ("Quand a eu lieu la réunion ?", "fr", WITH_NOTHING, 1),
        ("Wanneer vond de vergadering plaats?", "nl", WITH_DATE, 0),
        ("Wanneer vond de vergadering plaats?", "nl", WITH_NOTHING, 1),
        ("Combien de grues ?", "fr", WITH_COUNT, 0),
        ("Combien de phares ?", "fr", WITH_COUNT, 0),
        ("Combien de navires ?", "fr", WITH_COUNT, 1),
        ("Combien de grues ?", "fr", WITH_DATE, 1),
        ("Combien de grues et depuis quand ?", "fr", WITH_COUNT, 0.5),
        ("Quel est le montant de l’amende ?", "fr", "L’amende de l’article 83, § 4 (12).", 1),
        ("Quel est le montant de l’amende ?", "fr", "2. Voir le règlement (UE) 2016/679.", 1),
        ("Quel est le montant de l’amende ?", "fr", "L’amende de l’article 83 est de 80 euros.", 0),
        ("Comment s’appelle le procureur ?", "fr", WITH_DATE, 1),
        ("Comment s’appelle le procureur ?", "fr", "Mme Anne Duquai préside le port.", 0),
        ("Comment s’appelle le procureur ?", "fr", "Le chancelier Luc Dubief signe.", 0),
        ("Comment s’appelle le procureur ?", "fr", "La chancelière Ida Dubief signe.", 0),
        ("Hoe heet de rechter?", "nl", "Dhr. Wout Vaart en mevr. Lies Vaart zetelen.", 0),
        ("Hoe heet de minister?", "nl", "Voorzitster Lies Vaart opent de haven.", 0),
        ("Hoe heet de minister?", "nl", "De minister opent het kantoor Haven Noord.", 1),
        ("Hoe heet de minister?", "nl", "Minister Jan De Kaai opent de haven.", 0),
    ],
)
def test_what_a_passage_does_not_have_is_missing(
    question: str, lang: Lang, text: str, lacking: float
) -> None:
    assert asked(question, lang).missing({"fr": text}) == lacking


@given(st.text(max_size=60), st.sampled_from(LANGS), st.text(max_size=60))
def test_it_is_a_share_whatever_is_asked(question: str, lang: Lang, text: str) -> None:
    assert 0 <= asked(question, lang).missing({"fr": text}) <= 1
    assert 0 <= asked(question, lang).missing({"fr": text, "nl": text}) <= 1


@pytest.mark.parametrize(
    ("question", "lang", "text"),
    [
        ("Combien d’agents ?", "fr", "Il y a quarante agents."),
        ("Combien d’agents ?", "fr", "Le poste compte septante-cinq agents."),
        ("Hoeveel agenten?", "nl", "Er zijn dertien agenten."),
        ("Hoeveel agenten?", "nl", "Er zijn zesenzeventig agenten."),
        ("Combien de temps dure le contrôle ?", "fr", "Le contrôle dure 30 minutes."),
        ("Hoelang duurt de controle?", "nl", "De controle duurt dertig minuten."),
        ("Binnen welke termijn?", "nl", "Binnen een week na de controle."),
        ("Dans quel délai ?", "fr", "Dans les cinquante années qui suivent."),
    ],
)
def test_numbers_in_words_and_all_units_of_time_are_amounts(
    question: str, lang: Lang, text: str
) -> None:
    assert asked(question, lang).missing({lang: text}) == 0


@pytest.mark.parametrize(
    ("question", "lang", "given", "other"),
    [
        ("Combien coûte le permis ?", "fr", "Le permis coûte douze euros.", "Il y a 3 permis."),
        ("Quelle est l’amende ?", "fr", "Elle est de 50 à 80 euros.", "Voir les 3 alinéas."),
        ("Quel est le tarif du ponton ?", "fr", "L’accès est gratuit.", "Il a 40 places."),
        ("Quel âge faut-il avoir ?", "fr", "Dès douze ans.", "Le conseil a douze membres."),
        ("Quelle est la largeur du quai ?", "fr", "Il a 12 mètres de large.", "Il a 12 grues."),
        ("Quelle est la vitesse permise ?", "fr", "Elle est de 20 km/h.", "Elle a 20 m."),
        ("Combien d’argent reçoit la ville ?", "fr", "Un million d’euros.", "Elle a deux ports."),
        ("Wat kost de vergunning?", "nl", "Ze kost 12 euro.", "Er zijn 12 vergunningen."),
        ("Hoeveel bedraagt de premie?", "nl", "Ze bedraagt 400 euro.", "Er zijn 400 woningen."),
        ("Wat is het stageloon?", "nl", "Het is € 900.", "De stage duurt 3 maanden."),
        ("Hoe oud moet een lid zijn?", "nl", "Ten minste zestien jaar.", "Er zijn acht leden."),
        ("Hoe diep is de vaargeul?", "nl", "Ze is 5 meter diep.", "Er zijn 5 sluizen."),
        ("Hoeveel geld krijgt de haven?", "nl", "Zij krijgt 4 miljoen euro.", "Geen cijfer."),
        ("Welk percentage betaalt de stad?", "nl", "Zij betaalt een derde.", "Zij betaalt mee."),
    ],
)
def test_a_number_of_another_measure_is_no_amount_of_this(
    question: str, lang: Lang, given: str, other: str
) -> None:
    assert asked(question, lang).missing({lang: given}) == 0
    assert asked(question, lang).missing({lang: other}) == 1


def test_a_number_alone_in_its_cell_has_the_unit_in_its_head() -> None:
    assert asked("Wat kost de sloep?", "nl").missing({"nl": "Sloep | 60.000 | 42,5"}) == 0


@pytest.mark.parametrize(
    ("question", "lang", "text"),
    [
        ("À quelle heure ouvre l’écluse ?", "fr", "Elle ouvre à 6 heures."),
        ("Quel jour se réunit-il ?", "fr", "Il se réunit chaque mardi."),
        ("Quand ferme-t-on l’écluse ?", "fr", "On la ferme lorsque l’eau monte."),
        ("Quand le bac part-il ?", "fr", "Il part dans les deux jours."),
        ("Om welk uur sluit de sluis?", "nl", "Ze sluit om 22 uur."),
        ("Op welke dag vergadert de raad?", "nl", "Hij vergadert elke maandag."),
        ("Wanneer sluit de sluis?", "nl", "Ze sluit zodra het water stijgt."),
    ],
)
def test_hours_days_and_conditions_say_when(question: str, lang: Lang, text: str) -> None:
    assert asked(question, lang).missing({lang: text}) == 0


def test_a_preposition_is_no_condition() -> None:
    text = "Zij helpt bij het bestuur voor het behoud."
    assert asked("Wanneer begint de dienst?", "nl").missing({"nl": text}) == 1


def test_what_is_asked_for_may_stand_in_the_points_that_a_passage_announces() -> None:
    text = "Une barque part :"
    assert asked("Quand une barque part-elle ?", "fr").missing({"fr": text}) == 0
    assert asked("Quand une barque part-elle ?", "fr").missing({"fr": text[:-2]}) == 1


def test_a_condition_is_no_date() -> None:
    text = "Elle ferme lorsque l’eau monte."
    assert asked("À quelle date ferme-t-elle ?", "fr").missing({"fr": text}) == 1


@pytest.mark.parametrize(
    ("question", "lang", "text"),
    [
        ("Combien de congés ?", "fr", "Congés : 12 par an."),
        ("Combien de réunions y a-t-il eu ?", "fr", "Une quatrième réunion s’est tenue."),
        ("Combien d’électricité consomme-t-il ?", "fr", "Il consomme 310 gigawattheures."),
        ("Tous les combien se réunit-il ?", "fr", "Il se réunit tous les trois mois."),
        ("Hoeveel dagen krijgt men?", "nl", "Men krijgt twaalf verlofdagen."),
        ("Binnen welke termijn antwoordt men?", "nl", "Binnen vijf werkdagen."),
    ],
)
def test_what_is_counted_may_stand_behind_or_within_a_longer_word(
    question: str, lang: Lang, text: str
) -> None:
    assert asked(question, lang).missing({lang: text}) == 0

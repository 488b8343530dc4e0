"""Texts and places that a question names, by any of their names, in both languages."""

from __future__ import annotations

import pytest

from assistant.answer import Refusal
from assistant.answering import Assistant
from assistant.locators import cited_together
from assistant.mentions import Mentions
from assistant.render import refusal_text
from index.resolve import resolve_pinpoint
from sources.acquire import act_entry
from sources.anchor import LANGS, Lang
from sources.catalogue import Catalogue
from tests.sources.formats.act_reading import read
from tests.web.factory import SmallBuild

DECLARATION = "val-duchesse-2023"
DUBLIN = "celex:32013R0604"


@pytest.fixture(scope="module")
def mentions(assistant: Assistant) -> Mentions:
    return assistant.mentions


@pytest.mark.parametrize(
    ("question", "lang", "work"),
    [
        ("Que prévoit l’accord Tournai II ?", "fr", "tournai-ii"),
        ("que prevoit l'accord de tournai ii", "fr", "tournai-ii"),
        ("Wat bepaalt het akkoord van Doornik II?", "nl", "tournai-ii"),
        ("Que dit le règlement Dublin III ?", "fr", DUBLIN),
        ("Wat zegt de Dublinverordening?", "nl", DUBLIN),
        ("Wat zegt Verordening (EU) nr. 604/2013?", "nl", DUBLIN),
        ("Que dit le règlement 604/2013 ?", "fr", DUBLIN),
        ("Que recommande la recommandation (UE) 2022/915 ?", "fr", "celex:32022H0915"),
        ("Wat staat er in aanbeveling 2022/915?", "nl", "celex:32022H0915"),
        ("Et l’arrangement du 16 avril 1964 ?", "fr", "arrangement-1964"),
        ("Que dit le DSA sur la publicité ciblée ?", "fr", "celex:32022R2065"),
        ("Geldt de NIS2-richtlijn ook voor havens?", "nl", "celex:32022L2555"),
        ("la directive « police-justice »", "fr", "celex:32016L0680"),
        ("Que dit la déclaration Val Duchesse ?", "fr", DECLARATION),
        ("Wat zegt de verklaring van Hertoginnedal van november 2021?", "nl", "val-duchesse-2021"),
    ],
)
def test_a_text_is_known_by_its_names_and_numbers(
    mentions: Mentions, question: str, lang: Lang, work: str
) -> None:
    found = mentions.read(question, lang).mention
    assert found is not None
    assert found.work == work
    assert found.indexed == (work == DECLARATION)


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Quel rôle est prévu pour le CCPD ?", "fr"),
        ("Que prévoit-on à Tournai ?", "fr"),
        ("Welke rol krijgt het CPDS in Doornik?", "nl"),
        ("Wat is het recept van stoofvlees?", "nl"),
        ("", "fr"),
    ],
)
def test_a_question_that_names_no_text_names_none(
    mentions: Mentions, question: str, lang: Lang
) -> None:
    assert mentions.read(question, lang).mention is None


@pytest.mark.parametrize(
    ("question", "lang", "portion"),
    [
        ("Que dit l’article 36 du règlement Dublin III ?", "fr", "art_36"),
        ("Que dit l’article 36, paragraphe 1, du règlement Dublin III ?", "fr", "art_36.par_1"),
        ("Wat bepaalt artikel 36, lid 1, van de Dublin III-verordening?", "nl", "art_36.par_1"),
        ("Que dit le considérant 26 de la recommandation (UE) 2022/915 ?", "fr", "rct_26"),
        ("Que dit le point II.2, 6e tiret, de la déclaration Val Duchesse ?", "fr", "2.6"),
        ("Wat zegt punt II.2, 6e streepje van de verklaring van Hertoginnedal?", "nl", "2.6"),
        ("Que prévoit la section 7 ?", "fr", "7"),
        ("la partie 3 de la déclaration Val Duchesse", "fr", "3"),
        ("Résume le volet 4", "fr", "4"),
        ("Wat staat er in deel 7?", "nl", "7"),
        ("hoofdstuk 5", "nl", "5"),
    ],
)
def test_the_place_that_is_named_is_read_too(
    mentions: Mentions, question: str, lang: Lang, portion: str
) -> None:
    found = mentions.read(question, lang).mention
    assert found is not None
    assert found.portion == portion
    assert found.written in question


@pytest.mark.parametrize(
    ("before", "question", "lang", "portion", "written"),
    [
        ("Que dit l’article 12 du règlement Dublin III ?", "et le troisième tiret ?", "fr",
         "art_12.blt_3", "art. 12, 3e tiret"),
        ("Wat bepaalt artikel 12 van de Dublin III-verordening?", "En het derde streepje?", "nl",
         "art_12.blt_3", "art. 12, 3e streepje"),
        ("Wat staat er in bijlage II bij de Dublin III-verordening?", "en paragraaf 3 ter?", "nl",
         "anx_II.pnt_3ter", "bijlage II, punt 3ter"),
        (f"Que dit {DUBLIN}@fr#art_4.bru.par_1 ?", "et le paragraphe 3 ?", "fr",
         "art_4.bru.par_3", "art. 4, Région de Bruxelles-Capitale, § 3"),
        (f"Wat zegt {DUBLIN}@nl#fnp.par_1?", "en het tweede streepje?", "nl",
         "fnp.par_1.blt_2", "slotformule, 1e alinea, 2e streepje"),
    ],
)  # fmt: skip
def test_what_is_within_the_place_before_is_cited_as_that_is(
    mentions: Mentions, before: str, question: str, lang: Lang, portion: str, written: str
) -> None:
    found = mentions.read(question, lang, (before,)).mention
    assert found is not None
    assert [(p.pinpoint.portion, p.written) for p in found.places] == [(portion, written)]


@pytest.mark.parametrize(
    ("before", "question", "lang"),
    [
        ("article 12 du règlement Dublin III", "et l’article 15 du présent règlement ?", "fr"),
        ("article 12 du règlement Dublin III", "et l’article 15 dudit texte précité ?", "fr"),
        (
            "artikel 12 Dublin III-verordening",
            "en art. 15 van de onderhavige verordening?",
            "nl",
        ),
        ("artikel 12 Dublin III-verordening", "en artikel 15 van de genoemde verordening?", "nl"),
    ],
)
def test_the_text_that_was_spoken_of_is_called_the_same_in_both_languages(
    mentions: Mentions, before: str, question: str, lang: Lang
) -> None:
    found = mentions.read(question, lang, (before,)).mention
    assert found is not None
    assert (found.work, found.portion) == (DUBLIN, "art_15")


def test_places_without_number_between_them_are_cited_one_by_one() -> None:
    far = ["art_1", "art_99999999999"]
    assert cited_together(far, "nl") == ["art. 1", "art. 99999999999"]


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_of_a_text_that_is_not_indexed_the_title_link_and_command_are_given(
    mentions: Mentions, lang: Lang
) -> None:
    found = mentions.read("règlement Dublin III", "fr").mention
    assert found is not None
    known = mentions.known.unindexed(found.work, lang)
    assert known.source == DUBLIN
    assert known.url is not None
    assert known.url.startswith(f"https://eur-lex.europa.eu/legal-content/{lang.upper()}/TXT/")
    assert known.command == "python -m sources fetch 32013R0604"


def test_a_command_can_be_typed_as_it_is_shown_whatever_signs_the_number_has(
    mentions: Mentions,
) -> None:
    found = mentions.read("accord de commerce et de coopération UE-Royaume-Uni", "fr").mention
    assert found is not None
    assert (
        mentions.known.unindexed(found.work, "fr").command
        == "python -m sources fetch '22021A0430(01)'"
    )


def test_a_text_that_no_program_fetches_says_how_it_is_added_by_hand(mentions: Mentions) -> None:
    found = mentions.read("accord Tournai II", "fr").mention
    assert found is not None
    for lang in LANGS:
        known = mentions.known.unindexed(found.work, lang)
        assert known.command == f"python -m sources add FILE --id {found.work} --lang {lang}"
        assert known.by_hand
        assert "FILE" in refusal_text(lang, "", (known,), ()).splitlines()[-1]


def test_a_text_of_which_no_address_is_known_is_offered_by_hand(mentions: Mentions) -> None:
    found = mentions.read("l’arrangement du 16 avril 1964", "fr").mention
    assert found is not None
    known = mentions.known.unindexed(found.work, "nl")
    assert known.url is None
    assert known.command == "python -m sources add FILE --id arrangement-1964 --lang nl"
    assert known.by_hand
    assert known.title == "Regeling van 16 april 1964 tussen Frankrijk en de Beneluxlanden"


@pytest.mark.parametrize(
    ("question", "lang", "absent"),
    [
        ("Que dit la déclaration de 2021 sur la drogue ?", "fr", "déclaration de 2021"),
        ("la déclaration commune du 3 mai 2019", "fr", "déclaration commune du 3 mai 2019"),
        ("Wat zegt de verklaring van juni 2018?", "nl", "verklaring van juni 2018"),
        ("Que dit la déclaration de 2023 ?", "fr", ""),
        ("Wat staat er in de verklaring van 5 mei 2023?", "nl", ""),
        ("Que dit la déclaration de la directive 2016/680 ?", "fr", ""),
        ("Que prévoit la déclaration pour 2024 ?", "fr", ""),
    ],
)
def test_a_declaration_of_a_year_that_is_not_here_is_known(
    mentions: Mentions, question: str, lang: Lang, absent: str
) -> None:
    assert mentions.read(question, lang).absent == absent


@pytest.mark.parametrize(
    ("question", "lang", "absent"),
    [
        ("Que dit la déclaration de Schengen sur la drogue ?", "fr", "déclaration de Schengen"),
        ("Wat zegt de verklaring van Gent over de haven?", "nl", "verklaring van Gent"),
        ("punt 2 van de gemeenschappelijke verklaring van Gent", "nl", "verklaring van Gent"),
        ("Quand remettre la déclaration de TVA ?", "fr", ""),  # no town
        ("Que dit la déclaration de Paris ?", "fr", ""),  # where it was signed
        ("Wat zegt de verklaring van Parijs over drugs?", "nl", ""),
        ("Que dit la déclaration de Val Duchesse ?", "fr", ""),
        ("Wat zegt de verklaring van Hertoginnedal?", "nl", ""),
        ("la déclaration de la France et de la Belgique", "fr", ""),
        ("moet ik een verklaring van de werkgever tonen?", "nl", ""),
    ],
)
def test_a_declaration_of_a_town_where_none_was_made_is_known(
    mentions: Mentions, question: str, lang: Lang, absent: str
) -> None:
    assert mentions.read(question, lang).absent.endswith(absent)
    assert bool(mentions.read(question, lang).absent) == bool(absent)


def test_that_another_year_is_not_here_is_said_first(assistant: Assistant) -> None:
    outcome = assistant.ask("Wat zegt de verklaring van 2024 over drugs?")
    assert outcome.notices[0].startswith("De tekst “verklaring van 2024” is hier niet beschikbaar")


@pytest.mark.parametrize(
    "question",
    ["Que dit la directive 2016/680 ?", "Que dit le DSA des frontières ?"],
)
def test_a_text_that_is_not_here_is_refused_as_known(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, len(outcome.known)) == ("known", 1)


@pytest.mark.parametrize(
    ("question", "lang", "portions", "there"),
    [
        ("Que dit le point 1.2 de la recommandation (UE) 2031/52 ?", "fr", ["pnt_1.2"], True),
        ("Wat zegt punt 2.1 van Aanbeveling (EU) 2031/52?", "nl", ["pnt_2.1"], True),
        ("recommandation (UE) 2031/52, point 3", "fr", ["pnt_3"], True),
        ("Wat bepaalt punt 9 van Aanbeveling (EU) 2031/52?", "nl", ["pnt_9"], False),
    ],
)
def test_a_point_of_a_recommendation_is_named_whether_it_is_there_or_not(
    question: str, lang: Lang, portions: list[str], *, there: bool
) -> None:
    celex = "32031H0052"
    documents = [read(f"recommendation.{la}.xhtml", la, f"celex:{celex}") for la in LANGS]
    build = SmallBuild([p for d in documents for p in d.passages])
    found = Mentions(Catalogue([act_entry(None, celex, documents[0])]), build).read(question, lang)
    assert found.mention is not None
    places = found.mention.places
    assert [p.pinpoint.portion for p in places] == portions
    resolved = [resolve_pinpoint(build, p.work, p.pinpoint, lang).passages for p in places]
    assert [bool(r) for r in resolved] == [there]


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Hertoginnedal 2023?", "nl"),
        ("CCPD, Val Duchesse 2023", "fr"),
        ("Dublin III ?", None),
        ("ports", None),
    ],
)
def test_a_name_that_a_text_has_in_one_language_tells_that_language(
    mentions: Mentions, question: str, lang: Lang | None
) -> None:
    assert mentions.texts.language_of(question) == lang


@pytest.mark.parametrize(
    ("question", "lang", "is_said"),
    [
        ("Que prévoit la déclaration ?", "fr", True),
        ("Que prévoit la déclaration sur les ports ?", "fr", False),
        ("Wanneer geldt deze verklaring?", "nl", True),
        ("Wat zegt de verklaring die over havens gaat?", "nl", False),
        ("Quelles déclarations y a-t-il ?", "fr", False),
    ],
)
def test_a_text_by_its_sort_alone_has_nothing_more_said_of_it(
    assistant: Assistant, question: str, lang: Lang, *, is_said: bool
) -> None:
    assert bool(assistant.mentions.texts.of_said_sort(question, lang)) is is_said

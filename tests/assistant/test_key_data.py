"""What a text names, as lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.key_data import SORTS, KeyData
from assistant.language import detect
from assistant.locale import say
from assistant.outline import Outline
from assistant.question import read
from index.build import Build
from sources.anchor import LANGS, Anchor, Lang
from sources.bilingual import Bilingual
from sources.model import Kind, Passage
from tests.web.factory import WORK as MILLS
from tests.web.factory import SmallBuild, passage

WORK = "val-duchesse-2023"


@dataclass(frozen=True)
class OneText:
    """As much of a build as lists need: one text in one language, a passage a line."""

    lang: Lang
    lines: tuple[str, ...]

    def document_for(self, work: str, lang: Lang) -> tuple[Passage, ...]:
        place = Bilingual("art.", "art.")
        return tuple(
            Passage(Anchor(work, lang, f"art_{n}"), Kind.ARTICLE, text, (), place)
            for n, text in enumerate(self.lines, 1)
            if lang == self.lang
        )


def listed(assistant: Assistant, lang: Lang, sort: str, *lines: str) -> list[tuple[str, list[str]]]:
    build = cast("Build", OneText(lang, lines))
    key_data = KeyData(build, assistant.mentions, Outline(build), assistant.glossary)
    return [(d.label, list(d.portions)) for d in key_data.of("accord-2031", lang, sort)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sort", SORTS)
def test_every_thing_listed_stands_in_the_passages_it_points_to(
    assistant: Assistant, lang: Lang, sort: str
) -> None:
    for datum in assistant.key_data.of(WORK, lang, sort):
        passages = [assistant.build.by_anchor[Anchor(WORK, "fr", p)] for p in datum.portions]
        assert passages
        text = " ".join(passages[0].texts[lang].split())
        if sort == "texts":  # listed by their titles; the passage names them in its own words
            assert any(r.work for r in assistant.mentions.texts.references(passages[0].text))
        elif sort == "acronyms":
            acronym, _, words = datum.label.partition(" (")
            assert acronym in text
            assert words.removesuffix(")") in text
        else:
            assert datum.label in text


@pytest.mark.parametrize("sort", ["dates", "countries", "texts"])
def test_both_languages_list_the_same_things(assistant: Assistant, sort: str) -> None:
    french, dutch = (assistant.key_data.of(WORK, lang, sort) for lang in LANGS)
    assert [d.portions for d in french] == [d.portions for d in dutch]
    assert french


@pytest.mark.parametrize(
    ("lang", "lines", "dates", "due"),
    [
        ("fr",
         ("L’accord du 3 mai 2029 est abrogé ; le rapport est remis au plus tard le 2 février de "
          "chaque année.", "La chasse va du 4 avril au 9 juin et la demande entre avant le 5 mars.",
          "Réunions les 1er mai et 7 juillet 2031."),
         ["3 mai 2029", "1er mai", "7 juillet 2031", "2 février de chaque année", "5 mars",
          "4 avril", "9 juin"],
         ["au plus tard le 2 février de chaque année", "avant le 5 mars"]),
        ("nl",
         ("Het akkoord van 3 mei 2029 vervalt; het verslag komt uiterlijk op 2 februari van elk "
          "jaar.", "De jacht loopt van 4 april tot en met 9 juni en men vraagt ze voor 5 maart.",
          "Voor 2031 is geld voorzien."),
         ["3 mei 2029", "2031", "2 februari van elk jaar", "5 maart", "4 april", "9 juni"],
         ["uiterlijk op 2 februari van elk jaar", "voor 5 maart"]),
    ],
)  # fmt: skip
def test_days_of_every_year_are_listed_and_what_is_due_by_a_date_is_told_by_its_words(
    assistant: Assistant, lang: Lang, lines: tuple[str, ...], dates: list[str], due: list[str]
) -> None:
    assert [label for label, _ in listed(assistant, lang, "dates", *lines)] == dates
    assert [label for label, _ in listed(assistant, lang, "deadlines", *lines)] == due


def test_dates_are_listed_in_their_order_and_once(assistant: Assistant) -> None:
    assert listed(
        assistant,
        "nl",
        "dates",
        "Op 3 mei 2031 en in de zomer van 2030 komen zij bijeen.",
        "Sinds 3 mei 2031, en al begin 2031, geldt Verordening (EU) 2019/2101.",
    ) == [
        ("zomer van 2030", ["art_1"]),
        ("begin 2031", ["art_2"]),
        ("3 mei 2031", ["art_1", "art_2"]),
    ]


def test_a_sea_with_the_name_of_a_country_is_no_country(assistant: Assistant) -> None:
    lines = ["Le golfe de Guinée et la Guinée-Bissau.", "Les États-Unis et la Côte d’Ivoire"]
    assert listed(assistant, "fr", "countries", *lines) == [
        ("Guinée-Bissau", ["art_1"]),
        ("États-Unis", ["art_2"]),
        ("Côte d’Ivoire", ["art_2"]),
    ]
    lines = ["De Zee van Japan, de kust van Marokko en Japan.", "De Golf van Guinee"]
    assert listed(assistant, "nl", "countries", *lines) == [("Japan", ["art_1"])]


def test_bodies_periods_amounts_and_acronyms_of_any_text(assistant: Assistant) -> None:
    line = (
        "Le Comité mixte fluvial (CMF) et l’Office wallon des Eaux statuent dans les 30 jours ; "
        "l’amende est de 4 % ou de 2,5 millions d’euros. Europol est informé."
    )
    assert listed(assistant, "fr", "periods", line) == [("30 jours", ["art_1"])]
    assert [d for d, _ in listed(assistant, "fr", "amounts", line)] == [
        "4 %",
        "2,5 millions d’euros",
    ]
    assert [d for d, _ in listed(assistant, "fr", "acronyms", line)] == [
        "CMF (Comité mixte fluvial)"
    ]
    assert "Europol" in [d for d, _ in listed(assistant, "fr", "bodies", line)]
    small = "Le centre de coopération fluviale (CCF) répond ; un moulin à eau (MAE) tourne."
    assert listed(assistant, "fr", "bodies", small) == [
        ("centre de coopération fluviale", ["art_1"])
    ]


def test_numbers_in_words_are_whole_and_the_same_as_in_digits(assistant: Assistant) -> None:
    lines = ["Vingt-quatre heures, puis dix-huit mois ; ensuite 18 mois.", "Un an, deux jours."]
    assert listed(assistant, "fr", "periods", *lines) == [
        ("Vingt-quatre heures", ["art_1"]),
        ("dix-huit mois", ["art_1"]),
        ("Un an", ["art_2"]),
        ("deux jours", ["art_2"]),
    ]
    lines = ["Binnen vierentwintig uur of twee jaar.", "Na 2 jaar."]
    assert listed(assistant, "nl", "periods", *lines) == [
        ("vierentwintig uur", ["art_1"]),
        ("twee jaar", ["art_1", "art_2"]),
    ]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Quels pays sont cités ?", "14 pays"),
        ("Liste des sigles de la déclaration", "3 sigles expliqués"),
        ("Quelles dates la déclaration Val Duchesse mentionne-t-elle ?", "18 dates"),
        ("Welke landen worden in de verklaring genoemd?", "14 landen"),
        (
            "Quels sigles apparaissent dans la déclaration et que signifient-ils ?",
            "3 sigles expliqués",
        ),
        ("Welke organisaties en diensten komen aan bod?", "12 instellingen en organen"),
        ("Geef alle data van de verklaring van Hertoginnedal", "18 datums"),
    ],
)
def test_a_question_for_a_list_is_answered_with_all_of_it(
    assistant: Assistant, question: str, title: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.listing is not None
    assert outcome.listing.title == title
    cited = {c.number: c for c in outcome.citations}
    for item in outcome.listing.items:
        quotes = [cited[n].quote + (cited[n].working or "") for n in item.numbers]
        assert all(item.label.split(" (")[0] in quote for quote in quotes)
    assert all(c.key and c.key.marks for c in outcome.citations)
    assert outcome.text.startswith(title)


@pytest.mark.parametrize(
    "question",
    [
        "Quels pays demandent de l’aide contre le terrorisme ?",
        "Quelles dates pour les Jeux olympiques ?",
        "Que dit la déclaration des pays du Golfe ?",
        "Welke landen ondertekenden de verklaring over havens?",
        "Hoeveel landen hebben een luchthaven?",
    ],
)
def test_a_question_for_some_of_them_is_searched(assistant: Assistant, question: str) -> None:
    trace = assistant.ask(question).trace
    assert trace is not None
    assert trace.rule != "asks_for_a_list"


@pytest.mark.parametrize(
    ("lang", "question", "text", "labels"),
    [
        (
            "fr",
            "Quels délais en heures (pas en jours) sont fixés ?",
            "Dans les 48 heures, ou dans les 3 jours.",
            ["48 heures"],
        ),
        (
            "nl",
            "Welke termijnen, uitgedrukt in minuten of uren, worden genoemd?",
            "Binnen 30 minuten, uiterlijk na 2 uur, en binnen 3 dagen.",
            ["30 minuten", "2 uur"],
        ),
        (
            "fr",
            "montants en euros : liste complète",
            "Une prime de 500 euros, soit 4 % du total.",
            ["500 euros"],
        ),
        (
            "nl",
            "Welke percentages vind je in de tekst?",
            "Een premie van 500 euro, dat is 4 % van het totaal.",
            ["4 %"],
        ),
        (
            "nl",
            "Geef elk bedrag in euro",
            "Een premie van 500 euro, dat is 4 % van het totaal.",
            ["500 euro"],
        ),
        ("fr", "chaque pourcentage", "Une prime de 500 euros, soit 4 % du total.", ["4 %"]),
        (
            "nl",
            "alle hoeveelheden in m³",
            "Hoogstens 3 miljoen kubieke meter zand, 40 m³ slib en 90 liter olie.",
            ["Hoogstens 3 miljoen kubieke meter", "40 m³"],
        ),
        (
            "fr",
            "toutes les superficies en hectares",
            "Le parc de 40 hectares a 300 mètres carrés de serres et 2 km de haies.",
            ["40 hectares"],
        ),
        (
            "fr",
            "Quelles distances sont citées ?",
            "Le bac fait 3 km en 20 minutes, à 12 km/h, avec 40 m² de pont.",
            ["3 km"],
        ),
        ("nl", "welke temperaturen worden genoemd?", "Van 3 tot 8 graden.", ["Van 3 tot 8 graden"]),
        (
            "fr",
            "Quelles juridictions sont nommées dans le texte ?",
            "Le Parlement européen, le Tribunal de Namur et la Cour d’assises de Liège.",
            ["Tribunal de Namur", "Cour d’assises de Liège"],
        ),
        (
            "fr",
            "énumère les autres règlements auxquels renvoie le texte",
            "Le règlement (UE) 2031/9 et la directive (UE) 2031/8.",
            ["règlement (UE) 2031/9"],
        ),
    ],
)
def test_of_a_list_only_those_are_given_that_are_asked_for(
    assistant: Assistant, lang: Lang, question: str, text: str, labels: list[str]
) -> None:
    (asked,) = assistant.key_data.asked(read(question, lang, assistant.mentions))
    build = cast("Build", OneText(lang, (text,)))
    key_data = KeyData(build, assistant.mentions, Outline(build), assistant.glossary)
    assert [d.label for d in key_data.answer(asked, lang)] == labels


@pytest.mark.parametrize(
    ("lang", "text", "labels"),
    [
        (
            "fr",
            "La Commission consulte le Conseil, l’Autorité bancaire européenne, le Conseil d’État.",
            ["Autorité bancaire européenne", "Commission", "Conseil"],
        ),
        (
            "nl",
            "De Commissie raadpleegt de Raad en de Raad van State over Enisa.",
            ["Enisa", "Commissie", "Raad"],
        ),
    ],
)
def test_acts_of_the_union_call_its_institutions_by_one_word(
    assistant: Assistant, lang: Lang, text: str, labels: list[str]
) -> None:
    build = cast("Build", OneText(lang, (text,)))
    key_data = KeyData(build, assistant.mentions, Outline(build), assistant.glossary)
    found = [d.label for d in key_data.of("celex:32031R0009", lang, "bodies")]
    assert [label for label in labels if label not in found] == []


@pytest.mark.parametrize(
    ("lang", "labels"),
    [("fr", ["Chapitre I. Meules", "Chapitre II. Biefs"]), ("nl", ["Hoofdstuk I. Molenstenen"])],
)
def test_the_chapters_of_a_text_are_those_that_the_reader_can_open(
    assistant: Assistant, lang: Lang, labels: list[str]
) -> None:
    build = SmallBuild([
        passage("1.1", "Les meules tournent.", ("Chapitre I. Meules",)),
        passage("2.1", "Les biefs sont curés.", ("Chapitre II. Biefs",)),
        passage("1.1", "De molenstenen draaien.", ("Hoofdstuk I. Molenstenen",), "nl"),
    ])  # fmt: skip
    key_data = KeyData(build, assistant.mentions, Outline(build), assistant.glossary)
    found = key_data.of(MILLS, lang, "chapters")
    assert [d.label for d in found] == labels
    assert {p for d in found for p in d.portions} <= {
        p.anchor.portion for p in build.document(MILLS, lang)
    }


@pytest.mark.parametrize(
    ("question", "is_another"),
    [
        ("Quelles villes sont citées dans la déclaration ?", True),
        ("Welke ministers worden genoemd?", True),
        ("Welke landen worden genoemd?", False),
        ("Quelles mesures sont prévues contre le trafic de drogue ?", False),
        ("Welke stad wordt genoemd?", False),
    ],
)
def test_a_list_of_a_sort_that_is_not_made_is_not_taken_for_a_fact(
    assistant: Assistant, question: str, *, is_another: bool
) -> None:
    asked = assistant.key_data.asks_for_another_sort(
        read(question, detect(question, "fr")[0], assistant.mentions)
    )
    assert asked == is_another


def test_who_asks_for_such_a_list_is_told_that_there_may_be_more(assistant: Assistant) -> None:
    outcome = assistant.ask("Quelles villes sont citées dans la déclaration ?")
    told = say("fr", "notice.no_list")
    assert told in outcome.notices if isinstance(outcome, Answer) else told in outcome.text

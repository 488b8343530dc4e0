"""Questions that a row of a table answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.table import tables_of
from index.embedding import Embedder
from sources.__main__ import main
from sources.anchor import Anchor, Lang
from sources.settings import Settings
from tests.assistant.fetched import answering
from tests.conftest import sharing
from tests.index.fake import passage

TABLES: dict[Lang, str] = {
    "fr": """# Tarif du bac de la Lys

## 1. Passage

| Poids de la voiture | Prix par passage |
|---|---|
| jusqu’à 900 kg | 4,00 € |
| de 900 à 1500 kg | 7,50 € |
| plus de 1500 kg | 12,00 € |

## 2. Services

| Service | Prix |
|---|---|
| Remorquage | 60,00 € |
| Lavage | 5,00 € |

## 3. Travaux

Les travaux sont confiés aux services suivants.

| N° | Travail | Porteur | Échéance |
|---|---|---|---|
| 1 | Repeindre la coque | Atelier naval | mars 2031 |
| 2 | Remplacer les amarres | Service du port | en continu |
| 3 | Draguer le chenal | Service du port et Atelier naval | juin 2032 |
""",
    "nl": """# Tarief van de veerboot over de Leie

## 1. Overtocht

| Gewicht van de auto | Prijs per overtocht |
|---|---|
| tot 900 kg | 4,00 € |
| van 900 tot 1500 kg | 7,50 € |
| meer dan 1500 kg | 12,00 € |

## 2. Diensten

| Dienst | Prijs |
|---|---|
| Slepen | 60,00 € |
| Wassen | 5,00 € |

## 3. Werken

De werken zijn aan de volgende diensten toegewezen.

| Nr. | Werk | Trekker | Termijn |
|---|---|---|---|
| 1 | De romp herschilderen | Scheepswerf | maart 2031 |
| 2 | De trossen vervangen | Havendienst | doorlopend |
| 3 | De vaargeul baggeren | Havendienst en Scheepswerf | juni 2032 |
""",
}

#: Tables that are lines of an article.
ARTICLES: dict[Lang, str] = {
    "fr": """# Règlement de la halte nautique de Brielle

## Article 1. Emplacements

Les emplacements sont loués à la journée.

| Emplacement | Membre | Passager | Caution |
|---|---|---|---|
| Ponton nord | 9,00 € | 14,00 € | 50,00 € |
| Ponton sud | 7,00 € | 11,00 € | aucune |
| Cale sèche | 20,00 € | 32,00 € | 50,00 € |

## Article 2. Paiement

Le séjour est payé à l’arrivée.

## Article 3. Zone calme

Dans la zone calme, les moteurs restent éteints de 20 à 8 heures.

## Article 4. Zone technique

Dans la zone technique, les réparations sont permises de 8 à 18 heures.
""",
    "nl": """# Reglement van de aanlegplaats van Brielen

## Artikel 1. Ligplaatsen

De ligplaatsen worden per dag verhuurd.

| Ligplaats | Lid | Passant | Waarborg |
|---|---|---|---|
| Noordsteiger | 9,00 € | 14,00 € | 50,00 € |
| Zuidsteiger | 7,00 € | 11,00 € | nihil |
| Droogdok | 20,00 € | 32,00 € | 50,00 € |

## Artikel 2. Betaling

Het verblijf wordt bij aankomst betaald.

## Artikel 3. Stille zone

In de stille zone blijven de motoren uit van 20 tot 8 uur.

## Artikel 4. Technische zone

In de technische zone zijn herstellingen toegestaan van 8 tot 18 uur.
""",
}
TITLES = {
    "bac": ("Tarif du bac", "Tarief van de veerboot"),
    "halte": (
        "Règlement des emplacements de la halte nautique",
        "Reglement van de ligplaatsen van de aanlegplaats",
    ),
}


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("tables"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUCHESSE_DATA", str(folder))
        for name, texts in (("bac", TABLES), ("halte", ARTICLES)):
            fr, nl = TITLES[name]
            for lang, text in texts.items():
                path = folder / f"{name}.{lang}.md"
                path.write_text(text, "utf-8")
                titles = ["--title-fr", fr, "--title-nl", nl]
                assert main(["add", str(path), "--id", name, "--lang", lang, *titles]) == 0
    with answering(Settings(data=folder), embedder) as found:
        yield found


def listed(outcome: object) -> list[str]:
    """What a question gets as a list, each thing cited."""
    assert isinstance(outcome, Answer)
    assert outcome.listing is not None
    assert all(item.numbers for item in outcome.listing.items)
    return [item.label for item in outcome.listing.items]


def sides(outcome: object) -> dict[str, list[str]]:
    """The rows of each side of a comparison."""
    assert isinstance(outcome, Answer)
    quoted = {c.number: c.key.text for c in outcome.citations if c.key}
    return {group.title: [quoted[n] for n in group.numbers] for group in outcome.groups}


def cited(outcome: object) -> list[str]:
    assert isinstance(outcome, Answer)
    return [Anchor.parse(c.anchor).portion for c in outcome.citations]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Quel est le prix du passage pour une voiture de 1200 kg ?"),
        ("nl", "Wat is de prijs van de overtocht voor een auto van 1200 kg?"),
    ],
)
def test_a_number_has_the_row_between_whose_bounds_it_lies(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert cited(outcome) == ["sec_1.tab_1.row_3"]
    assert isinstance(outcome, Answer)
    assert outcome.literal is None


@pytest.mark.parametrize(
    ("lang", "question"),
    [("fr", "Quel est le prix du remorquage ?"), ("nl", "Wat is de prijs van het slepen?")],
)
def test_a_row_that_has_what_is_asked_is_cited_alone(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert cited(outcome) == ["sec_2.tab_1.row_2"]
    assert outcome.citations[0].lead.endswith("Prix" if lang == "fr" else "Prijs")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lang", "question", "expected"),
    [
        (
            "fr",
            "Qui sont les porteurs dans le tarif du bac ?",
            [
                "Repeindre la coque | Atelier naval",
                "Remplacer les amarres | Service du port",
                "Draguer le chenal | Service du port et Atelier naval",
            ],
        ),
        (
            "nl",
            "Welke termijnen staan in het tarief van de veerboot?",
            [
                "De romp herschilderen | maart 2031",
                "De trossen vervangen | doorlopend",
                "De vaargeul baggeren | juni 2032",
            ],
        ),
        (
            "fr",
            "Quelle est la caution pour chaque emplacement de la halte nautique ?",
            ["Ponton nord | 50,00 €", "Ponton sud | aucune", "Cale sèche | 50,00 €"],
        ),
        (
            "nl",
            "Welke ligplaatsen zijn er in het reglement van de aanlegplaats?",
            ["Noordsteiger", "Zuidsteiger", "Droogdok"],
        ),
    ],
)
def test_all_that_stands_in_a_column_is_listed_with_its_rows(
    assistant: Assistant, lang: Lang, question: str, expected: list[str]
) -> None:
    assert listed(assistant.ask(question, lang)) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "Que coûte le lavage dans le tarif du bac ?",
            "Et qui sont les porteurs ?",
            [
                "Repeindre la coque | Atelier naval",
                "Remplacer les amarres | Service du port",
                "Draguer le chenal | Service du port et Atelier naval",
            ],
        ),
        (
            "Wat kost slepen in het tarief van de veerboot?",
            "Welke termijnen zijn er?",
            [
                "De romp herschilderen | maart 2031",
                "De trossen vervangen | doorlopend",
                "De vaargeul baggeren | juni 2032",
            ],
        ),
    ],
)
def test_a_column_is_that_of_the_text_that_was_spoken_of(
    assistant: Assistant, before: str, question: str, expected: list[str]
) -> None:
    assert listed(assistant.ask(question, history=[before])) == expected


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Quelle est la caution du ponton nord de la halte ?", "Et qui sont les porteurs ?"),
        ("Wat is de waarborg voor de Noordsteiger?", "Welke termijnen zijn er?"),
    ],
)
def test_and_not_that_of_another(assistant: Assistant, before: str, question: str) -> None:
    assert isinstance(assistant.ask(question, history=[before]), Refusal)


@pytest.mark.parametrize(
    ("lang", "question", "expected", "count"),
    [
        (
            "fr",
            "Combien de travaux sont confiés au Service du port ?",
            ["Remplacer les amarres", "Draguer le chenal"],
            "2 lignes",
        ),
        (
            "nl",
            "Welke werken heeft de Havendienst als trekker?",
            ["De trossen vervangen", "De vaargeul baggeren"],
            "2 rijen",
        ),
        (
            "fr",
            "Quels emplacements ont une caution de 50,00 € ?",
            ["Ponton nord", "Cale sèche"],
            "2",
        ),
    ],
)
def test_the_rows_that_have_a_value_are_listed_and_counted(
    assistant: Assistant, lang: Lang, question: str, expected: list[str], count: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert listed(outcome) == expected
    assert count in outcome.listing.title  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Quels travaux ne sont pas confiés au Service du port ?"),
        ("nl", "Welke werken zijn niet aan de Havendienst toegewezen?"),
        ("fr", "Quelle est l’échéance la plus lointaine dans le tarif du bac ?"),
        ("nl", "Wat is de langste termijn in het tarief van de veerboot?"),
    ],
)
def test_what_would_be_computed_is_given_as_the_whole_table(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert cited(outcome) == [f"sec_3.tab_1.row_{n}" for n in (2, 3, 4)]
    assert isinstance(outcome, Answer)
    assert outcome.listing is None
    assert any("calculé" in n or "berekend" in n for n in outcome.notices)


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Quels travaux ont été abandonnés ?"),
        ("nl", "Welke werken gaan naar de Gemeentedienst?"),
        ("fr", "Quels travaux sont confiés à la Brigade fluviale ?"),
        ("nl", "Welke termijnen staan in verordening 2031/9999?"),
        ("fr", "Quels autres textes cite le règlement des emplacements de la halte nautique ?"),
        ("nl", "Welke andere teksten noemt het reglement van de ligplaatsen van de aanlegplaats?"),
        ("fr", "Et combien cela coûte ?"),
    ],
)
def test_a_question_that_says_more_than_a_table_is_no_question_for_its_column(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert outcome.trace is not None
    assert outcome.trace.rule != "asks_for_a_column"


@pytest.mark.parametrize(
    ("lang", "question", "expected"),
    [
        (
            "fr",
            "Le remorquage est-il plus cher que le lavage ?",
            {"remorquage": ["Remorquage | 60,00 €"], "lavage": ["Lavage | 5,00 €"]},
        ),
        (
            "nl",
            "Wat is het verschil tussen de noordsteiger en de zuidsteiger?",
            {
                "noordsteiger": ["Noordsteiger | 9,00 € | 14,00 € | 50,00 €"],
                "zuidsteiger": ["Zuidsteiger | 7,00 € | 11,00 € | nihil"],
            },
        ),
    ],
)
def test_each_side_of_a_comparison_has_its_rows_under_its_name(
    assistant: Assistant, lang: Lang, question: str, expected: dict[str, list[str]]
) -> None:
    outcome = assistant.ask(question, lang)
    assert sides(outcome) == expected
    assert all(c.lead for c in outcome.citations)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lang", "question", "here", "missing"),
    [
        (
            "fr",
            "Compare le prix du lavage avec celui du carénage au tarif du bac",
            "Lavage | 5,00 €",
            "carénage",
        ),
        (
            "nl",
            "Vergelijk de prijs van het wassen en die van het kalefateren in het veerboottarief",
            "Wassen | 5,00 €",
            "kalefateren",
        ),
    ],
)
def test_a_side_that_no_text_has_is_said_to_be_missing(
    assistant: Assistant, lang: Lang, question: str, here: str, missing: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert list(sides(outcome).values()) == [[here]]
    assert missing in outcome.missing[0]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Quelle différence entre le prix d’un membre et celui d’un passager ?"),
        ("nl", "Betaalt een passant meer dan een lid?"),
    ],
)
def test_two_columns_that_are_compared_stand_side_by_side(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    first, *_ = listed(assistant.ask(question, lang))
    assert first.endswith(" | 9,00 € | 14,00 €")


@pytest.mark.parametrize(
    ("lang", "question", "names"),
    [
        (
            "fr",
            "Quelle différence entre la zone calme et la zone technique ?",
            ["zone calme", "zone technique"],
        ),
        (
            "nl",
            "Wat is het verschil tussen de stille zone en de technische zone?",
            ["stille zone", "technische zone"],
        ),
    ],
)
def test_each_side_of_a_comparison_has_its_passage_under_its_name(
    assistant: Assistant, lang: Lang, question: str, names: list[str]
) -> None:
    outcome = assistant.ask(question, lang)
    assert cited(outcome) == ["art_3", "art_4"]
    assert list(sides(outcome)) == names


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Qui fait quoi d’après le tarif du bac ?"),
        ("fr", "Qui doit faire quoi pour les travaux ?"),
        ("nl", "Wie moet wat doen volgens het tarief van de veerboot?"),
        ("nl", "Wie doet wat bij de werken?"),
    ],
)
def test_who_does_what_is_every_row_of_the_table_that_says_it(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, page=lang)
    assert isinstance(outcome, Answer)
    places = [Anchor.parse(c.anchor).portion for c in outcome.citations]
    assert places == [f"sec_3.tab_1.row_{n}" for n in (2, 3, 4)]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Qui fait quoi, l’atelier naval ou le batelier ?"),
        ("nl", "Wie doet wat bij brand?"),
    ],
)
def test_who_does_what_of_something_else_is_no_table(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, page=lang)
    rows = outcome.citations if isinstance(outcome, Answer) else ()
    assert len(rows) < 3


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("fr", "Nacelle | Vol\nEnfant | gratuit\nAdulte | 40 €\nGroupe | cent euros"),
        ("nl", "Mand | Vlucht\nKind | gratis\nVolwassene | € 40\nGroep | honderd euro"),
    ],
)
def test_a_column_that_says_what_things_cost_has_amounts_or_what_is_free(
    lang: Lang, lines: str
) -> None:
    (table,) = tables_of([passage("ballon", lang, 1, lines)])
    assert table.prices == [1]

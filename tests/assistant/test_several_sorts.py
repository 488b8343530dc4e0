"""Texts of several sorts side by side: by what words one is named, and what goes on from its
answers.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from index.embedding import Embedder
from sources.settings import Settings
from tests.assistant.ordinary import Texts, added
from tests.conftest import sharing

TEXTS: Texts = {
    ("veren", "nl"): (
        "Besluit van 3 april 2034 betreffende veerponten en aanlegsteigers",
        """# Besluit van 3 april 2034 betreffende veerponten en aanlegsteigers

## Hoofdstuk I. Algemeen

### Artikel 1

In dit besluit wordt verstaan onder:

1° veerpont: een boot die een weg voortzet;

2° veerman: wie een veerpont bestuurt.

## Hoofdstuk II. Bemanning

### Artikel 2

Op een veerpont werken drie veermannen.

In afwijking van het eerste lid volstaat één veerman na middernacht.

### Artikel 3

De veerman toont een wit licht als de pont vertrekt, een paars licht als de pont wacht en een
bruin licht als de pont stilligt.

### Artikel 4

Wie artikel 2 of 3 overtreedt, betaalt een boete van 80 euro. Bij herhaling is dat 160 euro.

### Artikel 5

Dit besluit treedt in werking op 1 mei 2034, artikel 3 op 1 mei 2035.
""",
    ),
    ("maneges", "fr"): (
        "Règlement relatif aux carrousels",
        """# Règlement relatif aux carrousels

### Article 1

Un carrousel tourne dix minutes.

### Article 2

Le forain qui dépasse l'heure paie une amende de 70 euros. En cas de récidive, elle est triplée.

### Article 3

Les carrousels de quatre places sont dispensés de visite.
""",
    ),
    ("astrie", "fr"): (
        "Déclaration d'amitié entre la Belgique et l'Astrie",
        """# Déclaration d'amitié entre la Belgique et l'Astrie

## I. Trains

- Un train relie les deux capitales.

## II. Jeunes

- Un programme aide les jeunes à reconnaître la désinformation.

## III. Musique

- Un orchestre commun joue chaque été.
""",
    ),
    ("eclusiers", "fr"): (
        "Circulaire n° 61 relative aux primes et aux congés des éclusiers",
        """# Circulaire n° 61 relative aux primes et aux congés des éclusiers

## 1. Congés

Un éclusier prend vingt jours de congé par an.

Par dérogation, il en prend trente après une crue.

## 2. Primes

| Prime | Montant |
|---|---|
| Prime de bottes | 41 euros |
| Prime de crue | 13 euros |
| Prime de lampe | 77 euros |
""",
    ),
    ("toelagen", "nl"): (
        "Omzendbrief nr. 62 over de toelagen van brugwachters",
        """# Omzendbrief nr. 62 over de toelagen van brugwachters

## 1. Toelagen

| Toelage | Bedrag |
|---|---|
| Toelage voor laarzen | 36 euro |
| Toelage voor mist | 15 euro |
| Toelage voor een lamp | 61 euro |
""",
    ),
}


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("sorts"))
    with added(folder, embedder, TEXTS) as found:
        yield found


def cited(assistant: Assistant, *messages: str) -> list[str]:
    outcome = assistant.ask(messages[-1], history=messages[:-1])
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Wanneer treedt artikel 3 van het besluit over veerponten in werking?", "veren@nl#art_5"),
        ("Quelle règle l’article 3 du besluit veerponten fixe-t-il ?", "veren@nl#art_3"),
        ("hoofdstuk II van het veerbesluit", "veren@nl#art_2"),
        ("artikel 1, 2° veerbesluit", "veren@nl#art_1.pnt_2"),
        ("Geef artikel 4 van het KB over veerponten", "veren@nl#art_4"),
        ("Wat zegt artikel 2 van het besluit veerponten over veermannen?", "veren@nl#art_2"),
        ("Que fixe l’article 2 du règlement sur les carrousels ?", "maneges@fr#art_2"),
        ("toute la partie III de la déclaration", "astrie@fr#sec_III.blt_1"),
        ("geef heel deel III van de verklaring", "astrie@fr#sec_III.blt_1"),
    ],
)
def test_a_word_of_its_title_names_the_only_text_of_a_sort(
    assistant: Assistant, question: str, first: str
) -> None:
    assert cited(assistant, question)[0] == first


@pytest.mark.parametrize(
    "question",
    [
        "artikel 2 van het besluit over bijen",
        "artikel 2 van het bijenbesluit",
        "article 2 de la loi sur les carrousels",
        "Geef artikel 2 van de wet over honden op veerponten",
        "hoofdstuk II van het kermisbesluit",
    ],
)
def test_what_no_title_says_is_another_text(assistant: Assistant, question: str) -> None:
    assert isinstance(assistant.ask(question), Refusal)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "artikel 2 van het besluit over de veerponten en van het reglement",
            {"veren@nl#art_2", "maneges@fr#art_2"},
        ),
        (
            "article 2 du règlement sur les carrousels et du besluit veerponten",
            {"veren@nl#art_2", "maneges@fr#art_2"},
        ),
        (
            "Est-ce que la déclaration parle de désinformation ?",
            {"val-duchesse-2023@fr#6.6", "astrie@fr#sec_II.blt_1"},
        ),
        (
            "Spreekt de verklaring over desinformatie?",
            {"val-duchesse-2023@fr#6.6", "astrie@fr#sec_II.blt_1"},
        ),
    ],
)
@pytest.mark.declaration
def test_each_text_that_is_named_is_cited(
    assistant: Assistant, question: str, expected: set[str]
) -> None:
    assert expected <= set(cited(assistant, question))


@pytest.mark.parametrize(
    ("question", "then", "left"),
    [
        ("Quelles sont les primes ?", "sauf la prime de crue", ["41", "77"]),
        ("Quelles sont les primes ?", "à part la prime de crue et celle de lampe", ["41"]),
        ("Welke toelagen zijn er?", "behalve de toelage voor mist", ["36", "61"]),
        ("Welke lichten toont de veerman?", "behalve het witte", ["paars"]),
    ],
)
def test_what_is_excepted_has_all_that_is_named_or_what_tells_it_apart(
    assistant: Assistant, question: str, then: str, left: list[str]
) -> None:
    outcome = assistant.ask(then, history=[question])
    assert isinstance(outcome, Answer), outcome.text
    quotes = [c.quote for c in outcome.citations]
    assert len(quotes) == len(left)
    assert all(said in quote for said, quote in zip(left, quotes, strict=True))


@pytest.mark.parametrize(
    ("messages", "first"),
    [
        (
            ("Combien de jours de congé un éclusier prend-il ?", "y a-t-il des exceptions ?"),
            "trente",
        ),
        (("Hoeveel veermannen werken er?", "zijn er uitzonderingen?"), "na middernacht"),
        (
            ("Que dit l’article 2 du règlement sur les carrousels ?", "et ensuite ?"),
            "quatre places",
        ),
        (("Wat zegt artikel 2 van het veerbesluit?", "en daarna?"), "wit licht"),
        (("Welke toelage is er voor een lamp?", "en in de circulaire?"), "77"),
    ],
)
def test_what_goes_on_looks_beside_what_was_answered(
    assistant: Assistant, messages: tuple[str, ...], first: str
) -> None:
    outcome = assistant.ask(messages[-1], history=messages[:-1])
    assert isinstance(outcome, Answer), outcome.text
    assert first in outcome.citations[0].quote


def test_what_is_asked_after_two_texts_is_asked_of_both(assistant: Assistant) -> None:
    before = "Quelles amendes prévoient le règlement sur les carrousels et le besluit veerponten ?"
    found = cited(assistant, before, "et en cas de récidive ?")
    assert found == ["maneges@fr#art_2", "veren@nl#art_4"]


def test_another_text_is_never_the_one_that_was_cited(assistant: Assistant) -> None:
    before = "Quelle amende le besluit veerponten prévoit-il ?"
    outcome = assistant.ask("et dans l’autre texte ?", history=[before])
    shown = outcome.citations if isinstance(outcome, Answer) else outcome.nearest
    assert shown
    assert not any(c.anchor.startswith("veren@") for c in shown)

"""Places that a question names by a word and a number, in texts of any sort."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from index.embedding import Embedder
from sources.adding import Wanted, add
from sources.anchor import Lang
from sources.library import Library
from sources.settings import Settings
from tests.assistant.fetched import answering
from tests.conftest import sharing

# Each text: its id, language, titles in French and Dutch, and what stands in its file.
FILES: list[tuple[str, Lang, str, str, str]] = [
    (
        "velo", "fr", "Plan d’action pour le vélo à Waremme", "Actieplan voor de fiets in Borgworm",
        """# Plan d’action pour le vélo à Waremme

## Mesure 1.1 – Arceaux

La commune pose quarante arceaux devant la gare.

La bibliothèque en reçoit huit.

## Mesure 1.2 – Éclairage

Le sentier du halage est éclairé jusqu’à minuit.

## Mesure 2.1 – Prêt

Chaque école prête dix vélos à ses élèves.
""",
    ),
    (
        "velo", "nl", "Plan d’action pour le vélo à Waremme", "Actieplan voor de fiets in Borgworm",
        """# Actieplan voor de fiets in Borgworm

## Maatregel 1.1 – Beugels

De gemeente plaatst veertig beugels voor het station.

De bibliotheek krijgt er acht.

## Maatregel 1.2 – Verlichting

Het jaagpad is verlicht tot middernacht.

## Maatregel 2.1 – Uitleen

Elke school leent tien fietsen uit aan haar leerlingen.
""",
    ),
    (
        "pigeons", "fr", "Circulaire relative aux pigeonniers", "Omzendbrief over duiventillen",
        """# Circulaire relative aux pigeonniers

## 1. Objet

La présente circulaire s’adresse aux colombophiles.

## 2. Hygiène

### 2.1. Nettoyage

Le pigeonnier est nettoyé :

- au printemps ;
- après chaque concours.

#### 2.1.1. Dérogations

Un pigeonnier de moins de dix oiseaux est nettoyé une fois par an.

#### 2.1.2. Contrôle

Le vétérinaire passe en octobre.

### 2.2. Eau

L’eau est changée chaque matin.
""",
    ),
    (
        "ooievaars", "nl", "Arrêt sur les cigognes", "Arrest over de ooievaars",
        """# Arrest over de ooievaars

## I. Feiten

De klacht betreft het nest, zoals vermeld in B.2.

## II. In rechte

B.1. Het nest staat op een beschermde schoorsteen.

B.2.1. De eigenaar mocht het nest niet verplaatsen.

B.2.2. Een vergunning is daarvoor vereist.

B.3. Het middel is gegrond.
""",
    ),
    (
        "mosselen", "nl", "Avis sur les moules", "Advies over de mosselen",
        """# Advies over de mosselen

## Onderzoek

1. De teelt begint in mei.

2. De oogst duurt negen weken, zie randnummer 3.

## Besluit

3. De Raad vraagt kleinere manden.

4. De Raad keurt de rest goed.
""",
    ),
    (
        "canal", "fr", "Traité relatif au canal des Ardennes", "Verdrag over het Ardennenkanaal",
        """# Traité relatif au canal des Ardennes

### Article premier

Le canal est entretenu par les deux Parties.

### Article 2

La largeur est de trente mètres.

# PROTOCOLE N° 1 RELATIF AUX PONTS

### Article premier

Les ponts sont levés à midi.

### Article 2

Le péage est de deux euros.

# PROTOCOLE N° 2 RELATIF AUX BERGES

### Article premier

Les berges sont fauchées en août.
""",
    ),
    (
        "balcons", "fr", "Procès-verbal du collège de Huy", "Notulen van het college van Hoei",
        """# Procès-verbal du collège de Huy

## 1. Balcons

### Article 1

Les balcons sont fleuris avant le 15 mai.

## 2. Fontaines

### Article 1

Les fontaines coulent jusqu’à vingt-deux heures.

### Article 2

Elles sont vidées en hiver.
""",
    ),
    (
        "loketten", "nl", "Feuille de route des kiosques", "Stappenplan voor de kiosken",
        """# Stappenplan voor de kiosken

| Nr. | Maatregel | Termijn |
| --- | --- | --- |
| 1 | Elke kiosk krijgt een luifel | 2031 |
| 2 | De kiosk is open op zondag | 2032 |
| 2.1 | Meting van het bezoek | 2033 |
""",
    ),
    (
        "moulins", "fr", "Code des moulins", "Molenwetboek",
        """# Code des moulins

### Art. D.1

Le moulin tourne au vent.

### Art. D.3

Le meunier graisse l’axe chaque mois.

### Art. II.2-1

La roue est arrêtée en cas de crue.
""",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("places"))
    settings = Settings(data=folder)
    for work, lang, french, dutch, content in FILES:
        file = folder / f"{work}.{lang}.md"
        file.write_text(content, "utf-8")
        wanted = Wanted(work, lang, french, dutch, french, dutch)
        add(Library.of(settings), settings, str(file), wanted)
    with answering(settings, embedder) as found:
        yield found


def _cited(assistant: Assistant, question: str) -> list[str]:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.confidence == 1
    return [str(c.anchor) for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        (
            "mesure 1.1 du Plan d’action pour le vélo à Waremme",
            ["velo@fr#hdg_1.par_1", "velo@fr#hdg_1.par_2"],
        ),
        ("maatregel 1.2 van het Actieplan voor de fiets in Borgworm", ["velo@nl#hdg_2.par_1"]),
        ("Maatregel 2.1 du Plan d’action pour le vélo à Waremme ?", ["velo@fr#hdg_3.par_1"]),
        (
            "Que dit le point 2.1 de la Circulaire relative aux pigeonniers ?",
            [f"pigeons@fr#sec_2.1.{p}" for p in ("par_1", "blt_1", "blt_2", "1.par_1", "2.par_1")],
        ),
        ("punt 2.2 van de Omzendbrief over duiventillen", ["pigeons@fr#sec_2.2.par_1"]),
        ("overweging B.3 van het Arrest over de ooievaars", ["ooievaars@nl#sec_II.pnt_B.3"]),
        (
            "considérant B.2 de l’Arrêt sur les cigognes",
            ["ooievaars@nl#sec_II.pnt_B.2.1", "ooievaars@nl#sec_II.pnt_B.2.2"],
        ),
        ("randnummer 3 van het Advies over de mosselen", ["mosselen@nl#hdg_2.pnt_3"]),
        ("marginal 2 de l’Avis sur les moules", ["mosselen@nl#hdg_1.pnt_2"]),
        ("§ 4 van het Advies over de mosselen", ["mosselen@nl#hdg_2.pnt_4"]),
        ("maatregel 1 van het Stappenplan voor de kiosken", ["loketten@nl#tab_1.row_2"]),
        (
            "point 2 de la Feuille de route des kiosques",
            ["loketten@nl#tab_1.row_3", "loketten@nl#tab_1.row_4"],
        ),
        ("artikel II.2-1 van het Molenwetboek", ["moulins@fr#art_II.2-1"]),
    ],
)
def test_a_place_by_its_word_and_number_is_given_whole(
    assistant: Assistant, question: str, anchors: list[str]
) -> None:
    assert _cited(assistant, question) == anchors


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        (
            "article 1 du Procès-verbal du collège de Huy",
            ["balcons@fr#art_1", "balcons@fr#art_1(2)"],
        ),
        (
            "article 1, les fontaines, du Procès-verbal du collège de Huy",
            ["balcons@fr#art_1(2)"],
        ),
        (
            "artikel 1 van de Notulen van het college van Hoei",
            ["balcons@fr#art_1", "balcons@fr#art_1(2)"],
        ),
        ("article 2 du Traité relatif au canal des Ardennes", ["canal@fr#art_2"]),
        (
            "article premier du protocole n° 1 du Traité relatif au canal des Ardennes",
            ["canal@fr#art_1(2)"],
        ),
        ("protocol nr. 2 van het Verdrag over het Ardennenkanaal", ["canal@fr#art_1(3)"]),
    ],
)
def test_a_number_that_a_text_has_more_than_once_is_given_each_time_or_where_a_heading_tells(
    assistant: Assistant, question: str, anchors: list[str]
) -> None:
    assert _cited(assistant, question) == anchors


@pytest.mark.parametrize(
    ("question", "written", "title"),
    [
        (
            "mesure 3.1 du Plan d’action pour le vélo à Waremme",
            "«\xa0mesure 3.1\xa0»",
            "Plan d’action pour le vélo à Waremme",
        ),
        ("Wat zegt punt 2.4 van de Omzendbrief over duiventillen?", "“punt 2.4”", "duiventillen"),
        ("overweging B.9 van het Arrest over de ooievaars", "“overweging B.9”", "ooievaars"),
        (
            "protocole n° 3 du Traité relatif au canal des Ardennes",
            "«\xa0protocole n° 3\xa0»",
            "Traité",
        ),
        ("artikel 7 van het Molenwetboek", "“artikel 7”", "Molenwetboek"),
    ],
)
def test_a_place_that_the_named_text_does_not_have_is_said_not_to_be_there(
    assistant: Assistant, question: str, written: str, title: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal), outcome.text
    assert outcome.reason == "no_portion"
    opening = outcome.text.splitlines()[0]
    assert written in opening
    assert title in opening


@pytest.mark.parametrize(
    ("question", "opening", "nearest"),
    [
        ("article II.2-1 du Code PAM", "un texte qui n’est reconnu", "art. II.2-1"),
        ("artikel D.3 van het Waals recht der molenaars", "een tekst die", "art. D3"),
        ("considérant B.3 de l’Affaire Nestor", "un texte qui n’est reconnu", "point B.3"),
        ("articles 77 et 78 du Code PAM", "«\xa0articles 77 et 78\xa0» n’existe dans aucun", ""),
    ],
)
def test_a_name_that_leads_to_no_text_does_not_make_a_place_absent(
    assistant: Assistant, question: str, opening: str, nearest: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal), outcome.text
    assert opening in outcome.text.splitlines()[0]
    assert nearest in outcome.nearest[0].locator


@pytest.mark.parametrize(
    ("before", "question", "cited"),
    [
        (
            "point 2.1 de la circulaire relative aux pigeonniers",
            "et le point 2.2 ?",
            ["pigeons@fr#sec_2.2.par_1"],
        ),
        (
            "maatregel 1.1 van het actieplan voor de fiets in Borgworm",
            "en maatregel 2.1?",
            ["velo@nl#hdg_3.par_1"],
        ),
    ],
)
def test_a_place_alone_is_of_the_text_that_was_spoken_of(
    assistant: Assistant, before: str, question: str, cited: list[str]
) -> None:
    outcome = assistant.ask(question, history=[before])
    assert isinstance(outcome, Answer), outcome.text
    assert [c.anchor for c in outcome.citations] == cited

"""Ordinary documents of administrations, as they are added: made up, in French and in Dutch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sources.adding import Wanted, add
from sources.library import Library
from sources.settings import Settings
from tests.assistant.fetched import answering

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from index.embedding import Embedder
    from sources.anchor import Lang

#: By work and language: a title, and the text as Markdown.
Texts = Mapping[tuple[str, "Lang"], tuple[str, str]]

TEXTS: Texts = {
    ("patinoires", "fr"): (
        "Question écrite sur les patinoires",
        """# Question écrite sur les patinoires

## Question de Mme Léa Dubuc

Plusieurs patinoires communales sont à l'arrêt.

1. Combien de patinoires communales sont fermées ? Merci de donner la liste.

2. Quel montant est prévu en 2033 pour rénover les patinoires ?

3. Les patinoires seront-elles chauffées à l'hydrogène ?

## Réponse du ministre des Sports

1. Neuf sont à l'arrêt.

2. Il est prévu 7,4 millions d'euros.

3. Non, le gaz reste utilisé jusqu'en 2040.
""",
    ),
    ("zwembaden", "nl"): (
        "Veelgestelde vragen over de zwembadkaart",
        """# Veelgestelde vragen over de zwembadkaart

Wie krijgt een zwembadkaart?

Alle inwoners van de stad vanaf zes jaar.

Hoeveel kost de zwembadkaart?

Twaalf euro, te betalen aan de balie.
""",
    ),
    ("arret-moulins", "fr"): (
        "Arrêt n° 7/2033 sur les moulins à vent",
        """# Arrêt n° 7/2033 sur les moulins à vent

## I. Procédure

Par jugement du 2 mai 2033, le tribunal de Virton a posé la question suivante :

« La taxe sur les moulins à vent viole-t-elle le principe d'égalité ? ».

## II. En droit

B.1. La taxe sur les moulins à vent ne viole pas le principe d'égalité.
""",
    ),
    ("feux", "fr"): (
        "Circulaire sur les barbecues",
        """# Circulaire sur les barbecues dans les parcs

Ville de Saint-Lambert

Madame, Monsieur,

## 1. Objet

La présente circulaire règle l'usage des barbecues dans les parcs communaux.

## 2. Conditions

### 2.1. Autorisation

Un barbecue est autorisé :

- sur une aire pavée ;
- avec un seau d'eau à côté ;
- en présence d'un adulte.

### 2.1.1. Dispenses

Les scouts n'ont besoin de rien.

### 2.2. Horaires

Les barbecues sont éteints à 22 heures.

## 3. Mesures de contrôle

Les contrôles se font comme suit :

### 3.1. En semaine

Un gardien passe chaque soir.

### 3.2. Le dimanche

La police passe à midi.
""",
    ),
    ("vlotten", "nl"): (
        "Omzendbrief over vlotten",
        """# Omzendbrief over vlotten op de kanalen

Stad Oostvleteren

Geachte burgemeester,

## 1. Doel

Deze omzendbrief regelt het varen met vlotten op de kanalen.

## 2. Voorwaarden

### 2.1. Toelating

Een vlot mag varen:

- met een reddingsvest per persoon;
- overdag;
- bij een wind van hoogstens drie beaufort.

### 2.1.1. Ontheffing

Brandweerlieden hebben niets nodig.

### 2.2. Snelheid

Een vlot vaart hoogstens vijf kilometer per uur.
""",
    ),
    ("girouettes", "fr"): (
        "Arrêté sur les girouettes",
        """# Arrêté sur les girouettes

## Le Gouvernement arrête

Considérant que les girouettes des églises rouillent,

Le Gouvernement arrête ce qui suit sur les girouettes :

Article 1er. Les girouettes des églises sont peintes tous les quatre ans.

Art. 2. La paroisse paie la peinture.
""",
    ),
    ("resolutie", "nl"): (
        "Resolutie over kerktorens",
        """# Resolutie over kerktorens

De gemeenteraad,

overwegende dat duiven in de kerktorens broeden,

en vraagt het college:

1. de torens elk jaar te reinigen;

2. netten te spannen voor de galmgaten.
""",
    ),
}


@contextmanager
def added(folder: Path, embedder: Embedder, texts: Texts) -> Iterator[Assistant]:
    """An assistant over some documents, beside what is in a data folder."""
    settings = Settings(data=folder)
    library = Library.of(settings)
    for (work, lang), (title, text) in texts.items():
        file = folder / f"{work}.md"
        file.write_text(text, "utf-8")
        add(library, settings, str(file), Wanted(work, lang, title, title, title, title))
    with answering(settings, embedder) as found:
        yield found

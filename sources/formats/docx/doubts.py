"""What a reader of Word files cannot know surely, in words, and as marks on paragraphs."""

from __future__ import annotations

from lxml.etree import _Element

from sources.bilingual import Bilingual
from sources.formats.docx.package import W
from sources.formats.omissions import CHANGED

BOUND = Bilingual(
    "Une valeur de ce passage est liée à d’autres données du fichier ; Word peut en afficher une "
    "autre.",
    "Een waarde in deze passage is verbonden met andere gegevens van het bestand; Word toont er "
    "mogelijk een andere.",
)
DATED = Bilingual(
    "Word calcule ici la date ou l’heure à chaque ouverture du fichier ; celle-ci est la dernière "
    "qui a été enregistrée.",
    "Word berekent hier de datum of het uur telkens als het bestand wordt geopend; dit is wat het "
    "laatst werd bewaard.",
)
EQUATION = Bilingual(
    "Une formule de l’original n’est pas reproduite ici.",
    "Een formule uit het origineel is hier niet weergegeven.",
)
DRAWN = Bilingual(
    "L’original a ici une forme dessinée (un trait, un cadre) qui peut barrer ou couvrir des mots.",
    "Het origineel heeft hier een getekende vorm (een lijn, een kader) die woorden kan doorhalen "
    "of bedekken.",
)
TABS = Bilingual(
    "L’original range ces mots en colonnes par des tabulations ; une place peut y être vide.",
    "Het origineel zet deze woorden met tabs in kolommen; daarin kan een plaats leeg zijn.",
)
_MARKS = {f"{W}duchesse-changed": CHANGED, f"{W}duchesse-bound": BOUND}


def mark(element: _Element, doubt: Bilingual) -> None:
    """Set a doubt on the paragraphs in an element, or on the one in which it stands."""
    name = next(name for name, known in _MARKS.items() if known is doubt)
    around = (element, *element.iterancestors())
    nearest = next((above for above in around if above.tag == f"{W}p"), None)
    for paragraph in element.iter(f"{W}p") if nearest is None else (nearest,):
        paragraph.set(name, "1")


def marked(paragraph: _Element) -> list[Bilingual]:
    """The doubts that were set on a paragraph."""
    return [doubt for name, doubt in _MARKS.items() if paragraph.get(name)]

"""What a reader leaves out, and what it cannot read: told in numbers, and on the passage."""

from __future__ import annotations

from dataclasses import dataclass, field

from sources.bilingual import Bilingual
from sources.structure.blocks import squeezed

PICTURE = Bilingual(
    "Une image de l’original n’est pas reproduite ici.",
    "Een afbeelding uit het origineel is hier niet weergegeven.",
)
FORMULA = Bilingual(
    "Une formule de l’original est rendue ici sur une ligne ; sa forme exacte est dans l’original.",
    "Een formule uit het origineel staat hier op één regel; de juiste vorm staat in het origineel.",
)
UNKNOWN = Bilingual(
    "L’original a ici un élément d’un type que le lecteur ne connaît pas ; ses mots sont repris, "
    "sa forme est dans l’original.",
    "Het origineel heeft hier een element van een soort die de lezer niet kent; de woorden zijn "
    "overgenomen, de vorm staat in het origineel.",
)
STRUCK = Bilingual(
    "Des mots barrés dans l’original ne sont pas repris ici.",
    "Woorden die in het origineel doorgehaald zijn, zijn hier niet overgenomen.",
)
CROSSED = Bilingual(
    "Dans l’original, un trait traverse ces mots ; ils sont peut-être barrés.",
    "In het origineel loopt een streep door deze woorden; ze zijn misschien doorgehaald.",
)
COVERED = Bilingual(
    "Des mots cachés dans l’original à cet endroit ne sont pas repris.",
    "Woorden die in het origineel op deze plaats verborgen zijn, zijn niet overgenomen.",
)
DRAWN = Bilingual(
    "L’original porte ici des cases ou des signes dessinés, qui ne sont pas repris ; ils peuvent "
    "marquer un choix.",
    "In het origineel staan hier getekende vakjes of tekens, die niet zijn overgenomen; ze kunnen "
    "een keuze aangeven.",
)
CHANGED = Bilingual(
    "L’original porte ici des modifications en suivi ; le texte est lu comme si elles étaient "
    "acceptées.",
    "Het origineel heeft hier bijgehouden wijzigingen; de tekst is gelezen alsof ze aanvaard zijn.",
)
FORM = Bilingual(
    "Ce passage contient la valeur d’un champ de formulaire.",
    "Deze passage bevat de waarde van een formulierveld.",
)
NUMBER = Bilingual(
    "Un numéro que l’original affiche ici n’a pas pu être calculé.",
    "Een nummer dat het origineel hier toont, kon niet worden berekend.",
)
LAID_OUT = Bilingual(
    "L’original dispose ces mots par des espaces (une formule, un tableau, un cadre) ; leur place "
    "exacte y est.",
    "Het origineel schikt deze woorden met spaties (een formule, een tabel, een kader); hun juiste "
    "plaats staat daar.",
)
LINES = Bilingual(
    "Des cellules ont ici plusieurs lignes dans l’original ; elles sont rendues l’une à la suite "
    "de l’autre.",
    "Cellen hebben hier in het origineel verscheidene regels; die staan hier achter elkaar.",
)
NESTED = Bilingual(
    "Un tableau de l’original en contient ici un autre ; ses cellules sont rendues l’une sous "
    "l’autre.",
    "Een tabel in het origineel bevat hier een andere tabel; haar cellen staan hier onder elkaar.",
)

_SHOWN = 3  # examples of each reason
_LONG = 60  # characters of an example


@dataclass(slots=True)
class Omissions:
    """What was left out so far, by reason."""

    _words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, words: str) -> None:
        """Note some words that are left out; what has no words is no loss."""
        if shown := squeezed(words):
            self._words.setdefault(reason, []).append(shown)

    def __contains__(self, reason: str) -> bool:
        return reason in self._words

    def warnings(self) -> tuple[str, ...]:
        """One sentence a reason: how many places and words, and the first of them."""
        return tuple(_sentence(reason, found) for reason, found in self._words.items())


def _sentence(reason: str, found: list[str]) -> str:
    count = sum(len(words.split()) for words in found)
    shown = "; ".join(f"“{w if len(w) <= _LONG else w[: _LONG - 1] + '…'}”" for w in found[:_SHOWN])
    more = "; …" if len(found) > _SHOWN else ""
    places = "1 place" if len(found) == 1 else f"{len(found)} places"
    return f"left out, {reason}: {places}, {count} word{'s' * (count != 1)} ({shown}{more})"

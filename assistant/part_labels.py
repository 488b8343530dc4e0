"""How the heading of a part begins: a word that it calls itself by, if any, and its number.

>>> found = map(label_of, ("CHAPITRE IV. – Quais", "Actie 1.2: Keuring", "2.1. Objet", "Des quais"))
>>> [(label.word, label.number) if label else None for label in found]
[('chapitre', 'iv'), ('actie', '1.2'), ('', '2.1'), None]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.folding import fold_in_place
from sources.numbering import LATIN, canonical

#: The number of a part, in folded text: "iv", "1er", "2.1", "b.3.2", "4 bis", "c".
NUMBER = (
    r"(?:premiere?|[1i](?:er|re)|1ste|(?:[a-z]\.)?\d+(?:\.\d+)*(?!\.\d)|[ivxlc]+|[a-z])"
    rf"(?:\s?{LATIN}\b)?(?:/\d+)?"
)
#: What may stand between the word and the number.
COUNTED = r"\s+(?P<counted>n\s?[°ºor]{1,2}\.?\s*)?"
_LABEL = re.compile(
    rf"(?:(?P<word>[^\W\d_]{{3,}}(?:-[^\W\d_]+)?){COUNTED})?(?P<number>{NUMBER})(?=[.:\s—–)-]|$)"
)
_AFTER = re.compile(r"\s+(?P<letter>[^\W\d_])")
_AROUND = " .:—–-"  # the words of a heading


@dataclass(frozen=True, slots=True)
class PartLabel:
    """The word and the number that a heading begins with.

    Attributes:
        word: Without accents, in lower case; "" where there is a number alone.
        number: As portions have it, in lower case.
        end: Where it ends in the heading, in characters.
        runs_on: Does a small letter follow it, as in a sentence ("Les 3 piliers")?
    """

    word: str
    number: str
    end: int
    runs_on: bool


def label_of(heading: str) -> PartLabel | None:
    """The label of a heading; None where it begins with none."""
    found = _LABEL.match(fold_in_place(heading))
    if found is None:
        return None
    is_counted = found["word"] is None or found["counted"] is not None
    after = _AFTER.match(heading, found.end())
    runs_on = not is_counted and after is not None and after["letter"].islower()
    return PartLabel(found["word"] or "", canonical(found["number"]), found.end(), runs_on)


def bare(heading: str) -> str:
    """A heading without its label, and what stands around it.

    >>> bare("CHAPITRE IV. – Quais"), bare("Des quais")
    ('Quais', 'Des quais')
    """
    label = label_of(heading)
    return heading[label.end if label else 0 :].strip(_AROUND)

"""What acts are called: how their titles begin, and how a title names another act.

The names are data that a person reviewed (``data/acts.toml``).
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import RootModel

from sources.anchor import Lang
from sources.files import read_toml

_FILE = Path(__file__).parents[1] / "data" / "acts.toml"
_NAMES = read_toml(_FILE, RootModel[dict[Lang, list[str]]], "a list of names of acts").root
_FRENCH = f"(?:{'|'.join(_NAMES['fr'])})"
_DUTCH = rf"[^\W\d_]*(?:{'|'.join(_NAMES['nl'])})"
# What stands before a name; in Dutch any word may stand between.
_SAID_FR = r"(?:présente?\s|même\s)?"
_SAID_NL = r"(?:het|de|dit|deze)\s(?:[^\W\d_]+\s)?"
#: What a title says that a text belongs to: "à l'arrêté", "bij het besluit".
BELONGS = (
    rf"(?i:(?:à\s(?:la\s|cet(?:te)?\s|ce\s|l['’]\s?)|au\s){_SAID_FR}{_FRENCH}"
    rf"|bij\s{_SAID_NL}{_DUTCH})\b"
)
_ANOTHER = re.compile(
    rf"(?<=\s)(?:(?:(?:l[ae]|du|au|ce|cet|cette)\s{_SAID_FR}|l['’]\s?){_FRENCH}"
    rf"|{_SAID_NL}{_DUTCH})\b",
    re.IGNORECASE,
)
# How the title of an act begins: "Règlement de police", "Koninklijk besluit", "Belastingreglement".
_TITLE = re.compile(rf"(?:[^\W\d_]+\s)?(?:{_FRENCH}|{_DUTCH})(?!\w)", re.IGNORECASE)


def begins_act(text: str) -> bool:
    """Whether a line begins as the title of an act does.

    >>> begins_act("Belastingreglement op honden"), begins_act("Arrêté royal relatif aux bacs")
    (True, True)
    >>> begins_act("Ville d’Ath"), begins_act("Gemeenteraad van 3 mei 2031")
    (False, False)
    """
    return _TITLE.match(text) is not None


def another_act(title: str) -> int:
    """Where a title names another act; its end where it names none.

    An act says its own name without an article.

    >>> title = "Reglement tot wijziging van het politiereglement"
    >>> title[: another_act(title)]
    'Reglement tot wijziging van '
    """
    found = _ANOTHER.search(title)
    return found.start() if found else len(title)

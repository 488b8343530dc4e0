"""A date as an official text writes it in its title."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    ("janvier", "januari"), ("février", "februari"), ("mars", "maart"), ("avril", "april"),
    ("mai", "mei"), ("juin", "juni"), ("juillet", "juli"), ("août", "augustus"),
    ("septembre", "september"), ("octobre", "oktober"), ("novembre", "november"),
    ("décembre", "december"),
)  # fmt: skip
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_WRITTEN = re.compile(
    rf"\b(\d{{1,2}})(?:er)?\s+({'|'.join(_NUMBER_OF)})\s+(\d{{4}})\b", re.IGNORECASE
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SHORT = re.compile(r"\b(\d{2})[./](\d{2})[./](\d{4})\b")


def date_in(text: str) -> str:
    """The only date that ``text`` names, as ISO 8601; "" where it names none, or several.

    >>> date_in("Déclaration commune du 5 mai 2023"), date_in("Verklaring van 5 mei 2023")
    ('2023-05-05', '2023-05-05')
    >>> date_in("Accords du 1er mars 1995 et du 18.03.2013")
    ''
    """
    found = {_iso(y, _NUMBER_OF[m.lower()], d) for d, m, y in _WRITTEN.findall(text)}
    found |= {_iso(y, m, d) for y, m, d in _ISO.findall(text)}
    found |= {_iso(y, m, d) for d, m, y in _SHORT.findall(text)}
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _iso(year: str, month: int | str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""

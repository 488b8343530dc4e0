"""Dates as official texts write them, in French and in Dutch."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from babel import Locale

_MONTHS = {
    name: number
    for lang in ("fr", "nl")
    for number, name in Locale(lang).months["format"]["wide"].items()
}
# Titles in capitals often leave accents out.
_NUMBER_OF = _MONTHS | {
    unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode(): number
    for name, number in _MONTHS.items()
}
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\s?er)?\s+(?P<month>{'|'.join(_NUMBER_OF)})\s+(?P<year>\d{{4}})\b"
    r"|\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
    r"|\b(?P<dd>\d{2})[./](?P<mm>\d{2})[./](?P<yyyy>\d{4})\b",
    re.IGNORECASE,
)


def dates(text: str) -> list[str]:
    """The dates that ``text`` names (ISO 8601), in its order.

    >>> dates("Accords du 1er août 1995 et du 18.03.2013"), dates("VERKLARING VAN 5 MEI 2023")
    (['1995-08-01', '2013-03-18'], ['2023-05-05'])
    >>> dates("le 31 février 2020")
    []
    """
    return [iso for found in _DATE.finditer(text) if (iso := _iso(found))]


def only_date(text: str) -> str:
    """The only date that ``text`` names; "" where it names none, or several."""
    found = set(dates(text))
    return found.pop() if len(found) == 1 else ""


def _iso(found: re.Match[str]) -> str:
    month = found["m"] or found["mm"] or _NUMBER_OF[found["month"].lower()]
    year, day = found["year"] or found["y"] or found["yyyy"], found["day"] or found["d"]
    try:
        return date(int(year), int(month), int(day or found["dd"])).isoformat()
    except ValueError:
        return ""

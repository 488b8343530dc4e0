"""The texts of the page, in French and in Dutch, and dates as the page writes them."""

from __future__ import annotations

from pathlib import Path

from sources.anchor import Lang
from sources.strings import Strings

STRINGS = Strings(Path(__file__).with_name("locale"))
say = STRINGS.say
count = STRINGS.count


def date(lang: Lang, written: str) -> str:
    """A date of ISO 8601, or a part of one, as it is written out: "5 mai 2023"."""
    year, _, rest = written[:10].partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = say(lang, f"months.{month}")
    if not day:
        return f"{name} {year}"
    return f"{say(lang, 'months.first') if day == '01' else int(day)} {name} {year}"

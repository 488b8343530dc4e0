"""A number with what it counts, said in the other language: "au moins six semaines" is "minstens 6
weken".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assistant.reviewed import table
from sources.anchor import other
from sources.numerals import placed

if TYPE_CHECKING:
    from sources.anchor import Lang


def quantity_in_words(literal: str, lang: Lang) -> str | None:
    """A quantity of a text in the other language, in ``lang``; None where a part is not known.

    Args:
        literal: As the text has it: a bound, a number, what it is of, and for what each.
        lang: In which it is said.

    >>> quantity_in_words("au moins six semaines", "nl"), quantity_in_words("1.150 euro", "fr")
    ('minstens 6 weken', '1.150 euros')
    >>> quantity_in_words("35 euros par jour", "nl"), quantity_in_words("elf zwanen", "fr")
    ('35 euro per dag', None)
    """
    spoken = other(lang)
    numbers = placed(literal, spoken)
    if len(numbers) != 1:
        return None
    start, end, number = numbers[0]
    before, behind = _plain(literal[:start]), _plain(literal[end:])
    bounds, units = _named("bounds", spoken), _named("units", spoken)
    each = table("unit_names")["each"]
    for said in bounds:
        if not before and behind.endswith(f" {said}"):
            before, behind = said, behind.removesuffix(f" {said}")
    counted, is_rate, of = behind.partition(f" {each[spoken]} ")
    if behind in units:  # "kilometer per uur" is a unit
        counted, is_rate, of = behind, "", ""
    if counted not in units or (before and before not in bounds) or (is_rate and of not in units):
        return None
    bounded = f"{bounds[before][lang][0]} " if before else ""
    written = literal[start:end] if literal[start].isdigit() else number
    unit = units[counted][lang][number not in ("0", "1")]
    rate = f" {each[lang]} {units[of][lang][0]}" if is_rate else ""
    return f"{bounded}{written} {unit}{rate}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("'", "’").split())


@cache
def _named(sort: str, lang: Lang) -> dict[str, dict[Lang, list[str]]]:
    """The units, or the bounds, by each of their names in a language."""
    return {said: of for of in table("unit_names")[sort] for said in of[lang]}

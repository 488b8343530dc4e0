"""What numbers are given in, money in euros and a length in metres, and how one is asked for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.reviewed import table
from sources.folding import fold
from sources.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from index.query import Query
    from sources.anchor import Lang

#: A number in digits or in words, in folded text: a pattern.
NUMBER = rf"\b(?:\d+(?:[.,]\d+)*|{NUMBER_WORDS})\b"
#: What may stand between a number and its unit, in folded text: a pattern.
SIZE = r"(?: (?:millions?|milliards?|miljoen|miljard)(?: d['’e] ?)?)?"
# What may stand before the noun that a question of a few words begins with.
_OPENS: dict[Lang, str] = {
    "fr": r"^(?:et )?(?:les? |la |l')?(?:max\w* |min\w* )?",
    "nl": r"^(?:en )?(?:de |het )?(?:max\w* |min\w* |\w+e )?\w*",
}
_ENDS: dict[Lang, str] = {"fr": r"\b", "nl": r"\b\w*"}  # before the noun that it ends with
_BEHIND = r"(?: (?:totaa?l\w*|totaux|max\w*|min\w*|moyen\w*|gemiddeld\w*))?"  # that noun
_FEW = 6  # words of a question that is none: "zwemkaart jeugd prijs"


class Measure(NamedTuple):
    """What a number of something is given in.

    Attributes:
        asks: How a question asks for such a number, by language.
        opens: What a question without an interrogative begins with that wants one, by language.
        ends: What it ends with.
        units: What stands behind such a number, folded in place: each unit as it may be written.
        given: Such a number, or what is said instead.
    """

    asks: dict[Lang, re.Pattern[str]]
    opens: dict[Lang, re.Pattern[str]]
    ends: dict[Lang, re.Pattern[str]]
    units: tuple[re.Pattern[str], ...]
    given: re.Pattern[str]

    def has(self, unit: str) -> bool:
        """Is it given in a unit?"""
        return any(u.fullmatch(unit) for u in self.units)


@cache
def measures() -> dict[str, Measure]:
    """The measures of ``data/measures.toml``, by their names."""
    return {name: _measure(**of) for name, of in table("measures").items()}


@cache
def units() -> str:
    """The units of all measures but age, in text that is folded in place: a pattern.

    A length of time counts months as anything else is counted.
    """
    written = (
        unit for name, of in table("measures").items() if name != "age" for unit in of["units"]
    )
    return "|".join(written)


def is_money(text: str) -> bool:
    """Does a text have an amount of money or a percentage, or that there is nothing to pay?"""
    return measures()["money"].given.search(fold(text)) is not None


def asked_for(query: Query) -> Measure | None:
    """The measure of the number that a query asks for, by an interrogative or "what is the"."""
    return next((m for m in measures().values() if m.asks[query.lang].search(query.folded)), None)


def named(query: Query) -> Measure | None:
    """The measure of the number that a query wants without an interrogative: it begins with the
    noun ("prix de la carte", "dagvergoeding voor loodsen"), or ends with it ("zwemkaart prijs").
    """
    text, each = query.folded, measures().values()
    begun = next((m for m in each if m.opens[query.lang].search(text)), None)
    if begun or len(text.split()) > _FEW:
        return begun
    return next((m for m in each if m.ends[query.lang].search(text)), None)


def _measure(
    units: list[str], fr: dict[str, str], nl: dict[str, str], before: str = "", instead: str = ""
) -> Measure:
    more = (rf"|(?:{before}) ?\d" if before else "") + (rf"|\b(?:{instead})" if instead else "")
    behind = rf"(?:{NUMBER}|\b(?:une?|een)\b){SIZE} ?(?:{fold('|'.join(units))})(?!\w)"
    which = r"(?:est |sont |sera |etait )?(?:la |le |l'|les )?(?:\w+ )?"
    many = r"combien(?: \S+){0,4} (?:la |le |l'|les |d')?"
    asked_fr = rf"\b(?:quel(?:le)? {which}|{many})(?:{fr['nouns']})\b"
    asked_nl = (
        r"\b(?:welke? (?:\w+ )?(?!\w+en\b)|wat (?:is|zijn|was|waren) (?:de |het )?(?:\w+ )?"
        r"|hoeveel(?: \S+){0,4} |hoe (?:hoog|groot)(?: \S+){0,3} )"
        rf"\w*(?:{nl['nouns']})\b"
    )
    nouns: dict[Lang, str] = {"fr": fr["nouns"], "nl": nl["nouns"]}
    return Measure(
        {
            "fr": re.compile("|".join(filter(None, (asked_fr, fr.get("asks"))))),
            "nl": re.compile("|".join(filter(None, (asked_nl, nl.get("asks"))))),
        },
        {la: re.compile(rf"{_OPENS[la]}(?:{of})\b") for la, of in nouns.items()},
        {la: re.compile(rf"{_ENDS[la]}(?:{of}){_BEHIND}\W*$") for la, of in nouns.items()},
        tuple(map(re.compile, units)),
        re.compile(behind + more),
    )

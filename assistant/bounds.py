"""Between which bounds a number lies: the row of a scale that a question with a number is about.

Who has worked somewhere for 15 years asks for the row "van 10 tot 19 jaar", and who buys for 20 000
euros for "de 8.500 à 30.000 euros": no word of these rows is in the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from assistant.measures import measures
from sources.folding import fold_in_place
from sources.numerals import placed

if TYPE_CHECKING:
    from index.query import Query
    from sources.anchor import Lang

_UNIT = re.compile(r"\s?(?P<unit>[^\W\d_]+|[€%$]|°c?)")
_UNIT_BEFORE = re.compile(r"(?P<unit>€|\$|\beur)\s?$")
_OF = r"\s?(?:[^\W\d_]+|[€%])?\s?"  # the unit behind a number, if any
_TO = re.compile(rf"{_OF}(?:\ba\b|\btot(?: en met)?\b|t/m|\bet\b|\ben\b|[-–])\s?€?\s?")
_FROM = re.compile(r"(?:\b(?:de|du|van|entre|tussen)|^|[|:(])\s?€?\s?$")
_BELOW = re.compile(
    r"(?:\b(?:jusqu'a|moins de|maximum|au plus|inferieure?s? a|tot(?: en met)?|minder dan|hoogstens"
    r"|maximaal|lager dan|onder)|[<≤])\s?€?\s?$"
)
_ABOVE = re.compile(
    r"(?:\b(?:a partir de|des|plus de|au-dela de|superieure?s? a|au moins|minimum|vanaf|meer dan"
    r"|boven|minstens|ten minste|minimaal|hoger dan)|[>≥])\s?€?\s?$"
)
_OR_MORE = re.compile(rf"{_OF}(?:et|ou|en|of) (?:plus|meer|hoger|au-dela|langer|ouder)\b")
_OR_LESS = re.compile(rf"{_OF}(?:et|ou|en|of) (?:moins|minder|lager|korter|jonger)\b")


class Bounds(NamedTuple):
    """Two numbers between which another may lie, either of them infinite.

    Attributes:
        least, most: These.
        unit: What stands behind them, folded; "" for nothing.
    """

    least: float
    most: float
    unit: str


def bounds_in(text: str, lang: Lang) -> Iterator[Bounds]:
    """Those that a text gives.

    >>> list(bounds_in("van 1.000 tot 8.500 euro", "nl"))
    [Bounds(least=1000.0, most=8500.0, unit='euro')]
    >>> [(b.least, b.most) for b in bounds_in("jusqu’à 5 ans ; 12 ans et plus", "fr")]
    [(-inf, 5.0), (12.0, inf)]
    """
    folded, numbers = fold_in_place(text), placed(text, lang)
    paired: set[int] = set()  # where the two numbers of a pair start
    for one, other in pairwise(numbers):
        if _FROM.search(folded, 0, one[0]) and _TO.fullmatch(folded, one[1], other[0]):
            paired |= {one[0], other[0]}
            yield Bounds(float(one[2]), float(other[2]), _unit(folded, one[0], other[1]))
    for start, end, number in numbers:
        if start in paired:
            continue
        unit, value = _unit(folded, start, end), float(number)
        if _BELOW.search(folded, 0, start) or _OR_LESS.match(folded, end):
            yield Bounds(-inf, value, unit)
        elif _ABOVE.search(folded, 0, start) or _OR_MORE.match(folded, end):
            yield Bounds(value, inf, unit)


def within(query: Query, lines: Sequence[str], lang: Lang) -> int | None:
    """Which of some lines gives the bounds between which the number of a query lies, where several
    give bounds and one of them does so; else None.

    >>> from index.query import Query
    >>> scale = ["tot 9 jaar | 1 dag", "van 10 tot 19 jaar | 2 dagen", "vanaf 20 jaar | 4 dagen"]
    >>> within(Query.of("Hoeveel verlof na 15 jaar dienst?", "nl"), scale, "nl")
    1
    """
    text = fold_in_place(query.text)
    numbers = ((float(n), _unit(text, start, end)) for start, end, n in placed(text, query.lang))
    asked = [(number, unit) for number, unit in numbers if unit]
    if len(asked) != 1:
        return None
    number, unit = asked[0]
    each = [[b for b in bounds_in(line, lang) if _is_same(unit, b.unit)] for line in lines]
    having = [n for n, own in enumerate(each) if any(b.least <= number <= b.most for b in own)]
    return having[0] if len(having) == 1 and sum(map(bool, each)) > 1 else None


def _unit(folded: str, start: int, end: int) -> str:
    """What stands behind a number, or before it ("€ 500"), folded; "" for nothing."""
    found = _UNIT_BEFORE.search(folded, 0, start) or _UNIT.match(folded, end)
    return found["unit"] if found else ""


def _is_same(unit: str, other: str) -> bool:
    """Are two units of one measure, or one word in two numbers ("an", "ans", "jaar", "jaren")?"""
    if any(m.has(unit) and m.has(other) for m in measures().values()):
        return True
    return bool(other) and unit[:2] == other[:2] and abs(len(unit) - len(other)) < 3

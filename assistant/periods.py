"""Hours of the clock, and two moments that are the ends of one period: "van 3 mei tot 9 juni"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CLOCK = r"(?:[01]?\d|2[0-4])"
_HOUR = re.compile(
    rf"\b{_CLOCK}(?: ?[hu]\b(?: ?[0-5]\d\b)?|:[0-5]\d\b(?: ?(?:h|uur|u)\b)?|\.[0-5]\d uur\b)"
    r"|(?:(?<=\bà )|(?<=\bde )|(?<=\bdès )|(?<=\bavant )|(?<=\baprès )|(?<=\bentre )|(?<=\bet ))"
    rf"{_CLOCK} heures?\b(?: (?:et demie|[0-5]\d)\b)?"
    r"|(?:(?<=\bom )|(?<=\bvan )|(?<=\btot )|(?<=\bvanaf )|(?<=\bvoor )|(?<=\btussen )|(?<=\ben ))"
    rf"{_CLOCK} uur\b"
    r"|\b(?:midi|minuit|middernacht)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:(?:au|à|jusqu[’']au|jusqu[’']à|tot(?: en met)?|t/m)\s(?:le\s)?|[-–]\s*)")
_AND = re.compile(r"\s(?:et(?: le)?|en)\s")
_FROM = re.compile(r"\b(?:du|de|van)\s$", re.IGNORECASE)
_BEFORE = 20  # signs before a moment that are looked at for these
_BETWEEN = re.compile(r"\b(?:entre(?: le)?|tussen)\s$", re.IGNORECASE)


def hours(text: str) -> list[tuple[int, int]]:
    """Where a text names hours of the clock; "48 heures", "binnen 3 uur" are none.

    >>> text = "ouvert de 9 h 30 à 12 heures, en 2 heures"
    >>> [text[start:end] for start, end in hours(text)]
    ['9 h 30', '12 heures']
    """
    return [m.span() for m in _HOUR.finditer(text)]


def in_periods(text: str, moments: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Some moments of a text from left to right, those that are the ends of a period as one.

    >>> text = "van 3 mei tot en met 9 juni, tussen 8 en 9"
    >>> [text[start:end] for start, end in in_periods(text, [(4, 9), (21, 27), (36, 37), (41, 42)])]
    ['van 3 mei tot en met 9 juni', 'tussen 8 en 9']
    """
    at = 0
    while at < len(moments):
        start, end = moments[at]
        at += 1
        since = max(0, start - _BEFORE)
        between = _BETWEEN.search(text, since, start)
        joint = _AND if between else _TO
        if at < len(moments) and joint.fullmatch(text, end, moments[at][0]):
            begins = between or _FROM.search(text, since, start)
            start, end = begins.start() if begins else start, moments[at][1]
            at += 1
        yield start, end

"""Dates in words, as French and Dutch write them."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import get_month_names

from sources.anchor import Lang


def month_names(lang: Lang) -> Mapping[int, str]:
    """Names of the months by their numbers, 1 to 12."""
    return get_month_names("wide", "format", lang)


def in_words(lang: Lang, date: str) -> str:
    """A date of ISO 8601, or its year or year and month alone, in words.

    >>> in_words("fr", "2016-05-01"), in_words("nl", "2016-05-01"), in_words("nl", "2016-05")
    ('1er mai 2016', '1 mei 2016', 'mei 2016')
    """
    year, _, rest = date[:10].partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = month_names(lang)[int(month)]
    if not day:
        return f"{name} {year}"
    number = "1er" if lang == "fr" and int(day) == 1 else int(day)
    return f"{number} {name} {year}"

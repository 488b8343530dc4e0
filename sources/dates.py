"""Dates as French and Dutch write them: written out, and found in texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from babel.dates import get_day_names, get_month_names

from sources.anchor import LANGS, Lang
from sources.folding import without_accents
from sources.locale import count


def month_names(lang: Lang) -> Mapping[int, str]:
    """Names of the months by their numbers, 1 to 12."""
    return get_month_names("wide", "format", lang)


def weekday_names(lang: Lang) -> Mapping[int, str]:
    """Names of the days of the week by their numbers, 0 for Monday to 6."""
    return get_day_names("wide", "format", lang)


def date_in_words(lang: Lang, iso: str) -> str:
    """A date of ISO 8601, or its year or year and month alone, in words.

    >>> date_in_words("fr", "2016-05-01"), date_in_words("nl", "2016-05-01")
    ('1er mai 2016', '1 mei 2016')
    >>> date_in_words("nl", "2016-05")
    'mei 2016'
    """
    year, _, rest = iso[:10].partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    return f"{day_in_words(lang, int(month), int(day or 0))} {year}"


def day_in_words(lang: Lang, month: int, day: int = 0) -> str:
    """A day of any year, or a month where ``day`` is 0, in words.

    >>> day_in_words("fr", 5, 1), day_in_words("nl", 5)
    ('1er mai', 'mei')
    """
    name = month_names(lang)[month]
    return f"{count(lang, 'date.day', day)} {name}" if day else name


#: Units of time, as a number stands before them: a pattern.
UNITS = (
    r"minutes?|heures?|jours?|semaines?|mois|ans?|années?"
    r"|minuut|minuten|uur|uren|dag|dagen|week|weken|maanden?|jaar"
)
#: Names of the months in both languages, and their numbers.
MONTHS = {name: number for lang in LANGS for number, name in month_names(lang).items()}
# Titles in capitals often leave accents out.
_NUMBER_OF = MONTHS | {without_accents(name): number for name, number in MONTHS.items()}
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\s?er)?\s+(?P<month>{'|'.join(_NUMBER_OF)})\s+(?P<year>\d{{4}})\b"
    r"|\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
    r"|\b(?P<dd>\d{1,2})[./](?P<mm>\d{1,2})[./](?P<yyyy>\d{4})\b",
    re.IGNORECASE,
)

_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\s?er)?\s+(?P<month>{'|'.join(_NUMBER_OF)})\b(?!\s+\d{{4}})",
    re.IGNORECASE,
)
#: A year from 1800 to 2099.
YEAR = r"(?:1[89]|20)\d\d"
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_WEEKDAYS = "|".join(name for lang in LANGS for name in weekday_names(lang).values())
_PLACE = re.compile(  # of a letter
    rf"(?:[’']?[^\W\d_][^,\d\s]*(?:\s[^,\d\s]+){{0,3}},\s+)?(?:le\s+|op\s+|den\s+)?(?:(?:{_WEEKDAYS})\s+)?",
    re.IGNORECASE,
)
_OF = re.compile(rf"\b(?:du|van)\s+(?:{_DATE.pattern})", re.IGNORECASE)  # in a title
_BEFORE_TITLE = re.compile(r"\.\s*[–—-]+\s*\w")


def dates(text: str) -> list[str]:
    """The dates that ``text`` names (ISO 8601), in its order.

    >>> dates("Accords du 1er août 1995 et du 18.03.2013"), dates("VERKLARING VAN 5 MEI 2023")
    (['1995-08-01', '2013-03-18'], ['2023-05-05'])
    >>> dates("le 31 février 2020")
    []
    """
    return [iso for *_, iso in date_spans(text)]


def date_spans(text: str) -> list[tuple[int, int, str]]:
    """Where ``text`` names dates, in characters, and each of them (ISO 8601).

    >>> date_spans("du 3 mai 2023")
    [(3, 13, '2023-05-03')]
    """
    return [(*m.span(), iso) for m in _DATE.finditer(text) if (iso := _iso(m))]


def day_spans(text: str) -> list[tuple[int, int, str]]:
    """Where ``text`` names days without their years, in characters, and each of them.

    >>> day_spans("du 3 mai et du 4 juin 2031")
    [(3, 8, '05-03')]
    """
    return [
        (*m.span(), f"{_NUMBER_OF[m['month'].lower()]:02}-{int(m['day']):02}")
        for m in _DAY.finditer(text)
    ]


def years(text: str) -> list[str]:
    """The years from 1800 to 2099 that ``text`` names, in its order.

    >>> years("La déclaration de 2031, et le point 2031.4 de 1999/2000; numéro 12031")
    ['2031', '2031', '1999', '2000']
    """
    return _YEAR.findall(text)


def only_date(text: str) -> str:
    """The only date that ``text`` names; "" where it names none, or several."""
    found = set(dates(text))
    return found.pop() if len(found) == 1 else ""


def begins_with_date(text: str) -> bool:
    """Whether ``text`` begins with a date."""
    return _DATE.match(text) is not None


def is_dateline(text: str) -> bool:
    """Whether ``text`` is a date and nothing more, or the place and the date of a letter.

    >>> is_dateline("Bruxelles, le 3 mars 2031"), is_dateline("Règlement du 3 mars 2031")
    (True, False)
    >>> is_dateline("Le bac a été mis à l’eau à Ath, le 3 mars 2031")
    False
    >>> is_dateline("Brugge, maandag 4 mei 2031"), is_dateline("op 4 mei 2031")
    (True, True)
    """
    place = _PLACE.match(text)
    return place is not None and _DATE.fullmatch(text.rstrip(" ."), place.end()) is not None


def behind_date(text: str) -> str | None:
    """The words behind the date in the title of an act, where ``text`` begins with that.

    >>> behind_date("van 3 mei 2031"), behind_date("DU 3 MAI 2031 sur les bacs")
    ('', 'sur les bacs')
    >>> behind_date("le 3 mai 2031") is None
    True
    """
    found = _OF.match(text)
    return text[found.end() :].strip() if found else None


def is_dated(text: str) -> bool:
    """Whether the date of an act or of a meeting stands in ``text``: "séance du 3 mai 2031"."""
    return _OF.search(text) is not None


def promulgated(title: str) -> str:
    """The date of an act that its title begins with, before a full stop and a dash; "" for none.

    >>> promulgated("3 MEI 2031. - Wet op de veren"), promulgated("3 mai 2031 – avis")
    ('2031-05-03', '')
    """
    found = _DATE.match(title)
    return _iso(found) if found and _BEFORE_TITLE.match(title, found.end()) else ""


def _iso(found: re.Match[str]) -> str:
    month = found["m"] or found["mm"] or _NUMBER_OF[found["month"].lower()]
    year, day = found["year"] or found["y"] or found["yyyy"], found["day"] or found["d"]
    try:
        return date(int(year), int(month), int(day or found["dd"])).isoformat()
    except ValueError:
        return ""

"""Texts that are named by a meeting and its day: "la réunion du 3 mars", "de raad van 4 juni"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant import sorts
from assistant.reviewed import table
from sources.anchor import LANGS, Lang
from sources.dates import date_spans, day_spans
from sources.folding import alternatives, fold_in_place

_MINUTES: dict[Lang, str] = {"fr": "proces-verbal", "nl": "notulen"}
# From who meets to the day: words of a name, and no clause of a sentence.
_TO_A_DAY = re.compile(
    r"(?:\s+(?:de|du|des|van|der|d'|[a-z'-]+)){0,4}?\s+(?P<by>du|de|van|le|op)\s+"
)
_NO_NAME = re.compile(
    r"(?<!\w)(?:a|au|sur|apres|avant|pour|qui|que|over|na|voor|vanaf|tot|die|dat)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that a question names.

    Attributes:
        span: Where it stands, in characters, with its day.
        days: Its day (ISO 8601); without its year ("05-12") where the question says none.
        is_of: Does a folded title say that its text is of such a meeting?
        is_its_name: Is the day said as a part of the name ("du", "van")?
    """

    span: tuple[int, int]
    day: str
    is_of: Callable[[str], bool]
    is_its_name: bool


def named_at(question: str, lang: Lang) -> list[Meeting]:
    """The meetings that a question names by their days.

    >>> [m.day for m in named_at("Que décide la réunion du 12 mai 2026 ?", "fr")]
    ['2026-05-12']
    >>> [m.day for m in named_at("wie was er op de zitting van 3 juni?", "nl")]
    ['06-03']
    """
    text, found = fold_in_place(question), []
    days = [*date_spans(question), *day_spans(question)]
    for m in _called()[lang].finditer(text):
        for start, end, day in days:
            between = _TO_A_DAY.fullmatch(text, m.end(), start)
            if between and not _NO_NAME.search(between.group()):
                is_name = between["by"] in ("du", "van")
                found.append(Meeting((m.start(), end), day, _is_of(m[0], lang), is_name))
                break
    return found


def _is_of(word: str, lang: Lang) -> Callable[[str], bool]:
    bodies = [body for body in table("meetings")["body"] if word in body[lang]]
    names = [name for body in bodies for la in LANGS for name in body[la]]
    if names:
        return lambda title: any(name in title for name in names)
    return lambda title: any(sorts.says(title, _MINUTES[la], la, la) for la in LANGS)


@cache
def _called() -> dict[Lang, re.Pattern[str]]:
    raw: dict[str, Any] = table("meetings")
    found: dict[Lang, re.Pattern[str]] = {}
    for la in LANGS:
        names = [*raw["any"][la], *(name for body in raw["body"] for name in body[la])]
        found[la] = re.compile(rf"(?<!\w)(?:{alternatives(names)})(?!\w)")
    return found

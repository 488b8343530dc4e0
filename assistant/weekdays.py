"""Is a passage of another day of the week than a question?

"Is the counter open on Sunday?" is near to a row on its hours of Saturday, which does not say it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.reviewed import patterns_by_sort
from sources.anchor import LANGS, Lang
from sources.dates import weekday_names
from sources.folding import fold

if TYPE_CHECKING:
    from index.query import Query
    from sources.model import Passage

_DAYS = {fold(name): number for la in LANGS for number, name in weekday_names(la).items()}
_DAY = re.compile(rf"\b(?P<day>{'|'.join(_DAYS)})\w*")  # "les samedis", "zondagochtend"
_UNTIL = re.compile(r"\s*(?:au|a|jusqu'au|tot(?: en met)?|t/m|-|–)\s*")  # "du lundi au samedi"


def is_of_another_day(query: Query, passage: Passage) -> bool:
    """Does a passage name days of the week, and none of those that a query names?

    One that states an exception ("tous les jours sauf le dimanche") may be of any day.
    """
    asked = _days(query.folded)
    if not asked:
        return False
    texts = {lang: fold(" ".join(passage.all_texts(lang))) for lang in passage.texts}
    named = {day for text in texts.values() for day in _days(text)}
    return bool(named) and not named & asked and not any(map(_excepts, texts, texts.values()))


def _days(text: str) -> set[int]:
    """The days of the week that a folded text names, with those between two of them."""
    found = list(_DAY.finditer(text))
    days = {_DAYS[m["day"]] for m in found}
    for one, other in pairwise(found):
        if _UNTIL.fullmatch(text[one.end() : other.start()]):
            first, last = _DAYS[one["day"]], _DAYS[other["day"]]
            days |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return days


def _excepts(lang: Lang, text: str) -> bool:
    return bool(patterns_by_sort("exceptions")[lang]["states"].search(text))

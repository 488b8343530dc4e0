"""The numbers in the name of a text: its day, and its number in a series.

A law goes by its day, a circular by "MOB 12", an opinion by "nr. 61/2031": a text with another
day or another number is another text, however alike the other words are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sources.dates import date_spans
from sources.folding import blanked, fold_in_place

_NUMBER = r"(?<![\w/.,-])\d+(?:/\d+)*(?![\w/%-]|[.,]\d)"
_ANY_NUMBER = re.compile(_NUMBER)
_DAY, _YEAR = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"(?:19|20)\d\d")
_CHANGES = re.compile(
    r"(?<!\w)(?:modifi|abroge|remplac|complet|execut"
    r"|(?:tot|houdende) (?:wijzig|opheff|vervang|uitvoer|aanvull))"
)
_COUNTED = r"n\s?[°ºor]{1,2}\.?\s*|num[ée]ro\s+|nummer\s+"
# Right behind the sort of a text: "n° 91", "ministérielle MOB 7", "42/2032".
_BEHIND = re.compile(
    rf"(?P<gap>(?:[-\s]+[^\W\d_]+){{0,3}}?)[\s-]+(?P<counted>{_COUNTED})?(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Z]{2,}$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
# What leads from the sort of a text to its day: words of its name, and no clause of a sentence.
_TO_A_DAY = re.compile(
    r"(?P<words>(?:[-\s]+[\w'’]+){0,10}?)\s+(?:en date du|du|de|le|van|dd\.?)\s+"
)
_NO_NAME = re.compile(
    r"(?<!\w)(?:sur|a|au|aux|dans|pour|par|en|une?|qui|que|avant|apres|partir|compter|dater"
    r"|over|op|in|voor|tot|een|die|dat|wat|na|vanaf)(?!\w)|-(?:t-)?(?:ils?|elles?)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class NameNumbers:
    """Those of a name.

    Attributes:
        days: Days (ISO 8601).
        numbers: Numbers that are neither days nor years, as they are written: "141", "88/2026".
    """

    days: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.days or self.numbers)

    def has_one_of(self, said: NameNumbers) -> bool:
        """Is a day or a number the same?"""
        return bool(self.days & said.days or self.numbers & said.numbers)

    def is_another(self, said: NameNumbers) -> bool:
        """Are both told by days, or both by numbers, and by none that is the same?"""
        pairs = ((self.days, said.days), (self.numbers, said.numbers))
        return any(own and other and not own & other for own, other in pairs)


def numbers_of(titles: Iterable[str], day: str) -> NameNumbers:
    """Those of a text.

    Args:
        titles: Its titles; what they say of a text that it changes is left out.
        day: Its day (ISO 8601); one of a year or a month alone tells nothing.
    """
    found = [numbers_in(_CHANGES.split(fold_in_place(title))[0]) for title in titles]
    days = frozenset({day} if _DAY.fullmatch(day) else ())
    return NameNumbers(
        days.union(*(own.days for own in found)),
        frozenset[str]().union(*(own.numbers for own in found)),
    )


def numbers_in(text: str) -> NameNumbers:
    """All days and numbers that a text names.

    >>> numbers_in("Circulaire MOB 12 du 3 mai 2031")
    NameNumbers(days=frozenset({'2031-05-03'}), numbers=frozenset({'12'}))
    """
    spans = date_spans(text)
    left = blanked(text, [(start, end) for start, end, _ in spans])
    found = {n for n in _ANY_NUMBER.findall(left) if not _YEAR.fullmatch(n)}
    return NameNumbers(frozenset(iso for *_, iso in spans), frozenset(found))


def numbers_behind(
    text: str, at: int, is_of_a_series: Callable[[str], bool]
) -> tuple[NameNumbers, int]:
    """Those by which a question tells a text, behind the sort of it, and where they end.

    Args:
        text: The question.
        at: Where the word for the sort ends.
        is_of_a_series: May a number be of a text without "n°" or "nr.", behind this word, or with
            no word between ("circulaire 98")?

    >>> numbers_behind("la loi spéciale du 8 août 1980 ?", 6, lambda _: False)
    (NameNumbers(days=frozenset({'1980-08-08'}), numbers=frozenset()), 30)
    """
    days, numbers, end = frozenset[str](), frozenset[str](), at
    number = _BEHIND.match(text, at)
    spans = [span for span in date_spans(text) if span[0] > at]
    if number and not any(start <= number.start("number") < stop for start, stop, _ in spans):
        word = _LAST_WORD.search(number["gap"])
        is_told = number["counted"] or (word and _LETTERS.search(word[0]))
        is_told = is_told or ("/" in number["number"] and not word)
        if not _YEAR.fullmatch(number["number"]) and (
            is_told or is_of_a_series(fold_in_place(word[0]) if word else "")
        ):
            numbers, end = frozenset([number["number"]]), number.end()
    if spans and _leads_to(fold_in_place(text[end : spans[0][0]])):
        days, end = frozenset([spans[0][2]]), spans[0][1]
    return NameNumbers(days, numbers), end


def _leads_to(between: str) -> bool:
    """Are the words from the sort of a text, or its number, to a day of its name?"""
    found = _TO_A_DAY.fullmatch(between)
    return found is not None and not _NO_NAME.search(found["words"])

"""Abbreviations of texts, as lawyers write them beside a place: "art. 10 Gw.", "art. 6 § 1 CEDH".

Known ones are data, and are found with or without their dots, spaces, accents and capitals:

>>> known = Known({"code": ("C. pén.",), "union": ("UE",)})
>>> [work for *_, work in known.find("art. 3 c.pén", "art. 3 c.pen")]
['code']

Which letters behind a place are the abbreviation of a text that nobody knows, their form tells:
capitals ("CRR"), capitals among small letters ("CoMou"), dots ("C. for."), or a capital and no
vowel ("Vlw.").

>>> text = "article 5 C. for. ?"
>>> text[slice(*behind(text, 9))]
'C. for.'
>>> behind("article 5 en vigueur", 9), behind("article 5 III", 9), behind("ARTICLE 5 OBJET", 9)
(None, None, None)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from sources.folding import fold_in_place
from sources.numbering import arabic

_PARTS = re.compile(r"[^\W_]+")
# A short name that is a word ("Charte") is of another text where more is said of it: "la charte des
# pêcheurs". "Van toepassing" and "van kracht" say nothing of what it is.
_NO_MORE = (
    r"(?!\s+(?:d[eu]s?|aux?|pour|voor|op|tot|van(?!\s+(?:toepassing|kracht|belang)))\b|\s+d'|-\w)"
)
_LEAST = 3  # letters of an abbreviation without dots: two are of the number ("article 39 AH")
_MOST = 12
_LEADS = re.compile(r"\s*,?\s*(?:(?:de\s+la|de\s+l['’]|du|van\s+(?:de|het)|uit\s+(?:de|het))\s*)?")
_ENDS = re.compile(r"\s*(?:$|[?!.,;:)])")
_TITLE = re.compile(r"(?:Dhr|Mrs|Mss|Mgr|Mlle|Mme)\b")  # of a person
_VOWEL = re.compile("[aeiouy]")
_CAPITALS = r"[A-ZÀ-Ý]"
_LETTERS = rf"(?:{_CAPITALS}[^\W_]*)"
_DOTTED = re.compile(  # "C. for.", "W.Succ.", "C.F.": with more than one part
    rf"{_CAPITALS}[^\W\d_]{{0,6}}\.(?:\s?[^\W\d_]{{1,8}}\.)+(?:\s?\d{{2,4}}(?!\w))?"
)
_WORD = re.compile(rf"{_LETTERS}(?:[-/]{_LETTERS})*(?:\s\d{{2,4}}(?![\w/]))?(?![\w’'])")
# What says of which community or area an act is, and no name of it.
_OF_A_NUMBER = re.compile(
    r"\([^()]*\)\s*(?:n[°ºor]\.?\s*)?\d+/\d+|\d+/\d+(?:/[A-Z]+)?|\([^()]*(?:EEE|EER)[^()]*\)"
)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


class Known:
    """Abbreviations and short names of works, which count beside a place alone."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._works = {_key(name): work for work, of in names.items() for name in of}
        self._names = [name for of in names.values() for name in of]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._names:
            return None
        longest = sorted(self._names, key=lambda n: (-len(_key(n)), n))
        return re.compile(rf"(?<![\w.])(?:{'|'.join(map(_as_written, longest))})")

    @cached_property
    def _in_capitals(self) -> frozenset[str]:
        """Those of two letters without dots, which are other words in small letters ("ce")."""
        return frozenset(n for n in self._names if len(n) == 2 and n.isalpha())

    def find(self, text: str, flat: str) -> Iterator[tuple[int, int, str]]:
        """Where a text, and the same folded in place, has them, with their works."""
        for m in self._pattern.finditer(flat) if self._pattern else ():
            written = text[m.start() : m.end()]
            is_small = written.upper() in self._in_capitals and written not in self._in_capitals
            if not is_small and (work := self._works.get(_key(m[0]))):
                yield m.start(), m.end(), work


def _key(name: str) -> str:
    return "".join(_PARTS.findall(fold_in_place(name)))


def _as_written(name: str) -> str:
    """A pattern for a name in folded text; dots and what stands between its parts may be left
    out.
    """
    parts = _PARTS.findall(fold_in_place(name))
    is_word = "." not in name and name[1:].islower()
    joined = r"[\s./-]{0,2}".join(map(re.escape, parts))
    return joined + (rf"(?!\w){_NO_MORE}" if is_word else r"(?![\w'])(?!-\w)\.?")


def behind(text: str, end: int) -> tuple[int, int] | None:
    """Where an abbreviation of a text stands right behind a place that ends there; None for none.

    In a text in capitals nothing tells one.
    """
    if not any(c.islower() for c in text):
        return None
    leads = _LEADS.match(text, end)
    assert leads is not None  # it may be empty
    at = leads.end()
    found = _DOTTED.match(text, at) or _WORD.match(text, at)
    if at == end or found is None or not (found.re is _DOTTED or _is_abbreviation(found[0])):
        return None
    if _TITLE.match(text, at):
        return None
    is_apart = "," in leads[0] and not _ENDS.match(text, found.end())  # "article 6, TVA comprise"
    return None if is_apart else found.span()


def within(title: str) -> list[str]:
    """The abbreviations that a title gives its text, in brackets.

    >>> within("Règlement (UE) 2031/17 relatif aux bacs fluviaux (RBF)"), within("AR 7 des bacs")
    (['RBF'], [])
    """
    named = _IN_BRACKETS.findall(_OF_A_NUMBER.sub(" ", title))
    return [name for name in named if _WORD.fullmatch(name) and _is_abbreviation(name)]


def _is_abbreviation(word: str) -> bool:
    letters = "".join(c for c in word.split(maxsplit=1)[0] if c.isalpha())
    capitals = sum(map(str.isupper, letters))
    return (
        _LEAST <= len(letters) <= _MOST
        and (capitals >= 2 or not _VOWEL.search(fold_in_place(letters)))
        and arabic(letters) is None
        and not any(map(_is_a_word, re.split("[-/]", word)))
    )


def _is_a_word(part: str) -> bool:
    """Is a part of what has capitals a word or a name ("Saint-Gilles")?"""
    return part[1:].islower() and _VOWEL.search(fold_in_place(part)) is not None

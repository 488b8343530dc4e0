"""Numbers and signs at the head of a paragraph, as official texts print them.

>>> marker("1.2. Contexte")
Marker(form='decimal', sign='.', number=('1', '2'), rest='Contexte')
>>> marker("Art. 5bis. Le directeur décide.")
Marker(form='article', sign='', number=('5bis',), rest='Le directeur décide.')
>>> marker("• la sécurité")
Marker(form='bullet', sign='•', number=(), rest='la sécurité')
>>> marker("Article 5 du traité prévoit") is None
True
>>> marker("Article 5 Objet", heading=True).rest
'Objet'

A lone letter may be a roman numeral ("I.", "C."); :func:`readings` gives both, and the reader
of the whole text takes the one that follows what came before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["bullet", "article", "paragraph", "division", "decimal", "roman", "letter"]


@dataclass(frozen=True, slots=True)
class Marker:
    """What a paragraph begins with, and the words after it.

    Attributes:
        form: The kind of number; ``"bullet"`` has none.
        sign: What stands around the number: ``"."``, ``")"``, ``"()"``, ``"°"``; for a bullet
            its sign, for a division its ELI word (``"cpt"``, ``"anx"``).
        number: The number, part by part, as printed.
        rest: The words after it.
    """

    form: Form
    sign: str
    number: tuple[str, ...]
    rest: str

    @property
    def scheme(self) -> tuple[str, str, bool]:
        """Numbers of one scheme are siblings ("1." and "2.", not "1." and "2)")."""
        return self.form, self.sign, "".join(self.number).islower()

    @property
    def rank(self) -> int:
        """Place of the last part of the number in its list, from 1; 0 where it has none."""
        last = self.number[-1] if self.number else ""
        digits = re.match(r"\d+", last)
        if digits:
            return int(digits[0])
        if self.form == "letter":
            return ord(last.lower()) - ord("a") + 1
        return arabic(last) or 0

    def succeeds(self, earlier: Marker | None) -> bool:
        """Whether this is the number right after ``earlier``, in the same list."""
        return (
            earlier is not None
            and self.scheme == earlier.scheme
            and self.number[:-1] == earlier.number[:-1]
            and self.rank == earlier.rank + 1
        )


_SUFFIX = (
    r"(?:\s?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\b|[a-z](?![a-z]))?"
)
_BULLET = re.compile(
    r"(?P<sign>[•‣▪◦●■□○∙·►➢➤✓–—*\-\uf000-\uf0ff]|o(?= \S))\s+(?P<rest>\S.*)", re.DOTALL
)
_ART = r"Art(?:ikel|icle|\.)|ART(?:IKEL|ICLE|\.)"
_NUMBER = rf"premier|PREMIER|unique|1er|[LRD]\.?\s?\d+(?:-\d+)*|\d+(?:[-/:.]\d+)*{_SUFFIX}"
_END = r"(?:\s*[.:–—]?\s*$|\s*[.:–—]\s+(?:[–—-]\s+)?|\s*\.\s?[–—-]+\s*|\s+[–—-]\s+|\s*\n)"
_ARTICLE = re.compile(rf"(?:{_ART})\s*(?P<number>{_NUMBER}){_END}(?P<rest>.*)", re.DOTALL)
_ARTICLE_HEADING = re.compile(rf"(?:{_ART})\s*(?P<number>{_NUMBER})\s+(?P<rest>.+)", re.DOTALL)
_PARAGRAPH = re.compile(
    rf"§\s*(?P<number>\d+(?:er\b|{_SUFFIX}))\.?\s+(?:[–—-]\s+)?(?P<rest>\S.*)", re.DOTALL
)
_DIVISIONS = {
    "partie": "prt", "deel": "prt", "titre": "ttl", "titel": "ttl", "chapitre": "cpt",
    "hoofdstuk": "cpt", "section": "sct", "afdeling": "sct", "sous-section": "sbs",
    "onderafdeling": "sbs", "annexe": "anx", "bijlage": "anx",
}  # fmt: skip
_DIVISION = re.compile(
    rf"(?P<word>(?i:{'|'.join(_DIVISIONS)}))"
    r"(?:\s+(?P<number>(?i:premi[eè]re?|ier|1er|1re)|[IVXLC]+|\d{1,3}|[A-Z]))?"
    rf"{_END}(?P<rest>.*)",
    re.DOTALL,
)
_DECIMAL = re.compile(
    r"(?P<open>\()?(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})(?:\s?(?P<close>\.?\)|[.°]))?"
    r"(?:\s+(?P<rest>\S.*)|\s*$)",
    re.DOTALL,
)
_ROMAN = re.compile(
    r"(?P<open>\()?(?P<number>[IVXLC]+|[ivxlc]+)(?P<close>[.)])?(?:\s+(?P<rest>\S.*)|\s*$)",
    re.DOTALL,
)
_LETTER = re.compile(
    r"(?P<open>\()?(?P<number>[A-Za-z])(?P<close>[.)])(?:\s+(?P<rest>\S.*)|\s*$)", re.DOTALL
)
_FIRST = {"premier", "première", "premiere", "1er", "1re", "ier", "unique"}


def marker(text: str, *, heading: bool = False) -> Marker | None:
    """The first reading of the head of ``text``, None where it has no number or sign."""
    return next(readings(text, heading=heading), None)


def readings(text: str, *, heading: bool = False) -> Iterator[Marker]:
    """All readings of the head of ``text``; two only for a letter that may be roman.

    A ``heading`` needs no sign after its number ("1 Contexte", "Article 5 Objet").
    """
    found = _ARTICLE.fullmatch(text) or (heading and _ARTICLE_HEADING.fullmatch(text))
    if found:
        yield Marker("article", "", (plain(found["number"]),), found["rest"].strip())
    elif found := _BULLET.fullmatch(text):
        yield Marker("bullet", found["sign"], (), found["rest"])
    elif found := _PARAGRAPH.fullmatch(text):
        yield Marker("paragraph", "§", (plain(found["number"]),), found["rest"])
    elif found := _DIVISION.fullmatch(text):
        yield from _division(found)
    elif found := _DECIMAL.fullmatch(text):
        yield from _decimal(found, heading=heading)
    else:
        yield from _listed(text, heading=heading)


def _division(found: re.Match[str]) -> Iterator[Marker]:
    word, number, rest = _DIVISIONS[found["word"].lower()], found["number"], found["rest"].strip()
    if found["word"][0].isupper() and (number or (word == "anx" and not rest)):
        yield Marker("division", word, (plain(number or "1"),), rest)


def _decimal(found: re.Match[str], *, heading: bool) -> Iterator[Marker]:
    number, rest, close = tuple(found["number"].split(".")), found["rest"] or "", found["close"]
    if found["open"] and close != ")":
        return
    if not close and not (rest[:1].isupper() and (heading or len(number) > 1)):
        return  # "12 policiers", "2.5 millions": a number in a sentence
    sign = "()" if found["open"] else (close or ".").strip(".") or "."
    yield Marker("decimal", sign, number, rest.strip())


def _listed(text: str, *, heading: bool) -> Iterator[Marker]:
    forms: tuple[tuple[Form, re.Pattern[str]], ...] = (("roman", _ROMAN), ("letter", _LETTER))
    for form, pattern in forms:
        found = pattern.fullmatch(text)
        if not found or (form == "roman" and not arabic(found["number"])):
            continue
        rest = (found["rest"] or "").strip()
        if found["close"] or (heading and found["number"].isupper() and rest[:1].isupper()):
            sign = "()" if found["open"] else found["close"] or "."
            yield Marker(form, sign, (found["number"],), rest)


def plain(number: str) -> str:
    """A number without ordinal endings and spaces.

    >>> plain("premier"), plain("L. 411-1"), plain("5 bis"), plain("1er")
    ('1', 'L411-1', '5bis', '1')
    """
    if number.lower() in _FIRST:
        return "1"
    return re.sub(r"\s|(?<=[LRD])\.|(?<=\d)er\b", "", number).replace("/", "-").replace(":", "-")


_SIGNS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
          (1, "i"))  # fmt: skip


def roman(value: int) -> str:
    """Lower-case roman numeral of a number from 1 to 399.

    >>> roman(14)
    'xiv'
    """
    out = ""
    for worth, sign in _SIGNS:
        out += sign * (value // worth)
        value %= worth
    return out


_ARABIC = {roman(value): value for value in range(1, 400)}


def arabic(numeral: str) -> int | None:
    """Value of a roman numeral in either case; None where it is not well formed.

    >>> arabic("XIV"), arabic("IIX")
    (14, None)
    """
    return _ARABIC.get(numeral.lower())

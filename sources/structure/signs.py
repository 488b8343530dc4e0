"""What the words themselves tell of letters that were lost or broken on their way."""

from __future__ import annotations

import re

from sources.bilingual import Bilingual
from sources.locale import bilingual

LOST = bilingual("doubt.lost")
TWICE = bilingual("doubt.twice")
ODD = bilingual("doubt.odd")
FIGURES = bilingual("doubt.figures")
_AFTER = "".join(
    sorted(
        {bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xC0)}
        | {*map(chr, range(0x80, 0xC0))}
    )
)
# How UTF-8 looks where it was taken for a character set of one byte a letter.
_TWICE = re.compile(f"[ÃÂÅ][{re.escape(_AFTER)}]|â[€\x80][{re.escape(_AFTER)}]")
_LETTERS = frozenset("àâäáçéèêëíîïóôöúùûüÿœæñÀÂÄÁÇÉÈÊËÍÎÏÓÔÖÚÙÛÜŒÆ«»“”‘’…–—€°§ºª²³½·•\u00a0\u00ad")

# Letters of African languages and phonetics, but for those of Romanian and Azeri names and the
# florin: fonts give them for ligatures.
_ODD = re.compile("[\u0180-\u018e\u0190\u0191\u0193-\u0217\u021c-\u0258\u025a-\u02af]")
# Letters of other alphabets that nobody can tell from Latin ones, within words of Latin letters.
_ALIKE = "АВЕКМНОРСТХаеосрухіјѕЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_FOREIGN = re.compile(rf"\b\w*(?:[{_ALIKE}][A-Za-zÀ-ÿ]|[A-Za-zÀ-ÿ][{_ALIKE}])\w*")

# Numbers with letters that character recognition takes figures for: "l0"; "60l" is sixty litres.
_AS_FIGURES = re.compile(r"(?<![\w.,'’-])(?:l[lO]*\d[\dlO]*|\d+[lO]+\d[\dlO]*|\d+O+)(?!\w)")


def as_figures(text: str) -> list[str]:
    """The numbers in which letters stand for figures.

    >>> as_figures("l0 jours, l958, 2OO francs, 60l, 1l, CO2, n°l")
    ['l0', 'l958', '2OO']
    """
    return _AS_FIGURES.findall(text)


def foreign(text: str) -> list[str]:
    """The words in which letters of another alphabet stand for Latin ones.

    >>> foreign("l’\u0410rt. 3, la loi, 5 \u03bcg, \u0394t")
    ['\u0410rt']
    """
    return _FOREIGN.findall(text)


def accented(sign: str) -> bool:
    """Whether a sign beyond ASCII is one that French and Dutch texts have."""
    return sign in _LETTERS


def twice(text: str) -> list[str]:
    """The places where letters were encoded twice, as they look.

    >>> twice("La sÃ©curitÃ©"), twice("À São Paulo")
    (['Ã©', 'Ã©'], [])
    """
    return _TWICE.findall(text)


def doubts(text: str) -> tuple[Bilingual, ...]:
    """What is not certain of some words because of their signs."""
    odd = _ODD.search(text) or _FOREIGN.search(text)
    found = (
        (LOST, "\ufffd" in text),
        (ODD, odd),
        (TWICE, _TWICE.search(text)),
        (FIGURES, _AS_FIGURES.search(text)),
    )
    return tuple(doubt for doubt, there in found if there)

"""How the final formula of a text begins, in French and in Dutch."""

from __future__ import annotations

import re

from sources.dates import is_dateline

_FORMULA = re.compile(
    r"(?:(?:Fait|Donné) (?:à|en|le)|(?:Gedaan|Gegeven|Opgemaakt) (?:te|in|op)"
    r"|(?:Ainsi|Aldus) (?:adopté|arrêté|décidé|délibéré|fait|jugé|prononcé|beslist|besloten|gedaan"
    r"|gewezen|uitgesproken|vastgesteld)"
    r"|(?:Adopté|Approuvé|Arrêté|Délibéré)e?s? (?:en|par|lors de la) (?:[^\W\d_]+ )?"
    r"(?:assemblée|réunion|séance)|(?:Goedgekeurd|Vastgesteld) (?:in|op) (?:de )?(?:[^\W\d_]+ )?"
    r"(?:vergadering|zitting)"
    r"|Promulguons l[ea] présente?|Kondigen (?:deze|dit) \w+ af)\b"
)


def opens_formula(text: str) -> bool:
    """Whether a text begins with the words of a final formula.

    >>> opens_formula("Fait à Ath, le 3 mai 2031."), opens_formula("Ath, le 3 mai 2031.")
    (True, False)
    >>> opens_formula("Approuvé en séance du 3 mai 2031."), opens_formula("Goedgekeurd op tijd.")
    (True, False)
    """
    return _FORMULA.match(text) is not None


def is_dated_at(text: str) -> bool:
    r"""Whether the first line of a text is a place and a date, as below what is signed there.

    >>> is_dated_at("Ath, le 3 mai 2031.\nLe bourgmestre"), is_dated_at("le 3 mai 2031")
    (True, False)
    """
    line = text.partition("\n")[0].rstrip(" .,")
    return "," in line and is_dateline(line)

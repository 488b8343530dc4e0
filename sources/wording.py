"""How an EU act is called in French and in Dutch, from its kind, year and number.

>>> name(Act("R", 2013, "0604")).fr
'règlement (UE) n° 604/2013'
>>> name(Act("L", 1995, "0046")).nl
'Richtlijn 95/46/EG'

Before 2015 a regulation is "number/year" and a directive "year/number/community"; since then
both are "(community) year/number". Years have two figures until 1998. The community is "CEE"
until October 1993, "CE" until November 2009 and "UE" from then on. The number of an act does
not tell Euratom or PESC acts apart, so their own letters are not given here; and as a decision
of before December 2009 may be one of the CE or of the third pillar (JAI), it stays without.
"""

from __future__ import annotations

from dataclasses import dataclass

from sources.anchor import LANGS, Lang
from sources.bilingual import Bilingual
from sources.dates import date_in_words
from sources.locale import bilingual, say

_LISBON = "2009-12-01"  # Treaty of Lisbon in force
_MAASTRICHT = "1993-11-01"  # Treaty on European Union in force
_UNION = bilingual("act.union")
_COMMUNITY = bilingual("act.community")
_ECONOMIC_COMMUNITY = bilingual("act.economic_community")

_NOUNS = {
    "R": bilingual("act.regulation"),
    "L": bilingual("act.directive"),
    "D": bilingual("act.decision"),
    "H": bilingual("act.recommendation"),
    "F": bilingual("act.framework_decision"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """What a name is made of.

    Attributes:
        kind: Descriptor of the CELEX number ("L").
        year: Four figures.
        number: As in the CELEX number, with its zeros ("0680").
        day: Date of the act (ISO 8601), "" where it is not known.
        number_first: Of a decision: is it "n° 512/2008/CE", and not "2008/512"?
    """

    kind: str
    year: int
    number: str
    day: str = ""
    number_first: bool = False

    @property
    def community(self) -> Bilingual:
        """Whose act it is, by its date; by its year alone, the older one in doubt."""
        day = self.day or f"{self.year}-01-01"
        if day >= _LISBON:
            return _UNION
        return _COMMUNITY if day >= _MAASTRICHT else _ECONOMIC_COMMUNITY


def natural(act: Act, *, consolidated: str, corrigendum: bool) -> Bilingual | None:
    """Name of an act, or of its corrigendum, or of its text ``consolidated`` on a day (ISO 8601).

    None for a kind that has no name of this form.
    """
    plain = name(act)
    if plain is None:
        return None
    if corrigendum:
        key = "act.corrigendum_regulation" if act.kind == "R" else "act.corrigendum"
        return Bilingual(*(say(lang, key, act=plain[lang]) for lang in LANGS))
    if consolidated:
        return Bilingual(
            *(
                say(la, "act.consolidated", act=plain[la], day=date_in_words(la, consolidated))
                for la in LANGS
            )
        )
    return plain


def name(act: Act) -> Bilingual | None:
    """Name of an act; None for a kind that has no name of this form."""
    noun = _NOUNS.get(act.kind)
    if noun is None or not int(act.number):
        return None
    return Bilingual(*(f"{noun[lang]} {_reference(act, lang)}" for lang in LANGS))


def _reference(act: Act, lang: Lang) -> str:
    """What follows the noun."""
    number = int(act.number)
    year = act.year if act.year >= 1999 else act.year % 100
    community = act.community[lang]
    if len(act.number) > 4:  # the C series since October 2023 numbers its acts by itself
        return f"C/{act.year}/{number}"
    if act.kind == "F":
        return f"{year}/{number}/{say(lang, 'act.third_pillar')}"
    if act.year >= 2015:
        return f"({community}) {act.year}/{number}"
    if act.kind == "R":
        return f"({community}) {say(lang, 'act.number')} {number}/{year}"
    if act.kind == "D" and act.number_first:
        return f"{say(lang, 'act.number')} {number}/{act.year}/{community}"
    known = act.kind != "D" or act.community is _UNION
    return f"{year}/{number}/{community}" if known else f"{year}/{number}"

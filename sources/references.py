"""References in a text or a question: to acts, articles, recitals, annexes, in both languages.

>>> found = find("l’art. 36, § 2, de la directive (UE) 2016/680", NamePatterns({}))
>>> found[0].work, found[0].portion
('celex:32016L0680', 'art_36.par_2')
>>> find("overweging 26 van Verordening (EU) nr. 604/2013", NamePatterns({}))[0].portion
'rct_26'

An act is found by its number, which gives its CELEX number, or by a name of the catalogue. An
article without an act is of the text that cites it (``work`` is then None).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sources.folding import fold_in_place

_KINDS = {
    "regl": "R",
    "reglement": "R",
    "verordening": "R",
    "directive": "L",
    "richtlijn": "L",
    "decision": "D",
    "besluit": "D",
    "beschikking": "D",
    "recommandation": "H",
    "aanbeveling": "H",
    "decision-cadre": "F",
    "kaderbesluit": "F",
}
_NUMBERED = re.compile(
    r"(?P<kind>decision-cadre|kaderbesluit|reglements?|directives?|decisions?|recommandations?"
    r"|verordening(?:en)?|richtlijn(?:en)?|besluit(?:en)?|beschikking(?:en)?|aanbeveling(?:en)?)"
    r"(?:\s+(?:d'execution|deleguee?|du conseil|de la commission|van de raad|van de commissie))?"
    r"\s+(?:\((?:ue|ce|cee|eu|eg|eeg|euratom|pesc|gbvb)(?:,\s*euratom)?\)\s*)?"
    r"(?P<no>n\s?[°ºor]\.?\s*)?(?P<a>\d{1,4})/(?P<b>\d{1,4})"
    r"(?P<community>/(?:ce|cee|ue|eg|eeg|eu|jai|jbz|euratom|pesc|gbvb))?(?![\w/])"
)
_BARE = re.compile(r"(?<![\w/])(?P<a>\d{1,4})/(?P<b>\d{1,4})(?:/(?:ce|cee|ue|eg|eeg|eu))?(?![\w/])")
_CELEX = re.compile(r"(?<!\w)(?:celex:)?(?P<celex>[023]\d{4}[a-z]{1,2}\d{4}(?:\(\d{2}\))?)(?!\w)")
_PART = re.compile(
    r"(?<!\w)(?:"
    r"art(?:icles?|ikel(?:en)?)?\.?\s*(?P<art>premier|\d+(?:er\b)?(?:\s?(?:bis|ter|quater|quinquies)\b)?"
    r"(?:[a-z]\b)?)"
    r"(?:(?:\s*,)?\s*(?:§+|par(?:agraphes?|\.)|l(?:id|eden))\s*(?P<par>\d+)|\.(?P<dot>\d+))?"
    r"(?:\s*,?\s*(?:premier|deuxieme|troisieme|eerste|tweede|derde)\s+alinea)?"
    r"(?:\s*,?\s*(?:points?|punt(?:en)?|onder)\s+(?P<pnt>\d+|[a-z])\b\)?)?"
    r"|(?:considerants?|overweging(?:en)?)\s*\(?(?P<rct>\d+)\)?"
    r"|(?:annexe|bijlage)\s+(?P<anx>[ivxlc]+\b|\d+)"
    r")"
)
# What may stand between an article and its act, or an act and its article.
_BETWEEN = re.compile(r"[\s,:;(]*(?:(?:de|du|des|la|le|l'|van|het|der|dans|uit|in)\s*)*")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference.

    Attributes:
        start, end: Where it stands in the text.
        work: Name of the work, None for the text itself.
        portion: Subdivision it names (ELI), None for the work as a whole.
    """

    start: int
    end: int
    work: str | None
    portion: str | None


@dataclass(frozen=True, slots=True)
class _Act:
    start: int
    end: int
    work: str


class NamePatterns:
    """Names of the catalogue, by work, compared without accents and case."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        flat = {fold_in_place(n): work for work, of in names.items() for n in of}
        self._works = flat
        alternatives = "|".join(re.escape(n) for n in sorted(flat, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if flat else None

    def find(self, text: str) -> Iterator[_Act]:
        """Names in a text folded in place."""
        if self._pattern:
            for m in self._pattern.finditer(text):
                yield _Act(m.start(), m.end(), self._works[m.group()])


def celex(kind: str, a: str, b: str, *, numbered: bool) -> str | None:
    """CELEX number of an act from the two numbers of its name; None where they are no such.

    Args:
        kind: Descriptor: R, L, D, H, F.
        a: First number of "a/b".
        b: Second number.
        numbered: Does "n°" or "nr." stand before them?

    Since 2015 the year comes first; before, it comes first in directives and decisions, and
    last in regulations and wherever "n°" stands.
    """
    last = kind == "R" and not (len(a) == 4 and 2015 <= int(a) < 2100)
    last = last or (numbered and len(b) == 4)
    year, number = (b, a) if last else (a, b)
    if len(year) <= 2:
        year = f"19{int(year):02}"
    if len(year) != 4 or not 1951 <= int(year) < 2100:
        return None
    return f"3{year}{kind}{int(number):04}"


def _acts(text: str, names: NamePatterns) -> list[_Act]:
    """Acts named in a text folded in place, none inside another."""
    found: list[_Act] = []
    for m in _NUMBERED.finditer(text):
        kind = next(v for k, v in sorted(_KINDS.items(), reverse=True) if m["kind"].startswith(k))
        if number := celex(kind, m["a"], m["b"], numbered=bool(m["no"])):
            found.append(_Act(m.start(), m.end(), f"celex:{number}"))
    found += [
        _Act(m.start(), m.end(), f"celex:{m['celex'].upper()}") for m in _CELEX.finditer(text)
    ]
    found += names.find(text)
    found.sort(key=lambda a: (a.start, -a.end))
    out: list[_Act] = []
    for act in found:
        if not out or act.start >= out[-1].end:
            out.append(act)
    return out


def find(text: str, names: NamePatterns) -> list[Reference]:
    """References in the order of the text; one that names article and act is one reference."""
    flat = fold_in_place(text)
    acts = _acts(flat, names)
    used: set[int] = set()
    found: list[Reference] = []
    for m in _PART.finditer(flat):
        if any(a.start <= m.start() < a.end for a in acts):
            continue
        n = _nearest_act(flat, m.start(), m.end(), acts)
        if n is None:
            found.append(Reference(m.start(), m.end(), None, _portion(m)))
            continue
        used.add(n)
        act = acts[n]
        start, end = min(m.start(), act.start), max(m.end(), act.end)
        found.append(Reference(start, end, act.work, _portion(m)))
    found += [Reference(a.start, a.end, a.work, None) for n, a in enumerate(acts) if n not in used]
    return sorted(found, key=lambda r: (r.start, r.end))


def _nearest_act(flat: str, start: int, end: int, acts: list[_Act]) -> int | None:
    """Place of the act that an article at ``start`` to ``end`` belongs to."""
    for n, act in enumerate(acts):
        gap = flat[end : act.start] if act.start >= end else flat[act.end : start]
        if (act.start >= end or act.end <= start) and len(gap) < 40 and _BETWEEN.fullmatch(gap):
            return n
    return None


def _portion(m: re.Match[str]) -> str:
    if m["rct"]:
        return f"rct_{m['rct']}"
    if m["anx"]:
        return f"anx_{m['anx'].upper()}"
    article = "1" if m["art"] in ("premier", "1er") else m["art"].replace(" ", "")
    portion = f"art_{article}"
    if paragraph := m["par"] or m["dot"]:
        portion += f".par_{paragraph}"
    return f"{portion}.pnt_{m['pnt']}" if m["pnt"] else portion


def bare_numbers(question: str) -> list[str]:
    """CELEX numbers that a bare "2016/680" in a question could mean, likeliest first."""
    out: list[str] = []
    for m in _BARE.finditer(fold_in_place(question)):
        for kind in "RLDH":
            for numbered in (False, True):
                number = celex(kind, m["a"], m["b"], numbered=numbered)
                if number and number not in out:
                    out.append(number)
    return out

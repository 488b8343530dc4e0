"""References in a text or a question: to acts, articles, recitals, annexes, in both languages.

>>> found = find("l’art. 36, § 2, de la directive (UE) 2016/680", NamePatterns({}))
>>> found[0].work, found[0].portion
('celex:32016L0680', 'art_36.par_2')
>>> find("overweging 26 van Verordening (EU) nr. 604/2013", NamePatterns({}))[0].portion
'rct_26'

An act is found by its number, which gives its CELEX number, or by a name of the catalogue. An
article without an act is of the text that cites it (``work`` is then None), but where an
abbreviation stands behind it that is no name of the catalogue: that is of another text.

>>> found = find("article 8, § 2, CRR", NamePatterns({}))[0]
>>> found.work, found.portion, found.of
(None, 'art_8.par_2', (16, 19))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from sources import abbreviations, pinpoints
from sources.folding import blanked, fold_in_place
from sources.pinpoints import Pinpoint

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
_NUMBER_OF_ACT = (
    r"(?P<act>(?:\((?:ue|ce|cee|eu|eg|eeg|euratom|pesc|gbvb)(?:,\s*euratom)?\)\s*)?"
    r"(?P<no>n\s?[°ºor]\.?\s*)?(?P<a>[0-9]{1,4})/(?P<b>[0-9]{1,4})"
    r"(?P<community>/(?:ce|cee|ue|eg|eeg|eu|jai|jbz|euratom|pesc|gbvb))?)(?![\w/])"
)
_NUMBERED = re.compile(
    r"(?:(?<!\w)(?:uitvoerings|gedelegeerde?\s))?(?P<kind>decision-cadre|kaderbesluit"
    r"|reglements?|directives?|decisions?|recommandations?"
    r"|verordening(?:en)?|richtlijn(?:en)?|besluit(?:en)?|beschikking(?:en)?|aanbeveling(?:en)?)"
    r"(?:\s+(?:d'execution|deleguee?s?|du conseil|de la commission|van de raad|van de commissie))?"
    rf"\s+{_NUMBER_OF_ACT}"
)
_ABOUT_THE_ACT = re.compile(r"\s*[:–—]|\s-\s")
# Another act of the same kind: "directives 2003/87/CE, 2009/29/CE et (UE) 2018/410".
_ALSO_NUMBERED = re.compile(
    rf"(?:\s*,\s*|\s*,?\s+(?:et|en|ou|of|ainsi que|alsook|&)\s+){_NUMBER_OF_ACT}"
)
_BARE = re.compile(
    r"(?<![\w/])(?P<a>[0-9]{1,4})/(?P<b>[0-9]{1,4})(?:/(?:ce|cee|ue|eg|eeg|eu))?(?![\w/])"
)
_CELEX = re.compile(
    r"(?<!\w)(?:celex:)?(?P<celex>[023][0-9]{4}[a-z]{1,2}[0-9]{4}(?:\([0-9]{2}\))?"
    r"(?:r\([0-9]{2}\))?(?:-[0-9]{8})?)(?!\w)"
)
# The address of a place, which a link in a question becomes.
_ADDRESS = re.compile(
    r"(?<!\w)(?P<work>[a-z0-9][a-z0-9:().\-_]*)@(?:fr|nl)#(?P<portion>[a-z0-9](?:[a-z0-9.()\-_]*[a-z0-9)])?)",
    re.IGNORECASE,
)
_MARKS = " -‑–'\"«»“”„"  # between the words of a name, and around it
_SMALL_WORDS = (
    "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "matiere", "par",
    "pour", "relatif", "relative", "sur", "betreffende", "een", "het", "in", "inzake", "met", "op",
    "over", "tot", "van", "voor",
)  # fmt: skip
_SAY_ENOUGH = 3  # words of a name that are no small ones
_BETWEEN_WORDS = rf"[{re.escape(_MARKS)}]+"
_START = re.compile(r"(?<!\w)(?:\w+|\S)")  # of a name, or where one may start
# What may stand between an article and its act, or an act and its article.
_BETWEEN = re.compile(
    r"[\s,:;(]*(?P<of>(?:(?:de|du|des|la|le|l'|au|a|van|het|der|dans|uit|in|bij)\s*)*)"
)
_IN_ITS = re.compile(  # "le TFUE en son article 45", "het VWEU, in zijn artikel 45"
    r"[\s,]*(?:en|dans|a|in|op)\s+(?:sons?|ses|zijn|haar|diens)\s+"
)
_NEAR = 40  # characters
_COMMA = re.compile(r"\s*,\s*")
_OF_THE_ACT = re.compile(rf"{_BETWEEN.pattern}\Z")
_BARE_PLACES = {"anx", "app"}  # an annex without a number, which is a place with its act only


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference.

    Attributes:
        start, end: Where it stands in the text.
        work: Name of the work, None for the text itself.
        portion: Subdivision it names (ELI), None for the work as a whole.
        pinpoint: The place as it was read, with every portion that it may be; None for a work as
            a whole, and where an address gives the portion.
        of: Where an abbreviation stands that names another text, which is none that is known.
    """

    start: int
    end: int
    work: str | None
    portion: str | None
    pinpoint: Pinpoint | None = None
    of: tuple[int, int] | None = None

    @property
    def readings(self) -> tuple[str, ...]:
        """The portions that it may be, the likeliest first."""
        return self.pinpoint.readings if self.pinpoint else (self.portion,) if self.portion else ()


@dataclass(frozen=True, slots=True)
class _Act:
    start: int
    end: int
    work: str
    portion: str | None = None
    is_listed: bool = False  # after another one, of which it has the kind
    is_beside: bool = False  # by a name that counts with a place alone


_DIGIT = re.compile(r"\d")  # the "(EU)" of "verordening (EU) 2031/7" is part of its number


class NamePatterns:
    """Names of texts, by work, compared without accents, case, hyphens and quotation marks; those
    of three words or more also without the small words that join them.

    >>> names = NamePatterns({"loi-1": ("loi « Police-Justice »",)})
    >>> [r.work for r in find("Que dit la loi relative à la police et la justice ?", names)]
    ['loi-1']
    """

    def __init__(
        self,
        names: Mapping[str, tuple[str, ...]],
        beside: Mapping[str, tuple[str, ...]] | None = None,
        same: Mapping[str, str] | None = None,
    ) -> None:
        """Names that are found anywhere, those that are found beside a place, and the texts that
        works are ("celex:12016E", an act by its number) which are here under another id.
        """
        self._beside, self._same = abbreviations.Known(beside or {}), same or {}
        written = {fold_in_place(n): work for work, of in names.items() for n in of}
        said = {other: work for name, work in written.items() for other in _of_the_union(name)}
        self._works = {_tokens(name): work for name, work in (said | written).items()}
        self._by_start: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(self._works, key=lambda name: len("".join(name)), reverse=True):
            if start := _START.match(name[0]):
                self._by_start.setdefault(start.group(), []).append(name)

    def beside(self, text: str, flat: str, taken: Iterable[_Act]) -> list[_Act]:
        """Names in a text, and in the same folded in place, that count beside a place alone."""
        spans = [(a.start, a.end) for a in taken]
        return [
            _Act(start, end, work, is_beside=True)
            for start, end, work in self._beside.find(text, flat)
            if not any(start < e and s < end for s, e in spans)
        ]

    def meant(self, work: str) -> str:
        """The work that another id of it means."""
        return self._same.get(work, work)

    def find(self, text: str) -> Iterator[_Act]:
        """Names in a text folded in place; where several begin, the longest."""
        end = 0
        for start in _START.finditer(text):
            if start.start() < end:
                continue
            for name in self._by_start.get(start.group(), ()):
                if m := _as_written(name).match(text, start.start()):
                    end = m.end()
                    yield _Act(m.start(), end, self._works[_tokens(m.group())])
                    break


def _of_the_union(name: str) -> Iterator[str]:
    """A folded name in which "Union européenne" is "UE", or the other way round."""
    for whole, short in (("union europeenne", "ue"), ("europese unie", "eu")):
        for one, other in ((whole, short), (short, whole)):
            if re.search(rf"\b{one}\b", name) and not _DIGIT.search(name):
                yield re.sub(rf"\b{one}\b", other, name)


def _tokens(name: str) -> tuple[str, ...]:
    """The words of a name; without the small ones, where three others are left."""
    tokens = re.split(_BETWEEN_WORDS, name.strip(_MARKS))
    content = [t for t in tokens if t not in _SMALL_WORDS]
    return tuple(content if len(content) >= _SAY_ENOUGH else tokens)


@cache
def _as_written(name: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a name by its words; made where a text may have it, for there are hundreds."""
    small = rf"(?:(?:{'|'.join(_SMALL_WORDS)}){_BETWEEN_WORDS}){{0,4}}"
    says_enough = len(name) >= _SAY_ENOUGH and not set(name).intersection(_SMALL_WORDS)
    between = _BETWEEN_WORDS + (small if says_enough else "")
    return re.compile(rf"{between.join(map(re.escape, name))}(?!\w)")


def celex(kind: str, a: str, b: str, *, numbered: bool) -> str | None:
    """CELEX number of an act from the two numbers of its name; None where they are no such.

    Args:
        kind: Descriptor: R, L, D, H, F.
        a: First number of "a/b".
        b: Second number.
        numbered: Does "n°" or "nr." stand before them?

    Since 2015 the year comes first; before, it comes first in directives and decisions, and
    last in regulations and wherever "n°" stands, or only the last can be a year ("768/2008/CE").
    """
    last = kind == "R" and not (len(a) == 4 and 2015 <= int(a) < 2100)
    last = last or (numbered and len(b) == 4) or (_is_year(b) and not _is_year(a))
    year, number = (b, a) if last else (a, b)
    if len(year) <= 2:
        year = f"19{int(year):02}"
    if not _is_year(year):
        return None
    return f"3{year}{kind}{int(number):04}"


def _is_year(figures: str) -> bool:
    return len(figures) == 4 and 1951 <= int(figures) < 2100


def act_of(title: str) -> str | None:
    """CELEX number of the act whose number a title begins with; None for any other title.

    What stands behind a dash or a colon is of a text about the act.

    >>> act_of("RÈGLEMENT (UE) 2031/55 DU CONSEIL modifiant le règlement (UE) 2019/7")
    '32031R0055'
    >>> act_of("Rectificatif au règlement (UE) 2031/55"), act_of("Richtlijn 2031/6/EU: een gids")
    (None, None)
    """
    text = fold_in_place(title)
    m = _NUMBERED.match(text)
    if m is None or _ABOUT_THE_ACT.match(text, m.end()):
        return None
    return celex(_kind(m), m["a"], m["b"], numbered=bool(m["no"]))


def _kind(numbered: re.Match[str]) -> str:
    """Descriptor of the sort of act that is named there."""
    named = numbered["kind"]
    return next(v for k, v in sorted(_KINDS.items(), reverse=True) if named.startswith(k))


def _together(text: str, first: re.Match[str]) -> Iterator[_Act]:
    """The act that is named there, and those of its kind that are listed after it."""
    kind = _kind(first)
    m: re.Match[str] | None = first
    start = first.start()
    while m and (number := celex(kind, m["a"], m["b"], numbered=bool(m["no"]))):
        yield _Act(start, m.end(), f"celex:{number}", is_listed=m is not first)
        m = _ALSO_NUMBERED.match(text, m.end())
        start = m.start("act") if m else 0


def _acts(text: str, names: NamePatterns, addresses: Iterable[_Act]) -> list[_Act]:
    """Acts named in a text folded in place, none inside another."""
    found = list(addresses)
    found += chain.from_iterable(_together(text, m) for m in _NUMBERED.finditer(text))
    found += [
        _Act(m.start(), m.end(), f"celex:{m['celex'].upper()}") for m in _CELEX.finditer(text)
    ]
    found += names.find(text)
    found.sort(key=lambda a: (a.start, -a.end))
    out: list[_Act] = []
    for act in found:
        if not out or act.start >= out[-1].end:
            out.append(replace(act, work=names.meant(act.work)))
    return out


def find(text: str, names: NamePatterns) -> list[Reference]:
    """References in the order of the text; one that names article and act is one reference."""
    flat = fold_in_place(text)
    addresses = (_Act(m.start(), m.end(), m["work"], m["portion"]) for m in _ADDRESS.finditer(text))
    acts = _acts(flat, names, addresses)
    beside = names.beside(text, flat, acts)
    acts = sorted([*acts, *beside], key=lambda a: a.start)
    places = blanked(_with_acts_aside(text, flat, acts), ((a.start, a.end) for a in beside))
    used: set[int] = set()
    found: list[Reference] = []
    for listed in _listed(pinpoints.find(places, bare=True)):
        if any(a.start <= listed[0].start < a.end for a in acts):
            continue
        n = _nearest_act(flat, listed[0].start, listed[-1].end, acts)
        if n is None and listed[0].portion in _BARE_PLACES:
            continue
        work, of, spans = None, None, [(p.start, p.end) for p in listed]
        if n is None:
            of = abbreviations.behind(text, listed[-1].end)
        else:
            used.add(n)
            work = acts[n].work
            spans[0] = min(spans[0][0], acts[n].start), spans[0][1]
            spans[-1] = spans[-1][0], max(spans[-1][1], acts[n].end)
        found += [
            Reference(*span, work, p.portion, p, of) for span, p in zip(spans, listed, strict=True)
        ]
        while n is not None and n + 1 < len(acts) and acts[n + 1].is_listed:
            n += 1
            used.add(n)
            found += _in_another(listed, acts[n])
    found += [
        Reference(a.start, a.end, a.work, a.portion)
        for n, a in enumerate(acts)
        if n not in used and not a.is_beside
    ]
    return sorted(found, key=lambda r: (r.start, r.end))


def _in_another(listed: list[Pinpoint], act: _Act) -> Iterator[Reference]:
    """Places in an act that is listed after theirs: "article 2 des directives A et B"."""
    for p in listed:
        there = replace(p, start=act.start, end=act.end, opens=False)
        yield Reference(act.start, act.end, act.work, p.portion, there)


def _with_acts_aside(text: str, flat: str, acts: list[_Act]) -> str:
    """The text without the acts that stand within a place: "annexe de la directive A, point 2"."""
    for act in acts:
        comma = _COMMA.match(text, act.end)
        behind = text[comma.end() : comma.end() + _NEAR] if comma else ""
        following = pinpoints.find(behind, inner=True)[:1]
        if following and following[0].inner and following[0].start == 0:
            of = _OF_THE_ACT.search(flat, 0, act.start)
            text = blanked(text, [(of.start() if of else act.start, act.end)])
    return text


def _listed(found: list[Pinpoint]) -> list[list[Pinpoint]]:
    """Places that are named together, of one act: "articles 2 et 3"."""
    together: list[list[Pinpoint]] = []
    for p in found:
        if p.opens:
            together.append([])
        together[-1].append(p)
    return together


def _nearest_act(flat: str, start: int, end: int, acts: list[_Act]) -> int | None:
    """Place of the act that an article at ``start`` to ``end`` belongs to.

    Between two acts, it is of the one behind it where a word says so, or an abbreviation stands
    there: "la directive A, l'article 2 de la directive B", "RGPD, article 6 CEDH".
    """
    near: list[int] = []
    for n, act in enumerate(acts):
        if start <= act.start < end:
            return n
        behind = act.start >= end
        gap = flat[end : act.start] if behind else flat[act.end : start]
        between = _BETWEEN.fullmatch(gap) if len(gap) < _NEAR else None
        if between and behind and (between["of"] or act.is_beside):
            return n
        between = between or (None if behind else _IN_ITS.fullmatch(gap))
        if between and (behind or act.end <= start):
            near.append(n)
    return near[0] if near else None


def is_of(gap: str) -> bool:
    """Does what stands between a place and a text say that it is a place of that text?

    >>> is_of(" de la "), is_of(", ")
    (True, False)
    """
    between = _BETWEEN.fullmatch(fold_in_place(gap))
    return between is not None and bool(between["of"])


def bare_numbers(question: str) -> Iterator[tuple[int, int, list[str]]]:
    """Where a question has a bare "2016/680", in characters, and the CELEX numbers that it could
    mean, likeliest first.
    """
    for m in _BARE.finditer(fold_in_place(question)):
        meant = (
            celex(kind, m["a"], m["b"], numbered=numbered)
            for kind in "RLDH"
            for numbered in (False, True)
        )
        yield m.start(), m.end(), list(dict.fromkeys(filter(None, meant)))

"""Numbers as sentences give them: with a bound, a range, a unit and what they are for each.

"Au plus 35 euros par jour", "tussen drie en vijf dagen", "neuf d'entre elles": a part of any of
these would say something else. They are found in text that is folded in place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assistant import measures
from index.tokens import STOP, stem
from sources.anchor import LANGS, other
from sources.folding import alternatives, fold, fold_in_place
from sources.numbering import ORDINAL_WORD
from sources.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.answer_type import AnswerType

#: Without it "more than three" would be quoted as three, and "not less than ten" as less than ten.
BOUND = (
    r"(?:\b(?:n(?:e |')(?:peu(?:t|vent) |doi(?:t|vent) )?(?:pas )?"
    r"(?:depass\w+|exced\w+|(?:est|sont|etre|soit|soient) (?:pas )?"
    r"(?:superieure?s?|inferieure?s?) [aà])(?: pas)?|sans (?:depasser|exceder)"
    r"|plus de|moins de|plus d'|moins d'|au moins|au plus|au maximum|au minimum"
    r"|jusqu'[aà]|environ|pres de"
    r"|(?:superieure?s?|inferieure?s?|egale?s?|egaux) (?:ou (?:egale?s?|egaux) )?[aà]"
    r"|(?:niet )?(?:meer|minder|langer|later|hoger|lager|korter|vroeger) dan(?: of gelijk aan)?"
    r"|gelijk aan"
    r"|minstens|ten minste|hoogstens|ten hoogste|maximaal|minimaal|maximum"
    r"|minimum|tot|ongeveer|circa|bijna) |[≤≥<>±≈~]=? ?)?"
)
_BOUND_BEHIND = (
    r"(?: (?:au (?:maximum|minimum|plus|moins)|maximum|minimum|ou (?:plus|moins|davantage)"
    r"|of (?:meer|minder)|ten (?:hoogste|minste)|hoogstens|minstens)\b)?"
)
WHICH_DAYS = (  # five days are not five working days
    r"(?: (?:ouvrables?|ouvrée?s?|calendaires?|calendrier|civile?s?|francs|franches"
    r"|consécuti(?:fs|ves))\b)?"
)
# "2½", "10⁶", "3 × 10^-6" are other numbers without what is raised or multiplied.
_NUMBER = r"(?:(?>\d+(?:[ .,/]\d+)*)(?: ?[½⅓⅔¼¾⅛]|\^[-−]?\d+|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|[½⅓⅔¼¾⅛])"
_FIGURE = (  # a "-" that heads a text may be the sign of a list; "0,25 × N" is no number
    rf"(?:(?:−(?=\d)|(?<=[ (])-(?=\d)|\b)(?>{_NUMBER}(?: ?[×·*x] ?{_NUMBER})*)(?! ?[×·^])"
    rf"|\b{NUMBER_WORDS}\b)"
)
_OUT_OF = (  # "vier van de elf" is neither four nor eleven alone
    rf"(?:(?:{_FIGURE}|\b(?:une?|een)) "
    r"(?:van (?:de |het )?|des |sur (?:les )?|op (?:de )?|parmi les ))?"
)
_OF_THEM = r"(?: d'entre (?:elles|eux)| (?:van|onder) (?:hen|deze|die)\b)"
_SIZE = (  # "2 millions d'euros", "2 millions de mètres cubes"
    r"(?:(?P<size> (?:millions?|milliards?|miljoen|miljard))(?: d(?=')| de(?= ))?)?"
)
_STOPS = alternatives(word for lang in LANGS for word in STOP[lang])
_NOUN = rf"(?!(?:{_STOPS})(?![\w-]))[^\W\d_]{{3,}}(?:-[^\W\d_]+)*"
# Before a number that leaves out of what it is.
_PARTITIVE = re.compile(
    r"(?:\bdont|\bwaarvan|\bvan wie|\bparmi (?:lesquel(?:le)?s|eux|elles)|\bonder wie|\ber) $"
)
_WHOLE = re.compile(
    r"\b(?:van de|van het|onder de|sur les|parmi les|des) $"
)  # before what others are of
_BEFORE = 40  # signs before a number that are looked at for these
_SIGNS = {"procent": "%", "percent": "%", "pourcent": "%", "pourcentag": "%", "euro": "€"}
_NO_TIME = ("length", "speed")  # measures of what "hoe lang", "hoe snel" asks for as well
_ONE = re.compile(r"\b(?:une?|een) (?P<noun>[^\W\d_]{3,})")


class Quantity(NamedTuple):
    """A number in a sentence.

    Attributes:
        start, end: Where it stands, with all that belongs to it.
        written: That, folded.
        number_end: Where the number itself ends.
        unit: Of a measure, folded; "" for none.
        noun: What it is a number of, folded, as far as that stands behind it; "" for none.
        is_rank: Is it an ordinal?
        is_bare: Does it leave out of what it is: "dont trente", "waarvan 300 in …"?
        is_part: Does it say of what others before it say the whole?
        is_whole: Does it say out of how many others are: "van de twaalf …"?
    """

    start: int
    end: int
    written: str
    number_end: int
    unit: str
    noun: str
    is_rank: bool
    is_bare: bool
    is_part: bool
    is_whole: bool

    @property
    def is_named(self) -> bool:
        """Is it said of what it is a number?"""
        return bool(self.unit or self.noun)


@cache
def _pattern() -> re.Pattern[str]:
    unit = rf"(?:{measures.units()})(?!\w)"
    first = rf"{_FIGURE}(?: ?{unit})?"
    up_to = (  # "tussen drie en vijf dagen", "de 50 à 350 euros", "3-5 jours"
        rf"(?:(?:(?:entre|tussen) {first} (?:et|en) "
        rf"|(?:\b(?:de|van) )?{first}(?: (?:à|tot(?: en met)?|t/m|[-–]) |[-–]))(?={_FIGURE}))?"
    )
    each = rf"(?:\w+en? {_NOUN}|{_NOUN}){fold(WHICH_DAYS)}"  # "per volledige maand"
    per = (
        rf"(?:(?:(?: (?:et|en))? (?:par|per) (?!(?:rapport|exemple|ailleurs)\b)"
        rf"(?:{_FIGURE} )?{each})+"
        rf"| (?:de )?l'(?:heure|an)\b| le {unit})?"
    )
    return re.compile(
        rf"(?:\bart(?:\.|icle|ikel) )?{BOUND}(?P<before>(?:€|\beur) ?)?{up_to}{_OUT_OF}"
        rf"(?P<number>\b(?P<rank>{fold(ORDINAL_WORD)})\b|{_FIGURE})(?P<them>{_OF_THEM})?"
        rf"{_SIZE}(?:[ ']?(?P<unit>{unit}){per}(?=(?: de| d')? ?(?P<of>{_NOUN})?)"
        rf"|[ '](?P<noun>{_NOUN}){fold(WHICH_DAYS)}{per})?{_BOUND_BEHIND}"
    )


def _folded(text: str) -> str:
    """A text folded in place, but for "à": "40 hectares à 300" is a range, "40 hectares a" none."""
    folded = fold_in_place(text)
    return "".join("à" if sign in "àÀ" else plain for sign, plain in zip(text, folded, strict=True))


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers of a text, from left to right."""
    folded = _folded(text)
    for m in _pattern().finditer(folded):
        noun = m["of"] or m["noun"] or ""
        before = folded[max(0, m.start() - _BEFORE) : m.start()]
        unit = m["unit"] or ("€" if m["before"] else "")
        is_part = bool(m["them"] or _PARTITIVE.search(before))
        yield Quantity(
            *m.span(),
            written=fold(text[slice(*m.span())]),
            number_end=max(map(m.end, ("number", "them", "size"))),
            unit=unit,
            noun=noun,
            is_rank=bool(m["rank"]),
            is_bare=is_part or not (unit or noun or m["rank"]),
            is_part=is_part,
            is_whole=bool(_WHOLE.search(before)),
        )


def quantity(text: str) -> Quantity | None:
    """What a text is, where it is one number with all that belongs to it."""
    return next((q for q in quantities(text) if (q.start, q.end) == (0, len(text))), None)


def is_counted(number: Quantity, kind: AnswerType) -> bool:
    """Is a number one of what a query wants counted ("werkdagen" are "dagen")? A rank is none."""
    if number.is_rank:
        return False
    signs = {_SIGNS.get(what) for what in kind.counted}
    return number.unit in signs or any(
        is_of_kind(noun, kind) for noun in (number.noun, *number.unit.split()) if noun
    )


def is_of_kind(noun: str, kind: AnswerType) -> bool:
    """Is a noun that of what a query wants counted?"""
    for named in (fold(noun), *fold(noun).split("-")[:1]):
        if stem(named, other(kind.lang)) in kind.counted_there:  # of a text in the other language
            return True
        what = stem(named, kind.lang)
        if any(what == c or (kind.lang == "nl" and what.endswith(c)) for c in kind.counted):
            return True
        # "personeelsleden" are "personeel", but "havenwerkers" no "havens"
        if kind.lang == "nl" and not kind.is_count and what.startswith(tuple(kind.counted)):
            return True
    return False


def single_things(kind: AnswerType, text: str) -> list[tuple[int, int]]:
    """Where a text has one of what is counted ("un gardien par quai"): an article, perhaps."""
    if not kind.counted:
        return []
    none = [(q.start, q.end) for q in quantities(text)]
    found = (m for m in _ONE.finditer(fold_in_place(text)) if is_of_kind(m["noun"], kind))
    return [m.span() for m in found if not any(a <= m.start() < b for a, b in none)]


def wanted(
    found: list[Quantity], kind: AnswerType, measure: measures.Measure | None
) -> list[tuple[int, int]]:
    """Where those of some numbers of a sentence stand that are of what a query wants.

    They are those of what it wants counted, and those beside them that leave it out; else lengths
    of time, or those of a measure, where it wants one; else the only one of what things are counted
    by; else, where it names none of these, all.
    """
    counted = [q for q in found if is_counted(q, kind)]
    if counted:
        bare = [q for q in found if q.is_bare and q not in counted]
        out_of = [q for q in counted if q.is_whole and any(q.end <= b.start for b in bare)]
        chosen = [*(q for q in counted if q not in out_of), *bare]
        return sorted((q.start, q.number_end if q in bare else q.end) for q in chosen)
    if kind.is_span:
        spans = [q for q in found if kind.has_span(f"1 {q.unit or q.noun}")]
        found = spans or _given_in((measures.measures()[m] for m in _NO_TIME), found)
    elif measure:
        found = _given_in((measure,), found)
    elif kind.names_amount:  # things are counted in no unit
        measured = [] if kind.is_count else [q for q in found if q.unit]
        things = [q for q in found if not q.unit]
        found = measured or (things if len(things) == 1 else [])
    return [(q.start, q.end) for q in found]


def _given_in(of: Iterable[measures.Measure], found: list[Quantity]) -> list[Quantity]:
    """The numbers that are given in a unit of some measures; where none is, those without any."""
    measured = tuple(of)
    given = [q for q in found if any(m.has(q.unit or q.noun) for m in measured)]
    return given or [q for q in found if not q.is_named]

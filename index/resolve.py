"""From a place that is named (work and portion) to the passages of a build that it means.

Numbers are compared as :func:`sources.numbering.key` has them, so a spelling does not matter, and
the number of another place never does: article 3 is not article 3 bis, and where a text has no
article 3 sexies, none is found. Where a text counts from 1 again ("art_2", "art_2(2)"), all that
have a number are meant by it; that of a protocol or an annex may stand in a heading alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.build import Build
from sources.anchor import Anchor, Lang, levels, other, word_at
from sources.locator import portion as printed
from sources.locator import steps_of
from sources.model import Passage
from sources.numbering import LATIN, arabic, key
from sources.pinpoints import Pinpoint, find, numbers_between

_Keys = tuple[tuple[str, str], ...]  # word and number of each step
_WITHIN = {"pnt", "sub", "blt"}  # may be inside a passage, without an address of their own
# Numbered in Roman or other figures, as the printer liked it; "ANNEXE" alone is the first.
_EITHER_FIGURES = {"anx", "app", "prc", "prt", "bok", "ttl", "cpt", "sct", "sbs"}
_RANGE = re.compile(r"(\d+)-(\d+)")
_AGAIN = re.compile(r"(?<=.)\(\d+\)$")  # printed for the second time or more often
_IN_HEADINGS = {"anx", "app", "prc"}  # what articles that begin again at 1 are of
_ANNEX = re.compile(r"(?:annexe|bijlage)\b", re.IGNORECASE)
_DASH = re.compile(r"^[—–•·▪*\-]\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a place that is named means in a text.

    Attributes:
        passages: Its passages, in reading order.
        missing: Portions of it that the text does not have.
    """

    passages: tuple[Passage, ...]
    missing: tuple[str, ...] = ()


def resolve(build: Build, work: str, portion: str, lang: Lang) -> list[Passage]:
    """Passages of a portion, in reading order; empty where the work has no such portion.

    A portion that is larger than a passage (an article of several paragraphs) gives all of its
    passages; one that is smaller (a point of a paragraph) gives the passage that it is in. The
    official text in ``lang`` is preferred.
    """
    return _resolved(build, work, portion, lang, sure=False)


def _resolved(build: Build, work: str, portion: str, lang: Lang, *, sure: bool) -> list[Passage]:
    """The same; ``sure`` asks that a passage shows the point or the alinea that is in it."""
    languages = (lang, other(lang))
    wanted = _keys(portion)
    if not wanted:
        return next((f for la in languages if (f := _counted(build, work, la, portion))), [])
    for end in range(len(wanted), 0, -1):
        inside = wanted[end:]
        if any(word not in _WITHIN for word, _ in inside):
            break
        for la in languages:
            around = _at(build, work, la, wanted[:end])
            if found := _having(around, wanted[:end], inside) or ([] if sure else around):
                return found
    return []


def resolve_any(build: Build, work: str, readings: Sequence[str], lang: Lang) -> list[Passage]:
    """Passages of the first of some portions that the work has."""
    each = ((r, sure) for sure in (True, False) for r in readings)
    return next((f for r, sure in each if (f := _resolved(build, work, r, lang, sure=sure))), [])


def has_any(build: Build, work: str, readings: Sequence[str]) -> bool:
    """Has a work one of some portions, in any language?"""
    return bool(resolve_any(build, work, readings, "fr"))  # falls back on the other language


def neighbour(build: Build, work: str, portion: str, word: str, by: int, lang: Lang) -> str | None:
    """The place of a sort (``word``: "art", "par") that stands ``by`` places after a portion in a
    text, as its text has it; None where the portion is in none, or there is none there.

    Paragraphs are counted within their article.
    """
    here = resolve(build, work, portion, lang)[:1]
    steps = levels(here[0].anchor.portion) if here else []
    at = next((n for n, step in enumerate(steps) if word_at(step, 0) == word), None)
    if at is None:
        return None
    places = dict.fromkeys(
        tuple(own[: at + 1])
        for p in build.document(work, here[0].anchor.lang)
        if (own := levels(p.anchor.portion))[:at] == steps[:at]
        and own[at:]
        and word_at(own[at], 0) == word
    )
    order = [".".join(place) for place in places]
    there = order.index(".".join(steps[: at + 1])) + by
    return order[there] if 0 <= there < len(order) else None


def resolve_pinpoint(build: Build, work: str, place: Pinpoint, lang: Lang) -> Resolved:
    """What a place that is named means; of a range, also what was inserted between its numbers."""
    if not place.last:
        each = (_resolved(build, work, r, lang, sure=True) for r in place.readings)
        found = next(filter(None, each), [])
        return Resolved(tuple(found), () if found else (place.portion,))
    counted = numbers_between(place.portion, place.last) or [place.portion, place.last]
    found_at = {n: _resolved(build, work, n, lang, sure=True) for n in counted}
    missing = tuple(n for n, found in found_at.items() if not found)
    there = [p for found in found_at.values() for p in found]
    if not there:
        return Resolved((), missing)
    document = build.document(work, there[0].anchor.lang)
    order = {p.anchor: n for n, p in enumerate(document)}
    places = [order[p.anchor] for p in there if p.anchor in order]
    word, above = _keys(place.portion)[-1][0], _keys(place.portion)[:-1]
    between = [
        p
        for p in document[min(places) : max(places) + 1]
        if (keys := _keys(p.anchor.portion))[: len(above)] == above
        and [w for w, _ in keys[len(above) :]][:1] == [word]
    ]
    return Resolved(tuple(between or there), missing)


def once(number: str) -> str:
    """A number, or a place, without the count of those before it that have the same.

    >>> once("art_2(3)"), once("anx_II")
    ('art_2', 'anx_II')
    """
    return _AGAIN.sub("", number)


def is_within(portion: str, around: str) -> bool:
    """Is a place that is named the other one, or in it?

    >>> is_within("art_3.par_2", "art_3"), is_within("art_3bis", "art_3")
    (True, False)
    """
    wanted = _keys(around)
    return bool(wanted) and _begins(_keys(portion), wanted)


@lru_cache(maxsize=100_000)
def _keys(portion: str) -> _Keys:
    """The steps of a portion with their numbers as they are compared; none for a declaration."""
    steps = steps_of(portion)
    numbers = ((s.word, key(once(s.number))) for s in steps)
    return tuple(numbers) if printed(steps) == portion else ()


def _counted(build: Build, work: str, lang: Lang, portion: str) -> list[Passage]:
    """Passages of a declaration, whose portions are numbers without words ("2.6")."""
    own = build.by_anchor.get(Anchor(work, lang, portion))
    below = (p for p in build.document(work, lang) if p.anchor.portion.startswith(f"{portion}."))
    return [*([own] if own else []), *below]


def _at(build: Build, work: str, lang: Lang, wanted: _Keys) -> list[Passage]:
    """The passages at a place: right there, or further down where steps between are not named."""
    document = [(p, _keys(p.anchor.portion)) for p in build.document(work, lang)]
    right_there = [p for p, have in document if _begins(have, wanted)]
    return (
        right_there
        or [p for p, have in document if _holds(have, wanted)]
        or [p for p, have in document if _among(p, have, wanted)]
        or [p for p, have in document if _under(p, have, wanted)]
    )


def _begins(have: _Keys, wanted: _Keys) -> bool:
    return len(have) >= len(wanted) and all(map(_same, have, wanted))


def _holds(have: _Keys, wanted: _Keys) -> bool:
    """Does a portion begin with the first step, and have the others somewhere below it?"""
    if not have or not _same(have[0], wanted[0]):
        return False
    rest = iter(have[1:])
    return all(any(_same(step, want) for step in rest) for want in wanted[1:])


def _among(passage: Passage, have: _Keys, wanted: _Keys) -> bool:
    """Does a passage stand under several articles, with the one that is wanted among them?

    Its heading says so ("Articles 4 à 6"): article "4-6" may also be one that was inserted.
    """
    if len(wanted) != 1 or not have or not passage.headings or have[0][0] != wanted[0][0]:
        return False
    ends, number = _RANGE.fullmatch(have[0][1]), wanted[0][1]
    if ends is None or not number.isdigit():
        return False
    said = re.search(rf"\b{ends[1]}\s(?:et|en|à|tot)\b.*\b{ends[2]}\b", passage.headings[-1])
    return said is not None and int(ends[1]) <= int(number) <= int(ends[2])


def _under(passage: Passage, have: _Keys, wanted: _Keys) -> bool:
    """Does a passage stand under a heading that names the first step ("PROTOCOLE N° 1 RELATIF AU
    DRAGAGE"), with the others in its portion?
    """
    if wanted[0][0] not in _IN_HEADINGS or not _begins(have, wanted[1:]):
        return False
    return any(_same(step, wanted[0]) for h in passage.headings if (step := _named_by(h)))


@lru_cache(maxsize=10_000)
def _named_by(heading: str) -> tuple[str, str] | None:
    """The place that a heading begins by naming."""
    first = next(iter(find(heading)), None)
    if first and first.start == 0:
        return _keys(first.portion)[0]
    return ("anx", "") if _ANNEX.match(heading) else None


def _same(have: tuple[str, str], wanted: tuple[str, str]) -> bool:
    if have == wanted:
        return True
    if have[0] != wanted[0]:
        return False
    if have[0] == "pnt":  # point 11 is all of 11.1 to 11.7
        return have[1].startswith(f"{wanted[1]}.")
    if have[0] not in _EITHER_FIGURES:
        return False
    if not wanted[1]:  # "the annex", whatever number the only one has
        return True
    return (_value(have[1] or "1") or -1) == _value(wanted[1])


def _value(number: str) -> int | None:
    return int(number) if number.isdigit() else arabic(number)


def _having(found: list[Passage], at: _Keys, inside: _Keys) -> list[Passage]:
    """Those of the passages at a place that have what is named within it."""
    for word, number in inside:
        if word == "sub":  # alineas are those of the text that stands there itself
            found = [p for p in found if len(_keys(p.anchor.portion)) == len(at)]
        found = [p for p in found if _has(p, word, number)]
    return found


def _has(passage: Passage, word: str, number: str) -> bool:
    """Does a passage have an alinea, an indent, or a point of that number?"""
    text = passage.text
    if word == "sub":
        return number.isdigit() and len(text.split("\n")) >= int(number)
    if word == "blt":
        return number.isdigit() and len(_DASH.findall(text)) >= int(number)
    return _label(number).search(text) is not None


@lru_cache(maxsize=1000)
def _label(number: str) -> re.Pattern[str]:
    """The label of a point in running text: "a)", "(ii)", "2°", "3 bis."."""
    found = re.fullmatch(rf"(?P<bare>.+?)(?P<suffix>{LATIN})?", number)
    bare, suffix = (found["bare"], found["suffix"]) if found else (number, None)
    inserted = rf"\s?(?:{LATIN})" if suffix else ""
    printed = re.escape(bare) + inserted
    opens_line = rf"|^{printed}\s" if "." in bare else ""  # "6.6.2 Les entités"
    return re.compile(
        rf"(?<![\w.]){printed}\s?(?:[)°]|\.(?=\s)){opens_line}", re.IGNORECASE | re.MULTILINE
    )

"""Places within a text, as French and Dutch name them: the one grammar of them.

A place is named from the widest step to the nearest ("article 3, § 1er, point a)"), the other way
round ("het tweede lid van artikel 3"), or glued ("art. 6(1)(f)", "art. 6.1.f"). Several are listed
("articles 2 et 3", "§ 1 et § 2 bis") or make a range ("artikelen 5 tot en met 7"):

>>> [p.portion for p in find("les articles 2, 3 sexies et 57/6, § 2, point c)")]
['art_2', 'art_3sexies', 'art_57-6.par_2.pnt_c']
>>> [p.portion for p in find("het tweede lid van artikel 3 en de overwegingen 1 en 2")]
['art_3.par_2', 'rct_1', 'rct_2']
>>> [(p.portion, p.last) for p in find("des articles 5 à 7")]
[('art_5', 'art_7')]

What is named does not always tell what is meant: "art. 3.2" may be paragraph 2 of article 3 or an
article of that number, and "lid 2" of a Belgian law is an alinea. Such a place has several
readings, the likeliest first; which of them a text has, :mod:`index.resolve` tells.

>>> find("art. 3.2")[0].readings
('art_3.par_2', 'art_3.2')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise, product

from sources.locator import Step, Steps, portion, steps_of, words_above
from sources.numbering import (
    CARDINAL,
    END,
    LATIN,
    LETTER,
    NUMBER,
    ORDINAL,
    arabic,
    article,
    canonical,
    letters,
    ordinal,
    place_of,
    roman,
    spelled,
)

# What is numbered through a text.
_WHOLES = {
    "art": r"art(?:icles?|ikel(?:en|s)?|s)?(?![a-zé])\.?",
    "rct": r"consid[ée]rants?|overweging(?:en)?",
    "anx": r"annexes?|bijlagen?",
    "app": r"appendices?|aanhangsels?",
    "prc": r"protoc(?:oles?|ol(?:len)?)",
}
# What is numbered within one of them, the widest first; "" is passed over.
_PARTS = {
    "prt": r"parties?(?! introductive)|delen|deel",
    "bok": r"livres?|boek(?:en)?",
    "ttl": r"titres?|titels?",
    "cpt": r"chapitres?|hoofdstuk(?:ken)?",
    "sct": r"sections?|afdeling(?:en)?",
    "sbs": r"sous-sections?|onderafdeling(?:en)?",
    "par": r"paragraphes?|paragra(?:af|fen)|par\.|§{1,2}",
    "lid": r"lid|leden",
    "sub": r"alin[ée]as?|alinea's|al\.",
    "pnt": r"(?:(?:sous|sub|onder)\s+)?(?:points?|punt(?:en)?|pt\.|onderde(?:el|len)"
    r"|lettres?|letters?|litt[eé]ra[es]?|litt?\.)",
    "blt": r"tirets?|streepjes?",
    "": r"phrases?|(?:vol)?zin(?:nen)?|partie introductive|aanhef",
}
#: Those that articles are in.
DIVISIONS = {"prt", "bok", "ttl", "cpt", "sct", "sbs"}
_LETTERED = {*DIVISIONS, "pnt"}  # may have a letter or a Roman number
_ATTACHED = {"anx", "app", "prc"}  # may have articles, and what is in _PARTS, of their own
_ALONE = {"anx", "app"}  # may be the only one of a text, which has no number
_DEPTH = {word: depth for depth, word in enumerate(_PARTS)}
_MANY = re.compile(r"(?:.*(?:s|en|ae)|§§)\.?", re.IGNORECASE)


def _names(of: dict[str, str]) -> str:
    return "|".join(f"(?P<{word or 'none'}>{names})" for word, names in of.items())


_COUNTED = r"\s*(?i:n\s?[°ºor]{1,2}\.?\s*|num[ée]ro\s+|nummer\s+)?"
_WHOLE = re.compile(rf"(?i:(?<!\w)(?:{_names(_WHOLES)})){_COUNTED}")
_WHOLE_AGAIN = re.compile(rf"(?i:(?:l')?(?:{'|'.join(_WHOLES.values())})){_COUNTED}")
_PART = re.compile(rf"(?i:(?<!\w)(?:{_names(_PARTS)})(?![a-zé])){_COUNTED}")
_ORDERED_WHOLE = re.compile(
    rf"(?<!\w)(?P<ordinal>{ORDINAL}|(?i:enig|unique))\s+"
    rf"(?i:{_names(_WHOLES)})(?!\w)(?!\s*[0-9])"
)
_ORDINALS = re.compile(
    rf"(?<!\w)(?P<ordinals>{ORDINAL}(?:(?:,\s*|\s+(?i:et|en|ou|of)\s+){ORDINAL})*)\s+"
    rf"(?i:{_names(_PARTS)})(?![a-zé])"
)
_NTH = r"[0-9]+\s?i?[eè]me"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?:(?P<number>(?:{_NTH}|{CARDINAL}|{NUMBER})){END})(?(open)\))"
)
_FIGURES = re.compile(rf"(?P<number>(?i:premi(?:er|ère))(?!\w)|(?=[0-9]){NUMBER}){END}")
_LETTER = rf"(?:[a-zA-Z]{{1,2}}|[ivxlIVXL]{{3,6}})(?:\s?{LATIN})?"
_LABEL = re.compile(
    rf"\(?(?P<number>(?=[0-9]){NUMBER}|(?i:premi(?:er|ère))|{_LETTER}(?=\))"
    rf"|(?:[a-zA-Z]|(?P<twice>[a-z])(?P=twice)|[ivxl]{{2,6}}|[IVXL]{{2,6}})(?:\s?{LATIN})?)"
    r"(?![\w'])(?:\s?°)?\)?"
)
# Points that no word announces, after what they are points of: "2°", "a)", "(f)".
_BARE_POINT = re.compile(rf"(?P<number>[0-9]+\s?°(?:\s?{LATIN})?|\(?(?:[0-9]+|{_LETTER})\))(?!\w)")
_LISTED_POINT = re.compile(
    rf"(?i:(?<!\w)(?:sous|sub|onder))\s+(?={_BARE_POINT.pattern}|[a-z](?!\w))"
)
_GLUED = re.compile(rf"\s?\((?P<number>[0-9]+(?:\s?{LATIN})?|{_LETTER})\)")

_ARTICLE = r"(?:(?:à\s)?l'|(?:le|la|les|het|de|aux?|in|aan)\s+)?"
_AND = r"(?:et|en|ou|of|ainsi\s+que|alsook|evenals|&)\s+"
_JOINT = re.compile(rf"(?i:\s*(?P<comma>,)?\s*(?P<and>{_AND})?{_ARTICLE})")
_COMMA = re.compile(rf"(?i:\s*,\s*|\s+(?P<and>{_AND}))")
_TO = re.compile(r"(?i:\s*(?:[–—]|(?:jusqu')?(?:à|(?P<bare>a))\s|t/m|tot(?:\s+en\s+met)?\s)\s*)")
_OF = re.compile(
    r"(?i:\s*,?\s*(?:(?:de|à|dans|sous)\s+(?:l'|la\s+)?|du\s+|des\s+|au\s+"
    r"|(?:van|uit|bij|in)\s+(?:het\s+|de\s+)?))"
)
# What may follow a number that only "et" or a comma joins to "article 3".
_ENDS = re.compile(r"(?i:\s*(?:$|[?!.,;:)»\"]|(?:du|des?|d'|van|uit|bij|in|et|en|ou|of)(?!\w)))")
_OF_A_POINT = re.compile(r"\s?[°)]")
# A small letter that stands apart, where it can be no verb or preposition.
_APART = re.compile(r"\s[a-z](?=\s*(?:$|[?!.,;)]|(?:du|des?|van|uit)\s))")
_DOTTED = re.compile(r"(?P<art>[0-9]+[a-z]*)\.(?P<par>[0-9]+[a-z]*)(?:\.(?P<pnt>[a-z]))?")
_NTH_ARTICLE = re.compile(r"(?P<figures>[0-9]+)e")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "\u2010": "-", "\u2011": "-"})
_MOST = 500  # numbers of a range that are told one by one
_LETTER_ALONE = re.compile(f"{LETTER}|{LETTER.upper()}")
_DEEPEST = 6  # places that one is named to be in: "point a) du paragraphe 1 de l'article 3"
_FEW = 8  # readings of one place
_PLACES = 100  # that a list within a list names


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """One place that is named.

    Attributes:
        start, end: Where it stands in the text.
        readings: The portions that it can mean, the likeliest first.
        last: Of a range, the portion of its last place; "" otherwise.
        inner: Does it name only what is within something ("paragraph 2"), and not of what?
        opens: Are all its words at its place? Of "articles 2 et 3", those of "3" are not.
        written: Its steps as they are written, each a word and a number.
    """

    start: int
    end: int
    readings: tuple[str, ...]
    last: str = ""
    inner: bool = False
    opens: bool = True
    written: tuple[tuple[str, str], ...] = ()

    @property
    def portion(self) -> str:
        """The likeliest reading."""
        return self.readings[0]

    @classmethod
    def at(cls, portion: str, start: int = 0, end: int = 0) -> Pinpoint:
        """The place that has an address."""
        return cls(start, end, (portion,))

    def within(self, around: str) -> Pinpoint:
        """An inner place, within or beside the one that has been spoken of.

        >>> find("et le paragraphe 2 ?", inner=True)[0].within("art_3.par_1").portion
        'art_3.par_2'
        """
        above = steps_of(around)
        word, number = self.written[0]
        while len(above) > 1 and _closes(above[-1], word, number, beside=True):
            above = above[:-1]
        readings = _readings(self.written, above)
        end = f"{readings[0].rpartition('_')[0]}_{self.last.rpartition('_')[2]}"
        return replace(self, readings=readings, last=self.last and end, inner=False)


def numbers_between(first: str, last: str) -> list[str]:
    """The portions from ``first`` to ``last``, both included, where their numbers can be counted.

    >>> numbers_between("art_5", "art_7"), numbers_between("art_2.pnt_a", "art_2.pnt_c")
    (['art_5', 'art_6', 'art_7'], ['art_2.pnt_a', 'art_2.pnt_b', 'art_2.pnt_c'])
    >>> numbers_between("art_5bis", "art_7")
    []
    """
    above, _, start = first.rpartition("_")
    return [f"{above}_{number}" for number in _counted(start, last.rpartition("_")[2])]


def _counted(start: str, end: str) -> list[str]:
    """The numbers from ``start`` to ``end``; none where they are of no one sort, or too many.

    A person writes both, so how many they are is known before any of them is made.
    """
    are_letters = len(start) == len(end) == 1 and start.islower()
    if start.isdecimal() and end.isdecimal():
        return [str(n) for n in _few(int(start), int(end))]
    if (first := arabic(start)) and (last := arabic(end)) and not are_letters:
        return [_like(start, roman(n)) for n in _few(first, last)]
    if _LETTER_ALONE.fullmatch(start) and _LETTER_ALONE.fullmatch(end):
        return letters(start, end)
    return []


def _few(first: int, last: int) -> range:
    return range(first, last + 1 if last - first < _MOST else first)


def _like(before: str, number: str) -> str:
    return number.upper() if before.isupper() else number


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place as it is written: steps of a word and a number."""

    start: int
    end: int
    steps: tuple[tuple[str, str], ...]
    last: str = ""
    opens: bool = True

    @property
    def inner(self) -> bool:
        return self.steps[0][0] not in _WHOLES

    @property
    def bare(self) -> bool:
        return len(self.steps) == 1 and not self.steps[0][1]


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    printed: str
    last: str = ""


_Read = tuple[list[_Spot], int]


class _Reader:
    """Reads the places of one text, by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = "".join(" " if c.isspace() else c for c in text.translate(_SIGNS))

    def places(self) -> Iterator[_Spot]:
        """All places, in the order of the text."""
        at = 0
        while found := _START.search(self.text, at):
            spots, at = self._place(found.start()) or ([], found.start() + 1)
            yield from spots

    def _place(self, at: int, depth: int = 0) -> _Read | None:
        """A place; ``depth`` is how many it is the outer one of."""
        if depth > _DEEPEST:
            return None
        return self._whole(at, depth) or self._inner(at, depth)

    def _whole(self, at: int, depth: int) -> _Read | None:
        """From the widest step on: "article 3, § 2", "articles 2 et 3", "annexe II, partie A"."""
        if ordered := _ORDERED_WHOLE.match(self.text, at):
            step = (ordered.lastgroup or "", ordinal(ordered["ordinal"]) or "1")
            return self._within([_Spot(at, ordered.end(), (step,))], ordered.end(), depth)
        word = _WHOLE.match(self.text, at)
        if not word or word.lastgroup is None:
            return None
        many = _MANY.fullmatch(word[word.lastgroup]) is not None
        numbers = self._numbers(word.end(), _NUMBER, many=many)
        if not numbers:
            return None if many else self._alone(word, depth)
        if apart := _APART.match(self.text, numbers[-1].end):
            numbers[-1] = replace(
                numbers[-1], end=apart.end(), printed=numbers[-1].printed + apart[0]
            )
        spots = self._spots(at, (), word.lastgroup, numbers)
        return self._of(*self._within(spots, spots[-1].end, depth, many=many), depth)

    def _alone(self, word: re.Match[str], depth: int) -> _Read | None:
        """The only annex, and what is named in it: "annexe, point 6.6"."""
        name = word.lastgroup or ""
        if name not in _ALONE:
            return None
        end = word.end(name)
        return self._within([_Spot(word.start(), end, ((name, ""),))], end, depth)

    def _of(self, spots: list[_Spot], at: int, depth: int) -> _Read:
        """An article of an annex or the like: "article 3 de l'annexe II"."""
        of = _OF.match(self.text, at)
        outer = _WHOLE.match(self.text, of.end()) if of else None
        if not of or not outer or outer.lastgroup not in _ATTACHED or depth > _DEEPEST:
            return spots, at
        found = self._whole(of.end(), depth + 1)
        if not found or spots[-1].steps[0][0] not in {"art", "app"}:
            return spots, at
        return _combined(spots, found[0]), found[1]

    def _inner(self, at: int, depth: int) -> _Read | None:
        """From the nearest step on: "paragraphe 2 de l'article 3", "eerste lid"."""
        part = self._part(at)
        if not part:
            return None
        word, numbers = part
        end = numbers[-1].end
        spots = self._spots(at, (), word, numbers) if word else []
        if spots:
            spots, end = self._within(spots, end, depth)
        of = _OF.match(self.text, end)
        outer = self._place(of.end(), depth + 1) if of else None
        if outer:
            return (_combined(spots, outer[0]) if spots else outer[0]), outer[1]
        return spots, end

    def _within(self, spots: list[_Spot], at: int, depth: int, *, many: bool = False) -> _Read:
        """What follows a place and narrows it, or names another beside it."""
        while True:
            last = spots[-1]
            glued = _GLUED.match(self.text, at)
            if glued and last.steps[-1][0] in {"art", "par", "pnt"} and not last.last:
                word = (
                    "par" if last.steps[-1][0] == "art" and glued["number"][0].isdigit() else "pnt"
                )
                at = glued.end()
                spots[-1] = replace(last, end=at, steps=(*last.steps, (word, glued["number"])))
                continue
            joint = _JOINT.match(self.text, at)
            assert joint is not None  # it may be empty
            if joint["and"] and self._begins_another(joint.end(), depth):
                return spots, at
            deeper = self._deeper(last, joint)
            if deeper:
                word, numbers = deeper
                at = numbers[-1].end
                if word and (last.inner or _may_hold(last.steps[0][0], word)):
                    spots = self._narrowed(spots, joint, word, numbers)
                elif word:
                    return spots, joint.start()
                continue
            number = _NUMBER.match(self.text, joint.end()) if many and joint["and"] else None
            if not number or len(last.steps) == 1:
                return spots, at
            at = number.end()
            spots.append(
                _Spot(number.start(), at, ((last.steps[0][0], number["number"]),), opens=False)
            )

    def _begins_another(self, at: int, depth: int) -> bool:
        """Does a place of its own begin here: "article 3 et paragraphe 4 de l'article 5"?"""
        part = self._part(at)
        if not part:
            return False
        of = _OF.match(self.text, part[1][-1].end)
        return of is not None and self._place(of.end(), depth + 1) is not None

    def _deeper(self, last: _Spot, joint: re.Match[str]) -> tuple[str, list[_Number]] | None:
        """What stands within a place: a part, a point without its word, an article of an annex."""
        at = joint.end()
        if last.last:
            return None
        if part := self._part(at):
            return part
        if (last.steps[0][0] in {"art", "anx", "app", "prc"} or last.steps[-1][0] == "pnt") and (
            bare := _BARE_POINT.match(self.text, at)
        ):
            return "pnt", [_Number(at, bare.end(), bare["number"])]
        inside = _WHOLE.match(self.text, at)
        if inside and inside.lastgroup in {"art", "app"} and joint["comma"] and not joint["and"]:
            numbers = self._numbers(inside.end(), _NUMBER, many=False)
            if numbers and last.steps[0][0] in _ATTACHED:
                return inside.lastgroup, numbers
        return None

    def _part(self, at: int) -> tuple[str, list[_Number]] | None:
        """A word for a part with its numbers, in either order."""
        if found := _ORDINALS.match(self.text, at):
            word = found.lastgroup or ""
            each = list(re.finditer(ORDINAL, found["ordinals"]))
            numbers = [_Number(at + m.start(), at + m.end(), ordinal(m[0])) for m in each]
            numbers[-1] = replace(numbers[-1], end=found.end())
            return word.replace("none", ""), numbers
        if found := _PART.match(self.text, at):
            word = (found.lastgroup or "").replace("none", "")
            pattern = _LABEL if word in _LETTERED else _FIGURES
            many = _MANY.fullmatch(found[found.lastgroup or ""]) is not None
            numbers = self._numbers(found.end(), pattern, many=many)
            return (word, numbers) if numbers else None
        if found := _LISTED_POINT.match(self.text, at):
            numbers = self._numbers(found.end(), _LABEL, many=False)
            return ("pnt", numbers) if numbers else None
        return None

    def _numbers(self, at: int, pattern: re.Pattern[str], *, many: bool) -> list[_Number]:
        """Numbers that are listed, or make a range."""
        first = pattern.match(self.text, at)
        if not first:
            return []
        found = [_Number(at, first.end(), first["number"])]
        closed = False  # after "et", a comma ends the list
        while True:
            end = found[-1].end
            if (
                (to := _TO.match(self.text, end))
                and (many or not to["bare"])
                and not found[-1].last
            ):
                start = to.end()
                again = _WHOLE_AGAIN.match(self.text, start)
                later = pattern.match(self.text, again.end() if again else start)
                if later and (many or again or _ENDS.match(self.text, later.end())):
                    found[-1] = replace(found[-1], end=later.end(), last=later["number"])
                    continue
            comma = _COMMA.match(self.text, end)
            later = pattern.match(self.text, comma.end()) if comma else None
            if not comma or not later or (closed and not comma["and"]):
                return found
            if not self._goes_on(found[-1].printed, later, many=many):
                return found
            closed = bool(comma["and"])
            found.append(_Number(later.start(), later.end(), later["number"]))

    def _goes_on(self, before: str, number: re.Match[str], *, many: bool) -> bool:
        """Is a number after a comma or "et" one of the list?"""
        end = number.end()
        if number.re is _LABEL:
            alike = _sort(number["number"], before) == _sort(before)
            return alike and (many or self.text[end - 1] in ")°")
        if _OF_A_POINT.match(self.text, end):
            return False
        return many or _ENDS.match(self.text, end) is not None

    def _spots(
        self, start: int, above: tuple[tuple[str, str], ...], word: str, numbers: list[_Number]
    ) -> list[_Spot]:
        return [
            _Spot(n.start if i else start, n.end, (*above, (word, n.printed)), n.last, opens=not i)
            for i, n in enumerate(numbers)
        ]

    def _narrowed(
        self, spots: list[_Spot], joint: re.Match[str], word: str, numbers: list[_Number]
    ) -> list[_Spot]:
        """Places with the last one narrowed, or with another beside it."""
        last = spots[-1]
        above, least = last.steps, 0 if last.inner else 1
        while len(above) > least and _closes(
            Step(*above[-1]), word, numbers[0].printed, beside=joint["and"] is not None
        ):
            above = above[:-1]
        if above == last.steps:
            found = self._spots(last.start, above, word, numbers)
            return [*spots[:-1], replace(found[0], opens=last.opens), *found[1:]]
        found = self._spots(joint.end(), above, word, numbers)
        return [*spots, *(replace(s, opens=False) for s in found)]


def _closes(step: Step, word: str, number: str, *, beside: bool) -> bool:
    """Does a part end the step before it, instead of standing within it?

    A step that nobody names so, as the version of an article, ends nothing and is ended by nothing.
    """
    if word in _WHOLES or step.word in _WHOLES:
        return word in _WHOLES
    if word == step.word == "pnt" and not beside:
        return _sort(number, step.number) == _sort(step.number)
    return word in _DEPTH and _DEPTH.get(step.word, -1) >= _DEPTH[word]


def _sort(point: str, before: str = "") -> str:
    """How a point is numbered; "i" is a letter after "h" and a Roman number after "a"."""
    bare, above = point.strip("()"), before.strip("()")
    if bare[:1].isdigit():
        return "figures"
    lettered = _LETTER_ALONE.fullmatch(bare) and _LETTER_ALONE.fullmatch(above)
    follows = lettered and place_of(bare) == place_of(above) + 1
    return "roman" if arabic(bare) and not follows and not set(bare) <= set("cdl") else "letter"


def _may_hold(whole: str, part: str) -> bool:
    """Only what is attached has chapters and the like in its portions; a recital has no parts."""
    if whole in _ATTACHED:
        return True
    return whole == "art" and _DEPTH.get(part, -1) >= _DEPTH["par"]


def _combined(inner: list[_Spot], outer: list[_Spot]) -> list[_Spot]:
    """Each place of a list within each of another."""
    each = (replace(i, steps=o.steps + i.steps) for o in outer for i in inner)
    found = list(islice(each, _PLACES))
    found[-1] = replace(found[-1], end=max(found[-1].end, outer[-1].end))
    return found


_START = re.compile(
    rf"(?i:(?<!\w)(?:{'|'.join([*_WHOLES.values(), *_PARTS.values()])}))"
    rf"|(?<!\w)(?:{ORDINAL}|(?i:enig|unique)\s)"
)


def find(text: str, *, inner: bool = False, bare: bool = False) -> list[Pinpoint]:
    """The places that a text names, in its order.

    Args:
        text: A text or a question.
        inner: Also those that name no article ("paragraph 2")?
        bare: Also an annex without a number, of which nothing more is named?
    """
    spots = (s for s in _Reader(text).places() if (inner or not s.inner) and (bare or not s.bare))
    return [_pinpoint(s) for s in spots]


def _pinpoint(spot: _Spot) -> Pinpoint:
    readings = _readings(spot.steps)
    last = ""
    if spot.last:
        last = _readings((*spot.steps[:-1], (spot.steps[-1][0], spot.last)))[0]
    return Pinpoint(spot.start, spot.end, readings, last, spot.inner, spot.opens, spot.steps)


def _readings(written: tuple[tuple[str, str], ...], above: Steps = ()) -> tuple[str, ...]:
    """The portions that written steps can mean, below those that are known."""
    words = words_above([*(step.word for step in above), *(word for word, _ in written)])
    below = zip(written, words[len(above) :], strict=True)
    each = [_meanings(word, number, over) for (word, number), over in below]
    for n, ((word, around), (inner, number)) in enumerate(pairwise(written)):
        if word in _PARTS and inner == "pnt" and number.startswith(f"{around}."):
            each[n].append("")  # "section 6, point 6.6" of a text that has the point alone
        elif word == "art" and number.startswith(f"{around}."):  # "art. 6, § 6.2"
            each[n + 1] += _meanings(inner, number.removeprefix(f"{around}."), word)
    if above:
        each.insert(0, [portion(above)])
    return tuple(dict.fromkeys(".".join(filter(None, p)) for p in islice(product(*each), _FEW)))


def _meanings(word: str, printed: str, above: str) -> list[str]:
    """The steps that a word and a number can be, below a word."""
    number = _numbered(word, printed)
    if word == "art":
        if " " in printed and (apart := _APART.fullmatch(printed[-2:])):
            bare = _numbered(word, printed[: -len(apart[0])])
            return [f"art_{number}", f"art_{bare}.pnt_{apart[0].strip()}"]
        if dotted := _DOTTED.fullmatch(number):
            point = f".pnt_{dotted['pnt']}" if dotted["pnt"] else ""
            return [f"art_{dotted['art']}.par_{dotted['par']}{point}", f"art_{number}"]
        if nth := _NTH_ARTICLE.fullmatch(number):  # or what was inserted with that letter
            return [f"art_{number}", f"art_{nth['figures']}"]
        return [f"art_{number.replace(':', sign)}" for sign in ("-.-" if ":" in number else "-")]
    words = [word]
    if word == "lid":
        words = ["sub"] if above == "par" else ["par", "sub"]
    elif word == "sub" and above in {"art", ""}:
        words = ["sub", "par"]
    elif word == "pnt" and above == "art" and number.isdigit():
        words = ["pnt", "par"]
    if above not in {"art", "par", ""} and "par" in words:  # annexes have numbered points
        words = ["pnt", *words]
    if above in _ALONE and word in DIVISIONS and number[:1].isdigit():
        words = [word, "pnt"]  # the numbered points of an annex are called sections and parts too
    return [str(Step(w, number)) for w in words]


def _numbered(word: str, printed: str) -> str:
    """The number of a step, as portions have it."""
    printed = spelled(printed) or re.sub(r"(?<=[0-9])\s?i?[eè]me$", "", printed)
    number = (article if word == "art" else canonical)(printed.strip("()").replace("°", ""))
    bare = re.fullmatch(rf"(?P<numeral>[ivxlc]+?|[a-z])(?P<suffix>{LATIN})?", number)
    if word != "pnt" and bare:
        return bare["numeral"].upper() + (bare["suffix"] or "")
    return number

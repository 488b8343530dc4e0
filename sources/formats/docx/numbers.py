"""The numbers and signs that Word prints before a paragraph but does not write into it.

``word/numbering.xml`` says how each level of a list looks; the numbers themselves are counted
here, paragraph by paragraph, as Word does (ECMA-376, part 1, 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from lxml.etree import _Element

from sources.formats.docx.package import W, on
from sources.formats.raised import shown
from sources.numbering import latin, roman
from sources.structure.numbers import marker

_LEVELS = 9
_MOST = 399  # numbers beyond are not printed as roman numerals
_SHORT = 3  # letters that may go on with a number right before them: "er", "ste", "a"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level looks.

    ``restart``: the level (from 1) after which it begins anew, 0 never; ``glued``: nothing stands
    between its number and the words.
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    glued: bool = False
    indent: int = 0


@dataclass(slots=True)
class _List:
    """One abstract list: its levels, and the counts so far, which all its instances share."""

    levels: dict[int, _Level]
    styles: dict[str, int]
    linked: str  # a numbering style that defines this list
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Instance:
    """One use of a list: levels that it shows in another way, and where it starts them anew."""

    list: _List
    levels: dict[int, _Level]
    starts: dict[int, int]
    begun: set[int] = field(default_factory=set)

    def level(self, at: int) -> _Level:
        return self.levels.get(at) or self.list.levels.get(at, _Level())

    def first(self, at: int) -> int:
        return self.starts.get(at, self.level(at).start)


@dataclass(frozen=True, slots=True)
class Label:
    """The number or sign before a paragraph; ``glued``: nothing stands between it and the words."""

    text: str = ""
    glued: bool = False

    def before(self, words: str, *, heading: bool = False) -> str:
        """The words with the label before them: as a number that they go on with, or apart.

        >>> Label("Art. 8", glued=True).before("/1. Le bac."), Label("Art. 8").before("Le bac.")
        ('Art. 8/1. Le bac.', 'Art. 8 – Le bac.')
        """
        if not self.text:
            return words
        apart = f"{_closed(self.text)} {words}"
        letters = "".join(takewhile(str.isalpha, words))
        goes_on = (self.glued and len(letters) <= _SHORT) or latin(letters) is not None
        if not words or not goes_on or not self.text[-1].isalnum():
            return apart
        joined = f"{self.text}{'' if self.glued else ' '}{words}"
        read = marker(shown(joined), heading=heading)
        return joined if read or not marker(shown(apart), heading=heading) else apart


class Numbers:
    """The lists of one document; call :meth:`label` once a paragraph, in reading order."""

    def __init__(self, numbering: _Element | None, unknown: set[str]) -> None:
        self._instances: dict[str, _Instance] = {}
        self._unknown = unknown  # forms of numbers that are shown as plain figures
        if numbering is None:
            return
        abstract = {
            found.get(f"{W}abstractNumId", ""): _list(found)
            for found in numbering.iterfind(f"{W}abstractNum")
        }
        styles = {found.linked: found for found in abstract.values() if found.linked}
        for found in numbering.iterfind(f"{W}abstractNum"):
            link = _value(found.find(f"{W}numStyleLink"))
            if link in styles:  # this list is the one that the style defines
                abstract[found.get(f"{W}abstractNumId", "")] = styles[link]
        for num in numbering.iterfind(f"{W}num"):
            base = abstract.get(_value(num.find(f"{W}abstractNumId")))
            if base is not None:
                self._instances[num.get(f"{W}numId", "")] = _instance(base, num)

    def level_of_style(self, num_id: str, styles: list[str]) -> int:
        """The level of a list that one of these paragraph styles stands for; 0 by default."""
        found = self._instances.get(num_id)
        levels = found.list.styles if found else {}
        return next((levels[style] for style in styles if style in levels), 0)

    def indent(self, num_id: str, level: int) -> int:
        """How far the paragraphs of a list and level stand from the margin; 0 by default."""
        found = self._instances.get(num_id)
        return found.level(level).indent if found else 0

    def label(self, num_id: str, level: int) -> Label:
        """What is printed before the next paragraph of this list and level.

        A bullet gives "•"; a level without a sign gives nothing, nor does a list that is not there.
        """
        found = self._instances.get(num_id)
        if found is None or not 0 <= level < _LEVELS:
            return Label()
        counts, shape = found.list.counts, found.level(level)
        fresh = level in found.starts and level not in found.begun
        found.begun.add(level)
        if fresh or level not in counts:
            counts[level] = found.first(level)
        else:
            counts[level] += 1
        for deeper in [at for at in counts if at > level]:
            restart = found.level(deeper).restart
            if restart is None or level < restart:
                del counts[deeper]
        if shape.form == "bullet":
            return Label("•")
        text = re.sub(r"%([1-9])", lambda m: self._shown(found, int(m[1]) - 1, shape), shape.text)
        return Label(" ".join(text.split()), shape.glued)

    def _shown(self, found: _Instance, at: int, shape: _Level) -> str:
        count = found.list.counts.get(at, found.first(at))
        form = "decimal" if shape.legal and at >= 0 else found.level(at).form
        if re.fullmatch("0+1", form):
            return f"{count:0{len(form)}d}"
        if form not in _FORMS:
            self._unknown.add(form)
        return _FORMS.get(form, str)(count)


def number(element: _Element | None, default: int) -> int:
    """The whole number in the ``w:val`` of an element."""
    value = _value(element)
    return int(value) if re.fullmatch(r"\d{1,6}", value) else default


def indent_of(owner: _Element) -> int | None:
    """The left indent that a paragraph, a style or a level of a list has, if any."""
    found = owner.find(f"{W}pPr/{W}ind")
    left = found.get(f"{W}left", found.get(f"{W}start", "")) if found is not None else ""
    return int(left) if re.fullmatch(r"-?\d{1,6}", left) else None


def _value(element: _Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _list(abstract: _Element) -> _List:
    levels = {_at(level): _level(level) for level in abstract.iterfind(f"{W}lvl")}
    styles = {
        _value(style): _at(level)
        for level in abstract.iterfind(f"{W}lvl")
        if (style := level.find(f"{W}pStyle")) is not None
    }
    return _List(levels, styles, _value(abstract.find(f"{W}styleLink")))


def _instance(base: _List, num: _Element) -> _Instance:
    overrides = list(num.iterfind(f"{W}lvlOverride"))
    levels = {_at(o): _level(level) for o in overrides if (level := o.find(f"{W}lvl")) is not None}
    starts = {
        _at(o): number(start, 1)
        for o in overrides
        if (start := o.find(f"{W}startOverride")) is not None
    }
    return _Instance(base, levels, starts)


def _at(element: _Element) -> int:
    value = element.get(f"{W}ilvl", "0")
    return int(value) if re.fullmatch(r"\d{1,2}", value) else 0


def _level(level: _Element) -> _Level:
    restart = level.find(f"{W}lvlRestart")
    form = level.find(f"{W}numFmt")
    return _Level(
        _form(form) if form is not None else "decimal",
        _value(level.find(f"{W}lvlText")),
        number(level.find(f"{W}start"), 1),
        on(level.find(f"{W}isLgl")),
        number(restart, 0) if restart is not None else None,
        _value(level.find(f"{W}suff")) == "nothing",
        indent_of(level) or 0,
    )


def _form(element: _Element) -> str:
    """The name of a form of numbers; of one that a file makes, its first number ("001")."""
    name = _value(element)
    return element.get(f"{W}format", name).split(",")[0].strip() if name == "custom" else name


def _letter(count: int) -> str:
    """Letters from a to z, then aa, bb and so on."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else "0"


def _roman(count: int) -> str:
    return roman(count) if 0 < count <= _MOST else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "numberInDash": lambda count: f"- {count} -",
    "none": lambda _: "",
}


def _closed(label: str) -> str:
    """A label that reads as a number: "1" becomes "1.", "Article 1" becomes "Article 1 –"."""
    if not label or not label[-1].isalnum():
        return label
    return f"{label} –" if " " in label else f"{label}."

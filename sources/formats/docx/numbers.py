"""The numbers and signs that Word prints before a paragraph but does not write into it.

``word/numbering.xml`` says how each level of a list looks; the numbers themselves are counted
here, paragraph by paragraph, as Word does (ECMA-376, part 1, 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

from sources.numbering import roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_MOST = 399  # numbers beyond are not printed as roman numerals


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One abstract list: its levels, and the counts so far."""

    levels: dict[int, _Level]
    styles: dict[str, int]
    counts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """The lists of one document; call :meth:`label` once a paragraph, in reading order."""

    def __init__(self, numbering: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of: dict[str, tuple[str, dict[int, int]]] = {}
        self._begun: set[str] = set()
        if numbering is None:
            return
        for abstract in numbering.iterfind(f"{W}abstractNum"):
            self._lists[abstract.get(f"{W}abstractNumId", "")] = _list(abstract)
        for num in numbering.iterfind(f"{W}num"):
            starts = {
                int(o.get(f"{W}ilvl", "0")): number(o.find(f"{W}startOverride"), 1)
                for o in num.iterfind(f"{W}lvlOverride")
                if o.find(f"{W}startOverride") is not None
            }
            base = num.find(f"{W}abstractNumId")
            if base is not None:
                self._of[num.get(f"{W}numId", "")] = (base.get(f"{W}val", ""), starts)

    def level_of_style(self, num_id: str, styles: list[str]) -> int:
        """The level of a list that one of these paragraph styles stands for; 0 by default."""
        found = self._lists.get(self._of.get(num_id, ("", {}))[0])
        return next((found.styles[s] for s in styles if s in found.styles), 0) if found else 0

    def label(self, num_id: str, level: int) -> str | None:
        """What is printed before the next paragraph of this list and level.

        A bullet gives "•", a level without a sign ""; None where there is no such list.
        """
        base, starts = self._of.get(num_id, ("", {}))
        found = self._lists.get(base)
        if found is None or not 0 <= level < _LEVELS:
            return None
        if num_id not in self._begun:
            self._begun.add(num_id)
            found.counts.update({at: start - 1 for at, start in starts.items()})
        shape = found.levels.get(level, _Level())
        found.counts[level] = found.counts.get(level, shape.start - 1) + 1
        for deeper in [at for at in found.counts if at > level]:
            del found.counts[deeper]
        if shape.form == "bullet":
            return "•"
        return _closed(
            re.sub(r"%([1-9])", lambda m: _shown(found, int(m[1]) - 1, shape), shape.text)
        )


def number(element: _Element | None, default: int) -> int:
    """The whole number in the ``w:val`` of an element."""
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if re.fullmatch(r"\d{1,6}", value) else default


def _list(abstract: _Element) -> _List:
    levels, styles = {}, {}
    for level in abstract.iterfind(f"{W}lvl"):
        at = int(level.get(f"{W}ilvl", "0"))
        form, text = level.find(f"{W}numFmt"), level.find(f"{W}lvlText")
        levels[at] = _Level(
            form.get(f"{W}val", "decimal") if form is not None else "decimal",
            text.get(f"{W}val", "") if text is not None else "",
            number(level.find(f"{W}start"), 1),
            level.find(f"{W}isLgl") is not None,
        )
        style = level.find(f"{W}pStyle")
        if style is not None:
            styles[style.get(f"{W}val", "")] = at
    return _List(levels, styles)


def _shown(found: _List, at: int, shape: _Level) -> str:
    own = found.levels.get(at, _Level())
    count = found.counts.get(at, own.start)
    form = "decimal" if shape.legal else own.form
    return _FORMS.get(form, str)(count)


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
    "none": lambda _: "",
}


def _closed(label: str) -> str:
    """A label that reads as a number: "1" becomes "1.", "Article 1" becomes "Article 1 –"."""
    label = " ".join(label.split())
    if not label or not label[-1].isalnum():
        return label
    return f"{label} –" if " " in label else f"{label}."

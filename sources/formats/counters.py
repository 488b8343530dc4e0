"""Numbers that a style sheet counts and writes before words, as Google Docs and sites of laws do.

``counter-reset`` begins a count, which holds within its element and behind it;
``counter-increment`` goes on, and ``content`` of what stands before an element prints it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tinycss2
from lxml import etree
from lxml.etree import _Element

from sources.formats.printed import printed_number

Declared = Mapping[str, str]
_PAIR = re.compile(r"([^\s\d][^\s]*)(?:\s+([+-]?\d+))?")
_FORMS = {
    "": "1", "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
    "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip


@dataclass(slots=True)
class _Count:
    above: _Element | None  # in which it holds, from where it begins
    value: int


def written(
    root: _Element, declared: Callable[[_Element], Declared], before: Callable[[_Element], Declared]
) -> dict[_Element, str | None]:
    """What stands before each element that has a number so written; None where it is not known.

    ``declared`` is the style of an element, ``before`` that of what stands before its words.
    """
    found: dict[_Element, str | None] = {}
    counts: dict[str, list[_Count]] = {}
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            for own in counts.values():
                while own and own[-1].above is element:
                    own.pop()
        elif not isinstance(element.tag, str) or declared(element).get("display") == "none":
            walk.skip_subtree()
        else:
            _count(declared(element), element.getparent(), counts)
            sign = before(element)
            _count(sign, element, counts)
            if "counter" in (content := sign.get("content", "")):
                found[element] = _printed(content, counts)
    return found


def _count(own: Declared, above: _Element | None, counts: dict[str, list[_Count]]) -> None:
    for name, value in _pairs(own.get("counter-reset", ""), 0):
        known = counts.setdefault(name, [])
        if known and known[-1].above is above:
            known.pop()
        known.append(_Count(above, value))
    for name, value in _pairs(own.get("counter-increment", ""), 1):
        known = counts.setdefault(name, [])
        if not known:
            known.append(_Count(above, 0))
        known[-1].value += value


def _pairs(value: str, default: int) -> Iterator[tuple[str, int]]:
    for name, number in _PAIR.findall(value):
        if name != "none":
            yield name, int(number) if number else default


def _printed(content: str, counts: Mapping[str, list[_Count]]) -> str | None:
    """The words of a ``content`` with its counts; None where it has something else."""
    out = ""
    for part in tinycss2.parse_component_value_list(content, skip_comments=True):
        if part.type == "string":
            out += part.value
        elif part.type == "function" and part.lower_name in {"counter", "counters"}:
            put = _counted(part, counts)
            if put is None:
                return None
            out += put
        elif part.type != "whitespace":
            return None
    return out


def _counted(call: Any, counts: Mapping[str, list[_Count]]) -> str | None:
    """What "counter(name, form)" or "counters(name, sign, form)" prints."""
    words = [a for a in call.arguments if a.type not in {"whitespace", "comment"} and a != ","]
    all_of_them = call.lower_name == "counters"
    texts = [word.value for word in words if word.type in {"ident", "string"}]
    least = 2 if all_of_them else 1
    if len(texts) != len(words) or not least <= len(texts) <= least + 1:
        return None
    form = _FORMS.get(texts[least].lower() if len(texts) > least else "")
    values = [count.value for count in counts.get(texts[0], [])] or [0]
    if form is None:
        return None
    sign = texts[1] if all_of_them else ""
    return sign.join(_number(form, v) for v in (values if all_of_them else values[-1:]))


def _number(form: str, value: int) -> str:
    return printed_number(form, value)[:-1]

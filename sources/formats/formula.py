"""Formulas of Word (OMML) and of HTML (MathML) on one line: "(a + b)/2", "√(x)", "10⁶"."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.etree import _Element

from sources.formats.raised import high

_SIMPLE = re.compile(r"[\w.,]+|\(.*\)")
_SKIPPED = {"rPr", "ctrlPr", "annotation", "annotation-xml"}


def formula(element: _Element) -> str:
    """The words of a formula, its parts put together as they are spoken."""
    name = _name(element)
    if name in _SKIPPED or name.endswith("Pr"):
        return ""
    parts = [formula(child) for child in element if isinstance(child.tag, str)]
    if name in _SHAPES:
        return _SHAPES[name](element, [p for p in parts if p])
    words = element.text or "" if name in {"t", "mi", "mn", "mo", "mtext", "ms"} else ""
    return words + "".join(parts)


def is_plain(element: _Element) -> bool:
    """Whether a formula is nothing but signs in a row, so that one line says all of it."""
    return not any(_name(part) in _SHAPES for part in element.iter() if isinstance(part.tag, str))


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def grouped(words: str) -> str:
    """The words of one part of a formula, in parentheses where they are several."""
    return words if _SIMPLE.fullmatch(words) else f"({words})"


def _over(_: _Element, parts: list[str]) -> str:
    return "/".join(map(grouped, parts))


def _power(_: _Element, parts: list[str]) -> str:
    base, *rest = parts or [""]
    return base + "".join(high(word) if word.isdigit() else f"^{grouped(word)}" for word in rest)


def _index(_: _Element, parts: list[str]) -> str:
    base, *rest = parts or [""]
    return base + "".join(f"_{grouped(word)}" for word in rest)


def _both(element: _Element, parts: list[str]) -> str:
    base, *rest = parts or [""]
    return _power(element, [_index(element, [base, *rest[:1]]), *rest[1:]])


def _root(_: _Element, parts: list[str]) -> str:
    return f"√{grouped(parts[-1] if parts else '')}"


def _sum(element: _Element, parts: list[str]) -> str:
    sign = next((str(v) for e in element.iter() for k, v in e.items() if _name(e) == "chr"), "∫")
    return f"{sign} {' '.join(parts)}"


def _fence(element: _Element, parts: list[str]) -> str:
    signs = {_name(e): str(v) for e in element.iter() for _, v in e.items()}
    return signs.get("begChr", "(") + ", ".join(parts) + signs.get("endChr", ")")


def _rows(_: _Element, parts: list[str]) -> str:
    return "; ".join(parts)


_SHAPES: dict[str, Callable[[_Element, list[str]], str]] = {
    "f": _over, "mfrac": _over, "sSup": _power, "msup": _power, "sSub": _index, "msub": _index,
    "sSubSup": _both, "msubsup": _both, "rad": _root, "msqrt": _root, "mroot": _root,
    "nary": _sum, "d": _fence, "m": _rows, "eqArr": _rows, "mtable": _rows,
}  # fmt: skip

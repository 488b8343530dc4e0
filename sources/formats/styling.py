"""How the style of a page shows its elements: whether they are seen, struck out, raised.

The style sheets within the page and the style of each element count, as a browser applies them to
a screen; sheets that stand elsewhere are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import cssselect2
import tinycss2
import tinycss2.color4
from lxml.etree import _Element

_Declared = dict[str, str]
_MEDIA = {"", "all", "screen", "only screen"}
_WANTED = {
    "display", "visibility", "opacity", "clip", "clip-path", "font-size", "color", "position",
    "background", "background-color", "background-image", "text-indent", "left", "top", "right",
    "bottom", "height", "width", "max-height", "overflow", "text-decoration",
    "text-decoration-line", "vertical-align", "mso-hide", "list-style", "list-style-type",
    "content", "transform", "flex-direction", "order", "direction", "unicode-bidi",
}  # fmt: skip
_ZERO = re.compile(r"0*\.?0+(?:px|pt|r?em|%)?")
_TINY = re.compile(r"(?:0*\.?0+|[01](?:\.0+)?px)(?:pt|r?em|%)?")
_FAR = re.compile(r"-(?:\d{4,}(?:\.\d+)?(?:px|pt)?|\d{3,}(?:\.\d+)?(?:r?em|%))")
_CLIPPED = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%\s*\)|circle\(\s*0(?:px|%)?\s*\)"
)
_WORDS = re.compile(r"counter|attr\(|[\"'][^\"']*\w[^\"']*[\"']")
_NO_COLOUR = {"transparent", "inherit", "initial", "unset", "currentcolor", "none", ""}


class Styling:
    """What the style sheets of one page say of its elements.

    Attributes:
        writes: They put words or numbers of their own into the page.
        turns: They change the order or the direction in which words stand.
        declared: What counts of all that is declared for an element.
    """

    def __init__(self, root: _Element) -> None:
        self._matcher = cssselect2.Matcher()
        self._order = 0
        self.writes = self.turns = False
        for sheet in root.iter("style"):
            if (sheet.get("media") or "").strip().lower() in _MEDIA:
                self._add(
                    tinycss2.parse_stylesheet(
                        "".join(map(str, sheet.itertext())),
                        skip_comments=True,
                        skip_whitespace=True,
                    )
                )
        self._wrapped = self._wrappers(root) if self._order else {}
        self.declared = cache(self._declared)

    def unseen(self, element: _Element) -> str:
        """Why nobody sees an element: "hidden", "clipped" …; "" where it is seen."""
        own = self.declared(element)
        self.turns = self.turns or _turned(element, own)
        gone = own.get("display") == "none" or own.get("visibility") in {"hidden", "collapse"}
        if gone or element.get("hidden") is not None or own.get("mso-hide") == "all":
            return "hidden"
        if _ZERO.fullmatch(own.get("opacity", "1")) or _ZERO.fullmatch(own.get("font-size", "1")):
            return "transparent or without size"
        if _NOTHING.search(own.get("transform", "")) or _is_clear(own.get("color", "")):
            return "transparent or without size"
        if _clipped(own):
            return "clipped"
        coloured = {"color", "background-color", "background"} & own.keys()
        return "of the colour of its background" if coloured and self._uncoloured(element) else ""

    def struck(self, element: _Element) -> bool:
        """Whether an element is struck out."""
        if element.tag in {"del", "s", "strike"}:
            return True
        own = self.declared(element)
        return any(
            "line-through" in own.get(k, "") for k in ("text-decoration", "text-decoration-line")
        )

    def height(self, element: _Element) -> int:
        """1 for what is raised, -1 for what is lowered, else 0."""
        named = {"sup": "super", "sub": "sub"}.get(str(element.tag), "")
        own = self.declared(element)
        if own.get("position") == "relative" and (shift := own.get("top") or own.get("bottom")):
            up = shift.startswith("-") == ("top" in own)
            return 0 if _ZERO.fullmatch(shift) else 1 if up else -1
        align = own.get("vertical-align", named)
        return {"super": 1, "sub": -1}.get(align, 0)

    def numbered(self, element: _Element) -> str:
        """How an ordered list is numbered: "1", "a", "A", "i", "I", "" for not at all."""
        own = self.declared(element)
        style = f"{own.get('list-style', '')} {own.get('list-style-type', '')}"
        found = next((sign for name, sign in _LISTS.items() if name in style.split()), None)
        return element.get("type") or "1" if found is None else found

    def _add(self, rules: list[Any]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
                if tinycss2.serialize(rule.prelude).strip().lower() in _MEDIA:
                    self._add(
                        tinycss2.parse_rule_list(
                            rule.content, skip_comments=True, skip_whitespace=True
                        )
                    )
            elif rule.type == "qualified-rule":
                self._rule(rule)

    def _rule(self, rule: Any) -> None:
        declared = _declarations(rule.content)
        if not any(declared):
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return
        for selector in selectors:
            if selector.pseudo_element is None:
                self._order += 1
                self._matcher.add_selector(selector, declared)
            elif selector.pseudo_element in {"before", "after", "marker"}:
                content = {**declared[0], **declared[1]}.get("content", "")
                self.writes = self.writes or bool(_WORDS.search(content))

    @staticmethod
    def _wrappers(root: _Element) -> dict[_Element, Any]:
        whole = cssselect2.ElementWrapper.from_html_root(root)
        return {wrapped.etree_element: wrapped for wrapped in whole.iter_subtree()}

    def _declared(self, element: _Element) -> _Declared:
        normal, important = _declarations(element.get("style") or "")
        for name, attribute in _ATTRIBUTES.items():
            if value := element.get(attribute):
                normal.setdefault(name, value.strip().lower())
        if not self._order:
            return normal | important
        wrapped = self._wrapped.get(element)
        rules = [match[-1] for match in self._matcher.match(wrapped)] if wrapped else []
        out: _Declared = {}
        for part in (*(r[0] for r in rules), normal, *(r[1] for r in rules), important):
            out |= part
        return out

    def _uncoloured(self, element: _Element) -> bool:
        """Whether words have the colour of what is behind them; False where that is not known."""
        around = list(self._around(element))
        colours = [own["color"] for own in around if own.get("color", "") not in _NO_COLOUR]
        behind = [
            value
            for own in around
            for value in (
                own.get("background-image", ""),
                own.get("background-color", ""),
                own.get("background", ""),
            )
            if value not in _NO_COLOUR
        ]
        colour = _colour(colours[0]) if colours else None
        return colour is not None and colour == _colour(behind[0] if behind else "white")

    def _around(self, element: _Element) -> Iterator[_Declared]:
        yield self.declared(element)
        for above in element.iterancestors():
            yield self.declared(above)


_ATTRIBUTES = {"color": "color", "background-color": "bgcolor"}  # of HTML before style sheets
_NOTHING = re.compile(r"scale(?:[xy]|3d)?\(\s*0*\.?0+\s*[,)]")
_MIRRORED = re.compile(r"scale(?:[xy]|3d)?\([^)]*-|rotate[xy]?\(\s*-?(?:1[5-9]\d|2[01]\d)deg")


def _turned(element: _Element, own: _Declared) -> bool:
    """Whether the words of an element stand in another order or direction than in the file."""
    written = element.tag == "bdo" and (element.get("dir") or "").lower() == "rtl"
    forced = own.get("direction") == "rtl" and "override" in own.get("unicode-bidi", "")
    moved = own.get("flex-direction", "").endswith("reverse") or own.get("order", "0") != "0"
    return written or forced or moved or bool(_MIRRORED.search(own.get("transform", "")))


def _is_clear(value: str) -> bool:
    """Whether a colour cannot be seen at all."""
    parts = tinycss2.parse_component_value_list(value, skip_comments=True)
    found = [tinycss2.color4.parse_color(part) for part in parts]
    return any(c is not None and c != "currentcolor" and c.alpha == 0 for c in found)


_LISTS = {
    "none": "", "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
    "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip


def _declarations(content: Any) -> tuple[_Declared, _Declared]:
    """What is declared of the properties that matter here: normally, and as important."""
    normal: _Declared = {}
    important: _Declared = {}
    for found in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if found.type == "declaration" and found.lower_name in _WANTED:
            value = tinycss2.serialize(found.value).strip()
            kept = value if found.lower_name == "content" else value.lower()
            (important if found.important else normal)[found.lower_name] = kept
    return normal, important


def _clipped(own: _Declared) -> bool:
    if _CLIPPED.search(own.get("clip", "") + own.get("clip-path", "")):
        return True
    if _FAR.fullmatch(own.get("text-indent", "")):
        return True
    if own.get("position") in {"absolute", "fixed"} and any(
        _FAR.fullmatch(own.get(side, "")) for side in ("left", "top", "right")
    ):
        return True
    sizes = [own[side] for side in ("height", "width", "max-height") if side in own]
    return own.get("overflow") in {"hidden", "clip"} and any(map(_TINY.fullmatch, sizes))


def _colour(value: str) -> tuple[int, ...] | None:
    """The one colour in a value, as whole numbers; None where it has none, or is not opaque."""
    if "url(" in value or "gradient" in value:
        return None
    parts = tinycss2.parse_component_value_list(value, skip_comments=True)
    colours = [found for part in parts if (found := tinycss2.color4.parse_color(part))]
    if len(colours) != 1 or colours[0] == "currentcolor" or colours[0].alpha < 1:
        return None
    return tuple(round(part * 255) for part in colours[0].to("srgb").coordinates)

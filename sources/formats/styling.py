"""How the style of a page shows its elements: whether they are seen, struck out, raised.

The style sheets within the page and the style of each element count, as a browser of today applies
them to a wide screen; sheets that stand elsewhere are not fetched.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from operator import eq, ge, gt, itemgetter, le, lt
from typing import Any

import cssselect2
import tinycss2
import tinycss2.color4
from lxml.etree import _Element

from sources.formats.counters import written
from sources.formats.printed import BLOCKS, collapsed

_Declared = dict[str, str]
_SCREEN = {"width": 1280.0, "height": 800.0}  # of a desktop, in pixels
_EM = 16  # pixels, of a condition
_FEATURES = {
    "orientation: landscape", "hover", "hover: hover", "any-hover: hover", "pointer: fine",
    "any-pointer: fine", "color", "prefers-color-scheme: light", "scripting: enabled",
    "prefers-reduced-motion: no-preference", "display-mode: browser",
}  # fmt: skip
_COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}
_COMPARISON = re.compile(r"\s*([<>]=?|=)\s*")
_BOUND = re.compile(r"(min|max)-(?:device-)?(width|height)\s*:")
_LENGTH = re.compile(r"(\d*\.?\d+)(px|r?em)?")
_WANTED = {
    "display", "visibility", "opacity", "clip", "clip-path", "font-size", "color", "position",
    "background", "background-color", "background-image", "text-indent", "left", "top", "right",
    "bottom", "height", "width", "max-height", "overflow", "text-decoration",
    "text-decoration-line", "vertical-align", "mso-hide", "mso-outline-level", "list-style",
    "list-style-type",
    "content", "transform", "flex-direction", "order", "direction", "unicode-bidi", "white-space",
    "white-space-collapse", "font", "font-family", "font-weight", "grid-template-columns",
    "grid-area", "grid-column", "grid-row", "grid-column-start", "grid-row-start", "float",
    "min-width", "counter-reset", "counter-increment",
    *(f"{kind}{side}" for kind in ("margin", "padding") for side in (
        "", "-left", "-right", "-inline", "-inline-start", "-inline-end",
    )),
}  # fmt: skip
_FREE = {"absolute", "fixed"}
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
        unread: They have rules of a kind that is not read here, and that hide or strike out words.
        turns: They change the order or the direction in which words stand.
        declared: What counts of all that is declared for an element.
        white_space: What is said of the spaces and line breaks of the file; "" where nothing is.
        font: The name of the font of an element, in lower case; "" where none is said.
        size: The size of the letters of an element, in pixels, as far as it is said.
        bold: Whether its words are in bold type.
        written: The signs that the style writes before and after the words of an element.
        counted: The numbers that it counts and writes before them.
    """

    def __init__(self, root: _Element) -> None:
        self._matcher = cssselect2.Matcher()
        self._order = 0
        self._layers: dict[str, int] = {}  # the first one yields to those after it
        self.writes = self.turns = self.unread = self._counts = False
        for sheet in root.iter("style"):
            if _on_screen(tinycss2.parse_component_value_list(sheet.get("media") or "")):
                self._add(
                    tinycss2.parse_stylesheet(
                        "".join(map(str, sheet.itertext())),
                        skip_comments=True,
                        skip_whitespace=True,
                    )
                )
        self._wrapped = self._wrappers(root) if self._order else {}
        self._with_variables = cache(self._cascaded)
        self.declared = cache(self._declared)
        self.white_space = cache(self._white_space)
        self.font = cache(self._font)
        self.size = cache(self._size)
        self.bold = cache(self._bold)
        self.written = cache(self._written)
        self.counted = self._counted(root) if self._counts else {}
        self._collapsed = set(collapsed(root, self.declared))

    def unseen(self, element: _Element) -> str:
        """Why nobody sees an element: "hidden", "clipped" …; "" where it is seen."""
        own = self.declared(element)
        self.turns = self.turns or _turned(element, own) or self._placed(element, own)
        gone = own.get("display") == "none" or own.get("visibility") in {"hidden", "collapse"}
        gone = gone or element in self._collapsed
        gone = gone or (element.get("popover") is not None and "display" not in own)  # it is closed
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

    def _placed(self, element: _Element, own: _Declared) -> bool:
        """Whether words of a line stand beside it, or several lines where the style puts them."""
        placed = own.get("position") in _FREE and not _clipped(own)
        words = "".join(map(str, element.itertext())).strip() if placed or "float" in own else ""
        if element.tag in BLOCKS:
            before = element.getprevious()
            beside = before is not None and self.declared(before).get("position") in _FREE
            return placed and beside and bool(words)
        apart = placed or own.get("float") in {"left", "right"}
        large = len(words) < 3 and not words.isdigit()  # a first letter
        return apart and not large and element.tag not in {"sup", "sub"} and _in_words(element)

    def warnings(self) -> tuple[str, ...]:
        """What a person should know of the style, once all elements were looked at."""
        told = (
            (self.writes, "the style sheets add words or numbers of their own, which are not read"),
            (
                self.unread,
                "the style sheets have rules of a kind that is not read, which hide or strike out "
                "words",
            ),
            (
                self.turns,
                "the style changes the order or the direction of words, which are read as they "
                "stand in the file",
            ),
        )
        return tuple(text for there, text in told if there)

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

    def numbered(self, item: _Element) -> str:
        """How an item is numbered: "1", "a", "A", "i", "I", "α", "" for not at all.

        What a style writes before all of them alike is in quotation marks.
        """
        above = item.getparent()
        lists = [item] if above is None else [item, above]
        for own in map(self.declared, lists):
            form = own.get("list-style-type", "")
            style = _ADDRESS.sub("", f"{form} {own.get('list-style', '')}")
            if written := _QUOTED.search(style):
                return written[0]
            names = style.lower().split()
            if found := [sign for name, sign in _LISTS.items() if name in names]:
                return found[0]
            self.writes = self.writes or form.lower() not in _NO_FORM
        ordered = next((e for e in lists if e.tag == "ol"), None)
        return "" if ordered is None else ordered.get("type") or "1"

    def keeps_lines(self, element: _Element) -> bool:
        """Whether the line breaks of the file are shown within an element."""
        return self.white_space(element).startswith(("pre", "break-spaces"))

    def keeps_spaces(self, element: _Element) -> bool:
        """Whether all of its spaces are, too."""
        kept = not self.white_space(element).startswith(("pre-line", "preserve-breaks"))
        return kept and self.keeps_lines(element)

    def _white_space(self, element: _Element) -> str:
        own = self.declared(element)
        value = f"{own.get('white-space', '')} {own.get('white-space-collapse', '')}".strip()
        if value and value not in _INHERITED:
            return value
        above = element.getparent()
        inherited = self.white_space(above) if above is not None else ""
        return "pre" if element.tag == "pre" else inherited

    def _font(self, element: _Element) -> str:
        own = self.declared(element)
        _, _, names = own.get("font", "").rpartition("pt ")
        first = (own.get("font-family") or names).partition(",")[0].strip(" \"'")
        if first and first not in _INHERITED:
            return first
        above = element.getparent()
        return self.font(above) if above is not None else ""

    def _size(self, element: _Element) -> float:
        above = element.getparent()
        around = self.size(above) if above is not None else float(_EM)
        own = element.get("size", "") if element.tag == "font" else ""
        own = own or _SIZED.get(str(element.tag), "")
        return _length(self.declared(element).get("font-size", own), around)

    def _bold(self, element: _Element) -> bool:
        own = self.declared(element)
        weight = own.get("font-weight") or next(iter(_WEIGHT.findall(own.get("font", ""))), "")
        if weight not in {"", *_INHERITED}:
            return weight in {"bold", "bolder"} or (weight.isdigit() and int(weight) >= _BOLD)
        above = element.getparent()
        return element.tag in {"b", "strong"} or (above is not None and self.bold(above))

    def _add(self, rules: list[Any], layer: str = "") -> None:
        """Add rules that count, those within conditions that hold and within layers too."""
        for rule in rules:
            if rule.type == "qualified-rule":
                self._rule(rule, self._layers.get(layer, _UNLAYERED))
            elif rule.type == "at-rule" and rule.lower_at_keyword == "layer":
                self._layer(rule, layer)
            elif rule.type == "at-rule" and rule.content:
                self._conditional(rule, layer)

    def _conditional(self, rule: Any, layer: str) -> None:
        if rule.lower_at_keyword in {"media", "supports"}:
            self._add(_rules(rule) if _counts(rule) else [], layer)
        elif rule.lower_at_keyword in {"container", "scope"}:
            self.unread = self.unread or _hides(rule)

    def _layer(self, rule: Any, around: str) -> None:
        names = tinycss2.serialize(rule.prelude).split(",")
        for name in (f"{around}.{name.strip() or len(self._layers)}" for name in names):
            self._layers.setdefault(name, len(self._layers))
            if rule.content:
                self._add(_rules(rule), name)

    def _rule(self, rule: Any, layer: float) -> None:
        within = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
        self.unread = self.unread or any(_hides(part) for part in within)
        declared = _declarations(rule.content)
        if not any(declared):
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return
        for selector in selectors:
            if selector.pseudo_element in {None, "before", "after"}:
                self._order += 1
                self._matcher.add_selector(selector, (layer, *declared))
            if selector.pseudo_element in {"before", "after", "marker"}:
                content = {**declared[0], **declared[1]}.get("content", "")
                counts = "counter" in content and selector.pseudo_element == "before"
                self._counts = self._counts or counts
                self.writes = self.writes or (not counts and bool(_WORDS.search(content)))

    @staticmethod
    def _wrappers(root: _Element) -> dict[_Element, Any]:
        whole = cssselect2.ElementWrapper.from_html_root(root)
        return {wrapped.etree_element: wrapped for wrapped in whole.iter_subtree()}

    def _declared(self, element: _Element) -> _Declared:
        """What counts, variables replaced; a value of which one is not known is as good as none."""
        found = {
            name: self._valued(value, element) if "var(" in value else value
            for name, value in self._with_variables(element).items()
            if not name.startswith("--")
        }
        return {n: v if n in _CASED else v.lower() for n, v in found.items() if v}

    def _valued(self, value: str, element: _Element, within: frozenset[str] = frozenset()) -> str:
        """A value with those of its variables; "" where one is not known."""
        out = ""
        for part in tinycss2.parse_component_value_list(value):
            put = tinycss2.serialize([part])
            if part.type == "function" and part.lower_name == "var":
                put = self._variable(tinycss2.serialize(part.arguments), element, within)
            elif part.type == "function" and "var(" in put:
                inner = self._valued(tinycss2.serialize(part.arguments), element, within)
                put = inner and f"{part.name}({inner})"
            if not put:
                return ""
            out += put
        return out.strip()

    def _variable(self, arguments: str, element: _Element, within: frozenset[str]) -> str:
        """The value of a variable where it is declared nearest, or the one given in its stead."""
        name, _, other = arguments.partition(",")
        name, around = name.strip(), (element, *element.iterancestors())
        holder = next((e for e in around if name in self._with_variables(e)), None)
        if holder is not None and name not in within:
            value = self._with_variables(holder)[name]
            if found := self._valued(value, holder, within | {name}):
                return found
        return self._valued(other, element, within)

    def _cascaded(self, element: _Element) -> _Declared:
        normal, important = _declarations(element.get("style") or "")
        for name, attribute in _ATTRIBUTES.items():
            if value := element.get(attribute):
                normal.setdefault(name, value.strip().lower())
        return self._ruled(element, None, normal, important) if self._order else normal | important

    def _ruled(
        self, element: _Element, beside: str | None, normal: _Declared, important: _Declared
    ) -> _Declared:
        """What the style sheets and an element itself declare for it, or for what is written
        "before" or "after" its words.
        """
        wrapped = self._wrapped.get(element)
        found = self._matcher.match(wrapped) if wrapped else []
        rules = [payload for *_, pseudo, payload in found if pseudo == beside]
        first = sorted(rules, key=itemgetter(0))  # layers in their order, then what is in none
        last = sorted(rules, key=itemgetter(0), reverse=True)
        out: _Declared = {}
        for part in (*(r[1] for r in first), normal, *(r[2] for r in last), important):
            out |= part
        return out

    def _written(self, element: _Element) -> tuple[str, str]:
        before, after = (
            _signs(self._ruled(element, part, {}, {})) if self._order else ""
            for part in ("before", "after")
        )
        return self.counted.get(element, before), after

    def _counted(self, root: _Element) -> dict[_Element, str]:
        found = written(root, self.declared, lambda e: self._ruled(e, "before", {}, {}))
        self.writes = self.writes or None in found.values()
        return {element: words for element, words in found.items() if words is not None}

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


_ATTRIBUTES = {
    "color": "color",
    "background-color": "bgcolor",
    "font-family": "face",
}  # of HTML before style sheets
_INHERITED = {"inherit", "unset", "revert"}
_WEIGHT = re.compile(r"\b(?:bold(?:er)?|normal|lighter|[1-9]00)\b(?=.*\s)")  # in "bold 12pt serif"
_BOLD = 600
_UNLAYERED = math.inf
_END = tinycss2.parse_component_value_list(",")  # of a list of media queries


def _rules(rule: Any) -> list[Any]:
    """The rules within another one."""
    found: list[Any] = tinycss2.parse_rule_list(
        rule.content, skip_comments=True, skip_whitespace=True
    )
    return found


def _counts(rule: Any) -> bool:
    """Whether the condition of some rules holds: a screen as wide, a browser that can."""
    if rule.lower_at_keyword == "media":
        return _on_screen(rule.prelude)
    return not tinycss2.serialize(rule.prelude).strip().lower().startswith("not")


def _hides(rule: Any) -> bool:
    """Whether a rule that is not read hides or strikes out something."""
    inner = rule.content if rule.type in {"at-rule", "qualified-rule"} else None
    return bool(inner) and _HIDING.search(tinycss2.serialize(inner).lower()) is not None


def _on_screen(media: list[Any]) -> bool:
    """Whether any of some media queries is that of a wide screen."""
    shown, negated, found = True, False, False
    for part in (*media, *_END):
        word = part.lower_value if part.type == "ident" else ""
        if part == "," or word == "or":
            found = found or shown != negated
            shown, negated = True, False
        elif part.type == "() block":
            shown = shown and _holds(tinycss2.serialize(part.content).strip().lower())
        elif word == "not":
            negated = True
        elif word:
            shown = shown and word in {"and", "only", "all", "screen"}
    return found


def _holds(feature: str) -> bool:
    """Whether a wide screen has a feature: "min-width: 600px", "600px <= width", "hover"."""
    compared = _BOUND.sub(lambda f: f"{f[2]} {'>=' if f[1] == 'min' else '<='}", feature)
    first, *others = _COMPARISON.split(compared)
    sizes = [_pixels(part) for part in (first, *others[1::2])]
    steps = zip(pairwise(sizes), others[::2], strict=True)
    compared_all = all(_COMPARED[sign](*two) for two, sign in steps)  # what is not known: no
    return feature in _FEATURES or (bool(others) and compared_all)


def _pixels(value: str) -> float:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return _SCREEN.get(value, math.nan)
    return float(found[1]) * (_EM if (found[2] or "").endswith("em") else 1)


def pixels(length: str, size: float) -> float:
    """A length in pixels, beside letters of a size; 0 where it is not known."""
    return _length(length, size) if _SIZE.fullmatch(length) else 0.0


def _length(size: str, around: float) -> float:
    """A size of letters in pixels, within letters of another one; that one where it is not said."""
    if size in _NAMED:
        return _NAMED[size]
    found = _SIZE.fullmatch(size)
    if found is None:
        return around
    units = {**_UNITS, "em": around, "%": around / 100}
    return float(found[1]) * units[str(found[2])]


_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_SIZE = re.compile(rf"(\d*\.?\d+)({'|'.join(_UNITS)}|em|%)")
_SIZED = {"h1": "2em", "h2": "1.5em", "h3": "1.17em", "h5": "0.83em", "h6": "0.67em"}
_STEPS = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_PIXELS = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_NAMED: dict[str, float] = dict(
    zip((*_STEPS, *"1234567"), _PIXELS * 2, strict=True)
)  # of styles, of <font>
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|line-through")
_NOTHING = re.compile(r"scale(?:[xy]|3d)?\(\s*0*\.?0+\s*[,)]")
_MIRRORED = re.compile(r"scale(?:[xy]|3d)?\([^)]*-|rotate[xy]?\(\s*-?(?:1[5-9]\d|2[01]\d)deg")


def _turned(element: _Element, own: _Declared) -> bool:
    """Whether the words of an element stand in another order or direction than in the file."""
    written = element.tag == "bdo" and (element.get("dir") or "").lower() == "rtl"
    forced = own.get("direction") == "rtl" and "override" in own.get("unicode-bidi", "")
    slotted = element.tag == "slot" and _hosts(element)
    moved = own.get("flex-direction", "").endswith("reverse") or own.get("order", "0") != "0"
    return written or forced or moved or slotted or bool(_MIRRORED.search(own.get("transform", "")))


def _in_words(element: _Element) -> bool:
    above = element.getparent()
    texts = () if above is None else (above.text, *(child.tail for child in above))
    return any((text or "").strip() for text in texts)


def _hosts(slot: _Element) -> bool:
    """Whether what stands beside a shadow root is shown in a slot of it."""
    shadow = next(slot.iterancestors("template"), None)
    host = shadow.getparent() if shadow is not None else None
    beside = [] if host is None else list(host)
    return len(beside) > 1 or any((child.tail or "").strip() for child in beside)


def _is_clear(value: str) -> bool:
    """Whether a colour cannot be seen at all."""
    parts = tinycss2.parse_component_value_list(value, skip_comments=True)
    found = [tinycss2.color4.parse_color(part) for part in parts]
    return any(c is not None and c != "currentcolor" and c.alpha == 0 for c in found)


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ADDRESS = re.compile(r"url\([^)]*\)")
_NO_FORM = {"", "initial", *_INHERITED}
_CASED = {"content", "counter-reset", "counter-increment", "list-style", "list-style-type"}
_LISTS = {
    "none": "", "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
    "upper-latin": "A", "lower-roman": "i", "upper-roman": "I", "lower-greek": "α",
    "decimal-leading-zero": "1", "disc": "", "circle": "", "square": "",
}  # fmt: skip


def _declarations(content: Any) -> tuple[_Declared, _Declared]:
    """What is declared of the properties that matter here: normally, and as important."""
    normal: _Declared = {}
    important: _Declared = {}
    for found in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if found.type != "declaration":
            continue
        name = found.name if found.name.startswith("--") else found.lower_name
        if name in _WANTED or name.startswith("--"):
            value = tinycss2.serialize(found.value).strip()
            kept = name in _CASED or "--" in f"{name}{value}"  # names of variables have a case
            (important if found.important else normal)[name] = value if kept else value.lower()
    return normal, important


def _signs(own: _Declared) -> str:
    """The signs without letters that a style writes beside words, as far as they are seen."""
    tokens = tinycss2.parse_component_value_list(own.get("content", ""), skip_comments=True)
    strings = [token for token in tokens if token.type != "whitespace"]
    unseen = own.get("visibility") == "hidden" or own.get("display") == "none" or _clipped(own)
    if unseen or any(token.type != "string" for token in strings):
        return ""
    text = "".join(token.value for token in strings)
    return (
        text if all(unicodedata.category(sign)[0] in "PZ" or sign == "\n" for sign in text) else ""
    )


def _clipped(own: _Declared) -> bool:
    if _CLIPPED.search(own.get("clip", "") + own.get("clip-path", "")):
        return True
    if _FAR.fullmatch(own.get("text-indent", "")):
        return True
    if own.get("position") in _FREE and any(
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

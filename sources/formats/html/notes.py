"""Notes of a page: links whose words are a sign and that lead to a line with the same sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from sources.formats.html.elements import words_of
from sources.formats.printed import BLOCKS, HEADINGS

_SIGN = re.compile(r"[(\[]?\s*(?P<sign>\d{1,3}|[a-z]|\*{1,3}|[†‡])\s*[)\]]?")
_NAMED = re.compile(r"note|(?:^|[\W_])(?:fn|ftn|en)(?:ref|\d|[\W_]|$)", re.IGNORECASE)
_BACK = re.compile(r"[\s↑↩⤴^\ufe0e\ufe0f]+$|^[\s↑↩⤴^\ufe0e\ufe0f]+")


class Footnotes:
    """The notes of one page, by the link that calls each."""

    def __init__(self, root: _Element) -> None:
        self._notes: dict[_Element, str] = {}
        self._lines: set[_Element] = set()
        for link, line in _pairs(root):
            if line not in set(link.iterancestors()):
                self._take(link, line)

    def called(self, element: _Element) -> str:
        """Text of the note that a link calls; "" where it calls none."""
        return self._notes.get(element, "")

    def holds(self, element: _Element) -> bool:
        """Whether an element is the line of a note that is called."""
        return element in self._lines

    def _take(self, link: _Element, line: _Element) -> None:
        sign = _SIGN.fullmatch(words_of(link))
        words = _BACK.sub("", words_of(line))
        found = _SIGN.match(words)
        listed = line.tag == "li"  # a browser prints its number
        if sign and (listed or (found and found["sign"] == sign["sign"])):
            own = found is not None and found["sign"] == sign["sign"]
            rest = words[found.end() :].lstrip(" .):–—-") if found and own else words
            self._notes[link] = _BACK.sub("", rest)
            _without_brackets(link)
            self._lines.add(line)


def _pairs(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    """The links that may call a note, with the lines in which they end.

    Where several lines have one name, as those of the parts of a page, links lead to them in turn;
    where there are not as many, they lead nowhere.
    """
    named: dict[str, list[_Element]] = {}
    for element in (e for e in root.iter() if isinstance(e.tag, str)):
        if name := element.get("id") or element.get("name"):
            named.setdefault(name, []).append(element)
    links: dict[str, list[_Element]] = {}
    for link in filter(_is_call, root.iter("a")):
        links.setdefault((link.get("href") or "")[1:], []).append(link)
    for target, calls in links.items():
        found = (_line(element) for element in named.get(target, ()))
        lines = [*dict.fromkeys(line for line in found if line is not None)]
        if len(lines) == 1:
            yield from ((call, lines[0]) for call in calls)
        elif len(lines) == len(calls):
            yield from zip(calls, lines, strict=True)


def _is_call(link: _Element) -> bool:
    """Whether a link within the page calls a note: a sign that is raised or called a note.

    A number that is neither refers to a part of the text, which stays where it is.
    """
    target, words = link.get("href") or "", words_of(link)
    if not target.startswith("#") or _SIGN.fullmatch(words) is None:
        return False
    around = [link, *link.iterancestors()][:4]
    raised = any(e.tag == "sup" for e in (*around, *link.iter()))
    names = " ".join([target, *(link.get(key) or "" for key in ("class", "id", "name", "role"))])
    glued = words.startswith("(") and _before(link)[-1:].isalnum()  # "une eau(1)", not "point (1)"
    return raised or glued or words.startswith("[") or _NAMED.search(names) is not None


def _without_brackets(call: _Element) -> None:
    """Take the brackets out that stand around the sign which calls a note."""
    parent = call.getparent()
    while parent is not None and parent.tag not in BLOCKS and words_of(parent) == words_of(call):
        call, parent = parent, parent.getparent()
    before, after = _before(call).rstrip(), (call.tail or "").lstrip()
    if before[-1:] + after[:1] not in {"()", "[]"}:
        return
    call.tail, before = after[1:], before[:-1].rstrip()
    if (above := call.getprevious()) is not None:
        above.tail = before
    elif parent is not None:
        parent.text = before


def _before(link: _Element) -> str:
    """The words right before a link, in the element in which it stands."""
    before, above = link.getprevious(), link.getparent()
    if before is not None:
        return before.tail or ""
    return (above.text or "") if above is not None else ""


def _line(target: _Element) -> _Element | None:
    """The line in which a link ends; None where that is a heading or a whole part of the page."""
    for element in (target, *target.iterancestors()):
        if element.tag in {"body", "html", "main", "section", "article"} or element.tag in HEADINGS:
            return None
        if element.tag in {"td", "th"} and _SIGN.fullmatch(words_of(element)):
            continue  # the words of the note stand in the next cell
        if element.tag in BLOCKS:
            return None if any(True for _ in element.iter(*HEADINGS, "table")) else element
    return None

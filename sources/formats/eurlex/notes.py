"""Footnotes in HTML: which links call one, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.formats.markup import Element, without_calls

_SIGN = re.compile(r"\(?\s*(?:\*{1,3}\s?)?\d{0,3}\s?[a-z]?\s*\)?")
_NOTE_CLASSES = {"note", "oj-note", "footnote"}


class Footnotes:
    """The footnotes of one document.

    Only a link whose words are a sign ("(1)", "*2") and whose target begins a footnote calls
    one; its sign can leave the text without harm. A number in parentheses alone cannot.
    """

    def __init__(self, root: Element) -> None:
        self._texts: dict[str, str] = {}
        self._paragraphs: dict[str, Element] = {}
        for paragraph in filter(_is_note, root.iter("p")):
            for name, link in _named(paragraph):
                words = (_text(paragraph, link), *map(_words, _further(paragraph)))
                self._texts.setdefault(name, " ".join(words))
                self._paragraphs.setdefault(name, paragraph)
        links = [link for link in root.iter("a") if self.called(link)]
        begun = {self._paragraphs[(link.get("href") or "")[1:]] for link in links}
        self._called = begun | {part for paragraph in begun for part in _further(paragraph)}

    def holds(self, element: Element) -> bool:
        """Whether this is a footnote that is called, or a part of one."""
        return element in self._called

    def uncalled(self, element: Element) -> bool:
        """Whether this is a note that nothing calls, so that it is read where it stands."""
        return _is_note(element) and element not in self._called

    def called(self, element: Element) -> str:
        """Text of the footnote that a link calls; "" where it calls none."""
        target = (element.get("href") or "") if element.tag == "a" else ""
        if not target.startswith("#"):
            return ""
        words = without_calls("".join(map(str, element.itertext())))
        return self._texts.get(target[1:], "") if words and _SIGN.fullmatch(words) else ""


def _is_note(element: Element) -> bool:
    return element.tag == "p" and bool(_NOTE_CLASSES & set((element.get("class") or "").split()))


def _named(element: Element) -> Iterator[tuple[str, Element]]:
    """The links within an element to which others lead, by their names."""
    for link in element.iter("a"):
        yield from ((name, link) for name in (link.get("id"), link.get("name")) if name)


def _further(paragraph: Element) -> Iterator[Element]:
    """What goes on with a footnote: paragraphs and tables of notes below it without a sign."""
    for part in paragraph.itersiblings("*"):
        lines = list(part.iter("p"))
        outside = len("".join(map(str, part.itertext())).split()) > len(_words(part).split())
        if outside or not lines or not all(map(_is_note, lines)) or any(_named(part)):
            return
        yield part


def _words(element: Element) -> str:
    """The words of an element, each line of it apart."""
    lines = ("".join(map(str, line.itertext())) for line in element.iter("p"))
    return " ".join(" ".join(map(without_calls, lines)).split())


def _text(paragraph: Element, sign: Element) -> str:
    """Words of a footnote after its sign."""
    words: list[str] = []
    _after(paragraph, sign, words)
    return re.sub(r"^\s*\)\s*", "", without_calls("".join(words)))


def _after(element: Element, sign: Element, words: list[str]) -> None:
    if element is sign:
        words.clear()
        return
    words.append(element.text or "")
    for child in element:
        _after(child, sign, words)
        words.append(child.tail or "")

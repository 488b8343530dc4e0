"""Footnotes in HTML: which links call one, and what it says."""

from __future__ import annotations

import re

from sources.formats.markup import Element, without_calls

_SIGN = re.compile(r"\(?\s*(?:\*{1,3}\s?)?\d{0,3}\s?[a-z]?\s*\)?")
_NOTE_CLASSES = {"note", "oj-note", "footnote"}


class Notes:
    """The footnotes of one document.

    Only a link whose words are a sign ("(1)", "*2") and whose target begins a footnote calls
    one; its sign can leave the text without harm. A number in parentheses alone cannot.
    """

    def __init__(self, root: Element) -> None:
        self._texts: dict[str, str] = {}
        self._paragraphs: dict[str, Element] = {}
        for paragraph in root.iter("p"):
            if not _is_note(paragraph):
                continue
            for link in paragraph.iter("a"):
                for name in (link.get("id"), link.get("name")):
                    if name:
                        self._texts.setdefault(name, _text(paragraph, link))
                        self._paragraphs.setdefault(name, paragraph)
        links = [link for link in root.iter("a") if self.called(link)]
        self._called = {self._paragraphs[(link.get("href") or "")[1:]] for link in links}

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

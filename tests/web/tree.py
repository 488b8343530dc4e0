"""Rendered HTML as a tree, with as much of CSS selectors as the tests use."""

from __future__ import annotations

import re

from lxml import etree, html

_SIMPLE = re.compile(r"(?P<tag>\w+)?(?P<rest>(?:\.[\w-]+|\[[\w-]+(?:=[\w-]+)?\])*)")
_PART = re.compile(r"\.([\w-]+)|\[([\w-]+)(?:=([\w-]+))?\]")


class Node(html.HtmlElement):
    def css(self, selector: str) -> list[Node]:
        """Elements below that match: tags, classes, attributes, descendants, alternatives."""
        paths = [
            ".//" + "//".join(map(_xpath, one.split()))
            for one in selector.split(",")
            if one.strip()
        ]
        return [node for path in paths for node in self.xpath(path)]


def _xpath(simple: str) -> str:
    match = _SIMPLE.fullmatch(simple)
    assert match, f"not a selector of these tests: {simple}"
    path = match["tag"] or "*"
    for name, attribute, value in _PART.findall(match["rest"]):
        if name:
            path += f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        else:
            path += f"[@{attribute}='{value}']" if value else f"[@{attribute}]"
    return path


def parse(text: str) -> Node:
    """The tree of a fragment, under one element."""
    parser = html.HTMLParser(encoding="utf-8")
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Node))
    root: Node = etree.fromstring(f"<div>{text}</div>".encode(), parser)
    return root

"""Reader of Markdown (CommonMark, with tables, struck-out text and boxes): as the page it makes.

The words that the head of a file (YAML) gives about it are left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sources.formats.charset import decoded
from sources.formats.html.reader import read_html
from sources.formats.omissions import Omissions
from sources.structure.blocks import counted
from sources.structure.document import Content
from sources.structure.numbers import marker

_DEEPEST = 400  # elements within elements: the reader of pages refuses fewer
_LINE_END = re.compile(r"\r\n?")
_HEAD = re.compile(
    r"\A\ufeff?---[ \t]*\n(?P<words>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
_ASIDE = re.compile(r"<(/?)(?:aside|nav|footer)\b", re.IGNORECASE)
_BOX = re.compile(r"\[([ xX])\]\s+")
_OTHERS = re.compile(  # of Pandoc and others: notes, attributes, raised, lowered and marked words
    r"\[\^[^\]\s]+\]|\{[#.][^{}\n]+\}|\^[^\s^]+\^|(?<!~)~[^\s~]+~(?!~)|==[^\s=][^\n=]*=="
    r"|^:{3,}.*$|^\\[a-z]{3,}\b.*$|^: +\S",
    re.MULTILINE,
)


def read_markdown(data: bytes, name: str = "") -> Content:
    """Read a text in Markdown; ``ReadError`` where the bytes are not text."""
    text, warnings = decoded(data, name)
    text = _LINE_END.sub("\n", text)
    omissions = Omissions()
    if head := _HEAD.match(text):
        omissions.add("head of the file (YAML)", head["words"])
        text = text[head.end() :]
    if others := _OTHERS.findall(text):
        warnings += (
            f"signs of Markdown that are read as words: {counted(others)}: "
            "print it to PDF, and add that",
        )
    page = _page(text).encode("utf-8", "replace")
    found = read_html(b'<meta charset="utf-8"><body>' + page, name)
    return replace(found, warnings=(*warnings, *omissions.warnings(), *found.warnings))


def _page(text: str) -> str:
    """The page in HTML that a text makes."""
    rules = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    rules.enable(["table", "strikethrough"])
    # What looks like the target of a link may be a note, which is text ("[^1]: Gratis.").
    rules.disable("reference")
    tokens = rules.parse(text)
    _keep_numbers(tokens)
    _check_boxes(tokens)
    for token in tokens:
        _break_lines(token.children or ())
        if token.type == "html_block":  # all of a text is the text: what sites set aside, too
            token.content = _ASIDE.sub(r"<\1div", token.content)
    return str(rules.renderer.render(tokens, rules.options, {}))


def _keep_numbers(tokens: Sequence[Token]) -> None:
    """An item that is typed with a higher number than its list counts keeps it ("1.", "3.")."""
    counts: list[int] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            counts.append(int(token.attrGet("start") or 1) - 1)
        elif token.type == "ordered_list_close":
            counts.pop()
        elif token.type == "list_item_open" and token.info:
            counts[-1] = max(counts[-1] + 1, int(token.info))
            token.attrSet("value", str(counts[-1]))


def _check_boxes(tokens: Sequence[Token]) -> None:
    """The box at the head of an item ("[x]") is shown as one."""
    for item, _, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        box = _BOX.match(inline.content) if item.type == "list_item_open" else None
        if box and inline.children:
            first = inline.children[0]
            first.content = f"{'☐' if box[1] == ' ' else '☑'} {first.content[len(box[0]) :]}"


def _break_lines(inline: Sequence[Token]) -> None:
    """A line that begins with a number of its own is one on the page too."""
    line = ""
    for token in reversed(inline):
        if token.type == "softbreak":
            token.type = "hardbreak" if marker(line.strip()) else token.type
            line = ""
        else:
            line = token.content + line

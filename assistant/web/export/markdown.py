"""A document as Markdown; signs of Markdown in its texts are escaped."""

from __future__ import annotations

import re

from assistant.web.export.document import Block, Document, Run

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_START = re.compile(r"^([-+=]|\d+(?=[.)]))", re.MULTILINE)  # of a list, a rule, a heading
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)  # of code
_WRAPPED = {
    "heading": "## {}",
    "part": "### {}",
    "label": "**{}**",
    "quote": "> {}",
    "notice": "*{}*",
    "reference": "- {}",
}


def markdown(document: Document) -> bytes:
    """The document, in UTF-8."""
    head = [f"# {_escaped(document.title)}"]
    if document.subtitle:
        head.append(_escaped(document.subtitle))
    lines = [*head, *_blocks(document.blocks), "---", f"*{_escaped(document.made)}*"]
    return ("\n\n".join(lines) + "\n").encode()


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    """The blocks as Markdown; references that follow one another are one list."""
    made: list[str] = []
    before = ""
    for b in blocks:
        text = _WRAPPED.get(b.kind, "{}").format(_text(b))
        if b.kind == before == "reference":
            made[-1] += "\n" + text
        else:
            made.append(text)
        before = b.kind
    return made


def _text(given: Block) -> str:
    text = "".join(_run(run) for run in given.runs)
    lines = text.split("\n")
    match given.kind:
        case "quote":
            return "  \n> ".join(lines)
        case "heading" | "part" | "label" | "notice" | "reference":
            return " ".join(line.strip() for line in lines)
    return "  \n".join(lines)


def _run(run: Run) -> str:
    text = _escaped(run.text)
    if run.url and run.url != run.text:
        return f"[{text}](<{run.url}>)"
    return text


def _escaped(text: str) -> str:
    """The text as it is: no sign in it makes emphasis, a link, a list, a rule or a heading."""
    plain = _SPECIAL.sub(r"\\\1", _INDENT.sub("", text))
    return _START.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", plain)

"""A document as Markdown; signs of Markdown in its texts are escaped."""

from __future__ import annotations

import re

from assistant.web.export.document import ExportBlock, ExportDocument, ExportRun

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_START = re.compile(r"^([-+=]|\d+(?=[.)]))")  # of a list, a rule, a heading
_WRAPPED = {
    "heading": "## {}",
    "part": "### {}",
    "label": "**{}**",
    "quote": "> {}",
    "notice": "*{}*",
    "reference": "- {}",
}


def markdown(document: ExportDocument) -> bytes:
    """The document, in UTF-8."""
    head = [f"# {_escaped(document.title)}"]
    if document.subtitle:
        head.append(_escaped(document.subtitle))
    lines = [*head, *_blocks(document.blocks), "---", f"*{_escaped(document.foot)}*"]
    return ("\n\n".join(lines) + "\n").encode()


def _blocks(blocks: tuple[ExportBlock, ...]) -> list[str]:
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


def _text(given: ExportBlock) -> str:
    lines = [_line(line) for line in "".join(map(_run, given.runs)).split("\n")]
    match given.kind:
        case "quote":
            return "  \n> ".join(lines)
        case "heading" | "part" | "label" | "notice" | "reference":
            return " ".join(lines)
    return "  \n".join(lines)


def _run(run: ExportRun) -> str:
    text = _SPECIAL.sub(r"\\\1", run.text)
    if run.role in ("key", "label"):
        return f"**{text}**" if text.strip() else text
    return f"[{text}](<{run.url}>)" if run.url not in ("", run.text) else text


def _line(text: str) -> str:
    """A line that begins no list, rule, heading or code: it stands as it is."""
    return _START.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", text.lstrip())


def _escaped(text: str) -> str:
    return _line(_SPECIAL.sub(r"\\\1", text))

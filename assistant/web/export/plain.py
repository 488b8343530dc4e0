"""A document as plain text, for the clipboard."""

from __future__ import annotations

from assistant.web.export.document import ExportBlock, ExportDocument


def plain_text(document: ExportDocument) -> str:
    """The document, its blocks parted by empty lines."""
    head = "\n".join(line for line in (document.title, document.subtitle) if line)
    return "\n\n".join((head, *map(_text, document.blocks), document.made))


def _text(block: ExportBlock) -> str:
    lines = [block.text]
    lines += [run.url for run in block.runs if run.url and run.url != run.text]
    return "\n".join(lines)

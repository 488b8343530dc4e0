"""A document as a tagged PDF; every quote is real text in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from assistant.web.export.document import Document
from assistant.web.strings import say

_PAPER = Path(__file__).with_name("paper.typ")


def pdf(document: Document) -> bytes:
    """The document, as PDF/UA-1.

    A text with signs that the compiler's own fonts lack is set with those of the machine; such
    a PDF is tagged as well, but does not claim the standard.
    """
    import typst

    author = say(document.lang, "page.name")
    content = {**asdict(document), "foot": document.foot, "author": author}
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    try:
        made = typst.compile(
            _PAPER, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards="ua-1"
        )
    except typst.TypstError:
        made = typst.compile(_PAPER, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made

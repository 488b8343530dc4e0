"""A document as a tagged PDF; every quote is real text in it."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.web.export.document import ExportDocument
from assistant.web.strings import say

_PAPER = Path(__file__).with_name("paper.typ")
_SIZES = (9.4, 9.0, 8.6)  # points, tried in this order where all is to fit one page
_SIZE = 10.5


def pdf(document: ExportDocument) -> bytes:
    """The document, as PDF/UA-1.

    A text with signs that the compiler's own fonts lack is set with those of the machine; such
    a PDF is tagged as well, but does not claim the standard.
    """
    author = say(document.lang, "page.name")
    content = {**asdict(document), "foot": document.foot, "author": author}
    if not document.dense:
        return _compiled(content, _SIZE)
    for size in _SIZES:
        made = _compiled(content, size)
        if _pages(made) == 1:
            return made
    return _compiled(content, _SIZES[0])  # what needs more pages is not small as well


def _compiled(content: dict[str, Any], size: float) -> bytes:
    import typst

    inputs = {"data": json.dumps({**content, "size": size}, ensure_ascii=False)}
    try:
        made = typst.compile(
            _PAPER, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards="ua-1"
        )
    except typst.TypstError:
        made = typst.compile(_PAPER, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def _pages(made: bytes) -> int:
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(made)).pages)

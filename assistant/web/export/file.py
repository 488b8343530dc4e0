"""A document as a file that the browser saves."""

from __future__ import annotations

import base64

from assistant.web.export.document import ExportDocument
from assistant.web.export.markdown import markdown
from assistant.web.export.pdf import pdf
from assistant.web.export.word import word
from sources.records import DOCX


def file(document: ExportDocument, name: str, form: str) -> dict[str, str]:
    """The file: its name with its ending, its type, and its content (base64).

    ``form`` is "word" or "pdf"; anything else gives Markdown.
    """
    match form:
        case "word":
            content, type_, ending = word(document), DOCX, "docx"
        case "pdf":
            content, type_, ending = pdf(document), "application/pdf", "pdf"
        case _:
            content, type_, ending = markdown(document), "text/markdown;charset=utf-8", "md"
    encoded = base64.b64encode(content).decode("ascii")
    return {"name": f"{name}.{ending}", "type": type_, "base64": encoded}

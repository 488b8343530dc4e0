"""Reads a plain text of the tests."""

from __future__ import annotations

from sources.anchor import Lang
from sources.formats.plain import read_text
from sources.model import Document
from sources.structure.document import document


def read(text: str | bytes, lang: Lang = "fr") -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return document(read_text(data), work="plan", lang=lang)


def by_portion(found: Document) -> dict[str, str]:
    return {passage.anchor.portion: passage.text for passage in found.passages}

"""Reader of legal acts: finds the format in the bytes, and gives the act's passages."""

from __future__ import annotations

from sources.anchor import Lang
from sources.model import Document
from sources.readers import journal, markup, printed
from sources.readers.division import units
from sources.readers.outline import outline
from sources.readers.structure import passages


def read_act(data: bytes, *, work: str, lang: Lang, media_type: str = "") -> Document:
    text = markup.decode(data, media_type)
    root = markup.tree(text, xml=True)
    found = outline(journal.blocks(root))
    us = [u for part in found.parts for u in units(part)]
    ps, warnings = passages(us, work, lang)
    return Document(work, lang, found.title, printed.date(found.title), tuple(ps), (*found.warnings, *warnings))

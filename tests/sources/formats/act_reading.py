"""Reads the invented acts beside this file, and the real ones of the corpus."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from sources.anchor import Lang
from sources.formats.file import read_act
from sources.model import Document

ACTS = Path(__file__).parent / "acts"
CORPUS = Path(os.environ.get("DUCHESSE_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))
LIBRARIES = "celex:32031R0417"  # the invented regulation that every EU format has

FORMATS = (
    "journal.{}.xhtml",
    "journal-2006.{}.xhtml",
    "consolidated-grid.{}.html",
    "consolidated-2018.{}.html",
    "formex.{}",
)
OTHERS = (
    "recommendation.{}.xhtml",
    "amending.{}.xhtml",
    "before-2004.{}.html",
    "justel.{}.html",
)


def content(name: str) -> bytes:
    return (ACTS / name).read_bytes()


def files(name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((ACTS / name).iterdir())}


def read(name: str, lang: Lang, work: str = LIBRARIES) -> Document:
    """One invented act; ``{}`` in its name stands for the language."""
    name = name.format(lang)
    if (ACTS / name).is_dir():
        return read_act(zipped(files(name)), work=work, lang=lang)
    return read_act(content(name), work=work, lang=lang)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()

"""Working (unofficial) translations: a second view of the same passages.

A TOML file keyed by portion and by heading, so that a jurist can review it. It serves search
and readers; the citation and its quote are always the official text.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import Field

from sources.anchor import other
from sources.errors import ReadError
from sources.files import read_toml
from sources.model import Document, Working
from sources.sidecar import Sidecar


class Translation(Sidecar):
    """One file: the texts by portion and by original heading."""

    title: str = ""
    headings: dict[str, str] = Field({})
    passages: dict[str, str]


def load(path: Path) -> Translation:
    """Read a translation; ``ReadError`` where it does not have its form."""
    return read_toml(path, Translation, "a working translation")


def attach(document: Document, translation: Translation) -> Document:
    """The document, each passage with its working translation where there is one.

    ``ReadError`` names every portion and heading that the document does not have; portions
    that are not translated become a warning, since a translation may grow.
    """
    if translation.lang != other(document.lang):
        raise ReadError(
            "a working translation must be in the other language",
            translation.lang,
            f"{document.work} is in {document.lang}.",
        )
    portions = {p.anchor.portion for p in document.passages}
    if unknown := sorted(set(translation.passages) - portions):
        raise ReadError(
            "a working translation has portions that the document does not have",
            ", ".join(unknown),
            f"Correct the translation of {document.work}.",
        )
    headings = {h for p in document.passages for h in p.headings}
    if unknown := sorted(set(translation.headings) - headings):
        raise ReadError(
            "a working translation has headings that the document does not have",
            "; ".join(unknown),
            f"Correct the translation of {document.work}.",
        )
    missing = sorted(portions - set(translation.passages))
    warnings = (f"no working translation of {', '.join(missing)}",) if missing else ()
    passages = tuple(
        replace(
            p,
            working=Working(
                translation.lang,
                translation.passages[p.anchor.portion],
                tuple(translation.headings.get(h, h) for h in p.headings),
            ),
        )
        if p.anchor.portion in translation.passages
        else p
        for p in document.passages
    )
    return replace(document, passages=passages, warnings=document.warnings + warnings)

"""A small deterministic embedder and library, where what embedding costs is in the way.

The vectors are hashed bags of character trigrams: alike words are near each other, nothing is
random, and a build takes a fraction of a second. Real weights are used wherever meaning counts.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.build import Build
from index.builder import build
from index.embedding import Encoded, ModelId, Side
from index.glossary import Glossary
from index.manifest import Manifest
from index.query import Query
from index.registry import BuildRegistry
from index.search import Hit, Searcher
from sources.anchor import LANGS, Anchor, Lang, other
from sources.bilingual import Bilingual
from sources.catalogue import Catalogue, Source
from sources.folding import fold
from sources.library import Edition, Library
from sources.model import Document, Kind, Passage, Working
from sources.settings import Settings

DIMENSION = 64
MODEL = ModelId("fake", "1", DIMENSION, "query: ", "passage: ")


def _vector(word: str) -> NDArray[np.float32]:
    found = np.zeros(DIMENSION, np.float32)
    padded = f"^{word}$"
    for n in range(len(padded) - 2):
        code = zlib.crc32(padded[n : n + 3].encode("utf-8"))
        found[code % DIMENSION] += 1 if code & 0x10000 else -1
    found[len(word) % DIMENSION] += 0.01  # never all zeros
    return found / np.float32(np.linalg.norm(found))


def unit_vectors(count: int, seed: int = 1, dimension: int = 16) -> NDArray[np.float32]:
    """Vectors of length 1 in all directions, the same each time; shape (count, dimension)."""
    found = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


class FakeEmbedder:
    """See the module. ``seen`` has every text that was encoded, in order."""

    def __init__(self, model: ModelId = MODEL) -> None:
        self.id = model
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        self.seen += texts
        return [self._encode(t) for t in texts]

    def token_spans(self, passage: str) -> list[tuple[int, int]]:
        return [m.span() for m in re.finditer(r"\w+", passage)] or [(0, 0)]

    @staticmethod
    def _encode(text: str) -> Encoded:
        written = re.findall(r"\w+", fold(text)) or [""]
        tokens = np.stack([_vector(w) for w in written])
        whole = tokens.sum(axis=0)
        whole /= max(float(np.linalg.norm(whole)), 1e-9)
        return Encoded(whole, tokens, tuple(f"▁{w}" for w in written))


def passage(
    work: str, lang: Lang, number: int, text: str, view: str | None = None, heading: str = "Ports"
) -> Passage:
    return Passage(
        anchor=Anchor(work, lang, f"art_{number}"),
        kind=Kind.ARTICLE,
        text=text,
        headings=(heading,),
        locator=Bilingual(f"art. {number}", f"art. {number}"),
        working=Working(other(lang), view, (heading,)) if view else None,
    )


def source(work: str) -> Source:
    return Source.model_validate(
        {
            "id": work,
            "kind": "document",
            "title": {"fr": f"Texte {work}", "nl": f"Tekst {work}"},
            "short": {"fr": f"Texte {work}", "nl": f"Tekst {work}"},
            "licence": "Domaine public",
        }
    )


class Texts(Library):
    """A library in memory: passages by work and language."""

    def __init__(self, texts: Mapping[tuple[str, Lang], Sequence[Passage]]) -> None:
        self.texts = dict(texts)
        self.catalogue = Catalogue([source(w) for w in dict.fromkeys(w for w, _ in texts)])

    def editions(self) -> tuple[Edition, ...]:
        return tuple(
            Edition(
                entry,
                lang,
                hashlib.sha256(repr(self.texts[entry.id, lang]).encode()).hexdigest(),
                "stored",
            )
            for entry in self.catalogue
            for lang in LANGS
            if (entry.id, lang) in self.texts
        )

    def read(self, edition: Edition) -> Document:
        passages = tuple(self.texts[edition.source.id, edition.lang])
        return Document(edition.source.id, edition.lang, edition.source.title.fr, "", passages)


def harbour(*, more: Sequence[str] = ()) -> Texts:
    """Two works: one with a working translation, one in both languages."""
    french = [
        ("Les quais du nord sont réparés chaque hiver.", "De noordelijke kaaien worden hersteld."),
        ("Les grues bleues soulèvent les conteneurs.", "De blauwe kranen heffen de containers."),
        ("Le phare éclaire la passe pendant la nuit.", "De vuurtoren verlicht de vaargeul."),
        *((text, f"Vertaling van {text}") for text in more),
    ]
    return Texts(
        {
            ("ports-2031", "fr"): [
                passage("ports-2031", "fr", n, text, view)
                for n, (text, view) in enumerate(french, 1)
            ],
            ("celex:32031L0007", "fr"): [
                passage("celex:32031L0007", "fr", 1, "Les navires déclarent leur cargaison.")
            ],
            ("celex:32031L0007", "nl"): [
                passage("celex:32031L0007", "nl", 1, "De schepen geven hun lading aan.")
            ],
        }
    )


def settings_for(folder: Path, **more: object) -> Settings:
    """Settings of a data folder whose model is the fake one."""
    model = folder / "fake"
    model.mkdir(parents=True, exist_ok=True)
    return Settings.model_validate(
        {"data": folder / "data", "model": str(model), "model_revision": "1", **more}
    )


def quiet(stage: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


def make(
    settings: Settings,
    texts: Library,
    embedder: FakeEmbedder | None = None,
    only: frozenset[str] = frozenset(),
) -> Manifest:
    """Build with the fake embedder."""
    used = embedder or FakeEmbedder()
    return build(BuildRegistry.of(settings), texts, lambda: used, settings, quiet, only)


def hits(build: Build, question: str, lang: Lang = "fr", limit: int = 10, **more: Any) -> list[Hit]:
    """What a search with the fake model and without a glossary finds."""
    searcher = Searcher(build, FakeEmbedder(), Glossary([]))
    return searcher.search(Query.of(question, lang), limit, **more)

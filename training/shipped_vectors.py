"""``python -m training.shipped_vectors``: the vectors of the questions that texts ship with.

To be run where such a list, the model or its trained layers have changed
(:mod:`index.shipped_vectors`).
"""

from __future__ import annotations

import sys

from tqdm import tqdm

from index import embedding, shipped_vectors
from index.cache import key
from index.embedding import Embedder
from index.known_questions import known_questions
from index.shipped_vectors import PATH, Floats
from sources.library import Library
from sources.settings import Settings

_BATCH = 64


def questions(library: Library) -> list[str]:
    """Each question that a text that ships comes with, once."""
    shipped = [e for e in library.editions() if e.origin == "shipped"]
    passages = [p for e in shipped for p in library.read(e).passages]
    return list(dict.fromkeys(q.text for q in known_questions(passages)))


def vectors(embedder: Embedder, texts: list[str]) -> dict[str, Floats]:
    """The vector of each question by its key, shape (dimension,)."""
    found: dict[str, Floats] = {}
    texts = sorted(texts, key=len)
    for start in tqdm(range(0, len(texts), _BATCH), file=sys.stderr):
        part = texts[start : start + _BATCH]
        for text, encoded in zip(part, embedder.encode(part, "query"), strict=True):
            found[key(embedder.id, "vector", text, "query")] = encoded.text
    return found


def main() -> int:
    """Embed them, and write :data:`index.shipped_vectors.PATH`."""
    settings = Settings.read()
    found = vectors(embedding.packaged(settings), questions(Library.of(settings)))
    shipped_vectors.write(PATH, found)
    print(f"{len(found)} vectors in {PATH}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

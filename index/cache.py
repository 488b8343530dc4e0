"""Vectors by content: what was embedded once is not embedded again.

The key is a hash of model, revision, prefix and text, so a changed text, model or prefix is
another entry. One SQLite file, safe under two builders; a damaged one is set aside and begun
anew, since it holds nothing that cannot be computed again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import late
from index.embedding import Embedder, Encoded, ModelId

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    key TEXT PRIMARY KEY, text BLOB NOT NULL, tokens BLOB NOT NULL, used REAL NOT NULL
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Packed:
    """An encoded text as it is stored: vector, shape (dimension,), and packed token vectors."""

    text: np.ndarray[tuple[int], np.dtype[np.float32]]
    tokens: bytes


class VectorCache:
    """The file ``vectors.sqlite3`` in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "vectors.sqlite3"
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            os.replace(self._path, self._path.with_suffix(f".damaged-{int(time.time())}"))
            for ending in ("-wal", "-shm"):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)
            self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute(_SCHEMA)
        if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            db.close()
            raise sqlite3.DatabaseError("quick_check failed")
        return db

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def get(self, key: str, dimension: int) -> Packed | None:
        """Stored vectors, or None; an entry that does not have its form counts as none."""
        row = self._db.execute("SELECT text, tokens FROM vectors WHERE key = ?", (key,)).fetchone()
        if row is None or len(row[0]) != 4 * dimension or len(row[1]) % (dimension + 2):
            return None
        vector = np.frombuffer(row[0], np.float32)
        return Packed(vector, row[1]) if abs(float(vector @ vector) - 1) < 1e-3 else None

    def put(self, entries: Sequence[tuple[str, Packed]]) -> None:
        """Store entries in one transaction."""
        now = time.time()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
                [(k, p.text.astype(np.float32).tobytes(), p.tokens, now) for k, p in entries],
            )

    def touch(self, keys: Sequence[str]) -> None:
        """Note that entries are still of use."""
        now = time.time()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(
                "UPDATE vectors SET used = ? WHERE key = ?", [(now, k) for k in keys]
            )

    def prune(self, max_bytes: int) -> int:
        """Drop the entries that were of use longest ago until the rest fits; how many."""
        rows = self._db.execute(
            "SELECT key, length(text) + length(tokens) FROM vectors ORDER BY used DESC, key"
        ).fetchall()
        total, drop = 0, []
        for key, size in rows:
            total += size
            if total > max_bytes:
                drop.append((key,))
        if drop:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany("DELETE FROM vectors WHERE key = ?", drop)
            self._db.execute("VACUUM")
        return len(drop)


def key(model: ModelId, text: str) -> str:
    """Key of a passage text under a model."""
    parts = (model.name, model.revision, str(model.dimension), model.passage_prefix, text)
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def encode(
    embedder: Embedder, cache: VectorCache, texts: Sequence[str], batch: int = 32
) -> Iterator[list[Packed | None]]:
    """Encode passages in batches, taking from the cache what it has.

    Yields, for progress, a list as long as ``texts`` after each batch; entries still to come
    are None, and none is None in the last one. What was encoded is in the cache at once, so an
    interrupted run goes on where it stopped.
    """
    model = embedder.id
    keys = [key(model, t) for t in texts]
    done: list[Packed | None] = [cache.get(k, model.dimension) for k in keys]
    cache.touch([k for k, d in zip(keys, done, strict=True) if d])
    yield done
    missing = [n for n, d in enumerate(done) if d is None]
    missing.sort(key=lambda n: len(texts[n]))  # alike lengths together: less padding
    for start in range(0, len(missing), batch):
        part = missing[start : start + batch]
        encoded = [_pack(e) for e in embedder.encode([texts[n] for n in part], "passage")]
        cache.put([(keys[n], p) for n, p in zip(part, encoded, strict=True)])
        for n, p in zip(part, encoded, strict=True):
            done[n] = p
        yield done


def _pack(encoded: Encoded) -> Packed:
    return Packed(encoded.text, late.pack(encoded.tokens))

"""Vectors by content: what was embedded once is not embedded again.

The key is a hash of model, revision, prefix, text and what is wanted of it, so a changed text,
model or prefix is another entry. One SQLite file, safe under two builders; a damaged one is set
aside and begun anew, since it holds nothing that cannot be computed again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from index import late_interaction, shipped_vectors
from index.embedding import Embedder, ModelId, Side
from index.errors import IndexingError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS encoded (
    key TEXT PRIMARY KEY, data BLOB NOT NULL, used REAL NOT NULL
) WITHOUT ROWID
"""


Want = Literal["vector", "tokens"]  # of a whole text (float32), or of its tokens (packed)


class VectorCache:
    """The file ``vectors.sqlite3`` in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "vectors.sqlite3"
        try:
            self._db = self._open()
        except sqlite3.OperationalError as error:  # locked or not writable: no damage
            raise IndexingError(
                "the cache of vectors cannot be opened",
                f"{self._path} ({error})",
                "Wait for the other process, or look at the disk and its permissions.",
            ) from error
        except sqlite3.DatabaseError:
            for older in folder.glob("*.damaged-*"):  # the newest is enough to look at
                older.unlink(missing_ok=True)
            os.replace(self._path, self._path.with_suffix(f".damaged-{int(time.time())}"))
            for ending in ("-wal", "-shm"):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)
            self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        # As an address, so that the file of another cache can be attached to be read only.
        address = self._path.absolute().as_uri()
        db = sqlite3.connect(address, timeout=60, isolation_level=None, uri=True)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute(_SCHEMA)
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("quick_check failed")
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def get(self, key: str) -> bytes | None:
        """Stored bytes, or those that ship; None where there are neither."""
        row = self._db.execute("SELECT data FROM encoded WHERE key = ?", (key,)).fetchone()
        if row:
            return bytes(row[0])
        shipped = shipped_vectors.get(key)
        return None if shipped is None else shipped.tobytes()

    def put(self, entries: Sequence[tuple[str, bytes]]) -> None:
        """Store entries in one transaction."""
        now = time.time()
        rows = [(k, data, now) for k, data in entries]
        self._change("INSERT OR REPLACE INTO encoded VALUES (?, ?, ?)", rows)

    def touch(self, keys: Sequence[str]) -> None:
        """Note that entries are still of use."""
        now = time.time()
        self._change("UPDATE encoded SET used = ? WHERE key = ?", [(now, k) for k in keys])

    def take(self, other: Path) -> int:
        """Copy the entries of another cache that this one does not have; how many.

        ``IndexingError`` where the other file is no cache.
        """
        before = self._db.total_changes
        try:
            self._db.execute("ATTACH ? AS other", (f"{other.absolute().as_uri()}?mode=ro",))
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.execute("INSERT OR IGNORE INTO encoded SELECT * FROM other.encoded")
        except sqlite3.Error as error:
            raise IndexingError(
                "the vectors of another cache cannot be taken",
                f"{other} ({error})",
                "Copy the file again, while nothing is embedded there.",
            ) from error
        return self._db.total_changes - before

    def prune(self, max_bytes: int) -> int:
        """Drop the entries that were of use longest ago until the rest fits; how many."""
        rows = self._db.execute(
            "SELECT key, length(data) FROM encoded ORDER BY used DESC, key"
        ).fetchall()
        total, drop = 0, []
        for key, size in rows:
            total += size
            if total > max_bytes:
                drop.append((key,))
        if drop:
            self._change("DELETE FROM encoded WHERE key = ?", drop)
            self._db.execute("VACUUM")
        return len(drop)

    def _change(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run a statement for each of some rows, in one transaction."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(statement, rows)


def key(model: ModelId, want: Want, text: str, side: Side = "passage") -> str:
    """Key of what a model makes of a text."""
    prefix = model.passage_prefix if side == "passage" else model.query_prefix
    parts = (want, model.name, model.revision, str(model.dimension), prefix, text)
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def sound(data: bytes, want: Want, dimension: int) -> bool:
    """Do these bytes have the form of what was wanted?"""
    if want == "tokens":
        return len(data) % (dimension + 2) == 0
    if len(data) != 4 * dimension:
        return False
    vector = np.frombuffer(data, np.float32)
    return abs(float(vector @ vector) - 1) < 1e-3


def encode(
    embedder: Embedder,
    cache: VectorCache,
    texts: Sequence[str],
    want: Want,
    batch: int = 64,
    side: Side = "passage",
) -> Iterator[list[bytes | None]]:
    """Encode texts in batches, taking from the cache what it has.

    Yields, for progress, a list as long as ``texts`` after each batch; entries still to come
    are None, and none is None in the last one. What was encoded is in the cache at once, so an
    interrupted run goes on where it stopped.
    """
    model = embedder.id
    keys = [key(model, want, t, side) for t in texts]
    done = [cache.get(k) for k in keys]
    done = [d if d is not None and sound(d, want, model.dimension) else None for d in done]
    cache.touch([k for k, d in zip(keys, done, strict=True) if d is not None])
    yield done
    missing = list({keys[n]: n for n, d in enumerate(done) if d is None}.values())  # each once
    missing.sort(key=lambda n: len(texts[n]))  # alike lengths together: less padding
    for start in range(0, len(missing), batch):
        part = missing[start : start + batch]
        encoded = embedder.encode([texts[n] for n in part], side)
        packed = [
            late_interaction.pack(e.tokens) if want == "tokens" else e.text.tobytes()
            for e in encoded
        ]
        new = {keys[n]: p for n, p in zip(part, packed, strict=True)}
        cache.put(list(new.items()))
        done = [new.get(k) if d is None else d for k, d in zip(keys, done, strict=True)]
        yield done

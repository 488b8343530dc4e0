"""The cache of vectors: nothing is embedded twice, nothing wrong is ever given."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from index import cache, late_interaction
from index.cache import VectorCache, Want
from index.embedding import Encoded, ModelId, Side
from index.errors import IndexingError
from tests.index.fake import MODEL, FakeEmbedder

ROOT = Path(__file__).parents[2]
TEXTS = ["Les quais du nord.", "Les grues bleues.", "Le phare de la passe."]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorCache]:
    found = VectorCache(tmp_path)
    yield found
    found.close()


WANTS: tuple[Want, ...] = ("vector", "tokens")


def encode(
    store: VectorCache,
    texts: Sequence[str],
    embedder: FakeEmbedder | None = None,
    batch: int = 32,
    want: Want = "vector",
) -> list[bytes]:
    *_, done = cache.encode(embedder or FakeEmbedder(), store, texts, want, batch)
    assert None not in done
    return [d for d in done if d is not None]


# Nothing twice


def test_what_was_embedded_is_not_embedded_again(store: VectorCache) -> None:
    embedder = FakeEmbedder()
    first = encode(store, TEXTS, embedder)
    assert sorted(embedder.seen) == sorted(TEXTS)
    again = encode(store, TEXTS[::-1], embedder)
    assert len(embedder.seen) == len(TEXTS)
    assert again == first[::-1]


def test_the_same_text_twice_in_one_run_is_embedded_once(store: VectorCache) -> None:
    embedder = FakeEmbedder()
    found = encode(store, [TEXTS[0], TEXTS[1], TEXTS[0]], embedder)
    assert sorted(embedder.seen) == sorted(TEXTS[:2])
    assert found[0] == found[2] != found[1]


def test_only_what_is_new_is_embedded(store: VectorCache) -> None:
    encode(store, TEXTS[:2])
    embedder = FakeEmbedder()
    encode(store, TEXTS, embedder)
    assert embedder.seen == TEXTS[2:]


def test_what_is_given_is_what_the_model_gave(store: VectorCache) -> None:
    direct = FakeEmbedder().encode(TEXTS, "passage")
    for _ in range(2):  # fresh, then from the cache
        assert encode(store, TEXTS, want="vector") == [e.text.tobytes() for e in direct]
        assert encode(store, TEXTS, want="tokens") == [
            late_interaction.pack(e.tokens) for e in direct
        ]


@pytest.mark.parametrize(
    "other",
    [
        replace(MODEL, name="other"),
        replace(MODEL, revision="2"),
        replace(MODEL, passage_prefix=""),
        replace(MODEL, dimension=32),
    ],
)
def test_another_model_revision_or_prefix_is_another_key(other: ModelId) -> None:
    for want in WANTS:
        assert cache.key(MODEL, want, TEXTS[0]) != cache.key(other, want, TEXTS[0])


def test_another_text_or_another_want_is_another_key() -> None:
    texts = [*TEXTS, "", " ", TEXTS[0] + " "]
    assert len({cache.key(MODEL, want, t) for t in texts for want in WANTS}) == 12


def test_the_prefix_of_questions_does_not_matter_to_passages() -> None:
    other = replace(MODEL, query_prefix="x")
    assert cache.key(other, "vector", "a") == cache.key(MODEL, "vector", "a")


def test_a_model_never_gets_vectors_of_another(store: VectorCache) -> None:
    encode(store, TEXTS)
    embedder = FakeEmbedder(replace(MODEL, revision="2"))
    encode(store, TEXTS, embedder)
    assert sorted(embedder.seen) == sorted(TEXTS)


# Progress


def test_progress_is_told_after_each_batch_and_ends_whole(store: VectorCache) -> None:
    counts = [
        sum(d is not None for d in done)
        for done in cache.encode(FakeEmbedder(), store, TEXTS, "vector", batch=1)
    ]
    assert counts == [0, 1, 2, 3]


def test_no_texts_need_no_model(store: VectorCache) -> None:
    embedder = FakeEmbedder()
    assert encode(store, [], embedder) == []
    assert embedder.seen == []


class _Broken(FakeEmbedder):
    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        if len(self.seen) >= 2:
            raise RuntimeError("power cut")
        return super().encode(texts, side)


def test_an_interrupted_run_goes_on_where_it_stopped(store: VectorCache) -> None:
    with pytest.raises(RuntimeError, match="power cut"):
        encode(store, TEXTS, _Broken(), batch=1)
    embedder = FakeEmbedder()
    encode(store, TEXTS, embedder)
    assert len(embedder.seen) == 1


# Damage


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 300, b"SQLite format 3\0"])
def test_a_file_that_is_no_database_is_set_aside_and_begun_anew(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "vectors.sqlite3").write_bytes(content)
    store = VectorCache(tmp_path)
    assert len(encode(store, TEXTS)) == 3
    store.close()


def damage(path: Path) -> None:
    """Overwrite all pages after the first."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)


def test_a_damaged_file_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    first = VectorCache(tmp_path)
    encode(first, TEXTS)
    first.close()
    damage(tmp_path / "vectors.sqlite3")
    second = VectorCache(tmp_path)
    embedder = FakeEmbedder()
    encode(second, TEXTS, embedder)
    second.close()
    assert sorted(embedder.seen) == sorted(TEXTS)
    assert len(list(tmp_path.glob("vectors.damaged-*"))) == 1


@pytest.mark.parametrize(
    ("want", "value"),
    [
        ("vector", b""),
        ("vector", b"\0" * 12),
        ("vector", b"\0" * 256),
        ("vector", np.full(64, 3.0, np.float32).tobytes()),
        ("vector", np.full(64, np.nan, np.float32).tobytes()),
        ("tokens", b"\0" * 67),
    ],
)
def test_an_entry_that_does_not_have_its_form_is_embedded_again(
    tmp_path: Path, want: Want, value: bytes
) -> None:
    store = VectorCache(tmp_path)
    right = encode(store, TEXTS[:1], want=want)
    store.close()
    db = sqlite3.connect(tmp_path / "vectors.sqlite3")
    db.execute("UPDATE encoded SET data = ?", (value,))
    db.commit()
    db.close()
    store = VectorCache(tmp_path)
    embedder = FakeEmbedder()
    again = encode(store, TEXTS[:1], embedder, want=want)
    store.close()
    assert embedder.seen == TEXTS[:1]
    assert again == right


def test_a_file_that_another_process_has_locked_is_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock is no damage: setting the file aside would take it from under its owner."""
    path = tmp_path / "vectors.sqlite3"
    owner = sqlite3.connect(path, isolation_level=None)
    owner.execute("PRAGMA locking_mode=EXCLUSIVE")
    owner.execute("CREATE TABLE held (x)")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda p, **more: connect(p, **{**more, "timeout": 0}))
    with pytest.raises(IndexingError, match="locked"):
        VectorCache(tmp_path)
    owner.execute("INSERT INTO held VALUES (1)")
    owner.close()
    assert list(tmp_path.glob("vectors.damaged-*")) == []


# Two writers

SCRIPT = """
import sys
from pathlib import Path
from index import cache
from tests.index.fake import FakeEmbedder

store = cache.VectorCache(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
own = [f"texte {sys.argv[2]} numéro {n}" for n in range(60)]
shared = [f"texte commun numéro {n}" for n in range(60)]
*_, done = cache.encode(FakeEmbedder(), store, own + shared, "vector", batch=3)
assert None not in done
store.close()
"""


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path), name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in "ab"
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n", writer.communicate()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors.decode()
    store = VectorCache(tmp_path)
    embedder = FakeEmbedder()
    texts = [f"texte {name} numéro {n}" for name in ("a", "b", "commun") for n in range(60)]
    encode(store, texts, embedder)
    store.close()
    assert embedder.seen == []
    assert list(tmp_path.glob("*damaged*")) == []


# Pruning


def test_pruning_drops_what_was_of_use_longest_ago(
    store: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count(0.0)
    monkeypatch.setattr("index.cache.time", SimpleNamespace(time=lambda: next(clock)))
    for text in TEXTS:
        encode(store, [text])
    encode(store, TEXTS[:1])  # of use again
    size = sum(len(data) for data in encode(store, [TEXTS[0], TEXTS[2]]))
    assert store.prune(size) == 1
    embedder = FakeEmbedder()
    encode(store, TEXTS, embedder)
    assert embedder.seen == [TEXTS[1]]


def test_pruning_leaves_what_fits(store: VectorCache) -> None:
    encode(store, TEXTS)
    assert store.prune(1_000_000) == 0
    assert store.prune(0) == 3

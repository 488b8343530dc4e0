"""The vector store: exact, opened and let go of cleanly, and honest about damage."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.chroma import ChromaStore
from index.errors import DamagedBuildError

ROOT = Path(__file__).parents[2]


def some(count: int, seed: int = 1) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def names(count: int) -> list[str]:
    return [f"ports-2031@fr#art_{n}~fr~0" for n in range(count)]


VECTORS = some(40)
IDS = names(40)
WORKS = ["ports-2031", "phares-2032"] * 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with ChromaStore(tmp_path / "chroma", create=True) as store:
        store.add("fr", IDS, WORKS, VECTORS)
        store.add("nl", IDS[:3], WORKS[:3], VECTORS[:3])
    return tmp_path / "chroma"


def held(folder: Path) -> list[str]:
    """Files below a folder that this process has open."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.append(str(link.readlink()))
    return [f for f in found if f.startswith(str(folder))]


def test_only_the_works_that_are_wanted_are_found(folder: Path) -> None:
    with ChromaStore(folder) as store:
        found = store.nearest("fr", VECTORS[0], 40, ["phares-2032"])
        exact = {IDS[n]: float(VECTORS[n] @ VECTORS[0]) for n in range(1, 40, 2)}
        assert [i for i, _ in found] == sorted(exact, key=lambda i: -exact[i])
        assert np.allclose([c for _, c in found], sorted(exact.values(), reverse=True), atol=1e-5)
        assert len(store.nearest("fr", VECTORS[0], 40, ["phares-2032", "ports-2031"])) == 40
        assert store.nearest("fr", VECTORS[0], 40, ["unknown"]) == []


def test_what_is_stored_is_found_in_the_language_of_its_view(folder: Path) -> None:
    with ChromaStore(folder) as store:
        assert (store.count("fr"), store.count("nl")) == (40, 3)
        assert store.ids("fr") == set(IDS)
        assert store.ids("nl") == set(IDS[:3])


def test_the_nearest_are_those_of_an_exact_search_with_their_cosine(folder: Path) -> None:
    question = some(1, seed=2)[0]
    exact = VECTORS @ question
    with ChromaStore(folder) as store:
        found = store.nearest("fr", question, 10)
    assert [i for i, _ in found] == [IDS[n] for n in np.argsort(-exact)[:10]]
    assert [s for _, s in found] == pytest.approx(sorted(exact, reverse=True)[:10], abs=1e-5)


def test_more_is_not_given_than_there_is(folder: Path) -> None:
    with ChromaStore(folder) as store:
        assert len(store.nearest("nl", VECTORS[0], 50)) == 3
        assert store.nearest("nl", VECTORS[0], 0) == []


def test_an_empty_store_gives_nothing(tmp_path: Path) -> None:
    with ChromaStore(tmp_path, create=True) as store:
        assert store.nearest("fr", VECTORS[0], 5) == []
        assert store.ids("fr") == set()


def test_vectors_come_back_as_they_were_given_and_unknown_ids_are_left_out(folder: Path) -> None:
    with ChromaStore(folder) as store:
        found = store.vectors("fr", [IDS[3], "unknown", IDS[1]])
        assert set(found) == {IDS[3], IDS[1]}
        assert np.allclose(found[IDS[3]], VECTORS[3], atol=1e-6)
        assert store.vectors("fr", []) == {}


def test_an_id_that_is_there_already_is_replaced(tmp_path: Path) -> None:
    with ChromaStore(tmp_path, create=True) as store:
        store.add("fr", IDS[:2], WORKS[:2], VECTORS[:2])
        store.add("fr", IDS[:1], WORKS[:1], VECTORS[5:6])
        assert store.count("fr") == 2
        assert np.allclose(store.vectors("fr", IDS[:1])[IDS[0]], VECTORS[5], atol=1e-6)


def test_many_more_vectors_than_a_batch_are_all_stored_and_all_found(tmp_path: Path) -> None:
    vectors, ids = some(2300), names(2300)
    with ChromaStore(tmp_path, create=True) as store:
        store.add("fr", ids, ["ports-2031"] * len(ids), vectors)
    with ChromaStore(tmp_path) as store:
        assert store.ids("fr") == set(ids)
        for n in range(0, 2300, 230):
            assert store.nearest("fr", vectors[n], 1)[0][0] == ids[n]


# Opening and letting go


def test_opening_does_not_create_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedBuildError, match="no database"):
        ChromaStore(tmp_path / "chroma")
    assert not (tmp_path / "chroma").exists()


@pytest.mark.slow
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "no longer used"])
def test_a_store_lets_go_of_its_files(folder: Path, tmp_path: Path, closed: bool) -> None:
    """The database ends in a thread of its own, a moment later: files must not add up."""
    for n in range(6):
        copy = tmp_path / f"copy-{n}"
        shutil.copytree(folder, copy)
        store = ChromaStore(copy)
        store.nearest("fr", VECTORS[0], 1)
        assert held(copy)
        if closed:
            store.close()
            store.close()  # a second time does nothing
        del store
        gc.collect()
    assert len({Path(f).parent for f in held(tmp_path)}) < 4


def test_one_reader_that_closes_does_not_disturb_another_of_the_same_folder(folder: Path) -> None:
    with ChromaStore(folder) as one:
        with ChromaStore(folder) as two:
            assert two.count("fr") == 40
        assert one.nearest("fr", VECTORS[7], 1)[0][0] == IDS[7]


def test_a_folder_may_be_renamed_after_writing(folder: Path) -> None:
    moved = folder.rename(folder.with_name("moved"))
    with ChromaStore(moved) as store:
        assert store.nearest("fr", VECTORS[7], 1)[0][0] == IDS[7]


# Damage


def spoil(folder: Path, how: str) -> None:
    database = folder / "chroma.sqlite3"
    content = database.read_bytes()
    match how:
        case "deleted":
            database.unlink()
        case "empty":
            database.write_bytes(b"")
        case "truncated":
            database.write_bytes(content[: len(content) // 2])
        case "overwritten":
            database.write_bytes(b"\x5a" * len(content))
        case "pages":
            database.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
        case "collection":
            with sqlite3.connect(database) as db:
                db.execute("DELETE FROM collections WHERE name = 'views-nl'")
            db.close()


def look(folder: Path) -> None:
    with ChromaStore(folder) as store:
        store.ids("fr")
        store.nearest("fr", VECTORS[0], 5)


DAMAGES = ["deleted", "empty", "truncated", "overwritten", "pages", "collection"]


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_database_is_a_damaged_build_with_the_next_step(folder: Path, how: str) -> None:
    spoil(folder, how)
    for _ in range(2):  # the second time says the same
        with pytest.raises(DamagedBuildError, match="index build") as caught:
            look(folder)
        assert "has no attribute" not in str(caught.value)


@pytest.mark.parametrize("how", DAMAGES)
def test_a_store_that_was_damaged_can_be_opened_once_it_is_restored(
    folder: Path, tmp_path: Path, how: str
) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    spoil(folder, how)
    with pytest.raises(DamagedBuildError):
        look(folder)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)
    with ChromaStore(folder) as store:
        assert store.nearest("fr", VECTORS[7], 1)[0][0] == IDS[7]


READER = """
import sys, time
from pathlib import Path
from unittest.mock import patch
from index import chroma

real, tries = chroma._connect, []

def first_fails(folder):
    tries.append(folder)
    if len(tries) == 1:
        raise OSError("read-only")
    return real(folder)

with patch("index.chroma._connect", first_fails):
    store = chroma.ChromaStore(Path(sys.argv[1]))
print(tries[1].parent, flush=True)
time.sleep(600)
"""


def test_a_copy_of_a_killed_reader_is_removed_by_the_next_and_no_copy_in_use_is(
    folder: Path, tmp_path: Path
) -> None:
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", READER, str(folder)]
    copies: list[Path] = []
    readers = []
    for kill in (True, False, False):
        reader = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert reader.stdout
        copies.append(Path(reader.stdout.readline().strip()))
        if kill:
            reader.kill()
            reader.wait()
        readers.append(reader)
    assert [c.exists() for c in copies] == [False, True, True]
    for reader in readers:
        reader.kill()
        reader.communicate()

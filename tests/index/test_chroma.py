"""Chroma: opened and let go of cleanly, and honest about damage."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from index.chroma import ChromaStore
from index.errors import DamagedBuildError
from tests.index.fake import unit_vectors
from tests.index.stores import held

ROOT = Path(__file__).parents[2]


VECTORS = unit_vectors(40)
IDS = [f"ports-2031@fr#art_{n}~fr~0" for n in range(40)]
WORKS = ["ports-2031", "phares-2032"] * 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with ChromaStore(tmp_path / "chroma", create=True) as store:
        store.add("fr", IDS, WORKS, VECTORS)
        store.add("nl", IDS[:3], WORKS[:3], VECTORS[:3])
    return tmp_path / "chroma"


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

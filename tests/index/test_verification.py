"""Verifying: whatever was done to a build is found, said, and never a crash."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.chroma import ChromaStore
from index.errors import DamagedBuildError
from index.manifest import FORMAT, Manifest, build_id, file_hash
from index.registry import BuildRegistry
from index.verification import faults
from sources.anchor import LANGS
from tests.index.fake import Texts, harbour, make, passage, settings_for

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_for(tmp_path_factory.mktemp("good"))
    return BuildRegistry(settings.data).path(make(settings, harbour()).build)


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    shutil.copytree(good, tmp_path / good.name)
    return tmp_path / good.name


def rewrite(folder: Path, **changes: object) -> None:
    """Change the manifest, and make it agree with the files, as a person with tools could."""
    content = json.loads((folder / "manifest.json").read_text("utf-8"))
    content["files"] = {name: file_hash(folder / name) for name in content["files"]}
    Manifest.model_validate(content | changes).write(folder)


def test_a_good_build_has_no_faults(folder: Path) -> None:
    assert faults(folder) == []
    assert faults(folder, sample=None) == []
    assert faults(folder, sample=1) == []


def altered_text(folder: Path) -> None:
    path = folder / "passages.jsonl"
    path.write_text(path.read_text("utf-8").replace("bleues", "rouges"), "utf-8")


def one_byte(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content)

    return change


def missing(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def cut(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])

    return change


def no_chroma(folder: Path) -> None:
    shutil.rmtree(folder / "chroma")


def spoilt_pages(folder: Path) -> None:
    path = folder / "chroma" / "chroma.sqlite3"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))


def other_vectors(folder: Path) -> None:
    """The bytes of one vector in the store, without anything else being wrong."""
    db = sqlite3.connect(folder / "chroma" / "chroma.sqlite3")
    (vector,) = db.execute("SELECT vector FROM embeddings_queue LIMIT 1").fetchone()
    wrong = np.roll(np.frombuffer(vector, np.float32), 1).tobytes()
    db.execute("UPDATE embeddings_queue SET vector = ? WHERE vector = ?", (wrong, vector))
    db.commit()
    db.close()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (altered_text, "passages.jsonl: altered"),
        (one_byte("tokens.bin"), "tokens.bin: altered"),
        (one_byte("checksums.npy"), "checksums.npy: altered"),
        (one_byte("lexical/fr/words.json"), "lexical/fr/words.json: altered"),
        (one_byte("lexical/nl/data.csc.index.npy"), "lexical/nl/data.csc.index.npy: altered"),
        (missing("tokens.bin"), "tokens.bin: missing"),
        (missing("offsets.npy"), "offsets.npy: missing"),
        (missing("passages.jsonl"), "passages.jsonl: missing"),
        (cut("passages.jsonl"), "passages.jsonl: altered"),
        (missing("manifest.json"), "manifest of a build cannot be read"),
        (cut("manifest.json"), "manifest of a build cannot be read"),
        (no_chroma, "chroma/chroma.sqlite3: "),
        (missing("chroma/chroma.sqlite3"), "chroma/chroma.sqlite3: "),
        (cut("chroma/chroma.sqlite3"), "chroma/chroma.sqlite3: "),
        (spoilt_pages, "chroma/chroma.sqlite3: "),
        (other_vectors, "not the one that was stored"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_damage_is_found_and_said(folder: Path, damage: Callable[[Path], None], told: str) -> None:
    damage(folder)
    found = faults(folder, sample=None)
    assert found
    assert told in " ".join(found)


def test_every_altered_file_is_named(folder: Path) -> None:
    altered_text(folder)
    one_byte("tokens.bin")(folder)
    (folder / "lexical" / "nl" / "words.json").unlink()
    assert sorted(faults(folder)) == [
        "lexical/nl/words.json: missing",
        "passages.jsonl: altered",
        "tokens.bin: altered",
    ]


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_altered_byte_is_named_or_changes_nothing(
    good: Path, tmp_path: Path, data: Any
) -> None:
    """Of the files that Chroma rewrites whenever it opens them, what they hold is looked at."""
    names = [str(p.relative_to(good)) for p in sorted(good.rglob("*")) if p.stat().st_size]
    name = data.draw(st.sampled_from([n for n in names if (good / n).is_file()]))
    place = data.draw(st.integers(0, (good / name).stat().st_size - 1))
    aside = Path(mkdtemp(dir=tmp_path))
    folder, whole = aside / good.name, aside / "whole"
    shutil.copytree(good, folder)
    shutil.copytree(good, whole)
    content = bytearray((folder / name).read_bytes())
    content[place] ^= data.draw(st.integers(1, 255))
    (folder / name).write_bytes(content)
    if found := faults(folder, sample=None):
        assert any(word in " ".join(found) for word in (name, "manifest", "vector", "format"))
        return
    assert name.startswith("chroma/") or name == "manifest.json"  # a space that became a tab
    with ChromaStore(whole / "chroma") as one, ChromaStore(folder / "chroma") as other:
        for lang in LANGS:
            assert one.ids(lang) == other.ids(lang)
            vectors = one.vectors(lang, sorted(one.ids(lang)))
            for vector in vectors.values():
                assert other.nearest(lang, vector, 10) == one.nearest(lang, vector, 10)


# Files that agree with the manifest, but not with each other


def test_a_build_of_another_format_is_said_to_be_one(folder: Path) -> None:
    rewrite(folder, format=99)
    assert faults(folder) == [f"format 99, this program reads {FORMAT}"]


def test_passages_that_are_not_as_many_as_the_manifest_says_are_found(folder: Path) -> None:
    path = folder / "passages.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[1:]))
    rewrite(folder)
    assert "4 passages" in " ".join(faults(folder))


def test_a_passage_of_a_document_that_is_not_in_the_manifest_is_found(folder: Path) -> None:
    path = folder / "passages.jsonl"
    path.write_text(path.read_text("utf-8").replace('"ports-2031"', '"phares-2031"'), "utf-8")
    rewrite(folder)
    assert "not in the manifest" in " ".join(faults(folder))


def test_an_address_that_is_used_twice_is_found(folder: Path) -> None:
    path = folder / "passages.jsonl"
    path.write_text(path.read_text("utf-8").replace('"art_2"', '"art_1"'), "utf-8")
    rewrite(folder)
    assert "anchor used twice: ports-2031@fr#art_1" in faults(folder)


def test_the_parts_of_another_build_are_found(folder: Path, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "other")
    other = BuildRegistry(settings.data).path(make(settings, harbour(more=["Le pilote."])).build)
    for name, told in [
        ("lexical", "not an index of 4 chunks"),
        ("chroma", "vectors (fr): not the chunks of the passages"),
        ("checksums.npy", "checksums of vectors: not one for each chunk"),
    ]:
        copy = tmp_path / name / folder.name
        shutil.copytree(folder, copy)
        if (copy / name).is_dir():
            shutil.copytree(other / name, copy / name, dirs_exist_ok=True)
            if name == "chroma":
                for graph in (folder / name).glob("*/"):
                    shutil.rmtree(copy / name / graph.name, ignore_errors=True)
        else:
            shutil.copyfile(other / name, copy / name)
        rewrite(copy)
        assert told in " ".join(faults(copy))


def test_a_missing_text_in_the_cut_of_a_file_is_no_crash(folder: Path) -> None:
    (folder / "passages.jsonl").write_bytes(b'{"anchor": 3}\n')
    rewrite(folder)
    assert "passages of a build cannot be read" in " ".join(faults(folder))


def test_a_folder_that_is_no_build_is_a_fault(tmp_path: Path) -> None:
    assert "manifest" in " ".join(faults(tmp_path))


# Large enough that Chroma keeps its graph in files of its own, which it maps into memory

LARGE = """
import sys
from pathlib import Path
from index.chroma import ChromaStore
from index.verification import faults
from sources.anchor import LANGS

print(faults(Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_for(tmp_path_factory.mktemp("large"))
    work = "registre-2031"
    texts = Texts(
        {(work, "fr"): [passage(work, "fr", n, f"Navire {n} au quai.") for n in range(1050)]}
    )
    return BuildRegistry(settings.data).path(make(settings, texts).build)


def test_reading_a_large_build_changes_none_of_the_files_that_are_held_to_their_hash(
    large: Path,
) -> None:
    held = set(Manifest.read(large).files)
    assert sum(name.startswith("chroma/") for name in held) >= 4
    for _ in range(2):
        assert faults(large) == []


@pytest.mark.parametrize("name", ["data_level0.bin", "header.bin", "index_metadata.pickle"])
def test_a_damaged_graph_is_a_fault_and_does_not_end_the_process(
    large: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / large.name
    shutil.copytree(large, folder)
    (path,) = folder.glob(f"chroma/*/{name}")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    process = subprocess.run(
        [sys.executable, "-c", LARGE, str(folder)],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 0, process.stderr.decode()
    assert f"{name}: altered" in process.stdout.decode()


# The manifest


def test_a_manifest_is_read_back_as_it_was_written(good: Path, tmp_path: Path) -> None:
    manifest = Manifest.read(good)
    manifest.write(tmp_path)
    assert Manifest.read(tmp_path) == manifest


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": 2}'])
def test_a_manifest_without_its_form_is_a_damaged_build_with_the_next_step(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(DamagedBuildError, match="index rollback"):
        Manifest.read(tmp_path)


def test_the_id_depends_on_everything_that_decides_the_content() -> None:
    base = build_id(("m", "1"), [("a", "fr", "f1"), ("b", "nl", "f2")])
    others = [
        build_id(("n", "1"), [("a", "fr", "f1"), ("b", "nl", "f2")]),
        build_id(("m", "2"), [("a", "fr", "f1"), ("b", "nl", "f2")]),
        build_id(("m", "1"), [("a", "nl", "f1"), ("b", "nl", "f2")]),
        build_id(("m", "1"), [("a", "fr", "f3"), ("b", "nl", "f2")]),
        build_id(("m", "1"), [("b", "nl", "f2"), ("a", "fr", "f1")]),
        build_id(("m", "1"), [("a", "fr", "f1")]),
    ]
    assert base == build_id(("m", "1"), [("a", "fr", "f1"), ("b", "nl", "f2")])
    assert len({base, *others}) == 7
    assert all(len(i) == 12 and int(i, 16) >= 0 for i in others)

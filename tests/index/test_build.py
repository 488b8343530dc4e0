"""An opened build: passages in order, their neighbours and twins, and whether it may be used."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.build import Build, check, read_passages
from index.errors import DamagedBuildError, StaleBuildError
from index.manifest import Manifest, indexed_editions
from index.registry import BuildRegistry
from sources.anchor import Anchor
from sources.settings import Settings
from tests.index.fake import harbour, make, settings_for

PORTS, ACT = "ports-2031", "celex:32031L0007"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    found = settings_for(tmp_path_factory.mktemp("stored"))
    make(found, harbour())
    return found


@pytest.fixture(scope="module")
def folder(settings: Settings) -> Path:
    registry = BuildRegistry(settings.data)
    return registry.path(registry.current())


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    opened = Build(folder)
    yield opened
    opened.close()


def anchor(text: str) -> Anchor:
    return Anchor.parse(text)


def test_the_documents_of_the_build_in_use_are_indexed(settings: Settings, tmp_path: Path) -> None:
    assert indexed_editions(settings.data) == {(PORTS, "fr"), (ACT, "fr"), (ACT, "nl")}
    assert indexed_editions(tmp_path) == set()


def test_passages_are_found_by_address_and_in_reading_order(build: Build) -> None:
    expected = [p for passages in harbour().texts.values() for p in passages]
    assert build.passages == expected
    assert all(build.by_anchor[p.anchor] == p for p in expected)
    assert build.document(PORTS, "fr") == expected[:3]
    assert build.document(PORTS, "nl") == []


def test_the_unit_of_a_search_is_how_far_the_model_sets_texts_apart(
    build: Build, built: Settings, tmp_path: Path
) -> None:
    assert build.spread == 0.1  # too few passages to measure it on
    registry = BuildRegistry(built.data)
    whole = Build(registry.path(registry.current()))
    try:
        vectors = whole.vectors.vectors("fr", [c.id for c in whole.chunks if c.lang == "fr"])
        matrix = np.stack(list(vectors.values()))
        expected = np.std((matrix @ matrix.T)[~np.eye(len(matrix), dtype=bool)])
        assert whole.spread == pytest.approx(expected, rel=0.1)  # of both languages
    finally:
        whole.close()


def test_the_twin_is_the_official_text_in_the_other_language(build: Build) -> None:
    twin = build.twin(anchor(f"{ACT}@fr#art_1"))
    assert twin is not None
    assert twin.text == "De schepen geven hun lading aan."
    assert build.twin(anchor(f"{PORTS}@fr#art_1")) is None  # a working translation is no twin


def test_every_chunk_has_its_tokens_and_its_passage(build: Build) -> None:
    assert len(build.tokens) == len(build.chunks) == 8
    for chunk in build.chunks:
        assert len(build.tokens[build.chunk_place[chunk.id]])
        assert chunk in build.chunks_of[chunk.anchor]
    assert sum(map(len, build.chunks_of.values())) == 8


def test_documents_are_known_by_work_and_language(build: Build) -> None:
    assert set(build.entries) == {(PORTS, "fr"), (ACT, "fr"), (ACT, "nl")}
    assert build.entries[PORTS, "fr"].short.nl == f"Tekst {PORTS}"


@pytest.mark.parametrize("content", [b"{}\n", b"\xff\n", b'{"anchor": {}}\n', b"not json\n"])
def test_passages_that_cannot_be_read_are_a_damaged_build(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "passages.jsonl").write_bytes(content)
    with pytest.raises(DamagedBuildError, match=r"(?s)passages\.jsonl.*index build"):
        read_passages(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "passages.jsonl",
        "tokens.bin",
        "offsets.npy",
        "lexical/nl/words.json",
        "chroma",
    ],
)
def test_a_build_with_a_part_missing_cannot_be_opened_and_says_what_to_do(
    folder: Path, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    (copy / name).rename(tmp_path / "taken")
    with pytest.raises(DamagedBuildError, match="index build"):
        Build(copy)


# May it be used?


def test_a_build_made_with_the_configured_model_may_be_used(
    settings: Settings, folder: Path
) -> None:
    check(Manifest.read(folder), settings)


@pytest.mark.parametrize(
    "change",
    [
        {"model": "intfloat/multilingual-e5-base"},
        {"model_revision": "2"},
        {"model": "", "model_revision": ""},
    ],
)
def test_a_build_made_with_another_model_is_refused_with_both_and_the_next_step(
    settings: Settings, folder: Path, change: dict[str, str]
) -> None:
    with pytest.raises(StaleBuildError) as caught:
        check(Manifest.read(folder), settings.model_copy(update=change))
    message = str(caught.value)
    assert "fake (1)" in message
    assert "configured: " in message
    assert "python -m index build" in message


@pytest.mark.parametrize("change", [{"chunker": "0"}, {"format": 1}])
def test_a_build_made_by_another_version_is_refused_with_the_next_step(
    settings: Settings, folder: Path, change: dict[str, object]
) -> None:
    manifest = Manifest.read(folder).model_copy(update=change)
    with pytest.raises(StaleBuildError, match=r"another version of this program.*index build"):
        check(manifest, settings)

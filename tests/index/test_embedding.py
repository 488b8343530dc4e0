"""Embedding: which model, what comes out of it, and what is said where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import embedding, weights
from index.build import read_passages
from index.chunks import chunks
from index.embedding import Embedder, PackagedEmbedder, Side
from index.errors import ModelError
from index.registry import BuildRegistry
from sources.settings import Settings

QUESTION = "Quel rôle est prévu pour le CCPD ?"
TEXTS = [
    "Les quais du nord.",
    "De noordelijke kaaien worden elke winter hersteld.",
    "Un phare.",
    "Renforcer la coopération transfrontière entre les forces de police et de douane.",
]


# What comes out


def test_every_vector_has_length_1_and_the_dimension_of_the_model(
    embedder: Embedder,
) -> None:
    for encoded in embedder.encode(TEXTS, "passage"):
        assert encoded.text.shape == (embedder.id.dimension,) == (384,)
        assert encoded.text.dtype == encoded.tokens.dtype == np.float32
        assert np.linalg.norm(encoded.text) == pytest.approx(1, abs=1e-5)
        assert np.linalg.norm(encoded.tokens, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_tokens_are_those_of_the_text_without_prefix_and_signs(
    embedder: Embedder,
) -> None:
    for side in ("query", "passage"):
        (encoded,) = embedder.encode([QUESTION], side)
        assert len(encoded.pieces) == len(encoded.tokens)
        assert "".join(encoded.pieces).replace("▁", " ").strip() == QUESTION
        assert encoded.pieces[0].startswith("▁")


def test_a_text_has_the_same_vectors_alone_and_among_others(embedder: Embedder) -> None:
    together = embedder.encode(TEXTS, "passage")
    for text, among in zip(TEXTS, together, strict=True):
        (alone,) = embedder.encode([text], "passage")
        assert alone.pieces == among.pieces
        assert float(alone.text @ among.text) > 0.99999
        assert np.allclose(alone.tokens, among.tokens, atol=1e-3)


def test_a_question_is_not_encoded_as_a_passage(embedder: Embedder) -> None:
    (query,), (passage,) = (embedder.encode([QUESTION], s) for s in ("query", "passage"))
    assert 0.5 < float(query.text @ passage.text) < 0.9999


def test_a_translation_is_nearer_than_another_text(embedder: Embedder) -> None:
    (question,) = embedder.encode(["Welke kaaien worden hersteld?"], "query")
    quays, _, lighthouse, police = embedder.encode(TEXTS, "passage")
    assert float(question.text @ quays.text) > float(question.text @ police.text)
    assert float(question.text @ quays.text) > float(question.text @ lighthouse.text)


@pytest.mark.parametrize("text", ["", " ", "?", "…", "\n", "🙂", "mot " * 2000])
def test_any_text_has_vectors_even_an_empty_or_a_very_long_one(
    embedder: Embedder, text: str
) -> None:
    (encoded,) = embedder.encode([text], "query")
    assert np.isfinite(encoded.text).all()
    assert np.isfinite(encoded.tokens).all()
    assert 1 <= len(encoded.tokens) <= 512


def test_no_text_gives_no_vectors(embedder: Embedder) -> None:
    assert embedder.encode([], "passage") == []


def test_threads_that_encode_at_once_get_the_vectors_of_their_own_texts(
    embedder: Embedder,
) -> None:
    batches = [TEXTS[:n] + TEXTS[n + 1 :] for n in range(len(TEXTS))] * 6
    expected = embedder.encode(TEXTS, "passage")
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda texts: embedder.encode(texts, "passage"), batches))
    for batch, encoded in zip(batches, found, strict=True):
        for text, one in zip(batch, encoded, strict=True):
            assert one.pieces == expected[TEXTS.index(text)].pieces
            assert float(one.text @ expected[TEXTS.index(text)].text) > 0.99999


@pytest.fixture(scope="module")
def reference(data: Path) -> Embedder:
    """The reference for the forward pass of ours: the same folder through PyTorch."""
    return embedding.reference(Settings(data=data))


@pytest.mark.parametrize("side", ["query", "passage"])
def test_the_vectors_are_those_of_sentence_transformers(
    embedder: Embedder, reference: Embedder, side: Side
) -> None:
    assert reference.id == embedder.id
    texts = [*TEXTS, QUESTION, "", "🙂 œuvre ﬁn", "De kaai. " * 60, "mot " * 2000]
    ours, theirs = (e.encode(texts, side) for e in (embedder, reference))
    for one, other in zip(ours, theirs, strict=True):
        assert one.pieces == other.pieces
        assert np.allclose(one.text, other.text, atol=1e-5)
        assert np.allclose(one.tokens, other.tokens, atol=1e-4)
    for text in texts:
        assert embedder.token_spans(text) == reference.token_spans(text)


_BUILD = """
import sys
from index.embedding import load
from sources.settings import Settings
load(Settings()).encode(["Les quais du nord."], "passage")
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_no_build_waits_for_pytorch(data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _BUILD],
        env={**os.environ, "DUCHESSE_DATA": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "numpy" in done.stdout.split()
    assert not {"torch", "transformers", "sentence_transformers"} & set(done.stdout.split())


def test_no_chunk_of_the_declaration_is_longer_than_the_model_reads(
    data: Path, built: Settings
) -> None:
    from tokenizers import Tokenizer

    registry = BuildRegistry(built.data)
    pieces = [
        c.embedded for p in read_passages(registry.path(registry.current())) for c in chunks(p)
    ]
    tokenizer = Tokenizer.from_file(str(weights.expand(data / "models") / "tokenizer.json"))
    assert max(len(tokenizer.encode(f"passage: {text}").ids) for text in pieces) < 500


# Which model


def test_without_a_setting_the_model_is_the_packaged_one() -> None:
    assert embedding.identify(Settings()) == (weights.NAME, weights.revision())


def test_the_loaded_model_says_what_was_identified(embedder: Embedder, data: Path) -> None:
    assert (embedder.id.name, embedder.id.revision) == embedding.identify(Settings(data=data))
    assert (embedder.id.query_prefix, embedder.id.passage_prefix) == ("query: ", "passage: ")


def test_a_folder_is_identified_by_its_name_and_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    folder.mkdir()
    (folder / "config.json").write_text("{}", "utf-8")
    name, before = embedding.identify(Settings(model=str(folder)))
    assert name == "my-model"
    assert embedding.identify(Settings(model=str(folder))) == (name, before)
    (folder / "config.json").write_text("{ }", "utf-8")
    assert embedding.identify(Settings(model=str(folder)))[1] != before
    assert embedding.identify(Settings(model=str(folder), model_revision="7")) == (name, "7")


def test_a_hub_model_is_identified_by_name_and_pinned_revision() -> None:
    assert embedding.identify(Settings(model="a/b", model_revision="c0ffee")) == ("a/b", "c0ffee")
    assert embedding.identify(Settings(model="a/b"))[1] != ""


# Where there is none


@pytest.mark.parametrize(
    "model", ["/nowhere/at/all", "./nowhere", "~/nowhere", "nobody/no-such-model", "a/b/c", "none"]
)
def test_a_model_that_is_not_on_this_machine_is_an_error_at_once(
    tmp_path: Path, model: str
) -> None:
    with pytest.raises(ModelError, match="DUCHESSE_MODEL") as caught:
        embedding.load(Settings(data=tmp_path, model=model))
    assert model in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("files", [{}, {"config.json": "{}"}, {"modules.json": "["}])
def test_a_folder_that_is_no_model_is_an_error_that_names_it(
    tmp_path: Path, files: dict[str, str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        embedding.load(Settings(model=str(tmp_path)))
    assert str(tmp_path) in str(caught.value)


def test_a_packaged_model_that_is_not_whole_says_what_to_do(tmp_path: Path, data: Path) -> None:
    for name in ("model.safetensors", "tokenizer.json", "config.json"):
        copy = tmp_path / name
        shutil.copytree(weights.expand(data / "models"), copy)
        os.truncate(copy / name, (copy / name).stat().st_size // 2)
        with pytest.raises(ModelError, match=r"cannot be loaded.*Remove the folder"):
            PackagedEmbedder(copy, weights.NAME, "1")


def test_weights_that_could_run_code_are_never_loaded(tmp_path: Path, data: Path) -> None:
    folder = weights.expand(data / "models")
    copy = tmp_path / "pickled"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("model.safetensors"))
    (copy / "pytorch_model.bin").write_bytes(b"\x80\x04cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(ModelError, match="cannot be loaded"):
        embedding.load(Settings(model=str(copy)))


def test_a_hub_model_in_the_local_cache_is_loaded_without_asking_the_hub(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sentence_transformers

    asked: list[dict[str, object]] = []

    class Recorder:
        def __init__(self, name: str, **options: object) -> None:
            asked.append({"name": name, **options})
            raise OSError("recorded")

    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", Recorder)
    monkeypatch.setattr(embedding, "_in_hub", lambda settings: True)
    with pytest.raises(ModelError):
        embedding.load(Settings(model="someone/model", model_revision="c0ffee"))
    (options,) = asked
    assert (options["name"], options["revision"]) == ("someone/model", "c0ffee")
    assert options["local_files_only"] is True
    assert options["trust_remote_code"] is False

"""What training added: stored in four bits, read back within their rounding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import layers
from index.errors import ModelError

CHANCE = np.random.default_rng(3)
MATRIX = (CHANCE.normal(size=(6, 64)) * 1e-3).astype(np.float32)
BIAS = (CHANCE.normal(size=64) * 1e-3).astype(np.float32)


def test_what_is_written_is_read_within_the_rounding_of_four_bits(tmp_path: Path) -> None:
    path = tmp_path / "layers.safetensors"
    zeros = np.zeros((2, 32), np.float32)
    layers.write(path, {"a.weight": MATRIX, "a.bias": BIAS, "b.weight": zeros})
    found = layers.read(path)
    assert set(found) == {"a.weight", "a.bias", "b.weight"}
    largest = np.abs(MATRIX.reshape(6, 2, 32)).max(axis=2).repeat(32, axis=1)
    assert (np.abs(found["a.weight"] - MATRIX) <= 0.51 * largest / 7 + 1e-6).all()
    assert np.allclose(found["a.bias"], BIAS, rtol=1e-3)
    assert not found["b.weight"].any()
    assert path.stat().st_size < MATRIX.nbytes / 2 + BIAS.nbytes + 1000


def test_without_a_file_nothing_was_added(tmp_path: Path) -> None:
    assert layers.read(tmp_path / "none") == {}
    assert layers.fingerprint(tmp_path / "none") == ""


def test_what_ships_is_of_every_layer_and_smaller_than_thirty_megabytes() -> None:
    found = layers.read()
    for layer in range(12):
        assert f"encoder.layer.{layer}.output.dense.weight" in found
    assert not any("embeddings" in name for name in found)
    assert layers.PATH.stat().st_size < 30e6


@pytest.mark.parametrize("content", [b"", b"x" * 100])
def test_a_file_of_another_form_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "layers.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"trained layers.*Install again"):
        layers.read(path)

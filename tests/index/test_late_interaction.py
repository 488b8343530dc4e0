"""Late interaction: packing loses little, scores mean what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index import late_interaction
from index.errors import DamagedBuildError
from index.late_interaction import Floats, TokenStore

DIMENSION = 24
TOKENS = st.integers(0, 7).flatmap(
    lambda n: arrays(np.float32, (n, DIMENSION), elements=st.floats(-1, 1, width=16))
)


def unit(tokens: Floats) -> Floats:
    """Rows of length 1; one of zeros becomes the first axis."""
    tokens = tokens.copy()
    tokens[~tokens.any(axis=1), 0] = 1
    result: Floats = tokens / np.linalg.norm(tokens, axis=1, keepdims=True)
    return result


@given(TOKENS)
def test_packing_keeps_shape_and_every_value_within_a_hundredth(tokens: Floats) -> None:
    rows = unit(tokens)
    data = late_interaction.pack(rows)
    assert len(data) == len(rows) * (DIMENSION + 2)
    found = late_interaction.unpack(data, DIMENSION)
    assert found.shape == rows.shape
    assert found.dtype == np.float32
    assert np.abs(found - rows).max(initial=0) <= 0.5 / 127 + 0.001


@given(TOKENS, TOKENS)
def test_packing_moves_no_cosine_by_a_hundredth(one: Floats, two: Floats) -> None:
    a, b = unit(one), unit(two)
    packed = late_interaction.unpack(late_interaction.pack(b), DIMENSION)
    assert np.abs(a @ packed.T - a @ b.T).max(initial=0) < 0.01 + DIMENSION**0.5 * 0.5 / 127


@given(TOKENS)
def test_packing_what_was_unpacked_changes_it_no_further(tokens: Floats) -> None:
    once = late_interaction.unpack(late_interaction.pack(unit(tokens)), DIMENSION)
    twice = late_interaction.unpack(late_interaction.pack(once), DIMENSION)
    assert np.abs(twice - once).max(initial=0) <= 0.002


def test_a_text_without_tokens_is_packed_as_nothing() -> None:
    assert late_interaction.pack(np.zeros((0, DIMENSION), np.float32)) == b""
    assert late_interaction.unpack(b"", DIMENSION).shape == (0, DIMENSION)


@given(TOKENS, TOKENS)
def test_the_best_of_each_question_token_is_a_cosine(one: Floats, two: Floats) -> None:
    question, passage = unit(one), unit(two)
    packed = [late_interaction.pack(rows) for rows in (passage, question, passage)]
    found = late_interaction.best(question, packed)
    assert found.shape == (3, len(question))
    assert (np.abs(found) <= 1.01).all()
    kept = late_interaction.unpack(packed[0], DIMENSION)
    expected = (question @ kept.T).max(axis=1) if len(kept) else np.zeros(len(question))
    assert np.allclose(found[0], expected, atol=1e-5)
    assert np.allclose(found[2], expected, atol=1e-5)


def test_a_question_fits_itself_perfectly_and_no_passage_less_than_a_part_of_it() -> None:
    rows = unit(np.random.default_rng(1).normal(size=(5, DIMENSION)).astype(np.float32))
    packed = [late_interaction.pack(r) for r in (rows, rows[:2])]
    whole, part = late_interaction.best(rows, packed).mean(axis=1)
    assert whole == pytest.approx(1, abs=0.01)
    assert part < whole


def test_each_passage_has_a_row_with_a_value_for_each_token_of_the_question() -> None:
    rows = np.eye(3, DIMENSION, dtype=np.float32)
    packed = [late_interaction.pack(r) for r in (rows, rows[:1], rows[2:])]
    found = late_interaction.best(rows[:2], packed)
    assert found.dtype == np.float32
    assert found == pytest.approx(np.array([[1, 1], [1, 0], [0, 0]]), abs=0.01)
    assert late_interaction.best(rows, []).shape == (0, 3)


def test_the_store_gives_each_text_its_own_tokens(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    texts = [unit(rng.normal(size=(n, DIMENSION)).astype(np.float32)) for n in (3, 0, 5, 1)]
    late_interaction.write(tmp_path, [late_interaction.pack(t) for t in texts])
    store = TokenStore(tmp_path, DIMENSION)
    assert len(store) == 4
    for n, rows in enumerate(texts):
        assert np.array_equal(
            store[n], late_interaction.unpack(late_interaction.pack(rows), DIMENSION)
        )


def test_a_store_of_nothing_is_empty(tmp_path: Path) -> None:
    late_interaction.write(tmp_path, [])
    assert len(TokenStore(tmp_path, DIMENSION)) == 0
    late_interaction.write(tmp_path, [b""])
    assert TokenStore(tmp_path, DIMENSION)[0].shape == (0, DIMENSION)


@pytest.mark.parametrize("change", [b"more", None])
def test_a_store_of_another_size_than_its_offsets_is_damaged(
    tmp_path: Path, change: bytes | None
) -> None:
    late_interaction.write(tmp_path, [b"x" * (DIMENSION + 2)] * 3)
    path = tmp_path / "tokens.bin"
    path.write_bytes(path.read_bytes() + change if change else path.read_bytes()[:-1])
    with pytest.raises(DamagedBuildError, match="not whole"):
        TokenStore(tmp_path, DIMENSION)


@pytest.mark.parametrize("name", ["tokens.bin", "offsets.npy"])
@pytest.mark.parametrize("content", [None, b"", b"not an array"])
def test_a_store_with_a_file_missing_or_spoiled_is_damaged(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    late_interaction.write(tmp_path, [b"x" * (DIMENSION + 2)])
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DamagedBuildError, match="index build"):
        TokenStore(tmp_path, DIMENSION)


def test_a_file_that_is_cut_short_in_place_while_it_is_read_is_damage(tmp_path: Path) -> None:
    """A mapped file would end the process here (SIGBUS)."""
    late_interaction.write(tmp_path, [b"x" * 100 * (DIMENSION + 2)] * 100)
    store = TokenStore(tmp_path, DIMENSION)
    assert len(store[99]) == 100
    with (tmp_path / "tokens.bin").open("r+b") as file:
        file.truncate(10)
    for number in (0, 50, 99):
        with pytest.raises(DamagedBuildError, match="index build"):
            store[number]
    store.close()
    with pytest.raises(DamagedBuildError):
        store[0]

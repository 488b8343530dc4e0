"""Checksums of vectors: rounding passes, a change does not."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.checksums import agree, checksums

VECTORS = np.random.default_rng(7).normal(size=(30, 384)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
SUMS = checksums(VECTORS)


def test_a_vector_that_was_normalised_again_is_the_same() -> None:
    again = VECTORS / (np.linalg.norm(VECTORS, axis=1, keepdims=True) * np.float32(1 + 1e-7))
    assert not np.array_equal(again, VECTORS)
    assert agree(again, SUMS).all()


@given(st.data())
def test_a_number_that_changed_is_found(data: Any) -> None:
    changed = VECTORS.copy()
    row, column = data.draw(st.integers(0, 29)), data.draw(st.integers(0, 383))
    changed[row, column] += data.draw(st.sampled_from([-1, 1])) * data.draw(st.floats(2e-5, 1))
    assert np.flatnonzero(~agree(changed, SUMS)).tolist() == [row]


def test_another_order_is_found() -> None:
    assert not agree(np.roll(VECTORS, 1, axis=1), SUMS).any()
    assert not agree(np.roll(VECTORS, 1, axis=0), SUMS).any()

"""Matrices of a PDF page: six numbers that place what is drawn (ISO 32000-2, 8.3.4)."""

from __future__ import annotations

from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix(n: Sequence[float]) -> Matrix:
    """The matrix of six numbers."""
    return n[0], n[1], n[2], n[3], n[4], n[5]


def moved(x: float, y: float, m: Matrix) -> Matrix:
    """The matrix after a step in its own space."""
    return times((1.0, 0.0, 0.0, 1.0, x, y), m)


def times(m: Matrix, n: Matrix) -> Matrix:
    """First ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )

"""Text as it is compared: what folding takes away, and what it keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.folding import fold, fold_in_place


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Sécurité", "securite"),
        ("CŒUVRE", "coeuvre"),
        ("Ægir", "aegir"),
        ("l’accord", "l'accord"),
        ("coördinatie", "coordinatie"),
        ("IJmuiden ĳs", "ijmuiden ijs"),
        ("façon À ÇA", "facon a ca"),
        ("e\u0301te\u0301", "ete"),
        ("nº", "no"),
    ],
)
def test_folding_leaves_no_case_accent_or_ligature(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_in_place_keeps_every_place(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)

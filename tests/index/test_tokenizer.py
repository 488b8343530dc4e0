"""Cutting texts with few pieces: as with all of them, whatever the text is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import weights
from index.tokenizer import PieceTokenizer

TEXTS = [
    "query: Que prévoit l’accord de Tournai II ?",
    "passage: De noordelijke kaaien worden elke winter hersteld.\n6. Zie art. 36, § 1.",
    "", "  ", "🙂 œuvre ﬁn", "日本語のテキスト", "a\tb\nc", "x" * 900, "x" * 3000, "ĳ ǅ ½ ① ﷽",
    "<s> hé </s>", "<mask> a<mask>b", "▁▁ a▁b", "e\u0301 É", "\u200bzero", "mot " * 700,
]  # fmt: skip
SIGNS = "abdeéèlnoqrstuœij AELQ’'-.,;?0123▁<>/ß🙂ấ稣\u0301\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    copy = tmp_path_factory.mktemp("models") / "copy"
    left_out = shutil.ignore_patterns("tokenizer-*", "model.safetensors")
    return Path(shutil.copytree(weights.expand(data / "models"), copy, ignore=left_out))


@pytest.fixture(scope="module")
def by_table(folder: Path) -> PieceTokenizer:
    found = PieceTokenizer(folder, 512)
    found._left = 10**9
    return found


@pytest.fixture(scope="module")
def whole(folder: Path) -> PieceTokenizer:
    found = PieceTokenizer(folder, 512)
    found._left = 0
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_few_pieces_cut_a_text_as_all_of_them_do(
    by_table: PieceTokenizer, whole: PieceTokenizer, text: str
) -> None:
    assert by_table(text) == whole(text)


@given(st.text(alphabet=SIGNS, max_size=40) | st.text(max_size=20))
def test_any_text_is_cut_alike(by_table: PieceTokenizer, whole: PieceTokenizer, text: str) -> None:
    assert by_table(text) == whole(text)


def test_after_some_texts_all_pieces_are_read(folder: Path) -> None:
    tokenizer = PieceTokenizer(folder, 512)
    for _ in range(16):
        tokenizer("Un phare.")
    assert "_whole" not in vars(tokenizer)
    tokenizer("Un phare.")
    assert "_whole" in vars(tokenizer)


def test_a_table_of_another_tokenizer_is_made_again(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    PieceTokenizer(copy, 512)
    os.truncate(copy / "tokenizer.json", 1000)
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        PieceTokenizer(copy, 512)


def test_a_folder_that_cannot_be_written_is_read_as_a_whole(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "read-only")

    copy = shutil.copytree(folder, tmp_path / "copy", ignore=shutil.ignore_patterns("tokenizer-*"))
    monkeypatch.setattr("index.tokenizer.write_atomically", refuse)
    tokenizer = PieceTokenizer(Path(copy), 512)
    assert "phare" in "".join(tokenizer("Un phare.").pieces)
    assert not list(Path(copy).glob("tokenizer-*"))

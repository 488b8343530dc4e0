"""Cutting texts into tokens without reading the whole vocabulary first.

The tokenizer of the default model has 250,000 pieces, and half a second goes by before it has read
them. A few hundred of them can stand in a text: those are looked up in a sorted table, which is
mapped, and a tokenizer of the same kind that has these alone cuts the text in the same way. Once
many texts have been cut, the whole vocabulary is read, and each goes a hundred times as fast.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sources.files import write_atomically

_FEW = 16  # texts for which the whole vocabulary is not worth the time
_LONG = 2000  # characters, likewise
_FRAME, _KEPT = "tokenizer-frame.json", "tokenizer-kept.npy"
_PIECES, _NUMBERS = "tokenizer-pieces.npy", "tokenizer-numbers.npy"
_NUMBER = np.dtype([("id", np.int32), ("score", np.float64)])


class Tokenized(NamedTuple):
    """A text as tokens, with the start and end signs.

    Attributes:
        ids: Their numbers in the vocabulary.
        pieces: As they are written; one that begins a word begins with "▁".
        offsets: Where each stands in the text, in characters.
    """

    ids: Sequence[int]
    pieces: Sequence[str]
    offsets: Sequence[tuple[int, int]]


class PieceTokenizer:
    """The tokenizer of a model folder, cut off after so many tokens. Safe for several threads.

    Whatever is wrong with ``tokenizer.json`` is raised as that library raises it.
    """

    def __init__(self, folder: Path, longest: int) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # texts are spread over threads
        self._folder, self._longest = folder, longest
        self._frame = _frame(folder)
        self._left = _FEW if self._frame else 0  # texts until the whole vocabulary is read
        if not self._frame:
            _ = self._whole  # what is wrong with it shows now
            return
        self._special = [token["content"] for token in self._frame["added_tokens"]]
        self._kept = np.load(folder / _KEPT).tolist()
        self._pieces = np.load(folder / _PIECES, mmap_mode="r")
        self._numbers = np.load(folder / _NUMBERS, mmap_mode="r")

    def __call__(self, text: str) -> Tokenized:
        """Cut a text."""
        self._left -= 1
        long = self._left < 0 or len(text) > _LONG
        if long or any(token in text for token in self._special):
            found = self._whole.encode(text)
            return Tokenized(found.ids, found.tokens, found.offsets)
        more = [p for p in self._possible(text) if p[1] not in self._kept]
        vocabulary = self._frame["model"]["vocab"] + [[piece, score] for piece, _, score in more]
        found = self._tokenizer(vocabulary).encode(text)
        numbers = [*self._kept, *(number for _, number, _ in more)]
        return Tokenized([numbers[n] for n in found.ids], found.tokens, found.offsets)

    @cached_property
    def _whole(self) -> Any:
        from tokenizers import Tokenizer

        found = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        found.enable_truncation(self._longest)
        return found

    @cached_property
    def _bare(self) -> Any:
        return self._tokenizer(self._frame["model"]["vocab"])

    def _tokenizer(self, vocabulary: Sequence[Any]) -> Any:
        """One that has these pieces alone."""
        from tokenizers import Tokenizer

        model = self._frame["model"] | {"vocab": vocabulary}
        found = Tokenizer.from_str(json.dumps(self._frame | {"model": model}))
        found.enable_truncation(self._longest)
        return found

    def _possible(self, text: str) -> list[tuple[str, int, float]]:
        """Every piece that stands in a text, with its number and its score."""
        normal = self._bare.normalizer.normalize_str(text)
        words = {word for word, _ in self._bare.pre_tokenizer.pre_tokenize_str(normal)}
        widest = self._pieces.itemsize
        parts = {
            part
            for word in words
            for start in range(len(word))
            for end in range(start + 1, min(len(word), start + widest) + 1)
            if len(part := word[start:end].encode()) <= widest
        }
        wanted = np.array(sorted(parts), self._pieces.dtype)
        places = np.minimum(np.searchsorted(self._pieces, wanted), len(self._pieces) - 1)
        found = places[self._pieces[places] == wanted]
        return [
            (bytes(piece).decode(), int(number["id"]), float(number["score"]))
            for piece, number in zip(self._pieces[found], self._numbers[found], strict=True)
        ]


@cache
def of(folder: Path, longest: int) -> PieceTokenizer:
    """The one tokenizer of a model folder: who searches and who reads share its vocabulary."""
    return PieceTokenizer(folder, longest)


def _frame(folder: Path) -> dict[str, Any]:
    """What ``tokenizer.json`` says beside its pieces, which are sorted into a table the first time.

    It keeps the special tokens, and the piece of the lowest score, from which follows what an
    unknown sign costs. Empty where the folder is read-only and has no table.
    """
    size = (folder / "tokenizer.json").stat().st_size
    with suppress(OSError, ValueError):
        found: dict[str, Any] = json.loads((folder / _FRAME).read_text("utf-8"))
        if found.pop("size", 0) == size:
            return found
    made = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    with suppress(OSError):
        _write_table(folder, made)
        write_atomically(folder / _FRAME, json.dumps(made | {"size": size}).encode())
        return dict(made)
    return {}


def _write_table(folder: Path, frame: dict[str, Any]) -> None:
    """Sort the pieces of a tokenizer, and take them out of it."""
    vocabulary = frame["model"]["vocab"]
    lowest = min(range(len(vocabulary)), key=lambda n: vocabulary[n][1])
    kept = [*(token["id"] for token in frame["added_tokens"]), lowest]
    if kept[:-1] != list(range(len(kept) - 1)):
        raise ValueError("special tokens that are not the first")
    frame["model"]["vocab"] = [vocabulary[n] for n in kept]
    pieces = np.array([piece.encode() for piece, _ in vocabulary])
    order = np.argsort(pieces)
    numbers = np.empty(len(order), _NUMBER)
    numbers["id"], numbers["score"] = order, [vocabulary[n][1] for n in order]
    for name, array in ((_PIECES, pieces[order]), (_NUMBERS, numbers), (_KEPT, np.array(kept))):
        held = BytesIO()
        np.save(held, array)
        write_atomically(folder / name, held.getvalue())

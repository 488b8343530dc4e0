"""A BERT encoder in numpy: the forward pass of the default model (Devlin et al. 2018).

PyTorch and its libraries take seconds and hundreds of megabytes to load, to multiply the same
matrices. Here the weights of the layers are read once, and the table of the vocabulary, four
fifths of the file, is mapped: of it a text reads its own rows. The tokens of several texts stand
behind one another in one matrix, so that nothing is computed for padding; only attention looks at
each text by itself.

Each product runs on one thread: waking others costs more than they help with texts of this
length, and on a busy machine they wait for each other. Texts are spread over threads instead
(:mod:`index.embedding`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

Floats = NDArray[np.float32]
_TYPES = {"F16": np.float16, "F32": np.float32}
_WEIGHTS, _CONFIGURATION = "model.safetensors", "config.json"


class _Affine(NamedTuple):
    """Weight and bias of a linear layer, the weight of shape (inputs, outputs), or of a norm."""

    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        y: Floats = x @ self.weight
        y += self.bias
        return y


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer; ``qkv`` gives queries, keys and values side by side."""

    qkv: _Affine
    attended: _Affine
    attention_norm: _Affine
    intermediate: _Affine
    output: _Affine
    output_norm: _Affine


class Embeddings:
    """What goes into the first layer of a model, before it is normed: words, places and kinds.

    Args:
        stored: The tensors of a checkpoint by name. The table of words is read where it lies.

    Attributes:
        positions: The most tokens of a text.
    """

    def __init__(self, stored: dict[str, NDArray[Any]]) -> None:
        self._words = stored["embeddings.word_embeddings.weight"]
        self._places = _float(stored["embeddings.position_embeddings.weight"]) + _float(
            stored["embeddings.token_type_embeddings.weight"][0]
        )
        self.positions = len(self._places)

    @classmethod
    def of(cls, folder: Path) -> Embeddings:
        """Those of a folder; errors as for :class:`Bert`."""
        return cls(_tensors(folder / _WEIGHTS))

    def __call__(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Of the tokens of several texts behind one another, shape (all tokens, dimension)."""
        places = np.concatenate([np.arange(len(t)) for t in texts])
        found: Floats = _float(self._words[np.concatenate(texts)]) + self._places[places]
        return found


class Bert:
    """The encoder of a folder with ``config.json`` and ``model.safetensors``.

    ``OSError``, ``ValueError`` or ``KeyError`` where the folder is not one of such a model.
    """

    def __init__(self, folder: Path) -> None:
        threadpool_limits(limits=1, user_api="blas")
        config = json.loads((folder / _CONFIGURATION).read_text("utf-8"))
        self.dimension = int(config["hidden_size"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = np.float32(config["layer_norm_eps"])
        stored = _tensors(folder / _WEIGHTS)
        self._embeddings = Embeddings(stored)
        self.positions = self._embeddings.positions
        self._norm = _norm(stored, "embeddings.LayerNorm")
        self._layers = [
            _layer(stored, f"encoder.layer.{n}") for n in range(config["num_hidden_layers"])
        ]

    def __call__(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """The last hidden state of each text.

        Args:
            texts: The token ids of each, start and end signs included; at most ``positions``.

        Returns:
            For each an array of shape (its tokens, dimension).
        """
        ends = np.cumsum([0, *map(len, texts)]).tolist()
        x = self._normed(self._embeddings(texts), self._norm)
        for layer in self._layers:
            y = layer.attended(self._attention(layer.qkv(x), ends))
            y += x
            x = self._normed(y, layer.attention_norm)
            y = layer.output(_gelu(layer.intermediate(x)))
            y += x
            x = self._normed(y, layer.output_norm)
        return [x[a:b] for a, b in pairwise(ends)]

    def _attention(self, qkv: Floats, ends: Sequence[int]) -> Floats:
        """What each token takes from those of its text, shape (tokens, dimension)."""
        wide = self.dimension // self._heads
        out = np.empty((len(qkv), self.dimension), np.float32)
        for a, b in pairwise(ends):
            q, k, v = qkv[a:b].reshape(b - a, 3, self._heads, wide).transpose(1, 2, 0, 3)
            weights = q @ k.transpose(0, 2, 1)
            weights *= np.float32(wide**-0.5)
            weights -= weights.max(axis=-1, keepdims=True)
            np.exp(weights, out=weights)
            weights /= weights.sum(axis=-1, keepdims=True)
            out[a:b] = (weights @ v).transpose(1, 0, 2).reshape(b - a, self.dimension)
        return out

    def _normed(self, x: Floats, norm: _Affine) -> Floats:
        """Layer normalisation."""
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + self._epsilon)
        x *= norm.weight
        x += norm.bias
        return x


def _gelu(x: Floats) -> Floats:
    """Each number times the share of a normal distribution below it.

    The error function is Abramowitz and Stegun's 7.1.26, error below 2e-7: what float32 has.
    """
    one = np.float32(1)
    away = np.abs(x)
    away *= np.float32(0.5**0.5)
    t = one / (one + np.float32(0.3275911) * away)
    tail = t * np.float32(1.061405429)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(coefficient)
        tail *= t
    tail *= np.exp(-np.square(away))
    erf: Floats = np.copysign(one - tail, x)
    erf += one
    erf *= x
    erf *= np.float32(0.5)
    return erf


def _tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file by name, mapped."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header: dict[str, dict[str, Any]] = json.loads(file.read(length))
    header.pop("__metadata__", None)
    if path.stat().st_size != 8 + length + max(t["data_offsets"][1] for t in header.values()):
        raise ValueError(f"{path.name} is not whole")
    data = np.memmap(path, np.uint8, "r", 8 + length)
    return {
        name: np.ndarray(t["shape"], _TYPES[t["dtype"]], data, t["data_offsets"][0])
        for name, t in header.items()
    }


def _float(stored: NDArray[Any]) -> Floats:
    return stored.astype(np.float32)


def _norm(stored: dict[str, NDArray[Any]], name: str) -> _Affine:
    return _Affine(_float(stored[f"{name}.weight"]), _float(stored[f"{name}.bias"]))


def _linear(stored: dict[str, NDArray[Any]], *names: str) -> _Affine:
    """Linear layers of one input as one; a checkpoint has its weights as (outputs, inputs)."""
    weight = np.concatenate([_float(stored[f"{n}.weight"]) for n in names])
    bias = np.concatenate([_float(stored[f"{n}.bias"]) for n in names])
    return _Affine(np.ascontiguousarray(weight.T), bias)


def _layer(stored: dict[str, NDArray[Any]], name: str) -> _Layer:
    attention = f"{name}.attention"
    return _Layer(
        _linear(stored, *(f"{attention}.self.{part}" for part in ("query", "key", "value"))),
        _linear(stored, f"{attention}.output.dense"),
        _norm(stored, f"{attention}.output.LayerNorm"),
        _linear(stored, f"{name}.intermediate.dense"),
        _linear(stored, f"{name}.output.dense"),
        _norm(stored, f"{name}.output.LayerNorm"),
    )

"""The forward pass of the default model, in onnxruntime.

``index/data/encoder.onnx`` (11 kB) has the twelve layers of the model without their weights, with
the operators that onnxruntime has for such layers (``training/encoder_onnx.py``); the weights are
those of the folder that :func:`index.weights.expand` makes. onnxruntime is there for the reranker
in any case, and loads in a fifth of a second, where PyTorch and what imports it take seconds.

What comes out is what sentence-transformers gives for the same folder up to rounding; a test holds
them side by side.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
GRAPH = Path(__file__).with_name("data") / "encoder.onnx"
_TYPES = {"F16": np.float16, "F32": np.float32}
_WEIGHTS, _CONFIGURATION = "model.safetensors", "config.json"


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
        return cls(tensors(folder))

    def __call__(self, ids: Sequence[int]) -> Floats:
        """Of the tokens of a text, shape (tokens, dimension)."""
        found: Floats = _float(self._words[np.asarray(ids)]) + self._places[: len(ids)]
        return found


class Bert:
    """The encoder of a folder with ``config.json`` and ``model.safetensors``; safe for several
    threads.

    ``OSError``, ``ValueError``, ``KeyError`` or an error of onnxruntime where the folder is not one
    of such a model.
    """

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / _CONFIGURATION).read_text("utf-8"))
        self.dimension = int(config["hidden_size"])
        stored = tensors(folder)
        self._embeddings = Embeddings(stored)
        self.positions = self._embeddings.positions
        weights = parameters(stored, int(config["num_hidden_layers"]))
        self._session = session(GRAPH, weights)

    def __call__(self, ids: Sequence[int]) -> Floats:
        """The last hidden state of a text, shape (its tokens, dimension).

        Args:
            ids: Its tokens, start and end signs included; at most ``positions``.
        """
        (hidden,) = self._session.run(["hidden"], {"embedded": self._embeddings(ids)[None]})
        found: Floats = hidden[0]
        return found


def session(graph: Path, weights: Mapping[str, Floats] | None = None) -> Any:
    """A graph in onnxruntime, on one thread: texts are spread over threads instead.

    Errors are those of onnxruntime.

    Args:
        graph: Where it is.
        weights: By name, of one that has none and is written as it is to run.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3  # errors alone
    if weights:
        level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.graph_optimization_level = level
        options.add_external_initializers(
            list(weights), [onnxruntime.OrtValue.ortvalue_from_numpy(w) for w in weights.values()]
        )
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def tensors(folder: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a checkpoint by name, mapped; errors as for :class:`Bert`."""
    path = folder / _WEIGHTS
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


def parameters(stored: dict[str, NDArray[Any]], layers: int) -> dict[str, Floats]:
    """What the graph takes for weights, by its names.

    Args:
        stored: The tensors of a checkpoint by name.
        layers: How many there are.

    Returns:
        For each linear layer and norm of a layer ``layer.name.weight`` and ``layer.name.bias``; a
        weight has the shape (inputs, outputs), and ``qkv`` gives queries, keys and values side by
        side. The norm before the first layer is ``embedded``.
    """
    return dict(
        chain(
            _parts(stored, "embedded", "embeddings.LayerNorm"),
            chain.from_iterable(
                _parts(stored, f"{n}.{name}", *(f"encoder.layer.{n}.{part}" for part in parts))
                for n in range(layers)
                for name, parts in _PARTS.items()
            ),
        )
    )


_PARTS = {
    "qkv": [f"attention.self.{part}" for part in ("query", "key", "value")],
    "attended": ["attention.output.dense"],
    "attention_norm": ["attention.output.LayerNorm"],
    "intermediate": ["intermediate.dense"],
    "output": ["output.dense"],
    "output_norm": ["output.LayerNorm"],
}


def _parts(stored: dict[str, NDArray[Any]], name: str, *parts: str) -> Iterator[tuple[str, Floats]]:
    """A linear layer of several, or a norm; a checkpoint has weights as (outputs, inputs)."""
    for kind in ("weight", "bias"):
        found = np.concatenate([_float(stored[f"{part}.{kind}"]) for part in parts])
        yield f"{name}.{kind}", np.ascontiguousarray(found.T)


def _float(stored: NDArray[Any]) -> Floats:
    return stored.astype(np.float32)

"""The cross-encoder that ships: it reads a question together with a passage.

``index/data/reranker.onnx`` (22 MB) has its twelve layers in 8 bits, trained on questions, near
misses and the passages that they are about (``training/README.md``). The vocabulary is that of the
default embedding model, out of whose folder the rows of a text are read; so the reranker serves
where that model is in use. It runs in onnxruntime, which takes a fifth of a second to load, and
needs no PyTorch.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, lru_cache
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import layers, tokenizer, weights
from index.bert import Embeddings, session
from index.errors import ModelError

PATH = Path(__file__).with_name("data") / "reranker.onnx"
_QUESTION, _TEXT = 60, 282  # tokens that are read of each: as many as in training
_START, _END = 0, 2  # token ids of the signs around them
_KEPT = 2048  # scores that are kept: several rules and follow-ups ask for the same


class _Model(NamedTuple):
    session: Any
    embeddings: Embeddings
    cut: tokenizer.PieceTokenizer


class PackagedReranker:
    """A reranker (:class:`index.reranker.Reranker`); safe for several threads.

    ``ModelError`` with the first passage that is read, where a file is damaged.

    Args:
        folder: Of the default embedding model, for its vocabulary.
        path: The layers.
    """

    def __init__(self, folder: Path, path: Path = PATH) -> None:
        self._folder, self._path = folder, path
        self.name = f"reranker-{layers.fingerprint(path)}"
        self._score = lru_cache(maxsize=_KEPT)(self._read)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Logarithm of the odds that each text answers, shape (texts,)."""
        if not texts:
            return np.empty(0, np.float32)
        _ = self._model  # loaded by this thread alone
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(self._score, repeat(question), texts))
        return np.array(found, np.float32)

    def _read(self, question: str, text: str) -> float:
        asked, said = (
            self._model.cut(t).ids[1:-1][:most]
            for t, most in ((question, _QUESTION), (text, _TEXT))
        )
        ids = [_START, *asked, _END, _END, *said, _END]
        embedded = self._model.embeddings(ids)[None]
        mask = np.ones((1, len(ids)), np.int64)
        (scores,) = self._model.session.run(["scores"], {"embedded": embedded, "mask": mask})
        return float(scores[0])

    @cached_property
    def _model(self) -> _Model:
        """Loaded when the first passage is read: many questions need no reranker."""
        try:
            embeddings = Embeddings.of(self._folder)
            return _Model(
                session(self._path),
                embeddings,
                tokenizer.of(self._folder, embeddings.positions),
            )
        except Exception as error:  # onnxruntime and tokenizers raise what is no narrower
            raise ModelError(
                "the reranker cannot be loaded", f"{self._path} ({error})", "Install again."
            ) from error


@cache
def load(models: Path) -> PackagedReranker:
    """The one that ships, loaded once.

    Args:
        models: The folder that has the default embedding model; it is expanded now if it is not
            there yet.
    """
    return PackagedReranker(weights.expand(models))

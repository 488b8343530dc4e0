"""A cross-encoder reads a question together with each of the first passages, and orders them anew.

With the default embedding model that is the one that ships (:mod:`index.packaged_reranker`).
``DUCHESSE_RERANKER`` chooses another: any cross-encoder of one score that sentence-transformers
loads, from a folder or from the local hub cache; or ``none``. Refusal has to be calibrated for it
(``python -m evals calibrate --write``), since what it says of a passage is among the features.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index import packaged_reranker
from index.embedding import prepare
from index.errors import ModelError

if TYPE_CHECKING:
    from sources.settings import Settings

_BATCH = 20
NONE = "none"


class Reranker(Protocol):
    """What the search needs of a reranker."""

    @property
    def name(self) -> str:
        """Its name, as a calibration is known by."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Logarithm of the odds that each text answers, shape (texts,)."""


class CrossEncoderReranker:
    """A cross-encoder on the CPU.

    Args:
        folder: A sentence-transformers folder or the name of a model in the local hub cache.
        revision: Of a hub model.
    """

    def __init__(self, folder: str, revision: str = "") -> None:
        prepare(folder)
        from sentence_transformers import CrossEncoder
        from torch import nn

        self.name = Path(folder).name
        try:
            self._model = CrossEncoder(
                folder,
                device="cpu",
                revision=revision or None,
                local_files_only=True,
                trust_remote_code=False,
                activation_fn=nn.Identity(),
            )
        except Exception as error:  # the library raises OSError, ValueError, its own
            raise _unusable(folder, error) from error
        if self._model.num_labels != 1:
            raise _unusable(folder, f"it gives {self._model.num_labels} scores, not one")

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`Reranker`."""
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(found, np.float32)


def _unusable(folder: str, why: object) -> ModelError:
    return ModelError(
        "the reranker cannot be loaded",
        f"{folder} ({why})",
        "Set DUCHESSE_RERANKER to a cross-encoder of one score on this machine, or unset it.",
    )


@cache
def _loaded(folder: str, revision: str) -> CrossEncoderReranker:
    return CrossEncoderReranker(folder, revision)


def load(settings: Settings) -> Reranker | None:
    """The configured reranker, loaded once; ``ModelError`` where it is not on this machine.

    By default the one that ships, where the embedding model is the one that it shares its
    vocabulary with, and else none.
    """
    if not settings.reranker and not settings.model:
        return packaged_reranker.load((settings.data / "models").resolve())  # several may share it
    if settings.reranker in ("", NONE):
        return None
    return _loaded(settings.reranker, settings.reranker_revision)

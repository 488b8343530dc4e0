"""Turning texts into vectors: the default model with onnxruntime, any other with
sentence-transformers.

Two kinds of vectors come out of one pass: one for the text (its meaning as a whole) and one
for each of its tokens (late interaction, see :mod:`index.late_interaction`). All have length 1.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index import tokenizer, weights
from index.bert import Bert
from index.errors import ModelError

if TYPE_CHECKING:
    from sources.settings import Settings

Side = Literal["query", "passage"]
_PREFIXES = {"query": "query: ", "passage": "passage: "}  # what the e5 family was trained with


@dataclass(frozen=True, slots=True)
class ModelId:
    """What must be equal for two vectors to be comparable."""

    name: str
    revision: str
    dimension: int
    query_prefix: str
    passage_prefix: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as vectors.

    Attributes:
        text: Shape (dimension,), float32, length 1.
        tokens: Shape (tokens, dimension), float32, each of length 1, without the prefix and
            the model's own start and end signs.
        pieces: The tokens as the model writes them; one that begins a word begins with "▁".
    """

    text: NDArray[np.float32]
    tokens: NDArray[np.float32]
    pieces: tuple[str, ...] = ()


class Embedder(Protocol):
    """The expensive edge: tests may give another."""

    @property
    def id(self) -> ModelId:
        """What its vectors are comparable with."""

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        """Vectors for each text; ``side`` says whether they are questions or passages."""

    def token_spans(self, passage: str) -> list[tuple[int, int]]:
        """Where each token of ``encode`` stands in the text of a passage, in characters."""


class PackagedEmbedder:
    """The default model, from the folder that :func:`index.weights.expand` makes.

    Its vectors are those that sentence-transformers gives for that folder, up to rounding.
    """

    def __init__(self, folder: Path, name: str, revision: str) -> None:
        try:
            self._bert = Bert(folder)
            self._cut = tokenizer.of(folder, self._bert.positions)
        except Exception as error:  # onnxruntime and tokenizers raise what is no narrower
            raise ModelError(
                "the embedding model cannot be loaded",
                f"{folder} ({error})",
                "Remove the folder: it is made again from the packaged weights.",
            ) from error
        self._skip = {s: len(self._cut(p.rstrip()).ids) - 1 for s, p in _PREFIXES.items()}
        self.id = ModelId(
            name, revision, self._bert.dimension, _PREFIXES["query"], _PREFIXES["passage"]
        )

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        """See :class:`Embedder`."""
        cut = [self._cut(_PREFIXES[side] + t) for t in texts]
        if len(cut) < 2:
            hidden = [self._bert(t.ids) for t in cut]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                hidden = list(pool.map(lambda t: self._bert(t.ids), cut))
        return [
            _encoded(h, h.mean(axis=0), t.pieces, self._skip[side])
            for h, t in zip(hidden, cut, strict=True)
        ]

    def token_spans(self, passage: str) -> list[tuple[int, int]]:
        """See :class:`Embedder`."""
        prefix = _PREFIXES["passage"]
        return _spans(self._cut(prefix + passage).offsets, prefix, self._skip["passage"])


def _encoded(
    tokens: NDArray[np.float32], text: NDArray[np.float32], pieces: Sequence[str], skip: int
) -> Encoded:
    """What comes out of a model, each vector at length 1, without start, prefix and end.

    Args:
        tokens: Shape (tokens, dimension).
        text: Shape (dimension,).
        pieces: The tokens as they are written.
        skip: How many tokens stand before the text.
    """
    part = slice(skip, max(len(tokens) - 1, skip + 1))
    tokens = tokens[part]
    tokens = tokens / np.maximum(np.linalg.norm(tokens, axis=1, keepdims=True), 1e-9)
    return Encoded(text / max(float(np.linalg.norm(text)), 1e-9), tokens, tuple(pieces[part]))


def _spans(offsets: Sequence[tuple[int, int]], prefix: str, skip: int) -> list[tuple[int, int]]:
    """Places of tokens in a text with a prefix as places in the text alone."""
    return [(a - len(prefix), b - len(prefix)) for a, b in offsets[skip:-1]]


def prepare(folder: str) -> None:
    """What sentence-transformers has to be told before it loads a model: quiet, and no hub."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if Path(folder).is_dir():  # a folder never needs the hub; say so before the library asks
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import logging

    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    logging.getLogger("transformers").setLevel(logging.ERROR)


class SentenceEmbedder:
    """A sentence-transformers model on the CPU, loaded from a folder or the local hub cache."""

    def __init__(self, folder: str, name: str, revision: str, hub_revision: str | None) -> None:
        prepare(folder)
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(
                folder,
                device="cpu",
                revision=hub_revision,
                local_files_only=True,  # asking the hub can hang for minutes
                trust_remote_code=False,
                model_kwargs={"dtype": "float32", "use_safetensors": True},
            )
        except Exception as error:  # the library raises OSError, ValueError, its own
            raise ModelError(
                "the embedding model cannot be loaded",
                f"{folder} ({error})",
                "Set DUCHESSE_MODEL to a sentence-transformers folder, or unset it for the "
                "packaged weights.",
            ) from error
        e5 = "e5" in name.lower()
        prompts = self._model.prompts or {}
        self._prefix = {
            side: prompts.get(side) or (_PREFIXES[side] if e5 else "") for side in _PREFIXES
        }
        self._skip = {side: self._length(p) for side, p in self._prefix.items()}
        self.id = ModelId(
            name,
            revision,
            int(self._model.get_embedding_dimension() or 0),
            self._prefix["query"],
            self._prefix["passage"],
        )

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        """See :class:`Embedder`."""
        prefix = self._prefix[side]
        found = self._model.encode(
            [prefix + t for t in texts],
            output_value=None,
            batch_size=16,
            show_progress_bar=False,
        )
        return [self._read(f, self._skip[side]) for f in found]

    def token_spans(self, passage: str) -> list[tuple[int, int]]:
        """See :class:`Embedder`."""
        prefix = self._prefix["passage"]
        found = self._model.tokenizer(
            prefix + passage,
            return_offsets_mapping=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )["offset_mapping"]
        return _spans(found, prefix, self._skip["passage"])

    def _length(self, prefix: str) -> int:
        """Tokens before the text: the start sign and the prefix."""
        return len(self._model.tokenizer(prefix.rstrip())["input_ids"]) - 1

    def _read(self, found: dict[str, object], skip: int) -> Encoded:
        used = int(np.asarray(found["attention_mask"]).sum())
        tokens = np.asarray(found["token_embeddings"], np.float32)[:used]
        pieces = self._model.tokenizer.convert_ids_to_tokens(
            np.asarray(found["input_ids"])[:used].tolist()
        )
        return _encoded(tokens, np.asarray(found["sentence_embedding"], np.float32), pieces, skip)


def identify(settings: Settings) -> tuple[str, str]:
    """Name and revision of the configured model, without loading it (milliseconds)."""
    if not settings.model:
        return weights.NAME, weights.revision()
    folder = Path(settings.model)
    if folder.is_dir():
        return folder.name, settings.model_revision or _fingerprint(folder)
    return settings.model, settings.model_revision or "unpinned"


def packaged(settings: Settings, *, trained: bool = True) -> PackagedEmbedder:
    """The default model; without ``trained`` as the package carries it, to compare."""
    folder = weights.expand(settings.data / "models", trained=trained)
    name = weights.NAME if trained else weights.BASE
    return _opened(folder, name, weights.revision(trained=trained))


@lru_cache(maxsize=1)
def _opened(folder: Path, name: str, revision: str) -> PackagedEmbedder:
    """Kept, so that a page that answers while it builds has the model once."""
    return PackagedEmbedder(folder, name, revision)


def load(settings: Settings) -> Embedder:
    """The configured model: the default one without the seconds that PyTorch takes to be imported.

    ``ModelError`` at once where it is not on this machine or reachable.
    """
    return reference(settings) if settings.model else packaged(settings)


def reference(settings: Settings) -> SentenceEmbedder:
    """The configured model through sentence-transformers; ``ModelError`` as :func:`load`."""
    if not settings.model:
        folder = weights.expand(settings.data / "models")
        return SentenceEmbedder(str(folder), weights.NAME, weights.revision(), None)
    name, revision = identify(settings)
    if Path(settings.model).is_dir():
        return SentenceEmbedder(settings.model, name, revision, None)
    if _looks_like_path(settings.model) or not _in_hub(settings):
        raise ModelError(
            "no such embedding model on this machine",
            settings.model,
            "Give DUCHESSE_MODEL an existing folder or the name of a model that a machine with "
            "access to the hub has fetched before (`hf download NAME`), or unset it.",
        )
    return SentenceEmbedder(settings.model, name, revision, settings.model_revision or None)


def _looks_like_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or name.count("/") > 1


def _in_hub(settings: Settings) -> bool:
    """Is a hub model in the local cache? Looked up on disk: asking the hub can hang for minutes."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(
        settings.model, "config.json", revision=settings.model_revision or None
    )
    return isinstance(found, str)


def _fingerprint(folder: Path) -> str:
    """Short hash of a folder's files by name, size and time: another model, another hash."""
    import hashlib

    state = sorted(
        (str(p.relative_to(folder)), p.stat().st_size, int(p.stat().st_mtime))
        for p in folder.rglob("*")
        if p.is_file()
    )
    return hashlib.sha256(repr(state).encode()).hexdigest()[:12]

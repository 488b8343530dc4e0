"""Other libraries on the same passages, with the same weights, as their own documentation has it.

Each indexes texts from nothing and finds the ten passages nearest to a question: less than an
answer. They are packages of the extra ``bench``; one that is not installed is left out, and told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bench.stages import WARM, at, milliseconds
from sources.settings import Settings

Vectors = NDArray[np.float32]
_QUERY, _PASSAGE = "query: ", "passage: "  # what the weights were trained with
_PRECISION = {"dtype": "float32"}  # as ours; their default follows the file, and is slow on a CPU
_NEAREST = 10


class Peer(Protocol):
    """A library with the weights of a folder, which writes into another folder."""

    def index(self, texts: Sequence[str], vectors: Vectors | None) -> None:
        """Index texts; embed them unless their vectors are given."""

    def ask(self, question: str) -> object:
        """Find the nearest."""


class LlamaIndex:
    """``VectorStoreIndex.from_documents`` into Chroma: chunks of 1,024 tokens, 200 in common."""

    def __init__(self, weights: str, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from llama_index.core import StorageContext
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._model = HuggingFaceEmbedding(
            weights,
            query_instruction=_QUERY,
            text_instruction=_PASSAGE,
            device="cpu",
            model_kwargs=_PRECISION,
        )
        client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
        store = ChromaVectorStore(chroma_collection=client.create_collection("bench"))
        self._storage = StorageContext.from_defaults(vector_store=store)
        self._retriever: Any = None

    def index(self, texts: Sequence[str], vectors: Vectors | None) -> None:
        """See :class:`Peer`."""
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.schema import TextNode

        parts: dict[str, Any] = {"storage_context": self._storage, "embed_model": self._model}
        if vectors is None:
            made = VectorStoreIndex.from_documents([Document(text=t) for t in texts], **parts)
        else:
            rows = zip(texts, vectors.tolist(), strict=True)
            made = VectorStoreIndex([TextNode(text=t, embedding=v) for t, v in rows], **parts)
        self._retriever = made.as_retriever(similarity_top_k=_NEAREST)

    def ask(self, question: str) -> object:
        """See :class:`Peer`."""
        return self._retriever.retrieve(question)


class Haystack:
    """Its embedders of sentence-transformers, and its document store in Chroma."""

    def __init__(self, weights: str, folder: Path) -> None:
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )
        from haystack_integrations.components.retrievers.chroma import ChromaEmbeddingRetriever
        from haystack_integrations.document_stores.chroma import ChromaDocumentStore

        common: dict[str, Any] = {
            "model": weights, "progress_bar": False, "normalize_embeddings": True,
            "model_kwargs": _PRECISION,
        }  # fmt: skip
        self._documents = SentenceTransformersDocumentEmbedder(prefix=_PASSAGE, **common)
        self._question = SentenceTransformersTextEmbedder(prefix=_QUERY, **common)
        self._store = ChromaDocumentStore(
            persist_path=str(folder), client_settings={"anonymized_telemetry": False}
        )
        self._retriever = ChromaEmbeddingRetriever(self._store, top_k=_NEAREST)

    def index(self, texts: Sequence[str], vectors: Vectors | None) -> None:
        """See :class:`Peer`."""
        from haystack import Document

        # Its own ids are made of the text, and some passages are alike word for word.
        documents = [Document(id=str(n), content=text) for n, text in enumerate(texts)]
        if vectors is None:
            documents = self._documents.run(documents)["documents"]
        else:
            rows = zip(documents, vectors.tolist(), strict=True)
            documents = [replace(document, embedding=vector) for document, vector in rows]
        self._store.write_documents(documents)

    def ask(self, question: str) -> object:
        """See :class:`Peer`."""
        return self._retriever.run(self._question.run(question)["embedding"])


class Txtai:
    """Its ``Embeddings``, with its default index (Faiss)."""

    def __init__(self, weights: str, folder: Path) -> None:  # noqa: ARG002 - it writes when saved
        from txtai import Embeddings

        self._index = Embeddings(
            path=weights,
            method="sentence-transformers",
            instructions={"query": _QUERY, "data": _PASSAGE},
            vectors={"model_kwargs": _PRECISION},
            gpu=False,
        )

    def index(self, texts: Sequence[str], vectors: Vectors | None) -> None:  # noqa: ARG002
        """See :class:`Peer`; it takes no vectors for a model that it has."""
        self._index.index(list(enumerate(texts)))

    def ask(self, question: str) -> object:
        """See :class:`Peer`."""
        return self._index.search(question, _NEAREST)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a library is measured.

    Attributes:
        make: Gives it, with the folder of the weights and one of its own.
        modules: What must be installed.
        whole: Whole texts are its documents, which it cuts by itself, instead of passages.
        embeds: Does it have to embed what it is given: can no vectors be handed to it?
    """

    make: Callable[[str, Path], Peer]
    modules: tuple[str, ...]
    whole: bool = False
    embeds: bool = False


_LLAMA = ("llama_index.embeddings.huggingface", "llama_index.vector_stores.chroma")
_HAYSTACK = (
    "haystack",
    "haystack_integrations.components.embedders.sentence_transformers",
    "haystack_integrations.document_stores.chroma",
)
WAYS = {
    "llama-index, passages": _Way(LlamaIndex, _LLAMA),
    "llama-index, whole texts": _Way(LlamaIndex, _LLAMA, whole=True, embeds=True),
    "Haystack": _Way(Haystack, _HAYSTACK),
    "txtai": _Way(Txtai, ("txtai",), embeds=True),
}


def lacking(name: str) -> list[str]:
    """The modules that a way needs and that are not installed."""
    return [module for module in WAYS[name].modules if not _is_there(module)]


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # nor what it is in
        return False


def measure(
    name: str, data: Path, documents: Sequence[str], asked: Sequence[str], *, drawn: bool
) -> dict[str, Any]:
    """Seconds to index, milliseconds of a question beside the bare encoding of it by our model, and
    bytes of memory.

    Args:
        name: Of a way.
        data: A data folder with the weights.
        documents: What is indexed.
        asked: Questions, of which the first few do not count.
        drawn: Give it vectors that are drawn by chance.
    """
    from bench.opened import resident
    from index import embedding, weights

    settings = Settings.read().model_copy(update={"data": data})
    model = settings.model or str(weights.expand(data / "models"))
    embedding.prepare(model)
    folder = data / "peers" / name
    folder.mkdir(parents=True)
    peer = WAYS[name].make(model, folder)
    vectors = _drawn(len(documents)) if drawn else None
    start = time.perf_counter()
    peer.index(documents, vectors)
    seconds = time.perf_counter() - start
    peer.ask(asked[0])
    memory = resident()["all"]  # before our model is there, too
    embedder = embedding.load(settings)
    bare, found = [], []
    for question in asked:
        bare.append(milliseconds(partial(embedder.encode, [question], "query")))
        found.append(milliseconds(partial(peer.ask, question)))
    return {
        "seconds": seconds,
        "p50": at(found[WARM:], 50),
        "p95": at(found[WARM:], 95),
        "bare": at(bare[WARM:], 50),
        "memory": memory,
    }


def _drawn(count: int) -> Vectors:
    rows = np.random.default_rng(0).normal(size=(count, 384)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

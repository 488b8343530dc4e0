"""The default pipeline of llama-index, with the same embedding weights as ours.

Documents are the plain text of the same passages, cut by its SentenceSplitter (whose sentence
data comes inside the package: nothing is downloaded), embedded through its own interface and
searched in its in-memory index. A chunk counts as the passage that it overlaps most: what is
measured is finding the paragraph to cite, and a chunk of several paragraphs cites none of the
others. :class:`Passages` shows the same index without that loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import TextNode

from index.embedding import Embedder, Side
from sources.anchor import Anchor, Lang
from sources.model import Passage


class Embedding(BaseEmbedding):  # type: ignore[misc]  # llama-index is untyped for us
    """Our embedding model as one of llama-index's; the prefixes are those of the weights."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.id.name, embed_batch_size=16)
        self._embedder = embedder

    def _encode(self, texts: list[str], side: Side) -> list[list[float]]:
        return [[float(v) for v in e.text] for e in self._embedder.encode(texts, side)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encode([query], "query")[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._encode([text], "passage")[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._encode(texts, "passage")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a passage stands in the plain text of its document, in characters."""

    start: int
    end: int
    anchor: Anchor


def plain_text(passages: Iterable[Passage]) -> tuple[str, list[Span]]:
    """The text of one document as a reader sees it, headings included, and its passages' places."""
    text, spans = "", []
    before: tuple[str, ...] = ()
    for p in passages:
        for n, heading in enumerate(p.headings):
            if p.headings[: n + 1] != before[: n + 1]:
                text += f"{heading}\n\n"
        before = p.headings
        spans.append(Span(len(text), len(text) + len(p.text), p.anchor))
        text += f"{p.text}\n\n"
    return text, spans


def overlapped(start: int, end: int, spans: Sequence[Span]) -> Anchor | None:
    """The passage of which a chunk holds most characters; None for a chunk of headings alone."""
    shares = [(min(end, s.end) - max(start, s.start), -n) for n, s in enumerate(spans)]
    most, place = max(shares, default=(0, 0))
    return spans[-place].anchor if most > 0 else None


class Chunks:
    """Chunks of so many tokens; 1024 with an overlap of 200 is llama-index's default."""

    def __init__(
        self, passages: Sequence[Passage], embedder: Embedder, size: int, overlap: int
    ) -> None:
        self.name = f"llama-index {size}/{overlap}"
        splitter = SentenceSplitter(chunk_size=size, chunk_overlap=overlap)
        self._anchor: dict[str, str] = {}
        nodes: list[Any] = []
        for _, document in groupby(passages, key=lambda p: p.anchor.work_lang):
            text, spans = plain_text(document)
            for node in splitter.get_nodes_from_documents([Document(text=text)]):
                found = overlapped(node.start_char_idx, node.end_char_idx, spans)
                if found:
                    self._anchor[node.node_id] = str(found)
                nodes.append(node)
        self._index = VectorStoreIndex(nodes=nodes, embed_model=Embedding(embedder))

    def rank(self, question: str, lang: Lang, limit: int) -> list[str]:  # noqa: ARG002 - see Ranker
        """See :class:`bench.rankers.Ranker`."""
        found = self._index.as_retriever(similarity_top_k=limit).retrieve(question)
        return [self._anchor[n.node.node_id] for n in found if n.node.node_id in self._anchor]


class Passages:
    """The same index over our passages, one node each: what the cutting alone changes.

    With ``views``, each working translation is a node too, as it is a view for our search; with
    ``questions``, each question that a passage is known to answer as well.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        embedder: Embedder,
        nodes_of: Literal["passages", "views", "questions"] = "passages",
        name: str = "",
    ) -> None:
        self.name = name or f"llama-index {nodes_of}"
        nodes = [TextNode(id_=str(p.anchor), text=p.text) for p in passages]
        if nodes_of != "passages":
            nodes += [
                TextNode(id_=f"{p.anchor}~", text=p.working.text) for p in passages if p.working
            ]
        if nodes_of == "questions":
            nodes += [
                TextNode(id_=f"{p.anchor}~{n}", text=question)
                for p in passages
                for n, question in enumerate(p.questions)
            ]
        self._deep = len(nodes) > 2 * len(passages)
        self._index = VectorStoreIndex(nodes=nodes, embed_model=Embedding(embedder))

    def rank(self, question: str, lang: Lang, limit: int) -> list[str]:  # noqa: ARG002 - see Ranker
        """See :class:`bench.rankers.Ranker`; a passage is at the place of its better view."""
        depth = (10 if self._deep else 2) * limit
        found = self._index.as_retriever(similarity_top_k=depth).retrieve(question)
        anchors = (str(n.node.node_id).partition("~")[0] for n in found)
        return list(dict.fromkeys(anchors))[:limit]

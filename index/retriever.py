"""Our search as a llama-index retriever, so that it composes with that ecosystem.

The only file here that imports llama-index. Nodes carry the anchor as their id, the stored text
whole, and what a citation needs as metadata.
"""

from __future__ import annotations

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.query import Query
from index.search import Hit, Searcher
from sources.anchor import Lang


class PassageRetriever(BaseRetriever):  # type: ignore[misc]  # llama-index is untyped for us
    """Retrieves whole passages.

    Args:
        searcher: Over one build.
        lang: Language of the questions.
        limit: Nodes for a question.
        works: Only these works, where any are given.
    """

    def __init__(
        self, searcher: Searcher, lang: Lang, limit: int = 10, works: tuple[str, ...] = ()
    ) -> None:
        self._searcher = searcher
        self._lang: Lang = lang
        self._limit = limit
        self._works = works
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._searcher.search(
            Query.of(query_bundle.query_str, self._lang), self._limit, self._works
        )
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in found.hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    metadata: dict[str, Any] = {
        "anchor": str(passage.anchor),
        "work": passage.anchor.work,
        "lang": passage.anchor.lang,
        "portion": passage.anchor.portion,
        "headings": " › ".join(passage.headings),
        "locator_fr": passage.locator.fr,
        "locator_nl": passage.locator.nl,
        "page": passage.page,
    }
    return TextNode(
        id_=str(passage.anchor),
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=list(metadata),
    )

"""The way to the passages: a llama-index retriever, so that it composes with that ecosystem.

The page, the shell, MCP and the evaluation take its hits (:meth:`PassageRetriever.hits`); for
pipelines of llama-index ``retrieve`` gives the same as nodes. Nodes carry the anchor as their id,
the stored text whole, and what a citation needs as metadata. Besides this file only
:mod:`index.chat` imports llama-index, when a language model is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from index.query import Query
from index.search import Hit, Searcher
from sources.anchor import Lang, WorkPortion


@dataclass
class PassageQuery(QueryBundle):  # type: ignore[misc]  # llama-index is untyped for us
    """A query for passages.

    Attributes:
        query: What is searched; None for the text alone, in the language of the retriever.
        limit: Passages at most; 0 for the limit of the retriever.
        works: Only these works, where any are given.
        among: These and no other portions, where any are given.
        reading: Portions that the reranker reads beside the first, where they are found.
    """

    query: Query | None = None
    limit: int = 0
    works: Sequence[str] = ()
    among: Sequence[WorkPortion] = ()
    reading: Sequence[WorkPortion] = ()

    @classmethod
    def of(cls, query: Query, limit: int, **more: Any) -> PassageQuery:
        """For a query that was analysed already."""
        return cls(query_str=query.text, query=query, limit=limit, **more)


class PassageNode(TextNode):  # type: ignore[misc]
    """A passage that was found; :attr:`hit` has every score of it."""

    _hit: Hit = PrivateAttr()

    @property
    def hit(self) -> Hit:
        """The passage with its scores."""
        return self._hit


class PassageRetriever(BaseRetriever):  # type: ignore[misc]
    """Retrieves whole passages.

    Args:
        searcher: Over one build.
        lang: Language of queries that come as text alone.
        limit: Nodes for such a query.
        works: Only these works, where any are given.
    """

    def __init__(
        self,
        searcher: Searcher,
        lang: Lang = "fr",
        limit: int = 10,
        works: tuple[str, ...] = (),
    ) -> None:
        self._searcher = searcher
        self._lang: Lang = lang
        self._limit = limit
        self._works = works
        super().__init__()

    def prepare(self, texts: Sequence[str]) -> None:
        """Encode what is about to be searched for, together."""
        self._searcher.encoded.together(texts)

    def hits(self, query: Query, limit: int, **more: Any) -> list[Hit]:
        """What :meth:`retrieve` gives, without the nodes around it, which take time to make."""
        return self._search(PassageQuery.of(query, limit, **more))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [NodeWithScore(node=_node(h), score=h.score) for h in self._search(query_bundle)]

    def _search(self, query_bundle: QueryBundle) -> list[Hit]:
        given = query_bundle if isinstance(query_bundle, PassageQuery) else None
        query = given.query if given and given.query else None
        return self._searcher.search(
            query or Query.of(query_bundle.query_str, self._lang),
            (given.limit if given else 0) or self._limit,
            (given.works if given else ()) or self._works,
            given.among if given else (),
            given.reading if given else (),
        )


def _node(hit: Hit) -> PassageNode:
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
    node = PassageNode(
        id_=str(passage.anchor),
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=list(metadata),
    )
    node._hit = hit  # noqa: SLF001 - a private attribute of pydantic's, set after it is made
    return node

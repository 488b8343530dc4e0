"""What is compared: each ranks the passages of the same build for a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.query import Query
from index.search import Searcher
from sources.anchor import Lang
from sources.model import Passage


class Ranker(Protocol):
    """Ranks passages."""

    @property
    def name(self) -> str:
        """As the table shows it."""

    def rank(self, question: str, lang: Lang, limit: int) -> list[str]:
        """Anchors, best first, at most ``limit``; one may come twice."""


class Ours:
    """The search of this project, without the answer."""

    def __init__(self, searcher: Searcher, name: str = "ours") -> None:
        self._searcher, self.name = searcher, name

    def rank(self, question: str, lang: Lang, limit: int) -> list[str]:
        """See :class:`Ranker`."""
        return [str(h.anchor) for h in self._searcher.search(Query.of(question, lang), limit)]


class Lexical:
    """BM25 over whole passages, French stemmer, as bm25s does it by itself."""

    name = "BM25 French"

    def __init__(self, passages: Sequence[Passage]) -> None:
        import bm25s
        import Stemmer

        self._bm25s = bm25s
        self._stemmer = Stemmer.Stemmer("french")
        self._anchors = [str(p.anchor) for p in passages]
        self._index = bm25s.BM25()
        self._index.index(self._tokens([p.text for p in passages]), show_progress=False)

    def _tokens(self, texts: Sequence[str]) -> list[list[str]]:
        found: list[list[str]] = self._bm25s.tokenize(
            list(texts), stemmer=self._stemmer, return_ids=False, show_progress=False
        )
        return found

    def rank(self, question: str, lang: Lang, limit: int) -> list[str]:  # noqa: ARG002 - see Ranker
        """See :class:`Ranker`; a passage without a word of the question is not ranked."""
        words = self._tokens([question])[0]
        if not words:
            return []
        scores = self._index.get_scores(words)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [self._anchors[n] for n in order if scores[n] > 0]

"""Lexical search: BM25, one index a language of view, over stems.

Scores are shares of the best score that the question could reach, so that 1 means "every
word, as dense as can be" and values of different questions can be compared.
"""

from __future__ import annotations

import json
import logging
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedBuildError
from index.tokens import Compounds, Word, expand, words
from sources.anchor import Lang

_K1, _B = 1.2, 0.75


class LexicalIndex:
    """BM25 over the views of one language, in memory; saved as files of a build."""

    def __init__(
        self, lang: Lang, ids: Sequence[str], documents: Sequence[list[str]], compounds: Compounds
    ) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
        self.lang = lang
        self.ids = tuple(ids)
        self._place = {i: n for n, i in enumerate(self.ids)}
        self._compounds = compounds
        self._frequency = Counter(s for d in documents for s in set(d))
        self._sets = [frozenset(d) for d in documents]
        self._bm25 = None
        if any(documents):
            self._bm25 = bm25s.BM25(method="lucene", k1=_K1, b=_B)
            self._bm25.index(list(documents), show_progress=False)

    @classmethod
    def build(cls, lang: Lang, ids: Sequence[str], texts: Sequence[str]) -> LexicalIndex:
        """Index texts; the words of the corpus decide what is a compound."""
        found = [words(t, lang) for t in texts]
        compounds = Compounds(w.written for ws in found for w in ws)
        return cls(lang, ids, [expand(ws, lang, compounds) for ws in found], compounds)

    def save(self, folder: Path, texts: Sequence[str]) -> None:
        """Write what :meth:`load` needs."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {"ids": self.ids, "texts": list(texts)}
        (folder / f"{self.lang}.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, lang: Lang) -> LexicalIndex:
        """Read what :meth:`save` wrote."""
        path = folder / f"{lang}.json"
        try:
            content = json.loads(path.read_text("utf-8"))
            return cls.build(lang, content["ids"], content["texts"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedBuildError(
                "the lexical index cannot be read",
                f"{path} ({error})",
                "Run `python -m index build`, or `python -m index rollback`.",
            ) from error

    def terms(self, found: Sequence[Word]) -> list[str]:
        """Words of a query as this index compares them."""
        return expand(found, self.lang, self._compounds)

    def weight(self, term: str) -> float:
        """How much a term tells (BM25's inverse document frequency), 0 where it is nowhere."""
        n = self._frequency.get(term, 0)
        return math.log(1 + (len(self.ids) - n + 0.5) / (n + 0.5)) if n else 0.0

    @property
    def rarest(self) -> float:
        """Weight of a term that one text has."""
        return math.log(1 + (len(self.ids) - 0.5) / 1.5)

    def knows(self, term: str) -> bool:
        """Does any text have the term?"""
        return term in self._frequency

    def has(self, chunk: str, term: str) -> bool:
        """Does this chunk have the term?"""
        place = self._place.get(chunk)
        return place is not None and term in self._sets[place]

    def place(self, chunk: str) -> int:
        """Place of a chunk in :meth:`scores`."""
        return self._place[chunk]

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Share of the best possible score, by place of the chunk; shape (chunks,)."""
        known = [t for t in dict.fromkeys(terms) if self.knows(t)]
        if not known or self._bm25 is None:
            return np.zeros(len(self.ids), np.float32)
        raw = np.asarray(self._bm25.get_scores(known), np.float32)
        missing = sum(1 for t in dict.fromkeys(terms) if not self.knows(t))
        possible = sum(map(self.weight, known)) + missing * self.rarest
        shares: NDArray[np.float32] = raw / np.float32(possible)
        return shares

    def nearest(self, terms: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """Chunk ids with a score above 0, best first; ties in reading order."""
        scores = self.scores(terms)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [(self.ids[i], float(scores[i])) for i in order if scores[i] > 0]

"""Lexical search: BM25, one index a language of view, over stems.

Scores are shares of the best score that the question could reach, so that 1 means "every
word, as dense as can be" and values of different questions can be compared. bm25s computes and
saves the index: for each term the scores of the texts that have it. A search maps these and adds
them up, so that it need not load bm25s. Beside them stand the words that part Dutch compounds.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedBuildError
from index.tokens import Compounds, Word, expand, words
from index.translations import Likelihoods
from sources.anchor import Lang

_SHORTEST = 5  # letters of a word that may be another one misspelled
_K1, _B = 1.2, 0.75
_WORDS = "words.json"


def _bm25s() -> Any:
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
    return bm25s


@dataclass(frozen=True, slots=True)
class _Scores:
    """What bm25s computes: for each term, one after the other, which texts have it and how much.

    Attributes:
        terms: The number of each term.
        starts: Where those of each term start, shape (terms + 1,).
        places: Places of the texts.
        shares: Their scores for the term, in the order of ``places``.
        texts: How many there are in all.
    """

    terms: dict[str, int]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    shares: NDArray[np.float32]
    texts: int

    @classmethod
    def of(cls, bm25: Any) -> _Scores:
        """Those of an index that bm25s made."""
        s = bm25.scores
        return cls(bm25.vocab_dict, s["indptr"], s["indices"], s["data"], s["num_docs"])

    @classmethod
    def load(cls, folder: Path) -> _Scores:
        """Those of an index that bm25s saved; mapped, so that a search reads what it needs."""
        starts, places, shares = (
            np.load(folder / f"{name}.csc.index.npy", mmap_mode="r")
            for name in ("indptr", "indices", "data")
        )
        terms, parameters = (
            json.loads((folder / f"{name}.index.json").read_text("utf-8"))
            for name in ("vocab", "params")
        )
        return cls(terms, starts, places, shares, parameters["num_docs"])

    def of_texts(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """The sum of the scores of some terms, each by its weight, by text; shape (texts,)."""
        found = np.zeros(self.texts, np.float32)
        for term, weight in weights.items():
            number = self.terms[term]
            part = slice(self.starts[number], self.starts[number + 1])
            found[self.places[part]] += np.float32(weight) * self.shares[part]
        return found


class LexicalIndex:
    """BM25 over the views of one language.

    Args:
        lang: Language of the views.
        ids: Their chunks, in reading order.
        compounds: Parts Dutch compounds.
        scores: Of the terms in the chunks; None where no chunk has a word.
        bm25: The index of bm25s that they come from, to be saved.
    """

    def __init__(
        self,
        lang: Lang,
        ids: Sequence[str],
        compounds: Compounds,
        scores: _Scores | None,
        bm25: Any = None,
    ) -> None:
        self.lang = lang
        self.ids = tuple(ids)
        self._place = {i: n for n, i in enumerate(self.ids)}
        self._compounds = compounds
        self._bm25 = bm25
        self._scores = scores
        self._terms = scores.terms if scores else {}
        starts = scores.starts if scores else np.zeros(1, np.int64)
        self._frequency = np.diff(starts)  # texts that have a term, by its number

    @classmethod
    def build(cls, lang: Lang, ids: Sequence[str], texts: Sequence[str]) -> LexicalIndex:
        """Index texts; the words of the corpus decide what is a compound."""
        found = [words(t, lang) for t in texts]
        compounds = Compounds(w.written for ws in found for w in ws)
        documents = [expand(ws, lang, compounds) for ws in found]
        vocabulary = {t: n for n, t in enumerate(sorted({t for d in documents for t in d}))}
        if not vocabulary:
            return cls(lang, ids, compounds, None)
        bm25 = _bm25s().BM25(method="lucene", k1=_K1, b=_B)
        numbered = [[vocabulary[t] for t in d] for d in documents]
        bm25.index((numbered, vocabulary), create_empty_token=False, show_progress=False)
        return cls(lang, ids, compounds, _Scores.of(bm25), bm25)

    def save(self, folder: Path) -> None:
        """Write what :meth:`load` needs of an index that was built."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {"terms": len(self._terms), "compounds": sorted(self._compounds.known)}
        (folder / _WORDS).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        if self._bm25:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, lang: Lang, ids: Sequence[str]) -> LexicalIndex:
        """Read what :meth:`save` wrote of these chunks; ``DamagedBuildError``."""
        try:
            content = json.loads((folder / _WORDS).read_text("utf-8"))
            compounds = Compounds(content["compounds"])
            scores = _Scores.load(folder) if content["terms"] else None
            if scores and not _fits(scores, content["terms"], len(ids)):
                raise ValueError(f"not an index of {len(ids)} chunks")
            return cls(lang, ids, compounds, scores)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
            raise DamagedBuildError(
                "the lexical index cannot be read",
                f"{folder} ({error})",
                "Run `python -m index build`, or `python -m index rollback`.",
            ) from error

    def terms(self, found: Sequence[Word]) -> list[str]:
        """Words of a query as this index compares them."""
        return expand(found, self.lang, self._compounds)

    def weight(self, term: str) -> float:
        """How much a term tells (BM25's inverse document frequency), 0 where it is nowhere."""
        return self._weight(self._texts_with(term)) if self.knows(term) else 0.0

    def _texts_with(self, term: str) -> int:
        return int(self._frequency[self._terms[term]]) if self.knows(term) else 0

    def _weight(self, texts: float) -> float:
        """Of a term that so many texts have."""
        return math.log(1 + (len(self.ids) - texts + 0.5) / (texts + 0.5))

    @property
    def rarest(self) -> float:
        """Weight of a term that one text has."""
        return self._weight(1)

    def knows(self, term: str) -> bool:
        """Does any text have the term?"""
        return term in self._terms

    def one_letter_from(self, term: str) -> list[str]:
        """The terms that begin as one does and differ from it by one letter that is missing, too
        much, or in the place of the one beside it; those of most texts first.

        Short words are too near to each other: each has five letters at least.
        """
        near = (
            t
            for t in self._terms
            if t[0] == term[0] and abs(len(t) - len(term)) < 2 and t.isalpha()
            if min(len(t), len(term)) >= _SHORTEST
        )
        found = [t for t in near if misspells(t, term)]
        return sorted(found, key=lambda t: -int(self._frequency[self._terms[t]]))

    def having(self, term: str, most: int) -> list[str]:
        """The first chunks that have a term that the index knows."""
        assert self._scores
        number = self._terms[term]
        part = slice(self._scores.starts[number], self._scores.starts[number + 1])
        return [self.ids[n] for n in self._scores.places[part][:most]]

    def place(self, chunk: str) -> int:
        """Place of a chunk in :meth:`scores`."""
        return self._place[chunk]

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Share of the best possible score, by place of the chunk; shape (chunks,)."""
        return self.expected_scores([{t: 1.0} for t in dict.fromkeys(terms)])

    def expected_scores(self, words: Sequence[Likelihoods]) -> NDArray[np.float32]:
        """The same for words of which it is only likely by which terms they stand in the texts.

        A word is in as many texts, and as often in each, as is to be expected: the sum over its
        terms by their probabilities.

        Args:
            words: The terms of each with their probabilities, 0 to 1.
        """
        found = np.zeros(len(self.ids), np.float32)
        possible = 0.0
        for terms in words:
            texts = sum(p * self._texts_with(t) for t, p in terms.items())
            most = self._weight(max(texts, 1.0))
            possible += most
            known = {t: p * most / self.weight(t) for t, p in terms.items() if self.knows(t)}
            if known and self._scores:
                found += self._scores.of_texts(known)
        return found / np.float32(possible) if possible else found


def misspells(one: str, other: str) -> bool:
    """Do two words differ by one letter that only one of them has, or by two in another order?

    >>> misspells("acord", "accord"), misspells("polcie", "police")
    (True, True)
    >>> misspells("accord", "accord"), misspells("verkoop", "verloop")
    (False, False)
    """
    short, long = sorted((one, other), key=len)
    pairs = enumerate(zip(short, long, strict=False))
    start = next((n for n, (a, b) in pairs if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    rest, changed = short[start:], long[start:]
    return rest != changed and rest[1:2] + rest[:1] + rest[2:] == changed


def _fits(scores: _Scores, terms: int, chunks: int) -> bool:
    """Do the parts of an index agree with each other and with the chunks?"""
    starts, places = scores.starts, scores.places
    return bool(
        scores.texts == chunks
        and terms == len(scores.terms) == len(starts) - 1
        and sorted(scores.terms.values()) == list(range(terms))
        and len(places) == len(scores.shares) == starts[-1]
        and (np.diff(starts) >= 0).all()
        and places.min(initial=0) >= 0
        and places.max(initial=0) < chunks
    )

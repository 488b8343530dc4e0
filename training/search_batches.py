"""Batches that the search model learns from: questions, each with passages that are near to it.

The passages of the other questions of a batch are negatives as well, unless they answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch.utils.data import Dataset

from sources.anchor import Lang, other
from training.hard_negatives import draw
from training.pairs import Asked, Numbered, Special, Tokens, padded, pair
from training.reranker_batches import Part, parts_of, thinned

EACH = 6  # passages of a question, first the one that answers
_LONGEST = 200  # tokens of a passage
_OTHER_LANGUAGE = 0.2  # share of questions whose passages are read in the other language
_HEADED = 0.6  # share of passages that are read under their heading
_SEED = 20261128


class Prefixes(NamedTuple):
    """The tokens that stand before a text, of either side."""

    question: Tokens
    passage: Tokens


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as a model reads them.

    Attributes:
        tokens: Shape (texts, tokens).
        mask: 1 for each token that is there, same shape.
    """

    tokens: Tokens
    mask: Tokens

    @classmethod
    def of(cls, texts: Sequence[Tokens], prefix: Tokens, special: Special) -> Texts:
        """Each between the tokens at its start, with the prefix, and at its end."""
        start = np.concatenate([np.array([special.start], np.int32), prefix])
        end = np.array([special.end], np.int32)
        return cls(*padded([np.concatenate([start, t, end]) for t in texts], special))


@dataclass(frozen=True, slots=True)
class SearchBatch:
    """Questions with their passages.

    Attributes:
        questions: As the model reads them.
        passages: Those of the first question, then of the next: ``EACH`` of each.
        answering: Does a passage answer a question? Shape (questions, passages).
        read: The pairs of each question and its own passages, as a reranker reads them.
    """

    questions: Texts
    passages: Texts
    answering: NDArray[np.bool_]
    read: list[Part]


class SearchBatches(Dataset[SearchBatch]):
    """All batches, by step. A batch is the same however many processes draw them.

    Args:
        steps: Number of batches.
        size: Questions of a batch.
        passages: All that there are.
        questions: Written ones; those without an answer are left out.
        near: The nearest passages of each (see :mod:`training.hard_negatives`), shape
            (questions, passages).
        prefixes: What stands before a question, and before a passage.
        special: The tokens around texts.
    """

    def __init__(
        self,
        steps: int,
        size: int,
        passages: Sequence[Numbered],
        questions: Sequence[Asked],
        near: NDArray[np.int32],
        prefixes: Prefixes,
        special: Special,
    ) -> None:
        self._steps, self._size = steps, size
        self._passages, self._questions, self._near = passages, questions, near
        self._prefixes, self._special = prefixes, special
        self._answered = np.flatnonzero([bool(q.answers) for q in questions])

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, step: int) -> SearchBatch:
        # Each pass has all questions once, in an order of its own.
        each_pass = max(1, len(self._answered) // self._size)
        turn, place = divmod(step, each_pass)
        order = np.random.default_rng((_SEED, turn)).permutation(self._answered)
        chance = np.random.default_rng((_SEED, turn, place))
        chosen = order[place * self._size : (place + 1) * self._size]
        asked: list[Tokens] = []
        read: list[Tokens] = []
        shown: list[Tokens] = []
        numbers: list[int] = []
        for number in chosen:
            question = self._questions[number]
            first = int(chance.choice(sorted(question.answers)))
            drawn = draw(
                self._near[number], EACH - 1, question.answers, len(self._passages), chance
            )
            lang = other(question.lang) if chance.random() < _OTHER_LANGUAGE else question.lang
            tokens = thinned(question.tokens, chance)
            asked.append(tokens)
            for n in (first, *drawn):
                shown.append(self._shown(n, lang, chance))
                version = self._passages[n].version(lang)
                said = (version.title, version.heading, version.text)
                read.append(pair(question.tokens, said, self._special))
                numbers.append(n)
        return SearchBatch(
            Texts.of(asked, self._prefixes.question, self._special),
            Texts.of(shown, self._prefixes.passage, self._special),
            np.array([[n in self._questions[q].answers for n in numbers] for q in chosen]),
            parts_of(read, self._special, len(read)),
        )

    def _shown(self, number: int, lang: Lang, chance: np.random.Generator) -> Tokens:
        """A passage under its heading or alone."""
        version = self._passages[number].version(lang)
        if chance.random() < _HEADED:
            return np.concatenate([version.heading, version.text])[:_LONGEST]
        return version.text[:_LONGEST]

"""Batches that a reranker learns from: questions, each with eight passages or another number.

Two sorts of question: written ones, and sentences taken out of a passage, which it is to be found
again by. Of its passages the first answers, if any does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from torch.utils.data import Dataset

from sources.anchor import LANGS, Lang, other
from training.hard_negatives import draw
from training.pairs import Asked, Numbered, Special, Tokens, Version, padded, pair

EACH = 8  # passages of a question, if nothing else is said
_RIGHT, _DRAWN, _NEAR = 1.5, 0.3, 1.0  # weights of a passage that answers, a negative, a near miss
_FOUND = 1.0  # weight of the passage that a sentence is of
_SENTENCES = 0.125  # share of a batch, after the first ones
_UNANSWERED, _CONTRASTED = 0.3, 0.2  # shares of the written questions of a batch
_NEAR_MISSES = 0.5  # share of near misses among the passages of a question, at most
_OTHER_LANGUAGE, _OTHER_LANGUAGE_OF_SENTENCE = 0.12, 0.6
_WITHOUT_TITLE = 0.15  # share of questions: none of their passages has one
_WITHOUT_HEADING = 0.15  # share of passages
_THINNED, _THINNED_SENTENCES = 0.1, 0.7  # shares of questions that lose some of their tokens
_KEPT_TOKENS, _KEPT_OF_SENTENCE = 0.85, (0.3, 0.9)  # shares of their tokens that are left
_TAKEN_OUT = 0.8  # share of sentences that their passage is read without
_LONGEST, _SHORTEST, _FEWEST = 40, 6, 3  # tokens of a sentence, and of what is left of it
_LEAST = 12  # tokens of a passage that a sentence is taken out of
_SEED = 20261126

Text = tuple[Tokens, ...]  # what is read of a passage


@dataclass(frozen=True, slots=True)
class Example:
    """What a question is read with.

    Attributes:
        question: Its tokens.
        texts: Of the passages.
        weights: Of the passages.
        answered: Does the first passage answer?
    """

    question: Tokens
    texts: list[Text]
    weights: list[float]
    answered: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs of about one length.

    Attributes:
        places: Of the pairs in the batch, shape (pairs,).
        tokens: Shape (pairs, tokens).
        mask: 1 for each token that is there, shape (pairs, tokens).
    """

    places: NDArray[np.int64]
    tokens: Tokens
    mask: Tokens


def parts_of(pairs: Sequence[Tokens], special: Special, size: int) -> list[Part]:
    """Pairs in parts of about one length; ``size`` is the number of pairs in a part."""
    by_length = np.argsort([len(p) for p in pairs], kind="stable")
    parts = []
    for start in range(0, len(pairs), size):
        places = by_length[start : start + size]
        parts.append(Part(places, *padded([pairs[n] for n in places], special)))
    return parts


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions with their passages.

    Attributes:
        parts: The pairs, question by question, in parts of about one length.
        weights: Shape (questions, passages of each).
        answered: Does the first passage answer? Shape (questions,).
    """

    parts: list[Part]
    weights: NDArray[np.float32]
    answered: NDArray[np.bool_]

    @classmethod
    def of(cls, examples: Sequence[Example], special: Special, size: int) -> Batch:
        """From questions; ``size`` is the number of pairs in a part."""
        pairs = [pair(s.question, text, special) for s in examples for text in s.texts]
        parts = parts_of(pairs, special, size)
        weights = np.array([s.weights for s in examples], np.float32)
        return cls(parts, weights, np.array([s.answered for s in examples]))


@dataclass(frozen=True, slots=True)
class Plan:
    """Which batches there are.

    Attributes:
        steps: Number of batches.
        warm: Of them the first ones, which have sentences only.
        questions: Of a batch.
        pairs: Of a part of a batch, which are computed together.
        each: Passages of a question.
    """

    steps: int
    warm: int
    questions: int
    pairs: int
    each: int = EACH


class QuestionBatches(Dataset[Batch], ABC):
    """All batches, by step. A batch is the same however many processes draw them.

    Args:
        plan: Which there are.
        passages: All that there are, of which there have to be some dozens.
        questions: Written ones, some of them without an answer.
        near: The nearest passages of each (see :mod:`training.hard_negatives`), shape
            (questions, passages).
        special: The tokens around texts.
    """

    def __init__(
        self,
        plan: Plan,
        passages: Sequence[Numbered],
        questions: Sequence[Asked],
        near: NDArray[np.int32],
        special: Special,
    ) -> None:
        self._plan, self._passages, self._questions = plan, passages, questions
        self._near, self._special = near, special

    def __len__(self) -> int:
        return self._plan.steps

    def __getitem__(self, step: int) -> Batch:
        return Batch.of(self.examples(step), self._special, self._plan.pairs)

    @abstractmethod
    def examples(self, step: int) -> list[Example]:
        """What the batch of a step consists of."""

    def written(self, number: int, chance: np.random.Generator) -> Example:
        """A written question with the passage that answers, or with near misses, and others."""
        question = self._questions[number]
        if question.answers:
            first = [int(chance.choice(sorted(question.answers)))]
            weights = [_RIGHT]
        else:
            most = int(self._plan.each * _NEAR_MISSES)
            first = [int(n) for n in chance.permutation(question.near)[:most]]
            weights = [_NEAR] * len(first)
        drawn = draw(
            self._near[number],
            self._plan.each - len(first),
            question.answers | set(first),
            len(self._passages),
            chance,
        )
        lang = other(question.lang) if chance.random() < _OTHER_LANGUAGE else question.lang
        titled = chance.random() >= _WITHOUT_TITLE
        return Example(
            thinned(question.tokens, chance),
            [_read(self._passages[n].version(lang), chance, titled=titled) for n in first + drawn],
            weights + [_DRAWN] * len(drawn),
            bool(question.answers),
        )


class Batches(QuestionBatches):
    """Sentences, and written questions of each sort.

    Args:
        contrasted: Numbers of the answered questions that were written beside near misses.
    """

    def __init__(
        self,
        plan: Plan,
        passages: Sequence[Numbered],
        questions: Sequence[Asked],
        near: NDArray[np.int32],
        contrasted: Sequence[int],
        special: Special,
    ) -> None:
        super().__init__(plan, passages, questions, near, special)
        answered = np.array([bool(q.answers) for q in questions])
        self._answered, self._unanswered = np.flatnonzero(answered), np.flatnonzero(~answered)
        self._contrasted = np.array(contrasted or self._answered)
        self._of_work: dict[int, list[int]] = {}
        for n, passage in enumerate(passages):
            self._of_work.setdefault(passage.work, []).append(n)

    def examples(self, step: int) -> list[Example]:
        """Sentences only in the first steps; later some, and written questions."""
        chance = np.random.default_rng((_SEED, step))
        size = self._plan.questions
        sentences = size if step < self._plan.warm else round(size * _SENTENCES)
        found = self.sentences(sentences, chance)
        return found + [self.written(n, chance) for n in self._drawn(size - sentences, chance)]

    def _drawn(self, number: int, chance: np.random.Generator) -> list[int]:
        """Numbers of written questions, so many of each sort."""
        unanswered, contrasted = int(number * _UNANSWERED), int(number * _CONTRASTED)
        shares = (
            (self._answered, number - unanswered - contrasted),
            (self._unanswered, unanswered),
            (self._contrasted, contrasted),
        )
        return [int(n) for pool, share in shares for n in chance.choice(pool, share)]

    def sentences(self, number: int, chance: np.random.Generator) -> list[Example]:
        """Sentences, each with its passage and with others near to it in its text."""
        found: list[Example] = []
        while len(found) < number:
            passage, lang = int(chance.integers(len(self._passages))), LANGS[chance.integers(2)]
            if one := self._sentence(passage, lang, chance):
                found.append(one)
        return found

    def _sentence(self, number: int, lang: Lang, chance: np.random.Generator) -> Example | None:
        """A sentence of a passage in a language; None where it has none that is long enough."""
        passage = self._passages[number]
        if lang not in passage.versions:
            return None
        text = passage.versions[lang].text
        spans = sentence_spans(text, self._special)
        if not spans or len(text) < _LEAST:
            return None
        start, end = spans[chance.integers(len(spans))]
        end = min(end, start + _LONGEST)
        tokens = text[start:end]
        if chance.random() < _THINNED_SENTENCES:
            tokens = tokens[chance.random(len(tokens)) < chance.uniform(*_KEPT_OF_SENTENCE)]
        if len(tokens) < _FEWEST:
            return None
        read_in = other(lang) if chance.random() < _OTHER_LANGUAGE_OF_SENTENCE else lang
        if read_in not in passage.versions:
            read_in = lang
        titled = chance.random() >= _WITHOUT_TITLE
        version = passage.versions[read_in]
        if read_in == lang and len(spans) > 1 and chance.random() < _TAKEN_OUT:
            right: Text = (
                *_title(version, titled=titled),
                version.heading,
                text[:start],
                text[end:],
            )
        else:
            right = _read(version, chance, titled=titled)
        beside = self._beside(number, chance)
        others = [_read(self._passages[n].version(read_in), chance, titled=titled) for n in beside]
        return Example(tokens, [right, *others], [_FOUND] + [_DRAWN] * len(others), answered=True)

    def _beside(self, number: int, chance: np.random.Generator) -> list[int]:
        """The passages around one, then any of its text, then any."""
        own = self._of_work[self._passages[number].work]
        around = [
            n for n in (number - 1, number + 1, number + 2, number - 2) if own[0] <= n <= own[-1]
        ]
        each = self._plan.each
        of_text = [int(n) for n in chance.permutation(own)[:each]]
        found = [n for n in dict.fromkeys(around + of_text) if n != number][: each - 1]
        near = np.empty(0, np.int32)
        return found + draw(
            near, each - 1 - len(found), {number, *found}, len(self._passages), chance
        )


def thinned(tokens: Tokens, chance: np.random.Generator) -> Tokens:
    """A question, which sometimes loses some of its tokens unless it is short."""
    if len(tokens) >= _SHORTEST and chance.random() < _THINNED:
        return tokens[chance.random(len(tokens)) < _KEPT_TOKENS]
    return tokens


def sentence_spans(text: Tokens, special: Special) -> list[tuple[int, int]]:
    """Start and end of each sentence of a text that is long enough to ask for it."""
    ends = [n + 1 for n, token in enumerate(text.tolist()) if token in special.sentence_ends]
    cuts = sorted({0, *ends, len(text)})
    return [(a, b) for a, b in pairwise(cuts) if b - a >= _SHORTEST]


def _title(version: Version, *, titled: bool) -> Text:
    return (version.title,) if titled else ()


def _read(version: Version, chance: np.random.Generator, *, titled: bool) -> Text:
    """A passage with the title of its text or without, and with its heading or without."""
    title = _title(version, titled=titled)
    if chance.random() < _WITHOUT_HEADING:
        return (*title, version.text)
    return (*title, version.heading, version.text)

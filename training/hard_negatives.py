"""Passages that are near to a question and do not answer it: what a reranker learns most from.

Near is what the search would find among all passages of the training set: by the vector of the
trained model, and by words (BM25). A passage that says nearly the same as one that answers is left
out: it may answer as well, and nobody has said so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from index.bm25 import LexicalIndex
from index.tokens import words
from sources.anchor import LANGS
from sources.bilingual import Bilingual
from training.data import Question, Versions
from training.loop import moved
from training.pairs import (
    Asked,
    Numbered,
    Special,
    Tokenizer,
    Tokens,
    asked,
    numbered,
    padded,
    pair,
)
from training.reranker_model import RerankerModel

KEPT = 64  # passages for each question
_BY_WORDS = 32  # of them those that words find, at most
LEFT_OUT = -1  # in place of a passage that answers, or may
_OTHER_LANGUAGE = 0.02  # less than for a passage in the language of the question
# Cosines above which two passages say nearly the same, measured on acts where equal answers are
# known. A recital and the article that it is on are worded apart.
_SAME, _SAME_AS_RECITAL = 0.85, 0.68
_HEADING, _TEXT = 24, 200  # tokens of a passage in its vector
_BATCH = 512
_READ, _PAIRS = 12, 1024  # passages of a question that a reranker reads; pairs read at once
_SURE = 1.0  # logarithm of the odds above which it finds that a passage answers
_EVEN = 4  # added to the rank: the first of 64 is drawn 17 times as often as the last


def draw(
    near: NDArray[np.int32],
    number: int,
    without: Collection[int],
    total: int,
    chance: np.random.Generator,
) -> list[int]:
    """Different passages that do not answer, drawn by their rank; any others where too few are.

    Args:
        near: The passages for a question, first the nearest, with ``LEFT_OUT`` among them.
        number: How many to draw.
        without: Those that must not be drawn.
        total: Number of passages that there are.
        chance: What draws.
    """
    assert total - len(without) >= number
    weights = 1 / (np.arange(len(near)) + _EVEN)
    weights[(near == LEFT_OUT) | np.isin(near, list(without))] = 0
    likely = min(number, int(np.count_nonzero(weights)))
    found: list[int] = []
    if likely:
        drawn = chance.choice(near, likely, replace=False, p=weights / weights.sum())
        found = [int(n) for n in drawn]
    while len(found) < number:
        one = int(chance.integers(total))
        if one not in without and one not in found:
            found.append(one)
    return found


def by_words(passages: Versions, questions: Sequence[Question]) -> NDArray[np.int32]:
    """The passages that have most of the words of each question, in its language.

    Shape (questions, 32 or fewer); ``LEFT_OUT`` where no more have any.

    Args:
        passages: By address.
        questions: Those to find passages for.
    """
    indexes = {}
    for lang in LANGS:
        own = [(n, each[lang]) for n, each in enumerate(passages.values()) if lang in each]
        texts = [f"{' '.join(p.headings)} {p.text}" for _, p in own]
        indexes[lang] = LexicalIndex.build(lang, [str(n) for n, _ in own], texts)
    found = np.full((len(questions), min(_BY_WORDS, len(passages))), LEFT_OUT, np.int32)
    for row, question in zip(found, tqdm(questions, desc="words"), strict=True):
        index = indexes[question.lang]
        scores = index.scores(index.terms(words(question.text, question.lang)))
        best = np.argsort(-scores, kind="stable")[: len(row)]
        best = best[scores[best] > 0]
        row[: len(best)] = [int(index.ids[n]) for n in best]
    return found


def in_turn(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.int32]:
    """Passages of two orders, the best of each in turn and none twice; as many as in ``one``.

    >>> in_turn(np.array([4, 5, 6], np.int32), np.array([5, 7, LEFT_OUT], np.int32)).tolist()
    [4, 5, 7]
    """
    both = np.full(2 * max(len(one), len(other)), LEFT_OUT, np.int32)
    both[: 2 * len(one) : 2], both[1 : 2 * len(other) : 2] = one, other
    both = both[both != LEFT_OUT]
    _, first = np.unique(both, return_index=True)
    return np.asarray(both[np.sort(first)][: len(one)])


def mine(
    model: Any,
    tokenizer: Tokenizer,
    passages: Sequence[Numbered],
    questions: Sequence[Asked],
    found: NDArray[np.int32],
    device: torch.device,
) -> NDArray[np.int32]:
    """The nearest passages of each question, shape (questions, ``KEPT`` or fewer).

    Args:
        model: A BERT model of the e5 family, on the device.
        tokenizer: That of the model.
        passages: All that there are.
        questions: Those to find passages for.
        found: What words find for each question (:func:`by_words`).
        device: Where to compute.
    """
    special = tokenizer.special
    for_passage, for_question = tokenizer(["passage:", "query:"], KEPT)
    versions = [(n, lang, v) for n, p in enumerate(passages) for lang, v in p.versions.items()]
    texts = vectors(
        model,
        [np.concatenate([for_passage, v.heading[:_HEADING], v.text[:_TEXT]]) for *_, v in versions],
        special,
        device,
    )
    asked = vectors(
        model, [np.concatenate([for_question, q.tokens]) for q in questions], special, device
    )
    passage_of = torch.tensor([n for n, *_ in versions], device=device)
    french = torch.tensor([lang == "fr" for _, lang, _ in versions], device=device)
    asked_in_french = torch.tensor([q.lang == "fr" for q in questions], device=device)
    parts = []
    for start in range(0, len(questions), _BATCH):
        part = slice(start, start + _BATCH)
        apart = asked_in_french[part, None] != french[None]
        scores = asked[part] @ texts.T - _OTHER_LANGUAGE * apart
        best = torch.full((len(scores), len(passages)), -1.0, device=device).scatter_reduce(
            1, passage_of.expand(len(scores), -1), scores, "amax"
        )
        parts.append(best.topk(min(KEPT, len(passages))).indices)
    by_vector = torch.cat(parts).cpu().numpy().astype(np.int32)
    near = np.stack([in_turn(a, b) for a, b in zip(by_vector, found, strict=True)])
    sums = torch.zeros(len(passages), texts.shape[1], device=device)
    own = F.normalize(sums.index_add(0, passage_of, texts), dim=-1).cpu().numpy()
    recital = np.array([p.recital for p in passages])
    for row, question in zip(near, questions, strict=True):
        row[answers_too(row, question.answers, own, recital)] = LEFT_OUT
    return near


def answers_too(
    near: NDArray[np.int32],
    answers: frozenset[int],
    vectors: NDArray[np.float32],
    recital: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which passages answer, or say nearly the same as one that does: shape (near,).

    Args:
        near: Numbers of passages.
        answers: Those that answer.
        vectors: Of all passages, of length 1, shape (passages, dimension).
        recital: Which of all passages are recitals, shape (passages,).
    """
    right = np.array(sorted(answers), np.int64)
    cosines = vectors[near] @ vectors[right].T
    apart = recital[near][:, None] != recital[right][None]
    same = (cosines > _SAME) | (apart & (cosines > _SAME_AS_RECITAL))
    return np.asarray(same.any(1) | np.isin(near, right))


@torch.no_grad()
def leave_out_answers(
    near: NDArray[np.int32],
    passages: Sequence[Numbered],
    questions: Sequence[Asked],
    reranker: RerankerModel,
    special: Special,
) -> int:
    """Leave out of the nearest passages those that an earlier reranker finds to answer.

    Whoever wrote a question named one passage or two; others that answer it as well would teach the
    opposite. Only the first ``_READ`` of each answered question are read; later ones are drawn
    seldom. How many were left out.

    Args:
        near: The nearest passages of each question; changed in place.
        passages: All that there are.
        questions: As many as ``near`` has rows.
        reranker: On the device where it is to read.
        special: The tokens around texts.
    """
    device = next(reranker.parameters()).device
    places = [
        (row, rank)
        for row, question in enumerate(questions)
        if question.answers
        for rank in range(min(_READ, near.shape[1]))
        if near[row, rank] != LEFT_OUT
    ]
    lengths = [
        len(questions[row].tokens)
        + len(passages[near[row, rank]].version(questions[row].lang).text)
        for row, rank in places
    ]
    reranker.eval()
    left_out = 0
    by_length = np.argsort(lengths, kind="stable")
    for first in tqdm(range(0, len(places), _PAIRS), desc="read"):
        part = [places[n] for n in by_length[first : first + _PAIRS]]
        read = []
        for row, rank in part:
            asked = questions[row]
            version = passages[near[row, rank]].version(asked.lang)
            said = (version.title, version.heading, version.text)
            read.append(pair(asked.tokens, said, special))
        tokens, mask = (moved(x, device) for x in padded(read, special))
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            sure = reranker(tokens, mask).float().cpu().numpy() > _SURE
        for (row, rank), answers in zip(part, sure, strict=True):
            if answers:
                near[row, rank] = LEFT_OUT
                left_out += 1
    return left_out


def tokenised(
    passages: Versions,
    titles: Mapping[str, Bilingual],
    questions: Sequence[Question],
    tokenizer: Tokenizer,
    model: Any,
    device: torch.device,
) -> tuple[list[Numbered], list[Asked], NDArray[np.int32]]:
    """Passages and questions as tokens, and the nearest passages of each question (:func:`mine`).

    Args:
        passages: By address.
        titles: What each text is called, by its name.
        questions: On these passages.
        tokenizer: That of the model.
        model: Moved to the device.
        device: Where to compute.
    """
    read = numbered(passages, titles, tokenizer)
    asks = asked(questions, passages, tokenizer)
    found = by_words(passages, questions)
    return read, asks, mine(model.to(device), tokenizer, read, asks, found, device)


@torch.no_grad()
def vectors(model: Any, texts: Sequence[Tokens], special: Special, device: torch.device) -> Tensor:
    """Mean of the tokens of each text, of length 1: shape (texts, dimension)."""
    found = torch.empty(len(texts), model.config.hidden_size, device=device)
    model.eval()
    by_length = np.argsort([len(t) for t in texts], kind="stable")
    start, end = np.array([special.start], np.int32), np.array([special.end], np.int32)
    for first in tqdm(range(0, len(texts), _BATCH), desc="embed"):
        part = by_length[first : first + _BATCH]
        tokens, mask = (
            moved(x, device)
            for x in padded([np.concatenate([start, texts[n], end]) for n in part], special)
        )
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            hidden = model(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
        found[moved(part, device)] = F.normalize(mean, dim=-1)
    return found

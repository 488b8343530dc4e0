"""Batches of the search model, and a step of its training."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sources.anchor import LANGS, Lang
from tests.training.tiny import tiny
from training.__main__ import Trainer
from training.pairs import Asked, Numbered, Special, Version
from training.reranker_model import RerankerModel
from training.search_batches import EACH, Prefixes, SearchBatches

SPECIAL = Special(start=0, pad=1, end=2, sentence_ends=frozenset())
PREFIXES = Prefixes(np.array([3], np.int32), np.array([4], np.int32))
HEADING = 5
PASSAGES = 30  # passage n is of the token 10 + n in French, 50 + n in Dutch
FIRST: dict[Lang, int] = {"fr": 10, "nl": 50}


@pytest.fixture
def batches() -> SearchBatches:
    title, heading = np.array([6], np.int32), np.array([HEADING], np.int32)
    passages = [
        Numbered(
            {
                lang: Version(title, heading, np.full(8, FIRST[lang] + n, np.int32))
                for lang in LANGS
            },
            n // 10,
            recital=False,
        )
        for n in range(PASSAGES)
    ]
    questions = [
        Asked("fr", np.full(7, 90 + n, np.int32), frozenset({n, n + 1}), ()) for n in range(9)
    ]
    questions.append(Asked("nl", np.full(7, 99, np.int32), frozenset(), (7,)))
    near = np.tile(np.arange(20, dtype=np.int32), (len(questions), 1))
    return SearchBatches(40, 4, passages, questions, near, PREFIXES, SPECIAL)


def test_the_first_passage_of_each_question_answers_and_no_other_of_its_own(
    batches: SearchBatches,
) -> None:
    assert len(batches) == 40
    for step in range(6):
        batch = batches[step]
        assert batch.answering.shape == (4, 4 * EACH)
        for row in range(4):
            own = batch.answering[row, row * EACH : (row + 1) * EACH]
            assert own.tolist() == [True] + [False] * (EACH - 1)


def test_texts_stand_behind_their_prefix_and_pairs_are_of_all_passages(
    batches: SearchBatches,
) -> None:
    batch = batches[0]
    assert (batch.questions.tokens[:, :2] == [0, 3]).all()
    assert (batch.passages.tokens[:, :2] == [0, 4]).all()
    assert (batch.passages.tokens[batch.passages.mask == 0] == SPECIAL.pad).all()
    assert sorted(np.concatenate([p.places for p in batch.read])) == list(range(4 * EACH))


def test_a_pass_has_each_answered_question_at_most_once_and_is_drawn_the_same_again(
    batches: SearchBatches,
) -> None:
    of_pass = [batches[step].questions.tokens[:, 2].tolist() for step in (0, 1)]
    assert len({n for batch in of_pass for n in batch}) == 8
    assert 99 not in {n for batch in of_pass for n in batch}
    assert np.array_equal(batches[3].passages.tokens, batches[3].passages.tokens)
    assert not np.array_equal(batches[0].questions.tokens, batches[2].questions.tokens)


def test_some_passages_are_read_in_the_other_language_or_without_heading(
    batches: SearchBatches,
) -> None:
    drawn = [batches[step] for step in range(40)]
    tokens = np.concatenate([b.passages.tokens[:, 2:4] for b in drawn])
    assert 0.1 < np.mean(tokens[:, 1] >= FIRST["nl"]) < 0.3
    assert 0.5 < np.mean(tokens[:, 0] == HEADING) < 0.7


@pytest.mark.parametrize("taught", [False, True])
def test_a_step_changes_the_layers_and_leaves_embeddings_and_reranker(
    batches: SearchBatches, *, taught: bool
) -> None:
    from transformers import BertModel

    config = tiny(110, 2)
    torch.manual_seed(1)
    bert = BertModel(config, add_pooling_layer=False)
    reranker = RerankerModel(BertModel(config, add_pooling_layer=False))
    teaches = reranker.tensors
    before = {n: p.detach().clone() for n, p in bert.named_parameters()}
    trainer = Trainer(bert, torch.device("cpu"), 1e-3, 10, (2, 2), reranker if taught else None)
    for step in range(3):
        assert trainer.learn(batches[step]).isfinite()
    changed = {n for n, p in bert.named_parameters() if not torch.equal(p, before[n])}
    assert "encoder.layer.0.attention.self.value.weight" in changed
    assert not [n for n in changed if n.startswith("embeddings.")]
    assert all(torch.equal(t, reranker.tensors[n]) for n, t in teaches.items())

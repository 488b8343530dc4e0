"""What a reranker learns further: each new question once, beside some of what it knows."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader
from transformers import BertModel

from tests.training.test_reranker_batches import SPECIAL, passage_of, passages
from tests.training.tiny import tiny
from training.pairs import Asked
from training.reranker_batches import Plan
from training.reranker_further import FurtherBatches, learn, steps
from training.reranker_model import RerankerModel

NEW = 32


@pytest.fixture
def batches() -> FurtherBatches:
    asked = [Asked("fr", np.full(8, 300 + n, np.int32), frozenset({n}), ()) for n in range(NEW)] + [
        Asked("nl", np.full(8, 350, np.int32), frozenset(), (38, 39))
    ]
    near = np.tile(np.arange(20, 39, dtype=np.int32), (len(asked), 1))
    plan = Plan(steps(NEW), 0, 18, 12, 4)
    return FurtherBatches(plan, passages(), asked, near, SPECIAL, NEW, [([NEW], 2)])


def test_each_new_question_comes_once_with_what_answers_first(batches: FurtherBatches) -> None:
    assert len(batches) == 2
    asked = []
    for batch in (batches[0], batches[1]):
        assert batch.weights.shape == (18, 4)
        assert batch.answered.tolist() == [True] * 16 + [False] * 2
        pairs = {}
        for part in batch.parts:
            for place, tokens, mask in zip(part.places, part.tokens, part.mask, strict=True):
                pairs[int(place)] = tokens[mask == 1]
        questions = [int(pairs[4 * n].max()) for n in range(18)]
        assert questions[16:] == [350, 350]
        for n, question in enumerate(questions[:16]):
            first = pairs[4 * n]
            assert passage_of((first[first < 300],)) == question - 300
        asked += questions[:16]
    assert sorted(asked) == list(range(300, 300 + NEW))


def test_the_upper_layers_and_the_head_learn_and_nothing_else_does(
    batches: FurtherBatches,
) -> None:
    config = tiny(400, 4)
    torch.manual_seed(1)
    reranker = RerankerModel(BertModel(config, add_pooling_layer=False)).train()
    reranker.bert.embeddings.requires_grad_(requires_grad=False)
    before = {name: p.detach().clone() for name, p in reranker.named_parameters()}
    learn(reranker, DataLoader(batches, batch_size=None), len(batches))
    changed = {n for n, p in reranker.named_parameters() if not torch.equal(p, before[n])}
    assert changed
    assert all(n.startswith(("bert.encoder.layer.3.", "head.")) for n in changed)

"""The reranker: its loss, what is stored of it, a step of training, and its export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import nn

from index.errors import ModelError
from tests.training.tiny import tiny
from training.pairs import Special
from training.reranker import Trainer, share_of_rate
from training.reranker_batches import EACH, Batch, Example, Plan
from training.reranker_model import FILE, RerankerModel, loss

SPECIAL = Special(start=0, pad=1, end=2, sentence_ends=frozenset())
PLAN = Plan(steps=1100, warm=100, questions=2, pairs=8)


@pytest.fixture
def config() -> Any:
    return tiny(50, 2)


@pytest.fixture
def reranker(config: Any) -> RerankerModel:
    from transformers import BertModel

    torch.manual_seed(1)
    found = RerankerModel(BertModel(config, add_pooling_layer=False))
    found.bert.embeddings.requires_grad_(requires_grad=False)
    return found


def test_the_loss_falls_as_the_passage_that_answers_rises_above_the_others() -> None:
    weights, answered = torch.ones(2, EACH), torch.tensor([True, True])
    right, wrong = torch.full((2, EACH), -4.0), torch.full((2, EACH), -4.0)
    right[:, 0], wrong[:, 1] = 4.0, 4.0
    assert loss(right, weights, answered) < 0.6
    assert loss(wrong, weights, answered) > 4


def test_where_none_answers_each_passage_is_only_judged_alone() -> None:
    weights, answered = torch.ones(2, EACH), torch.tensor([False, False])
    low = loss(torch.full((2, EACH), -4.0), weights, answered)
    high = loss(torch.full((2, EACH), 4.0), weights, answered)
    assert low == pytest.approx(1.4 * 0.01815, abs=1e-4)
    assert high == pytest.approx(1.4 * 4.01815, abs=1e-4)


def test_a_passage_of_more_weight_counts_more() -> None:
    scores, answered = torch.full((1, EACH), -4.0), torch.tensor([False])
    scores[0, 0] = 4.0
    even = loss(scores, torch.ones(1, EACH), answered)
    light = loss(scores, torch.tensor([[0.1] + [1.0] * (EACH - 1)]), answered)
    assert light < even / 4


def test_the_rate_rises_then_stays_while_there_are_sentences_then_falls() -> None:
    plan = Plan(steps=3300, warm=300, questions=64, pairs=128)
    shares = [share_of_rate(step, plan) for step in range(3300)]
    assert shares[0] == pytest.approx(0.006)
    assert shares[99] == shares[299] == 0.6
    assert shares[300] == 1.0
    assert shares[1800] == pytest.approx(0.5)
    assert min(shares[300:]) == shares[-1] == 0.01


def test_a_step_changes_layers_and_head_and_leaves_embeddings(reranker: RerankerModel) -> None:
    before = reranker.tensors
    texts = [(np.array([10 + n, 11], np.int32),) for n in range(EACH)]
    question = np.array([20, 21], np.int32)
    examples = [
        Example(question, texts, [1.5] + [0.3] * (EACH - 1), answered=True),
        Example(question, texts, [1.0] * EACH, answered=False),
    ]
    trainer = Trainer(reranker, torch.device("cpu"), PLAN)
    for _ in range(3):
        assert trainer.learn(Batch.of(examples, SPECIAL, PLAN.pairs)).isfinite()
    after = trainer.tensors
    assert after.keys() == before.keys()
    changed = {n for n in after if not torch.equal(after[n], before[n])}
    assert "encoder.layer.0.attention.self.value.weight" in changed
    assert {"head.dense.weight", "head.out.bias"} <= changed
    assert not [n for n in changed if n.startswith("embeddings.")]


def test_a_stored_reranker_is_read_again_and_that_of_another_model_is_refused(
    config: Any, reranker: RerankerModel
) -> None:
    stored = reranker.tensors
    assert {"embeddings.LayerNorm.weight", "head.out.weight"} <= stored.keys()
    assert all(n.startswith(("encoder.layer.", "embeddings.LayerNorm.", "head.")) for n in stored)
    again = RerankerModel.of(config, stored).tensors
    assert all(torch.equal(again[n], stored[n]) for n in stored)
    with pytest.raises(ModelError):
        RerankerModel.of(config, {n: t for n, t in stored.items() if ".layer.1." not in n})


@pytest.mark.filterwarnings("ignore")  # of the exporter
def test_what_was_trained_goes_on_from_its_file(reranker: RerankerModel, tmp_path: Path) -> None:
    reranker.bert.save_pretrained(tmp_path)
    trained = {n: t + 1 for n, t in reranker.tensors.items()}
    (tmp_path / FILE).write_bytes(save(trained))
    again = RerankerModel.trained(tmp_path, tmp_path).tensors
    assert again.keys() == trained.keys()
    assert all(torch.equal(again[n], trained[n]) for n in trained)


def test_the_exported_graph_gives_the_scores_of_the_reranker(
    config: Any, reranker: RerankerModel, tmp_path: Path
) -> None:
    pytest.importorskip("onnx", reason="of the extra `training`")
    runtime = pytest.importorskip("onnxruntime")
    from training.reranker_onnx import export

    path = tmp_path / "reranker.onnx"
    export(config, reranker.tensors, path)
    tokens = torch.tensor([[0, 20, 2, 2, 30, 2], [0, 21, 2, 2, 2, 1], [0, 5, 2, 2, 9, 2]])
    mask = (tokens != SPECIAL.pad).long()
    parts = reranker.eval().bert.embeddings
    with torch.no_grad():
        scores = reranker(tokens, mask).numpy()
        embedded = (
            parts.word_embeddings(tokens)
            + parts.position_embeddings.weight[: tokens.shape[1]]
            + parts.token_type_embeddings.weight[0]
        )
    session = runtime.InferenceSession(path)
    (found,) = session.run(["scores"], {"embedded": embedded.numpy(), "mask": mask.numpy()})
    assert found.shape == (3,)
    assert found == pytest.approx(scores, abs=0.05)


def test_even_inputs_change_no_score(reranker: RerankerModel) -> None:
    from training.reranker_onnx import _FromEmbedded, smooth

    graph = _FromEmbedded(reranker).eval()
    embedded = torch.randn(3, 12, 32)
    embedded[:, :, 5] *= 100  # a channel of large values
    mask = torch.ones(3, 12, dtype=torch.int64)
    before = graph(embedded, mask)
    smooth(graph.encoder, lambda: graph(embedded, mask))
    assert torch.allclose(graph(embedded, mask), before, atol=1e-4)
    assert all(
        not name.endswith("query") for name, m in graph.named_modules() if type(m) is nn.Linear
    )

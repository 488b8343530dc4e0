"""The reranker: a cross-encoder, which reads a question and a passage together and gives a score.

It is the model as it was trained for search, pooled from the first token: a dense layer, tanh,
and one score. The embeddings stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor, nn

from index.errors import ModelError

FILE = "reranker.safetensors"
_DROPOUT = 0.1
_SMOOTHING = 0.05
_EACH_ALONE = 1.4  # weight of the second loss
_NORM = "embeddings.LayerNorm."
_LEARNED = ("encoder.", _NORM)  # what a file has of the model, beside the head


class Head(nn.Module):
    """The score of a pair by its first token.

    Args:
        dimension: Of the model.
    """

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.dense = nn.Linear(dimension, dimension)
        self.out = nn.Linear(dimension, 1)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, first: Tensor) -> Tensor:
        """Scores, shape (pairs,), of first tokens, shape (pairs, dimension)."""
        hidden = torch.tanh(self.dense(self.dropout(first)))
        scores: Tensor = self.out(self.dropout(hidden))[:, 0]
        return scores


class RerankerModel(nn.Module):
    """A BERT model with a head.

    Args:
        bert: A model without pooling layer.
    """

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert
        self.head = Head(bert.config.hidden_size)

    @classmethod
    def beginning(cls, folder: Path) -> RerankerModel:
        """Before training, from a sentence-transformers folder of the e5 family."""
        from transformers import AutoModel

        bert = AutoModel.from_pretrained(
            folder,
            dtype=torch.float32,
            add_pooling_layer=False,
            hidden_dropout_prob=_DROPOUT,
            attention_probs_dropout_prob=0.0,
        )
        bert.embeddings.requires_grad_(requires_grad=False)
        return cls(bert)

    @classmethod
    def of(cls, config: Any, tensors: Mapping[str, Tensor]) -> RerankerModel:
        """A trained one that reads embedded pairs: it has no embeddings of words.

        ``ModelError`` where the tensors are those of another model.

        Args:
            config: Of the model that it was trained from.
            tensors: See :meth:`tensors`.
        """
        from transformers import BertConfig, BertModel

        # Attention is written out, as it is exported.
        small = BertConfig(**config.to_dict() | {"vocab_size": 2}, attn_implementation="eager")
        reranker = cls(BertModel(small, add_pooling_layer=False))
        if set(tensors) != set(reranker.tensors):
            apart = min(set(tensors) ^ set(reranker.tensors))
            raise ModelError("a reranker of another model", apart, "Train one (training.reranker).")
        reranker.load(tensors)
        return reranker.eval()

    @classmethod
    def trained(cls, folder: Path, trained: Path) -> RerankerModel:
        """As it was trained, from the model's folder and its own (see :data:`FILE`)."""
        from safetensors.torch import load_file

        reranker = cls.beginning(folder)
        reranker.load(load_file(trained / FILE))
        return reranker

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Take the tensors of a file; others stay as they are."""
        own = {n if n.startswith("head.") else f"bert.{n}": t for n, t in tensors.items()}
        self.load_state_dict(own, strict=False)

    @property
    def tensors(self) -> dict[str, Tensor]:
        """A copy of what a file has of it: names as in BERT, ``head.dense.*``, ``head.out.*``."""
        own = {n.removeprefix("bert."): t for n, t in self.state_dict().items()}
        chosen = (*_LEARNED, "head.")
        return {
            n: t.detach().to("cpu", torch.float32, copy=True)
            for n, t in own.items()
            if n.startswith(chosen)
        }

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """Scores, shape (pairs,), of tokens, shape (pairs, tokens)."""
        hidden = self.bert(input_ids=tokens, attention_mask=mask).last_hidden_state
        scores: Tensor = self.head(hidden[:, 0].float())
        return scores


def loss(scores: Tensor, weights: Tensor, answered: Tensor) -> Tensor:
    """The passage that answers stands above the others, and each is judged alone.

    Cross entropy over the passages of each question that is answered, and binary cross entropy of
    all passages.

    Args:
        scores: Shape (questions, passages); the first passage of each answers, if any does.
        weights: Of each passage in the second, same shape.
        answered: Does one answer? Shape (questions,).
    """
    right = torch.zeros(len(scores), dtype=torch.long, device=scores.device)
    first = F.cross_entropy(scores, right, reduction="none", label_smoothing=_SMOOTHING)
    of_answered = (first * answered).sum() / answered.sum().clamp(min=1)
    truth = torch.zeros_like(scores)
    truth[:, 0] = answered.float()
    alone = F.binary_cross_entropy_with_logits(scores, truth, weights, reduction="sum")
    return of_answered + _EACH_ALONE * alone / weights.sum()

"""What is learned: the passage that answers stands first, by its vector and by its tokens.

Both scores of a search are trained at once, each against the other passages of the batch
(InfoNCE): the cosine of the text vectors, and late interaction (see
:mod:`index.late_interaction`). Late interaction ranks better, so the vector also learns from its
scores, and both learn from those of a reranker, where there is one (distillation).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

_VECTOR, _TOKENS = 0.025, 0.03  # temperatures
_BACKWARDS = 0.3  # weight of finding the question of a passage
_DISTILLED = 0.5  # weight of what the vector learns from late interaction
_READ = 2.0  # temperature of a reranker
_TAUGHT = 1.0  # weight of what both learn from it
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class EncodedBatch:
    """A batch of texts as the model gives it.

    Attributes:
        hidden: Shape (texts, tokens, dimension).
        mask: 1 for each token that is there, shape (texts, tokens).
        inner: 1 for each token of the text itself, without prefix, start and end.
    """

    hidden: Tensor
    mask: Tensor
    inner: Tensor

    @classmethod
    def of(cls, hidden: Tensor, mask: Tensor, skip: int) -> EncodedBatch:
        """From the last layer; ``skip`` tokens stand before the text."""
        inner = mask.clone().float()
        inner[:, :skip] = 0
        inner[torch.arange(len(inner), device=inner.device), mask.sum(1).long() - 1] = 0
        return cls(hidden.float(), mask.float(), inner)

    @property
    def vectors(self) -> Tensor:
        """Mean of the tokens, length 1: shape (texts, dimension)."""
        total = (self.hidden * self.mask[:, :, None]).sum(1)
        return F.normalize(total / self.mask.sum(1)[:, None], dim=-1)


def late_interaction(questions: EncodedBatch, passages: EncodedBatch) -> Tensor:
    """Mean best cosine of the tokens of each question, shape (questions, passages)."""
    q, p = (F.normalize(side.hidden, dim=-1) for side in (questions, passages))
    with torch.autocast(q.device.type, torch.bfloat16):
        cosines = q.flatten(0, 1) @ p.flatten(0, 1).T
    shaped = cosines.float().view(*q.shape[:2], *p.shape[:2])
    best = shaped.masked_fill(passages.inner[None, None] == 0, -1).amax(-1)
    weights = questions.inner[:, :, None]
    return (best * weights).sum(1) / weights.sum(1).clamp(min=1)


def loss(
    questions: EncodedBatch,
    passages: EncodedBatch,
    answering: Tensor,
    read: Tensor | None = None,
) -> Tensor:
    """The loss of a batch with as many passages for each question, of which the first answers it.

    Args:
        questions: Encoded.
        passages: Those of the first question, then of the next.
        answering: Does a passage answer a question? Shape (questions, passages). What also answers
            is no negative.
        read: What a reranker says of each question and its own passages, shape (questions,
            passages of each). Both scores learn its order.
    """
    number = len(answering)
    each = answering.shape[1] // number
    row = torch.arange(number, device=answering.device)
    right = row * each
    others = answering.clone()
    others[row, right] = False
    vector = (questions.vectors @ passages.vectors.T / _VECTOR).masked_fill(others, _NEVER)
    tokens = (late_interaction(questions, passages) / _TOKENS).masked_fill(others, _NEVER)
    found = _DISTILLED * F.kl_div(
        vector.log_softmax(-1), tokens.detach().softmax(-1), reduction="batchmean"
    )
    own = right[:, None] + torch.arange(each, device=answering.device)
    for scores in (vector, tokens):
        found = found + F.cross_entropy(scores, right)
        found = found + _BACKWARDS * F.cross_entropy(scores[:, right].T, row)
        if read is not None:
            said = (read / _READ).masked_fill(others.gather(1, own), _NEVER).softmax(-1)
            found = found + _TAUGHT * F.kl_div(
                scores.gather(1, own).log_softmax(-1), said, reduction="batchmean"
            )
    return found

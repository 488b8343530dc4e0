"""``python -m training.reranker``: train a reranker, which judges whether a passage answers.

It begins with the layers that were trained for search. Eight minutes on a large GPU; on a
processor, days (see training/README.md). The acts of the evaluation cases are left out.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save
from torch import Tensor
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader

from index import weights
from sources.files import write_atomically
from sources.settings import Settings
from training import data, pairs
from training.hard_negatives import leave_out_answers, tokenised
from training.loop import Descent, MasterWeights, moved, run
from training.reranker_batches import EACH, Batch, Batches, Part, Plan
from training.reranker_model import FILE, RerankerModel, loss

_RATE, _HEAD_RATE = 1e-4, 4e-4
_RISE = 100  # steps in which the rate rises
_WARM_RATE = 0.6  # share of the rate while there are sentences only
_LEAST_RATE = 0.01  # share
_QUESTIONS = 64  # of a batch
_SEED = 20261126


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.reranker", description=__doc__)
    parser.add_argument("passages", type=Path, help="file of passages (see evals/collection.py)")
    parser.add_argument("folder", type=Path, help=f"where {FILE} goes")
    parser.add_argument("--steps", type=int, default=3300)
    parser.add_argument("--earlier", type=Path, help=f"folder of an earlier {FILE}, to filter by")
    parser.add_argument("--warm", type=int, default=300, help="first steps, with sentences only")
    parser.add_argument(
        "--device", choices=("cuda", "cpu"), default="cuda" if torch.cuda.is_available() else "cpu"
    )
    parser.add_argument(
        "--workers", type=int, default=min(8, os.cpu_count() or 1), help="draw batches"
    )
    return parser


class Trainer:
    """Trains a reranker.

    On a GPU the model is computed in bfloat16, and float32 copies of its weights learn. On a
    processor what a part of a batch computes is not kept for the gradients but computed again,
    since a whole batch takes some 30 GB.

    Args:
        reranker: Moved to the device, and changed in place.
        device: Where to compute.
        plan: Which steps there will be.
    """

    def __init__(self, reranker: RerankerModel, device: torch.device, plan: Plan) -> None:
        self._reranker = reranker.to(device).train()
        self._device = device
        learning = {n: p for n, p in reranker.bert.named_parameters() if p.requires_grad}
        self._frozen = {n: t for n, t in reranker.tensors.items() if n.startswith("embeddings.")}
        self._masters = MasterWeights(learning)
        if device.type == "cuda":
            reranker.bert.to(torch.bfloat16)
        groups = [
            {"params": list(self._masters.copies.values()), "lr": _RATE},
            {"params": list(reranker.head.parameters()), "lr": _HEAD_RATE},
        ]
        self._descent = Descent(groups, lambda step: share_of_rate(step, plan), self._masters)

    def learn(self, batch: Batch) -> Tensor:
        """One step; its loss, which is still on the device."""
        scores = torch.empty(batch.weights.size, device=self._device)
        for part in batch.parts:
            scores[moved(part.places, self._device)] = self._scores(part)
        found = loss(
            scores.view(-1, EACH),
            moved(batch.weights, self._device),
            moved(batch.answered, self._device),
        )
        return self._descent.step(found)

    def _scores(self, part: Part) -> Tensor:
        """Scores of the pairs of a part, shape (pairs,)."""
        inputs = [moved(x, self._device) for x in (part.tokens, part.mask)]
        if self._device.type == "cuda":
            scores: Tensor = self._reranker(*inputs)
        else:
            scores = checkpoint(self._reranker, *inputs, use_reentrant=False)
        return scores

    @property
    def tensors(self) -> dict[str, Tensor]:
        """The reranker as it is now (see :meth:`RerankerModel.tensors`), not rounded."""
        masters = {n: t.detach().to("cpu", copy=True) for n, t in self._masters.copies.items()}
        return self._reranker.tensors | self._frozen | masters


def share_of_rate(step: int, plan: Plan) -> float:
    """Which share of the highest learning rate a step has."""
    rise = min(1.0, (step + 1) / _RISE)
    if step < plan.warm:
        return rise * _WARM_RATE
    return rise * max(_LEAST_RATE, 1 - (step - plan.warm) / (plan.steps - plan.warm))


def batches(
    path: Path, plan: Plan, folder: Path, device: torch.device, earlier: Path | None
) -> Batches:
    """What is learned from, with hard negatives by the model of a folder.

    Args:
        path: File of the passages of acts.
        plan: Which batches there are.
        folder: Of the model.
        device: Where to compute vectors.
        earlier: Folder of an earlier reranker. What it finds to answer is no hard negative.
    """
    passages, titles, questions = data.collect(path)
    beside = data.questions(data.NEAR_MISSES, passages)
    contrasted = [n for n, q in enumerate(beside, len(questions)) if q.answers]
    questions += beside
    unanswered = sum(not q.answers for q in questions)
    print(
        f"{len(questions)} questions, {unanswered} of them unanswered, {len(passages)} passages",
        file=sys.stderr,
    )
    tokenizer = pairs.Tokenizer(folder)
    bert = RerankerModel.beginning(folder).bert
    numbered, asked, near = tokenised(passages, titles, questions, tokenizer, bert, device)
    if earlier:
        reads = RerankerModel.trained(folder, earlier).to(device)
        left_out = leave_out_answers(near, numbered, asked, reads, tokenizer.special)
        print(f"{left_out} passages may answer as well", file=sys.stderr)
    return Batches(plan, numbered, asked, near, contrasted, tokenizer.special)


def main(argv: Sequence[str] | None = None) -> int:
    """Train, and write the reranker."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not 0 <= arguments.warm < arguments.steps:
        parser.error("--warm is a part of --steps")
    device = torch.device(arguments.device)
    torch.manual_seed(_SEED)
    # Of one length, so the more parts the less padding; a GPU is faster with few.
    in_part = 2 * _QUESTIONS if device.type == "cuda" else _QUESTIONS // 4
    plan = Plan(arguments.steps, arguments.warm, _QUESTIONS, in_part)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    folder = weights.expand(Settings.read().data / "models")
    drawn = DataLoader(
        batches(arguments.passages, plan, folder, device, arguments.earlier),
        batch_size=None,
        num_workers=arguments.workers,
        prefetch_factor=4 if arguments.workers else None,
    )
    trainer = Trainer(RerankerModel.beginning(folder), device, plan)
    run(drawn, trainer.learn, plan.steps)
    write_atomically(arguments.folder / FILE, save(trainer.tensors, {"base": folder.name}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m training.reranker_further``: teach a reranker questions that were written since.

It reads each new question once, with three passages that are near and do not answer, and a third as
many of those that it knows, near misses above all, so that none of it is lost. The first three
layers stay as they are. Ninety minutes on two cores.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch import Tensor
from torch.utils.data import DataLoader

from index import weights
from sources.files import write_atomically
from sources.settings import Settings
from training import data, pairs
from training.hard_negatives import tokenised
from training.loop import Descent, moved, risen_and_falling, run
from training.pairs import Asked, Numbered, Special
from training.reranker_batches import Batch, Example, Plan, QuestionBatches
from training.reranker_model import FILE, RerankerModel, loss

_RATE = 3e-5
_RISE = 15  # steps in which the rate rises
_FROZEN = 3  # layers
_NEW, _EACH, _PAIRS = 16, 4, 12  # new questions of a batch; passages of each; pairs of a part
_KEPT = {"unanswered": (4, 2000), "contrasted": (2, 1200), "known": (2, 1000)}  # a batch; of all
_SEED = 20261128
_CPU = torch.device("cpu")


class FurtherBatches(QuestionBatches):
    """Each new question once, and of what is known so many a batch.

    Args:
        plan: Which batches there are.
        passages: All that there are.
        questions: The new ones, then those that are known.
        near: The nearest passages of each.
        special: The tokens around texts.
        new: How many are new.
        kept: Numbers of those that are known, by sort, and how many of each a batch has.
    """

    def __init__(
        self,
        plan: Plan,
        passages: Sequence[Numbered],
        questions: Sequence[Asked],
        near: NDArray[np.int32],
        special: Special,
        new: int,
        kept: Sequence[tuple[Sequence[int], int]],
    ) -> None:
        super().__init__(plan, passages, questions, near, special)
        self._new = np.random.default_rng(_SEED).permutation(new)
        self._kept = [(np.array(pool), share) for pool, share in kept]

    def examples(self, step: int) -> list[Example]:
        """New questions, then known ones of each sort."""
        chance = np.random.default_rng((_SEED, step))
        numbers = self._new[step * _NEW : (step + 1) * _NEW].tolist()
        for pool, share in self._kept:
            numbers += chance.choice(pool, share).tolist()
        return [self.written(n, chance) for n in numbers]


def steps(new: int) -> int:
    """How many batches so many new questions make.

    >>> steps(6988)
    436
    """
    return new // _NEW


def learn(reranker: RerankerModel, batches: DataLoader[Batch], total: int) -> None:
    """Teach it the batches; it is changed in place. In bfloat16, with a rate that falls to 0."""
    for name, parameter in reranker.bert.named_parameters():
        frozen = name.startswith(tuple(f"encoder.layer.{n}." for n in range(_FROZEN)))
        parameter.requires_grad_(parameter.requires_grad and not frozen)
    learning = [p for p in reranker.parameters() if p.requires_grad]
    descent = Descent([{"params": learning, "lr": _RATE}], risen_and_falling(_RISE, total))

    def step(batch: Batch) -> Tensor:
        scores = _scores(reranker, batch).view(batch.weights.shape)
        return descent.step(loss(scores, moved(batch.weights, _CPU), moved(batch.answered, _CPU)))

    run(batches, step, total)


def _scores(reranker: RerankerModel, batch: Batch) -> Tensor:
    """Of all pairs of a batch, in its order."""
    with torch.autocast("cpu", torch.bfloat16):
        parts = [reranker(moved(p.tokens, _CPU), moved(p.mask, _CPU)).float() for p in batch.parts]
    places = torch.from_numpy(np.concatenate([p.places for p in batch.parts]))
    return torch.cat(parts)[torch.argsort(places)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.reranker_further", description=__doc__
    )
    parser.add_argument("passages", type=Path, help="file of passages (see evals/collection.py)")
    parser.add_argument("earlier", type=Path, help=f"folder of the {FILE} to go on from")
    parser.add_argument("folder", type=Path, help=f"where {FILE} goes")
    parser.add_argument("--since", type=int, default=7776, help="lines of questions it knows")
    parser.add_argument("--steps", type=int, help="batches (default: all new questions)")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Train, and write the reranker."""
    arguments = _parser().parse_args(argv)
    chance = np.random.default_rng(_SEED)
    torch.manual_seed(_SEED)
    passages, titles, questions = data.collect(arguments.passages)
    new = data.questions(data.QUESTIONS, passages, slice(arguments.since, None))
    told = set(new)
    beside = data.questions(data.NEAR_MISSES, passages)
    pools = {
        "unanswered": [q for q in beside if not q.answers],
        "contrasted": [q for q in beside if q.answers],
        "known": [q for q in questions if q.answers and q not in told],
    }
    asked, kept = list(new), []
    for sort, (share, most) in _KEPT.items():
        drawn = chance.permutation(len(pools[sort]))[:most]
        kept.append((range(len(asked), len(asked) + len(drawn)), share))
        asked += [pools[sort][n] for n in drawn]
    total = min(arguments.steps or steps(len(new)), steps(len(new)))
    folder = weights.expand(Settings.read().data / "models")
    tokenizer = pairs.Tokenizer(folder)
    bert = RerankerModel.beginning(folder).bert
    numbered, tokens, near = tokenised(passages, titles, asked, tokenizer, bert, _CPU)
    plan = Plan(total, 0, _NEW + sum(share for _, share in kept), _PAIRS, _EACH)
    batches = FurtherBatches(plan, numbered, tokens, near, tokenizer.special, len(new), kept)
    reranker = RerankerModel.trained(folder, arguments.earlier).train()
    learn(reranker, DataLoader(batches, batch_size=None), total)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: t.detach().contiguous() for name, t in reranker.tensors.items()}
    write_atomically(arguments.folder / FILE, save(tensors, {"base": folder.name}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

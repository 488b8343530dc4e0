"""``python -m training``: train the layers of the default embedding model, and pack them.

The embeddings of words stay as they are; the twelve layers above them learn. Computed in
bfloat16 where the processor has it: 8,000 questions take about 15 minutes a pass on two cores.
The acts of the evaluation cases are left out.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from index import layers, weights
from sources.settings import Settings
from training import data
from training.objective import EncodedBatch, loss

_LONGEST = {"query": 48, "passage": 128}  # tokens
_WARM = 30  # steps
_SEED = 20261126


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("passages", type=Path, help="file of passages (see evals/collection.py)")
    parser.add_argument("out", type=Path, help="where the packed layers go")
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--further", type=Path, help="packed layers to begin with")
    parser.add_argument("--rate", type=float, default=5e-5, help="highest learning rate")
    return parser


class Trainer:
    """Trains the layers of a model on batches of questions.

    Args:
        folder: A sentence-transformers folder of the e5 family.
        rate: Highest learning rate; it rises over the first steps and falls to 0 at the last.
        steps: Batches that there will be.
        learned: What was learned before, by the name of the tensor.
    """

    def __init__(
        self, folder: Path, rate: float, steps: int, learned: Mapping[str, NDArray[np.float32]]
    ) -> None:
        from transformers import AutoModel, AutoTokenizer

        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.model: Any = AutoModel.from_pretrained(folder, dtype=torch.float32)
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad = name.startswith("encoder.")
        self._learned = {n: p for n, p in self.model.named_parameters() if p.requires_grad}
        self._before = {n: p.detach().clone() for n, p in self._learned.items()}
        for name, difference in learned.items():
            self._learned[name].data += torch.from_numpy(difference)
        self._optimizer = torch.optim.AdamW(self._learned.values(), lr=rate, weight_decay=0.01)
        self._rate, self._steps, self._done = rate, steps, 0
        self._skip = {side: len(self.tokenizer(f"{side}:")["input_ids"]) - 1 for side in _LONGEST}

    def encode(self, texts: Sequence[str], side: str) -> EncodedBatch:
        """A batch of questions or passages."""
        tokens = self.tokenizer(
            [f"{side}: {t}" for t in texts],
            padding=True,
            truncation=True,
            max_length=_LONGEST[side],
            return_tensors="pt",
        )
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.model(**tokens).last_hidden_state
        return EncodedBatch.of(hidden, tokens["attention_mask"], self._skip[side])

    def learn(
        self, questions: Sequence[str], passages: Sequence[str], answers: Sequence[frozenset[str]]
    ) -> float:
        """One step; its loss."""
        rise = min(1, (self._done + 1) / _WARM)
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * rise * (1 - self._done / self._steps)
        found = loss(self.encode(questions, "query"), self.encode(passages, "passage"), answers)
        self._optimizer.zero_grad()
        found.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._learned.values(), 1.0)
        self._optimizer.step()
        self._done += 1
        return float(found)

    @property
    def differences(self) -> dict[str, NDArray[np.float32]]:
        """What was learned, by the name of the tensor."""
        return {n: (p.detach() - self._before[n]).numpy() for n, p in self._learned.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Train, and write what was learned."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.further and not arguments.further.is_file():  # read as nothing learned yet
        parser.error(f"no such file: {arguments.further}")
    passages, _, questions = data.collect(arguments.passages)
    questions = [q for q in questions if q.answers]
    works = {q.work for q in questions}
    print(f"{len(questions)} questions on {len(works)} texts", file=sys.stderr)
    chance = random.Random(_SEED)
    torch.manual_seed(_SEED)
    plan = [b for _ in range(arguments.passes) for b in data.batches(questions, chance)]
    folder = weights.expand(Settings().data / "models", trained=False)
    before = layers.read(arguments.further) if arguments.further else {}
    trainer = Trainer(folder, arguments.rate, len(plan), before)
    trainer.model.train()
    with tqdm(plan, desc="train", file=sys.stderr) as bar:
        for batch in bar:
            texts = [
                data.some_text(passages[chance.choice(q.answers)], q.lang, chance) for q in batch
            ]
            found = trainer.learn(
                [q.text for q in batch], texts, [frozenset(q.answers) for q in batch]
            )
            bar.set_postfix(loss=f"{found:.2f}")
    layers.write(arguments.out, trainer.differences)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

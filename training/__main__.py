"""``python -m training``: train the layers of the default embedding model, and pack them.

The embeddings of words stay as they are; the twelve layers above them learn. Five minutes on a
large GPU. The acts of the evaluation cases are left out.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader

from index import layers, weights
from sources.settings import Settings
from training import data, pairs
from training.hard_negatives import tokenised
from training.loop import Descent, moved, risen_and_falling, run
from training.objective import EncodedBatch, loss
from training.reranker_model import FILE, RerankerModel
from training.search_batches import EACH, Prefixes, SearchBatch, SearchBatches, Texts

_WARM = 50  # steps in which the rate rises
_QUESTIONS = 64  # of a batch
_PREFIX = 8  # tokens of a prefix at most
_SEED = 20261128


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("passages", type=Path, help="file of passages (see evals/collection.py)")
    parser.add_argument("out", type=Path, help="where the packed layers go")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--further", type=Path, help="packed layers to begin with")
    parser.add_argument("--reranker", type=Path, help=f"folder of {FILE}, to learn from")
    parser.add_argument("--rate", type=float, default=8e-5, help="highest learning rate")
    parser.add_argument(
        "--device", choices=("cuda", "cpu"), default="cuda" if torch.cuda.is_available() else "cpu"
    )
    return parser


class Trainer:
    """Trains the layers of a model on batches of questions.

    Args:
        bert: A model of the e5 family; moved to the device, and changed in place.
        device: Where to compute, in bfloat16.
        rate: Highest learning rate; it rises over the first steps and falls to 0 at the last.
        steps: Batches that there will be.
        skips: How many tokens stand before the text of a question, and of a passage.
        reranker: To learn from.
    """

    def __init__(
        self,
        bert: Any,
        device: torch.device,
        rate: float,
        steps: int,
        skips: tuple[int, int],
        reranker: RerankerModel | None = None,
    ) -> None:
        self._bert, self._device = bert.to(device).train(), device
        self._reranker = reranker.to(device).eval() if reranker else None
        for name, parameter in bert.named_parameters():
            parameter.requires_grad = name.startswith("encoder.")
        self.learned = {n: p for n, p in bert.named_parameters() if p.requires_grad}
        groups = [{"params": list(self.learned.values()), "lr": rate}]
        self._descent = Descent(groups, risen_and_falling(_WARM, steps))
        self._skips = skips

    def learn(self, batch: SearchBatch) -> Tensor:
        """One step; its loss, which is still on the device."""
        with torch.autocast(self._device.type, torch.bfloat16):
            found = loss(
                self._encode(batch.questions, self._skips[0]),
                self._encode(batch.passages, self._skips[1]),
                moved(batch.answering, self._device),
                self._read(batch),
            )
        return self._descent.step(found)

    def _encode(self, texts: Texts, skip: int) -> EncodedBatch:
        tokens, mask = (moved(x, self._device) for x in (texts.tokens, texts.mask))
        hidden = self._bert(input_ids=tokens, attention_mask=mask).last_hidden_state
        return EncodedBatch.of(hidden, mask, skip)

    @torch.no_grad()
    def _read(self, batch: SearchBatch) -> Tensor | None:
        """What the reranker says, shape (questions, ``EACH``)."""
        if self._reranker is None:
            return None
        scores = torch.empty(batch.answering.shape[1], device=self._device)
        for part in batch.read:
            tokens, mask = (moved(x, self._device) for x in (part.tokens, part.mask))
            read = self._reranker(tokens, mask)
            scores[moved(part.places, self._device)] = read.float()
        return scores.view(-1, EACH)


def beginning(folder: Path, learned: Mapping[str, NDArray[np.float32]]) -> Any:
    """The model of a folder, with what was learned before."""
    from transformers import AutoModel

    bert = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False)
    parameters = dict(bert.named_parameters())
    for name, difference in learned.items():
        parameters[name].data += torch.from_numpy(difference)
    return bert


def main(argv: Sequence[str] | None = None) -> int:
    """Train, and write what was learned."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    further: Path | None = arguments.further
    if further and not further.is_file():  # read as nothing learned yet
        parser.error(f"no such file: {further}")
    device = torch.device(arguments.device)
    torch.manual_seed(_SEED)
    passages, titles, questions = data.collect(arguments.passages)
    questions += data.questions(data.NEAR_MISSES, passages)
    questions = [q for q in questions if q.answers]
    works = {q.work for q in questions}
    print(f"{len(questions)} questions on {len(works)} texts", file=sys.stderr)
    folder = weights.expand(Settings.read().data / "models", trained=False)
    bert = beginning(folder, layers.read(further) if further else {})
    before = {n: p.detach().clone() for n, p in bert.named_parameters()}
    tokenizer = pairs.Tokenizer(folder)
    numbered, asked, near = tokenised(passages, titles, questions, tokenizer, bert, device)
    prefixes = Prefixes(*tokenizer(["query:", "passage:"], _PREFIX))
    drawn = DataLoader(
        SearchBatches(
            arguments.steps, _QUESTIONS, numbered, asked, near, prefixes, tokenizer.special
        ),
        batch_size=None,
        num_workers=min(8, os.cpu_count() or 1),
    )
    reranker = RerankerModel.trained(folder, arguments.reranker) if arguments.reranker else None
    skips = len(prefixes.question) + 1, len(prefixes.passage) + 1
    trainer = Trainer(bert, device, arguments.rate, arguments.steps, skips, reranker)
    run(drawn, trainer.learn, arguments.steps)
    learned = {n: (p.detach().cpu() - before[n]).numpy() for n, p in trainer.learned.items()}
    layers.write(arguments.out, learned)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

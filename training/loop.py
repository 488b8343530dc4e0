"""What every training does: go down from a loss, at a rate that changes, and show how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from tqdm import tqdm

_DECAY, _CLIP = 0.01, 1.0
_SHOWN = 20  # steps from one loss that is shown to the next

B = TypeVar("B")


def moved(array: NDArray[Any], device: torch.device) -> Tensor:
    """An array on a device; numbers of tokens as the 64-bit integers that models look up."""
    found = torch.from_numpy(array).to(device)
    return found.long() if array.dtype == np.int32 else found


class MasterWeights:
    """Float32 copies of weights, which learn in their place.

    What a step changes would be lost in the rounding of weights of fewer bits.

    Args:
        weights: By name, while they still are float32.
    """

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        self._weights = dict(weights)
        self.copies = {n: w.detach().clone() for n, w in weights.items()}

    def take_gradients(self) -> None:
        """Move the gradients of the weights to the copies."""
        for name, weight in self._weights.items():
            assert weight.grad is not None
            self.copies[name].grad = weight.grad.float()
            weight.grad = None

    @torch.no_grad()
    def give(self) -> None:
        """Set the weights to what was learned."""
        for name, weight in self._weights.items():
            weight.copy_(self.copies[name])


class Descent:
    """Goes down from losses, step by step, with AdamW.

    Args:
        groups: What learns, as the optimizer takes it: parameters and their highest rate. The
            gradients of the first group are clipped.
        share_of_rate: Which share of its highest rate a step has, from 0.
        masters: Those of the first group, if it consists of such copies.
    """

    def __init__(
        self,
        groups: Sequence[dict[str, Any]],
        share_of_rate: Callable[[int], float],
        masters: MasterWeights | None = None,
    ) -> None:
        self._optimizer = AdamW(groups, weight_decay=_DECAY)
        self._rate = LambdaLR(self._optimizer, share_of_rate)
        self._masters = masters

    def step(self, loss: Tensor) -> Tensor:
        """One step; gives the loss without what it was computed from, still on its device."""
        loss.backward()  # type: ignore[no-untyped-call]
        if self._masters:
            self._masters.take_gradients()
        torch.nn.utils.clip_grad_norm_(self._optimizer.param_groups[0]["params"], _CLIP)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._rate.step()
        if self._masters:
            self._masters.give()
        return loss.detach()


def risen_and_falling(rise: int, total: int) -> Callable[[int], float]:
    """Shares of a rate that rises over the first steps, and falls to 0 after ``total``."""
    return lambda step: min(1.0, (step + 1) / rise) * (1 - step / total)


def run(batches: Iterable[B], learn: Callable[[B], Tensor], total: int) -> None:
    """Learn all batches; a bar and, every so many steps, the loss stand on standard error."""
    with tqdm(batches, desc="train", total=total, file=sys.stderr) as bar:
        for step, batch in enumerate(bar):
            loss = learn(batch)
            if step % _SHOWN == 0:  # a look at the loss waits for the GPU
                bar.set_postfix(loss=f"{float(loss):.2f}")

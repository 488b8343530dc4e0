"""How long each stage of something takes, by the clock."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

WARM = 8  # questions before those that count


def milliseconds(task: Callable[[], object]) -> float:
    """How long a task takes."""
    start = time.perf_counter()
    task()
    return 1000 * (time.perf_counter() - start)


def at(values: Sequence[float], percent: int) -> float:
    """The value below which so many of a hundred are; of one value, that."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


class Stages:
    """Milliseconds of each stage by itself, without those that it calls; for one thread.

    Attributes:
        spent: By stage, since the last :meth:`taken`.
    """

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._called: list[float] = []  # for each stage that is open, what it has called

    def watch(self, part: Any, method: str, stage: str) -> None:
        """Count a method of an object as a stage from now on."""
        inner = getattr(part, method)

        def watched(*arguments: Any, **named: Any) -> Any:
            self._called.append(0.0)
            start = time.perf_counter()
            try:
                return inner(*arguments, **named)
            finally:
                whole = 1000 * (time.perf_counter() - start)
                self.spent[stage] += whole - self._called.pop()
                if self._called:
                    self._called[-1] += whole

        setattr(part, method, watched)

    def taken(self) -> dict[str, float]:
        """What was spent, by stage; counting begins anew."""
        found = dict(self.spent)
        self.spent.clear()
        return found

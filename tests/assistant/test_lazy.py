"""What is computed once: for each instance, and by several threads at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from assistant.lazy import lazy


class _Asker:
    def __init__(self, together: Barrier) -> None:
        self.together, self.asked = together, 0

    @lazy
    def found(self) -> int:
        """What was found."""
        self.together.wait(30)  # until the others compute theirs, too
        self.asked += 1
        return self.asked


def test_it_is_computed_once_for_each_instance() -> None:
    asker = _Asker(Barrier(1))
    assert (asker.found, asker.found, asker.asked) == (1, 1, 1)
    assert _Asker.found.__doc__ == "What was found."


def test_several_instances_compute_theirs_at_the_same_time() -> None:
    together = Barrier(3)
    askers = [_Asker(together) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda asker: asker.found, askers)) == [1, 1, 1]

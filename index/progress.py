"""How long work tells how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

Progress = Callable[[str, int, int], None]  # stage, done, of how many


class ProgressBar:
    """Progress of a build on standard error, with the time left."""

    def __init__(self, *, quiet: bool) -> None:
        from tqdm import tqdm

        self._tqdm = tqdm
        self._quiet = quiet
        self._stage = ""
        self._bar: Any = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._quiet:
            return
        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = self._tqdm(total=total, desc=stage, file=sys.stderr, leave=True)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar that is shown."""
        if self._bar is not None:
            self._bar.close()

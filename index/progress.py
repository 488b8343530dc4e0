"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

from sources.progress import Bar

Progress = Callable[[str, int, int], None]  # stage, done, of how many


class ProgressBar:
    """Progress of a build on standard error: a bar for each stage."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar = Bar("", quiet=True)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if stage != self._bar.label:
            self.close()
            self._bar = Bar(stage, quiet=self._quiet, in_bytes=False)
        self._bar(done, total)

    def close(self) -> None:
        """End the bar that is shown."""
        self._bar.close()

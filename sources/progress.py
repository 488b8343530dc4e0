"""How far work is, on standard error."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@cache
def _kind() -> Any:
    from tqdm import tqdm

    class Interruptible(tqdm):  # type: ignore[type-arg]
        """Ends in silence also where Ctrl-C comes before it is whole."""

        pos = 0

    return Interruptible


@dataclass(slots=True)
class Bar:
    """How far one piece of work is, with the time left.

    Attributes:
        label: What stands before it.
        quiet: Is nothing shown?
        in_bytes: Is it a download? Its bar is gone when it has ended.
    """

    label: str
    quiet: bool = False
    in_bytes: bool = True
    _bar: Any = field(default=None, init=False)

    def __call__(self, done: int, total: int | None) -> None:
        """Show that ``done`` of ``total`` (None where not known) are there."""
        if self.quiet:
            return
        if self._bar is None:
            self._bar = _kind()(
                total=total,
                desc=self.label,
                unit="B" if self.in_bytes else "it",
                unit_scale=self.in_bytes,
                file=sys.stderr,
                leave=not self.in_bytes,
            )
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar, where one was shown."""
        if self._bar is not None:
            self._bar.close()

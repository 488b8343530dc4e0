"""The standard streams of a process that reads a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import BinaryIO, TextIO


def on_streams(main: Callable[[BinaryIO, TextIO], None]) -> None:
    """Let ``main`` read standard input, and write its answer to standard output.

    What a library prints goes to standard error: it must not spoil the answer.
    """
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)
        main(sys.stdin.buffer, answer)

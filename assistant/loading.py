"""What a program loads to keep, and does not look through for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept() -> Iterator[None]:
    """What is loaded in here stays until the program ends, or until ``gc.unfreeze``.

    Python looks for garbage again and again while libraries, patterns and an index are loaded: a
    fifth of that time. Later it would look through all of it in the middle of an answer, for most
    of a second. It holds for the whole process, so that a program says it, never a library.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()

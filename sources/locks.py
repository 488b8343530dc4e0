"""Work that one process does at a time, or one after another, and who does it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from sources.errors import DuchesseError, TakenError

WAIT = 60.0  # seconds that a writer waits for the others


@contextmanager
def exclusive(lock: Path, busy: Callable[[str], DuchesseError]) -> Iterator[None]:
    """Hold the lock file for the time of a ``with``, or raise what ``busy`` makes of its holder.

    The lock is the operating system's, so that it is free again when its holder dies, however
    it dies; nothing stale can stay. Who holds it and since when stands beside it, as text.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    held, owner = FileLock(lock), lock.with_suffix(".txt")
    try:
        held.acquire(timeout=0)
    except Timeout as error:
        raise busy(_holder(owner)) from error
    try:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        host = socket.gethostname()  # several machines may share the folder
        owner.write_text(f"process {os.getpid()} on {host}, since {since}\n", "utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        held.release()


@contextmanager
def locked(lock: Path, wait: float | None = None) -> Iterator[None]:
    """Hold the lock file for the time of a ``with``, after those who hold it now.

    ``TakenError`` where they have it for longer than ``wait`` seconds (WAIT where none are given).
    """
    wait = WAIT if wait is None else wait
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = FileLock(lock)
    try:
        held.acquire(timeout=wait)
    except Timeout as error:
        raise TakenError(
            f"another command has been writing here for {wait:g} s",
            lock.parent,
            "Wait for it to end, then try again.",
        ) from error
    try:
        yield
    finally:
        held.release()


def _holder(owner: Path) -> str:
    try:
        return owner.read_text("utf-8").strip()
    except FileNotFoundError:  # it has just begun, or is just ending
        return "unknown"

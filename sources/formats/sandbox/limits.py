"""What a process that reads a file from outside may use."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may use.

    Attributes:
        seconds: Time on the clock, and of the processor.
        memory_bytes: Address space; where the system has no such limit, none.
        output_bytes: Size of the document as JSON, and of any file that is written.
    """

    seconds: float = 120.0
    memory_bytes: int = 2 * 2**30
    output_bytes: int = 64 * 2**20


def limit(limits: Limits) -> None:
    """Set what this process may use; skip what the system does not know."""
    try:
        import resource
    except ImportError:
        return
    seconds = max(1, math.ceil(limits.seconds))
    wanted = {
        "RLIMIT_AS": (limits.memory_bytes, limits.memory_bytes),
        "RLIMIT_CPU": (seconds, seconds + 1),  # a signal first, which tells why
        "RLIMIT_FSIZE": (limits.output_bytes, limits.output_bytes),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_NOFILE": (64, 64),
    }
    for name, (soft, most) in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        try:
            _, hard = resource.getrlimit(kind)
            top = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (min(soft, top), top))
        except (OSError, ValueError):
            continue  # macOS knows some of these and lets none be set

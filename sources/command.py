"""What all commands share: reading settings, showing errors, exit codes.

Exit 0 done, 1 the thing asked for failed, 2 wrong use, 130 interrupted, 143 stopped (SIGTERM).
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence

from sources.errors import DuchesseError
from sources.settings import Settings

Run = Callable[[argparse.Namespace, Settings], int]


def main_with(parser: argparse.ArgumentParser, run: Run, argv: Sequence[str] | None) -> int:
    """Parse, run, and turn what goes wrong into a message on standard error and an exit code."""
    arguments = parser.parse_args(argv)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)  # what is open is closed, and temporary files go
    try:
        return run(arguments, Settings.read())
    except DuchesseError as error:
        if getattr(arguments, "debug", False):
            raise
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk, a folder that may not be written
        if getattr(arguments, "debug", False):
            raise
        step = "Look at the permissions of the folder DUCHESSE_DATA and the room on its disk."
        print(f"error: {DuchesseError('the system refuses', error, step)}", file=sys.stderr)
        return 1


def _stop(number: int, _: object) -> None:
    raise SystemExit(128 + number)

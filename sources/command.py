"""What all commands share: reading settings, showing errors, exit codes.

Exit 0 done, 1 the thing asked for failed, 2 wrong use, 130 interrupted, 143 stopped (SIGTERM).
"""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TextIO

from sources.errors import DuchesseError, UsageError, refusal
from sources.files import decoded, encoding_of
from sources.settings import Settings

Run = Callable[[argparse.Namespace, Settings], int]


def options(*, as_json: bool = False) -> argparse.ArgumentParser:
    """What every command can be told, as a parent of its parser; ``--json`` if it gives data."""
    parser = argparse.ArgumentParser(add_help=False)
    if as_json:
        parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return parser


def by_name(commands: Mapping[str, Run]) -> Run:
    """Runs the command that was named, the argument ``command``."""
    return lambda arguments, settings: commands[arguments.command](arguments, settings)


def main_with(parser: argparse.ArgumentParser, run: Run, argv: Sequence[str] | None) -> int:
    """Parse, run, and turn what goes wrong into a message on standard error and an exit code."""
    _print_everything()
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
    except Exception as error:
        refused = refusal(error)
        if refused is None or getattr(arguments, "debug", False):
            raise
        print(f"error: {refused}", file=sys.stderr)
        return refused.exit_code


def output(arguments: argparse.Namespace, data: Any, text: str) -> None:
    """Print what a command found: as JSON where that was asked for, else as text."""
    print(json.dumps(data, ensure_ascii=False, indent=1) if arguments.json else text)


def _print_everything() -> None:
    """Let what the encoding of a terminal or a pipe does not have be printed as JSON escapes it."""
    codecs.register_error("json", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="json")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2)), error.end


def input_lines(stream: TextIO) -> Iterator[str]:
    """Lines of standard input, each as it comes; ``UsageError`` names one that cannot be read.

    They are in UTF-8, or else in the encoding that the stream declares. Only a line feed ends a
    line.
    """
    raw: BinaryIO | None = getattr(stream, "buffer", None)
    if raw is None:  # a text in memory
        yield from stream
        return
    for number, line in enumerate(raw, 1):
        if number == 1 and encoding_of(line) != "utf-8-sig":
            yield from decoded(line + raw.read()).split("\n")
            return
        yield _line(line, number, stream.encoding)


def _line(line: bytes, number: int, declared: str) -> str:
    wide = b"\0" in line  # two bytes a letter, as Windows writes them, and no mark before them
    for encoding in () if wide else ("utf-8-sig", declared):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    likely = ("utf-16be" if line.startswith(b"\0") else "utf-16le") if wide else "cp1252"
    raise UsageError(
        f"line {number} of standard input is not in UTF-8",
        line[:80].decode("ascii", "backslashreplace").strip(),
        f"Convert the text, as with `iconv -f {likely} -t utf-8`.",
    )


def _stop(number: int, _: object) -> None:
    raise SystemExit(128 + number)

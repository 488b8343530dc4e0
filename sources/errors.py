"""Errors of the whole project, each with what went wrong, the value, and the next step.

::

    DuchesseError                 exit 1   the thing asked for failed
    ├── UsageError                exit 2   wrong use of a command or of a setting
    ├── SourceError               exit 1   a source cannot be used
    │   ├── CatalogueError        exit 1   the catalogue is not valid (all faults at once)
    │   ├── FetchError            exit 1   an official source did not give the text
    │   │   ├── NotPublishedError exit 1   ... because that language does not exist
    │   │   ├── TooSlowError      exit 1   ... in the time that it has
    │   │   └── UnreachableError  exit 1   ... because there is no connection to it
    │   ├── TakenError            exit 1   another process is doing this
    │   ├── ChangedError          exit 1   a text changed while it was read
    │   └── ReadError             exit 1   a file does not have the structure it should
    │       └── NoActError        exit 1   ... because it has no article, recital or point
    ├── IndexingError (index.errors)
    └── AssistantError (assistant.errors)
"""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_FIRST_FAULTS = 5
_RUST = re.compile(r"\(os error (\d+)\)")  # how its libraries tell an error of the system
_OF_WRITING = {
    *(errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO),
    *(errno.ENOSPC, errno.EPERM, errno.EROFS),
}
_SQLITE = re.compile("database or disk is full|disk I/O error|write a readonly database")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but tabs and line feeds


class DuchesseError(Exception):
    """Base of all errors that a user may see.

    Args:
        what: What went wrong, as a short clause.
        value: The offending value, shown as given.
        next_step: What the reader can do about it, as a sentence.
    """

    exit_code = 1

    def __init__(self, what: str, value: object = None, next_step: str = "") -> None:
        self.what = what
        self.value = value
        self.next_step = next_step
        super().__init__(_sentence(what, value, next_step))

    @property
    def for_readers(self) -> str:
        """The message without its value: that may be a path, or an address, of this machine."""
        return _sentence(self.what, None, self.next_step)


class UsageError(DuchesseError):
    """A command or a setting was used in a way it cannot be."""

    exit_code = 2

    @property
    def for_readers(self) -> str:
        """The whole message: the value is what they gave themselves."""
        return str(self)


class SourceError(DuchesseError):
    """A source cannot be used."""


class CatalogueError(SourceError):
    """The catalogue is not valid; the message lists every fault."""


class FetchError(SourceError):
    """An official source did not give the text."""


class NotPublishedError(FetchError):
    """The act exists, but not in the language or format asked for."""


class TooSlowError(FetchError):
    """An official source did not give the text in time; another try may succeed."""


class UnreachableError(FetchError):
    """There is no connection to an official source: asking for another text would fail too."""


class TakenError(SourceError):
    """Another process is doing what only one may do at a time."""


class ChangedError(SourceError):
    """A text became another one while it was read."""


class ReadError(SourceError):
    """A file cannot be read into passages."""


class NoActError(ReadError):
    """A text has no article, recital or numbered point: it may be another document."""


def refusal(error: BaseException) -> DuchesseError | None:
    """The error for a person where the system refuses (a full disk, a folder that may not be
    written), also where a library tells it in words of its own; None for any other error.

    >>> str(refusal(RuntimeError("I/O error: No space left on device (os error 28)")))[:42]
    'the system refuses: I/O error: No space le'
    >>> refusal(RuntimeError("invalid header"))
    """
    rust = _RUST.search(str(error))
    told = (rust and int(rust[1]) in _OF_WRITING) or _SQLITE.search(str(error))
    if not (isinstance(error, OSError) or told):
        return None
    step = "Look at the permissions of the folder DUCHESSE_DATA and the room on its disk."
    return DuchesseError("the system refuses", error, step)


def told(error: BaseException) -> DuchesseError:
    """What a person is told of any error: of one that nobody foresaw its kind alone.

    >>> str(told(KeyError("x")))
    'KeyError.'
    """
    known = error if isinstance(error, DuchesseError) else refusal(error)
    return known or DuchesseError(type(error).__name__)


def _sentence(what: str, value: object, next_step: str) -> str:
    shown = what if value is None else f"{what}: {printable(str(value))}"
    return f"{shown}. {next_step}" if next_step else f"{shown}."


def printable(text: str) -> str:
    r"""A text with its control characters escaped, so that they have no effect on a terminal.

    >>> printable("Note\x1b[2J du quai")
    'Note\\x1b[2J du quai'
    """
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def plain(error: Exception) -> str:
    """One line for a person: where, what and which value, of the first faults that pydantic found.

    >>> from pydantic import TypeAdapter
    >>> try: TypeAdapter(dict[str, list[int]]).validate_python({"pages": [1, "two"]})
    ... except Exception as error: print(plain(error).partition(":")[0])
    pages.1
    """
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return " ".join(str(error).split())
    faults = [_fault(found) for found in error.errors(include_url=False)]
    more = len(faults) - _FIRST_FAULTS
    return "; ".join(faults[:_FIRST_FAULTS]) + (f"; and {more} more" if more > 0 else "")


def _fault(found: ErrorDetails) -> str:
    where = ".".join(map(str, found["loc"])) or "the whole"
    if found["type"] == "missing":  # what was given is all that is around it
        return f"{where}: {found['msg']}"
    return f"{where}: {found['msg']} (given: {_short(found['input'])})"


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"

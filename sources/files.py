"""Files that are written whole or not at all, and files whose form is checked as they are read."""

from __future__ import annotations

import codecs
import errno
import fcntl
import os
import secrets
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sources.errors import DuchesseError, ReadError, plain

Form = TypeVar("Form", bound=BaseModel)


def encoding_of(content: bytes) -> str:
    """The encoding that the mark tells which some editors put first; UTF-8 where there is none."""
    marks = {
        codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",  # before what they begin with
        codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
    }  # fmt: skip
    return next((name for mark, name in marks.items() if content.startswith(mark)), "utf-8-sig")


def decoded(content: bytes) -> str:
    """Text in UTF-8, with or without the mark that some editors put first, or in UTF-16 with it.

    ``UnicodeDecodeError`` names the line that is in neither: also one with NUL characters, which
    no text has, but UTF-16 without its mark.
    """
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding)
        if (at := text.find("\0")) >= 0:
            raise UnicodeDecodeError(encoding, content, at, at + 1, "NUL")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        error.reason = f"line {line} is not in UTF-8; save the text as UTF-8"
        raise
    return text


def read_text(path: Path) -> str:
    """The text of a file that a person wrote; see :func:`decoded`."""
    return decoded(path.read_bytes())


def read_lines(path: Path) -> list[str]:
    """The lines of such a file.

    Only a line feed ends a line: what this program writes may have other separators within one.
    """
    return [line.removesuffix("\r") for line in read_text(path).split("\n")]


def read_toml(
    path: Path, form: type[Form], what: str, error: type[DuchesseError] = ReadError
) -> Form:
    """A TOML file in its form; ``error`` ("not ``what``", with its first faults) otherwise."""
    try:
        return form.model_validate(tomllib.loads(read_text(path)))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as fault:
        raise error(f"not {what}", f"{path}: {plain(fault)}", "Correct it.") from fault


def write_atomically(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write aside in the same folder, flush to disk, and rename over ``path``.

    A half-written file of another writer that was killed is removed first: its lock ended with
    the writer. ``mode`` is who may read the file; None for what the umask of the process says.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        _remove_unheld(left)
    while not _written(path, content, 0o666 if mode is None else mode):
        pass
    sync_folder(path.parent)


def _written(path: Path, content: bytes, mode: int) -> bool:
    """Write aside and rename; False where another writer took the new file for one left behind,
    and removed it before it was locked.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_urlsafe(6)}.tmp")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not os.fstat(handle).st_nlink:
                return False
            file.write(content)
            file.flush()
            os.fsync(handle)
            os.replace(aside, path)
            return True
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _remove_unheld(path: Path) -> None:
    """Remove a temporary file whose writer is gone; filelock would empty the file to ask."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)
    except OSError:  # still being written
        pass
    finally:
        os.close(handle)


def append_privately(path: Path, text: str) -> None:
    """Append in one write, to a file that is its owner's alone (0600), whoever made it.

    ``OSError`` where there is no room for all of it: then nothing of it stays. Writers take turns.
    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(handle).st_mode & 0o077:
            os.fchmod(handle, 0o600)
        content, before = text.encode("utf-8", "replace"), os.fstat(handle).st_size
        if os.write(handle, content) < len(content):
            os.ftruncate(handle, before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable, where the system lets folders be synchronised."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)

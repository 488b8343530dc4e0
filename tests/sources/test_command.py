"""Commands: exit codes, errors without a traceback, and readers that go away."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sources.command import Run, input_lines, main_with
from sources.errors import DuchesseError, SourceError, UsageError
from sources.settings import Settings

ROOT = Path(__file__).parents[2]


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="test")
    found.add_argument("--debug", action="store_true")
    return found


def raising(error: BaseException) -> Run:
    def run(arguments: argparse.Namespace, settings: Settings) -> int:
        raise error

    return run


@pytest.mark.parametrize("code", [0, 1])
def test_the_exit_code_is_that_of_the_command(code: int) -> None:
    assert main_with(parser(), lambda *_: code, []) == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DuchesseError("it failed", "this", "Do that."), 1),
        (SourceError("it failed", "this", "Do that."), 1),
        (UsageError("it failed", "this", "Do that."), 2),
    ],
)
def test_an_error_is_one_line_on_standard_error(
    capsys: pytest.CaptureFixture[str], error: DuchesseError, code: int
) -> None:
    assert main_with(parser(), raising(error), []) == code
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "error: it failed: this. Do that.\n")


def test_debug_shows_the_traceback() -> None:
    with pytest.raises(SourceError):
        main_with(parser(), raising(SourceError("it failed")), ["--debug"])


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied", "/data/builds"),
        OSError(28, "No space left on device"),
    ],
)
def test_a_disk_that_refuses_is_an_error_and_not_a_traceback(
    capsys: pytest.CaptureFixture[str], error: OSError
) -> None:
    assert main_with(parser(), raising(error), []) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error: ")
    assert str(error.strerror) in shown


def _full_database() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA max_page_count = 2")
        database.execute("CREATE TABLE carnet (note)")
        database.execute("INSERT INTO carnet VALUES (?)", ("De kaaien zijn open. " * 5000,))


def _tokenizer() -> None:
    from tokenizers import Tokenizer, models

    Tokenizer(models.BPE()).save("/dev/full")


@pytest.mark.parametrize("write", [_full_database, _tokenizer])
def test_what_a_library_says_of_a_full_disk_is_an_error_and_not_a_traceback(
    capsys: pytest.CaptureFixture[str], write: Callable[[], None]
) -> None:
    def run(*_: object) -> int:
        write()
        return 0

    assert main_with(parser(), run, []) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error: the system refuses: ")
    assert shown.endswith("the room on its disk.\n")


def test_any_other_error_of_a_library_is_not_hidden() -> None:
    with pytest.raises(RuntimeError):
        main_with(parser(), raising(RuntimeError("invalid header")), [])


def test_an_interruption_is_said_and_gives_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert main_with(parser(), raising(KeyboardInterrupt()), []) == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_wrong_arguments_give_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main_with(parser(), lambda *_: 0, ["--colour"])
    assert caught.value.code == 2
    assert "--colour" in capsys.readouterr().err


def test_wrong_settings_give_2_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUCHESSE_LANG", "de")
    assert main_with(parser(), raising(AssertionError("ran")), []) == 2
    assert "DUCHESSE_LANG" in capsys.readouterr().err


def test_the_command_is_given_its_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path))
    seen: list[Path] = []

    def run(arguments: argparse.Namespace, settings: Settings) -> int:
        seen.append(settings.data)
        return 0

    main_with(parser(), run, [])
    assert seen == [tmp_path]


SCRIPT = """
import argparse, sys
from sources.command import main_with

def run(arguments, settings):
    for n in range(100_000):
        print("line", n)
    return 0

raise SystemExit(main_with(argparse.ArgumentParser(), run, []))
"""


def test_a_reader_that_stops_reading_is_no_error() -> None:
    first, rest = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, stdout=rest, stderr=subprocess.PIPE
    )
    os.close(rest)
    os.read(first, 10)
    os.close(first)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")


def piped(content: bytes, encoding: str = "utf-8") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Où ?\u2028Quand ?\n".encode(), "utf-8"),
        ("\ufeffOù ?\u2028Quand ?\n".encode(), "utf-8"),
        ("Où ?\u2028Quand ?\n".encode("utf-16"), "utf-8"),
        ("Où ?\u2028Quand ?\n".encode("utf-32"), "utf-8"),
        (codecs.BOM_UTF16_BE + "Où ?\u2028Quand ?\n".encode("utf-16-be"), "cp1252"),
        ("Où ?\u2028Quand ?\n".encode(), "latin-1"),
    ],
)
def test_a_line_of_input_is_read_whatever_separators_it_has(content: bytes, encoding: str) -> None:
    lines = [line.rstrip("\n") for line in input_lines(piped(content, encoding))]
    assert [line for line in lines if line] == ["Où ?\u2028Quand ?"]


def test_input_in_the_encoding_that_is_declared_is_read() -> None:
    assert list(input_lines(piped("délai\n".encode("latin-1"), "latin-1"))) == ["délai\n"]


def test_a_line_of_input_in_another_encoding_is_named() -> None:
    lines = input_lines(piped(b"un\n" + "délai\n".encode("latin-1")))
    assert next(lines) == "un\n"
    with pytest.raises(UsageError, match=r"line 2 of standard input is not in UTF-8"):
        next(lines)


@pytest.mark.parametrize("declared", ["utf-8", "cp1252"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_input_in_wide_characters_without_their_mark_is_no_text(
    encoding: str, declared: str
) -> None:
    with pytest.raises(UsageError, match=r"line 1 of standard input is not in UTF-8"):
        next(input_lines(piped("Waar?\n".encode(encoding), declared)))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_what_is_printed_can_be_read_again_whatever_the_encoding(encoding: str) -> None:
    text = "Où ? « l’œuvre » – \u2028 \U0001f4d6"
    program = (
        "import argparse, json; from sources.command import main_with\n"
        f"show = lambda *_: print(json.dumps({text!r}, ensure_ascii=False)) or 0\n"
        "raise SystemExit(main_with(argparse.ArgumentParser(), show, []))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert json.loads(done.stdout.decode(encoding)) == text

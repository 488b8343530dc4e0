"""Writing files: the old content or the new, whatever happens in between."""

from __future__ import annotations

import codecs
import fcntl
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sources.files import append_privately, read_lines, sync_folder, write_atomically

ROOT = Path(__file__).parents[2]


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.txt"
    write_atomically(path, b"one")
    assert path.read_bytes() == b"one"
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    write_atomically(path, b"a long old content")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_reader_that_has_the_old_file_open_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    write_atomically(path, b"old")
    with path.open("rb") as reader:
        write_atomically(path, b"new")
        assert reader.read() == b"old"


@pytest.mark.parametrize("failing", ["replace", "fsync"])
def test_a_failure_leaves_the_old_content_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_nothing_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file.txt", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_file_has_the_permissions_that_any_new_file_has(
    tmp_path: Path, mask: int, mode: int
) -> None:
    before = os.umask(mask)
    try:
        write_atomically(tmp_path / "file.txt", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "file.txt").stat().st_mode & 0o777 == mode


def test_a_folder_that_cannot_be_synchronised_is_no_error(tmp_path: Path) -> None:
    sync_folder(tmp_path / "nowhere")
    sync_folder(tmp_path)


WRITER = """
import sys, time
from pathlib import Path
from unittest.mock import patch
from sources import files

def stays(*_):
    print("half-way", flush=True)
    time.sleep(600)

with patch("os.replace", stays):
    files.write_atomically(Path(sys.argv[1]), b"half")
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL])
def test_what_a_killed_writer_left_is_removed_by_the_next_one_and_by_no_one_before(
    tmp_path: Path, stop: signal.Signals
) -> None:
    path = tmp_path / "catalogue.toml"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"half-way\n"
        write_atomically(path, b"new")  # while the other is still at work
        assert len(list(tmp_path.glob(".*.tmp"))) == 1
        writer.send_signal(stop)
    assert len(list(tmp_path.glob(".*.tmp"))) == 1
    write_atomically(tmp_path / "another.toml", b"new")
    write_atomically(path, b"newer")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["another.toml", "catalogue.toml"]
    assert path.read_bytes() == b"newer"


def test_a_file_that_another_writer_removes_before_it_is_locked_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalogue.toml"
    lock, others = fcntl.flock, [b"theirs"]

    def late(handle: int, how: int) -> None:
        if others and how == fcntl.LOCK_EX:
            write_atomically(path, others.pop())
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", late)
    write_atomically(path, b"ours")
    assert path.read_bytes() == b"ours"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_for_its_owner_alone_is_never_open_to_others(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    before = os.umask(0)
    try:
        write_atomically(path, b"x", mode=0o600)
        append_privately(tmp_path / "lines", "one\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "lines").stat().st_mode) == 0o600
    (tmp_path / "lines").chmod(0o644)
    append_privately(tmp_path / "lines", "two \ud83d\n")
    assert stat.S_IMODE((tmp_path / "lines").stat().st_mode) == 0o600
    assert (tmp_path / "lines").read_text("utf-8") == "one\ntwo ?\n"


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"\xef\xbb\xbf32016L0680\r\n# x\n", ["32016L0680", "# x", ""]),
        ("a\u2028b\u0085c\nd".encode(), ["a\u2028b\u0085c", "d"]),
        ("été\n".encode("utf-16"), ["été", ""]),
        (codecs.BOM_UTF16_BE + "été\r\n".encode("utf-16-be"), ["été", ""]),
        ("été\n".encode("utf-32"), ["été", ""]),
    ],
)
def test_only_a_line_feed_ends_a_line_and_a_mark_is_no_text(
    tmp_path: Path, content: bytes, lines: list[str]
) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    assert read_lines(path) == lines


@pytest.mark.parametrize(
    "content", ["un\ndélai\n".encode("latin-1"), b"un\n" + "delai\n".encode("utf-16-le")]
)
def test_the_line_that_is_not_in_utf_8_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    with pytest.raises(UnicodeDecodeError, match="line 2 is not in UTF-8"):
        read_lines(path)


FULL = """
import resource, sys
from pathlib import Path
from sources.files import append_privately
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
append_privately(Path(sys.argv[1]), "x" * 200)
"""


def test_a_line_for_which_there_is_no_room_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    append_privately(path, "one\n")
    ended = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], cwd=ROOT, capture_output=True, check=False
    )
    assert b"No space left on device" in ended.stderr
    assert path.read_text("utf-8") == "one\n"

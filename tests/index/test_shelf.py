"""The shelf: which build is in use, going back and forward, and one writer at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BusyError, IndexingError, NoBuildError
from index.shelf import Shelf

ROOT = Path(__file__).parents[2]
A, B, C, D = (letter * 12 for letter in "abcd")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def put(shelf: Shelf, *builds: str) -> None:
    """Make builds and put each into use."""
    for build in builds:
        aside = shelf.aside(build)
        (aside / "content").write_text(build, "utf-8")
        shelf.put(aside, build)
        shelf.use(build)


def folders(shelf: Shelf) -> set[str]:
    return {p.name for p in shelf.folder.iterdir() if p.is_dir()}


# In use


def test_without_a_build_the_next_step_is_said(shelf: Shelf) -> None:
    assert shelf.history() == []
    with pytest.raises(NoBuildError, match="index build"):
        shelf.current()


def test_the_last_one_put_into_use_is_in_use(shelf: Shelf) -> None:
    put(shelf, A, B)
    assert shelf.current() == B
    assert shelf.history() == [B, A]
    shelf.use(A)
    assert shelf.history() == [A, B]


def test_a_build_whose_folder_is_gone_is_left_out(shelf: Shelf) -> None:
    put(shelf, A, B)
    shelf.path(B).rename(shelf.folder / "elsewhere")
    assert shelf.history() == [A]


def test_a_file_that_cannot_be_read_is_an_error_with_the_next_step(shelf: Shelf) -> None:
    put(shelf, A)
    (shelf.folder / "CURRENT").write_bytes(b"\xff\xff")
    with pytest.raises(IndexingError, match="index build"):
        shelf.current()


@pytest.mark.parametrize("harm", [b"", b"\xff", b"../../etc\n", b"abc\n", b"A" * 12, None])
def test_where_nothing_says_which_build_was_in_use_all_stay(
    shelf: Shelf, harm: bytes | None
) -> None:
    put(shelf, A, B)
    if harm is None:
        (shelf.folder / "CURRENT").unlink()
    else:
        (shelf.folder / "CURRENT").write_bytes(harm)
    assert shelf.has(A)
    with pytest.raises(IndexingError, match="names the build in use"):
        shelf.current()
    put(shelf, C)
    assert shelf.history()[0] == C
    assert shelf.prune(5) == []
    assert set(shelf.history()) == {A, B, C}


def test_one_damaged_line_costs_no_other_build_its_place(shelf: Shelf) -> None:
    put(shelf, A, B, C)
    current = shelf.folder / "CURRENT"
    assert shelf.certain
    for place in range(len(current.read_bytes())):
        content = bytearray(current.read_bytes())
        content[place] ^= 0x80
        (shelf.folder / "CURRENT").write_bytes(content)
        assert set(shelf.history()) >= {A, B, C} - {[C, B, A][place // 13]} - {
            [C, B, A][min(2, (place + 1) // 13)]  # a line feed parts two ids
        }
        assert shelf.certain == (shelf.history()[:1] == [C])
        back = shelf.rollback() if len(shelf.history()) > 1 else ""
        assert back in ("", A, B)
        shelf.use(A)
        shelf.use(B)
        shelf.use(C)
        assert shelf.history() == [C, B, A]


# Back and forward


def test_going_back_and_building_again_goes_forward(shelf: Shelf) -> None:
    put(shelf, A, B)
    assert shelf.rollback() == A
    assert shelf.current() == A
    shelf.use(B)
    assert shelf.history() == [B, A]


def test_going_back_twice_with_two_builds_is_where_it_began(shelf: Shelf) -> None:
    put(shelf, A, B)
    shelf.rollback()
    assert shelf.rollback() == B
    assert shelf.history() == [B, A]


def test_going_back_goes_through_all_that_are_kept_and_loses_none(shelf: Shelf) -> None:
    put(shelf, A, B, C)
    assert [shelf.rollback() for _ in range(3)] == [B, A, C]
    assert shelf.history() == [C, B, A]


def test_there_is_no_going_back_from_the_only_build(shelf: Shelf) -> None:
    with pytest.raises(IndexingError, match="no earlier build"):
        shelf.rollback()
    put(shelf, A)
    with pytest.raises(IndexingError, match="no earlier build"):
        shelf.rollback()
    assert shelf.current() == A


# Putting, rejecting, pruning


def test_a_new_folder_to_build_in_is_empty_and_what_was_left_there_is_gone(shelf: Shelf) -> None:
    (shelf.aside(A) / "half").write_text("half", "utf-8")
    (shelf.folder / ".CURRENT.x1.tmp").write_bytes(b"half")
    with shelf.writing():
        assert folders(shelf) == set()
        assert not list(shelf.folder.glob(".*.tmp"))
        assert list(shelf.aside(A).iterdir()) == []
    with shelf.writing():
        assert list(shelf.aside(B).iterdir()) == []
        assert folders(shelf) == {f"{B}.tmp"}


def test_a_build_that_stands_there_is_set_aside_first(shelf: Shelf) -> None:
    put(shelf, A)
    aside = shelf.aside(A)
    (aside / "content").write_text("new", "utf-8")
    shelf.put(aside, A)
    assert (shelf.path(A) / "content").read_text("utf-8") == "new"
    assert (shelf.folder / f"{A}.replaced" / "content").read_text("utf-8") == A


def test_what_does_not_verify_is_kept_with_its_reason_each_time(shelf: Shelf) -> None:
    for reason in ("first", "second"):
        kept = shelf.reject(shelf.aside(A), A, reason)
        assert (kept / "REASON").read_text("utf-8") == f"{reason}\n"
    assert folders(shelf) == {f"{A}.failed", f"{A}.failed-2"}
    assert shelf.history() == []


def test_pruning_keeps_the_newest_and_says_what_is_gone(shelf: Shelf) -> None:
    put(shelf, A, B, C, D)
    assert shelf.prune(3) == [A]
    assert shelf.history() == [D, C, B]


@pytest.mark.parametrize("keep", [-1, 0, 1, 2])
def test_pruning_never_takes_the_one_in_use_or_the_one_before(shelf: Shelf, keep: int) -> None:
    put(shelf, A, B, C)
    shelf.prune(keep)
    assert shelf.history() == [C, B]


def test_pruning_leaves_what_failed_and_what_is_being_made(shelf: Shelf) -> None:
    put(shelf, A)
    shelf.reject(shelf.aside(B), B, "why")
    shelf.aside(C)
    (shelf.folder / "notes of the administrator").mkdir()
    shelf.prune(2)
    assert folders(shelf) == {A, f"{B}.failed", f"{C}.tmp", "notes of the administrator"}


def test_pruning_without_a_build_in_use_removes_nothing(shelf: Shelf) -> None:
    put(shelf, A, B)
    (shelf.folder / "CURRENT").unlink()
    shelf.prune(2)
    assert folders(shelf) == {A, B}


@settings(max_examples=40)
@given(st.lists(st.sampled_from([A, B, C, D, "back", "prune"]), max_size=12), st.integers(2, 4))
def test_whatever_is_done_the_build_in_use_and_the_one_before_are_there(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], keep: int
) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    used: list[str] = []
    for step in steps:
        if step == "back":
            if len(used) > 1:
                used = [shelf.rollback(), *[b for b in used if b != shelf.current()]]
        elif step == "prune":
            shelf.folder.mkdir(exist_ok=True)
            shelf.prune(keep)
        else:
            if not shelf.path(step).is_dir():
                shelf.put(shelf.aside(step), step)
            shelf.use(step)
            used = [step, *[b for b in used if b != step]]
        history = shelf.history()
        assert history[:1] == used[:1]
        assert len(history) >= min(2, len(used))
        assert all(shelf.path(b).is_dir() for b in history)
        used = [b for b in used if b in history]


# One writer


SCRIPT = """
import sys
from pathlib import Path
from index.shelf import Shelf

with Shelf(Path(sys.argv[1])).writing():
    print("writing", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_writer(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline() == b"writing\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_a_second_writer_is_refused_and_told_who_the_first_is(tmp_path: Path) -> None:
    with another_writer(tmp_path) as first:
        with pytest.raises(BusyError) as caught, Shelf(tmp_path).writing():
            pytest.fail("two writers")
        assert f"process {first.pid}, since 20" in str(caught.value)
        assert caught.value.next_step


def test_a_writer_that_is_killed_leaves_nothing_locked(tmp_path: Path) -> None:
    with another_writer(tmp_path) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        with Shelf(tmp_path).writing():
            assert f"process {os.getpid()}" in (tmp_path / "builds" / "writer.txt").read_text()


def test_readers_need_no_lock(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf, A)
    with another_writer(tmp_path):
        assert shelf.current() == A


def test_writing_can_be_done_again_even_after_an_error(shelf: Shelf) -> None:
    with pytest.raises(RuntimeError, match="broken"), shelf.writing():
        raise RuntimeError("broken")
    assert not (shelf.folder / "writer.txt").exists()
    with shelf.writing():
        pass


def test_a_writer_within_a_writer_is_refused_and_does_not_hang(shelf: Shelf) -> None:
    busy = pytest.raises(BusyError, match=f"process {os.getpid()}")
    with shelf.writing(), busy, shelf.writing():
        pytest.fail("two writers")
    with shelf.writing():
        pass

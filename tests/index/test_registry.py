"""The registry: which build is in use, going back and forward, and one writer at a time."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BusyError, IndexingError, NoBuildError
from index.registry import BuildRegistry

ROOT = Path(__file__).parents[2]
A, B, C, D = (letter * 12 for letter in "abcd")


@pytest.fixture
def registry(tmp_path: Path) -> BuildRegistry:
    return BuildRegistry(tmp_path)


def put(registry: BuildRegistry, *builds: str) -> None:
    """Make builds and put each into use."""
    for build in builds:
        aside = registry.aside(build)
        (aside / "content").write_text(build, "utf-8")
        registry.put(aside, build)
        registry.use(build)


def folders(registry: BuildRegistry) -> set[str]:
    return {p.name for p in registry.folder.iterdir() if p.is_dir()}


# In use


def test_without_a_build_the_next_step_is_said(registry: BuildRegistry) -> None:
    assert registry.history() == []
    with pytest.raises(NoBuildError, match="index build"):
        registry.current()


def test_the_last_one_put_into_use_is_in_use(registry: BuildRegistry) -> None:
    put(registry, A, B)
    assert registry.current() == B
    assert registry.history() == [B, A]
    registry.use(A)
    assert registry.history() == [A, B]


def test_a_build_whose_folder_is_gone_is_left_out(registry: BuildRegistry) -> None:
    put(registry, A, B)
    registry.path(B).rename(registry.folder / "elsewhere")
    assert registry.history() == [A]


def test_a_file_that_cannot_be_read_is_an_error_with_the_next_step(registry: BuildRegistry) -> None:
    put(registry, A)
    (registry.folder / "CURRENT").write_bytes(b"\xff\xff")
    with pytest.raises(IndexingError, match="index build"):
        registry.current()


@pytest.mark.parametrize("harm", [b"", b"\xff", b"../../etc\n", b"abc\n", b"A" * 12, None])
def test_where_nothing_says_which_build_was_in_use_all_stay(
    registry: BuildRegistry, harm: bytes | None
) -> None:
    put(registry, A, B)
    if harm is None:
        (registry.folder / "CURRENT").unlink()
    else:
        (registry.folder / "CURRENT").write_bytes(harm)
    assert registry.has(A)
    with pytest.raises(IndexingError, match="names the build in use"):
        registry.current()
    put(registry, C)
    assert registry.history()[0] == C
    assert registry.prune(5) == []
    assert set(registry.history()) == {A, B, C}


def test_one_damaged_line_costs_no_other_build_its_place(registry: BuildRegistry) -> None:
    put(registry, A, B, C)
    current = registry.folder / "CURRENT"
    assert registry.current(A) == C
    for place in range(len(current.read_bytes())):
        content = bytearray(current.read_bytes())
        content[place] ^= 0x80
        (registry.folder / "CURRENT").write_bytes(content)
        assert set(registry.history()) >= {A, B, C} - {[C, B, A][place // 13]} - {
            [C, B, A][min(2, (place + 1) // 13)]  # a line feed parts two ids
        }
        intact = registry.history()[:1] == [C]
        assert registry.current(A) == (C if intact else A)  # what is open, where C is uncertain
        back = registry.rollback() if len(registry.history()) > 1 else ""
        assert back in ("", A, B)
        registry.use(A)
        registry.use(B)
        registry.use(C)
        assert registry.history() == [C, B, A]


# Back and forward


def test_going_back_and_building_again_goes_forward(registry: BuildRegistry) -> None:
    put(registry, A, B)
    assert registry.rollback() == A
    assert registry.current() == A
    registry.use(B)
    assert registry.history() == [B, A]


def test_going_back_twice_with_two_builds_is_where_it_began(registry: BuildRegistry) -> None:
    put(registry, A, B)
    registry.rollback()
    assert registry.rollback() == B
    assert registry.history() == [B, A]


def test_going_back_goes_through_all_that_are_kept_and_loses_none(registry: BuildRegistry) -> None:
    put(registry, A, B, C)
    assert [registry.rollback() for _ in range(3)] == [B, A, C]
    assert registry.history() == [C, B, A]


def test_there_is_no_going_back_from_the_only_build(registry: BuildRegistry) -> None:
    with pytest.raises(IndexingError, match="no earlier build"):
        registry.rollback()
    put(registry, A)
    with pytest.raises(IndexingError, match="no earlier build"):
        registry.rollback()
    assert registry.current() == A


# Putting, rejecting, pruning


def test_a_new_folder_to_build_in_is_empty_and_what_was_left_there_is_gone(
    registry: BuildRegistry,
) -> None:
    (registry.aside(A) / "half").write_text("half", "utf-8")
    (registry.folder / ".CURRENT.x1.tmp").write_bytes(b"half")
    with registry.writing():
        assert folders(registry) == set()
        assert not list(registry.folder.glob(".*.tmp"))
        assert list(registry.aside(A).iterdir()) == []
    with registry.writing():
        assert list(registry.aside(B).iterdir()) == []
        assert folders(registry) == {f"{B}.tmp"}


def test_a_build_that_stands_there_is_set_aside_first(registry: BuildRegistry) -> None:
    put(registry, A)
    aside = registry.aside(A)
    (aside / "content").write_text("new", "utf-8")
    registry.put(aside, A)
    assert (registry.path(A) / "content").read_text("utf-8") == "new"
    assert (registry.folder / f"{A}.replaced" / "content").read_text("utf-8") == A


def test_what_does_not_verify_is_kept_with_its_reason_each_time(registry: BuildRegistry) -> None:
    for reason in ("first", "second"):
        kept = registry.reject(registry.aside(A), A, reason)
        assert (kept / "REASON").read_text("utf-8") == f"{reason}\n"
    assert folders(registry) == {f"{A}.failed", f"{A}.failed-2"}
    assert registry.history() == []


def test_pruning_keeps_the_newest_and_says_what_is_gone(registry: BuildRegistry) -> None:
    put(registry, A, B, C, D)
    assert registry.prune(3) == [A]
    assert registry.history() == [D, C, B]


@pytest.mark.parametrize("keep", [-1, 0, 1, 2])
def test_pruning_never_takes_the_one_in_use_or_the_one_before(
    registry: BuildRegistry, keep: int
) -> None:
    put(registry, A, B, C)
    registry.prune(keep)
    assert registry.history() == [C, B]


def test_pruning_leaves_what_failed_and_what_is_being_made(registry: BuildRegistry) -> None:
    put(registry, A)
    registry.reject(registry.aside(B), B, "why")
    registry.aside(C)
    (registry.folder / "notes of the administrator").mkdir()
    registry.prune(2)
    assert folders(registry) == {A, f"{B}.failed", f"{C}.tmp", "notes of the administrator"}


def test_pruning_without_a_build_in_use_removes_nothing(registry: BuildRegistry) -> None:
    put(registry, A, B)
    (registry.folder / "CURRENT").unlink()
    registry.prune(2)
    assert folders(registry) == {A, B}


@settings(max_examples=40)
@given(st.lists(st.sampled_from([A, B, C, D, "back", "prune"]), max_size=12), st.integers(2, 4))
def test_whatever_is_done_the_build_in_use_and_the_one_before_are_there(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], keep: int
) -> None:
    registry = BuildRegistry(tmp_path_factory.mktemp("shelf"))
    used: list[str] = []
    for step in steps:
        if step == "back":
            if len(used) > 1:
                used = [registry.rollback(), *[b for b in used if b != registry.current()]]
        elif step == "prune":
            registry.folder.mkdir(exist_ok=True)
            registry.prune(keep)
        else:
            if not registry.path(step).is_dir():
                registry.put(registry.aside(step), step)
            registry.use(step)
            used = [step, *[b for b in used if b != step]]
        history = registry.history()
        assert history[:1] == used[:1]
        assert len(history) >= min(2, len(used))
        assert all(registry.path(b).is_dir() for b in history)
        used = [b for b in used if b in history]


# One writer


SCRIPT = """
import sys
from pathlib import Path
from index.registry import BuildRegistry

with BuildRegistry(Path(sys.argv[1])).writing():
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
        with pytest.raises(BusyError) as caught, BuildRegistry(tmp_path).writing():
            pytest.fail("two writers")
        assert f"process {first.pid} on {socket.gethostname()}, since 20" in str(caught.value)
        assert caught.value.next_step


def test_a_writer_that_is_killed_leaves_nothing_locked(tmp_path: Path) -> None:
    with another_writer(tmp_path) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        with BuildRegistry(tmp_path).writing():
            assert f"process {os.getpid()}" in (tmp_path / "builds" / "writer.txt").read_text()


def test_readers_need_no_lock(tmp_path: Path) -> None:
    registry = BuildRegistry(tmp_path)
    put(registry, A)
    with another_writer(tmp_path):
        assert registry.current() == A


def test_writing_can_be_done_again_even_after_an_error(registry: BuildRegistry) -> None:
    with pytest.raises(RuntimeError, match="broken"), registry.writing():
        raise RuntimeError("broken")
    assert not (registry.folder / "writer.txt").exists()
    with registry.writing():
        pass


def test_a_writer_within_a_writer_is_refused_and_does_not_hang(registry: BuildRegistry) -> None:
    busy = pytest.raises(BusyError, match=f"process {os.getpid()}")
    with registry.writing(), busy, registry.writing():
        pytest.fail("two writers")
    with registry.writing():
        pass

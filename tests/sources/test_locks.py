"""Writers that take turns: none waits for ever, and who waited in vain is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.users import Users
from assistant.web import feedback
from assistant.web.feedback import Feedback
from assistant.web.signing import Signer
from sources import catalogue, locks
from sources.errors import TakenError
from sources.locks import locked


def test_what_is_let_go_of_can_be_held_again(tmp_path: Path) -> None:
    lock = tmp_path / "data" / "lock"
    for _ in range(2):
        with locked(lock, 0):
            assert lock.exists()


@pytest.mark.parametrize(
    ("lock", "write"),
    [
        ("catalogue.toml.lock", lambda folder: catalogue.remove(folder / "catalogue.toml", "x")),
        ("signing.key.lock", Signer.of),
        ("users.json.lock", lambda folder: Users(folder / "users.json").remove("anne")),
        ("feedback/feedback.jsonl.lock", lambda folder: Feedback(folder).withdraw("x")),
    ],
)
def test_a_writer_that_waits_too_long_for_another_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str, write: Callable[[Path], object]
) -> None:
    monkeypatch.setattr(locks, "WAIT", 0.0)
    monkeypatch.setattr(feedback, "_WAIT", 0.0)
    (tmp_path / lock).parent.mkdir(exist_ok=True)
    with FileLock(tmp_path / lock), pytest.raises(TakenError, match=r"another command .* 0 s"):
        write(tmp_path)

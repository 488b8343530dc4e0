"""A run of the page belongs to the browser that began it."""

from __future__ import annotations

import json

import pytest

from assistant.users import Users
from assistant.web.streams import Owners
from tests.web.conftest import GOOD
from tests.web.program import Program

pytestmark = pytest.mark.enable_socket


def test_a_run_is_claimed_once() -> None:
    owners = Owners()
    assert owners.claim("run", "anne")
    assert owners.claim("run", "anne")
    assert not owners.claim("run", "bert")
    assert owners.claim("other", "bert")


def test_the_run_used_longest_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.web.streams._RUNS", 3)
    owners = Owners()
    for run in "abc":
        owners.claim(run, "anne")
    assert not owners.claim("a", "bert")  # used again, though not by its owner
    owners.claim("d", "anne")
    assert owners.claim("b", "bert")
    assert not owners.claim("a", "bert")


def taken_over(own: Program, other: Program) -> None:
    """Another browser that knows the name of a run neither reads it nor acts in it."""
    config = json.loads(own.get("config")[1])
    load = next(f["id"] for f in config["dependencies"] if f["targets"][0][1] == "load")
    event = {"fn_index": load, "session_hash": "run1", "data": [None], "trigger_id": None}
    assert own.post("gradio_api/queue/join", event)[0] == 200
    for path in ("gradio_api/queue/data?session_hash=run1", "gradio_api/heartbeat/run1"):
        assert other.get(path)[0] == 404
    assert other.post("gradio_api/queue/join", event)[0] == 404
    cancelled = {"session_hash": "run1", "fn_index": load, "event_id": "x"}
    assert other.post("gradio_api/cancel", cancelled)[0] == 404
    assert '"success":true' in own.get("gradio_api/queue/data?session_hash=run1")[1]
    called = own.post("gradio_api/call/ask", {"data": ["Quand ?", None]})[1]
    call = f"gradio_api/call/ask/{json.loads(called)['event_id']}"
    assert other.get(call)[0] == 404
    assert '"outcome": "answer"' in own.get(call)[1]


def test_without_a_login_a_run_belongs_to_a_browser(small: str) -> None:
    one, two = Program(small), Program(small)
    for browser in (one, two):
        assert browser.get("")[0] == 200  # the page comes with a cookie
    taken_over(one, two)
    taken_over_by_a_program = Program(small)  # without any cookie
    assert taken_over_by_a_program.get("gradio_api/heartbeat/run1")[0] == 404


def test_with_a_login_a_run_belongs_to_a_person(closed: str, users: Users) -> None:
    users.add("bert", "admin", GOOD)
    anne, bert, again = Program(closed), Program(closed), Program(closed)
    assert anne.log_in("anne", GOOD) == bert.log_in("bert", GOOD) == 200
    taken_over(anne, bert)
    assert again.log_in("anne", GOOD) == 200  # after the login was asked again
    event = {"fn_index": 0, "session_hash": "run1", "data": [None], "trigger_id": None}
    assert again.post("gradio_api/queue/join", event)[0] == 200

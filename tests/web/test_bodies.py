"""What a request may bring: few bytes, little nesting, and text that is text."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.bodies import MOST, TooLargeError, _parsed, read
from tests.web.program import Program
from tests.web.test_login import in_a_thread

pytestmark = pytest.mark.enable_socket


def raw(address: str, head: str, *parts: bytes) -> bytes:
    """What the page answers to bytes that no library would send."""
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode())
        try:
            for part in parts:
                connection.sendall(part)
        except OSError:  # it has closed the connection already: nothing more is read
            pass
        answer = b""
        try:
            while part := connection.recv(4096):
                answer += part
        except ConnectionResetError:  # what was sent and not read
            pass
        return answer


def post(path: str, *lines: str) -> str:
    return "\n".join((f"POST {path} HTTP/1.1", "Host: localhost", *lines, "", ""))


def test_a_body_that_is_announced_too_large_is_not_read(small: str) -> None:
    head = post("/gradio_api/queue/join", "Content-Length: 300000000")
    assert b" 413 " in raw(small, head)
    assert Program(small).call("ask", "Quand ?", None)["outcome"] == "answer"


def test_a_body_that_grows_too_large_is_cut_off(small: str) -> None:
    head = post("/gradio_api/call/ask", "Transfer-Encoding: chunked")
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert b" 413 " in raw(small, head, *[chunk] * (2 + MOST // 0x10000))


def test_nobody_sends_a_body_who_is_not_known(closed: str) -> None:
    """Refused before a byte of it has come: there is none here."""
    ways = ("/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/upload")
    for path in (*ways, "/mcp", "/favicon.ico", "/"):
        assert b" 401 " in raw(closed, post(path, "Content-Length: 300000000"))
    assert b" 413 " in raw(closed, post("/login", "Content-Length: 300000000"))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"[" * 100_000, "nested"),
        (b"[" * 500 + b"]" * 500, "nested"),
        (b'{"data":' * 60 + b"1" + b"}" * 60, "nested"),
        (b"[" + b"[]," * 600_000 + b"1]", "too many"),
        (rb'{"data": ["\ud83d", null]}', "no text"),
        (b'{"data": ["\xed\xa0\x80", null]}', "no text"),
        (b'{"data": ["\xff", null]}', "no text"),
        (b"{", "JSON"),
        (b"data=x", "JSON"),
    ],
)
def test_what_is_no_sound_json_is_refused_before_anything_reads_it(
    small: str, body: bytes, why: str
) -> None:
    head = post("/gradio_api/call/ask", f"Content-Length: {len(body)}")
    answer = raw(small, head, body)
    assert b" 400 " in answer
    assert why.encode() in answer


@given(st.binary(max_size=200) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_json_or_refused_in_words(body: bytes) -> None:
    said = ""
    try:
        _parsed(body)
    except ValueError as error:
        said = str(error)
    assert said == "" or said.startswith(("the body", "the JSON"))


def test_a_body_comes_in_parts_and_within_bounds() -> None:
    def arriving(*parts: bytes) -> Any:
        messages = [{"type": "http.request", "body": p, "more_body": True} for p in parts]
        messages[-1]["more_body"] = False
        given = iter(messages)

        async def receive() -> Any:
            await asyncio.sleep(0)
            return next(given)

        return receive

    scope: Any = {"headers": []}
    assert in_a_thread(read(scope, arriving(b"ab", b"c"), 3)) == b"abc"
    with pytest.raises(TooLargeError):
        in_a_thread(read(scope, arriving(b"ab", b"cd", b"e"), 3))


def test_a_malformed_call_leaves_no_question_in_the_log(small: str, small_log: Path) -> None:
    program = Program(small)
    secret = "Que dit la note confidentielle ?"
    for name, data in (
        ("ask", [secret]),
        ("ask", [{"text": secret}, None]),
        ("ask", [secret, {"x": secret}]),
        ("passage", [[secret]]),
        ("ask", []),
    ):
        status, body = program.post(f"gradio_api/call/{name}", {"data": data})
        if status == 200:
            event = json.loads(body)["event_id"]
            assert "event: error" in program.get(f"gradio_api/call/{name}/{event}")[1]
    config = json.loads(program.get("config")[1])
    for function in config["dependencies"]:
        event = {"fn_index": function["id"], "session_hash": "s1", "data": [secret, secret, secret]}
        program.post("gradio_api/queue/join", event)
        program.post("gradio_api/queue/join", event | {"data": [secret]})
    program.get("gradio_api/queue/data?session_hash=s1")
    assert "confidentielle" not in small_log.read_text()

"""Asking a language model: what is sent, what is read, and that a bad server does no harm."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.llm import Draft, LlmWriter, WriterError
from index.chat import ChatModel
from sources.errors import UsageError
from sources.settings import Settings
from tests.chat_server import answering, serving, written

pytestmark = pytest.mark.enable_socket
PASSAGES = [("p1", "Le quai est ouvert."), ("p2", "Le port paie les grues.")]
SAID = written(("Le port paie les grues.", ["p2"]))
DRAFT = [Draft("Le port paie les grues.", ("p2",))]


def write(url: str, key: str = "", seconds: float = 20.0) -> list[Draft]:
    writer = LlmWriter(ChatModel(url, "a-model", key, seconds))
    return writer.write("Qui paie ?", "fr", PASSAGES, time.monotonic() + seconds)


@pytest.mark.parametrize(
    "said", [SAID, f"Bien sûr ! {SAID} Voilà.", f"```json\n{SAID}\n```", f'{{"a": 1}} {SAID}']
)
def test_drafts_are_read_whatever_stands_around_them(said: str) -> None:
    with serving(said) as model:
        assert write(model.url, "k") == DRAFT
    (body,), (headers,) = model.asked, model.headers
    system, user = (m["content"] for m in body["messages"])
    assert "p1" in system
    assert user == "[p1] Le quai est ouvert.\n\n[p2] Le port paie les grues.\n\nQui paie ?"
    assert (body["model"], body["temperature"]) == ("a-model", 0)
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["sentences"]
    assert headers["authorization"] == "Bearer k"


def test_nothing_about_this_machine_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "ORG_ID", "ORGANIZATION", "PROJECT_ID", "API_BASE", "BASE_URL"):
        monkeypatch.setenv(f"OPENAI_{name}", "http://127.0.0.1:9/of-another-program")
    with serving(SAID) as model:
        write(model.url)
    (headers,) = model.headers
    assert set(headers) <= {
        "host", "accept", "accept-encoding", "connection", "content-type", "content-length",
    }  # fmt: skip


def test_a_server_that_knows_no_schema_is_asked_without_from_then_on() -> None:
    with serving(SAID, knows_schema=False) as model:
        writer = LlmWriter(ChatModel(model.url, "a-model", "", 20))
        for _ in range(3):
            assert writer.write("?", "nl", PASSAGES, time.monotonic() + 20) == DRAFT
    asked = ["response_format" in body for body in model.asked]
    assert asked == [True, False, True, False, False]  # one refusal may be chance


@pytest.mark.parametrize(
    ("said", "drafts"),
    [
        ('{"sentences": []}', []),
        ('{"sentences": ["Oui.", {"text": 3}]}', [Draft("", ()), Draft("", ())]),
        ('{"sentences": [{"text": "A.", "passages": "p1"}]}', [Draft("A.", ())]),
        ('{"sentences": [{"text": "A.", "passages": ["[P1]", "p1"]}]}', [Draft("A.", ("p1",))]),
    ],
)
def test_what_has_another_form_rests_on_nothing(said: str, drafts: list[Draft]) -> None:
    with serving(said) as model:
        assert write(model.url) == drafts


BAD: dict[str, bytes] = {
    "prose": json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": "the minister said yes"}}]}
    ).encode(),
    "half a JSON": json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": SAID[:-9]}}]}
    ).encode(),
    "nothing said": json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": None}}]}
    ).encode(),
    "no JSON": b"<html>the minister said yes</html>",
    "nested": b'{"choices":' * 100_000,
    "nested inside": json.dumps(
        {
            "choices": [
                {
                    "message": {
                        "role": "assistant",
                        "content": '{"sentences": ' + "[" * 100_000 + "}",
                    }
                }
            ]
        }
    ).encode(),
    "another form": b'{"choices": {"message": "the minister said yes"}}',
    "no choice": b'{"choices": []}',
    "no text": b"\xff\xfe\x00",
    "nothing": b"",
}


@pytest.mark.parametrize("reply", BAD)
def test_nothing_of_a_bad_reply_nor_its_address_is_told(
    reply: str, caplog: pytest.LogCaptureFixture
) -> None:
    with answering(lambda _: BAD[reply]) as url:
        secret = url.replace("//", "//user:password@")
        with pytest.raises(WriterError) as caught:
            write(secret, "the-key")
    for told in ("minister", "password", "the-key", "127.0.0.1", "nested", "Traceback"):
        assert told not in str(caught.value) + caplog.text


@pytest.mark.parametrize("status", [301, 307, 401, 403, 404, 429, 500, 503])
def test_a_status_that_is_none_of_success_is_an_error_in_our_words(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(status) as model, pytest.raises(WriterError, match="DUCHESSE_LLM_URL"):
        write(model.url)
    assert str(status) in caplog.text  # for an administrator
    assert len(model.asked) <= 2  # with a schema and without; nothing is followed or tried again


def test_a_server_that_is_not_there_is_an_error_in_our_words() -> None:
    with serving(SAID) as model:
        pass
    with pytest.raises(WriterError, match="cannot be asked"):
        write(model.url)


def test_a_reply_without_end_is_cut_off() -> None:
    sent = 0

    def endless(write_bytes: Callable[[bytes], object]) -> bytes:
        nonlocal sent
        while True:
            write_bytes(b"x" * 65536)
            sent += 65536

    with answering(endless) as url, pytest.raises(WriterError):
        write(url, seconds=60)
    assert sent < 20_000_000  # a megabyte, and what the system holds in between


def test_a_compressed_reply_is_not_unpacked() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    named = [("Content-Encoding", "gzip")]
    with answering(lambda _: bomb, named=named) as url, pytest.raises(WriterError):
        write(url)


@pytest.mark.parametrize("drip", ["body", "headers"])
def test_the_limit_is_on_the_whole_reply_and_not_on_each_byte(drip: str) -> None:
    stopped = threading.Event()

    def slow(write_bytes: Callable[[bytes], object]) -> bytes:
        while not stopped.wait(0.1):
            write_bytes(b" ")
        return b""

    start = time.monotonic()
    with answering(slow, headers=drip == "body") as url, pytest.raises(WriterError):
        write(url, seconds=1)
    waited = time.monotonic() - start
    stopped.set()
    assert waited < 30  # one second, on a machine that is busy; without the limit, for ever


def test_none_is_asked_unless_the_settings_name_one(tmp_path: Path) -> None:
    assert LlmWriter.of(Settings(data=tmp_path)) is None
    code = (
        "import sys, assistant.service, assistant.answering; "
        "sys.exit(any(m.startswith(('openai', 'llama_index.llms.')) for m in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_address_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUCHESSE_LLM_URL", "localhost:8080")
    monkeypatch.setenv("DUCHESSE_LLM_KEY", "secret")
    with pytest.raises(UsageError, match="DUCHESSE_LLM_URL") as caught:
        Settings.read()
    assert "secret" not in str(caught.value)

"""A language model that only chooses among the passages that were found.

It is given the question and the passages, each under a number, and gives back the numbers of
those that answer. Nothing else that it says is looked at, so no word of it reaches a person, and
a passage that tries to give it orders can at worst have itself cited. Any server that speaks the
chat protocol of OpenAI will do (llama.cpp, vLLM, Ollama); none is asked unless the settings name
one.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from assistant.errors import AssistantError
from sources.anchor import Lang

if TYPE_CHECKING:
    from sources.settings import Settings

_LOG = logging.getLogger(__name__)
_PROMPTS = Path(__file__).with_name("data")
_TRIES = 2
_MOST = 1_000_000  # bytes of an answer
_ANSWER = re.compile(r"\{[^{}]*\}")


class ChooserError(AssistantError):
    """The model gave no choice that can be used."""


class PassageChooser(Protocol):
    """Chooses the passages that answer; an interface, so that tests can pass a simple one."""

    @property
    def name(self) -> str:
        """Name of the model, as answers carry it."""

    def choose(self, question: str, lang: Lang, passages: Sequence[str]) -> tuple[int, ...]:
        """Places (from 0) of the passages that answer, best first; none where no one does."""


class LlmChooser:
    """A model behind an address; ``ChooserError`` where it cannot be asked or does not choose.

    Nothing that the server says is in the errors, nor is its address: they reach readers. The log
    has what an administrator needs.
    """

    def __init__(self, url: str, model: str, key: str, seconds: float) -> None:
        self.name = model
        self._url = url.rstrip("/") + "/chat/completions"
        self._seconds = seconds
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(timeout=seconds, headers=headers, trust_env=False)

    @classmethod
    def of(cls, settings: Settings) -> LlmChooser | None:
        """The configured one; None where there is none."""
        if not settings.llm_url:
            return None
        key = settings.llm_key.get_secret_value()
        return cls(settings.llm_url, settings.llm_model, key, settings.llm_seconds)

    def choose(self, question: str, lang: Lang, passages: Sequence[str]) -> tuple[int, ...]:
        """See :class:`PassageChooser`; no choice: asked once more, within the time."""
        deadline = time.monotonic() + self._seconds
        listed = "\n\n".join(f"[{n}] {text}" for n, text in enumerate(passages, 1))
        for _ in range(_TRIES):
            reply = self._ask(_prompt(lang), f"{listed}\n\n{question}", deadline)
            if (places := _places(reply, len(passages))) is not None:
                return places
            _LOG.warning("the language model %s gave no choice: %r", self.name, reply[:80])
        raise ChooserError(
            "the language model gave no choice that can be used",
            None,
            "Take a larger model, or unset DUCHESSE_LLM_URL.",
        )

    def _ask(self, prompt: str, message: str, deadline: float) -> str:
        messages = [{"role": "system", "content": prompt}, {"role": "user", "content": message}]
        body = {"model": self.name, "messages": messages, "temperature": 0, "max_tokens": 200}
        try:
            answer: Any = json.loads(self._post(body, deadline))
            return str(answer["choices"][0]["message"]["content"])
        except (
            httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, LookupError, RecursionError,
        ) as error:  # fmt: skip
            _LOG.warning("the language model cannot be asked: %s", _without_secret(error))
            raise ChooserError(
                "the language model cannot be asked",
                None,
                "Start its server, or unset DUCHESSE_LLM_URL.",
            ) from error

    def _post(self, body: dict[str, Any], deadline: float) -> bytes:
        """What the server answers, whole; ``httpx.HTTPError`` where it is late or too much.

        In a thread that nobody waits for after the deadline: a server that sends one byte at a
        time would otherwise be waited for at each of them.
        """
        done: Future[bytes] = Future()

        def post() -> None:
            try:
                done.set_result(self._read(body, deadline))
            except BaseException as error:  # noqa: BLE001 - raised where it is waited for
                done.set_exception(error)

        threading.Thread(target=post, daemon=True).start()
        try:
            return done.result(max(0.0, deadline - time.monotonic()))
        except TimeoutError as error:
            raise httpx.ReadTimeout("the time for the answer is over") from error

    def _read(self, body: dict[str, Any], deadline: float) -> bytes:
        read = bytearray()
        wait = httpx.Timeout(max(0.001, deadline - time.monotonic()))
        with self._client.stream("POST", self._url, json=body, timeout=wait) as response:
            response.raise_for_status()
            for part in response.iter_bytes():
                read += part
                if len(read) > _MOST:
                    raise httpx.DecodingError(f"an answer of more than {_MOST} bytes")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the time for the answer is over")
        return bytes(read)


def _without_secret(error: Exception) -> str:
    """What went wrong, without the password that an address may have in it."""
    return re.sub(r"//[^/@\s]*@", "//…@", f"{type(error).__name__}: {error}")


@cache
def _prompt(lang: Lang) -> str:
    return (_PROMPTS / f"choose.{lang}.txt").read_text("utf-8").strip()


def _places(reply: str, count: int) -> tuple[int, ...] | None:
    """The choice in what a model says; None where there is none, or one that is not on the list.

    >>> _places('Voici : {"passages": [2, 1]}', 3)
    (1, 0)
    >>> _places('{"passages": []}', 3)
    ()
    >>> _places('{"passages": [7]}', 3) is None
    True
    """
    for found in _ANSWER.findall(reply):
        try:
            numbers = json.loads(found)["passages"]
        except (ValueError, LookupError, RecursionError):
            continue
        if isinstance(numbers, list) and all(type(n) is int and 1 <= n <= count for n in numbers):
            return tuple(dict.fromkeys(n - 1 for n in numbers))
    return None

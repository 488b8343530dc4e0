"""Asking a language model behind an address, within limits.

Any server that speaks the chat protocol of OpenAI will do (llama.cpp, vLLM, Ollama); none is asked,
and nothing of this is imported, unless the settings name one. The client is llama-index's, over a
transport of ours that keeps the limits: one deadline for the whole reply however slowly it comes, a
megabyte of it, no redirect, no header but those that the protocol needs.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import httpx

from index.errors import ChatError
from sources.background import in_background

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage

    from sources.settings import Settings

_LOG = logging.getLogger(__name__)
_MOST = 1_000_000  # bytes of a reply
_TOKENS = 800  # of a reply
_OBJECTS = 50  # beginnings of a JSON object that are tried
_HEADERS = ("host", "authorization", "content-type", "content-length", "accept", "connection")
_NO_KEY = "none"  # the client wants one; no header is made of it
_REFUSALS = 2  # of a schema, after which it is left out: one may be chance
_UNKNOWN_FORMAT = (400, 404, 415, 422, 500, 501)  # how servers say that they know no schema


class ChatModel:
    """A model behind an address.

    Nothing that the server says is in the errors or the log, nor is its address: the first reach
    readers, and a server may repeat the key that it was sent.

    Args:
        url: Where it is, up to and with the version of the protocol.
        name: Of the model.
        key: What it asks for; "" for none.
        seconds: How long a question may take it in all.
    """

    def __init__(self, url: str, name: str, key: str, seconds: float) -> None:
        self.name, self.seconds = name, seconds
        self._url, self._key = url, key
        self._refused = 0

    @classmethod
    def of(cls, settings: Settings) -> ChatModel | None:
        """The configured one; None where there is none."""
        if not settings.llm_url:
            return None
        key = settings.llm_key.get_secret_value()
        return cls(settings.llm_url, settings.llm_model, key, settings.llm_seconds)

    def ask(self, system: str, user: str, schema: dict[str, Any], deadline: float) -> str:
        """What it says; ``ChatError`` where it cannot be asked.

        Args:
            system: What it is told to do.
            user: What it is to do it with.
            schema: Form of the reply, for servers that know such forms.
            deadline: When it has to be there (``time.monotonic``).
        """
        try:
            return _within(deadline, lambda: self._chat(system, user, schema, deadline))
        except Exception as error:  # noqa: BLE001 - whatever a server makes the libraries raise
            status = getattr(error, "status_code", "")
            _LOG.warning("the language model cannot be asked: %s %s", type(error).__name__, status)
            raise ChatError(
                "the language model cannot be asked",
                None,
                "Start its server, or unset DUCHESSE_LLM_URL.",
            ) from None

    def _chat(self, system: str, user: str, schema: dict[str, Any], deadline: float) -> str:
        from llama_index.core.base.llms.types import ChatMessage
        from openai import APIStatusError

        messages = [
            ChatMessage(role="system", content=system),
            ChatMessage(role="user", content=user),
        ]
        if self._refused < _REFUSALS:
            try:
                return self._reply(messages, deadline, response_format=schema)
            except APIStatusError as error:
                if error.status_code not in _UNKNOWN_FORMAT:
                    raise
        reply = self._reply(messages, deadline)
        self._refused += 1  # it answers without, and did not with it
        return reply

    def _reply(self, messages: Sequence[ChatMessage], deadline: float, **options: Any) -> str:
        from llama_index.llms.openai_like import OpenAILike

        left = max(0.001, deadline - time.monotonic())
        with httpx.Client(
            transport=_Bounded(deadline), timeout=left, trust_env=False, follow_redirects=False
        ) as client:
            model = OpenAILike(
                model=self.name,
                api_base=self._url,
                api_key=self._key or _NO_KEY,
                is_chat_model=True,
                temperature=0,
                max_tokens=_TOKENS,
                max_retries=0,
                timeout=left,
                http_client=client,
            )
            return model.chat(messages, **options).message.content or ""


def form(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    """A reply that is a JSON object with exactly these properties, each a JSON schema."""
    return {
        "type": "json_schema",
        "json_schema": {"name": name, "strict": True, "schema": closed(properties)},
    }


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def listed(reply: str, name: str) -> list[Any] | None:
    """The list under a name in the JSON that a model says, with or without words around; None where
    there is none.

    >>> listed('Voici : {"questions": ["Quand ?"]} Voilà.', "questions")
    ['Quand ?']
    >>> listed('{"questions": ["Qu', "questions") is None
    True
    """
    decoder = json.JSONDecoder()
    start = reply.find("{")
    for _ in range(_OBJECTS):
        if start < 0:
            break
        try:
            found, _end = decoder.raw_decode(reply, start)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and isinstance(found.get(name), list):
            return list(found[name])
        start = reply.find("{", start + 1)
    return None


class _Bounded(httpx.HTTPTransport):
    """HTTP that reads until a deadline, no more than a megabyte, and nothing compressed."""

    def __init__(self, deadline: float) -> None:
        super().__init__(trust_env=False)
        self._deadline = deadline

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send what the protocol needs, without what the client adds about this machine."""
        kept = {k: v for k, v in request.headers.items() if k in _HEADERS}
        if kept.get("authorization") == f"Bearer {_NO_KEY}":
            del kept["authorization"]
        request.headers = httpx.Headers(kept | {"accept-encoding": "identity"})
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise httpx.DecodingError("a compressed reply", request=request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _BoundedStream(response.stream, self._deadline)
        return response


class _BoundedStream(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for part in self._stream:
            read += len(part)
            if read > _MOST:
                raise httpx.DecodingError(f"a reply of more than {_MOST} bytes")
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the time for the reply is over")
            yield part

    def close(self) -> None:
        self._stream.close()


def _within(deadline: float, work: Callable[[], str]) -> str:
    """What work gives; ``TimeoutError`` where it is not done by the deadline.

    In a thread that nobody waits for after that: a server that sends one byte of its headers at a
    time would otherwise be waited for at each of them.
    """
    return in_background(work).result(max(0.0, deadline - time.monotonic()))

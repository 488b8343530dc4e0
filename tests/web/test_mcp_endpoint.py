"""The two tools for programs, with the real client over HTTP and over standard input and output."""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from assistant.users import Users
from sources.anchor import LANGS, Lang
from sources.settings import Settings
from tests.web.conftest import ROOT, running
from tests.web.factory import WORK
from tests.web.test_browser import CITED, DOORNIK, NOT_INDEXED, TOURNAI
from tests.web.test_login import in_a_thread

pytestmark = pytest.mark.enable_socket
ASKED: dict[Lang, str] = {"fr": TOURNAI, "nl": DOORNIK}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
Story = Callable[[Client], Awaitable[Any]]


def over_http(address: str, story: Story, token: str = "") -> Any:
    """What a client does on the page at an address."""

    async def told() -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=60) as http,
            Client(streamable_http_client(f"{address}mcp", http_client=http)) as client,
        ):
            return await story(client)

    return in_a_thread(told())


def over_pipes(story: Story, data: Path) -> Any:
    """What a client does with the command that it starts."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DUCHESSE_")}
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "mcp"],
        cwd=ROOT,
        env=kept | {"DUCHESSE_DATA": str(data), "PYTHONPATH": str(ROOT)},
    )

    async def told() -> Any:
        async with Client(command) as client:
            return await story(client)

    return in_a_thread(told())


def raw(address: str, **headers: str) -> tuple[int, str]:
    """Status and body of one request that lists the tools."""
    more = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(f"{address}mcp", json.dumps(LIST).encode(), more | headers)
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


async def used(client: Client) -> None:
    """What every client can do: list, ask in both languages, be refused, open a passage."""
    listed = (await client.list_tools()).tools
    assert [t.name for t in listed] == ["ask", "passage"]
    assert set(listed[0].input_schema["properties"]) == {"question", "lang"}
    for lang in LANGS:
        found = (await client.call_tool("ask", {"question": ASKED[lang]})).structured_content
        assert found is not None
        assert (found["outcome"], found["lang"]) == ("answer", lang)
        cited = next(c for c in found["citations"] if c["anchor"] == CITED)
        opened = (await client.call_tool("passage", {"anchor": CITED})).structured_content
        assert opened is not None
        assert opened["text"] == cited["quote"]
        refused = (await client.call_tool("ask", {"question": NOT_INDEXED[lang]})).content[0].text
        assert json.loads(refused)["outcome"] == "refusal"
        assert json.loads(refused)["citations"] == []
    forced = await client.call_tool("ask", {"question": TOURNAI, "lang": "nl"})
    assert forced.structured_content["lang"] == "nl"
    wrong = await client.call_tool("passage", {"anchor": "val-duchesse-2023@fr#99.9"})
    assert wrong.is_error
    assert "no passage at this address" in wrong.content[0].text
    assert (await client.call_tool("ask", {"question": "x", "lang": "de"})).is_error


def test_a_client_asks_and_reads_over_http(app: str, folder: Path) -> None:
    over_http(app, used)
    lines = next((folder / "audit").glob("audit-*.jsonl")).read_text("utf-8").splitlines()
    assert any(CITED in json.loads(line)["anchors"] for line in lines)


@pytest.mark.slow
def test_a_client_asks_and_reads_over_pipes(own: Settings) -> None:
    over_pipes(used, own.data)
    lines = next((own.data / "audit").glob("audit-*.jsonl")).read_text("utf-8").splitlines()
    assert [json.loads(line)["outcome"] for line in lines[:2]] == ["answer", "refusal"]


def test_a_website_does_not_reach_the_tools_by_another_name(app: str) -> None:
    assert raw(app)[0] == 200
    assert raw(app, Host="evil.example")[0] == 421
    assert raw(app, Origin="http://evil.example")[0] == 403


@pytest.fixture
def closed(users: Users, tmp_path: Path) -> Iterator[str]:
    """Address of a page that asks for a login and takes one question a minute."""
    given = {
        "DUCHESSE_DATA": str(tmp_path),
        "DUCHESSE_USERS": str(users.path),
        "DUCHESSE_RATE": "1",
    }
    with running(["-m", "tests.web.answering"], tmp_path / "errors.txt", **given) as address:
        yield address


def test_without_the_token_of_a_user_nothing_is_named_or_told(closed: str, users: Users) -> None:
    token = users.token("anne")
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {token}"}):
        status, body = raw(closed, **headers)
        assert status == 401
        assert "passage" not in body
    assert "passage" in raw(closed, Authorization=f"Bearer {token}")[1]
    newer = users.token("anne")
    assert raw(closed, Authorization=f"Bearer {token}")[0] == 401
    assert raw(closed, Authorization=f"Bearer {newer}")[0] == 200
    users.token("anne", revoke=True)
    assert raw(closed, Authorization=f"Bearer {newer}")[0] == 401
    last = users.token("anne")
    users.remove("anne")
    assert raw(closed, Authorization=f"Bearer {last}")[0] == 401
    assert raw(closed, Authorization="Bearer ")[0] == 401


def test_the_limit_and_the_audit_are_those_of_the_page(
    closed: str, users: Users, tmp_path: Path
) -> None:
    async def story(client: Client) -> list[Any]:
        return [await client.call_tool("ask", {"question": f"Quand {n} ?"}) for n in range(2)]

    first, second = over_http(closed, story, users.token("anne"))
    assert first.structured_content["citations"][0]["anchor"] == f"{WORK}@fr#1.1"
    assert second.is_error
    assert "par minute" in second.content[0].text
    assert "per minuut" in second.content[0].text
    line = next((tmp_path / "audit").glob("audit-*.jsonl")).read_text("utf-8")
    assert json.loads(line)["user"] == "anne"

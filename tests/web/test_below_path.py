"""The page below a path of a host, and several pages behind one address, with a real nginx."""

from __future__ import annotations

import http.client
import json
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant.web.addresses import Addresses
from assistant.web.login import Cookies
from sources.settings import Settings
from tests.web.conftest import come_in, running, staffed
from tests.web.proxied import Proxied, behind_nginx
from tests.web.test_browser import ask as put
from tests.web.test_mcp_endpoint import over_http

pytestmark = pytest.mark.enable_socket
ONE, TWO = "127.0.0.1", "127.0.0.2"  # addresses of visitors, both of this machine


def sent(
    address: str, method: str, path: str, body: str = "", *, visitor: str = ONE, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of a request to a page on this machine, over TLS or not; ``visitor``
    is the address that it comes from.
    """
    parts = urlsplit(address)
    lines = {n.replace("_", "-"): v for n, v in headers.items()} | {"Host": parts.netloc}
    if parts.scheme == "https":
        trusting = ssl._create_unverified_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            "127.0.0.1",
            parts.port or 443,
            context=trusting,
            timeout=60,
            source_address=(visitor, 0),
        )
    else:
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=60)
    try:
        connection.request(method, path, body or None, lines)
        reply = connection.getresponse()
        return reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read().decode()
    finally:
        connection.close()


def told(address: str, question: str, visitor: str = ONE, **headers: str) -> str:
    """What the page sends to a program that asks."""
    path, line = urlsplit(address).path, {"Content_Type": "application/json"} | headers
    body = json.dumps({"data": [question, None]})
    status, _, reply = sent(
        address, "POST", f"{path}gradio_api/call/ask", body, visitor=visitor, **line
    )
    assert status == 200, reply
    event = json.loads(reply)["event_id"]
    return sent(address, "GET", f"{path}gradio_api/call/ask/{event}", visitor=visitor)[2]


def ask(address: str, question: str = "Quand ?", visitor: str = ONE) -> Any:
    """The answer to a program that asks the page."""
    reply = told(address, question, visitor)
    assert "event: complete" in reply, reply
    return json.loads(reply.partition("data: ")[2])[0]


@pytest.mark.parametrize(
    ("public", "origin", "path"),
    [
        ("https://example.be/duchesse", "https://example.be", "/duchesse"),
        ("https://Example.be:443/Duchesse/", "https://example.be", "/Duchesse"),
        ("http://example.be:8080/a/b", "http://example.be:8080", "/a/b"),
        ("https://example.be/", "https://example.be", ""),
        ("", "", ""),
    ],
)
def test_a_public_address_has_an_origin_and_a_path(public: str, origin: str, path: str) -> None:
    found = Addresses.of(public)
    assert (found.public, found.path, found.address) == (origin, path, origin + path)


def test_a_cookie_of_a_part_of_a_host_is_sent_to_that_part_only() -> None:
    assert Cookies.of(secure=True, port=1, path="/duchesse") == Cookies(
        "__Secure-duchesse", secure=True, path="/duchesse/"
    )
    assert Cookies.of(secure=True, port=1).path == "/"


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page below a path, without a proxy."""
    folder = tmp_path_factory.mktemp("below")
    settings = {"DUCHESSE_DATA": str(folder), "DUCHESSE_PUBLIC_URL": "http://127.0.0.1/duchesse"}
    with running(["-m", "tests.web.answering"], folder / "errors.txt", **settings) as address:
        yield f"{address}duchesse/"


def test_the_page_is_found_with_its_path_and_where_a_proxy_takes_that_off(below: str) -> None:
    for path in ("/duchesse/config", "/config"):
        status, _, body = sent(below, "GET", path)
        assert (status, json.loads(body)["root"]) == (200, "http://127.0.0.1/duchesse")


@pytest.mark.parametrize("path", ["/duchesse/health", "/health"])
def test_what_watches_the_page_finds_its_health_below_the_path_as_well(
    below: str, path: str
) -> None:
    status, _, body = sent(below, "GET", path)
    assert (status, json.loads(body)) == (200, {"status": "ready"})


def test_without_the_slash_at_its_end_it_leads_to_the_page(below: str) -> None:
    status, headers, _ = sent(below, "GET", "/duchesse?passage=a%40fr%231")
    assert (status, headers["location"]) == (307, "/duchesse/?passage=a%40fr%231")


@pytest.mark.parametrize(
    "path", ["/duchesseX/config", "/other/config", "/duchesse/duchesse/config"]
)
def test_what_is_not_below_the_path_is_not_the_page(below: str, path: str) -> None:
    assert sent(below, "GET", path)[0] == 404


def test_nothing_in_the_document_leads_to_the_root_of_the_host(below: str) -> None:
    document = sent(below, "GET", "/duchesse/")[2]
    for start in ('href="/', 'src="/', 'action="/'):
        assert start not in document


def test_only_files_of_the_framework_are_kept_by_browsers(below: str) -> None:
    document = sent(below, "GET", "/duchesse/")
    (script,) = re.findall(r'src="\./(assets/index-[^"]+)"', document[2])
    for path in (f"/duchesse/{script}", f"/{script}"):
        status, headers, _ = sent(below, "GET", path)
        assert (status, "no-store" in headers.get("cache-control", "")) == (200, False)
    assert document[1]["cache-control"] == "no-store"


# Behind nginx


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[Proxied]:
    settings = staffed(tmp_path, tmp_path)
    command = ["-m", "tests.web.answering"]
    with behind_nginx(tmp_path, command, path="/duchesse", **settings) as found:
        yield found


def test_a_reader_uses_the_whole_page_below_a_path(browser: Any, proxied: Proxied) -> None:
    page = come_in(browser, proxied.address, "anne")
    asked: list[tuple[int, str]] = []
    page.on("response", lambda reply: asked.append((reply.status, reply.url)))
    page.reload()
    page.locator("html[lang=nl]:not(.arriving) #talk .talk:not([data-first])").wait_for()
    answer = put(page, "Wanneer opent de sluis?")
    anchor = answer.locator("[data-do=open]").first.get_attribute("data-anchor")
    page.wait_for_function(  # apart from what another page of this host keeps
        "Object.keys(localStorage).some((k) => k.startsWith('duchesse/duchesse.conversation.'))"
    )
    cookies = {c["name"]: c for c in page.context.cookies()}
    assert cookies["__Secure-duchesse"]["path"] == "/duchesse/"
    link = page.context.new_page()
    link.on("response", lambda reply: asked.append((reply.status, reply.url)))
    link.goto(f"{proxied.address}?passage={anchor.replace('#', '%23')}")
    link.wait_for_function("id => document.activeElement.id === id", arg=f"src-{anchor}")
    assert [(status, url) for status, url in asked if status >= 400] == []
    here = (proxied.address, "blob:", "data:")
    assert [url for _, url in asked if not url.startswith(here)] == []
    link.get_by_role("button", name="Afmelden (anne)").click()
    link.locator("input[type=password]").wait_for()
    assert link.url == proxied.address
    page.context.close()


def test_programs_ask_below_the_path_too(tmp_path: Path) -> None:
    settings = {"DUCHESSE_DATA": str(tmp_path)}
    command = ["-m", "tests.web.answering"]
    with behind_nginx(tmp_path, command, path="/duchesse", **settings) as found:
        assert ask(found.address)["outcome"] == "answer"

        async def tools(client: Any) -> list[str]:
            return sorted(t.name for t in (await client.list_tools()).tools)

        assert over_http(f"{found.direct}duchesse/", tools) == ["ask", "passage"]


def test_a_visitor_stays_with_one_page_and_goes_on_with_another_where_that_ends(
    tmp_path: Path,
) -> None:
    settings = {"DUCHESSE_DATA": str(tmp_path), "DUCHESSE_RATE": "0"}
    command = ["-m", "tests.web.answering"]
    with behind_nginx(tmp_path, command, pages=2, **settings) as found:
        for _ in range(5):  # a question is a request, and its answer another
            assert ask(found.address)["outcome"] == "answer"
        found.processes[0].kill()
        found.processes[0].wait()
        assert ask(found.address)["outcome"] == "answer"


def test_questions_are_counted_by_the_address_that_nginx_saw(tmp_path: Path) -> None:
    settings = {"DUCHESSE_DATA": str(tmp_path), "DUCHESSE_RATE": "2"}
    command = ["-m", "tests.web.answering"]
    with behind_nginx(tmp_path, command, **settings) as found:
        for forged in ("10.1.1.1", "10.1.1.2"):
            assert "event: complete" in told(found.address, "Quand ?", X_Forwarded_For=forged)
        assert "event: error" in told(found.address, "Quand ?", X_Forwarded_For="10.1.1.3")
        assert ask(found.address, visitor=TWO)["outcome"] == "answer"


NOTE = "# Note sur les bacs\n\n## Article 1\n\nLe bac de Lillo part à six heures.\n"


def test_a_new_build_is_in_use_on_all_pages_with_the_next_question(
    own: Settings, tmp_path: Path
) -> None:
    visitors = [f"127.0.0.{n}" for n in range(1, 9)]  # of whom nginx sends some to each page
    settings = {"DUCHESSE_DATA": str(own.data), "DUCHESSE_FETCH": "never", "DUCHESSE_RATE": "0"}

    def builds(address: str) -> list[str]:
        return [ask(address, "À quelle heure part le bac ?", v)["build"] for v in visitors]

    def run(*command: str) -> None:
        environment = {**os.environ, **settings}
        subprocess.run(
            [sys.executable, "-m", *command], env=environment, check=True, capture_output=True
        )

    (tmp_path / "note.md").write_text(NOTE, "utf-8")
    with behind_nginx(tmp_path, ["app.py"], pages=2, **settings) as found:
        before = builds(found.address)
        run("sources", "add", str(tmp_path / "note.md"), "--id", "note-bacs", "--lang", "fr")
        run("index", "build")
        after = builds(found.address)
        run("index", "rollback")
        assert builds(found.address) == before
    assert (len(set(before)), len(set(after))) == (1, 1)
    assert before[0] != after[0]

"""From where the page can be reached: its own addresses and its own pages, and nothing else."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from assistant.web.addresses import Addresses
from index.registry import BuildRegistry
from sources.settings import Settings
from tests.web.conftest import DOMAIN, come_in, running, staffed
from tests.web.proxied import Proxied, behind_nginx

pytestmark = pytest.mark.enable_socket
PUBLIC = "https://duchesse.example.be"


@pytest.mark.parametrize(
    ("public", "host", "own"),
    [
        ("", "localhost:7860", "http://localhost:7860"),
        ("", "127.0.0.1", "http://127.0.0.1"),
        ("", "[::1]:7860", "http://[::1]:7860"),
        ("", "192.168.1.7:80", "http://192.168.1.7:80"),
        ("", "evil.example", None),
        ("", "localhost.evil.example", None),
        ("", "127.0.0.1.evil.example", None),
        ("", "", None),
        ("", "localhost@evil.example", None),
        ("", "localhost/evil", None),
        ("", "localhost:x", None),
        (PUBLIC, "duchesse.example.be", PUBLIC),
        (PUBLIC, "Duchesse.Example.BE:443", PUBLIC),
        (PUBLIC, "localhost:7860", "http://localhost:7860"),
        (PUBLIC, "other.example.be", None),
        (PUBLIC + ":8443/", "duchesse.example.be", PUBLIC + ":8443"),
    ],
)
def test_the_page_has_its_own_addresses_and_no_other(
    public: str, host: str, own: str | None
) -> None:
    assert Addresses.of(public).origin(host, "http") == own


@given(st.text(st.characters(codec="latin-1"), max_size=40))
def test_no_line_of_a_browser_is_an_error(host: str) -> None:
    own = Addresses.of(PUBLIC).origin(host, "http")
    assert own is None or own == PUBLIC or own.startswith("http://")


@pytest.mark.parametrize(
    ("sent", "may"),
    [
        ({}, True),
        ({"origin": PUBLIC}, True),
        ({"origin": PUBLIC, "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "https://other.example.be"}, False),
        ({"origin": "null"}, False),
        ({"origin": PUBLIC, "sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://duchesse.example.be"}, False),
        ({"origin": PUBLIC + ".evil.example"}, False),
    ],
)
def test_only_the_page_itself_may_ask(sent: dict[str, str], may: bool) -> None:
    assert Addresses.of(PUBLIC).comes_from_here(Headers(sent), PUBLIC) is may


ROUTES = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/call/ask"),
    ("POST", "/login"),
    ("POST", "/logout"),
    ("POST", "/mcp"),
    ("GET", "/nothing"),
    ("OPTIONS", "/gradio_api/call/ask"),
]


def sent(address: str, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of one request; ``_`` in a name stands for ``-``."""
    connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=30)
    lines = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps({"data": ["Quand ?", None]}) if method == "POST" else None
    connection.request(method, path, body, {"Content-Type": "application/json", **lines})
    with connection.getresponse() as reply:
        given = {name.lower(): value for name, value in reply.getheaders()}
        text = reply.read().decode("utf-8", "replace")
    connection.close()
    return reply.status, given, text


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_name_that_somebody_points_here_reaches_nothing(
    small: str, method: str, path: str
) -> None:
    status, headers, text = sent(small, method, path, Host=f"rebound.{DOMAIN}")
    assert status == 421
    assert "écluse" not in text
    assert "DUCHESSE_PUBLIC_URL" in text
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_another_page_reaches_nothing(small: str, method: str, path: str) -> None:
    for lines in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    ):
        status, headers, _ = sent(small, method, path, **lines)
        assert status == 403, lines
        assert not [name for name in headers if name.startswith("access-control-")]


def test_a_link_from_elsewhere_leads_to_the_page(small: str) -> None:
    lines = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert sent(small, "GET", "/?lang=nl", Sec_Fetch_Dest="document", **lines)[0] == 200


OPEN = [
    "/", "/config", "/theme.css", "/favicon.ico", "/gradio_api/info", "/gradio_api/startup-events",
]  # fmt: skip


@pytest.mark.parametrize("path", [*OPEN, "/nothing", "/gradio_api/token", "/login"])
def test_every_answer_says_that_no_other_page_may_show_it(small: str, path: str) -> None:
    status, headers, _ = sent(small, "GET", path)
    assert status == (200 if path in OPEN else 404)
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not [name for name in headers if name.startswith("access-control-")]


CLOSED = [
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/user"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/file=/etc/hostname"),
    ("GET", "/gradio_api/proxy=https://example.org/"),
    ("GET", "/gradio_api/dev/reload"),
    ("GET", "/gradio_api/stream/a/b/c/playlist.m3u8"),
    ("GET", "/gradio_api/runs"),
    ("GET", "/monitoring"),
    ("GET", "/logout"),
    ("GET", "/assets/../config"),
    ("GET", "/?deep_link=x"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/run/ask"),
    ("POST", "/gradio_api/api/ask"),
    ("POST", "/gradio_api/call/v2/ask"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/process_recording"),
    ("POST", "/gradio_api/vibe-edit"),
    ("DELETE", "/config"),
    ("PUT", "/config"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_what_the_page_does_not_use_of_the_framework_is_closed(
    small: str, method: str, path: str
) -> None:
    assert sent(small, method, path)[0] == 404


# Behind TLS, with another page on another host of the same domain


@pytest.fixture
def proxied(own: Settings, tmp_path: Path) -> Iterator[Proxied]:
    with behind_nginx(tmp_path, ["app.py"], **staffed(own.data, tmp_path)) as found:
        yield found


TAKE_OVER = """async (app) => {
  const tried = {};
  const look = async (name, path, how) => {
    try {
      const reply = await fetch(app + path, { credentials: "include", ...how });
      tried[name] = reply.type === "opaque" ? "opaque" : reply.status + " " + await reply.text();
    } catch (error) { tried[name] = "refused"; }
  };
  const body = JSON.stringify({ data: [null], fn_index: 0, session_hash: "x" });
  await look("token", "gradio_api/token");
  await look("config", "config");
  await look("page", "");
  const json = { "Content-Type": "application/json" }, text = { "Content-Type": "text/plain" };
  const send = { method: "POST", body };
  await look("join", "gradio_api/queue/join", { ...send, headers: json });
  await look("plain", "gradio_api/queue/join", { ...send, headers: text, mode: "no-cors" });
  await look("logout", "logout?everywhere", { method: "POST", mode: "no-cors" });
  const form = new URLSearchParams({ username: "anne", password: "x" });
  await look("login", "login", { method: "POST", body: form, mode: "no-cors" });
  await look("mcp", "mcp", { method: "POST", body: "{}" });
  const frame = document.createElement("iframe");
  const seen = new Promise((done) => {
    frame.onload = frame.onerror = () => done();
    setTimeout(done, 5000);
  });
  frame.src = app;
  document.body.append(frame);
  await seen;
  const image = new Image();
  const loaded = new Promise((done) => {
    image.onload = () => done("loaded");
    image.onerror = () => done("refused");
  });
  image.src = app + "favicon.ico";
  tried.image = await loaded;
  return tried;
}"""


@pytest.mark.slow
def test_a_page_on_a_sister_host_gets_nothing_of_an_administrator(
    browser: Any, proxied: Proxied, own: Settings
) -> None:
    page = come_in(browser, proxied.address, "bert")
    page.get_by_role("tab", name="Beheer").wait_for()
    cookies = {c["name"]: c for c in page.context.cookies()}
    session = cookies["__Host-duchesse"]
    assert (session["secure"], session["httpOnly"], session["sameSite"]) == (True, True, "Lax")
    before = BuildRegistry(own.data).history()
    sister = page.context.new_page()
    sister.goto(proxied.sister)
    tried = sister.evaluate(TAKE_OVER, proxied.address)
    assert {name: said for name, said in tried.items() if said not in ("refused", "opaque")} == {}
    framed = sister.frames[1]
    assert framed.locator("#question, form").count() == 0
    sister.set_content(
        f'<form method="post" action="{proxied.address}logout?everywhere"><button>x</button></form>'
    )
    sister.locator("button").click()
    sister.get_by_text("Another page may not ask this").wait_for()
    sister.close()
    page.reload()  # still in, and nothing has changed
    page.get_by_role("tab", name="Beheer").wait_for()
    assert BuildRegistry(own.data).history() == before
    link = page.context.new_page()  # a link from elsewhere leads in
    link.goto(proxied.sister)
    link.set_content(f'<a href="{proxied.address}">Duchesse</a>')
    link.get_by_role("link").click()
    link.locator("#question textarea").wait_for()
    page.context.close()


def test_a_page_whose_name_is_pointed_at_this_machine_gets_nothing(
    browser: Any, small: str
) -> None:
    """DNS rebinding: the browser holds the attacker's name for the origin of the page."""
    port = small.rstrip("/").rpartition(":")[2]
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://rebound.{DOMAIN}:{port}/favicon.ico")
    asked = page.evaluate(
        """async () => {
          const body = JSON.stringify({ data: ["Quand ?", null] });
          const headers = { "Content-Type": "application/json" };
          const reply = await fetch("/gradio_api/call/ask", { method: "POST", body, headers });
          return reply.status + " " + await reply.text();
        }"""
    )
    assert asked.startswith("421 ")
    assert "event_id" not in asked
    context.close()


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[str]:
    """The page on a small text, for two questions a minute."""
    settings = {"DUCHESSE_DATA": str(tmp_path), "DUCHESSE_RATE": "2"}
    with running(["-m", "tests.web.answering"], tmp_path / "errors.txt", **settings) as address:
        yield address


def test_who_is_no_proxy_may_not_say_whose_question_it_is(limited: str) -> None:
    """A direct client on loopback with forged lines meets the limit all the same."""
    said = []
    for n in range(3):
        lines = {"X_Forwarded_For": f"10.0.0.{n}", "X_Forwarded_Proto": "https"}
        _, _, body = sent(limited, "POST", "/gradio_api/call/ask", **lines)
        event = json.loads(body)["event_id"]
        said.append(sent(limited, "GET", f"/gradio_api/call/ask/{event}", **lines)[2])
    assert ["outcome" in answer for answer in said] == [True, True, False]
    forged = sent(limited, "GET", "/config", X_Forwarded_Host="h.example", X_Gradio_Server="x")[2]
    assert json.loads(forged)["root"] == limited.rstrip("/")


def test_a_proxy_that_is_named_says_whose_question_it_is(tmp_path: Path) -> None:
    settings = {
        "DUCHESSE_DATA": str(tmp_path),
        "DUCHESSE_RATE": "1",
        "DUCHESSE_PROXIES": "127.0.0.0/8",
    }
    with running(["-m", "tests.web.answering"], tmp_path / "errors.txt", **settings) as address:
        for n in range(3):
            lines = {"X_Forwarded_For": f"10.0.0.{n}"}
            _, _, body = sent(address, "POST", "/gradio_api/call/ask", **lines)
            event = json.loads(body)["event_id"]
            assert "outcome" in sent(address, "GET", f"/gradio_api/call/ask/{event}", **lines)[2]
            other = sent(
                address, "GET", f"/gradio_api/call/ask/{event}", X_Forwarded_For="10.9.9.9"
            )
            assert other[0] == 404

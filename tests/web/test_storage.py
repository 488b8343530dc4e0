"""What a browser keeps is not lost: to a second tab, a full store, a server that starts anew."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.conftest import ROOT, Visit
from tests.web.test_browser import ask
from tests.web.test_dossier import BLOCKED, FULL

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = "html:not(.arriving) #talk .talk:not([data-first])"
SEEN = "() => [...document.querySelectorAll('.asked p')].map((p) => p.textContent)"
# The lasting store has room for less than an answer.
FILL = """() => { for (let size = 1 << 22; size > 1000; size >>= 1)
  for (;;) { try { localStorage.setItem("filled." + localStorage.length, "x".repeat(size)); }
    catch { break; } } }"""


def questions(page: Any) -> list[str]:
    found: list[str] = page.evaluate(SEEN)
    return found


def kept(page: Any, count: int) -> None:
    """Wait until so many answers are kept: that comes a little after they are shown."""
    page.wait_for_function(
        """count => Object.keys(localStorage)
        .filter((k) => /^duchesse[.]conversation[.][0-9a-f]+[.]/.test(k)).length === count""",
        arg=count,
    )


def reopen(page: Any) -> None:
    page.reload()
    page.locator(OPEN).wait_for()


def second_tab(page: Any) -> Any:
    """A tab with the same conversation, as when a browser duplicates one."""
    current = page.evaluate("sessionStorage.getItem('duchesse.current')")
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("current => sessionStorage.setItem('duchesse.current', current)", current)
    reopen(other)
    return other


def test_two_tabs_with_one_conversation_lose_no_question_and_no_verdict(
    small: str, visit: Visit
) -> None:
    page = visit(address=small)
    ask(page, "Quand ?")
    kept(page, 1)
    other = second_tab(page)
    ask(page, "Quand d’abord ?")
    kept(page, 2)
    page.locator("[data-turn='0'] [data-verdict=good]").first.click()
    page.locator(".thanks").wait_for()
    ask(other, "Quand ensuite ?")
    kept(page, 3)
    assert questions(other) == ["Quand ?", "Quand ensuite ?"]
    for tab in (page, other):
        reopen(tab)
        assert questions(tab) == ["Quand ?", "Quand d’abord ?", "Quand ensuite ?"]
        assert tab.locator(".thanks").count() == 1


def test_two_windows_that_write_at_once_lose_nothing(small: str, visit: Visit) -> None:
    page = visit(address=small)
    ask(page, "Quand ?")
    kept(page, 1)
    tabs = [page, *(second_tab(page) for _ in range(3))]
    for n, tab in enumerate(tabs):  # sent one after another, answered whenever
        tab.locator("#question textarea").fill(f"Quand {n} ?")
        tab.locator("#question textarea").press("Enter")
    for tab in tabs:
        tab.locator(".answered").nth(1).wait_for()
    kept(page, 5)
    reopen(page)
    assert sorted(questions(page)) == sorted(["Quand ?", *(f"Quand {n} ?" for n in range(4))])


def test_where_the_store_is_full_nothing_gives_way_and_the_page_says_so(
    small: str, visit: Visit
) -> None:
    page = visit(address=small)
    ask(page, "Quand d’abord ?")
    kept(page, 1)
    page.locator("#new").click()
    page.locator(".start").wait_for()
    assert not page.locator("#disclosure .not-kept").is_visible()
    page.evaluate(FILL)
    ask(page, "Quand ?")
    page.locator("#duchesse-live.warning").get_by_text("ne garde pas vos conversations").wait_for()
    assert page.locator("#disclosure .not-kept").is_visible()
    reopen(page)
    assert questions(page) == ["Quand ?"]
    page.get_by_role("tab", name="Conversations").click()
    page.locator("#history li").nth(1).wait_for()
    assert page.locator("#history .not-kept").is_visible()
    assert not page.locator("#history p.kept").is_visible()
    page.evaluate(
        "Object.keys(localStorage).filter((k) => k.startsWith('filled.'))"
        ".forEach((k) => localStorage.removeItem(k))"
    )
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#history [data-do=delete]").last.click()
    page.locator("#history li").nth(1).wait_for(state="detached")
    page.locator("#disclosure .not-kept").wait_for(state="hidden")
    alone = page.context.new_page()  # what was of the tab alone is now of the browser
    alone.goto(small)
    alone.locator(OPEN).wait_for()
    alone.get_by_role("tab", name="Conversations").click()
    alone.get_by_role("link", name="Ouvrir la conversation : Quand ?").click()
    alone.locator(".answered").wait_for()


@pytest.mark.parametrize("fault", [BLOCKED, FULL], ids=["blocked", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_all_else_works(
    visit: Visit, small: str, fault: str
) -> None:
    page = visit(address=small, before=fault)
    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    ask(page, "Quand ?")
    page.locator("#disclosure .not-kept").get_by_text("bewaart uw gesprekken niet").wait_for()
    page.locator("#new").click()
    page.locator(".start").wait_for()
    page.get_by_role("tab", name="Gesprekken").click()
    page.locator("#history [data-do=restore]").click()
    page.locator(".answered").wait_for()


@contextmanager
def serving(port: int, folder: Path) -> Iterator[None]:
    """The page of :mod:`tests.web.answering` at a port, from when it listens there."""
    given = environ | {"DUCHESSE_LANG": "fr", "DUCHESSE_DATA": str(folder), "DUCHESSE_RATE": "0"}
    command = [sys.executable, "-m", "tests.web.answering", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, text=True
    ) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the page has ended")


def test_a_server_that_starts_anew_has_the_conversation_and_what_was_typed(
    tmp_path: Path, free_tcp_port: int, visit: Visit
) -> None:
    address = f"http://127.0.0.1:{free_tcp_port}/"
    with serving(free_tcp_port, tmp_path):
        page = visit(address=address, locale="nl-BE")
        ask(page, "Wanneer?")
    page.locator("#question textarea").fill("Wanneer nog?")
    page.locator("#question textarea").press("Enter")
    page.locator("#duchesse-live.warning").get_by_text("Geen verbinding").wait_for()
    assert not page.get_by_text("Connection").is_visible()
    with serving(free_tcp_port, tmp_path):
        page.wait_for_event("load")
        page.locator(f"html[lang=nl]{OPEN.removeprefix('html')}").wait_for()
        assert questions(page) == ["Wanneer?"]
        assert page.locator("#question textarea").input_value() == "Wanneer nog?"
        assert page.locator("#reading .here").count() == 1
        page.locator("#send").click()
        page.locator(".answered").nth(1).wait_for()


def test_a_session_that_ended_on_the_server_goes_on_where_it_was(small: str, visit: Visit) -> None:
    page = visit(address=small, locale="nl-BE")
    ask(page, "Wanneer?")
    forget(page, "one")
    page.locator("#question textarea").fill("Wanneer nog?")
    with page.expect_event("load"):
        page.locator("#question textarea").press("Enter")
    page.locator(f"html[lang=nl]{OPEN.removeprefix('html')}").wait_for()
    page.locator(".answered").nth(1).wait_for()
    assert questions(page) == ["Wanneer?", "Wanneer nog?"]
    forget(page, "two")
    with page.expect_event("load"):
        page.locator("a.chip").first.click()
    page.locator(OPEN).wait_for()
    assert questions(page) == ["Wanneer?", "Wanneer nog?"]
    assert page.evaluate("document.documentElement.lang") == "nl"


def forget(page: Any, name: str) -> None:
    """From now on the server has never heard of the page's session: it has another name."""

    def renamed(route: Any) -> None:
        request = route.request
        body = request.post_data
        route.continue_(
            url=request.url.replace("session_hash=", f"session_hash={name}"),
            post_data=body.replace('"session_hash":"', f'"session_hash":"{name}') if body else None,
        )

    page.unroute("**/gradio_api/queue/*")
    page.route("**/gradio_api/queue/*", renamed)

"""The login: nothing without it over HTTP, slower for who guesses, over for who is removed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.users import Users
from assistant.web.actions import Page
from assistant.web.blocks import Wiring
from assistant.web.login import Login, Tokens
from assistant.web.turns import Conversation
from assistant.web.view import View
from index.shelf import Shelf
from sources.settings import Settings
from tests.sources.paper import WORK as PAPER
from tests.sources.paper import put
from tests.web.conftest import GOOD, come_in, running
from tests.web.factory import WORK, QueueDesk
from tests.web.program import Program


def in_a_thread(story: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end; the browser tests have a loop running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, story).result()


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "users.json")
    users.add("anne", "reader", GOOD)
    return users


@pytest.fixture
def closed(users: Users, tmp_path: Path) -> Iterator[str]:
    """Address of a page that asks for a login."""
    folders = {"DUCHESSE_DATA": str(tmp_path), "DUCHESSE_USERS": str(users.path)}
    with running(["-m", "tests.web.answering"], tmp_path / "errors.txt", **folders) as address:
        yield address


def test_nothing_is_asked_without_a_login_and_all_after_it(closed: str, users: Users) -> None:
    program = Program(closed)
    for path in ("config", "gradio_api/info", "gradio_api/queue/data?session_hash=x"):
        assert program.get(path)[0] == 401, path
    for path in ("call/ask", "run/ask", "api/ask", "call/v2/ask", "queue/join"):
        status, body = program.post(f"gradio_api/{path}", {"data": ["Quand ?", None]})
        assert status == 401, path
        assert "écluse" not in body
    for path in ("", "openapi.json", "gradio_api/app_id", "gradio_api/startup-events", "theme.css"):
        assert not any(word in program.get(path)[1] for word in ("meuniers", "écluse", "Molen"))
    passage = {"data": [f"{WORK}@fr#1.1"]}
    assert program.post("gradio_api/call/passage", passage)[0] == 401
    assert program.log_in("anne", "wrong password") == 400
    assert program.post("gradio_api/call/ask", {"data": ["Quand ?", None]})[0] == 401
    assert program.log_in("anne", GOOD) == 200
    assert program.call("ask", "Quand ?", None)["citations"][0]["number"] == 1
    assert "écluse" in program.call("passage", f"{WORK}@fr#1.1")["text"]
    line = next((users.path.parent / "audit").glob("audit-*.jsonl")).read_text("utf-8")
    assert json.loads(line)["user"] == "anne"
    users.remove("anne")
    assert program.post("gradio_api/call/ask", {"data": ["Quand ?", None]})[0] == 401
    assert program.log_in("anne", GOOD) == 400


def test_each_wrong_password_makes_the_next_wait_longer(users: Users) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    now = [0.0]
    login = Login(users, sleep, lambda: now[0])

    async def guess(password: str, name: str = "anne") -> bool:
        return await login.check(name, password)

    async def story() -> None:
        for _ in range(6):
            assert not await guess("wrong password")
        assert waited == [0.5, 1, 2, 4, 8, 8]
        assert await guess(GOOD)
        assert not await guess("wrong password")
        assert waited[-1] == 0.5
        for _ in range(3):
            await guess("wrong password")
        now[0] += 901
        await guess("wrong password")
        assert waited[-1] == 0.5
        await guess("wrong password", "nobody")
        await guess("wrong password", "nobody")
        assert waited[-2:] == [0.5, 1]

    in_a_thread(story())


def test_many_guesses_at_once_do_not_pass_each_other(users: Users) -> None:
    tried: list[str] = []
    verify = users.verify

    def counted(name: str, password: str) -> bool:
        tried.append(password)
        return verify(name, password)

    users.verify = counted  # type: ignore[method-assign]

    async def sleep(_: float) -> None:
        pass

    async def story() -> list[bool]:
        login = Login(users, sleep)
        return await asyncio.gather(*(login.check("anne", f"wrong {n}") for n in range(50)))

    assert in_a_thread(story()) == [False] * 50
    assert len(tried) == 4


def test_a_token_is_worth_as_much_as_its_user(users: Users) -> None:
    tokens = Tokens(Login(users))
    tokens["t"] = "anne"
    assert tokens.get("t") == "anne"
    assert tokens.get("other") is None
    assert tokens.get(None) is None
    users.path.chmod(0o644)  # a file that cannot be trusted lets nobody in
    assert Tokens(Login(Users(users.path))).get("t") is None
    users.path.chmod(0o600)
    users.remove("anne")
    assert tokens.get("t") is None


@pytest.mark.browser
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_only_an_administrator_sees_and_rebuilds_the_index(browser: Any, office: str) -> None:
    reader = come_in(browser, office, "anne")
    assert reader.locator("#side [role=tab]").all_inner_texts() == [
        "Lezen",
        "Documenten",
        "Gesprekken",
    ]
    assert reader.locator("#admin").count() == 0
    admin = come_in(browser, office, "bert")
    admin.get_by_role("tab", name="Beheer").click()
    admin.locator("#admin").get_by_text("val-duchesse-2023", exact=True).wait_for()
    admin.locator("[data-do=rebuild]").click()
    admin.locator("#admin .notice").get_by_text("In gebruik").wait_for()
    admin.get_by_role("button", name="Français").click()
    admin.locator("html[lang=fr]").wait_for()
    admin.locator("#admin").get_by_text("Réindexer ce qui a changé").wait_for()
    for page in (reader, admin):
        page.context.close()


@pytest.mark.browser
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_administrator_takes_up_a_text_sees_what_differs_and_goes_back(
    browser: Any, office: str, own: Settings
) -> None:
    page = come_in(browser, office, "bert")
    before = Shelf(own.data).current()
    put(own.data, "fr")
    page.get_by_role("tab", name="Beheer").click()
    admin = page.locator("#admin")
    admin.get_by_text(f"{PAPER}@fr", exact=True).wait_for()
    page.evaluate(
        """() => { window.seen = 0; new MutationObserver(() => {
        if (document.querySelector("#admin progress")) window.seen += 1; })
        .observe(document.getElementById("admin"), { childList: true, subtree: true }); }"""
    )
    admin.locator("[data-do=rebuild]").click()
    admin.locator(".notice").get_by_text("In gebruik").wait_for()
    assert page.evaluate("window.seen") > 0
    assert Shelf(own.data).current() != before
    assert admin.get_by_text(f"{PAPER}@fr#", exact=False).count() > 10
    admin.locator("[data-do=rollback]").click()
    admin.locator(".notice").get_by_text(before).wait_for()
    assert Shelf(own.data).current() == before
    page.context.close()


@pytest.mark.browser
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_wrong_password_is_said_and_who_leaves_is_out(browser: Any, closed: str) -> None:
    context = browser.new_context(locale="fr-BE", viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(closed)
    assert page.title() == "Connexion – Duchesse"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Nederlands").click()
    page.get_by_label("Gebruikersnaam").fill("anne")
    page.get_by_label("Wachtwoord").fill("a wrong password")
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("alert").get_by_text("wachtwoord onjuist").wait_for()
    page.get_by_label("Wachtwoord").fill(GOOD)
    page.keyboard.press("Enter")
    page.locator("html[lang=nl]:not(.arriving) #question textarea").wait_for()
    page.get_by_role("link", name="Afmelden (anne)").click()
    page.get_by_role("heading", name="Aanmelden").wait_for()
    page.reload()
    page.get_by_role("heading", name="Aanmelden").wait_for()
    context.close()


@pytest.mark.parametrize("name", ["anne", "nobody", None])
def test_an_event_of_who_is_no_administrator_does_nothing(
    users: Users, tmp_path: Path, name: str | None
) -> None:
    users.add("bert", "admin", GOOD)
    desk: Any = QueueDesk(tmp_path)
    wiring = Wiring(Page(desk), Login(users))

    async def made() -> None:  # in a loop: without one, the framework leaves one open
        wiring.blocks()

    in_a_thread(made())
    view = View("fr", Conversation.new())
    event: Any = SimpleNamespace(_data={"do": "rollback"})

    def told(user: str | None) -> str:
        request: Any = SimpleNamespace(username=user)
        updates = wiring._manage(view, event, request)
        return str(updates[wiring._parts.admin])

    assert told(name) == ""
    assert wiring._workshop.work is None
    assert told("bert") != ""  # an administrator gets as far as the index
    assert wiring._workshop.work is not None
    assert wiring._workshop.work.state == "failed"  # there is no build to go back to

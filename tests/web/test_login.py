"""The login: nothing without it over HTTP, slower for who guesses, over for who is removed."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.users import Users
from assistant.web.conversation import Conversation
from assistant.web.events import PageEvents
from assistant.web.login import Login
from assistant.web.page import Page
from assistant.web.sessions import Sessions
from assistant.web.state import PageState
from assistant.web.throttle import Throttle, TooManyTriesError
from index.registry import BuildRegistry
from sources.settings import Settings
from tests.sources.added_pdf import WORK as PAPER
from tests.sources.added_pdf import put
from tests.web.conftest import GOOD, come_in, in_a_thread
from tests.web.factory import WORK, QueueService
from tests.web.program import Program


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
    lines = next((users.path.parent / "audit").glob("audit-*.jsonl")).read_text("utf-8")
    assert json.loads(lines.splitlines()[-1])["user"] == "anne"
    users.remove("anne")
    assert program.post("gradio_api/call/ask", {"data": ["Quand ?", None]})[0] == 401
    assert program.log_in("anne", GOOD) == 400


def test_each_wrong_password_makes_the_next_wait_longer() -> None:
    waited: list[float] = []
    now = [0.0]

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def story() -> None:
        throttle = Throttle(lambda _, password: password == GOOD, sleep, lambda: now[0])
        for _ in range(6):
            assert not await throttle.check("anne", "wrong", "10.0.0.1")
        assert waited == [0.5, 1, 2, 4, 8, 8]
        assert await throttle.check("anne", GOOD, "10.0.0.1")
        assert waited == [0.5, 1, 2, 4, 8, 8]  # the right one never waits
        await throttle.check("anne", "wrong", "10.0.0.2")
        await throttle.check("bert", "wrong", "10.0.0.1")
        await throttle.check("anne", "wrong", "10.0.0.1", "a device that anne has used")
        assert waited[6:] == [0.5, 0.5, 0.5]  # each counted for itself
        now[0] += 901
        await throttle.check("anne", "wrong", "10.0.0.1")
        assert waited[-1] == 0.5

    in_a_thread(story())


def test_those_who_guess_do_not_lock_out_who_knows() -> None:
    """Six connections with wrong passwords, from the same address and for the same name."""

    async def story() -> None:
        throttle = Throttle(lambda _, password: password == GOOD)
        guesses = [asyncio.create_task(guess(throttle)) for _ in range(6)]
        for _ in range(8):
            await asyncio.sleep(0)
            assert await throttle.check("anne", GOOD, "10.0.0.1")
        assert not any(g.done() for g in guesses)
        for task in guesses:
            task.cancel()
        await asyncio.gather(*guesses, return_exceptions=True)

    async def guess(throttle: Throttle) -> None:
        while True:
            assert not await throttle.check("anne", "wrong", "10.0.0.1")

    in_a_thread(story())


def test_guesses_are_few_at_once_however_many_connections_there_are() -> None:
    looked_at: list[str] = []
    answered = asyncio.Event()

    def verify(_: str, password: str) -> bool:
        looked_at.append(password)
        return False

    async def sleep(_: float) -> None:
        await answered.wait()

    async def story() -> list[Any]:
        throttle = Throttle(verify, sleep)
        tries = [throttle.check("anne", f"wrong {n}", "10.0.0.1") for n in range(200)]
        waiting = asyncio.ensure_future(asyncio.gather(*tries, return_exceptions=True))
        while len(looked_at) < 8:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert len(looked_at) == 8
        answered.set()
        return await waiting

    found = in_a_thread(story())
    refused = [f for f in found if isinstance(f, TooManyTriesError)]
    assert len(refused) == 200 - 96
    assert len(looked_at) == 96


def test_who_guesses_at_one_address_costs_nobody_at_another() -> None:
    async def sleep(_: float) -> None:
        await asyncio.sleep(60)

    async def story() -> None:
        throttle = Throttle(lambda _, password: password == GOOD, sleep)
        tries = [
            asyncio.create_task(throttle.check("anne", "wrong", "10.0.0.1")) for _ in range(96)
        ]
        await asyncio.sleep(0.1)
        with pytest.raises(TooManyTriesError):
            await throttle.check("anne", GOOD, "10.0.0.1")
        assert await throttle.check("anne", GOOD, "10.0.0.2")
        assert await throttle.check("anne", GOOD, "10.0.0.1", "a device that anne has used")
        for task in tries:
            task.cancel()
        await asyncio.gather(*tries, return_exceptions=True)

    in_a_thread(story())


CHANGES: dict[str, Callable[[Users], None]] = {
    "password": lambda users: users.password("anne", GOOD),
    "role": lambda users: users.change_role("anne", "admin"),
    "log out": lambda users: users.log_out("anne"),
    "removal": lambda users: users.remove("anne"),
    "removal and the same name": lambda users: (
        users.remove("anne"),
        users.add("anne", "reader", GOOD),
    )[1],
    "a file that cannot be trusted": lambda users: users.path.chmod(0o644),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_session_ends_with_its_credential(users: Users, change: str) -> None:
    users.add("bert", "reader", GOOD)
    sessions = Sessions(users, 12)
    anne, bert = sessions.open("anne"), sessions.open("bert")
    assert anne
    assert (sessions.user(anne), sessions.user(bert)) == ("anne", "bert")
    CHANGES[change](users)
    assert sessions.user(anne) is None
    if change != "a file that cannot be trusted":
        assert sessions.user(bert) == "bert"


def test_a_session_ends_with_time_and_when_its_person_leaves(users: Users) -> None:
    now = [0.0]
    sessions = Sessions(users, 2, lambda: now[0])
    first, second, third = (sessions.open("anne") for _ in range(3))
    assert sessions.open("nobody") is None
    assert [sessions.user(t) for t in ("", None, "another")] == [None] * 3
    sessions.close(first)
    assert [sessions.user(t) for t in (first, second, third)] == [None, "anne", "anne"]
    sessions.close_all("anne")
    assert sessions.user(second) is None
    fourth = sessions.open("anne")
    now[0] = 7199.0
    assert sessions.user(fourth) == "anne"
    now[0] = 7200.0
    assert sessions.user(fourth) is None


def test_one_person_has_so_many_sessions_and_no_more(users: Users) -> None:
    sessions = Sessions(users, 2)
    tokens = [sessions.open("anne") for _ in range(25)]
    assert [sessions.user(t) for t in tokens] == [None] * 5 + ["anne"] * 20


def test_over_http_a_session_ends_with_the_password_and_everywhere_on_demand(
    closed: str, users: Users
) -> None:
    """Remove a user, add the name again: the old cookie stays out."""
    service, phone, thief = Program(closed), Program(closed), Program(closed)
    for program in (service, phone, thief):
        assert program.log_in("anne", GOOD) == 200
        assert program.get("config")[0] == 200
    assert phone.post("logout?everywhere", {})[0] == 200
    assert [p.get("config")[0] for p in (service, phone, thief)] == [401] * 3
    assert thief.log_in("anne", GOOD) == 200
    users.remove("anne")
    users.add("anne", "reader", GOOD + " anew")
    assert thief.get("config")[0] == 401
    assert service.log_in("anne", GOOD) == 400
    assert service.log_in("anne", GOOD + " anew") == 200
    assert thief.get("config")[0] == 401


@pytest.mark.slow
def test_a_hundred_wrong_passwords_at_once_leave_the_page_as_it_is(closed: str) -> None:
    program = Program(closed)
    assert program.log_in("anne", GOOD) == 200
    answered: list[int] = []

    def guess(number: int) -> None:
        with suppress(OSError):  # the page is stopped before all are answered
            answered.append(Program(closed).log_in("anne", f"wrong {number}"))

    for n in range(100):
        threading.Thread(target=guess, args=(n,), daemon=True).start()
    while len(answered) < 10:
        assert program.call("passage", f"{WORK}@fr#1.1")["kind"] == "bullet"
    assert set(answered) <= {400, 429}
    assert program.log_in("anne", GOOD) == 200  # in the browser that she has used before


@pytest.mark.slow
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


@pytest.mark.slow
def test_an_administrator_takes_up_a_text_sees_what_differs_and_goes_back(
    browser: Any, office: str, own: Settings
) -> None:
    page = come_in(browser, office, "bert")
    before = BuildRegistry(own.data).current()
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
    assert BuildRegistry(own.data).current() != before
    assert admin.get_by_text(f"{PAPER}@fr#", exact=False).count() > 10
    page.once("dialog", lambda dialog: dialog.dismiss())
    admin.locator("[data-do=rollback]").click()
    assert BuildRegistry(own.data).current() != before
    page.once("dialog", lambda dialog: dialog.accept())
    admin.locator("[data-do=rollback]").click()
    admin.locator(".notice").get_by_text(before).wait_for()
    assert BuildRegistry(own.data).current() == before
    page.context.close()


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
    page.get_by_role("button", name="Afmelden (anne)").click()
    page.get_by_role("heading", name="Aanmelden").wait_for()
    page.reload()
    page.get_by_role("heading", name="Aanmelden").wait_for()
    context.close()


@pytest.mark.parametrize("name", ["anne", "nobody", None])
def test_an_event_of_who_is_no_administrator_does_nothing(
    users: Users, tmp_path: Path, name: str | None
) -> None:
    users.add("bert", "admin", GOOD)
    service: Any = QueueService(tmp_path)
    wiring = PageEvents(Page(service), Login.of(users, 12))

    async def made() -> None:  # in a loop: without one, the framework leaves one open
        wiring.blocks()

    in_a_thread(made())
    view = PageState("fr", Conversation.new())
    event: Any = SimpleNamespace(do="rollback")

    def told(user: str | None) -> str:
        request: Any = SimpleNamespace(username=user)
        updates = wiring._manage(view, event, request)
        return str(updates[wiring._parts.admin])

    assert told(name) == ""
    assert wiring._administration.result is None
    assert told("bert") != ""  # an administrator gets as far as the index
    assert wiring._administration.result is not None
    assert not wiring._administration.result.done  # there is no build to go back to

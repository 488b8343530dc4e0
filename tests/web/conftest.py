"""The real page, started once, and a real browser to use it with.

Pages and browser end with the last test of this folder, and leave their memory to the others.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from assistant.users import Users
    from sources.settings import Settings

DOMAIN = "duchesse.test"  # hosts of this domain are this machine, in the browser
# The one without windows needs half the time.
CHROMIUM = next(
    (found for name in ("chromium-headless-shell", "chromium") if (found := shutil.which(name))),
    None,
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP *.{DOMAIN} 127.0.0.1",
]
GOOD = "quatre chevaux 1964"  # the password of every user here
ROOT = Path(__file__).parents[2]
PATIENCE = 120_000  # milliseconds for a condition: it comes within one, but not on a busy machine
# Opens the page as a new visitor: :func:`visit`.
Visit = Callable[..., Any]
IN_A_BROWSER = (
    pytest.mark.browser,
    pytest.mark.enable_socket,  # the browser is driven through pipes of this machine
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of the driver's own loop
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever uses the browser."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            for mark in IN_A_BROWSER:
                item.add_marker(mark)


@pytest.fixture(scope="package")
def folder(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder of the running page: a copy, for the page writes what readers think."""
    copy = tmp_path_factory.mktemp("page") / "data"
    shutil.copytree(built.data, copy, symlinks=True)
    return copy


@contextmanager
def running(command: list[str], log: Path, **environment: str) -> Iterator[str]:
    """Address of a page in a process of its own."""
    with running_process(command, log, **environment) as (_, address):
        yield address


@contextmanager
def running_process(
    command: list[str], log: Path, **environment: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A page in a process of its own, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, *command, "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"DUCHESSE_LANG": "fr", "DUCHESSE_FETCH": "never"} | environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout
        # The address is said once the page answers.
        assert any(f"http://127.0.0.1:{port}" in line for line in process.stdout), log.read_text()
        try:
            yield process, f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


@pytest.fixture(scope="package")
def app(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on the real texts."""
    log = tmp_path_factory.mktemp("app") / "errors.txt"
    with running(["app.py"], log, DUCHESSE_DATA=str(folder)) as address:
        yield address


@pytest.fixture(scope="package")
def small_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the page of :func:`small` writes on standard error."""
    return tmp_path_factory.mktemp("small") / "errors.txt"


@pytest.fixture(scope="package")
def small(small_log: Path) -> Iterator[str]:
    """The page on a small text, where every question is answered at once."""
    settings = {"DUCHESSE_DATA": str(small_log.parent), "DUCHESSE_RATE": "0"}
    with running(["-m", "tests.web.answering"], small_log, **settings) as address:
        yield address


@pytest.fixture(scope="package")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on a text that was added as PDF."""
    folder = tmp_path_factory.mktemp("printed")
    command = ["-m", "tests.web.pdf_page"]
    with running(command, folder / "errors.txt", DUCHESSE_DATA=str(folder)) as address:
        yield address


@pytest.fixture(scope="package")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A page on a small text that asks for a login, and the file of its users."""
    from assistant.users import Users

    folder = tmp_path_factory.mktemp("guarded")
    users = Users(folder / "users.json")
    users.add("anne", "reader", GOOD)
    folders = {"DUCHESSE_DATA": str(folder), "DUCHESSE_USERS": str(users.path)}
    with running(["-m", "tests.web.answering"], folder / "errors.txt", **folders) as address:
        yield address, users.path


@pytest.fixture
def users(guarded: tuple[str, Path]) -> Users:
    """The users of that page: one reader, whatever a test before did."""
    from assistant.users import Users

    guarded[1].unlink()
    users = Users(guarded[1])
    users.add("anne", "reader", GOOD)
    return users


@pytest.fixture
def closed(guarded: tuple[str, Path], users: Users) -> str:
    """Address of that page."""
    assert users.role("anne") == "reader"
    return guarded[0]


@pytest.fixture(scope="package")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on a small text, where every search lasts."""
    folder = tmp_path_factory.mktemp("waiting")
    command = ["-m", "tests.web.waiting"]
    with running(command, folder / "errors.txt", DUCHESSE_DATA=str(folder)) as address:
        yield address


def staffed(data: Path, folder: Path) -> dict[str, str]:
    """Settings of a page for a reader and an administrator."""
    from assistant.users import Users

    users = Users(folder / "users.json")
    users.add("anne", "reader", GOOD)
    users.add("bert", "admin", GOOD)
    return {"DUCHESSE_DATA": str(data), "DUCHESSE_USERS": str(users.path)}


@pytest.fixture
def office(own: Settings, tmp_path: Path) -> Iterator[str]:
    """The page on the real texts, for a reader and an administrator."""
    folders = staffed(own.data, tmp_path)
    with running(["app.py"], tmp_path / "errors.txt", **folders) as address:
        yield address


def come_in(browser: Any, address: str, name: str, **more: Any) -> Any:
    """A Dutch-speaking person who has logged in."""
    context = browser.new_context(
        locale="nl-BE",
        viewport={"width": 1280, "height": 900},
        ignore_https_errors=True,  # a certificate that a test made
        **more,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.locator("input[type=password]").fill(GOOD)
    page.locator("input[type=text]").fill(name)
    page.keyboard.press("Enter")
    page.locator("html[lang=nl]:not(.arriving) #talk .talk:not([data-first])").wait_for()
    return page


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    playwright = sync_api.sync_playwright().start()
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # of the driver's own loop
        chromium.close()
        playwright.stop()
        del chromium, playwright
        gc.collect()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Any) -> Iterator[Visit]:
    """Opens the page as a new visitor; nothing may leave this machine or fail in the script."""
    contexts, outside, faults = [], [], []

    def _visit(
        path: str = "",
        *,
        address: str = "",
        locale: str = "fr-BE",
        width: int = 1280,
        height: int = 900,
        before: str = "",
        late: str = "",
        **more: Any,
    ) -> Any:
        address = address or request.getfixturevalue("app")
        context = browser.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
            **more,
        )
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda r: outside.append(r.url) if _is_outside(r.url, address) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
        if late:
            page.route(late, lambda route: (time.sleep(1), route.continue_()))
        page.goto(address + path)
        lang = "nl" if locale.startswith("nl") else "fr"
        # The framework may set the language first; what was shown before the page spoke it has
        # to be gone, or what a test focuses goes with it.
        page.locator(f"html[lang={lang}]:not(.arriving) #talk .talk:not([data-first])").wait_for()
        return page

    yield _visit
    for context in contexts:
        context.close()
    assert outside == []
    assert faults == []


def _is_fault(said: Any) -> bool:
    """The framework catches what the page's own scripts throw, and only prints it."""
    return said.type == "error" and "js_on_load" in said.text


def _is_outside(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))


def in_a_thread(story: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end; the browser tests have a loop running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, story).result()

"""The real page, started once, and a real browser to use it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def data() -> Path:
    """A data folder with a finished build: DUCHESSE_TEST_DATA, or var/test, built here."""
    if given := os.environ.get("DUCHESSE_TEST_DATA"):
        return Path(given)
    folder = ROOT / "var" / "test"
    command = [sys.executable, "-m", "index", "build"]
    environment = os.environ | {"DUCHESSE_DATA": str(folder)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def app(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("page") / "errors.txt"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"DUCHESSE_DATA": str(data), "DUCHESSE_LANG": "fr"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout
        line = process.stdout.readline()  # said once the page answers
        assert f"http://127.0.0.1:{port}" in line, log.read_text()
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(app: str, browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens the page as a new visitor; nothing may leave this machine or fail in the script."""
    contexts, outside, faults = [], [], []

    def _visit(path: str = "", *, locale: str = "fr-BE", width: int = 1280, **more: Any) -> Any:
        context = browser.new_context(
            locale=locale,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda r: outside.append(r.url) if _is_outside(r.url, app) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(app + path)
        page.locator("#talk .talk").wait_for()
        lang = "nl" if locale.startswith("nl") else "fr"
        page.locator(f"html[lang={lang}]:not(.arriving)").wait_for()
        return page

    yield _visit
    for context in contexts:
        context.close()
    assert outside == []
    assert faults == []


def _is_outside(url: str, app: str) -> bool:
    return not url.startswith((app, "data:", "blob:"))

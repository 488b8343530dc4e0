"""Makes the pictures of the page anew: ``python -m tests.web.screenshots [--out docs/images]``.

Needs a data folder with an index (``DUCHESSE_DATA``), Chromium and playwright. Each view is
taken four times, so that both languages, both colours and both widths are seen.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from assistant.users import Users
from sources.settings import Settings
from tests.sources.cellar import CellarServer
from tests.web.conftest import CHROMIUM, FLAGS, GOOD, running
from tests.web.test_browser import DOORNIK, TOURNAI, ask

LARGEST = 250_000  # bytes of a picture
_COLOURS = (128, 64, 32)  # tried in this order
_TAKES = (("fr", "light", 1280), ("nl", "dark", 1280), ("nl", "light", 390), ("fr", "dark", 390))
_ASKED = {"fr": TOURNAI, "nl": DOORNIK}
_REFUSED = {"fr": "Quel est le budget annuel du CCPD ?", "nl": "Hoeveel kost het CPDS per jaar?"}
_WORDS = {"fr": "ports", "nl": "havens"}


def _answer(page: Any, lang: str) -> None:
    ask(page, _ASKED[lang]).locator("a.chip").first.click()
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")


def _refusal(page: Any, lang: str) -> None:
    ask(page, _REFUSED[lang])


def _library(page: Any, lang: str) -> None:
    page.locator("#side [role=tab]").nth(1).click()
    page.locator("#words textarea, #words input").first.fill(_WORDS[lang])
    page.locator("#find").click()
    page.locator(".results").wait_for()


def _admin(page: Any, _: str) -> None:
    page.locator("#side [role=tab]").nth(3).click()
    page.locator("#admin .list").first.wait_for()


def _arriving(page: Any, _: str) -> None:
    page.locator("#arrivals progress").wait_for()


View = Callable[[Any, str], None]
VIEWS: dict[str, View | None] = {
    "login": None,
    "answer": _answer,
    "refusal": _refusal,
    "library": _library,
    "admin": _admin,
}
ARRIVING: dict[str, View | None] = {"arriving": _arriving}  # where cited texts are on their way


def _log_in(page: Any) -> None:
    page.locator("input[type=password]").fill(GOOD)
    page.locator("input[type=text]").fill("bert")
    page.keyboard.press("Enter")
    page.locator("html:not(.arriving) #question textarea").wait_for()


def small(picture: bytes) -> bytes:
    """The same picture with as many colours as fit into LARGEST bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in _COLOURS:
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


def take(out: Path, only: str, data: Path) -> None:
    """Write the pictures of the views into a folder."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        users = Users(Path(folder) / "users.json")
        users.add("bert", "admin", GOOD)
        given = {"DUCHESSE_DATA": str(data.absolute()), "DUCHESSE_USERS": str(users.path)}
        log = Path(folder) / "errors.txt"
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        with running(["app.py"], log, **given) as address:
            _views(chromium, address, out, only, VIEWS)
        with CellarServer({}) as server:  # that gives nothing, so that nothing changes
            server.open.clear()
            given |= {"DUCHESSE_FETCH": "cited", "DUCHESSE_CELLAR_URL": server.url}
            with running(["app.py"], log, **given) as address:
                _views(chromium, address, out, only, ARRIVING)
        chromium.close()


def _views(
    chromium: Any, address: str, out: Path, only: str, views: Mapping[str, View | None]
) -> None:
    for lang, scheme, width in _TAKES:
        ending = f"{lang}-{scheme}-{'phone' if width < 600 else 'desktop'}.png"
        for view, act in views.items():
            if only not in f"{view}-{ending}":
                continue
            context = chromium.new_context(
                locale=f"{lang}-BE",
                color_scheme=scheme,
                reduced_motion="reduce",
                viewport={"width": width, "height": 860},
            )
            page = context.new_page()
            page.goto(address)
            page.locator("input[type=password]").wait_for()
            if act:
                _log_in(page)
                act(page, lang)
            page.wait_for_timeout(300)
            picture = small(page.screenshot())
            (out / f"{view}-{ending}").write_bytes(picture)
            print(f"{view}-{ending}: {len(picture) // 1000} kB")
            context.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--only", default="", help="part of the names of the pictures to take")
    arguments = parser.parse_args()
    take(arguments.out, arguments.only, Settings.read().data)

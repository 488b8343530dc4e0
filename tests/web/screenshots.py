"""Makes the pictures of the page anew: ``python -m tests.web.screenshots [--out docs/images]``.

Needs a data folder with an index (``DUCHESSE_DATA``), Chromium and playwright. Each view is
taken four times, so that both languages, both colours and both widths are seen, some fewer. With
``--review FOLDER`` each kind of question is asked in both languages and at both widths instead,
for a person to look at before a release.
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from assistant.users import Users
from sources.anchor import LANGS
from sources.settings import Settings
from tests.sources.cellar import CellarServer
from tests.sources.invented_acts import answers
from tests.web.conftest import CHROMIUM, FLAGS, GOOD, running
from tests.web.test_arriving import HAS, SAYS
from tests.web.test_browser import DOORNIK, TOURNAI, ask

LARGEST = 250_000  # bytes of a picture
_COLOURS = (128, 64, 32)  # tried in this order
_TAKES = (
    ("fr", "light", "desktop"), ("nl", "dark", "desktop"), ("nl", "light", "phone"),
    ("fr", "dark", "phone"),
)  # fmt: skip
_FEWER = {  # takes of the views that the documents show less of
    "topic": ("fr-light-desktop", "nl-light-phone"),
    "list": ("nl-dark-desktop",),
    "dossier": ("fr-light-desktop", "nl-light-phone"),
    "arrived": ("fr-light-desktop", "nl-light-phone"),
    "asked": ("fr-light-desktop", "nl-dark-desktop", "nl-light-phone"),
}
_COME = HAS | answers("32024R1351", "32024R1347")  # of five cited texts four
_DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
_LAID_OUT = 300  # milliseconds until what scrolls and what is focused has come to rest
_ASKED = {"fr": TOURNAI, "nl": DOORNIK}
_REFUSED = {"fr": "Quel est le budget annuel du CCPD ?", "nl": "Hoeveel kost het CPDS per jaar?"}
_WORDS = {"fr": "ports", "nl": "havens"}
QUESTIONS = {
    "topic": {
        "fr": "Quelles mesures contre le trafic de drogue ?",
        "nl": "Welke maatregelen tegen drugshandel?",
    },
    "steps": {"fr": "Prochaines étapes sur le Sahel", "nl": "Volgende stappen voor de Sahel"},
    "section": {"fr": "Que prévoit la section 7 ?", "nl": "Wat bepaalt deel 7?"},
    "list": {
        "fr": "Combien de réunions ont eu lieu ?",
        "nl": "Hoeveel bijeenkomsten zijn er geweest?",
    },
    "whether": {
        "fr": "Est-ce que la déclaration parle de l’Ukraine ?",
        "nl": "Gaat de verklaring over Oekraïne?",
    },
    "parts": {
        "fr": "Que prévoit-on pour les ports et pour la désinformation ?",
        "nl": "Wat staat er over de havens en over desinformatie?",
    },
}


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


def _asking(name: str) -> Callable[[Any, str], None]:
    return lambda page, lang: ask(page, QUESTIONS[name][lang])


def _dossier(page: Any, lang: str) -> None:
    answer = ask(page, QUESTIONS["list"][lang])
    for button in answer.locator(".citation .aside").all():
        button.click()
    page.locator("#header .dossier-open").click()
    page.locator("#dossier li textarea").first.fill(
        {"fr": "À confirmer auprès du SPF.", "nl": "Te bevestigen bij de FOD."}[lang]
    )


def _arriving(page: Any, _: str) -> None:
    page.locator("#arrivals progress").wait_for()


def _arrived(page: Any, _: str) -> None:
    page.locator("#arrivals .arrivals:not(:has(progress))").wait_for(timeout=120_000)


def _asked(page: Any, lang: str) -> None:
    _arrived(page, lang)
    ask(page, SAYS[lang]["question"])


VIEWS: dict[str, Callable[[Any, str], None]] = {
    "answer": _answer,
    "topic": _asking("topic"),
    "list": _asking("list"),
    "dossier": _dossier,
    "refusal": _refusal,
    "library": _library,
    "admin": _admin,
}
ARRIVING = {"arriving": _arriving}  # where cited texts are on their way,
ARRIVED = {"arrived": _arrived, "asked": _asked}  # and where they have come


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


@contextmanager
def opened(data: Path, **more: str) -> Iterator[Callable[..., Any]]:
    """Opens pages of the assistant: each in a language, a colour and on a device.

    ``more`` are further variables of its environment.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        users = Users(Path(folder) / "users.json")
        users.add("bert", "admin", GOOD)
        given = {"DUCHESSE_DATA": str(data.absolute()), "DUCHESSE_USERS": str(users.path)}
        given |= more
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with running(["app.py"], Path(folder) / "errors.txt", **given) as address:

            def page_of(lang: str, scheme: str, device: str) -> Any:
                context = chromium.new_context(
                    locale=f"{lang}-BE",
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    **_DEVICES[device],
                )
                page = context.new_page()
                page.goto(address)
                page.locator("input[type=password]").wait_for()
                return page

            yield page_of
        chromium.close()


def take(out: Path, only: str, data: Path) -> None:
    """Write the pictures of the views into a folder."""
    with opened(data) as page_of:
        _take(out, only, page_of, {"login": None, **VIEWS})
    with CellarServer({}) as server:  # that gives nothing, so that nothing changes
        server.open.clear()
        more = {"DUCHESSE_FETCH": "cited", "DUCHESSE_CELLAR_URL": server.url}
        with opened(data, **more) as page_of:
            _take(out, only, page_of, ARRIVING)
    for name in (f"{view}-{shown}" for view in ARRIVED for shown in _FEWER[view]):
        if only in f"{name}.png":
            with CellarServer(_COME) as server, _copied(data) as own:
                more = {"DUCHESSE_FETCH": "cited", "DUCHESSE_CELLAR_URL": server.url}
                with opened(own, **more) as page_of:
                    _take(out, name, page_of, ARRIVED)


@contextmanager
def _copied(data: Path) -> Iterator[Path]:
    """A data folder with the index of another one, to which texts can come."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        for shared in ("models", "cache"):
            (own / shared).symlink_to((data / shared).absolute())
        shutil.copytree(data / "builds", own / "builds")
        yield own


def _take(
    out: Path,
    only: str,
    page_of: Callable[..., Any],
    views: Mapping[str, Callable[[Any, str], None] | None],
) -> None:
    for lang, scheme, device in _TAKES:
        for view, act in views.items():
            shown = f"{lang}-{scheme}-{device}"
            name = f"{view}-{shown}.png"
            if only in name and shown in _FEWER.get(view, (shown,)):
                page = page_of(lang, scheme, device)
                if act:
                    _log_in(page)
                    act(page, lang)
                page.wait_for_timeout(_LAID_OUT)
                picture = small(page.screenshot())
                (out / name).write_bytes(picture)
                print(f"{name}: {len(picture) // 1000} kB")
                page.context.close()


def review(out: Path, only: str, data: Path) -> None:
    """Write what a reader sees of each kind of question, and on a phone all of the page."""
    with opened(data) as page_of:
        for name, lang, device in product(QUESTIONS, LANGS, _DEVICES):
            if only in (shown := f"{name}-{lang}-{device}"):
                page = page_of(lang, "light", device)
                _log_in(page)
                ask(page, QUESTIONS[name][lang])
                page.wait_for_timeout(_LAID_OUT)
                page.screenshot(path=out / f"{shown}.png")
                screens = (
                    page.locator(".turn").bounding_box()["height"] / page.viewport_size["height"]
                )
                print(f"{shown}: the answer fits {screens:.1f} screens")
                page.context.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--only", default="", help="part of the names of the pictures to take")
    parser.add_argument("--review", type=Path, metavar="FOLDER", help="each kind of question")
    arguments = parser.parse_args()
    if arguments.review:
        arguments.review.mkdir(parents=True, exist_ok=True)
        review(arguments.review, arguments.only, Settings.read().data)
    else:
        take(arguments.out, arguments.only, Settings.read().data)

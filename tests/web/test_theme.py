"""Light, dark, or as the system is: chosen in the header, kept by the browser, never flashing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Visit
from tests.web.test_browser import ask

# The colours of every frame from the first, as a reader would see them.
FRAMES = """window.frames_seen = new Set();
const look = () => {
  const at = (n) => getComputedStyle(n).backgroundColor;
  if (document.body) window.frames_seen.add(at(document.documentElement) + " " + at(document.body));
  requestAnimationFrame(look);
};
requestAnimationFrame(look);"""
BLOCKED = """for (const name of ["localStorage", "sessionStorage"]) {
  const get = () => { throw new DOMException("blocked", "SecurityError"); };
  Object.defineProperty(window, name, { get });
}"""


def is_dark(page: Any) -> bool:
    light, dark = "rgb(248, 244, 234)", "rgb(15, 26, 28)"
    found = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert found in (light, dark)
    return bool(found == dark)


def theme(page: Any, name: str) -> Any:
    return page.locator(f".theme [data-value={name}]")


def test_a_theme_is_chosen_by_keyboard_and_stays_without_a_flash(small: str, visit: Visit) -> None:
    page = visit(address=small, color_scheme="light")
    assert not is_dark(page)
    group = page.get_by_role("group", name="Apparence")
    assert group.get_by_role("button").all_inner_texts() == ["Clair", "Sombre", "Comme le système"]
    group.get_by_role("button", name="Sombre").press("Enter")
    assert is_dark(page)
    page.add_init_script(FRAMES)
    page.reload()
    page.locator("html:not(.arriving) .start").wait_for()
    assert is_dark(page)
    assert page.evaluate("[...window.frames_seen]") == ["rgb(15, 26, 28) rgb(15, 26, 28)"]
    assert theme(page, "dark").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    chosen = page.get_by_role("group", name="Weergave").locator("[aria-pressed=true]")
    assert chosen.inner_text() == "Donker"


def test_the_system_is_followed_while_it_is_what_was_chosen(small: str, visit: Visit) -> None:
    page = visit(address=small, color_scheme="light")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.classList.contains('dark')")
    theme(page, "light").click()
    assert not is_dark(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(200)
        assert not is_dark(page)
    other = page.context.new_page()
    other.goto(small)
    other.locator("html:not(.arriving) .start").wait_for()
    assert not is_dark(other)
    theme(other, "system").click()  # in one tab: in all
    page.wait_for_function("document.body.classList.contains('dark')")


def test_a_browser_that_keeps_nothing_has_the_page_and_its_themes(browser: Any, small: str) -> None:
    context = browser.new_context(locale="fr-BE", color_scheme="light")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(BLOCKED)
    page.goto(small)
    page.locator("html:not(.arriving) .start").wait_for()
    theme(page, "dark").click()
    assert is_dark(page)
    ask(page, "Quand ?")
    page.get_by_role("tab", name="Conversations").click()
    page.locator("#history .list").get_by_text("Quand ?").wait_for()
    assert faults == []
    context.close()


def test_the_login_has_the_theme_that_was_chosen(browser: Any, closed: str) -> None:
    context = browser.new_context(locale="fr-BE", color_scheme="light")
    page = context.new_page()
    page.goto(closed)
    assert not is_dark(page)
    page.evaluate("localStorage.setItem('duchesse.theme', 'dark')")
    page.reload()
    assert is_dark(page)
    context.close()


@pytest.mark.parametrize(("lang", "name"), [("fr", "Sombre"), ("nl", "Donker")])
def test_on_a_phone_the_theme_is_in_the_menu(
    small: str, visit: Visit, lang: str, name: str
) -> None:
    page = visit(address=small, locale=f"{lang}-BE", width=390, has_touch=True, is_mobile=True)
    assert not theme(page, "dark").is_visible()
    opener = page.get_by_role("button", name="Menu")
    opener.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name=name).tap()
    assert is_dark(page)
    page.keyboard.press("Escape")
    assert not theme(page, "dark").is_visible()
    assert opener.evaluate("node => node === document.activeElement")

"""Every state of the page, checked by axe-core in a real browser: no violation of any rule."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from tests.web.conftest import Visit, come_in
from tests.web.test_browser import DOORNIK, NOT_INDEXED, TOURNAI, ask

# Each language once and each scheme once; the other two pairs are for the night.
LOOKS = [
    ("fr", "light"),
    ("nl", "dark"),
    pytest.param("fr", "dark", marks=pytest.mark.slow),
    pytest.param("nl", "light", marks=pytest.mark.slow),
]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, as a package of the development extra carries it."""
    carrier = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    return (files(carrier) / "axe.min.js").read_text("utf-8")


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds wrong: rule, elements, and why."""
    page.locator("p.loading").wait_for(state="detached")  # the framework's own, at the start
    page.locator("h1").wait_for()  # shown once language and conversation are known
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    result = page.evaluate(
        "() => axe.run(document, { rules: { 'target-size': { enabled: true } } })"
    )
    assert len(result["passes"]) > 15, "axe-core looked at the page"
    return [
        f"{v['id']}: {n['target']} {n['failureSummary']} {n['html'][:160]}"
        for v in result["violations"]
        for n in v["nodes"]
    ]


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
def test_no_state_of_the_page_violates_a_rule_of_accessibility(
    visit: Visit, axe: str, lang: str, scheme: str
) -> None:
    page = visit(locale=f"{lang}-BE", color_scheme=scheme)
    assert page.evaluate("() => document.body.classList.contains('dark')") == (scheme == "dark")
    assert violations(page, axe) == [], "an empty conversation"
    answer = ask(page, {"fr": TOURNAI, "nl": DOORNIK}[lang])
    assert violations(page, axe) == [], "an answer"
    answer.locator("a.chip").first.click()
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")
    assert page.locator("#reading .here .quote a.official").count() > 0
    assert violations(page, axe) == [], "a passage in the reading pane"
    refused = ask(page, NOT_INDEXED[lang])
    assert "refused" in refused.get_attribute("class")
    assert violations(page, axe) == [], "a refusal"
    page.locator("#side [role=tab]").nth(1).click()
    page.locator("#words textarea, #words input").first.fill("police")
    page.locator("#find").click()
    page.locator(".results").wait_for()
    assert violations(page, axe) == [], "the documents"
    page.locator("#side [role=tab]").nth(2).click()
    page.locator("#history .list").wait_for()
    assert violations(page, axe) == [], "the conversations"


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_a_chosen_theme_the_menu_and_a_judged_answer_violate_no_rule(
    small: str, visit: Visit, axe: str, lang: str, theme: str
) -> None:
    other = {"light": "dark", "dark": "light"}[theme]  # is what the system has
    page = visit(address=small, locale=f"{lang}-BE", color_scheme=other, width=390, height=844)
    page.locator(".opener").click()
    page.locator(f".theme [data-value={theme}]").click()
    assert page.evaluate("document.body.classList.contains('dark')") == (theme == "dark")
    assert violations(page, axe) == [], "the menu"
    page.keyboard.press("Escape")
    ask(page, "Quand ?")
    page.locator("[data-verdict=good]").click()
    page.locator(".comment summary").click()
    page.locator(".comment textarea").fill("Oui")
    assert violations(page, axe) == [], "a comment"
    page.locator("[data-do=comment]").click()
    page.locator(".comment q").wait_for()
    assert violations(page, axe) == [], "a verdict with its comment"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{small}#question=Quand+%3F&after=O%C3%B9+%3F&language=fr&build={'a' * 12}")
    page.locator(".before").wait_for()
    assert violations(page, axe) == [], "an answer of a link, on a desk"


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_view_of_the_administrator_violates_no_rule_either(
    browser: Any, office: str, axe: str, scheme: str
) -> None:
    page = come_in(browser, office, "bert", color_scheme=scheme)
    page.get_by_role("tab", name="Beheer").click()
    page.locator("#admin").get_by_text("val-duchesse-2023", exact=True).wait_for()
    assert violations(page, axe) == [], "in Dutch"
    page.get_by_role("button", name="Français").click()
    page.locator("#admin").get_by_text("Réindexer ce qui a changé").wait_for()
    assert violations(page, axe) == [], "in French"
    page.locator("[data-do=rebuild]").click()
    page.locator("#admin .notice").get_by_text("En service").wait_for()
    assert violations(page, axe) == [], "after a rebuild"
    page.set_viewport_size({"width": 320, "height": 700})
    page.locator("#side .overflow-menu > button").click()
    assert violations(page, axe) == [], "with tabs behind a button"
    page.context.close()


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
def test_the_login_violates_no_rule(
    browser: Any, closed: str, axe: str, lang: str, scheme: str
) -> None:
    context = browser.new_context(locale=f"{lang}-BE", color_scheme=scheme)
    page = context.new_page()
    page.goto(closed)
    assert page.evaluate("document.documentElement.lang") == lang
    assert violations(page, axe) == []
    page.locator("input[type=text]").fill("anne")
    page.locator("input[type=password]").fill("a wrong password")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert violations(page, axe) == [], "with a wrong password"
    context.close()


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
def test_the_page_of_a_pdf_violates_no_rule(
    printed: str, visit: Visit, axe: str, lang: str, scheme: str
) -> None:
    page = visit(address=printed, locale=f"{lang}-BE", color_scheme=scheme)
    ask(page, "Quand ?").locator("a.chip").first.click()
    page.locator("#reading [data-do=picture]").click()
    page.locator("#reading figure img").wait_for()
    assert violations(page, axe) == []

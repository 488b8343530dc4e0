"""Every state of the page, checked by axe-core in a real browser: no violation of any rule."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from tests.page.conftest import come_in
from tests.page.test_browser import DOORNIK, NOT_INDEXED, TOURNAI, ask

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
Visit = Callable[..., Any]


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
    result = page.evaluate("() => axe.run(document)")
    assert len(result["passes"]) > 20, "axe-core looked at the page"
    return [
        f"{v['id']}: {n['target']} {n['failureSummary']} {n['html'][:160]}"
        for v in result["violations"]
        for n in v["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["fr", "nl"])
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_view_of_the_administrator_violates_no_rule_either(
    browser: Any, office: str, axe: str, scheme: str
) -> None:
    page = come_in(browser, office, "bert", color_scheme=scheme)
    page.get_by_role("tab", name="Beheer").click()
    page.locator("#admin").get_by_text("val-duchesse-2023", exact=True).wait_for()
    assert violations(page, axe) == []
    page.context.close()

"""Back and Forward of the browser: what was opened closes and opens again, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.factory import WORK
from tests.web.test_browser import ask

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
Visit = Callable[..., Any]
PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
SIZES = pytest.mark.parametrize("size", [{}, PHONE], ids=["wide", "phone"])


def reaches(page: Any, selector: str) -> None:
    """What has the focus, once it is that, and in sight."""
    page.wait_for_function(
        """selector => {
          const node = document.activeElement;
          const { top, bottom } = node.getBoundingClientRect();
          return node.matches(selector) && top < innerHeight && bottom > 0;
        }""",
        arg=selector,
    )


@SIZES
def test_back_returns_to_the_answer_and_forward_to_the_passage(
    small: str, visit: Visit, size: dict[str, Any]
) -> None:
    page = visit(address=small, **size)
    ask(page, "Quand ?")
    page.locator("#question textarea").fill("Et les ânes")
    page.locator("a.chip").nth(1).click()
    reaches(page, f"[id='src-{WORK}@fr#1.2']")
    page.get_by_role("button", name="Citation suivante").click()  # along the answer, no new place
    reaches(page, f"[id='src-{WORK}@fr#2.1']")
    page.get_by_role("button", name="Document entier").click()
    page.locator("#reading h2[data-focus], #reading .here").first.wait_for()
    page.wait_for_function("document.querySelectorAll('#reading .passage').length === 5")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('#reading .passage').length < 5")
    reaches(page, f"[id='src-{WORK}@fr#2.1']")
    page.go_back()
    reaches(page, "a.chip[data-anchor$='#1.2']")
    page.go_forward()
    reaches(page, f"[id='src-{WORK}@fr#2.1']")
    assert "3 sur 3" in page.locator("#reading .steps").inner_text()
    page.get_by_role("button", name="Revenir à la réponse").click()
    reaches(page, "a.chip[data-anchor$='#1.2']")
    page.go_forward()  # it went back, and no further on
    reaches(page, f"[id='src-{WORK}@fr#2.1']")
    assert page.locator("#question textarea").input_value() == "Et les ânes"


@SIZES
def test_a_passage_is_open_again_when_the_page_is_left_and_reached_again(
    small: str, visit: Visit, size: dict[str, Any]
) -> None:
    page = visit(address=small, **size)
    ask(page, "Quand ?")
    page.locator("a.chip").nth(2).click()
    reaches(page, f"[id='src-{WORK}@fr#2.1']")
    page.reload()
    reaches(page, f"[id='src-{WORK}@fr#2.1']")
    page.go_back()
    reaches(page, "a.chip[data-anchor$='#2.1']")


@SIZES
def test_a_tab_and_a_document_close_with_back(
    small: str, visit: Visit, size: dict[str, Any]
) -> None:
    page = visit(address=small, **size)
    ask(page, "Quand ?")
    page.get_by_role("tab", name="Documents").click()
    page.get_by_role("button", name="Lire en entier : Accord des moulins").first.click()
    reaches(page, "#reading h2")
    page.go_back()
    reaches(page, "#documents [data-do=document]")
    page.go_back()
    page.get_by_role("tab", name="Lecture", selected=True).wait_for()
    assert page.locator("#reading .here").get_attribute("id") == f"src-{WORK}@fr#1.1"
    page.go_forward()
    page.locator("#documents .list").first.wait_for()


@SIZES
def test_the_dossier_closes_with_back_and_a_passage_of_it_leads_back_to_it(
    small: str, visit: Visit, size: dict[str, Any]
) -> None:
    page = visit(address=small, **size)
    ask(page, "Quand ?")
    page.get_by_role("button", name="Mettre la réponse de côté").click()
    entries = page.evaluate("history.length")
    panel = page.get_by_role("dialog")
    for close in (page.go_back, lambda: page.keyboard.press("Escape")):
        page.get_by_role("button", name="Dossier (1)").click()
        panel.wait_for()
        close()
        panel.wait_for(state="hidden")
        page.wait_for_function("!history.state.duchesse.dossier")
    page.get_by_role("button", name="Dossier (1)").click()
    panel.locator("a").first.click()
    reaches(page, f"[id='src-{WORK}@fr#1.1']")
    assert not panel.is_visible()
    page.go_back()
    panel.wait_for()
    panel.get_by_role("button", name="Fermer").click()
    panel.wait_for(state="hidden")
    page.wait_for_function("!history.state.duchesse.dossier")
    assert page.evaluate("history.length") == entries + 2  # the panel, and the passage


def test_a_passage_of_a_conversation_that_is_left_opens_without_its_answer(
    small: str, visit: Visit
) -> None:
    page = visit(address=small)
    ask(page, "Quand ?")
    page.locator("a.chip").nth(1).click()
    reaches(page, f"[id='src-{WORK}@fr#1.2']")
    page.go_back()
    reaches(page, "a.chip")
    page.locator("#new").click()
    page.locator(".start").wait_for()
    page.go_forward()
    reaches(page, f"[id='src-{WORK}@fr#1.2']")
    assert page.locator("#reading .steps, #reading [data-do=back]").count() == 0

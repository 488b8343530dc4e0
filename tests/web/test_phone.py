"""The page on a phone: little room, fingers, and nothing far away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Visit
from tests.web.test_browser import ask

PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
BROAD = {
    "fr": "Quelles mesures contre le trafic de drogue ?",
    "nl": "Welke maatregelen tegen drugshandel?",
}
# What a finger meets around the middle of each chip, within 44 pixels.
MISSED = """() => [...document.querySelectorAll("a.chip")].flatMap((chip) => {
  chip.scrollIntoView({ block: "center" });
  const r = chip.getBoundingClientRect();
  const [x, y] = [r.left + r.width / 2, r.top + r.height / 2];
  return [[-21, 0], [21, 0], [0, -21], [0, 21]]
    .map(([dx, dy]) => document.elementFromPoint(x + dx, y + dy))
    .filter((met) => met !== chip).map((met) => chip.textContent + met.outerHTML.slice(0, 80));
})"""
# Sentences whose lines are not all as high as their text alone would make them.
STEPS = """() => [...document.querySelectorAll(".points .sentence")].filter((p) => {
  const lines = new Set([...p.childNodes].flatMap((n) => {
    const range = document.createRange();
    range.selectNodeContents(n);
    return n.nodeType === 3 ? [...range.getClientRects()].map((r) => Math.round(r.top)) : [];
  }));
  const tops = [...lines].sort((a, b) => a - b);
  const step = parseFloat(getComputedStyle(p).lineHeight);
  return tops.slice(1).some((top, n) => Math.abs(top - tops[n] - step) > 1.5);
}).map((p) => p.textContent.slice(0, 60))"""


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_a_list_of_passages_fits_about_two_screens_and_its_chips_a_finger(
    visit: Visit, lang: str
) -> None:
    page = visit(locale=f"{lang}-BE", **PHONE)
    answer = ask(page, BROAD[lang])
    chips = answer.locator(".points a.chip")
    assert chips.count() >= 5
    assert page.locator(".turn").bounding_box()["height"] < 2.2 * PHONE["height"]
    assert page.evaluate(MISSED) == []
    assert page.evaluate(STEPS) == []
    aside = answer.locator(".points .aside")
    assert all(aside.nth(n).bounding_box()["height"] >= 44 for n in range(aside.count()))
    aside.last.tap()
    page.locator("#header .count", has_text="(1)").wait_for()
    page.locator(".points summary").first.tap()
    opened = answer.locator(".points details[open] .quote, .points details[open] .text").first
    assert opened.is_visible()


def test_the_box_is_one_line_when_it_is_empty(small: str, visit: Visit) -> None:
    page = visit(address=small, locale="nl-BE", **PHONE)
    box = page.locator("#question textarea")
    empty = box.bounding_box()["height"]
    assert empty < 60
    box.fill("Wanneer gaat de sluis open, " * 6)
    page.wait_for_timeout(100)
    assert box.bounding_box()["height"] > empty + 20
    page.locator("#send").tap()
    page.locator(".answered").wait_for()
    page.wait_for_timeout(100)
    assert box.bounding_box()["height"] == empty


def test_documents_and_conversations_are_reached_from_within_an_answer(
    small: str, visit: Visit
) -> None:
    page = visit(address=small, **PHONE)
    for question in ("Quand ?", "Combien ?", "Quand encore ?"):
        ask(page, question)
    page.locator(".answered").nth(1).scroll_into_view_if_needed()
    opener = page.get_by_role("button", name="Menu")
    for name, shown in (
        ("Documents", "#documents .list"),
        ("Conversations", "#history .list"),
        ("Lecture", "#reading .reading"),
    ):
        assert 0 <= opener.bounding_box()["y"] < 60  # in sight wherever the reader is
        opener.tap()
        page.locator("#menu").get_by_role("button", name=name).tap()
        page.wait_for_function(
            "name => document.activeElement.matches('#side [role=tab]')"
            " && document.activeElement.textContent.trim() === name",
            arg=name,
        )
        top = page.locator(shown).first.bounding_box()["y"]
        assert 60 < top < 500, (name, top)
        assert not page.locator("#menu").is_visible()
    opener.tap()
    page.locator("#menu").get_by_role("button", name="Questions et réponses").tap()
    page.wait_for_function("document.activeElement.matches('.turn:last-child')")
    assert 60 < page.locator(".turn").nth(2).bounding_box()["y"] < 200


def test_a_low_window_keeps_its_room_for_the_text(small: str, visit: Visit) -> None:
    page = visit(address=small, width=844, height=390, has_touch=True, is_mobile=True)
    ask(page, "Quand ?")
    page.locator("#reading .here").scroll_into_view_if_needed()
    assert page.locator("#header").bounding_box()["y"] < -50


def test_a_passage_is_put_aside_from_wherever_it_is_read(small: str, visit: Visit) -> None:
    page = visit(address=small, locale="nl-BE", **PHONE)
    ask(page, "Quand ?").locator("a.chip").nth(1).tap()
    page.wait_for_function("document.activeElement.matches('#reading .here')")
    page.locator("#reading .here .back").scroll_into_view_if_needed()
    aside = page.locator("#reading .bar").get_by_role("button", name="Opzijleggen")
    box = aside.bounding_box()
    assert 60 < box["y"] < 160
    assert box["height"] >= 44
    aside.tap()
    page.locator("#header .count", has_text="(1)").wait_for()

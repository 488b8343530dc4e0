"""Who uses the page by keyboard or hears it: the focus is never lost, and what happens is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Visit
from tests.web.factory import WORK
from tests.web.test_browser import ask
from tests.web.test_use import opened


@pytest.fixture
def page(small: str, visit: Visit) -> Any:
    """A French-speaking visitor of the small page; what is announced to them is noted."""
    page = visit(address=small)
    page.locator("#duchesse-live").wait_for(state="attached")
    page.evaluate(
        """() => { window.heard = []; const live = document.getElementById("duchesse-live");
        new MutationObserver(() => live.textContent && window.heard.push(live.textContent))
          .observe(live, { childList: true, characterData: true, subtree: true }); }"""
    )
    return page


def has_focus(page: Any, selector: str) -> None:
    """Wait until what a selector names has the focus."""
    page.wait_for_function("s => document.activeElement.matches(s)", arg=selector)


def press(page: Any, selector: str) -> None:
    """As with the keyboard: focus, then Enter."""
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


def heard(page: Any) -> list[str]:
    """What was announced since the last look, with plain spaces; it is waited for."""
    page.wait_for_function("window.heard.length")
    return told(page)


def told(page: Any) -> list[str]:
    """What has been announced since the last look, if anything."""
    page.wait_for_timeout(200)
    return [t.replace("\N{NO-BREAK SPACE}", " ") for t in page.evaluate("window.heard.splice(0)")]


def test_after_a_question_the_focus_is_in_the_box_again(page: Any) -> None:
    press(page, ".examples button")
    page.locator(".answered").wait_for()
    has_focus(page, "#question textarea")
    page.keyboard.type("Et les ânes ?")
    press(page, "#send")
    page.locator(".answered").nth(1).wait_for()
    has_focus(page, "#question textarea")


def test_on_a_phone_the_focus_goes_to_the_question_and_opens_no_keyboard(
    small: str, visit: Visit
) -> None:
    page = visit(address=small, width=390, has_touch=True, is_mobile=True)
    page.locator(".examples button").first.tap()
    page.locator(".answered").wait_for()
    has_focus(page, "#talk .turn")


def test_the_reason_of_a_verdict_leads_to_the_thanks(page: Any) -> None:
    ask(page, "Quand ?")
    press(page, ".judge summary")
    press(page, "[data-verdict=incomplete]")
    has_focus(page, ".thanks")
    press(page, ".comment summary")
    page.locator(".comment textarea").fill("Il manque l’heure.")
    ask(page, "Combien ?")
    assert page.locator(".comment textarea").input_value() == "Il manque l’heure."
    assert "enregistré avec la question" in page.locator(".comment .note").inner_text()
    press(page, "[data-do=comment]")
    page.locator("q").get_by_text("Il manque l’heure.").wait_for()
    has_focus(page, ".thanks")
    told(page)
    press(page, "[data-do=withdraw]")
    has_focus(page, "[data-turn='0'] [data-verdict=good]")
    assert heard(page) == ["Votre avis est retiré."]


def test_a_document_that_is_read_whole_takes_the_focus(page: Any) -> None:
    page.get_by_role("tab", name="Documents").click()
    press(page, "[data-do=document]")
    has_focus(page, "#reading h2")


def test_a_passage_leads_back_to_where_it_was_opened(page: Any) -> None:
    ask(page, "Quand ?").locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    page.keyboard.press("Escape")
    has_focus(page, "#talk a.chip")
    page.get_by_role("tab", name="Documents").click()
    page.locator("#words textarea, #words input").first.fill("farine")
    press(page, "#find")
    page.locator(".results a").wait_for()
    press(page, ".results a")
    here = opened(page, f"{WORK}@fr#1.2")
    here.get_by_role("button", name="Revenir aux documents").press("Enter")
    has_focus(page, ".results a")


def test_a_shown_answer_is_reached_from_its_passage_without_a_click(page: Any) -> None:
    ask(page, "Quand ?")
    page.locator("#reading .here .back").get_by_role("button", name="Revenir").press("Enter")
    has_focus(page, f'#talk a.chip[data-anchor="{WORK}@fr#1.1"]')


def test_a_permanent_link_offers_no_way_back(small: str, visit: Visit) -> None:
    page = visit(f"?passage={WORK}%40fr%231.1", address=small)
    here = opened(page, f"{WORK}@fr#1.1")
    assert here.locator("[data-do=back]").count() == 0
    assert here.locator(".steps").count() == 0


def test_a_new_conversation_begins_anew_on_both_sides(page: Any) -> None:
    ask(page, "Quand ?")
    page.locator("#reading .here").wait_for()
    assert page.title().startswith("Quand ? – Duchesse")
    told(page)
    press(page, "#new")
    page.locator(".start").wait_for()
    has_focus(page, "#question textarea")
    page.locator("#reading .here").wait_for(state="detached")
    assert page.title().startswith("Duchesse – ")
    assert heard(page) == ["Nouvelle conversation commencée."]


def test_conversations_keep_the_focus_and_say_what_became_of_them(page: Any) -> None:
    ask(page, "Quand ?")
    page.locator("#new").click()
    page.locator(".start").wait_for()
    ask(page, "Et les ânes ?")
    page.get_by_role("tab", name="Conversations").click()
    page.locator("#history [data-do=restore]").nth(1).wait_for()
    told(page)
    page.once("dialog", lambda dialog: dialog.accept("Note au cabinet"))
    press(page, "li:last-child [data-do=rename]")
    has_focus(page, '[data-do=rename][data-title="Note au cabinet"]')
    assert heard(page) == ["Conversation renommée : Note au cabinet"]
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "li:first-child [data-do=delete]")
    has_focus(page, "#history h2")
    page.locator(".start").wait_for()
    assert heard(page) == ["Conversation supprimée."]
    press(page, "[data-do=restore]")
    has_focus(page, "#talk .turn")
    assert heard(page) == ["Conversation rouverte : Note au cabinet"]
    assert page.locator("#history li.current").count() == 1


def test_where_the_box_is_out_of_sight_the_answer_takes_the_focus(small: str, visit: Visit) -> None:
    page = visit(address=small, width=640, height=430)  # a window of 1280 by 860 at 200 %
    page.locator("#question textarea").fill("Quand ?")
    page.locator("#question textarea").press("Enter")
    page.locator(".answered").wait_for()
    has_focus(page, "#talk .turn")
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert 0 <= top < 430


def test_nothing_that_has_the_focus_is_hidden_by_what_stays_in_sight(page: Any) -> None:
    ask(page, "Quand ?").locator("a.chip").nth(1).click()
    opened(page, f"{WORK}@fr#1.2")
    covered = """() => {
      const n = document.activeElement, r = n.getBoundingClientRect();
      const [x, y] = [r.left + r.width / 2, r.top + Math.min(r.height / 2, 20)];
      const at = document.elementFromPoint(x, y);
      return at && (n.contains(at) || at.contains(n)) ? "" : n.outerHTML.slice(0, 200);
    }"""
    for key in ("Tab", "Shift+Tab"):
        for _ in range(40):
            page.keyboard.press(key)
            inside = "document.activeElement.closest('#columns') !== null"
            assert not page.evaluate(inside) or page.evaluate(covered) == ""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Combien ?", "Aucune réponse trouvée dans les textes"),
        ("Quelle partie ?", "Réponse partielle avec un passage cité."),
        ("pourquoi " * 200, "1799 caractères : le maximum est de 1000."),
    ],
)
def test_every_outcome_is_said_for_what_it_is(page: Any, question: str, said: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".answered, #disclosure .length.over").wait_for()
    assert heard(page)[-1].startswith(said)


def test_what_is_found_and_what_is_saved_is_said(page: Any) -> None:
    page.get_by_role("tab", name="Documents").click()
    for _ in range(2):  # the same again is said again
        page.locator("#words textarea, #words input").first.fill("farine")
        press(page, "#find")
        page.locator(".results a").wait_for()
        assert heard(page) == ["Un passage pour « farine »"]
    ask(page, "Quand ?")
    page.wait_for_function("window.heard.some((t) => t.startsWith('Réponse'))")
    told(page)
    with page.expect_download() as download:
        press(page, "[data-form=word]")
    assert heard(page) == [f"Fichier prêt : {download.value.suggested_filename}"]
    has_focus(page, "[data-form=word]")


@pytest.mark.slow
def test_a_search_that_lasts_is_said_to_last(waiting: str, visit: Visit) -> None:
    page = visit(address=waiting, locale="nl-BE")
    page.locator("#question textarea").fill("Wanneer?")
    page.keyboard.press("Enter")
    page.get_by_text("Dit duurt langer dan gewoonlijk").first.wait_for()
    page.locator("#stop").click()
    page.locator(".noted.stopped").wait_for()


def test_tabs_are_one_stop_and_the_arrows_go_from_one_to_the_next(page: Any) -> None:
    tabs = page.locator("#side [role=tablist] > [role=tab]")
    assert [t.get_attribute("tabindex") for t in tabs.all()] == ["0", "-1", "-1"]
    tabs.first.focus()
    for key, name in (
        ("ArrowRight", "Documents"),
        ("End", "Conversations"),
        ("ArrowRight", "Lecture"),
        ("ArrowLeft", "Conversations"),
        ("Home", "Lecture"),
    ):
        page.keyboard.press(key)
        page.locator(f"[role=tab][aria-selected=true]:has-text('{name}')").wait_for()
        assert page.evaluate("document.activeElement.textContent") == name
        panel = page.get_by_role("tabpanel", name=name)
        panel.wait_for()
        assert panel.get_attribute("id") == page.locator("[role=tab][tabindex='0']").get_attribute(
            "aria-controls"
        )


def test_with_colours_of_the_system_what_is_chosen_is_still_seen(small: str, visit: Visit) -> None:
    page = visit(address=small, forced_colors="active")
    ask(page, "Quand ?")
    colour = "n => getComputedStyle(n).backgroundColor"
    for switch in page.locator(".switch").all():
        chosen, other = (switch.locator(f"[aria-pressed={p}]").first for p in ("true", "false"))
        assert chosen.evaluate(colour) != other.evaluate(colour)
    assert page.locator("#asking").evaluate(colour) not in ("rgba(0, 0, 0, 0)", "transparent")
    line = "n => getComputedStyle(n).borderBottomColor"
    tabs = page.locator("#side [role=tablist] > [role=tab]")
    assert tabs.nth(0).evaluate(line) != tabs.nth(1).evaluate(line)


def test_the_box_takes_the_focus_only_where_it_can_be_seen(small: str, visit: Visit) -> None:
    page = visit(address=small, width=320, height=256)  # a window of 1280 by 1024 at 400 %
    assert page.evaluate("document.activeElement === document.body")


def test_a_written_sentence_marks_its_passages_for_the_mouse_and_the_keyboard(page: Any) -> None:
    ask(page, "Dis-le en phrases")
    first, second = page.locator(".said").all()

    def marked() -> list[str]:
        return [n.get_attribute("data-number") for n in page.locator(".supports").all()]

    second.hover()
    assert marked() == ["2", "3"]
    page.locator(".asked").last.hover()
    assert marked() == []
    chip = first.locator("a.chip")
    chip.focus()
    assert marked() == ["1"]
    assert "Accord des moulins" in chip.get_attribute("aria-label")
    page.keyboard.press("Tab")
    assert marked() == ["2", "3"]

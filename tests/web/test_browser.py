"""The page as a person uses it, in a real browser."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import gradio
import pytest

from tests.web.conftest import Visit
from tests.web.program import Program

TOURNAI = "Que prévoit l’accord Tournai II ?"
DOORNIK = "Wat bepaalt het akkoord Doornik II?"
NOT_INDEXED = {
    "fr": "Que prévoit l’article 12 du règlement Dublin III ?",
    "nl": "Wat bepaalt artikel 12 van de Dublin III-verordening?",
}
CITED = "val-duchesse-2023@fr#2.6"


def ask(page: Any, question: str) -> Any:
    """Type a question, send it with Enter, and wait for what comes of it."""
    before = page.locator(".answered").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".answered").nth(before).wait_for()
    return page.locator(".answered").nth(before)


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_citation_opens_its_passage_highlighted_and_focused(visit: Visit) -> None:
    page = visit()
    answer = ask(page, TOURNAI)
    chip = answer.locator(f'a.chip[data-anchor="{CITED}"]')
    quote = chip.locator("xpath=ancestor::section").locator(".quote").inner_text()
    chip.click()
    here = page.locator("#reading .passage.here[data-focus]")
    page.wait_for_function("id => document.activeElement.id === id", arg=f"src-{CITED}")
    assert here.get_attribute("id") == f"src-{CITED}"
    assert here.locator(".quote").first.inner_text() == quote
    assert here.is_visible()
    box = here.bounding_box()
    assert 0 <= box["y"] < 900
    assert page.locator("#reading .passage").count() > 3


def test_the_keyboard_alone_goes_to_the_passage_and_back(visit: Visit) -> None:
    page = visit()
    chip = ask(page, TOURNAI).locator("a.chip").first
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")
    page.locator("[data-do=back]").focus()
    page.keyboard.press("Enter")
    assert chip.evaluate("node => node === document.activeElement")


def test_a_dutch_reader_sees_the_french_text_and_a_labelled_translation(visit: Visit) -> None:
    page = visit(locale="nl-BE")
    answer = ask(page, DOORNIK)
    assert answer.get_attribute("lang") == "nl"
    assert answer.locator("blockquote").first.get_attribute("lang") == "fr"
    assert "Werkvertaling, niet officieel" in answer.locator(".working").first.inner_text()
    answer.locator("a.chip").first.click()
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")
    working = page.locator("#reading .here > .working")
    assert working.get_attribute("lang") == "nl"
    assert working.is_visible()
    original = page.locator("#reading .here .quote").first
    assert not original.is_visible()  # folded, and one click away
    page.locator("#reading .here .original-text summary").click()
    assert original.is_visible()
    assert original.get_attribute("lang") == "fr"
    assert not page.locator("#reading .passage:not(.here) .quote").first.is_visible()
    page.locator("[data-do=working]").click()
    page.locator("#reading .passage:not(.here) .quote").first.wait_for(state="visible")


@pytest.mark.parametrize("locale", ["fr-BE", "nl-BE"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sentence_that_answers_is_marked_within_the_passage(
    visit: Visit, locale: str, scheme: str
) -> None:
    page = visit(locale=locale, color_scheme=scheme)
    answer = ask(page, {"fr-BE": TOURNAI, "nl-BE": DOORNIK}[locale])
    marked = answer.locator("section").first.locator("mark.key, mark.literal").all_inner_texts()
    answer.locator("a.chip").first.click()
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")
    shown = page.locator("#reading .here mark")
    assert marked
    assert [words.strip() for words in shown.all_inner_texts()] == [w.strip() for w in marked]
    assert page.locator("#reading mark").count() == len(marked)
    lines = shown.first.evaluate("m => getComputedStyle(m).textDecorationLine")
    assert lines == "underline"


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_a_refusal_is_plain_and_its_near_passages_can_be_read(visit: Visit, lang: str) -> None:
    page = visit(locale=f"{lang}-BE")
    refused = ask(page, NOT_INDEXED[lang])
    assert "refused" in refused.get_attribute("class")
    assert refused.locator(".chip").count() == 0
    link = refused.locator("a.official")
    assert link.get_attribute("href").startswith("https://eur-lex.europa.eu/")
    near = refused.locator(".nearest a").first
    near.click()
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")
    assert focused(page) == f"src-{near.get_attribute('data-anchor')}"


def test_the_language_changes_at_once_and_the_conversation_stays(visit: Visit) -> None:
    page = visit()
    ask(page, TOURNAI)
    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    page.get_by_role("button", name="Verzenden").wait_for()
    page.get_by_label("Uw vraag").wait_for()
    page.get_by_role("tab", name="Documenten").wait_for()
    assert "Que prévoit l’accord" in page.locator(".asked").inner_text()
    assert page.locator(".answered").get_attribute("lang") == "fr"
    visible = page.locator("body").inner_text()
    for french in ("Envoyer", "Nouvelle conversation", "Table des matières", "Copier"):
        assert french not in visible
    page.reload()
    page.locator("html[lang=nl]").wait_for()


def test_enter_without_a_question_leaves_the_page_as_it_is(visit: Visit) -> None:
    page = visit()
    ask(page, TOURNAI)
    before = page.locator("#columns").inner_text()
    for question in ("", "   "):
        page.locator("#question textarea").fill(question)
        page.locator("#question textarea").press("Enter")
        page.wait_for_timeout(500)
    # A slow machine still shows how long the second took.
    page.wait_for_function(
        "text => document.querySelector('#columns').innerText === text", arg=before
    )
    page.get_by_role("heading", name="Duchesse", exact=True).wait_for()
    page.get_by_role("button", name="Envoyer").wait_for()


def test_an_example_is_asked_with_one_click_and_followed_up(visit: Visit) -> None:
    page = visit()
    page.locator(".examples button").first.click()
    page.locator(".answered").wait_for()
    assert page.locator(".asked").count() == 1
    ask(page, "Et pour les formations ?")
    assert page.locator(".asked").count() == 2


def test_a_permanent_link_opens_the_page_on_its_passage(visit: Visit) -> None:
    page = visit("?passage=val-duchesse-2023%40fr%232.6")
    page.wait_for_function("id => document.activeElement.id === id", arg=f"src-{CITED}")
    page.locator("[data-do=link]").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url


def test_a_permanent_link_to_nothing_says_so(visit: Visit) -> None:
    page = visit("?passage=val-duchesse-2023%40fr%2399.9", locale="nl-BE")
    page.get_by_text("Passage niet gevonden").wait_for()
    assert "val-duchesse-2023@fr#99.9" in page.locator("#reading").inner_text()


def test_the_page_fits_a_phone(visit: Visit) -> None:
    page = visit(locale="nl-BE", width=390)
    answer = ask(page, DOORNIK)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    answer.locator("a.chip").first.click()
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")
    top = page.locator("#reading .here").bounding_box()["y"]
    assert 0 <= top < 900
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_tabs_that_are_drawn_late_do_not_keep_the_language_back(small: str, visit: Visit) -> None:
    scripts = Path(gradio.__file__).parent.glob("templates/frontend/assets/Index-*.js")
    tabs = next(s.name for s in scripts if "overflow-menu" in s.read_text("utf-8"))
    page = visit(address=small, locale="nl-BE", late=f"**/assets/{tabs}")
    page.get_by_role("tab", name="Lezen").wait_for()


def test_a_question_that_is_too_long_stays_in_the_box(visit: Visit) -> None:
    page = visit()
    page.locator("#question textarea").fill("pourquoi " * 200)
    page.locator("#send").click()
    page.locator("#disclosure .length.over").wait_for()
    assert "1000" in page.locator("#disclosure .length").inner_text()
    assert page.locator(".turn").count() == 0
    assert page.locator("#question textarea").input_value().startswith("pourquoi")


def test_a_search_can_be_stopped_and_another_question_asked(waiting: str, visit: Visit) -> None:
    page = visit(address=waiting)
    page.locator("#question textarea").fill("Quand ouvre l’écluse ?")
    page.keyboard.press("Enter")
    page.locator(".noted.searching").wait_for()
    assert page.locator(".asked p").inner_text() == "Quand ouvre l’écluse ?"
    page.locator("#stop").click()
    page.locator(".noted.stopped").wait_for()
    page.locator("#send").wait_for()
    page.locator("#question textarea").fill("Et les ânes ?")
    page.locator("#send").click()
    page.locator(".noted.searching").wait_for()
    assert page.locator(".asked").count() == 2
    page.locator("#new").click()
    page.locator(".start").wait_for()
    assert page.locator("#send").is_visible()


def test_what_is_typed_is_never_markup(visit: Visit) -> None:
    page = visit()
    hostile = (
        '<img src="http://evil.example/x"> [a](http://evil.example) ${1+1} {{value}} combien ?'
    )
    ask(page, hostile)
    assert page.locator(".asked p").inner_text() == hostile
    assert page.locator("#talk img").count() == 0
    assert page.locator('#talk a[href*="evil"]').count() == 0


def test_a_conversation_survives_a_reload_and_can_be_renamed_and_deleted(visit: Visit) -> None:
    page = visit()
    ask(page, TOURNAI)
    page.reload()
    page.locator(".answered").wait_for()
    page.locator("#new").click()
    page.locator(".start").wait_for()
    page.get_by_role("tab", name="Conversations").click()
    page.locator("#history [data-do=restore]").wait_for()
    page.once("dialog", lambda dialog: dialog.accept("Note au cabinet"))
    page.locator("[data-do=rename]").click()
    page.locator("#history").get_by_text("Note au cabinet").click()
    page.locator(".answered").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-do=delete]").click()
    page.locator("#history .empty").wait_for()
    page.locator(".start").wait_for()


def test_an_answer_is_copied_exported_and_judged(visit: Visit, folder: Path) -> None:
    page = visit()
    ask(page, TOURNAI)
    page.locator("[data-do=copy]").click()
    page.get_by_text("Copié").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(
        r"^\[1\] Déclaration Val Duchesse 2023, II\.2, .* \(val-duchesse-2023@fr#",
        copied,
        re.MULTILINE,
    )
    with page.expect_download() as download:
        page.locator("[data-form=word]").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    page.locator(".judge summary").click()
    page.locator("[data-verdict=incomplete]").click()
    page.locator(".thanks").wait_for()
    last = (folder / "feedback" / "feedback.jsonl").read_text("utf-8").splitlines()[-1]
    assert json.loads(last)["reason"] == "incomplete"


def test_words_are_found_in_the_documents_and_open_their_passage(visit: Visit) -> None:
    page = visit()
    page.get_by_role("tab", name="Documents").click()
    page.locator("#words textarea, #words input").first.fill("europol")
    page.locator("#find").click()
    page.locator(".results mark").first.wait_for()
    page.locator(".results a").first.click()
    page.wait_for_function("document.activeElement.matches('#reading .passage.here')")


def test_visitors_do_not_see_each_other(visit: Visit) -> None:
    one, two = visit(), visit(locale="nl-BE")
    ask(one, TOURNAI)
    two.reload()
    two.locator(".start").wait_for()
    assert two.locator(".asked").count() == 0
    assert two.evaluate("document.documentElement.lang") == "nl"


@pytest.mark.enable_socket
def test_programs_have_two_endpoints_and_one_gives_the_json_of_an_answer(app: str) -> None:
    with urllib.request.urlopen(f"{app}gradio_api/info") as reply:
        info = json.load(reply)
    assert list(info["named_endpoints"]) == ["/ask", "/passage"]
    assert info["unnamed_endpoints"] == {}
    program = Program(app)
    found = program.call("ask", TOURNAI, None)
    assert found["outcome"] == "answer"
    assert found["citations"][0]["number"] == 1
    passage = program.call("passage", CITED)
    cited = next(c for c in found["citations"] if c["anchor"] == CITED)
    assert passage["text"] == cited["quote"]
    with pytest.raises(LookupError):
        program.call("passage", "val-duchesse-2023@fr#99.9")

"""What a reader puts aside, in a real browser: buttons, panel, two tabs, no storage, a phone."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from tests.web.conftest import Visit, running
from tests.web.factory import WORK
from tests.web.test_accessible import axe, violations
from tests.web.test_browser import ask
from tests.web.test_use import opened

__all__ = ["axe"]  # a fixture
FIRST, SECOND, THIRD = (f"{WORK}@fr#{portion}" for portion in ("1.1", "1.2", "2.1"))
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new Error("SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => {
  throw new Error("QuotaExceededError"); };"""


@pytest.fixture
def page(small: str, visit: Visit) -> Any:
    """A French-speaking visitor of the small page who has an answer with three passages."""
    page = visit(address=small)
    ask(page, "Quand ?")
    return page


def put_aside(page: Any, *places: int) -> None:
    """Put citations of the newest answer aside, by their place from 0."""
    for place in places:
        button = page.locator(".turn").last.locator(".answered .aside").nth(place)
        button.click()
        page.wait_for_function(
            "b => b.getAttribute('aria-pressed') === 'true'", arg=button.element_handle()
        )


def open_dossier(page: Any) -> Any:
    """The panel, once what is in it is shown."""
    page.locator("#header .dossier-open").click()
    page.locator("#dossier .kept-items > :not(.empty), #dossier .kept-items > .empty").wait_for()
    panel = page.locator("#dossier dialog")
    panel.get_by_text("Lecture des textes…").wait_for(state="detached")
    return panel


def places(page: Any) -> list[str]:
    """Anchors of the first passages, in the order of the panel."""
    links = page.locator("#dossier li > .put a").all()
    return [link.get_attribute("data-anchor") for link in links]


def kept(page: Any) -> list[dict[str, Any]]:
    """What the browser keeps, in the reader's order."""
    found = page.evaluate(
        """() => Object.keys(localStorage).filter((k) => k.startsWith("duchesse.dossier."))
        .map((k) => localStorage.getItem(k))"""
    )
    return sorted(map(json.loads, found), key=lambda item: item["place"])


def count(page: Any, number: int) -> None:
    page.locator("#header .dossier-open").get_by_text(f"({number})").wait_for()


def test_a_passage_is_put_aside_and_taken_out_and_its_buttons_say_so(page: Any) -> None:
    button = page.locator(".answered .aside").first
    button.focus()
    page.keyboard.press("Enter")
    count(page, 1)
    assert button.inner_text().startswith("Mis de côté")
    page.locator("a.chip").first.click()
    opened(page, FIRST)
    shown = page.locator("#reading .bar .aside")
    assert shown.get_attribute("aria-pressed") == "true"
    (item,) = kept(page)
    assert set(item) == {"id", "question", "lang", "comment", "place", "passages"}
    assert set(item["passages"][0]) == {"anchor", "start", "end", "build", "seen"}
    shown.click()
    count(page, 0)
    assert button.get_attribute("aria-pressed") == "false"
    assert kept(page) == []


def test_a_passage_open_in_the_pane_goes_with_the_question_that_it_answered(page: Any) -> None:
    page.locator("a.chip").nth(1).click()
    opened(page, SECOND)
    page.locator("#reading .bar .aside").click()
    count(page, 1)
    assert [item["question"] for item in kept(page)] == ["Quand ?"]
    page.locator("#reading [data-do=whole]").first.click()
    page.locator(f'#reading .place [data-anchor="{WORK}@fr#0.1"]').click()  # no answer cites it
    opened(page, f"{WORK}@fr#0.1")
    page.locator("#reading .bar .aside").click()
    count(page, 2)
    assert [item["question"] for item in kept(page)] == ["Quand ?", ""]


def test_a_whole_answer_is_one_thing_and_what_is_there_is_not_put_aside_twice(page: Any) -> None:
    put_aside(page, 1)
    whole = page.locator(".tools .aside")
    whole.click()
    count(page, 2)
    anchors = [[p["anchor"] for p in item["passages"]] for item in kept(page)]
    assert anchors == [[SECOND], [FIRST, THIRD]]
    panel = open_dossier(page)
    panel.get_by_text("Un autre passage").click()
    assert panel.locator(".sentence").count() == 3
    page.keyboard.press("Escape")
    whole.click()
    count(page, 0)


def test_a_list_of_many_citations_is_put_aside_whole(visit: Visit) -> None:
    page = visit()
    answer = ask(page, "Que prévoit la déclaration pour les ports ?")
    number = answer.locator(".aside").count()
    assert number > 1
    page.locator(".tools .aside").click()
    count(page, 1)
    assert answer.locator(".aside[aria-pressed=true]").count() == number
    (item,) = kept(page)
    assert len(item["passages"]) == number


def test_things_are_ordered_commented_and_removed_with_the_keyboard(page: Any) -> None:
    put_aside(page, 0, 1, 2)
    panel = open_dossier(page)
    assert places(page) == [FIRST, SECOND, THIRD]
    down = panel.get_by_role("button", name="Descendre : Accord des moulins, A.1.1")
    down.focus()
    for expected in ([SECOND, FIRST, THIRD], [SECOND, THIRD, FIRST], [SECOND, THIRD, FIRST]):
        page.keyboard.press("Enter")
        assert places(page) == expected
        assert down.evaluate("node => node === document.activeElement")
    assert "Déplacé : 3 sur 3" in panel.get_by_role("status").inner_text().replace("\u00a0", " ")
    panel.get_by_label("Commentaire, Accord des moulins, A.1.1").fill("À revoir.")
    panel.get_by_label("Titre de la note").fill("Les moulins")
    panel.get_by_role("button", name="Retirer du dossier : Accord des moulins, A.2.1").click()
    assert places(page) == [SECOND, FIRST]
    focus = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "A.1.1" in focus
    panel.get_by_role("button", name="Annuler").click()
    panel.locator("li").nth(2).wait_for()
    assert places(page) == [SECOND, THIRD, FIRST]
    page.reload()
    page.locator(".answered").wait_for()
    panel = open_dossier(page)
    assert places(page) == [SECOND, THIRD, FIRST]
    assert panel.get_by_label("Commentaire, Accord des moulins, A.1.1").input_value() == "À revoir."
    assert panel.get_by_label("Titre de la note").input_value() == "Les moulins"


def test_where_no_number_is_left_between_two_things_all_are_numbered_anew(page: Any) -> None:
    put_aside(page, 0, 1, 2)
    page.evaluate(
        """places => Object.keys(localStorage).filter((k) => k.startsWith("duchesse.dossier."))
        .forEach((key) => { const item = JSON.parse(localStorage.getItem(key));
          item.place = places[item.passages[0].anchor];
          localStorage.setItem(key, JSON.stringify(item)); })""",
        {FIRST: 1, SECOND: 1 + 2**-52, THIRD: 2},
    )
    page.reload()
    page.locator(".answered").wait_for()
    open_dossier(page).locator("[data-do=dossier-up]").last.click()
    assert places(page) == [FIRST, THIRD, SECOND]
    assert [item["passages"][0]["anchor"] for item in kept(page)] == places(page)
    assert [item["place"] for item in kept(page)] == [1, 2, 3]


def test_emptying_is_undone_and_a_comment_survives_taking_out(page: Any) -> None:
    put_aside(page, 0, 1)
    panel = open_dossier(page)
    panel.locator("textarea").first.fill("À garder.")
    panel.get_by_role("button", name="Vider le dossier").click()
    panel.get_by_text("Rien n’est encore de côté").wait_for()
    assert kept(page) == []
    page.wait_for_function("document.activeElement.dataset.do === 'dossier-undo'")
    page.keyboard.press("Enter")
    panel.locator("li").nth(1).wait_for()
    assert panel.locator("textarea").first.input_value() == "À garder."
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "dossier-open"
    page.locator(".answered .aside").first.click()
    count(page, 1)
    put_aside(page, 0)
    assert "À garder." in [item["comment"] for item in kept(page)]


def test_a_note_is_exported_in_each_form_and_copied(page: Any, tmp_path: Path) -> None:
    put_aside(page, 0, 2)
    panel = open_dossier(page)
    panel.get_by_label("Titre de la note").fill("Note sur les écluses")
    panel.locator("textarea").first.fill("Position à confirmer.")
    files = {}
    for form in ("word", "pdf", "markdown"):
        with page.expect_download() as download:
            panel.locator(f"[data-as={form}]").click()
        files[form] = Path(download.value.path()).read_bytes()
        panel.get_by_text(download.value.suggested_filename).wait_for()
    panel.get_by_role("button", name="Copier le texte").click()
    panel.get_by_role("status").get_by_text("Copié").wait_for()
    texts = {
        "word": "\n".join(p.text for p in docx.Document(io.BytesIO(files["word"])).paragraphs),
        "pdf": pypdf.PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text(),
        "markdown": files["markdown"].decode(),
        "copy": page.evaluate("navigator.clipboard.readText()"),
    }
    for form, text in texts.items():
        for words in ("Note sur les écluses", "Position à confirmer.", "Les ânes sont nourris."):
            assert words in text, form


def test_two_tabs_lose_nothing_of_each_other(small: str, page: Any) -> None:
    other = page.context.new_page()
    other.goto(small)
    other.locator("html:not(.arriving) #talk .talk:not([data-first])").wait_for()
    ask(other, "Quand ?")
    put_aside(page, 0)
    count(other, 1)
    assert other.locator(".answered .aside").first.get_attribute("aria-pressed") == "true"
    panel = open_dossier(page)
    field = panel.locator("textarea").first
    field.press_sequentially("À re")
    put_aside(other, 1)
    panel.locator("li").nth(1).wait_for()
    assert field.evaluate("node => node === document.activeElement")
    field.press_sequentially("voir.")
    assert field.input_value() == "À revoir."
    there = open_dossier(other)
    assert there.locator("textarea").first.input_value() == "À revoir."
    panel.locator("[data-do=dossier-remove]").first.click()
    there.locator("li").nth(1).wait_for(state="detached")
    assert places(other) == places(page) == [SECOND]


@pytest.mark.parametrize("fault", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_it_works_until_the_tab_closes_and_says_so(
    visit: Visit, small: str, fault: str
) -> None:
    page = visit(address=small, locale="nl-BE", before=fault)
    ask(page, "Quand ?")
    put_aside(page, 0, 1)
    warning = page.locator("#dossier .unkept")
    warning.get_by_text("Deze browser bewaart het dossier niet").wait_for()
    page.locator("#header .dossier-open").click()
    panel = page.locator("#dossier dialog")
    panel.locator("li").nth(1).wait_for()
    panel.locator("textarea").first.fill("Na te kijken.")
    with page.expect_download() as download:
        panel.locator("[data-as=markdown]").click()
    assert "Na te kijken." in Path(download.value.path()).read_text("utf-8")
    panel.locator("[data-do=dossier-remove]").first.click()
    count(page, 1)


def test_another_language_keeps_it_and_speaks_it(page: Any) -> None:
    put_aside(page, 0)
    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    button = page.locator(".answered .aside").first
    button.get_by_text("Opzijgelegd").wait_for()
    page.locator("#header .dossier-open").click()
    page.locator("#dossier li").wait_for()
    assert "Dossiernota" in page.locator("#dossier h2").inner_text()
    assert "Molenakkoord" in page.locator("#dossier .place").inner_text()


def test_what_another_program_wrote_there_is_shown_and_kept_until_it_is_removed(page: Any) -> None:
    put_aside(page, 0)
    page.evaluate(
        """() => { localStorage.setItem("duchesse.dossier.<img src=x>", "{");
        localStorage.setItem("duchesse.dossier." + "a".repeat(32), JSON.stringify({ place: 0,
          lang: "fr", passages: [{ anchor: "<b>x</b>@fr#1" }], comment: "<b>c</b>" })); }"""
    )
    page.reload()
    page.locator(".answered").wait_for()
    count(page, 3)
    panel = open_dossier(page)
    assert panel.locator("img, b").count() == 0
    panel.get_by_text("introuvable dans les textes disponibles").wait_for()
    panel.locator("[data-as=pdf]").click()
    panel.get_by_role("status").get_by_text("illisible").wait_for()
    panel.locator(".unreadable [data-do=dossier-remove]").click()
    with page.expect_download():
        panel.locator("[data-as=pdf]").click()
    assert len(kept(page)) == 2


def test_a_dossier_too_large_to_be_sent_says_so_and_loses_nothing(page: Any) -> None:
    page.evaluate(
        """() => { for (let n = 0; n < 40; n += 1) localStorage.setItem(
          "duchesse.dossier." + String(n).padStart(32, "0"), JSON.stringify({ place: n, lang: "fr",
          passages: [{ anchor: "a@fr#1" }], comment: "x".repeat(60000) })); }"""
    )
    page.reload()
    page.locator(".answered").wait_for()
    page.locator("#header .dossier-open").click()
    panel = page.locator("#dossier dialog")
    panel.get_by_text("Le dossier est trop long").wait_for()
    assert len(kept(page)) == 40


def test_a_link_in_the_panel_opens_the_passage(page: Any) -> None:
    put_aside(page, 1)
    open_dossier(page).locator(".place a").click()
    opened(page, SECOND)
    assert page.locator("#dossier dialog[open]").count() == 0


def test_the_dossier_is_in_sight_wherever_the_reader_is(page: Any) -> None:
    for question in ("Quand d’abord ?", "Quand ensuite ?"):
        ask(page, question)
    opener = page.locator("#header .dossier-open")
    for place in (0, 100_000):
        page.evaluate("top => scrollTo(0, top)", place)
        page.wait_for_timeout(100)
        assert 0 <= opener.bounding_box()["y"] < 60
    side = page.locator("#side").bounding_box()
    assert side["height"] <= 900 - page.locator("#header").bounding_box()["height"]


@pytest.mark.parametrize(("lang", "scheme"), [("fr", "light"), ("nl", "dark")])
def test_on_a_phone_all_is_within_reach_of_a_finger(
    small: str, visit: Visit, axe: str, lang: str, scheme: str
) -> None:
    page = visit(
        address=small, locale=f"{lang}-BE", width=390, height=844, color_scheme=scheme,
        has_touch=True, is_mobile=True,
    )  # fmt: skip
    ask(page, "Quand ?")
    page.locator(".tools .aside").tap()
    page.locator(".answered .aside").nth(1).tap()  # out again
    page.locator("a.chip").first.click()
    opened(page, FIRST)
    targets = page.locator(".aside, #header .dossier-open").all()
    page.locator("#header .dossier-open").tap()
    page.locator("#dossier li").wait_for()
    page.locator("#dossier textarea").fill("Une phrase.")
    targets += page.locator("#dossier :is(button:not([hidden]), summary, textarea, input)").all()
    sizes = [t.bounding_box() for t in targets if t.is_visible()]
    assert len(sizes) > 12
    small_ones = [s for s in sizes if min(s["width"], s["height"]) < 44]
    assert small_ones == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('#dossier .middle').scrollWidth") <= 390
    assert violations(page, axe) == []


def test_the_permanent_address_of_the_page_is_in_the_note(tmp_path: Path, visit: Visit) -> None:
    given = {"DUCHESSE_DATA": str(tmp_path), "DUCHESSE_PUBLIC_URL": "https://duchesse.example.be/"}
    with running(["-m", "tests.web.answering"], tmp_path / "errors.txt", **given) as address:
        page = visit(address=address)
        ask(page, "Quand ?")
        put_aside(page, 0)
        panel = open_dossier(page)
        with page.expect_download() as download:
            panel.locator("[data-as=markdown]").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert f"https://duchesse.example.be/?passage={WORK}%40fr%231.1" in text

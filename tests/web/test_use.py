"""What the page promises to a reader, one promise a test, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sources.added_pdf import put
from tests.web.answering import TWIN
from tests.web.conftest import PATIENCE, Visit, running
from tests.web.factory import WORK
from tests.web.long_act import CANALS
from tests.web.test_browser import ask

HERE = "document.activeElement.matches('#reading .passage.here')"


@pytest.fixture
def page(small: str, visit: Visit) -> Any:
    """A French-speaking visitor of the small page."""
    return visit(address=small)


def opened(page: Any, anchor: str) -> Any:
    """The passage in the reading pane, once it has the focus."""
    page.wait_for_function("id => document.activeElement.id === id", arg=f"src-{anchor}")
    return page.locator("#reading .here")


def test_chips_are_numbered_in_order_and_stay_so_over_a_reload(page: Any) -> None:
    ask(page, "Quand ?")
    numbers = page.locator("a.chip").all_inner_texts()
    assert numbers == ["[1]", "[2]", "[3]"]
    names = [c.get_attribute("aria-label") for c in page.locator("a.chip").all()]
    assert [n.split("\u00a0")[0] for n in names] == ["Citation 1", "Citation 2", "Citation 3"]
    anchors = [c.get_attribute("data-anchor") for c in page.locator("a.chip").all()]
    page.reload()
    page.locator(".answered").wait_for()
    assert page.locator("a.chip").all_inner_texts() == numbers
    assert [c.get_attribute("data-anchor") for c in page.locator("a.chip").all()] == anchors


def test_the_pane_says_where_a_passage_stands_and_how_sure_its_reading_is(page: Any) -> None:
    ask(page, "Quand ?").locator("a.chip").first.click()
    here = opened(page, f"{WORK}@fr#1.1")
    head = page.locator("#reading .head").inner_text()
    for told in ("Accord des moulins", "Version du 1er mai 2020", "Texte en français", "p. 3"):
        assert told in head
    assert "Partie A › 1. Moulins" in head
    assert "« six » se lit mal." in here.inner_text()
    here.locator(".received summary").click()
    assert "I’écluse" in here.locator("del").inner_text()
    assert "l’écluse" in here.locator("ins").inner_text()
    assert f"{WORK}@fr#1.1" not in here.inner_text()  # "Copier le lien" has the address


def test_the_reader_goes_from_citation_to_citation_and_to_the_twin(page: Any) -> None:
    ask(page, "Quand ?").locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    assert page.locator(".bar").get_by_role("button", name="Citation précédente").is_disabled()
    page.locator(".bar").get_by_role("button", name="Citation suivante").click()
    opened(page, f"{WORK}@fr#1.2")
    page.locator(".bar").get_by_role("button", name="Citation suivante").click()
    opened(page, f"{WORK}@fr#2.1")
    assert page.locator("#reading .bar .steps").inner_text().strip("←→ \n") == "3 sur 3"
    page.get_by_role("button", name="Version officielle en néerlandais").click()
    twin = opened(page, f"{WORK}@nl#2.1")
    assert twin.locator(".quote").inner_text() == TWIN
    assert page.locator("#reading div.text").get_attribute("lang") == "nl"
    page.locator(".bar").get_by_role("button", name="Citation précédente").click()
    opened(page, f"{WORK}@fr#1.2")


def test_a_reference_in_a_passage_opens_what_it_refers_to(act: str, visit: Visit) -> None:
    page = visit(address=act)
    ask(page, "Quand ?").locator("a.chip").first.click()
    here = opened(page, f"{CANALS}@fr#art_5.par_1")
    here.locator("a.reference").click()
    opened(page, f"{CANALS}@fr#art_6.par_1")


@pytest.fixture(scope="module")
def act(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on an act of 600 passages."""
    folder = tmp_path_factory.mktemp("canals")
    command = ["-m", "tests.web.long_act"]
    with running(command, folder / "errors.txt", DUCHESSE_DATA=str(folder)) as address:
        yield address


def test_in_a_whole_act_the_next_citation_leaves_all_else_as_it_is(act: str, visit: Visit) -> None:
    page = visit(address=act)
    ask(page, "Quand ?").locator("a.chip").first.click()
    opened(page, f"{CANALS}@fr#art_5.par_1")
    page.get_by_role("button", name="Document entier").click()
    page.locator(f'[id="src-{CANALS}@fr#art_150.par_2"]').wait_for(state="attached")
    opened(page, f"{CANALS}@fr#art_5.par_1")
    assert page.locator("#reading .passage").count() == 600
    page.get_by_role("button", name="Traduction de travail").click()
    page.evaluate("id => { document.getElementById(id).mine = 1 }", f"src-{CANALS}@fr#art_50.par_1")
    for article in (90, 199):
        page.locator(".bar").get_by_role("button", name="Citation suivante").click()
        here = opened(page, f"{CANALS}@fr#art_{article}.par_1")
        assert here.count() == 1
        assert 0 <= here.bounding_box()["y"] < 900
    assert page.evaluate("id => document.getElementById(id).mine", f"src-{CANALS}@fr#art_50.par_1")
    assert "art. 199, § 1" in page.locator("#reading .about").inner_text()
    assert page.locator("[data-do=working]").get_attribute("aria-pressed") == "true"
    assert page.locator("#reading .bar .steps").inner_text().strip("←→ \n") == "3 sur 3"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_passage_stays_in_view_when_translations_come_and_go(
    act: str, visit: Visit, width: int
) -> None:
    page = visit(address=act, width=width)
    ask(page, "Quand ?").locator("a.chip").nth(1).click()
    opened(page, f"{CANALS}@fr#art_90.par_1")
    page.get_by_role("button", name="Document entier").click()
    page.locator(f'[id="src-{CANALS}@fr#art_199.par_1"]').wait_for(state="attached")
    here = opened(page, f"{CANALS}@fr#art_90.par_1")
    page.wait_for_timeout(300)
    top = here.bounding_box()["y"]
    for pressed in ("true", "false"):
        page.locator("[data-do=working]").evaluate(
            "button => button.click()"
        )  # and not scrolled to
        page.locator(f"[data-do=working][aria-pressed={pressed}]").wait_for(state="attached")
        page.wait_for_timeout(300)
        assert abs(here.bounding_box()["y"] - top) < 2


@pytest.mark.parametrize("width", [1280, 390])
def test_a_refusal_takes_the_mark_of_the_answer_before_away(
    small: str, visit: Visit, width: int
) -> None:
    page = visit(address=small, width=width)
    ask(page, "Quand ?").locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    ask(page, "Combien ?")
    page.locator("#reading .here").wait_for(state="detached")
    assert page.locator(f'[id="src-{WORK}@fr#1.1"]').is_visible()
    assert page.locator("#reading [aria-current], #reading .steps, #reading .tag").count() == 0
    page.locator("#reading [data-do=whole]").first.click()
    page.wait_for_function("document.activeElement.matches('#reading h2')")
    page.locator(".nearest a").first.click()  # what the reader opens is marked
    opened(page, f"{WORK}@fr#1.2")
    page.reload()
    page.locator(".asked").nth(1).wait_for()


def test_a_refusal_leaves_what_the_reader_opened(page: Any) -> None:
    page.get_by_role("tab", name="Documents").click()
    page.locator("#words textarea, #words input").first.fill("farine")
    page.locator("#find").click()
    page.locator(".results a").click()
    opened(page, f"{WORK}@fr#1.2")
    ask(page, "Combien ?")
    assert page.locator("#reading .here").get_attribute("id") == f"src-{WORK}@fr#1.2"


def test_a_document_is_read_whole_and_its_contents_lead_to_its_parts(page: Any) -> None:
    page.get_by_role("tab", name="Documents").click()
    page.get_by_role("button", name="Lire en entier : Accord des moulins").first.click()
    contents = page.get_by_role("navigation", name="Table des matières : Accord des moulins")
    contents.get_by_role("link", name="2. Ânes").click()
    page.wait_for_function("id => document.activeElement.id === id", arg=f"src-{WORK}@fr#2.1")
    assert page.locator("#reading .passage").count() == 5


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", ("Textes consultés", "aucun ne répond avec certitude", "Essayez d’autres mots")),
        (
            "nl",
            (
                "Geraadpleegde teksten",
                "geen ervan is met zekerheid een antwoord",
                "Probeer andere woorden",
            ),
        ),
    ],
)
def test_a_refusal_says_what_was_searched_and_offers_other_words(
    visit: Visit, lang: str, told: tuple[str, ...]
) -> None:
    asked = {"fr": "Quel est le budget annuel du CCPD ?", "nl": "Hoeveel kost het CPDS per jaar?"}
    refused = ask(visit(locale=f"{lang}-BE"), asked[lang])
    text = refused.inner_text()
    for words in told:
        assert words in text
    assert refused.locator(".chip, blockquote").count() == 0
    tags = refused.locator(".nearest .tag").all_inner_texts()
    assert set(tags) == {{"fr": "pas une réponse sûre", "nl": "geen zeker antwoord"}[lang]}


def test_the_reader_types_on_while_a_search_lasts(waiting: str, visit: Visit) -> None:
    page = visit(address=waiting)
    box = page.locator("#question textarea")
    box.fill("Quand ?")
    page.keyboard.press("Enter")
    page.locator(".noted.searching").wait_for()
    box.press_sequentially("Et les ânes")
    assert box.input_value() == "Et les ânes"
    page.locator("#stop").click()
    page.locator(".noted.stopped").wait_for()
    assert box.input_value() == "Et les ânes"
    box.press_sequentially(" ?")
    page.locator("#new").click()
    page.locator(".start").wait_for()
    assert box.input_value() == "Et les ânes ?"


def test_the_arrows_bring_earlier_questions_back_and_lose_no_text(page: Any) -> None:
    box = page.locator("#question textarea")
    box.press("ArrowUp")  # nothing was asked yet
    assert box.input_value() == ""
    for question in ("Quand ?", "Combien ?\nEt où ?"):
        ask(page, question)
    for key, shown in (
        ("ArrowUp", "Combien ?\nEt où ?"),
        ("ArrowUp", "Quand ?"),
        ("ArrowUp", "Quand ?"),
        ("ArrowDown", "Combien ?\nEt où ?"),
        ("ArrowDown", ""),
        ("ArrowDown", ""),
        ("ArrowUp", "Combien ?\nEt où ?"),
        ("ArrowLeft", "Combien ?\nEt où ?"),
        ("ArrowUp", "Combien ?\nEt où ?"),  # within the text: to its first line
    ):
        box.press(key)
        assert box.input_value() == shown, key
    box.fill("Et les ânes")
    for key in ("ArrowUp", "Home", "ArrowUp", "ArrowDown"):
        box.press(key)
    assert box.input_value() == "Et les ânes"
    box.fill("")
    box.press("ArrowUp")
    box.press("End")
    box.press_sequentially(" exactement")
    box.press("ArrowUp")
    assert box.input_value() == "Combien ?\nEt où ? exactement"
    box.press("Enter")
    page.locator(".asked").nth(2).wait_for()
    assert page.locator(".asked p").nth(2).inner_text() == "Combien ?\nEt où ? exactement"


@pytest.mark.parametrize(
    ("locale", "lang"), [("nl-NL", "nl"), ("fr-CH", "fr"), ("de-BE", "fr"), ("en-GB", "fr")]
)
def test_a_first_visit_follows_the_browser(
    browser: Any, small: str, locale: str, lang: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(small)
    page.locator(f"html[lang={lang}]:not(.arriving) [data-lang={lang}]").wait_for()
    assert page.title().startswith("Duchesse – ")
    context.close()


def test_a_page_whose_first_answer_is_lost_is_opened_anew(small: str, browser: Any) -> None:
    with browser.new_context(locale="fr-BE") as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.clock.install()
        # It is never answered: of one that fails the framework hears, and opens the page anew too.
        page.route("**/queue/join*", lambda route: None, times=1)
        with page.expect_request("**/queue/join*"):
            page.goto(f"{small}?passage={WORK}%40fr%231.1")
        with page.expect_navigation():
            page.clock.fast_forward(40_000)
        page.locator("html[lang=fr] #talk .talk:not([data-first])").wait_for()
        page.locator("#reading .here").wait_for()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.clock.fast_forward(120_000)
        assert not [url for url in asked if url.startswith(f"{small}?")]


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
def test_the_page_says_that_it_is_an_ai_system(small: str, visit: Visit, width: int) -> None:
    told = {"fr": "un système d’intelligence artificielle", "nl": "een AI-systeem"}
    for lang, words in told.items():
        page = visit(address=small, locale=f"{lang}-BE", width=width)
        for _ in range(2):  # before a question, and beside an answer
            sentence = page.locator("#disclosure").get_by_text(words)
            sentence.scroll_into_view_if_needed()
            assert sentence.is_visible()
            ask(page, "Quand ?")


def test_every_quote_in_the_other_language_says_its_language(small: str, visit: Visit) -> None:
    page = visit(address=small)
    ask(page, "Quand ?")
    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    for quote in page.locator(".answered blockquote").all():
        assert quote.get_attribute("lang") == "fr"
    page.locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    assert page.locator("#reading div.text").get_attribute("lang") == "fr"
    assert page.locator("#reading .here").get_attribute("lang") == "nl"
    assert page.locator("#reading .here .quote").first.get_attribute("lang") == "fr"


def test_a_finished_answer_is_announced_once(page: Any) -> None:
    page.evaluate(
        """() => { window.heard = []; const live = document.getElementById("duchesse-live");
        new MutationObserver(() => window.heard.push(live.textContent))
          .observe(live, { childList: true, characterData: true, subtree: true }); }"""
    )
    ask(page, "Quand ?").locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    heard = [h for h in page.evaluate("window.heard") if h and not h.startswith("Recherche")]
    assert heard == ["Réponse avec 3 passages cités."]


def test_everything_is_reached_with_the_keyboard_and_has_a_name(page: Any) -> None:
    ask(page, "Quand ?").locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll(
          "a[href], button:not(:disabled), summary, textarea, input")]
        .filter((n) => n.checkVisibility({ visibilityProperty: true }) && n.tabIndex >= 0)
        .map((n, i) => { n.dataset.nth = i; return i; })"""
    )
    reached: dict[int, str] = {}
    for _ in range(2 * len(wanted)):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => { const n = document.activeElement; const s = getComputedStyle(n);
            return [n.dataset.nth ?? -1, s.outlineStyle !== "none" || s.boxShadow !== "none",
              (n.getAttribute("aria-label") || n.innerText || n.labels?.[0]?.innerText || "")]; }"""
        )
        if int(at[0]) >= 0:
            assert at[1], f"no sign of the focus on {at[2]}"
            reached[int(at[0])] = at[2].strip()
    assert set(reached) == set(wanted)
    assert all(reached.values())


@pytest.mark.parametrize("width", [320, 640])
def test_no_view_is_wider_than_a_small_or_enlarged_window(
    small: str, visit: Visit, width: int
) -> None:
    page = visit(address=small, width=width)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= width, "empty"
    ask(page, "Quand ?").locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    assert page.evaluate(wide) <= width, "an answer and its passage"
    assert page.locator("#side [role=tab]").all_inner_texts() == [
        "Lecture",
        "Documents",
        "Conversations",
    ]
    ask(page, "Combien ?")
    assert page.evaluate(wide) <= width, "a refusal"
    for tab in ("Documents", "Conversations"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(100)
        assert page.evaluate(wide) <= width, tab


def test_nothing_moves_for_who_wants_no_motion(waiting: str, visit: Visit) -> None:
    page = visit(address=waiting)  # a visitor of these tests wants none
    page.locator("#question textarea").fill("Quand ?")
    page.keyboard.press("Enter")
    page.locator(".noted.searching").wait_for()
    moving = page.evaluate(
        """() => document.getAnimations().filter((a) => a.playState === "running"
        && a.effect.getComputedTiming().duration > 10).map((a) => a.effect.target.outerHTML)"""
    )
    assert moving == []


def test_a_question_too_many_is_said_and_kept(tmp_path: Path, visit: Visit) -> None:
    given = {"DUCHESSE_DATA": str(tmp_path), "DUCHESSE_RATE": "1"}
    with running(["-m", "tests.web.answering"], tmp_path / "errors.txt", **given) as address:
        page = visit(address=address)
        ask(page, "Quand ?")
        page.locator("#question textarea").fill("Et où ?")
        page.keyboard.press("Enter")
        page.locator(".noted.too_many").wait_for()
        assert "Pas plus de 1 questions par minute" in page.locator(".too_many").inner_text()
        assert page.locator("#question textarea").input_value() == "Et où ?"
    lines = next((tmp_path / "audit").glob("audit-*.jsonl")).read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["anchors"][0] == f"{WORK}@fr#1.1"


def test_a_conversation_is_saved_as_pdf(page: Any) -> None:
    ask(page, "Quand ?")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert re.fullmatch(
        r"duchesse-conversation-\d{4}-\d\d-\d\d\.pdf", download.value.suggested_filename
    )
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("lang", "width", "told"),
    [("fr", 1280, "le passage est marqué"), ("nl", 320, "de passage is gemarkeerd")],
)
def test_the_page_of_a_pdf_is_shown_with_the_passage_marked(
    printed: str, visit: Visit, lang: str, width: int, told: str
) -> None:
    page = visit(address=printed, locale=f"{lang}-BE", width=width)
    ask(page, "Quand ?").locator("a.chip").first.click()
    page.wait_for_function(HERE)
    show = page.locator("#reading [data-do=picture]")
    show.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#reading figure.sheet')")
    picture = page.locator("#reading figure img")
    assert picture.evaluate("node => node.complete && node.naturalWidth") > 500
    assert {"fr": "point 3 y est marqué", "nl": "is gemarkeerd"}[lang] in picture.get_attribute(
        "alt"
    )
    assert told in page.locator("#reading figcaption").inner_text()
    paper = picture.bounding_box()
    for mark in page.locator("#reading .paper i").all():
        box = mark.bounding_box()
        assert paper["x"] <= box["x"] < box["x"] + box["width"] <= paper["x"] + paper["width"] + 1
        assert paper["y"] <= box["y"] < box["y"] + box["height"] <= paper["y"] + paper["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_that_cannot_be_shown_says_so(tmp_path: Path, visit: Visit) -> None:
    command = ["-m", "tests.web.pdf_page"]
    with running(command, tmp_path / "errors.txt", DUCHESSE_DATA=str(tmp_path)) as address:
        page = visit(address=address)
        ask(page, "Quand ?").locator("a.chip").first.click()
        page.wait_for_function(HERE)
        put(tmp_path, "fr", b"%PDF-1.7 another version")  # and not indexed again
        page.locator("#reading [data-do=picture]").click()
        page.locator("#reading").get_by_text("Cette page ne peut pas être montrée").wait_for()


@pytest.mark.parametrize(
    ("lang", "near", "over"),
    [
        ("fr", "900 caractères sur 1000", "1200 caractères : le maximum est de 1000"),
        ("nl", "900 van 1000 tekens", "1200 tekens: het maximum is 1000"),
    ],
)
def test_a_question_that_is_too_long_is_told_beside_the_box_and_stays_there(
    small: str, visit: Visit, lang: str, near: str, over: str
) -> None:
    page = visit(address=small, locale=f"{lang}-BE")
    box = page.locator("#question textarea")
    line = page.locator("#disclosure .length")
    box.fill("x" * 40)
    assert line.inner_text() == ""
    box.fill("x" * 900)
    assert line.inner_text().replace("\u00a0", " ") == near
    box.fill("x" * 1200)
    for send in (lambda: box.press("Enter"), page.locator("#send").click):
        send()
        assert over in line.inner_text().replace("\u00a0", " ")
    assert (box.input_value(), page.locator(".turn").count()) == ("x" * 1200, 0)
    box.fill("Quand ?")
    assert line.inner_text() == ""


def test_on_paper_the_answer_stands_alone_with_its_originals_and_where_it_is_from(
    small: str, visit: Visit
) -> None:
    page = visit(address=small, locale="nl-BE")
    ask(page, "Quand ?")
    page.emulate_media(media="print")
    printed = page.locator("#footer .printed")
    printed.wait_for()
    assert small in printed.inner_text()
    assert page.locator("#header").evaluate("n => getComputedStyle(n).position") == "static"
    assert not page.locator("#side").is_visible()
    page.emulate_media(media="screen")
    page.locator("a.chip").first.click()
    opened(page, f"{WORK}@fr#1.1")
    page.emulate_media(media="print")
    page.locator("#reading .here").wait_for()

"""A link that asks a question again: checked, asked once, and kept by no server."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.trace import Trace
from assistant.web import conversation
from assistant.web.conversation import Conversation, to_browser
from assistant.web.limited_service import ANYBODY
from assistant.web.page import Page
from assistant.web.shared_link import SharedQuestion, read, shareable
from assistant.web.state import PageState
from sources.anchor import LANGS
from tests.web.conftest import GOOD, Visit
from tests.web.factory import QueueService, SmallBuild, answer, passages
from tests.web.test_browser import ask

BUILD = SmallBuild(passages())
MOST = 100
GIVEN = {"question": "Et après ?", "language": "nl", "build": BUILD.id, "after": "Quand ?"}


def followed(page: Page, sent: object, lang: str = "fr") -> PageState:
    booted = {"lang": lang, "shared": sent}
    view = page.start(booted).view
    return [view, *(change.view for change in page.follow(view, booted, ANYBODY))][-1]


def test_a_link_asks_in_its_language_after_the_question_before(tmp_path: Path) -> None:
    service = QueueService(tmp_path, answer(BUILD, "1.1", question="Et après ?"))
    page = Page(service)
    now = followed(page, GIVEN)
    assert service.asked == [("Et après ?", None, "nl", ["Quand ?"])]
    shown = page.conversation_panel(now)
    assert "Suite de la question\u00a0: «\u00a0Quand ?\u00a0»" in shown
    assert "L’index a été mis à jour" not in shown
    back = page.start({"conversation": to_browser(now.conversation, page.signer)}).view
    assert back.conversation == now.conversation


@pytest.mark.parametrize(
    ("lang", "told"),
    [("fr", "la réponse a été refaite avec l’index actuel"), ("nl", "is opnieuw gemaakt met de")],
)
def test_an_answer_of_a_newer_index_says_so(tmp_path: Path, lang: str, told: str) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    shown = page.conversation_panel(followed(page, GIVEN | {"build": "a" * 12}, lang))
    assert told in shown
    assert "a" * 12 in shown
    assert BUILD.id in shown


DAMAGED = [
    {},
    "?",
    {"question": "Quand ?"},
    GIVEN | {"question": " "},
    GIVEN | {"question": ["Quand ?"]},
    GIVEN | {"language": "de"},
    GIVEN | {"build": "../../etc"},
    GIVEN | {"build": BUILD.id + "\n"},
    GIVEN | {"after": "x" * (MOST + 1)},
    GIVEN | {"after": "\n".join(["En daarna?"] * (conversation.MOST + 1))},
]


@pytest.mark.parametrize("sent", DAMAGED)
def test_a_damaged_link_asks_nothing(sent: object) -> None:
    assert read(sent, MOST) == "link_damaged"


def test_a_link_can_go_on_from_a_whole_conversation() -> None:
    after = "\n".join(["Et le quai suivant ?"] * conversation.MOST)
    assert read(GIVEN | {"after": after}, MOST) == SharedQuestion(**GIVEN | {"after": after})


@pytest.mark.parametrize("hidden", "\u202e\u200b\u2066\x00\x1b\u00ad\U000e0041\ud83d")
@pytest.mark.parametrize("field", ["question", "after"])
def test_characters_that_nobody_sees_are_not_asked(hidden: str, field: str) -> None:
    assert read(GIVEN | {field: f"Quand{hidden} ?"}, MOST) == "link_hidden"


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_asked_is_shown_with_the_reason(tmp_path: Path, lang: str) -> None:
    service = QueueService(tmp_path)
    page = Page(service)
    shown = page.conversation_panel(followed(page, GIVEN | {"question": "Quand\u202e <b>?"}, lang))
    assert "Quand\N{REPLACEMENT CHARACTER} &lt;b&gt;?" in shown
    assert {"fr": "caractères invisibles", "nl": "onzichtbare tekens"}[lang] in shown
    (turn,) = followed(page, GIVEN | {"question": "x" * (MOST + 1)}, lang).conversation.turns
    assert turn.note == "too_long"
    assert service.asked == []


@given(question=st.text(max_size=MOST))
def test_a_question_can_be_shared_whatever_was_typed(question: str) -> None:
    link = read(GIVEN | {"question": shareable(question)}, MOST)
    assert isinstance(link, SharedQuestion) or not shareable(question).strip()


def test_only_a_question_that_goes_on_from_another_names_it(tmp_path: Path) -> None:
    traces = [Trace({}, "r", "", goes_on=goes_on) for goes_on in (False, True, False)]
    page = Page(QueueService(tmp_path, *(answer(BUILD, "1.1", trace=t) for t in traces)))
    now = PageState("fr", Conversation.new())
    for question in ("Un ?", "Deux ?", "Trois ?"):
        now = list(page.ask(now, question))[-1].view
    assert [t.after for t in now.conversation.turns] == ["", "Un ?", ""]


@pytest.mark.parametrize(
    ("lang", "alone", "two"),
    [
        ("fr", "Lien copié, avec cette seule question", "les 2 questions précédentes"),
        ("nl", "Link gekopieerd, met alleen deze vraag", "de 2 vragen ervoor"),
    ],
)
def test_a_link_has_what_its_question_goes_on_from_and_no_more(
    tmp_path: Path, lang: str, alone: str, two: str
) -> None:
    asked = {
        "Qui paie l’écluse ?": False,
        "Que mangent les ânes ?": False,
        "Et en hiver ?": True,
        "Plus court": True,
        "Quand moud-on la farine ?": False,
    }
    traces = [Trace({}, "r", "", goes_on=goes_on) for goes_on in asked.values()]
    page = Page(QueueService(tmp_path, *(answer(BUILD, "1.1", trace=t) for t in traces)))
    now = PageState("fr" if lang == "fr" else "nl", Conversation.new())
    for question in asked:
        now = list(page.ask(now, question))[-1].view
    ones = ["Que mangent les ânes ?", "Que mangent les ânes ?\nEt en hiver ?"]
    assert [t.after for t in now.conversation.turns] == ["", "", *ones, ""]
    shown = page.conversation_panel(now)
    assert (shown.count(alone), shown.count(two)) == (3, 1)


# In a browser


def copied(page: Any, nth: int = 0) -> str:
    """The link of an answer, as its button copies it."""
    page.locator("[data-do=share]").nth(nth).click()
    page.locator("[data-do=share]").get_by_text("Lien copié").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_shared_answer_is_asked_once_beside_the_conversation_that_is_kept(
    small: str, visit: Visit
) -> None:
    page = visit(address=small)
    ask(page, "Quand ouvre l’écluse & à « quelle » heure+ ?")
    ask(page, "Et après ?")
    link = copied(page, 1)
    assert link.startswith(f"{small}#question=")
    assert parse_qs(urlsplit(link).fragment)["after"] == [
        "Quand ouvre l’écluse & à « quelle » heure+ ?"
    ]
    page.evaluate("history.replaceState(null, '', '/behind/a/path/?passage=x')")
    assert copied(page, 1).startswith(f"{small}behind/a/path/#question=")
    page.evaluate("history.replaceState(null, '', '/')")
    requested: list[str] = []
    page.on("request", lambda r: requested.append(f"{r.url} {r.headers.get('referer', '')}"))
    page.goto(link)  # in the tab of that conversation: the address differs behind its "#" alone
    page.locator(".before").wait_for()
    page.locator(".answered").wait_for()
    assert page.locator(".asked p").all_inner_texts() == ["Et après ?"]
    page.wait_for_function("location.hash === ''")
    assert not [line for line in requested if "question=" in line]
    page.reload()
    page.locator(".answered").wait_for()
    assert page.locator(".asked p").all_inner_texts() == ["Et après ?"]
    page.get_by_role("tab", name="Conversations").click()
    page.locator("#history [data-do=restore]").nth(1).click()
    page.locator(".asked").nth(1).wait_for()


def test_a_link_made_with_another_build_or_with_hidden_characters(small: str, visit: Visit) -> None:
    page = visit(f"#question=Quand+%3F&language=fr&build={'a' * 12}", address=small)
    page.locator(".turn > .notice").get_by_text("L’index a été mis à jour").wait_for()
    other = visit("#question=Quand%E2%80%AE+%3F&language=fr&build=" + "a" * 12, address=small)
    other.locator(".noted.link_hidden").wait_for()
    assert other.locator(".answered").count() == 0


@pytest.mark.parametrize("sign", ["#", "%23"])
def test_a_link_that_was_encoded_again_asks_the_same(small: str, visit: Visit, sign: str) -> None:
    asked = f"question=Quand+%3F&language=fr&build={'a' * 12}"
    page = visit(sign + (quote(asked) if sign == "#" else asked), address=small)
    page.locator(".answered").wait_for()
    assert page.locator(".asked p").inner_text() == "Quand ?"


def test_a_link_is_followed_after_the_login(browser: Any, closed: str) -> None:
    context = browser.new_context(locale="fr-BE")
    page = context.new_page()
    page.goto(f"{closed}#question=Quand+%3F&language=fr&build={'a' * 12}")
    page.get_by_role("link", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    page.locator("input[type=text]").fill("anne")
    page.locator("input[type=password]").fill(GOOD)
    page.keyboard.press("Enter")
    page.locator(".answered").wait_for()
    assert page.locator(".asked p").inner_text() == "Quand ?"
    context.close()

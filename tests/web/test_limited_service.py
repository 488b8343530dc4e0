"""Questions of visitors: so many a minute, and each leaves a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.web.conversation import Conversation
from assistant.web.limited_service import (
    LimitedService,
    NoSearchError,
    RateLimiter,
    TooManyError,
    Visitor,
)
from assistant.web.page import Page
from assistant.web.state import PageState
from index.errors import AwayError, StoreError
from sources.anchor import LANGS, Lang
from sources.errors import UsageError
from sources.settings import Settings
from tests.web.factory import QueueService, SmallBuild, answer, passages

BUILD = SmallBuild(passages())
ANNE, BERT = Visitor("10.0.0.1", "anne"), Visitor("10.0.0.1", "bert")


def service(folder: Path, *outcomes: Any, **more: Any) -> Any:
    made = QueueService(folder, *outcomes)
    made.settings = Settings(data=folder, **more)
    return made


def logged(folder: Path) -> list[dict[str, Any]]:
    text = next((folder / "audit").glob("audit-*.jsonl")).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_visitor_may_ask_so_many_questions_in_any_minute() -> None:
    now = [0.0]
    rate = RateLimiter(2, lambda: now[0])
    assert [rate.allows(ANNE) for _ in range(3)] == [True, True, False]
    now[0] = 59.0
    assert not rate.allows(ANNE)
    now[0] = 60.0
    assert rate.allows(ANNE)


def test_visitors_are_told_apart_by_their_name_or_else_their_address() -> None:
    rate = RateLimiter(1, lambda: 0.0)
    visitors = (ANNE, BERT, Visitor("10.0.0.1"), Visitor("10.0.0.2"))
    assert [rate.allows(v) for v in visitors] == [True] * 4
    assert not rate.allows(Visitor("10.0.0.9", "anne"))


def test_visitors_of_before_are_forgotten_once_a_minute() -> None:
    now = [0.0]
    rate = RateLimiter(1, lambda: now[0])
    known = []
    for now[0] in (0.0, 30.0, 61.0, 95.0, 121.0):
        assert rate.allows(Visitor(str(now[0])))
        known.append(len(rate._question_times))
    assert known == [1, 2, 2, 3, 2]


def test_no_limit_is_no_limit() -> None:
    rate = RateLimiter(0, lambda: 0.0)
    assert all(rate.allows(ANNE) for _ in range(1000))


def test_a_question_too_many_is_not_searched_and_both_languages_say_so(tmp_path: Path) -> None:
    limited = LimitedService(service(tmp_path, answer(BUILD, "1.1"), rate=1))
    limited.ask("Quand ?", None, ANNE)
    with pytest.raises(TooManyError, match=r"par minute.*per minuut"):
        limited.ask("Quand ?", None, ANNE)
    assert len(logged(tmp_path)) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_reader_keeps_the_question_that_was_too_many(tmp_path: Path, lang: Lang) -> None:
    page = Page(service(tmp_path, answer(BUILD, "1.1"), rate=1))
    view = PageState(lang, Conversation.new())
    view = list(page.ask(view, "Quand ?", ANNE))[-1].view
    last = list(page.ask(view, "Combien ?", ANNE))[-1]
    assert last.box == "Combien ?"
    said = {"fr": "Pas plus de 1 questions", "nl": "Niet meer dan 1 vragen"}[lang]
    assert said in page.conversation_panel(last.view)


AWAY = [
    AwayError("the vector store cannot be reached", "http://10.0.0.7:6333", "Start it."),
    StoreError("the vector store refuses the key", "http://10.0.0.7:6333", "Set it."),
]


@pytest.mark.parametrize("error", AWAY, ids=["away", "wrong key"])
def test_a_program_is_told_in_both_languages_that_nothing_can_be_searched(
    tmp_path: Path, error: StoreError
) -> None:
    limited = LimitedService(service(tmp_path, error))
    with pytest.raises(NoSearchError, match=r"indisponible.*even niet mogelijk") as caught:
        limited.ask("Quand ?", None, ANNE)
    assert "10.0.0.7" not in caught.value.for_readers
    assert logged(tmp_path)[0]["outcome"] == "error"


@pytest.mark.parametrize("lang", LANGS)
def test_a_reader_keeps_the_question_and_the_texts_while_nothing_can_be_searched(
    tmp_path: Path, lang: Lang
) -> None:
    page = Page(service(tmp_path, answer(BUILD, "1.1"), AWAY[0], answer(BUILD, "1.1")))
    view = list(page.ask(PageState(lang, Conversation.new()), "Quand ?", ANNE))[-1].view
    last = list(page.ask(view, "Combien ?", ANNE))[-1]
    assert last.box == "Combien ?"
    shown = page.conversation_panel(last.view)
    assert {"fr": "momentanément indisponible", "nl": "even niet mogelijk"}[lang] in shown
    assert "écluse" in shown, "the answer before stays"
    assert "10.0.0.7" not in shown
    again = list(page.ask(last.view, "Combien ?", ANNE))[-1]
    assert page.conversation_panel(again.view).count("écluse") > shown.count("écluse")


def test_each_question_of_the_page_leaves_a_line_with_the_user(tmp_path: Path) -> None:
    page = Page(service(tmp_path, answer(BUILD, "1.1"), RuntimeError("broken")))
    view = PageState("fr", Conversation.new())
    for question in ("Quand ?", "Combien ?"):
        view = list(page.ask(view, question, ANNE))[-1].view
    first, second = logged(tmp_path)
    assert (first["outcome"], first["user"]) == ("answer", "anne")
    assert second["outcome"] == "error"
    assert "text" not in first


@pytest.mark.parametrize(("question", "lang"), [(3, None), (None, "fr"), ("Quand ?", "de")])
def test_what_is_no_question_is_said_to_be_none(tmp_path: Path, question: Any, lang: Any) -> None:
    limited = LimitedService(service(tmp_path))
    with pytest.raises(UsageError, match=r"not a text|no such language"):
        limited.ask(question, lang, ANNE)


def test_an_answer_is_given_where_the_audit_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("a file where a folder should be")
    given = answer(BUILD, "1.1")
    assert LimitedService(service(tmp_path, given)).ask("Quand ?", None, ANNE) is given

import base64
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gradio import EventData
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.web import conversation, feedback
from assistant.web.conversation import Conversation, Turn, to_browser
from assistant.web.events import PageEvents, _message
from assistant.web.feedback import Feedback
from assistant.web.limited_service import Visitor
from assistant.web.page import Page
from assistant.web.reading_pane import ReadingPlace
from assistant.web.state import PageState, PageUpdate
from assistant.web.strings import say
from index.errors import DamagedBuildError
from sources.anchor import LANGS, Lang
from sources.errors import UsageError
from sources.locks import locked
from tests.web.conftest import in_a_thread
from tests.web.factory import WORK, QueueService, SmallBuild, answer, passages, refusal

BUILD = SmallBuild(passages())


def view(**fields: Any) -> PageState:
    return PageState(**({"lang": "fr", "conversation": Conversation.new()} | fields))


def asked(page: Page, before: PageState, question: str) -> PageState:
    return list(page.ask(before, question))[-1].view


def warned(change: PageUpdate) -> str:
    return str((change.message or {}).get("warn", ""))


def test_a_question_is_shown_as_searching_and_then_answered(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1", "2.1")))
    first, second = page.ask(view(), " Quand ? ")
    assert first.view.conversation.searching
    assert first.box == ""
    assert second.tab == "reading"
    trail = (f"{WORK}@fr#1.1", f"{WORK}@fr#2.1")
    assert second.view.place == ReadingPlace(
        trail[0], trail=trail, keys=(None, None), cited=True, origin="answer"
    )
    assert not second.focus
    assert second.message is not None
    assert len(second.message["keep"]["turns"]) == 1


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_no_question_changes_nothing(tmp_path: Path, question: str) -> None:
    page, now = Page(QueueService(tmp_path)), view()
    (change,) = page.ask(now, question)
    assert (change.view, change.message, change.box) == (now, None, None)


def test_earlier_questions_go_along_as_history(tmp_path: Path) -> None:
    service = QueueService(tmp_path, answer(BUILD, "1.1"), refusal(BUILD), answer(BUILD, "2.1"))
    page, now = Page(service), view(lang="nl")
    for question in ("Un ?", "Deux ?", "Trois ?"):
        now = asked(page, now, question)
    assert service.asked[-1] == ("Trois ?", None, "nl", ["Un ?", "Deux ?"])


def test_a_question_that_is_too_long_is_given_back(tmp_path: Path) -> None:
    service = QueueService(tmp_path)
    last = list(Page(service).ask(view(), "x" * 101))[-1]
    assert last.view.conversation.turns[-1].note == "too_long"
    assert last.box == "x" * 101
    assert service.asked == []


@pytest.mark.parametrize("lang", ["fr", "nl"])
@pytest.mark.parametrize("error", [UsageError("the index is old", 3, "Build."), RuntimeError("x")])
def test_an_error_is_a_sentence_in_the_language_of_the_page(
    tmp_path: Path, lang: str, error: Exception
) -> None:
    page = Page(QueueService(tmp_path, error))
    html = page.conversation_panel(asked(page, view(lang=lang), "Quand ?"))
    assert {"fr": "La recherche n’a pas abouti", "nl": "zoekopdracht is niet gelukt"}[lang] in html
    assert "Traceback" not in html
    assert "RuntimeError" not in html


def test_a_stopped_question_can_be_asked_again(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path))
    searching = next(page.ask(view(), "Quand ?")).view
    stopped = page.stop(searching).view
    assert stopped.conversation.turns[-1].note == "stopped"
    assert "data-question" in page.conversation_panel(stopped)
    assert page.stop(stopped).view == stopped


def test_an_answer_that_was_on_its_way_does_not_follow_a_stop(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1"), answer(BUILD, "2.1")))
    changes = page.ask(view(), "Quand ?")
    stopped = page.stop(next(changes).view).view
    assert list(changes) == []
    assert asked(page, stopped, "Et alors ?").conversation.turns[-1].outcome is not None


def test_a_question_after_a_stopped_one_and_a_reload_is_answered(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1"), answer(BUILD, "2.1")))
    now = asked(page, view(), "Quand ?")
    page.stop(next(page.ask(now, "Et alors ?")).view)
    kept = to_browser(now.conversation, page.signer)  # as it was kept before the stop
    opened = page.start({"lang": "fr", "conversation": kept, "history": []}).view
    assert asked(page, opened, "Et après ?").conversation.turns[-1].outcome is not None


def test_the_conversation_that_is_shown_takes_its_new_name(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(), "Quand ?")
    told = {"do": "listed", "history": [], "renamed": "Note"}
    assert page.act(now, told | {"id": now.conversation.id}).view.conversation.title == "Note"
    assert page.act(now, told | {"id": "0" * 32}).view.conversation.title == "Quand ?"


def test_what_is_shown_together_is_of_one_build(tmp_path: Path) -> None:
    service = QueueService(tmp_path)
    page, before = Page(service), service.build

    def replaced() -> Any:
        """The assistant, after which another build comes into use."""
        found, service.build = SimpleNamespace(build=service.build), SmallBuild(passages())
        service.build.id = "other"
        return found

    service.assistant = replaced  # type: ignore[method-assign]
    page.documents_html(view())
    assert page._known
    assert page._known.build == before.id


class _Rebuilt(Page):
    """A page under which another build comes into use as its pane is made."""

    def reading_html(self, view: PageState, *, focus: bool = False) -> str:
        made = super().reading_html(view, focus=focus)
        assert isinstance(self.service, QueueService)
        self.service.build = SmallBuild(passages())
        self.service.build.id = "other"
        return made


def test_a_pane_is_of_the_build_that_it_was_made_from(tmp_path: Path) -> None:
    service = QueueService(tmp_path)
    page = _Rebuilt(service)
    wiring = PageEvents(page)
    place = ReadingPlace(f"{WORK}@fr#1.1", whole=True)
    request: Any = SimpleNamespace(client=None, username=None)

    async def opened() -> tuple[dict[Any, Any], dict[Any, Any]]:
        wiring.blocks()
        service.build = BUILD
        read = wiring._show(None, PageUpdate(view(place=place)))
        service.build = BUILD
        loading = wiring._load({}, request)
        loaded = await anext(loading)
        await loading.aclose()  # type: ignore[attr-defined]
        return read, loaded

    read, loaded = in_a_thread(opened())
    shown = read[wiring._view]
    assert page.build.id == "other"
    assert shown.shown == loaded[wiring._listed_build] == BUILD.id
    further = replace(shown, place=replace(place, target=f"{WORK}@fr#2.1"))
    assert page.move(shown, further) is None  # so that all is shown anew


def test_readers_do_not_see_each_other(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    one, two = view(), view()
    asked(page, one, "Quand ?")
    assert one.conversation.turns == ()
    assert two.conversation.turns == ()


def test_a_page_opens_as_the_browser_left_it(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(), "Quand ?")
    booted = {
        "lang": "nl",
        "passage": f"{WORK}@fr#2.1",
        "conversation": to_browser(now.conversation, page.signer),
        "history": [],
    }
    change = page.start(booted)
    assert change.view.lang == "nl"
    assert change.view.conversation == now.conversation
    assert change.view.place.target == f"{WORK}@fr#2.1"
    assert change.focus


def test_what_was_typed_or_asked_before_the_page_went_is_there_again(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1"), answer(BUILD, "2.1")))
    now = asked(page, view(), "Quand ?")
    kept = {"conversation": to_browser(now.conversation, page.signer)}
    opened = page.start(kept | {"draft": "Combien"})
    assert opened.box == "Combien"
    assert opened.view.place.target == f"{WORK}@fr#1.1"  # where its reader was
    assert list(page.follow(opened.view, kept, Visitor())) == []
    *_, last = page.follow(opened.view, kept | {"asked": "Combien ?"}, Visitor())
    assert [t.question for t in last.view.conversation.turns] == ["Quand ?", "Combien ?"]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (f"?passage={WORK}%2540fr%25232.1).", f"{WORK}@fr#2.1"),
        ("?passage=nothing%20here", "nothing here"),
    ],
)
def test_a_page_opens_where_its_address_leads(tmp_path: Path, address: str, target: str) -> None:
    assert Page(QueueService(tmp_path)).start({"passage": address}).view.place.target == target


@pytest.mark.parametrize("booted", [None, {}, {"lang": "de", "passage": 3, "conversation": "x"}])
def test_a_browser_that_says_nothing_gets_the_language_of_the_settings(
    tmp_path: Path, booted: object
) -> None:
    change = Page(QueueService(tmp_path)).start(booted)
    assert change.view.lang == "fr"
    assert change.view.conversation.turns == ()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"do": "erase"},
        {"do": ["open"][0:0]},
        {"do": "judge", "turn": "-1", "verdict": "good"},
        {"do": "judge", "turn": "9", "verdict": "good"},
        {"do": "restore", "conversation": {"id": 3}},
    ],
)
def test_an_action_without_its_form_changes_nothing(tmp_path: Path, told: dict[str, Any]) -> None:
    before = view()
    if isinstance(told.get("do"), list):
        told["do"] = None
    assert Page(QueueService(tmp_path)).act(before, told).view == before


def test_a_verdict_is_written_once(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(), "Quand ?")
    told = {"do": "judge", "turn": "0", "verdict": "wrong_passage"}
    now = page.act(now, told).view
    page.act(now, told)
    lines = (tmp_path / "feedback" / "feedback.jsonl").read_text("utf-8").splitlines()
    entry = json.loads(lines[0])
    assert len(lines) == 1
    assert entry["reason"] == "wrong_passage"
    assert entry["anchors"] == [f"{WORK}@fr#1.1"]
    assert entry["build"] == BUILD.id
    assert "Merci" in page.conversation_panel(now)


def test_verdicts_are_as_many_a_minute_as_questions(tmp_path: Path) -> None:
    service = QueueService(tmp_path, *[answer(BUILD, "1.1")] * 4)
    service.settings = service.settings.model_copy(update={"rate": 4})
    page, now = Page(service), view()
    for _ in range(4):
        now = asked(page, now, "Quand ?")
    kept = page.act(now, {"do": "lang", "lang": "fr"}).view  # before any verdict, and once more
    said = []
    for turn in range(4):
        told = {"do": "judge", "turn": str(turn), "verdict": "good"}
        said.append(warned(page.act(now, told, Visitor("10.0.0.1"))))
    for turn in range(4):
        told = {"do": "judge", "turn": str(turn), "verdict": "good"}
        said.append(warned(page.act(kept, told, Visitor("10.0.0.1"))))
    assert len((tmp_path / "feedback" / "feedback.jsonl").read_text("utf-8").splitlines()) == 4
    assert said[:4] == [""] * 4
    assert all("Pas plus de 4 avis" in words for words in said[4:])
    other = page.act(kept, {"do": "judge", "turn": "0", "verdict": "good"}, Visitor("10.0.0.2"))
    assert warned(other) == ""


def test_a_verdict_takes_a_comment_and_can_be_taken_back(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(lang="nl"), "Quand ?")
    for do in ("comment", "withdraw"):  # of what was not judged
        assert page.act(now, {"do": do, "turn": "0", "comment": "x"}).view == now
    now = page.act(now, {"do": "judge", "turn": "0", "verdict": "incomplete"}).view
    too_long = page.act(now, {"do": "comment", "turn": "0", "comment": "x" * 501})
    assert (too_long.view, warned(too_long)[:36]) == (now, "Uw toelichting telt 501 tekens; het ")
    now = page.act(now, {"do": "comment", "turn": "0", "comment": " <b>Het uur</b> "}).view
    assert "&lt;b&gt;Het uur&lt;/b&gt;" in page.conversation_panel(now)
    file = tmp_path / "feedback" / "feedback.jsonl"
    first, second = map(json.loads, file.read_text("utf-8").splitlines())
    assert second == first | {"comment": "<b>Het uur</b>", "time": second["time"]}
    kept = to_browser(now.conversation, page.signer)  # and back, as after a reload
    now = page.start({"lang": "nl", "conversation": kept}).view
    change = page.act(now, {"do": "withdraw", "turn": "0"})
    assert change.says == "Uw mening is ingetrokken."
    assert json.loads(file.read_text("utf-8").splitlines()[2])["withdraws"] == first["id"]
    assert 'data-verdict="good"' in page.conversation_panel(change.view)


def test_feedback_is_its_owners_alone_also_where_it_was_not(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    kept.add(answer(BUILD, "1.1"), "good")
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
    kept.path.chmod(0o644)  # as an earlier version left it
    kept.add(answer(BUILD, "1.1", question="Quand \ud83d ?"), "good")
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert len(kept.path.read_text("utf-8").splitlines()) == 2


def test_a_conversation_that_this_page_did_not_give_is_neither_judged_nor_exported(
    tmp_path: Path,
) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    kept = to_browser(asked(page, view(), "Quand ?").conversation, page.signer)
    forged = dict(kept["turns"][0], outcome={"outcome": "answer", "text": "Le ministre dit oui."})
    middle = len(forged["signed"]) // 2
    letter = "A" if forged["signed"][middle] != "A" else "B"
    forged["signed"] = forged["signed"][:middle] + letter + forged["signed"][middle + 1 :]
    told = {"do": "restore", "conversation": kept | {"turns": [forged]}}
    now = page.act(view(), told).view
    assert [t.note for t in now.conversation.turns] == ["lost"]
    assert "ministre" not in page.conversation_panel(now)
    page.act(now, {"do": "judge", "turn": "0", "verdict": "good"})
    assert not (tmp_path / "feedback").exists()
    saved = page.act(now, {"do": "export", "form": "markdown"}).message
    assert saved is not None
    assert "ministre" not in base64.b64decode(saved["save"]["base64"]).decode()


@pytest.mark.parametrize("lang", LANGS)
def test_a_conversation_that_is_full_says_so_and_keeps_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    monkeypatch.setattr(conversation, "MOST", 2)
    page, now = Page(QueueService(tmp_path, *[answer(BUILD, "1.1")] * 2)), view(lang=lang)
    for _ in range(2):
        now = asked(page, now, "Quand ?")
    last = list(page.ask(now, "Et les ânes ?"))[-1]
    assert last.box == "Et les ânes ?"
    said = {"fr": "2 réponses, le maximum", "nl": "2 antwoorden, het maximum"}[lang]
    assert said in page.conversation_panel(last.view)
    assert len(to_browser(last.view.conversation, page.signer)["turns"]) == 2


def test_an_error_tells_readers_no_path(tmp_path: Path) -> None:
    error = DamagedBuildError("the vector store cannot be read", tmp_path, "Run `…`.")
    page = Page(QueueService(tmp_path, error))
    last = list(page.ask(view(), "Quand ?"))[-1]
    shown = page.conversation_panel(last.view)
    assert str(tmp_path) not in shown
    assert "the vector store cannot be read" in shown


def test_several_writers_of_feedback_do_not_mix_their_lines(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: kept.add(answer(BUILD, "1.1"), "good"), range(40)))
    lines = kept.path.read_text("utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["good"] * 40


@pytest.mark.parametrize("lang", LANGS)
def test_a_verdict_that_cannot_be_written_is_not_thanked_for(tmp_path: Path, lang: Lang) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(lang=lang), "Quand ?")
    told = {"do": "judge", "turn": "0", "verdict": "good"}
    (tmp_path / "feedback" / "feedback.jsonl").mkdir(parents=True)
    failed = page.act(now, told)
    assert failed.view == now
    assert warned(failed) == say(lang, "tool.failed")
    (tmp_path / "feedback" / "feedback.jsonl").rmdir()
    now = page.act(now, told).view
    assert now.conversation.turns[0].verdict == "good"
    (tmp_path / "feedback" / "feedback.jsonl.lock").unlink()
    (tmp_path / "feedback" / "feedback.jsonl.lock").mkdir()
    for more in ({"do": "withdraw"}, {"do": "comment", "comment": "Merci"}):
        failed = page.act(now, {"turn": "0", **more})
        assert (failed.view, warned(failed)) == (now, say(lang, "tool.failed"))


def test_a_file_of_verdicts_that_another_holds_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "_WAIT", 0.01)
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(), "Quand ?")
    with locked(tmp_path / "feedback" / "feedback.jsonl.lock"):
        change = page.act(now, {"do": "judge", "turn": "0", "verdict": "good"})
    assert "Cela n’a pas abouti" in warned(change)


@pytest.mark.parametrize("lang", LANGS)
def test_an_export_that_cannot_be_made_is_said(tmp_path: Path, lang: Lang) -> None:
    broken: Any = replace(answer(BUILD, "1.1"), citations=(None,))
    turn = Turn("Quand ?", broken)
    now = view(lang=lang, conversation=replace(Conversation.new(), turns=(turn,)))
    change = Page(QueueService(tmp_path)).act(now, {"do": "export", "form": "word"})
    assert (change.view, warned(change)) == (now, say(lang, "tool.failed"))


def test_an_unknown_verdict_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a verdict"):
        Feedback(tmp_path).add(answer(BUILD, "1.1"), "superb")


def test_the_language_changes_and_the_conversation_stays(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(), "Quand ?")
    dutch = page.act(now, {"do": "lang", "lang": "nl"}).view
    assert dutch.lang == "nl"
    assert dutch.conversation == now.conversation


@pytest.mark.parametrize(("form", "start"), [("markdown", b"# "), ("word", b"PK")])
def test_an_export_is_told_to_the_browser(tmp_path: Path, form: str, start: bytes) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    change = page.act(asked(page, view(), "Quand ?"), {"do": "export", "form": form})
    assert change.message is not None
    assert base64.b64decode(change.message["save"]["base64"]).startswith(start)


def test_deleting_the_open_conversation_opens_a_new_one(tmp_path: Path) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(), "Quand ?")
    after = page.act(now, {"do": "listed", "history": [], "deleted": now.conversation.id}).view
    assert after.conversation.id != now.conversation.id
    assert after.conversation.turns == ()


@pytest.mark.parametrize("sent", [None, [], ["do"], "do", 3, {"x": 1}, {"do": {"do": 1}}])
def test_an_event_that_carries_anything_else_tells_nothing(tmp_path: Path, sent: Any) -> None:
    told = _message(EventData(None, sent))
    before = view()
    assert Page(QueueService(tmp_path)).act(before, told).view == before


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
DOING = st.sampled_from(
    [
        "lang", "open", "leave", "whole", "section", "document", "picture", "judge", "comment",
        "withdraw", "export", "restore", "listed", "documents", "dossier", "note",
    ]
)  # fmt: skip
FIELDS = st.sampled_from(
    [
        "lang",
        "history",
        "anchor",
        "turn",
        "from",
        "keep",
        "whole",
        "verdict",
        "comment",
        "form",
        "dossier",
    ]
)


@given(do=DOING, told=st.dictionaries(FIELDS | st.just("conversation") | st.just("id"), JSON))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_no_event_of_any_form_is_an_error(tmp_path: Path, do: str, told: dict[str, Any]) -> None:
    page = Page(QueueService(tmp_path, answer(BUILD, "1.1")))
    now = asked(page, view(), "Quand ?")
    if do in ("export", "note"):
        told["form"] = "markdown"
    change = page.act(now, {**told, "do": do})
    failed = {say("fr", "tool.failed"), say("fr", "note.failed")}
    assert not failed & set(map(str, (change.message or {}).values()))
    page.start({"conversation": told.get("conversation"), "history": told.get("history"), **told})


def test_an_answer_that_cannot_be_shown_ends_the_search(tmp_path: Path) -> None:
    broken: Any = replace(answer(BUILD, "1.1"), citations=(None,))
    wiring = PageEvents(Page(QueueService(tmp_path, broken, answer(BUILD, "1.1"))))
    request: Any = SimpleNamespace(client=None, username=None)

    async def shown(before: PageState, question: str) -> list[PageState]:
        if not hasattr(wiring, "_parts"):
            wiring.blocks()
        return [u[wiring._view] async for u in wiring._ask(before, question, request)]

    async def talk() -> tuple[list[PageState], list[PageState]]:
        first = await shown(view(), "Quand ?")
        return first, await shown(first[-1], "Encore ?")

    first, second = in_a_thread(talk())
    assert [v.conversation.turns[-1].note for v in first] == ["searching", "failed"]
    assert [t.note for t in second[-1].conversation.turns] == ["failed", ""]

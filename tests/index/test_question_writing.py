"""Questions that a language model writes on a text: what is kept, and how a run is gone on with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.__main__ import main
from index.embedding import Embedder
from sources import questions
from sources.library import Library
from sources.settings import Settings
from sources.unused import unused
from tests.chat_server import Model, serving
from tests.conftest import work_in
from tests.index.test_command import TEXT, WORK, put

pytestmark = [pytest.mark.enable_socket, pytest.mark.declaration]
LONGER = TEXT + "\n2. Les pilotes du port parlent le néerlandais.\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(own: Settings, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    work_in(own, embedder, monkeypatch)
    put(own, LONGER)


def says(*written: object) -> str:
    return "Voici : " + json.dumps({"questions": written}, ensure_ascii=False)


def use(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUCHESSE_LLM_URL", model.url)
    monkeypatch.setenv("DUCHESSE_LLM_MODEL", "a-model")


def by_passage(body: dict[str, Any]) -> str:
    """What is asked of the quays, of the pilots, and of neither."""
    text = body["messages"][-1]["content"]
    own = "Les quais du nord sont-ils accessibles ?"
    if "pilotes" in text:
        own = "Quelle langue parlent les pilotes du port ?"
    return says(own, own.upper(), "Qui combat le trafic de drogue à Anvers ?", "Quoi ?", 7)


def drafts(own: Settings) -> list[Path]:
    return sorted((own.data / "working").glob("*.draft"))


def test_what_the_search_leads_back_to_its_passage_is_kept_for_review(
    own: Settings, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["build"]) == 0
    capsys.readouterr()
    with serving(by_passage) as model:
        use(model, monkeypatch)
        assert main(["questions", WORK, "--lang", "fr", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (draft,) = drafts(own)
    assert found["lists"][0]["file"] == str(draft)
    assert found["lists"][0]["dropped"] == {"twice": 2, "elsewhere": 2, "form": 4}
    read = questions.load(draft)
    assert read.lang == "fr"
    assert sorted(q for kept in read.questions.values() for q in kept) == [
        "Les quais du nord sont-ils accessibles ?",
        "Quelle langue parlent les pilotes du port ?",
    ]
    assert "a-model" in draft.read_text("utf-8")
    # Nothing is taken up before somebody has looked at it.
    assert main(["build", "--dry-run"]) == 0
    assert "nothing has changed" in capsys.readouterr().out
    draft.rename(draft.with_suffix(""))
    assert main(["build"]) == 0
    assert f"changed: {WORK}@fr" in capsys.readouterr().out
    assert unused(Library.of(own)) == []


def test_a_draft_of_a_text_that_was_replaced_is_not_gone_on_with(
    own: Settings, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["build"]) == 0
    with serving(by_passage) as model:
        use(model, monkeypatch)
        assert main(["questions", WORK, "--lang", "fr"]) == 0
        before = drafts(own)[0].read_bytes()
        put(own, LONGER.replace("néerlandais", "français"))
        assert main(["build"]) == 0
        assert main(["questions", WORK, "--lang", "fr"]) == 2
    assert "the draft is of another version of the text" in capsys.readouterr().err
    assert drafts(own)[0].read_bytes() == before


def test_a_run_that_was_stopped_is_gone_on_with(
    own: Settings, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["build"]) == 0
    with serving(by_passage, 500) as model:  # the server goes away after the first passage
        use(model, monkeypatch)
        assert main(["questions", WORK, "--lang", "fr"]) == 1
    assert "cannot be asked" in capsys.readouterr().err
    before = questions.load(drafts(own)[0]).questions
    with serving(by_passage) as model:
        use(model, monkeypatch)
        assert main(["questions", WORK, "--lang", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "2 questions kept" in shown
    assert ".draft" in shown
    after = questions.load(drafts(own)[0]).questions
    assert len(before) < len(after)
    assert before.items() <= after.items()


def test_a_reply_that_cannot_be_read_is_named_and_asked_for_again_the_next_time(
    own: Settings, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["build"]) == 0
    capsys.readouterr()
    with serving('{"questions": ["Quel') as model:
        use(model, monkeypatch)
        assert main(["questions", WORK, "--lang", "nl", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)["lists"]
    assert (listed["kept"], len(listed["silent"])) == (0, 2)
    assert drafts(own) == []


def test_wrong_use_is_said_before_a_model_is_asked(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["questions", WORK]) == 1
    assert "DUCHESSE_LLM_URL" in capsys.readouterr().err
    with serving(500) as model:
        use(model, monkeypatch)
        assert main(["questions", WORK]) == 2  # not built yet
        assert "python -m index build" in capsys.readouterr().err
        assert main(["questions", "val-duchesse-2023"]) == 2
        assert "sources/texts/" in capsys.readouterr().err
        assert main(["questions", WORK, "--count", "0"]) == 2
        assert "from 1 to 20" in capsys.readouterr().err
        assert model.asked == []

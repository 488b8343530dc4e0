import json

import pytest

from assistant.web.turns import Conversation, Turn, from_browser, listed, to_browser
from tests.web.factory import SmallBuild, answer, passages, refusal

BUILD = SmallBuild(passages())


def test_a_conversation_comes_back_from_the_browser_as_it_went() -> None:
    turns = (
        Turn("Quand ?", answer(BUILD, "1.1")),
        Turn("Combien ?", refusal(BUILD, "2.1"), judged="good"),
    )
    conversation = Conversation.new().ask("Quand ?")
    conversation = Conversation(conversation.id, conversation.started, "Moulins", turns)
    kept = json.loads(json.dumps(to_browser(conversation)))
    assert from_browser(kept) == conversation


def test_what_was_not_answered_is_not_kept() -> None:
    conversation = Conversation.new().ask("Quand ?")
    assert conversation.searching
    assert to_browser(conversation)["turns"] == []
    assert conversation.history == []


@pytest.mark.parametrize(
    "kept",
    [
        None,
        3,
        "x",
        [],
        {},
        {"id": "../x", "turns": []},
        {"id": "0" * 32, "turns": [3]},
        {"id": "0" * 32, "turns": [], "started": "2026-13-45"},
        {"id": "0" * 32, "turns": [], "started": "yesterday"},
    ],
)
def test_what_has_not_the_form_of_a_conversation_is_not_one(kept: object) -> None:
    assert from_browser(kept) is None


def test_an_answer_that_cannot_be_read_leaves_its_question() -> None:
    kept = {"id": "0" * 32, "turns": [{"question": "Quand ?", "outcome": {"outcome": "answer"}}]}
    found = from_browser(kept)
    assert found is not None
    assert found.turns == (Turn("Quand ?", note="lost"),)


def test_the_list_leaves_out_what_is_not_an_entry() -> None:
    good = {"id": "a" * 32, "title": "Moulins", "started": "2026-01-01T00:00:00Z", "count": 2}
    assert [i.title for i in listed([good, {"id": "x"}, None, 4])] == ["Moulins"]
    assert listed([good | {"started": "2026-02-30"}]) == ()
    assert listed("abc") == ()

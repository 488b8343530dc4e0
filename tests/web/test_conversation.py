import json
import secrets
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.conversation import (
    Conversation,
    Turn,
    conversation_entries,
    from_browser,
    to_browser,
)
from assistant.web.signing import Signer
from tests.web.factory import SmallBuild, answer, passages, refusal

BUILD = SmallBuild(passages())
SIGNER = Signer("a key of this test")
MOST = 1000


def test_a_conversation_comes_back_from_the_browser_as_it_went() -> None:
    turns = (
        Turn("Quand ?", answer(BUILD, "1.1")),
        Turn("Combien ?", refusal(BUILD, "2.1"), verdict="good"),
    )
    conversation = Conversation.new().ask("Quand ?")
    conversation = Conversation(conversation.id, conversation.started, "Moulins", turns)
    kept = json.loads(json.dumps(to_browser(conversation, SIGNER)))
    assert from_browser(kept, SIGNER, MOST) == conversation


def test_what_was_not_answered_is_not_kept() -> None:
    conversation = Conversation.new().ask("Quand ?")
    assert conversation.searching
    assert to_browser(conversation, SIGNER)["turns"] == []
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
    assert from_browser(kept, SIGNER, MOST) is None


def kept_by(signer: Signer, *turns: Turn) -> Any:
    conversation = Conversation("0" * 32, "", "Moulins", turns)
    return json.loads(json.dumps(to_browser(conversation, signer)))


FORGED = {
    "an answer without a signature": {"outcome": {"outcome": "answer", "text": "Oui."}},
    "a signature that is none": {"signed": "x" * 40},
    "something else": {"signed": 3},
    "what was signed with another key": kept_by(Signer("?"), Turn("Quand ?", answer(BUILD, "1.1")))[
        "turns"
    ][0],
    "what was signed for another use": {"signed": SIGNER.sign("device", ["anne", "x"])},
    "a value of another form": {"signed": SIGNER.sign("turn", {"question": "Quand ?"})},
}


@pytest.mark.parametrize("forged", FORGED)
def test_an_answer_that_this_page_did_not_give_leaves_its_question(forged: str) -> None:
    turn = {"question": "Quand ?", **FORGED[forged]}
    kept = {"id": "0" * 32, "turns": [turn | {"question": "Quand ?" + " " * 2000}]}
    found = from_browser(kept, SIGNER, MOST)
    if found is None:
        assert forged == "something else"
        return
    (lost,) = found.turns
    assert (lost.note, lost.outcome, len(lost.question)) == ("lost", None, MOST)


@given(data=st.data())
def test_no_change_of_a_signed_answer_goes_unseen(data: Any) -> None:
    kept = kept_by(SIGNER, Turn("Quand ?", answer(BUILD, "1.1")))
    signed = kept["turns"][0]["signed"]
    place = data.draw(st.integers(0, len(signed) - 1))
    letter = data.draw(st.sampled_from("ABCabc019-_."))
    changed = signed[:place] + letter + signed[place + 1 :]
    kept["turns"][0]["signed"] = changed
    found = from_browser(kept, SIGNER, MOST)
    assert found is not None
    (turn,) = found.turns
    assert turn.outcome is None or turn.outcome == answer(BUILD, "1.1")


def test_a_long_conversation_is_kept_as_far_as_it_can_come_back() -> None:
    long = answer(BUILD, "1.1", missing=tuple(secrets.token_hex(5000) for _ in range(8)))
    kept = kept_by(SIGNER, *(Turn(f"Quand {n} ?", long) for n in range(40)))
    assert len(json.dumps(kept)) < 2_000_000
    found = from_browser(kept, SIGNER, MOST)
    assert found is not None
    assert 5 < len(found.turns) < 40
    assert found.turns[-1].question == "Quand 39 ?"


def test_of_more_turns_than_a_conversation_may_have_the_newest_come_back() -> None:
    turn = kept_by(SIGNER, Turn("Quand ?", answer(BUILD, "1.1")))["turns"][0]
    many = [turn | {"question": f"{n}", "signed": ""} for n in range(150)]
    found = from_browser({"id": "0" * 32, "turns": many}, SIGNER, MOST)
    assert found is not None
    assert [t.question for t in found.turns] == [str(n) for n in range(50, 150)]


def test_the_names_of_turns_are_in_the_order_of_their_questions() -> None:
    conversation = Conversation.new()
    for question in ("Quand ?", "Combien ?", "Où ?"):
        conversation = conversation.ask(question)
        asked = conversation.turns[-1].id
        conversation = conversation.end(Turn(question, answer(BUILD, "1.1")))
        assert conversation.turns[-1].id == asked
    kept = to_browser(conversation, SIGNER)
    names = [t["id"] for t in kept["turns"]]
    assert names == sorted(set(names))
    back = from_browser(kept, SIGNER, MOST)
    assert back is not None
    assert [t.id for t in back.turns] == names


def test_the_list_leaves_out_what_is_not_an_entry() -> None:
    good = {"id": "a" * 32, "title": "Moulins", "started": "2026-01-01T00:00:00Z", "count": 2}
    assert [i.title for i in conversation_entries([good, {"id": "x"}, None, 4])] == ["Moulins"]
    assert conversation_entries([good | {"started": "2026-02-30"}]) == ()
    assert conversation_entries("abc") == ()

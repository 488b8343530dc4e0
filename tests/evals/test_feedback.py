from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from assistant.answer import Refusal
from assistant.web.feedback import Feedback
from evals.feedback import candidates
from evals.parser import parser
from tests.evals.handmade import anchor, case


def _line(question: str, **more: object) -> str:
    fields = {
        "time": "2031-05-04T08:00:00+00:00",
        "question": question,
        "lang": "fr",
        "outcome": "answer",
        "anchors": [anchor("1"), anchor("2")],
        "verdict": "bad",
        "reason": "",
        "build": "0123456789ab",
    }
    return json.dumps(fields | more, ensure_ascii=False)


def test_without_feedback_there_are_no_candidates(tmp_path: Path) -> None:
    assert candidates(Feedback(tmp_path).path, []).found == ()


def test_what_the_page_writes_is_read_as_a_candidate(tmp_path: Path) -> None:
    refused = Refusal("Combien ?", "fr", "Non.", "plain", (), "0123456789ab")
    Feedback(tmp_path).add(refused, "should_answer")
    (found,) = candidates(Feedback(tmp_path).path, []).found
    assert found.remark.question == "Combien ?"
    assert found.remark.reason == "should_answer"
    assert found.command.endswith("--any ANCHOR")


def test_what_was_taken_back_is_not_a_candidate_and_a_comment_is_part_of_its_remark(
    tmp_path: Path,
) -> None:
    feedback = Feedback(tmp_path)
    refused = Refusal("Combien ?", "fr", "Non.", "plain", (), "0123456789ab")
    other = Refusal("Où ?", "fr", "Non.", "plain", (), "0123456789ab")
    kept = feedback.add(refused, "should_answer")
    feedback.add(refused, "should_answer", "Voir le préambule.", kept)
    feedback.withdraw(feedback.add(other, "good"))
    found = candidates(Feedback(tmp_path).path, [])
    assert [(c.remark.question, c.remark.comment) for c in found.found] == [
        ("Combien ?", "Voir le préambule.")
    ]
    assert found.unreadable == ()
    assert candidates(Feedback(tmp_path).path, [case("c-1", "1", question="où ?")]).known == 0


@pytest.mark.parametrize(
    ("outcome", "reason", "ending"),
    [
        ("answer", "", f"--any '{anchor('1')}'"),
        ("answer", "wrong_passage", "--any ANCHOR"),
        ("answer", "should_refuse", "--refuse"),
        ("refusal", "", "--refuse"),
        ("refusal", "should_answer", "--any ANCHOR"),
    ],
)
def test_the_command_says_what_the_reader_said(
    tmp_path: Path, outcome: str, reason: str, ending: str
) -> None:
    file = tmp_path / "feedback.jsonl"
    file.write_text(_line("Où ?", outcome=outcome, reason=reason), "utf-8")
    assert candidates(file, []).found[0].command.endswith(ending)


def test_a_hostile_question_stays_one_argument_of_the_command(tmp_path: Path) -> None:
    question = "Où ?'; rm -rf ~ #\n$(reboot)"
    file = tmp_path / "feedback.jsonl"
    file.write_text(_line(question), "utf-8")
    words = shlex.split(candidates(file, []).found[0].command)
    assert words[:4] == ["python", "-m", "evals", "add"]
    assert parser().parse_args(words[3:]).question == question


def test_lines_that_are_cut_off_are_left_out_and_numbered(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    file.write_text(_line("Où ?") + '\n{"question": "Qua', "utf-8")
    found = candidates(file, [])
    assert found.unreadable == (2,)
    assert len(found.found) == 1


def test_questions_that_are_cases_already_are_only_counted_and_repeats_are_one(
    tmp_path: Path,
) -> None:
    file = tmp_path / "feedback.jsonl"
    lines = [_line("Où ?"), _line("Quand ?", reason="incomplete"), _line("QUAND ?")]
    file.write_text("\n".join(lines), "utf-8")
    found = candidates(file, [case("c-1", "1", question="où ?")])
    assert found.known == 1
    assert [c.remark.question for c in found.found] == ["QUAND ?"]

"""``python -m assistant ask``: text for people, JSON for programs, exit codes for scripts."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from index.embedding import Embedder
from sources.settings import Settings
from tests.assistant.contract import AnswerJson
from tests.conftest import work_in

ROOT = Path(__file__).parents[2]
FRENCH, DUTCH = "Quel rôle est prévu pour le CCPD ?", "Welke rol krijgt het CPDS in Doornik?"
REFUSED = "Wat is het recept van stoofvlees?"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(built: Settings, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    work_in(built, embedder, monkeypatch)


def ask(capsys: Capture, *arguments: str) -> list[AnswerJson]:
    assert main(["ask", "--json", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return [AnswerJson.model_validate_json(line) for line in shown.out.splitlines()]


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


# What it loads


HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "sklearn",
    "scipy",
    "nltk",
    "gradio",
    "mcp",
)
_LOADED = """
import sys
from assistant.__main__ import main
code = main(["ask", sys.argv[1]])
print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
sys.exit(code)
"""


def test_a_question_loads_no_library_that_it_does_not_need(built: Settings) -> None:
    """Each takes up to seconds, which a person would wait for."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, FRENCH],
        cwd=ROOT,
        env={**os.environ, "DUCHESSE_DATA": str(built.data)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "CCPD" in done.stdout
    loaded = set(done.stderr.split())
    assert {"index", "chromadb", "llama_index"} <= loaded
    assert not loaded & set(HEAVY)


# One question


def test_an_answer_for_people_has_the_quote_and_where_it_stands(capsys: Capture) -> None:
    assert main(["ask", FRENCH]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.startswith("Déclaration Val Duchesse 2023, II.2, 6e tiret")
    assert "«\xa0Faire du centre de coopération policière et douanière (CCPD)" in shown.out
    assert "[1]" in shown.out


def test_a_refusal_is_an_outcome_and_no_failure(capsys: Capture) -> None:
    assert main(["ask", REFUSED]) == 0
    assert capsys.readouterr().out.startswith("Geen antwoord gevonden in de teksten.")


def test_the_json_is_that_of_the_contract(capsys: Capture) -> None:
    (answer,) = ask(capsys, FRENCH)
    assert (answer.question, answer.lang, answer.outcome) == (FRENCH, "fr", "answer")
    assert answer.citations[0].anchor.startswith("val-duchesse-2023@fr#")
    (refusal,) = ask(capsys, REFUSED)
    assert (refusal.lang, refusal.outcome, refusal.citations) == ("nl", "refusal", [])


def test_the_json_is_one_line_of_plain_text(capsys: Capture) -> None:
    assert main(["ask", "--json", FRENCH]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "rôle" in line
    assert "\\u" not in line


def test_a_language_can_be_asked_for(capsys: Capture) -> None:
    (answer,) = ask(capsys, FRENCH, "--lang", "nl")
    assert answer.lang == "nl"
    assert answer.citations[0].locator == "Verklaring Hertoginnedal 2023, II.2, 6e streepje"


def test_a_notice_stands_before_the_answer(capsys: Capture) -> None:
    assert main(["ask", "What is the role of the police centre in Tournai?"]) == 0
    assert capsys.readouterr().out.startswith("(La question ne semble être ni en français")


def test_an_empty_question_is_an_outcome(capsys: Capture) -> None:
    (refusal,) = ask(capsys, "  ")
    assert refusal.outcome == "refusal"


# A batch


def test_questions_are_read_one_a_line_plain_or_as_json_and_blank_lines_are_skipped(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        FRENCH,
        "",
        "   ",
        json.dumps({"question": DUTCH}),
        json.dumps({"question": FRENCH, "lang": "nl"}),
        json.dumps({"question": REFUSED, "lang": None, "id": 7}),
    ]
    piped(monkeypatch, "\n".join(lines))
    given = ask(capsys, "--stdin")
    assert [(a.question, a.lang, a.outcome) for a in given] == [
        (FRENCH, "fr", "answer"),
        (DUTCH, "nl", "answer"),
        (FRENCH, "nl", "answer"),
        (REFUSED, "nl", "refusal"),
    ]


def test_a_language_of_the_command_holds_for_lines_that_have_none(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, f"{FRENCH}\n" + json.dumps({"question": DUTCH, "lang": "fr"}) + "\n")
    assert [a.lang for a in ask(capsys, "--stdin", "--lang", "nl")] == ["nl", "fr"]


def test_a_batch_of_nothing_gives_nothing(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "\n\n")
    assert ask(capsys, "--stdin") == []


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"question": 3}',
        '{"question": null}',
        '{"vraag": "Wat?"}',
        '{"question": "Wat?", "lang": "de"}',
        '{"question": "Wat?", "lang": 3}',
        '{"question": "Wat?", "history": 3}',
        '{"question": "Wat?", "history": [3]}',
        '{"question": ' + "[" * 20_000,
        '{"question": "' + "lang " * 300 + '"}',
        "trop " * 300,
    ],
)
def test_a_bad_line_is_wrong_use_that_names_it_after_the_lines_before_are_answered(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    piped(monkeypatch, f"\n{REFUSED}\n{line}\n{FRENCH}\n")
    assert main(["ask", "--stdin", "--json"]) == 2
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 1
    assert "line 3" in shown.err
    assert shown.err.startswith("error: ")
    assert "Traceback" not in shown.err


def test_a_byte_order_mark_at_the_start_of_a_batch_is_no_part_of_the_question(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "\ufeff" + json.dumps({"question": FRENCH}) + "\n")
    (answer,) = ask(capsys, "--stdin")
    assert answer.question == FRENCH


# Wrong use


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["ask", "--stdin", FRENCH], ["ask", "--json"]],
)
def test_one_question_or_a_batch_must_be_given(capsys: Capture, arguments: list[str]) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "give one question, or --stdin" in shown.err


@pytest.mark.parametrize("arguments", [[], ["tell"], ["ask", "x", "--lang", "de"], ["ask", "--x"]])
def test_arguments_that_are_not_known_are_wrong_use(capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err


def test_a_question_that_is_too_long_is_wrong_use(capsys: Capture) -> None:
    assert main(["ask", "x" * 1001]) == 2
    assert "1001 characters" in capsys.readouterr().err


def test_a_question_in_another_encoding_is_wrong_use(capsys: Capture) -> None:
    assert main(["ask", os.fsdecode("Qui préside ?".encode("latin-1"))]) == 2
    assert "not in the encoding of the terminal: Qui pr\\xe9side ?" in capsys.readouterr().err


def test_without_an_index_the_next_step_is_said(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "nothing"))
    assert main(["ask", FRENCH]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "python -m index build" in shown.err
    assert "Traceback" not in shown.err


# As it is run: the only loads of the model in a process of its own


def run(built: Settings, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env={**os.environ, "DUCHESSE_DATA": str(built.data)},
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


@pytest.mark.slow
def test_as_a_process_a_batch_gives_json_alone_on_standard_output(built: Settings) -> None:
    done = run(built, "ask", "--stdin", "--json", given=f"{FRENCH}\n{DUTCH}\n{REFUSED}\n{{\n")
    assert done.returncode == 2
    answers = [AnswerJson.model_validate_json(line) for line in done.stdout.splitlines()]
    assert [a.outcome for a in answers] == ["answer", "answer", "refusal"]
    assert done.stderr.startswith("error: line 4 of standard input")
    assert len(done.stderr.splitlines()) == 1


def test_as_a_process_help_and_wrong_use_need_no_model(built: Settings) -> None:
    shown = run(built, "ask", "--help")
    assert shown.returncode == 0
    assert "--stdin" in shown.stdout
    wrong = run(built, "ask")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Traceback" not in wrong.stderr

from __future__ import annotations

import json
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.answerability import AnswerabilityModel, own_path
from evals import baseline, cases
from evals.__main__ import main
from evals.run import EvaluationRun
from tests.conftest import ROOT
from tests.evals.handmade import answer, case, refusal, run
from tests.index.fake import harbour, make, settings_for

PAIRS = [(c, answer(c, "1")) for c in (case(f"c-{n}", "1") for n in range(12))]


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    """A run, and one where all is refused."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    run(*PAIRS).write(good)
    run(*((c, refusal(c, "1")) for c, _ in PAIRS)).write(bad)
    return good, bad


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a small build of invented texts, and a folder of cases of its own."""
    settings = settings_for(tmp_path)
    make(settings, harbour())
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "some.jsonl").write_text(case("c-1").model_dump_json() + "\n", "utf-8")
    monkeypatch.setattr(cases, "FOLDER", folder)
    monkeypatch.setenv("DUCHESSE_DATA", str(settings.data))
    return folder


ADD = ["add", "--lang", "nl", "--kind", "plain", "--split", "dev", "--question", "Waar is de kaai?"]


def test_compare_prints_what_changed_and_json_for_programs(
    runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *map(str, runs)]) == 0
    text = capsys.readouterr().out
    assert "12 case(s) became wrong" in text
    assert "refused, should have been answered" in text
    assert main(["compare", "--json", *map(str, runs)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {c["verdict"] for c in found["changes"] if c["measure"] == "right"} == {"worse"}


def test_check_fails_below_the_baseline_and_says_where(
    runs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = runs
    file = ["--baseline", str(tmp_path / "baseline.json")]
    assert main(["check", "--run", str(good), "--refresh", *file]) == 0
    assert main(["check", "--run", str(good), *file]) == 0
    capsys.readouterr()
    assert main(["check", "--run", str(bad), *file]) == 1
    assert "fallen  test fr: right 1.000 -> 0.000" in capsys.readouterr().out


def test_report_writes_a_page_beside_the_run(runs: tuple[Path, Path]) -> None:
    assert main(["report", str(runs[1])]) == 0
    assert runs[1].with_suffix(".html").read_text("utf-8").count("<article") == 12


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"cases": 3}'])
def test_a_file_that_is_no_run_is_named_without_a_traceback(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "odd.json"
    file.write_text(content, "utf-8")
    assert main(["report", str(file)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: not a run: ")
    assert "odd.json" in error
    assert "Traceback" not in error


def test_a_run_whose_anchors_are_none_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    made = run(*PAIRS[:1])
    file.write_text(made.model_dump_json().replace("port-2031@fr#1", "nowhere"), "utf-8")
    assert main(["report", str(file)]) == 1


def test_a_run_that_is_written_and_read_is_the_same(tmp_path: Path) -> None:
    made = run(*PAIRS, measures={"test": {"cases": 12}})
    made.write(tmp_path / "run.json")
    assert EvaluationRun.read(tmp_path / "run.json") == made


@pytest.mark.parametrize(
    "argv",
    [
        ["run", "--check", "--split", "dev"],
        ["run", "--check", "--cases", "some.jsonl"],
        ["run", "--baseline", "some.json"],
        ["run", "--json", "/proc/no/such/place.json"],
    ],
)
def test_wrong_use_is_said_before_any_work(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize(
    "argv", [[], ["run", "--split", "both"], ["compare", "one.json"], [*ADD], ["frobnicate"]]
)
def test_what_the_parser_does_not_know_is_wrong_use(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)
    assert caught.value.code == 2


def test_without_an_index_running_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "nothing"))
    assert main(["run"]) == 1
    assert "python -m index build" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        shlex.split(line)
        for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
        if "-m evals run" in line
    ],
)
def test_the_evaluations_of_the_makefile_are_no_wrong_use(
    argv: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "evals").symlink_to(ROOT / "evals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "nothing"))
    assert main(argv[argv.index("run") :]) == 1
    assert "python -m index build" in capsys.readouterr().err


@pytest.mark.parametrize("named", [False, True])
def test_a_calibration_is_written_for_the_data_folder_where_no_file_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    fitted = AnswerabilityModel.load().file.model_dump() | {"model": "fitted"}
    build = SimpleNamespace(close=lambda: None)
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("index.embedding.load", lambda _: None)
    monkeypatch.setattr("evals.observe.assistant_for", lambda *_: SimpleNamespace(build=build))
    monkeypatch.setattr("evals.calibrate.calibrate", lambda *_: (fitted, {}))
    given = [str(tmp_path / "elsewhere.json")] if named else []
    assert main(["calibrate", "--write", *given]) == 0
    path = Path(given[0]) if named else own_path(tmp_path / "data", "fitted")
    assert json.loads(path.read_text("utf-8"))["model"] == "fitted"


def test_that_an_index_to_calibrate_on_is_not_there_shows_before_the_work(
    port: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrate", "--only", "same", "--also", str(tmp_path / "nothing")]) == 1
    assert "python -m index build" in capsys.readouterr().err


def test_a_case_is_added_with_the_next_free_id(
    port: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ADD, "--any", "ports-2031@fr#art_1", "--note", "kaai"]) == 0
    assert capsys.readouterr().out.startswith("added-nl-001: ")
    (added,) = cases.load([port / "added.nl.jsonl"])
    assert added.any == ("ports-2031@fr#art_1",)
    assert (added.lang, added.note, added.refuse) == ("nl", "kaai", False)


def test_an_anchor_that_the_build_does_not_have_is_not_added(
    port: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["--all", "ports-2031@fr#art_1", "ports-2031@fr#art_99", "elsewhere@fr#art_1"]
    assert main([*ADD, *wanted]) == 1
    assert "ports-2031@fr#art_99, elsewhere@fr#art_1" in capsys.readouterr().err
    assert not (port / "added.nl.jsonl").exists()


def test_an_id_of_another_file_is_taken(port: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = port.parent / "mine.jsonl"
    assert main([*ADD, "--refuse", "--id", "c-1", "--file", str(file)]) == 1
    assert "the id is taken: c-1" in capsys.readouterr().err
    assert main([*ADD, "--refuse", "--id", "c-2", "--file", str(file)]) == 0
    assert cases.load([file])[0].refuse


def test_candidates_are_printed_without_control_characters(
    port: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data" / "feedback"
    folder.mkdir()
    remark = {"question": "Où\x1b[2J ? [red]x[/red]", "lang": "fr", "outcome": "answer"}
    remark["comment"] = "Voir\x1b[2J l’annexe"
    (folder / "feedback.jsonl").write_text(json.dumps(remark) + "\nbroken\n", "utf-8")
    assert main(["candidates"]) == 0
    shown = capsys.readouterr()
    assert "\x1b" not in shown.out
    assert "[red]x[/red]" in shown.out
    assert "“Voir [2J l’annexe”" in shown.out
    assert "line(s) 2 cannot be read" in shown.err
    assert main(["candidates", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["question"] == remark["question"]


def test_the_baseline_that_ships_is_of_the_cases_that_ship() -> None:
    kept = baseline.Baseline.read(baseline.PATH)
    now = {c.id: c.digest for c in cases.load()}
    assert {i for i, digest in kept.cases.items() if now.get(i) != digest} == set()

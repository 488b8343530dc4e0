"""``python -m index``: what is in use, what would change, and the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.__main__ import main
from index.build import Build
from index.embedding import Embedder
from index.registry import BuildRegistry
from sources import catalogue
from sources.catalogue import Source
from sources.library import Library
from sources.records import Provenance
from sources.settings import Settings
from tests.conftest import work_in

DECLARATION, WORK = "val-duchesse-2023", "havre-2031"
TEXT = "# Accord des ports\n\n1. Les quais du nord sont ouverts.\n"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(own: Settings, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    work_in(own, embedder, monkeypatch)


def index(capsys: Capture, *arguments: str, code: int = 0) -> dict[str, Any]:
    """What a command gives as JSON."""
    assert main([*arguments, "--json"]) == code
    shown = capsys.readouterr()
    assert shown.err == ""
    found: dict[str, Any] = json.loads(shown.out)
    return found


def put(settings: Settings, text: str) -> None:
    names = {"fr": "Accord des ports", "nl": "Havenakkoord"}
    entry = {"id": WORK, "kind": "document", "title": names, "short": names, "licence": "-"}
    catalogue.add(settings.data / "catalogue.toml", Source.model_validate(entry))
    came = Provenance("text/markdown", "2031-01-01T00:00:00Z", "added", "")
    Library.of(settings).store.put(WORK, "fr", text.encode("utf-8"), came)


# Status


def test_the_status_says_what_is_in_use(capsys: Capture, own: Settings) -> None:
    found = index(capsys, "status")
    assert found["build"] == BuildRegistry(own.data).current()
    assert found["passages"] == 60
    entry = catalogue.load().find(DECLARATION)
    assert found["sources"] == [
        {
            "work": DECLARATION,
            "lang": "fr",
            "passages": 60,
            "date": "2023-05-05",
            "version": entry.file[0].sha256,
            "received": "",
        }
    ]
    assert "multilingual-e5-small" in found["model"]
    assert found["up_to_date"] is True
    assert found["pending"] == {"added": [], "changed": [], "removed": []}


def test_the_status_for_people_has_the_build_and_its_state(capsys: Capture, own: Settings) -> None:
    assert main(["status"]) == 0
    shown = capsys.readouterr().out
    assert BuildRegistry(own.data).current() in shown
    assert f"{DECLARATION}@fr: 60, of 2023-05-05, version " in shown
    assert "up to date" in shown


def test_the_status_says_what_is_known_and_is_neither_here_nor_comes_by_itself(
    capsys: Capture, own: Settings
) -> None:
    found = index(capsys, "status")
    assert "tournai-ii" in found["absent"]
    assert {DECLARATION, *(row["work"] for row in found["cited"])}.isdisjoint(found["absent"])
    assert main(["status"]) == 0
    assert f"absent    {', '.join(found['absent'])}\n" in capsys.readouterr().out


def test_the_status_says_which_cited_texts_lack_and_since_when_a_version_is_here(
    capsys: Capture, own: Settings
) -> None:
    lacking = index(capsys, "status")["cited"]
    assert {
        "work": "celex:32013R0604",
        "lang": "nl",
        "state": "known",
        "command": "python -m sources fetch 32013R0604",
    } in lacking
    assert "celex:22021A0430(01)" not in {row["work"] for row in lacking}
    put(own, TEXT)
    index(capsys, "build", "--source", WORK)
    (mine,) = [s for s in index(capsys, "status")["sources"] if s["work"] == WORK]
    assert mine["received"] == "2031-01-01T00:00:00Z"
    assert main(["status"]) == 0
    shown = capsys.readouterr().out
    assert f"version {mine['version'][:12]}, received 2031-01-01" in shown
    assert "cited     celex:32013R0604@nl: known; `python -m sources fetch 32013R0604`" in shown


def test_the_status_says_what_has_changed_since(capsys: Capture, own: Settings) -> None:
    put(own, TEXT)
    found = index(capsys, "status")
    assert found["up_to_date"] is False
    assert found["pending"]["added"] == [f"{WORK}@fr"]
    assert main(["status"]) == 0
    told = f"added     {WORK}@fr\nstate     run `python -m index build`\n"
    assert capsys.readouterr().out.endswith(told)


@pytest.mark.parametrize("command", ["status", "verify", "rollback"])
def test_without_an_index_the_next_step_is_said(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "nothing"))
    assert main([command]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "python -m index build" in shown.err


# Building


def test_a_build_of_what_has_not_changed_says_so(capsys: Capture, own: Settings) -> None:
    before = BuildRegistry(own.data).current()
    found = index(capsys, "build")
    assert (found["build"], found["unchanged"], found["passages"]) == (before, True, 60)
    assert main(["build"]) == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_a_dry_run_says_what_would_be_done_and_does_nothing(capsys: Capture, own: Settings) -> None:
    put(own, TEXT)
    before = BuildRegistry(own.data).history()
    found = index(capsys, "build", "--dry-run")
    assert (found["unchanged"], found["added"]) == (False, [f"{WORK}@fr"])
    assert found["current"] == before[0] != found["build"]
    assert found["to_embed"] < 10 < found["texts"]
    assert BuildRegistry(own.data).history() == before
    assert index(capsys, "build")["build"] == found["build"]
    assert "to_embed" not in index(capsys, "build", "--dry-run")
    assert main(["build", "--dry-run"]) == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_a_build_shows_its_progress_on_standard_error_alone(capsys: Capture, own: Settings) -> None:
    put(own, TEXT)
    assert main(["build"]) == 0
    shown = capsys.readouterr()
    assert f"added: {WORK}@fr" in shown.out
    assert f"build in use: {BuildRegistry(own.data).current()}" in shown.out
    assert "%|" in shown.err
    assert "%|" not in shown.out


def test_only_the_source_that_is_named_is_taken_up(capsys: Capture, own: Settings) -> None:
    put(own, TEXT)
    assert index(capsys, "build", "--source", DECLARATION)["unchanged"] is True
    found = index(capsys, "build", "--source", WORK)
    assert (found["unchanged"], found["added"]) == (False, [f"{WORK}@fr"])
    assert {s["work"] for s in index(capsys, "status")["sources"]} == {DECLARATION, WORK}


def test_a_source_that_is_not_known_is_wrong_use(capsys: Capture) -> None:
    assert main(["build", "--source", "nowhere"]) == 2
    assert "no such source in the catalogue: nowhere" in capsys.readouterr().err


def test_another_builder_is_named(capsys: Capture, own: Settings) -> None:
    with BuildRegistry(own.data).writing():
        assert main(["build"]) == 1
    assert "another process is building: process " in capsys.readouterr().err


# Verifying


def test_a_good_build_is_well(capsys: Capture, own: Settings) -> None:
    assert index(capsys, "verify") == {
        "build": BuildRegistry(own.data).current(),
        "faults": [],
        "notes": [],
    }
    assert main(["verify"]) == 0
    assert "all is well" in capsys.readouterr().out


def test_a_damaged_build_is_told_with_every_fault(capsys: Capture, own: Settings) -> None:
    registry = BuildRegistry(own.data)
    folder = registry.path(registry.current())
    (folder / "tokens.bin").write_bytes(b"")
    (folder / "offsets.npy").unlink()
    found = index(capsys, "verify", code=1)
    assert sorted(found["faults"]) == ["offsets.npy: missing", "tokens.bin: altered"]
    assert main(["verify"]) == 1
    assert "2 fault(s)" in capsys.readouterr().out


def test_what_changed_since_the_build_is_a_note_and_no_fault(
    capsys: Capture, own: Settings
) -> None:
    put(own, TEXT)
    index(capsys, "build")
    put(own, TEXT.replace("ouverts", "fermés"))
    found = index(capsys, "verify")
    assert found["faults"] == []
    assert found["notes"] == [f"{WORK}@fr: changed since this build"]


def test_a_build_of_another_model_is_told(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUCHESSE_MODEL", "someone/else")
    assert main(["verify"]) == 1
    assert "another embedding model" in capsys.readouterr().err


# Differences, and the way back


@pytest.mark.slow
def test_differences_are_told_word_by_word_and_rolling_back_undoes_them(
    capsys: Capture, own: Settings
) -> None:
    first = BuildRegistry(own.data).current()
    put(own, TEXT)
    second = index(capsys, "build")["build"]
    put(own, TEXT.replace("nord", "sud"))
    third = index(capsys, "build")["build"]
    found = index(capsys, "diff")
    assert (found["old"], found["new"]) == (second, third)
    ((change, words),) = [(d["change"], d["words"]) for d in found["differences"]]
    assert change == "changed"
    assert "[-nord-] {+sud+}" in words
    found = index(capsys, "diff", first, third)
    assert {d["change"] for d in found["differences"]} == {"added"}
    assert index(capsys, "rollback") == {"build": second, "before": third, "skipped": []}
    assert index(capsys, "status")["build"] == second
    assert main(["rollback"]) == 0
    assert f"build in use: {first}" in capsys.readouterr().out
    assert main(["rollback"]) == 0  # from the oldest it goes round
    assert "this one is newer" in capsys.readouterr().out
    assert index(capsys, "rollback", first)["build"] == first
    assert main(["rollback", "0" * 12]) == 1
    assert second in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["diff"], ["diff", "aaaaaaaaaaaa"], ["diff", "../..", "aaaaaaaaaaaa"]]
)
def test_two_builds_are_needed_for_differences(capsys: Capture, arguments: list[str]) -> None:
    assert main(arguments) == 2
    assert "there are not two builds to compare" in capsys.readouterr().err


def test_a_folder_outside_the_shelf_is_no_build(capsys: Capture, own: Settings) -> None:
    assert main(["diff", "..", "../cache"]) == 2
    assert "there are not two builds" in capsys.readouterr().err


def test_there_is_no_way_back_from_the_only_build(capsys: Capture) -> None:
    assert main(["rollback"]) == 1
    assert "no earlier build" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["burn"], ["build", "--all"], ["diff", "a", "b", "c"]])
def test_arguments_that_are_not_known_are_wrong_use(capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m index" in capsys.readouterr().err


# Files beside a text


def test_a_translation_of_a_replaced_text_is_told_and_gone_from_answers(
    capsys: Capture, own: Settings
) -> None:
    put(own, TEXT)
    current = Library.of(own).store.current(WORK, "fr")
    assert current
    folder = own.data / "working"
    folder.mkdir()
    head = f"lang = 'nl'\nversions = ['{current.sha256}']\n"
    translated = head + "[passages]\npnt_1 = 'De noordkaai is open.'\n"
    (folder / f"{WORK}.nl.toml").write_text(translated, "utf-8")
    assert index(capsys, "build")["notes"] == []
    put(own, TEXT.replace("ouverts", "fermés"))
    for command in (["build", "--dry-run"], ["build"], ["build"], ["build", "--dry-run"]):
        assert main(command) == 0
        assert f"note: {WORK}.nl.toml: not used with the text in fr" in capsys.readouterr().out
    assert any("not used" in note for note in index(capsys, "verify")["notes"])
    assert index(capsys, "diff")["differences"][0]["words"].count("ouverts") == 1
    registry = BuildRegistry(own.data)
    (passage,) = Build(registry.path(registry.current())).document_for(WORK, "fr")
    assert (passage.text, passage.working) == ("Les quais du nord sont fermés.", None)

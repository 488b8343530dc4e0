"""Files beside stored texts: used with the version that they were written for, else told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sources.__main__ import main
from sources.library import Library
from sources.model import Document
from sources.unused import unused

WORK = "badges-2031"
FIRST = (
    "# Circulaire badges\n\n1. Un badge perdu coûte 12 euros.\n\n2. Il est bloqué le jour même.\n"
)
SECOND = FIRST.replace("12 euros", "18 euros")
TRANSLATION = (
    '[passages]\npnt_1 = "Een verloren badge kost 12 euro."\npnt_2 = "Hij wordt geblokkeerd."\n'
)
QUESTIONS = '[questions]\npnt_1 = ["Combien coûte un badge perdu ?"]\n'
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "var"))
    (tmp_path / "var" / "working").mkdir(parents=True)
    add(tmp_path / "var", FIRST)
    return tmp_path / "var"


def add(data: Path, text: str, lang: str = "fr", *more: str) -> int:
    file = data.parent / "badges.md"
    file.write_text(text, "utf-8")
    titles = ["--title-fr", "Circulaire badges", "--title-nl", "Omzendbrief badges"]
    return main(["add", str(file), "--id", WORK, "--lang", lang, *titles, *more])


def version(data: Path) -> str:
    record = Library(data).store.current(WORK, "fr")
    assert record
    return record.sha256


def beside(data: Path, name: str, text: str, versions: str | None = None) -> None:
    named = f"lang = '{name.split('.')[1]}'\nversions = ['{versions or version(data)}']\n"
    (data / "working" / name).write_text(named + text, "utf-8")


def read(data: Path) -> Document:
    library = Library(data)
    edition = library.edition(WORK, "fr")
    assert edition
    return library.read(edition)


def test_what_was_written_for_a_text_is_used_until_it_is_replaced_and_when_it_is_back(
    data: Path, capsys: Capture
) -> None:
    beside(data, f"{WORK}.nl.toml", TRANSLATION)
    beside(data, f"{WORK}.fr.questions.toml", QUESTIONS, version(data)[:12])
    first = read(data).passages[0]
    assert first.working
    assert first.working.text == "Een verloren badge kost 12 euro."
    assert first.questions == ("Combien coûte un badge perdu ?",)
    assert unused(Library(data)) == []
    capsys.readouterr()
    assert add(data, SECOND) == 0
    replaced = read(data).passages[0]
    assert (replaced.working, replaced.questions) == (None, ())
    told = capsys.readouterr().out
    for name in (f"{WORK}.nl.toml", f"{WORK}.fr.questions.toml"):
        assert f"note: {name}: not used with the text in fr" in told
    assert f"`python -m sources show {WORK} --version {version(data)[:12]}`" in told
    assert f'"{version(data)[:12]}"' in told
    assert add(data, FIRST) == 0
    assert read(data).passages[0] == first
    assert "not used" not in capsys.readouterr().out


def test_it_may_be_written_for_several_versions(data: Path) -> None:
    before = version(data)
    add(data, SECOND)
    beside(data, f"{WORK}.nl.toml", TRANSLATION, f"{before}', '{version(data)[:16]}")
    assert all(p.working for p in read(data).passages)


def test_a_portion_that_only_the_replaced_text_has_is_no_fault_of_the_next(
    data: Path, capsys: Capture
) -> None:
    beside(data, f"{WORK}.nl.toml", TRANSLATION)
    add(data, "# Circulaire badges\n\n1. Les badges sont gratuits.\n")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert (
        f"note     {WORK}: {WORK}.nl.toml: not used with the text in fr" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("badges-2031.nl.toml", f"lang = 'nl'\n{TRANSLATION}", "it names no version"),
        ("badges-2031.fr.questions.toml", f"lang = 'fr'\n{QUESTIONS}", "it names no version"),
        ("badges-2013.nl.toml", f"lang = 'nl'\n{TRANSLATION}", "if it is of badges-2031, rename"),
        ("parkeren.fr.questions.toml", "[[", "no text is stored in a folder parkeren; see"),
        ("badges-2031.fr.toml", "[[", "the official text in fr takes its place"),
        ("vertaling badges.toml", "", "its name is not <folder>.<lang>.toml"),
        ("badges-2031.nl.questions.toml.draft", "lang = 'nl'", ""),
        (".badges-2031.nl.toml.swp", "", ""),
    ],
)
def test_a_file_that_is_not_used_is_told_with_what_to_do(
    data: Path, capsys: Capture, name: str, text: str, told: str
) -> None:
    (data / "working" / name).write_text(text, "utf-8")
    capsys.readouterr()
    assert main(["check"]) == 0
    shown = capsys.readouterr().out
    assert told in shown
    assert (name in shown) == bool(told)


def test_a_file_without_its_form_is_told_once(data: Path, capsys: Capture) -> None:
    (data / "working" / f"{WORK}.nl.toml").write_text("lang = 'nl'\n[passages\n", "utf-8")
    capsys.readouterr()
    assert main(["check", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert ["not a working translation" in r["text"] for r in rows].count(True) == 1
    assert unused(Library(data), WORK)

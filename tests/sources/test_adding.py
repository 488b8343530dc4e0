"""Many texts at once: a list, each entry for itself, and nothing done in a dry run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sources.__main__ import main
from sources.library import Library

Capture = pytest.CaptureFixture[str]
TEXT = "# Accord\n\n1. Les quais du nord sont ouverts la nuit.\n"
ENTRY = """
[[add]]
file = "{id}.md"
id = "{id}"
lang = "fr"
title = {{ fr = "Accord {id}", nl = "Akkoord {id}" }}
date = "2031-02-03"
"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Three entries, the second of a file that is not there."""
    for name in ("nord", "sud"):
        (tmp_path / f"{name}.md").write_text(TEXT, "utf-8")
    path = tmp_path / "list.toml"
    path.write_text("".join(ENTRY.format(id=i) for i in ("nord", "est", "sud")), "utf-8")
    return path


def sources(capsys: Capture, *arguments: str, code: int = 0) -> Any:
    assert main([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_one_entry_that_fails_does_not_stop_the_others(
    capsys: Capture, listed: Path, data: Path
) -> None:
    rows = sources(capsys, "add", "--list", str(listed), code=1)
    assert [r["id"] for r in rows if "error" not in r] == ["nord", "sud"]
    assert "est.md" in rows[1]["error"]
    assert Library(data).store.works() == [("nord", "fr"), ("sud", "fr")]
    assert main(["add", "--list", str(listed)]) == 1
    shown = capsys.readouterr()
    assert "error: est (fr)" in shown.err
    assert "nord (fr)" in shown.out


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    capsys: Capture, listed: Path, data: Path
) -> None:
    rows = sources(capsys, "add", "--list", str(listed), "--dry-run")
    assert [r["would"] for r in rows] == [
        f"add {listed.parent / name}.md" for name in ("nord", "est", "sud")
    ]
    assert sources(capsys, "fetch", "32016R0679", "--dry-run")[0]["celex"] == "32016R0679"
    assert not data.exists()
    sources(capsys, "add", "--list", str(listed), code=1)
    assert sources(capsys, "remove", "nord", "sud", "--dry-run")[1]["would"] == "remove"
    assert len(Library(data).store.works()) == 2
    sources(capsys, "remove", "nord", "sud")
    assert Library(data).store.works() == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "add: Field required"),
        ("add = []", "at least 1 item"),
        (ENTRY.format(id="x") + "colour = 1", "add.0.colour: Extra inputs"),
        ("[[add]]\nfile = 'a.md'", "add.0.id: Field required"),
        ("no toml", "cannot be read"),
    ],
)
def test_a_list_without_its_form_is_wrong_use_and_names_the_entry(
    capsys: Capture, tmp_path: Path, data: Path, content: str, told: str
) -> None:
    path = tmp_path / "list.toml"
    path.write_text(content, "utf-8")
    assert main(["add", "--list", str(path)]) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.err.count("\n") == 1
    assert not data.exists()


def test_without_a_list_everything_must_be_said(capsys: Capture) -> None:
    assert main(["add", "file.pdf", "--id", "x"]) == 2
    assert "--title-fr, --title-nl, --lang" in capsys.readouterr().err


def test_every_version_of_a_text_stays_readable_under_its_date(
    capsys: Capture, listed: Path
) -> None:
    sources(capsys, "add", "--list", str(listed), code=1)
    (listed.parent / "nord.md").write_text(TEXT.replace("ouverts", "fermés"), "utf-8")
    sources(capsys, "add", "--list", str(listed), code=1)
    versions = sources(capsys, "show", "nord")["versions"]
    texts = [
        sources(capsys, "show", "nord", "--version", v["sha256"][:12])[0]["passages"][0]["text"]
        for v in versions
    ]
    assert sorted(texts) == [
        "Les quais du nord sont fermés la nuit.",
        "Les quais du nord sont ouverts la nuit.",
    ]
    assert len(sources(capsys, "show", "nord", "--version", versions[0]["date"][:10])) == 2
    assert main(["show", "nord", "--version", "1999-01-01"]) == 2
    assert "There are: " in capsys.readouterr().err

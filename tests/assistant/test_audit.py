"""The audit: a line for each question, without its words, and never in the way."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant.audit import Audit
from sources.settings import Settings
from tests.web.factory import WORK, SmallBuild, answer, passages, refusal

BUILD = SmallBuild(passages())
SECRET = "Que dit l’accord de Mme Peeters ?"


def audit(folder: Path, **more: Any) -> Audit:
    return Audit(Settings(data=folder, **more))


def lines(folder: Path) -> list[dict[str, Any]]:
    files = sorted((folder / "audit").glob("audit-????-??-??.jsonl"))
    return [json.loads(la) for f in files for la in f.read_text("utf-8").splitlines()]


def test_an_answer_leaves_a_line_with_what_it_cited(tmp_path: Path) -> None:
    audit(tmp_path).add(SECRET, answer(BUILD, "1.1", "2.1"), elapsed_ms=42, user="anne")
    (line,) = lines(tmp_path)
    assert line["anchors"] == [f"{WORK}@fr#1.1", f"{WORK}@fr#2.1"]
    assert (line["outcome"], line["lang"], line["build"]) == ("answer", "fr", BUILD.id)
    assert (line["elapsed_ms"], line["user"]) == (42, "anne")
    assert line["time"][:10] in next((tmp_path / "audit").glob("audit-*")).name


def test_a_refusal_and_a_failure_leave_a_line_without_anchors(tmp_path: Path) -> None:
    kept = audit(tmp_path)
    kept.add(SECRET, refusal(BUILD, "1.1", lang="nl"), elapsed_ms=1, user=None)
    kept.add(SECRET, None, elapsed_ms=1, user=None)
    first, second = lines(tmp_path)
    assert (first["outcome"], first["lang"], first["anchors"]) == ("refusal", "nl", [])
    assert (second["outcome"], second["build"], second["anchors"]) == ("error", None, [])
    assert "user" not in first


def test_no_file_has_the_words_of_a_question_and_equal_ones_can_be_counted(tmp_path: Path) -> None:
    kept = audit(tmp_path)
    for question in (SECRET, f"  {SECRET}\n", "Autre chose ?"):
        kept.add(question, answer(BUILD, "1.1", question=question), elapsed_ms=1, user=None)
    one, two, three = (line["question"] for line in lines(tmp_path))
    assert one == two != three
    written = [p for p in (tmp_path / "audit").iterdir() if p.is_file()]
    assert not any("Peeters" in p.read_text("utf-8") for p in written)


def test_another_installation_has_other_hashes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        audit(tmp_path / name).add(SECRET, None, elapsed_ms=1, user=None)
    one, two = (lines(tmp_path / name)[0]["question"] for name in ("one", "two"))
    assert one != two


def test_the_text_is_kept_where_the_settings_say_so(tmp_path: Path) -> None:
    audit(tmp_path, audit_text=True).add(SECRET, None, elapsed_ms=1, user=None)
    assert lines(tmp_path)[0]["text"] == SECRET


def test_the_files_are_their_owners_alone(tmp_path: Path) -> None:
    audit(tmp_path).add(SECRET, None, elapsed_ms=1, user=None)
    files = [p for p in (tmp_path / "audit").iterdir() if p.name != "lock"]
    assert [stat.S_IMODE(p.stat().st_mode) for p in files] == [0o600] * 2


def test_several_writers_do_not_mix_their_lines(tmp_path: Path) -> None:
    kept = [audit(tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: kept[n % 4].add(SECRET, None, elapsed_ms=n, user=None), range(40)))
    found = lines(tmp_path)
    assert sorted(line["elapsed_ms"] for line in found) == list(range(40))
    assert len({line["question"] for line in found}) == 1


def test_what_goes_wrong_is_logged_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "audit").write_text("a file where a folder should be")
    audit(tmp_path).add(SECRET, answer(BUILD, "1.1"), elapsed_ms=1, user=None)
    assert "could not be written" in caplog.text
    assert "Peeters" not in caplog.text

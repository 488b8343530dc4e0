"""Differences between builds: every passage that is not the same, word by word."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from index import diff
from index.diff import compare
from sources.bilingual import Bilingual
from sources.model import Passage, Working
from tests.index.fake import passage

WORK = "ports-2031"
BASE = [
    passage(WORK, "fr", 1, "Les quais du nord.", "De noordelijke kaaien."),
    passage(WORK, "fr", 2, "Les grues bleues.", "De blauwe kranen."),
]
SENTENCES = st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "cinq"]), max_size=8)


def write(folder: Path, passages: list[Passage]) -> Path:
    folder.mkdir()
    lines = [TypeAdapter(Passage).dump_json(p) + b"\n" for p in passages]
    (folder / "passages.jsonl").write_bytes(b"".join(lines))
    return folder


def differences(tmp_path: Path, new: list[Passage]) -> list[tuple[str, str, str]]:
    old_folder, new_folder = write(tmp_path / "old", BASE), write(tmp_path / "new", new)
    return [(d.change, d.anchor[-1], d.words) for d in compare(old_folder, new_folder)]


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(diff)
    assert result.attempted
    assert not result.failed


def test_two_equal_builds_have_no_difference(tmp_path: Path) -> None:
    assert differences(tmp_path, BASE) == []


def test_added_changed_and_removed_passages_are_told_in_reading_order(tmp_path: Path) -> None:
    new = [passage(WORK, "fr", 3, "Le phare."), replace(BASE[0], text="Les quais du sud.")]
    assert differences(tmp_path, new) == [
        ("added", "3", "Le phare."),
        ("changed", "1", "Les quais du [-nord.-] {+sud.+}"),
        ("removed", "2", "Les grues bleues."),
    ]


def test_a_change_of_the_working_translation_is_told(tmp_path: Path) -> None:
    new = [replace(BASE[0], working=Working("nl", "De zuidelijke kaaien.", ("Ports",))), BASE[1]]
    assert differences(tmp_path, new) == [
        ("changed", "1", "De [-noordelijke-] {+zuidelijke+} kaaien.")
    ]


def test_a_change_of_the_headings_is_told(tmp_path: Path) -> None:
    new = [BASE[0], replace(BASE[1], headings=("Havens",))]
    assert differences(tmp_path, new) == [("changed", "2", "[-Ports-] {+Havens+}")]


@pytest.mark.parametrize(
    "new",
    [
        replace(BASE[1], doubts=(Bilingual("lu « bleves »", "gelezen “bleves”"),)),
        replace(BASE[1], notes=("JO L 1, p. 2.",)),
        replace(BASE[1], lead="On entend par :"),
        replace(BASE[1], page=4),
    ],
    ids=["doubts", "notes", "lead", "page"],
)
def test_whatever_else_changed_shows_what_it_was(tmp_path: Path, new: Passage) -> None:
    ((change, number, shown),) = differences(tmp_path, [BASE[0], new])
    assert (change, number) == ("changed", "2")
    assert "{+" in shown


@given(SENTENCES, SENTENCES)
def test_both_texts_can_be_read_out_of_the_marks(old: list[str], new: list[str]) -> None:
    shown = diff.words(" ".join(old), " ".join(new))
    without_new = re.sub(r"\{\+.*?\+\}", "", shown).replace("[-", "").replace("-]", "")
    without_old = re.sub(r"\[-.*?-\]", "", shown).replace("{+", "").replace("+}", "")
    assert without_new.split() == old
    assert without_old.split() == new

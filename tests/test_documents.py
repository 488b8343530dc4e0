"""The documents name files, modules and links that are there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from assistant.answer import Answer, Reason, Refusal
from sources.errors import DuchesseError, UsageError
from tests.conftest import DECLARATION

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("**/*.md")),
]
FOLDERS = ("app.py", "assistant", "docs", "evals", "index", "sources", "tests", ".ci", "bench")


def shown(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    paths = {p for p in re.findall(r"`([\w./*-]+)`", text) if p.split("/")[0] in FOLDERS}
    paths = {p for p in paths if "/" in p and "<" not in p and "var/" not in p}
    if not DECLARATION.is_dir():  # taken away
        paths = {p for p in paths if f"/{DECLARATION.name}/" not in p}
    assert sorted(p for p in paths if not list(ROOT.glob(p.rstrip("/")))) == []
    tests = set(re.findall(r"`(?:tests/[\w/]*/)?(test_\w+\.py)`", text))
    assert sorted(t for t in tests if not list(ROOT.glob(f"tests/**/{t}"))) == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    named = set(
        re.findall(r"python -m ((?:assistant|bench|evals|index|sources|tests)[\w.]*)", text)
    )
    gone = [m for m in named if not _is_module(m.rstrip("."))]
    assert sorted(gone) == []


def _is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").is_file() or (place / "__main__.py").is_file()


API = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_the_fields_of_each_outcome_are_those_of_the_document_for_programs() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \| (both|answer|refusal) \|", API, re.MULTILINE)
    told = {(name, of) for names, of in rows for name in re.findall(r"`(\w+)`", names)}
    answer, refusal = ({f.name for f in fields(outcome)} for outcome in (Answer, Refusal))
    always = {"outcome", "citations", "nearest"}  # the JSON has them in any case
    both = (answer & refusal) | always
    assert told == {
        *((name, "both") for name in both),
        *((name, "answer") for name in answer - both),
        *((name, "refusal") for name in refusal - both),
    }
    reasons = next(line for line in API.splitlines() if line.startswith("| `reason`"))
    assert set(get_args(Reason)) <= set(re.findall(r"`(\w+)`", reasons))


def test_the_exit_codes_of_errors_are_those_of_the_document_for_administrators() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    told = dict(re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE))
    assert set(told) == {"0", "1", "2", "130", "143"}
    assert "failed" in told[str(DuchesseError.exit_code)]
    assert "wrong use" in told[str(UsageError.exit_code)]

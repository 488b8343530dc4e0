"""A text that ships is one folder: it can be taken away, and another added, without any code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sources import catalogue
from sources.library import Library
from sources.model import Kind
from tests.sources import second_declaration

ROOT = Path(__file__).parents[2]
DECLARATION = "val-duchesse-2023"
# Names that only this text has; the places where they may stand for another reason are named.
WORDS = ("val-duchesse", "Val Duchesse", "Hertoginnedal", "Prochaines étapes", "CCPD", "CPDS")
SPEAKING = {"README.md", "CHANGELOG.md"}


def test_a_second_declaration_is_a_folder_and_no_code(tmp_path: Path, shipped: Path) -> None:
    second_declaration.put(shipped)
    library = Library(tmp_path / "data")
    edition = next(e for e in library.editions() if e.source.id == second_declaration.WORK)
    document = library.read(edition)
    assert document.lang == "nl"
    assert document.title == "Hanze 2031. Verklaring van de havens"
    found = [(p.anchor.portion, p.kind, p.locator.nl) for p in document.passages]
    assert found == [
        ("A.vast.1", Kind.PARAGRAPH, "hoofdstuk A, 1e lid"),
        ("A.vast.2", Kind.PARAGRAPH, "hoofdstuk A, 2e lid"),
        ("A.1", Kind.BULLET, "hoofdstuk A, 1e afspraak"),
        ("A.2", Kind.BULLET, "hoofdstuk A, 2e afspraak"),
        ("B.1", Kind.BULLET, "hoofdstuk B, 1e afspraak"),
    ]
    assert document.passages[3].text == (
        "De loodsen krijgen elk een eigen steiger, en de kapiteins delen de kosten daarvan."
    )
    assert document.passages[3].locator.fr == "chapitre A, 2e engagement"
    assert document.passages[0].headings == ("HOOFDSTUK A – De kaaien",)


def test_without_any_text_that_ships_nothing_is_known_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "TEXTS", tmp_path / "none")
    library = Library(tmp_path / "data")
    assert list(library.catalogue) == []
    assert library.editions() == ()


def test_the_code_does_not_know_the_declaration() -> None:
    """Its name and its words stand in its folder, its cases, its tests and the documents alone."""
    folders = ("sources", "index", "assistant", "evals", "bench")
    files = [ROOT / "app.py", *(f for folder in folders for f in (ROOT / folder).rglob("*.*"))]
    own = ROOT / "sources" / "texts" / DECLARATION
    code = [f for f in files if f.suffix in {".py", ".html", ".js", ".css"}]
    assert len(code) > 100
    found = []
    for file in code:
        text = "" if own in file.parents else file.read_text("utf-8")
        found += [f"{file.relative_to(ROOT)}: {word}" for word in WORDS if word in text]
    assert found == []


@pytest.mark.slow
@pytest.mark.timeout(3600)  # it runs all other tests
@pytest.mark.enable_socket
def test_all_but_its_own_tests_pass_without_its_folder(tmp_path: Path) -> None:
    """A copy of the project, the folder taken away, an invented text in its place."""
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in names:
        if f"texts/{DECLARATION}/" in name or not (ROOT / name).is_file():
            continue
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy)
    second_declaration.put(tmp_path / "sources" / "texts")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]

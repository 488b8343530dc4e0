"""The declaration as it ships, and a copy of what ships."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sources.model import Document


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The declaration, read."""
    from sources.library import Library

    library = Library(tmp_path_factory.mktemp("empty"))
    return library.read(library.editions()[0])


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped texts, in their place, that a test may change."""
    from sources import catalogue

    copy = tmp_path / "shipped"
    shutil.copytree(catalogue.TEXTS, copy)
    monkeypatch.setattr(catalogue, "TEXTS", copy)
    return copy

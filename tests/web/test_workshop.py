"""The administrator's view: what is in use, what would change, rebuilding and going back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.web.workshop import Work, Workshop
from index.build import build
from index.shelf import Shelf
from sources.anchor import LANGS, Lang
from sources.errors import DuchesseError
from sources.library import Library
from tests.index.fake import FakeEmbedder, harbour, make, settings_for
from tests.web.tree import Node, parse

DECLARATION = "val-duchesse-2023"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """On an index of a harbour, while the library has the declaration."""
    settings = settings_for(tmp_path)
    make(settings, harbour())
    return Workshop(settings, FakeEmbedder)


def shown(workshop: Workshop, lang: Lang = "fr") -> Node:
    return parse(workshop.report(lang))


def finish(workshop: Workshop) -> None:
    thread = workshop.rebuild()
    assert thread is not None
    thread.join()


@pytest.mark.parametrize("lang", LANGS)
def test_the_report_says_what_is_in_use_and_what_would_change(
    workshop: Workshop, lang: Lang
) -> None:
    text = shown(workshop, lang).text_content()
    assert f"{DECLARATION}@fr" in text
    assert "celex:32031L0007@nl" in text
    rollback = shown(workshop, lang).css("[data-do=rollback]")[0]
    assert rollback.get("disabled") is not None


@pytest.mark.parametrize("lang", LANGS)
def test_each_stage_of_a_rebuild_has_a_name_in_the_language_of_the_reader(
    workshop: Workshop, lang: Lang, tmp_path: Path
) -> None:
    stages: dict[str, None] = {}
    settings = settings_for(tmp_path / "other")
    build(
        Shelf(settings.data),
        Library.of(settings),
        FakeEmbedder,
        settings,
        lambda stage, *_: stages.setdefault(stage),
    )
    assert len(stages) > 4
    for stage in stages:
        workshop.work = Work(stage, 1, 2)
        notice = shown(workshop, lang).css(".notice p")[0].text_content()
        assert notice.startswith({"fr": "Réindexation en cours", "nl": "Indexering bezig"}[lang])
        assert "embed" not in notice


def test_a_rebuild_takes_up_the_changes_and_shows_what_differs(workshop: Workshop) -> None:
    finish(workshop)
    assert workshop.work is not None
    assert workshop.work.state == "done", workshop.work.detail
    page = shown(workshop)
    text = page.text_content()
    assert workshop.work.detail in text
    assert f"{DECLARATION}@fr#" in text
    assert "Seules les premières différences sont montrées" in text
    assert len(page.css(".list code")) > 2
    assert page.css("[data-do=rollback]")[0].get("disabled") is None


def test_rolling_back_puts_the_build_before_into_use(workshop: Workshop, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    first = shelf.current()
    finish(workshop)
    assert shelf.current() != first
    workshop.roll_back()
    assert shelf.current() == first
    assert first in shown(workshop).css(".notice")[0].text_content()


def test_a_failure_leaves_the_build_in_use_and_is_said(workshop: Workshop, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    first = shelf.current()

    def broken() -> Any:
        raise DuchesseError("the model is not there", "x", "Fetch it.")

    workshop._load = broken
    finish(workshop)
    assert shelf.current() == first
    assert "the model is not there" in shown(workshop).css(".notice")[0].text_content()


def test_there_is_one_rebuild_at_a_time(workshop: Workshop) -> None:
    seen: list[object] = []

    def load() -> Any:
        seen.append(workshop.rebuild())
        seen.append(shown(workshop).css("[data-do=rebuild]")[0].get("disabled"))
        return FakeEmbedder()

    workshop._load = load
    finish(workshop)
    assert seen[0] is None
    assert seen[1] is not None


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("lang", LANGS)
def test_a_damaged_build_is_named_and_does_not_take_the_page_away(
    workshop: Workshop, tmp_path: Path, place: int, lang: Lang
) -> None:
    finish(workshop)
    shelf = Shelf(tmp_path / "data")
    damaged = shelf.history()[place]
    (shelf.path(damaged) / "manifest.json").write_bytes(b"{")
    page = shown(workshop, lang)
    tags = [li.text_content() for li in page.css(".list li") if damaged in li.text_content()]
    assert len(tags) == 1
    assert {"fr": "endommagé", "nl": "beschadigd"}[lang] in tags[0]
    assert page.css("[data-do=rebuild]")[0].get("disabled") is None

"""The administrator's view: what is in use, what would change, rebuilding and going back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.web.admin import Administration, RebuildProgress
from index.builder import build
from index.registry import BuildRegistry
from sources.anchor import LANGS, Lang
from sources.errors import DuchesseError
from sources.library import Library
from tests.index.fake import FakeEmbedder, harbour, make, settings_for
from tests.web.tree import Node, parse

DECLARATION = "val-duchesse-2023"


@pytest.fixture
def administration(tmp_path: Path) -> Administration:
    """On an index of a harbour, while the library has the declaration."""
    settings = settings_for(tmp_path)
    make(settings, harbour())
    return Administration(settings, FakeEmbedder)


def shown(administration: Administration, lang: Lang = "fr") -> Node:
    return parse(administration.report(lang))


def finish(administration: Administration) -> None:
    thread = administration.rebuild()
    assert thread is not None
    thread.join()


@pytest.mark.declaration
@pytest.mark.parametrize("lang", LANGS)
def test_the_report_says_what_is_in_use_and_what_would_change(
    administration: Administration, lang: Lang
) -> None:
    text = shown(administration, lang).text_content()
    assert f"{DECLARATION}@fr" in text
    assert "celex:32031L0007@nl" in text
    rollback = shown(administration, lang).css("[data-do=rollback]")[0]
    assert rollback.get("disabled") is not None


@pytest.mark.parametrize("lang", LANGS)
def test_each_stage_of_a_rebuild_has_a_name_in_the_language_of_the_reader(
    administration: Administration, lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Administration, "running", True)
    stages: dict[str, None] = {}
    settings = settings_for(tmp_path / "other")
    build(
        BuildRegistry(settings.data),
        Library.of(settings),
        FakeEmbedder,
        settings,
        lambda stage, *_: stages.setdefault(stage),
    )
    assert len(stages) > 4
    for stage in stages:
        administration._progress = RebuildProgress(stage, 1, 2)
        notice = shown(administration, lang).css(".notice p")[0].text_content()
        assert notice.startswith({"fr": "Réindexation en cours", "nl": "Indexering bezig"}[lang])
        assert "embed" not in notice


@pytest.mark.declaration
def test_a_rebuild_takes_up_the_changes_and_shows_what_differs(
    administration: Administration,
) -> None:
    finish(administration)
    assert administration.result is not None
    assert administration.result.done, administration.result.detail
    page = shown(administration)
    text = page.text_content()
    assert administration.result.detail in text
    assert f"{DECLARATION}@fr#" in text
    assert "Seules les premières différences sont montrées" in text
    assert len(page.css(".list code")) > 2
    assert page.css("[data-do=rollback]")[0].get("disabled") is None


def test_rolling_back_puts_the_build_before_into_use(
    administration: Administration, tmp_path: Path
) -> None:
    registry = BuildRegistry(tmp_path / "data")
    first = registry.current()
    finish(administration)
    assert registry.current() != first
    administration.roll_back()
    assert registry.current() == first
    assert first in shown(administration).css(".notice")[0].text_content()


def test_a_failure_leaves_the_build_in_use_and_is_said(
    administration: Administration, tmp_path: Path
) -> None:
    registry = BuildRegistry(tmp_path / "data")
    first = registry.current()

    def broken() -> Any:
        raise DuchesseError("the model is not there", "x", "Fetch it.")

    administration._load = broken
    finish(administration)
    assert registry.current() == first
    assert "the model is not there" in shown(administration).css(".notice")[0].text_content()


def test_there_is_one_rebuild_at_a_time(administration: Administration) -> None:
    seen: list[object] = []

    def load() -> Any:
        seen.append(administration.rebuild())
        seen.append(shown(administration).css("[data-do=rebuild]")[0].get("disabled"))
        return FakeEmbedder()

    administration._load = load
    finish(administration)
    assert seen[0] is None
    assert seen[1] is not None


def test_what_fails_during_a_rebuild_is_said_and_does_not_end_it(
    administration: Administration,
) -> None:
    seen: list[object] = []

    def load() -> Any:
        administration.fail(DuchesseError("another is writing", "x", "Wait."))
        notice = shown(administration).css(".notice")[0].text_content()
        seen.extend([administration.running, administration.rebuild(), notice])
        return FakeEmbedder()

    administration._load = load
    finish(administration)
    running, second, notice = seen
    assert running
    assert second is None
    assert "Réindexation en cours" in str(notice)
    assert "another is writing" in str(notice)
    assert not administration.running
    assert administration.result
    assert administration.result.done


@pytest.mark.parametrize("lang", LANGS)
def test_during_a_rebuild_only_how_far_it_is_is_asked_for(
    administration: Administration, lang: Lang
) -> None:
    before = shown(administration, lang)
    seen: list[Node] = []

    def load() -> Any:
        (administration._settings.data / "catalogue.toml").write_bytes(b"[[")  # cannot be read
        seen.append(shown(administration, lang))
        return FakeEmbedder()

    administration._load = load
    finish(administration)
    (during,) = seen
    assert len(during.css("progress")) == 1
    assert [n.text_content() for n in during.css(".list li")] == [
        n.text_content() for n in before.css(".list li")
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_state_that_cannot_be_read_is_said_beside_the_last_one_that_was(
    administration: Administration, lang: Lang
) -> None:
    before = shown(administration, lang)
    (administration._settings.data / "catalogue.toml").write_bytes(b"[[")
    for one in (administration, Administration(administration._settings, FakeEmbedder)):
        notice = shown(one, lang).css(".notice")[0].text_content()
        assert {"fr": "n’a pas pu être lu", "nl": "kon niet worden gelezen"}[lang] in notice
        assert "catalogue.toml" in notice
    assert [n.text_content() for n in shown(administration, lang).css(".list li")] == [
        n.text_content() for n in before.css(".list li")
    ]


def test_a_full_disk_is_said_as_such(administration: Administration) -> None:
    def full() -> Any:
        raise OSError(28, "No space left on device")

    administration._load = full
    finish(administration)
    notice = shown(administration).css(".notice")[0].text_content()
    assert "No space left on device" in notice
    assert "DUCHESSE_DATA" in notice


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("lang", LANGS)
def test_a_damaged_build_is_named_and_does_not_take_the_page_away(
    administration: Administration, tmp_path: Path, place: int, lang: Lang
) -> None:
    finish(administration)
    registry = BuildRegistry(tmp_path / "data")
    damaged = registry.history()[place]
    (registry.path(damaged) / "manifest.json").write_bytes(b"{")
    page = shown(administration, lang)
    tags = [li.text_content() for li in page.css(".list li") if damaged in li.text_content()]
    assert len(tags) == 1
    assert {"fr": "endommagé", "nl": "beschadigd"}[lang] in tags[0]
    assert page.css("[data-do=rebuild]")[0].get("disabled") is None

"""From a place in a work to the passages that it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.build import Build
from index.registry import BuildRegistry
from index.resolve import resolve
from sources.anchor import Anchor, Lang
from sources.model import Passage
from tests.index.fake import Texts, make, passage, settings_for

WORK = "celex:32031L0007"


def at(portion: str, lang: Lang = "fr") -> Passage:
    return replace(passage(WORK, lang, 1, f"{portion} {lang}"), anchor=Anchor(WORK, lang, portion))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    settings = settings_for(tmp_path_factory.mktemp("resolve"))
    french = ["rct_1", "art_1", "art_2.par_1", "art_2.par_2", "art_20", "art_3.par_1.pnt_a"]
    texts = Texts(
        {
            (WORK, "fr"): [at(p) for p in french],
            (WORK, "nl"): [at("art_1", "nl"), at("art_2.par_1", "nl")],
        }
    )
    opened = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("portion", "lang", "found"),
    [
        ("art_1", "fr", ["art_1 fr"]),
        ("art_1", "nl", ["art_1 nl"]),
        ("rct_1", "nl", ["rct_1 fr"]),  # the other language, where this one has it not
        ("art_2", "fr", ["art_2.par_1 fr", "art_2.par_2 fr"]),
        ("art_2", "nl", ["art_2.par_1 nl"]),
        ("art_2.par_2", "fr", ["art_2.par_2 fr"]),
        ("art_2.par_2.pnt_c", "fr", ["art_2.par_2 fr"]),  # inside the passage
        ("art_3", "fr", ["art_3.par_1.pnt_a fr"]),
        ("art_2.par_9", "fr", []),
        ("art_9", "fr", []),
        ("art_9.pnt_a", "fr", []),
    ],
)
def test_a_place_gives_the_passages_that_it_means(
    build: Build, portion: str, lang: Lang, found: list[str]
) -> None:
    assert [p.text for p in resolve(build, WORK, portion, lang)] == found


def test_a_work_that_is_not_indexed_has_no_places(build: Build) -> None:
    assert resolve(build, "celex:32031L0008", "art_1", "fr") == []

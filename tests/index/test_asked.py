"""Questions that passages answer: they speak for their passage, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.asked import NAME, Asked, listed, surprise
from index.errors import DamagedBuildError
from index.glossary import Glossary
from index.search import Searcher
from index.shelf import Shelf
from index.stored import Build
from index.verify import faults
from tests.index.fake import FakeEmbedder, Texts, harbour, make, passage, settings_for

SCORES = st.lists(st.floats(0, 1), min_size=3, max_size=12)


def ports(*questions: str) -> Texts:
    """Four passages and ten like them; the fourth comes with the questions."""
    texts = ["Les quais sont réparés.", "Les grues soulèvent.", "Le phare éclaire.", "La passe."]
    texts += [f"Le port garde {what}." for what in "abcdefghij"]
    made = [passage("ports-2031", "fr", n, t) for n, t in enumerate(texts, 1)]
    made = [replace(p, questions=(f"Qui paie {p.text}", f"Qui signe {p.text}")) for p in made]
    made[3] = replace(made[3], questions=questions)
    return Texts({("ports-2031", "fr"): made})


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Build]:
    settings = settings_for(tmp_path)
    make(settings, ports("Où mouiller un voilier ?", "Un voilier, où mouiller ?"))
    build = Build(Shelf(settings.data).path(Shelf(settings.data).current()))
    yield build
    build.close()


def test_a_build_holds_every_question_with_its_passage(opened: Build) -> None:
    assert len(opened.asked) == len(listed(opened.passages)) == 28
    vector = FakeEmbedder().encode(["Où mouiller un voilier ?"], "query")[0].text
    nearest = opened.asked.nearest(vector)
    assert set(nearest) == {p.anchor for p in opened.passages}
    assert max(nearest, key=lambda a: nearest[a]).portion == "art_4"


def test_a_question_leads_to_the_passage_that_answers_one_like_it(
    opened: Build, tmp_path: Path
) -> None:
    found = Searcher(opened, FakeEmbedder(), Glossary([])).search(
        "Où mouiller un voilier ?", "fr", 20
    )
    assert found.hits[0].anchor.portion == "art_4"
    assert found.hits[0].asked == pytest.approx(1, abs=0.2)
    settings = settings_for(tmp_path / "without")
    make(settings, ports())
    without = Build(Shelf(settings.data).path(Shelf(settings.data).current()))
    try:
        hits = Searcher(without, FakeEmbedder(), Glossary([])).search(
            "Où mouiller un voilier ?", "fr", 20
        )
        assert {h.anchor.portion: h.asked for h in hits.hits}["art_4"] is None
    finally:
        without.close()


def test_sources_without_questions_are_ranked_as_ever(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    make(settings, harbour())
    build = Build(Shelf(settings.data).path(Shelf(settings.data).current()))
    try:
        assert len(build.asked) == 0
        hits = Searcher(build, FakeEmbedder(), Glossary([])).search("Les grues bleues ?", "fr").hits
        assert {h.asked for h in hits} == {None}
    finally:
        build.close()


@given(SCORES)
def test_a_passage_without_questions_gains_and_loses_nothing(scores: list[float]) -> None:
    asked = [None if n % 2 else s for n, s in enumerate(scores)]
    found = surprise(scores, asked)
    assert all(f == 0 for f, a in zip(found, asked, strict=True) if a is None)


@given(SCORES, st.floats(-2, 2), st.floats(-1, 1))
def test_what_the_text_makes_one_expect_is_no_surprise(
    scores: list[float], slope: float, start: float
) -> None:
    found = surprise(scores, [start + slope * s for s in scores])
    assert np.allclose(found, 0, atol=1e-4)


@given(SCORES, st.lists(st.floats(-1, 1), min_size=12, max_size=12))
def test_surprises_weigh_each_other_out(scores: list[float], asked: list[float]) -> None:
    assert sum(surprise(scores, asked[: len(scores)])) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("harm", ["remove", "cut", "other"])
def test_questions_that_are_not_whole_are_found(tmp_path: Path, harm: str) -> None:
    settings = settings_for(tmp_path)
    make(settings, ports("Où ?"))
    folder = Shelf(settings.data).path(Shelf(settings.data).current())
    path = folder / NAME
    if harm == "remove":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:50])
    else:
        np.save(path, np.load(path)[1:])
    assert any(NAME in fault for fault in faults(folder))
    with pytest.raises(DamagedBuildError, match="not whole"):
        Asked(folder, list(ports("Où ?").texts["ports-2031", "fr"]))


def test_a_new_list_of_questions_embeds_the_questions_alone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    make(settings, ports("Où ?"))
    embedder = FakeEmbedder()
    make(settings, ports("Où ?", "Par où ?"), embedder)
    assert embedder.seen == ["Par où ?"]

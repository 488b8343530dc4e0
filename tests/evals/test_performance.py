"""The measurement of time and room: on a few passages, to the page that it writes."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

from bench import building, opened, peers, performance, texts
from bench.generated import DrawnVectors, GeneratedActs, questions
from bench.goals import goals
from bench.stages import Stages, at
from sources.anchor import LANGS
from tests.conftest import sharing
from tests.index.fake import FakeEmbedder


def test_generated_acts_have_as_many_passages_as_are_wanted_and_are_always_the_same() -> None:
    for wanted in (1, 50, 120):
        library = GeneratedActs(wanted)
        read = [p for e in library.editions() for p in library.read(e).passages]
        assert len({p.anchor for p in read}) == len(read) == wanted
        assert read == [
            p for e in library.editions() for p in GeneratedActs(wanted).read(e).passages
        ]
    assert {e.lang for e in library.editions()} == {"fr", "nl"}
    assert len(set(questions(40))) == 40
    assert not set(questions(40)) & set(questions(40, seed=1))


def test_drawn_vectors_are_of_passages_alone() -> None:
    inner = FakeEmbedder()
    drawn = DrawnVectors(inner)
    (passage,) = drawn.encode(["trois petits mots"], "passage")
    assert abs(float(passage.text @ passage.text) - 1) < 1e-5
    assert inner.seen == []
    drawn.encode(["quoi ?"], "query")
    assert inner.seen == ["quoi ?"]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of passages: an act that the evaluation asks about, behind one that it does not."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    records = [
        {"celex": celex, "portion": f"art_{n}", "kind": "article", "fr": f"Il est dit {n}.",
         "nl": f"Er staat {n}." if n < 3 else None, "head_fr": [], "head_nl": [],
         "title": "Règlement", "title_nl": "Verordening"}
        for celex in ("32031R0001", "32016R0679") for n in (1, 2, 3)
    ]  # fmt: skip
    with gzip.open(folder / "passages.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(record)}\n" for record in records)
    monkeypatch.setenv("DUCHESSE_CORPUS", str(folder))
    return folder


@pytest.mark.parametrize("wanted", [4, 7, 23])
def test_real_acts_are_taken_where_there_are_any_and_again_where_they_are_too_few(
    corpus: Path, tmp_path: Path, wanted: int
) -> None:
    library = texts.library(tmp_path, wanted)
    editions = library.editions()
    anchors = [p.anchor for e in editions for p in library.read(e).passages]
    assert len(set(anchors)) == len(anchors) == wanted
    assert {a.lang for a in anchors} == set(LANGS)
    assert anchors[0].work == "celex:32016R0679"  # that is asked about
    asked = texts.questions(frozenset(a.work for a in anchors), 9)
    assert len(set(asked)) == 9
    assert not set(asked) & set(questions(9))
    whole = texts.documents(library, whole=True)
    assert whole[0].startswith("Il est dit 1.\n\nIl est dit 2.")
    assert len(texts.documents(library, whole=False)) == wanted


def test_acts_are_generated_where_there_are_no_real_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHESSE_CORPUS", str(tmp_path))
    library = texts.library(tmp_path, 12)
    assert isinstance(library, GeneratedActs)
    works = frozenset(e.source.id for e in library.editions())
    assert texts.questions(works, 5) == questions(5)


def test_a_stage_is_counted_without_those_that_it_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])

    class Part:
        def outer(self) -> str:
            clock[0] += 2
            self.inner()
            self.inner()
            return "done"

        def inner(self) -> None:
            clock[0] += 1

    part, stages = Part(), Stages()
    stages.watch(part, "outer", "deciding")
    stages.watch(part, "inner", "searching")
    assert part.outer() == "done"
    assert stages.taken() == {"deciding": 2000, "searching": 2000}
    part.inner()
    assert stages.taken() == {"searching": 1000}
    assert (at([1.0, 3.0], 50), at([7.0], 95)) == (2, 7)


def test_a_library_that_is_not_installed_is_left_out_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    way = peers._Way(peers.Txtai, ("nowhere", "nowhere.below", "json"))
    monkeypatch.setitem(peers.WAYS, "none", way)
    assert peers.lacking("none") == ["nowhere", "nowhere.below"]


@pytest.fixture(scope="module")
def size(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a few generated passages cost."""
    folder = sharing(data, tmp_path_factory.mktemp("size"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUCHESSE_CORPUS", str(folder))
        built = building.measure(folder, 12, drawn=True)
        found = opened.measure(folder, 6)
    peer = {"seconds": 6.0, "p50": 20.0, "p95": 30.0, "bare": 10.0, "memory": 10**9}
    return {
        "passages": 12, "drawn": False, "build": built | {"seconds": 3.0}, "opened": found,
        "peers": {"llama-index, passages": peer},
    }  # fmt: skip


def test_a_build_is_opened_and_asked(size: dict[str, Any]) -> None:
    found = size["opened"]
    assert size["build"]["passages"] == 12
    assert size["build"]["disk"] > size["build"]["tokens"] > 0
    assert found["memory"]["all"] > found["memory"]["mapped"] > 0
    assert [(row["askers"], row["errors"]) for row in found["askers"]] == [(1, 0), (4, 0), (16, 0)]
    for way in ("reading", "unread"):
        stages = found[way]
        assert set(stages) == {*opened.STAGES, "search and decision"}
        assert stages["answer"]["p95"] >= stages["answer"]["p50"] > 0
        assert stages["decision"]["p50"] > 0
    assert found["reading"]["reading"]["p95"] > found["unread"]["reading"]["p95"] == 0


def test_what_was_measured_is_written_into_the_page(size: dict[str, Any], tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(
        "before\n<!-- measured -->\nearlier numbers\n<!-- /measured -->\nafter\n", "utf-8"
    )
    measured = tmp_path / "measured.json"
    measured.write_text(json.dumps(_data(size)), "utf-8")
    assert performance.main(["--from", str(measured), "--page", str(page)]) == 0
    text = page.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "earlier numbers" not in text
    assert "| `python -m assistant ask …` | 3.00 | 1.50 | 2.80 | 1.40 |" in text
    assert "12 passages: generated" in text
    assert "| 12 | llama-index, passages | 2.0 | 20.0 (2.00 ×) | 1000 MB |" in text
    assert "txtai is left out: txtai not installed" in text
    assert "| torch | 757 | 2.21 | duchesse, sympy, jinja2 and 1 more |" in text
    names = {p.name for p in (tmp_path / "images").iterdir()}
    assert names == {f"performance-{plot}.svg" for plot in ("answer", "askers", "indexing", "room")}
    assert all(f"images/{name}" in text for name in names)


def _data(size: dict[str, Any]) -> dict[str, Any]:
    cold = {
        "clock": {"ask": 3.0, "imports": 2.0, "ratio": 1.5},
        "processor": {"ask": 2.8, "imports": 2.0, "ratio": 1.4},
    }
    page = {"starting": 1.0, "ready": 5.0, "answered": 6.0}
    torch = {
        "name": "torch", "bytes": 757_000_000, "seconds": 2.21,
        "asked_for_by": ["duchesse", "sympy", "jinja2", "networkx"],
    }  # fmt: skip
    return {
        "command": "python -m bench.performance", "date": "2031-01-01", "machine": "one core",
        "load": 0.0, "texts": "12 passages: generated",
        "first": {"passages": 60, "weights_seconds": 1.0, "seconds": 9.0, "texts_embedded": 242,
                  "embedding_seconds": 4.0},
        "cold": cold, "page": [page | {"fetch": "never"}, page | {"fetch": "cited"}],
        "ships": size["opened"], "left_out": {"txtai": ["txtai"]}, "sizes": [size],
        "installed": {"packages": 2, "bytes": 760_000_000, "shown": [torch]},
    }  # fmt: skip


def test_goals_are_held_against_what_was_measured(size: dict[str, Any]) -> None:
    data = _data(size)
    found = {g.goal.split(" ≤")[0].split(" ≥")[0]: g for g in goals(data)}
    assert not found["indexing"].met
    assert found["indexing"].measured.startswith("2.00 × llama-index, passages")
    assert found["a cold question on the command line"].met
    assert found["embedding at the first start"].met
    assert "memory for each passage" not in found  # of one size there is none
    assert "search and decision" not in found  # nobody measured 10,000 passages
    data["first"]["embedding_seconds"] = 31.0
    assert not {g.goal[:9]: g for g in goals(data)}["embedding"].met
    larger = size | {"passages": 10_000, "opened": json.loads(json.dumps(size["opened"]))}
    larger["opened"]["vectors_and_text"] += 1000
    larger["opened"]["memory"]["all"] = size["opened"]["memory"]["all"] + 1900
    stages = larger["opened"]["reading"]
    stages["search and decision"]["p50"] = stages["bare"]["p50"] * 0.2
    data["sizes"] = [size, larger]
    found = {g.goal[:6]: g for g in goals(data)}
    assert found["memory"] == (found["memory"].goal, "1.9 × (from 12 to 10,000 passages)", True)
    assert found["search"].measured.startswith("20%")
    assert not found["search"].met
    assert found["95th o"].measured.endswith("0 errors")

"""The measurement of time and room: on a few passages, to the page that it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench import performance, performance_page
from bench.generated import DrawnVectors, GeneratedActs, questions
from tests.conftest import ROOT
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


def test_a_size_is_measured_and_written_into_the_page(data: Path, tmp_path: Path) -> None:
    options = ("--one", "12", "--drawn", "12", "--questions", "16")
    command = [sys.executable, "-m", "bench.performance", *options]
    done = subprocess.run(
        command, cwd=ROOT, env={"DUCHESSE_DATA": str(data)}, capture_output=True, check=True
    )
    size = json.loads(done.stdout)
    assert size["passages"] == 12
    assert [q["askers"] for q in size["questions"]] == [1, 4, 16]
    assert all(q["p95"] >= q["p50"] > 0 for q in size["questions"])
    assert set(size["searches"]) >= {"bare encoding", "llama-index", "BM25 alone"}
    page = tmp_path / "performance.md"
    page.write_text(
        "before\n<!-- measured -->\nearlier numbers\n<!-- /measured -->\nafter\n", "utf-8"
    )
    measured = {
        "date": "2031-01-01", "machine": "one core", "load": 0.0,
        "cold": {"ask": 3.0, "imports": 2.0, "ratio": 1.5},
        "page": {"starting": 1.0, "ready": 9.0},
        "sizes": [size], "peers": {"peer": "left out: peer is not installed"},
    }  # fmt: skip
    performance_page.write(page, measured, performance._MARKS)
    text = page.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "earlier numbers" not in text
    assert "| `python -m assistant ask …` | 3.00 | 1.50 |" in text
    assert "peer: left out" in text
    assert (tmp_path / "images" / "performance-growth.svg").is_file()

"""A builder that is killed at any moment leaves a build that answers and a way forward."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.qdrant_server import qdrant_on_loopback

ROOT = Path(__file__).parents[2]


def trials(folder: Path, seeds: range, *more: str) -> None:
    """Kill builders, and hold what each left behind.

    Args:
        folder: Where they build.
        seeds: One of each builder.
        more: Further arguments of the program that kills them.
    """
    process = subprocess.run(
        [sys.executable, "-m", "tests.index.killed", str(folder), *map(str, seeds), *more],
        cwd=ROOT,
        capture_output=True,
        timeout=280,
        check=False,
    )
    assert process.returncode == 0, process.stderr.decode()
    results = [json.loads(line) for line in process.stdout.decode().splitlines()]
    assert [r["seed"] for r in results] == list(seeds)
    assert sum(r["signal"] != 0 for r in results) > len(seeds) / 2, "most must have been killed"
    for result in results:
        after, first = result["after"], result["first"]
        assert "error" not in after, result
        assert after["found"]["faults"] == after["next"]["faults"] == after["left"] == []
        assert after["found"]["best"] == after["next"]["best"] == "ports-2031@fr#art_1"
        assert after["next"]["build"] != first
        assert after["found"]["build"] in (first, after["next"]["build"])


@pytest.mark.slow
def test_a_killed_builder_leaves_the_build_before_at_fifty_moments(tmp_path: Path) -> None:
    trials(tmp_path, range(100, 150))


@pytest.mark.slow
def test_a_killed_builder_leaves_the_build_before_on_a_server_at_twenty_moments(
    tmp_path: Path,
) -> None:
    with qdrant_on_loopback() as qdrant:
        trials(tmp_path, range(200, 220), "--store", qdrant.address)

"""What can go wrong around a build: signals, clocks, disks, second processes, lost files."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.build import Build
from index.builder import build
from index.cache import VectorCache
from index.manifest import Manifest
from index.registry import BuildRegistry
from index.verification import beside, faults
from sources.errors import DuchesseError
from sources.settings import Settings
from tests.index.fake import FakeEmbedder, Texts, harbour, hits, make, passage, quiet, settings_for

ROOT = Path(__file__).parents[2]
PORTS = "ports-2031"


def best(registry: BuildRegistry, question: str = "Les quais du nord") -> str:
    opened = Build(registry.path(registry.current()))
    try:
        return str(hits(opened, question, "fr")[0].anchor)
    finally:
        opened.close()


def more(count: int, start: int = 0) -> list[str]:
    return [f"Le pilote {n} monte à bord du navire {n}." for n in range(start, start + count)]


# A full build and one that goes on from another are the same


def test_one_changed_paragraph_embeds_that_paragraph_and_gives_the_files_of_a_full_build(
    tmp_path: Path,
) -> None:
    one, two = settings_for(tmp_path / "a"), settings_for(tmp_path / "b")
    large = harbour(more=more(60))
    changed = harbour(more=[*more(59), "Le pilote 59 descend du navire 59."])
    make(one, large)
    embedder = FakeEmbedder()
    make(one, changed, embedder)
    make(two, changed)
    assert {t for t in embedder.seen if "Vertaling" not in t} == {
        "Le pilote 59 descend du navire 59.",
        "Ports\nLe pilote 59 descend du navire 59.",
    }
    went_on, anew = (
        BuildRegistry(s.data).path(BuildRegistry(s.data).current()) for s in (one, two)
    )
    assert went_on.name == anew.name
    left, right = Manifest.read(went_on), Manifest.read(anew)
    when = {"created": "", "digest": ""}
    assert left.model_copy(update=when) == right.model_copy(update=when)
    for name in left.files:
        assert (went_on / name).read_bytes() == (anew / name).read_bytes(), name


def test_a_new_source_embeds_that_source_alone(settings: Settings) -> None:
    make(settings, harbour())
    texts = harbour()
    texts = Texts(
        {**texts.texts, ("phares-2032", "fr"): [passage("phares-2032", "fr", 1, "Un feu.")]}
    )
    embedder = FakeEmbedder()
    make(settings, texts, embedder)
    assert set(embedder.seen) == {"Un feu.", "Ports\nUn feu."}


# The cache


def test_the_cache_stays_within_its_bound_and_keeps_what_is_in_use(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, cache_mb=0)
    make(settings, harbour())
    store = VectorCache(settings.data / "cache")
    assert store.prune(10**9) == 0
    store.close()
    embedder = FakeEmbedder()
    wide = settings.model_copy(update={"cache_mb": 10})
    make(wide, harbour(more=more(1)), embedder)
    assert len(embedder.seen) > 4  # the bound of nothing had let all go
    again = FakeEmbedder()
    make(wide, harbour(more=more(2)), again)
    assert all("pilote 1" in t or "Vertaling" in t for t in again.seen)


def test_of_damaged_caches_the_newest_is_kept(tmp_path: Path) -> None:
    for _ in range(3):
        (tmp_path / "vectors.sqlite3").write_bytes(b"no database" * 100)
        VectorCache(tmp_path).close()
        time.sleep(1.1)  # their names have seconds
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


# Verification against the sources


def test_a_build_is_compared_with_what_the_sources_give(
    settings: Settings, registry: BuildRegistry
) -> None:
    texts = harbour()
    make(settings, texts)
    folder = registry.path(registry.current())
    assert beside(folder, texts) == beside(folder, texts).__class__((), ())

    class Reading(Texts):  # the same fingerprints, but another passage comes out
        def read(self, edition):  # type: ignore[no-untyped-def]
            document = super().read(edition)
            first, *others = document.passages
            return replace(document, passages=(replace(first, text="Autre."), *others))

        def editions(self):  # type: ignore[no-untyped-def]
            return texts.editions()

    wrong = beside(folder, Reading(texts.texts)).faults
    assert f"{PORTS}@fr#art_1: not what the source gives" in wrong
    without = {k: v for k, v in texts.texts.items() if k != (PORTS, "fr")}
    assert beside(folder, Texts(without)).notes[0] == f"{PORTS}@fr: taken out since this build"


def test_a_passage_without_its_twin_is_a_note(settings: Settings, registry: BuildRegistry) -> None:
    texts = harbour()
    work = "celex:32031L0007"
    french = [*texts.texts[work, "fr"], passage(work, "fr", 2, "Les pilotes montent.")]
    texts = Texts({**texts.texts, (work, "fr"): french})
    make(settings, texts)
    found = beside(registry.path(registry.current()), texts)
    assert found.faults == ()
    assert found.notes == (f"{work}@fr: 1 passage(s) without a twin, the first art_2",)


# Signals


BUILDER = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background
from pathlib import Path
from sources.command import main_with
from tests.index.fake import FakeEmbedder, harbour, make, settings_for
import argparse

class Slow(FakeEmbedder):
    def encode(self, texts, side):
        print("embedding", flush=True)
        time.sleep(0.3)
        return super().encode(texts, side)

def run(arguments, settings):
    make(settings_for(Path(sys.argv[1])), harbour(more=[f"Texte {n}." for n in range(200)]), Slow())
    return 0

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--debug", action="store_true")
raise SystemExit(main_with(parser, run, sys.argv[1:]))
"""


def test_an_interrupted_build_leaves_the_one_before_and_is_gone_on_with(
    settings: Settings, registry: BuildRegistry, tmp_path: Path
) -> None:
    first = make(settings, harbour())
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    for _ in range(3):  # the first batches are in the cache
        assert process.stdout.readline() == "embedding\n"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in told
    assert registry.history() == [first.build]
    assert best(registry) == f"{PORTS}@fr#art_1"
    embedder = FakeEmbedder()
    second = make(settings, harbour(more=[f"Texte {n}." for n in range(200)]), embedder)
    assert registry.history() == [second.build, first.build]
    assert len(embedder.seen) < 800 - 32  # what was embedded before the signal was not lost


# Clocks


def test_a_clock_that_is_set_back_changes_nothing(
    settings: Settings, registry: BuildRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make(settings, harbour())
    monkeypatch.setattr(time, "time", lambda: 86_400.0)  # 1970: the cache notes times of use
    for path in registry.folder.iterdir():
        os.utime(path, (10**10, 10**10))  # and files of the future
    second = make(settings, harbour(more=more(1)))
    third = make(settings, harbour(more=more(2)))
    assert registry.history() == [third.build, second.build, first.build]
    assert faults(registry.path(third.build), sample=None) == []
    assert best(registry) == f"{PORTS}@fr#art_1"


# Full disks


def test_a_disk_that_is_full_leaves_the_build_before_and_goes_on_with_more_room(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(data)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        settings, registry = settings_for(tmp_path), BuildRegistry(data)
        first = make(settings, harbour())
        with pytest.raises((OSError, DuchesseError)):
            make(settings, harbour(more=more(1500)))
        assert registry.history() == [first.build]
        assert faults(registry.path(first.build), sample=None) == []
        assert best(registry) == f"{PORTS}@fr#art_1"
        subprocess.run(["mount", "-o", "remount,size=200m", str(data)], check=True)
        second = make(settings, harbour(more=more(1500)))
        assert registry.history() == [second.build, first.build]
        assert [p.name for p in registry.folder.glob("*.tmp")] == []
    finally:
        subprocess.run(["umount", str(data)], check=True)


# Folders that may not be written


def test_a_folder_that_may_not_be_written_answers_and_says_so(
    settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    if os.geteuid() == 0:
        mounted = subprocess.run(
            ["mount", "--bind", "-o", "ro", str(settings.data), str(settings.data)],
            capture_output=True,
            check=False,
        )
        if mounted.returncode:
            pytest.skip("root may write everywhere, and no read-only mount can be made here")
        subprocess.run(["mount", "-o", "remount,bind,ro", str(settings.data)], check=True)
    else:
        for folder in (registry.folder, registry.path(first.build), settings.data):
            folder.chmod(0o555)
    try:
        assert best(registry) == f"{PORTS}@fr#art_1"
        with pytest.raises((OSError, DuchesseError), match=r"(?i)read-only|permission"):
            make(settings, harbour(more=more(1)))
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(settings.data)], check=True)
        else:
            for folder in (settings.data, registry.folder, registry.path(first.build)):
                folder.chmod(0o755)
    assert registry.history() == [first.build]
    assert make(settings, harbour(more=more(1))).build == registry.current()


# Second processes

READER = """
import json, sys
from pathlib import Path
from index.registry import BuildRegistry
from index.build import Build
from tests.index.fake import hits, settings_for

settings = settings_for(Path(sys.argv[1]))
registry, held, count, builds = BuildRegistry(settings.data), None, 0, set()
stop = Path(sys.argv[2])
while not stop.exists():
    name = registry.current()
    if held is None or held.id != name:
        held = Build(registry.path(name))
    hit = hits(held, "Quel build répond ?", "fr")[0]
    number = hit.passage.text.split()[-1]
    assert hit.passage.text == held.by_anchor[hit.anchor].text
    builds.add((held.id, number))
    count += 1
    print(count, flush=True)
print(json.dumps(sorted(builds)))
"""


def numbered(n: int) -> Texts:
    return Texts({(PORTS, "fr"): [passage(PORTS, "fr", 1, f"Quel build répond ? Le numéro {n}")]})


def test_a_second_process_reads_one_build_at_a_time_over_twenty_swaps(
    tmp_path: Path, settings: Settings, registry: BuildRegistry
) -> None:
    settings = settings.model_copy(update={"keep_builds": 30})
    built = {make(settings, numbered(n)).build: str(n) for n in range(6)}
    stop = tmp_path / "stop"
    process = subprocess.Popen(
        [sys.executable, "-c", READER, str(tmp_path), str(stop)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    names = list(built)
    for swap in range(24):
        registry.use(names[swap % 6])
        process.stdout.readline()
    stop.touch()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    seen = json.loads(out.splitlines()[-1])
    assert len(seen) > 1
    assert all(built[build] == number for build, number in seen)  # none is of two builds
    for name in names:
        assert faults(registry.path(name), sample=None) == []  # reading has changed no file


# Backup and restore


def test_a_copy_of_the_folder_made_while_a_builder_works_is_a_backup(
    tmp_path: Path, settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    copy = tmp_path / "copy"

    class Copying(FakeEmbedder):
        def encode(self, texts, side):  # type: ignore[no-untyped-def]
            if not copy.exists():
                shutil.copytree(settings.data, copy)
            return super().encode(texts, side)

    build(registry, harbour(more=more(3)), Copying, settings, quiet)
    restored = BuildRegistry(copy)
    assert restored.history() == [first.build]
    assert faults(restored.path(first.build), sample=None) == []
    assert best(restored) == f"{PORTS}@fr#art_1"
    again = make(settings.model_copy(update={"data": copy}), harbour(more=more(3)))
    assert again.build == registry.current()


def test_vectors_of_two_models_stand_side_by_side(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    first = make(settings, harbour())
    other = settings.model_copy(update={"model_revision": "2"})
    embedder = FakeEmbedder(replace(FakeEmbedder().id, revision="2"))
    second = make(other, harbour(), embedder)
    registry = BuildRegistry(settings.data)
    assert first.build != second.build
    assert registry.history() == [second.build, first.build]
    assert [Manifest.read(registry.path(b)).model.revision for b in registry.history()] == [
        "2",
        "1",
    ]
    one, two = (np.load(registry.path(b) / "checksums.npy") for b in registry.history())
    assert one.shape == two.shape

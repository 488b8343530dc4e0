"""Builds whose vectors are on a server: never half a build in use, and back and forth at will."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qdrant_client", reason="qdrant-client is not installed")

from index.build import Build
from index.builder import roll_back
from index.diff import compare
from index.errors import AwayError, BusyError, DamagedBuildError, IndexingError, StaleBuildError
from index.manifest import Manifest
from index.registry import BuildRegistry
from index.vector_store import PLACE, name_of
from index.verification import faults
from sources.anchor import LANGS
from sources.settings import Settings
from tests.index.fake import FakeEmbedder, Texts, harbour, hits, make, passage, settings_for
from tests.index.qdrant_server import Fault, QdrantOnLoopback
from tests.index.stores import ON_A_SERVER, store_settings

ROOT = Path(__file__).parents[2]
PORTS = "ports-2031"
QUESTIONS = [
    ("Les quais du nord", "fr"),
    ("Qui éclaire la passe la nuit ?", "fr"),
    ("Welke kranen heffen containers?", "nl"),
    ("De schepen geven hun lading aan", "nl"),
]
MORE = [f"Le pilote numéro {n} monte à bord du navire {n}." for n in range(30)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small requests, and no long wait for a server that is not there."""
    monkeypatch.setattr("index.qdrant._PAUSE", 0.001)
    monkeypatch.setattr("index.qdrant._TRIES", 2)
    monkeypatch.setattr("index.qdrant._BATCH", 7)


@pytest.fixture
def settings(tmp_path: Path, qdrant: QdrantOnLoopback) -> Settings:
    return settings_for(tmp_path, store=qdrant.address)


def opened(registry: BuildRegistry, build: str = "") -> Build:
    return Build(registry.path(build or registry.current()), registry.server)


def wrong(registry: BuildRegistry, build: str = "") -> list[str]:
    return faults(registry.path(build or registry.current()), registry.server, sample=None)


def names(registry: BuildRegistry) -> dict[str, str | None]:
    """Names on the server of the builds that are there."""
    return {b: name_of(registry.path(b)) for b in registry.history()}


def expected(registry: BuildRegistry) -> set[str]:
    """The collections of the builds that are there, and no other."""
    return {f"{name}-{lang}" for name in names(registry).values() for lang in LANGS}


def altered(number: int, text: str) -> Texts:
    own = list(harbour().texts[PORTS, "fr"])
    own[number - 1] = passage(PORTS, "fr", number, text)
    return Texts({**harbour().texts, (PORTS, "fr"): own})


# Making builds, and going back


def test_a_build_is_whole_and_its_vectors_are_on_the_server_alone(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback
) -> None:
    made = make(settings, harbour())
    folder = registry.path(made.build)
    assert wrong(registry) == []
    assert not (folder / "chroma").exists()
    assert PLACE in Manifest.read(folder).files
    assert qdrant.collections == expected(registry)
    assert set(qdrant.aliases.values()) == expected(registry)
    with pytest.raises(StaleBuildError, match="DUCHESSE_STORE"):
        Build(folder)


@pytest.mark.parametrize("kind", ON_A_SERVER)
def test_both_stores_rank_the_same(kind: str, tmp_path: Path) -> None:
    plain = settings_for(tmp_path / "plain")
    make(plain, harbour(more=MORE))
    with store_settings(kind) as store:
        other = store.settings(tmp_path / "server")
        make(other, harbour(more=MORE))
        one, two = BuildRegistry.of(plain), BuildRegistry.of(other)
        assert one.current() != two.current(), "another store is another build"
        here, there = opened(one), opened(two)
        for question, lang in QUESTIONS:
            for works in ((), (PORTS,)):
                found, as_well = (hits(b, question, lang, works=works) for b in (here, there))  # type: ignore[arg-type]
                assert [h.anchor for h in found] == [h.anchor for h in as_well]
                assert np.allclose([h.score for h in found], [h.score for h in as_well], atol=1e-4)
        here.close()
        two.server.keep(two.group(), ())  # type: ignore[union-attr]


def test_an_unchanged_corpus_sends_nothing(settings: Settings, qdrant: QdrantOnLoopback) -> None:
    first = make(settings, harbour())
    qdrant.asked.clear()
    assert make(settings, harbour()) == first
    assert {m for m, p in qdrant.asked if m in ("PUT", "PATCH", "DELETE")} == set()


def test_going_back_switches_the_file_and_the_aliases(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback
) -> None:
    first = make(settings, harbour())
    second = make(settings, altered(1, "Les quais du sud sont fermés."))
    for build in (second.build, first.build, second.build):
        assert registry.current() == build
        assert set(qdrant.aliases.values()) == {f"{names(registry)[build]}-{la}" for la in LANGS}
        assert wrong(registry) == []
        roll_back(registry)
    changes = [d.change for d in compare(registry.path(first.build), registry.path(second.build))]
    assert changes == ["changed"]


def test_old_builds_go_from_the_server_too(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback
) -> None:
    for n in range(5):
        make(settings, altered(1, f"Les quais du bassin {n}."))
    assert len(registry.history()) == settings.keep_builds
    assert qdrant.collections == expected(registry)
    assert all(wrong(registry, build) == [] for build in registry.history())


def test_builds_of_both_stores_stand_side_by_side(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback
) -> None:
    """Also while the server is away, one can go back to vectors that are here."""
    plain = settings.model_copy(update={"store": ""})
    here = make(plain, harbour())
    there = make(settings, harbour())
    assert registry.history() == [there.build, here.build]
    assert hits(opened(registry), "Les quais du nord")
    qdrant.fault = lambda *_: Fault(503)
    assert roll_back(registry).build == here.build
    assert hits(opened(registry), "Les quais du nord")
    qdrant.fault = lambda *_: None
    roll_back(registry)
    assert hits(opened(registry), "Les quais du nord")
    assert make(plain, harbour()).build == here.build


def test_two_data_folders_on_one_server_leave_each_other_alone(
    tmp_path: Path, qdrant: QdrantOnLoopback
) -> None:
    both = [settings_for(tmp_path / name, store=qdrant.address) for name in ("one", "two")]
    builds = [make(s, harbour()).build for s in both]
    assert builds[0] == builds[1], "the same texts"
    make(both[0], altered(1, "Les quais du sud."))
    for n in range(4):
        make(both[0], altered(2, f"La grue {n}."))
    one, two = map(BuildRegistry.of, both)
    assert wrong(two) == wrong(one) == []
    assert qdrant.collections == expected(one) | expected(two)
    assert set(qdrant.aliases) == {f"{r.group()}-{la}" for r in (one, two) for la in LANGS}


def test_a_second_builder_of_a_folder_is_refused(
    settings: Settings, registry: BuildRegistry
) -> None:
    with registry.writing(), pytest.raises(BusyError, match="another process is building"):
        make(settings, harbour())


# What goes wrong on the way


@pytest.mark.parametrize("at", range(12))
def test_a_server_that_goes_away_at_any_request_leaves_the_build_before(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback, at: int
) -> None:
    """And the next builder goes on from what is there."""
    first = make(settings, harbour())
    before = dict(qdrant.aliases)
    changes = 0

    def away(method: str, path: str) -> Fault | None:
        nonlocal changes
        changes += method != "GET"
        return Fault(503) if changes > at else None

    qdrant.fault = away
    with pytest.raises(AwayError):
        make(settings, harbour(more=MORE))
    assert registry.history() == [first.build]
    assert dict(qdrant.aliases) == before
    qdrant.fault = lambda *_: None
    assert wrong(registry) == []
    assert hits(opened(registry), "Les quais du nord")
    second = make(settings, harbour(more=MORE))
    assert registry.history() == [second.build, first.build]
    assert wrong(registry) == []
    assert qdrant.collections == expected(registry)


def test_what_was_sent_before_it_went_away_is_not_sent_again(
    settings: Settings, qdrant: QdrantOnLoopback
) -> None:
    def sent() -> int:
        return sum(m == "PUT" and p.endswith("/points") for m, p in qdrant.asked)

    qdrant.fault = lambda m, p: Fault(503) if sent() > 4 and p.endswith("/points") else None
    with pytest.raises(AwayError):
        make(settings, harbour(more=MORE))
    qdrant.fault = lambda *_: None
    qdrant.asked.clear()
    make(settings, harbour(more=MORE))
    again = sent()
    make(settings.model_copy(update={"data": settings.data / "anew"}), harbour(more=MORE))
    assert again == sent() - again - 4


def test_what_an_interrupted_build_left_goes_when_another_is_made(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback
) -> None:
    qdrant.fault = lambda m, p: Fault(503) if m == "PATCH" else None
    with pytest.raises(AwayError):
        make(settings, harbour(more=MORE))
    assert len(qdrant.collections) == 2
    qdrant.fault = lambda *_: None
    make(settings, harbour())
    assert qdrant.collections == expected(registry)


def test_a_build_that_does_not_verify_is_not_used_and_begins_afresh(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback
) -> None:
    """As where what a killed builder left is not what this one computes."""
    first = make(settings, harbour())
    qdrant.fault = lambda m, p: Fault(503) if m == "PATCH" else None
    with pytest.raises(AwayError):
        make(settings, harbour(more=MORE))
    qdrant.fault = lambda *_: None
    (left,) = {c.rpartition("-")[0] for c in qdrant.collections - expected(registry)}
    vectors = registry.server.open(left)  # type: ignore[union-attr]
    chunk, *_ = vectors.ids("fr")
    vectors.add("fr", [chunk], [PORTS], np.ones((1, 64), np.float32))
    with pytest.raises(IndexingError, match="does not verify"):
        make(settings, harbour(more=MORE))
    assert registry.history() == [first.build]
    assert qdrant.collections == expected(registry)
    make(settings, harbour(more=MORE))
    assert wrong(registry) == []


def test_a_builder_says_that_the_server_is_away_before_it_reads_or_embeds(
    settings: Settings, qdrant: QdrantOnLoopback
) -> None:
    qdrant.fault = lambda *_: Fault(503)
    used = FakeEmbedder()
    with pytest.raises(AwayError):
        make(settings, harbour(), used)
    assert used.seen == []


# Damage on the server


def spoil(registry: BuildRegistry, qdrant: QdrantOnLoopback, how: str) -> None:
    name = name_of(registry.path(registry.current()))
    vectors = registry.server.open(str(name))  # type: ignore[union-attr]
    chunk, *_ = sorted(vectors.ids("fr"))
    match how:
        case "altered":
            vectors.add("fr", [chunk], [PORTS], np.ones((1, 64), np.float32))
        case "added":
            vectors.add("fr", ["ports-2031@fr#art_99~fr~0"], [PORTS], np.ones((1, 64), np.float32))
        case "removed":
            qdrant.answer("DELETE", f"/collections/{name}-fr", None)
        case "emptied":
            qdrant.answer("DELETE", f"/collections/{name}-nl", None)
            registry.server.create(str(name), 64)  # type: ignore[union-attr]
        case "everything":
            for collection in qdrant.collections:
                qdrant.answer("DELETE", f"/collections/{collection}", None)


@pytest.mark.parametrize("how", ["altered", "added", "removed", "emptied", "everything"])
def test_damage_on_the_server_is_found_and_the_next_build_mends_it(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback, how: str
) -> None:
    made = make(settings, harbour())
    spoil(registry, qdrant, how)
    assert wrong(registry)
    again = make(settings, harbour())
    assert again.build == made.build
    assert wrong(registry) == []
    assert set(qdrant.aliases.values()) == expected(registry) == qdrant.collections


def test_one_that_reads_a_build_is_not_disturbed_while_it_is_made_again(
    settings: Settings, registry: BuildRegistry, qdrant: QdrantOnLoopback
) -> None:
    made = make(settings, harbour())
    reading = opened(registry)
    path = registry.path(made.build) / "passages.jsonl"
    path.write_bytes(path.read_bytes()[:-9])
    qdrant.fault = lambda m, p: Fault(503) if p == "/collections/aliases" else None
    with pytest.raises(AwayError):
        make(settings, harbour())
    assert hits(reading, "Les quais du nord")
    qdrant.fault = lambda *_: None
    make(settings, harbour())
    assert wrong(registry) == []
    with pytest.raises(DamagedBuildError):  # it has been replaced: whoever asks opens it anew
        hits(reading, "Le phare")
    assert hits(opened(registry), "Le phare")

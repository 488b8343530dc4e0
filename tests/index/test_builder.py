"""Building: what changed is built, what did not is left alone, and what was good is never lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import Build, read_passages
from index.builder import build
from index.chroma import ChromaStore
from index.embedding import Encoded, Side, identify
from index.errors import BusyError, IndexingError
from index.manifest import Manifest
from index.plan import plan
from index.registry import BuildRegistry
from index.verification import faults
from sources import catalogue
from sources.anchor import LANGS, Anchor
from sources.library import Edition, Library
from sources.model import Document
from sources.records import Provenance
from sources.settings import Settings
from tests.index.fake import (
    FakeEmbedder,
    Texts,
    harbour,
    hits,
    make,
    passage,
    quiet,
    settings_for,
    source,
)

ROOT = Path(__file__).parents[2]
PORTS, ACT = "ports-2031", "celex:32031L0007"


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file that lasts, with its time and size; the lock is no content."""
    return {
        str(p.relative_to(folder)): (p.stat().st_mtime_ns, p.stat().st_size)
        for p in folder.rglob("*")
        if p.is_file() and p.name != "writer.lock" and "chroma" not in p.parts
    }


def found(registry: BuildRegistry, question: str) -> list[str]:
    opened = Build(registry.path(registry.current()))
    try:
        given = hits(opened, question, "fr", 20)
        return [str(h.anchor) for h in given]
    finally:
        opened.close()


def stored_vectors(folder: Path) -> dict[str, NDArray[np.float32]]:
    with ChromaStore(folder / "chroma") as store:
        return {i: v for la in LANGS for i, v in store.vectors(la, list(store.ids(la))).items()}


def changed(texts: Texts, number: int, text: str) -> Texts:
    """The same library with another text of an article of the ports."""
    own = list(texts.texts[PORTS, "fr"])
    own[number - 1] = passage(PORTS, "fr", number, text)
    return Texts({**texts.texts, (PORTS, "fr"): own})


# The first build, and the same again


def test_a_build_says_what_it_is_made_of(settings: Settings, registry: BuildRegistry) -> None:
    manifest = make(settings, harbour())
    assert registry.current() == manifest.build
    assert (manifest.passages, manifest.chunks) == (5, 8)
    assert [(d.work, d.lang, d.passages) for d in manifest.documents] == [
        (PORTS, "fr", 3),
        (ACT, "fr", 1),
        (ACT, "nl", 1),
    ]
    assert (manifest.model.name, manifest.model.revision) == identify(settings)
    assert Manifest.read(registry.path(manifest.build)) == manifest
    assert faults(registry.path(manifest.build), sample=None) == []


def test_what_is_stored_are_the_passages_as_they_were_read(
    settings: Settings, registry: BuildRegistry
) -> None:
    make(settings, harbour())
    expected = [p for passages in harbour().texts.values() for p in passages]
    assert read_passages(registry.path(registry.current())) == expected


def test_an_unchanged_corpus_changes_no_file_and_needs_no_model(
    settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    before = state(settings.data)

    def load() -> FakeEmbedder:
        pytest.fail("the model was loaded")

    again = build(registry, harbour(), load, settings, quiet)
    assert again == first
    assert state(settings.data) == before


def test_the_id_of_a_build_is_the_same_on_every_machine_and_day(tmp_path: Path) -> None:
    one = make(settings_for(tmp_path / "one"), harbour())
    two = make(settings_for(tmp_path / "two"), harbour())
    assert one.build == two.build


def test_nothing_to_index_is_an_error_with_the_next_step(settings: Settings) -> None:
    with pytest.raises(IndexingError, match="sources add"):
        make(settings, Texts({}))


# Changes


def test_a_plan_says_what_is_added_changed_and_removed_and_does_nothing(
    settings: Settings, registry: BuildRegistry
) -> None:
    make(settings, harbour())
    texts = changed(harbour(), 1, "Les quais du sud.").texts
    del texts[ACT, "nl"]
    texts["phares-2032", "fr"] = [passage("phares-2032", "fr", 1, "Un phare neuf.")]
    before = state(settings.data)
    would = plan(registry, Texts(texts), identify(settings))
    assert would.added == ("phares-2032@fr",)
    assert would.changed == (f"{PORTS}@fr",)
    assert would.removed == (f"{ACT}@nl",)
    assert not would.unchanged
    assert would.current == registry.current()
    assert state(settings.data) == before
    assert make(settings, Texts(texts)).build == would.build


def test_a_plan_of_an_unchanged_corpus_is_the_build_in_use(
    settings: Settings, registry: BuildRegistry
) -> None:
    make(settings, harbour())
    would = plan(registry, harbour(), identify(settings))
    assert would.unchanged
    assert (would.added, would.changed, would.removed) == ((), (), ())


def test_a_plan_before_the_first_build_adds_everything(
    settings: Settings, registry: BuildRegistry
) -> None:
    would = plan(registry, harbour(), identify(settings))
    assert would.current is None
    assert len(would.added) == 3


def test_only_what_changed_is_embedded(settings: Settings) -> None:
    make(settings, harbour())
    embedder = FakeEmbedder()
    make(settings, changed(harbour(), 1, "Les quais du sud."), embedder)
    assert {t.removeprefix("Ports\n") for t in embedder.seen} == {"Les quais du sud."}


def test_building_on_is_the_same_as_building_anew(tmp_path: Path) -> None:
    step, anew = settings_for(tmp_path / "step"), settings_for(tmp_path / "anew")
    make(step, harbour())
    make(step, changed(harbour(), 2, "Les grues sont vertes."))
    target = harbour(more=["Le pilote monte à bord."])
    one, two = make(step, target), make(anew, target)
    assert one.build == two.build
    assert one.files == two.files
    folders = [BuildRegistry(s.data).path(one.build) for s in (step, anew)]
    vectors = [stored_vectors(f) for f in folders]
    assert set(vectors[0]) == set(vectors[1])
    assert all(np.array_equal(vectors[0][i], vectors[1][i]) for i in vectors[0])


def test_a_removed_source_is_never_found_again(settings: Settings, registry: BuildRegistry) -> None:
    make(settings, harbour())
    assert f"{ACT}@fr#art_1" in found(registry, "Les navires déclarent leur cargaison.")
    texts = {k: v for k, v in harbour().texts.items() if k[0] != ACT}
    make(settings, Texts(texts))
    hits = found(registry, "Les navires déclarent leur cargaison.")
    assert hits
    assert not any(ACT in h for h in hits)
    content = b"".join(
        p.read_bytes() for p in registry.path(registry.current()).rglob("*") if p.is_file()
    )
    assert b"cargaison" not in content


def test_a_changed_passage_is_found_in_its_new_words_alone(
    settings: Settings, registry: BuildRegistry
) -> None:
    make(settings, harbour())
    make(settings, changed(harbour(), 3, "La bouée rouge marque le chenal."))
    opened = Build(registry.path(registry.current()))
    assert opened.by_anchor[Anchor.parse(f"{PORTS}@fr#art_3")].text.startswith("La bouée")
    opened.close()
    assert found(registry, "bouée rouge du chenal")[0] == f"{PORTS}@fr#art_3"


# One source only


def test_with_a_source_named_the_others_stay_as_they_are(
    settings: Settings, registry: BuildRegistry
) -> None:
    make(settings, harbour())
    texts = changed(harbour(), 1, "Les quais du sud.").texts
    texts[ACT, "fr"] = [passage(ACT, "fr", 1, "Les navires partent.")]
    make(settings, Texts(texts), only=frozenset([ACT]))
    said = {str(p.anchor): p.text for p in read_passages(registry.path(registry.current()))}
    assert said[f"{ACT}@fr#art_1"] == "Les navires partent."
    assert said[f"{PORTS}@fr#art_1"] == "Les quais du nord sont réparés chaque hiver."
    assert plan(registry, Texts(texts), identify(settings)).changed == (f"{PORTS}@fr",)
    make(settings, Texts(texts))
    said = {str(p.anchor): p.text for p in read_passages(registry.path(registry.current()))}
    assert said[f"{PORTS}@fr#art_1"] == "Les quais du sud."


def test_with_a_source_named_neither_new_nor_removed_others_are_touched(
    settings: Settings, registry: BuildRegistry
) -> None:
    make(settings, harbour())
    texts = {k: v for k, v in harbour().texts.items() if k[0] != PORTS}
    texts["phares-2032", "fr"] = [passage("phares-2032", "fr", 1, "Un phare neuf.")]
    del texts[ACT, "nl"]
    make(settings, Texts(texts), only=frozenset([ACT]))
    works = {
        (p.anchor.work, p.anchor.lang) for p in read_passages(registry.path(registry.current()))
    }
    assert works == {(PORTS, "fr"), (ACT, "fr")}


def test_with_a_source_named_and_nothing_of_it_changed_nothing_changes(
    settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    again = make(settings, changed(harbour(), 1, "Les quais du sud."), only=frozenset([ACT]))
    assert again.build == first.build
    assert registry.history() == [first.build]


def test_with_a_source_named_and_a_damaged_build_in_use_the_others_are_not_dropped(
    settings: Settings, registry: BuildRegistry
) -> None:
    make(settings, harbour())
    (registry.path(registry.current()) / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(IndexingError, match="index build"):
        make(settings, harbour(), only=frozenset([ACT]))
    manifest = make(settings, harbour())
    assert {d.work for d in manifest.documents} == {PORTS, ACT}


# What goes wrong


class _Wrong(FakeEmbedder):
    """A model that multiplies the vector of one text: 0 is no direction, nan no number."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        return [
            Encoded(e.text * np.float32(self.factor if "quais" in t else 1), e.tokens, e.pieces)
            for t, e in zip(texts, super().encode(texts, side), strict=True)
        ]


def test_a_build_that_does_not_verify_is_kept_aside_and_the_one_before_still_answers(
    settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    with pytest.raises(IndexingError) as caught:
        make(settings, changed(harbour(), 1, "Les quais du sud."), _Wrong(0))
    assert "was not put into use" in str(caught.value)
    assert registry.history() == [first.build]
    (failed,) = registry.folder.glob("*.failed")
    assert "does not find itself" in (failed / "REASON").read_text("utf-8")
    assert str(failed) in str(caught.value)
    assert found(registry, "Les quais du nord")[0] == f"{PORTS}@fr#art_1"


def test_a_model_that_gives_no_numbers_is_an_error_and_changes_nothing(
    settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    target = changed(harbour(), 1, "Les quais du sud.")
    with pytest.raises(IndexingError, match="NaN"):
        make(settings, target, _Wrong(float("nan")))
    assert registry.history() == [first.build]
    embedder = FakeEmbedder()
    make(settings, target, embedder)
    assert "Les quais du sud." in embedder.seen  # nothing of it was kept


def test_two_passages_of_one_address_are_never_put_into_use(
    settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    twice = dict(harbour().texts)
    twice[ACT, "nl"] = [passage(ACT, "nl", 1, "Eén."), passage(ACT, "nl", 1, "Twee.")]
    with pytest.raises(IndexingError, match=f"one address: {ACT}@nl#art_1"):
        make(settings, Texts(twice))
    assert registry.current() == first.build


class _Broken(FakeEmbedder):
    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        raise MemoryError("no room")


def test_a_model_that_fails_leaves_the_build_in_use_and_no_lock(
    settings: Settings, registry: BuildRegistry
) -> None:
    first = make(settings, harbour())
    target = changed(harbour(), 1, "Les quais du sud.")
    with pytest.raises(MemoryError):
        make(settings, target, _Broken())
    assert registry.history() == [first.build]
    second = make(settings, target)
    assert registry.history() == [second.build, first.build]
    assert list(registry.folder.glob("*.tmp")) == []


def test_a_source_that_cannot_be_read_leaves_the_build_in_use(
    settings: Settings, registry: BuildRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make(settings, harbour())

    def unreadable(*_: object) -> None:
        raise OSError(5, "Input/output error")

    target = changed(harbour(), 1, "Les quais du sud.")
    monkeypatch.setattr(target, "read", unreadable)
    with pytest.raises(OSError, match="Input/output"):
        make(settings, target)
    assert registry.history() == [first.build]


@pytest.mark.parametrize("name", ["passages.jsonl", "manifest.json", "tokens.bin", "chroma"])
def test_a_damaged_build_in_use_is_built_again_under_its_own_id(
    settings: Settings, registry: BuildRegistry, name: str
) -> None:
    first = make(settings, harbour())
    path = registry.path(first.build) / name
    if path.is_dir():
        (path / "chroma.sqlite3").unlink()
    else:
        path.write_bytes(path.read_bytes()[:-9])
    assert faults(registry.path(first.build))
    again = make(settings, harbour())
    assert again.build == first.build == registry.current()
    assert faults(registry.path(first.build), sample=None) == []
    assert found(registry, "Les quais du nord")[0] == f"{PORTS}@fr#art_1"
    assert [p.name for p in registry.folder.iterdir() if p.is_dir()] == [first.build]


def test_two_builders_at_once_are_not_possible(settings: Settings, registry: BuildRegistry) -> None:
    with registry.writing(), pytest.raises(BusyError):
        make(settings, harbour())


# Several builds


def test_after_going_back_the_next_build_goes_forward_without_building(
    settings: Settings, registry: BuildRegistry
) -> None:
    one = make(settings, harbour())
    two = make(settings, harbour(more=["Le pilote monte à bord."]))
    registry.rollback()
    assert registry.current() == one.build
    embedder = FakeEmbedder()
    assert make(settings, harbour(more=["Le pilote monte à bord."]), embedder) == two
    assert embedder.seen == []
    assert registry.history() == [two.build, one.build]


def test_as_many_builds_are_kept_as_are_wanted(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, keep_builds=2)
    registry = BuildRegistry(settings.data)
    builds = [make(settings, harbour(more=[f"Le quai {n}."])).build for n in "abcd"]
    assert registry.history() == builds[:1:-1]
    assert {p.name for p in registry.folder.iterdir() if p.is_dir()} == set(builds[2:])


# A full disk

FULL = """
import json, resource, sys
from pathlib import Path
from sources.errors import DuchesseError
from tests.index.fake import harbour, make, settings_for

settings = settings_for(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    make(settings, harbour(more=["Le pilote monte à bord.", "La marée descend."]))
except Exception as error:
    print(json.dumps([isinstance(error, (DuchesseError, OSError)), repr(error)]))
else:
    print("null")
"""


@pytest.mark.parametrize("limit", [100, 40_000, 60_000])
def test_a_full_disk_leaves_the_build_in_use_answering(
    settings: Settings, registry: BuildRegistry, tmp_path: Path, limit: int
) -> None:
    first = make(settings, harbour())
    process = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(limit)],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 0, process.stderr.decode()
    told = json.loads(process.stdout.decode().splitlines()[-1])
    assert told is not None, "the limit was not reached"
    assert told[0], f"a user would see a traceback: {told[1]}"
    assert registry.history() == [first.build]
    assert faults(registry.path(first.build), sample=None) == []
    assert found(registry, "Les quais du nord")[0] == f"{PORTS}@fr#art_1"
    second = make(settings, harbour(more=["Le pilote monte à bord.", "La marée descend."]))
    assert registry.history() == [second.build, first.build]


class _Busy(Library):
    """A library whose text gives way to another one as it is about to be read."""

    later: list[str]

    def read(self, edition: Edition) -> Document:
        if self.later:
            put(self, self.later.pop())
        return super().read(edition)


def put(library: Library, text: str) -> None:
    came = Provenance("text/plain", "2031-01-01T00:00:00Z", "added")
    library.store.put(PORTS, "fr", text.encode(), came)


def test_a_text_that_is_replaced_during_a_build_stands_under_its_own_fingerprint(
    settings: Settings, registry: BuildRegistry
) -> None:
    catalogue.add(settings.data / "catalogue.toml", source(PORTS))
    library = _Busy(settings.data)
    put(library, "Accord\n\n1. Les quais sont ouverts.\n")
    library.later = ["Accord\n\n1. Les quais sont fermés.\n"]
    made = build(registry, library, FakeEmbedder, settings, quiet, frozenset({PORTS}))
    (entry,) = made.documents
    edition = library.edition(PORTS, "fr")
    assert edition
    assert (entry.fingerprint, entry.version) == (edition.fingerprint, edition.version)
    assert [p.text for p in read_passages(registry.path(made.build))] == ["Les quais sont fermés."]
    assert plan(registry, library, identify(settings), frozenset({PORTS})).unchanged

"""What every vector store does, the same tests for each: exact, and what was given comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import DamagedBuildError, StaleBuildError
from index.vector_store import PLACE, open_store
from tests.index.fake import unit_vectors
from tests.index.stores import EACH, ON_A_SERVER, StoreOfTest, store_settings


def names(count: int) -> list[str]:
    return [f"ports-2031@fr#art_{n}~fr~0" for n in range(count)]


VECTORS = unit_vectors(40)
IDS = names(40)
WORKS = ["ports-2031", "phares-2032"] * 20


@pytest.fixture(params=EACH)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StoreOfTest]:
    """Where nothing is stored yet."""
    with store_settings(request.param) as store:
        found = StoreOfTest(store, tmp_path / "build")
        yield found
        found.remove()


@pytest.fixture
def filled(place: StoreOfTest) -> StoreOfTest:
    with place.create() as store:
        store.add("fr", IDS, WORKS, VECTORS)
        store.add("nl", IDS[:3], WORKS[:3], VECTORS[:3])
        store.finish()
    return place


def test_only_the_works_that_are_wanted_are_found(filled: StoreOfTest) -> None:
    with filled.open() as store:
        found = store.nearest("fr", VECTORS[0], 40, ["phares-2032"])
        exact = {IDS[n]: float(VECTORS[n] @ VECTORS[0]) for n in range(1, 40, 2)}
        assert [i for i, _ in found] == sorted(exact, key=lambda i: -exact[i])
        assert np.allclose([c for _, c in found], sorted(exact.values(), reverse=True), atol=1e-5)
        assert len(store.nearest("fr", VECTORS[0], 40, ["phares-2032", "ports-2031"])) == 40
        assert store.nearest("fr", VECTORS[0], 40, ["unknown"]) == []


def test_what_is_stored_is_found_in_the_language_of_its_view(filled: StoreOfTest) -> None:
    with filled.open() as store:
        assert (store.count("fr"), store.count("nl")) == (40, 3)
        assert store.ids("fr") == set(IDS)
        assert store.ids("nl") == set(IDS[:3])


def test_the_nearest_are_those_of_an_exact_search_with_their_cosine(filled: StoreOfTest) -> None:
    question = unit_vectors(1, seed=2)[0]
    exact = VECTORS @ question
    with filled.open() as store:
        found = store.nearest("fr", question, 10)
    assert [i for i, _ in found] == [IDS[n] for n in np.argsort(-exact)[:10]]
    assert [s for _, s in found] == pytest.approx(sorted(exact, reverse=True)[:10], abs=1e-5)


def test_the_cosine_with_any_chunk_is_told_and_unknown_ids_are_left_out(
    filled: StoreOfTest,
) -> None:
    question = unit_vectors(1, seed=3)[0]
    with filled.open() as store:
        found = store.cosines("fr", question, [*IDS[::3], "unknown"])
        assert set(found) == set(IDS[::3])
        for n in range(0, 40, 3):
            assert found[IDS[n]] == pytest.approx(float(VECTORS[n] @ question), abs=1e-6)
        assert store.cosines("fr", question, []) == {}
        assert store.cosines("nl", question, IDS[5:7]) == {}


def test_more_is_not_given_than_there_is(filled: StoreOfTest) -> None:
    with filled.open() as store:
        assert len(store.nearest("nl", VECTORS[0], 50)) == 3
        assert store.nearest("nl", VECTORS[0], 0) == []


def test_an_empty_store_gives_nothing(place: StoreOfTest) -> None:
    with place.create() as store:
        store.finish()
        assert store.nearest("fr", VECTORS[0], 5) == []
        assert store.ids("fr") == set()
        assert store.count("fr") == 0


def test_vectors_come_back_as_they_were_given_and_unknown_ids_are_left_out(
    filled: StoreOfTest,
) -> None:
    with filled.open() as store:
        found = store.vectors("fr", [IDS[3], "unknown", IDS[1]])
        assert set(found) == {IDS[3], IDS[1]}
        assert np.allclose(found[IDS[3]], VECTORS[3], atol=1e-6)
        assert found[IDS[3]].dtype == np.float32
        assert store.vectors("fr", []) == {}


def test_an_id_that_is_there_already_is_replaced(place: StoreOfTest) -> None:
    with place.create() as store:
        store.add("fr", IDS[:2], WORKS[:2], VECTORS[:2])
        store.add("fr", IDS[:1], WORKS[:1], VECTORS[5:6])
        assert store.count("fr") == 2
        assert np.allclose(store.vectors("fr", IDS[:1])[IDS[0]], VECTORS[5], atol=1e-6)


def test_many_more_vectors_than_a_batch_are_all_stored_and_all_found(place: StoreOfTest) -> None:
    vectors, ids = unit_vectors(2300), names(2300)
    with place.create() as store:
        store.add("fr", ids, ["ports-2031"] * len(ids), vectors)
        store.finish()
    with place.open() as store:
        assert store.ids("fr") == set(ids)
        assert len(store.vectors("fr", ids)) == len(store.cosines("fr", vectors[0], ids)) == 2300
        for n in range(0, 2300, 230):
            assert store.nearest("fr", vectors[n], 1)[0][0] == ids[n]


def test_names_of_any_letters_are_kept(place: StoreOfTest) -> None:
    ids = ["déclaration-été@fr#1.é~fr~0", "a/b@fr#'\"{}~fr~0", "œ" * 300]
    with place.create() as store:
        store.add("fr", ids, ["déclaration-été", "a/b", "œ"], VECTORS[:3])
        store.finish()
        assert store.ids("fr") == set(ids)
        assert [i for i, _ in store.nearest("fr", VECTORS[1], 1, ["a/b"])] == [ids[1]]


def test_a_store_that_was_closed_twice_is_closed(filled: StoreOfTest) -> None:
    store = filled.open()
    store.close()
    store.close()
    with filled.open() as other:
        assert other.count("fr") == 40


# Where the vectors of a build are


@pytest.mark.parametrize("kind", ON_A_SERVER)
def test_vectors_on_a_server_are_not_looked_for_where_none_is_configured(
    kind: str, tmp_path: Path
) -> None:
    with store_settings(kind) as store:
        place = StoreOfTest(store, tmp_path / "build")
        place.create().close()
        with pytest.raises(StaleBuildError, match="DUCHESSE_STORE"):
            open_store(tmp_path / "build")
        place.remove()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff", b"null"])
def test_a_damaged_place_is_a_damaged_build(tmp_path: Path, content: bytes) -> None:
    (tmp_path / PLACE).write_bytes(content)
    with pytest.raises(DamagedBuildError, match="index build"):
        open_store(tmp_path)


@pytest.mark.parametrize("kind", ON_A_SERVER)
def test_a_build_that_the_server_does_not_have_is_a_damaged_build(
    kind: str, tmp_path: Path
) -> None:
    with store_settings(kind) as store:
        place = StoreOfTest(store, tmp_path / "build")
        place.create().close()
        place.remove()
        with pytest.raises(DamagedBuildError, match=r"does not have the vectors.*index build"):
            place.open()

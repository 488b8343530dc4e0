"""Lexical search: what is found has a word of the question; shares, never more than the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bm25 import LexicalIndex
from index.errors import DamagedBuildError
from index.tokens import words

FRENCH = {
    "a": "Le centre de coopération policière de Tournai échange des informations.",
    "b": "La lutte contre le trafic de drogues dans les ports d’Anvers et de Dunkerque.",
    "c": "La recommandation (UE) 2022/915 du Conseil du 9 juin 2022.",
    "d": "La coopération entre les forces de police, la coopération avec la douane.",
}
DUTCH = {
    "a": "De politiesamenwerking in het grensgebied versterken.",
    "b": "De samenwerking tussen de politie en de douane.",
    "c": "De drugshandel in de havens van Antwerpen.",
}
VOCABULARY = ["port", "grue", "quai", "phare", "navire", "douane", "police", "2022", "915"]


@pytest.fixture(scope="module")
def french() -> LexicalIndex:
    return LexicalIndex.build("fr", list(FRENCH), list(FRENCH.values()))


@pytest.fixture(scope="module")
def dutch() -> LexicalIndex:
    return LexicalIndex.build("nl", list(DUTCH), list(DUTCH.values()))


def found(index: LexicalIndex, question: str, limit: int = 10) -> list[str]:
    return [i for i, _ in index.nearest(terms(index, question), limit)]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Quel rôle pour le centre de Tournai ?", "a"),
        ("TOURNAI", "a"),
        ("trafic de drogue dans le port", "b"),
        ("que dit la recommandation 2022/915", "c"),
        ("915", "c"),
        ("cooperation avec la douane", "d"),
    ],
)
def test_the_text_with_the_words_of_the_question_comes_first(
    french: LexicalIndex, question: str, best: str
) -> None:
    assert found(french, question)[0] == best


def terms(index: LexicalIndex, text: str) -> list[str]:
    return index.terms(words(text, index.lang))


def test_a_text_without_any_word_of_the_question_is_never_returned(french: LexicalIndex) -> None:
    assert found(french, "Tournai") == ["a"]
    assert found(french, "stoofvlees") == []
    assert found(french, "") == []
    assert found(french, "le la les des") == []


def test_the_limit_is_held_and_ties_stand_in_reading_order() -> None:
    index = LexicalIndex.build("fr", list("abcd"), ["quai nord", "quai nord", "grue", "quai nord"])
    assert found(index, "quai") == ["a", "b", "d"]
    assert found(index, "quai", 2) == ["a", "b"]


def test_parts_of_a_dutch_compound_find_it_and_the_other_way_round(dutch: LexicalIndex) -> None:
    assert set(found(dutch, "politiesamenwerking")) == {"a", "b"}
    assert set(found(dutch, "samenwerking van politie")) == {"a", "b"}


@given(
    st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join), max_size=6),
    st.lists(st.sampled_from([*VOCABULARY, "inconnu"]), max_size=6).map(" ".join),
)
def test_scores_are_shares_and_only_those_above_0_are_found(
    texts: list[str], question: str
) -> None:
    index = LexicalIndex.build("fr", [str(n) for n in range(len(texts))], texts)
    wanted = terms(index, question)
    scores = index.scores(wanted)
    assert scores.shape == (len(texts),)
    assert ((scores >= 0) & (scores <= 1)).all()
    hits = index.nearest(wanted, len(texts) or 1)
    assert {int(i) for i, _ in hits} == set(np.flatnonzero(scores > 0).tolist())
    assert [s for _, s in hits] == sorted((s for _, s in hits), reverse=True)
    for hit, _ in hits:
        assert set(texts[int(hit)].split()) & set(question.split())


def test_a_word_that_no_text_has_lowers_the_share_of_the_others(french: LexicalIndex) -> None:
    alone = french.scores(terms(french, "Tournai"))
    diluted = french.scores(terms(french, "Tournai stoofvlees"))
    assert 0 < diluted[0] < alone[0]


def test_asking_a_word_twice_changes_nothing(french: LexicalIndex) -> None:
    once, twice = (french.scores(terms(french, q)) for q in ("Tournai", "Tournai Tournai"))
    assert np.array_equal(once, twice)


def test_a_rare_word_tells_more_than_a_common_one(french: LexicalIndex) -> None:
    rare, common = (french.weight(terms(french, w)[0]) for w in ("Tournai", "coopération"))
    assert french.rarest >= rare > common > 0
    assert french.weight("nowhere") == 0


def test_it_knows_which_text_has_which_word(french: LexicalIndex) -> None:
    (term,) = terms(french, "Tournai")
    assert french.knows(term)
    assert french.has("a", term)
    assert not french.has("b", term)
    assert not french.has("no such chunk", term)
    assert not french.knows("stoofvlees")
    assert [french.place(i) for i in FRENCH] == [0, 1, 2, 3]


@pytest.mark.parametrize("texts", [[], [""], ["le la", "?"]])
def test_an_index_without_words_finds_nothing(texts: list[str]) -> None:
    index = LexicalIndex.build("fr", [str(n) for n in range(len(texts))], texts)
    assert found(index, "Tournai") == []
    assert index.scores(["tournai"]).shape == (len(texts),)


def test_what_is_saved_is_loaded_and_scores_alike(tmp_path: Path, dutch: LexicalIndex) -> None:
    dutch.save(tmp_path / "lexical", list(DUTCH.values()))
    loaded = LexicalIndex.load(tmp_path / "lexical", "nl")
    wanted = terms(dutch, "politie en havens")
    assert loaded.ids == dutch.ids
    assert terms(loaded, "politie en havens") == wanted
    assert np.array_equal(loaded.scores(wanted), dutch.scores(wanted))


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b'{"ids": []}', b'{"ids": ["a"], "texts": 3}', b"\xff"]
)
def test_a_damaged_file_is_a_damaged_build_with_the_next_step(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "fr.json").write_bytes(content)
    with pytest.raises(DamagedBuildError, match=r"fr\.json.*index build"):
        LexicalIndex.load(tmp_path, "fr")

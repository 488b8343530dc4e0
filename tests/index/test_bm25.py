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


def found(index: LexicalIndex, question: str) -> list[str]:
    """Chunks with a score above 0, best first; ties in reading order."""
    scores = index.scores(terms(index, question))
    return [index.ids[n] for n in np.argsort(-scores, kind="stable") if scores[n] > 0]


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


def test_texts_with_the_same_words_have_the_same_score() -> None:
    index = LexicalIndex.build("fr", list("abcd"), ["quai nord", "quai nord", "grue", "quai nord"])
    assert found(index, "quai") == ["a", "b", "d"]
    assert len(set(index.scores(terms(index, "quai"))[[0, 1, 3]])) == 1


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
    shared = [bool(set(text.split()) & set(question.split())) for text in texts]
    assert (scores > 0).tolist() == shared


def test_a_word_that_no_text_has_lowers_the_share_of_the_others(french: LexicalIndex) -> None:
    alone = french.scores(terms(french, "Tournai"))
    diluted = french.scores(terms(french, "Tournai stoofvlees"))
    assert 0 < diluted[0] < alone[0]


def test_a_word_that_is_likely_counts_by_its_likelihood(french: LexicalIndex) -> None:
    (sure,), (likely,) = (terms(french, word) for word in ("Tournai", "drogue"))
    at = [french.scores([sure]).argmax(), french.scores([likely]).argmax()]
    scores = [french.expected_scores([{sure: p, likely: 1 - p}])[at] for p in (1, 0.8, 0.2, 0)]
    assert scores[0][0] > scores[1][0] > scores[2][0] > scores[3][0] == 0
    assert scores[3][1] > scores[2][1] > scores[1][1] > scores[0][1] == 0
    assert np.array_equal(french.expected_scores([{sure: 1.0}]), french.scores([sure]))
    assert not french.expected_scores([{"inconnu": 1.0}]).any()
    assert not french.expected_scores([]).any()


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
    assert (french.scores([term]) > 0).tolist() == [True, False, False, False]
    assert not french.knows("stoofvlees")
    assert [french.place(i) for i in FRENCH] == [0, 1, 2, 3]


@pytest.mark.parametrize("texts", [[], [""], ["le la", "?"]])
def test_an_index_without_words_finds_nothing(texts: list[str]) -> None:
    index = LexicalIndex.build("fr", [str(n) for n in range(len(texts))], texts)
    assert found(index, "Tournai") == []
    assert index.scores(["tournai"]).shape == (len(texts),)


@pytest.mark.parametrize("texts", [list(DUTCH.values()), ["", "de het"]])
def test_what_is_saved_is_loaded_and_scores_alike(tmp_path: Path, texts: list[str]) -> None:
    ids = [str(n) for n in range(len(texts))]
    built = LexicalIndex.build("nl", ids, texts)
    built.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, "nl", ids)
    wanted = terms(built, "politiesamenwerking en havens")
    assert terms(loaded, "politiesamenwerking en havens") == wanted
    assert np.array_equal(loaded.scores(wanted), built.scores(wanted))
    assert [loaded.weight(t) for t in wanted] == [built.weight(t) for t in wanted]


def test_what_is_saved_does_not_depend_on_chance(tmp_path: Path, dutch: LexicalIndex) -> None:
    dutch.save(tmp_path / "one")
    LexicalIndex.build("nl", list(DUTCH), list(DUTCH.values())).save(tmp_path / "two")
    for one in (tmp_path / "one").iterdir():
        assert one.read_bytes() == (tmp_path / "two" / one.name).read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"3", b"\xff"])
@pytest.mark.parametrize(
    "name", ["words.json", "params.index.json", "vocab.index.json", "indptr.csc.index.npy"]
)
def test_a_damaged_file_is_a_damaged_build_with_the_next_step(
    tmp_path: Path, dutch: LexicalIndex, name: str, content: bytes | None
) -> None:
    dutch.save(tmp_path / "lexical")
    if content is None:
        (tmp_path / "lexical" / name).unlink()
    else:
        (tmp_path / "lexical" / name).write_bytes(content)
    with pytest.raises(DamagedBuildError, match=r"lexical.*index build"):
        LexicalIndex.load(tmp_path / "lexical", "nl", list(DUTCH))


def test_an_index_of_other_chunks_is_a_damaged_build(tmp_path: Path, dutch: LexicalIndex) -> None:
    dutch.save(tmp_path)
    with pytest.raises(DamagedBuildError, match="not an index of 2 chunks"):
        LexicalIndex.load(tmp_path, "nl", ["a", "b"])

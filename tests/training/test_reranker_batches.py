"""Batches of a reranker: so many questions of each sort, each with eight passages."""

from __future__ import annotations

import numpy as np
import pytest

from sources.anchor import LANGS, Lang
from training.pairs import Asked, Numbered, Special, Tokens, Version, padded, pair
from training.reranker_batches import EACH, Batches, Plan, sentence_spans

SPECIAL = Special(start=0, pad=1, end=2, sentence_ends=frozenset({9}))
TITLE, HEADING = np.array([7], np.int32), np.array([8], np.int32)
PASSAGES = 40  # ten of each text; passage n is of the tokens 100 + n in French, 200 + n in Dutch
FIRST: dict[Lang, int] = {"fr": 100, "nl": 200}


def version(number: int) -> Version:
    sentence = [number] * 6 + [9]
    return Version(TITLE, HEADING, np.array(sentence * 2, np.int32))


def passages() -> list[Numbered]:
    return [
        Numbered({lang: version(FIRST[lang] + n) for lang in LANGS}, n // 10, recital=False)
        for n in range(PASSAGES)
    ]


def passage_of(text: tuple[Tokens, ...]) -> int:
    """The number of a passage by what is read of it."""
    return int(np.concatenate(text).max()) % 100


@pytest.fixture
def batches() -> Batches:
    question = np.full(10, 50, np.int32)
    questions = [
        Asked("fr", question, frozenset({3, 4}), ()),
        Asked("nl", question, frozenset(), (7, 8)),
        Asked("nl", question, frozenset({12}), ()),
    ]
    near = np.tile(np.arange(20, dtype=np.int32), (3, 1))
    return Batches(Plan(6, 2, 16, 32), passages(), questions, near, [2], SPECIAL)


def test_a_batch_has_eight_passages_a_question_in_parts_of_one_length(batches: Batches) -> None:
    assert len(batches) == 6
    for batch in (batches[0], batches[5]):
        assert batch.weights.shape == (16, EACH)
        assert batch.answered.shape == (16,)
        places = np.concatenate([part.places for part in batch.parts])
        assert sorted(places) == list(range(16 * EACH))
        for part in batch.parts:
            assert part.tokens.shape == part.mask.shape
            assert len(part.tokens) == len(part.places) == 32
            assert (part.tokens[part.mask == 0] == SPECIAL.pad).all()
            assert (part.tokens[:, 0] == SPECIAL.start).all()


def test_first_batches_have_sentences_only_and_later_ones_an_eighth(batches: Batches) -> None:
    assert batches[1].answered.all()
    weights = batches[1].weights.round(1)
    assert (weights[:, 0] == 1).all()
    assert (weights[:, 1:] == 0.3).all()
    later = batches[2]  # two sentences, then 14 written questions: 8, 4 unanswered, 2
    assert later.answered.tolist() == [True] * 10 + [False] * 4 + [True] * 2
    first = later.weights[:, 0].round(1).tolist()
    assert first == [1.0] * 2 + [1.5] * 8 + [1.0] * 4 + [1.5] * 2


def test_a_batch_is_the_same_whenever_it_is_drawn(batches: Batches) -> None:
    once, again, next_one = batches[3], batches[3], batches[4]
    parts = [np.concatenate([p.tokens.ravel() for p in b.parts]) for b in (once, again, next_one)]
    assert np.array_equal(parts[0], parts[1])
    assert not np.array_equal(parts[0], parts[2])


def test_nothing_that_answers_is_a_negative(batches: Batches) -> None:
    for seed in range(60):
        found = batches.written(0, np.random.default_rng(seed))
        read = [passage_of(text) for text in found.texts]
        assert found.answered
        assert found.weights == [1.5] + [0.3] * 7
        assert read[0] in {3, 4}
        assert not {3, 4} & set(read[1:])
        assert len(set(read)) == EACH


def test_near_misses_of_an_unanswered_question_weigh_more_than_drawn_passages(
    batches: Batches,
) -> None:
    found = batches.written(1, np.random.default_rng(1))
    read = [passage_of(text) for text in found.texts]
    assert not found.answered
    assert found.weights == [1.0] * 2 + [0.3] * 6
    assert set(read[:2]) == {7, 8}
    assert len(set(read)) == EACH


def test_some_passages_are_read_in_the_other_language_or_without_heading(batches: Batches) -> None:
    found = [batches.written(0, np.random.default_rng(seed)) for seed in range(300)]
    dutch = [f.texts[0][-1].max() >= FIRST["nl"] for f in found]
    bare = [HEADING not in np.concatenate(text) for f in found for text in f.texts]
    titled = [{int(TITLE[0]) in np.concatenate(text) for text in f.texts} for f in found]
    assert 0.06 < np.mean(dutch) < 0.18
    assert 0.12 < np.mean(bare) < 0.18
    assert all(len(all_or_none) == 1 for all_or_none in titled)
    assert 0.8 < np.mean([True in each for each in titled]) < 0.9


def test_a_sentence_is_found_by_its_own_passage_among_those_of_its_text(batches: Batches) -> None:
    for found in batches.sentences(60, np.random.default_rng(2)):
        read = [passage_of(text) for text in found.texts]
        assert set(found.question.tolist()) - {9} <= {f + read[0] for f in FIRST.values()}
        assert read[0] not in read[1:]
        assert {n // 10 for n in read} == {read[0] // 10}


def test_sentences_end_at_their_signs_and_short_ones_are_left_out() -> None:
    text = np.array([5, 5, 9, *[6] * 8, 9, *[7] * 6], np.int32)
    assert sentence_spans(text, SPECIAL) == [(3, 12), (12, 18)]


def test_a_pair_is_the_question_and_the_passage_between_the_tokens_of_the_model() -> None:
    text = (HEADING, np.array([6, 7], np.int32))
    one = pair(np.array([5], np.int32), text, SPECIAL)
    assert one.tolist() == [0, 5, 2, 2, 8, 6, 7, 2]
    tokens, mask = padded([one, one[:3]], SPECIAL)
    assert tokens.shape == mask.shape == (2, 16)
    assert mask.sum(1).tolist() == [8, 3]

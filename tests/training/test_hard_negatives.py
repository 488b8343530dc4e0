"""Which passages are negatives of a question, and how they are drawn."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch

from sources.anchor import Anchor, Lang
from sources.model import Kind, Passage
from tests.training.tiny import tiny
from training.data import Question
from training.hard_negatives import LEFT_OUT, answers_too, by_words, draw, leave_out_answers
from training.pairs import Asked, Numbered, Special, Version
from training.reranker_model import RerankerModel


def test_nearer_passages_are_drawn_more_often_and_none_twice() -> None:
    chance, near = np.random.default_rng(1), np.arange(64, dtype=np.int32)
    seen: Counter[int] = Counter()
    for _ in range(400):
        found = draw(near, 7, (), 100, chance)
        assert len(set(found)) == 7
        seen.update(found)
    assert max(seen) < 64
    assert sum(seen[n] for n in range(8)) > 3 * sum(seen[n] for n in range(56, 64))


def test_neither_what_answers_nor_what_is_left_out_is_drawn() -> None:
    near = np.array([3, LEFT_OUT, 5, 8, LEFT_OUT, 9, 1], np.int32)
    for seed in range(50):
        found = draw(near, 3, {3, 9}, 20, np.random.default_rng(seed))
        assert sorted(found) == [1, 5, 8]


def test_where_too_few_are_near_others_that_do_not_answer_are_drawn() -> None:
    near = np.array([LEFT_OUT, 4], np.int32)
    for seed in range(50):
        found = draw(near, 7, {0, 1}, 9, np.random.default_rng(seed))
        assert sorted(found) == [2, 3, 4, 5, 6, 7, 8]


def test_what_says_nearly_the_same_as_an_answer_is_no_negative() -> None:
    def direction(cosine: float) -> list[float]:
        return [cosine, float(np.sqrt(1 - cosine**2))]

    vectors = np.array([direction(c) for c in (1, 0.9, 0.75, 0.75, 0.5)], np.float32)
    recital = np.array([False, False, False, True, True])
    near = np.array([4, 3, 2, 1, 0], np.int32)
    same = answers_too(near, frozenset({0}), vectors, recital)
    assert near[same].tolist() == [3, 1, 0]
    assert not answers_too(near, frozenset(), vectors, recital).any()


def test_passages_that_share_the_words_of_a_question_are_near_in_its_language() -> None:
    def passage(lang: Lang, text: str) -> Passage:
        return Passage(Anchor("work", lang, text[:1]), Kind.PARAGRAPH, text, (), "")

    passages: dict[str, dict[Lang, Passage]] = {
        "a": {"fr": passage("fr", "Le contrôleur lit le registre."), "nl": passage("nl", "Niets.")},
        "b": {
            "fr": passage("fr", "Rien."),
            "nl": passage("nl", "De controleur leest het register."),
        },
        "c": {"fr": passage("fr", "Le registre du contrôleur est public.")},
    }
    asked = [
        Question("fr", "Le registre du contrôleur est-il public ?", ("c",)),
        Question("nl", "Wie leest het register?", ("b",)),
    ]
    found = by_words(passages, asked)
    assert found.tolist() == [[2, 0, LEFT_OUT], [1, LEFT_OUT, LEFT_OUT]]


@pytest.mark.parametrize("sure", [True, False])
def test_what_an_earlier_reranker_finds_to_answer_is_left_out_and_nothing_else(
    *, sure: bool
) -> None:
    from transformers import BertModel

    torch.manual_seed(1)
    config = tiny(50, 1)
    reranker = RerankerModel(BertModel(config, add_pooling_layer=False))
    reranker.head.out.bias.data.fill_(9.0 if sure else -9.0)
    own = Version(*(np.full(3, 7, np.int32) for _ in range(3)))
    passages = [Numbered({"fr": own}, 0, recital=False) for _ in range(20)]
    question = np.full(4, 9, np.int32)
    questions = [
        Asked("fr", question, frozenset({0}), ()),
        Asked("nl", question, frozenset(), (3,)),
    ]
    near = np.tile(np.arange(1, 16, dtype=np.int32), (2, 1))
    special = Special(start=0, pad=1, end=2, sentence_ends=frozenset())
    assert leave_out_answers(near, passages, questions, reranker, special) == 12 * sure
    assert (near[0, :12] == LEFT_OUT).all() == sure
    assert near[0, 12:].tolist() == [13, 14, 15]  # seldom drawn, so not read
    assert near[1].tolist() == list(range(1, 16))  # no passage answers

"""Which passages are negatives of a question, and how they are drawn."""

from __future__ import annotations

from collections import Counter

import numpy as np

from sources.anchor import Anchor, Lang
from sources.model import Kind, Passage
from training.data import Question
from training.hard_negatives import LEFT_OUT, answers_too, by_words, draw


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

"""The objective falls where the passage that answers is nearer, and ignores what also answers."""

from __future__ import annotations

import torch

from training.objective import EncodedBatch, late_interaction, loss

ANSWERING = torch.eye(3, dtype=torch.bool)


def batch(*directions: int) -> EncodedBatch:
    """Texts of one token each, between a start, a prefix and an end that point nowhere."""
    hidden = torch.full((len(directions), 4, 4), 0.01)
    for text, direction in enumerate(directions):
        hidden[text, 2, direction] = 1.0
    return EncodedBatch.of(hidden, torch.ones(len(directions), 4, dtype=torch.long), 2)


def test_only_the_tokens_of_the_text_itself_are_compared() -> None:
    assert batch(0).inner.tolist() == [[0, 0, 1, 0]]
    found = late_interaction(batch(0, 1), batch(0, 1))
    assert found[0, 0] > 0.95
    assert found[0, 1] < 0.1


def test_the_loss_is_small_where_each_question_is_nearest_to_its_passage() -> None:
    right = loss(batch(0, 1, 2), batch(0, 1, 2), ANSWERING)
    wrong = loss(batch(0, 1, 2), batch(1, 2, 0), ANSWERING)
    assert right < 0.1
    assert wrong > 10


def test_a_passage_that_answers_as_well_is_no_negative() -> None:
    shared = ANSWERING.clone()
    shared[0, 1] = shared[1, 0] = True
    alike = batch(0, 0, 2)
    assert loss(alike, alike, shared) < 0.1 < loss(alike, alike, ANSWERING)


def test_of_its_own_passages_a_question_learns_what_the_reranker_says() -> None:
    answering = torch.tensor([[True, False, False, False], [False, False, True, False]])
    first_is_best = batch(0, 1, 2, 3)
    asked = batch(0, 2)
    agreed = loss(asked, first_is_best, answering, torch.tensor([[9.0, -9.0], [9.0, -9.0]]))
    denied = loss(asked, first_is_best, answering, torch.tensor([[-9.0, 9.0], [-9.0, 9.0]]))
    assert agreed < 0.1
    assert denied > 10

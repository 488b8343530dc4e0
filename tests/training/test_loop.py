"""What all trainings have in common: the rate, and weights that are too coarse for a step."""

from __future__ import annotations

import pytest
import torch

from training.loop import Descent, MasterWeights, risen_and_falling, run


def test_the_rate_rises_over_the_first_steps_and_falls_to_nothing() -> None:
    share = risen_and_falling(rise=10, total=100)
    assert [share(step) for step in (0, 9, 50, 100)] == pytest.approx([0.1, 0.91, 0.5, 0.0])


@pytest.mark.parametrize("mastered", [False, True])
def test_small_steps_add_up_in_the_master_weights_alone(*, mastered: bool) -> None:
    weight = torch.nn.Parameter(torch.ones(4))
    masters = MasterWeights({"w": weight}) if mastered else None
    weight.data = weight.data.to(torch.bfloat16)
    learning = [*masters.copies.values()] if masters else [weight]
    descent = Descent([{"params": learning, "lr": 1e-3}], lambda _: 1.0, masters)
    for _ in range(10):
        descent.step((weight * 3).sum())
    assert bool((weight < 1).all()) is mastered


def test_each_batch_is_learned_once_and_the_loss_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    learned: list[int] = []

    def learn(batch: int) -> torch.Tensor:
        learned.append(batch)
        return torch.tensor(1.5)

    run(range(3), learn, 3)
    assert learned == [0, 1, 2]
    assert "3/3" in (told := capsys.readouterr().err)
    assert "loss=1.50" in told

"""What is found for a question where a source comes with lists of what it answers and does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.finding import ScoredPassage
from assistant.question import read
from index.query import Query
from sources.anchor import Anchor
from tests.assistant.test_exceptions import scored

LISTED, OTHER = "val-duchesse-2023", "celex:32031R0417"


def of_work(work: str, probability: float, *, enough: bool) -> ScoredPassage:
    one = scored("fr", "art_5", probability)
    passage = replace(one.hit.passage, anchor=Anchor(work, "fr", "art_5"))
    hit = replace(one.hit, passage=passage, has_unanswered=work == LISTED)
    return replace(one, hit=hit, enough=enough)


@pytest.mark.parametrize(
    ("listed", "other", "first"),
    [
        ((0.2, False), (0.6, True), OTHER),
        ((0.35, False), (0.3, True), OTHER),  # each source has its own threshold
        ((0.2, False), (0.1, False), LISTED),
        ((0.9, True), (0.95, True), LISTED),
    ],
)
def test_a_source_that_does_not_answer_hides_no_other(
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    listed: tuple[float, bool],
    other: tuple[float, bool],
    first: str,
) -> None:
    selector = assistant._selector

    def found(_: Query, works: tuple[str, ...], _reading: object) -> list[ScoredPassage]:
        beside = of_work(OTHER, other[0], enough=other[1])
        own = of_work(LISTED, listed[0], enough=listed[1])
        return [own, beside] if LISTED in works else [beside]

    monkeypatch.setattr(selector, "_found", found)
    question = read("Combien coûte la carte ?", "fr", assistant.mentions)
    assert selector.find(question, (LISTED, OTHER))[0].hit.anchor.work == first

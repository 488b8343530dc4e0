"""What belongs to a question, however many passages that are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.decision import SHOWN
from assistant.errors import AssistantError
from assistant.topic import NAMES, PATH, TopicModel, topic_features
from index.query import Query


def test_a_list_has_every_citation_once_under_its_heading(assistant: Assistant) -> None:
    outcome = assistant.ask("Que prévoit la section 4 ?")
    assert isinstance(outcome, Answer)
    numbers = [n for group in outcome.groups for n in group.numbers]
    assert numbers == [c.number for c in outcome.citations] == list(range(1, len(numbers) + 1))
    for group in outcome.groups:
        assert {outcome.citations[n - 1].headings for n in group.numbers} == {group.headings}
    assert outcome.text.startswith(f"{len(numbers)} passages")
    assert outcome.literal is None


@pytest.mark.parametrize(
    "question",
    ["Quelles mesures contre le trafic de drogue ?", "Welke maatregelen tegen drugshandel?"],
)
def test_what_belongs_most_to_a_broad_question_leads(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer)
    assert outcome.citations[0].anchor == "val-duchesse-2023@fr#4.5"  # Hazeldonk, not arms


@pytest.mark.parametrize(
    "question", ["Qui lutte contre le trafic de drogue ?", "Wie strijdt tegen de drugshandel?"]
)
def test_who_asks_for_one_thing_gets_no_list(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer)
    assert outcome.trace is not None
    assert len(outcome.trace.members) > SHOWN >= len(outcome.citations)


def test_who_asks_what_a_text_says_of_a_place_gets_all_of_it(assistant: Assistant) -> None:
    outcome = assistant.ask("Que prévoit la déclaration pour les ports ?")
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) > 1


def test_the_standing_of_a_passage_is_among_all_that_were_found(assistant: Assistant) -> None:
    query = Query.of("drugshandel", "nl")
    found = assistant.search(query.text, "nl")
    rows = topic_features(found, query, assistant.build)
    assert len(rows) == len(found)
    assert min(r.below_best for r in rows) == 0
    assert min(r.rank for r in rows) == 0
    assert all(0 < r.section_share <= 1 for r in rows)
    assert sum(r.deviation for r in rows) == pytest.approx(0, abs=1e-3)


def test_the_trace_says_how_broad_a_question_was_and_what_belongs(assistant: Assistant) -> None:
    trace = assistant.ask("drugshandel").trace
    assert trace is not None
    assert trace.breadth is not None
    assert (trace.breadth > 0) == bool(trace.members)


def test_a_question_that_goes_on_from_another_is_not_taken_for_broad(assistant: Assistant) -> None:
    trace = assistant.ask("Et les formations ?", history=["Que dit le point 2.6 ?"]).trace
    assert trace is not None
    assert trace.breadth is None


def test_weights_are_for_one_embedding_model() -> None:
    model = json.loads(PATH.read_text("utf-8"))["model"]
    assert TopicModel.of(model) is not None
    assert TopicModel.of("another") is None


@pytest.mark.parametrize(
    "change",
    [{"threshold": "high"}, {"belonging": {"intercept": 0, "weights": {"odd": 1}}}, {"more": 1}],
)
def test_weights_of_another_form_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "topics.json"
    path.write_text(json.dumps(json.loads(PATH.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(AssistantError, match="cannot be read"):
        TopicModel.load(path)
    assert set(TopicModel.load().file.belonging.weights) == set(NAMES)

from __future__ import annotations

from pathlib import Path

import pytest

from bench import retrieval
from bench.llama import Chunks, Passages, overlapped, plain_text
from bench.rankers import Lexical
from sources.model import Passage
from tests.evals.handmade import anchor, case
from tests.index.fake import FakeEmbedder, harbour, settings_for


@pytest.fixture
def passages() -> list[Passage]:
    texts = harbour().texts
    return [p for (work, lang), ps in texts.items() if lang == "fr" for p in ps]


def test_the_plain_text_holds_each_passage_at_its_place_under_its_heading(
    passages: list[Passage],
) -> None:
    text, spans = plain_text(passages[:3])
    assert text.startswith("Ports\n\nLes quais")
    assert text.count("Ports") == 1
    assert [text[s.start : s.end] for s in spans] == [p.text for p in passages[:3]]


def test_a_chunk_counts_as_the_passage_it_holds_most_of(passages: list[Passage]) -> None:
    text, spans = plain_text(passages[:3])
    assert overlapped(spans[0].start, spans[0].end + 9, spans) == spans[0].anchor
    assert overlapped(spans[0].end - 3, spans[1].end, spans) == spans[1].anchor
    assert overlapped(0, 3, spans) is None
    assert overlapped(0, len(text), []) is None


def test_bm25_ranks_only_passages_that_share_a_word(passages: list[Passage]) -> None:
    ranker = Lexical(passages)
    assert ranker.rank("une grue bleue ?", "fr", 10) == ["ports-2031@fr#art_2"]
    assert ranker.rank("zzz", "fr", 10) == []


def test_llama_index_ranks_chunks_and_passages_without_a_network(passages: list[Passage]) -> None:
    question = "Les grues bleues soulèvent les conteneurs."
    embedder = FakeEmbedder()
    assert Passages(passages, embedder).rank(question, "fr", 2)[0] == "ports-2031@fr#art_2"
    dutch = Passages(passages, embedder, "views").rank("De blauwe kranen", "nl", 4)
    assert dutch[0] == "ports-2031@fr#art_2"
    assert len(set(dutch)) == 4  # each passage once, whichever of its views was found
    found = Chunks(passages, embedder, 24, 0).rank(question, "fr", 3)
    assert found[0] == "ports-2031@fr#art_2"


class _Fixed:
    """Ranks as it is told."""

    def __init__(self, name: str, *portions: str) -> None:
        self.name = name
        self._ranked = [anchor(p) for p in portions]

    def rank(self, question: str, lang: str, limit: int) -> list[str]:
        return self._ranked[:limit]


def test_results_are_ratios_to_the_baseline_that_ranks_best() -> None:
    asked = [case(f"c-{n}", "1") for n in range(4)]
    rankers = [_Fixed("first", "1"), _Fixed("second", "2", "1"), _Fixed("none")]
    found = retrieval.measure(rankers, asked, lambda: None)
    assert retrieval.best(found, ["second", "none"]) == "second"
    by_name = {r.ranker: r for r in retrieval.results(found, "second")}
    assert by_name["first"].values["RR@10"] == 1
    assert by_name["first"].ratios["RR@10"] == 2
    assert (by_name["first"].low, by_name["first"].high) == (0.5, 0.5)
    assert by_name["second"].ratios["RR@10"] == 1
    assert by_name["none"].values["hit@5"] == 0


def test_only_questions_that_stand_alone_and_have_an_answer_are_ranked() -> None:
    asked = [case("a", "1"), case("b"), case("c", "1", history=["Où ?"])]
    works = frozenset({"port-2031"})
    assert [c.id for c in retrieval.askable(asked, works)] == ["a"]
    assert retrieval.askable(asked, frozenset()) == []


@pytest.mark.slow
@pytest.mark.declaration
def test_a_reindex_embeds_only_what_has_changed_in_the_bench_too(tmp_path: Path) -> None:
    from bench.builds import measure

    said: list[str] = []
    rows = measure(settings_for(tmp_path), FakeEmbedder(), said.append)
    embedded = {r.name: r.embedded for r in rows}
    assert said == list(embedded)
    assert embedded.pop("full") > 1000
    assert embedded.pop("one paragraph of val-duchesse-2023 changed") == 2
    assert set(embedded.values()) == {0}

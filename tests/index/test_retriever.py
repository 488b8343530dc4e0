"""The llama-index adapter over a real build."""

from __future__ import annotations

from llama_index.core.schema import NodeWithScore, TextNode

from assistant.answering import Assistant
from index.retriever import PassageRetriever


def test_a_llama_index_retriever_gives_whole_passages_with_their_anchor(
    assistant: Assistant,
) -> None:
    nodes = PassageRetriever(assistant.searcher, "nl", limit=3).retrieve(
        "Welke rol krijgt het CPDS in Doornik?"
    )
    assert len(nodes) == 3
    assert all(isinstance(n, NodeWithScore) and isinstance(n.node, TextNode) for n in nodes)
    best = nodes[0].node
    stored = {str(p.anchor): p.text for p in assistant.build.passages}
    locators = {str(p.anchor): p.locator.nl for p in assistant.build.passages}
    assert best.get_content() == stored[best.node_id]
    assert best.metadata["locator_nl"] == locators[best.node_id]


def test_the_retriever_searches_only_the_works_it_is_given(assistant: Assistant) -> None:
    retriever = PassageRetriever(assistant.searcher, "fr", works=("no-such-work",))
    assert retriever.retrieve("patrouilles mixtes") == []

"""A BERT model that is small enough to be trained in a test."""

from __future__ import annotations

from typing import Any


def tiny(vocabulary: int, layers: int) -> Any:
    """The configuration of one with so many tokens and layers."""
    from transformers import BertConfig

    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
    )

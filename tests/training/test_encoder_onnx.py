"""The graph of the default model: what ships is what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import bert, weights
from training import encoder_onnx


def test_the_graph_that_ships_is_the_one_that_is_written(data: Path) -> None:
    pytest.importorskip("onnx", reason="not installed: pip install -e '.[training]'")
    folder = weights.expand(data / "models")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    parameters = bert.parameters(bert.tensors(folder), config["num_hidden_layers"])
    assert encoder_onnx.graph(config, parameters) == bert.GRAPH.read_bytes()

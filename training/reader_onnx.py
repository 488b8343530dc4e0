"""``python -m training.reader_onnx``: export a trained reader to ONNX, with weights of 8 bits.

The graph begins after the embeddings, so that these are there once for the search and the reader:
``embedded`` (float32; texts, tokens, dimension) is the sum of the embeddings of words, positions
and type, before their normalisation; ``mask`` (int64; texts, tokens) is 1 for each token that is
there; ``scores`` (float32; texts) are higher where the passage answers. Needs the packages of the
extra ``training``.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from index import weights
from sources.files import write_atomically
from sources.settings import Settings
from training.reader_model import FILE, Reader

_OPSET = 17
_NOT_THERE = -1e4  # added to the attention to a token that is not there


class _FromEmbedded(nn.Module):
    """What is exported of a reader."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.norm = reader.bert.embeddings.LayerNorm
        self.encoder = reader.bert.encoder
        self.head = reader.head

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """Scores, shape (texts,)."""
        hidden = self.norm(embedded)
        bias = (1 - mask[:, None, None, :].float()) * _NOT_THERE
        hidden = self.encoder(hidden, attention_mask=bias).last_hidden_state
        scores: Tensor = self.head(hidden[:, 0])
        return scores


def export(config: Any, tensors: Mapping[str, Tensor], path: Path) -> None:
    """Write the graph of a reader, its matrices in 8 bits.

    ``ModelError`` where the tensors are not those of a reader of this model.

    Args:
        config: Of the model that the reader was trained from.
        tensors: See :meth:`training.reader_model.Reader.tensors`.
        path: Where the graph goes.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = _FromEmbedded(Reader.of(config, tensors)).eval()
    example = torch.randn(2, 16, config.hidden_size), torch.ones(2, 16, dtype=torch.int64)
    either = {0: "texts", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        with warnings.catch_warnings():  # that there is another exporter, and of shapes it keeps
            warnings.simplefilter("ignore")
            torch.onnx.export(
                graph,
                example,
                whole,
                input_names=["embedded", "mask"],
                output_names=["scores"],
                dynamic_axes={"embedded": either, "mask": either, "scores": {0: "texts"}},
                opset_version=_OPSET,
                dynamo=False,
            )
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"])
        write_atomically(path, small.read_bytes())


def main(argv: Sequence[str] | None = None) -> int:
    """Export."""
    from transformers import AutoConfig

    parser = argparse.ArgumentParser(prog="python -m training.reader_onnx", description=__doc__)
    parser.add_argument("folder", type=Path, help=f"folder of {FILE}")
    parser.add_argument("out", type=Path, help="where the graph goes")
    arguments = parser.parse_args(argv)
    if not (arguments.folder / FILE).is_file():
        parser.error(f"no such file: {arguments.folder / FILE}")
    if missing := [n for n in ("onnx", "onnxruntime") if importlib.util.find_spec(n) is None]:
        parser.error(f"not installed: {', '.join(missing)}; pip install -e '.[training]'")
    config = AutoConfig.from_pretrained(weights.expand(Settings().data / "models"))
    export(config, load_file(arguments.folder / FILE), arguments.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

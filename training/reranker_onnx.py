"""``python -m training.reranker_onnx``: export a trained reranker to ONNX, with weights of 8 bits.

The graph begins after the embeddings, so that these are there once for the search and the reranker:
``embedded`` (float32; texts, tokens, dimension) is the sum of the embeddings of words, positions
and type, before their normalisation; ``mask`` (int64; texts, tokens) is 1 for each token that is
there; ``scores`` (float32; texts) are higher where the passage answers. Needs the packages of the
extra ``training``.

A few inputs of a matrix are a hundred times as large as the others, and one scale of 8 bits for all
leaves nothing of the small ones. Each is divided by a factor, and the weights that it meets are
multiplied by it, so that both are even (SmoothQuant, Xiao et al. 2022): with it the scores
correlate with those of full precision by .993, without by .973.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from index import weights
from index.bert import Embeddings
from sources.files import write_atomically
from sources.settings import Settings
from training import data
from training.pairs import Tokenizer, asked, numbered, pair
from training.reranker_model import FILE, RerankerModel

_OPSET = 17
_OF_INPUTS, _BOUNDS = 0.6, (0.05, 200.0)  # how much inputs are made even; of the factors
_EXAMPLES = 24  # pairs that inputs are measured on
_NOT_THERE = -1e4  # added to the attention to a token that is not there


class _FromEmbedded(nn.Module):
    """What is exported of a reranker."""

    def __init__(self, reranker: RerankerModel) -> None:
        super().__init__()
        self.norm = reranker.bert.embeddings.LayerNorm
        self.encoder = reranker.bert.encoder
        self.head = reranker.head

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """Scores, shape (texts,)."""
        hidden = self.norm(embedded)
        bias = (1 - mask[:, None, None, :].float()) * _NOT_THERE
        hidden = self.encoder(hidden, attention_mask=bias).last_hidden_state
        scores: Tensor = self.head(hidden[:, 0])
        return scores


class _Smoothed(nn.Module):
    """A linear layer whose inputs are divided by factors, and its weights multiplied."""

    inverse: Tensor

    def __init__(self, linear: nn.Linear, factors: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1 / factors)
        linear.weight.data *= factors
        self.linear = linear

    def forward(self, x: Tensor) -> Tensor:
        """As the layer did before."""
        found: Tensor = self.linear(x * self.inverse)
        return found


def smooth(module: nn.Module, read: Callable[[], object]) -> None:
    """Make the inputs of each linear layer of a module even, without changing what it gives.

    Args:
        module: Its linear layers are replaced.
        read: Has the module read examples; the largest inputs are measured meanwhile.
    """
    linear = {n: m for n, m in module.named_modules() if isinstance(m, nn.Linear)}
    largest: dict[str, Tensor] = {}

    def measure(name: str, x: Tensor) -> None:
        found = x.detach().abs().reshape(-1, x.shape[-1]).amax(0)
        largest[name] = torch.maximum(largest.get(name, found), found)

    hooks = [
        m.register_forward_pre_hook(lambda _, given, n=n: measure(n, given[0]))
        for n, m in linear.items()
    ]
    with torch.no_grad():
        read()
    for hook in hooks:
        hook.remove()
    for name, layer in linear.items():
        weight = layer.weight.data.abs().amax(0).clamp(min=1e-5)
        factors = largest[name].clamp(min=1e-4) ** _OF_INPUTS / weight ** (1 - _OF_INPUTS)
        factors = (factors / factors.median()).clamp(*_BOUNDS)
        parent, _, own = name.rpartition(".")
        setattr(module.get_submodule(parent), own, _Smoothed(layer, factors))


def examples(folder: Path) -> list[Tensor]:
    """Embedded pairs of a question and a passage that answers it, of the invented texts.

    Args:
        folder: Of the default model. Each has shape (1, tokens, dimension).
    """
    embeddings, tokenizer = Embeddings.of(folder), Tokenizer(folder)
    passages, titles, questions = data.invented(data.TEXTS)
    read = numbered(passages, titles, tokenizer)
    answered = [q for q in asked(questions, passages, tokenizer) if q.answers]
    found = []
    for question in answered[:: len(answered) // _EXAMPLES]:
        said = read[min(question.answers)].version(question.lang)
        ids = pair(question.tokens, [said.title, said.heading, said.text], tokenizer.special)
        found.append(torch.from_numpy(embeddings(ids.tolist()))[None])
    return found


def export(
    config: Any, tensors: Mapping[str, Tensor], path: Path, read: Sequence[Tensor] = ()
) -> None:
    """Write the graph of a reranker, its matrices in 8 bits.

    ``ModelError`` where the tensors are not those of a reranker of this model.

    Args:
        config: Of the model that the reranker was trained from.
        tensors: See :meth:`training.reranker_model.RerankerModel.tensors`.
        path: Where the graph goes.
        read: Embedded texts, each of shape (1, tokens, dimension), to measure inputs on; without
            any the layers are not smoothed.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = _FromEmbedded(RerankerModel.of(config, tensors)).eval()
    if read:
        smooth(
            graph.encoder,
            lambda: [graph(x, torch.ones(x.shape[:2], dtype=torch.int64)) for x in read],
        )
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
        quantize_dynamic(
            whole,
            small,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,  # older processors add two products of 8 bits in 16
        )
        write_atomically(path, small.read_bytes())


def main(argv: Sequence[str] | None = None) -> int:
    """Export."""
    from transformers import AutoConfig

    parser = argparse.ArgumentParser(prog="python -m training.reranker_onnx", description=__doc__)
    parser.add_argument("folder", type=Path, help=f"folder of {FILE}")
    parser.add_argument("out", type=Path, help="where the graph goes")
    arguments = parser.parse_args(argv)
    if not (arguments.folder / FILE).is_file():
        parser.error(f"no such file: {arguments.folder / FILE}")
    if importlib.util.find_spec("onnx") is None:
        parser.error("not installed: onnx; pip install -e '.[training]'")
    folder = weights.expand(Settings.read().data / "models")
    config = AutoConfig.from_pretrained(folder)
    export(config, load_file(arguments.folder / FILE), arguments.out, examples(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

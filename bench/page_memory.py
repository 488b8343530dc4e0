"""``python -m bench.page_memory``: what a page holds for each passage, and what its words cost.

All but the vectors of a build is in the process of the page: the passages, their chunks, and the
lexical index. The texts are drawn, sixty words each, of words as frequent as those of a language.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from itertools import pairwise

import numpy as np

from index.bm25 import LexicalIndex
from index.chunks import chunks
from index.tokens import words
from sources.anchor import Anchor
from sources.bilingual import Bilingual
from sources.model import Kind, Passage

_WORDS, _KNOWN, _QUESTION = 60, 40_000, 8  # of a passage; of the language; of a question


def _text(draw: np.random.Generator, count: int) -> str:
    ranks = np.minimum(draw.zipf(1.3, count), _KNOWN)
    return " ".join(f"mot{rank:x}" for rank in ranks)


def passages(count: int) -> list[Passage]:
    """Passages of acts with a hundred articles each."""
    draw = np.random.default_rng(7)
    found = []
    for n in range(count):
        act, article = divmod(n, 100)
        anchor = Anchor(f"celex:3{2000 + act % 30}L{act:04d}", "fr", f"art_{article}.par_1")
        locator = Bilingual(f"art. {article}", f"art. {article}")
        text = _text(draw, _WORDS)
        found.append(Passage(anchor, Kind.ARTICLE, text, (f"Article {article}",), locator))
    return found


def main() -> int:
    """Print megabytes and milliseconds for so many passages."""
    parser = argparse.ArgumentParser(prog="python -m bench.page_memory", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    count = parser.parse_args().passages
    held = [_resident()]
    texts = passages(count)
    held.append(_resident())
    pieces = [c for p in texts for c in chunks(p)]
    by_id = {c.id: n for n, c in enumerate(pieces)}, {p.anchor: p for p in texts}
    held.append(_resident())
    index = LexicalIndex.build("fr", [c.id for c in pieces], [c.embedded for c in pieces])
    held.append(_resident())
    draw, times = np.random.default_rng(8), []
    for _ in range(50):
        question = words(_text(draw, _QUESTION), "fr")
        start = time.perf_counter()
        np.argsort(-index.scores(index.terms(question)), kind="stable")
        times.append((time.perf_counter() - start) * 1000)
    names = ("passages", "chunks and the way to them", "lexical index, while it is made")
    for name, (before, after) in zip(names, pairwise(held), strict=True):
        each = (after - before) * 1e6 / count
        print(f"{name}: {after - before:.0f} MB, {each:.0f} bytes a passage")
    print(f"{len(by_id[0])} chunks; words of a question: {statistics.median(times):.1f} ms")
    return 0


def _resident() -> float:
    """Megabytes of this process at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m training.translations passages.jsonl.gz``: which words translate which, by counting.

A word aligner (eflomal) is given the passages that are there in French and in Dutch: of EU acts,
without those of the evaluation cases, and of our own invented texts. What it aligns is counted, and
what is counted often enough is written for :mod:`index.translations`.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from index.tokens import Word, words
from index.translations import LEAST_SHARE, PATH
from sources.anchor import LANGS, Lang
from sources.files import write_atomically
from sources.model import Passage
from training.data import collect

_CUTS = (re.compile(r"\n+"), re.compile(r"(?<=[.;:])\s+"))
_MOST = 8  # translations of a word
_LEAST = 1.0  # what is aligned once by one direction only is chance
_HEAD = """\
# French words, their Dutch translations, and how often the one was aligned with the other in texts
# that are there in both languages. Made by `python -m training.translations`; folded, without stop
# words, each word in its most frequent form.
"""

Pair = tuple[tuple[Word, ...], tuple[Word, ...]]  # French, Dutch


def pieces(french: str, dutch: str) -> Iterator[tuple[str, str]]:
    """Two texts in pairs of lines or sentences, as long as both have as many.

    >>> list(pieces("Un bac. Le quai.", "Een veer. De kade."))
    [('Un bac.', 'Een veer.'), ('Le quai.', 'De kade.')]
    >>> list(pieces("Un bac. Le quai.", "Een veer en de kade."))
    [('Un bac. Le quai.', 'Een veer en de kade.')]
    """
    for cut in _CUTS:
        one, other = cut.split(french), cut.split(dutch)
        if len(one) == len(other) > 1:
            for piece in zip(one, other, strict=True):
                yield from pieces(*piece)
            return
    yield french, dutch


def pairs(passages: Iterable[tuple[Passage, Passage]]) -> list[Pair]:
    """The words of what passages and their headings say in both languages, each pair once."""
    found: dict[Pair, None] = {}
    for versions in passages:
        said = [[*p.headings, p.text] for p in versions]
        if len(said[0]) != len(said[1]):
            said = [lines[-1:] for lines in said]
        for text in zip(*said, strict=True):
            for piece in pieces(*text):
                one, other = (_words(t, la) for t, la in zip(piece, LANGS, strict=True))
                if one and other and max(len(one), len(other)) < 3 * min(len(one), len(other)) + 3:
                    found[one, other] = None
    return list(found)


def _words(text: str, lang: Lang) -> tuple[Word, ...]:
    """Those that may have a translation: of letters alone."""
    return tuple(w for w in words(text, lang) if w.written.isalpha())


def aligned(found: Sequence[Pair], folder: Path) -> dict[tuple[str, str], float]:
    """How often a French stem is aligned with a Dutch one; half by each direction."""
    from eflomal import Aligner

    sides = [folder / lang for lang in LANGS]
    for n, path in enumerate(sides):
        stems = (" ".join(w.stem for w in pair[n]) for pair in found)
        path.write_text("".join(f"{line}\n" for line in stems), "utf-8")
    links = [folder / "forward", folder / "reverse"]
    with sides[0].open(encoding="utf-8") as french, sides[1].open(encoding="utf-8") as dutch:
        Aligner().align(french, dutch, *map(str, links))
    counts: dict[tuple[str, str], float] = defaultdict(float)
    for path in links:
        lines = path.read_text("utf-8").splitlines()
        for (one, other), line in zip(found, lines, strict=True):
            for link in line.split():
                at, to = map(int, link.split("-"))
                counts[one[at].stem, other[to].stem] += 0.5
    return counts


def kept(counts: Mapping[tuple[str, str], float]) -> list[tuple[str, str, float]]:
    """The pairs that are among the likeliest of either word, in the order of the alphabet."""
    chosen: set[tuple[str, str]] = set()
    for side in (0, 1):
        by_word: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
        for pair, count in counts.items():
            by_word[pair[side]][pair] = count
        for of_word in by_word.values():
            least = max(_LEAST, LEAST_SHARE * sum(of_word.values()))
            likeliest = sorted(of_word, key=lambda pair: -of_word[pair])[:_MOST]
            chosen |= {pair for pair in likeliest if of_word[pair] >= least}
    return sorted((*pair, counts[pair]) for pair in chosen)


def written(found: Iterable[Pair]) -> tuple[dict[str, str], dict[str, str]]:
    """The most frequent form of each stem, in French and in Dutch."""
    forms: tuple[Counter[Word], Counter[Word]] = (Counter(), Counter())
    for pair in found:
        for counter, side in zip(forms, pair, strict=True):
            counter.update(side)
    french, dutch = ({w.stem: w.written for w, _ in reversed(c.most_common())} for c in forms)
    return french, dutch


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, and write :data:`index.translations.PATH`."""
    parser = argparse.ArgumentParser(prog="python -m training.translations", description=__doc__)
    parser.add_argument("passages", type=Path)
    chosen = parser.parse_args(arguments)
    versions = collect(chosen.passages).passages.values()
    found = pairs((v["fr"], v["nl"]) for v in versions if len(v) == len(LANGS))
    print(f"{len(found)} pairs of sentences are aligned", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        entries = kept(aligned(found, Path(folder)))
    french, dutch = written(found)
    lines = (f"{french[one]} {dutch[other]} {count:g}\n" for one, other, count in entries)
    write_atomically(PATH, (_HEAD + "".join(lines)).encode())
    print(f"{len(entries)} translations in {PATH}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

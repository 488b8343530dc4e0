"""Which words of the other language a word is translated by, and how likely each is.

``data/translations.txt`` was counted in texts that are there in both languages
(:mod:`training.translations`). Lexical search takes a question into the other language with it:
all translations of a word stand for it, each by its probability (probabilistic structured queries:
Darwish and Oard 2003; Yang and others, arXiv 2404.18797).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.errors import IndexingError
from index.tokens import stem
from sources.anchor import LANGS, Lang

PATH = Path(__file__).with_name("data") / "translations.txt"
LEAST_SHARE = 0.04  # of what a word was aligned with

Likelihoods = Mapping[str, float]  # probability, 0 to 1, by stem; 1 in all


class Translations:
    """Likelihoods of translations, by the stem of a word.

    Args:
        counts: How often a French word (its stem) was aligned with a Dutch one.
    """

    def __init__(self, counts: Mapping[tuple[str, str], float]) -> None:
        self._of: dict[Lang, dict[str, dict[str, float]]] = {la: defaultdict(dict) for la in LANGS}
        for (french, dutch), count in counts.items():
            self._of["fr"][french][dutch] = count
            self._of["nl"][dutch][french] = count

    def words(self, lang: Lang) -> Collection[str]:
        """The stems in ``lang`` that have any."""
        return self._of[lang].keys()

    def of(self, word: str, lang: Lang) -> Likelihoods | None:
        """Those of a stem in ``lang``; None where it has none.

        >>> Translations({("quai", "kade"): 3, ("quai", "kaai"): 1}).of("quai", "fr")
        {'kade': 0.75, 'kaai': 0.25}
        """
        counts = self._of[lang].get(word)
        if counts is None:
            return None
        total = sum(counts.values())
        likely = {other: n for other, n in counts.items() if n >= LEAST_SHARE * total}
        total = sum(likely.values())
        return {other: n / total for other, n in likely.items()}

    def of_parts(self, terms: Sequence[str], lang: Lang) -> list[Likelihoods]:
        """Those of a word, given its stem and those of its parts in a compound: of the whole, or
        where that has none, of each part that has any.

        >>> bridge = Translations({("pont", "brug"): 3})
        >>> bridge.of_parts(["spoorbrug", "spoor", "brug"], "nl")
        [{'pont': 1.0}]
        """
        whole, *parts = (self.of(term, lang) for term in terms)
        return [whole] if whole else [likely for likely in parts if likely]


@cache
def load(path: Path = PATH) -> Translations:
    """Those of a file, read once; ``IndexingError`` where it does not have its form."""
    try:
        return Translations(dict(_read(path)))
    except (OSError, ValueError) as error:
        raise IndexingError(
            "the translations of words cannot be read", f"{path} ({error})", "Install again."
        ) from error


def _read(path: Path) -> Iterator[tuple[tuple[str, str], float]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                french, dutch, count = line.split()
                yield (stem(french, "fr"), stem(dutch, "nl")), float(count)

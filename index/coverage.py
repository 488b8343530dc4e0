"""Which words of a question a passage has, each by how much it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from index import translations
from index.build import Build
from index.glossary import Glossary
from index.query import Query
from index.tokens import Word, stem, stems, stems_of
from index.translations import Likelihoods
from sources.anchor import LANGS, Lang, other
from sources.model import Passage

Names = Callable[[str, Lang], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a question a passage has in its words; each value 0 to 1.

    Attributes:
        covered: Share of the content words (by how much they tell) that it has, in either
            language, or by another name that the glossary knows.
        likely: The same, where a word that it has in the other language counts as far as it is
            likely to mean that: the likeliest translation as one that is there.
        unknown: Share of the content words that no text has; the same for each passage.
    """

    covered: float = 0.0
    likely: float = 0.0
    unknown: float = 1.0


@dataclass(frozen=True, slots=True)
class _Content:
    """A content word of a question, as passages are looked through for it.

    Attributes:
        weight: How much it tells.
        stems: Its stem in each language.
        names: Stems of other names for it, by language; all of one have to be there.
        likely: How likely each word of the other language is to mean it; of a compound each part's.
    """

    weight: float
    stems: dict[Lang, str]
    names: tuple[tuple[Lang, frozenset[str]], ...]
    likely: tuple[Likelihoods, ...]

    def is_in(self, have: dict[Lang, frozenset[str]]) -> bool:
        """Is it in a text with these stems, or another name for it?"""
        if any(self.stems[la] in have[la] for la in LANGS):
            return True
        return any(found <= have[la] for la, found in self.names)

    def likely_in(self, have: frozenset[str]) -> float:
        """How likely the likeliest of its translations that are there is, beside the likeliest of
        all; of a compound the mean over its parts.

        Args:
            have: The stems of a text in the other language.
        """
        if not self.likely:
            return 0.0
        shares = (
            max((p for word, p in of.items() if word in have), default=0.0) / max(of.values())
            for of in self.likely
        )
        return fmean(shares)


class ContentWords:
    """The content words of one question, to look through passages for.

    Args:
        query: The question.
        build: Tells how rare a word is.
        glossary: Other names of the same thing.
        names: Those of a work in a language. A question that names the text that it is about asks
            for no passage with these words.
    """

    def __init__(self, query: Query, build: Build, glossary: Glossary, names: Names) -> None:
        self._names_of, self._translated = names, other(query.lang)
        others = _names_by_place(query, glossary)
        self._words = [
            _content(word, query.lang, build, others[place])
            for place, word in enumerate(query.words)
        ]
        unknown = [
            not any(build.lexical[la].knows(word.stems[la]) for la in LANGS) for word in self._words
        ]
        self._unknown = fmean(unknown) if unknown else 1.0
        self._total = sum(word.weight for word in self._words)

    def coverage(self, passage: Passage) -> Coverage:
        """How much of the question a passage has."""
        if not self._total:
            return Coverage(unknown=self._unknown)
        have = {la: self._stems(passage, la) for la in LANGS}
        covered = likely = 0.0
        for word in self._words:
            is_there = word.is_in(have)
            covered += word.weight * is_there
            likely += word.weight * (is_there or word.likely_in(have[self._translated]))
        return Coverage(covered / self._total, likely / self._total, self._unknown)

    def _stems(self, passage: Passage, lang: Lang) -> frozenset[str]:
        names = self._names_of(passage.anchor.work, lang)
        return stems_of((*names, *passage.all_texts(lang)), lang)


def _names_by_place(query: Query, glossary: Glossary) -> list[list[tuple[Lang, frozenset[str]]]]:
    """For each content word the stems of other names for it: in its own language those that the
    glossary has for it alone, in the other also those that it has for several words together.
    """
    lang, into = query.lang, other(query.lang)
    names = [
        [(lang, stems(n, lang)) for n in glossary.translate((w,), lang, lang)] for w in query.words
    ]
    for start, end, translated in glossary.likely(query.words, lang):
        for place in range(start, end):
            names[place] += [(into, stems(n, into)) for n in translated]
    return names


def _content(
    word: Word, lang: Lang, build: Build, names: Iterable[tuple[Lang, frozenset[str]]]
) -> _Content:
    index = build.lexical[lang]
    return _Content(
        weight=index.weight(word.stem) or index.rarest,
        stems={la: word.stem if la == lang else stem(word.written, la) for la in LANGS},
        names=tuple((la, stems_of) for la, stems_of in names if stems_of),
        likely=tuple(translations.load().of_parts(index.terms([word]), lang)),
    )

"""Texts of the catalogue that a question names, and whether it asks what is inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Known
from index.words import fold, stem, words
from sources.anchor import LANGS, Lang
from sources.model import Passage

if TYPE_CHECKING:
    from index.stored import Build
    from sources.catalogue import Catalogue, Source

_ARTICLE = re.compile(r"\b(?:art(?:icles?|ikel(?:en)?|\.)?)\s*(\d+[a-z]*(?:[.,]\d+)?)")


def _empty(lang: Lang) -> frozenset[str]:
    """Stems of the words of a question about a text that say nothing of what is asked of it."""
    path = Path(__file__).with_name("data") / f"empty.{lang}.txt"
    lines = path.read_text("utf-8").splitlines()
    return frozenset(stem(w, lang) for la in lines if not la.startswith("#") for w in la.split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that a question names.

    Attributes:
        source: Its entry in the catalogue.
        indexed: Is it in the build?
        article: Number of the article that the question names, if any.
        rest: Stems of the words of the question that are not its name.
    """

    source: Source
    indexed: bool
    article: str | None
    rest: tuple[str, ...]

    def known(self, lang: Lang) -> Known:
        """What to say of it where it is not indexed."""
        s = self.source
        command = f"python -m sources fetch {s.celex}" if s.celex else None
        return Known(s.id, s.title.fr if lang == "fr" else s.title.nl, s.url(lang), command)


class Mentions:
    """Finds the names of the catalogue in questions, in both languages."""

    def __init__(self, catalogue: Catalogue, build: Build) -> None:
        self._indexed = {d.work for d in build.manifest.documents}
        self._empty = {la: _empty(la) for la in LANGS}
        self._names: list[tuple[re.Pattern[str], Source]] = []
        for source in catalogue:
            names = {_flat(n) for la in LANGS for n in source.names(la)}
            pattern = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
            self._names.append((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), source))

    def find(self, question: str, lang: Lang) -> Mention | None:
        """The text that a question names with the longest name; None where it names none."""
        text = _flat(question)
        found = [(m, s) for pattern, s in self._names for m in pattern.finditer(text)]
        if not found:
            return None
        match, source = max(found, key=lambda f: len(f[0].group()))
        article = _ARTICLE.search(text)
        bare = text[: match.start()] + " " + text[match.end() :]
        empty = self._empty[lang]
        rest = tuple(
            w.stem for w in words(bare, lang) if w.stem not in empty and not w.written.isdigit()
        )
        return Mention(source, source.id in self._indexed, article and article[1], rest)

    @staticmethod
    def asks_inside(mention: Mention, passage: Passage, lang: Lang) -> bool:
        """Would an answer need the text itself, and not the passage that mentions it?"""
        texts = [passage.text, *passage.headings]
        if passage.working:
            texts += [passage.working.text, *passage.working.headings]
        if mention.article and not any(
            mention.article in _ARTICLE.findall(_flat(t)) for t in texts
        ):
            return True
        if not mention.rest:
            return False
        have = {w.stem for t in texts for w in words(t, lang)}
        return sum(r in have for r in mention.rest) / len(mention.rest) < 1 / 3


def _flat(text: str) -> str:
    return " ".join(fold(text).split())

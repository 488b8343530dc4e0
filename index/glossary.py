"""The reviewed French-Dutch glossary: what is the same thing in other words.

Lexical search uses it twice: within a language (acronym and full form, synonyms) and across
(a Dutch question on a French text). The names that the catalogue gives to texts join it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from index.errors import IndexingError
from index.tokens import Word, stems_in_order
from sources.anchor import LANGS, Lang
from sources.files import read_toml

if TYPE_CHECKING:
    from sources.catalogue import Source

PATH = Path(__file__).with_name("data") / "glossary.toml"


class Term(BaseModel):
    """One concept: all its names in each language, the usual one first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: tuple[str, ...] = Field(min_length=1)
    nl: tuple[str, ...] = Field(min_length=1)
    body: bool = False  # is it an institution or a body?

    def __getitem__(self, lang: Lang) -> tuple[str, ...]:
        return self.fr if lang == "fr" else self.nl


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    term: tuple[Term, ...]


def load(path: Path = PATH) -> tuple[Term, ...]:
    """Read a glossary file; ``IndexingError`` where it does not have its form."""
    return read_toml(path, _File, "a glossary", IndexingError).term


class Glossary:
    """Terms, found in a text by their stems."""

    @classmethod
    def for_texts(cls, texts: Iterable[Source]) -> Glossary:
        """The reviewed terms, and the names of texts."""
        return cls([*load(), *(Term(fr=s.names("fr"), nl=s.names("nl")) for s in texts)])

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names: dict[Lang, dict[tuple[str, ...], list[Term]]] = {la: {} for la in LANGS}
        self._longest = 1
        self._bodies: dict[Lang, dict[str, str]] = {la: {} for la in LANGS}
        for term in terms:
            for lang in LANGS:
                names = term[lang]
                self._bodies[lang] |= dict.fromkeys(names, names[0]) if term.body else {}
                for name in names:
                    key = stems_in_order(name, lang)
                    if key:
                        self._names[lang].setdefault(key, []).append(term)
                        self._longest = max(self._longest, len(key))

    def bodies(self, lang: Lang) -> Mapping[str, str]:
        """Names of institutions and bodies, each with the first name of the same one."""
        return self._bodies[lang]

    def find(self, found: Sequence[Word], lang: Lang) -> list[Term]:
        """Terms named by words: the longest name at each place, in order, each once."""
        stems = [w.stem for w in found]
        terms_by_id: dict[int, Term] = {}
        at = 0
        while at < len(stems):
            for length in range(min(self._longest, len(stems) - at), 0, -1):
                if terms := self._names[lang].get(tuple(stems[at : at + length])):
                    terms_by_id.update((id(t), t) for t in terms)
                    at += length
                    break
            else:
                at += 1
        return list(terms_by_id.values())

    def translate(self, found: Sequence[Word], lang: Lang, into: Lang) -> list[str]:
        """Names in ``into`` of the terms that words in ``lang`` name."""
        return [n for t in self.find(found, lang) for n in t[into]]

"""The reviewed French-Dutch glossary: what is the same thing in other words.

Lexical search uses it twice: within a language (acronym and full form, synonyms) and across
(a Dutch question on a French text). The names that the catalogue gives to texts join it. A word
that it does not have may still be likely: made of words that it has ("dienstfiets"), or taken by
both languages from the same Latin word ("mobiliteit").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from index.cognates import cognates
from index.errors import IndexingError
from index.tokens import Compounds, Word, stems, stems_in_order, words
from sources.anchor import LANGS, Lang, other
from sources.files import read_toml

if TYPE_CHECKING:
    from sources.catalogue import Source

_DATA = Path(__file__).with_name("data")
#: What texts of law say, and what those of any administration do; abbreviations; names of places.
PATHS = tuple(
    _DATA / f"{name}.toml" for name in ("glossary", "administration", "abbreviations", "places")
)
_PLURALS = ("en", "n", "s")  # of the last part of a Dutch compound
_REGULAR = {  # what a plural has more, by how its singular ends
    "fr": ((re.compile(r"[^sxz]$"), "s"),),
    "nl": ((re.compile(r"[^ei]e$"), "n"), (re.compile(r"(?:e[lmr]|aar|i?eur|or|ie)$"), "s")),
}
_REMEMBERED = 256  # texts whose words are kept in the other language
_OF_A_PART = 3  # names of each part of a compound that are put together


class Term(BaseModel):
    """One concept: all its names in each language, the usual one first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: tuple[str, ...] = Field(min_length=1)
    nl: tuple[str, ...] = Field(min_length=1)
    body: bool = False  # is it an institution or a body?

    def __getitem__(self, lang: Lang) -> tuple[str, ...]:
        return self.fr if lang == "fr" else self.nl


class _Name(NamedTuple):
    written: tuple[str, ...]  # its words, folded
    term: Term
    is_short: bool  # an abbreviation, of which the stem may be that of any word


def is_abbreviation(name: str) -> bool:
    """Is a name of the glossary an abbreviation: one word with several capitals?

    >>> [is_abbreviation(name) for name in ("PEB", "RvB", "Interpol", "Région wallonne")]
    [True, True, False, False]
    """
    return name.isalpha() and sum(map(str.isupper, name)) > 1


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    term: tuple[Term, ...]


@cache
def load(*paths: Path) -> tuple[Term, ...]:
    """Read glossary files, by default those that ship; ``IndexingError`` where one does not have
    its form.
    """
    each = (read_toml(path, _File, "a glossary", IndexingError).term for path in paths or PATHS)
    return tuple(chain.from_iterable(each))


class Glossary:
    """Terms, found in a text by their stems."""

    @classmethod
    def for_texts(cls, texts: Iterable[Source]) -> Glossary:
        """The reviewed terms, and the names of texts."""
        return cls([*load(), *(Term(fr=s.names("fr"), nl=s.names("nl")) for s in texts)])

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names: dict[Lang, dict[tuple[str, ...], list[_Name]]] = {la: {} for la in LANGS}
        self._longest = 1
        self._bodies: dict[Lang, dict[str, str]] = {la: {} for la in LANGS}
        for term in terms:
            for lang in LANGS:
                names = term[lang]
                self._bodies[lang] |= dict.fromkeys(names, names[0]) if term.body else {}
                for name in _forms(names, lang):
                    key = stems_in_order(name, lang)
                    if key:
                        written = tuple(w.written for w in words(name, lang))
                        of = _Name(written, term, is_abbreviation(name))
                        self._names[lang].setdefault(key, []).append(of)
                        self._longest = max(self._longest, len(key))
        self._alone = {
            la: {
                n.written[0]
                for names in self._names[la].values()
                for n in names
                if len(n.written) == 1
            }
            for la in LANGS
        }
        self._compounds = Compounds(self._alone["nl"])
        #: The words of one question are looked for in many headings.
        self._there = lru_cache(maxsize=_REMEMBERED)(self._stems_there)

    def bodies(self, lang: Lang) -> Mapping[str, str]:
        """Names of institutions and bodies, each with the first name of the same one."""
        return self._bodies[lang]

    def spans(self, found: Sequence[Word], lang: Lang) -> Iterator[tuple[int, int, list[Term]]]:
        """Where words name terms, from the first to behind the last, and which; the longest name
        at each place.

        Of terms whose names have the same stem, those that are written so ("loi", "loyer"); an
        abbreviation has no other form ("géant" has the stem of "GES").
        """
        said = [w.stem for w in found]
        at = 0
        while at < len(said):
            for length in range(min(self._longest, len(said) - at), 0, -1):
                if named := self._names[lang].get(tuple(said[at : at + length])):
                    written = tuple(w.written for w in found[at : at + length])
                    exact = [name.term for name in named if name.written == written]
                    if terms := exact or [name.term for name in named if not name.is_short]:
                        yield at, at + length, terms
                        at += length
                        break
            else:
                at += 1

    def find(self, found: Sequence[Word], lang: Lang) -> list[Term]:
        """Terms named by words: the longest name at each place, in order, each once."""
        terms_by_id = {id(t): t for *_, terms in self.spans(found, lang) for t in terms}
        return list(terms_by_id.values())

    def translate(self, found: Sequence[Word], lang: Lang, into: Lang) -> list[str]:
        """Names in ``into`` of the terms that words in ``lang`` name."""
        return [n for t in self.find(found, lang) for n in _forms(t[into], into)]

    def likely(self, found: Sequence[Word], lang: Lang) -> Iterator[tuple[int, int, list[str]]]:
        """What words may be in the other language, from the first to behind the last: reviewed
        names; and where a word is none, but for its stem, what its parts are in a Dutch compound,
        or what it is with another ending.

        That a text has none of them is no proof that it does not speak of the thing.
        """
        into, named = other(lang), set[int]()
        for start, end, terms in self.spans(found, lang):
            yield start, end, [n for term in terms for n in _forms(term[into], into)]
            if end - start > 1 or found[start].written in self._alone[lang]:
                named.update(range(start, end))
        for place, word in enumerate(found):
            if place not in named and (names := self._guessed(word.written, lang)):
                yield place, place + 1, names

    def likely_names(self, found: Sequence[Word], lang: Lang) -> list[str]:
        """All that words may be in the other language."""
        return [name for *_, names in self.likely(found, lang) for name in names]

    def found_in(
        self, have: frozenset[str], found: Sequence[Word], lang: Lang
    ) -> dict[int, frozenset[str]]:
        """The places of the words that a text in the other language has, each with the stems by
        which it has it; a word that is the same in both is found as it stands.

        Args:
            have: Stems of the text, in its language.
            found: What it is looked through for.
            lang: Language of these words.
        """
        places: dict[int, frozenset[str]] = {}
        for start, end, own in self._there(tuple(found), lang):
            if own <= have:
                places |= {n: places.get(n, frozenset()) | own for n in range(start, end)}
        return places

    def _stems_there(
        self, found: tuple[Word, ...], lang: Lang
    ) -> tuple[tuple[int, int, frozenset[str]], ...]:
        """Where words stand, each with the stems of one thing that they may be in the other
        language.
        """
        alone = ((n, n + 1, [w.written]) for n, w in enumerate(found))
        return tuple(
            (start, end, own)
            for start, end, names in chain(alone, self.likely(found, lang))
            for own in (stems(name, other(lang)) for name in names)
            if own
        )

    def _guessed(self, written: str, lang: Lang) -> list[str]:
        ends = ("", *_PLURALS)
        several = (self._compounds.parts(written.removesuffix(end)) for end in ends)
        parts = next(filter(None, several), []) if lang == "nl" else []
        each = [self.translate(words(part, "nl"), "nl", "fr")[:_OF_A_PART] for part in parts]
        return [*(" ".join(of) for of in product(*each) if parts), *cognates(written, lang)]


@cache
def _forms(names: tuple[str, ...], lang: Lang) -> tuple[str, ...]:
    """Names, with the regular plurals that have another stem ("vélo", "vélos")."""
    found = {stems_in_order(name, lang): name for name in reversed(names)}
    for name in filter(str.islower, names):
        for singular, end in _REGULAR[lang]:
            if singular.search(name):
                found.setdefault(stems_in_order(name + end, lang), name + end)
    return tuple(dict.fromkeys((*names, *found.values())))


@cache
def shipped() -> Glossary:
    """The terms that ship alone, without the names of texts."""
    return Glossary(load())

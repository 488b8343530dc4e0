"""The texts that are known: what they are called, and which of them are indexed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from shlex import quote
from typing import TYPE_CHECKING

from assistant import sorts
from assistant.answer import UnindexedText
from index.glossary import shipped
from index.manifest import told_apart
from index.tokens import stems, stems_of, words
from sources.anchor import LANGS, Lang, other
from sources.dates import years
from sources.folding import fold_in_place
from sources.known_works import known_works
from sources.names import celex_of, eurlex_link, natural_names

if TYPE_CHECKING:
    from index.manifest import Manifest
    from sources.catalogue import Catalogue

#: What a declaration calls itself, in either language, without accents.
DECLARATION = re.compile(rf"(?<!\w)(?:{sorts.any_of(LANGS, ['declaration'])})(?!\w)")
_OPENING = 80  # characters in which a title says what sort of act it is of
_REMEMBERED = 10_000  # titles whose words are kept


class KnownTexts:
    """Those of the catalogue, and those of an index."""

    def __init__(self, catalogue: Catalogue, manifest: Manifest) -> None:
        self._catalogue = catalogue
        self._editions = {(d.work, d.lang) for d in manifest.documents}
        self._indexed = {d.work: d for d in told_apart(manifest.documents)}
        self._declarations = [w for w in self._indexed if self.is_declaration(w)]
        self._names_by_work = {(s.id, la): s.names(la) for s in catalogue for la in LANGS}

    @property
    def catalogue(self) -> Catalogue:
        """All that are known."""
        return self._catalogue

    @property
    def indexed(self) -> Collection[str]:
        """The works of the index, in its order."""
        return self._indexed.keys()

    @property
    def declarations(self) -> Sequence[str]:
        """Those of them that are declarations."""
        return self._declarations

    @property
    def only_text(self) -> str | None:
        """The text that is meant where none is named: the only one, or the only declaration."""
        texts = self._indexed if len(self._indexed) == 1 else self._declarations
        return next(iter(texts)) if len(texts) == 1 else None

    def is_declaration(self, work: str) -> bool:
        """Is a text a declaration?"""
        source = self._catalogue.get(work)
        return source is not None and source.kind == "declaration"

    def is_called_declaration(self, work: str) -> bool:
        """Is a text a declaration, or does its title say that it is one?"""
        source = self._catalogue.get(work)
        return source is not None and (
            source.kind == "declaration"
            or any(DECLARATION.match(fold_in_place(source.title[la])) for la in LANGS)
        )

    def may_be_of_sort(self, work: str, sort: str, lang: Lang) -> bool:
        """The same as :meth:`is_of_sort`, or of a wider sort: a "besluit" may be a "KB"."""
        source = self._catalogue.get(work)
        return self.is_of_sort(work, sort, lang) or (
            source is not None
            and any(
                sorts.may_say(fold_in_place(source.title[la])[:_OPENING], sort, lang, la)
                for la in LANGS
            )
        )

    def is_of_sort(self, work: str, sort: str, lang: Lang) -> bool:
        """Is a text what a question calls it: a directive, a regulation …?

        Declarations go by many names ("action plan").
        """
        source = self._catalogue.get(work)
        if DECLARATION.fullmatch(sort):
            return True
        return source is not None and any(
            sorts.says(fold_in_place(source.title[la])[:_OPENING], sort, lang, la) for la in LANGS
        )

    def names_of(self, work: str, lang: Lang) -> tuple[str, ...]:
        """The names that a work goes by in a language, beside a place too."""
        own = self._names_by_work.get((work, lang), ())
        known = known_works().get(work)
        return (*own, *known.names[lang], *known.beside[lang]) if known else own

    def name_stems(self, work: str, lang: Lang) -> frozenset[str]:
        """Stems of the words of a work's names."""
        each = (self._title_stems(name, work, lang) for name in self.names_of(work, lang))
        return frozenset[str]().union(*each)

    def title_stems(self, work: str, lang: Lang) -> frozenset[str]:
        """Stems of the words of a work's names and of its full title."""
        source = self._catalogue.get(work)
        title = source.title[lang] if source else ""
        return self.name_stems(work, lang) | self._title_stems(title, work, lang)

    def _title_stems(self, title: str, work: str, lang: Lang) -> frozenset[str]:
        """Stems of the words of a title; of a text that is there in the other language only also
        of what they may be in this one.
        """
        is_there = (work, lang) in self._editions or (work, other(lang)) not in self._editions
        return stems(title, lang) | (frozenset() if is_there else _translated(title, lang))

    def date_of(self, work: str) -> str:
        """The date of an indexed text (ISO 8601); "" where it is not known."""
        return self._indexed[work].date if work in self._indexed else ""

    def years_of(self, work: str) -> frozenset[str]:
        """The years by which an indexed text goes: that of its date, and those of its titles."""
        of_date = frozenset([self.date_of(work)[:4]] if work in self._indexed else [])
        return of_date.union(*map(years, self.titles(work)))

    def titles(self, work: str) -> Sequence[str]:
        """The short and the full titles of a work of the catalogue, in both languages."""
        source = self._catalogue.get(work)
        each = ((source.shown[la], source.title[la]) for la in LANGS) if source else ()
        return list(dict.fromkeys(title for pair in each for title in pair))

    def short(self, work: str, lang: Lang) -> str:
        """Short title of a work; its number where no more is known."""
        if text := self._indexed.get(work) or self._catalogue.get(work):
            return text.short[lang]
        if known := known_works().get(work):
            return known.title[lang]
        natural = natural_names(celex) if (celex := celex_of(work)) else None
        return natural[lang] if natural else work

    def url(self, work: str, lang: Lang) -> str | None:
        """Official address of a work of the catalogue, or of a treaty."""
        text = self._catalogue.get(work) or known_works().get(work)
        return text.url(lang) if text else None

    def unindexed(self, work: str, lang: Lang) -> UnindexedText:
        """What to say of a text that is not indexed."""
        source = self._catalogue.get(work)
        celex = source.celex if source else celex_of(work)
        if source:
            title, url = source.title[lang], source.url(lang)
        else:
            title = self.short(work, lang)
            url = eurlex_link(celex, lang) if celex else self.url(work, lang)
        if celex:
            command = f"python -m sources fetch {quote(celex)}"
            return UnindexedText(work, title, url, command)
        if source or work in known_works():
            own = quote(work.removeprefix("celex:"))
            command = f"python -m sources add FILE --id {own} --lang {lang}"
            return UnindexedText(work, title, url, command, by_hand=True)
        return UnindexedText(work, title, url, None)

    def absent_titles(self, lang: Lang) -> tuple[list[str], list[str]]:
        """Short titles of what the catalogue knows and the index does not hold.

        First those that come by themselves, as an indexed text cites them; then the others.
        """
        absent = [s for s in self._catalogue if s.id not in self._indexed]
        coming = [s for s in absent if s.fetch and not self._indexed.keys().isdisjoint(s.cited_by)]
        others = [s.shown[lang] for s in absent if s not in coming]
        return [s.shown[lang] for s in coming], others


@lru_cache(maxsize=_REMEMBERED)
def _translated(title: str, lang: Lang) -> frozenset[str]:
    """Stems of what the words of a title in the other language may be."""
    there = other(lang)
    return stems_of(shipped().likely_names(words(title, there), there), lang)

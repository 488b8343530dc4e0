"""A declaration that a question names by its year or its town, and that is not here."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.known_texts import DECLARATION
from sources.anchor import LANGS
from sources.dates import YEAR, date_spans
from sources.folding import fold_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.known_texts import KnownTexts
    from assistant.mention import Mention
    from index.build import Build
    from sources.catalogue import Catalogue

_DATED = re.compile(  # "la déclaration commune de juin 2018"
    rf"{DECLARATION.pattern}(?:\s+(?!de\b|du\b|van\b)[\w'-]+){{0,3}}"
    rf"\s+(?:de|du|van)\s+(?:\d{{1,2}}(?:er)?\s+)?(?:[^\W\d_]+\s+)?(?P<year>{YEAR})(?![\d/])"
)
_YEAR_BEHIND = re.compile(rf"\s+(?:de\s+|van\s+)?(?P<year>{YEAR})(?![\d/])")
# "la déclaration de Bruges", "de verklaring van Gent"; a capital without an article is of a town,
# and capitals alone are not ("la déclaration de TVA").
_OF_A_TOWN = re.compile(
    rf"{DECLARATION.pattern}(?:\s+(?!de\b|van\b)[^\W\d_]+){{0,2}}\s+(?:de\s+|van\s+|d['’])(?=\w)"
)
_TOWN = re.compile(r"[A-ZÀ-Ý][à-ÿa-z]+(?:[- ](?:[a-z]{2,4}-)*[A-ZÀ-Ý][à-ÿa-z]+)*\b")
_CAPITALS = re.compile(r"[A-ZÀ-Ý][^\W\d_]{3,}")
_SIGNED = 6  # passages with which a declaration begins or ends, which say where it was made
# Of the letters of a town and of its name in the other language: "Ostende", "Oostende"; fewer where
# they begin alike: "Paris", "Parijs".
_LIKE, _LIKE_ALL = 0.7, 0.82


class AbsentDeclarations:
    """Finds the declarations that questions name and that are not here.

    Args:
        catalogue: The texts that are known.
        build: The texts that are here.
        known: What both are called.
    """

    def __init__(self, catalogue: Catalogue, build: Build, known: KnownTexts) -> None:
        self._catalogue, self._build, self._known = catalogue, build, known

    def named_in(self, question: str, mention: Mention | None) -> str:
        """The declaration that a question names and that is not here, as it writes it; "" for none.

        It is of a town where none was made, of a year of which none is here, or of another year
        than the one that the question names otherwise.

        Args:
            question: As it is written.
            mention: The text that it names.
        """
        return self._of_a_town(question, mention) or self._of_a_year(question, mention)

    def _of_a_town(self, question: str, mention: Mention | None) -> str:
        of = _OF_A_TOWN.search(fold_in_place(question))
        town = _TOWN.match(question, of.end()) if of else None
        if of is None or town is None or (mention and mention.name):
            return ""
        return "" if self._may_be_of(question, town[0]) else question[of.start() : town.end()]

    def _of_a_year(self, question: str, mention: Mention | None) -> str:
        text = fold_in_place(question)
        dated = _DATED.search(text)
        if dated and dated["year"] not in self._years:
            return question[slice(*dated.span())]
        if mention is None or not mention.name or mention.work not in self._known.declarations:
            return ""
        start, end = mention.name[0]
        behind = _YEAR_BEHIND.match(text, end)
        is_other = behind is not None and behind["year"] not in self._known.years_of(mention.work)
        return question[start : behind.end()] if behind and is_other else ""

    def _may_be_of(self, question: str, town: str) -> bool:
        """May a declaration that is known have been made there, as its title or its passages say,
        or be told by a day that a question names? A town has like names in both languages.
        """
        names = re.findall(r"[^\W\d_]{4,}", fold_in_place(town))
        return bool(date_spans(question)) or any(
            known[:3] == name[:3] or get_close_matches(name, [known], 1, _LIKE_ALL)
            for name in names
            for known in get_close_matches(name, self._names, 5, _LIKE)
        )

    @cached_property
    def _years(self) -> frozenset[str]:
        """The years of the declarations that are here, and of the texts that are called so."""
        here = {*self._known.declarations, *self._called(self._known.indexed)}
        return frozenset[str]().union(*map(self._known.years_of, here))

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names in titles of declarations, and in the passages that say where one was made."""
        called = self._called({s.id for s in self._catalogue}.union(self._known.indexed))
        said = [title for work in called for title in self._known.titles(work)]
        for document in (self._build.document(w, la) for w in called for la in LANGS):
            ends = (*document[:_SIGNED], *document[-_SIGNED:])
            said += (text for p in ends for text in (p.text, *p.texts.values()))
        return frozenset(fold_in_place(n) for text in said for n in _CAPITALS.findall(text))

    def _called(self, works: Iterable[str]) -> list[str]:
        """The texts that one of their titles calls declarations."""
        return [
            work
            for work in works
            if any(DECLARATION.search(fold_in_place(t)) for t in self._known.titles(work))
        ]

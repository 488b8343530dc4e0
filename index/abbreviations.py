"""Abbreviations of a question that no text has, with the words that they stand for behind them.

"Quand convoquer l'AG ?" is asked of texts that say "assemblée générale" throughout. The glossary
knows that both are one thing, but a model that reads the question meets two letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from index.glossary import is_abbreviation
from index.tokens import words
from sources.folding import fold

if TYPE_CHECKING:
    from index.build import Build
    from index.glossary import Glossary, Term
    from index.query import Query

_TOKEN = re.compile(r"[^\W\d_]{2,}")


def spelled_out(
    query: Query, glossary: Glossary, build: Build, titles: Collection[str] = ()
) -> str:
    """The text of a query, in which the words stand in brackets behind each abbreviation of them.

    An abbreviation that a text has stands for itself, in either language; so does one of which the
    texts do not have all the words, or that may mean two things that they have. So does a synonym:
    beside a word of the question it moves passages up and down by chance.

    Args:
        query: As typed.
        glossary: Has abbreviations among the names of a thing.
        build: What is searched.
        titles: Abbreviations that name a text, folded; they are left as they are.
    """

    def in_full(found: re.Match[str]) -> str:
        written = fold(found[0])
        terms = glossary.find(words(found[0], query.lang), query.lang)
        names = {name for term in terms if (name := _full(written, term, query, build))}
        if len(names) != 1 or written in titles or build.is_known(written):
            return found[0]
        return f"{found[0]} ({names.pop()})"

    return _TOKEN.sub(in_full, query.text)


def _full(written: str, term: Term, query: Query, build: Build) -> str | None:
    """The first name of a term in full, where it is abbreviated so and the query has it not."""
    lang = query.lang
    if not any(is_abbreviation(name) and fold(name) == written for name in term[lang]):
        return None
    said = {word.stem for word in query.words}
    for name in term[lang]:
        own = words(name, lang)
        is_had = all(build.knows(word.written, lang) for word in own)
        if is_had and not is_abbreviation(name) and not said.issuperset(w.stem for w in own):
            return name
    return None

"""The things that a question names, and what beside the best passage speaks of them.

"How much is the crossing of a lorry?" is nearest to the price of a trailer, and the row of the
lorry stands beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.added import Added, speaks_of
from assistant.empty_words import is_empty
from assistant.message import ELIDED, LEADS
from assistant.reviewed import patterns_by_sort
from index.tokens import Word, stem, stems_of, words
from sources.anchor import LANGS
from sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.build import Build
    from index.glossary import Glossary
    from index.query import Query
    from sources.anchor import Lang
    from sources.model import Passage

_ASKS = ("answer_types", "literal", "exceptions")  # files of patterns
_ELIDED = re.compile(rf"^{ELIDED}")


def asking(query: Query) -> list[str]:
    """The words by which a query asks for an amount, a moment, a name, an exception."""
    patterns = (p for name in _ASKS for p in patterns_by_sort(name)[query.lang].values())
    return [m.group() for p in patterns for m in p.finditer(query.folded)]


def is_led(tokens: Sequence[str], place: int, lang: Lang) -> bool:
    """Is a token a thing, by the preposition or the article in front of it?"""
    before = _ELIDED.sub("", fold(tokens[place - 1])) if place else ""  # "d'un camion"
    return before in LEADS[lang] or bool(_ELIDED.match(fold(tokens[place])))


def things(query: Query) -> list[Word]:
    """The words of a query that may name a thing, but for those by which it asks.

    They stand behind a preposition or an article, or come next: a noun follows its adjective
    ("een oude slee"), or an adjective its noun ("un vélo électrique").
    """
    tokens, lang = query.text.split(), query.lang
    own = stems_of(asking(query), lang)
    led = [n for n in range(len(tokens)) if is_led(tokens, n, lang)]
    places = sorted({n for at in led for n in (at, at + 1) if n < len(tokens)})
    named = (w for n in places for w in words(tokens[n], lang))
    return [
        w
        for w in named
        if len(w.written) > 1 and w.written.isalpha() and w.stem not in own
        if not is_empty(w, lang)
    ]


def is_unknown(word: Word, lang: Lang, build: Build) -> bool:
    """Has no text a word, or what it is made of or misspelled from?"""
    if not word.written.isalpha() or is_empty(word, lang) or build.is_known(word.written):
        return False
    return not any(build.lexical[la].one_letter_from(stem(word.written, la)) for la in LANGS)


def words_of(texts: Iterable[str], lang: Lang) -> frozenset[Word]:
    """The words of some texts, each once."""
    return frozenset(w for text in texts for w in words(text, lang))


class ThingsBeside:
    """Which things that a query names a passage lacks, and others under its heading have.

    Args:
        query: The question.
        passage: The best that was found for it.
        build: The index that it was found in.
        glossary: Other names of the same thing.
        names: The names and titles of the text that the passage is in.
    """

    def __init__(
        self, query: Query, passage: Passage, build: Build, glossary: Glossary, names: Iterable[str]
    ) -> None:
        self._lang, self._glossary = query.lang, glossary
        self._names = tuple(names)  # a word of these is in all that the text says
        self._things = things(query)
        self._part = passage.part
        lacking = [w for w in self._things if not self._has(passage, w)]
        beside = build.document(*passage.anchor.work_lang) if lacking else ()
        others = [p for p in beside if p.part == passage.part and p.anchor != passage.anchor]
        #: Things that it lacks and others under its heading have.
        self.lacking = [w for w in lacking if any(self._has(p, w) for p in others)]
        #: Does it lack one that no text has?
        self.lacks_unknown = any(is_unknown(w, query.lang, build) for w in lacking)
        self._said = [w for w in self._things if w not in lacking]

    def are_in(self, passage: Passage) -> bool:
        """Is a passage under the same heading, and has it what the first one lacks and all that
        the first one has?
        """
        wanted = (*self.lacking, *self._said)
        return passage.part == self._part and all(self._has(passage, w) for w in wanted)

    def _has(self, passage: Passage, thing: Word) -> bool:
        asked = Added(thing.written, (thing,))
        return speaks_of(passage, asked, self._lang, self._glossary, self._names)

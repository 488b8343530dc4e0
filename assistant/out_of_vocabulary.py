"""Things that a question names and no text has, where what was found has nothing like them either.

"How much is the grant for a heat pump?" is near to the grant for a cistern, and no text ever speaks
of heat pumps. A reader is told, and nothing is set in front. It is no reason to refuse: where there
are few texts, many words that a right passage says in another way are in none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.things import asking, is_led, is_unknown
from index.tokens import Word, stems_of, words
from sources.anchor import LANGS
from sources.folding import fold_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.build import Build
    from index.glossary import Glossary
    from index.query import Query
    from index.search import Hit
    from sources.anchor import Lang

_LIKE = 0.55  # mean cosine from which a passage has something like a word


def out_of_vocabulary(
    query: Query, hit: Hit, build: Build, glossary: Glossary, names: Iterable[str]
) -> tuple[str, ...]:
    """The things of a query that no text has, as typed, where a passage has nothing like them.

    They are words behind a preposition or an article, but not those by which the query asks.

    A word that is a compound of known words, one that is misspelled, one of which a text has
    another name that the glossary gives, a name of the text itself and a number are none. Nor is
    any where the passage is not there in the language of the query, or where the questions that its
    source does not answer tell.

    Args:
        query: What was searched.
        hit: The passage that was found for it.
        build: What was searched.
        glossary: Other names of the same thing.
        names: Those of the text of the passage, in the language of the query.
    """
    tokens = query.text.split()
    places = [n for n, t in enumerate(tokens) if _is_word(t, query.lang)]
    if hit.same is None or hit.has_unanswered or len(places) != len(hit.word_fits):
        return ()
    own = stems_of((*names, *asking(query)), query.lang)
    fits = zip(places, hit.word_fits, strict=True)
    unlike = (tokens[n] for n, fit in fits if fit < _LIKE and is_led(tokens, n, query.lang))
    found = [
        _as_typed(w, t)
        for t in unlike
        for w in words(t, query.lang)
        if w.stem not in own and not _has_another_name(w, query.lang, build, glossary)
        if is_unknown(w, query.lang, build)
    ]
    return tuple(dict.fromkeys(found))


def _has_another_name(word: Word, lang: Lang, build: Build, glossary: Glossary) -> bool:
    """Has a text each word of another name of a thing?"""
    names = ((n, la) for la in LANGS for n in glossary.translate((word,), lang, la))
    return any(all(build.is_known(w.written) for w in words(name, la)) for name, la in names)


def _is_word(token: str, lang: Lang) -> bool:
    return any(len(w.written) > 1 for w in words(token, lang))


def _as_typed(word: Word, text: str) -> str:
    start = fold_in_place(text).find(word.written)
    return text[start : start + len(word.written)] if start >= 0 else word.written

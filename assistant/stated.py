"""The words of a sentence that state what a question asks for, where that is neither a moment nor a
number nor a name: a reason, an exception, what a term means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.definitions import Definitions
from assistant.renderings import renderings
from assistant.reviewed import patterns_by_sort
from index.tokens import stems, words
from sources.folding import fold, fold_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.question import Question
    from sources.anchor import Lang

_SORTS = ("exceptions", "reasons")  # the files that say how each is asked for and stated
_COMMA = re.compile(r",(?!\d)")
_MEANS = re.compile(r"^[\W\d]*(?P<term>[^:;.]{2,80}?)\s?: (?=\w)")


def asked(question: Question) -> list[str]:
    """The sorts of what a question asks for that a sentence states by its words."""
    by = {name: patterns_by_sort(name)[question.lang]["asks"] for name in _SORTS}
    return [name for name, pattern in by.items() if pattern.search(question.folded)]


def is_stated(sentence: str, lang: Lang, sorts: Iterable[str]) -> bool:
    """Does a sentence state something of one of some sorts?"""
    folded = fold(sentence)
    return any(patterns_by_sort(name)[lang]["states"].search(folded) for name in sorts)


def stated(question: Question, sentence: str, lang: Lang) -> list[tuple[int, int]]:
    """Where a sentence in a language states what a question asks for; nowhere, where that cannot be
    told by its form.
    """
    if (term := Definitions.term(question)) and (meaning := _MEANS.match(sentence)):
        have = stems(meaning["term"], lang)
        named = words(term, question.lang)
        is_it = any(r <= have for w in named for r in renderings(w, question.lang, lang))
        return [(meaning.end(), _end(sentence))] if is_it else []
    folded = fold_in_place(sentence)
    for name in asked(question):
        closed = patterns_by_sort(name)[lang].get("closes")
        if closed and (ends := closed.match(folded)):
            return [(ends.start("who"), ends.end("who"))]
    opened = (patterns_by_sort(name)[lang]["opens"].search(folded) for name in asked(question))
    if begins := next(filter(None, opened), None):
        start, comma = begins.start(), _COMMA.search(sentence, begins.end())
        is_first = not re.search(r"\w", sentence[:start])
        return [(start, comma.start() if is_first and comma else _end(sentence, start))]
    return []


def _end(sentence: str, start: int = 0) -> int:
    """Where what begins at a place ends, without the sign that ends it."""
    stop = sentence.find(";", start)
    return len(sentence[: stop if stop > 0 else None].rstrip(" .:"))

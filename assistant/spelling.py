"""A question with a typing error, as it was meant.

Only a question that nothing answers is read again, and its reader is told how: a word that no text
has, one letter away from a word that a text has, is taken for that. Names are left as they are,
since another name is another thing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.bm25 import differs_by_one
from index.tokens import stem, words
from sources.anchor import LANGS

if TYPE_CHECKING:
    from assistant.question import Question
    from index.build import Build

_LOOKED = 50  # chunks in which a term is looked for as it is written
_WORD = re.compile(r"[^\W\d_]{5,}")


def mended(question: Question, build: Build) -> str | None:
    """The question with the words of the texts for those that are misspelled; None where no word
    seems to be.
    """
    text = question.text
    for m in reversed(list(_WORD.finditer(text))):
        is_name = m.start() > 0 and m.group()[0].isupper()
        if not is_name and (meant := _meant(m.group(), question, build)):
            text = text[: m.start()] + meant + text[m.end() :]
    return text if text != question.text else None


def _meant(written: str, question: Question, build: Build) -> str | None:
    """The word of a text that a word is one letter away from."""
    lang = question.lang
    found = words(written, lang)
    if len(found) != 1:
        return None
    if any(build.lexical[la].terms(words(written, la))[1:] for la in LANGS):  # a compound
        return None
    if any(build.lexical[la].knows(stem(found[0].written, la)) for la in LANGS):
        return None
    index = build.lexical[lang]
    typed = found[0].written
    for term in index.one_letter_from(found[0].stem):
        chunks = (build.chunks[build.chunk_place[c]] for c in index.having(term, _LOOKED))
        forms = (w.written for c in chunks for w in words(c.embedded, lang) if w.stem == term)
        if meant := next((form for form in forms if differs_by_one(form, typed)), None):
            return meant
    return None

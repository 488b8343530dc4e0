"""A question with a typing error, as it was meant.

Only a question that nothing answers is read again, and its reader is told how: a word that no text
has, with a letter too few, too many, or out of its place, is taken for the word that a text has.
Names are left as they are, since another name is another thing; so are words with another letter
("omzet" is no "opzet"), and words that are common enough to be one token of the vocabulary of the
embedding model ("prijs" is no "Parijs").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.bm25 import misspells
from index.tokens import words

if TYPE_CHECKING:
    from assistant.question import Question
    from index.build import Build

_LOOKED = 50  # chunks in which a term is looked for as it is written
_WORD = re.compile(r"[^\W\d_]{5,}")


def mended(question: Question, build: Build, tokens: Callable[[str], int]) -> str | None:
    """The question with the words of the texts for those that are misspelled; None where no word
    seems to be.

    ``tokens`` says how many tokens of the vocabulary a word is.
    """
    text = question.text
    for m in reversed(list(_WORD.finditer(text))):
        is_name = m.start() > 0 and m.group()[0].isupper()
        is_rare = not is_name and tokens(m.group()) > 1
        if is_rare and (meant := _meant(m.group(), question, build)):
            text = text[: m.start()] + meant + text[m.end() :]
    return text if text != question.text else None


def _meant(written: str, question: Question, build: Build) -> str | None:
    """The word of a text that a word is, but for a letter."""
    lang = question.lang
    found = words(written, lang)
    if len(found) != 1:
        return None
    if build.is_known(found[0].written):
        return None
    index = build.lexical[lang]
    typed = found[0].written
    for term in index.one_letter_from(found[0].stem):
        chunks = (build.chunks[build.chunk_place[c]] for c in index.having(term, _LOOKED))
        forms = (w.written for c in chunks for w in words(c.embedded, lang) if w.stem == term)
        found_as = (f for f in forms if misspells(f, typed) and not _is_ending(f, typed))
        if meant := next(found_as, None):
            return meant
    return None


def _is_ending(form: str, typed: str) -> bool:
    """Do two words differ by an ending alone, as forms of one word do ("alterne", "alternée")?"""
    return typed.startswith(form) or form.startswith(typed)

"""Sorts of texts by the words that people use for them: a directive, minutes, a circular."""

from __future__ import annotations

import re
from functools import cache

from assistant.reviewed import table
from sources.anchor import Lang


@cache
def _sorts() -> list[dict[str, list[str]]]:
    """The words for each sort, by language."""
    found: list[dict[str, list[str]]] = table("sorts")["sort"]
    return found


def any_of(lang: Lang) -> str:
    """A pattern for any of the words of a language, the longest first."""
    named = {name for sort in _sorts() for name in sort[lang]}
    return "|".join(re.escape(name) for name in sorted(named, key=lambda n: (-len(n), n)))


def says(title: str, word: str, lang: Lang, title_lang: Lang) -> bool:
    """Does a title, folded, say that its text is of the sort that a word means?

    Args:
        title: Words of the title, in small letters without accents.
        word: A word for a sort.
        lang: The language of the word.
        title_lang: The language of the title.

    >>> says("programmawet", "loi", "fr", "nl"), says("reglement de police", "wet", "nl", "fr")
    (True, False)
    """
    meant = {n for sort in _sorts() if word in sort[lang] for n in sort[title_lang]}
    if lang == title_lang:
        meant.add(word)
    return any(_is_in(name, title, title_lang) for name in meant)


def _is_in(name: str, title: str, lang: Lang) -> bool:
    """A Dutch compound ends with it, a French plural has one letter more."""
    before, after = ("", "") if lang == "nl" else (r"(?<!\w)", "s?")
    return re.search(f"{before}{re.escape(name)}{after}(?!\\w)", title) is not None

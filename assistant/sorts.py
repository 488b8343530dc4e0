"""Sorts of texts by the words that people use for them: a directive, minutes, a circular."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TypedDict

from assistant.reviewed import table
from sources.anchor import LANGS, Lang
from sources.folding import alternatives

ACTS = ("union", "law", "agreement")  # kinds of sorts that lay down rules
# Before a text that is meant: articles, words that point to it, and how several end.
_BEFORE: dict[Lang, tuple[str, str, str]] = {
    "fr": (r"l[ae]s?", r"ce(?:t|tte|s)?", "s"),
    "nl": ("de|het", "deze|dit|die|dat", "en"),
}


class _Sort(TypedDict, total=False):
    kind: str
    fr: list[str]
    nl: list[str]


@cache
def _sorts() -> list[_Sort]:
    """The words for each sort, by language."""
    found: list[_Sort] = table("sorts")["sort"]
    return found


def any_of(langs: Collection[Lang], kinds: Collection[str] = ()) -> str:
    """A pattern for any of the words of some languages, the longest first; of all kinds where
    none is given.
    """
    return alternatives(_names(langs, kinds))


def _names(langs: Collection[Lang], kinds: Collection[str] = ()) -> set[str]:
    sorts = [sort for sort in _sorts() if not kinds or sort.get("kind") in kinds]
    return {name for sort in sorts for lang in langs for name in sort[lang]}


@cache
def meant_text(lang: Lang) -> str:
    """A pattern for a text that a question means without its name: "cette circulaire", "het
    document".

    By an article alone only a declaration is meant, or a text of no sort: what stands behind
    another sort may be of its name ("la circulaire sur les barbecues").

    >>> texts = ("dit besluit", "de teksten", "het besluit")
    >>> [bool(re.fullmatch(meant_text("nl"), text)) for text in texts]
    [True, True, False]
    """
    article, this, many = _BEFORE[lang]
    bare = table("sorts")["any"][lang]
    with_article = alternatives([*bare, *_names([lang], ["declaration"])])
    any_sort = alternatives([*bare, *_names([lang])])
    return rf"(?:(?:{article}) (?:{with_article})|(?:{this}) (?:{any_sort}))(?:{many})?"


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


def may_say(title: str, word: str, lang: Lang, title_lang: Lang) -> bool:
    """Does a title say a wider sort than a word means, and none that is as narrow?

    >>> [may_say(t, "kb", "nl", "nl") for t in ("besluit over vlotten", "ministerieel besluit")]
    [True, False]
    """
    all_names = {n for sort in _sorts() for n in sort[title_lang]}
    meant = {n for sort in _sorts() if word in sort[lang] for n in sort[title_lang] if " " in n}
    wider = {n.split()[-1 if title_lang == "nl" else 0] for n in meant} & all_names
    narrow = (n for n in all_names if " " in n)
    says = any(_is_in(name, title, title_lang) for name in wider)
    return says and not any(_is_in(name, title, title_lang) for name in narrow)


def _is_in(name: str, title: str, lang: Lang) -> bool:
    """A Dutch compound ends with it, a French plural has one letter more."""
    before, after = ("", "") if lang == "nl" else (r"(?<!\w)", "s?")
    return re.search(f"{before}{re.escape(name)}{after}(?!\\w)", title) is not None


#: A word for a sort, in folded text.
SORT = {la: f"(?P<sort>{any_of([la])})" for la in LANGS}
#: A text by its sort, in folded text.
SORT_OF_TEXT = {
    "fr": re.compile(rf"\b(?P<compound>){SORT['fr']}(?: (?:d'execution|delegue|cadre))?\b"),
    "nl": re.compile(rf"\b(?P<compound>[^\W\d_]{{3,}}?)??s?{SORT['nl']}\b"),
}

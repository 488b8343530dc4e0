"""The permanent address of a passage: work, language, portion.

It prints and parses as text, and round-trips:

>>> a = Anchor.parse("celex:32016L0680@nl#art_36.par_1")
>>> a.work, a.lang, a.portion
('celex:32016L0680', 'nl', 'art_36.par_1')
>>> str(a)
'celex:32016L0680@nl#art_36.par_1'
>>> str(a.twin())
'celex:32016L0680@fr#art_36.par_1'

Work and portion do not depend on the language, so the same paragraph of an act in
French and in Dutch is found by changing the language alone. Portions of acts follow the
European Legislation Identifier's practice for subdivisions (``art_36.par_1``, ``rct_26``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, get_args

Lang = Literal["fr", "nl"]
LANGS: tuple[Lang, ...] = get_args(Lang)

WORK = re.compile(r"[A-Za-z0-9][A-Za-z0-9:().\-_]*")
PORTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()\-_]*")
_WORD = re.compile(r"[a-z]{3}(?:[_.(]|$)")  # of a level, before its number
_BEFORE_A_WORD = re.compile(rf"\.(?={_WORD.pattern})")
WorkPortion = tuple[str, str]  # a place in a work, the same in either language
WorkLang = tuple[str, Lang]  # a document


def other(lang: Lang) -> Lang:
    """The other of the two languages."""
    return "nl" if lang == "fr" else "fr"


def as_lang(text: str) -> Lang:
    """Narrow a text to a language; ``ValueError`` where it is neither."""
    if text not in LANGS:
        raise ValueError(f"not a language of this project: {text!r} (one of {', '.join(LANGS)})")
    return text


def levels(portion: str) -> list[str]:
    """The levels of a portion, from the widest to the nearest: an article, its paragraph.

    Behind a word, a number may hold dots; where there are no words (in a declaration), each number
    is a level.

    >>> levels("art_II.2-1.par_3"), levels("2.10")
    (['art_II.2-1', 'par_3'], ['2', '10'])
    """
    return _BEFORE_A_WORD.split(portion) if _WORD.match(portion) else portion.split(".")


def parent(portion: str) -> str:
    """The portion one level above; "" for none."""
    return ".".join(levels(portion)[:-1])


def word_at(portion: str, level: int) -> str:
    """The word of a level of a portion, 0 for the widest and -1 for the nearest; "" where that has
    a number alone.

    >>> [word_at("art_36.par_1", level) for level in (0, -1)], word_at("anx(2)", 0)
    (['art', 'par'], 'anx')
    >>> word_at("2.6", -1)
    ''
    """
    found = _WORD.match(levels(portion)[level])
    return found[0][:3] if found else ""


def article_of(place: WorkPortion) -> WorkPortion:
    """The article that a place is in: its work, and the widest level of its portion; outside of
    articles the recital, the annex or the section.

    >>> article_of(("ports", "art_36.par_1")), article_of(("ports", "2.6"))
    (('ports', 'art_36'), ('ports', '2'))
    """
    work, portion = place
    return work, levels(portion)[0]


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """Address of one passage. ``ValueError`` where a part does not have its form."""

    work: str
    lang: Lang
    portion: str

    def __post_init__(self) -> None:
        if not WORK.fullmatch(self.work):
            raise ValueError(f"not the name of a work: {self.work!r}")
        as_lang(self.lang)
        if not PORTION.fullmatch(self.portion):
            raise ValueError(f"not a portion of a work: {self.portion!r}")

    def __str__(self) -> str:
        return f"{self.work}@{self.lang}#{self.portion}"

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """Read what ``str`` printed; ``ValueError`` for anything else."""
        work, at, rest = text.partition("@")
        lang, hash_, portion = rest.partition("#")
        if not (at and hash_):
            raise ValueError(f"not an anchor: {text!r} (work@language#portion)")
        return cls(work, as_lang(lang), portion)

    @property
    def work_portion(self) -> WorkPortion:
        """Work and portion: the same for a passage and its twin."""
        return self.work, self.portion

    @property
    def work_lang(self) -> WorkLang:
        """Work and language: the same for all passages of a document."""
        return self.work, self.lang

    @property
    def top(self) -> str:
        """The widest level of the portion: the article of a paragraph."""
        return levels(self.portion)[0]

    @property
    def is_of_article(self) -> bool:
        """Is it an article, or in one?"""
        return word_at(self.portion, 0) == "art"

    @property
    def is_of_recital(self) -> bool:
        """Is it a recital, or in one?"""
        return word_at(self.portion, 0) == "rct"

    @property
    def article(self) -> WorkPortion:
        """The article that it is in; see :func:`article_of`."""
        return article_of(self.work_portion)

    def twin(self) -> Anchor:
        """The same portion of the same work in the other language."""
        return replace(self, lang=other(self.lang))

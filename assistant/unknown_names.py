"""Names of texts that none goes by that is known, behind the places that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant import sorts
from assistant.empty_words import is_empty
from assistant.named_texts import SMALL_NAME
from assistant.reviewed import table
from assistant.text_leads import OF_NAME, THE_SAME
from index.tokens import words
from sources.anchor import LANGS, Lang
from sources.folding import fold_in_place, letters_alone

if TYPE_CHECKING:
    from assistant.named_texts import NamedTexts
    from index.build import Build
    from sources.references import Reference

#: What leads from a place to the name of its text.
OF_A_NAME = re.compile(rf"[\s,]*{OF_NAME}(?P<word>\w)")
_TO_A_NAME = re.compile(rf"(?:{sorts.any_of(LANGS, sorts.ACTS)})\s+(?:{OF_NAME})?")
_NAME = re.compile(  # with a capital: "directive PEB", "Grondwet", "PEB-richtlijn"
    r"(?P<first>[A-ZÀ-Ý][\w’'-]*)(?:\s+(?:[A-ZÀ-Ý][\w’'-]*|[IVX]+|\d+))*"
)
_REMEMBERED = 1000  # words of which it is known how the texts write them


def capital_name(question: str, start: int) -> re.Match[str] | None:
    """The name with a capital, behind the sort of its text or bare, that stands there."""
    before = _TO_A_NAME.match(fold_in_place(question), start)
    if before and question[start + 1 : before.end()].islower():  # "de La Haye" is a name itself
        return _NAME.match(question, before.end()) or _NAME.match(question, start)
    return _NAME.match(question, start)


class UnknownNames:
    """Finds them, by what the texts that are here are called and by how they write words.

    Args:
        build: The texts that are here.
        texts: What they are called.
    """

    def __init__(self, build: Build, texts: NamedTexts) -> None:
        self._build, self._texts = build, texts
        self._is_a_word = lru_cache(maxsize=_REMEMBERED)(self._is_written_small)

    def behind(
        self, question: str, found: Sequence[Reference], lang: Lang
    ) -> tuple[Sequence[Reference], int] | None:
        """The places that a question names of such a text, and where its name ends; None for none.

        Args:
            question: As it is written.
            found: The references in it.
            lang: Its language.
        """
        if by_abbreviation := self.by_abbreviation(question, found, lang):
            return by_abbreviation
        loose = [r for r in found if r.portion]
        folded = fold_in_place(question)
        m = OF_A_NAME.match(folded, loose[-1].end) if loose else None
        if m is None:
            return None
        if name := capital_name(question, m.start("word")):
            said = name["first"]
        elif name := SMALL_NAME.match(folded, m.start("word")):
            # Where there is one text, "on the data" may be what is asked of its article.
            said = (
                name["compound"]
                or name["first"]
                or ("" if self._texts.known.only_text else name["about"])
            )
        else:
            return None
        content = words(said, lang)
        if all(is_empty(w, lang) or w.written in THE_SAME for w in content):
            return None
        if name.re is SMALL_NAME and name["first"] and len(content) < len(said.split()):
            return None  # a verb and a word that asks ("interdit quoi")
        opening = max(n for n, r in enumerate(loose) if not r.pinpoint or r.pinpoint.opens)
        return loose[opening:], name.end()  # "articles 2 et 3" of it

    def by_abbreviation(
        self, question: str, found: Sequence[Reference], lang: Lang
    ) -> tuple[Sequence[Reference], int] | None:
        """The same, where an abbreviation stands behind the places, and no word in capitals."""
        for r in found:
            if r.of and not self._names_no_text(question[slice(*r.of)], lang):
                return [other for other in found if other.of == r.of], r.of[1]
        return None

    def _names_no_text(self, written: str, lang: Lang) -> bool:
        """Is it a word in capitals ("SVP", "article 6 BATEAUX"), or a sort of text of which some
        are here ("article 2 CCT")?
        """
        folded = fold_in_place(written)
        if letters_alone(folded) in _no_texts() or self._texts.titles.of_sort(folded, lang):
            return True
        return "." not in written and (
            all(is_empty(w, lang) for w in words(written, lang)) or self._is_a_word(written)
        )

    def _is_written_small(self, word: str) -> bool:
        """Does any text that is here write a word in small letters, or with its first one large?"""
        if not word.isupper():
            return False
        pattern = re.compile(rf"(?<!\w)(?:{word.lower()}|{word.capitalize()})(?!\w)")
        return any(pattern.search(p.text) for p in self._build.passages)


@cache
def _no_texts() -> frozenset[str]:
    return frozenset(word for words_of in table("no_texts").values() for word in words_of)

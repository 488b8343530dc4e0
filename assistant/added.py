"""What a follow-up adds to the question before it: the same, asked of another thing.

"Et pour un mineur ?", "en in Gent?" name a thing and nothing more. The text, and the list or the
table, are those that were spoken of; an answer speaks of that thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import message
from assistant.empty_words import is_empty
from assistant.literal import asks_yes_or_no, wanted
from assistant.message import ELIDED, LEADS
from assistant.word_match import has_word, overlaps
from index.query import Query
from index.tokens import Word, words
from sources.anchor import parent, word_at
from sources.folding import fold_in_place
from sources.numbering import ORDINAL_WORD
from sources.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.glossary import Glossary
    from sources.anchor import Anchor, Lang
    from sources.model import Passage

_LED: dict[Lang, re.Pattern[str]] = {  # what refers back is no other thing
    "fr": re.compile(
        rf"(?:et|ou) (?P<led>(?:(?:{'|'.join(LEADS['fr'])}) |{ELIDED} ?)*)"
        r"(?!ce(?:t|tte|s|lui|lle|lles|ux)?\b)"
    ),
    "nl": re.compile(
        rf"(?:en|of) (?P<led>(?:(?:{'|'.join(LEADS['nl'])}) )*)(?!(?:deze|die|dit|dat)\b)"
    ),
}
_ARTICLE = re.compile(r"(?:(?:le|la|les|un|une|de|het|een) |l['’] ?)?")
_MOST = 3  # content words of a thing; with more there is likely a verb among them
_NUMBER = re.compile(rf"{NUMBER_WORDS}|{ORDINAL_WORD}")
_ITEMS = {"row", "pnt", "blt"}  # words of the rows of a table and the points of a list


@dataclass(frozen=True, slots=True)
class Added:
    """A thing that a follow-up names, and no more.

    Attributes:
        text: As typed.
        words: Its content words that the question before does not have.
    """

    text: str
    words: tuple[Word, ...]


def read(text: str, lang: Lang, before: Query) -> Added | None:
    """The thing that a message adds to the question before it; None for any other message.

    Numbers are none: that a passage has another is told elsewhere. "Et le délai ?" asks something
    of what was spoken of, "et pour les communes ?" names a thing.
    """
    led = _LED[lang].match(fold_in_place(text))
    thing = text[led.end() :].strip(" ?.!") if led else ""
    if led is None or not (led["led"] or thing[:1].isupper()):
        return None
    query = Query.of(thing, lang)
    if query.figures or message.asks(thing, lang) or asks_yes_or_no(query):
        return None
    if not query.names and wanted(query) and _ARTICLE.fullmatch(led["led"]):
        return None
    said = {w.stem for w in before.words}
    new = [w for w in query.words if not (is_empty(w, lang) or _NUMBER.fullmatch(w.written))]
    new = [w for w in new if w.stem not in said and len(w.written) > 1]
    return Added(thing, tuple(new)) if new and len(query.words) <= _MOST else None


def speaks_of(
    passage: Passage, added: Added, lang: Lang, glossary: Glossary, names: Iterable[str] = ()
) -> bool:
    """Does a passage, or do its headings, have a word of what was added, or its translation?

    True too where that cannot be told: it is not there in that language, and the glossary has none
    of the words.

    Args:
        passage: Looked through.
        added: What was added.
        lang: Language of its words.
        glossary: Other names of the same thing.
        names: Of the text that the passage is in.
    """
    names = " ".join(names)
    if any(_has(added, words(f"{names} {said}", lang)) for said in passage.all_texts(lang)):
        return True
    known = lang in passage.texts
    for other in passage.texts:
        said = [w for text in passage.all_texts(other) for w in words(text, other)]
        for word in added.words:
            translated = glossary.translate((word,), lang, other)
            known |= bool(translated)
            if any(word.stem == w.stem for w in said) or any(
                all(_has(Added(name, (w,)), said) for w in words(name, other))
                for name in translated
            ):
                return True
    return not known


def _has(added: Added, have: Iterable[Word]) -> bool:
    """Are there the words, be it within a longer one ("katten" in "kattenpension")?"""
    have = tuple(have)
    return any(has_word(have, w, overlaps) for w in added.words)


def is_beside(one: Anchor, other: Anchor) -> bool:
    """Are two passages rows of one table, or points of one list?"""
    words = {word_at(a.portion, -1) for a in (one, other)}
    around = {(a.work, parent(a.portion)) for a in (one, other)}
    return len(words) == len(around) == 1 and words <= _ITEMS

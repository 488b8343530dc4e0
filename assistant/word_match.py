"""Whether a text has a word of a question: in another form, in a longer word, or misspelled.

Words are compared as :mod:`index.tokens` has them, folded and stemmed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches

from index.tokens import Word

_PART = 5  # letters of a word of a question that a longer one of a text may have in it
_OF_COMPOUND = 6  # letters of a word of a text that a longer one of a question may have in it
_ALIKE = 0.8  # likeness of two words of which one is the other misspelled (difflib)
_ENOUGH = 1 / 3  # of the words of a question that a passage which speaks of it has


def is_part(asked: str, said: str) -> bool:
    """Is a word of a question within one of a text?

    >>> is_part("katten", "kattenpension"), is_part("kaai", "noordkaai")
    (True, False)
    """
    return len(asked) >= _PART and asked in said


def begins(asked: str, said: str) -> bool:
    """Does a word of a text begin with one of a question?

    >>> begins("corruptie", "corruptiebestrijding"), begins("bestrijding", "corruptiebestrijding")
    (True, False)
    """
    return len(asked) >= _PART and said.startswith(asked)


def has_part(asked: str, said: str) -> bool:
    """Is a word of a text within one of a question?

    >>> has_part("kattenpension", "pension"), has_part("noordkade", "kade")
    (True, False)
    """
    return len(said) >= _OF_COMPOUND and said in asked


def overlaps(asked: str, said: str) -> bool:
    """Is one of two words within the other?"""
    return is_part(asked, said) or has_part(asked, said)


def has_word(
    have: Iterable[Word], word: Word, in_longer: Callable[[str, str], bool] = is_part
) -> bool:
    """Is a word of a question among those of a text, in whatever form, or within a longer one?

    Args:
        have: The words of the text.
        word: The word of the question.
        in_longer: How a word of a question may be in one of a text, both as they are written.
    """
    return any(h.stem == word.stem or in_longer(word.written, h.written) for h in have)


def is_misspelled(word: str, have: Collection[str]) -> bool:
    """Is a word like one of some others, but for a letter or two?"""
    return bool(get_close_matches(word, have, 1, _ALIKE))


def resembles(word: str, have: Collection[str]) -> bool:
    """Is a word of a question like one of a text, or is one of these a part of it?

    >>> [resembles(w, {"pension"}) for w in ("hondenpension", "pensoin", "vlot")]
    [True, True, False]
    """
    return any(has_part(word, h) for h in have) or is_misspelled(word, have)


def has_enough(have: Collection[str], wanted: Collection[str]) -> bool:
    """Are enough of the stems of a question among those of a passage for it to speak of that?"""
    return sum(stem in have for stem in wanted) >= len(wanted) * _ENOUGH

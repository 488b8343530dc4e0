"""Does a written sentence say what the passages that it cites say?

A sentence of a language model is shown only where it is a sentence of its passages with words left
out: no word of its own, none in another place. What leaving out can still turn round is kept by
rule: every word that denies, demands, allows, makes a condition or says that something is only
wished or thought (``data/claims.toml``). Nothing is learned or guessed: a measure of likeness lets
through what is near and wrong (decision 0016), and a wrong sentence is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.language import detect
from assistant.message import is_order
from assistant.reviewed import patterns_by_sort
from index.sentences import sentences
from index.tokens import stem
from sources.anchor import LANGS, Lang
from sources.folding import fold

if TYPE_CHECKING:
    from index.build import Build
    from sources.anchor import Anchor
    from sources.model import Passage

_FEWEST, _LONGEST = 3, 400  # words and characters of a sentence
_SIGNS = re.compile(r"[\[\]<>{}|`*_#\\~^@=]|://|\bwww\.|\b[\w-]{3,}\.[a-z]{2,}\b", re.IGNORECASE)
_KEPT = ("not", "denial", "duty", "leave", "condition", "attitude")
_WORD = re.compile(r"\w+")
_REMEMBERED = 128  # passages whose sentences are kept


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as it is compared.

    Attributes:
        stems: Of all its words, in their order.
        kept: What may not be left out, as it stands there.
    """

    stems: tuple[str, ...]
    kept: tuple[str, ...]

    @classmethod
    def of(cls, text: str, lang: Lang) -> _Said:
        """Read a sentence."""
        folded, patterns = fold(text), _patterns(lang)
        return cls(
            tuple(stem(w, lang) for w in _WORD.findall(folded)),
            tuple(m[0] for sort in _KEPT for m in patterns[sort].finditer(folded)),
        )

    def has_all_of(self, short: _Said) -> bool:
        """Are all words of the other among these, in the same order?"""
        left = iter(self.stems)
        return all(s in left for s in short.stems)  # each search goes on behind the last


def departure(text: str, lang: Lang, evidence: Sequence[str]) -> str | None:
    """How a sentence departs from all sentences of some texts of its language.

    Returns:
        "words" where it is none of them with words left out; "sense" where what was left out may
        turn it round; None where it departs in nothing.

    >>> departure("La pêche est permise.", "fr", ["La pêche à pied est permise en mai."])
    >>> departure("La pêche est permise.", "fr", ["La pêche est permise, sauf en mai."])
    'sense'
    """
    return _departure(_Said.of(text, lang), [s for e in evidence for s in _read(e, lang)])


def _departure(own: _Said, said: Sequence[_Said]) -> str | None:
    longer = [s for s in said if s.has_all_of(own)]
    if not longer:
        return "words"
    return "sense" if all(s.kept != own.kept for s in longer) else None


def _read(text: str, lang: Lang) -> list[_Said]:
    return [_Said.of(text[a:b], lang) for a, b in sentences(text, lang)]


class ClaimChecker:
    """Checks sentences against the passages of one build."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._sentences = lru_cache(maxsize=_REMEMBERED)(
            lambda anchor, lang: _read(build.by_anchor[anchor].in_context(lang), lang)
        )

    def fault(self, text: str, lang: Lang, cited: Sequence[Passage]) -> str | None:
        """Why a sentence is not shown, in a word for the log; None where it is.

        Args:
            text: The sentence.
            lang: Language of the answer.
            cited: The passages that it rests on, each with a text in that language.
        """
        said = [s for key in self._texts(cited, lang) for s in self._sentences(*key)]
        if not said or not all(map(self.is_evidence, cited)):
            return "passages"
        if not _is_prose(text):
            return "form"
        if detect(text, lang, self._build.knows) != (lang, True):
            return "language"
        return _departure(_Said.of(text, lang), said)

    def is_evidence(self, passage: Passage) -> bool:
        """May sentences rest on a passage? On none that gives orders or speaks to its reader, as
        no official text does: whatever it says besides, it is not to be trusted with.
        """
        return not any(
            _is_addressed("\n".join((text, *version.headings_in(la))))
            for version in self._versions(passage)
            for la, text in version.texts.items()
        )

    def _texts(self, passages: Sequence[Passage], lang: Lang) -> list[tuple[Anchor, Lang]]:
        """Where passages have a text in a language, official or working."""
        versions = (v for p in passages for v in self._versions(p) if lang in v.texts)
        return [(anchor, lang) for anchor in dict.fromkeys(v.anchor for v in versions)]

    def _versions(self, passage: Passage) -> list[Passage]:
        """A passage and its official text in the other language, where there is one."""
        return [p for p in (passage, self._build.twin(passage.anchor)) if p is not None]


def _is_prose(text: str) -> bool:
    """Is a text one plain sentence that speaks to nobody: no markup, link, number in brackets?"""
    return (
        len(text.split()) >= _FEWEST
        and len(text) <= _LONGEST
        and not _SIGNS.search(text)
        and all(unicodedata.category(c)[0] in "LNPZ" or c in "%€°+" for c in text)
        and not any(unicodedata.category(c) in ("Zl", "Zp") for c in text)
        and not text.rstrip().endswith("?")
        and not _is_addressed(text)
    )


@cache
def _patterns(lang: Lang) -> dict[str, re.Pattern[str]]:
    return patterns_by_sort("claims")[lang]


def _is_addressed(text: str) -> bool:
    """Does a text tell somebody what to write, or speak to its reader, in either language?"""
    folded = fold(text)
    return is_order(text) or any(
        _patterns(la)[sort].search(folded) for la in LANGS for sort in ("order", "reader")
    )

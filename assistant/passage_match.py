"""What passages say of the words, the things and the texts that a question names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.empty_words import empty_words, is_empty
from assistant.literal import moments
from assistant.word_match import begins, has_enough, has_word, resembles
from index.tokens import stems, stems_of, words
from sources.anchor import Lang

if TYPE_CHECKING:
    from assistant.mention import Mention
    from assistant.mentions import Mentions
    from assistant.question import Question
    from sources.model import Passage

_DAY_BEHIND = 80  # characters after the number of a text in which its day may stand


class PassageMatcher:
    """Compares passages with what a question names."""

    def __init__(self, mentions: Mentions) -> None:
        self._known, self._references = mentions.known, mentions.texts.references

    def has_words(
        self, passage: Passage, subject: str | None, lang: Lang, *, things: bool = False
    ) -> bool:
        """Does the text of a passage, in a language, have every word of a subject?

        A longer word that begins with one counts ("corruptie" in "corruptiebestrijding"). With
        ``things`` the agreement, the measure that is asked for is such a word, unless it is a name
        of the text.
        """
        if not subject:
            return False
        empty = empty_words(lang)
        counted = empty.things - self._known.name_stems(passage.anchor.work, lang) if things else ()
        wanted = [w for w in words(subject, lang) if w not in empty or w.stem in counted]
        have = words(passage.texts.get(lang, ""), lang)
        return bool(wanted) and all(has_word(have, w, begins) for w in wanted)

    def is_unrelated(self, thing: str, nearest: Passage, lang: Lang) -> bool:
        """Has the passage that is nearest to a thing no word of it, not even misspelled or as a
        part of a longer one?
        """
        wanted = [w for w in words(thing, lang) if not is_empty(w, lang)]
        have = {w.written for text in nearest.texts.values() for w in words(text, lang)}
        return bool(wanted) and not any(resembles(w.written, have) for w in wanted)

    def under_theme(self, question: Question, passages: Sequence[Passage]) -> list[Passage]:
        """The passages whose heading has every word that a question asks about."""
        lang = question.lang
        found = []
        for p in passages:
            rest = question.theme - self._known.name_stems(p.anchor.work, lang)
            headings = p.headings_in(lang)
            if rest and headings and rest <= stems(headings[-1], lang):
                found.append(p)
        return found

    def names(self, passage: Passage, mention: Mention) -> bool:
        """Does a passage name the text, and the place in it, that a question names?"""
        asked = {r for p in mention.places if p.work == mention.work for r in p.pinpoint.readings}
        return any(
            r.work == mention.work and (not asked or asked.intersection(r.readings))
            for r in self._references(passage.text)
        )

    def dates(self, passage: Passage, mention: Mention) -> bool:
        """Does a passage say, with the name of a text, of what day it is?"""
        text = passage.text
        named = (r for r in self._references(text) if r.work == mention.work)
        return any(
            key[2]
            for r in named
            for *_, key in moments(text[r.start : r.end + _DAY_BEHIND].partition(";")[0])
        )

    def asks_inside(self, mention: Mention, passage: Passage, lang: Lang) -> bool:
        """Would an answer need the text itself, and not the passage that mentions it?

        It would where the passage does not name the text, and the article that the question names
        of it, or has few of the other words of the question.
        """
        if not self.names(passage, mention):
            return True
        if not mention.rest:
            return False
        return not self.speaks_of(mention, [passage], lang)

    @staticmethod
    def speaks_of(mention: Mention, passages: Sequence[Passage], lang: Lang) -> bool:
        """Do passages have enough of the other words of the question?"""
        texts = [text for p in passages for text in (p.text, *p.headings)]
        for p in passages:
            texts += [p.working.text, *p.working.headings] if p.working else []
        return has_enough(stems_of(texts, lang), mention.rest)

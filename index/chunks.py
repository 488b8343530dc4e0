"""From passages to what is embedded.

A passage has one view in its own language and, where there is a working translation, one in
the other. A view gives one chunk or, when it is long, several; a chunk never spans two
passages. Its id is the anchor, the language of the view and a number: the same in each build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sources.anchor import Anchor, Lang
from sources.model import Passage

VERSION = "2"
WORDS = 180  # about 300 tokens of French or Dutch legal text: below the model's 512 with room
_BREAK = re.compile(r"\n|(?<=[.;:!?])\s+(?=\S)")


@dataclass(frozen=True)
class Chunk:
    """What is embedded and searched.

    Attributes:
        anchor: The passage it stands for.
        lang: Language of the view: not always that of the passage.
        number: Place among the chunks of its view, from 0.
        text: Words of the view; its vector is of these alone.
        context: Nearest heading and introductory words; token vectors and lexical search read
            them before the text.
    """

    anchor: Anchor
    lang: Lang
    number: int
    text: str
    context: str

    @cached_property
    def id(self) -> str:
        """Permanent id, unique in a build."""
        return f"{self.anchor}~{self.lang}~{self.number}"

    @property
    def embedded(self) -> str:
        """The text in its context."""
        return f"{self.context}\n{self.text}" if self.context else self.text


def chunks(passage: Passage) -> Iterator[Chunk]:
    """The chunks of all views of a passage."""
    own = passage.anchor.lang
    yield from _view(passage, own, passage.text, passage.headings, passage.lead)
    if passage.working:
        w = passage.working
        yield from _view(passage, w.lang, w.text, w.headings, "")


def _view(
    passage: Passage, lang: Lang, text: str, headings: tuple[str, ...], lead: str
) -> Iterator[Chunk]:
    heading = re.sub(r"^\d+\.\s+", "", headings[-1]) if headings else ""
    context = ". ".join(part for part in (heading, lead) if part)
    for number, piece in enumerate(_pieces(text)):
        yield Chunk(passage.anchor, lang, number, piece, context)


def _pieces(text: str) -> list[str]:
    """Text in pieces of at most ``WORDS`` words, cut at lines and sentences where possible."""
    if len(text.split()) <= WORDS:
        return [text]
    pieces: list[str] = []
    current: list[str] = []
    for sentence in _BREAK.split(text):
        words = sentence.split()
        if current and len(current) + len(words) > WORDS:
            pieces.append(" ".join(current))
            current = []
        while len(words) > WORDS:
            pieces.append(" ".join(words[:WORDS]))
            words = words[WORDS:]
        current += words
    return [*pieces, " ".join(current)] if current else pieces

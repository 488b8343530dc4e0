"""What is marked in a text: the sentence that answers, and in it the words that do so literally."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.answer import KeySentence
    from sources.anchor import Lang

Mark = Literal["plain", "key", "literal"]


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A run of a text: plain, of its key sentence, or what answers literally."""

    text: str
    sort: Mark = "plain"


def marked(text: str, lang: Lang, key: KeySentence | None) -> list[MarkedPiece]:
    """A text in runs, with its key sentence marked; all runs together are the text.

    Nothing is marked where the key sentence is of another language or of another version of the
    text; and what answers literally alone, where it is all of the text.
    """
    if key is None or key.lang != lang:
        return [MarkedPiece(text)] if text else []
    end = key.start + len(key.text)
    if text[key.start : end] != key.text:
        return [MarkedPiece(text)] if text else []
    sort: Mark = "plain" if key.text == text.strip() else "key"
    found = (MarkedPiece(text[: key.start]), *in_sentence(key, sort), MarkedPiece(text[end:]))
    return [p for p in found if p.text]


def in_sentence(key: KeySentence, sort: Mark = "plain") -> Iterator[MarkedPiece]:
    """The key sentence in runs: what answers literally, and the rest of it as ``sort``."""
    last = 0
    for start, end in key.marks:
        yield MarkedPiece(key.text[last:start], sort)
        yield MarkedPiece(key.text[start:end], "literal")
        last = end
    yield MarkedPiece(key.text[last:], sort)

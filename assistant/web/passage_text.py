"""The text of a passage in pieces: references are links, the rest is plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from pathlib import Path
from typing import Literal

from assistant import render
from assistant.corrections import Corrections
from assistant.key_data import KeyData
from assistant.links import Link, links
from assistant.mentions import Mentions
from assistant.web.marks import Mark, MarkedPiece
from assistant.web.markup import host, safe_link
from assistant.web.strings import say
from index.build import Build
from index.superseded import SupersededPassage, versions
from sources.anchor import Anchor, Lang
from sources.model import Passage


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A run of a passage's text.

    Attributes:
        text: The run, as stored; all runs together are the whole text.
        kind: Plain; a link to an indexed passage; a link to an official site; or a reference
            to a text that is known and neither indexed nor found at an address of the catalogue.
        target: Anchor or address it leads to.
        title: Where it leads, in the language of the reader.
        mark: Is it of the key sentence, or what answers literally?
    """

    text: str
    kind: Literal["plain", "passage", "official", "known"] = "plain"
    target: str = ""
    title: str = ""
    mark: Mark = "plain"


@dataclass(frozen=True, slots=True)
class Texts:
    """What the reading pane reads from.

    Attributes:
        build: The build in use.
        mentions: Finds references in texts.
        hosts: Where links may lead to.
        pictured: Texts (work, language) whose pages can be shown as pictures.
        data: The data folder, for passages that the build no longer has; none where None.
        reworded: Addresses at which something else was before; None to look for each.
        key_data: What the texts name; None to show nothing of that.
        corrections: Which corrigenda correct what; None to show nothing of that.
    """

    build: Build
    mentions: Mentions
    hosts: frozenset[str]
    pictured: frozenset[tuple[str, Lang]] = frozenset()
    data: Path | None = None
    reworded: frozenset[str] | None = None
    key_data: KeyData | None = None
    corrections: Corrections | None = None

    def corrected_by(self, passage: Passage) -> list[Passage]:
        """The points of corrigenda that correct a passage."""
        return self.corrections.of(passage) if self.corrections else []

    def superseded(self, anchor: str) -> SupersededPassage | None:
        """What was at an address before, the newest; None where nothing is known of it."""
        found = versions(self.data, anchor.strip()) if self.data else []
        return found[0] if found else None

    def earlier(self, passage: Passage) -> list[SupersededPassage]:
        """What a passage said before, newest first."""
        anchor = str(passage.anchor)
        if self.data is None or (self.reworded is not None and anchor not in self.reworded):
            return []
        return [f for f in versions(self.data, anchor) if f.passage.text != passage.text]

    def pieces(self, passage: Passage, lang: Lang) -> list[TextPiece]:
        """The text of a passage for a reader of ``lang``."""
        found: list[TextPiece] = []
        text, last = passage.text, 0
        for link in links(self.build, self.mentions, passage):
            found.append(TextPiece(text[last : link.start]))
            found.append(self._piece(text[link.start : link.end], link, lang))
            last = link.end
        return [p for p in (*found, TextPiece(text[last:])) if p.text]

    def _piece(self, text: str, link: Link, lang: Lang) -> TextPiece:
        if link.anchor:
            target = self.build.by_anchor[Anchor.parse(link.anchor)]
            title = say(lang, "reading.open_name", locator=render.locator(self.build, target, lang))
            return TextPiece(text, "passage", link.anchor, title)
        name = self.mentions.known.short(link.work, lang)
        if url := safe_link(link.url, self.hosts):
            return TextPiece(
                text, "official", url, say(lang, "reading.outside", name=name, host=host(url))
            )
        return TextPiece(text, "known", title=say(lang, "reading.not_indexed", name=name))


def with_marks(pieces: Sequence[TextPiece], marks: Sequence[MarkedPiece]) -> Iterator[TextPiece]:
    """The pieces of a text, cut where what is marked in the same text begins and ends."""
    ends = list(accumulate(len(m.text) for m in marks))
    start = 0
    for piece in pieces:
        last, end = start, start + len(piece.text)
        for mark, cut in zip(marks, ends, strict=True):
            if last < (to := min(cut, end)):
                yield replace(piece, text=piece.text[last - start : to - start], mark=mark.sort)
                last = to
        start = end


def runs(pieces: Sequence[TextPiece]) -> list[tuple[Mark, list[TextPiece]]]:
    """The pieces that follow one another and are marked alike, together."""
    return [(mark, list(run)) for mark, run in groupby(pieces, key=lambda piece: piece.mark)]

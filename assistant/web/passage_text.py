"""The text of a passage in pieces: references are links, the rest is plain text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant import render
from assistant.corrections import Corrections
from assistant.key_data import KeyData
from assistant.links import Link, links
from assistant.mentions import Mentions
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
    """

    text: str
    kind: Literal["plain", "passage", "official", "known"] = "plain"
    target: str = ""
    title: str = ""


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
        name = self.mentions.short(link.work, lang)
        if url := safe_link(link.url, self.hosts):
            return TextPiece(
                text, "official", url, say(lang, "reading.outside", name=name, host=host(url))
            )
        return TextPiece(text, "known", title=say(lang, "reading.not_indexed", name=name))

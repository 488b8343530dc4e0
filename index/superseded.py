"""Passages that a build no longer has, or has in other words: kept readable, never searched.

A link to a passage is written into notes and files; it has to lead somewhere after the passage
has gone. Before a build gives way to another, what the other does not have is appended here, one
JSON object a line. Nothing in this file is ever embedded, found or cited.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.manifest import Entry, told_apart
from sources.anchor import Anchor
from sources.bilingual import Bilingual
from sources.folding import fold
from sources.model import Passage

NAME = "former.jsonl"
_ALIKE = 0.5  # share of words in common from which a passage may be what replaced another


class SupersededPassage(BaseModel):
    """A passage as it was.

    Attributes:
        anchor: Its address, as text.
        passage: As it was stored.
        short: Name of its source in both languages.
        date: Date of the text it was in, "" where none is known.
        until: Moment it left the index (UTC, ISO 8601).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    anchor: str
    passage: Passage
    short: Bilingual
    date: str
    until: str

    @property
    def locator(self) -> Bilingual:
        """Its place, with the name of its source."""
        place = self.passage.locator
        return Bilingual(f"{self.short.fr}, {place.fr}", f"{self.short.nl}, {place.nl}")


def keep(
    data: Path, documents: Sequence[Entry], before: Iterable[Passage], now: Sequence[Passage]
) -> int:
    """Append the passages that are gone or changed; how many.

    Args:
        data: The data folder.
        documents: Those of the build that gives way.
        before: Its passages.
        now: The passages of the build that comes.
    """
    texts = {p.anchor: p.text for p in now}
    entries = {(d.work, d.lang): d for d in told_apart(documents)}
    until = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [
        _line(p, entries[p.anchor.work_lang], until)
        for p in before
        if texts.get(p.anchor) != p.text
    ]
    if lines:
        with (data / NAME).open("ab") as file:
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
    return len(lines)


def _line(passage: Passage, entry: Entry, until: str) -> bytes:
    former = SupersededPassage(
        anchor=str(passage.anchor), passage=passage, short=entry.short, date=entry.date, until=until
    )
    return b"\n" + former.model_dump_json().encode("utf-8") + b"\n"  # after half a line, a new one


def versions(data: Path, anchor: str) -> list[SupersededPassage]:
    """Former texts at an address, newest first, each text once; broken lines are left out."""
    found: dict[str, SupersededPassage] = {}
    for former in _lines(data / NAME, anchor):
        found.pop(former.passage.text, None)
        found[former.passage.text] = former
    return list(found.values())[::-1]


def anchors(data: Path) -> frozenset[str]:
    """Addresses at which something else was before."""
    return frozenset(former.anchor for former in _lines(data / NAME))


def _lines(path: Path, anchor: str | None = None) -> Iterator[SupersededPassage]:
    """The lines of an address, oldest first; all where None."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    wanted = (anchor or "").encode("utf-8", "replace")
    with file:
        for line in file:
            if wanted not in line:
                continue
            try:
                former = SupersededPassage.model_validate_json(line)
            except ValidationError:
                continue
            if anchor in (None, former.anchor):
                yield former


def successor(former: SupersededPassage, now: Iterable[Passage]) -> Anchor | None:
    """The passage that most likely replaced a former one: of the same text, with most in common.

    None where the source is gone, or nothing in it shares half of the words.
    """
    was = former.passage
    words = set(fold(was.text).split())
    best, share = None, _ALIKE
    for p in now:
        if p.anchor.work_lang != was.anchor.work_lang:
            continue
        have = set(fold(p.text).split())
        alike = len(words & have) / max(len(words | have), 1)
        if p.anchor == was.anchor:
            return p.anchor
        if alike >= share:
            best, share = p.anchor, alike
    return best

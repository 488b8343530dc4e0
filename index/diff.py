"""What differs between two builds, passage by passage and word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from index.build import read_passages
from sources.model import Passage

Change = Literal["added", "changed", "removed"]
PartKind = Literal["same", "removed", "added"]
_MARKS: dict[PartKind, str] = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One passage that is not the same in both builds.

    Attributes:
        anchor: Its address.
        change: What happened to it.
        words: Its words; in a changed one ``[-old-]`` and ``{+new+}`` mark what differs.
    """

    anchor: str
    change: Change
    words: str


def compare(old: Path, new: Path) -> Iterator[Difference]:
    """Differences from one build folder to another, in the reading order of the new one."""
    before = {p.anchor: p for p in read_passages(old)}
    after = {p.anchor: p for p in read_passages(new)}
    for anchor, passage in after.items():
        if anchor not in before:
            yield Difference(str(anchor), "added", passage.text)
        elif before[anchor] != passage:
            yield Difference(str(anchor), "changed", _changed(before[anchor], passage))
    for anchor, passage in before.items():
        if anchor not in after:
            yield Difference(str(anchor), "removed", passage.text)


def _changed(old: Passage, new: Passage) -> str:
    if old.text != new.text:
        return words(old.text, new.text)
    if old.working != new.working:
        return words(
            old.working.text if old.working else "", new.working.text if new.working else ""
        )
    if old.headings != new.headings:
        return words(" › ".join(old.headings), " › ".join(new.headings))
    pairs = ((f.name, str(getattr(old, f.name)), str(getattr(new, f.name))) for f in fields(new))
    return "; ".join(f"{name}: {words(a, b)}" for name, a, b in pairs if a != b)


def words(old: str, new: str) -> str:
    """Word-level difference.

    >>> words("quatre ans au plus", "cinq ans au plus")
    '[-quatre-] {+cinq+} ans au plus'
    """
    return " ".join(
        _MARKS[kind].format(" ".join(part)) for kind, part in parts(old.split(), new.split())
    )


def parts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[PartKind, Sequence[str]]]:
    """Both sequences cut into what is the same and what is only in one, in reading order.

    >>> list(parts(["a", "b"], ["a", "c"]))
    [('same', ['a']), ('removed', ['b']), ('added', ['c'])]
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "same", old[a:b]
            continue
        if a < b:
            yield "removed", old[a:b]
        if c < d:
            yield "added", new[c:d]

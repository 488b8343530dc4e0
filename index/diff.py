"""What differs between two builds, passage by passage and word by word."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from index.build import read_passages
from sources.model import Passage

Change = Literal["added", "changed", "removed"]


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
    a, b = old.split(), new.split()
    out: list[str] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            out += a[i:j]
            continue
        if i < j:
            out.append(f"[-{' '.join(a[i:j])}-]")
        if k < m:
            out.append(f"{{+{' '.join(b[k:m])}+}}")
    return " ".join(out)

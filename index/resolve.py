"""From a reference (work and portion) to the passages of a build that it means."""

from __future__ import annotations

from index.build import Build
from sources.anchor import Anchor, Lang, other
from sources.model import Passage


def resolve(build: Build, work: str, portion: str, lang: Lang) -> list[Passage]:
    """Passages of a portion, in reading order; empty where the work has no such portion.

    A portion that is larger than a passage (an article of several paragraphs) gives all of its
    passages; one that is smaller (a point of a paragraph) gives the passage that holds it. The
    official text in ``lang`` is preferred.
    """
    steps = portion.split(".")
    for end in range(len(steps), 0, -1):
        wanted = ".".join(steps[:end])
        for la in (lang, other(lang)):
            if found := _within(build, work, la, wanted):
                return found
        if not steps[end - 1].startswith("pnt_"):  # only a point may be inside a passage
            return []
    return []


def _within(build: Build, work: str, lang: Lang, portion: str) -> list[Passage]:
    anchor = Anchor(work, lang, portion)
    own = [build.by_anchor[anchor]] if anchor in build.by_anchor else []
    below = [p for p in build.document(work, lang) if p.anchor.portion.startswith(f"{portion}.")]
    return own + [p for p in below if p not in own]

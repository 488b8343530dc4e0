"""How a person cites the places of a text."""

from __future__ import annotations

from collections.abc import Sequence

from sources.anchor import Lang
from sources.locator import locator, steps_of
from sources.pinpoints import numbers_between


def cited(portion: str, lang: Lang) -> str:
    """How a person cites a portion: "art. 3, § 2"."""
    return locator(steps_of(portion))[lang] or portion


def cited_together(portions: Sequence[str], lang: Lang) -> list[str]:
    """How a person cites places, those that follow each other as one.

    >>> cited_together(["art_6", "art_7", "art_9"], "fr")
    ['art. 6–7', 'art. 9']
    """
    found: list[list[str]] = []
    for portion in portions:
        if found and numbers_between(found[-1][-1], portion) == [found[-1][-1], portion]:
            found[-1].append(portion)
        else:
            found.append([portion])
    last = (steps_of(group[-1])[-1].number for group in found)
    return [
        cited(group[0], lang) + (f"–{number}" if len(group) > 1 else "")
        for group, number in zip(found, last, strict=True)
    ]

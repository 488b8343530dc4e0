"""A part of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.tokens import Word
    from sources.anchor import Lang


@dataclass(frozen=True, slots=True)
class Section:
    """All passages under one heading, or of one numbered point or row.

    Attributes:
        work: The work.
        path: Headings in the language of its first document, the widest first.
        label: Its number or letter in lower case; empty where it has none.
        unit: What it calls itself ("chapitre"), in French; empty where it does not.
        called: Words by which it calls itself that are no such unit ("actie", "mesure").
        title: Words of its heading without its number, by language.
        headings: Its heading, by language.
        above: Stems of the headings over it.
        is_point: Is it a point, and not what stands under a heading?
        portions: In reading order.
    """

    work: str
    path: tuple[str, ...]
    label: str = ""
    unit: str = ""
    called: frozenset[str] = frozenset()
    title: dict[Lang, tuple[Word, ...]] = field(default_factory=dict, compare=False)
    headings: dict[Lang, str] = field(default_factory=dict, compare=False)
    above: frozenset[str] = frozenset()
    is_point: bool = False
    portions: list[str] = field(default_factory=list, compare=False)

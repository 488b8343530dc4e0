"""What parts of a text are called: "chapitre IV", "afdeling 2"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.part_labels import COUNTED, NUMBER
from assistant.reviewed import table
from sources.anchor import LANGS, Lang
from sources.folding import alternatives

#: The number of a part, in a folded question: a pattern.
LABEL = rf"(?P<label>{NUMBER})(?![\w.,/]*\d|[\w’'])"


@dataclass(frozen=True, slots=True)
class PartUnits:
    """Names of the parts of a text in a language.

    Attributes:
        french: The French name of each, by which they are compared; "" of those that mean any.
        pattern: One of them, and the number after it if any.
        numbered: Words for any passage that has a number ("considérant"), said with it.
        beside: Words that ask for a part and are not of its name.
        opening: Words that mean the part that a text begins with.
        last: Words for the last part.
    """

    french: dict[str, str]
    pattern: re.Pattern[str]
    numbered: frozenset[str]
    beside: frozenset[str]
    opening: frozenset[str]
    last: frozenset[str]

    @classmethod
    def of(cls, names: dict[str, list[str]]) -> PartUnits:
        """Those of a language, from ``data/units.toml``."""
        others = {key: frozenset(names[key]) for key in ("numbered", "beside", "opening", "last")}
        french = {
            name: ("" if unit == "any" else unit)
            for unit, written in names.items()
            if unit not in others
            for name in written
        }
        pattern = re.compile(
            rf"(?<![\w-])(?P<unit>{alternatives(french)})(?!\w)(?:{COUNTED}{LABEL})?"
        )
        return cls(french, pattern, **others)


@cache
def part_units() -> dict[Lang, PartUnits]:
    """Those of each language, read once."""
    return {la: PartUnits.of(table("units")[la]) for la in LANGS}

"""What a reader leaves out, and what it cannot read: told in numbers, and on the passage."""

from __future__ import annotations

from dataclasses import dataclass, field

from sources.locale import bilingual
from sources.structure.blocks import squeezed

PICTURE = bilingual("doubt.picture")
FORMULA = bilingual("doubt.formula")
UNKNOWN = bilingual("doubt.unknown")
STRUCK = bilingual("doubt.struck")
CROSSED = bilingual("doubt.crossed")
COVERED = bilingual("doubt.covered")
DRAWN = bilingual("doubt.drawn")
CHANGED = bilingual("doubt.changed")
FORM = bilingual("doubt.form")
NUMBER = bilingual("doubt.number")
LAID_OUT = bilingual("doubt.laid_out")
LINES = bilingual("doubt.lines")
NESTED = bilingual("doubt.nested")
PAGE = bilingual("doubt.page")

_SHOWN = 3  # examples of each reason
_LONG = 60  # characters of an example


@dataclass(slots=True)
class Omissions:
    """What was left out so far, by reason."""

    _words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, words: str) -> None:
        """Note some words that are left out; what has no words is no loss."""
        if shown := squeezed(words):
            self._words.setdefault(reason, []).append(shown)

    def __contains__(self, reason: str) -> bool:
        return reason in self._words

    def warnings(self) -> tuple[str, ...]:
        """One sentence a reason: how many places and words, and the first of them."""
        return tuple(_sentence(reason, found) for reason, found in self._words.items())


def _sentence(reason: str, found: list[str]) -> str:
    count = sum(len(words.split()) for words in found)
    shown = "; ".join(f"“{w if len(w) <= _LONG else w[: _LONG - 1] + '…'}”" for w in found[:_SHOWN])
    more = "; …" if len(found) > _SHOWN else ""
    places = "1 place" if len(found) == 1 else f"{len(found)} places"
    return f"left out, {reason}: {places}, {count} word{'s' * (count != 1)} ({shown}{more})"

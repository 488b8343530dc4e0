"""How a passage stands as law: of the future, repealed, of one region or community only.

What is not law in force everywhere says so wherever it is named, and is not given as an answer
unless it is asked for.

>>> standing_of(("art_4", "wal", "par_2"), "Le texte.", ()).label.fr
'Région wallonne'
>>> standing_of(("art_5",), "(Abrogé)", ("(1)<L 2031-02-11/04, art. 3; En vigueur : 01-03-2033>",))
Standing(state='repealed', since='2033-03-01', region='')
>>> standing_of(("art_5",), "(Opgeheven) <W 2031-02-11; Inwerkingtreding : 01-03-2033>", ())
Standing(state='repealed', since='2033-03-01', region='')
>>> standing_of(("art_5",), "Opgeheven bij W 5 maart 2033.", ()).state
'repealed'
>>> standing_of(("art_4",), "Art. 4 (abrogé).", ()).state
'repealed'
>>> standing_of(("art_5",), "Le ministre abroge l’arrêté.", ()) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sources.bilingual import Bilingual
from sources.locale import bilingual, section

State = Literal["in force", "future", "repealed"]

FUTURE = "fut"  # the step of a version that is not in force yet
# Steps of a version that holds in one region or community, and how that is called.
REGIONS = section("region")
_STATES: dict[State, Bilingual] = {
    "future": bilingual("standing.future"),
    "repealed": bilingual("standing.repealed"),
}
VERSIONS = {FUTURE: _STATES["future"]} | REGIONS

_WORDS = "abrogée?s?|supprimée?s?|opgeheven|geschrapt|vervallen"
_REPEALED = re.compile(  # its number may stand before it, where no words follow
    rf"(?:art(?:\.|icle|ikel)\s?\S{{1,12}}\s(?=\())?[\s(]*\[?[\s(]*(?:{_WORDS}|[_—–]{{3,}}|\.\.\.(?=\]))[\s)\].;]*",
    re.IGNORECASE,
)
# What changed a text, as Justel prints it behind the words: "<L 1995-01-01/01, art. 4>".
_REFERENCE = re.compile(r"<[^<>]+>")
_REPEALED_BY = re.compile(rf"<(?:{_WORDS})\s(?:par|bij|door)\s[^<>]+>\.?", re.IGNORECASE)
# What newer pages print bare, as the whole text: "Abrogé par L 5 mars 2033, art. 2."
_REPEALED_AT = re.compile(
    rf"\(?(?:{_WORDS})\s(?:par|bij|door)\s[^<>:;]*?\d{{4}}\b(?:[\s,./()°§-]|\d|art(?:\.|icles?|ikel))*",
    re.IGNORECASE,
)
_SHORT = 60  # signs of a passage that says no more than that it is repealed
_SINCE = re.compile(
    r"(?:en vigueur|inwerkingtreding|abrogée? le|opgeheven op)\s*:?\s*(\d{2})-(\d{2})-(\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a passage stands as law.

    Attributes:
        state: In force (in a region), not yet, or no more.
        since: The date (ISO 8601) of that, "" where it is not said.
        region: Step of the region or community in which alone it holds; "" for everywhere.
    """

    state: State = "in force"
    since: str = ""
    region: str = ""

    @property
    def label(self) -> Bilingual:
        """For a reader, beside the passage."""
        parts = [REGIONS[self.region]] if self.region else []
        parts += [_STATES[self.state]] if self.state in _STATES else []
        return Bilingual(", ".join(p.fr for p in parts), ", ".join(p.nl for p in parts))


def standing_of(steps: Iterable[str], text: str, notes: Sequence[str]) -> Standing | None:
    """The standing of a passage by its steps, its words and its notes; None where it is law."""
    words = set(steps)
    region = next((step for step in REGIONS if step in words), "")
    references = _REFERENCE.findall(text)
    changed = [found for note in (*notes, *references) for found in _SINCE.findall(note)]
    since = max((f"{year}-{month}-{day}" for day, month, year in changed), default="")
    bare = _REFERENCE.sub("", text)
    short = len(bare) <= _SHORT and (_REPEALED.fullmatch(bare) or _REPEALED_AT.fullmatch(bare))
    if short or _REPEALED_BY.fullmatch(text):
        return Standing("repealed", since, region)
    if FUTURE in words:
        return Standing("future", since, region)
    return Standing("in force", "", region) if region else None

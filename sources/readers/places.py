"""Where a paragraph stands in an ordinary document: its portion and how a person cites it.

A portion is made of steps, from the widest to the nearest; each is a word and a number that is
printed in the document, or counted where the document prints none:

=============  ==========================================================================
``sec_1.2``    section 1.2; ``sec_II.1``: section 1 within section II
``hdg_2``      second heading without a number (under the step before it)
``cpt_II``     chapter II; also ``prt_``, ``ttl_``, ``sct_``, ``sbs_``, ``anx_`` as in EU acts
``art_5``      article 5; articles count through chapters, so only an annex stands before them
``pnt_12``     a numbered point; ``pnt_12.pnt_a``: point a) below it
``par_3``      third paragraph without a number; in an article, the paragraph numbered 3
``blt_2``      second bullet
``tab_1``      first table, ``tab_1.row_3`` its third row
``fnp``        the final formula after the last article ("Fait à …", "Gedaan te …")
=============  ==========================================================================

A number that a document prints twice in the same place gets "(2)" behind it the second time.

>>> locate("sec_1.2.par_3").fr, locate("pnt_12.blt_1").nl
('section 1.2, 3e alinéa', 'punt 12, 1e streepje')
>>> locate("anx_I.art_5.par_1").fr
'annexe I, art. 5, § 1'
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from sources.locator import of_act, ordinal
from sources.model import Bilingual
from sources.readers.numbering import Marker

_STEP = re.compile(r"(?P<word>[a-z]+)(?:_(?P<number>.+?))?(?=\.[a-z]+(?:_|\.|$)|$)")
_COUNTED = {
    "hdg": Bilingual("intertitre", "tussenkop"),
    "par": Bilingual("alinéa", "alinea"),
    "blt": Bilingual("tiret", "streepje"),
}
_NUMBERED = {
    "sec": Bilingual("section {}", "afdeling {}"),
    "tab": Bilingual("tableau {}", "tabel {}"),
    "row": Bilingual("ligne {}", "rij {}"),
}


def locate(portion: str) -> Bilingual:
    """How a person cites a portion, in both languages."""
    fr, nl, in_article = [], [], False
    for found in _STEP.finditer(portion):
        step = _locate(found["word"], found["number"] or "", in_article=in_article)
        in_article = found["word"] == "art"
        fr.append(step.fr)
        nl.append(step.nl)
    return Bilingual(", ".join(fr), ", ".join(nl))


def _locate(word: str, number: str, *, in_article: bool) -> Bilingual:
    if word in _COUNTED and number.isdigit() and not in_article:
        return ordinal(int(number), _COUNTED[word])
    shown = number.replace("(", " (")
    if word in _NUMBERED:
        form = _NUMBERED[word]
        return Bilingual(form.fr.format(shown), form.nl.format(shown))
    if not number:
        return of_act(word)
    step = of_act(f"{word}_0")  # a number may hold dots, which part steps there
    return Bilingual(step.fr.replace("0", shown), step.nl.replace("0", shown))


@dataclass(slots=True)
class Place:
    """One open step: a section, a heading, a chapter, an article, a point.

    Attributes:
        word: ELI-like word of the step; "" for the document itself.
        number: Its number, whole ("1.2", "II.1").
        before: Portion of what it stands in.
        portion: Portion of the place itself.
        heading: Its heading as printed; "" for a point.
        marker: What was printed at its head.
        level: Outline level where the file says one, from 1; 0 where it does not.
        listed: A point of a list that a paragraph ending in ":" introduces.
        intro: The words ending in ":" that introduce the next list.
        counts: How many of each word were counted here.
    """

    word: str = ""
    number: str = ""
    before: str = ""
    portion: str = ""
    heading: str = ""
    marker: Marker | None = None
    level: int = 0
    listed: bool = False
    intro: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def count(self, word: str) -> str:
        """Portion of the next ``word`` that is counted here."""
        self.counts[word] += 1
        return join(self.portion, f"{word}_{self.counts[word]}")


def join(before: str, step: str) -> str:
    """A portion and one more step."""
    return f"{before}.{step}" if before else step


class Places:
    """The places that are open at this point of the reading, widest first."""

    def __init__(self) -> None:
        self.open = [Place()]
        self.repeated: list[str] = []
        self._used: Counter[str] = Counter()

    @property
    def here(self) -> Place:
        """The nearest open place."""
        return self.open[-1]

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings from the widest to the nearest."""
        return tuple(place.heading for place in self.open if place.heading)

    def within(self, word: str) -> Place | None:
        """The nearest open place of that kind."""
        return next((place for place in reversed(self.open) if place.word == word), None)

    def close(self, *words: str) -> None:
        """Close the nearest places for as long as they are of these kinds."""
        while self.here.word in words:
            self.open.pop()

    def section(self, marker: Marker, heading: str, level: int) -> None:
        """Open a numbered section beside or below the places that are open."""
        self._make_room(marker, level)
        parent, number = self.here, ".".join(marker.number)
        before = parent.portion
        if parent.word == "sec":
            own = len(parent.marker.number) if parent.marker and _heads(parent, marker) else 0
            number = f"{parent.number}.{'.'.join(marker.number[own:])}"
            before = parent.before
        self._push(Place("sec", number, before, heading=heading, marker=marker, level=level))

    def heading(self, heading: str, level: int) -> None:
        """Open a heading without a number."""
        self.close("pnt", "art", "fnp")
        while self.here.word and _ends(self.here, level):
            self.open.pop()
        number = self.here.count("hdg").rpartition("_")[2]
        self._push(Place("hdg", number, self.here.portion, heading=heading, level=level))

    def division(self, marker: Marker, heading: str, level: int) -> None:
        """Open an annex, part, title, chapter or section; each stands in the wider ones only."""
        self.close("pnt", "art", "fnp")
        wider = _DIVISIONS[: _DIVISIONS.index(marker.sign)]
        while self.here.word and not (
            self.here.word in wider or (self.here.word == "hdg" and 0 < self.here.level < level)
        ):
            self.open.pop()
        before = next((p.portion for p in reversed(self.open) if p.word in wider), "")
        place = Place(marker.sign, marker.number[0], before, heading=heading, marker=marker)
        place.level = level
        self._push(place)

    def article(self, marker: Marker, heading: str) -> None:
        """Open an article; the headings around it stay, only an annex counts in its portion."""
        self.close("art", "pnt", "fnp")
        annex = self.within("anx")
        before = annex.portion if annex else ""
        self._push(Place("art", marker.number[0], before, heading=heading, marker=marker))

    def point(self, marker: Marker, depth: int = 0) -> None:
        """Open a numbered point beside or below the points that are open.

        ``depth`` is that of an item in nested lists, from 1, where the file says it. A point
        that follows on the number of a section ("8." after section 7) ends that section.
        """
        before = [p for p in self.open if p.word in {"sec", "pnt"} and marker.succeeds(p.marker)]
        if before and before[-1].word == "sec":
            del self.open[self.open.index(before[-1]) :]
        for index, place in enumerate(self.open):
            beside = place.level >= depth if depth and place.level else alike(place.marker, marker)
            if place.word == "pnt" and beside:
                del self.open[index:]
                break
        place = Place("pnt", ".".join(marker.number), self.here.portion, marker=marker, level=depth)
        place.listed = bool(self.here.intro) or depth > 0
        self._push(place)

    def final(self) -> None:
        """Open the final formula after the articles."""
        del self.open[1:]
        self._push(Place("fnp"))

    def _make_room(self, marker: Marker, level: int) -> None:
        """Close the places that a section with this number does not stand in."""
        self.close("pnt", "art", "fnp")
        for index in range(len(self.open) - 1, 0, -1):
            if _heads(self.open[index], marker):
                del self.open[index + 1 :]
                return
        for index, place in enumerate(self.open):
            deeper = 0 < place.level < level and not marker.succeeds(place.marker)
            if place.word == "sec" and alike(place.marker, marker) and not deeper:
                del self.open[index:]
                return
        while level and self.here.level >= level:
            self.open.pop()

    def unique(self, portion: str) -> str:
        """The portion, with "(2)" behind it where it was used before."""
        self._used[portion] += 1
        if (times := self._used[portion]) == 1:
            return portion
        self.repeated.append(portion)
        return f"{portion}({times})"

    def _push(self, place: Place) -> None:
        portion = join(place.before, f"{place.word}_{place.number}".rstrip("_"))
        place.portion = self.unique(portion)
        place.number += place.portion[len(portion) :]
        self.open.append(place)


_DIVISIONS = ("anx", "prt", "ttl", "cpt", "sct", "sbs")


def _ends(place: Place, level: int) -> bool:
    """Whether a heading without a number, at this level, ends that place."""
    return place.level >= level if level and place.level else place.word == "hdg"


def alike(one: Marker | None, other: Marker) -> bool:
    """Whether two numbers can be siblings."""
    return one is not None and one.scheme == other.scheme


def _heads(place: Place, marker: Marker) -> bool:
    """Whether a decimal number ("1.2") stands below that section ("1")."""
    if place.word != "sec" or place.marker is None or place.marker.form != marker.form:
        return False
    own = place.marker.number
    return len(own) < len(marker.number) and marker.number[: len(own)] == own

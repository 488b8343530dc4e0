"""The places that are open while a document without marks is read: sections, articles, points.

A portion of such a document is made of these steps; each is a word and a number that is printed
in the document, or counted where the document prints none:

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
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from sources.locator import Step, Steps, portion
from sources.structure.blocks import BY_TYPE, Block
from sources.structure.numbers import WIDEST_FIRST, Marker

_WITHIN = ("pnt", "blt", "art", "fnp")  # no heading stands in them


@dataclass(slots=True)
class Place:
    """One open step: a section, a heading, a chapter, an article, a point.

    Attributes:
        steps: Those of its portion; none for the document itself.
        heading: Its heading as printed; "" for a point.
        marker: What was printed at its head.
        level: Outline level where the file says one, from 1; 0 where it does not.
        listed: A point of a list that a paragraph ending in ":" introduces, or that is part of
            a sentence: a paragraph after it is none of its own.
        points: The numbers of the points that stand in it.
        intro: The words ending in ":" that introduce the next list.
        boxes: The parts of a page in which its heading stands (:class:`Block`).
        counts: How many of each word were counted here.
    """

    steps: Steps = ()
    heading: str = ""
    marker: Marker | None = None
    level: int = 0
    listed: bool = False
    intro: str = ""
    boxes: tuple[int, ...] = ()
    points: list[Marker] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def word(self) -> str:
        """Word of its step; "" for the document itself."""
        return self.steps[-1].word if self.steps else ""

    def count(self, word: str) -> Steps:
        """Steps of the next ``word`` that is counted here."""
        self.counts[word] += 1
        return (*self.steps, Step(word, str(self.counts[word])))


class Places:
    """The places that are open at this point of the reading, widest first."""

    def __init__(self) -> None:
        self.open = [Place()]
        self.repeated: list[str] = []
        self.points: list[Marker] = []  # of the place that the last heading ended
        self.last_article: Marker | None = None  # be its chapter over
        self._used: Counter[Steps] = Counter()

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

    def section(self, marker: Marker, heading: str, level: int) -> None:
        """Open a numbered section beside or below the places that are open."""
        self._make_room(marker, level)
        parent, number = self.here, ".".join(marker.number)
        before = parent.steps
        if parent.word == "sec":
            own = len(parent.marker.number) if parent.marker and _heads(parent, marker) else 0
            number = f"{parent.steps[-1].number}.{'.'.join(marker.number[own:])}"
            before = parent.steps[:-1]
        self._push((*before, Step("sec", number)), heading, marker, level)

    def heading(
        self,
        heading: str,
        level: int,
        marker: Marker | None = None,
        *,
        by_type: bool = False,
        below: bool = False,
    ) -> None:
        """Open a heading that is no section; ``marker``: its name and number ("Mesure 1.2 : …").

        ``by_type``: its type alone tells the level; ``below``: it stands below the nearest place.
        """
        articles = self.within("art") is not None
        self.close(*_WITHIN)
        ended = self.here
        holds = {"anx"} if articles else set(WIDEST_FIRST)  # it is as wide as what has articles
        inner: Place | None = None
        while not below and self.here.word and not _numbers(self.here, marker):
            if by_type and (self._holds_named(marker, level) or self._holds_small(inner, heading)):
                break
            if not _ends(self.here, level, holds if by_type else ()):
                break
            inner = self.open.pop()
        self.points = [] if any(place is ended for place in self.open) else ended.points
        self._push(self.here.count("hdg"), heading, marker, level)

    def _holds_named(self, marker: Marker | None, level: int) -> bool:
        """Whether a heading with a name ("Action 1") looks like the nearest one, of another name
        ("Axe 2"), and goes on with no list that is open.
        """
        names = {p.marker.sign for p in self.open if p.word == "hdg" and p.marker}
        alike = self.here.word == "hdg" and self.here.level == level and bool(self.here.marker)
        return alike and marker is not None and marker.sign not in names

    def _holds_small(self, inner: Place | None, heading: str) -> bool:
        """Whether the nearest heading is in capitals and held one that is not, as this one is."""
        small = inner is not None and inner.heading and not inner.heading.isupper()
        return bool(small) and self.here.heading.isupper() and not heading.isupper()

    def division(self, marker: Marker, heading: str, level: int) -> None:
        """Open an annex, part, title, chapter or section; each stands in the wider ones only."""
        self.close(*_WITHIN)
        wider = WIDEST_FIRST[: WIDEST_FIRST.index(marker.sign)]
        while self.here.word and not (
            self.here.word in wider or (self.here.word == "hdg" and 0 < self.here.level < level)
        ):
            self.open.pop()
        before = next((p.steps for p in reversed(self.open) if p.word in wider), ())
        self._push((*before, Step(marker.sign, marker.number[0])), heading, marker, level)

    def article(self, marker: Marker, heading: str) -> bool:
        """Open an article; the headings around it stay, only an annex counts in its portion.

        Whether there was one with its number.
        """
        self.close(*_WITHIN)
        self.last_article = marker
        annex = self.within("anx")
        before = annex.steps if annex else ()
        return self._push((*before, Step("art", marker.number[0], marker.printed)), heading, marker)

    def point(self, marker: Marker, depth: int = 0) -> None:
        """Open a numbered point beside or below the points that are open.

        ``depth`` is that of an item in nested lists, from 1, where the file says it. A point
        that follows on the number of a section ("8." after section 7) ends that section, unless
        it goes on with the points there.
        """
        before = [p for p in self.open if p.word in {"sec", "pnt"} and marker.succeeds(p.marker)]
        if before and before[-1].word == "sec" and not any(map(marker.succeeds, before[-1].points)):
            del self.open[self.open.index(before[-1]) :]
        sentence = marker.rest.endswith((";", ","))
        if sibling := self._sibling(marker, depth):
            sentence = sentence or sibling.listed
            del self.open[self.open.index(sibling) :]
        elif self.here.counts["blt"] and any(map(marker.succeeds, self.here.points)):
            self.here.intro = ""  # it opened the bullets
        listed = bool(self.here.intro) or depth > 0 or sentence
        own = self.here.marker.number if self.here.word == "pnt" and self.here.marker else ()
        below = marker.number[-1].isalpha() and begins_with(marker, self.here.marker)
        number = ".".join(marker.number[len(own) if below else 0 :])
        step = Step("pnt", number, marker.printed)
        self.here.points.append(marker)
        self._push((*self.here.steps, step), marker=marker, level=depth)
        self.here.listed = listed

    def _sibling(self, marker: Marker, depth: int) -> Place | None:
        """The open point beside which this one stands.

        A list of other numbers that begins as deep as the point right above it, which introduces
        it, stands below that point: some files give both lists one depth.
        """
        points = [p for p in self.open if p.word == "pnt"]
        same = [p for p in points if alike(p.marker, marker)]
        placed = [p for p in points if (p.level >= depth if depth and p.level else p in same)]
        here = self.here
        begins = marker.rank == 1 and here not in same and here.level == depth > 0
        if here.word == "pnt" and here.intro and begins:
            return None
        return next((p for p in placed if p in same and p.level == depth), next(iter(placed), None))

    def bullet(self, marker: Marker | None, depth: int, intro: str) -> tuple[Steps, str]:
        """Steps of the next bullet of the list that has its sign, and what introduces that list.

        One that introduces a list itself ("– vu :") is open for its points.
        """
        for index, place in enumerate(self.open):
            same = place.marker is None or marker is None or alike(place.marker, marker)
            if place.word == "blt" and place.level >= depth and same:
                del self.open[index:]
                break
        around = self.here
        steps = around.count("blt")
        if intro:
            self.open.append(Place(steps, marker=marker, level=depth, listed=True, intro=intro))
        return steps, around.intro

    def final(self) -> None:
        """Open the final formula after the articles."""
        self.end()
        self._push((Step("fnp"),))

    def end(self) -> None:
        """Close all places."""
        del self.open[1:]

    def close_from(self, place: Place) -> None:
        """Close a place and all that stand in it."""
        del self.open[self.open.index(place) :]

    def close(self, *words: str) -> None:
        """Close the nearest places for as long as they are of these kinds."""
        while self.here.word in words:
            self.open.pop()

    def leave(self, boxes: tuple[int, ...]) -> None:
        """Close what stands in parts of a page that have ended, where others are open."""
        ended = (p for p in self.open if p.boxes and boxes[: len(p.boxes)] != p.boxes)
        if place := next(ended, None):
            self.close_from(place)

    def holds(self, block: Block) -> bool:
        """Whether a heading begins a part of a page within that of the nearest one like it."""
        nearest = next((p for p in reversed(self.open) if p.heading), self.open[0])
        inner = 0 < len(nearest.boxes) < len(block.boxes)
        return inner and nearest.level == block.level

    def close_smaller(self, level: int) -> None:
        """Close the sections whose headings are of a lower level, outside of articles."""
        while self.here.word in {"sec", "hdg"} and self.here.level > level:
            self.open.pop()

    def _make_room(self, marker: Marker, level: int) -> None:
        """Close the places that a section with this number does not stand in."""
        self.close(*_WITHIN)
        if 0 < level < BY_TYPE:  # no words alone head what the file calls a heading
            while self.here.word == "hdg" and not self.here.level:
                self.open.pop()
        for index in range(len(self.open) - 1, 0, -1):
            if _heads(self.open[index], marker):
                del self.open[index + 1 :]
                return
        siblings = [p for p in self.open if p.word == "sec" and alike(p.marker, marker)]
        level_known = any(p.level == level > 0 for p in siblings)
        for place in siblings:
            wider = 0 < place.level < level
            if not wider or (marker.succeeds(place.marker) and not level_known):
                del self.open[self.open.index(place) :]
                return
        while level and self.here.level >= level and not self._holds(marker, level):
            self.open.pop()

    def _holds(self, marker: Marker, level: int) -> bool:
        """Whether the nearest place holds a section that looks the same: an annex, a chapter or
        the like does, and a section holds what begins with numbers of another kind.
        """
        begins = self.here.word == "sec" and marker.rank == len(marker.number) == 1
        return self.here.level == level and (begins or self.here.word in WIDEST_FIRST)

    def _push(
        self, steps: Steps, heading: str = "", marker: Marker | None = None, level: int = 0
    ) -> bool:
        """Open a place; whether its steps were printed before."""
        self._used[steps] += 1
        if (times := self._used[steps]) > 1:
            self.repeated.append(portion(steps))
            steps = (*steps[:-1], steps[-1].again(times))
        self.open.append(Place(steps, heading, marker, level))
        return times > 1


def _ends(place: Place, level: int, holds: Collection[str]) -> bool:
    """Whether a heading without a number, at this level, ends that place.

    Places of the kinds that ``holds`` names hold what looks like their own heading.
    """
    if level == place.level and place.word in holds:
        return False
    return place.level >= level if level and place.level else place.word == "hdg"


def alike(one: Marker | None, other: Marker) -> bool:
    """Whether two numbers can be siblings."""
    return one is not None and one.scheme == other.scheme


def _heads(place: Place, marker: Marker) -> bool:
    """Whether a decimal number ("1.2", "II.3") stands below that section ("1", "II")."""
    return place.word == "sec" and begins_with(marker, place.marker)


def _numbers(place: Place, marker: Marker | None) -> bool:
    """Whether a heading with a name ("Mesure 1.2") stands below that one ("Axe 1")."""
    return marker is not None and place.word == "hdg" and begins_with(marker, place.marker)


def begins_with(marker: Marker, above: Marker | None) -> bool:
    """Whether a number has another one at its head: "3.1" that of "3"."""
    own = above.number if above else ()
    return 0 < len(own) < len(marker.number) and marker.number[: len(own)] == own

"""Which number a line begins with: the reading of it that fits what is open.

"I." may be a letter or a Roman number, "14.30" an hour, "Article 3 Les bancs" a line that goes on.
What is open, and what stands further below, tells.
"""

from __future__ import annotations

import re

from sources.structure.blocks import Block, Role
from sources.structure.cursor import Cursor
from sources.structure.lines import is_sentence, is_unsure, skips, titled_annex
from sources.structure.numbers import DASH, Marker, Scheme, marker, readings
from sources.structure.places import Places, alike, begins_with

_AMOUNT = re.compile(r"0\d|\d{3}")  # after a point: "10.00", "12.500"
# At the head of what may be the second item of a list, or article 2.
_SECOND = re.compile(r"(?:2|[Bb]|II|ii)(?!\w)|Art|ART")


class Recognition:
    """Tells the numbers of lines, by the places that are open; it changes nothing."""

    def __init__(self, cursor: Cursor, places: Places) -> None:
        self._cursor, self._places = cursor, places
        # Where a list would go on: the last "B.", the last "II –", the last "Article 2".
        self._seconds: dict[Scheme, int] = {}
        self._articles: set[tuple[str, ...]] = set()  # numbers of articles that a sign ends
        for index, block in enumerate(cursor.blocks):
            if not _SECOND.match(block.text):
                continue
            signed = {r.number for r in readings(block.text) if r.form == "article"}
            self._articles |= signed
            found = readings(block.text, heading=True)
            self._seconds |= {r.scheme: index for r in found if _is_second(r)}

    def marker(self, block: Block) -> Marker | None:
        """The reading of the number of a line that fits what is open.

        A lone letter must fit, and so must "14.30" without a sign or before a dash, which may be an
        hour.
        """
        heading = block.role is Role.HEADING
        found = list(readings(block.text, heading=heading))
        for reading in found:
            if self.follows(reading):
                return reading
        if found and found[0].form in {"roman", "letter"}:
            begins = (r for r in found if self._begins(r, heading=heading))
            return next(begins, None)
        first = found[0] if found else self._unsigned(block) or self._annex(block)
        if first is None or heading or first.form != "decimal":
            return first
        if len(first.number) > 1:
            return first if first.sign not in {"", DASH} or self._fits(first) else None
        return first if not is_unsure(first) or self._begins(first, heading=heading) else None

    def follows(self, found: Marker) -> bool:
        """Whether a number is the next one after that of an open place, or of the last article."""
        before = (self._places.last_article, *(place.marker for place in self._places.open))
        return any(map(found.succeeds, before))

    def goes_on(self, first: Marker) -> bool:
        """Whether a second item of the list stands below its first."""
        return self._seconds.get(first.scheme, 0) > self._cursor.at

    def is_listed(self, found: Marker | None) -> bool:
        """Whether a number goes on with a list of points that began at 1, and with no section.

        A heading may part the list: those of an agenda count through its parts. "3.1" below
        point 3 is of that point.
        """
        places = self._places.open
        if found is None or any(p.word == "sec" and found.succeeds(p.marker) for p in places):
            return False
        if any(p.word == "pnt" and begins_with(found, p.marker) for p in places):
            return True
        known = (self._places.points, *(p.points for p in places))
        lists = [points for points in known if any(map(found.succeeds, points))]
        return any(point.rank == 1 and alike(point, found) for points in lists for point in points)

    def _begins(self, found: Marker, *, heading: bool) -> bool:
        """Whether a number begins a list; one that may be none does where a second one follows.

        A list that is open may also go on with a letter left out. Several are a Roman number.
        """
        if found.form == "roman" and len(found.number[0]) > 1 and found.sign != DASH:
            return True
        listed = heading or not is_unsure(found) or self.goes_on(found)
        later = any(p.marker and skips(p.marker, found) for p in self._places.open)
        return (found.rank == 1 and listed) or later

    def _unsigned(self, block: Block) -> Marker | None:
        """An article or a division whose number no sign ends.

        "Article 3 Les bancs" follows article 2, and "Titre II Les bancs" stands right above the
        article that follows. A number that stands with a sign too is one in a table of contents.
        """
        found = next(readings(block.text, heading=True), None)
        if found is None or not found.rest[:1].isupper():
            return None
        if found.form == "division":
            after = self._cursor.after
            below = marker(after.text) if after is not None else None
            article = below if below and below.form == "article" else None
            heads = article and (article.rank == 1 or self.follows(article))
            return found if heads and not is_sentence(block.text) else None
        if found.form != "article" or found.number in self._articles:
            return None
        begins = {*re.split("[.-]", found.number[0])} == {"1"} and self.goes_on(found)
        return found if begins or self.follows(found) else None

    def _annex(self, block: Block) -> Marker | None:
        """An annex without a number, with its title on its line: "Annexe : les tarifs".

        It stands below the last article; a letter that names what it encloses ends with it.
        """
        after, here = self._cursor.after, self._places.here
        if here.word not in {"art", "fnp"} or after is None or is_sentence(block.text):
            return None
        found = titled_annex(block.text)
        listed = after.depth or titled_annex(after.text)
        return found if found and not listed and self._cursor.is_last(here.marker) else None

    def _fits(self, found: Marker) -> bool:
        """Whether "1.4" begins a list, or stands below a section 1 or beside 1.2."""
        *above, last = found.number
        numbers = (p.marker.number[: len(above)] for p in self._places.open if p.marker)
        return last == "1" or (not _AMOUNT.match(last) and tuple(above) in numbers)


def _is_second(found: Marker) -> bool:
    """Whether this is the second one of its list; "Art. 1.2" is that of its chapter."""
    article = found.form == "article" and re.search(r"[.-]2$", found.number[0])
    return found.rank == 2 or bool(article)

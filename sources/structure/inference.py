"""The outline of a document whose format does not say what its blocks are.

What a block is, its words and its neighbours tell: the number or sign at its head, a short line
without the end of a sentence, a colon before a list. A numbered line is a heading where the
format says so, or where it is short, begins with a capital, does not end like a sentence, and
does not stand in a list of such lines.

- ``par_4`` is the fourth paragraph of a text without sections;
- ``sec_1.2.par_3``, ``sec_1.2.blt_2`` the third paragraph and the second bullet of section 1.2;
- ``sec_II.pnt_12``, ``pnt_12.par_2`` point 12 of section II, and the paragraph that follows it;
- ``art_5`` an article, which is divided as the articles of acts are: ``art_5.par_1`` is its
  paragraph numbered "§ 1" or "1.", ``art_4.pnt_7`` a point of a list that it introduces with ":".

``places`` lists all steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sources.locator import Steps
from sources.structure.below import (
    article_heads,
    block_above,
    blocks_below,
    counts_on,
    ends_list,
    has_next,
    is_last,
    is_within_article,
    opens_inner,
    rows_count_on,
)
from sources.structure.blocks import BY_TYPE, Block, Role, counted, squeezed, under
from sources.structure.formulas import decides, enacts, heads_decision
from sources.structure.framed import as_paragraphs, told
from sources.structure.lines import (
    LISTED,
    article_within,
    as_operative,
    begins_again,
    continues,
    dash_of,
    has_no_level,
    heads_by_type,
    heads_by_words,
    in_brackets,
    intro_of,
    is_code,
    is_initial,
    is_preamble_or_quotation,
    is_sentence,
    is_title,
    is_unsure,
    may_head,
    opens_head,
    skips,
    titled_annex,
    without_end,
    words_of,
)
from sources.structure.nesting import introduced, unquoted
from sources.structure.notes import TypedNotes, glued
from sources.structure.numbers import DASH, Marker, Scheme, marker, named, readings
from sources.structure.parts import Outline, Part
from sources.structure.places import Place, Places, alike, begins_with
from sources.structure.rows import Table
from sources.structure.signatures import is_final, is_signature, signs_off

_NOTHING = Block("")
_AMOUNT = re.compile(r"0\d|\d{3}")  # after a point: "10.00", "12.500"
# At the head of what may be the second item of a list, or article 2.
_SECOND = re.compile(r"(?:2|[Bb]|II|ii)(?!\w)|Art|ART")


def inferred(
    blocks: Sequence[Block], title: Block = _NOTHING, letterhead: Sequence[Block] = ()
) -> Outline:
    """The parts of a document, from its blocks in reading order.

    The notes and doubts of its ``title`` go with the first words; the lines of the ``letterhead``
    come first and head nothing.
    """
    blocks, framed = as_paragraphs(_with_inserted(blocks))
    reading = _Reading(blocks, title, letterhead)
    for index, block in enumerate(blocks):
        reading.at = index
        reading.take(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    return Outline(
        parts=reading.parts,
        warnings=[*reading.warnings(), *told(framed)],
        repeated=reading.places.repeated,
    )


def _with_inserted(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with those marked that an article quotes after ":" and inserts elsewhere."""
    out: list[Block] = []
    for given, block in zip(blocks, unquoted(list(blocks)), strict=True):
        before = out[-1] if out else Block("")
        inserted = block.quoted and (before.quoted or before.text.endswith(":"))
        inserted = inserted or given.quoted
        out.append(replace(block, quoted=inserted))
    return introduced(out)


def _is_second(found: Marker) -> bool:
    """Whether this is the second one of its list; "Art. 1.2" is that of its chapter."""
    article = found.form == "article" and re.search(r"[.-]2$", found.number[0])
    return found.rank == 2 or bool(article)


class _Reading:
    """Which places are open, and the parts so far."""

    def __init__(self, blocks: Sequence[Block], title: Block, letterhead: Sequence[Block]) -> None:
        self._blocks = blocks
        self.places = Places()
        self.parts: list[Part] = []
        self.at = 0  # place of the block in the document
        # Where a list would go on: the last "B.", the last "II –", the last "Article 2".
        self._seconds: dict[Scheme, int] = {}
        self._articles: set[tuple[str, ...]] = set()  # numbers of articles that a sign ends
        self._typed = TypedNotes(blocks)
        self._heads = article_heads(blocks)
        self._decisions = sum(heads_decision(block.text) for block in blocks)
        for index, block in enumerate(blocks):
            if not _SECOND.match(block.text):
                continue
            signed = {r.number for r in readings(block.text) if r.form == "article"}
            self._articles |= signed
            found = readings(block.text, heading=True)
            self._seconds |= {r.scheme: index for r in found if _is_second(r)}
        self._waiting = _NOTHING  # notes and doubts of headings, for the words below them
        self._article: Marker | None = None  # the last one, be its chapter over
        self._bare: Place | None = None  # of the last part, a heading or number only
        self._untitled: Place | None = None  # the block before, a heading of a number only
        self._item: Marker | None = None  # the block before, an item of a numbered list
        self._paragraph: Marker | None = None  # the last numbered paragraph of the article
        self._depth = 0  # of it, in a list whose numbers the format says
        self._list = 0  # of the page, in which it stands
        self._next = 0  # place of the number after it; 0 where none is known
        self._over = False  # the list of the article has ended
        self._points: list[Marker] = []  # that stood open above the article
        self._formula = 0  # place of the final formula
        self._table = Table()
        self._bracketed: list[str] = []  # lines that may be articles
        self._unsure: list[str] = []  # last lines of articles that may be headings
        self._named: list[str] = []  # other lines that may be, by the names and numbers they have
        self._loose: list[str] = []  # lines that end no sentence, the last ones so far
        self._captions: list[str] = []  # those of them that stand above a table
        self._titled: list[str] = []  # words on the lines of articles that are titles
        self._worded = 0  # articles that have words of their text there
        self._within_quotation: list[str] = []  # lines of it that are articles
        self._introduced: list[str] = []  # articles below the colon of the one before
        self._capitals: list[str] = []  # lines of the last article that may head what is below
        self._others: list[str] = []  # what stands above articles that begin again at 1
        for line in letterhead:
            if line.role is Role.ROW:
                self._row(line)
            else:
                self._plain(replace(line, role=Role.TEXT, level=0), None)
        self._waiting = title

    @property
    def _below(self) -> Iterator[Block]:
        """The blocks below the one at hand."""
        return blocks_below(self._blocks, self.at)

    @property
    def _above(self) -> Block:
        """The block above the one at hand."""
        return block_above(self._blocks, self.at)

    def warnings(self) -> list[str]:
        """What a person should know of this reading."""
        titled = self._titled if len(self._titled) < self._worded else []
        told = (
            (self._introduced, "articles or paragraphs right below a colon, read as of this text"),
            (self._capitals, "lines in capitals, read as words of the last article"),
            (self._others, "articles begin again at 1, as those of another text"),
            (self._unsure, "lines right above an article, read as text of the one before"),
            (self._loose, "last lines, which end no sentence, read as text of the last article"),
            (
                self._captions,
                "a table below the last article, read as its text with the line above",
            ),
            (self._named, "lines with a name and a number, which may be headings, read as text"),
            (
                [found for block in self._blocks if (found := article_within(block))],
                "articles in the midst of a paragraph, read as its words",
            ),
            (
                self._within_quotation,
                "numbers of articles in a quotation or a report on them, read as its words",
            ),
            (self._bracketed, "numbers of articles in brackets, read as words of the one before"),
            (self._typed.unsure, "lines that begin with the sign of a note, read as text"),
            (
                glued(self._blocks),
                "figures behind words that may call a note, which is read as text",
            ),
            (titled, "words behind the number of an article, read as its title and not as text"),
        )
        return [f"{what}: {counted(found)}" for found, what in told if found]

    def take(self, block: Block, after: Block | None) -> None:
        """Read one block; ``after`` is the next one."""
        self.places.leave(block.boxes)
        titled = block.role is Role.TITLE
        if titled:  # of another text: nothing goes on below it
            self.places.end()
            block = replace(block, role=Role.HEADING, level=1)
        untitled, self._untitled = self._untitled, None
        item, self._item = self._item, None
        found = self._marker(block)
        sure = titled or untitled is not None
        if not sure and heads_by_type(block) and self._is_text(block, found, after):
            block = self._as_text(block)
            found = self._marker(block)
        block = self._decision(as_operative(self._numbering(block, found, after)), after)
        self._end_above(block, found, after)
        if self._is_note(block):
            return
        if block.quoted and self.places.within("art"):
            self._in_article(block, found)
        elif block.quoted and block.role is Role.TEXT:
            self._quoted(block, found)
        elif untitled and found is None and is_title(untitled.word, block, after):
            untitled.heading = f"{untitled.heading} – {squeezed(block.text)}"
            above = self.parts[-1].blocks[0]
            self._headed(replace(above, notes=block.notes, doubts=block.doubts))
        elif block.role is Role.ROW and not self.places.within("art"):
            self._row(block)
        elif found and found.form in {"article", "division"} and self._opens_part(block, found):
            self._formal(block, found, after)
        elif self._is_heading(block, found) or self._heads_article(block, found, after):
            self._heading(block, found)
        elif self.places.within("art"):
            self._in_article(block, found)
        else:
            self._outside(block, found, after, item)

    def _outside(
        self, block: Block, found: Marker | None, after: Block | None, item: Marker | None
    ) -> None:
        """A block that the format does not call a heading, outside of articles."""
        again = None if found else self._begins_again(block, after)
        heads = heads_by_words(block, found, after, item) and not self._is_listed(found)
        if heads and (found or not self._is_spoken(block, after)):
            self._heading(block, found)
        elif again:
            outermost = next(place for place in self.places.open if place.word == "pnt")
            heads = again is outermost and not block.text.endswith(":")
            self.places.close_from(again)
            self._heading(block, None) if heads else self._plain(block, None)
        else:
            self._plain(block, found)

    def _is_listed(self, found: Marker | None) -> bool:
        """Whether a number goes on with a list of points that began at 1, and with no section.

        A heading may part the list: those of an agenda count through its parts. "3.1" below
        point 3 is of that point.
        """
        if found is None or any(
            p.word == "sec" and found.succeeds(p.marker) for p in self.places.open
        ):
            return False
        if any(p.word == "pnt" and begins_with(found, p.marker) for p in self.places.open):
            return True
        known = (self.places.points, *(p.points for p in self.places.open))
        lists = [points for points in known if any(map(found.succeeds, points))]
        return any(point.rank == 1 and alike(point, found) for points in lists for point in points)

    def _is_heading(self, block: Block, found: Marker | None) -> bool:
        """Whether the format makes a heading of a block, and not one within an article.

        "§ 1. Le tarif" is one within it; so may be what its type alone makes a heading.
        """
        article = self.places.here
        if block.role is not Role.HEADING or article.word != "art":
            return block.role is Role.HEADING
        if (found and found.form == "paragraph") or is_final(block, self._above):
            return False
        if block.level != BY_TYPE or not (found is None or self._opens(found, article)):
            return True
        return not is_within_article(article.marker, self._blocks, self.at, self._heads)

    def _numbering(self, block: Block, found: Marker | None, after: Block | None) -> Block:
        """A number alone above the heading that it numbers ("I.", "Le quai") is part of it."""
        alone = found is not None and found.form in LISTED and not found.rest
        free = alone and may_head(block) and not self.places.within("art")
        if not free or after is None or after.role is not Role.HEADING:
            return block
        titles = marker(after.text, heading=True) is None
        return replace(block, role=Role.HEADING, level=after.level) if titles else block

    def _decision(self, block: Block, after: Block | None) -> Block:
        """What heads a decision alone on its line is a heading: the only one above all others."""
        alone = may_head(block) and not block.quoted and heads_decision(block.text)
        if not alone or after is None or self.places.within("art"):
            return block
        sections = (place for place in self.places.open if place.word == "sec")
        if self._decisions == 1 and not any(
            has_next(place.marker, self._below) for place in sections
        ):
            self.places.end()
            return replace(block, role=Role.HEADING, level=1)
        heading = block.role is Role.HEADING
        return block if heading else replace(block, role=Role.HEADING, level=BY_TYPE)

    def _heads_article(self, block: Block, found: Marker | None, after: Block | None) -> bool:
        """Whether a line goes on with the sections around the article, right above the next one.

        So "II. Le quai" does, below article 2 of section I; a paragraph of the article would too.
        """
        article = self.places.within("art")
        if found is None or after is None or article is None or block.quoted:
            return False
        following = marker(after.text)
        goes_on = any(p.word == "sec" and found.succeeds(p.marker) for p in self.places.open)
        above = following is not None and following.succeeds(article.marker)
        plain = may_head(block) and not is_sentence(block.text)
        if not (goes_on and plain) or found.succeeds(self._paragraph):
            return False
        return above or (heads_by_words(block, found, after, None) and self._is_alone(found))

    def _is_alone(self, found: Marker) -> bool:
        """Whether the article at hand has no other line with such a number."""
        heads = (marker(block.text) for block in self.parts[-1].blocks)
        schemes = {head.scheme for head in (self._paragraph, *heads) if head is not None}
        return found.scheme not in schemes

    def _end_above(self, block: Block, found: Marker | None, after: Block | None) -> None:
        """Close the places that end above a line.

        What a court decides stands in none of its grounds; and the points around an article go on
        below it ("Point 3" below article 2), or below a line in capitals.
        """
        if not block.quoted and may_head(block) and decides(block.text):
            self.places.end()
        if self.places.within("art") is None or block.quoted:
            return
        if found is None and after is not None and heads_by_words(block, None, after, None):
            found = marker(after.text)
        goes_on = found is not None and any(map(found.succeeds, self._points))
        if found is not None and goes_on and found.form == "point" and self._is_alone(found):
            self.places.close("art")

    def _begins_again(self, block: Block, after: Block | None) -> Place | None:
        """The open point whose list begins again at 1 below a line that heads or introduces it."""
        first = marker(after.text) if after is not None else None
        if first is None or first.rank != 1 or not may_head(block):
            return None
        heads = block.text[:1].isupper() and not is_sentence(block.text)
        if not heads and not block.text.endswith(":"):
            return None
        points = (place for place in self.places.open if place.word == "pnt" and place.marker)
        return next((p for p in points if p.marker and begins_again(p.marker, first)), None)

    def _headed(self, block: Block) -> None:
        """The heading of the place here, a passage itself for as long as nothing is below it."""
        here = self.places.here
        here.boxes = block.boxes
        self._start(Part(here.steps, self.places.headings, whole=True))
        line = replace(block, text=here.heading, role=Role.TEXT)
        self.parts[-1].blocks.append(self._with_waiting(line))
        self._bare = here

    def _start(self, part: Part) -> None:
        """Begin a part; the heading or number right above it is then no passage of its own."""
        if self._bare in self.places.open:
            self._waiting = under(self.parts.pop().blocks[0], self._waiting)
        self._bare = None
        self.parts.append(part)

    def _marker(self, block: Block) -> Marker | None:
        """The reading of the number that fits what is open.

        A lone letter must fit, and so must "14.30" without a sign or before a dash, which may be an
        hour.
        """
        heading = block.role is Role.HEADING
        found = list(readings(block.text, heading=heading))
        for reading in found:
            if self._follows(reading):
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

    def _begins(self, found: Marker, *, heading: bool) -> bool:
        """Whether a number begins a list; one that may be none does where a second one follows.

        A list that is open may also go on with a letter left out. Several are a Roman number.
        """
        if found.form == "roman" and len(found.number[0]) > 1 and found.sign != DASH:
            return True
        listed = heading or not is_unsure(found) or self._goes_on(found)
        later = any(p.marker and skips(p.marker, found) for p in self.places.open)
        return (found.rank == 1 and listed) or later

    def _goes_on(self, first: Marker) -> bool:
        """Whether a second item of the list stands below its first."""
        return self._seconds.get(first.scheme, 0) > self.at

    def _unsigned(self, block: Block) -> Marker | None:
        """An article or a division whose number no sign ends.

        "Article 3 Les bancs" follows article 2, and "Titre II Les bancs" stands right above the
        article that follows. A number that stands with a sign too is one in a table of contents.
        """
        found = next(readings(block.text, heading=True), None)
        if found is None or not found.rest[:1].isupper():
            return None
        if found.form == "division":
            below = [marker(later.text) for later in self._blocks[self.at + 1 : self.at + 2]]
            article = next((m for m in below if m and m.form == "article"), None)
            heads = article and (article.rank == 1 or self._follows(article))
            return found if heads and not is_sentence(block.text) else None
        if found.form != "article" or found.number in self._articles:
            return None
        begins = {*re.split("[.-]", found.number[0])} == {"1"} and self._goes_on(found)
        return found if begins or self._follows(found) else None

    def _annex(self, block: Block) -> Marker | None:
        """An annex without a number, with its title on its line: "Annexe : les tarifs".

        It stands below the last article; a letter that names what it encloses ends with it.
        """
        below = self._blocks[self.at + 1 : self.at + 2]
        here = self.places.here
        if here.word not in {"art", "fnp"} or not below or is_sentence(block.text):
            return None
        found = titled_annex(block.text)
        listed = below[0].depth or titled_annex(below[0].text)
        return found if found and not listed and is_last(here.marker, self._below) else None

    def _follows(self, found: Marker) -> bool:
        before = (self._article, *(place.marker for place in self.places.open))
        return any(map(found.succeeds, before))

    def _is_spoken(self, block: Block, after: Block | None) -> bool:
        """Whether a line in capitals is of a sentence, or a name below the final formula.

        Right above an article or a sentence it heads another text.
        """
        heads = after is not None and (after.text.endswith(".") or opens_head(after))
        signs = self.places.here.word == "fnp" and not heads
        return signs or is_preamble_or_quotation(block.text, after)

    def _is_text(self, block: Block, found: Marker | None, after: Block | None) -> bool:
        """Whether a line that its type alone makes a heading is text: of a sentence, or a name.

        What has a number is none of them, but for one between items in plain type; "P. Dubois"
        has none.
        """
        if found is not None:
            before = self._above
            above = found.succeeds(marker(before.text)) and before.role is Role.TEXT
            below = marker(after.text) if after and after.role is Role.TEXT else None
            if found.form in LISTED and above and below and below.succeeds(found):
                return True
            listed = self._follows(found) or self._goes_on(found)
            if listed or not is_initial(found):
                return False
        return not named(block.text) and (
            is_code(block.text) or is_preamble_or_quotation(block.text, after) or self._signs()
        )

    def _as_text(self, block: Block) -> Block:
        """Such a line; what enacts stands in no section whose heading is smaller."""
        if enacts(block.text):
            self.places.close_smaller(block.level)
        return replace(block, role=Role.TEXT, level=BY_TYPE)

    def _signs(self) -> bool:
        here = self.places.here.word
        return is_signature(self._blocks, self.at, below=here, formula=self._formula)

    def _opens_part(self, block: Block, found: Marker) -> bool:
        """Whether it is no item: an article may list its annexes after ":"."""
        article = self.places.within("art")
        listed = article and article.intro and found.sign == "anx"
        return may_head(block) and not (listed and found.rest.endswith((";", ",", ".")))

    def _fits(self, found: Marker) -> bool:
        """Whether "1.4" begins a list, or stands below a section 1 or beside 1.2."""
        *above, last = found.number
        open_numbers = (p.marker.number[: len(above)] for p in self.places.open if p.marker)
        return last == "1" or (not _AMOUNT.match(last) and tuple(above) in open_numbers)

    def _formal(self, block: Block, found: Marker, after: Block | None) -> None:
        """An article or a division, and the title or text on the same line."""
        rest, printed = found.rest, block.text
        word = "art" if found.form == "article" else found.sign
        heading = block.role is Role.HEADING  # with all on its line: "Deel B. Perceel 1: bomen"
        titled = not rest or heading or is_title(word, replace(block, text=rest), after)
        if word == "art" and rest and block.role is Role.TEXT:
            titled = titled and not continues(rest, after)
            self._titled += [squeezed(rest)] if titled else []
            self._worded += not titled
        if not titled:
            printed = without_end(printed[: -len(rest)])
        if found.form == "article":
            points = [p.marker for p in self.places.open if p.word == "pnt" and p.marker]
            self._points = points or self._points
            self._unsure += self._loose
            before = self._above.text
            if self.places.within("art") and before.endswith(":"):
                self._introduced.append(squeezed(printed))
            if self.places.here.word == "fnp" and not is_sentence(before):
                self._unsure.append(squeezed(before))
            if self.places.article(found, squeezed(printed)) and found.number[0] in {"1", "I"}:
                self._others.append(" – ".join(self.places.headings))
            self._article, self._paragraph, self._over = found, None, False
            self._list = self._next = 0
        else:
            self.places.division(found, squeezed(printed), block.level)
        self._loose.clear()
        self._untitled = None if rest else self.places.here
        self._headed(block if titled else replace(block, notes=(), doubts=()))
        if not titled:
            self.take(replace(block, text=rest, role=Role.TEXT), after)

    def _heading(self, block: Block, found: Marker | None) -> None:
        heading = squeezed(block.text)
        self._loose.clear()
        if found and found.form in {*LISTED, "paragraph"}:
            self.places.section(found, heading, block.level)
            self._untitled = None if found.rest else self.places.here
        else:
            by_type, here = has_no_level(block), self.places.here
            again = here is self._bare and (here.word, here.level) == ("hdg", block.level)
            below = by_type and (again or self.places.holds(block))
            self.places.heading(heading, block.level, named(heading), by_type=by_type, below=below)
        self._headed(block)

    def _quoted(self, block: Block, found: Marker | None) -> None:
        """A line of a text that a document quotes, whose numbers are none of its own."""
        if found and found.form == "article":
            self._within_quotation.append(squeezed(block.text))
        numbered = found is not None and bool(found.number)
        self._plain(replace(block, depth=0) if numbered else block, None if numbered else found)

    # articles

    def _in_article(self, block: Block, found: Marker | None) -> None:
        article, self._table = self.places.here, Table()
        ends = is_final(block, self._above) or signs_off(block, self._blocks, self.at)
        if ends and not block.quoted and is_last(article.marker, self._below):
            self._loose.clear()
            self._formula = self.at
            self.places.final()
            self._plain(replace(block, role=Role.TEXT, level=0), found)
            return
        if not article.counts["lines"]:
            self._start(Part(article.steps, self.places.headings))
        article.counts["lines"] += 1
        part = self.parts[-1]
        self._note_line(block, found, part, article)
        bracketed = in_brackets(block.text)
        if bracketed and bracketed.succeeds(article.marker):
            self._bracketed.append(squeezed(block.text))
        opens = (m for m in readings(block.text) if self._opens(m, article, block.depth))
        row = block.role is Role.ROW and block.lang is None  # not a text beside its translation
        whole = self._over or block.quoted or row
        opening = None if whole else next(opens, None)
        if opening:
            if self._paragraph is None:
                article.listed = opening.form != "paragraph" and bool(article.intro)
            self._paragraph, self._depth, self._list = opening, block.depth, block.list
            self._next = 0
            self._numbered(part, block, opening, listed=article.listed)
            return
        if found and found.form == "bullet" and block.depth > 1:  # both lists may have one sign
            block, found = replace(block, text=found.rest), None
        own = found is not None or block.goes_on or self._is_counted(block)
        sign = "" if own else dash_of(block)
        if article.listed and not sign and not block.quoted and marker(block.text) is None:
            self._over = self._over or ends_list(part.blocks[-2:], self._paragraph, self._below)
        if self._is_below_list(block):
            self._over, block = True, replace(block, outer=not article.listed)
        depth = int(article.listed and not self._over)
        rubric = block.role is Role.HEADING and found is None
        role = Role.RUBRIC if rubric else Role.TEXT
        self._add(part, replace(block, role=role, label=sign, depth=depth))
        if self._paragraph is None and not (found and found.form == "division"):
            part.lead = article.intro = intro_of(f"{sign} {block.text}".lstrip())

    def _note_line(self, block: Block, found: Marker | None, part: Part, article: Place) -> None:
        """Note a line of an article that may be none of its words."""
        after = next(self._below, None) if found is None and part.blocks else None
        heads = heads_by_words(block, None, after, None) and not block.quoted
        if heads and after and not opens_head(after) and is_last(article.marker, self._below):
            self._capitals.append(squeezed(block.text))
        if found is None and part.blocks and self._is_loose(block, part.blocks[-1]):
            self._loose.append(squeezed(block.text))
            return
        if block.role is Role.ROW and self._loose and is_last(article.marker, self._below):
            self._captions += self._loose[-1:]
        self._loose.clear()

    def _is_below_list(self, block: Block) -> bool:
        """Whether the list of the page has ended that has the last number, and none goes on."""
        numbered = self._paragraph is not None and self._list > 0
        text = block.role is Role.TEXT and not block.quoted and not block.list
        if not (numbered and text):
            return False
        if not self._over and self._next <= self.at:
            far = counts_on(self._paragraph, self._below)
            self._next = self.at + far if far else 0
        return self._over or not self._next

    def _is_counted(self, block: Block) -> bool:
        """Whether an item has a number that counts on from the line above it, or to the one below.

        One that is like an initial has: "C. Le bac", "D. La halle".
        """
        around = self._blocks[max(0, self.at - 1) : self.at + 2]
        heads = [list(readings(line.text)) for line in around if line.depth and block.depth]
        return any(b.succeeds(a) for one, other in pairwise(heads) for a in one for b in other)

    def _is_note(self, block: Block) -> bool:
        """Take a line as the note that words above it call, but in a list of "(1)", "(2)"."""
        listed = self._paragraph is not None and self._paragraph.sign == "()"
        if listed or not self.parts:
            return False
        here, article = self.places.here, self.places.within("art") is not None
        below = here.word == "fnp" or (here.word == "art" and here.counts["lines"] > 0)
        return self._typed.take(block, self.parts[-1], below=below, article=article)

    def _is_loose(self, block: Block, before: Block) -> bool:
        """Whether a line ends no sentence and goes on from none, or signs in bold type.

        Right above an article it may be its heading; it may also come from the page around a text.
        """
        ended = not before.quoted and before.text.endswith(".")
        ended = ended or bool(self._loose) or block.level == BY_TYPE
        plain = may_head(block) and not block.quoted and not is_sentence(block.text)
        return ended and plain and not block.text[:1].islower()

    def _numbered(self, part: Part, block: Block, opening: Marker, *, listed: bool) -> None:
        """A numbered paragraph of an article, or a point of a list that it introduces."""
        sign = "§ " if opening.form == "paragraph" else ""
        if sign and opening.rank > 1 and self._above.text.endswith(":"):
            self._introduced.append(f"{self.places.here.heading}, {sign}{opening.number[0]}")
        number = f"{sign}{opening.printed or '.'.join(opening.number)}"
        line = replace(block, role=Role.TEXT, text=words_of(block, opening))
        if listed:
            self._add(part, replace(line, label=number, depth=1))
        else:
            self._add(part, replace(line, paragraph=number, depth=0))

    def _opens(self, found: Marker, article: Place, depth: int = 0) -> bool:
        """Whether this number opens a paragraph of the article, or a point that ":" introduces.

        Items as deep as the last one (``depth``) are of its list, whatever numbers lack.
        """
        if found.form == "paragraph":
            if self._paragraph is None and found.rank > 1:  # "… remplacé par : / § 2. Le bac …"
                return not any(block.text.endswith(":") for block in self.parts[-1].blocks)
            return self._paragraph is None or self._paragraph.form == "paragraph"
        own = article.marker.number if article.marker else ()  # "3.1" stands in article 3
        if found.form not in LISTED or found.number[:-1] not in {(), own}:
            return False
        if self._paragraph is not None:
            before = self._paragraph
            same = 0 < depth == self._depth and found.scheme == before.scheme
            later = same and found.rank > before.rank
            return later or found.succeeds(before) or skips(before, found)
        above = next((marker(line.text) for line in self.parts[-1].blocks[-1:]), None)
        if above is not None and above.scheme == found.scheme:
            return False  # a list that began with 0, or counts down
        return found.rank == 1 and (found.form == "decimal" or bool(article.intro))

    # sections

    def _plain(self, block: Block, found: Marker | None) -> None:
        if block.goes_on:
            self._after_inner(block)
            return
        if found and found.number and found.form != "article":
            if not opens_inner(found, self._below):
                self._point(block, found)
                return
            self._point(replace(block, notes=(), doubts=()), replace(found, rest=""))
            block = replace(block, text=found.rest)
            self._plain(block, self._marker(block))
        elif (found and not found.number) or block.depth:
            self._bullet(block, found if found and not found.number else None)
        elif self.parts and not self.parts[-1].blocks[-1].text:  # the point's number stood alone
            self._bare = None
            self._add(self.parts[-1], replace(block, depth=1))
        else:
            here = self._after_list()
            here.intro = intro_of(block.text)
            self._named += [squeezed(block.text)] if self._may_be_named(block) else []
            self._whole(here.count("par"), block, block.text)

    def _may_be_named(self, block: Block) -> bool:
        """Whether a line has the name and number of a heading ("Mesure 1.2 : Les bacs").

        It may also be one of a list, or stand above a picture or a table.
        """
        found = named(block.text)
        beside = self._blocks[max(0, self.at - 1) : self.at + 2]
        alike = sum(1 for b in beside if found and (m := named(b.text)) and m.sign == found.sign)
        rows = any(b.role is Role.ROW for b in beside)
        return (
            alike == 1 and bool(found and found.rest) and not rows and not is_sentence(block.text)
        )

    def _after_list(self) -> Place:
        """The place to which a paragraph belongs that is no item of the list before it."""
        while self.places.here.listed:
            self.places.open.pop()
        return self.places.here

    def _point(self, block: Block, found: Marker) -> None:
        self.places.point(found, block.depth)
        self._item = None if found.rest.endswith(".") else found
        point = self.places.here
        point.counts["par"] = 1  # its own words; a paragraph that follows is its second
        point.intro = intro_of(found.rest)
        numbered = replace(block, label=point.steps[-1].number)
        self._whole(point.steps, numbered, words_of(block, found), self.places.open[-2].intro)
        self._bare = None if found.rest else point

    def _bullet(self, block: Block, sign: Marker | None) -> None:
        text = sign.rest if sign else block.text
        last = self.parts[-1] if self.parts else None
        item = last and last.steps[-1].word in {"blt", "pnt"} and last.blocks[-1].text
        if last and item and block.depth > 1:
            sign_shown = "" if self._is_counted(block) else dash_of(block, around=1)
            self._add(last, replace(block, text=text, label=sign_shown))
        else:
            before = self._above.list
            if 0 < before != block.list > 0 and not self.places.here.intro:
                self._after_list()
            steps, lead = self.places.bullet(sign, max(block.depth, 1), intro_of(text))
            self._whole(steps, block, text, lead)

    def _after_inner(self, block: Block) -> None:
        """Words of an item after a list within it."""
        last = self.parts[-1] if self.parts else None
        item = next((p for p in reversed(self.places.open) if p.level == block.depth), None)
        if last and item and item.word in {"pnt", "blt"} and item.steps != last.steps:
            del self.places.open[self.places.open.index(item) + 1 :]
            self._whole(item.count("par"), block, block.text)
        elif last and last.steps and last.steps[-1].word in {"pnt", "blt"}:
            self._add(last, block)
        else:
            self._plain(replace(block, depth=0, goes_on=False), self._marker(block))

    def _row(self, block: Block) -> None:
        if block.level or not self._table.steps:
            self._table = Table(self._after_list().count("tab"))
        placed = self._table.row(block, next(self._below, None), self._is_item)
        self._whole(placed.steps, block, block.text, placed.lead, placed.heading)

    def _is_item(self, row: Block) -> bool:
        """Whether a row is one of a list: an article, or a number that other rows count on from."""
        found = marker(row.text.partition(" | ")[0])
        listed = found and (found.form == "article" or rows_count_on(found, self._below))
        return bool(listed)

    def _whole(
        self, steps: Steps, block: Block, text: str, lead: str = "", heading: str = ""
    ) -> None:
        """A part that is one passage, below the headings that are open, and one of its own."""
        headings = (*self.places.headings, *([heading] if heading else []))
        self._start(Part(steps, headings, whole=True, lead=lead))
        self._add(self.parts[-1], replace(block, text=text))

    def _add(self, part: Part, block: Block) -> None:
        part.blocks.append(self._with_waiting(block))
        self._typed.call(part)

    def _with_waiting(self, block: Block) -> Block:
        """A block with what waits for it; it waits no longer."""
        waiting, self._waiting = self._waiting, _NOTHING
        return under(block, waiting)

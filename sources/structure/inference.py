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

from collections.abc import Sequence
from dataclasses import replace

from sources.structure.article_lines import ArticleLines
from sources.structure.below import (
    article_heads,
    has_next,
    is_within_article,
    opens_inner,
    rows_count_on,
)
from sources.structure.blocks import BY_TYPE, Block, Role, squeezed
from sources.structure.cursor import Cursor
from sources.structure.formulas import decides, enacts, heads_decision
from sources.structure.framed import as_paragraphs, told
from sources.structure.lines import (
    LISTED,
    as_operative,
    begins_again,
    continues,
    dash_of,
    has_no_level,
    heads_by_type,
    heads_by_words,
    intro_of,
    is_code,
    is_counted,
    is_initial,
    is_preamble_or_quotation,
    is_sentence,
    is_title,
    may_head,
    opens_head,
    without_end,
    words_of,
)
from sources.structure.nesting import introduced, unquoted
from sources.structure.numbers import Marker, marker, named
from sources.structure.parts import Outline
from sources.structure.places import Place, Places
from sources.structure.recognising import Recognition
from sources.structure.rows import Table
from sources.structure.run_in import run_in
from sources.structure.signatures import is_final, is_signature, signs_off
from sources.structure.suspects import Suspects
from sources.structure.writer import NOTHING, Writer


def inferred(
    blocks: Sequence[Block], title: Block = NOTHING, letterhead: Sequence[Block] = ()
) -> Outline:
    """The parts of a document, from its blocks in reading order.

    The notes and doubts of its ``title`` go with the first words; the lines of the ``letterhead``
    come first and head nothing.
    """
    blocks, framed = as_paragraphs(run_in(_with_inserted(blocks)))
    reading = _Reading(blocks, title, letterhead)
    reading.read()
    return Outline(
        parts=reading.writer.parts,
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


class _Reading:
    """Which places are open, and the parts so far."""

    def __init__(self, blocks: Sequence[Block], title: Block, letterhead: Sequence[Block]) -> None:
        self.places = Places()
        self.writer = Writer(blocks, self.places)
        self._cursor = Cursor(blocks)
        self._recognition = Recognition(self._cursor, self.places)
        self._suspects = Suspects(self._cursor)
        self._heads = article_heads(blocks)
        self._decisions = sum(heads_decision(block.text) for block in blocks)
        self._untitled: Place | None = None  # the block before, a heading of a number only
        self._item: Marker | None = None  # the block before, an item of a numbered list
        self._article = self._lines()  # the last one
        self._points: list[Marker] = []  # that stood open above the article
        self._formula = 0  # place of the final formula
        self._table = Table()
        for line in letterhead:
            if line.role is Role.ROW:
                self._row(line)
            else:
                self._plain(replace(line, role=Role.TEXT, level=0), None)
        self.writer.waiting = title

    def read(self) -> None:
        """Read all blocks."""
        for index, block in enumerate(self._cursor.blocks):
            self._cursor.at = index
            self._take(block, self._cursor.after)

    def warnings(self) -> list[str]:
        """What a person should know of this reading."""
        return self._suspects.warnings(self.writer.notes.unsure)

    def _take(self, block: Block, after: Block | None) -> None:
        """Read one block; ``after`` is the next one."""
        self.places.leave(block.boxes)
        titled = block.role is Role.TITLE
        if titled:  # of another text: nothing goes on below it
            self.places.end()
            block = replace(block, role=Role.HEADING, level=1)
        untitled, self._untitled = self._untitled, None
        item, self._item = self._item, None
        found = self._recognition.marker(block)
        sure = titled or untitled is not None
        if not sure and heads_by_type(block) and self._is_text(block, found, after):
            block = self._as_text(block)
            found = self._recognition.marker(block)
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
            above = self.writer.parts[-1].blocks[0]
            self.writer.heading(replace(above, notes=block.notes, doubts=block.doubts))
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
        heads = heads_by_words(block, found, after, item) and not self._recognition.is_listed(found)
        if heads and (found or not self._is_spoken(block, after)):
            self._heading(block, found)
        elif again:
            outermost = next(place for place in self.places.open if place.word == "pnt")
            heads = again is outermost and not block.text.endswith(":")
            self.places.close_from(again)
            self._heading(block, None) if heads else self._plain(block, None)
        else:
            self._plain(block, found)

    def _is_heading(self, block: Block, found: Marker | None) -> bool:
        """Whether the format makes a heading of a block, and not one within an article.

        "§ 1. Le tarif" is one within it; so may be what its type alone makes a heading.
        """
        article = self.places.here
        if block.role is not Role.HEADING or article.word != "art":
            return block.role is Role.HEADING
        if (found and found.form == "paragraph") or is_final(block, self._cursor.above):
            return False
        if block.level != BY_TYPE or not (found is None or self._article.opens(found, article)):
            return True
        blocks, at = self._cursor.blocks, self._cursor.at
        return not is_within_article(article.marker, blocks, at, self._heads)

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
            has_next(place.marker, self._cursor.below) for place in sections
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
        if not (goes_on and plain) or found.succeeds(self._article.paragraph):
            return False
        alone = self._article.is_alone(found)
        return above or (alone and heads_by_words(block, found, after, None))

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
        if found is None or found.form != "point" or not self._article.is_alone(found):
            return
        if any(map(found.succeeds, self._points)):
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
            before = self._cursor.above
            above = found.succeeds(marker(before.text)) and before.role is Role.TEXT
            below = marker(after.text) if after and after.role is Role.TEXT else None
            if found.form in LISTED and above and below and below.succeeds(found):
                return True
            listed = self._recognition.follows(found) or self._recognition.goes_on(found)
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
        return is_signature(self._cursor.blocks, self._cursor.at, below=here, formula=self._formula)

    def _opens_part(self, block: Block, found: Marker) -> bool:
        """Whether it is no item: an article may list its annexes after ":"."""
        article = self.places.within("art")
        listed = article and article.intro and found.sign == "anx"
        return may_head(block) and not (listed and found.rest.endswith((";", ",", ".")))

    def _formal(self, block: Block, found: Marker, after: Block | None) -> None:
        """An article or a division, and the title or text on the same line."""
        rest, printed = found.rest, block.text
        word = "art" if found.form == "article" else found.sign
        heading = block.role is Role.HEADING  # with all on its line: "Deel B. Perceel 1: bomen"
        titled = not rest or heading or is_title(word, replace(block, text=rest), after)
        if word == "art" and rest and block.role is Role.TEXT:
            titled = titled and not continues(rest, after)
            self._suspects.on_line(rest, titled=titled)
        if not titled:
            printed = without_end(printed[: -len(rest)])
        if found.form == "article":
            points = [p.marker for p in self.places.open if p.word == "pnt" and p.marker]
            self._points = points or self._points
            self._suspects.above_article(formula=self.places.here.word == "fnp")
            if self.places.within("art") and self._cursor.above.text.endswith(":"):
                self._suspects.introduced.append(squeezed(printed))
            if self.places.article(found, squeezed(printed)) and found.number[0] in {"1", "I"}:
                self._suspects.others.append(" – ".join(self.places.headings))
            self._article = self._lines()
        else:
            self.places.division(found, squeezed(printed), block.level)
        self._suspects.clear()
        self._untitled = None if rest else self.places.here
        self.writer.heading(block if titled else replace(block, notes=(), doubts=()))
        if not titled:
            self._take(replace(block, text=rest, role=Role.TEXT), after)

    def _heading(self, block: Block, found: Marker | None) -> None:
        heading = squeezed(block.text)
        self._suspects.clear()
        if found and found.form in {*LISTED, "paragraph"}:
            self.places.section(found, heading, block.level)
            self._untitled = None if found.rest else self.places.here
        else:
            by_type, here = has_no_level(block), self.places.here
            again = here is self.writer.bare and (here.word, here.level) == ("hdg", block.level)
            below = by_type and (again or self.places.holds(block))
            self.places.heading(heading, block.level, named(heading), by_type=by_type, below=below)
        self.writer.heading(block)

    def _quoted(self, block: Block, found: Marker | None) -> None:
        """A line of a text that a document quotes, whose numbers are none of its own."""
        if found and found.form == "article":
            self._suspects.quoted(block)
        numbered = found is not None and bool(found.number)
        self._plain(replace(block, depth=0) if numbered else block, None if numbered else found)

    # articles

    def _in_article(self, block: Block, found: Marker | None) -> None:
        self._table = Table()
        blocks, at = self._cursor.blocks, self._cursor.at
        ends = is_final(block, self._cursor.above) or signs_off(block, blocks, at)
        if ends and not block.quoted and self._cursor.is_last(self.places.here.marker):
            self._suspects.clear()
            self._formula = at
            self.places.final()
            self._plain(replace(block, role=Role.TEXT, level=0), found)
        else:
            self._article.take(block, found)

    def _lines(self) -> ArticleLines:
        """A reader of the lines of the next article."""
        return ArticleLines(self._cursor, self.places, self.writer, self._suspects)

    def _is_note(self, block: Block) -> bool:
        """Take a line as the note that words above it call, but in a list of "(1)", "(2)"."""
        paragraph, last = self._article.paragraph, self.writer.last
        if last is None or (paragraph is not None and paragraph.sign == "()"):
            return False
        here, article = self.places.here, self.places.within("art") is not None
        below = here.word == "fnp" or (here.word == "art" and here.counts["lines"] > 0)
        return self.writer.notes.take(block, last, below=below, article=article)

    # sections

    def _plain(self, block: Block, found: Marker | None) -> None:
        if block.goes_on:
            self._after_inner(block)
            return
        if found and found.number and found.form != "article":
            if not opens_inner(found, self._cursor.below):
                self._point(block, found)
                return
            self._point(replace(block, notes=(), doubts=()), replace(found, rest=""))
            block = replace(block, text=found.rest)
            self._plain(block, self._recognition.marker(block))
        elif (found and not found.number) or block.depth:
            self._bullet(block, found if found and not found.number else None)
        elif (last := self.writer.last) and not last.blocks[-1].text:  # a point's number, alone
            self.writer.bare = None
            self.writer.add(last, replace(block, depth=1))
        else:
            here = self._after_list()
            here.intro = intro_of(block.text)
            self._suspects.plain(block)
            self.writer.whole(here.count("par"), block, block.text)

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
        self.writer.whole(point.steps, numbered, words_of(block, found), self.places.open[-2].intro)
        self.writer.bare = None if found.rest else point

    def _bullet(self, block: Block, sign: Marker | None) -> None:
        text = sign.rest if sign else block.text
        last = self.writer.last
        item = last and last.steps[-1].word in {"blt", "pnt"} and last.blocks[-1].text
        if last and item and block.depth > 1:
            sign_shown = "" if is_counted(block, self._cursor.around) else dash_of(block, around=1)
            self.writer.add(last, replace(block, text=text, label=sign_shown))
        else:
            before = self._cursor.above.list
            if 0 < before != block.list > 0 and not self.places.here.intro:
                self._after_list()
            steps, lead = self.places.bullet(sign, max(block.depth, 1), intro_of(text))
            self.writer.whole(steps, block, text, lead)

    def _after_inner(self, block: Block) -> None:
        """Words of an item after a list within it."""
        last = self.writer.last
        item = next((p for p in reversed(self.places.open) if p.level == block.depth), None)
        if last and item and item.word in {"pnt", "blt"} and item.steps != last.steps:
            del self.places.open[self.places.open.index(item) + 1 :]
            self.writer.whole(item.count("par"), block, block.text)
        elif last and last.steps and last.steps[-1].word in {"pnt", "blt"}:
            self.writer.add(last, block)
        else:
            self._plain(replace(block, depth=0, goes_on=False), self._recognition.marker(block))

    def _row(self, block: Block) -> None:
        if block.level or not self._table.steps:
            self._table = Table(self._after_list().count("tab"))
        placed = self._table.row(block, self._cursor.after, self._is_item)
        self.writer.whole(placed.steps, block, block.text, placed.lead, placed.heading)

    def _is_item(self, row: Block) -> bool:
        """Whether a row is one of a list: an article, or a number that other rows count on from."""
        found = marker(row.text.partition(" | ")[0])
        listed = found and (found.form == "article" or rows_count_on(found, self._cursor.below))
        return bool(listed)

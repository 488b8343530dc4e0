"""Answers that are lists: what a text names or is made of, a column of a table, the sides of a
comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import render
from assistant.answer import Answer, Citation, CitedGroup, KeySentence, ListedItem, Listing
from assistant.decision import SHOWN
from assistant.key_data import PARTS
from assistant.locale import count, say
from sources.anchor import Lang, parent
from sources.model import CELLS
from sources.numerals import number_in_words

if TYPE_CHECKING:
    from assistant.decision import Decision
    from assistant.key_data import KeyData, ListQuestion
    from assistant.question import Question
    from assistant.table import Row
    from assistant.tables import Column
    from assistant.tally import Occurrence
    from index.build import Build
    from sources.model import Passage

_LISTED = 40  # passages that a list of things is taken from
_PARTS = 15  # chapters, articles … that are listed where they are counted
_NUMBERS = 3  # of citations beside one thing of a list


def counted(
    occurrences: Sequence[Occurrence], cited: Sequence[Passage], lang: Lang
) -> Listing | None:
    """How many, in words, and each of them."""
    if not occurrences:
        return None
    numbers = {p.anchor: n for n, p in enumerate(cited, 1)}
    items = tuple(
        ListedItem(o.passage.texts[lang][o.start : o.end], (numbers[o.passage.anchor],))
        for o in occurrences
    )
    return Listing(number_in_words(len(occurrences), lang).capitalize(), items)


class ListComposer:
    """Composes lists from one build."""

    def __init__(self, build: Build, key_data: KeyData) -> None:
        self._build, self._key_data = build, key_data

    def compose(self, question: Question, decision: Decision) -> Answer | None:
        """The list that was decided on; None where none was."""
        if decision.listing:
            return self._things(question, decision.listing, decision.missing)
        if decision.column:
            return self._rows(question, decision.column, decision.cite)
        return self._compared(question, decision) if decision.sides else None

    def _things(self, question: Question, asked: ListQuestion, missing: tuple[str, ...]) -> Answer:
        """All things of a sort that a text names, each with the passages that name it."""
        lang, build, work, sort = question.answer_lang, self._build, asked.work, asked.sort
        data = self._key_data.answer(asked, lang)
        parts = len(data) if sort in PARTS else 0
        if parts > _PARTS:
            data = data[-1:]  # its number tells that there are so many
        firsts = {d.portions[0] for d in data}
        if sort == "points":  # with what announces them
            firsts |= set(map(parent, firsts))
        cited = [p for p in build.document_for(work, lang) if p.anchor.portion in firsts][:_LISTED]
        number = {p.anchor.portion: n for n, p in enumerate(cited, 1)}
        found = [(d.label, [number[p] for p in d.portions if p in number]) for d in data]
        items = tuple(ListedItem(label, tuple(ns[:_NUMBERS])) for label, ns in found if ns)
        citations = tuple(
            render.cite(build, p.anchor, n, lang, self._key_data.sentence(p, lang, sort))
            for n, p in enumerate(cited, 1)
        )
        title = count(lang, f"listing.{sort}", parts or len(items))
        if parts > _PARTS:
            title = say(lang, "listing.last", title=title)
        listing = Listing(title, items)
        others = self._key_data.others(asked, lang)
        return self._listed(
            question,
            listing,
            len(data),
            citations,
            missing=missing,
            notices=(count(lang, "notice.other_dates", others),) if others else (),
        )

    def _rows(self, question: Question, asked: Column, cited: Sequence[Passage]) -> Answer:
        """What stands in a column, each with its row."""
        lang, build = question.answer_lang, self._build
        numbers = {p.anchor: n for n, p in enumerate(cited[:_LISTED], 1)}
        listed = [row for row in asked.rows if row.row.passage.anchor in numbers]
        items = tuple(ListedItem(o.label, (numbers[o.row.passage.anchor],)) for o in listed)
        citations = render.each_lead_once(
            render.cite(build, at, n, lang, KeySentence(build.by_anchor[at].text, at.lang, 0))
            for at, n in numbers.items()
        )
        values = " · ".join(asked.values)
        title = count(
            lang,
            "listing.rows_having" if values else "listing.rows",
            len(asked.rows),
            heads=CELLS.join(asked.heads),
            values=values,
        )
        listing = Listing(title, items)
        return self._listed(question, listing, len(asked.rows), citations, is_shown=asked.is_listed)

    def _compared(self, question: Question, decision: Decision) -> Answer:
        """What each side of a comparison has, under its name."""
        lang = question.answer_lang
        citations: list[Citation] = []
        groups = []
        for side in decision.sides:
            first = len(citations)
            own = [self._row(row, first + n, lang) for n, row in enumerate(side.rows, 1)]
            citations += render.each_lead_once(own)
            groups.append(CitedGroup(side.name, (), tuple(c.number for c in own)))
        return render.worded(
            self._build,
            Answer(
                question=question.text,
                lang=lang,
                text="",
                citations=tuple(citations),
                build=self._build.id,
                missing=decision.missing,
                groups=tuple(groups),
            ),
        )

    def _row(self, row: Row, number: int, lang: Lang) -> Citation:
        """A row of a table, below the heads of its columns."""
        key = KeySentence(row.text, row.passage.anchor.lang, row.start)
        return replace(
            render.cite(self._build, row.passage.anchor, number, lang, key), lead=row.heads
        )

    def _listed(
        self,
        question: Question,
        listing: Listing,
        every: int,
        citations: tuple[Citation, ...],
        *,
        is_shown: bool = True,
        missing: tuple[str, ...] = (),
        notices: tuple[str, ...] = (),
    ) -> Answer:
        """A list with its passages, and whether it was cut short; without the list itself where its
        passages alone are to be shown.
        """
        lang, build, listed = question.answer_lang, self._build, len(listing.items)
        cut = say(lang, "notice.listing_cut", count=listed, all=every)
        return render.worded(
            self._build,
            Answer(
                question=question.text,
                lang=lang,
                text="",
                citations=citations,
                build=build.id,
                notices=((cut,) if listed < every else ()) + notices,
                missing=missing,
                groups=render.groups(build, citations, lang) if len(citations) > SHOWN else (),
                listing=listing if is_shown else None,
            ),
        )

"""Rules for questions about the tables of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.decision import Decision
from assistant.tables import Column
from index.query import Query
from index.tokens import stems_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.decision import DecisionInput
    from assistant.key_data import ListQuestion
    from assistant.tables import Row, Side
    from sources.model import Passage

_MANY_MORE = 2  # times as many things in the whole text: the column is not what is meant


def asks_for_a_column(case: DecisionInput) -> Decision | None:
    """All that a table has in a column, or its rows that have a value, in their order."""
    column = case.tables.column(case.question) if _is_of_tables(case) else None
    if column is None or any(_has_more(case, asked, column) for asked in case.lists):
        return None
    return _listed(case, column)


def _has_more(case: DecisionInput, asked: ListQuestion, column: Column) -> bool:
    """Does a text name many more things of the sort that is asked for than stand in a column?"""
    everywhere = case.key_data.answer(asked, case.question.answer_lang)
    return len(everywhere) > _MANY_MORE * len(column.rows)


def compares_rows_or_columns(case: DecisionInput) -> Decision | None:
    """What a table has of each of two things that are compared; one that no text has is missing."""
    compared = case.tables.compared(case.question) if _is_of_tables(case) else None
    if isinstance(compared, Column):
        return _listed(case, compared)
    if not compared:
        return None
    missing = [side for side in compared if not side.rows]
    if any(_is_there(case, side) for side in missing):
        return None
    sides = [side for side in compared if side.rows]
    cited = _passages(row for side in sides for row in side.rows)
    return Decision(cite=cited, sides=sides, missing=tuple(side.name for side in missing))


def _is_of_tables(case: DecisionInput) -> bool:
    """May tables answer a question: one that stands alone, and names no place, no text that is not
    here and no two texts?
    """
    question, named = case.question, case.question.mention
    goes_on = question.previous is not None and question.leans != "no"
    is_of_other = question.said or question.texts or (named and not question.works)
    return not (goes_on or is_of_other or (named and named.places))


def _is_there(case: DecisionInput, side: Side) -> bool:
    """Has a passage that was found for one side of a comparison the words that say what it is, with
    the name of its text?
    """
    lang, known = case.question.lang, case.mentions.known
    found = case.selector.find(Query.of(side.name, lang), case.question.works)
    passages = (s.hit.passage for s in found)
    return not side.words or any(
        side.words <= stems_of(p.all_texts(lang), lang) | known.title_stems(p.anchor.work, lang)
        for p in passages
    )


def _listed(case: DecisionInput, column: Column) -> Decision:
    if column.is_sought:
        case.remarks.append("notice.not_compared")
    before = [column.before] if column.before else []
    return Decision(cite=[*before, *_passages(listed.row for listed in column.rows)], column=column)


def _passages(rows: Iterable[Row]) -> list[Passage]:
    return list({row.passage.anchor: row.passage for row in rows}.values())

"""Rules for questions about the tables of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import heading_match, message
from assistant.decision import SHOWN, Decision
from assistant.empty_words import is_empty
from assistant.rules.common import cite
from assistant.rules.terms import asks_what_a_term_means
from assistant.table import Row
from assistant.tables import Column, Side, core, sides_of
from assistant.word_match import resembles
from index.query import Query
from index.tokens import stems_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.decision import DecisionInput
    from assistant.finding import ScoredPassage
    from assistant.key_data import ListQuestion
    from sources.model import Passage

_MANY_MORE = 2  # times as many things in the whole text: the column is not what is meant


def asks_for_a_column(case: DecisionInput) -> Decision | None:
    """All that a table has in a column, its rows that have a value, or who does what, in their
    order; of a text without such a table, the part that is headed as tasks.
    """
    works = _works(case)
    if works is not None and (duties := case.tables.duties(case.question, works)):
        return _listed(case, duties)
    if tasks := [p for work in works or () for p in _tasks(case, work)]:
        return Decision(cite=tasks, is_place=True)
    column = None if works is None else case.tables.column(case.question, works)
    if column is None or any(_has_more(case, asked, column) for asked in case.lists):
        return None
    return _listed(case, column)


def _tasks(case: DecisionInput, work: str) -> list[Passage]:
    """The part of a text that is headed as tasks, where a question asks who does what."""
    titles = case.tables.tasks(case.question, work)
    return case.meant(heading_match.under(titles, work, case.question.answer_lang, case.build))


def _has_more(case: DecisionInput, asked: ListQuestion, column: Column) -> bool:
    """Does a text name many more things of the sort that is asked for than stand in a column?"""
    everywhere = case.key_data.answer(asked, case.question.answer_lang)
    return len(everywhere) > _MANY_MORE * len(column.rows)


def compares_rows_or_columns(case: DecisionInput) -> Decision | None:
    """What a table has of each of two things that are compared; one that no text has is missing."""
    works = _works(case)
    compared = None if works is None else case.tables.compared(case.question, works)
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


def compares_what_passages_say(case: DecisionInput) -> Decision | None:
    """Two things that are compared, each by the passage of one text that speaks of it; one that no
    text speaks of is missing.
    """
    question = case.question
    names, _, respect = sides_of(question)
    if not names or _works(case) is None or any(_is_no_thing(case, name) for name in names):
        return None
    defined = asks_what_a_term_means(case)
    if defined and len(defined.defined) > 1:
        return None  # what both of them mean says more
    cores = [core(name, frozenset(), question.lang) for name in names]
    beside = core(respect, frozenset(), question.lang)
    each = [
        _speaking(case, f"{name}{respect}", own and own | beside, other)
        for name, own, other in zip(names, cores, reversed(cores), strict=True)
    ]
    shared = [{s.hit.anchor.work for s in found} for found in each if found]
    of_both = [s for found in each for s in found if all(s.hit.anchor.work in w for w in shared)]
    if not of_both:
        return None
    work = max(of_both, key=lambda s: s.hit.score).hit.anchor.work
    chosen = [next((s for s in found if s.hit.anchor.work == work), None) for found in each]
    said = [s for s in chosen if s]
    if not any(s.enough for s in said) or len({s.hit.anchor for s in said}) < len(said):
        return None  # one passage says both
    missing = [name for name, s in zip(names, chosen, strict=True) if s is None]
    own_words = (own - other for own, other in zip(cores, reversed(cores), strict=True))
    silent = [of for of, s in zip(own_words, chosen, strict=True) if s is None]
    nearest = (s for name in missing for s in _found(case, name)[:SHOWN])
    # In the other language, words cannot tell.
    is_elsewhere = any(s.enough and question.lang not in s.hit.passage.texts for s in nearest)
    if is_elsewhere or not all(_is_unrelated(case, of, work) for of in silent):
        return None
    sides = [
        Side(name, (Row(s.hit.passage, 0, s.hit.passage.text, s.hit.passage.lead),), frozenset())
        for name, s in zip(names, chosen, strict=True)
        if s
    ]
    return replace(cite(said, missing=tuple(missing)), sides=sides, is_retrieved=False)


def _speaking(
    case: DecisionInput, name: str, own: frozenset[str], other: frozenset[str]
) -> list[ScoredPassage]:
    """What was found for one side of a comparison and has all of its words, best first; last what
    has those of the other side too.
    """
    lang, known = case.question.lang, case.mentions.known
    found = []
    for s in _found(case, name) if own else ():
        said = stems_of(s.hit.passage.all_texts(lang), lang)
        if own <= said | known.title_stems(s.hit.anchor.work, lang):
            found.append((other <= said, s))
    return [s for _, s in sorted(found, key=lambda pair: pair[0])]


def _found(case: DecisionInput, name: str) -> list[ScoredPassage]:
    return case.selector.find(Query.of(name, case.question.lang), case.question.works)


def _is_no_thing(case: DecisionInput, name: str) -> bool:
    """Does one side of a comparison ask something, or name a text?"""
    lang, known = case.question.lang, case.mentions.known
    said = core(name, frozenset(), lang)
    is_sort = any(is_empty(w, lang) for w in words(name, lang)[:1])  # "la résolution sur …"
    is_text = any(said <= known.title_stems(work, lang) for work in case.question.works)
    return is_sort or is_text or message.asks(name, lang)


def _is_unrelated(case: DecisionInput, said: frozenset[str], work: str) -> bool:
    """Has a text no word of one side of a comparison, not even misspelled or as a part of a longer
    one?
    """
    lang = case.question.lang
    left = said - case.mentions.known.title_stems(work, lang)
    document = case.build.document(work, lang)
    have = stems_of((text for p in document for text in p.all_texts(lang)), lang)
    return bool(left and have) and not any(resembles(word, have) for word in left)


def _works(case: DecisionInput) -> tuple[str, ...] | None:
    """The texts whose tables may answer a question, none for all: those that it is of, or goes on
    from. None where it names a place, a text that is not here or two texts.
    """
    question, named = case.question, case.question.mention
    is_of_other = question.unrecognised or question.texts or (named and not question.works)
    if is_of_other or (named and named.places):
        return None
    goes_on = question.previous is not None and question.leans != "no"
    if goes_on and not question.has_content:  # "et combien ?"
        return None
    return case.selector.searched(question)


def _is_there(case: DecisionInput, side: Side) -> bool:
    """Has a passage that was found for one side of a comparison the words that say what it is, with
    the name of its text?
    """
    lang, known = case.question.lang, case.mentions.known
    passages = (s.hit.passage for s in _found(case, side.name))
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

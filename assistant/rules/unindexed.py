"""Rules for questions that name a text that is known and not indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer_type import AnswerType
from assistant.decision import SHOWN, Decision
from assistant.elsewhere import asked_changes
from assistant.rules.common import cite

if TYPE_CHECKING:
    from assistant.decision import DecisionInput


def names_an_unindexed_text_that_passages_name(case: DecisionInput) -> Decision | None:
    """They are cited where a question asks for that text and nothing more, and, if what it asks is
    in there, where it says that it wants to know what an indexed text says of it.
    """
    named = case.question.mention
    if named is None or named.indexed:
        return None
    found = [s for s in case.found if case.matcher.names(s.hit.passage, named)]
    if not named.rest and not named.portion:
        if found:
            return cite(found[:SHOWN])
        return Decision(refuse="known", nearest=case.found, says_mention=True)
    found = [s for s in found[:1] if named.about and s.enough]
    if found and asked_changes(case.question):
        case.remarks.append("notice.no_change")
    return cite(found) if found else None


def asks_the_date_of_an_unindexed_text(case: DecisionInput) -> Decision | None:
    """A passage that names it may say that, without the text itself."""
    named = case.question.mention
    if named is None or named.indexed or named.portion:
        return None
    kind = AnswerType.of(case.question)
    if kind.sorts != {"moment"} or not kind.asking.issuperset(named.rest):
        return None
    found = [s for s in case.found if case.matcher.dates(s.hit.passage, named)]
    return cite(found[:1]) if found else None


def asks_inside_an_unindexed_text(case: DecisionInput) -> Decision | None:
    """An answer would need the text itself."""
    named = case.question.mention
    if named is None or named.indexed:
        return None
    best = case.found[0].hit.passage if case.found else None
    if best is None or case.matcher.asks_inside(named, best, case.question.lang):
        return Decision(refuse="known", nearest=case.found, says_mention=True)
    return None

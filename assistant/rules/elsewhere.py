"""Rules for what a text says of a place in another passage than the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.decision import SHOWN, WHOLE, Decision
from assistant.literal import moments
from assistant.rules.common import close

if TYPE_CHECKING:
    from assistant.decision import DecisionInput


def asks_what_a_text_changes(case: DecisionInput) -> Decision | None:
    """What an act does to a place of another, or to another as a whole: its passages that do it."""
    found = case.elsewhere.changes(case.question)
    if len(found) > WHOLE:
        case.remarks.append("notice.cut")
    cite = found[:WHOLE]
    return (
        Decision(cite=cite, is_place=True, says_mention=True, is_partial_match=True)
        if cite
        else None
    )


def names_a_place_that_its_text_names_of_another(case: DecisionInput) -> Decision | None:
    """A text has no such place, and passages of it name one with that number, of another text."""
    named = case.question.mention
    if not case.names_a_place or named is None or not named.work or case.named_passages:
        return None
    lang = case.question.answer_lang
    there = (p.pinpoint for p in named.places if p.work == named.work)
    naming = [p for place in there for p in case.elsewhere.naming(named.work, place, lang)]
    if not naming:
        return None
    case.remarks.append("notice.names_place")
    scored = case.selector.among(case.question, [naming[0].anchor.work_portion])
    return Decision(
        cite=list(dict.fromkeys(naming))[:SHOWN],
        confidence=scored[0].probability,
        says_mention=True,
        is_partial_match=True,
    )


def asks_from_when_a_place_applies(case: DecisionInput) -> Decision | None:
    """Another article says it: that goes first, and the place behind it.

    Of several moments in it, none is set in front: each may be of another place.
    """
    named = case.question.mention
    if not case.names_a_place or named is None or not case.named_passages:
        return None
    place = next(p.pinpoint for p in named.places if p.work == named.work)
    found = case.elsewhere.moments(case.question, place, case.named_passages)[: SHOWN - 1]
    there = [s.hit.passage for s in close(case.there_scored)[:1]]
    if not found:
        return None
    said = {key for *_, key in moments(found[0].text)}
    return Decision(cite=list(dict.fromkeys([*found, *there])), is_partial_match=len(said) > 1)

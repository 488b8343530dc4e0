"""What several rules share: which passages are cited, and which have the words of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant import message
from assistant.decision import Decision
from assistant.finding import ScoredPassage

if TYPE_CHECKING:
    from assistant.decision import DecisionInput

CLOSE = 0.4  # fused score below the best that a further citation may have, where only that tells
EVEN = 0.5  # probability at which it is as likely that a passage answers as that it does not


def cite(chosen: Sequence[ScoredPassage], *, missing: tuple[str, ...] = ()) -> Decision:
    """What was found is cited, in this order; the surest tells how sure the answer is.

    What says nothing is cited where nothing else is.
    """
    chosen = [s for s in chosen if not s.says_nothing] or chosen
    surest = max(s.probability for s in chosen)
    return Decision(
        cite=[s.hit.passage for s in chosen],
        missing=missing,
        confidence=surest,
        says_mention=True,
        is_retrieved=True,
        is_unsure=surest < EVEN and any(s.enough for s in chosen),
        is_partial_match=chosen[0].features.names_missing > 0,
    )


def close(found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Those whose score is close to the best."""
    return [s for s in found if s.hit.score >= found[0].hit.score - CLOSE]


def with_all_words(
    case: DecisionInput, found: Sequence[ScoredPassage], subject: str | None
) -> list[ScoredPassage]:
    """Those that have every word of a subject."""
    lang = case.question.lang
    return [s for s in found if case.matcher.has_words(s.hit.passage, subject, lang)]


def is_missing(case: DecisionInput, thing: str, nearest: ScoredPassage) -> bool:
    """Can a thing be said not to be in the sources?"""
    lang = case.question.lang
    passage = nearest.hit.passage
    return not message.asks(thing, lang) and case.matcher.is_unrelated(thing, passage, lang)

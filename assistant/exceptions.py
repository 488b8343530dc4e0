"""The exceptions to a rule, where a question asks for them.

They are often a paragraph of the article that lays down the rule, and the search finds the rule:
it has the words of the question. The paragraph beside it that states an exception goes first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.message import patterns_by_sort
from sources.folding import fold

if TYPE_CHECKING:
    from assistant.question import Question
    from assistant.selection import ScoredPassage
    from sources.model import Passage

_LOOKED = 3  # hits among which the rule is


def exceptions_first(
    question: Question,
    found: Sequence[ScoredPassage],
    article: Callable[[Passage], Sequence[ScoredPassage]],
) -> list[ScoredPassage]:
    """What was found, first what states an exception in the article of the rule.

    Args:
        question: As read.
        found: Best first.
        article: The passages of the article of a passage, best first.
    """
    if not found or not patterns_by_sort("exceptions")[question.lang]["asks"].search(
        question.folded
    ):
        return list(found)
    if _states(found[0].hit.passage):
        return list(found)
    rule = next((s for s in found[:_LOOKED] if s.hit.anchor.top.startswith("art_")), None)
    stating = [s for s in article(rule.hit.passage) if _states(s.hit.passage)] if rule else []
    if rule is None or not stating:
        return list(found)
    first = stating[0]
    likely = max(first.probability, rule.probability)
    hit = replace(first.hit, score=max(first.hit.score, found[0].hit.score))
    put = replace(first, hit=hit, probability=likely, enough=first.enough or rule.enough)
    return [put, *(s for s in found if s.hit.anchor != hit.anchor)]


def _states(passage: Passage) -> bool:
    """Does a passage state an exception, in any language that it is there in?"""
    patterns = patterns_by_sort("exceptions")
    return any(patterns[lang]["states"].search(fold(t)) for lang, t in passage.texts.items())

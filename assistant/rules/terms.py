"""Rules for questions about what a term means or an acronym stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.decision import SHOWN, Decision
from assistant.finding import DEPTH

if TYPE_CHECKING:
    from assistant.decision import DecisionInput
    from assistant.definitions import Definition
    from sources.anchor import WorkPortion

LONG = 1500  # characters above which a passage is too long for one definition in it


def asks_what_a_term_means(case: DecisionInput) -> Decision | None:
    """Where a text defines it: the definition, and not what uses the term; of several, of each."""
    each = case.definitions.of_each(case.question)
    if not each and (found := case.definitions.asked(case.question)):
        each = [found]
    defined = [d for found in each for d in _by_place(case, found)[: 1 if len(each) > 1 else SHOWN]]
    if not defined:
        return None
    return Decision(
        cite=list(dict.fromkeys(d.passage for d in defined)),
        defined=defined,
        is_brief=any(len(d.passage.text) > LONG for d in defined),
        says_mention=True,
    )


def _by_place(case: DecisionInput, found: Sequence[Definition]) -> list[Definition]:
    """Definitions, one of each place, best first; in the language of the answer where it can be."""
    lang = case.question.answer_lang
    by_place: dict[WorkPortion, Definition] = {}
    for d in sorted(found, key=lambda d: d.passage.anchor.lang != lang):
        by_place.setdefault(d.passage.anchor.work_portion, d)
    found_at = case.found if len(by_place) > 1 else []
    ranks = {s.hit.anchor.work_portion: n for n, s in enumerate(found_at)}
    return [by_place[place] for place in sorted(by_place, key=lambda p: ranks.get(p, DEPTH))]


def asks_what_an_acronym_stands_for(case: DecisionInput) -> Decision | None:
    """Where a passage explains it, the one that does so first."""
    found = case.definitions.explaining(case.question)
    return Decision(cite=found, says_mention=True, is_retrieved=True) if found else None

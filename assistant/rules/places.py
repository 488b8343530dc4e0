"""Rules for questions that name a place in a text: a part, an article, a point."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from assistant.announced import with_items
from assistant.answer_type import AnswerType
from assistant.decision import SHOWN, WHOLE, Decision
from assistant.finding import ScoredPassage
from assistant.key_data import ListQuestion
from assistant.rules.common import close
from index.resolve import Resolved
from index.tokens import stems

if TYPE_CHECKING:
    from assistant.decision import DecisionInput
    from sources.model import Passage


def names_a_section(case: DecisionInput) -> Decision | None:
    """A chapter, a part, by its number or its heading: all of it; of several texts that are named,
    that of each.
    """
    question = case.question
    texts = question.texts if question.of_each else ()
    each = [case.asked_of(work).named_sections for work in texts] or [case.named_sections]
    if any(len(sections) != 1 for sections in each):
        return None
    passages = (case.sections.outline.passages(s, question.answer_lang) for (s,) in each)
    found = case.meant(list(chain.from_iterable(passages)))
    if len(found) > WHOLE:
        case.remarks.append("notice.cut")
    return Decision(cite=found[:WHOLE], is_place=True) if found else None


def names_a_section_that_is_not_there(case: DecisionInput) -> Decision | None:
    """Chapter 40 of an act of ten, measure 7 of a plan of six."""
    missing = case.sections.missing(case.question)
    if not missing:
        return None
    nearest = case.selector.find(case.question, case.question.works)
    return Decision(refuse="no_portion", nearest=nearest, says_mention=True, missing=(missing,))


def names_a_place_that_is_not_there(case: DecisionInput) -> Decision | None:
    """Article 99 of an act of 40, article 3 sexies of one that goes from 3 to 4; or of a text by a
    name that none has, be the place in others.
    """
    if not case.names_a_place or case.named_passages:
        return None
    if elsewhere := case.places_elsewhere:
        return Decision(
            refuse="no_portion", nearest=elsewhere, says_mention=True, is_elsewhere=True
        )
    nearest = case.selector.find(case.question, case.question.works)
    return Decision(refuse="no_portion", nearest=nearest, says_mention=True)


def names_a_place_that_does_not_say_it(case: DecisionInput) -> Decision | None:
    """Something more is asked of a place, of a source of which it is known what it leaves open."""
    named = case.question.mention
    if not case.names_a_place or named is None or not named.rest:
        return None
    best = case.there_scored[0]
    is_mentioned = best.enough or case.matcher.speaks_of(
        named, case.named_passages, case.question.lang
    )
    if best.hit.has_unanswered and not is_mentioned:
        return Decision(refuse="plain", nearest=case.there_scored, says_mention=True)
    return None


def names_a_place(case: DecisionInput) -> Decision | None:
    """Straight to each; of places that are asked for something, the passages that fit."""
    named = case.question.mention
    if not case.names_a_place or named is None:
        return None
    missing = case.missing_places
    if case.names_a_place_alone:
        if len(case.named_passages) > WHOLE:
            case.remarks.append("notice.cut")
        return Decision(cite=case.named_passages[:WHOLE], missing=missing, is_place=True)
    fitting = close(case.there_scored)[:SHOWN]
    is_said = case.matcher.speaks_of(named, case.named_passages, case.question.lang)
    if not (is_said or fitting[0].enough):
        case.remarks.append("notice.not_said")
    if len(named.places) > 1:  # one of each, in the order of the question
        each = (_best(case.there_scored, place) for place in case.named_places)
        fitting = list({s.hit.anchor: s for s in each if s}.values()) or fitting
    cited = with_items(case.build, [s.hit.passage for s in fitting])
    return Decision(cite=cited, missing=missing, listing=_points_counted(case, cited))


def _points_counted(case: DecisionInput, cited: Sequence[Passage]) -> ListQuestion | None:
    """The points of a passage that announces as many of what a question counts ("the conditions
    are:", under a heading too).
    """
    first, lang = cited[0], case.question.lang
    announced = " ".join((*first.headings[-1:], first.texts.get(lang, "")))
    said = stems(announced, lang)
    if len(cited) < 2 or not AnswerType.of(case.question).counted & said:
        return None
    inside = f"{first.anchor.portion}."
    points = frozenset(p.anchor.portion for p in cited if p.anchor.portion.startswith(inside))
    return case.listed(ListQuestion(first.anchor.work, "points", within=points))


def _best(scored: Sequence[ScoredPassage], place: Resolved) -> ScoredPassage | None:
    """The passage of a place that fits the question best, in any language; None where it is not
    there.
    """
    there = {p.anchor.work_portion for p in place.passages}
    found = (s for s in scored if s.hit.anchor.work_portion in there)
    return next(found, None)

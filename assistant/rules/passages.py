"""Rules for what the passages that were found say, down to the refusal where they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer_type import AnswerType
from assistant.bounds import within
from assistant.decision import LOOKED, POOL, SHOWN, Decision
from assistant.finding import PARTLY, ScoredPassage, is_about
from assistant.literal import asks_for_one
from assistant.rules.common import EVEN, cite, close, with_all_words
from assistant.tally import tally
from index.tokens import stems_of
from sources.anchor import parent, word_at

if TYPE_CHECKING:
    from assistant.answer import Reason
    from assistant.decision import DecisionInput
    from sources.model import Passage

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_MOST_ROWS = 12  # of a table that is given whole, so that one row of it can be found


def has_nothing_to_search(case: DecisionInput) -> Decision | None:
    """No word of content, no text, no question before it."""
    if case.found and case.question.is_worth_searching:
        return None
    return Decision(refuse="plain", nearest=case.found, says_mention=True)


def counts_what_passages_name(case: DecisionInput) -> Decision | None:
    """How many times something took place, where passages name each of the times."""
    question = case.question
    if not AnswerType.of(question).names_amount or question.lang != question.answer_lang:
        return None
    counted = tally(question, [s.hit.passage for s in case.found[:POOL]], case.build.sentences)
    passages = list({o.passage.anchor: o.passage for o in counted}.values())
    said = stems_of((p.texts[question.lang] for p in passages), question.lang)
    names = stems_of(question.names, question.lang)
    if not counted or not names <= said:
        return None
    return Decision(cite=passages, occurrences=counted)


def a_row_lacks_the_number_that_is_asked_about(case: DecisionInput) -> Decision | None:
    """The price for 8 m: the row of a scale between whose bounds that is; else, where rows have
    single numbers (6 m, 9 m), the reader sees in the table which it is.
    """
    best = case.found[0]
    passage = best.hit.passage
    titles = case.mentions.known.titles(passage.anchor.work)  # "the budget of the plan 2032-2036"
    asked = _numbers(case.question.text) - _numbers(*titles)
    if not best.enough or not asked or asked & _numbers(passage.text, passage.lead):
        return None
    rows = _rows_beside(case, passage)
    own = within(case.question, [row.text for row in rows], passage.anchor.lang)
    if own is not None:
        return replace(cite([best]), cite=[rows[own]])
    if not 1 < len(rows) <= _MOST_ROWS:
        return None
    return replace(cite([best]), cite=rows, is_partial_match=True)


def _numbers(*texts: str) -> set[str]:
    return {number for text in texts for number in _NUMBER.findall(text)}


def _rows_beside(case: DecisionInput, passage: Passage) -> list[Passage]:
    """The rows of the table that a passage is a row of, but for the heads; none for any other."""
    portion = passage.anchor.portion
    if word_at(portion, -1) != "row":
        return []
    document = case.build.document(*passage.anchor.work_lang)
    rows = [p for p in document if parent(p.anchor.portion) == parent(portion)]
    return [p for p in rows if p.lead == passage.lead]


def the_best_passage_answers(case: DecisionInput) -> Decision | None:
    """Likely enough; keywords give little to go by, so the passage has to know them. One of a text
    that comes with no lists of questions, which would know others, may be likelier to answer than
    not instead.
    """
    best = case.found[0]
    is_likely = best.probability > EVEN and not best.hit.has_unanswered
    is_known = is_likely or is_about(best, PARTLY)
    stray = case.question.is_keywords and not is_known
    if not best.enough or stray:
        return None
    members = case.topic.members if case.topic and not asks_for_one(case.question) else []
    chosen = members or [s for s in close(case.found) if s.enough][:SHOWN]
    beside = _beside(case, best)
    if beside is not None:
        chosen = [*beside, *(s for s in chosen if s not in beside)][:SHOWN]
    decision = _under_its_heading(case, best, cite(_speaking(case, chosen) or chosen))
    case.out_of_vocabulary = case.out_of_vocabulary_in(best)
    is_partial_match = decision.is_partial_match or bool(case.out_of_vocabulary or beside == [])
    return replace(decision, is_partial_match=is_partial_match)


def _under_its_heading(case: DecisionInput, best: ScoredPassage, decision: Decision) -> Decision:
    """All under the heading of the best passage, where a question has the words of that ("the
    obligations of the user"), in place of what else was found if it says no more.
    """
    there = case.heading_match
    if there is None or not there.passages:
        return decision
    cited = there.passages
    if not there.is_all:
        cited = [best.hit.passage, *cited, *decision.cite]
    return replace(decision, cite=list(dict.fromkeys(cited)))


def a_part_is_headed_as_asked(case: DecisionInput) -> Decision | None:
    """The duties of somebody, penalties, exceptions are what stands under that heading, whatever
    words it has.
    """
    there = case.heading_match
    if there is None or not (there.is_sure and there.passages):
        return None
    return replace(cite(case.found[:1]), cite=there.passages, is_place=True)


def _beside(case: DecisionInput, best: ScoredPassage) -> list[ScoredPassage] | None:
    """What goes before the best passage, where a question asks for one moment, number or name of a
    thing that this passage lacks; None where it lacks nothing, and is best as it is.

    Where others under its heading have the thing, it is the one of them that answers, if any;
    where no text has the thing, it is nothing. A text that comes with lists of questions is not
    looked at: they tell what it answers, in other words than its own too.
    """
    question = case.question
    if not asks_for_one(question) or best.hit.has_unanswered:
        return None
    things = case.selector.things_beside(question, best.hit.passage)
    if not things.lacking:
        return [] if things.lacks_unknown else None
    having = (s for s in case.found[:LOOKED] if things.are_in(s.hit.passage))
    return [s for s in having if s.features.answer_type_missing == 0][:1]


def _speaking(case: DecisionInput, chosen: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Those that speak of it, where a question asks whether a text does: also those of the other
    texts of a sort that alone is said ("la déclaration").
    """
    question = case.question
    if not question.is_whether:
        return []
    texts, is_open = case.mentions.texts, not (question.works or question.goes_on_from_a_text)
    of_sort = texts.of_said_sort(question.text, question.lang, alone=False) if is_open else ()
    others = set(of_sort) - {s.hit.anchor.work for s in chosen}
    beside = [s for s in case.found[:LOOKED] if s.hit.anchor.work in others]
    translated = [s for s in beside if question.lang not in s.hit.passage.texts]
    as_much = chosen[0].features.covered
    said = with_all_words(case, [*chosen, *beside], question.text)
    return said + [s for s in translated if 0 < as_much <= s.features.covered]


def passages_belong_to_a_broad_question(case: DecisionInput) -> Decision | None:
    """No single passage answers it, some surely belong to it, and one has all that it names."""
    question, topic = case.question, case.topic
    if topic is None or not topic.is_sure or asks_for_one(question):
        return None
    saying = with_all_words(case, topic.members, question.text)
    has_all = any(s.features.answer_type_missing == 0 for s in saying)
    return cite(topic.members) if has_all else None


def a_passage_has_every_word_of_the_subject(case: DecisionInput) -> Decision | None:
    """Where a text has every word of it, that it speaks of it needs no estimate ("prisons?")."""
    question = case.question
    about = with_all_words(case, case.found[:LOOKED], question.subject)
    return cite(close(about)[:SHOWN]) if about else None


def nothing_answers(case: DecisionInput) -> Decision:
    """The sources do not say it; a text that is asked about is not one of them."""
    named = case.question.mention
    reason: Reason = "known" if named and not (named.indexed or named.about) else "plain"
    return Decision(refuse=reason, nearest=case.found, says_mention=True)

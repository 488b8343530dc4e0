"""Rules for questions about several texts, parts or things, each of which is answered apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import message
from assistant.decision import LOOKED, POOL, Decision
from assistant.finding import PARTLY, ScoredPassage, is_about
from assistant.literal import lacks_money
from assistant.rules.common import cite, close, is_missing, with_all_words
from index.query import Query

if TYPE_CHECKING:
    from assistant.decision import DecisionInput
    from assistant.question import Question
    from sources.anchor import Anchor

_ALSO = 0.4  # share of the surest that is enough of another text
_EACH = 2  # citations of each of several texts
APART = 1.5  # fused score between the passages for two things that are asked apart


def each_text_is_answered_for_itself(case: DecisionInput) -> Decision | None:
    """Of several texts that a question names, what each says of it, or that it does not.

    Where one surely says it, less is enough of the others: the question is asked of all.
    """
    question = case.question
    if question.of_each is None:
        return None
    closest = [close(case.selector.find(question.of_each, (w,)))[:_EACH] for w in question.texts]
    firsts = [found[0] for found in closest if found]
    if not any(s.enough for s in firsts):
        return None
    least = _ALSO * max(s.probability for s in firsts)
    chosen = [s for found in closest for s in found if s.enough or s.probability >= least]
    saying = {s.hit.anchor.work for s in chosen}
    silent = [w for w in question.texts if w not in saying]
    titles = tuple(case.mentions.known.short(w, question.answer_lang) for w in silent)
    return cite(chosen, missing=titles)


def each_part_is_answered_for_itself(case: DecisionInput) -> Decision | None:
    """For each part that is answered, what fits it best of what was found for the whole.

    A part is asked as if the parts before it had been asked before ("where is it, and since
    when?"); one that nothing answers then is missing from the sources. Where the whole question is
    not answered, a part may be: by a passage that was found for the whole. What the text says of a
    subject is answered by a passage that has its words.
    """
    question, found = case.question, case.found
    if len(question.parts) < 2:
        return None
    pool = {s.hit.anchor: s for s in found[:POOL]}
    among = [a.work_portion for a in pool]
    chosen: dict[Anchor, ScoredPassage] = {}
    missing: list[str] = []
    for n, text in enumerate(question.parts):
        part = case.selector.part(question, n)
        alone = case.selector.search(part, question.works)
        saying = with_all_words(case, alone[:LOOKED], part.subject) if part.subject else []
        if lacks_money(part, alone[0].hit.passage.texts.values()):
            missing.append(text.rstrip(" ?!."))
        elif alone[0].enough and (own := pool.get(alone[0].hit.anchor)):
            chosen.setdefault(own.hit.anchor, replace(own, probability=alone[0].probability))
        elif alone[0].enough and found[0].enough:
            best = case.selector.best_among(part, among)
            chosen.setdefault(best.anchor, pool[best.anchor])
        elif saying:
            chosen.setdefault(saying[0].hit.anchor, saying[0])
        elif beside := _beside_others(case, part, alone[0], chosen):
            chosen.setdefault(beside.hit.anchor, beside)
        elif not (alone[0].hit.anchor in chosen and _may_say(part, alone[0])):
            missing.append(text.rstrip(" ?!."))
    if chosen:
        return cite(list(chosen.values()), missing=tuple(missing))
    if found[0].enough:
        return cite(found[:1])
    if question.subject:  # whether a text speaks of them, its words tell
        return None
    return Decision(refuse="plain", nearest=found, says_mention=True)


def _beside_others(
    case: DecisionInput, part: Question, nearest: ScoredPassage, chosen: Iterable[Anchor]
) -> ScoredPassage | None:
    """What may answer a part beside the passages that are cited for other parts; None for nothing.

    It is the nearest passage, where it is of one of their articles; else the passage of their texts
    that would answer the part if it stood alone. A text that comes with lists of questions gives
    none: a part that they do not have is not answered.
    """
    if _is_of_an_article(nearest, chosen):
        return nearest
    works = tuple(dict.fromkeys(a.work for a in chosen))
    if not works or message.refers_back(part.text, part.lang):
        return None
    best = case.selector.find(part, works)[0]
    is_sure = best.enough and is_about(best, PARTLY) and not best.hit.has_unanswered
    return best if is_sure else None


def _is_of_an_article(nearest: ScoredPassage, chosen: Iterable[Anchor]) -> bool:
    """Is a passage of an article of which others are cited?"""
    here = nearest.hit.anchor
    return here.is_of_article and any(a.article == here.article and a != here for a in chosen)


def _may_say(part: Question, nearest: ScoredPassage) -> bool:
    """Has a passage the names and the sort of thing that a part asks for? That the sources do not
    say it is then too bold a claim.
    """
    f = nearest.features
    return bool(part.names) and f.names_missing == f.answer_type_missing == 0


def each_thing_is_answered_for_itself(case: DecisionInput) -> Decision | None:
    """What stands side by side is asked apart where the best passage is about one thing and not
    about another: that one is answered by a passage of its own, or is missing from the sources.
    """
    question, found = case.question, case.found
    if len(question.things) < 2 or len(question.parts) > 1:
        return None
    first = found[0]
    chosen: dict[Anchor, ScoredPassage] = {}
    missing: list[str] = []
    is_about_one = False
    for thing in question.things:
        alone = case.selector.find(Query.of(thing, question.lang), question.works)
        own = alone[0]
        here = next((s for s in alone if s.hit.anchor == first.hit.anchor), None)
        if here and (is_about(here, PARTLY) or (here is own and own.enough)):
            is_about_one |= here.enough and is_about(here, PARTLY)
            chosen.setdefault(first.hit.anchor, first)
        elif own.enough and is_about(own, PARTLY) and _stands_over(own, here):
            chosen.setdefault(own.hit.anchor, own)
        elif not own.enough and is_missing(case, thing, own):
            missing.append(thing)
        else:
            return None
    if not is_about_one or len(chosen) + len(missing) < 2:
        return None
    return cite(list(chosen.values()), missing=tuple(missing))


def _stands_over(own: ScoredPassage, other: ScoredPassage | None) -> bool:
    """Is a passage so much nearer to a thing that the other is not about it too?"""
    return other is None or own.hit.score - other.hit.score >= APART


def passages_have_the_words_of_things_side_by_side(case: DecisionInput) -> Decision | None:
    """What does the text say of ports and of hydrogen? The one is quoted, the other is missing."""
    question = case.question
    if not question.subject or len(question.things) < 2:
        return None
    chosen: dict[Anchor, ScoredPassage] = {}
    missing: list[str] = []
    for thing in question.things:
        subject = message.subject(thing, question.lang) or thing
        found = case.selector.find(Query.of(subject, question.lang), question.works)
        if about := with_all_words(case, found[:LOOKED], subject):
            chosen.setdefault(about[0].hit.anchor, about[0])
        elif is_missing(case, thing, found[0]):
            missing.append(thing)
        else:
            return None
    return cite(list(chosen.values()), missing=tuple(missing)) if chosen else None

"""Rules for what is no question, and for questions about whole texts and lists of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, dropwhile
from typing import TYPE_CHECKING

from assistant import exceptions, message, subject_matter
from assistant.decision import SHOWN, WHOLE, Decision
from assistant.key_data import PARTS
from assistant.known_texts import DECLARATION
from assistant.no_answer import is_bare_line
from assistant.numbered import numbered_headings
from assistant.render import headings
from sources.anchor import other
from sources.folding import fold_in_place

if TYPE_CHECKING:
    from assistant.decision import DecisionInput
    from sources.model import Passage

_FEW_WORDS = 3  # of content, which cannot tell one text of a sort from another
_AT_ONCE = 12  # passages of the same place in several texts that are given side by side
_SHORT = 25  # passages of a text that is read as soon as a list of its headings: two or three pages


def asks_nothing(case: DecisionInput) -> Decision | None:
    """Thanks, orders, opinions, nothing at all."""
    reason = case.question.no_question
    return Decision(refuse=reason) if reason else None


def asks_whether_a_text_is_still_in_force(case: DecisionInput) -> Decision | None:
    """What is here is a text of its day: what became of it since, no text says of itself."""
    question = case.question
    if len(question.works) != 1 or question.inside is None or case.names_a_place:
        return None
    asks = message.asks_whether_still_in_force(question.inside.text)
    return Decision(refuse="still", searched=question.works) if asks else None


def asks_for_a_list(case: DecisionInput) -> Decision | None:
    """All dates, countries, bodies … that a text names, or the parts that it is counted by."""
    named = case.question.mention
    if len(case.lists) != 1:
        return None
    (asked,) = case.lists
    if named and named.places:
        there = frozenset(p.anchor.portion for p in case.named_passages)
        asked = replace(asked, within=there)
    if listing := case.listed(asked):
        return Decision(listing=listing)
    is_of_text = asked.sort in PARTS and asked.within is None
    return Decision(contents=(asked.work,)) if is_of_text else None  # what it is made of instead


def leaves_open_which_text(case: DecisionInput) -> Decision | None:
    """What is asked for is there in several texts, and none is named or was spoken of before."""
    question, lang = case.question, case.question.answer_lang
    is_named = question.mention is not None and bool(question.mention.name)
    if question.goes_on_from_a_text or question.texts or (is_named and case.names_a_place):
        return None
    parts = {part.work: part.headings.get(lang, part.path[-1]) for part in case.named_sections}
    places: dict[str, str] = {}
    if case.names_a_place_alone and len(case.named_passages) > _AT_ONCE:
        for p in case.named_passages:
            heading = (*headings(case.build, p, lang)[-1:], p.locator[lang])[0]
            places.setdefault(p.anchor.work, heading)
    lists = dict.fromkeys((asked.work for asked in case.lists), "")
    wholes = dict.fromkeys(() if case.names_a_place else question.whole, "")
    for which in (parts, places, lists, wholes, _headed_alike(case)):
        if len(which) > 1:
            return Decision(refuse="which", candidates=which)
    return None


def _headed_alike(case: DecisionInput) -> dict[str, str]:
    """Where a point of a declaration is meant by its number alone ("point 3.3"), and other texts
    without articles have a heading of that number: each of these, and the declaration.
    """
    named, known = case.question.mention, case.mentions.known
    if named is None or named.name or not case.names_a_place_alone:
        return {}
    number = named.portion or ""
    is_of_one = "." in number and known.is_declaration(named.work)
    if not is_of_one or DECLARATION.search(case.question.folded):
        return {}
    found = {
        work: heading
        for work in known.indexed
        if not known.is_declaration(work) and not _has_articles(case, work)
        if (heading := numbered_headings(case.build, work).get(number))
    }
    own = {p.anchor.work: p.locator[case.question.answer_lang] for p in case.named_passages[:1]}
    return {**own, **found} if own and found else {}


def _has_articles(case: DecisionInput, work: str) -> bool:
    document = case.build.document_for(work, case.question.answer_lang)
    return any(p.anchor.is_of_article for p in document)


def asks_what_a_text_is_about(case: DecisionInput) -> Decision | None:
    """What it says of its subject matter and scope, where it does; of several, that of each."""
    question, whole = case.question, case.question.whole
    is_one = len(whole) == 1 or whole == question.texts
    asks = subject_matter.asked_at(fold_in_place(question.text), question.lang)
    if not (whole and is_one and asks) or case.names_a_place:
        return None
    said = {work: _subject_matter(case, work) for work in whole}
    silent = [work for work, found in said.items() if not found]
    if len(silent) == len(whole):
        return None
    titles = tuple(case.mentions.known.short(work, question.answer_lang) for work in silent)
    cited = list(chain.from_iterable(said.values()))
    return Decision(cite=cited[:WHOLE], missing=titles, is_place=True)


def _subject_matter(case: DecisionInput, work: str) -> list[Passage]:
    """Where a text says what it is about, in the language of the answer where it is."""
    lang, build = case.question.answer_lang, case.build
    each = (subject_matter.said_in(build.document(work, la)) for la in (lang, other(lang)))
    said = case.meant(next(filter(None, each), []))  # a translation may lack the headings
    return [build.by_anchor.get(replace(p.anchor, lang=lang), p) for p in said]


def asks_to_what_a_text_does_not_apply(case: DecisionInput) -> Decision | None:
    """What its part on its scope says of that, with the list that it opens."""
    question = case.question
    inside = question.inside
    if len(question.works) != 1 or inside is None or case.names_a_place:
        return None
    if not exceptions.asks_of_a_text(inside):
        return None
    document = case.build.document_for(question.works[0], question.answer_lang)
    found = case.meant(exceptions.of_a_text(document))
    return Decision(cite=found[:WHOLE]) if found else None


def asks_for_a_whole_text(case: DecisionInput) -> Decision | None:
    """What is the declaration about, how do two texts differ? Of a part that is named, and of a
    short text, all is cited instead.
    """
    question, whole = case.question, case.question.whole
    if not whole or case.names_a_place:
        return None
    if len(whole) > 1:
        return Decision(contents=whole) if whole == question.texts else None
    document = case.meant(case.build.document_for(whole[0], question.answer_lang))
    if len(document) > _SHORT:
        return Decision(contents=whole)
    return Decision(cite=list(dropwhile(is_bare_line, document)) or document, is_place=True)


def says_a_sort_that_several_texts_are(case: DecisionInput) -> Decision | None:
    """A text by its sort alone, where the nearest passages are of several of that sort."""
    question = case.question
    if question.works or question.goes_on_from_a_text or len(question.theme) > _FEW_WORDS:
        return None
    said = case.mentions.texts.of_said_sort(question.text, question.lang)
    nearest = [s.hit.anchor.work for s in case.found[:SHOWN]]
    if len(set(nearest)) < SHOWN or not set(nearest) <= set(said):
        return None
    return Decision(refuse="which", candidates=dict.fromkeys((*nearest, *said), ""))


def asks_for_a_list_that_is_not_made(case: DecisionInput) -> Decision | None:
    """All towns, ministers … that a text names: it may name some, which no passage alone says."""
    if not case.key_data.asks_for_another_sort(case.question):
        return None
    return Decision(refuse="no_list", nearest=case.found)

"""Rules for questions that name a text by a name that leads to none that is here.

What another text says at a place of that number is no answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from assistant.decision import SHOWN, Decision
from assistant.name_numbers import numbers_in
from assistant.part_labels import label_of
from assistant.render import headings
from assistant.rules.common import cite
from assistant.rules.places import (
    names_a_place,
    names_a_place_that_does_not_say_it,
    names_a_section,
)
from assistant.unknown_names import OF_A_NAME
from assistant.word_match import has_enough
from index.tokens import stems, stems_of
from sources.folding import fold_in_place
from sources.numbering import canonical
from sources.pinpoints import find as find_pinpoints

if TYPE_CHECKING:
    from assistant.decision import DecisionInput
    from assistant.finding import ScoredPassage
    from assistant.unrecognised import UnrecognisedText
    from sources.model import Passage

_NUMBER = re.compile(r"(?<!\w)(?:(?:[a-z]\.)?\d+(?:\.\d+)*|[ivxlc]+|[a-z])(?![\w'])", re.IGNORECASE)
_OFFERED = 12  # texts of a sort in which a place is looked for, the likest by their titles first


def names_a_place_in_a_text_that_is_not_recognised(case: DecisionInput) -> Decision | None:
    """That place of the only text whose title has every word of the name, or a passage that quotes
    it; else the texts of that sort that have such a place are shown.
    """
    said = case.question.unrecognised
    if said is None or not said.has_place:
        return None
    if quoting := [s for s in case.found[:SHOWN] if s.enough and _quotes(case, said, s)]:
        return cite(quoting)
    if not (said.works or said.numbers) and _is_a_thing(case, said):
        return None
    each = (
        (work, _place_in(case, said, work)) for work in case.titles.by_similarity(said)[:_OFFERED]
    )
    found = {work: decided for work, decided in each if decided}
    sure = [work for work, decided in found.items() if _is_called_so(case, said, work, decided)]
    if len(sure) == 1:
        return found[sure[0]]
    if case.question.mention and not case.places_elsewhere:
        return None  # no text has it: that is said
    which = {work: _heading(case, said, decided.cite[0]) for work, decided in found.items()}
    nearest = case.places_elsewhere or ([] if which else case.found)
    which = which or dict.fromkeys(case.titles.by_similarity(said)[:SHOWN], "")
    return Decision(
        refuse="no_portion", candidates=which, nearest=nearest, is_elsewhere=bool(found)
    )


def _is_a_thing(case: DecisionInput, said: UnrecognisedText) -> bool:
    """Has one of the nearest passages, with what it is under, every word of a name of no sort?"""
    name, lang = {w.stem for w in said.words}, case.question.lang
    return any(
        name <= stems_of((p.texts.get(lang, ""), *p.headings_in(lang)), lang)
        for p in (s.hit.passage for s in case.found[:SHOWN])
    )


def names_a_text_by_a_number_that_none_has(case: DecisionInput) -> Decision | None:
    """A circular, a law of another number or day is another text. A passage that names it may say
    what is asked besides.
    """
    said = case.question.unrecognised
    if said is None or said.has_place or said.is_here:
        return None
    naming = [s for s in case.found if numbers_in(s.hit.passage.text).has_one_of(said.numbers)]
    if found := [s for s in naming[:SHOWN] if s.enough and _says_more(case, said, s)]:
        return cite(found)
    which = dict.fromkeys(case.titles.by_similarity(said)[:_OFFERED], "")
    return Decision(
        refuse="no_text", candidates=which, nearest=naming or ([] if which else case.found)
    )


def _says_more(case: DecisionInput, said: UnrecognisedText, scored: ScoredPassage) -> bool:
    """Does a passage say what is asked of a text besides? It has enough of the other words,
    where it is in the language of the question.
    """
    passage, lang = scored.hit.passage, case.question.lang
    if not said.rest or lang not in passage.texts:
        return bool(said.rest)
    return has_enough(stems_of((passage.texts[lang], *passage.headings), lang), said.rest)


def _place_in(case: DecisionInput, said: UnrecognisedText, work: str) -> Decision | None:
    """What is decided where the question names a text by its own name, if that has the place; of a
    text that has a part of the sort that is said, in that part.
    """
    asked = case.asked_of(work)
    if asked.question.works != (work,):
        return None
    if asked.names_a_place and not asked.named_passages:
        return None
    rules = (names_a_section, names_a_place_that_does_not_say_it, names_a_place)
    decided = next(filter(None, (rule(asked) for rule in rules)), None)
    if decided and any(work == own for own, _ in said.parts):
        inside = [p for p in decided.cite if any((work, h) in said.parts for h in p.headings)]
        decided = replace(decided, cite=inside)
    if decided is None or not decided.cite:
        return None
    case.remarks.extend(asked.remarks)
    return decided


def _heading(case: DecisionInput, said: UnrecognisedText, passage: Passage) -> str:
    """The heading of the part that is of the sort that is said, or the one that has the number of
    the place that is asked for; else its locator.
    """
    for heading in passage.headings:
        if (passage.anchor.work, heading) in said.parts:
            return heading
    lang = case.question.answer_lang
    asked = {canonical(number).casefold() for number in _NUMBER.findall(case.question.text)}
    own = headings(case.build, passage, lang)
    if any(p.written[0][0] == "art" for p in find_pinpoints(case.question.text)):
        own = own[::-1]  # "Artikel 2", which is in "TITEL 2"
    return next((h for h in own if _number_of(h) in asked), passage.locator[lang])


def _number_of(heading: str) -> str | None:
    label = label_of(heading)
    return label.number.casefold() if label else None


def _is_called_so(
    case: DecisionInput, said: UnrecognisedText, work: str, decided: Decision
) -> bool:
    """Has the title of a text, or a heading above its place, each word of a name?"""
    if not said.is_here:
        return False
    above = chain.from_iterable(p.headings for p in decided.cite)
    return case.titles.cover(said, [*case.mentions.known.titles(work), *above], case.question.lang)


def _quotes(case: DecisionInput, said: UnrecognisedText, scored: ScoredPassage) -> bool:
    """Does a passage name the text, and the place in it, that a question names? Its heading or the
    title of its own text may name the one that it changes ("la même loi"). A place of which it says
    no text is one of its own.
    """
    passage, question = scored.hit.passage, case.question
    asked = {r for p in find_pinpoints(question.text, inner=True) for r in p.readings}
    if not asked & _of_texts(passage.text):
        return False
    if said.numbers:
        above = (*passage.headings, *case.mentions.known.titles(passage.anchor.work))
        return any(numbers_in(t).has_one_of(said.numbers) for t in (passage.text, *above))
    return {w.stem for w in said.words} <= stems(passage.text, question.lang)


def _of_texts(text: str) -> set[str]:
    """The places in a passage behind which a name stands, be it behind the last that is listed."""
    places, folded = find_pinpoints(text, inner=True), fold_in_place(text)
    found: set[str] = set()
    is_of_a_text = False
    for place in reversed(places):
        is_of_a_text |= bool(OF_A_NAME.match(folded, place.end))
        found.update(place.readings if is_of_a_text else ())
        is_of_a_text &= not place.opens  # what is listed before it is of the same text
    return found

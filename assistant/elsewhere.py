"""What a text says of a place in another passage than the place: that it is changed, or from when
it applies.

An amending act has few articles of its own, and names those of the act that it amends: "l’article
5 est supprimé". Its closing articles say from when the others apply. New words that an act gives to
another stand between quotation marks, and say nothing of the act itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer_type import AnswerType
from assistant.reviewed import patterns_by_sort, sorts_in
from index.resolve import has_any, is_within, resolve_any
from sources.folding import blanked, fold_in_place
from sources.names import consolidated
from sources.pinpoints import Pinpoint, numbers_between
from sources.pinpoints import find as find_pinpoints

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from assistant.question import Question
    from index.build import Build
    from sources.anchor import Lang
    from sources.model import Passage
    from sources.references import Reference

_MARKS = re.compile(r"[«„“»”]")
_OPENING = "«„“"
_CLAUSE = re.compile(r"(?:[^;:\n.]|\.(?!\s|$))+")
_SENTENCE = re.compile(r"(?:[^;\n.]|\.(?!\s|$))+")
_NUMBER = re.compile(r"\d+")
_ITS = re.compile(r"\b(?:son|ses|zijn|haar)\s*$")
_IN = re.compile(r"\b(?:dans|a|in|aan|bij)\s+(?:l'|les? |la |het |de )?$")
_HEADING = 60  # characters at the beginning of new words in which their place is named
_NOT_CHANGES, _NOT_MOMENTS = {"asks", "before"}, {"asks", "when", "whole"}


@dataclass(frozen=True, slots=True)
class _Change:
    """That a passage changes a place.

    Attributes:
        place: The place.
        work: Its text, where the passage names it with the place.
        sorts: What is done to it, by the names of the patterns.
    """

    place: Pinpoint
    work: str | None
    sorts: frozenset[str]

    def is_of_all(self, asked: Sequence[str]) -> bool:
        """Is all of a place that is asked for changed, and not something in it alone?"""
        return any(is_within(a, p) for p in _portions(self.place) for a in asked)


class Elsewhere:
    """Finds the passages of one build that say something of a place that is elsewhere.

    Args:
        build: What is looked through.
        mentions: Finds the texts and the places that are named.
    """

    def __init__(self, build: Build, mentions: Mentions) -> None:
        self._build, self._indexed = build, mentions.known.indexed
        self._references = mentions.texts.references

    def naming(self, work: str, place: Pinpoint, lang: Lang) -> list[Passage]:
        """The passages of a text that name a place, first those that change it."""
        asked = _portions(place)
        changing = self._changing(work, [(place, ())], frozenset({"amends"}), lang)
        naming = [
            p
            for p in self._having_number(work, asked, lang)
            for named in find_pinpoints(p.text)
            if any(is_within(n, a) for n in _portions(named) for a in asked)
        ]
        return list(dict.fromkeys([*changing, *naming]))

    def changes(self, question: Question) -> list[Passage]:
        """The passages that change what a question asks about, where it asks what an act changes;
        first those that do to it what is asked.

        That is a place that it names, else what one of two texts that it names changes in the
        other, or what any changes in the one that it names ("supprimé dans le règlement …"). Where
        it names no text, and none has the place, it is what one text changes there, if no other
        text changes such a place.
        """
        sorts = asked_changes(question)
        works = [r.work for r in question.references if r.work]
        works += [question.mention.work] if question.mention and question.mention.work else []
        named = list(dict.fromkeys(works))
        if not sorts:
            return []
        places = [(r.pinpoint, _text_of(r, question)) for r in question.references if r.pinpoint]
        lang = question.answer_lang
        if not named:
            names_none = not question.texts and question.unrecognised is None
            return self._in_the_only([p for p, _ in places], sorts, lang) if names_none else []
        if not places:
            is_changed = _is_what_is_changed(question)
            by = self._others(named[0]) if is_changed else self._here(named)
            return self._in_other(named, by, sorts, lang)
        for amending in self._here(named):
            others = frozenset(named) - {amending}
            of_others = [(p, {w} if w else others) for p, w in places if w != amending]
            if found := self._changing(amending, of_others, sorts, lang):
                return found
        if len(named) > 1 or self._is_amending(named[0], [p for p, w in places if w], lang):
            return []
        wanted = [(p, {named[0]}) for p, _ in places]
        amended_by = self._others(named[0])
        each = (self._changing(w, wanted, sorts, lang, sure=True) for w in amended_by)
        return [p for found in each for p in found]

    def _in_the_only(
        self, places: Sequence[Pinpoint], sorts: frozenset[str], lang: Lang
    ) -> list[Passage]:
        """What a text changes in some places, where no text has them and no other changes them."""
        readings = [r for p in places for r in p.readings]
        if not places or any(has_any(self._build, w, readings) for w in self._indexed):
            return []
        wanted = [(p, ()) for p in places]
        each = (self._changing(w, wanted, sorts, lang) for w in self._indexed)
        changing = [found for found in each if found]
        return changing[0] if len(changing) == 1 else []

    def moments(
        self, question: Question, place: Pinpoint, there: Sequence[Passage]
    ) -> list[Passage]:
        """The passages that say from when, or until when, a place applies, where a question asks
        that of it and the place does not say it: those that name it, else those of all of its text.

        Args:
            question: As read.
            place: The place that it names.
            there: The passages at it.
        """
        said = sorts_in("application", question.folded, question.lang)
        asks = said - _NOT_MOMENTS
        is_moment = "asks" in said or "moment" in AnswerType.of(question).sorts
        if not asks or not is_moment or any(map(_stated, there)):
            return []
        ranked: dict[tuple[bool, bool], list[Passage]] = {}
        for p in self._build.document(*there[0].anchor.work_lang):
            stated = _stated(p)
            if not stated or p.anchor.is_of_recital:
                continue
            is_named = self._is_named(p, _portions(place))
            if is_named or "whole" in sorts_in("application", *_own_words(p)):
                ranked.setdefault((not is_named, not asks & stated), []).append(p)
        return ranked[min(ranked)] if ranked else []

    def _is_named(self, passage: Passage, asked: Sequence[str]) -> bool:
        """Does a passage name one of some places of its own text, or what is in it or around it?"""
        own = passage.anchor.work
        named = (r for r in self._references(unquoted(passage.text)) if r.work in (None, own))
        return any(_meets(r.pinpoint, asked) for r in named if r.pinpoint and not r.of)

    def _here(self, works: Iterable[str]) -> list[str]:
        return [w for w in works if w in self._indexed]

    def _others(self, work: str) -> list[str]:
        return [w for w in self._indexed if w != work]

    def _having_number(self, work: str, asked: Sequence[str], lang: Lang) -> list[Passage]:
        """The passages of a text that have the figures of one of some places."""
        figures = {m[0] for a in asked if (m := _NUMBER.search(a))}
        document = self._build.document_for(work, lang)
        return [p for p in document if not figures or any(f in p.text for f in figures)]

    def _changing(
        self,
        amending: str,
        wanted: Sequence[tuple[Pinpoint, Iterable[str]]],
        sorts: frozenset[str],
        lang: Lang,
        *,
        sure: bool = False,
    ) -> list[Passage]:
        """The passages of a text that change some places, each of some texts if any are given:
        first those that do what is asked, and of these those that do it to all of a place.

        ``sure`` asks that they say of which text.
        """
        ranks: dict[Passage, tuple[bool, bool]] = {}
        for place, of in wanted:
            asked = _portions(place)
            for p in self._having_number(amending, asked, lang):
                for change in self._changes_at(p, asked, frozenset(map(_act, of)), sure=sure):
                    rank = not _does(change.sorts, sorts), not change.is_of_all(asked)
                    ranks[p] = min(rank, ranks.get(p, rank))
        return sorted(ranks, key=lambda p: (ranks[p], self._build.places[p.anchor]))

    def _changes_at(
        self, passage: Passage, asked: Sequence[str], of: frozenset[str], *, sure: bool = False
    ) -> list[_Change]:
        """What a passage does to a place of one of some texts; of any, where none are given."""
        return [
            change
            for change in (() if passage.anchor.is_of_recital else self._changes(passage))
            if _meets(change.place, asked) and self._is_of(passage, change.work, of, sure=sure)
        ]

    def _is_of(self, passage: Passage, work: str | None, of: frozenset[str], *, sure: bool) -> bool:
        """Is what a passage changes of one of some texts, as far as it can be told?"""
        if not of:
            return True
        named = {_act(work)} if work else self._amended(passage)
        return bool(named & of) if named else not sure

    def _amended(self, passage: Passage) -> set[str]:
        """The texts that a passage amends: those that are named above it, else in it."""
        above = " ".join((*passage.headings, unquoted(passage.lead)))
        each = (self._references(text) for text in (above, unquoted(passage.text)))
        named = ({_act(r.work) for r in found if r.work} for found in each)
        return next(filter(None, named), set())

    def _changes(self, passage: Passage) -> Iterator[_Change]:
        """The places that a passage changes, by its clauses and by how its new words begin."""
        text, lang = unquoted(passage.text), passage.anchor.lang
        folded, patterns = fold_in_place(text), patterns_by_sort("amendments")[lang]
        all_sorts = sorts_in("amendments", folded, lang) - _NOT_CHANGES
        if not all_sorts:
            return
        named = [(r.pinpoint, r.work) for r in self._references(text) if r.pinpoint]
        for clause in _CLAUSE.finditer(folded):
            start, end = clause.span()
            verbs = {
                s: m.start() for s in all_sorts if (m := patterns[s].search(folded, start, end))
            }
            inside = [(p, w) for p, w in named if start <= p.start < min(verbs.values(), default=0)]
            if any(patterns["before"].fullmatch(folded, start, p.start) for p, _ in inside):
                sorts = all_sorts if "amends" in verbs else frozenset(verbs)
                yield from (_Change(p, w, sorts) for p, w in inside)
        for opening in _quotations(passage.text):
            new = passage.text[opening + 1 : opening + _HEADING].lstrip()
            yield from (_Change(p, None, all_sorts) for p in find_pinpoints(new) if not p.start)

    def _in_other(
        self, named: Sequence[str], amending: Sequence[str], sorts: frozenset[str], lang: Lang
    ) -> list[Passage]:
        """The passages by which a text does something in another, of one or two that are named."""
        for work in amending:
            amended = {_act(w) for w in named if w != work}
            found = [
                p
                for p in (self._build.document_for(work, lang) if len(amended) == 1 else ())
                if not p.anchor.is_of_recital
                and _does(sorts_in("amendments", *_own_words(p)), sorts)
                and self._amended(p) & amended
            ]
            if found:
                return found
        return []

    def _is_amending(self, work: str, places: Sequence[Pinpoint], lang: Lang) -> bool:
        """Does a place of a text change another itself ("que modifie l’article 2 de …")?"""
        if work not in self._indexed:
            return False
        there = (p for f in places for p in resolve_any(self._build, work, f.readings, lang))
        return any(next(self._changes(p), None) for p in there)


def asked_changes(question: Question) -> frozenset[str]:
    """The sorts of changes that a question asks for, by the names of the patterns."""
    found = sorts_in("amendments", question.folded, question.lang)
    return (found | {"amends"} if "asks" in found else found) - _NOT_CHANGES


def _is_what_is_changed(question: Question) -> bool:
    """Is the only text that a question names that in which something is changed?"""
    starts = [r.start for r in question.references if r.work]
    return len(starts) == 1 and bool(_IN.search(fold_in_place(question.text[: starts[0]])))


def _text_of(reference: Reference, question: Question) -> str | None:
    """The text that a question about changes names a place of; None for that which is changed.

    What an act changes "in" an article is none of its own, but for "in its article 2".
    """
    assert reference.pinpoint is not None
    start = reference.pinpoint.start
    before = fold_in_place(question.text[:start])
    if _ITS.search(before):
        return question.works[0] if question.works else reference.work
    return None if _IN.search(before, min(reference.start, start)) else reference.work


def unquoted(text: str) -> str:
    """A text with spaces in place of what stands between quotation marks.

    >>> unquoted("l’article 5 devient: «Article 6»;").split()
    ['l’article', '5', 'devient:', ';']
    """
    return blanked(text, _quoted(text))


def _quotations(text: str) -> list[int]:
    """Where quoted words begin."""
    return [start for start, _ in _quoted(text)]


def _quoted(text: str) -> list[tuple[int, int]]:
    """Where a text has quoted words, with what they quote themselves."""
    spans, depth, start = [], 0, 0
    for m in _MARKS.finditer(text):
        if m[0] in _OPENING:
            start = start if depth else m.start()
            depth += 1
        elif depth:
            depth -= 1
            spans += [] if depth else [(start, m.end())]
    return [*spans, (start, len(text))] if depth else spans


def _portions(place: Pinpoint) -> tuple[str, ...]:
    """The portions that a place can mean; of a range, all of them."""
    between = numbers_between(place.portion, place.last) if place.last else []
    return tuple(between) or place.readings


def _meets(place: Pinpoint, asked: Sequence[str]) -> bool:
    """Is a place one of those that are asked for, in it or around it?"""
    return any(is_within(p, a) or is_within(a, p) for p in _portions(place) for a in asked)


def _does(found: frozenset[str], asked: frozenset[str]) -> bool:
    """Is what is done what is asked for? All that is done amends."""
    return bool(found & asked) or (asked == {"amends"} and bool(found - _NOT_CHANGES))


def _stated(passage: Passage) -> frozenset[str]:
    """The sorts of moments that a passage states, each in a sentence that says when."""
    folded, lang = _own_words(passage)
    each = (sorts_in("application", m[0], lang) for m in _SENTENCE.finditer(folded))
    found = (sorts - _NOT_MOMENTS for sorts in each if "when" in sorts)
    return frozenset().union(*found)


def _own_words(passage: Passage) -> tuple[str, Lang]:
    """What a passage says for itself, in lower case without accents, and its language."""
    return fold_in_place(unquoted(passage.text)), passage.anchor.lang


def _act(work: str) -> str:
    """The act that a text is, or of which it is a consolidated text."""
    return consolidated(work) or work

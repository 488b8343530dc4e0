"""What is decided about a question, and what a rule decides it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from assistant import exceptions, message, subject_matter
from assistant.finding import ScoredPassage
from assistant.heading_match import HeadingMatch, match_headings
from assistant.key_data import ListQuestion
from assistant.lazy import lazy
from assistant.literal import asks_for_one
from assistant.locators import cited_together
from assistant.passage_match import PassageMatcher
from assistant.question import Question, read
from index.resolve import Resolved, once, resolve_any, resolve_pinpoint
from index.tokens import stems

if TYPE_CHECKING:
    from assistant.answer import Reason
    from assistant.definitions import Definition, Definitions
    from assistant.elsewhere import Elsewhere
    from assistant.key_data import KeyData
    from assistant.mentions import Mentions
    from assistant.section import Section
    from assistant.sections import Sections
    from assistant.selection import PassageSelector
    from assistant.tables import Column, Side, Tables
    from assistant.tally import Occurrence
    from assistant.topic import Topic, Topics
    from assistant.unrecognised import TitleSimilarity
    from index.build import Build
    from sources.model import Passage

SHOWN = 3  # citations at most for one question; nearest passages with a refusal
POOL = 8  # hits for the whole question that its parts, or a language model, draw on
LOOKED = 20  # hits that are looked through for words
WHOLE = 40  # passages of an article or another part that is asked for as a whole


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a question.

    Attributes:
        cite: Passages to cite, best first; none to refuse.
        refuse: Why, where nothing is cited.
        contents: The works whose headings are shown instead.
        nearest: Passages shown with a refusal, and whose first tells its confidence.
        missing: Parts of the question that are not answered.
        confidence: Probability that what is cited answers, 0 to 1.
        says_mention: Is a text that is named and not indexed to be said?
        is_elsewhere: Does a text have the place that is refused, where that which the question
            names is not known by its name?
        is_retrieved: Were they found by a search? A language model may then say in sentences what
            they say, where one is configured.
        listing: What is listed from a text instead; it holds something.
        column: The rows of tables that are listed.
        sides: Of a comparison, each with the rows of tables that are about it.
        occurrences: What the passages name of what is counted.
        is_brief: Is each passage to be given by its key sentence alone?
        is_place: Is all of a place asked for, so that each passage is given whole?
        defined: Definitions of the term that is asked for.
        is_unsure: Was enough found to answer, of which it is likelier that it does not?
        is_partial_match: Does the first passage not have all names, or not the thing, of the
            question? Nothing in it can then be set in front as what was asked for.
        searched: The works in which a question that is refused was searched; none for all.
        candidates: The works that the question could mean, each with the heading or the locator of
            what is asked for there; "" where that is all of it. Where it names another, which is
            not here, the works that are like that one.
    """

    cite: Sequence[Passage] = ()
    refuse: Reason | None = None
    contents: Sequence[str] = ()
    nearest: Sequence[ScoredPassage] = ()
    missing: tuple[str, ...] = ()
    confidence: float = 1.0
    says_mention: bool = False
    is_elsewhere: bool = False
    is_retrieved: bool = False
    listing: ListQuestion | None = None
    column: Column | None = None
    sides: Sequence[Side] = ()
    occurrences: Sequence[Occurrence] = ()
    is_brief: bool = False
    is_place: bool = False
    defined: Sequence[Definition] = ()
    is_unsure: bool = False
    is_partial_match: bool = False
    searched: Sequence[str] = ()
    candidates: Mapping[str, str] = field(default_factory=dict)


_FEW = 8  # texts whose lists are looked at to tell which is meant
_OfText = TypeVar("_OfText", "Section", ListQuestion)


@dataclass
class DecisionInput:
    """One question to be decided, with the means to do so.

    Attributes:
        question: As read.
        build: What is searched.
        selector: Finds passages.
        mentions: Knows what questions name.
        sections: Finds the parts that questions name.
        key_data: Knows the dates, countries … that they name.
        tables: Knows the tables that they have.
        definitions: Knows the terms that they define.
        elsewhere: Knows what passages say of places that are elsewhere.
        titles: Compares names with the titles of texts.
        topics: Tells what belongs to a question; None for an embedding model without.
        remarks: Keys of what a reader is to be told besides.
        answered: What is cited for a question, which is decided for itself.
        out_of_vocabulary: Things that the question names and no text has.
        is_mended: Was the question misspelled, and is this what was meant?
    """

    question: Question
    build: Build
    selector: PassageSelector
    mentions: Mentions
    sections: Sections
    key_data: KeyData
    tables: Tables
    definitions: Definitions
    elsewhere: Elsewhere
    titles: TitleSimilarity
    topics: Topics | None = None
    answered: Callable[[Question], Sequence[Passage]] = lambda _: ()
    remarks: list[str] = field(default_factory=list)
    out_of_vocabulary: tuple[str, ...] = ()
    is_mended: bool = False

    @lazy
    def matcher(self) -> PassageMatcher:
        """Compares passages with what the question names."""
        return PassageMatcher(self.mentions)

    @lazy
    def found(self) -> list[ScoredPassage]:
        """What was found, best first; last what cannot say the meaning that a question asks for."""
        self.selector.prepare(self.question)
        found = self.selector.search(self.question, self.question.works)
        found = exceptions.in_order(self.question, found, self._around)
        if before := self.question.previous:
            for beside in exceptions.BESIDE:
                if exceptions.asks_nothing_else(self.question, beside):
                    rules = self.answered(before)
                    found = exceptions.to_rules(rules, found, self._around, beside)
        found = subject_matter.in_order(self.question, found)
        is_beside = self.definitions.besides(self.question)
        if is_beside is None:
            return found
        others = [replace(s, enough=False) for s in found if is_beside(s.hit.passage)]
        return [s for s in found if not is_beside(s.hit.passage)] + others

    def _around(self, passage: Passage) -> list[ScoredPassage]:
        """What may state an exception to a passage, by how it fits the question."""
        beside = exceptions.around(passage, self.build)
        return self.selector.among(self.question, [p.anchor.work_portion for p in beside])

    @lazy
    def topic(self) -> Topic | None:
        """What of that belongs to the question where it is broad; None where nothing tells.

        What a question that goes on from another is about stands in the other.
        """
        if self.topics is None or not self.found or not self._is_of_itself:
            return None
        find = partial(self.selector.find, works=self.question.works)
        return self.topics.of(self.question, self.found, find)

    @lazy
    def heading_match(self) -> HeadingMatch | None:
        """What stands under the headings that it has in its words, in the text of the best passage;
        None where it asks for one thing, or whether something is so.
        """
        if asks_for_one(self.question) or self.question.is_whether:
            return None
        best = self.found[0].hit.passage
        there = match_headings(self.question, best, self.build, self.mentions.known)
        return replace(there, passages=self.meant(there.passages))

    def asked_of(self, work: str) -> DecisionInput:
        """The question, asked of another text than the one that it names."""
        title = self.mentions.known.short(work, self.question.lang)
        question = self.question
        asked = read(
            question.about_text(title),
            question.lang,
            self.mentions,
            answer_lang=question.answer_lang,
            recognised=question.recognised,
        )
        return replace(self, question=asked, remarks=[])

    def out_of_vocabulary_in(self, best: ScoredPassage) -> tuple[str, ...]:
        """The things that a question which stands alone names and no text has, where a passage has
        nothing like them.
        """
        if not self._is_of_itself:
            return ()
        return self.selector.out_of_vocabulary(self.question, best.hit)

    @property
    def goes_on(self) -> bool:
        """Does what is decided rest on the questions before it, perhaps?"""
        question = self.question
        if question.is_completed or question.previous is None:
            return question.is_completed
        if question.leans == "yes" or self._is_of_spoken_text:
            return True
        return not self._is_of_itself if self.has_searched else question.leans != "no"

    @property
    def _is_of_itself(self) -> bool:
        """Was it searched without the question before it?"""
        question = self.question
        if question.previous is None:
            return True
        alone = self.selector.find(question, question.works) if question.leans != "yes" else []
        return [s.hit.anchor for s in alone] == [s.hit.anchor for s in self.found]

    @property
    def _is_of_spoken_text(self) -> bool:
        """Has any rule taken, of what several texts have, what the one has that was spoken of?"""
        looked_at = (self.__dict__.get(name, []) for name in ("_every_list", "_every_section"))
        return any(map(self._of_spoken_text, looked_at))

    @property
    def has_searched(self) -> bool:
        """Has any rule asked for what was found?"""
        return "found" in self.__dict__

    @property
    def has_topic(self) -> bool:
        """Has any rule asked what belongs to the question?"""
        return "topic" in self.__dict__

    def readable(self, cited: Sequence[Passage]) -> list[Passage]:
        """What a language model may read to answer: what is cited first, then what was found, or
        all that belongs to a broad question.
        """
        members = self.topic.members if self.topic else []
        pool = [s.hit.passage for s in members or self.found[:POOL]]
        return list({p.anchor: p for p in (*cited, *pool)}.values())

    @lazy
    def lists(self) -> list[ListQuestion]:
        """The list that it asks for, of each text that could be meant: where one was spoken of
        before, of that; where one of a few alone has any of it, of that.
        """
        every = self._every_list
        if spoken := self._of_spoken_text(every):
            return spoken
        held = [asked for asked in every if self.listed(asked)] if 1 < len(every) <= _FEW else []
        return held if len(held) == 1 else every

    @lazy
    def _every_list(self) -> list[ListQuestion]:
        return self.key_data.asked(self.question)

    def listed(self, asked: ListQuestion) -> ListQuestion | None:
        """A list that is asked for, where it holds anything for the reader."""
        return asked if self.key_data.answer(asked, self.question.answer_lang) else None

    @lazy
    def named_sections(self) -> list[Section]:
        """The part that it names, in each text that could be meant: where one was spoken of before
        and has it, in that.
        """
        return self._of_spoken_text(self._every_section) or self._every_section

    @lazy
    def _every_section(self) -> list[Section]:
        return self.sections.named(self.question)

    def _of_spoken_text(self, found: list[_OfText]) -> list[_OfText]:
        """Of what several texts have, what the one has that was spoken of before."""
        spoken_of = self.selector.spoken_of(self.question.previous) if len(found) > 1 else ()
        return [one for one in found if one.work in spoken_of]

    @lazy
    def named_places(self) -> list[Resolved]:
        """What each place that the question names means in its text."""
        named = self.question.mention
        assert named is not None
        lang = self.question.answer_lang
        each = (resolve_pinpoint(self.build, p.work, p.pinpoint, lang) for p in named.places)
        return [
            replace(r, passages=tuple(self._disambiguated(self.meant(r.passages)))) for r in each
        ]

    def _disambiguated(self, passages: Sequence[Passage]) -> list[Passage]:
        """Of passages at a place that a text has more than once (in a report, and in the decree
        after it), those under the heading that has most words of the question; all of them where
        none has more than the others.

        What is said beside the name of the text counts first.
        """
        by_number: dict[str, dict[str, list[Passage]]] = {}
        for passage in passages:
            top = passage.anchor.top
            by_number.setdefault(once(top), {}).setdefault(top, []).append(passage)
        return [
            p
            for again in by_number.values()
            for p in self._under_likest_heading(list(again.values()))
        ]

    def _under_likest_heading(self, groups: Sequence[Sequence[Passage]]) -> list[Passage]:
        named = self.question.mention
        beside = set(named.rest) if named else set()
        said = {w.stem for w in self.question.words}
        found = [stems(" ".join(g[0].headings), g[0].anchor.lang) for g in groups]
        counts = [(len(beside & own), len(said & own)) for own in found]
        best = [g for g, count in zip(groups, counts, strict=True) if count == max(counts)]
        return [p for group in (best if len(best) == 1 else groups) for p in group]

    @lazy
    def places_elsewhere(self) -> list[ScoredPassage]:
        """The passages of any text at the places of a text that is not known by its name, by how
        they fit the question.
        """
        named, lang = self.question.mention, self.question.answer_lang
        unknown = [p.pinpoint for p in named.places if not p.work] if named else []
        found = [
            passage
            for place in unknown
            for work in self.mentions.known.indexed
            for passage in resolve_any(self.build, work, place.readings, lang)
        ]
        found += [
            p for place in unknown for p in self.sections.outline.numbered_as(place.portion, lang)
        ]
        portions = [p.anchor.work_portion for p in found]
        return self.selector.among(self.question, portions) if portions else []

    @property
    def names_a_place(self) -> bool:
        """Does the question name a place in an indexed text?"""
        named = self.question.mention
        return named is not None and named.indexed and named.portion is not None

    @property
    def names_a_place_alone(self) -> bool:
        """And does it ask nothing more of it?"""
        named = self.question.mention
        if named is None or not self.names_a_place:
            return False
        compares = message.comparison(self.question.text, self.question.lang)
        said = set(named.rest) - stems(compares, self.question.lang)
        return not said - self.version_words

    def meant(self, passages: Sequence[Passage]) -> list[Passage]:
        """Of passages at a place, those in force, or the version that the question asks for."""
        return self.selector.in_force.passages(passages, self.question.text)

    @lazy
    def named_passages(self) -> list[Passage]:
        """The passages at the places that the question names, each once, in its order."""
        return list(dict.fromkeys(p for place in self.named_places for p in place.passages))

    @property
    def version_words(self) -> frozenset[str]:
        """Stems of the words by which the question asks for a version of a place."""
        return self.selector.in_force.said(self.question.text, self.question.lang)

    @property
    def missing_places(self) -> tuple[str, ...]:
        """The places that it names and that are not there, as it names them."""
        named = self.question.mention
        assert named is not None
        lang = self.question.answer_lang
        found: list[str] = []
        for place, resolved in zip(named.places, self.named_places, strict=True):
            if place.pinpoint.last and resolved.missing:
                found += cited_together(resolved.missing, lang)
            elif resolved.missing:
                found.append(place.written)
        return tuple(found)

    @lazy
    def there_scored(self) -> list[ScoredPassage]:
        """The same, by how they fit the question."""
        portions = [p.anchor.work_portion for p in self.named_passages]
        return self.selector.among(self.question, portions)

"""How a question is decided: an ordered list of rules, each with its reason.

The first rule that decides is the one that counts; its name and reason stand in the trace of the
outcome. A rule looks at the question as it was read, and at what was found, which is searched when
the first rule asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from assistant import exceptions, message
from assistant.answer_type import AnswerType
from assistant.key_data import PARTS, ListQuestion
from assistant.literal import asks_for_one, lacks_money
from assistant.mentions import cited_together
from assistant.render import headings
from assistant.saying import Saying
from assistant.selection import DEPTH, PARTLY, ScoredPassage, is_about
from assistant.tally import tally
from index.query import Query
from index.resolve import Resolved, resolve_pinpoint
from index.tokens import stems, words

if TYPE_CHECKING:
    from assistant.answer import Reason
    from assistant.definitions import Definition, Definitions
    from assistant.key_data import KeyData
    from assistant.mentions import Mentions
    from assistant.question import Question
    from assistant.sections import Section, Sections
    from assistant.selection import PassageSelector
    from assistant.tally import Occurrence
    from assistant.topic import Topic, Topics
    from index.build import Build
    from sources.anchor import Anchor
    from sources.model import Passage

SHOWN = 3  # citations at most for one question; nearest passages with a refusal
_ALSO = 0.4  # share of the surest that is enough of another text
_EACH = 2  # citations of each of several texts
POOL = 8  # hits for the whole question that its parts, or a language model, draw on
CLOSE = 0.4  # fused score below the best that a further citation may have, where only that tells
LOOKED = 20  # hits that are looked through for words
APART = 1.5  # fused score between the passages for two things that are asked apart
LONG = 1500  # characters above which a passage is too long for one definition in it
WHOLE = 40  # passages of an article or another part that is asked for as a whole
_FEW_WORDS = 3  # of content, which cannot tell one text of a sort from another
_AT_ONCE = 12  # passages of the same place in several texts that are given side by side


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a question.

    Attributes:
        cite: Passages to cite, best first; none to refuse.
        refuse: Why, where nothing is cited.
        contents: The work whose headings are shown instead.
        nearest: Passages shown with a refusal, and whose first tells its confidence.
        missing: Parts of the question that are not answered.
        confidence: Probability that what is cited answers, 0 to 1.
        says_mention: Is a text that is named and not indexed to be said?
        found: Were they found by a search? A language model may then say in sentences what they
            say, where one is configured.
        listing: What is listed from a text instead.
        counted: What the passages name of what is counted.
        is_brief: Is each passage to be given by its key sentence alone?
        is_place: Is all of a place asked for, so that each passage is given whole?
        defined: Definitions of the term that is asked for.
        lacks_name: Does the first passage not have all names of the question? Nothing in it can
            then be set in front as what was asked for.
        searched: The works in which a question that is refused was searched; none for all.
        which: The works that the question could mean, each with the heading or the locator of
            what is asked for there; "" where that is all of it.
    """

    cite: Sequence[Passage] = ()
    refuse: Reason | None = None
    contents: str = ""
    nearest: Sequence[ScoredPassage] = ()
    missing: tuple[str, ...] = ()
    confidence: float = 1.0
    says_mention: bool = False
    found: bool = False
    listing: ListQuestion | None = None
    counted: Sequence[Occurrence] = ()
    is_brief: bool = False
    is_place: bool = False
    defined: Sequence[Definition] = ()
    lacks_name: bool = False
    searched: Sequence[str] = ()
    which: Mapping[str, str] = field(default_factory=dict)


@dataclass
class DecisionInput:
    """One question to be decided, with the means to do so.

    Attributes:
        question: As read.
        build: What is searched.
        selector: Finds passages.
        mentions: Knows what questions name.
        sections: Knows the parts of the texts.
        key_data: Knows the dates, countries … that they name.
        definitions: Knows the terms that they define.
        topics: Tells what belongs to a question; None for an embedding model without.
        remarks: Keys of what a reader is to be told besides.
        is_mended: Was the question misspelled, and is this what was meant?
    """

    question: Question
    build: Build
    selector: PassageSelector
    mentions: Mentions
    sections: Sections
    key_data: KeyData
    definitions: Definitions
    topics: Topics | None = None
    remarks: list[str] = field(default_factory=list)
    is_mended: bool = False

    @cached_property
    def saying(self) -> Saying:
        """Compares passages with what the question names."""
        return Saying(self.mentions)

    @cached_property
    def found(self) -> list[ScoredPassage]:
        """What was found, best first; last what cannot say the meaning that a question asks for."""
        self.selector.prepare(self.question)
        found = self.selector.search(self.question, self.question.works)
        found = exceptions.in_order(self.question, found, self._of_article)
        is_beside = self.definitions.besides(self.question)
        if is_beside is None:
            return found
        beside = [replace(s, enough=False) for s in found if is_beside(s.hit.passage)]
        return [s for s in found if not is_beside(s.hit.passage)] + beside

    def _of_article(self, passage: Passage) -> list[ScoredPassage]:
        """The passages of the article of one, by how they fit the question."""
        anchor = passage.anchor
        document = self.build.document(anchor.work, anchor.lang)
        inside = [(anchor.work, p.anchor.portion) for p in document if p.anchor.top == anchor.top]
        return self.selector.among(self.question, inside)

    @cached_property
    def topic(self) -> Topic | None:
        """What of that belongs to the question where it is broad; None where nothing tells.

        What a question that goes on from another is about stands in the other.
        """
        if self.topics is None or not self.found or not self._is_of_itself:
            return None
        find = partial(self.selector.find, works=self.question.works)
        return self.topics.of(self.question, self.found, find)

    @property
    def goes_on(self) -> bool:
        """Does what is decided rest on the questions before it, perhaps?"""
        question = self.question
        if question.is_completed or question.previous is None:
            return question.is_completed
        return question.leans != "no" or (self.has_searched and not self._is_of_itself)

    @property
    def _is_of_itself(self) -> bool:
        """Was it searched without the question before it?"""
        question = self.question
        if question.previous is None:
            return True
        alone = self.selector.find(question, question.works) if question.leans != "yes" else []
        return [s.hit.anchor for s in alone] == [s.hit.anchor for s in self.found]

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

    @cached_property
    def lists(self) -> list[ListQuestion]:
        """The list that it asks for, of each text that could be meant."""
        return self.key_data.asked(self.question)

    @cached_property
    def named_sections(self) -> list[Section]:
        """The part that it names, in each text that could be meant."""
        return self.sections.named(self.question)

    @cached_property
    def named_places(self) -> list[Resolved]:
        """What each place that the question names means in its text."""
        named = self.question.mention
        assert named is not None
        lang = self.question.answer_lang
        each = (resolve_pinpoint(self.build, p.work, p.pinpoint, lang) for p in named.places)
        return [replace(r, passages=tuple(self.meant(r.passages))) for r in each]

    def meant(self, passages: Sequence[Passage]) -> list[Passage]:
        """Of passages at a place, those in force, or the version that the question asks for."""
        return self.selector.in_force.passages(passages, self.question.text)

    @cached_property
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

    @cached_property
    def there_scored(self) -> list[ScoredPassage]:
        """The same, by how they fit the question."""
        portions = [(p.anchor.work, p.anchor.portion) for p in self.named_passages]
        return self.selector.among(self.question, portions)


def _cite(chosen: Sequence[ScoredPassage], *, missing: tuple[str, ...] = ()) -> Decision:
    return Decision(
        cite=[s.hit.passage for s in chosen],
        missing=missing,
        confidence=max(s.probability for s in chosen),
        says_mention=True,
        found=True,
        lacks_name=chosen[0].features.names_missing > 0,
    )


def _close(found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Those whose score is close to the best."""
    return [s for s in found if s.hit.score >= found[0].hit.score - CLOSE]


def asks_nothing(case: DecisionInput) -> Decision | None:
    """Thanks, orders, opinions, nothing at all."""
    reason = case.question.no_question
    return Decision(refuse=reason) if reason else None


def asks_for_a_whole_text(case: DecisionInput) -> Decision | None:
    """What is the declaration about? Of a part of it that is named, all is cited instead."""
    whole = case.question.whole
    return Decision(contents=whole[0]) if len(whole) == 1 and not _names_a_place(case) else None


def _names_a_place(case: DecisionInput) -> bool:
    named = case.question.mention
    return named is not None and named.indexed and named.portion is not None


def _names_a_place_alone(case: DecisionInput) -> bool:
    """And asks nothing more of it?"""
    named = case.question.mention
    if named is None or not _names_a_place(case):
        return False
    return not set(named.rest) - case.version_words


def asks_for_a_list(case: DecisionInput) -> Decision | None:
    """All dates, countries, bodies … that a text names, or the parts that it is counted by."""
    named = case.question.mention
    if len(case.lists) != 1:
        return None
    (asked,) = case.lists
    if named and named.places:
        there = frozenset(p.anchor.portion for p in case.named_passages)
        asked = replace(asked, within=there)
    if case.key_data.answer(asked, case.question.answer_lang):
        return Decision(listing=asked)
    is_of_text = asked.sort in PARTS and asked.within is None
    return Decision(contents=asked.work) if is_of_text else None  # what it is made of instead


def names_a_section(case: DecisionInput) -> Decision | None:
    """A chapter, a part, by its number or its heading: all of it."""
    if len(case.named_sections) != 1:
        return None
    (section,) = case.named_sections
    found = case.meant(case.sections.passages(section, case.question.answer_lang))
    return Decision(cite=found[:WHOLE], is_place=True) if found else None


def leaves_open_which_text(case: DecisionInput) -> Decision | None:
    """What is asked for is there in several texts, and none is named or was spoken of before."""
    question, lang = case.question, case.question.answer_lang
    if question.goes_on_from_a_text:
        return None
    parts = {part.work: part.headings.get(lang, part.path[-1]) for part in case.named_sections}
    places: dict[str, str] = {}
    if _names_a_place_alone(case) and len(case.named_passages) > _AT_ONCE:
        for p in case.named_passages:
            heading = (*headings(case.build, p, lang)[-1:], p.locator[lang])[0]
            places.setdefault(p.anchor.work, heading)
    lists = dict.fromkeys((asked.work for asked in case.lists), "")
    wholes = dict.fromkeys(() if _names_a_place(case) else question.whole, "")
    for which in (parts, places, lists, wholes):
        if len(which) > 1:
            return Decision(refuse="which", which=which)
    return None


def names_a_place_that_is_not_there(case: DecisionInput) -> Decision | None:
    """Article 99 of an act of 40, article 3 sexies of one that goes from 3 to 4."""
    if not _names_a_place(case) or case.named_passages:
        return None
    nearest = case.selector.find(case.question, case.question.works)
    return Decision(refuse="no_portion", nearest=nearest, says_mention=True)


def names_a_place_that_does_not_say_it(case: DecisionInput) -> Decision | None:
    """Something more is asked of a place, of a source of which it is known what it leaves open."""
    named = case.question.mention
    if not _names_a_place(case) or named is None or not named.rest:
        return None
    best = case.there_scored[0]
    is_mentioned = best.enough or case.saying.speaks_of(
        named, case.named_passages, case.question.lang
    )
    if best.hit.has_unanswered and not is_mentioned:
        return Decision(refuse="plain", nearest=case.there_scored, says_mention=True)
    return None


def names_a_place(case: DecisionInput) -> Decision | None:
    """Straight to each; of places that are asked for something, the passages that fit."""
    named = case.question.mention
    if not _names_a_place(case) or named is None:
        return None
    missing = case.missing_places
    if _names_a_place_alone(case):
        if len(case.named_passages) > WHOLE:
            case.remarks.append("notice.cut")
        return Decision(cite=case.named_passages[:WHOLE], missing=missing, is_place=True)
    fitting = _close(case.there_scored)[:SHOWN]
    is_said = case.saying.speaks_of(named, case.named_passages, case.question.lang)
    if not (is_said or fitting[0].enough):
        case.remarks.append("notice.not_said")
    if len(named.places) > 1:  # one of each, in the order of the question
        each = (_best(case.there_scored, place) for place in case.named_places)
        fitting = list({s.hit.anchor: s for s in each if s}.values()) or fitting
    cited = case.sections.with_points([s.hit.passage for s in fitting])
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
    return ListQuestion(first.anchor.work, "points", within=points) if points else None


def _best(scored: Sequence[ScoredPassage], place: Resolved) -> ScoredPassage | None:
    """The passage of a place that fits the question best, in any language; None where it is not
    there.
    """
    there = {(p.anchor.work, p.anchor.portion) for p in place.passages}
    found = (s for s in scored if (s.hit.anchor.work, s.hit.anchor.portion) in there)
    return next(found, None)


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
    by_place: dict[tuple[str, str], Definition] = {}
    for d in sorted(found, key=lambda d: d.passage.anchor.lang != lang):
        by_place.setdefault((d.passage.anchor.work, d.passage.anchor.portion), d)
    ranks = {(s.hit.anchor.work, s.hit.anchor.portion): n for n, s in enumerate(case.found)}
    return [by_place[place] for place in sorted(by_place, key=lambda p: ranks.get(p, DEPTH))]


def asks_what_an_acronym_stands_for(case: DecisionInput) -> Decision | None:
    """Where a passage explains it, the one that does so first."""
    found = case.definitions.explaining(case.question)
    return Decision(cite=found, says_mention=True, found=True) if found else None


def names_an_unindexed_text_that_passages_name(case: DecisionInput) -> Decision | None:
    """They are cited where a question asks for that text and nothing more, and, if what it asks is
    in there, where it says that it wants to know what an indexed text says of it.
    """
    named = case.question.mention
    if named is None or named.indexed:
        return None
    found = [s for s in case.found if case.saying.names(s.hit.passage, named)]
    if not named.rest and not named.portion:
        if found:
            return _cite(found[:SHOWN])
        return Decision(refuse="known", nearest=case.found, says_mention=True)
    found = [s for s in found[:1] if named.about and s.enough]
    return _cite(found) if found else None


def asks_the_date_of_an_unindexed_text(case: DecisionInput) -> Decision | None:
    """A passage that names it may say that, without the text itself."""
    named = case.question.mention
    if named is None or named.indexed or named.portion:
        return None
    kind = AnswerType.of(case.question)
    if kind.sorts != {"moment"} or not kind.asking.issuperset(named.rest):
        return None
    found = [s for s in case.found if case.saying.dates(s.hit.passage, named)]
    return _cite(found[:1]) if found else None


def asks_inside_an_unindexed_text(case: DecisionInput) -> Decision | None:
    """An answer would need the text itself."""
    named = case.question.mention
    if named is None or named.indexed:
        return None
    best = case.found[0].hit.passage if case.found else None
    if best is None or case.saying.asks_inside(named, best, case.question.lang):
        return Decision(refuse="known", nearest=case.found, says_mention=True)
    return None


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
    said = {w.stem for p in passages for w in words(p.texts[question.lang], question.lang)}
    names = {w.stem for name in question.names for w in words(name, question.lang)}
    if not counted or not names <= said:
        return None
    return Decision(cite=passages, counted=counted)


def each_text_is_answered_for_itself(case: DecisionInput) -> Decision | None:
    """Of several texts that a question names, what each says of it, or that it does not.

    Where one surely says it, less is enough of the others: the question is asked of all.
    """
    question = case.question
    if question.of_each is None:
        return None
    closest = [_close(case.selector.find(question.of_each, (w,)))[:_EACH] for w in question.texts]
    firsts = [found[0] for found in closest if found]
    if not any(s.enough for s in firsts):
        return None
    least = _ALSO * max(s.probability for s in firsts)
    chosen = [s for found in closest for s in found if s.enough or s.probability >= least]
    saying = {s.hit.anchor.work for s in chosen}
    silent = [w for w in question.texts if w not in saying]
    titles = tuple(case.mentions.known.short(w, question.answer_lang) for w in silent)
    return _cite(chosen, missing=titles)


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
    among = [(a.work, a.portion) for a in pool]
    chosen: dict[Anchor, ScoredPassage] = {}
    missing: list[str] = []
    for n, text in enumerate(question.parts):
        part = case.selector.part(question, n)
        alone = case.selector.search(part, question.works)
        saying = _saying(case, alone[:LOOKED], part.subject) if part.subject else []
        if lacks_money(part, alone[0].hit.passage.texts.values()):
            missing.append(text.rstrip(" ?!."))
        elif alone[0].enough and (own := pool.get(alone[0].hit.anchor)):
            chosen.setdefault(own.hit.anchor, replace(own, probability=alone[0].probability))
        elif alone[0].enough and found[0].enough:
            best = case.selector.best_among(part, among)
            chosen.setdefault(best.anchor, pool[best.anchor])
        elif saying:
            chosen.setdefault(saying[0].hit.anchor, saying[0])
        elif _is_of_an_article(alone[0], chosen):  # what is beside it may say it
            chosen.setdefault(alone[0].hit.anchor, alone[0])
        elif not (alone[0].hit.anchor in chosen and _may_say(part, alone[0])):
            missing.append(text.rstrip(" ?!."))
    if chosen:
        ordered = sorted(chosen.values(), key=lambda s: -s.hit.score)
        return _cite(ordered[:SHOWN], missing=tuple(missing))
    if found[0].enough:
        return _cite(found[:1])
    if question.subject:  # whether a text speaks of them, its words tell
        return None
    return Decision(refuse="plain", nearest=found, says_mention=True)


def _is_of_an_article(nearest: ScoredPassage, chosen: Iterable[Anchor]) -> bool:
    """Is a passage of an article of which others are cited?"""
    here = nearest.hit.anchor
    return here.top.startswith("art_") and any(
        (a.work, a.top) == (here.work, here.top) and a != here for a in chosen
    )


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
        elif not own.enough and _is_missing(case, thing, own):
            missing.append(thing)
        else:
            return None
    if not is_about_one or len(chosen) + len(missing) < 2:
        return None
    return _cite(list(chosen.values()), missing=tuple(missing))


def _is_missing(case: DecisionInput, thing: str, nearest: ScoredPassage) -> bool:
    """Can a thing be said not to be in the sources?"""
    lang = case.question.lang
    passage = nearest.hit.passage
    return not message.asks(thing, lang) and case.saying.is_unheard_of(thing, passage, lang)


def _stands_over(own: ScoredPassage, other: ScoredPassage | None) -> bool:
    """Is a passage so much nearer to a thing that the other is not about it too?"""
    return other is None or own.hit.score - other.hit.score >= APART


def says_a_sort_that_several_texts_are(case: DecisionInput) -> Decision | None:
    """A text by its sort alone, where the nearest passages are of several of that sort."""
    question = case.question
    if question.works or question.goes_on_from_a_text or len(question.theme) > _FEW_WORDS:
        return None
    said = case.mentions.of_said_sort(question.text, question.lang)
    nearest = [s.hit.anchor.work for s in case.found[:SHOWN]]
    if len(set(nearest)) < SHOWN or not set(nearest) <= set(said):
        return None
    return Decision(refuse="which", which=dict.fromkeys((*nearest, *said), ""))


def the_best_passage_answers(case: DecisionInput) -> Decision | None:
    """Likely enough; keywords give little to go by, so the passage has to know them."""
    best = case.found[0]
    stray = case.question.is_keywords and not is_about(best, PARTLY)
    if not best.enough or stray:
        return None
    members = case.topic.members if case.topic and not asks_for_one(case.question) else []
    chosen = members or [s for s in _close(case.found) if s.enough][:SHOWN]
    return _cite(_speaking(case, chosen) or chosen)


def _speaking(case: DecisionInput, chosen: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Those that speak of it, where a question asks whether a text does."""
    question = case.question
    if not question.is_whether:
        return []
    return _saying(case, chosen, question.text)


def passages_belong_to_a_broad_question(case: DecisionInput) -> Decision | None:
    """No single passage answers it, some surely belong to it, and one has all that it names."""
    question, topic = case.question, case.topic
    if topic is None or not topic.is_sure or asks_for_one(question):
        return None
    saying = _saying(case, topic.members, question.text)
    has_all = any(s.features.answer_type_missing == 0 for s in saying)
    return _cite(topic.members) if has_all else None


def a_passage_has_every_word_of_the_subject(case: DecisionInput) -> Decision | None:
    """Where a text has every word of it, that it speaks of it needs no estimate ("prisons?")."""
    question = case.question
    about = _saying(case, case.found[:LOOKED], question.subject)
    return _cite(_close(about)[:SHOWN]) if about else None


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
        if about := _saying(case, found[:LOOKED], subject):
            chosen.setdefault(about[0].hit.anchor, about[0])
        elif _is_missing(case, thing, found[0]):
            missing.append(thing)
        else:
            return None
    return _cite(list(chosen.values()), missing=tuple(missing)) if chosen else None


def _may_say(part: Question, nearest: ScoredPassage) -> bool:
    """Has a passage the names and the sort of thing that a part asks for? That the sources do not
    say it is then too bold a claim.
    """
    f = nearest.features
    return bool(part.names) and f.names_missing == f.answer_type_missing == 0


def _saying(
    case: DecisionInput, found: Sequence[ScoredPassage], subject: str | None
) -> list[ScoredPassage]:
    """Those that have every word of a subject."""
    lang = case.question.lang
    return [s for s in found if case.saying.says(s.hit.passage, subject, lang)]


def asks_for_a_list_that_is_not_made(case: DecisionInput) -> Decision | None:
    """All towns, ministers … that a text names: it may name some, which no passage alone says."""
    if not case.key_data.asks_for_another_sort(case.question):
        return None
    return Decision(refuse="no_list", nearest=case.found)


def nothing_answers(case: DecisionInput) -> Decision:
    """The sources do not say it; a text that is asked about is not one of them."""
    named = case.question.mention
    reason: Reason = "known" if named and not (named.indexed or named.about) else "plain"
    return Decision(refuse=reason, nearest=case.found, says_mention=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: it decides, or leaves the question to the next."""

    decide: Callable[[DecisionInput], Decision | None]

    @property
    def name(self) -> str:
        """As the trace shows it."""
        return self.decide.__name__

    @property
    def reason(self) -> str:
        """Why it is there, in a line."""
        lines = (self.decide.__doc__ or "").split("\n\n")[0].split()
        return " ".join(lines)


RULES = tuple(
    map(
        Rule,
        (
            asks_nothing,
            asks_for_a_list,
            asks_what_a_term_means,
            asks_what_an_acronym_stands_for,
            names_a_section,
            leaves_open_which_text,
            asks_for_a_whole_text,
            names_a_place_that_is_not_there,
            names_a_place_that_does_not_say_it,
            names_a_place,
            names_an_unindexed_text_that_passages_name,
            asks_the_date_of_an_unindexed_text,
            asks_inside_an_unindexed_text,
            has_nothing_to_search,
            counts_what_passages_name,
            each_text_is_answered_for_itself,
            each_part_is_answered_for_itself,
            each_thing_is_answered_for_itself,
            says_a_sort_that_several_texts_are,
            the_best_passage_answers,
            passages_belong_to_a_broad_question,
            a_passage_has_every_word_of_the_subject,
            passages_have_the_words_of_things_side_by_side,
            asks_for_a_list_that_is_not_made,
            nothing_answers,
        ),
    )
)


def decide(case: DecisionInput) -> tuple[Rule, Decision]:
    """The first rule that decides, and what it decides."""
    for rule in RULES:
        if decision := rule.decide(case):
            return rule, decision
    raise AssertionError("the last rule decides everything")

"""The part of a text that a question names: by its number, or by words of its heading.

"chapitre III du règlement 2024/3084", "la partie migration", "het luik defensie", or a heading as
it stands. A part is all passages under one heading of a document, at any depth.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, takewhile
from typing import TYPE_CHECKING

from assistant import heading_match, part_order, subject_matter
from assistant.empty_words import is_empty
from assistant.literal import wanted
from assistant.numbered import numbered
from assistant.part_labels import COUNTED, NUMBER, bare, label_of
from assistant.reviewed import table
from assistant.section import Section
from assistant.word_match import is_part
from index.tokens import Word, stems, stems_of, words
from sources.anchor import LANGS, Anchor, Lang, WorkPortion, other, word_at
from sources.folding import alternatives, fold_in_place
from sources.model import Kind
from sources.numbering import arabic, canonical, roman

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from assistant.question import Question
    from index.build import Build
    from sources.model import Part, Passage

_CUE = rf"(?P<label>{NUMBER})(?![\w.,/]*\d|[\w’'])"  # of a part, in a question
_ANY_WORD = re.compile(rf"(?<![\w-])(?P<unit>[^\W\d_]{{3,}}(?:-[^\W\d_]+)?|§){COUNTED}{_CUE}")
_ROMAN = 40  # above that a numeral is more likely a letter ("annexe C")
_MOST_ITEMS = 12  # that are cited with what announces them
_LEFT = 0.01  # of fit, for a word that may be of the name of the text and is not of the heading
_WITHIN_NUMBER = 0.25  # of fit
_MOST_OF = 0.6  # of the words of a heading


@dataclass(frozen=True, slots=True)
class _Units:
    """Names of the parts of a text in a language.

    Attributes:
        french: The French name of each, by which they are compared; "" of those that mean any.
        pattern: One of them, and the number after it if any.
        numbered: Words for any passage that has a number ("considérant"), said with it.
        beside: Words that ask for a part and are not of its name.
        opening: Words that mean the part that a text begins with.
        last: Words for the last part.
    """

    french: dict[str, str]
    pattern: re.Pattern[str]
    numbered: frozenset[str]
    beside: frozenset[str]
    opening: frozenset[str]
    last: frozenset[str]

    @classmethod
    def of(cls, names: dict[str, list[str]]) -> _Units:
        others = {key: frozenset(names[key]) for key in ("numbered", "beside", "opening", "last")}
        french = {
            name: ("" if unit == "any" else unit)
            for unit, written in names.items()
            if unit not in others
            for name in written
        }
        pattern = re.compile(
            rf"(?<![\w-])(?P<unit>{alternatives(french)})(?!\w)(?:{COUNTED}{_CUE})?"
        )
        return cls(french, pattern, **others)


@dataclass(frozen=True, slots=True)
class _Cue:
    """The words by which a question asks for a part.

    Attributes:
        word: What it calls the part, without accents.
        label: The number behind it, if any.
        unit: The unit that the word names, in French; "" where it means any part.
        called: The same word, where parts call themselves by it that are no such unit.
        span: Where they stand, in characters.
    """

    word: str
    label: str
    unit: str
    called: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a question may name a part.

    Attributes:
        words: Its words that may be of a heading.
        names: Stems of what the text that it names is called.
        label: The number or letter of a part; empty where it says none.
        unit: What it calls the part, in French; None where it says no such word.
        called: The word for it that parts of a text call themselves by, where it says one.
        written: The word and the number, as the question has them.
    """

    words: list[Word]
    names: frozenset[str]
    label: str
    unit: str | None
    called: str = ""
    written: str = ""


class Sections:
    """The parts of all texts of a build."""

    def __init__(self, build: Build, mentions: Mentions) -> None:
        self._build, self._mentions = build, mentions
        self._units = {la: _Units.of(table("units")[la]) for la in LANGS}

    def named(self, question: Question) -> list[Section]:
        """The part that a question names: in each text that has one as fitting, where it names no
        text and none is meant; none for no part.
        """
        asked = self._asked(question)
        if asked is None:
            return []
        if opening := self._opening(question, asked.words, self._units[question.lang]):
            return [opening]
        if placed := self._placed(question, asked):
            return [placed]
        best = self._best(asked, question)
        is_of_named = bool(best and question.works)
        if not best and asked.label and _may_be_of_another(question):
            best = self._best(asked, question, everywhere=True)
        works = list(best) if is_of_named else self._meant(question, best, asked.unit)
        is_said = bool(asked.written)  # as a part, not by words that are a heading of several
        return [best[work] for work in works] if is_said or len(works) == 1 else []

    def _placed(self, question: Question, asked: _Asked) -> Section | None:
        """The part of a text that a question names by its place among the others, and nothing
        else.
        """
        units = self._units[question.lang]
        said = part_order.which(question.folded, units.french, units.last)
        if said is None or asked.label or len(question.works) != 1:
            return None
        place = stems(question.folded[slice(*said.span)], question.lang)
        beside = {w.stem for w in asked.words if not is_empty(w, question.lang)}
        if beside - place - asked.names:
            return None
        own = [s for s in self._all if s.work == question.works[0]]
        return part_order.at(own, said.place, units.french[said.unit])

    def missing(self, question: Question) -> str:
        """The part that a question names by its number and that its text does not have, as the
        question has it; "" for none. An annex may have no number: a text often has only one.

        It has other parts so called; or it does not name such a part anywhere; or others are so
        numbered, and no line begins with that number.
        """
        asked = self._asked(question)
        if asked is None or not question.works or self._best(asked, question):
            return ""
        if not asked.label and asked.unit != "annexe":
            return ""
        (work,) = question.works
        is_alone = all(is_empty(w, question.lang) or w.stem in asked.names for w in asked.words)
        others = [s for s in self._among(asked, question) if _is_of_the_sort(s, asked)]
        is_called = bool(asked.unit or asked.called)
        if not is_alone or not (asked.unit or len(others) > 1):
            return ""
        if is_called and len(others) > 1:
            return asked.written
        passages = [p for la in LANGS for p in self._build.document(work, la)]
        if not asked.label and any(word_at(p.anchor.portion, 0) == "anx" for p in passages):
            return ""
        texts = (fold_in_place(text) for p in passages for text in (p.text, *p.headings))
        return "" if any(map(self._line_of(asked).search, texts)) else asked.written

    def _line_of(self, asked: _Asked) -> re.Pattern[str]:
        """What a folded line has that names a part; one that is called nothing begins with it."""
        label = re.escape(asked.label)
        if not asked.unit:
            return re.compile(rf"^\W*{label}(?![\w/]|\.\d)", re.MULTILINE)
        each = (u.french.items() for u in self._units.values())
        names = {re.escape(name) for of in each for name, unit in of if unit == asked.unit}
        if not label:
            return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
        return re.compile(
            rf"(?<!\w)(?:{'|'.join(names)}){COUNTED}(?:{label}|{re.escape(_roman(asked.label))})(?!\w)"
        )

    def _asked(self, question: Question) -> _Asked | None:
        """How a question may name a part; None where it names a place, which is found by its own
        name.
        """
        units = self._units[question.lang]
        cue = self._cue(question, units)
        label = canonical(cue.label) if cue else ""
        places = question.mention.places if question.mention else ()
        portions = [r.portion for r in question.references if r.portion]
        named = any(p.pinpoint.written for p in places) or any(
            word_at(p, 0) != "rct" for p in portions
        )
        if named or (cue and cue.unit == "article" and label):
            return None
        work = question.mention.work if question.mention else None
        names = self._mentions.texts.said_stems(question, work)
        said = _words(question, units, cue, names)
        if cue is None:
            return _Asked(said, names, "", None)
        written = question.text[slice(*cue.span)]
        return _Asked(said, names, label, cue.unit, cue.called, written)

    def _cue(self, question: Question, units: _Units) -> _Cue | None:
        """Where a question asks for a part: by a number behind a word that parts call themselves
        by, or by the name of a unit.

        In a text that is named, a number with dots is one of its places, whatever it is called.
        """
        text = fold_in_place(question.text)
        called = frozenset().union(
            *(own for work, own in self._called.items() if work in (question.works or (work,)))
        )
        for found in _ANY_WORD.finditer(text):
            word = found["unit"]
            is_address = bool(
                question.works and "." in found["label"] and words(word, question.lang)
            )
            if (
                word in called
                or word in units.numbered
                or (is_address and word not in units.french)
            ):
                return _Cue(word, found["label"], "", word if word in called else "", found.span())
        if m := units.pattern.search(text):
            return _Cue(m["unit"], m["label"] or "", units.french[m["unit"]], "", m.span())
        there = self._units[other(question.lang)]  # "chapitre 3 van de AVG"
        m = there.pattern.search(text)
        if m is None or not m["label"]:
            return None
        return _Cue(m["unit"], m["label"], there.french[m["unit"]], "", m.span())

    @cached_property
    def _called(self) -> dict[str, frozenset[str]]:
        """The words by which parts of each text call themselves that are no units."""
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        for section in (*self._all, *chain.from_iterable(self._numbered.values())):
            found[section.work] |= section.called
        return found

    def _among(
        self, asked: _Asked, question: Question, *, everywhere: bool = False
    ) -> Iterator[Section]:
        """The parts that a question could name; of a text that it names, also what has a number."""
        works = () if everywhere else question.works
        yield from (s for s in self._all if not works or s.work in works)
        if asked.label and asked.unit == "":
            for work in works:
                yield from self._numbered[work]

    def _best(
        self, asked: _Asked, question: Question, *, everywhere: bool = False
    ) -> dict[str, Section]:
        """The part that fits best, in each text that has one as fitting."""
        fits = [
            (share, section)
            for section in self._among(asked, question, everywhere=everywhere)
            if (share := self._fit(section, asked, question)) > 0
        ]
        most = max((share for share, _ in fits), default=0)
        by_work: dict[str, list[Section]] = {}
        for share, section in fits:
            if share == most:
                by_work.setdefault(section.work, []).append(section)
        best = {work: _chosen(sections, asked) for work, sections in by_work.items()}
        return dict(sorted(best.items(), key=lambda b: _rank(b[1], asked), reverse=True))

    def _meant(
        self, question: Question, found: Mapping[str, Section], unit: str | None
    ) -> list[str]:
        """The texts whose part may be meant where a question names none.

        That of the only declaration is not preferred where those of others are called as the
        question says ("chapitre I") and its own are not.
        """
        texts, lang = self._mentions.texts, question.lang
        meant = texts.meant(question.text, lang, found)
        called = [work for work, section in found.items() if unit and section.unit == unit]
        if called and not set(meant) & set(called) and not texts.of_said_sort(question.text, lang):
            return list(found)
        return meant

    def of_unit(self, work: str, unit: str | None) -> list[Section]:
        """The parts of a text that call themselves so (``unit`` in French), in reading order; for
        None all of them, and none where there are parts within parts.
        """
        own = [s for s in self._all if s.work == work]
        if unit is None:
            return own if all(len(s.path) == 1 and s.unit != "article" for s in own) else []
        return [s for s in own if s.unit == unit]

    def with_items(
        self, passages: Sequence[Passage], *, all_of_list: bool = False
    ) -> list[Passage]:
        """Passages, each that ends with a colon followed by what it announces, wherever that stood
        among them; where that is so much that not all can be wanted, by itself.

        Args:
            passages: In the order in which they are cited.
            all_of_list: Is all of a list wanted of which the first passage is an item, or several
                are?
        """
        openings = [p for p in passages if _announces(p.text)]
        if all_of_list:
            openings += self._openings(passages)
        lists: dict[Anchor, list[Passage]] = {}
        for opening in openings:
            announced = self._announced(opening)
            for p in (opening, *announced) if len(announced) <= _MOST_ITEMS else ():
                lists.setdefault(p.anchor, [opening, *announced])
        cited = (p for one in passages for p in lists.get(one.anchor, [one]))
        return list({p.anchor: p for p in cited}.values())

    def _openings(self, passages: Sequence[Passage]) -> list[Passage]:
        """What opens the lists of the first text of which the first passage is an item, or several
        are.
        """
        first = passages[0]
        own = [p for p in passages if p.anchor.work == first.anchor.work and _announces(p.lead)]
        leads = [p.lead for p in own]
        items = (p for p in own if p.lead == first.lead or leads.count(p.lead) > 1)
        return list(filter(None, map(self._build.opening, items)))

    def _announced(self, opening: Passage) -> list[Passage]:
        """Its points, the items below it, and what is below these; else the sections within its
        own; else what stands next. Articles stand for themselves: "ARRÊTE :" is above all of them.
        """
        after, above = self._build.following(opening), opening.headings
        if items := _items([opening], after):
            return items
        inside = takewhile(lambda p: p.headings[: len(above)] == above != p.headings, after)
        inside = takewhile(lambda p: not p.anchor.is_of_article, inside)
        if sections := list(inside) if above else []:
            return sections
        is_next = after and after[0].headings == above and after[0].kind == Kind.PARAGRAPH
        return [after[0], *_items(after[:1], after[1:])] if is_next else []

    def _opening(self, question: Question, asked: Sequence[Word], units: _Units) -> Section | None:
        """The part that a text begins with, where that is asked for and nothing else.

        Its heading has to say that it is an introduction: a text may have none.
        """
        lang = question.lang
        work = question.works[0] if question.works else self._mentions.known.only_text
        said = [w for w in asked if w.written in units.opening]
        left = [w for w in asked if w not in said and not is_empty(w, lang)]
        if work is None or not said or left:
            return None
        first = next((s for s in self._all if s.work == work and len(s.path) == 1), None)
        if first is None or not any(t.written in units.opening for t in first.title.get(lang, ())):
            return None
        return first

    def _fit(self, section: Section, asked: _Asked, question: Question) -> float:
        """How well a question fits a part; 0 where it does not name it."""
        lang, label, unit = question.lang, asked.label, asked.unit
        title = self._title(section, asked, lang)
        same = _same_label(section, asked) if label else 0.0
        if label and not same:
            return 0
        if not label and unit and section.unit != unit and (section.unit or unit == "article"):
            return 0
        inside = [
            w
            for w in asked.words
            if any(_alike(w, t) for t in title) and not (label and is_empty(w, lang))
        ]
        beside = [
            w
            for w in asked.words
            if w not in inside
            and w.stem not in section.above
            and w.stem not in asked.names
            and not is_empty(w, lang)
        ]
        if beside or not (label or inside):
            return 0
        if not label and unit is None and not self._is_title(title, inside, question):
            return 0
        said = sum(any(_alike(w, t) for w in inside) for t in title)
        left = sum(w.stem in asked.names for w in asked.words if w not in inside)
        share = (said + 1) / (len(title) + 1) if inside else 0
        return same + share - _LEFT * left

    def _title(self, section: Section, asked: _Asked, lang: Lang) -> Sequence[Word]:
        """The words of a heading; of one that is there in the other language only, those of the
        question stand for what they may be in it.
        """
        if lang in section.title:
            return section.title[lang]
        own = section.title.get(other(lang), ())
        glossary = self._mentions.texts.glossary
        said = glossary.found_in(frozenset(w.stem for w in own), asked.words, lang)
        asked_by = {stem: asked.words[n] for n, stems in said.items() for stem in stems}
        return [asked_by.get(w.stem, w) for w in own]

    def _is_title(self, title: Sequence[Word], inside: Sequence[Word], question: Question) -> bool:
        """Is a heading said as it stands? In a text that is named, most of it is enough, and it may
        be of a single word, if that is the word.

        Who asks who, when or how many does not ask for a part.
        """
        content = [t for t in title if not is_empty(t, question.lang)]
        if not content or wanted(question):
            return False
        said = [t for t in title if any(_alike(w, t) for w in inside)]
        if len(content) == 1:
            same = any(_is_same_word(w.written, content[0].written) for w in inside)
            return bool(question.works) and same
        if all(t in said for t in content):
            return True
        return bool(question.works) and len(said) > 1 and len(said) >= _MOST_OF * len(title)

    def passages(self, section: Section, lang: Lang) -> list[Passage]:
        """What stands under the heading of a part, in reading order, in ``lang`` where it is."""
        found = []
        for portion in section.portions:
            for la in (lang, *LANGS):
                if passage := self._build.by_anchor.get(Anchor(section.work, la, portion)):
                    found.append(passage)
                    break
        return found

    @cached_property
    def _all(self) -> list[Section]:
        """Every part of every text, its headings in both languages where they are there."""
        found: dict[Part, Section] = {}
        seen: set[WorkPortion] = set()
        for passage in self._build.passages:
            place = passage.anchor.work_portion
            if place in seen:
                continue
            seen.add(place)
            for depth in range(1, len(passage.headings) + 1):
                path = passage.headings[:depth]
                key = (passage.anchor.work, path)
                if key not in found:
                    found[key] = self._section(passage, depth)
                found[key].portions.append(passage.anchor.portion)
        return list(found.values())

    def numbered_as(self, portion: str, lang: Lang) -> list[Passage]:
        """The points of any text that may be called a recital of that number ("rct_B.4")."""
        word, _, number = portion.partition("_")
        label = number.casefold() if word == "rct" else ""
        every = chain.from_iterable(self._numbered.values())
        return [p for s in every if s.label == label for p in self.passages(s, lang)]

    @cached_property
    def _numbered(self) -> dict[str, list[Section]]:
        return numbered(self._build)

    def _section(self, passage: Passage, depth: int) -> Section:
        path, lang = passage.headings[:depth], passage.anchor.lang
        other, twin = passage.anchor.twin().lang, self._build.twin(passage.anchor)
        there = (twin or passage).headings_in(other)
        label, unit, _ = self._label(path[-1], lang)
        same_depth = depth - 1 if len(there) == len(passage.headings) else len(there)
        same_number = (n for n, h in enumerate(there) if self._label(h, other)[:2] == (label, unit))
        at = next(same_number, same_depth) if unit else same_depth
        headings = {lang: path[-1]}
        if at < len(there):
            headings[other] = there[at]
        words_for_it = (self._label(h, la)[2] for la, h in headings.items())
        return Section(
            work=passage.anchor.work,
            path=path,
            label=label,
            unit=unit,
            called=frozenset(filter(None, words_for_it)),
            title={la: tuple(words(bare(h), la)) for la, h in headings.items()},
            headings=headings,
            above=stems_of(path[:-1], lang) | stems_of(there[: min(at, depth - 1)], other),
        )

    def _label(self, heading: str, lang: Lang) -> tuple[str, str, str]:
        """The number or letter of a heading, the unit that it calls itself, in French, and the word
        where it is no unit.
        """
        label, french = label_of(heading), self._units[lang].french
        if label is None:
            return "", "", ""
        if not label.word or label.word in french:
            return label.number, french.get(label.word, ""), ""
        if label.runs_on or not words(label.word, lang):
            return "", "", ""  # a sentence, or a word that joins others
        return label.number, "", label.word


def _may_be_of_another(question: Question) -> bool:
    """May a part be of another text than the one that was taken for meant, since the question names
    none ("chapitre 2 sur le registre")?
    """
    named = question.mention
    return named is not None and named.indexed and not named.name and bool(named.rest)


def _announces(text: str) -> bool:
    return text.rstrip().endswith(":")


def _items(above: Sequence[Passage], after: Sequence[Passage]) -> list[Passage]:
    """The first passages that are, or are parts of, items below some, or below each other."""
    found: list[Passage] = []
    for p in after:
        if not any(_is_below(p, other) for other in (*above, *found)):
            break
        found.append(p)
    return found


def _is_below(passage: Passage, other: Passage) -> bool:
    """Is a passage a part of another one, or an item that its last words open?"""
    is_part = passage.anchor.portion.startswith(f"{other.anchor.portion}.")
    return is_part or bool(passage.lead and other.text.rstrip().endswith(passage.lead))


def _words(
    question: Question, units: _Units, cue: _Cue | None, names: frozenset[str]
) -> list[Word]:
    """The words of a question that are neither a name of a part nor that of the text.

    Beside "RGPD" the words of its title may be those of a heading.
    """
    kept = question.inside.words if question.inside else question.words
    of_cue = {w.written for w in words(f"{cue.word} {cue.label}", question.lang)} if cue else set()
    if cue and cue.label:  # "what is chapter III about?"
        text = fold_in_place(question.text)
        asks = (text[slice(*span)] for span in subject_matter.asked_at(text, question.lang))
        of_cue |= {w.written for asked in asks for w in words(asked, question.lang)}
    return [
        w
        for w in kept
        if w.written not in units.french
        and w.written not in units.beside
        and w.written not in of_cue
        and (question.inside or w.stem not in names)
    ]


def _alike(asked: Word, said: Word) -> bool:
    """Are they the same word, or two that say the same, or is one in the other ("migration",
    "immigration")?
    """
    return heading_match.say_the_same(asked.stem, said.stem) or is_part(asked.stem, said.written)


def _is_same_word(asked: str, said: str) -> bool:
    """The same but for the number? Of a "vérificateur" "vérification" has the stem and no more."""
    return asked.rstrip("sx") == said.rstrip("sx")


def _rank(section: Section, asked: _Asked) -> tuple[bool, int, bool, int]:
    """How likely it is meant among parts that fit as well: one that calls itself as asked, below
    headings that are said too, the widest.
    """
    said = sum(w.stem in section.above for w in asked.words) if asked.label else 0
    return section.unit == asked.unit, said, not section.is_point, -len(section.path)


def _chosen(sections: Sequence[Section], asked: _Asked) -> Section:
    """Of parts of a text that fit as well, the likeliest; all of those that have the same number
    ("chapitre 1" of several titles).
    """
    best = max(_rank(s, asked) for s in sections)
    first, *others = [s for s in sections if _rank(s, asked) == best]
    if not asked.label or not others:
        return first
    portions = dict.fromkeys(p for s in (first, *others) for p in s.portions)
    return replace(first, portions=list(portions))


def _is_of_the_sort(section: Section, asked: _Asked) -> bool:
    """Is a part called as the one that is asked for, or numbered like it ("2.1", "B.4")?"""
    if asked.called or asked.unit:
        return asked.called in section.called if asked.called else section.unit == asked.unit
    shapes = [re.sub(r"\d+", "1", label) for label in (section.label, asked.label)]
    return not (section.unit or section.called) and shapes[0] == shapes[1]


def _same_label(section: Section, asked: _Asked) -> float:
    """1 for the same number, also in a part that does not say what it is ("section 7", "7. Ports"),
    or for it in other figures in a part that calls itself as asked ("chapitre 4", "CHAPITRE IV");
    half of that where one of the two is not so, and less for a number within it ("B.2.1" of "B.2"),
    which counts where nothing has the number itself; 0 for another.
    """
    label, unit = asked.label, asked.unit
    if not section.label or (unit and section.unit and unit != section.unit):
        return 0.0
    if section.unit == "article" and unit != "article":
        return 0.0
    if (asked.called and asked.called not in section.called) or (unit and section.called):
        return 0.0
    if section.label.startswith(f"{label}."):
        return _WITHIN_NUMBER
    if section.label != label and section.label != _roman(label):
        return 0.0
    is_called_so = bool(asked.called) or (bool(unit) and section.unit == unit)
    is_bare = section.label == label and not (unit and section.unit) and not section.called
    return 1.0 if is_called_so or is_bare else 0.5


def _roman(label: str) -> str:
    """The other way to write a number below 40; the label itself where it is none.

    >>> _roman("4"), _roman("xii"), _roman("a")
    ('iv', '12', 'a')
    """
    value = int(label) if label.isdecimal() else arabic(label)
    if value is None or not 0 < value < _ROMAN:
        return label
    return roman(value) if label.isdecimal() else str(value)

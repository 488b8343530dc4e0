"""The part of a text that a question names: by its number, or by words of its heading.

"chapitre III du règlement 2024/3084", "la partie migration", "het luik defensie", or a heading as
it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant import part_order
from assistant.asked_part import AskedPart, asked_part
from assistant.empty_words import is_empty
from assistant.outline import Outline
from assistant.part_fit import chosen, fit, in_other_figures, is_of_the_sort, rank
from assistant.part_labels import COUNTED
from assistant.part_units import part_units
from assistant.section import Section
from index.tokens import stems
from sources.anchor import LANGS, word_at
from sources.folding import fold_in_place

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from assistant.question import Question
    from index.build import Build


class Sections:
    """Finds the parts that questions name.

    Attributes:
        outline: The parts of all texts.
    """

    def __init__(self, build: Build, mentions: Mentions) -> None:
        self._build, self._mentions = build, mentions
        self.outline = Outline(build)

    def named(self, question: Question) -> list[Section]:
        """The part that a question names: in each text that has one as fitting, where it names no
        text and none is meant; none for no part.
        """
        asked = asked_part(question, self.outline, self._mentions.texts)
        if asked is None:
            return []
        if opening := self._opening(question, asked):
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

    def _placed(self, question: Question, asked: AskedPart) -> Section | None:
        """The part of a text that a question names by its place among the others, and nothing
        else.
        """
        units = part_units()[question.lang]
        said = part_order.which(question.folded, units.french, units.last)
        if said is None or asked.label or len(question.works) != 1:
            return None
        place = stems(question.folded[slice(*said.span)], question.lang)
        beside = {w.stem for w in asked.words if not is_empty(w, question.lang)}
        if beside - place - asked.names:
            return None
        own = self.outline.of_work(question.works[0])
        return part_order.at(own, said.place, units.french[said.unit])

    def missing(self, question: Question) -> str:
        """The part that a question names by its number and that its text does not have, as the
        question has it; "" for none. An annex may have no number: a text often has only one.

        It has other parts so called; or it does not name such a part anywhere; or others are so
        numbered, and no line begins with that number.
        """
        asked = asked_part(question, self.outline, self._mentions.texts)
        if asked is None or not question.works or self._best(asked, question):
            return ""
        if not asked.label and asked.unit != "annexe":
            return ""
        (work,) = question.works
        is_alone = all(is_empty(w, question.lang) or w.stem in asked.names for w in asked.words)
        others = [s for s in self._among(asked, question) if is_of_the_sort(s, asked)]
        is_called = bool(asked.unit or asked.called)
        if not is_alone or not (asked.unit or len(others) > 1):
            return ""
        if is_called and len(others) > 1:
            return asked.written
        passages = [p for la in LANGS for p in self._build.document(work, la)]
        if not asked.label and any(word_at(p.anchor.portion, 0) == "anx" for p in passages):
            return ""
        texts = (fold_in_place(text) for p in passages for text in (p.text, *p.headings))
        return "" if any(map(_line_of(asked).search, texts)) else asked.written

    def _among(
        self, asked: AskedPart, question: Question, *, everywhere: bool = False
    ) -> Iterator[Section]:
        """The parts that a question could name; of a text that it names, also what has a number."""
        works = () if everywhere else question.works
        yield from (s for s in self.outline.sections if not works or s.work in works)
        if asked.label and asked.unit == "":
            for work in works:
                yield from self.outline.numbered[work]

    def _best(
        self, asked: AskedPart, question: Question, *, everywhere: bool = False
    ) -> dict[str, Section]:
        """The part that fits best, in each text that has one as fitting."""
        glossary = self._mentions.texts.glossary
        fits = [
            (share, section)
            for section in self._among(asked, question, everywhere=everywhere)
            if (share := fit(section, asked, question, glossary)) > 0
        ]
        most = max((share for share, _ in fits), default=0)
        by_work: dict[str, list[Section]] = {}
        for share, section in fits:
            if share == most:
                by_work.setdefault(section.work, []).append(section)
        best = {work: chosen(sections, asked) for work, sections in by_work.items()}
        return dict(sorted(best.items(), key=lambda b: rank(b[1], asked), reverse=True))

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

    def _opening(self, question: Question, asked: AskedPart) -> Section | None:
        """The part that a text begins with, where that is asked for and nothing else.

        Its heading has to say that it is an introduction: a text may have none.
        """
        lang, opening = question.lang, part_units()[question.lang].opening
        work = question.works[0] if question.works else self._mentions.known.only_text
        said = [w for w in asked.words if w.written in opening]
        left = [w for w in asked.words if w not in said and not is_empty(w, lang)]
        if work is None or not said or left:
            return None
        first = next((s for s in self.outline.of_work(work) if len(s.path) == 1), None)
        if first is None or not any(t.written in opening for t in first.title.get(lang, ())):
            return None
        return first


def _may_be_of_another(question: Question) -> bool:
    """May a part be of another text than the one that was taken for meant, since the question names
    none ("chapitre 2 sur le registre")?
    """
    named = question.mention
    return named is not None and named.indexed and not named.name and bool(named.rest)


def _line_of(asked: AskedPart) -> re.Pattern[str]:
    """What a folded line has that names a part; one that is called nothing begins with it."""
    label = re.escape(asked.label)
    if not asked.unit:
        return re.compile(rf"^\W*{label}(?![\w/]|\.\d)", re.MULTILINE)
    each = (u.french.items() for u in part_units().values())
    names = {re.escape(name) for of in each for name, unit in of if unit == asked.unit}
    written = rf"{COUNTED}(?:{label}|{re.escape(in_other_figures(asked.label))})" if label else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)}){written}(?!\w)")

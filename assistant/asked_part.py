"""How a question names a part of a text: the word for it, its number, words of its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import subject_matter
from assistant.part_labels import COUNTED
from assistant.part_units import LABEL, part_units
from index.tokens import words
from sources.anchor import other, word_at
from sources.folding import fold_in_place
from sources.numbering import canonical

if TYPE_CHECKING:
    from assistant.named_texts import NamedTexts
    from assistant.outline import Outline
    from assistant.question import Question
    from index.tokens import Word

_ANY_WORD = re.compile(rf"(?<![\w-])(?P<unit>[^\W\d_]{{3,}}(?:-[^\W\d_]+)?|§){COUNTED}{LABEL}")


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
class AskedPart:
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


def asked_part(question: Question, outline: Outline, texts: NamedTexts) -> AskedPart | None:
    """How a question may name a part; None where it names a place, which is found by its own
    name.
    """
    cue = _cue(question, outline)
    label = canonical(cue.label) if cue else ""
    places = question.mention.places if question.mention else ()
    portions = [r.portion for r in question.references if r.portion]
    named = any(p.pinpoint.written for p in places) or any(word_at(p, 0) != "rct" for p in portions)
    if named or (cue and cue.unit == "article" and label):
        return None
    work = question.mention.work if question.mention else None
    names = texts.said_stems(question, work)
    said = _words(question, cue, names)
    if cue is None:
        return AskedPart(said, names, "", None)
    written = question.text[slice(*cue.span)]
    return AskedPart(said, names, label, cue.unit, cue.called, written)


def _cue(question: Question, outline: Outline) -> _Cue | None:
    """Where a question asks for a part: by a number behind a word that parts call themselves by, or
    by the name of a unit, which in the other language has to have a number.

    In a text that is named, a number with dots is one of its places, whatever it is called.
    """
    text, lang, units = fold_in_place(question.text), question.lang, part_units()
    works = question.works or outline.called
    called = frozenset().union(*(outline.called.get(work, ()) for work in works))
    for found in _ANY_WORD.finditer(text):
        word = found["unit"]
        is_address = bool(question.works and "." in found["label"] and words(word, lang))
        if (
            word in called
            or word in units[lang].numbered
            or (is_address and word not in units[lang].french)
        ):
            return _Cue(word, found["label"], "", word if word in called else "", found.span())
    for la in (lang, other(lang)):  # "chapitre 3 van de AVG"
        m = units[la].pattern.search(text)
        if m and (m["label"] or la == lang):
            return _Cue(m["unit"], m["label"] or "", units[la].french[m["unit"]], "", m.span())
    return None


def _words(question: Question, cue: _Cue | None, names: frozenset[str]) -> list[Word]:
    """The words of a question that are neither a name of a part nor that of the text.

    Beside "RGPD" the words of its title may be those of a heading.
    """
    units = part_units()[question.lang]
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

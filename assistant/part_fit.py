"""How well a question names a part of a text, by its number or by words of its heading."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import heading_match
from assistant.empty_words import is_empty
from assistant.literal import wanted
from assistant.word_match import is_part
from sources.anchor import other
from sources.numbering import arabic, roman

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.asked_part import AskedPart
    from assistant.question import Question
    from assistant.section import Section
    from index.glossary import Glossary
    from index.tokens import Word
    from sources.anchor import Lang

_ROMAN = 40  # above that a numeral is more likely a letter ("annexe C")
_LEFT = 0.01  # of fit, for a word that may be of the name of the text and is not of the heading
_WITHIN_NUMBER = 0.25  # of fit
_MOST_OF = 0.6  # of the words of a heading


def fit(section: Section, asked: AskedPart, question: Question, glossary: Glossary) -> float:
    """How well a question fits a part; 0 where it does not name it."""
    lang, label, unit = question.lang, asked.label, asked.unit
    title = _title(section, asked, lang, glossary)
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
    said = [t for t in title if any(_alike(w, t) for w in inside)]
    if not label and unit is None and not _is_title(title, said, inside, question):
        return 0
    left = sum(w.stem in asked.names for w in asked.words if w not in inside)
    share = (len(said) + 1) / (len(title) + 1) if inside else 0
    return same + share - _LEFT * left


def chosen(sections: Sequence[Section], asked: AskedPart) -> Section:
    """Of parts of a text that fit as well, the likeliest; all of those that have the same number
    ("chapitre 1" of several titles).
    """
    best = max(rank(s, asked) for s in sections)
    first, *others = [s for s in sections if rank(s, asked) == best]
    if not asked.label or not others:
        return first
    portions = dict.fromkeys(p for s in (first, *others) for p in s.portions)
    return replace(first, portions=list(portions))


def rank(section: Section, asked: AskedPart) -> tuple[bool, int, bool, int]:
    """How likely it is meant among parts that fit as well: one that calls itself as asked, below
    headings that are said too, the widest.
    """
    said = sum(w.stem in section.above for w in asked.words) if asked.label else 0
    return section.unit == asked.unit, said, not section.is_point, -len(section.path)


def is_of_the_sort(section: Section, asked: AskedPart) -> bool:
    """Is a part called as the one that is asked for, or numbered like it ("2.1", "B.4")?"""
    if asked.called or asked.unit:
        return asked.called in section.called if asked.called else section.unit == asked.unit
    shapes = [re.sub(r"\d+", "1", label) for label in (section.label, asked.label)]
    return not (section.unit or section.called) and shapes[0] == shapes[1]


def in_other_figures(label: str) -> str:
    """The other way to write a number below 40; the label itself where it is none.

    >>> in_other_figures("4"), in_other_figures("xii"), in_other_figures("a")
    ('iv', '12', 'a')
    """
    value = int(label) if label.isdecimal() else arabic(label)
    if value is None or not 0 < value < _ROMAN:
        return label
    return roman(value) if label.isdecimal() else str(value)


def _title(section: Section, asked: AskedPart, lang: Lang, glossary: Glossary) -> Sequence[Word]:
    """The words of a heading; of one that is there in the other language only, those of the
    question stand for what they may be in it.
    """
    if lang in section.title:
        return section.title[lang]
    own = section.title.get(other(lang), ())
    said = glossary.found_in(frozenset(w.stem for w in own), asked.words, lang)
    asked_by = {stem: asked.words[n] for n, stems in said.items() for stem in stems}
    return [asked_by.get(w.stem, w) for w in own]


def _is_title(
    title: Sequence[Word], said: Sequence[Word], inside: Sequence[Word], question: Question
) -> bool:
    """Is a heading said as it stands? In a text that is named, most of it is enough, and it may be
    of a single word, if that is the word.

    Who asks who, when or how many does not ask for a part.

    Args:
        title: The words of the heading.
        said: Those of them that the question has.
        inside: As the question has them.
        question: What is asked.
    """
    content = [t for t in title if not is_empty(t, question.lang)]
    if not content or wanted(question):
        return False
    if len(content) == 1:
        same = any(_is_same_word(w.written, content[0].written) for w in inside)
        return bool(question.works) and same
    if all(t in said for t in content):
        return True
    return bool(question.works) and len(said) > 1 and len(said) >= _MOST_OF * len(title)


def _alike(asked: Word, said: Word) -> bool:
    """Are they the same word, or two that say the same, or is one in the other ("migration",
    "immigration")?
    """
    return heading_match.say_the_same(asked.stem, said.stem) or is_part(asked.stem, said.written)


def _is_same_word(asked: str, said: str) -> bool:
    """The same but for the number? Of a "vérificateur" "vérification" has the stem and no more."""
    return asked.rstrip("sx") == said.rstrip("sx")


def _same_label(section: Section, asked: AskedPart) -> float:
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
    if section.label not in (label, in_other_figures(label)):
        return 0.0
    is_called_so = bool(asked.called) or (bool(unit) and section.unit == unit)
    is_bare = section.label == label and not (unit and section.unit) and not section.called
    return 1.0 if is_called_so or is_bare else 0.5

"""A text that a question names by its sort and by a name that leads to none that is here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant import meetings
from assistant.empty_words import content_words
from assistant.known_texts import DECLARATION
from assistant.name_numbers import NameNumbers
from assistant.part_labels import COUNTED
from assistant.sorts import SORT_OF_TEXT
from assistant.text_leads import OF_SORT
from index.tokens import Word, stems_of, words
from sources.anchor import other
from sources.folding import blanked, fold_in_place
from sources.pinpoints import find as find_pinpoints

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.known_texts import KnownTexts
    from assistant.named_texts import NamedTexts
    from index.glossary import Glossary
    from sources.anchor import Lang

_PLACE = re.compile(  # by any word: "action 2.1", "maatregel 3"
    rf"(?<![\w-])(?P<unit>[^\W\d_]{{3,}}){COUNTED}\d{{1,3}}(?:\.\d+)*(?=\s)"
)
# Also "van het algemeen", "du nouveau".
_OF, _OF_ALONE = re.compile(rf"{OF_SORT}(?:[\w'-]+\s+){{0,4}}"), re.compile(OF_SORT)
_ANY = re.compile(r"(?<!\w)(?:quel(?:le)?s?|welke?|une?|aucune?|een|geen)\s+$")
_CAPITAL = re.compile(r"(?<!\w)[A-ZÀ-Ý][\w'’-]+")
_TELL = 2  # words of a title that tell which text is named, where no sort is said
_CLAUSE = re.compile(r".*?(?=\s*(?:[?!;:,()]|\.(?:\s|$)|$))")  # to its end
_LEADS = re.compile(r"(?:\b(?:dans|in|la|le|de|het)\b|\bl'|\s)*")
_TO_A_PLACE = re.compile(r"[\s,:(]*(?:\b(?:en|dans|a|in|op|son|sa|zijn|haar|het|de|le|la)\s+|l')*$")


@dataclass(frozen=True, slots=True)
class UnrecognisedText:
    """What a question says of such a text.

    Attributes:
        span: Where it is named, with what leads there from the place in it, in characters.
        written: The name, as the question has it.
        words: Those of the name that are not empty; of its sort, only what is before it in a Dutch
            compound.
        numbers: The days and numbers in the name.
        works: The indexed texts that it may be: of that sort, and not of other days or numbers;
            where there are none, those that are like it: of that sort, else by their titles.
        parts: The headings of parts of that sort in texts that are none, each with its text.
        is_here: May it be one of them?
        has_place: Is a place in it named?
        rest: Stems of the words of the question that are neither the name, the place nor empty.
    """

    span: tuple[int, int]
    written: str
    words: tuple[Word, ...]
    numbers: NameNumbers
    works: tuple[str, ...]
    parts: frozenset[tuple[str, str]]
    is_here: bool
    has_place: bool
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """Where a question has the name of a text, in characters.

    Attributes:
        lead: Where what leads to it begins: behind the place in it, if any.
        start, end: Of the name.
        of_place: Is it the name of the text of a place?
    """

    lead: int
    start: int
    end: int
    of_place: bool = True


def unrecognised_text(texts: NamedTexts, question: str, lang: Lang) -> UnrecognisedText | None:
    """The text that a question names, in which no text is recognised: one of which it names a
    place, or one that it tells by a day or a number; None for none.
    """
    if len(texts.known.indexed) == 1:
        return None  # "artikel 3 van het besluit over de vlaggen" may ask that of the only one
    text = fold_in_place(question)
    named = [(p.start, p.end) for p in find_pinpoints(question, inner=True)]
    labels = [m.span() for m in _PLACE.finditer(text) if words(m["unit"], lang)]
    places = [*named, *labels]
    for m in SORT_OF_TEXT[lang].finditer(text):
        if DECLARATION.fullmatch(m["sort"]) or any(s <= m.start() < e for s, e in named):
            continue  # "protocole n° 2" of a treaty
        if _ANY.search(text, 0, m.start()):
            continue  # "quelle circulaire abroge …"
        if said := _of_sort(texts, question, m, places, lang):
            return said
    return _of_meeting(texts, question, lang) or _of_no_sort(texts, question, places, lang)


def _of_meeting(texts: NamedTexts, question: str, lang: Lang) -> UnrecognisedText | None:
    """The text of a meeting of a day of which none is here, where others of such meetings are."""
    for m in meetings.named_at(question, lang):
        others = texts.of_other_days(m, lang) if m.is_its_name else []
        if others:
            return UnrecognisedText(
                span=m.span,
                written=question[slice(*m.span)],
                words=(),
                numbers=NameNumbers(frozenset([m.day])),
                works=tuple(others),
                parts=frozenset(),
                is_here=False,
                has_place=False,
                rest=tuple(w.stem for w in content_words(blanked(question, [m.span]), lang)),
            )
    return None


def _of_sort(
    texts: NamedTexts,
    question: str,
    sort: re.Match[str],
    places: Sequence[tuple[int, int]],
    lang: Lang,
) -> UnrecognisedText | None:
    """The text whose sort stands there, where anything tells that it is one of its own."""
    numbers, behind = texts.titles.said_numbers(question, sort, lang)
    at = _name_at(fold_in_place(question), sort, behind, places)
    if at is None or not (at.of_place or numbers):
        return None
    if not at.of_place and texts.titles.is_known(sort["sort"], numbers, lang):
        return None
    above = f"{question[at.start : sort.start()]} {sort['compound'] or ''}"
    name = content_words(f"{above} {question[sort.end() : at.end]}", lang)
    name = name or _names_in(question[sort.end() : at.end], lang)
    if not (name or numbers):
        return None  # "article 2 du règlement"
    of_sort = texts.titles.of_sort(sort["sort"], lang)
    parts = (
        texts.titles.parts_of_sort(sort["sort"], lang)
        if at.of_place and not numbers
        else frozenset()
    )
    works = [w for w in of_sort if texts.titles.may_go_by(w, numbers)]
    works += sorted({work for work, _ in parts})
    alike = of_sort or (texts.titles.sharing(name, 1, lang) if at.of_place else [])
    return UnrecognisedText(
        span=(at.lead, at.end),
        written=question[at.start : at.end].strip(" ,"),
        words=tuple(name),
        numbers=numbers,
        works=tuple(works or alike),
        parts=parts,
        is_here=bool(works),
        has_place=at.of_place,
        rest=tuple(w.stem for w in content_words(blanked(question, [(at.lead, at.end)]), lang)),
    )


def _name_at(
    text: str, sort: re.Match[str], behind: int, places: Sequence[tuple[int, int]]
) -> _Name | None:
    """The name whose sort stands there: behind a place, before the place that ends the question, or
    with the numbers that end there.
    """
    places = [(s, e) for s, e in places if e <= sort.start() or s >= behind]
    clause = _CLAUSE.match(text, behind)
    before = {e: of for _, e in places if (of := _OF.fullmatch(text, e, sort.start()))}
    if before:
        lead = max(before)
        return _Name(lead, before[lead].end("of"), clause.end() if clause else behind)
    after = [s for s, e in places if s >= sort.end() and not text[e:].strip(" .?!")]
    if after and _LEADS.fullmatch(text, 0, sort.start()):
        to = _TO_A_PLACE.search(text, sort.end(), min(after))
        return _Name(0, sort.start(), to.start() if to else min(after))
    return _Name(sort.start(), sort.start(), behind, of_place=False)


def _of_no_sort(
    texts: NamedTexts, question: str, places: Sequence[tuple[int, int]], lang: Lang
) -> UnrecognisedText | None:
    """The text of a place, by words that are of titles ("point 3 de la note chiens errants"), or by
    any words that end a question for it and nothing more.
    """
    text = fold_in_place(question)
    for _, lead in places:
        of, clause = _OF_ALONE.match(text, lead), _CLAUSE.match(text, lead)
        if of is None or clause is None:
            continue
        start, end = of.end(), clause.end()
        name = content_words(question[start:end], lang)
        works = texts.titles.sharing(name, _TELL, lang)
        left = content_words(blanked(question, [(lead, end), *places]), lang)
        if works or (name and not left):
            return UnrecognisedText(
                span=(lead, end),
                written=question[start:end],
                words=tuple(name),
                numbers=NameNumbers(),
                works=tuple(works),
                parts=frozenset(),
                is_here=bool(works),
                has_place=True,
                rest=tuple(w.stem for w in left),
            )
    return None


def _names_in(text: str, lang: Lang) -> list[Word]:
    """All words of a name with a capital, be they empty elsewhere ("Europese Raad")."""
    return list(words(text, lang)) if _CAPITAL.search(text) else []


class TitleSimilarity:
    """Compares a name that leads to no text with the titles of texts.

    Args:
        known: What the texts are called.
        vector: The vector of a text, of length 1.
        glossary: What words are in the other language.
    """

    def __init__(
        self, known: KnownTexts, vector: Callable[[str], NDArray[np.float32]], glossary: Glossary
    ) -> None:
        self._known, self._glossary, self._vector = known, glossary, vector
        self._of_title = lru_cache(maxsize=None)(vector)

    def by_similarity(self, said: UnrecognisedText) -> list[str]:
        """The texts that it may be, those whose titles are likest to its name first."""
        name = self._vector(said.written)

        def likeness(work: str) -> float:
            titles = (*self._known.titles(work), *(h for own, h in said.parts if own == work))
            return max(float(name @ self._of_title(title)) for title in titles)

        return sorted(said.works, key=likeness, reverse=True)

    def cover(self, said: UnrecognisedText, titles: Iterable[str], lang: Lang) -> bool:
        """Is each word of a name in some titles, as it stands or in the other language?"""
        written, into = list(titles), other(lang)
        asked = {w.stem for w in said.words}
        there = self._glossary.found_in(stems_of(written, into), said.words, lang)
        found = (asked & stems_of(written, lang)) | {said.words[n].stem for n in there}
        return bool(asked) and asked <= found

"""Does the passage have what the question asks for: an amount, a moment, a person, a name?

"How many agents will there be?" is near in meaning to a passage that speaks of agents and gives
no number. Similarity does not see the difference; this does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.measures import NUMBER, Measure, asked_for, measures
from assistant.reviewed import patterns_by_sort
from index.glossary import shipped
from index.query import Query
from index.tokens import stems, stems_of, words
from sources.anchor import LANGS, Lang, other
from sources.dates import UNITS, month_names, weekday_names
from sources.folding import blanked, fold
from sources.numbering import ORDINAL_WORD
from sources.references import NamePatterns, find

#: For references to acts and places by their numbers alone.
NO_NAMES = NamePatterns({})
_NOTE = re.compile(r"\(\s*\d+\s*\)|^\s*\d+[.)]\s")  # of a footnote, or a passage's own number
_MONTHS = "|".join(fold(name) for lang in LANGS for name in month_names(lang).values())
_DATE = re.compile(rf"\b(?:\d{{1,2}}(?:er)? )?(?:{_MONTHS}) \d{{4}}\b|\b(?:19|20)\d\d\b")
_WEEKDAYS = "|".join(fold(name) for lang in LANGS for name in weekday_names(lang).values())
_DAY_OR_HOUR = re.compile(
    rf"\b(?:{_MONTHS}|(?:{_WEEKDAYS})(?:s|en)?)\b"
    r"|\b\d{1,2}(?: ?[hu]\b| (?:heures?|uur)\b|[:.]\d\d\b)"
    r"|\b(?:minuit|midi|middernacht|lendemain)\b"
    r"|\b(?:le|du|au|dernier|premier|de|laatste|eerste|zelfde) (?:jour|dag)\b"
)
# What a condition begins with: "when" asks for that as well as for a date.
_CONDITION = re.compile(
    r"\b(?:quand|lorsque?|lorsqu'|des que?|des qu'|en cas d|apres|avant|tant que?|aussitot"
    r"|immediatement|si (?:l[ea]s?\b|l'|un)|s'ils?\b"
    r"|wanneer|zodra|indien|na|zolang|onmiddellijk|meteen|als (?:de|het|een|hij|zij|ze|er)\b)\b"
)
_WHEN = re.compile(r"\bquand\b|\bwanneer\b")
_NUMBER = re.compile(NUMBER)
_RANK = re.compile(rf"\b{fold(ORDINAL_WORD)}\b")  # "a fourth meeting" says how many
_TIME = re.compile(r"\b(delais?|durees?|hoe ?(?:lang|snel)|duur|looptijd|\w*termijn(?:en)?)\b")
_SPAN = re.compile(
    rf"(?:{_NUMBER.pattern}|\b(?:un|une|een)\b)\W+(?:\w+\W+)?"
    rf"(?:{fold(UNITS)}|\w+(?:dag|dagen|weken|maanden|uren|jaar))\b"  # "werkdagen"
)
_BESIDE = 40  # signs on either side of a number
_CELL = re.compile(r"(?:^|\|)\s*\d[\d ., ]*\s*(?:\||$)", re.MULTILINE)  # its head has the unit
_AMOUNT_OF = {  # in Dutch a verb may follow instead: "hoeveel bedraagt de boete?"
    "fr": re.compile(
        r"\bcombien (?:y a-t-il (?:eu )?|a-t-on (?:eu|tenu) )?(?:de |d')(?P<what>\w+)"
    ),
    "nl": re.compile(
        r"\bhoeveel (?!(?:bedraagt|bedragen|kost|kosten|duurt|is|zijn|was|wordt|worden|krijgt"
        r"|krijgen|heeft|hebben|betaalt|betalen|mag|moet|kan|zal)\b)(?P<what>\w+)"
    ),
}
_MANY = {"fr": re.compile(r"\w+[sx]"), "nl": re.compile(r"\w+(?:en|s)")}  # a plural can be counted
_NAME = re.compile(r"(?<=[^\W\d_][\s,;:(’'«])[\s«“(]?(?P<name>[^\W\d_a-zà-ÿ][\w’\-]+)")

_TITLE = (  # or an office
    r"(?:MM?\.|Mmes?|[Mm]essieurs|[Mm]onsieur|[Mm]esdames|[Mm]adame|Dr|Prof\.|[Mm]inistres?"
    r"|[Pp]résidente?s?|[Cc]hanceli(?:er|ère)s?|[Dd]hr\.|[Dd]e he(?:er|ren)|[Mm]evr\.|[Mm]w\."
    r"|[Mm]evrouw|[Mm]inisters?|[Pp]residente?s?|[Vv]oorzi(?:tter|tster)s?|[Kk]anseliers?)"
)
_GIVEN = r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?"
# A title, and a name in capitals after it; or two names after a colon, in a list, in a cell.
_PERSON = re.compile(
    rf"\b{_TITLE}\s+(?:[A-ZÀ-Ý][\w’'-]+\s+){{0,2}}[A-ZÀ-Ý][a-zà-ÿ][\w’'-]*"
    rf"|(?<=[:,|] ){_GIVEN} (?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en) )*[A-ZÀ-Ý][a-zà-ÿ][\w’'-]*"
)


@dataclass(frozen=True, slots=True)
class AnswerType:
    """What a query asks for.

    Attributes:
        sorts: ``amount``, ``moment``, ``person``, ``name``; none where it asks for none of these.
        is_span: Is the amount a length of time?
        measure: What the number is given in that is asked for, where that is a measure.
        names_amount: Does the query say what is counted?
        counted: Stems of what is counted ("how many agents"), empty where the query does not say.
        counted_there: Stems of what that may be in the other language.
        is_count: Is what is counted things, and no substance or sum?
        has_condition: May what is asked for be a condition as well as a moment ("when")?
        said: Words of the query, which are no answer to it.
        asking: Stems of the words by which the query asks ("which date").
        lang: Language of the query.
    """

    sorts: frozenset[str]
    is_span: bool
    measure: Measure | None
    counted: frozenset[str]
    counted_there: frozenset[str]
    names_amount: bool
    is_count: bool
    has_condition: bool
    said: frozenset[str]
    asking: frozenset[str]
    lang: Lang

    @classmethod
    def of(cls, query: Query) -> AnswerType:
        """What a query asks for, by its words."""
        text, lang = query.folded, query.lang
        patterns = patterns_by_sort("answer_types")[lang]
        found = _AMOUNT_OF[lang].search(text)
        is_span = found["what"] in ("temps", "tijd") if found else bool(_TIME.search(text))
        counted = stems(found["what"], lang) if found else frozenset()
        there = shipped().likely_names(words(found["what"], lang), lang) if found else ()
        matches = {sort: m for sort, p in patterns.items() if (m := p.search(text))}
        if "person" in matches:  # whose name is no other thing's
            matches.pop("name", None)
        is_count = bool(found and _MANY[lang].fullmatch(found["what"]))
        measure = None if is_count else asked_for(query)
        return cls(
            sorts=frozenset(matches) | ({"amount"} if measure else set()),
            is_span=is_span,
            measure=measure,
            is_count=is_count,
            has_condition=bool(_WHEN.search(text)),
            counted=counted,
            counted_there=stems_of(there, other(lang)),
            names_amount=bool(found),
            said=frozenset(text.split()),
            asking=stems_of((m.group() for m in matches.values()), lang),
            lang=lang,
        )

    def missing(self, texts: dict[Lang, str]) -> float:
        """Share of what is asked for that a passage does not have to give, 0 to 1.

        ``texts`` is the passage as written, in each language there is. What ends with a colon has
        it in the points that it announces, perhaps.
        """
        if not self.sorts or any(text.endswith(":") for text in texts.values()):
            return 0.0
        lacking = sum(not self._has(sort, texts) for sort in self.sorts)
        return lacking / len(self.sorts)

    def _has(self, sort: str, texts: dict[Lang, str]) -> bool:
        match sort:
            case "amount":
                return self._has_amount(texts)
            case "moment":
                return any(map(self._has_moment, map(fold, texts.values())))
            case "person":
                return any(_PERSON.search(t) for t in texts.values())
            case _:
                names = {fold(m["name"]) for t in texts.values() for m in _NAME.finditer(t)}
                return bool(names - self.said)

    @staticmethod
    def has_span(text: str) -> bool:
        """Does a text name a length of time?"""
        return bool(_SPAN.search(fold(text)))

    def _has_moment(self, text: str) -> bool:
        """A date, a day, an hour, a length of time from something; or a condition."""
        if any(p.search(text) for p in (_DATE, _DAY_OR_HOUR, _SPAN)):
            return True
        return self.has_condition and bool(_CONDITION.search(text))

    def _has_amount(self, texts: dict[Lang, str]) -> bool:
        """A number: one of the measure that is asked for, or next to what is counted, where the
        passage is in the language of the query.
        """
        bare = {la: _bare(t) for la, t in texts.items()}
        if any(map(_CELL.search, bare.values())):
            return True
        if self.measure:
            return any(map(self.measure.given.search, bare.values()))
        if self.is_span:  # "hoe lang" may be of either
            return _any_of((_SPAN, measures()["length"].given), bare.values())
        text = bare.get(self.lang)
        if text is None or not (self.is_count and self.counted):
            given = (m.given for m in measures().values())
            return _any_of((_NUMBER, *given), bare.values())
        numbers = (m for p in (_NUMBER, _RANK) for m in p.finditer(text))
        return any(self._counts(text, m) for m in numbers)

    def _counts(self, text: str, number: re.Match[str]) -> bool:
        """Does a number stand beside what is counted ("verlofdag" where "dagen" are)?"""
        before = words(text[max(0, number.start() - _BESIDE) : number.start()], self.lang)[-2:]
        after = words(text[number.end() : number.end() + _BESIDE], self.lang)[:3]
        beside = {w.stem for w in (*before, *after)}
        return bool(self.counted & beside) or (
            self.lang == "nl" and any(b.endswith(c) for b in beside for c in self.counted)
        )


def _any_of(patterns: Iterable[re.Pattern[str]], texts: Collection[str]) -> bool:
    return any(p.search(t) for p in patterns for t in texts)


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    """A text, folded, without the numbers that are no amounts: those of dates, of acts and of their
    parts, of notes.
    """
    text = _NOTE.sub(" ", text)
    places = ((r.start, r.end) for r in find(text, NO_NAMES))
    return _DATE.sub(" ", fold(blanked(text, places)))

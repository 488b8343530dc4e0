"""Does the passage have what the question asks for: an amount, a moment, a person, a name?

"How many agents will there be?" is near in meaning to a passage that speaks of agents and gives
no number. Similarity does not see the difference; this does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.reviewed import patterns_by_sort
from index.glossary import shipped
from index.query import Query
from index.tokens import stems, stems_of, words
from sources.anchor import LANGS, Lang, other
from sources.dates import UNITS, month_names
from sources.folding import blanked, fold
from sources.numerals import NUMBER_WORDS
from sources.references import NamePatterns, find

#: For references to acts and places by their numbers alone.
NO_NAMES = NamePatterns({})
_NOTE = re.compile(r"\(\s*\d+\s*\)|^\s*\d+[.)]\s")  # of a footnote, or a passage's own number
_MONTHS = "|".join(fold(name) for lang in LANGS for name in month_names(lang).values())
_DATE = re.compile(rf"\b(?:\d{{1,2}}(?:er)? )?(?:{_MONTHS}) \d{{4}}\b|\b(?:19|20)\d\d\b")
_MONTH = re.compile(rf"\b(?:{_MONTHS})\b")
_NUMBER = re.compile(rf"\b(?:\d+(?:[.,]\d+)*|{NUMBER_WORDS})\b")
_TIME = re.compile(r"\b(delais?|durees?|hoe (?:lang|snel)|duur|looptijd|\w*termijn(?:en)?)\b")
_SPAN = re.compile(
    rf"(?:{_NUMBER.pattern}|\b(?:un|une|een)\b)\W+(?:\w+\W+)?"
    rf"(?:{fold(UNITS)})\b"
)
_AMOUNT_OF = {  # in Dutch a verb may follow instead: "hoeveel bedraagt de boete?"
    "fr": re.compile(
        r"\bcombien (?:y a-t-il (?:eu )?|a-t-on (?:eu|tenu) )?(?:de |d')(?P<what>\w+)"
    ),
    "nl": re.compile(
        r"\bhoeveel (?!(?:bedraagt|bedragen|kost|kosten|duurt|is|zijn|was|wordt|worden|krijgt"
        r"|krijgen|heeft|hebben|betaalt|betalen|mag|moet|kan|zal)\b)(?P<what>\w+)"
    ),
}
_NAME = re.compile(r"(?<=[^\W\d_][\s,;:(’'«])[\s«“(]?(?P<name>[^\W\d_a-zà-ÿ][\w’\-]+)")


_PERSON = re.compile(  # a title, and a name in capitals after it
    r"\b(?:MM?\.|Mmes?|Messieurs|Monsieur|Mesdames|Madame|Dr|Prof\.|[Mm]inistres?|[Pp]résidente?s?"
    r"|[Cc]hanceli(?:er|ère)s?|[Dd]hr\.|[Dd]e he(?:er|ren)|[Mm]evr\.|[Mm]w\.|[Mm]evrouw"
    r"|[Mm]inisters?|[Pp]residente?s?|[Vv]oorzi(?:tter|tster)s?|[Kk]anseliers?)\s+"
    r"(?:[A-ZÀ-Ý][\w’'-]+\s+){0,2}[A-ZÀ-Ý][a-zà-ÿ][\w’'-]*"
)


@dataclass(frozen=True, slots=True)
class AnswerType:
    """What a query asks for.

    Attributes:
        sorts: ``amount``, ``moment``, ``person``, ``name``; none where it asks for none of these.
        is_span: Is the amount a length of time?
        names_amount: Does the query say what is counted?
        counted: Stems of what is counted ("how many agents"), empty where the query does not say.
        counted_there: Stems of what that may be in the other language.
        said: Words of the query, which are no answer to it.
        asking: Stems of the words by which the query asks ("which date").
        lang: Language of the query.
    """

    sorts: frozenset[str]
    is_span: bool
    counted: frozenset[str]
    counted_there: frozenset[str]
    names_amount: bool
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
        return cls(
            sorts=frozenset(matches),
            is_span=is_span,
            counted=counted,
            counted_there=stems_of(there, other(lang)),
            names_amount=bool(found),
            said=frozenset(text.split()),
            asking=stems_of((m.group() for m in matches.values()), lang),
            lang=lang,
        )

    def missing(self, texts: dict[Lang, str]) -> float:
        """Share of what is asked for that a passage does not have to give, 0 to 1.

        ``texts`` is the passage as written, in each language there is.
        """
        if not self.sorts:
            return 0.0
        lacking = sum(not self._has(sort, texts) for sort in self.sorts)
        return lacking / len(self.sorts)

    def _has(self, sort: str, texts: dict[Lang, str]) -> bool:
        match sort:
            case "amount":
                return self._has_amount(texts)
            case "moment":
                folded = map(fold, texts.values())
                return any(_DATE.search(t) or _MONTH.search(t) for t in folded)
            case "person":
                return any(_PERSON.search(t) for t in texts.values())
            case _:
                names = {fold(m["name"]) for t in texts.values() for m in _NAME.finditer(t)}
                return bool(names - self.said)

    @staticmethod
    def has_span(text: str) -> bool:
        """Does a text name a length of time?"""
        return bool(_SPAN.search(fold(text)))

    def _has_amount(self, texts: dict[Lang, str]) -> bool:
        """A number; next to what is counted, where the passage has the word."""
        bare = {la: _bare(t) for la, t in texts.items()}
        if self.is_span:
            return any(map(self.has_span, bare.values()))
        if not self.names_amount:
            return any(re.search(r"\d", t) for t in bare.values())
        text = bare.get(self.lang)
        if text is None or not self.counted:
            return any(_NUMBER.search(t) for t in bare.values())
        for m in _NUMBER.finditer(text):
            after = words(text[m.end() : m.end() + 40], self.lang)[:2]
            if self.counted & {w.stem for w in after}:
                return True
        return False


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    """A text, folded, without the numbers that are no amounts: those of dates, of acts and of their
    parts, of notes.
    """
    text = _NOTE.sub(" ", text)
    places = ((r.start, r.end) for r in find(text, NO_NAMES))
    return _DATE.sub(" ", fold(blanked(text, places)))

"""Does the passage have what the question asks for: an amount, a moment, a person, a name?

"How many agents will there be?" is near in meaning to a passage that speaks of agents and gives
no number. Similarity does not see the difference; this does.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from index.tokens import fold, words
from sources.anchor import Lang

_PATTERNS = Path(__file__).with_name("data") / "answer_types.toml"
_MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    "|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
)
_DATE = re.compile(rf"\b(?:\d{{1,2}}(?:er)? )?(?:{_MONTHS}) \d{{4}}\b|\b(?:19|20)\d\d\b")
_NUMBER = re.compile(
    r"\b(?:\d+(?:[.,]\d+)*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt|trente"
    r"|cent|mille|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|honderd"
    r"|duizend)\b"
)
_TIME = re.compile(r"\b(delais?|durees?|hoe lang|duur|looptijd|\w*termijn(?:en)?)\b")
_SPAN = re.compile(
    rf"(?:{_NUMBER.pattern}|\b(?:un|une|een)\b)\W+(?:\w+\W+)?"
    r"(?:heures?|jours?|semaines?|mois|ans?|annees?|uur|uren|dag|dagen|weken|maand|maanden|jaar)\b"
)
_AMOUNT_OF = {  # in Dutch a verb may follow instead: "hoeveel bedraagt de boete?"
    "fr": re.compile(r"\bcombien (?:de |d')(?P<what>\w+)"),
    "nl": re.compile(
        r"\bhoeveel (?!(?:bedraagt|bedragen|kost|kosten|duurt|is|zijn|was|wordt|worden|krijgt"
        r"|krijgen|heeft|hebben|betaalt|betalen|mag|moet|kan|zal)\b)(?P<what>\w+)"
    ),
}
_NAME = re.compile(r"(?<=[^\W\d_][\s,;:(’'«])[\s«“(]?(?P<name>[^\W\d_a-zà-ÿ][\w’\-]+)")


@cache
def _patterns(lang: Lang) -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads(_PATTERNS.read_text("utf-8"))[lang]
    return {sort: re.compile(pattern) for sort, pattern in raw.items()}


def sorts(question: str, lang: Lang) -> frozenset[str]:
    """What a question asks for: ``amount``, ``moment``, ``person``, ``name``."""
    text = fold(question)
    return frozenset(s for s, pattern in _patterns(lang).items() if pattern.search(text))


def missing(question: str, lang: Lang, texts: dict[Lang, str]) -> float:
    """Share of what is asked for that the passage does not have to give, 0 to 1.

    Args:
        question: As typed.
        lang: Its language.
        texts: The passage as written, in each language there is.
    """
    asked = sorts(question, lang)
    if not asked:
        return 0.0
    lacking = sum(not _has(sort, question, lang, texts) for sort in asked)
    return lacking / len(asked)


def _has(sort: str, question: str, lang: Lang, texts: dict[Lang, str]) -> bool:
    folded = {la: fold(t) for la, t in texts.items()}
    match sort:
        case "amount":
            return _has_amount(question, lang, folded)
        case "moment":
            return any(
                _DATE.search(t) or re.search(rf"\b(?:{_MONTHS})\b", t) for t in folded.values()
            )
        case "person":
            return False  # no text here names a person that is asked for by office
        case _:
            asked = set(fold(question).split())
            names = {fold(m["name"]) for t in texts.values() for m in _NAME.finditer(t)}
            return any(n not in asked for n in names)


def _has_amount(question: str, lang: Lang, folded: dict[Lang, str]) -> bool:
    """A number, outside dates; next to what is counted, where the passage has the word."""
    found = _AMOUNT_OF[lang].search(fold(question))
    if found["what"] in ("temps", "tijd") if found else _TIME.search(fold(question)):
        return any(_SPAN.search(t) for t in folded.values())
    bare = {la: _DATE.sub(" ", t) for la, t in folded.items()}
    if not found:
        return any(re.search(r"\d", t) for t in bare.values())
    counted = {w.stem for w in words(found["what"], lang)}
    text = bare.get(lang)
    if text is None or not counted:
        return any(_NUMBER.search(t) for t in bare.values())
    for m in _NUMBER.finditer(text):
        after = words(text[m.end() : m.end() + 40], lang)[:2]
        if counted & {w.stem for w in after}:
            return True
    return False

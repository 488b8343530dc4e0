"""Offices with their whole names: "le secrétaire d'État belge à la Mer du Nord".

A part of such a name is no answer to who presides or leads, nor is a place in it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.enumerations import CAPITAL
from assistant.reviewed import table
from index.tokens import STOP, stem
from sources.anchor import LANGS
from sources.folding import fold, fold_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.query import Query
    from sources.anchor import Lang

_BEFORE: dict[Lang, str] = {  # its article, and an adjective; "au" is none of it
    "fr": r"(?:\b(?:aux?|du|des) |(?P<article>\b(?:la|les?|une?) |\bl'))(?P<rest>)(?:[^\W\d_]+ )?",
    "nl": r"(?P<article>\b(?:de|het|een) )(?P<rest>)(?:[^\W\d_]+e )?(?:[^\W\d_]+-|[^\W\d_]{3,})??",
}
_CAPITAL = re.compile(rf" {CAPITAL}")
_SMALL = re.compile(r" (?P<word>[a-zà-ÿ][a-zà-ÿœ-]*)(?![\w’'])")
_WORD = re.compile(r"(?P<word>[^\W\d_][\w-]*)(?![\w’'])")
_OF: dict[Lang, re.Pattern[str]] = {  # what leads on to more of the name
    "fr": re.compile(
        r" (?:et )?(?:de la |de l[’']|du |des |de |d[’'])"
        r"| (?:à la |à l[’']|aux? |en charge (?:de la |de l[’']|des |du )|et )(?=[A-ZÀ-ÖØ-Þ])"
    ),
    "nl": re.compile(
        r" (?:(?:en )?van (?:de |het )?|der )"
        r"| (?:voor (?:de |het )?|bij (?:de |het )?|en )(?=[A-ZÀ-ÖØ-Þ])"
    ),
}
_ADJECTIVE: dict[Lang, re.Pattern[str]] = {  # behind its noun in French, before it in Dutch
    "fr": re.compile(
        r".*(?:(?:[^g]n|[cdiprtuv])ale?|aux|[niu]elle?|(?:og|id|hn|em|om|at|st|tr|er|ar|on|od|ph|if)ique|[aiu]t?i(?:f|ve)"
        r"|aire|i[eè]re?|oise?|aise?|éen(?:ne)?|ien(?:ne)?|euse|eux|ée?|able|ible)s?"
        r"|(?:belge|mixte|unique|wallon(?:ne)?|(?:fla|alle)mande?|marine?|civile?"
        r"|comp[eé]tente?|permanente?|suppl[eé]ante?|adjointe?|principale?)s?"
    ),
    "nl": re.compile(r".*e"),
}
_PLURAL = re.compile(r"^(?:les|des|aux) |(?:s|en)$")
_NAMED = rf"{CAPITAL}(?: {CAPITAL})*"
_AND = r"(?:et|en) (?:van |de |du |des |de la |de l[’'])?"
_MORE = re.compile(  # of several: "les ministres de la Pêche, de la Justice et de l'Asile"
    rf"(?:, (?:van |du |des |de la |de l[’']|de )?{_NAMED})*,? {_AND}{_NAMED}(?: {_AND}{_NAMED})?"
)
_PARTICIPLE = re.compile(r"(?:\w*ge\w+|(?:be|ver|ont|her|er)\w+)(?:d|t|en)")
_AGENT = re.compile(r"\b(?:par|door) $")
_NEAR = 60  # signs before an office that are looked at for this, with the word before it
_OPENS = re.compile(r"(?:^|[,;:.] )$")
_IS_OVER = re.compile(r"\W*$|\s*[.,;:)]")


def offices(query: Query, text: str) -> Iterator[tuple[int, int]]:
    """Where a text names offices, each with its article and all of its name.

    "The captain" alone is one where who leads is asked for, or behind "par", "door"; "the
    ministers" alone are none.
    """
    folded = fold_in_place(text)
    for lang in LANGS:
        for m in _heads(lang).finditer(folded):
            start = m.start("article") if m["article"] else m.start("rest")
            before = folded[max(0, start - _NEAR) : start]
            end = _end(query, text, m.end(), lang, is_before=_is_before(before))
            is_plural = bool(_PLURAL.search(m.group()))
            if is_plural and end > m.end() and (more := _MORE.match(text, end)):
                end = more.end()
            is_said = asks_who_leads(query) or bool(_AGENT.search(before))
            if end > m.end() or (is_said and not is_plural):
                yield start, end


def agents(query: Query, text: str) -> Iterator[tuple[int, int]]:
    """Where a text names who does something, behind "par", "door": a noun with its article and all
    that belongs to it, but no means ("par la voie électronique").
    """
    folded = fold_in_place(text)
    for lang in LANGS:
        for m in _agents(lang).finditer(folded):
            yield m.start("article"), _end(query, text, m.end(), lang, is_before=False)


def titled(text: str, start: int) -> int:
    """Where a person of whom the name begins at a place is named, with the office or title."""
    before = fold_in_place(text[max(0, start - _NEAR) : start])
    found = _title_before().search(before)
    return start - len(before) + found.start() if found else start


def untitled(text: str) -> str:
    """A name without the office or title before it."""
    found = _title().match(fold_in_place(text))
    return text[found.end() :] if found else text


def is_office(text: str) -> bool:
    """Does a text begin with an office, be it without an article?"""
    folded = fold_in_place(text)
    return any(_heads(lang).match(f"{led}{folded}") for lang in LANGS for led in ("", "au ", "de "))


def asks_who_leads(query: Query) -> bool:
    """Does a query ask who leads something?"""
    return bool(_leads(query.lang).search(query.folded))


def is_led_by(query: Query, before: str, after: str) -> bool:
    """Does a query ask who leads, and a sentence say so of what stands between two parts of it?"""
    if not asks_who_leads(query):
        return False
    ahead, behind = fold(before), fold(after)
    said = _AGENT.search(ahead)
    if said and any(_ends_with_a_lead(ahead[: said.start()], lang) for lang in LANGS):
        return bool(_IS_OVER.match(behind))
    begins = any(_leads(lang).match(behind.lstrip()) for lang in LANGS)
    return begins and bool(said or _OPENS.search(ahead))


def _ends_with_a_lead(text: str, lang: Lang) -> bool:
    word = text.split()[-1:]
    return any(_leads(lang).fullmatch(w) for w in word)


def _is_before(folded: str) -> bool:
    """Does a participle follow what stands behind a text: "wordt door … geleid"?"""
    said = _AGENT.search(folded)
    if said is None:
        return False
    return not any(map(_PARTICIPLE.fullmatch, folded[: said.start()].split()[-1:]))


def _end(query: Query, text: str, at: int, lang: Lang, *, is_before: bool) -> int:
    """Where the name of an office ends of which the noun ends at a place."""
    own = {w.stem for w in query.words}

    def word_at(place: int) -> re.Match[str] | None:
        """A small word that goes on with the name, and is no verb of the question or its clause."""
        m = _SMALL.match(text, place)
        word = fold(m["word"]) if m else ""
        is_verb = stem(word, lang) in own or (is_before and _PARTICIPLE.fullmatch(word))
        return None if word in STOP[lang] or is_verb else m

    while True:
        of = _OF[lang].match(text, at)
        word = _WORD.match(text, of.end()) if of else None
        if word and fold(word["word"]) not in STOP[lang]:
            at = word.end()
            while word and lang == "nl" and _ADJECTIVE[lang].fullmatch(word["word"]):
                word = word_at(at)
                at = word.end() if word else at
        elif name := _CAPITAL.match(text, at):
            at = name.end()
        elif lang == "fr" and (word := word_at(at)) and _ADJECTIVE[lang].fullmatch(word["word"]):
            at = word.end()
        else:
            return at


@cache
def _leads(lang: Lang) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{table('offices')[lang]['leads']})\b")


@cache
def _heads(lang: Lang) -> re.Pattern[str]:
    of = table("offices")[lang]["offices"]
    return re.compile(rf"{_BEFORE[lang]}(?:{of})(?:-[^\W\d_]+)*(?![\w-])")


@cache
def _agents(lang: Lang) -> re.Pattern[str]:
    noun = rf"(?!(?:{table('offices')[lang]['means']})(?![\w-]))[^\W\d_][\w-]{{2,}}"
    article, by = {"fr": (r"(?:l[ae]s? |l')", "par"), "nl": (r"(?:de |het )", "door")}[lang]
    adjective = r"(?:[^\W\d_]+e )?" if lang == "nl" else ""
    return re.compile(rf"\b{by} (?P<article>{article}){adjective}{noun}(?![\w-])")


@cache
def _title() -> re.Pattern[str]:
    each = (table("offices")[lang] for lang in LANGS)
    said = "|".join(f"{of['offices']}|{of['titles']}" for of in each)
    return re.compile(rf"(?<![\w-])(?:{said}) ")


@cache
def _title_before() -> re.Pattern[str]:
    """An office or title at the end of a text."""
    return re.compile(rf"{_title().pattern}$")

"""The list of names that a question with "quels ports", "welke stranden" asks for: all of it.

It stands behind that noun ("les ports d'Anvers, du Havre et de Dunkerque"), or within the sentence
that answers ("levert een jas, twee broeken en drie truien"); at its head it is who does something,
but where the sentence says the rest of the question ("Snoek, zeelt en paling worden teruggezet").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.empty_words import is_empty
from assistant.renderings import renderings
from index.tokens import STOP, stems, words
from sources.folding import alternatives, fold
from sources.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.query import Query
    from index.tokens import Word
    from sources.anchor import Lang

_NOUNS: dict[Lang, re.Pattern[str]] = {  # of what is asked for, with a word beside it
    "fr": re.compile(
        r"\bquel(?:le)?s (?:sont (?:les |ses |leurs )?)?(?P<nouns>\w+(?: \w+)?)"
        r"|(\w+(?: \w+)?),? lesquel(?:le)?s\b"
    ),
    "nl": re.compile(r"\b(?:welke|wat zijn de) (?P<nouns>(?:\w+e )?\w{2,}(?:en|s))\b"),
}
_CLAUSE = re.compile(r"[^;:.()]+(?:\.(?=\w)[^;:.()]+)*")
_JOINTS: dict[Lang, re.Pattern[str]] = {
    "fr": re.compile(r"(?P<last>,? (?:et|ou|ainsi que) )|, "),
    "nl": re.compile(r"(?P<last>,? (?:en|of|evenals) )|, "),
}
_LEAD: dict[Lang, str] = {  # in front of a name, and no part of it
    "fr": r"(?:à la |à l[’']|aux? |à |en |de la |de l[’']|du |des |de |d[’'])?",
    "nl": r"(?:van (?:de |het )?|in (?:de |het )?|te |op (?:de |het )?|bij (?:de |het )?|voor )?",
}
_ARTICLE = (
    r"(?:[Ll]es? |[Ll]a |[Ll][’']|[Dd]e |[Hh]et |[Uu]ne? |[Ee]en "
    rf"|(?:\d+|één|{NUMBER_WORDS}) (?:paar |paires? de )?)"
)
CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"  # a word with one, in a pattern
_NAME = (
    rf"{_ARTICLE}?{CAPITAL}"
    rf"(?:(?: (?:d[eu]s?|la|les?|sur|van|der?|den|aan|op))* (?:[dl][’'])?{CAPITAL})*"
)
_WORD = r"[^\W\d_][\w-]+"
_OF = r"(?:d[eu]s? |d[’']|van )"  # leads on within one thing
_WITHIN = frozenset(
    {"d", "de", "des", "du", "een", "het", "l", "la", "le", "les", "un", "une", "van"}
)
_OPENS = r"(?:^|\b(?:aux?|à|pour|avec|comme|voor|van|met|op|als) )"  # before things without article


class _Form(NamedTuple):
    """How the things of one list are written: all as names, with articles, or in a word or two.

    Attributes:
        whole: One of them.
        first: The first one, at the end of what leads to it.
        last: The last one, before a word that goes on with the clause; "" where any may.
        least: How many of them make a list.
    """

    whole: str
    first: str
    last: str
    least: int


class _List(NamedTuple):
    start: int
    end: int
    length: int
    is_of_names: bool


def named_several(query: Query) -> tuple[Word, ...]:
    """The words that say of what sort of thing a query asks for several; none where it does not."""
    found = _NOUNS[query.lang].search(query.folded)
    named = next(filter(None, found.groups()), "") if found else ""
    return tuple(words(named, query.lang))


def enumeration(query: Query, text: str, spoken: Lang, *, of_names: bool) -> tuple[int, int] | None:
    """Where a sentence in a language lists what a query asks for, if it does; ``of_names`` says
    whether that are names, so that any list of these is meant.
    """
    nouns = named_several(query)
    if not nouns:
        return None
    found = list(_lists(text, spoken))
    meant = [f for f in found if _is_led(text[: f.start], nouns, query.lang, spoken)]
    if not meant:
        is_it = _says_the_rest(query, nouns, text, spoken)
        listed = [f for f in found if f.length > 2 and (is_it or not _opens(text, f.start))]
        meant = listed or [f for f in found if of_names and f.is_of_names]
    return (meant[0].start, meant[0].end) if len(meant) == 1 else None


def _lists(text: str, lang: Lang) -> Iterator[_List]:
    """The lists of a sentence: two names or more, or three things of one form or more."""
    for clause in _CLAUSE.finditer(text):
        begin, joints = clause.start(), []
        for joint in _JOINTS[lang].finditer(text, *clause.span()):
            joints.append(joint)
            if joint["last"]:
                starts = [begin, *(j.end() for j in joints)]
                stops = [*(j.start() for j in joints), clause.end()]
                parts = list(zip(starts, stops, strict=True))
                forms = _forms(lang).values()
                yield from [f for f in (_list(text, parts, form, lang) for form in forms) if f][:1]
                begin, joints = joint.end(), []


@cache
def _forms(lang: Lang) -> dict[str, _Form]:
    lead, small = _LEAD[lang], alternatives(STOP[lang])
    return {
        "names": _Form(rf"{lead}(?P<one>{_NAME})", rf"(?<![\w-]){lead}(?P<one>{_NAME})$", "", 2),
        "things": _Form(
            rf"(?P<one>{_ARTICLE}{_WORD}(?: {_OF}?{_WORD}){{0,2}})",
            rf"(?<![\w-])(?P<one>{_ARTICLE}{_WORD}(?: {_OF}?{_WORD}){{0,2}})$",
            rf"(?P<one>{_ARTICLE}{_WORD})(?=,| (?:{small})\b)",
            3,
        ),
        "words": _Form(
            rf"(?P<one>{_WORD}(?: {_WORD})?)",
            rf"{_OPENS}(?P<one>{_WORD})$",
            rf"(?P<one>{_WORD})(?=,| (?:{small})\b)",
            3,
        ),
    }


def _list(text: str, parts: list[tuple[int, int]], form: _Form, lang: Lang) -> _List | None:
    """The list of a form that parts of a text make, which signs and words join."""
    begin, stop = parts[-1]
    is_of_names = not form.last
    last = re.compile(form.whole).match(text, begin, stop)
    if last and not is_of_names and (last.end() < stop or not _is_plain(last["one"], lang)):
        last = re.compile(form.last).match(text, begin, stop)
    if not last:
        return None
    start, end, length = last.start("one"), last.end("one"), 1
    for n in reversed(range(len(parts) - 1)):
        part = text[slice(*parts[n])]
        whole = re.fullmatch(form.whole, part) if n else None
        one = whole or re.search(form.first, part)
        if not one or not _is_plain(one["one"], lang):
            return None  # what stands before the sign may be one of them
        start, length = parts[n][0] + one.start("one"), length + 1
        if not whole:
            break
    return _List(start, end, length, is_of_names) if length >= form.least else None


def _is_plain(thing: str, lang: Lang) -> bool:
    """Has a thing no small word but articles and those that lead on within it: no verb?"""
    said = re.findall(r"[^\W\d_]+", fold(thing))
    return all(word in _WITHIN or word not in STOP[lang] for word in said)


def _is_led(before: str, nouns: Sequence[Word], lang: Lang, spoken: Lang) -> bool:
    """Does the noun that is asked for stand right before a list, or before its colon?"""
    bare = re.sub(rf"{_LEAD[spoken]}$", "", before).rstrip()
    clause = re.split(r"[;.(]", bare)[-1]
    beside = stems(clause if bare.endswith(":") else " ".join(bare.split()[-2:]), spoken)
    return any(r <= beside for noun in nouns for r in renderings(noun, lang, spoken))


def _says_the_rest(query: Query, nouns: Sequence[Word], text: str, spoken: Lang) -> bool:
    """Does a sentence have all that a query says beside what it asks for?"""
    lang, have = query.lang, stems(text, spoken)
    rest = [w for w in query.words if w not in nouns and not is_empty(w, lang)]
    return bool(rest) and all(any(r <= have for r in renderings(w, lang, spoken)) for w in rest)


def _opens(text: str, start: int) -> bool:
    """Does a sentence begin with what stands at a place: its subject, mostly who does it?"""
    return not re.search(r"\w", text[:start])

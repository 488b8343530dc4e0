"""The words of a sentence that answer literally: a moment, a number, a name, an expansion.

What a question wants is read from its words (``data/literal_asks.toml`` and, where it has no
interrogative, ``data/literal.toml``); what a sentence has of it is found by its form. Nothing is
computed: what is marked stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from assistant import measures
from assistant.answer_type import NO_NAMES, AnswerType
from assistant.contacts import SORTS, contacts
from assistant.enumerations import CAPITAL, enumeration
from assistant.moment_bounds import bound_in_words, bounded, unbounded
from assistant.offices import (
    agents,
    asks_who_leads,
    is_led_by,
    is_office,
    offices,
    titled,
    untitled,
)
from assistant.periods import hours, in_periods
from assistant.quantities import BOUND, Quantity, is_counted, quantities, quantity
from assistant.quantities import wanted as quantities_wanted
from assistant.reviewed import patterns_by_sort, sorts_in
from index.query import Query
from index.tokens import STOP
from sources import pinpoints
from sources.anchor import LANGS, Lang
from sources.dates import MONTHS, day_in_words
from sources.folding import fold
from sources.references import find

_SORTS = frozenset({"moment", "hour", "number", "name"})
_SEASONS = {  # and the month that each begins in
    "printemps": 3, "été": 6, "automne": 9, "hiver": 12,
    "lente": 3, "zomer": 6, "herfst": 9, "winter": 12,
}  # fmt: skip
# Parts of a month, by a day that they stand beside; of a year, by that share of it.
_PARTS = {
    "": 0, "debut": 1, "begin": 1, "mi": 15, "milieu": 15, "courant": 15, "midden": 15,
    "fin": 31, "eind": 31, "einde": 31,
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_PART_OF = (
    r"(?:\b(?P<part>début|fin|mi|milieu|courant|begin|eind|einde|midden)[ -](?:de |d[’']|van )?)?"
)
_SINCE_DAY = (
    r"(?:\b\d{1,2}(?:er)?(?: (?:au|à|et|tot(?: en met)?|t/m|en) |[-–])(?=\d))?"  # "12 au 14"
)
_MOMENT = re.compile(
    rf"{_PART_OF}{_SINCE_DAY}(?:(?:\b(?P<day>\d{{1,2}})(?:er)? )?\b(?P<month>{'|'.join(MONTHS)})\b"
    rf"(?: (?P<of>{_YEAR})\b)?"
    rf"|\b(?P<season>{'|'.join(_SEASONS)}) (?:de |van )?(?P<season_of>{_YEAR})\b"
    rf"|(?<![/\d])\b(?P<year>{_YEAR})\b(?!/))",
    re.IGNORECASE,
)
_LEAST_ASKED = re.compile(
    r"\b(?:a partir de|au moins|minim\w+|vanaf|minstens|ten minste|laagste)\b"
)
_MOST_ASKED = re.compile(r"\b(?:au plus|maxim\w+|plafond|hoogstens|ten hoogste|hoogste)\b")
_BELOW = re.compile(
    r"(?:moins d|jusqu|inferieur|(?:minder|lager|korter|vroeger) dan|tot )"
    r"|.*\b(?:au plus|maximum|maximaal"
    r"|hoogstens|ten hoogste|ou moins|of minder|depass|exced|pas superieur"
    r"|niet (?:meer|langer|later|hoger) dan)"
)
_ABOVE = re.compile(
    r"(?:plus d|superieur|(?:meer|langer|later|hoger) dan)|.*\b(?:au moins|minimum|minimaal"
    r"|minstens|ten minste|ou plus|of meer|pas inferieur|niet (?:minder|korter|lager|vroeger) dan)"
)
# What turns a number round where it stands beside it: "niet … overschrijden", "sauf …".
_TURNS = re.compile(
    r"\b(?:n[e']|pas|jamais|sans|sauf|hormis|exceptee?s?|sinon|niet|geen|nooit|zonder|behalve"
    r"|uitgezonderd|tenzij)"
    r"(?!\w)"
)
_CLAUSE = re.compile(r"[,;:.()]")
_NEAR = 50  # signs on either side of what is marked, within its clause
_PLACES = re.compile(
    r"\b(?:articles?|paragraphes?|alineas?|artikels?|artikelen|paragraaf|paragrafen|leden|lid"
    r"|numeros?|nummers?)\b"
)
_AT = re.compile(  # before the name of a place, or of what something is of: "à Givet", "van Gent"
    r"(?:\b(?:à|aux?|en|dans|vers|depuis|in|te|uit|naar|op|vanuit|rond|des?|du|van)"
    r"(?: la| les?| de| het| l[’'])?|[dl][’']) ?$"
)
_AND = re.compile(r",|\b(?:et|en)\b")
_BY = re.compile(r"\b(?:par|door) $")  # before who does something
# Before a length of time that is no age: "depuis moins de cinq ans", "binnen twee jaar".
_DURING = re.compile(
    r"\b(?:depuis|pendant|durant|dans les|endéans les|il y a|pour|tous les"
    r"|binnen(?: de)?|sinds|gedurende|tijdens|om de|voor) $",
    re.IGNORECASE,
)
_RANK = re.compile(r"\b(?:hoeveelste|quantieme|combientieme|quel rang|welke rang)\b")
_SMALL = r"(?:d[eu]s?|l[ae]|van|der?|het|op|sur|inzake)"
_IN_BRACKETS = re.compile(  # "(CMVF)", and "(CMVF (N))"
    r"\(\s*[«“\"]?\s*(?P<acronym>(?=(?:[\w\-]*[A-Z]){2})[A-Z][\w\-]+)\s*[»”\"]?\s*(?:\([^()]*\)\s*)?\)"
)
_COMMON = re.compile(r"etats?(?: membres?)?")  # with a capital in French, and no name
_NAME = re.compile(  # "Nederland en Vlaanderen" are two, "Pact inzake Migratie en Asiel" is one
    rf"{CAPITAL}(?:(?: (?:[dl][’'])?{CAPITAL})"
    rf"|(?: {_SMALL}){{1,2}} (?:[dl][’'])?{CAPITAL}(?: en {CAPITAL})?)*"
)


def wanted(query: Query) -> frozenset[str]:
    """What a query wants literally: ``moment``, ``hour`` (of the clock), ``number``, ``name``,
    ``acronym``, ``phone``, ``mail``, or nothing.

    "Which article …?" wants a number; a place that it names ("article 36") wants none. What it asks
    by its interrogatives goes before what its nouns may ask.
    """
    text, kind = query.folded, AnswerType.of(query)
    for place in reversed(pinpoints.find(text)):
        text = text[: place.start] + text[place.end :]
    nouns = sorts_in("literal", text, query.lang)
    asked = sorts_in("literal_asks", text, query.lang)
    asked |= {"number"} if kind.measure else set()
    contact = nouns & SORTS.keys()
    if contact and not (kind.names_amount or asked & (_SORTS - {"number"})):
        return contact
    nouns -= contact
    if sorts := asked & (_SORTS | {"how"}):
        return (sorts & _SORTS) | (nouns & {"acronym"})
    return nouns | ({"number"} if not asked and measures.named(query) else set())


def is_certain(query: Query, literal: str, before: str, after: str = "", other: str = "") -> bool:
    """Is what was marked surely what is asked for, so that it may stand in front?

    A number of something else is not ("how often" wants times, "how many days" wants days, "what
    amount" wants money), nor one that a word beside it may turn round ("niet", "sauf"), nor one of
    several; nor is one of several moments ("by 9 October; by way of derogation, …"), nor the name
    of a place, where a person or a body is asked for, nor a single word with a capital, which may
    be a part of a name or none ("the Agency").

    Args:
        query: What is asked.
        literal: What was marked.
        before: What stands before it in its sentence.
        after: What stands after it there.
        other: The rest of the passage.
    """
    sorts = wanted(query)
    asked = sorts_in("literal_asks", query.folded, query.lang)
    if "often" in asked or _is_of_the_other_side(query.folded, fold(literal)):
        return False
    if "number" in sorts and (number := _at(len(before), literal, f"{before}{literal}{after}")):
        is_other = "money" in asked and not measures.is_money(literal)
        return not (is_other or _is_turned(before, after)) and _is_only(query, number, other)
    if "moment" in sorts and _is_moment(literal):
        return not any(_are_apart(literal, other[a:b]) for a, b in _moments(other))
    if "name" not in sorts:
        return True
    if is_office(literal):
        return is_led_by(query, before, after)
    name = untitled(literal)
    return _is_whole(name, before, asked) if _NAME.fullmatch(name) else "who" not in asked


def _is_whole(name: str, before: str, asked: frozenset[str]) -> bool:
    """Is a name the whole one of what is asked for?"""
    if "name" not in asked or ("who" in asked and _AT.search(before)):
        return False
    return " " in name or name.isupper() or "where" in asked


def _is_turned(before: str, after: str) -> bool:
    """Does the clause have a word beside a number that may turn it round?"""
    left, right = _CLAUSE.split(fold(before))[-1], _CLAUSE.split(fold(after))[0]
    return bool(_TURNS.search(left[-_NEAR:]) or _TURNS.search(right[:_NEAR]))


def _at(start: int, literal: str, sentence: str) -> Quantity | None:
    """The number that was marked, as its sentence has it."""
    is_one = quantity(literal)
    return next((q for q in quantities(sentence) if q.start == start), is_one) if is_one else None


def _is_only(query: Query, number: Quantity, rest: str) -> bool:
    """Is a number of what a query wants, and has the rest of the passage no other of that?"""
    kind = AnswerType.of(query)
    if kind.counted:
        others = [q for q in quantities(rest) if is_counted(q, kind)]
        if any(q.written not in number.written and number.written not in q.written for q in others):
            return False
    if kind.is_span:
        return kind.has_span(number.written)
    return not kind.counted or is_counted(number, kind)


def _moments(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _MOMENT.finditer(text)]


def _is_moment(text: str) -> bool:
    """Is a text one moment, or one period?"""
    found = (_moments(text), hours(text))
    return any(list(_with_bounds(text, of)) == [(0, len(text))] for of in found)


def is_period(text: str) -> bool:
    """Is a text one period, from a moment to another?"""
    return _is_moment(text) and len(_moments(text) or hours(text)) > 1


def _are_apart(one: str, other: str) -> bool:
    """Are two moments not the same, and neither a part of the other ("2027", "31 July 2027")?"""
    a, b = fold(unbounded(one)), fold(other)
    return a not in b and b not in a


def _is_of_the_other_side(question: str, literal: str) -> bool:
    """Is the least asked for, and a number named that things stay below, or the most and one that
    they are above?
    """
    return bool(
        (_LEAST_ASKED.search(question) and _BELOW.match(literal))
        or (_MOST_ASKED.search(question) and _ABOVE.match(literal))
    )


def is_measure(literal: str) -> bool:
    """Is it a moment, or a number with what it counts?"""
    number = quantity(literal)
    return _is_moment(literal) or bool(number and number.is_named)


def turns(folded: str) -> bool:
    """Does a folded text deny something, or take it out?"""
    return bool(_TURNS.search(folded))


def asks_one(query: Query) -> bool:
    """Is one moment, number, name the whole answer to a query, and not a part of it, or a yes?"""
    asked = sorts_in("literal_asks", query.folded, query.lang)
    is_whether = bool(asked & {"whether", "yes_no"})
    return (
        not _asks_twice(query, asked)
        and "several" not in asked
        and (not is_whether or bool(asked & _SORTS))
    )


def _asks_twice(query: Query, sorts: frozenset[str]) -> bool:
    """Does a query ask for two things of one sort ("combien de jours … et combien d'heures")?"""
    patterns = patterns_by_sort("literal_asks")[query.lang]
    return any(
        _AND.search(query.folded, one.end(), following.end())
        for sort in sorts & _SORTS
        for one, following in pairwise(patterns[sort].finditer(query.folded))
    )


def asks_for_one(query: Query) -> bool:
    """Does a query ask for one moment, number or name, by its interrogative?"""
    asked = sorts_in("literal_asks", query.folded, query.lang)
    return bool(asked & _SORTS) and "several" not in asked


def asks_for_several(query: Query) -> bool:
    """Does a query ask for more than one thing, by its interrogative or in so many words?"""
    return "several" in sorts_in("literal_asks", query.folded, query.lang)


def lacks_money(query: Query, texts: Iterable[str]) -> bool:
    """Does a query ask how much money, of which there is none in some texts?"""
    asked = sorts_in("literal_asks", query.folded, query.lang)
    asks = asked >= {"money", "number"} and "several" not in asked
    return asks and not any(map(measures.is_money, texts))


def asks_for_what_is_to_come(query: Query) -> bool:
    """Does a query ask for the next one?"""
    return "next" in sorts_in("literal_asks", query.folded, query.lang)


def moments(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Where a text names a moment of a year, and a key by which moments are the same and ordered.

    >>> [key[:3] for *_, key in moments("en été 2024, fin juin 2022 et le 5 mai 2023")]
    [(2024, 6, 0), (2022, 6, 31), (2023, 5, 5)]
    """
    for m in _MOMENT.finditer(text):
        if year := m["of"] or m["season_of"] or m["year"]:
            named = (m["month"] or m["season"] or "").lower()
            month = (MONTHS | _SEASONS).get(named, 0)
            part = _PARTS[fold(m["part"] or "")]
            day = int(m["day"] or (part if month else 0))
            yield (
                *m.span(),
                (int(year), month or (part and part * 12 // 31), day, bool(m["season"])),
            )


def moment_in_words(literal: str, lang: Lang) -> str:
    """A day, a month or a year in a language; anything else as it stands.

    >>> moment_in_words("1er mars 2031", "nl"), moment_in_words("15 mei", "fr")
    ('1 maart 2031', '15 mai')
    >>> moment_in_words("avant le 1er mars 2031", "nl"), moment_in_words("sinds 2031", "fr")
    ('vóór 1 maart 2031', 'depuis 2031')
    """
    bound, moment = bound_in_words(literal, lang), unbounded(literal)
    found = _MOMENT.fullmatch(moment)
    if found is None or found["part"] or found["season"] or found.start("day") > 0:
        return literal
    if not found["month"]:
        return f"{bound}{moment}"
    month, day = MONTHS[found["month"].lower()], int(found["day"] or 0)
    return bound + " ".join(filter(None, (day_in_words(lang, month, day), found["of"])))


def spans(query: Query, sentence: str, spoken: Lang | None = None) -> list[tuple[int, int]]:
    """Where a sentence has what a query wants, from left to right; nothing overlaps.

    What the query says itself is no answer to it.

    Args:
        query: What is asked.
        sentence: Which may answer.
        spoken: Its language; that of the query where none is given.
    """
    sorts = wanted(query)
    if not sorts - {"name"}:
        spoken = spoken or query.lang
        if listed := enumeration(query, sentence, spoken, of_names="name" in sorts):
            return [listed]
    finders: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
        "acronym": lambda text: _expansions(query, text),
        "moment": lambda text: _with_bounds(text, _moments(text)),
        "hour": lambda text: _with_bounds(text, hours(text)),
        "number": lambda text: iter(_numbers(query, text)),
        "name": lambda text: iter(_names(query, text)),
        **{sort: partial(contacts, sort=sort) for sort in SORTS},
    }
    found: list[tuple[int, int]] = []
    for sort, finder in finders.items():
        if sort in sorts:
            found += [s for s in finder(sentence) if not _said(query, sentence[slice(*s)])]
        if found and sort == "acronym":
            break
    return sorted(_apart(found))


def _said(query: Query, text: str) -> bool:
    """Does a query say a thing itself, be it with another bound?"""
    return re.sub(f"^{BOUND}", "", fold(unbounded(text))) in query.folded


def _with_bounds(text: str, moments: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Moments of a text, those that are the ends of a period as one, with what bounds them."""
    for start, end in in_periods(text, moments):
        yield bounded(text, start), end


def asks_yes_or_no(query: Query) -> bool:
    """Does a query ask for yes or no, and for nothing else?"""
    return "yes_no" in sorts_in("literal_asks", query.folded, query.lang)


def _apart(found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans without those that overlap one before them in the list."""
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not any(start < b and a < end for a, b in kept):
            kept.append((start, end))
            yield start, end


def _numbers(query: Query, text: str) -> list[tuple[int, int]]:
    """Numbers with what they count; where the query says what it wants counted, those alone.

    The number of a day or a year is none; nor is that of an act or of an article, or the rank of
    something, where these are not asked for.
    """
    none = _moments(text)
    if not _PLACES.search(query.folded):
        none += [(r.start, r.end) for r in find(text, NO_NAMES)]
    ranks = bool(_RANK.search(query.folded))
    found = [
        q
        for q in quantities(text)
        if (ranks or not q.is_rank) and not any(q.start < b and a < q.end for a, b in none)
    ]
    kind = AnswerType.of(query)
    measure = kind.measure or measures.named(query)
    if measure is measures.measures()["age"]:
        found = [q for q in found if not _DURING.search(text, 0, q.start)]
    return quantities_wanted(found, kind, measure)


def _names(query: Query, text: str) -> list[tuple[int, int]]:
    """Names; where a query asks who, offices too, and where it asks who leads, what stands behind
    "par", "door" or, where nothing does, an office before other names.
    """
    names = list(_capitalised(text))
    if "who" not in sorts_in("literal_asks", query.folded, query.lang):
        return names
    short = [acronym for acronym, *_ in expanded_acronyms(text)]
    held = [o for o in offices(query, text) if not _said(query, text[slice(*o)])]
    names = [(a, b) for a, b in names if text[a:b] not in short]
    names = [(titled(text, a), b) for a, b in names]
    found = [*held, *(n for n in names if not any(a < n[1] and n[0] < b for a, b in held))]
    if not asks_who_leads(query):
        return list(agents(query, text)) or found
    return (
        [place for place in found if _BY.search(text, max(0, place[0] - _NEAR), place[0])]
        or held
        or names
    )


def _capitalised(text: str) -> Iterator[tuple[int, int]]:
    """Names: words in capitals, and capitalised ones that do not open the sentence; no "De" where
    a title and a sentence stand on one line.
    """
    for m in _NAME.finditer(text):
        start, end = m.span()
        first = m.group().split()[0]
        opens = not re.search(r"\w", text[:start])
        if opens and not (first.isupper() and len(first) > 1):
            rest = _NAME.search(text, start + len(first), end)
            if rest is None:
                continue
            start, end = rest.span()
        name = fold(text[start:end])
        if not (_COMMON.fullmatch(name) or any(name in STOP[la] for la in LANGS)):
            yield start, end


def _expansions(query: Query, text: str) -> Iterator[tuple[int, int]]:
    """What an acronym of the query stands for: before it or after it, in brackets."""
    for written in {re.escape(w.written) for w in query.words if len(w.written) > 1}:
        for m in re.finditer(rf"[«“]?\(\s*[«“\"]?\s*{written}\b", text, re.IGNORECASE):
            before = text[: m.start()].rstrip()
            if (start := _begins(before, written)) is not None:
                yield start, len(before)
        for m in re.finditer(rf"\b{written}\s*\((?P<words>[^()]*)\)", text, re.IGNORECASE):
            if " " in m["words"]:
                yield m.span("words")


def expanded_acronyms(text: str) -> Iterator[tuple[str, int, int]]:
    """Each acronym that a text explains, and where the words are that it stands for.

    >>> text = "le comité mixte des voies fluviales (CMVF) de Givet"
    >>> [(acronym, text[start:end]) for acronym, start, end in expanded_acronyms(text)]
    [('CMVF', 'comité mixte des voies fluviales')]
    """
    for m in _IN_BRACKETS.finditer(text):
        before = text[: m.start()].rstrip()
        if (start := _begins(before, m["acronym"])) is not None:
            yield m["acronym"], start, len(before)


def _begins(before: str, acronym: str) -> int | None:
    """Where the words begin that an acronym after them stands for; None where none fit.

    Of the last words, those whose first letters give most letters of the acronym in its order, and
    no more of them than that takes; half of its letters at least, and two. A name in capitals
    goes before words within it ("Autorité européenne des marchés financiers (ESMA)").
    """
    letters = "".join(c for c in fold(acronym) if c.isalnum())
    said = list(re.finditer(r"[^\W_]+", before))[-(2 * len(letters) + 2) :]
    best, begin = max(1, (len(letters) - 1) // 2), None
    for n in range(len(said) - 1, -1, -1):
        given = _in_order((fold(m.group()) for m in said[n:]), letters)
        is_name = begin is not None and not before[begin].isupper() and said[n].group()[0].isupper()
        if (given, is_name) > (best, False) and fold(said[n].group())[0] == letters[0]:
            best, begin = given, said[n].start()
    return begin


def _in_order(words: Iterable[str], letters: str) -> int:
    """How many of the letters begin words of content, in their order."""
    count = place = 0
    for word in words:
        at = -1 if any(word in STOP[la] for la in LANGS) else letters.find(word[0], place)
        if at >= 0:
            count, place = count + 1, at + 1
    return count

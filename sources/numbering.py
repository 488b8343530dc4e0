"""Numbers of articles and of their parts, as French, Belgian and EU law print them.

The one grammar of numbers: headings (:mod:`sources.structure.numbers`), places that are named in
questions and in texts (:mod:`sources.pinpoints`) and the comparison of a place with what a text
has (:mod:`index.resolve`) all read numbers through it.

- figures, and what was inserted after them: a Latin suffix ("3 sexies", "140septies"), a letter
  ("12a", "12 A"), or both ("39 quater B");
- raised figures, as a number with a stroke ("73⁴", "73⁴ᵇⁱˢ");
- strokes, hyphens, dots and colons between numbers ("57/6", "44/11/9", "1.2.3", "3:12"), also
  after the letter or Roman number of a part of a code ("L. 311-1", "VI.83", "D.IV.22");
- Roman numbers ("III bis"), "premier" and "eerste", the only article ("unique", "enig"); "ler" is
  what the recognition of letters makes of "1er";
- the letters of points, which go on after "z" with "aa", then with "bb" or "ab".

>>> [canonical(n) for n in ("premier", "3 Sexies", "12a", "57/6", "L. 311-1", "1er bis")]
['1', '3sexies', '12a', '57-6', 'L.311-1', '1bis']

The Latin suffixes are numerals, with some spellings each; one of them is kept, so that a place has
the same number in both languages:

>>> canonical("4 novies"), canonical("5quinquiesdecies"), canonical("6 semelvicies")
('4nonies', '5quindecies', '6unvicies')
"""

from __future__ import annotations

import re
from functools import cache

FIRST = (
    "premier", "première", "premiere", "1er", "1re", "ier", "ire", "unique", "enig", "eerste",
    "1ste", "ler",
)  # fmt: skip
_FRENCH_ORDINALS = (
    "premi(?:er|ère)", "deuxième|seconde?", "troisième", "quatrième", "cinquième", "sixième",
    "septième", "huitième", "neuvième", "dixième", "onzième", "douzième", "treizième",
    "quatorzième", "quinzième", "seizième", "dix-septième", "dix-huitième", "dix-neuvième",
    "vingtième",
)  # fmt: skip
_DUTCH_ORDINALS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende",
    "tiende", "elfde", "twaalfde", "dertiende", "veertiende", "vijftiende", "zestiende",
    "zeventiende", "achttiende", "negentiende", "twintigste",
)  # fmt: skip
_ORDINAL = tuple(
    re.compile(f"{fr}|{fr.replace('è', 'e')}|{nl}", re.IGNORECASE)
    for fr, nl in zip(_FRENCH_ORDINALS, _DUTCH_ORDINALS, strict=True)
)
# An ordinal in words, in lower case.
ORDINAL_WORD = rf"(?:{'|'.join(p.pattern for p in reversed(_ORDINAL))})"
# An ordinal in words, or in figures: "2e", "2ème", "2de", "1er", "1ste".
ORDINAL = (
    rf"(?i:{ORDINAL_WORD}"
    r"|[0-9]{1,3}\s?(?:ers?|res?|e|ème|eme|nde?|de|ste))(?!\w)"
)

_FRENCH_CARDINALS = (
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
)  # fmt: skip
_DUTCH_CARDINALS = (
    "[ée][ée]n", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf",
    "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
    "twintig",
)  # fmt: skip
_CARDINAL = tuple(
    re.compile(f"{fr}|{nl}", re.IGNORECASE)
    for fr, nl in zip(_FRENCH_CARDINALS, _DUTCH_CARDINALS, strict=True)
)
# A cardinal in words that is no other word: "un" and "een" are articles, "neuf" is new.
CARDINAL = (
    r"(?i:(?!(?:un|een|neuf)(?!\w))"
    rf"(?:{'|'.join(p.pattern for p in reversed(_CARDINAL))}))(?!\w)"
)
# A number in words, as some headings have it: "Article deux", "Artikel tweede".
SPELLED = rf"(?i:{'|'.join(p.pattern for p in reversed((*_ORDINAL, *_CARDINAL)))})(?!\w)"

_UNITS: dict[str, int] = {
    "semel": 1, "un": 1, "duo": 2, "bis": 2, "ter": 3, "tre": 3, "quater": 4, "quatuor": 4,
    "quattuor": 4, "quinquies": 5, "quinqu": 5, "quinque": 5, "quin": 5, "sexies": 6, "sex": 6,
    "se": 6, "septies": 7, "septen": 7, "septem": 7, "sept": 7, "octies": 8, "octo": 8, "oct": 8,
    "nonies": 9, "novies": 9, "novem": 9, "novo": 9, "nov": 9, "non": 9, "unde": -1, "duode": -2,
}  # fmt: skip
_TENS = {
    "decies": 10, "vicies": 20, "tricies": 30, "quadragies": 40, "quinquagies": 50,
    "sexagies": 60, "septuagies": 70, "octogies": 80, "nonagies": 90, "centies": 100,
}  # fmt: skip
_BELOW_TEN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies")
_SPELLED_UNITS = ("", "un", "duo", "ter", "quater", "quin", "sex", "sept", "octo", "novo")
_BEFORE_TENS = "|".join(sorted(_UNITS, key=len, reverse=True))
# A Latin suffix, in lower case; who looks for one says what may follow it.
LATIN = (
    r"(?:bis|ter|quater|(?:quinqu|sex|sept|oct|nov|non)ies"
    rf"|(?:{_BEFORE_TENS})?(?:{'|'.join(_TENS)}))"
)
_TENS_AND_UNITS = re.compile(rf"(?P<unit>{_BEFORE_TENS})?(?P<tens>{'|'.join(_TENS)})")


def latin(suffix: str) -> int | None:
    """Which numeral a Latin suffix is; None where it is none.

    >>> latin("bis"), latin("undevicies"), latin("quinquiesdecies"), latin("copies")
    (2, 19, 15, None)
    """
    suffix = suffix.lower()
    if found := _TENS_AND_UNITS.fullmatch(suffix):
        unit, tens = _UNITS.get(found["unit"] or "", 0), _TENS[found["tens"]]
        return tens + unit if unit > 0 or tens > 10 or not unit else None
    if suffix == "novies":
        return 9
    return _BELOW_TEN.index(suffix) + 2 if suffix in _BELOW_TEN else None


def suffix(numeral: int) -> str:
    """The Latin suffix of a numeral from 2 to 109, in the spelling that is kept.

    >>> suffix(6), suffix(15), suffix(21)
    ('sexies', 'quindecies', 'unvicies')
    """
    if numeral < 10:
        return _BELOW_TEN[numeral - 2]
    tens = min(numeral // 10 * 10, 100)
    return _SPELLED_UNITS[numeral - tens] + next(t for t, value in _TENS.items() if value == tens)


def spelled(words: str) -> str:
    """The number that is written in words, up to 20; "" where it is none.

    >>> spelled("Deux"), spelled("één"), spelled("troisième"), spelled("3")
    ('2', '1', '3', '')
    """
    both = zip(_ORDINAL, _CARDINAL, strict=True)
    found = (n for n, pair in enumerate(both, 1) if any(p.fullmatch(words) for p in pair))
    return str(next(found, ""))


_SIGNS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
          (1, "i"))  # fmt: skip


def roman(value: int) -> str:
    """Lower-case Roman numeral of a number from 1 to 399.

    >>> roman(14)
    'xiv'
    """
    out = ""
    for worth, sign in _SIGNS:
        out += sign * (value // worth)
        value %= worth
    return out


_ARABIC = {roman(value): value for value in range(1, 400)}


def arabic(numeral: str) -> int | None:
    """Value of a Roman numeral in either case; None where it is not well formed.

    >>> arabic("XIV"), arabic("IIX")
    (14, None)
    """
    return _ARABIC.get(numeral.lower())


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# The letter of a point, in lower case.
LETTER = rf"(?:[a-z]|a[a-z]|{'|'.join(sign * 2 for sign in _LETTERS[1:])})"


def place_of(letter: str) -> int:
    """The place of the letter of a point in its list, in either case.

    >>> place_of("c"), place_of("AA"), place_of("bb"), place_of("ab")
    (3, 27, 28, 28)
    """
    return _LETTERS.index(letter[-1].lower()) + 1 + len(_LETTERS) * (len(letter) - 1)


def letters(first: str, last: str) -> list[str]:
    """The letters of points from ``first`` to ``last``, both included.

    >>> letters("y", "bb"), letters("aa", "ac")
    (['y', 'z', 'aa', 'bb'], ['aa', 'ab', 'ac'])
    """
    doubled = last[0] == last[-1]
    cased = _LETTERS if last.islower() else _LETTERS.upper()
    counted = range(place_of(first) - 1, place_of(last))
    laps = ((n // len(_LETTERS), cased[n % len(_LETTERS)]) for n in counted)
    return [(sign if doubled else cased[0]) * lap + sign for lap, sign in laps]


def ordinal(written: str) -> str:
    """The number of an ordinal ("tweede", "2e", "deuxième"); "" where it is none.

    >>> ordinal("Tweede"), ordinal("deuxieme"), ordinal("3e"), ordinal("dernier")
    ('2', '2', '3', '')
    """
    if figures := re.match("[0-9]+", written):
        return figures[0]
    return next((str(n) for n, p in enumerate(_ORDINAL, 1) if p.fullmatch(written)), "")


# In Dutch "ter" is a word too: "artikel 3 ter uitvoering van".
_TER = r"(?!ter\s+(?:\w+(?:ing|tie|heid)|zake|plaatse|inzage|hoogte)\b)"
_LATIN_APART = rf"[\s\-]?(?i:{_TER}{LATIN}(?:\ssemel)?)(?![a-z’'])"
# An inserted letter stands at the figures, or apart as a capital. "8 CE" is article 8 of a treaty,
# "8 C. for." one of a code, and "6 A ÉTÉ" has a verb. In a heading, what follows a capital that
# stands apart is its title.
_CAPITAL = (
    r"\s(?!(?:CE|UE|EC|EU|EG|ET|EN|DE|DU|LA|LE|OU|OF|IN|OP|TE|IS|AU)\b)[A-Z]{1,2}"
    r"(?![\w’'])(?!\.\w|\.\s[a-zà-ÿ]{2,}\.|\s+[A-ZÀ-Ý]{2})"
)
_CAPITAL_AT_END = r"\s[A-Z]{1,2}(?=\s*(?:$|[.:;,(–—\-]))"
_GLUED_WORDS = r"(?:du|des?|d['’]|en|et|lid|van|of|ou)"  # a space is missing: "351du règlement"
_GLUED = rf"(?!{_GLUED_WORDS}(?!\w))[A-Za-z]{{1,12}}[0-9]*(?![\w’'])"
END = rf"(?!(?!{_GLUED_WORDS}(?!\w))\w)"  # what may follow a number in running text
# Raised signs by those that they are: figures, and the letters of Latin suffixes behind them.
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉⁱᵐⁿᵒᵖʳˢᵗᵘᵛˣ", "0123456789abcdeimnoprstuvx")
_FIGURES_ABOVE = "[⁰¹²³⁴-⁹]+[ᵃᵇᶜᵈᵉⁱᵐⁿᵒᵖʳˢᵗᵘᵛˣ]*"
_WELL_FORMED = "(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN = rf"(?:{_WELL_FORMED.upper()})"
_FIRST = r"(?i:premi(?:er|ère)|unique|enig|[il]er)"
_CODE = (
    r"(?:[A-Z]{1,4}[.])+(?=[0-9IVXLC])|[A-Z]{1,3}(?=[0-9])|[A-Z]{2,10}[.](?=[0-9])"
    r"|(?:[LRDA]|LO|L\.O)\*?\.?\s?(?=[0-9])|[lrda]\.\s?(?=[0-9])|[lrd]\s?(?=[0-9]+-)"
)


def _grammar(apart: str) -> str:
    """The pattern of a number after which a capital may stand apart as ``apart`` says."""
    figures = (
        rf"(?:1(?:er|re|ste)(?!\w)|[0-9]+)(?:{_LATIN_APART}|{apart}|{_GLUED}|{_FIGURES_ABOVE})*"
    )
    numeral = rf"{_ROMAN}(?:(?:{_LATIN_APART}|{apart}|[A-Z](?![\w’']))+|(?![\w’']))"
    further = rf"{figures}|{_ROMAN}(?![\w’'])|[A-Z](?![\w’'])|(?<=[0-9][.])[a-z](?!\w)"
    return (
        rf"(?:{_FIRST}(?:{_LATIN_APART})*(?:[-/][0-9]+)*(?!\w)"
        rf"|(?:{_CODE})?(?:{figures}|{numeral})(?:[\-\u2011/.:](?:{further}))*)"
    )


# A number as it stands in a heading, and in running text, where a Roman one may be small.
HEADING = _grammar(_CAPITAL_AT_END)
NUMBER = rf"(?:{_grammar(_CAPITAL)}|(?:{_WELL_FORMED})(?:[\s\-]?{LATIN})?(?![\w’']))"


# The number of a paragraph; a stroke or a Latin suffix may stand behind "1er" too ("1er/1").
PARAGRAPH = rf"(?:[0-9]+(?:er)?|ler)(?:{_LATIN_APART}|[a-z](?![a-z])|/[0-9]+)*(?!\w)"


_NO_SUFFIX = rf"(?!{LATIN}\b)"
_ABOVE_BEGINS = re.compile("(?<=[0-9])(?=[⁰¹²³⁴-⁹])")
_IN_WORDS = re.compile(
    rf"^(?:premi(?:er|[eè]re)|unique|enig|eerste|[il]er|ire)(?!{_NO_SUFFIX}\w)", re.IGNORECASE
)
_ORDINAL_END = re.compile(rf"(?<=[0-9])(?:er|re|ste)(?!{_NO_SUFFIX}[a-z])", re.IGNORECASE)
_LATIN_WORDS = re.compile(rf"[\s\-]*({LATIN}\b(?:\s(?:{LATIN}|semel)\b)?)", re.IGNORECASE)


def canonical(printed: str) -> str:
    """A number as it stands in a portion, whatever way it is written."""
    number = _ABOVE_BEGINS.sub("-", " ".join(printed.split())).translate(_RAISED)
    number = _ORDINAL_END.sub("", _IN_WORDS.sub("1", number))
    number = _LATIN_WORDS.sub(_one_spelling, number)
    return re.sub(r"[\s*]", "", number).replace("\u2011", "-").replace("/", "-")


def article(printed: str) -> str:
    """The number of an article in a portion: an inserted letter is small there.

    >>> article("5 A"), article("5 bis A"), article("II")
    ('5a', '5bisA', 'II')
    """
    return re.sub(r"(?<=[0-9])[A-Z]+$", lambda m: m[0].lower(), canonical(printed))


def follows(earlier: str, later: str) -> bool:
    """Whether an article of a portion may stand right after another one.

    What was inserted follows what it stands behind, and the first one of a further part the last
    one of the part before; a range of articles ends with its last.

    >>> [follows("3", later) for later in ("4", "3bis", "3-1", "5", "3")]
    [True, True, True, False, False]
    >>> follows("3ter", "4"), follows("1.1.2", "1.2.1"), follows("14-16", "17")
    (True, True, True)
    """
    one, other = re.split("[.-]", earlier), re.split("[.-]", later)
    if "-" in earlier and follows(one[-1], later):
        return True
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if at == len(one):
        return other[at:] == ["1"]
    if at == len(other):
        return False
    (name, value, inserted), (own, next_value, next_inserted) = _part(one[at]), _part(other[at])
    if name != own:
        return False
    if value == next_value:
        return inserted < next_inserted and at == len(other) - 1
    return value + 1 == next_value and not next_inserted and {*other[at + 1 :]} <= {"1"}


_PART = re.compile(r"(?P<name>[A-Za-z]*)(?P<figures>[0-9]+)(?P<suffix>[A-Za-z]*)")


def _part(printed: str) -> tuple[str, int, int]:
    """What names one part of a number, its value, and that of what was inserted behind it."""
    if found := _PART.fullmatch(printed):
        suffix = found["suffix"]
        place = place_of(suffix) if suffix and len(suffix) == 1 else 1
        return found["name"], int(found["figures"]), (latin(suffix) or place) if suffix else 0
    value = arabic(printed)
    return ("", value, 0) if value else (printed, 0, 0)


def _one_spelling(found: re.Match[str]) -> str:
    """A Latin suffix in the spelling that is kept; "vicies semel" is one too."""
    words = found[1].lower().split()
    values = [1 if word == "semel" else latin(word) for word in words]
    if len(values) == 2 and values[0] and values[1] and values[0] % 10 == 0 and values[1] < 10:
        return suffix(values[0] + values[1])
    return "".join(
        suffix(value) if value else word for value, word in zip(values, words, strict=True)
    )


@cache
def key(number: str) -> str:
    """What the spellings of one number in portions have in common; other numbers differ in it.

    >>> key("L.311-1") == key("L311-1"), key("5bisA") == key("5bisa"), key("3") == key("3bis")
    (True, True, False)
    """
    bare = canonical(number).casefold().replace(":", ".")
    return re.sub(r"^([a-z]{1,10})\.(?=[0-9])", r"\1", bare)

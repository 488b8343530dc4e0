"""Questions as people paste them, in the characters in which people type them.

What is copied from a PDF, a page or a word processor looks like the typed question and is made of
other characters: letters and accents apart, invisible signs, ligatures, wide figures, typographic
quotes and dashes. :func:`typed` gives the typed question, so that both get the same answer:

>>> typed("Que dit l\u2019ar\u00adticle\u200b\u00a0\uff13 du re\u0300glement\u202f?")
"Que dit l'article 3 du règlement ?"
>>> typed("b\u0133lage I, \ufb01n")
'bijlage I, fin'

An address of EUR-Lex, of the European Legislation Identifier, or of a passage on the page of this
project becomes the number of the act, or the address of the place in it:

>>> typed("Que dit https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32016L0680 ?")
'Que dit 32016L0680 ?'
>>> typed("Wat zegt http://data.europa.eu/eli/dir/2016/680/art_36/par_1/oj?")
'Wat zegt celex:32016L0680@nl#art_36.par_1?'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from sources.anchor import PORTION, WORK, Anchor, Lang
from sources.known_works import place_of
from sources.locator import portion as printed
from sources.locator import steps_of
from sources.names import celex_of, work_of

_INVISIBLE = {"Cf", "Cs"}
_SIGNS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2215\u2044\uff0f\u29f8", "/"),
    "\u2116": "n°",
    "\u00ba": "°",
}
# Presentation forms of letters and figures: ligatures, wide, narrow and mathematical ones, Roman
# numerals of one sign, and the raised letters of "n\u1d52" and "1\u1d49\u02b3".
_FORMS = ("<wide>", "<narrow>", "<font>", "<compat>")
# A dash between figures is that of a range ("articles 3–5"), a hyphen that of a number ("3-5").
_DASH = re.compile(r"(?<![0-9])(?<![0-9]\s)[\u2013\u2014]|[\u2013\u2014](?!\s?[0-9])")
_HOSTS = r"(?:www\.)?eur-lex\.europa\.eu|data\.europa\.eu|publications\.europa\.eu"
_LINK = re.compile(
    rf"<?(?P<link>https?://[^\s<>\"]+|(?<![\w/.@])(?:{_HOSTS})/[^\s<>\"]+)>?", re.IGNORECASE
)
_AROUND = ".,;:!?'»"
_PASSAGE = re.compile(  # of an address of the page, decoded: its "#" may be lost
    rf"(?:(?:[?&#;]|^)(?:passage=|src-)|^)(?P<work>{WORK.pattern})@(?P<lang>fr|nl)"
    rf"(?:#?(?P<portion>{PORTION.pattern}))?",
    re.IGNORECASE,
)
_DECODED = 5  # times that an address is percent-decoded at most: each program on its way may encode
# Since October 2023 each act is a number of the Journal, which says nothing of what sort it is.
_JOURNAL = re.compile(r"(?:^|&)uri=OJ:L_(?P<year>20\d\d)(?P<number>\d{5})(?:&|$)", re.IGNORECASE)
_SUBDIVISION = re.compile(r"/(?P<steps>(?:(?:[a-z]{3})_[^/?#]+/?)+)")


def typed(text: str) -> str:
    """The text on one line, in characters that people type, with addresses as what they lead to.

    It is the same for what it gave: ``typed(typed(text)) == typed(text)``.
    """
    shown = unicodedata.normalize("NFC", _LINK.sub(_resolved, _plain(text)))
    return " ".join(shown.split())


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    return unicodedata.normalize("NFC", _DASH.sub("-", "".join(map(_sign, composed))))


@lru_cache(maxsize=10_000)
def _sign(sign: str) -> str:
    """One character as people type it; "" for one that cannot be seen."""
    category = unicodedata.category(sign)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    if sign.isascii() or sign in _SIGNS:
        return _SIGNS.get(sign, sign)
    if category in _INVISIBLE or "VARIATION SELECTOR" in unicodedata.name(sign, ""):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    form = unicodedata.decomposition(sign).split(" ")[0]
    letter = category[0] == "L" or category == "Nl" or form in {"<wide>", "<narrow>"}
    if letter and (form in _FORMS or (form == "<super>" and category == "Lm")):
        return unicodedata.normalize("NFKC", sign)
    return sign


def _resolved(found: re.Match[str]) -> str:
    """An address as what it leads to, or as it stands where it leads to none of our texts."""
    link = found["link"]
    bare = _without_what_follows(link)
    target = address_of(bare)
    return f"{target}{link[len(bare) :]}" if target else found[0]


def address_of(link: str) -> str:
    """The act (its number), or the place in a text, that a link leads to; "" for any other link.

    >>> address_of("https://example.be/?passage=celex%3A32016L0680%40fr%23art_36.par_1")
    'celex:32016L0680@fr#art_36.par_1'
    >>> address_of("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016L0680#art_36")
    'celex:32016L0680@nl#art_36'
    >>> address_of("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=OJ:L_202401351")
    '2024/1351'
    """
    if "://" not in link:
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if "#" in (passage := passage_of(f"?{parts.query}#{parts.fragment}")):
        return passage
    number = celex_of(link)
    is_official = re.fullmatch(_HOSTS, parts.hostname or "", re.IGNORECASE) is not None
    if number is None and is_official and (treaty := place_of(link)):
        work, article = treaty
        lang: Lang = "fr" if _is_french(parts.path) else "nl"
        return str(Anchor(work, lang, article)) if article else f"{work[6:]}/TXT"
    if number is None:
        numbered = (
            _JOURNAL.search(unquote(parts.query))
            if (parts.hostname or "").endswith("eur-lex.europa.eu")
            else None
        )
        return f"{numbered['year']}/{int(numbered['number'])}" if numbered else ""
    steps = _SUBDIVISION.search(parts.path)
    place = steps["steps"].strip("/").replace("/", ".") if steps else unquote(parts.fragment)
    if not place or printed(steps_of(place)) != place or not _is_place(place):
        return number
    return str(Anchor(work_of(number), "fr" if _is_french(parts.path) else "nl", place))


def passage_of(address: str) -> str:
    """The passage that an address of the page leads to, or the text (``work@lang``) where nothing
    more is left of it; "" where it leads to neither.

    What happens to addresses on their way is undone: they are encoded twice, their "#" is not
    encoded or lost, they are wrapped, they take along what follows them in a sentence.

    >>> passage_of("?passage=celex%3A32016L0680%40fr%23art_36.par_1")
    'celex:32016L0680@fr#art_36.par_1'
    >>> passage_of("/?passage=celex%253A32016L0680%2540FR%2523art_36.par_1).")
    'celex:32016L0680@fr#art_36.par_1'
    >>> passage_of("#src-jardins@nlpnt_(a)"), passage_of("?passage=jardins@nl")
    ('jardins@nl#pnt_(a)', 'jardins@nl')
    """
    for _ in range(_DECODED):
        address = unquote(address)
    found = _PASSAGE.search("".join(_plain(address).split()))
    if found is None:
        return ""
    text = f"{found['work']}@{found['lang'].lower()}"
    portion = _without_what_follows(found["portion"] or "")
    return f"{text}#{portion}" if portion else text


def _without_what_follows(text: str) -> str:
    """A text without the signs of the sentence in which it stands; brackets that it opens stay."""
    bare = text.rstrip(_AROUND)
    while bare.endswith((")", "]")) and bare.count("(") < bare.count(")") + bare.count("]"):
        bare = bare[:-1].rstrip(_AROUND)
    return bare


def _is_place(portion: str) -> bool:
    """Is the first step one of an act, and does each have a number or need none?"""
    steps = steps_of(portion)
    return bool(steps) and steps[0].word in {"art", "rct", "anx", "cit", "pbl", "cpt", "ttl", "sct"}


def _is_french(path: str) -> bool:
    """Does an address say that it is of the French text?"""
    return bool(re.search(r"/(?:FR|fra|fr)(?:/|$)", path))

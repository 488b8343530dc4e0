"""Numbers, words and dates as French and Dutch legal acts print them.

>>> article("Article premier"), article("Artikel 5 bis"), article("Artikel 12 — Doel")
(('1', ''), ('5 bis', ''), ('12', 'Doel'))
>>> article("Article 3 de la directive") is None
True
>>> number("(5 bis)"), number("iii)"), number("4.1."), number("§ 1er"), number("—")
('5bis', 'iii', '4.1', '1', '')
>>> date("du 1er décembre 2021"), date("van 8 januari 2020"), date("sans date")
('2021-12-01', '2020-01-08', '')
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LATIN = r"(?:bis|ter|quater|[a-z]{4,13}ies)"
_ONE = ("premier", "première", "1er", "1re", "ier", "unique", "enig", "eerste", "1ste")
_WORDS = {
    "première": "1", "deuxième": "2", "troisième": "3", "quatrième": "4", "cinquième": "5",
    "sixième": "6", "septième": "7", "huitième": "8", "neuvième": "9", "dixième": "10",
    "eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5",
    "zesde": "6", "zevende": "7", "achtste": "8", "negende": "9", "tiende": "10",
}  # fmt: skip
_ARTICLE_NUMBER = (
    r"(?:(?i:premier|unique|enig|1er)"
    rf"|(?:[A-Z]{{1,10}}[. ]?)?\d+[A-Z]?\d*(?:[.:/\-]\d+)*(?:\s?(?i:{_LATIN})(?:\s?[A-Za-z])?\b"
    r"|\s?[a-z]{1,2}\b)?|[IVXLC]+)"
)
_ARTICLE = re.compile(
    rf"(?i:article|artikel|art\.)\s*(?P<number>{_ARTICLE_NUMBER})\s*"
    r"(?:(?P<rest>\(.+)|[.:–—\-]*\s*[:–—\-]\s*(?P<title>.+)|\.?)"
)
_ARTICLE_LAST = re.compile(r"(?P<number>enig|eerste|unique)\s+arti(?:kel|cle)\.?", re.IGNORECASE)


def article(text: str) -> tuple[str, str] | None:
    """Printed number and subtitle of the heading of an article; None for anything else."""
    if found := _ARTICLE_LAST.fullmatch(text):
        return "1", ""
    found = _ARTICLE.fullmatch(text)
    if not found:
        return None
    printed = found["number"]
    printed = "1" if printed.lower() in _ONE else printed
    return printed, (found["rest"] or found["title"] or "").strip()


def number(printed: str) -> str:
    """The number of a label without its signs, as it stands in a portion; "" where none."""
    bare = re.sub(r"[\s«»„“”‘’\"§°()\[\]\ufdd0]", "", printed).strip(".:;,–—•·*-")
    if bare.lower() in _ONE:
        return "1"
    bare = re.sub(r"^(\d+)(?:er|re|ste|e)$", r"\1", bare, flags=re.IGNORECASE)
    bare = bare.replace("/", "-").replace(":", ".")
    return bare if re.fullmatch(r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*", bare) else ""


def article_step(printed: str) -> str:
    """Number of an article in a portion: "5 bis" gives "5bis", "Art. 10/1" gives "10-1"."""
    bare = number(printed)
    return re.sub(r"(?<=\d)[A-Z]+$", lambda m: m[0].lower(), bare)


# A short cell or a short beginning that labels a point. Letters need a sign behind them.
_DIGITS = rf"\(?\d{{1,3}}(?:\.\d{{1,2}})*(?:\s?{_LATIN}|\s?[a-z])?"
_LETTERS = rf"\(?(?:[a-z]{{1,2}}(?:\s?{_LATIN})?|[A-Z]|[ivxl]{{1,6}}|[IVXL]{{1,6}})"
_DASH = r"[—–•·▪*\-]"
_LABEL_CELL = re.compile(
    rf"[«„“‘\"]?\s?(?:{_DIGITS}(?:\.|°?\)|°)|{_LETTERS}\)|[A-Za-z]\.|[IVXLivxl]{{1,6}}\."
    rf"|\d+(?:\.\d+)+|{_DASH})"
)
_LABEL_HEAD = re.compile(
    rf"(?P<label>{_DIGITS}(?:°?\)|°)|{_LETTERS}\)|[—–•](?=\s)|-(?=\s))\s+(?=\S)"
)
_PARAGRAPH = re.compile(
    rf"(?P<sign>\d{{1,3}}(?:\.\d{{1,2}})*(?:\s?{_LATIN}|\s?[a-z]{{1,2}})?\."
    r"|\d{1,3}(?:\.\d{1,2})+)\s+(?=\S)"
)


def is_label(text: str) -> bool:
    """Whether this is the whole of a label: "a)", "(12)", "iii)", "—", "4.1.1"."""
    return len(text) <= 16 and _LABEL_CELL.fullmatch(text) is not None


def label_head(text: str) -> tuple[str, str]:
    """Label at the head of a line and the words after it; ("", text) where there is none."""
    found = _LABEL_HEAD.match(text)
    return (found["label"], text[found.end() :]) if found else ("", text)


def paragraph_head(text: str) -> tuple[str, str]:
    """Sign at the head of a numbered paragraph ("2.", "4.1.", "4.1") and the words after it."""
    found = _PARAGRAPH.match(text)
    return (found["sign"], text[found.end() :]) if found else ("", text)


@dataclass(frozen=True, slots=True)
class Division:
    """A heading of a chapter or the like.

    Attributes:
        word: ELI word of the subdivision, "" where the heading has none.
        number: Its number in a portion.
        printed: Its number as printed.
        title: Words after the number.
        rank: 1 for the widest; wider divisions close narrower ones.
    """

    word: str
    number: str
    printed: str
    title: str
    rank: int


_RANKS = (
    ("app", r"appendice|aanhangsel"),
    ("prt", r"partie|deel"),
    ("bok", r"livre|boek"),
    ("ttl", r"titre|titel"),
    ("cpt", r"chapitre|hoofdstuk"),
    ("sct", r"section|afdeling"),
    ("sbs", r"sous-section|onderafdeling"),
)
_AFTER = r"(?:\s*[.:–—\-][\s.:–—\-]*|\s+|$)"
_DIVISION = tuple(
    (
        rank,
        word,
        re.compile(
            rf"(?i:{names})\s+(?P<number>(?i:premier|première|ier|1er|1re)|[IVXLC]+|\d+|[A-Z])"
            rf"(?P<more>\s?(?i:{_LATIN})|[a-z])?(?!\w){_AFTER}(?P<title>.*)"
        ),
        re.compile(rf"(?i:(?P<number>{'|'.join(_WORDS)})\s+(?:{names})){_AFTER}(?P<title>.*)"),
    )
    for rank, (word, names) in enumerate(_RANKS, 1)
)
RANKS = len(_RANKS)


def division(text: str) -> Division | None:
    """The division that a heading opens: "CHAPITRE V", "AFDELING 2", "PREMIÈRE PARTIE"."""
    for rank, word, plain, ordinal in _DIVISION:
        if found := plain.fullmatch(text):
            printed = (found["number"] + (found["more"] or "")).strip()
            return Division(word, number(printed), printed, found["title"], rank)
        if found := ordinal.fullmatch(text):
            count = _WORDS[found["number"].lower()]
            return Division(word, count, count, found["title"], rank)
    return None


_ATTACHED = (
    ("anx", re.compile(r"(?:annexes?|bijlagen?)\b[\s.:–—\-]*(?P<rest>.*)", re.IGNORECASE)),
    ("anx", re.compile(r"Art\.\s?N(?P<rest>\d*)")),  # an annex, as Justel prints it
    ("app", re.compile(r"(?:appendice|aanhangsel)\b[\s.:–—\-]*(?P<rest>.*)", re.IGNORECASE)),
    ("prc", re.compile(r"protocole?\b\s*(?:n[°ºor]?\.?\s)?(?P<rest>.*)", re.IGNORECASE)),
    ("dcl", re.compile(r"(?:déclaration|verklaring)\b.*", re.IGNORECASE)),
)
_ATTACHED_NUMBER = re.compile(
    rf"(?P<number>(?:[IVXLCDM]+|\d+|[A-Z](?![\w’'])|[A-Z]{{2,8}}[\-–]\d+)"
    rf"(?:[\-–.]?(?:[A-Z]|\d+)(?!\w))?(?:\s?{_LATIN})?)(?:\s*[.:–—\-]\s*|\s+|$)(?P<title>.*)",
)


def attached(text: str) -> tuple[str, str, str] | None:
    """ELI word, printed number and title of an annex, appendix, protocol or declaration."""
    for word, pattern in _ATTACHED:
        if not (found := pattern.fullmatch(text)):
            continue
        rest = found["rest"] if word != "dcl" else ""
        if numbered := _ATTACHED_NUMBER.fullmatch(rest.replace("BIS", "bis")):
            return word, numbered["number"], numbered["title"]
        return word, "", rest
    return None


_MONTHS = {
    name: index
    for names in (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
    )
    for index, name in enumerate(names.split(), 1)
} | {"fevrier": 2, "aout": 8, "decembre": 12}
_DATE = re.compile(
    rf"\b(?P<day>[0-3]?\d)(?:\s?er)?\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>[12]\d{{3}})\b",
    re.IGNORECASE,
)


def date(text: str) -> str:
    """First full date of a text (ISO 8601), in either language; "" where there is none."""
    found = _DATE.search(text)
    if not found:
        return ""
    return f"{found['year']}-{_MONTHS[found['month'].lower()]:02}-{int(found['day']):02}"

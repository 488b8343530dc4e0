"""Names of EU acts: the CELEX number, and the addresses and wordings that lead to it.

>>> celex_of("http://data.europa.eu/eli/dir/2016/680/oj")
'32016L0680'
>>> work_of("32016L0680")
'celex:32016L0680'
>>> eurlex_link("22021A0430(01)", "nl")
'https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:22021A0430%2801%29'

A CELEX number is a sector, a year, a descriptor of one or two letters and a number:
``32016L0680``; then a serial where several acts share it, ``22021A0430(01)``; then the
corrigendum, ``32016R0679R(02)``, or, in sector 0, the date of a consolidated text,
``02016L0680-20160504``. Treaties (sector 1) and national measures (7, 8) have other forms,
which are not read here. How acts are called in a sentence is in :mod:`sources.wording`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, quote, unquote, urlsplit

from sources import wording
from sources.anchor import Lang
from sources.bilingual import Bilingual

_CELEX = re.compile(
    r"(?P<sector>[023456])(?P<year>(?:19[5-9]|20\d)\d)(?P<kind>[A-Z]{1,2})(?P<number>\d{4,5})"
    r"(?:\((?P<serial>\d{2})\))?(?:R\((?P<corrigendum>\d{2})\))?(?:-(?P<date>\d{8}))?",
    re.ASCII,
)
_PREFIX = re.compile(r"celex(?::|%3a)", re.IGNORECASE)

# Words of the European Legislation Identifier, and the descriptor they stand for. The first
# word of a descriptor is the one that a CELEX number is turned into.
_ELI_WORDS = {
    "reg": "R",
    "reg_impl": "R",
    "reg_del": "R",
    "dir": "L",
    "dir_impl": "L",
    "dir_del": "L",
    "dec": "D",
    "dec_impl": "D",
    "dec_del": "D",
    "dec_framw": "F",
    "reco": "H",
}
_ELI = re.compile(
    r"/eli/(?P<word>[a-z_]+)/(?P<year>(?:19[5-9]|20\d)\d)/(?P<number>[1-9]\d{0,3})"
    r"(?:/[a-z]{3}_[^/]+)*"
    r"(?:/(?P<date>\d{4}-\d{2}-\d{2}))?(?:/oj)?(?:/[a-z]{3}(?:/[a-z0-9]+)?)?/?",
    re.ASCII,
)
_EURLEX_PAGE = re.compile(
    r"/(?:legal-content/[A-Za-z]{2}(?:-[A-Za-z]{2}){0,2}/[A-Z]+(?:/[A-Z]+)?/?|LexUriServ/LexUriServ\.do)",
    re.ASCII,
)
_EURLEX = ("eur-lex.europa.eu", "www.eur-lex.europa.eu")


@dataclass(frozen=True, slots=True)
class Celex:
    """The parts of a CELEX number; ``serial``, ``corrigendum`` and ``date`` may be empty."""

    sector: str
    year: int
    kind: str
    number: str
    serial: str
    corrigendum: str
    date: str

    @property
    def day(self) -> str:
        """The date as ISO 8601, "" where there is none."""
        return self.date and f"{self.date[:4]}-{self.date[4:6]}-{self.date[6:]}"


def parse(celex: str) -> Celex:
    """The parts of a bare CELEX number; ``ValueError`` for anything else."""
    found = _CELEX.fullmatch(celex)
    if not found or not _consistent(found):
        raise ValueError(f"not a CELEX number: {celex!r}")
    return Celex(
        found["sector"],
        int(found["year"]),
        found["kind"],
        found["number"],
        found["serial"] or "",
        found["corrigendum"] or "",
        found["date"] or "",
    )


def _consistent(found: re.Match[str]) -> bool:
    """Consolidated texts, and they alone, have a date; and it is one of the calendar."""
    if (found["sector"] == "0") != bool(found["date"]):
        return False
    if not found["date"]:
        return True
    return found["corrigendum"] is None and _is_date(found["date"])


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def celex_of(text: str) -> str | None:
    """The CELEX number that ``text`` is, or None.

    Knows the bare number, ``celex:…``, ELI addresses, pages of eur-lex.europa.eu and resources
    of Cellar, in any case and percent-encoded. The whole text must be one of them: a number
    inside a sentence, or an address with two numbers, gives None.
    """
    text = text.strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        return _of_address(text)
    return _bare(text)


def _bare(text: str) -> str | None:
    if not text.isascii():
        return None
    number = unquote(_PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text).upper()
    try:
        parse(number)
    except ValueError:
        return None
    return number


def _of_address(text: str) -> str | None:
    try:
        address = urlsplit(text)
        host = (address.hostname or "").lower()
    except ValueError:
        return None
    if host == "data.europa.eu" or (host in _EURLEX and address.path.startswith("/eli/")):
        return _of_eli(unquote(address.path))
    if host in _EURLEX and _EURLEX_PAGE.fullmatch(address.path):
        return _of_query(address.query)
    resource = "/resource/celex/"
    if host == "publications.europa.eu" and address.path.startswith(resource):
        return _bare(address.path.removeprefix(resource))
    return None


def _of_query(query: str) -> str | None:
    fields = {key.lower(): values for key, values in parse_qs(query).items()}
    values = fields.get("uri", [])
    if len(values) != 1 or not _PREFIX.match(values[0]):
        return None
    # The old address of a page ended in language and format: CELEX:32016L0680:FR:HTML.
    return _bare(re.sub(r":[A-Z]{2}:[A-Z]+$", "", values[0], flags=re.IGNORECASE))


def _of_eli(path: str) -> str | None:
    found = _ELI.fullmatch(path)
    if not found or found["word"] not in _ELI_WORDS:
        return None
    act = f"{found['year']}{_ELI_WORDS[found['word']]}{int(found['number']):04d}"
    consolidated = (found["date"] or "").replace("-", "")
    return _bare(f"0{act}-{consolidated}" if consolidated else f"3{act}")


def eurlex_link(celex: str, lang: Lang) -> str:
    """Page of EUR-Lex for a person to open (robots get a challenge there, not the text)."""
    parse(celex)
    page = f"https://eur-lex.europa.eu/legal-content/{lang.upper()}/TXT/"
    return f"{page}?uri=CELEX:{quote(celex, safe='')}"


_OTHER_SECTORS = {
    "1": "a treaty", "7": "a national measure", "8": "a decision of a national court",
    "9": "a parliamentary question", "C": "a document of the Journal, series C",
    "E": "a document of EFTA",
}  # fmt: skip
_ANY_CELEX = re.compile(r"(?P<sector>[1789CE])(?:19[5-9]|20\d)\d[A-Z]{1,2}\S{0,40}", re.ASCII)


def what_celex(text: str) -> str:
    """What a CELEX number or its address leads to, in words, also where it is not fetched here.

    >>> what_celex("32016R0679R(02)"), what_celex("12016M/TXT"), what_celex("rapport.pdf")
    ('a corrigendum', 'a treaty', '')
    """
    if known := celex_of(text):
        parts = parse(known)
        return "a corrigendum" if parts.corrigendum else "an act or document of the EU"
    found = _ANY_CELEX.fullmatch(_number_in(text).upper())
    return _OTHER_SECTORS[found["sector"]] if found else ""


def eurlex_page(text: str) -> str:
    """Page of EUR-Lex for any CELEX number or its address, also of those that are not fetched."""
    number = quote(_number_in(text), safe="")
    return f"https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:{number}"


def _number_in(text: str) -> str:
    """The words after "CELEX:", or all of them."""
    return unquote(re.split(_PREFIX, text.strip(), maxsplit=1)[-1].partition("&")[0])


def work_of(celex: str) -> str:
    """Name of the work, as in its anchors; ``ValueError`` where it is not a CELEX number."""
    parse(celex)
    return f"celex:{celex}"


def corrected(work: str) -> str | None:
    """The act that a corrigendum corrects; None for the name of any other work.

    >>> corrected("celex:32016R0679R(02)"), corrected("celex:32016R0679")
    ('celex:32016R0679', None)
    """
    celex = _of_work(work)
    if celex is None or not parse(celex).corrigendum:
        return None
    return work_of(celex[: celex.rindex("R(")])


def consolidated(work: str) -> str | None:
    """The act that a consolidated text is of; None for the name of any other work.

    >>> consolidated("celex:02016L0680-20160504"), consolidated("celex:32016L0680")
    ('celex:32016L0680', None)
    """
    celex = _of_work(work)
    if celex is None or not parse(celex).date:
        return None
    return work_of(f"3{celex[1:].partition('-')[0]}")


def consolidated_texts(works: Iterable[str]) -> dict[str, list[str]]:
    """The consolidated texts of each act that are among some works, the newest first.

    >>> consolidated_texts(["celex:02016L0680-20160504", "celex:02016L0680-20180525", "loi-1"])
    {'celex:32016L0680': ['celex:02016L0680-20180525', 'celex:02016L0680-20160504']}
    """
    return _by_act(works, consolidated)


def corrigenda(works: Iterable[str]) -> dict[str, list[str]]:
    """The corrigenda of each act that are among some works, the newest first.

    >>> corrigenda(["celex:32016R0679R(01)", "celex:32016R0679R(02)", "loi-1"])
    {'celex:32016R0679': ['celex:32016R0679R(02)', 'celex:32016R0679R(01)']}
    """
    return _by_act(works, corrected)


def _by_act(works: Iterable[str], act_of: Callable[[str], str | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for work in sorted(set(works), reverse=True):
        if act := act_of(work):
            found.setdefault(act, []).append(work)
    return found


def day_of(work: str) -> str:
    """The day of a consolidated text (ISO 8601); "" for any other work."""
    return parse(celex).day if (celex := _of_work(work)) else ""


def _of_work(work: str) -> str | None:
    """The CELEX number in the name of a work; None where it has none."""
    return _bare(work) if _PREFIX.match(work) else None


def natural_names(celex: str, day: str = "", title: str = "") -> Bilingual | None:
    """How officials call the act, "directive (UE) 2016/680" / "Richtlijn (EU) 2016/680".

    ``day`` is the date of the act (ISO 8601): it decides between "CE" and "UE" in 2009 and
    between "CEE" and "CE" in 1993, years that had both. ``title`` is its full title: of two
    decisions, 2012/243/UE and n° 243/2012/UE, it tells which one the act is. None where
    the number does not tell a name (agreements, preparatory documents, case-law).
    """
    parts = parse(celex)
    if parts.sector not in "03" or (parts.serial and not title):
        return None
    first = re.search(rf"(?<![\w/]){int(parts.number)}/{parts.year}(?![0-9])", title)
    act = wording.Act(parts.kind, parts.year, parts.number, day, number_first=first is not None)
    return wording.natural(act, consolidated=parts.day, corrigendum=bool(parts.corrigendum))

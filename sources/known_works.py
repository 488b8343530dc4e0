"""Works that everybody cites by a name: treaties, constitutions, conventions, codes.

Which these are is data (``known_works.toml``). They have no number that a name could be made of, so
they stand beside the well-known acts (:func:`sources.catalogue.common_names`): they are known
whether they are here or not. What is added under the id of one of them, or with one of its names as
a title, is that work.

>>> place_of("http://data.europa.eu/eli/treaty/tfeu_2016/art_45/oj")
('celex:12016E', 'art_45')
>>> place_of("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:12012P/TXT")
('celex:12016P', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, unquote

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sources.anchor import LANGS, WORK, Lang
from sources.catalogue import DATA, Aliases, BilingualEntry
from sources.files import read_toml
from sources.folding import fold_to_line, letters_alone
from sources.names import celex_of, work_of

if TYPE_CHECKING:
    from sources.catalogue import Source

_TREATY = re.compile(r"(?P<celex>1\d{4}[A-Z])(?:/TXT|(?P<article>\d{3}))?", re.IGNORECASE)
_CELEX = re.compile(
    r"(?:^|[?&]uri=)(?:celex:)?(?P<number>1[^&#\s]*)(?:[&#]|$)"
    r"|/resource/celex/(?P<resource>1[^?#\s]*)$",
    re.IGNORECASE,
)
_ELI = re.compile(
    r"/eli/treaty/(?P<word>[a-z]+)(?:_\d{4})?(?:/art_(?P<article>\d+))?(?:/[^?#\s]*)?$",
    re.IGNORECASE,
)
_DAY = re.compile(r"^\d{1,2}(?:er)? \w+ \d{4} ?\W+ ?(?=\w)")  # before a title: "8 juin 1867. - "
_AS_CHANGED = re.compile(  # before a title: "Version consolidée du traité …"
    r"^(?:(?:version|texte) (?:consolide|coordonne)e? d(?:u |es |e la |e l'|e )"
    r"|(?:geconsolideerde|gecoordineerde) (?:versie|tekst) van )"
)
_ARTICLE = re.compile(r"^(?:l[ae] |l'|de |het )")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")  # behind it: "(version consolidée)"


def _work(text: str) -> str:
    if not WORK.fullmatch(text):
        raise ValueError(f"not the name of a work: {text!r}")
    return text


class KnownWork(BaseModel):
    """One of them. ``id`` is the work of its anchors; the file says what the others are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, AfterValidator(_work)]
    title: BilingualEntry
    names: Aliases
    beside: Aliases = Aliases()
    celex: tuple[str, ...] = ()
    eli: str = ""

    def url(self, lang: Lang) -> str | None:
        """Official page of a treaty, for a person; None for any other work."""
        if not self.celex:
            return None
        page = f"https://eur-lex.europa.eu/legal-content/{lang.upper()}/TXT/"
        return f"{page}?uri=CELEX:{quote(f'{self.celex[0]}/TXT')}"

    @property
    def everywhere(self) -> tuple[str, ...]:
        """What names it wherever that stands: in both languages, and the number of a treaty."""
        own = (n for la in LANGS for n in self.names[la])
        return tuple(dict.fromkeys([*own, *(f"{c}/TXT" for c in self.celex)]))

    @property
    def with_places(self) -> tuple[str, ...]:
        """What names it beside a place alone."""
        return tuple(dict.fromkeys(n for la in LANGS for n in self.beside[la]))


class _KnownWorks(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    work: tuple[KnownWork, ...] = Field(min_length=1)


@cache
def known_works() -> Mapping[str, KnownWork]:
    """All of them by id, in the order of the file."""
    found = read_toml(DATA / "known_works.toml", _KnownWorks, "a list of works").work
    return {work.id: work for work in found}


def same_as(sources: Iterable[Source]) -> dict[str, str]:
    """The texts of a catalogue that are known works, by the id of the work: that of its id, else
    the first that it is by its id, its titles or an alias.
    """
    texts = list(sources)
    found = {s.id: s.id for s in texts if s.id in known_works()}
    others = [(s.id, _bare(s.id), _called(s)) for s in texts if s.id not in found]
    for work in known_works().values():
        own = {_bare(n) for n in (*work.everywhere, *(work.title[la] for la in LANGS))}
        by_id = own.union(map(_bare, work.with_places))
        named = (i for i, bare, called in others if bare in by_id or not called.isdisjoint(own))
        if work.id not in found and (same := next(named, None)):
            found[work.id] = same
    return found


def _called(source: Source) -> set[str]:
    """The titles and aliases of a text."""
    each = ((source.title[la], source.short[la], *source.aliases[la]) for la in LANGS)
    return {_bare(name) for names in each for name in names}


def place_of(link: str) -> tuple[str, str] | None:
    """The treaty that a CELEX number or an address leads to, and the article; None for any other.

    >>> place_of("12016E045"), place_of("12016E/TXT"), place_of("32016L0680")
    (('celex:12016E', 'art_45'), ('celex:12016E', ''), None)
    """
    link = unquote(link)
    if eli := _ELI.search(link):
        named = (w for w in known_works().values() if w.eli == eli["word"].lower())
        article = eli["article"] or ""
    else:
        number = _CELEX.search(link)
        treaty = _TREATY.fullmatch(number["number"] or number["resource"]) if number else None
        if treaty is None:
            return None
        named = (w for w in known_works().values() if treaty["celex"].upper() in w.celex)
        article = treaty["article"] or ""
    work = next(named, None)
    return (work.id, f"art_{int(article)}" if article else "") if work else None


def id_of(name: str) -> str:
    """The id under which a work is added that an administrator calls so: a CELEX number is that of
    the treaty or the act, any other id stays.

    >>> id_of("12016E/TXT"), id_of("32031l0042"), id_of("jardins")
    ('celex:12016E', 'celex:32031L0042', 'jardins')
    """
    found = place_of(name)
    if found and not found[1]:
        return found[0]
    celex = celex_of(name)
    return work_of(celex) if celex else name


def _bare(title: str) -> str:
    """What a title says the work is, without its day, that it is consolidated, an article before it
    and what is in brackets behind it, in letters and figures alone.
    """
    own = _AS_CHANGED.sub("", _DAY.sub("", _BRACKETS.sub("", fold_to_line(title))))
    return letters_alone(_ARTICLE.sub("", own))

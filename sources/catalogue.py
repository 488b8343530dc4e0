"""The catalogue: every text that is known, as data (TOML), checked as a whole.

A text that ships has a folder of its own below ``sources/texts``, with everything that is about it
and nothing else; the ``source.toml`` in it is its entry, and those of the texts that it cites. What
an administrator adds or fetches goes into a file of the same form in the data folder.
"""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import tomlkit
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    RootModel,
    TypeAdapter,
    ValidationError,
)

from sources.anchor import LANGS, WORK, Lang
from sources.bilingual import Bilingual
from sources.errors import CatalogueError, UsageError, printable
from sources.files import read_text, read_toml, write_atomically
from sources.locks import locked
from sources.names import celex_of, corrected, eurlex_link, natural_names, work_of
from sources.references import act_of

DATA = Path(__file__).with_name("data")
TEXTS = Path(__file__).with_name("texts")
_CALLED = 120  # characters
_BEFORE_SUBJECT = re.compile(r"^.*?\b\d{1,2}(?:er)? \w+ \d{4}\b,? ?|^\D*\d+/\d+\S* ?", re.DOTALL)
_LAWMAKERS = re.compile(
    " du Parlement européen et du Conseil| van het Europees Parlement en de Raad", re.IGNORECASE
)
# What an act says that it is called, at the end of its title: («Rome II»), (règlement sur …).
_IN_TITLE = re.compile(
    r"\([«„“‘\"'\s]*"
    r"(?P<name>(?:(?<=[«„“‘\"'\s])|(?=(?:règlement|directive|loi|code|acte)\b)"
    r"|(?=(?:\w+ )?\w*(?:verordening|richtlijn|wet|wetboek)\b)|(?=\w+ [IVX]+\b))"
    r"[^()«»„”“‘’\"]{4,80}?)[»”’\"'\s]*\)(?:\s*\([^()]*\))*\s*$",
    re.IGNORECASE,
)
#: Letters and the number of a text in a series: "GPI 141", "OMG 2026/3".
_SERIES = re.compile(r"(?<![\w(])[A-Z]{2,6} \d[\d/.-]*(?![\w/.-])")
_REMARK = re.compile(r" ?\([^()]*\)$")  # "(refonte)", "(Texte présentant de l'intérêt pour l'EEE)"


def _work(text: str) -> str:
    if not WORK.fullmatch(text):
        raise ValueError(f"not the name of a work: {text!r}")
    return text


def _relative(text: str) -> str:
    if Path(text).is_absolute() or ".." in Path(text).parts:
        raise ValueError(f"must be a path below sources/texts: {text!r}")
    return text


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _shown(text: str) -> str:
    if printable(text) != text:
        raise ValueError(f"has control characters: {printable(text)!r}")
    return text


Shown = Annotated[str, Field(min_length=1), AfterValidator(_shown)]


class BilingualEntry(_Record):
    """A text in both languages."""

    fr: Shown
    nl: Shown

    def __getitem__(self, lang: Lang) -> str:
        return self.fr if lang == "fr" else self.nl

    def __str__(self) -> str:
        return f"{self.fr} / {self.nl}"


class Aliases(_Record):
    """Other names in both languages."""

    fr: tuple[Shown, ...] = ()
    nl: tuple[Shown, ...] = ()

    def __getitem__(self, lang: Lang) -> tuple[str, ...]:
        return self.fr if lang == "fr" else self.nl


_CommonNames = RootModel[dict[str, Aliases]]


class Links(_Record):
    """Official addresses, for people."""

    fr: HttpUrl
    nl: HttpUrl


Path_ = Annotated[str, AfterValidator(_relative)]


class ShippedFile(_Record):
    """A file that ships with the project: one language version as received."""

    lang: Lang
    layout: Path_
    path: Path_
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    provenance: str
    repairs: Path_ | None = None
    confusions: Path_ | None = None
    doubts: Path_ | None = None
    working: Path_ | None = None
    questions: tuple[Path_, ...] = ()

    @property
    def paths(self) -> list[str]:
        """All its files, below ``sources/texts``."""
        named = (self.layout, self.path, self.repairs, self.confusions, self.doubts, self.working)
        return [path for path in (*named, *self.questions) if path]


class Source(_Record):
    """An official text known to the catalogue. ``id`` is the work of its anchors.

    ``fetch`` is "cited" where the text is fetched by itself once a text that cites it is here;
    None where it is fetched or added by hand only. ``licence`` is one text where it is the same in
    both languages, or is told in one only. ``examples`` are questions that one passage of
    it answers whole, for a reader who begins.
    """

    id: Annotated[str, AfterValidator(_work)]
    kind: Literal["declaration", "agreement", "eu-act", "document"]
    date: str = Field("", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    title: BilingualEntry
    short: BilingualEntry
    aliases: Aliases = Aliases()
    celex: str | None = None
    eli: HttpUrl | None = None
    numac: str | None = Field(None, pattern=r"^\d{10}$")
    nor: str | None = None
    link: Links | None = None
    licence: BilingualEntry | str
    cited_by: tuple[str, ...] = ()
    fetch: Literal["cited"] | None = None
    file: tuple[ShippedFile, ...] = ()
    examples: Aliases = Aliases()

    def url(self, lang: Lang) -> str | None:
        """Official link for people, in the language asked for."""
        if self.celex:
            return eurlex_link(self.celex, lang)
        if self.link:
            return str(self.link.fr if lang == "fr" else self.link.nl)
        return None

    def names(self, lang: Lang) -> tuple[str, ...]:
        """Every name the text goes by in a language, the short title first."""
        own = (self.shown[lang], *self.aliases[lang])
        if not self.act:
            return tuple(dict.fromkeys((*own, *_SERIES.findall(self.title[lang]))))
        natural = natural_names(self.act)
        called = [] if corrected(work_of(self.act)) else _in_title(self.title[lang])
        return tuple(
            dict.fromkeys(
                (*own, *([natural[lang]] if natural else []), *self.common[lang], *called)
            )
        )

    @property
    def act(self) -> str | None:
        """CELEX number of the EU act that it is: its own, or that of the act whose number a title
        or another name of it begins with.
        """
        each = (n for la in LANGS for n in (self.title[la], *self.aliases[la]))
        return self.celex or next(filter(None, map(act_of, each)), None)

    @property
    def common(self) -> Aliases:
        """The names by which a well-known act goes (``common_names.toml``)."""
        return common_names().get(self.act or "", Aliases())

    @property
    def shown(self) -> Bilingual:
        """Short title."""
        return Bilingual(self.short.fr, self.short.nl)

    @property
    def called(self) -> Bilingual:
        """What who reads one passage of it has to know of the text.

        Its short title, the first common name of an act, and what the title adds, as far as
        there is room: "Directive 2014/67/UE relative à l'exécution de la directive 96/71/CE …".
        """
        return Bilingual(*map(self._called, LANGS))

    def _called(self, lang: Lang) -> str:
        short, title = self.short[lang], self.title[lang]
        if self.celex:
            names = (*self.aliases[lang], *self.common[lang])
            common = [n for n in names[:1] if n.casefold() not in short.casefold()]
            subject = _LAWMAKERS.sub("", _BEFORE_SUBJECT.sub("", _REMARK.sub("", title)))
            whole = " ".join([short, *(f"({name})" for name in common), subject])
        else:
            whole = title if short in title else f"{short}: {title}"
        return textwrap.shorten(whole, _CALLED, placeholder="")


@cache
def common_names() -> Mapping[str, Aliases]:
    """Names by which well-known acts go, by CELEX number, whether a catalogue has them or not."""
    return read_toml(DATA / "common_names.toml", _CommonNames, "a list of names").root


def _in_title(title: str) -> list[str]:
    """What the title of an act says that it is called, in brackets at its end.

    >>> _in_title("Règlement (CE) no 864/2007 … obligations non contractuelles («Rome II»)")
    ['Rome II']
    >>> _in_title("Directive 2010/31/UE sur la performance énergétique des bâtiments (refonte)")
    []
    """
    found = _IN_TITLE.search(title)
    return [found["name"].strip()] if found else []


class Catalogue:
    """Sources by id, in the order of their files."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_id = {s.id: s for s in sources}

    def __iter__(self) -> Iterator[Source]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, name: str) -> Source | None:
        """Source by id, or by CELEX number, ELI or EUR-Lex address."""
        if name in self._by_id:
            return self._by_id[name]
        celex = celex_of(name)
        return self._by_id.get(f"celex:{celex}") if celex else None

    def find(self, name: str) -> Source:
        """As :meth:`get`; ``UsageError`` where there is none."""
        source = self.get(name)
        if source is None:
            raise UsageError(
                "no such source in the catalogue", name, "See `python -m sources list`."
            )
        return source


def load(local: Path | None = None) -> Catalogue:
    """The shipped catalogue and, over it, the ``local`` one; every fault is reported at once."""
    sources, faults = _shipped()
    if local and local.exists():
        more, wrong = _read(local)
        present_ids = {s.id for s in sources}
        faults += wrong + [
            f"{local.name}: {s.id}: is in the shipped catalogue already"
            for s in more
            if s.id in present_ids
        ]
        sources += more
    faults += _inconsistencies(sources)
    if faults:
        raise CatalogueError(
            f"the catalogue has {len(faults)} fault(s)",
            "\n  - " + "\n  - ".join(faults),
            "Correct the entries.",
        )
    return Catalogue(sources)


def _shipped() -> tuple[list[Source], list[str]]:
    """The sources that ship, and the faults of their files."""
    sources: list[Source] = []
    faults: list[str] = []
    for path in sorted(TEXTS.glob("*/source.toml")):
        found, wrong = _read(path)
        sources += found
        faults += [f"{path.parent.name}/{fault}" for fault in wrong]
    return sources, faults


def _read(path: Path) -> tuple[list[Source], list[str]]:
    """Valid sources of a file, and the faults of the others."""
    try:
        raw = tomllib.loads(read_text(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [], [f"{path.name}: {error}"]
    faults = [f"{path.name}: unknown table: {key}" for key in raw if key != "source"]
    entries = raw.get("source", [])
    if not isinstance(entries, list):
        return [], [*faults, f"{path.name}: source must be a list of [[source]] tables"]
    sources: list[Source] = []
    for number, entry in enumerate(entries, 1):
        name = entry.get("id", f"entry {number}") if isinstance(entry, dict) else f"entry {number}"
        try:
            sources.append(TypeAdapter(Source).validate_python(entry))
        except ValidationError as error:
            faults += [
                f"{path.name}: {name}: {'.'.join(map(str, e['loc']))}: {e['msg']}"
                for e in error.errors()
            ]
    return sources, faults


def _inconsistencies(sources: list[Source]) -> list[str]:
    """Faults that only appear when all entries are compared."""
    faults: list[str] = []
    seen: set[str] = set()
    ids = {s.id for s in sources}
    for s in sources:
        if s.id in seen:
            faults.append(f"{s.id}: more than one entry has this id")
        seen.add(s.id)
        faults += [f"{s.id}: cited by an unknown source: {c}" for c in s.cited_by if c not in ids]
        if s.celex and (celex_of(s.celex) != s.celex or s.id != f"celex:{s.celex}"):
            faults.append(
                f"{s.id}: celex {s.celex!r} must be a CELEX number, and id celex:{s.celex}"
            )
        if s.fetch and not (s.celex and s.cited_by):
            faults.append(f"{s.id}: only an act with a CELEX number and cited_by can be fetched")
        if s.eli and celex_of(str(s.eli)) not in (None, s.celex):
            faults.append(f"{s.id}: {s.eli} is the address of another act")
        langs = [f.lang for f in s.file]
        if len(set(langs)) != len(langs):
            faults.append(f"{s.id}: two files of one language")
        for f in s.file:
            faults += [
                f"{s.id}: no such file in sources/texts: {path}"
                for path in f.paths
                if not (TEXTS / path).is_file()
            ]
    return faults


def add(local: Path, *sources: Source) -> None:
    """Add or replace entries of the local catalogue; safe beside other writers."""
    with _writing(local):
        entries = {s.id: s for s in (*_local(local), *sources)}
        _write(local, entries.values())


def remove(local: Path, work: str) -> bool:
    """Remove an entry of the local catalogue; False where it has none of that id.

    What it cites is no longer cited by it, and comes by itself for other texts alone.
    """
    with _writing(local):
        entries = {s.id: s for s in _local(local)}
        if entries.pop(work, None) is None:
            return False
        _write(local, [_no_longer_cited(s, work) for s in entries.values()])
        return True


def _no_longer_cited(source: Source, work: str) -> Source:
    rest = tuple(citing for citing in source.cited_by if citing != work)
    return source.model_copy(update={"cited_by": rest, "fetch": source.fetch if rest else None})


def _writing(local: Path) -> AbstractContextManager[None]:
    return locked(Path(f"{local}.lock"))


def ids(local: Path) -> frozenset[str]:
    """Ids of the local catalogue."""
    return frozenset(s.id for s in _local(local))


def _local(path: Path) -> list[Source]:
    if not path.exists():
        return []
    sources, faults = _read(path)
    if faults:
        raise CatalogueError(
            "the local catalogue is not valid", "; ".join(faults), f"Correct {path}."
        )
    return sources


def _write(path: Path, sources: Collection[Source]) -> None:
    if faults := _inconsistencies([*_shipped()[0], *sources]):
        raise CatalogueError(
            "the catalogue would no longer be valid", "; ".join(faults), "Nothing was written."
        )
    entries = [s.model_dump(mode="json", exclude_defaults=True) for s in sources]
    text = "# Texts added on this machine; written by `python -m sources`.\n\n"
    write_atomically(path, (text + tomlkit.dumps({"source": entries})).encode("utf-8"))

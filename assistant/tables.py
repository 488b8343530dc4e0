"""What a question asks of the tables of texts: a column, the rows that have a value, or two rows
held against each other.

Nothing is computed: what is listed are cells, in the order of their table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.answer_type import AnswerType
from assistant.empty_words import is_empty
from assistant.key_data import nouns_of_texts
from assistant.literal import asks_for_several
from assistant.message import LEADS, respect
from assistant.reviewed import sorts_in
from assistant.reviewed import table as reviewed
from assistant.table import Row, Table, tables_of
from index.tokens import Word, stem, stems, stems_of, words
from sources.anchor import LANGS, Lang
from sources.folding import blanked, fold, fold_in_place
from sources.model import CELLS

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from assistant.question import Question
    from index.build import Build
    from sources.model import Passage

_ASIDE = re.compile(r"\([^()]*\)")  # the unit of a column: "Prix (EUR)"
_PLURALS: dict[Lang, tuple[str, ...]] = {"fr": ("s", "x"), "nl": ("s", "n", "en")}
_HARD = {"z": "s", "v": "f"}  # at the end of a Dutch word
_BETWEEN = re.compile(r"\s*[,;/+&]\s*|\s+(?:et|en)\s+")  # what a cell has side by side
_KEPT = 10_000  # headings of columns whose words are kept
_SHORT = 12  # rows of a table that is given whole
_LONG = 6  # letters in which words of one family begin alike


@dataclass(frozen=True, slots=True)
class Listed:
    """A row in an answer, and what of it is asked for."""

    row: Row
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """What a question asks of the tables of a text.

    Attributes:
        heads: Of the columns that it asks for.
        values: That the rows have which it asks for; none where it asks for all of them.
        rows: These.
        is_listed: Is what is asked for what they have in these columns?
        is_sought: Has a reader to find in them what is asked for: the least, or what is not so?
        before: The passage right above them, where it speaks of what is asked for.
    """

    heads: tuple[str, ...]
    values: tuple[str, ...]
    rows: tuple[Listed, ...]
    is_listed: bool
    is_sought: bool
    before: Passage | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that a question compares.

    Attributes:
        name: As the question has it.
        rows: About it.
        words: Stems of those that say what it is, and not what is asked of it.
    """

    name: str
    rows: tuple[Row, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks of one table.

    Attributes:
        table: The table.
        columns: That it asks for.
        by: Stems of the words by which it does.
        is_listed: Does it ask for what is in these columns, and not for what the whole table is?
        values: That the rows have to have, by their columns.
    """

    table: Table
    columns: tuple[int, ...]
    by: frozenset[str]
    is_listed: bool
    values: Mapping[int, frozenset[str]]

    def rows(self) -> Iterator[Listed]:
        """The rows that are asked for."""
        for row in self.table.rows:
            cells = row.cells
            if all(not of.isdisjoint(_units(cells[k])) for k, of in self.values.items()):
                yield Listed(row, CELLS.join(self._label(cells)))

    def _label(self, cells: Sequence[str]) -> Iterator[str]:
        """How a row is called, and what it has in the columns that are asked for."""
        named_by = self.table.named_by
        yield from (cells[k] for k in self.columns if k < named_by)
        yield cells[named_by]
        yield from (cells[k] for k in self.columns if k > named_by)


class Tables:
    """The tables of the texts of a build."""

    def __init__(self, build: Build, mentions: Mentions) -> None:
        self._build, self._mentions = build, mentions

    def column(self, question: Question, works: Sequence[str]) -> Column | None:
        """The column, or the rows, that a question asks for; None where it asks for none, or may
        mean those of several texts.

        Args:
            question: What is asked.
            works: The texts that it may mean; all where there are none.
        """
        says, text = _says()[question.lang], self._without_names(question)
        extremes = says.extremes.search(text)
        wanted = AnswerType.of(question)
        counted = wanted.counted - stems_of(says.beside, question.lang)
        if not (extremes or asks_for_several(question) or wanted.names_amount):
            return None
        left = says.extremes.sub(" ", text)
        said = words(left, question.lang)
        found: dict[str, list[_Asked]] = {}
        for table in self._among(question.lang, works):
            asked = self._asked(table, question, said)
            if asked and counted <= asked.by:
                found.setdefault(table.work, []).append(asked)
        if len(found) != 1:
            return None
        (best,) = map(_best, found.values())
        heads = tuple(dict.fromkeys(a.table.heads[k] for a in best for k in a.columns))
        turns = {m.group() for m in says.turns.finditer(left)} - set(fold(" ".join(heads)).split())
        if is_sought := bool(extremes or turns):
            best = [replace(a, values={}) for a in best]
        values = tuple(dict.fromkeys(v for a in best for of in a.values.values() for v in of))
        rows = tuple(row for a in best for row in a.rows())
        is_listed = not is_sought and all(a.is_listed for a in best)
        return Column(heads, values, rows, is_listed, is_sought) if rows else None

    def duties(self, question: Question, works: Sequence[str]) -> Column | None:
        """All rows of the tables of a text that say who does what, where a question asks that and
        nothing more; None for any other, and where several texts have such tables.
        """
        lang, says = question.lang, _says()[question.lang]
        said = self._said_of_duties(question)
        if said is None or not (said or question.works or self._mentions.known.only_text):
            return None
        found: list[_Asked] = []
        for table in self._among(lang, works):
            known = table.around | self._names(question, table.work)
            each = enumerate(table.heads)  # the services that a price list is about do nothing
            owners = [
                k for k, h in each if k != table.named_by and says.owners & {*fold(h).split()}
            ]
            if owners and all(w in known for w in said):
                asked = _Asked(table, tuple(owners), frozenset(), is_listed=True, values={})
                found.append(asked)
        if len({asked.table.work for asked in found}) != 1:
            return None
        heads = dict.fromkeys(a.table.heads[k] for a in found for k in a.columns)
        rows = tuple(row for asked in found for row in asked.rows())
        return Column(tuple(heads), (), rows, is_listed=True, is_sought=False)

    def tasks(self, question: Question, work: str) -> frozenset[str]:
        """What a text may head the tasks of each, where a question asks who does what and nothing
        more; none for any other.
        """
        said = self._said_of_duties(question)
        is_all = said is not None and self._names(question, work).issuperset(said)
        return _says()[question.lang].tasks if is_all else frozenset()

    def _said_of_duties(self, question: Question) -> list[str] | None:
        """Stems of what a question says that asks who does what; None for any other."""
        lang, says = question.lang, _says()[question.lang]
        left, count = says.duties.subn(" ", self._without_names(question))
        content = (w for w in words(left, lang) if not is_empty(w, lang))
        return [w.stem for w in content if w.written not in says.beside] if count else None

    def compared(
        self, question: Question, works: Sequence[str]
    ) -> tuple[Side, ...] | Column | None:
        """The two rows, or columns, that a question compares, each with what tables of one text
        have of it; one of two sides may have nothing. None where it compares none, or may mean
        those of several texts.

        Args:
            question: What is asked.
            works: The texts that it may mean; all where there are none.
        """
        sides, said, in_what = sides_of(question)
        every = []
        for table in self._among(question.lang, works) if sides else ():
            names = self._names(question, table.work)
            if in_what and core(in_what, names, table.lang).isdisjoint(table.said):
                continue
            if held := _held(table, sides, names, len(said & (table.around | names))):
                every.append(held)
        is_whole = any(held.is_whole for held in every)
        every = [held for held in every if held.is_whole or not is_whole]
        every = [held for held in every if held.fit == max(h.fit for h in every)]
        if len({held.table.work for held in every}) != 1:
            return None
        if every[0].columns:
            return _side_by_side(every[0].table, every[0].columns)
        table = every[0].table
        beside = table.around - self._names(question, table.work)
        found_for = [
            Side(
                name,
                tuple(row for held in every for row in held.rows[n]),
                core(name, beside, question.lang),
            )
            for n, name in enumerate(sides)
        ]
        called = stems_of(
            chain.from_iterable(h.table.column(h.table.named_by) for h in every), question.lang
        )
        is_clear = all(side.rows or side.words.isdisjoint(called) for side in found_for)
        return tuple(found_for) if is_clear else None

    def with_rows(self, question: Question, cited: Sequence[Passage]) -> list[Passage]:
        """Passages of which the first is a row of a table, with the rows that have the values that
        the question names in their place, or all of a short table where it names a column of it
        and several rows are cited; any others as they are.
        """
        tables = self._by_work[cited[0].anchor.lang].get(cited[0].anchor.work, ())
        table = next((t for t in tables if t.rows[0].start == 0 and cited[0] in t.passages), None)
        if table is None:
            return list(cited)
        said = question.words_as(table.lang)
        values = _values(table, said, stems_of(table.heads, table.lang))
        if _says()[question.lang].turns.search(question.folded):
            values = {}
        asked = _Asked(table, (), frozenset(), is_listed=False, values=values)
        rows = [listed.row.passage for listed in asked.rows()]
        if not values or cited[0] not in rows:
            several = sum(p in table.passages for p in cited) > 1
            named = any(_matched(head, said, table.lang) for head in table.heads)
            rows = table.passages if several and named else [cited[0]]
        if not 1 < len(rows) <= _SHORT:
            return list(cited)
        heads = self._build.opening(cited[0])
        return [*rows, *(p for p in cited if p not in table.passages and p != heads)]

    def _among(self, lang: Lang, works: Sequence[str]) -> Iterator[Table]:
        """The tables in a language of some texts, or of all."""
        for work, tables in self._by_work[lang].items():
            if not works or work in works:
                yield from tables

    def _asked(self, table: Table, question: Question, said: Sequence[Word]) -> _Asked | None:
        """What a question asks of a table; None where it says more than the table can tell."""
        lang, says = question.lang, _says()[question.lang]
        nouns = nouns_of_texts(lang)  # "quels articles": of the text, not of a table in it
        naming = [w for w in said if w.written not in nouns]
        each = ((k, _matched(head, naming, lang)) for k, head in enumerate(table.heads))
        named = {k: by for k, by in each if by}
        named = {k: by for k, by in named.items() if not any(by < b for b in named.values())}
        if not named and any(w.written in says.prices for w in said):
            of_prices = frozenset(w.stem for w in said if w.written in says.prices)
            named = dict.fromkeys(table.prices, of_prices)
        if not named:
            return None
        title = self._mentions.texts.said_stems(question, table.work)
        values = _values(table, said, title | stems_of(table.heads, lang))
        values = {k: of for k, of in values.items() if k in named} or values
        columns = tuple(k for k in named if k not in values) or tuple(named)
        by = frozenset[str]().union(*named.values())
        of_values = stems_of(chain.from_iterable(values.values()), lang)
        known = title | table.around | by | of_values
        left = [
            w for w in said if w.stem in by or not (w.written in says.beside or is_empty(w, lang))
        ]
        if not all(_is_like(w.stem, known, lang) for w in left):
            return None
        is_named = question.works or self._mentions.known.only_text
        if not (is_named or any(w.stem not in by for w in left)):
            return None  # any text may have such a column
        is_of_rows = columns == (table.named_by,)
        asks_who = "who" in sorts_in("literal_asks", question.folded, lang)
        is_listed = left[0].stem in by | of_values and not (is_of_rows and asks_who)
        return _Asked(table, columns, by, is_listed, values)

    def _without_names(self, question: Question) -> str:
        """A question without the names of texts in it, in lower case and without accents."""
        return blanked(fold_in_place(question.text), question.names_of_texts)

    def _names(self, question: Question, work: str) -> frozenset[str]:
        """Stems of the words by which a question may name a text."""
        spans = question.mention.name if question.mention and work in question.works else ()
        named = (question.text[start:end] for start, end in spans)
        return self._mentions.texts.said_stems(question, work) | stems_of(named, question.lang)

    @cached_property
    def _by_work(self) -> dict[Lang, dict[str, list[Table]]]:
        found: dict[Lang, dict[str, list[Table]]] = {la: {} for la in LANGS}
        for (work, lang), group in groupby(self._build.passages, lambda p: p.anchor.work_lang):
            if tables := list(tables_of([p for p in group if p.is_in_force])):
                found[lang][work] = tables
        return found


def _best(every: Sequence[_Asked]) -> list[_Asked]:
    """Of the tables of a text, those that have what a question asks: its values, where one has
    them, and as many of its words as any.
    """
    of_values = [a for a in every if a.values] or every
    return [a for a in of_values if not any(a.by < other.by for other in of_values)]


def _matched(head: str, said: Sequence[Word], lang: Lang) -> frozenset[str]:
    """Stems of the words of a question that are of the heading of a column, where they name it."""
    noun, *rest = _parted(head, lang)
    if not noun:
        return frozenset()
    main = noun[0 if lang == "fr" else -1]
    by = {w.stem for w in said if _is_same(w, main, lang)}
    if not by:
        return frozenset()
    others = {w.stem for part in (noun, *rest) for w in part}
    return frozenset(by | {w.stem for w in said if w.stem in others})


@lru_cache(maxsize=_KEPT)
def _parted(head: str, lang: Lang) -> tuple[tuple[Word, ...], ...]:
    """The words of the heading of a column: of its noun, and of what follows a preposition.

    >>> [[w.written for w in part] for part in _parted("Montant de la prime (EUR)", "fr")]
    [['montant'], ['prime']]
    """
    parts = _says()[lang].leads.split(_ASIDE.sub("", head))
    return tuple(words(part, lang) for part in parts)


def _is_same(word: Word, other: Word, lang: Lang) -> bool:
    """Are two words forms of one, or is the other a Dutch compound that ends with the first?"""
    singulars = _singulars(word, lang)
    return other.stem in singulars or (
        lang == "nl" and any(len(one) >= _LONG and other.stem.endswith(one) for one in singulars)
    )


def _singulars(word: Word, lang: Lang) -> set[str]:
    """Stems of the words that a word may be the plural of, which the stemmer does not always see
    ("forfaits", "functies", "prijzen").
    """
    bare = {word.written.removesuffix(end) for end in _PLURALS[lang]}
    if lang == "nl":
        bare |= {b[:-1] + _HARD[b[-1]] for b in bare if b[-1:] in _HARD}
    elif word.written.endswith("aux"):
        bare |= {word.written[:-3] + end for end in ("al", "ail")}
    return {word.stem} | {stem(b, lang) for b in bare}


def _is_like(stem: str, known: frozenset[str], lang: Lang) -> bool:
    """Is a word among others, be it as another of its family ("compétence", "compétent")?"""
    return stem in known or any(_is_of_family(stem, other, lang) for other in known)


def _is_of_family(stem: str, other: str, lang: Lang) -> bool:
    """Do two stems begin alike? In Dutch a much longer one may be a compound, which is another
    thing.
    """
    short, long = sorted((len(stem), len(other)))
    alike = short - (short == long)
    is_compound = lang == "nl" and long > short + 1
    return alike >= _LONG and not is_compound and stem[:alike] == other[:alike]


def _values(
    table: Table, said: Sequence[Word], around: frozenset[str]
) -> dict[int, frozenset[str]]:
    """What cells have of which a question has every word, and what the text is called has not."""
    have = {w.stem for w in said}
    found = {}
    for k in range(len(table.heads)):
        units = set().union(*map(_units, table.column(k)))
        own = {unit: stems(unit, table.lang) for unit in units}
        fit = {unit: of for unit, of in own.items() if of and of <= have and not of <= around}
        if fit:
            wide = (u for u, of in fit.items() if not any(of < other for other in fit.values()))
            found[k] = frozenset(wide)
    return found


def _units(cell: str) -> set[str]:
    """A cell, and what it has side by side.

    >>> sorted(_units("Service Jeunesse et Zone de police"))
    ['Service Jeunesse', 'Service Jeunesse et Zone de police', 'Zone de police']
    """
    return {cell, *_BETWEEN.split(cell)}


@dataclass(frozen=True, slots=True)
class _Held:
    """What a table has of two sides that are compared.

    Attributes:
        table: The table.
        rows: About each of them.
        columns: That are these two; none where rows are.
        fit: How many words of the question stand above the table or are of the name of its text.
    """

    table: Table
    rows: tuple[tuple[Row, ...], ...]
    columns: tuple[int, ...]
    fit: int

    @property
    def is_whole(self) -> bool:
        """Has it both?"""
        return bool(self.columns) or all(self.rows)


def _held(table: Table, sides: Sequence[str], names: frozenset[str], fit: int) -> _Held | None:
    """What a table has of two sides, if anything."""
    called = table.column(table.named_by)
    beside = names | table.around
    rows = tuple(
        tuple(table.rows[k] for k in _called(called, side, beside, table.lang)) for side in sides
    )
    if all(rows) and rows[0] != rows[1]:
        return _Held(table, rows, (), fit)
    each = [_called(table.heads, side, names, table.lang) for side in sides]
    columns = tuple(chain.from_iterable(each))
    if len(set(columns)) == len(columns) == len(sides) and all(each):
        return _Held(table, rows, columns, fit)
    return _Held(table, rows, (), fit) if fit and any(rows) and not all(rows) else None


def _called(cells: Sequence[str], side: str, beside: frozenset[str], lang: Lang) -> list[int]:
    """The places of the cells that one side of a comparison calls by all of their words, else of
    those that have every word of it but for what stands beside.
    """
    said = stems(side, lang)
    own = [stems(cell, lang) for cell in cells]
    asked = [core(side, beside, lang, of) for of in own]
    each = range(len(own))
    if whole := [k for k in each if own[k] and own[k] <= said]:
        return [k for k in whole if not any(own[k] < own[other] for other in whole)]
    return [k for k in each if asked[k] and asked[k] <= own[k]]


def core(
    side: str, beside: frozenset[str], lang: Lang, own: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Stems of the words of one side of a comparison that say what it is: neither those beside nor
    measures, but for those of ``own``.
    """
    measures = tuple(_says()[lang].measures)
    ends = measures if lang == "nl" else ()  # "huurprijs" is a price
    return frozenset(
        w
        for w in stems(side, lang)
        if w in own or not (w in beside or w in measures or w.endswith(ends))
    )


def sides_of(question: Question) -> tuple[tuple[str, ...], frozenset[str], str]:
    """The two sides that a question compares, in its words, the stems of what it says of them, and
    in what they are compared, where it says that behind them; none for any other question.
    """
    says, text = _says()[question.lang], question.text.rstrip(" ?.!")
    for pattern in says.compares:
        if found := pattern.search(fold_in_place(text)):
            parts = [text[slice(*found.span(part))] for part in found.groupdict()]
            each = (text[slice(*found.span(side))].strip(" ,") for side in ("a", "b"))
            a, b = (says.links.sub("", side, count=1) for side in each)
            said = "" if respect(a, question.lang) else respect(b, question.lang)
            return (a, b.removesuffix(said)), stems_of([*parts, said], question.lang), said
    return (), frozenset(), ""


def _side_by_side(table: Table, columns: Sequence[int]) -> Column:
    """Two columns of a table, below the words right above it where these speak of both."""
    asked = _Asked(table, tuple(sorted(columns)), frozenset(), is_listed=True, values={})
    heads = tuple(table.heads[k] for k in asked.columns)
    before = table.before
    is_about = before is not None and all(
        stems(head, table.lang) <= stems(before.text, table.lang) for head in heads
    )
    return Column(
        heads,
        (),
        tuple(asked.rows()),
        is_listed=True,
        is_sought=False,
        before=before if is_about else None,
    )


class _Says(NamedTuple):
    """How tables are asked about in a language."""

    beside: frozenset[str]
    measures: frozenset[str]
    turns: re.Pattern[str]
    extremes: re.Pattern[str]
    duties: re.Pattern[str]
    owners: frozenset[str]
    tasks: frozenset[str]
    prices: frozenset[str]
    compares: tuple[re.Pattern[str], ...]
    links: re.Pattern[str]
    leads: re.Pattern[str]


@cache
def _says() -> dict[Lang, _Says]:
    raw: dict[str, Any] = reviewed("tables")
    return {
        la: _Says(
            frozenset(raw[la]["beside"]),
            stems_of(raw[la]["measures"], la),
            re.compile(raw[la]["turns"]),
            re.compile(raw[la]["extremes"]),
            re.compile(raw[la]["duties"]),
            frozenset(raw[la]["owners"]),
            frozenset(t for each in LANGS for t in raw[each]["tasks"]),
            frozenset(raw[la]["prices"]),
            tuple(map(re.compile, raw[la]["compares"])),
            re.compile(raw[la]["links"], re.IGNORECASE),
            re.compile(rf"\s(?:{'|'.join((*LEADS[la], 'par', 'per'))})\s|\s[dl]['’]"),
        )
        for la in LANGS
    }

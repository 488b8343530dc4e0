"""Tables with the French text in one column and the Dutch text in another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from sources.anchor import LANGS, Lang, other
from sources.model import CELLS
from sources.structure.blocks import Block, Role, counted, squeezed
from sources.structure.language import TELLS, language, side_by_side
from sources.structure.numbers import marker

_Of = TypeVar("_Of", bound=Hashable)  # what a format calls a table
_Cell = TypeVar("_Cell")
Columns = tuple[Lang | None, ...]
Table = Sequence[Sequence[str]]  # rows of cells


def languages(tables: Mapping[_Of, Table]) -> dict[_Of, Columns]:
    """The language of each column of each table that holds such a text.

    A small table beside others is read as they are, where its words do not say otherwise.

    >>> text = [["Les clés sont dans la caisse du hall.", "De kist van het huis bij een van hen."]]
    >>> languages({"head": [["Annexe", "Bijlage"]], "text": text, "data": [["12", "13"]]})
    {'head': ('fr', 'nl'), 'text': ('fr', 'nl')}
    """
    columns = {of: _columns(table) for of, table in tables.items()}
    sure = {of: side_by_side(texts) for of, texts in columns.items()}
    known = {len(langs): tuple(langs) for langs in sure.values() if langs}
    found = (
        (of, tuple(langs) if (langs := sure[of]) else _as_others(texts, known))
        for of, texts in columns.items()
    )
    return {of: langs for of, langs in found if langs}


def in_order(cells: Sequence[_Cell], langs: Columns) -> list[tuple[_Cell, Lang | None]]:
    """The cells of a row with their languages; those of both (None) before those of either.

    A row that has not all of them is in both.

    >>> in_order(["Le bac", "1°", "De pont"], ("fr", None, "nl"))
    [('1°', None), ('Le bac', 'fr'), ('De pont', 'nl')]
    """
    if len(cells) != len(langs):
        return [(cell, None) for cell in cells]
    return sorted(zip(cells, langs, strict=True), key=lambda both: both[1] is not None)


def heads_article(shared: Sequence[str]) -> bool:
    """Whether the words of both languages are the number of an article, which heads its texts."""
    head = marker(squeezed(" ".join(shared)))
    return head is not None and head.form == "article" and not head.rest


def rows_of(cells: Sequence[tuple[Block, Lang | None]]) -> Iterator[Block]:
    """A row of each language, of the cells that are in it or in both."""
    for lang in LANGS:
        own = [cell for cell, of in cells if of in {None, lang}]
        yield Block(
            CELLS.join(cell.text for cell in own),
            Role.ROW,
            notes=tuple(note for cell in own for note in cell.notes),
            doubts=tuple(dict.fromkeys(doubt for cell in own for doubt in cell.doubts)),
            lang=lang,
        )


def read_in_both(lines: Sequence[str]) -> tuple[str, ...]:
    """What is told of the lines over both columns whose words tell no language."""
    unclear = [line for line in lines if language(line, least=TELLS) is None]
    if not unclear:
        return ()
    told = "lines over both columns that tell no language are read in both"
    return (f"{told}: {counted([*map(squeezed, unclear)])}",)


def _columns(table: Table) -> list[str]:
    """The words of each column, of the rows that have all of them."""
    width = max(map(len, table), default=0)
    full = [row for row in table if len(row) == width]
    return [" ".join(words) for words in zip(*full, strict=True)] if width > 1 else []


def _as_others(texts: list[str], known: dict[int, Columns]) -> Columns | None:
    langs = known.get(len(texts))
    own = [language(text) for text in texts]
    if not langs or not any(own):
        return None
    for fits in (langs, tuple(lang and other(lang) for lang in langs)):
        if all(lang in {None, fit} for lang, fit in zip(own, fits, strict=True)):
            return fits
    return None

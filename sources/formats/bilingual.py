"""Tables with the French text in one column and the Dutch text in another."""

from __future__ import annotations

from collections.abc import Sequence

from sources.anchor import Lang, other
from sources.structure.blocks import counted, squeezed
from sources.structure.language import TELLS, language, side_by_side

Columns = tuple[Lang | None, ...]
Table = Sequence[Sequence[str]]  # rows of cells


def languages(tables: Sequence[Table]) -> list[Columns | None]:
    """The language of each column of each table; None for a table that is no such text.

    A small table beside others is read as they are, where its words do not say otherwise.

    >>> text = [["Les clés sont dans la caisse du hall.", "De kist van het huis bij een van hen."]]
    >>> languages([[["Annexe", "Bijlage"]], text, [["12", "13"]]])
    [('fr', 'nl'), ('fr', 'nl'), None]
    """
    columns = [_columns(table) for table in tables]
    sure = [side_by_side(texts) for texts in columns]
    known = {len(langs): tuple(langs) for langs in sure if langs}
    return [
        tuple(langs) if langs else _as_others(texts, known)
        for texts, langs in zip(columns, sure, strict=True)
    ]


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

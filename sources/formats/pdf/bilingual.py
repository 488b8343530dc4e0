"""Pages with the French text in one column and the Dutch text in the other, as official gazettes
print them: the lines of each language by themselves, in reading order. So are those of whole pages
in French and whole pages in Dutch.

Every page has a gutter of its own, and its own sides: what stands left and right of it is told by
its words. Where a page has too few of them (a last page, where one language has ended), it is read
as the page before. A row across the gutter belongs to the language of its words; one that has
both, parted by a dash or a stroke, gives each its part; one that tells no language goes to both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from sources.anchor import LANGS, Lang, other
from sources.formats.pdf.columns import Line, lines_between
from sources.formats.pdf.rows import Piece, Row, bounds, side
from sources.structure.language import language, side_by_side

_INNER = 0.25  # of the width: a gutter is not nearer than this to an edge
_CANDIDATES = 20  # places where words start that are tried on each page, the most usual ones
_ACROSS = 0.5  # of the letters of a page: the most that may stand across its gutter
_WIDE = 0.6  # of the size: the least width of a gutter
_INDENT = 0.25  # of the width of the left column: what may stand before a line of it
_STEP = 1.5  # of the size: lines of one paragraph are not further apart
_TELLING = 4  # words that tell the language of a page, at the least
_EMPTY = 12  # words of a page that may tell none
_AS_LONG = 2  # times as many words: the most that the one language may have
_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"\s+[—–|/-]\s+")


@dataclass(frozen=True, slots=True)
class _Sides:
    """The gutter of a page, from its left edge to its right one, and the language left of it.

    ``margin`` is up to where a line of the left column may begin; where nothing stands beside it,
    it may be longer than those that have something beside them.
    """

    start: float
    end: float
    margin: float
    left: Lang

    def parted(self, row: Row) -> dict[Lang, tuple[Piece, ...]] | None:
        """What a row has in either language; None for one that stands across the gutter.

        A row of a drawn table is one piece, and stands across.
        """
        if not row.runs:
            return None
        left = [run for run in row.runs if bounds(run)[1] <= self.start]
        right = [run for run in row.runs if bounds(run)[0] >= self.end]
        if not right and self._is_left(row):
            left = row.runs
        elif len(left) + len(right) < len(row.runs):
            return None
        return {self.left: side(row, left), other(self.left): side(row, right)}

    def _is_left(self, row: Row) -> bool:
        edges = [bounds(run) for run in row.runs]
        return min(a for a, _ in edges) <= self.margin and max(b for _, b in edges) < self.end


@dataclass(slots=True)
class Columns:
    """The lines of each language, page by page, and the rows whose language is not known."""

    lines: dict[Lang, list[list[Line]]]
    unclear: list[str] = field(default_factory=list)


def parted(pages: Sequence[list[Row]]) -> Columns | None:
    """The two texts of a document that has both side by side; None for any other."""
    known = [_sides(page) for page in pages]
    if not any(known):
        return None
    found = Columns({lang: [] for lang in LANGS})
    at = next(sides for sides in known if sides)
    for number, (page, sides) in enumerate(zip(pages, known, strict=True), 1):
        at = sides or _turned(page, at)
        _page(page, at, number, found)
    return found


def by_page(pages: Sequence[list[Row]]) -> dict[Lang, list[int]] | None:
    """The pages of either language, from 0, where whole pages have the one text and the other.

    They are two texts where both are about as long and have the same numbers; a page with few words
    that tells no language is of both.
    """
    texts = [" ".join(row.text for row in page) for page in pages]
    told = [language(text, least=_TELLING) for text in texts]
    if any(
        not lang and len(words.split()) > _EMPTY for lang, words in zip(told, texts, strict=True)
    ):
        return None
    own = {
        lang: " ".join(words for one, words in zip(told, texts, strict=True) if one == lang)
        for lang in LANGS
    }
    fewer, more = sorted(len(words.split()) for words in own.values())
    numbers = [Counter(_NUMBER.findall(words)) for words in own.values()]
    shared = (numbers[0] & numbers[1]).total()
    if fewer * _AS_LONG < more or 2 * shared < max(n.total() for n in numbers) or not shared:
        return None
    return {lang: [at for at, one in enumerate(told) if one in {lang, None}] for lang in LANGS}


def _turned(page: list[Row], before: _Sides) -> _Sides:
    """The sides of a page with few words: as before it, or the reverse where its words say so."""
    parts = [part for row in page if (part := before.parted(row))]
    told = {
        lang: language(" ".join(piece.text for part in parts for piece in part[lang]))
        for lang in LANGS
    }
    against = any(said == other(lang) for lang, said in told.items())
    agrees = any(said == lang for lang, said in told.items())
    return replace(before, left=other(before.left)) if against and not agrees else before


def _sides(page: list[Row]) -> _Sides | None:
    """The gutter of a page of two languages: where most words stand beside it."""
    total = sum(len(row.text) for row in page)
    best: tuple[int, _Sides] | None = None
    for gutter in _gutters(page):
        parts = [part for row in page if (part := _Sides(*gutter, "fr").parted(row))]
        left = " ".join(piece.text for part in parts for piece in part["fr"])
        right = " ".join(piece.text for part in parts for piece in part["nl"])
        beside = len(left) + len(right)
        if beside < (1 - _ACROSS) * total or (best and beside <= best[0]):
            continue
        langs = side_by_side([left, right])
        if langs and (first := langs[0]):
            best = beside, _Sides(*gutter, first)
    return best[1] if best else None


def _gutters(page: list[Row]) -> Iterator[tuple[float, float, float]]:
    """Strips that may part two columns: words start right of them.

    Each with the place up to where a line left of it may begin.
    """
    page = [row for row in page if row.runs]
    edges = [[bounds(run) for run in row.runs] for row in page]
    if not page:
        return
    first, last = min(a for row in edges for a, _ in row), max(b for row in edges for _, b in row)
    margin = _INNER * (last - first)
    starts = Counter(round(start) for row in edges for start, _ in row)
    for x, _ in starts.most_common(_CANDIDATES):
        if not first + margin <= x <= last - margin:
            continue
        place = x - 1.0
        ends = [
            end
            for row, found in zip(page, edges, strict=True)
            for end in [max((b for _, b in found if b <= place), default=first)]
            if place - end >= _WIDE * row.size and any(abs(a - x) < 1.5 for a, _ in found)
        ]
        if ends:
            yield max(ends), place, first + _INDENT * (max(ends) - first)


def _page(page: list[Row], sides: _Sides, number: int, found: Columns) -> None:
    """Add the lines of a page to each language."""
    own: dict[Lang, list[tuple[bool, tuple[Piece, ...]]]] = {lang: [] for lang in LANGS}
    parts = _parts(page, sides)
    for over, some in groupby(zip(page, parts, strict=True), key=lambda row: row[1] is None):
        rows = list(some)
        if over:
            for lang, whole in _spanning([row for row, _ in rows], found):
                own[lang].append((True, whole))
        for _, both in rows:
            for lang, pieces in (both or {}).items():
                own[lang] += [(False, pieces)] if pieces else []
    for lang in LANGS:
        lines: list[Line] = []
        for column, (_, part) in enumerate(groupby(own[lang], key=lambda row: row[0])):
            lines += lines_between([row for _, row in part], number, column)
        found.lines[lang].append(lines)


def _parts(page: list[Row], sides: _Sides) -> list[dict[Lang, tuple[Piece, ...]] | None]:
    """What each row has in either language; None for those across the gutter.

    The short last line of a paragraph that stands across does so too, and every line of a page of
    one column.
    """
    found = [sides.parted(row) for row in page]
    letters = [len(row.text) for row in page]
    across = sum(n for n, part in zip(letters, found, strict=True) if part is None)
    if across > _ACROSS * sum(letters):
        return [None] * len(page)
    for index, row in enumerate(page[1:], 1):
        above, below = page[index - 1], page[index + 1 : index + 2]
        ends = not below or row.y - below[0].y > _STEP * row.size
        near = above.y - row.y <= _STEP * row.size
        if found[index - 1] is None and near and ends and row.pieces[-1].end <= sides.start:
            found[index] = None
    return found


def _spanning(rows: list[Row], found: Columns) -> Iterator[tuple[Lang, tuple[Piece, ...]]]:
    """The rows over both columns, each with its language; one in both languages is divided.

    A row that tells none goes on in the language of the words before it.
    """
    whole = language(" ".join(row.text for row in rows))
    last, above = None, rows[0]
    for row in rows:
        parts = _PARTS.split(row.text)
        langs = [language(part) for part in parts]
        goes_on = above.size == row.size and above.y - row.y <= _STEP * row.size
        one = language(row.text) or whole or (last if goes_on else None)
        if set(LANGS) <= set(langs):
            told = list(zip(parts, langs, strict=True))
            for lang in LANGS:
                words = " — ".join(part for part, own in told if own in {lang, None})
                yield lang, (_merged(row, words),)
        elif one:
            yield one, row.pieces
        else:
            if any(sign.isalpha() for sign in row.text):
                found.unclear.append(row.text)
            yield from ((lang, row.pieces) for lang in LANGS)
        last, above = langs[-1] or one, row


def _merged(row: Row, text: str) -> Piece:
    first, last = row.pieces[0], row.pieces[-1]
    bold = min(piece.bold for piece in row.pieces)
    return Piece(text, first.x, last.end, row.y, row.size, bold)

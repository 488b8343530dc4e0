"""Footnotes of a PDF page: small type at the end of a column, called from the text by a figure.

Below the short line that Word and LibreOffice draw above notes they may have the size of the text.
A line is a note only where its number is called on the same page, or on the one before and not
noted there, or follows one that is, or where it goes on with a note that the page before leaves in
the middle of a sentence; other small type stays text. A note that nothing calls is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from sources.formats.hyphens import Words
from sources.formats.omissions import Omissions
from sources.formats.pdf.columns import Line
from sources.formats.pdf.paths import Box
from sources.formats.pdf.signs import SHARED
from sources.formats.raised import AGAIN, CALL, answered, calls, in_turn

_SMALL = 0.93  # of the body's size
_THIN, _NEAR, _LEAST = 2.5, 4.0, 50.0  # points: of the line above notes, from the edge, its width
_SHORT = 0.5  # of the width of the column, which it takes at the most
_CLEAR = 0.4  # of the size: a line that is nearer below words underlines them
_FAR = 3.0  # of the size, above notes that stand alone in a column
_MARK = re.compile(
    "(?:[(\\[]?\ue000(?P<call>.*?)\ue001[)\\]]?|\\(?(?P<plain>\\d{1,3}|\\*{1,3}|[†‡])\\)?[.\\s])\\s*"
)
# Calls that are not raised.
_STARS = re.compile(r"(?<=\()\*{1,3}(?=\))|(?<=\w)[†‡]")
_STARRED = re.compile(r"\s*\((\*{1,3})\)|(?<=\w)([†‡])")
_IN_BRACKETS = r"(?<=[^\W\d_]) ?\({}\)"
_ENDS = tuple(".!?;»”")

UNCALLED = "notes that nothing in the text calls"

Footnotes = dict[str, str]  # by their sign; those of a margin too
Found = dict[str, list[str]]  # the lines of each note


def notes_of(
    pages: Sequence[tuple[Sequence[Line], Sequence[Box]]],
    body: float,
    words: Words,
    omissions: Omissions,
) -> tuple[list[Line], dict[int, Footnotes]]:
    """The lines of all pages without their footnotes, and those of each page by their number.

    Each page comes with what it draws.
    """
    kept: list[Line] = []
    found: dict[int, Found] = {}
    before: list[str] = []  # the last note of the page before
    waiting: set[str] = set()  # what that page calls, and has no notes for
    for number, (page, drawn) in enumerate(pages, 1):
        open_note = before if before and not before[-1].endswith(_ENDS) else None
        rest, found[number] = _without_notes(page, drawn, body, open_note, waiting)
        rest = _called_in_turn(rest, found[number])
        called = {n for line in rest for n in calls(line.text)}
        called |= {n for line in rest for n in _STARS.findall(line.text)}
        before = next(reversed(found[number].values()), [])
        for sign in waiting & found[number].keys() - called:
            found[number - 1][sign] = found[number].pop(sign)
        waiting = called - found[number].keys()
        for sign, text in found[number].items():
            if sign not in called and not _called_in_brackets(rest, sign):
                omissions.add(UNCALLED, f"{sign} {words.join(text)}")
        kept += rest
    joined = {
        page: {number: words.join(text) for number, text in notes.items()}
        for page, notes in found.items()
    }
    return kept, joined


def _called_in_turn(lines: list[Line], notes: Found) -> list[Line]:
    """The lines of a page with a sign of its own for each call, where several notes have one sign.

    Each call has its note in turn, where there are as many; else all have all of these notes, and
    a doubt.
    """
    for sign in sorted({key.partition(AGAIN)[0] for key in notes if AGAIN in key}):
        own = [key for key in notes if key.partition(AGAIN)[0] == sign]
        counts = [calls(line.text).count(sign) for line in lines]
        if sum(counts) == len(own):
            ends = accumulate(counts)
            each = (own[end - count : end] for count, end in zip(counts, ends, strict=True))
            lines = [_resigned(line, sign, keys) for line, keys in zip(lines, each, strict=True)]
        else:
            notes[sign] = [text for key in own for text in notes.pop(key)]
            lines = [
                _doubted(line) if count else line for line, count in zip(lines, counts, strict=True)
            ]
    return lines


def _resigned(line: Line, sign: str, keys: Sequence[str]) -> Line:
    """A line whose calls with one sign have these in turn."""
    (text,), cells = in_turn([line.text], sign, keys), in_turn(line.cells, sign, keys)
    return replace(line, text=text, cells=tuple(cells))


def _doubted(line: Line) -> Line:
    """A line with the sign of a doubt which of several notes it calls."""
    cells = (*line.cells[:-1], line.cells[-1] + SHARED)
    return replace(line, text=line.text + SHARED, cells=cells)


def _called_in_brackets(lines: list[Line], sign: str) -> bool:
    """Make a call of the one place that has the number of a note in brackets: "heures (2)"."""
    bracket = re.compile(_IN_BRACKETS.format(re.escape(sign)))
    found = [at for at, line in enumerate(lines) for _ in bracket.finditer(line.text)]
    if len(found) != 1:
        return False
    line = lines[found[0]]
    call = CALL.format(sign)
    lines[found[0]] = replace(
        line,
        text=bracket.sub(call, line.text),
        cells=tuple(bracket.sub(call, cell) for cell in line.cells),
    )
    return True


def _without_notes(
    lines: Sequence[Line],
    drawn: Sequence[Box],
    body: float,
    open_note: list[str] | None,
    waiting: set[str],
) -> tuple[list[Line], Found]:
    """The lines of one page without its footnotes; small lines before them end an open one."""
    kept: list[Line] = []
    notes: Found = {}
    for _, group in groupby(lines, key=lambda line: line.column):
        column = list(group)
        start = len(column)
        while start > 0 and _may_be_note(column[start - 1], body):
            start -= 1
        called = {n for line in lines for n in calls(line.text)[_starts(line) :]}
        called |= waiting | {n for line in column[:start] for n in _STARS.findall(line.text)}
        ruled = _below_rule(column, drawn, called)
        first = min(start + _before_first(column[start:], called), ruled)
        start = min(start, first)
        if open_note is not None and first > start > 0 and column[start].text[:1].islower():
            open_note += [line.text for line in column[start:first]]
            open_note = None
        else:
            start = first
        end = _end(column, first)
        kept += column[:start] + column[end:]
        _collect(column[first:end], called, notes)
    return kept, notes


def _may_be_note(line: Line, body: float) -> bool:
    return line.size <= _SMALL * body and not line.row


def _below_rule(column: list[Line], drawn: Sequence[Box], called: set[str]) -> int:
    """Where notes begin below a short line at the left edge; the end where they do not."""
    numbers = [_number(line) for line in column]
    last = max((at for at, number in enumerate(numbers) if number in called), default=-1)
    for at, line in enumerate(column[: last + 1]):  # a note that is called stands there or below
        above = column[at - 1].y - _CLEAR * line.size if at else line.y + _FAR * line.size
        if numbers[at] and any(
            line.y < bottom < above
            and top - bottom <= _THIN
            and min(abs(left - line.left), abs(left - line.x)) <= _NEAR
            and _LEAST <= right - left <= _SHORT * (line.right - line.left)
            for left, bottom, right, top in drawn
        ):
            return at
    return len(column)


def _end(column: list[Line], first: int) -> int:
    """Where notes end that begin at a line: at a table, or at larger type below them."""
    below = enumerate(column[first:], first)
    ends = (at for at, line in below if line.row or line.size > column[first].size / _SMALL)
    return next(ends, len(column))


def plain(text: str, notes: Footnotes) -> tuple[str, list[str]]:
    """A line without the calls whose note is known, and those notes; other calls stay."""
    if any(star in notes for star in _STARS.findall(text)):
        text = _STARRED.sub(lambda call: CALL.format(call[1] or call[2]), text)
    return answered(text, notes)


def _starts(line: Line) -> int:
    """1 where the line begins with a raised number: that is a note, not a call."""
    return int(line.text.lstrip("([").startswith("\ue000"))


def _number(line: Line) -> str:
    mark = _MARK.match(line.text)
    return (mark["call"] or mark["plain"]) if mark else ""


def _before_first(tail: list[Line], called: set[str]) -> int:
    """Where the notes begin; a number that comes twice is that of a list in small type at first."""
    numbers = [_number(line) for line in tail]
    first = next((number for number in numbers if number in called), None)
    return len(tail) if first is None else max(i for i, n in enumerate(numbers) if n == first)


def _collect(tail: list[Line], called: set[str], notes: Found) -> None:
    number = key = ""
    for line in tail:
        own = _number(line)
        follows = own.isdigit() and number.isdigit() and int(own) == int(number) + 1
        if own and (own in called or follows or not number):
            times = sum(known.partition(AGAIN)[0] == own for known in notes)
            number, key = own, f"{own}{AGAIN}{times + 1}" if times else own
            notes[key] = [_MARK.sub("", line.text, count=1)]
        else:
            notes[key].append(line.text)

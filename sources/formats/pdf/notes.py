"""Footnotes of a PDF page: small type at the end of a column, called from the text by a figure.

A line is a note only where its number is called on the same page, or follows one that is, or where
it goes on with a note that the page before leaves in the middle of a sentence; other small type
stays text. A note that nothing calls is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from sources.formats.hyphens import Words
from sources.formats.omissions import Omissions
from sources.formats.pdf.columns import Line
from sources.formats.raised import CALL, answered, calls

_SMALL = 0.93  # of the body's size
_MARK = re.compile(
    "(?:\ue000(?P<call>.*?)\ue001|\\(?(?P<plain>\\d{1,3}|\\*{1,3}|[†‡])\\)?[.\\s])\\s*"
)
# Calls that are not raised.
_STARS = re.compile(r"(?<=\()\*{1,3}(?=\))|(?<=\w)[†‡]")
_STARRED = re.compile(r"\s*\((\*{1,3})\)|(?<=\w)([†‡])")
_IN_BRACKETS = r"(?<=[^\W\d_]) ?\({}\)"
_ENDS = tuple(".!?;»”")

UNCALLED = "notes that nothing in the text calls"

Notes = dict[str, str]
Found = dict[str, list[str]]  # the lines of each note


def notes_of(
    pages: Sequence[Sequence[Line]], body: float, words: Words, omissions: Omissions
) -> tuple[list[Line], dict[int, Notes]]:
    """The lines of all pages without their footnotes, and those of each page by their number."""
    kept: list[Line] = []
    found: dict[int, Found] = {}
    before: list[str] = []  # the last note of the page before
    for number, page in enumerate(pages, 1):
        open_note = before if before and not before[-1].endswith(_ENDS) else None
        rest, found[number] = _without_notes(page, body, open_note)
        called = {n for line in rest for n in calls(line.text)}
        called |= {n for line in rest for n in _STARS.findall(line.text)}
        for sign, text in found[number].items():
            if sign not in called and not _called_in_brackets(rest, sign):
                omissions.add(UNCALLED, f"{sign} {words.join(text)}")
        kept += rest
        before = next(reversed(found[number].values()), [])
    joined = {
        page: {number: words.join(text) for number, text in notes.items()}
        for page, notes in found.items()
    }
    return kept, joined


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
    lines: Sequence[Line], body: float, open_note: list[str] | None
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
        called |= {n for line in column[:start] for n in _STARS.findall(line.text)}
        first = start + _before_first(column[start:], called)
        if open_note is not None and first > start > 0 and column[start].text[:1].islower():
            open_note += [line.text for line in column[start:first]]
            open_note = None
        else:
            start = first
        kept += column[:start]
        _collect(column[first:], called, notes)
    return kept, notes


def _may_be_note(line: Line, body: float) -> bool:
    return line.size <= _SMALL * body and not line.row


def plain(text: str, notes: Notes) -> tuple[str, list[str]]:
    """A line without the calls whose note is known, and those notes; other calls stay."""
    if any(star in notes for star in _STARS.findall(text)):
        text = _STARRED.sub(lambda call: CALL.format(call[1] or call[2]), text)
    return answered(text, notes)


def _starts(line: Line) -> int:
    """1 where the line begins with a raised number: that is a note, not a call."""
    return int(line.text.startswith("\ue000"))


def _number(line: Line) -> str:
    mark = _MARK.match(line.text)
    return (mark["call"] or mark["plain"]) if mark else ""


def _before_first(tail: list[Line], called: set[str]) -> int:
    """Where the notes begin; a number that comes twice is that of a list in small type at first."""
    numbers = [_number(line) for line in tail]
    first = next((number for number in numbers if number in called), None)
    return len(tail) if first is None else max(i for i, n in enumerate(numbers) if n == first)


def _collect(tail: list[Line], called: set[str], notes: Found) -> None:
    number = ""
    for line in tail:
        own = _number(line)
        follows = own.isdigit() and number.isdigit() and int(own) == int(number) + 1
        if own and (own in called or follows):
            number = own
            notes[number] = [_MARK.sub("", line.text, count=1)]
        else:
            notes[number].append(line.text)

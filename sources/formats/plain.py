"""Reader of plain text: its lines into blocks.

Blank lines part paragraphs, but for one in the middle of a sentence. Text that is wrapped (no
line beyond 160 characters) also begins a new paragraph where a line starts with a number or a
sign, and where the line before had room for the first word of the next one; in other text every
line is a paragraph. Lines in columns are rows of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise

from sources.dates import is_dateline, promulgated
from sources.formats.aligned import in_columns, moved, rows, separated, untabbed
from sources.formats.charset import decoded
from sources.formats.copied import without_copied
from sources.formats.hyphens import Words
from sources.formats.omissions import LAID_OUT, PAGE, Omissions
from sources.formats.paged import without_contents, without_running
from sources.structure.blocks import Block, Role, counted, squeezed, with_degrees
from sources.structure.calls import OF_NOTE
from sources.structure.document import Content
from sources.structure.formulas import awaits_number, leaves_open
from sources.structure.numbers import BULLETS, Form, Marker, marker, named, readings

_WRAPPED = 160  # characters; a longer line is a whole paragraph
_ENDS = ".;:!?»”"
_UNDERLINE = re.compile(r"(=|-|_|\*){3,}\s*$")
_COUNTED = re.compile(r"\s*(?P<number>\d{1,5})(?P<words>|\s.*)")
_TABBED = re.compile(r"^(\d{1,2})\t+(?=[^\W\d_][^\t\n]*$)", re.MULTILINE)  # a number and one tab
_LEAST = 5  # lines that have numbers
_LABELLED = re.compile(r"[^\W\d_][^:.]{1,30}:\s+\S|[A-ZÀ-Ý][^:.]{1,30}:$")
_GAP = re.compile(r"\S\s{3,}\S")  # between words that stand in columns
# Dots that lead to a value ("zaal 1 ........ 80"), but not to further ones, as those to write on.
_LED = re.compile(
    r"\s*\S.*?[^\s.:]\s*(?:\.{4,}|(?:\. ){4,}|…{2,})\s*(?!.*\.{4})[^\s.:…][^:…]{0,29}$"
)
_NARROW = 60  # characters that a line of wrapped text has at the least
_SHORT = 0.75  # of a full line
_MANY = 6  # short lines that may be the cells of a table
_ONE_BELOW = "short lines one below the other, which may be the cells of a table"
_PROSE = 30  # characters of a line that may be a part of a sentence
_FREE = {"article", "division"}  # begin a paragraph whatever number they have, and may have a title
_SKIPPED = 3  # numbers of a list that may lack
_AHEAD = 20  # lines in which the second item of a list is looked for
_MARKED = re.compile(r"~~\S[^\n]*?~~|\*\*\S[^\n*]*\*\*|<!--")
_AS_WORDS = (
    "signs of Markdown for bold or struck-out text or comments are read as words: "
    "give the file a name that ends in .md, and add that"
)
_SIGN = re.compile(rf"\s*[{BULLETS}]\s*")
_BOX = re.compile(r"\[[ xX]\]\s+\S")  # of what is ticked or not
_PAGE = re.compile(r"[–—-]?\s?\d{1,3}(?:\s?/\s?\d{1,3})?\s?[–—-]?")
_SENTENCES = 4  # that tell whether a text is wrapped
_CAPITALS = 8  # letters of a line in capitals
_MARKDOWN = re.compile(r"(?P<level>#{1,6})\s+(?P<text>\S.*?)\s*#*$")


def read_text(data: bytes, name: str = "") -> Content:
    """Read a plain text; ``ReadError`` where the bytes are not text."""
    text, warnings = decoded(data, name)
    omissions = Omissions()
    text = _without_numbers(without_running(text, omissions), omissions)
    text = _with_points(text)
    if unsure := moved(text):
        warnings = (*warnings, _moved(unsure))
    lines = without_copied(untabbed(separated(text)).splitlines(), omissions)
    lines = without_contents(lines, omissions)
    lines, apart = _with_signs(lines)
    if apart:
        warnings = (*warnings, f"signs of items that stand apart from their words: {apart}")
    if across := in_columns(lines):
        warnings = (*warnings, _in_columns(across))
    if _MARKED.search(text):
        warnings = (*warnings, _AS_WORDS)
    words = Words(lines)
    found = blocks("\n".join(lines), words)
    if short := _may_be_cells(found):
        warnings = (*warnings, f"{_ONE_BELOW}: {counted(short)}")
    warnings = (*warnings, *omissions.warnings(), *words.warnings())
    return Content(found, name=name, warnings=warnings)


def _with_signs(lines: list[str]) -> tuple[list[str], int]:
    """The lines, the sign of an item that stands alone before its words, as a copy may have it.

    Of several signs in a row nobody knows which words are whose: how many there are is told.
    """
    out: list[str] = []
    apart, sign = 0, ""
    for line in lines:
        if _SIGN.fullmatch(line):
            apart += bool(sign)
            sign = line.rstrip()
        elif sign and line.strip():
            out.append(f"{sign} {line.lstrip()}")
            sign = ""
        elif not sign:
            out.append(line)
    return out, apart


def _in_columns(lines: list[str]) -> str:
    shown = counted([*map(squeezed, lines)])
    return (
        f"lines of a text in columns, which are read across: {shown}: "
        "put its columns one below the other, and add that"
    )


def _moved(rows: list[str]) -> str:
    shown = counted([*map(squeezed, rows)])
    return (
        f"rows of tables by tabs that have an empty place: {shown}: "
        "check under which heading their words stand"
    )


def _without_numbers(text: str, omissions: Omissions) -> str:
    """A text without the numbers of its lines, where each line from the first of them has one.

    A list has them too; but its items are no parts of one sentence.
    """
    lines = text.expandtabs(4).splitlines()
    found = [_COUNTED.fullmatch(line) for line in lines]
    first = next((i for i, line in enumerate(found) if line), len(lines))
    while lines and not lines[-1].strip():
        lines.pop()
    some = [line for line in found[first : len(lines)] if line]
    numbers = [int(line["number"]) for line in some]
    words = [line["words"].strip() for line in some]
    counted = len(some) == len(lines) - first and all(b == a + 1 for a, b in pairwise(numbers))
    woven = sum(
        len(before) >= _PROSE and before[-1] not in ".;:!?" and after[:1].islower()
        for before, after in pairwise(words)
    )
    if not counted or len(some) < _LEAST or woven * 6 < len(some):
        return text
    for number in numbers:
        omissions.add("numbers of lines", str(number))
    return "\n".join([*lines[:first], *words])


def _with_points(text: str) -> str:
    """A text with a point behind the numbers of its headings, where a tab alone ends them.

    So Word saves them: "1", a tab, "Situering". They count on from 1.
    """
    numbers = [int(found[1]) for found in _TABBED.finditer(text)]
    counted = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return _TABBED.sub(r"\1. ", text) if counted else text


@dataclass(slots=True)
class _Paragraph:
    lines: list[str] = field(default_factory=list)
    level: int = 0  # of a heading, from 1
    depth: int = 0  # of an item, from 1
    row: int = 0  # of a table: 1 for its first, 2 for another one

    def block(self, words: Words, width: int) -> Block:
        if self.row:
            crossed = _GAP.search(self.lines[0]) is not None  # of a longer cell of another row
            doubts = (LAID_OUT,) if crossed else ()
            return Block(self.lines[0], Role.ROW, self.row % 2, doubts=doubts)
        laid_out = sum(_GAP.search(line) is not None for line in self.lines) > 1
        if not self.level and not self.depth and (laid_out or _are_apart(self.lines, width)):
            text = "\n".join(map(str.strip, self.lines))
            return Block(text, doubts=(LAID_OUT,) if laid_out else ())
        role = Role.HEADING if self.level else Role.TEXT
        page = any(_PAGE.fullmatch(line.strip()) for line in self.lines[1:-1])
        doubts = (PAGE,) if page else ()
        return Block(words.join(self.lines), role, self.level, self.depth, doubts=doubts)


def blocks(text: str, words: Words | None = None) -> list[Block]:
    """The paragraphs of a plain text, put together from its lines."""
    lines = untabbed(with_degrees(text)).splitlines()
    words = words or Words(lines)
    table = rows(lines)
    led = {at for at, line in enumerate(lines) if _LED.match(line)}
    led = {at for at in led if {at - 1, at + 1} & led}
    others = {*table, *led}
    prose = [line.strip() for at, line in enumerate(lines) if at not in others and line.strip()]
    width = max(map(len, prose), default=0)
    goes_on = _goes_on(prose, width)
    if not goes_on:  # its longest line may be short by chance
        wrapped = sum(line.endswith(".") for line in prose) < _SENTENCES
        width = max(width, _NARROW) if wrapped else _WRAPPED + 1
    paragraphs: list[_Paragraph] = []
    margins: list[int] = []  # of the bullets of the list at hand
    numbers = _Numbers(lines)
    blank = head = True  # head: no sentence has ended so far, and no number begun
    for at, line in enumerate(lines):
        if not line.strip():
            blank = True
            continue
        if table.get(at) == []:  # a drawn line: it parts words from a table, and no rows
            blank = blank or not (paragraphs and paragraphs[-1].row)
            continue
        current = paragraphs[-1] if paragraphs else None
        if _UNDERLINE.fullmatch(line.strip()):
            if current and not blank and len(current.lines) == 1:
                current.level, current.depth = 1 if line.strip()[0] == "=" else 2, 0
            blank = True
        elif at in table:
            later = current is not None and current.row > 0 and not blank
            paragraphs.append(_Paragraph([" | ".join(table[at])], row=1 + later))
            blank = False
        elif (
            current is None
            or current.row
            or {at - 1, at} & led
            or _BOX.match(line.strip())
            or _begins(
                line,
                current.lines[-1],
                width,
                blank=blank,
                head=head,
                alone=((head or len(current.lines) == 1) and _stands_alone(line, current.lines[-1]))
                or _is_title(paragraphs[-2:]),
                leads=partial(numbers.lead_to, at),
            )
        ):
            numbers.take(line)
            paragraphs.append(_paragraph(line, margins))
            blank = paragraphs[-1].level > 0
        else:
            current.lines.append(line)
        head = head and line.strip()[-1] not in _ENDS and marker(line.strip()) is None
    return [paragraph.block(words, width) for paragraph in paragraphs]


def _may_be_cells(found: Sequence[Block]) -> list[str]:
    """Short lines that end no sentence, many of them below each other, but for a letterhead."""
    out: list[str] = []
    before: Block | None = None
    for short, group in groupby(found, _is_short):
        some = list(group)
        runs = [block.text.split("\n") for block in some] if short else []
        runs = [[line for lines in runs for line in lines]] if before else runs
        out += [line for lines in runs if len(lines) >= _MANY for line in lines]
        before = some[-1]
    return out


def _is_short(block: Block) -> bool:
    lines = block.text.split("\n")
    plain = block.role is Role.TEXT and not block.depth and marker(block.text) is None
    short = (len(line) <= _PROSE and line[-1] not in f"{_ENDS}," for line in lines)
    return plain and all(short) and not any(map(_LABELLED.match, lines))


def _are_apart(lines: Sequence[str], width: int) -> bool:
    """Whether short lines are no sentence that was wrapped: names, an address, cells of a table.

    Each would have had room for the next one's first word, far from the end of a full line.
    """
    lines = [line.strip() for line in lines]
    if len(lines) < 2 or marker(lines[0]) is not None:
        return False
    full = max(width, _NARROW)
    small = 0
    for before, after in pairwise(lines):
        labelled = _LABELLED.match(after) is not None
        room = (full if after[0].isupper() else _SHORT * full) if labelled else _PROSE
        if len(before) + len(after.split()[0]) > room:
            return False
        small += after[0].islower() and before[-1] not in _ENDS and not labelled
    return 3 * small < len(lines) - 1


def _paragraph(line: str, margins: list[int]) -> _Paragraph:
    found = _MARKDOWN.fullmatch(line.strip())
    if found:
        margins.clear()
        return _Paragraph([found["text"]], level=len(found["level"]))
    sign = marker(line.strip())
    if sign is None or sign.form != "bullet":
        margins.clear()
        return _Paragraph([line])
    margin = len(line) - len(line.lstrip())
    while margins and margins[-1] >= margin:
        margins.pop()
    margins.append(margin)
    return _Paragraph([line], depth=len(margins))


class _Numbers:
    """The numbers of the article at hand, by what they are and the sign around them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._ranks: dict[tuple[Form, str], set[int]] = {}

    def take(self, line: str) -> None:
        """Note the number at the head of a line, and one behind that of an article."""
        for found in readings(line.strip()):
            if found.form == "article":
                self._ranks.clear()
                self.take(found.rest)
            else:
                self._ranks.setdefault((found.form, found.sign), set()).add(found.rank)

    def lead_to(self, at: int) -> bool:
        """Whether the number at the head of a line is a first one, or goes on from one before.

        A sentence that is broken before a number has one there too: "la somme visée au / § 3 de
        l’annexe", "au plus tard le / 1. mars".
        """
        return any(self._leads(found, at) for found in readings(self._lines[at].strip()))

    def _leads(self, found: Marker, at: int) -> bool:
        small = found.rest[:1].islower()
        if found.form in _FREE or (found.form == "paragraph" and small):
            return found.form in _FREE
        if found.rank > 1:
            before = range(found.rank - _SKIPPED, found.rank + 1)
            return not self._before(found).isdisjoint(before)
        later = self._lines[at + 1 : at + 1 + _AHEAD]
        below = (other for line in later for other in readings(line.strip()))
        return not small or any(other.succeeds(found) for other in below)

    def _before(self, found: Marker) -> set[int]:
        return self._ranks.get((found.form, found.sign), set())


def _goes_on(lines: Sequence[str], width: int) -> bool:
    """Whether sentences go on from line to line; a program may also write one line a paragraph."""
    pairs = ((a, b) for a, b in pairwise(lines) if 2 * len(a) > width and a[-1] not in _ENDS)
    return any(after[0].islower() for _, after in pairs)


def _stands_alone(line: str, before: str) -> bool:
    """Whether a line and the one before it differ in a way in which parts of a title do."""
    line, before = line.strip(), before.strip()
    capitals = [sum(map(str.isalpha, x)) >= _CAPITALS and x.isupper() for x in (line, before)]
    return capitals[0] != capitals[1] or is_dateline(before)


def _is_title(paragraphs: Sequence[_Paragraph]) -> bool:
    """Whether the last of some paragraphs is a line right below the number of an article."""
    if len(paragraphs) < 2 or any(len(p.lines) > 1 or p.row for p in paragraphs):
        return False
    above, line = (p.lines[0].strip() for p in paragraphs)
    found = marker(above)
    alone = found is not None and found.form in _FREE and not found.rest
    return alone and marker(line) is None


def _begins(
    line: str,
    before: str,
    width: int,
    *,
    blank: bool,
    head: bool,
    alone: bool,
    leads: Callable[[], bool],
) -> bool:
    """Whether a line begins a paragraph.

    ``alone``: the line before is one by itself, a title. ``leads``: as far as its number tells,
    which is asked last, for it looks at many lines.
    """
    line, before = line.strip(), before.strip()
    ended = before[-1] in _ENDS
    found = marker(line)
    room = width - len(before) > len(line.split()[0])
    if blank:  # in the middle of a sentence it is the end of a page, but below a title
        return ended or found is not None or not line[0].islower() or (head and room)
    open_end = found is None and leaves_open(before)
    if open_end or width > _WRAPPED:
        return not open_end
    if found is not None:
        if ended or found.form == "bullet":
            return True
        broken = line[0].isdigit() and found.rank == 1 and awaits_number(before)
        return room and not broken and (_heads(before) or leads())
    if (ended and OF_NOTE.match(line)) or promulgated(line):
        return True
    apart = room and (ended or alone or marker(before) is not None)
    speaks = ended and _LABELLED.match(line) is not None
    wide = max(width, _NARROW) - len(before) > len(line.split()[0])
    return line[0].isupper() and (apart or speaks or (wide and named(line) is not None))


def _heads(line: str) -> bool:
    """Whether a line that ends no sentence is a heading by its number or its capitals."""
    found = marker(line)
    numbered = found is not None and (found.form == "division" or not found.rest)
    return numbered or line.isupper()

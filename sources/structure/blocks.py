"""The blocks that a format gives of a document, and how their words are cleaned."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sources.anchor import Lang
from sources.bilingual import Bilingual

NO_HEADS = 2  # level of the first row of a table that has no heads of columns


class Role(StrEnum):
    """What a block is in its document, as far as its format says."""

    TITLE = "title"  # of the document, of an annex
    HEADING = "heading"  # of any kind: its words say which
    DIVISION = "division"  # "CHAPITRE V"
    DIVISION_TITLE = "division title"
    GROUP = "group"  # a heading within an annex
    RUBRIC = "rubric"  # a heading within an article
    ARTICLE = "article"  # "Article 36"
    ARTICLE_TITLE = "article title"
    TEXT = "text"
    ROW = "row"  # of a table with data


BY_TYPE = 9  # level of a heading that its bold type makes: below all that a format calls so


@dataclass(frozen=True, slots=True)
class Block:
    r"""One paragraph, heading, list item or table row, in reading order.

    Attributes:
        text: Its words; lines parted by ``\n``. A format that does not know numbers leaves them
            here, as printed before the words.
        role: What the format says it is.
        level: Of a heading, its outline level from 1, 0 where the format does not say; of the
            first row of a table 1, or :data:`NO_HEADS` where it is known to head no columns.
        depth: 0 outside lists, 1 in a list, 2 in a list within it; -1 in a list of unknown
            depth (see :func:`sources.structure.nesting.nested`).
        list: Number of the outermost list of its page in which it stands; 0 outside of lists, and
            where the format does not say where a list ends.
        size: Size of its type, in points, of the smallest letters; 0 where it is not known.
        label: Label of a point as printed ("a)", "—"); not part of ``text``.
        paragraph: Sign of the numbered paragraph that begins here, as printed ("2 bis."); not
            part of ``text``.
        place: What the markup says it stands in: "pbl", "cit", "rct", "fnp", else "".
        goes_on: Words of an item (as deep as ``depth`` says) after a list within it.
        quoted: Part of a text that the act inserts into another act.
        outer: Text of the article itself, after its numbered paragraphs.
        page: Page on which it starts, from 1; None where there are no pages.
        notes: Footnotes called here.
        doubts: What is not certain about the reading of this block.
        versions: Of the heading of an article: steps that tell this version of it from others
            (:mod:`sources.standing`).
        boxes: Numbers of the parts of a page that it stands in, widest first: their headings head
            nothing outside of them.
        lang: Its language, where a document has French and Dutch side by side; None else, and for
            what belongs to both.
    """

    text: str
    role: Role = Role.TEXT
    level: int = 0
    depth: int = 0
    list: int = 0
    size: float = 0.0
    label: str = ""
    paragraph: str = ""
    place: str = ""
    goes_on: bool = False
    quoted: bool = False
    outer: bool = False
    page: int | None = None
    notes: tuple[str, ...] = ()
    doubts: tuple[Bilingual, ...] = ()
    versions: tuple[str, ...] = ()
    boxes: tuple[int, ...] = ()
    lang: Lang | None = None


def as_text(block: Block) -> Block:
    """A block that its bold type alone made a heading as text; any other as it is."""
    heavy = block.role is Role.HEADING and block.level == BY_TYPE
    return replace(block, role=Role.TEXT, level=0) if heavy else block


def under(block: Block, heading: Block) -> Block:
    """A block with the notes and the doubts of the heading above it, and its own."""
    doubts = tuple(dict.fromkeys((*heading.doubts, *block.doubts)))
    return replace(block, notes=(*heading.notes, *block.notes), doubts=doubts)


_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_INVISIBLE = f"\u00ad\u200b\u200c\u200d\u2060\ufeff{_DIRECTIONS}"
_FOLD = str.maketrans({**_LIGATURES, **dict.fromkeys(_INVISIBLE, ""), "\u2011": "-"})
_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


_DEGREE = re.compile(r"(?<=\d)[º˚ᵒ]")
_FIRST = re.compile(r"(?<!\w)l(?=[°º˚ᵒ])")  # character recognition takes the figure for a letter


def counted(found: Sequence[str]) -> str:
    """How many places are told, and the words of the first.

    >>> counted(["Art. 2", "Art. 3"])
    '2 (“Art. 2”)'
    """
    return f"{len(found)} (“{found[0]}”)"


def with_degrees(text: str) -> str:
    """The words, with one sign for what is printed after the number of a point.

    >>> with_degrees("1º, 2˚ et 3ᵒ"), with_degrees("l° le bac")
    ('1°, 2° et 3°', '1° le bac')
    """
    return _DEGREE.sub("°", _FIRST.sub("1", text))


def clean(text: str) -> str:
    r"""The words as they are stored: composed accents, plain spaces, no invisible signs.

    >>> clean(" La coope\u0301ration\u00a0: une   fin ")
    'La coopération : une fin'
    """
    text = _UNREADABLE.sub("\ufffd", text.replace("\r\n", "\n").translate(_BREAKS))
    text = with_degrees(unicodedata.normalize("NFC", text.translate(_FOLD)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def squeezed(text: str) -> str:
    """The words on one line."""
    return " ".join(clean(text).split())

r"""From the blocks of an ordinary document to its passages: the structure that all formats share.

A reader of a format (PDF, DOCX, HTML, text) gives the blocks of a document in reading order;
:func:`document` finds sections, articles, points, bullets and paragraphs in them, by what the
format says (headings, list items, rows) and by the numbers and signs that are printed.
Portions come from printed numbers and from order, never from words; ``places`` lists them:

- ``par_4`` the fourth paragraph of a text without sections;
- ``sec_1.2.par_3``, ``sec_1.2.blt_2`` the third paragraph and the second bullet of section 1.2;
- ``sec_II.pnt_12``, ``pnt_12.par_2`` point 12 of section II, and the paragraph that follows it;
- ``art_5`` an article, whole; ``art_5.par_1`` its paragraph numbered "§ 1" or "1.", whole with
  its unnumbered lines and its points, parted by ``\n``; ``art_4.pnt_7`` a point of a list that
  an article introduces with ":".

A numbered line is a heading where the format says so, or where it is short, begins with a
capital, does not end like a sentence, and does not stand in a list of such lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sources.anchor import Anchor, Lang, other
from sources.errors import ReadError
from sources.model import Document, Passage
from sources.readers.blocks import Block, clean, squeezed
from sources.readers.dates import date_in
from sources.readers.numbering import marker
from sources.readers.places import locate
from sources.readers.reading import Draft, Reading


@dataclass(frozen=True, slots=True)
class About:
    """What a format knows of a document besides its text.

    Attributes:
        title: Title from its metadata, where it is to be trusted.
        date: Date (ISO 8601) from its metadata, where it is the date of the text.
        name: Name of the file, shown where nothing better is known.
        warnings: What a person should know about the reading.
    """

    title: str = ""
    date: str = ""
    name: str = ""
    warnings: tuple[str, ...] = ()


_COMMON: dict[Lang, re.Pattern[str]] = {
    "fr": re.compile(r"\b(?:les|des|du|aux|une|est|dans|par|pour|sur)\b"),
    "nl": re.compile(r"\b(?:het|een|van|voor|dat|zijn|worden|niet|bij|aan)\b"),
}


def document(
    blocks: Sequence[Block], *, work: str, lang: Lang, about: About | None = None
) -> Document:
    """The document that these blocks make; ``ReadError`` where it has no passage."""
    about = about or About()
    cleaned = [replace(b, text=text) for b in blocks if (text := clean(b.text))]
    title, rest = _title(cleaned, about)
    reading = Reading()
    for index, block in enumerate(rest):
        reading.take(block, rest[index + 1] if index + 1 < len(rest) else None)
    passages = tuple(_passage(d, work, lang) for d in reading.drafts if d.lines)
    if not passages:
        raise ReadError(
            "no paragraph found in a document",
            about.name or work,
            "Check that the file holds the text of the document.",
        )
    warnings = list(about.warnings)
    if repeated := list(dict.fromkeys(reading.places.repeated)):
        warnings.append(f"numbers printed more than once in one place: {', '.join(repeated)}")
    if doubt := _language_doubt(" ".join(p.text for p in passages), lang):
        warnings.append(doubt)
    shown = title or about.name or work
    return Document(work, lang, shown, about.date or date_in(shown), passages, tuple(warnings))


def _language_doubt(text: str, lang: Lang) -> str:
    """A warning where more common words are of the other language; "" where not."""
    counts = {name: len(words.findall(text.lower())) for name, words in _COMMON.items()}
    if counts[other(lang)] <= max(counts[lang], 20):
        return ""
    return f"more words look like {other(lang)} than like {lang}: check the language given"


def trusted(title: str, start: str) -> bool:
    """Whether a title from metadata is one: two words or more that stand at the start of the text.

    Programs fill in file names and titles of templates.
    """
    folded = squeezed(title).casefold()
    return len(folded.split()) > 1 and folded in squeezed(start).casefold()


def _title(blocks: list[Block], about: About) -> tuple[str, list[Block]]:
    """The title, and the blocks without it."""
    marked = [b for b in blocks if b.kind == "title"]
    if marked:
        return squeezed(" ".join(b.text for b in marked)), [b for b in blocks if b.kind != "title"]
    if about.title:
        known = squeezed(about.title).casefold()
        same = [b for b in blocks[:5] if squeezed(b.text).casefold() == known]
        return squeezed(about.title), [b for b in blocks if b not in same[:1]]
    if not blocks or marker(blocks[0].text, heading=True):
        return "", blocks
    first, others = blocks[0], blocks[1:]
    if first.kind == "heading":
        rivals = [b for b in others if b.kind == "heading" and b.level <= first.level]
        alone = not rivals or not first.level
    else:
        alone = first.kind == "text" and len(first.text) <= 200 and first.text[-1] not in ".;:,"
    return (squeezed(first.text), others) if alone and others else ("", blocks)


def _passage(draft: Draft, work: str, lang: Lang) -> Passage:
    return Passage(
        anchor=Anchor(work, lang, draft.portion),
        kind=draft.kind,
        text="\n".join(draft.lines),
        headings=draft.headings,
        locator=locate(draft.portion),
        page=draft.page,
        lead=draft.lead,
        notes=tuple(draft.notes),
    )

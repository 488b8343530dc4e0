"""From what a format gives of a file to its document: one way for acts and all other texts.

::

    content ─ outline (acts) or inferred (others) ─ parts ─ units ─ passages

What is asked of the two differs: an act in another language than it should be, or without any
article, recital or point, is refused; of another text a person is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sources.anchor import LANGS, Lang, other
from sources.dates import dates, promulgated
from sources.errors import NoActError, ReadError
from sources.locale import bilingual
from sources.model import Document, Passage
from sources.references import NamePatterns, find
from sources.structure.acts import another_act
from sources.structure.blocks import Block, Role, clean, counted, squeezed
from sources.structure.contents import without_contents
from sources.structure.counted import with_points
from sources.structure.dating import date_of, date_of_title
from sources.structure.division import units
from sources.structure.inference import inferred
from sources.structure.language import (
    TELLS,
    language,
    mixed,
    other_language,
    third_language,
    whole_language,
)
from sources.structure.numbers import closed_up, in_wide_type, marker
from sources.structure.opening import opening, without_captions
from sources.structure.outline import outline
from sources.structure.parts import Outline
from sources.structure.passages import Again, passages
from sources.structure.rows import over_pages, without_repeated
from sources.structure.signs import as_figures, doubts, foreign, twice
from sources.structure.unread import unread_articles

MIXED = bilingual("doubt.mixed")
BEFORE = bilingual("doubt.before")
_CLEAR = 4  # telling words of a paragraph that is clearly in a language
_SHOWN = 60  # characters of an example
# Before the name of another act in a title, which is else the name of the text.
_FROM = re.compile(r"\b(?:au|aux|à|du|des?|la|le|van|het|bij)\b|\b[dl]['’]", re.IGNORECASE)
_FRAME = {"pbl", "fnp", "enc"}  # steps of the words around what an act says


@dataclass(frozen=True, slots=True)
class Content:
    """What a format knows of a document.

    Attributes:
        blocks: In reading order.
        title: Title from its metadata, where it is to be trusted.
        date: Date (ISO 8601) from its metadata, where it is the date of the text.
        name: Name of the file, shown where nothing better is known.
        warnings: What a person should know about the reading.
        act: A legal act, whose markup says what each block is.
    """

    blocks: Sequence[Block]
    title: str = ""
    date: str = ""
    name: str = ""
    warnings: tuple[str, ...] = ()
    act: bool = False


def document(content: Content, *, work: str, lang: Lang) -> Document:
    """The document that a content makes; ``ReadError`` where it has no passage."""
    seen = [_with_signs(block) for block in content.blocks]
    both = set(LANGS) <= {block.lang for block in seen}
    own = [block for block in seen if not both or _lang(block) in {lang, None}]
    content = replace(content, blocks=own, warnings=(*content.warnings, *_broken(own)))
    found = (_act if content.act else _other)(content, work, lang)
    return replace(found, passages=_with_mixture(found.passages), bilingual=both)


def _with_mixture(found: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, those in both languages with a doubt.

    Where a quarter of them are, one word that tells is enough for the others.
    """
    sure = [mixed(p.text) for p in found]
    throughout = 4 * sum(sure) >= len(found)
    unsure = [
        both or (throughout and mixed(p.text, least=1)) for p, both in zip(found, sure, strict=True)
    ]
    return tuple(
        replace(p, doubts=tuple(dict.fromkeys((*p.doubts, MIXED)))) if both else p
        for p, both in zip(found, unsure, strict=True)
    )


def _lang(block: Block) -> Lang | None:
    """The language of a block of a document with two: what stands beside tells by its words."""
    return block.lang or language(block.text, least=TELLS)


def _with_signs(block: Block) -> Block:
    """The block with the doubts that its own words give."""
    found = doubts(clean(f"{block.label} {block.text}"))
    return replace(block, doubts=tuple(dict.fromkeys((*block.doubts, *found)))) if found else block


def _broken(blocks: Sequence[Block]) -> Iterator[str]:
    if found := [part for block in blocks for part in twice(block.text)]:
        yield f"letters that look as if they were encoded twice: {counted(found)}"
    if found := [word for block in blocks for word in foreign(block.text)]:
        yield f"words with letters of another alphabet that look Latin: {counted(found)}"
    if found := [word for block in blocks for word in as_figures(block.text)]:
        yield f"numbers in which letters stand for figures, as they are: {counted(found)}"


def _wide(blocks: Sequence[Block]) -> Iterator[str]:
    """What is told of words in wide type: where one of them ends is not known."""
    if found := [run for b in blocks if b.role is not Role.ROW and (run := in_wide_type(b.text))]:
        yield f"words in wide type, which are read letter by letter: {counted(found)}"


def _act(content: Content, work: str, lang: Lang) -> Document:
    found = outline(content.blocks)
    result, again = _passages(found, work, lang)
    if all(p.anchor.portion in _FRAME for p in result):
        raise NoActError(
            "no article, recital or numbered point found", work, "Add it as another document."
        )
    if likely := other_language(_words(result), lang, times=3):
        raise ReadError(
            f"the text is in {likely}, not in {lang}",
            work,
            f"Add it as {likely}." if likely == other(lang) else "Fetch it in French or Dutch.",
        )
    title = content.title or found.title
    date = content.date or next(iter(dates(_own(title))), "")
    repeated = [f"{a.portion} occurs {a.times} times, here as {a.step}" for a in again]
    unread = unread_articles(content.blocks, act=True)
    warnings = (*content.warnings, *found.warnings, *repeated, *unread)
    return Document(work, lang, title, date, tuple(result), warnings)


def _other(content: Content, work: str, lang: Lang) -> Document:
    blocks = [replace(b, text=closed_up(text)) for b in content.blocks if (text := clean(b.text))]
    blocks, heads = without_repeated(with_points(blocks))
    head = opening(without_captions(over_pages(blocks)), content.title)
    rest, contents = without_contents(head.body)
    found = inferred(rest, head.heading, head.letterhead)
    result, again = _passages(found, work, lang)
    if not result:
        raise ReadError(
            "no paragraph found in a document",
            content.name or work,
            "Check that the file holds the text of the document.",
        )
    warnings = [*content.warnings, *found.warnings, *_wide(blocks)]
    if heads:
        told = counted(heads)
        warnings.append(f"left out, heads of a table that a further page repeats: {told}")
    if contents:
        shown = f"{len(contents)} lines (“{contents[0]}” … “{contents[-1]}”)"
        warnings.append(f"left out, table of contents: {shown}")
    if repeated := dict.fromkeys([*found.repeated, *(a.portion for a in again)]):
        warnings.append(f"numbers printed more than once in one place: {', '.join(repeated)}")
    likely: str = other(lang) if whole_in(result, other(lang)) else ""
    if likely := likely or other_language(_words(result), lang, times=1):
        warnings.append(f"more words look like {likely} than like {lang}: check the language given")
    elif foreign := _foreign(blocks, other(lang)):
        warnings.append(f"paragraphs that look like {other(lang)}: {counted(foreign)}")
    if third := [_short(b.text) for b in blocks if third_language(b.text)]:
        warnings.append(f"paragraphs that look like neither French nor Dutch: {counted(third)}")
    if count := _of_another(result):
        above = [_short(p.text) for p in result[:count]]
        warnings.append(
            f"passages before {result[count].locator[lang]}, perhaps of another text that ends "
            f"here: {counted(above)}"
        )
        result[:count] = [replace(p, doubts=(*p.doubts, BEFORE)) for p in result[:count]]
    title = head.title or content.name or work
    date = content.date or promulgated(title) or date_of_title(_own(title))
    date = date or date_of(head.letterhead, rest)
    return Document(work, lang, title, date, tuple(result), tuple(warnings))


def _own(title: str) -> str:
    """The words of a title above the name of another act, whose date is not that of the text.

    So a corrigendum names what it corrects, an annex what it belongs to, a law what it changes.
    """
    acts = (r.start for r in find(title, NamePatterns({})) if _FROM.search(title[: r.start]))
    return title[: min((*acts, another_act(title)))]


def _of_another(found: Sequence[Passage]) -> int:
    """How many passages stand before article 1, where other articles are among them.

    So does a page begin that was cut out of a gazette.
    """
    articles = [p.anchor.top for p in found]
    first = articles.index("art_1") if "art_1" in articles else 0
    return first if any(step.startswith("art_") for step in articles[:first]) else 0


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _foreign(blocks: Sequence[Block], lang: Lang) -> list[str]:
    """The paragraphs that are clearly in a language.

    Where a quarter of all are, two words that tell are enough, and one where a third are.
    """
    for least, share in ((1, 3), (TELLS, 4)):
        found = [_short(b.text) for b in blocks if language(b.text, least=least) == lang]
        if len(found) > 1 and share * len(found) >= len(blocks):
            return found
    return [_short(b.text) for b in blocks if _clear_language(b) == lang]


def _clear_language(block: Block) -> Lang | None:
    """The language of a paragraph; a number at its head says it in one word ("Artikel 5")."""
    head = marker(block.text)
    formal = head is not None and head.form in {"article", "division"}
    return language(block.text, least=1 if formal else _CLEAR)


def _passages(found: Outline, work: str, lang: Lang) -> tuple[list[Passage], list[Again]]:
    return passages((unit for part in found.parts for unit in units(part)), work, lang)


def whole_in(found: Sequence[Passage], lang: Lang) -> bool:
    """Whether all of the passages and their headings are clearly in a language, as one text."""
    lines = dict.fromkeys(line for p in found for line in (*p.headings, p.text))
    return whole_language("\n".join(lines)) == lang


def _words(found: Sequence[Passage]) -> str:
    return " ".join(p.text for p in found)


def trusted(title: str, start: str) -> bool:
    """Whether a title from metadata is one: two words or more that stand at the start of the text.

    Programs fill in file names and titles of templates.
    """
    folded = squeezed(title).casefold()
    return len(folded.split()) > 1 and folded in squeezed(start).casefold()

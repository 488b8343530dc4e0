"""What a line may be, by its own words and the line that follows.

Nothing here knows which places are open: ``inference`` asks, and decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sources.structure.blocks import BY_TYPE, Block, Role
from sources.structure.calls import CALL, CALL_AT_END, OF_NOTE
from sources.structure.formulas import enacts, heads_operative, opens_preamble
from sources.structure.numbers import DASH, Marker, marker, named, readings

LISTED = {"decimal", "roman", "letter"}
_LONG = 200  # characters of a heading, or of a name with its office
_CODE = 6  # figures of a code
_WORD = re.compile(r"\W*(?:[^\W\d_]+['’-])?[^\W\d_]{3,}\W*")
_DASHES = "–◦▪"  # signs of items, and of items within items
_GAP = 3  # numbers of a list that may lack, and one
_QUOTATION = re.compile(r"[«“„\"][^»”\"]*[»”\"]")
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{3}[.!?;]\s+[A-ZÀ-Ý]")
_INITIAL = re.compile(r"[A-Z]\.")
_LETTER_ALONE = re.compile(r"([–—-])\s?(?:[A-Z]|[IVX]{2,5})\s?\1")  # of a part: "- A -"
_HEADED = {".", "", "/", DASH}  # behind the number of a heading that nothing else makes one
_IN_BRACKETS = re.compile(r"\((A(?:rt|RT)[^()\n]{1,20})\)\s+")
_NEXT_ARTICLE = re.compile(r"(?<=[.;:!?])\s+(?=A(?:rt|RT))")
# What is printed before an item in the place of a dash; "A." may be an initial.
_COUNTED = re.compile(r"\(?(?!\(?[A-Z]\.)(?:[^\W\d_]{1,2}|\d{1,3}|[ivxl]+)(?:[.)°/]|°\))\s|§\s")


def dash_of(block: Block, around: int = 0) -> str:
    """The sign of an item of a list that has no number of its own, by how deep it stands.

    ``around``: lists in which the whole passage stands.

    >>> [dash_of(Block("le bac", depth=depth)) for depth in range(5)]
    ['', '–', '◦', '▪', '▪']
    """
    inner = min(max(block.depth - around, 1), len(_DASHES))
    return _DASHES[inner - 1] if block.depth and not _COUNTED.match(block.text) else ""


def is_counted(block: Block, around: Sequence[Block]) -> bool:
    """Whether an item has a number that counts on from the line above it, or to the one below.

    One that is like an initial has: "C. Le bac", "D. La halle".
    """
    heads = [list(readings(line.text)) for line in around if line.depth and block.depth]
    return any(b.succeeds(a) for one, other in pairwise(heads) for a in one for b in other)


def skips(before: Marker, found: Marker) -> bool:
    """Whether a list goes on with a number left out ("a)", "c)"); "i)" may begin another one.

    So it does with one that was inserted ("1°", "1°bis").
    """
    sure = found.scheme == before.scheme and found.sign in {")", "°"} and found.number != ("i",)
    inserted = found.form == "decimal" and found.number != before.number
    return sure and (0 if inserted else 1) <= found.rank - before.rank <= _GAP


def _is_capital(found: Marker) -> bool:
    """Whether this is a capital letter with a point, as initials are written too."""
    return found.sign == "." and len(found.number[0]) == 1 and found.number[0].isupper()


def is_unsure(found: Marker) -> bool:
    """Whether this may be no number: an initial, words before a dash, a fraction ("3/ 4")."""
    fraction = found.sign == "/" and found.rest[:1].isdigit()
    return _is_capital(found) or found.sign == DASH or fraction


def words_of(block: Block, found: Marker) -> str:
    """The words of a point: without its number, but with a letter that may be an initial."""
    initial = found.form == "letter" and _is_capital(found) and found.rest[:1].isupper()
    return block.text if initial else found.rest


def titled_annex(text: str) -> Marker | None:
    """The annex that a line names with a title behind a sign."""
    found = marker(text, heading=True)
    titled = found is not None and found.sign == "anx" and found.rest[:1].isalpha()
    return found if titled else None


def as_operative(block: Block) -> Block:
    """What begins the decision of a court is its heading, where it stands alone on its line."""
    alone = may_head(block) and not block.quoted and heads_operative(block.text)
    if not alone:
        return block
    return replace(block, text=block.text.rstrip(" ,:"), role=Role.HEADING, level=1)


def is_code(text: str) -> bool:
    """Whether a line is nothing but the code of a file or a decision, which heads nothing.

    >>> is_code("ECLI:BE:XX:2031:ARR.20310503.4"), is_code("DO 2030201204"), is_code("BUDGET 2031")
    (True, True, False)
    """
    coded = sum(c.isdigit() for c in text) >= _CODE and sum(c.isalpha() for c in text) > 1
    return coded and not any(_WORD.fullmatch(word) for word in text.split())


def in_brackets(text: str) -> Marker | None:
    """The article whose number stands in brackets at the head of a line: "(Art. 8) Le bac"."""
    found = _IN_BRACKETS.match(text)
    return marker(f"{found[1]}. {text[found.end() :]}") if found else None


def may_head(block: Block) -> bool:
    """Whether a block is a heading, or a line that may be one: no item of a list and no row."""
    return block.role is Role.HEADING or (block.role is Role.TEXT and not block.depth)


def has_no_level(block: Block) -> bool:
    """Whether nothing but the type of a heading tells its level: a page of a PDF has no other."""
    return block.level == BY_TYPE or block.page is not None


def heads_by_type(block: Block) -> bool:
    """Whether its type alone makes a heading of a block."""
    return has_no_level(block) and block.role is Role.HEADING and not block.quoted


def is_preamble_or_quotation(text: str, after: Block | None) -> bool:
    """Whether a line without number is of the sentence of a preamble, or a quotation."""
    article = after is not None and (m := marker(after.text)) is not None and m.form == "article"
    opens = enacts(text) and (article or continues(text, after))
    return opens or opens_preamble(text) or _QUOTATION.fullmatch(text) is not None


def begins_again(before: Marker, first: Marker) -> bool:
    """Whether a number is the first one of a list like that which an earlier one stands in."""
    return first.scheme == before.scheme and len(first.number) == len(before.number) == 1


def is_initial(found: Marker) -> bool:
    """Whether a capital letter with a point may be that of a name."""
    return found.form in {"letter", "roman"} and _is_capital(found) and found.rest[:1].isupper()


def opens_head(block: Block) -> bool:
    """Whether a block is a heading, or the head of an article or a division."""
    found = marker(block.text)
    formal = found is not None and found.form in {"article", "division"}
    return block.role is Role.HEADING or formal


def without_end(head: str) -> str:
    """The number of an article without the signs that end it; a bracket that it opens stays."""
    head = head.rstrip(" .,:/–—-\n")
    return head if head.count("(") >= head.count(")") else head.rstrip(" .)")


def intro_of(text: str) -> str:
    """The last sentence of a text that ends with ":" (it introduces a list); "" otherwise."""
    if not text.rstrip().endswith(":"):
        return ""
    return re.split(r"(?<=[.;!?])(?<!\b\w\.)\s+(?=[A-ZÀ-Ý])|\n", text.rstrip())[-1]


def is_sentence(text: str) -> bool:
    """Whether a text ends like a sentence, or is too long for a heading."""
    end = CALL_AT_END.sub("", text)[-1:]
    return len(text) > _LONG or end in {*".;:,!?"} or "\n" in text


def article_within(block: Block) -> str:
    """The number of an article that follows another one on the same line; "" for none."""
    parts = [] if block.quoted else _NEXT_ARTICLE.split(block.text)
    heads = [found for part in parts if (found := marker(part)) and found.form == "article"]
    nexts = (after for before, after in pairwise(heads) if after.succeeds(before))
    return next((f"art. {found.number[0]}" for found in nexts), "")


def is_title(word: str, block: Block, after: Block | None) -> bool:
    """Whether a block is the title of the article or chapter whose number stands before it.

    A heading with a name and a number of its own ("Mesure 1") is none of a chapter.
    """
    if block.role is Role.HEADING:
        return word == "art" or named(block.text) is None
    sentence = is_sentence(block.text) or (word == "art" and _SENTENCE_WITHIN.search(block.text))
    if not may_head(block) or sentence or after is None:
        return False
    found = marker(after.text)
    return word != "art" or found is None or found.form not in {"article", "division"}


def continues(text: str, after: Block | None) -> bool:
    """Whether the next line goes on with a sentence, or is a note that stands within it."""
    if after is None:
        return False
    note = OF_NOTE.match(after.text)
    called = note is not None and note[1] in CALL.findall(text)
    return called or (after.text[:1].islower() and marker(after.text) is None)


def heads_by_words(
    block: Block, found: Marker | None, after: Block | None, item: Marker | None
) -> bool:
    """Whether the words and their neighbours make a heading of a block that the format does not."""
    if not may_head(block) or after is None or is_sentence(block.text):
        return False
    if found is None:
        if _LETTER_ALONE.fullmatch(block.text):
            return True
        named = _INITIAL.match(block.text)
        capitals = block.text.isupper() and sum(c.isalpha() for c in block.text) >= 4
        return capitals and not named and not is_code(block.text)
    if found.form not in LISTED or found.sign not in _HEADED or not found.rest[:1].isupper():
        return False
    if found.form == "letter" and found.number[0].islower():
        return False
    nexts = list(readings(after.text))
    return not found.succeeds(item) and not any(n.succeeds(found) for n in nexts)

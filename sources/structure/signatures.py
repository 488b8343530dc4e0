"""Where a text is signed: its final formula, and the names and offices below it."""

from __future__ import annotations

from collections.abc import Sequence

from sources.structure.below import block_above, blocks_below
from sources.structure.blocks import Block, Role
from sources.structure.formulas import is_dated_at, name_signed, on_behalf, opens_formula
from sources.structure.lines import heads_by_type, is_initial, is_sentence, opens_head
from sources.structure.numbers import heads_annex, marker, named

_LONG = 200  # characters of a name with its office


def is_final(block: Block, before: Block) -> bool:
    """Whether this is the final formula, or its place and date alone: "Ath, le 3 mai 2031"."""
    if opens_formula(block.text):
        return True
    return not block.depth and before.text.endswith(".") and is_dated_at(block.text)


def signs_off(block: Block, blocks: Sequence[Block], at: int) -> bool:
    """Whether a line names who signs ("Par le Conseil :"), and only names stand below it."""
    behalf = on_behalf(block.text)  # then an office may stand below it: "de algemeen directeur,"
    opens = block.text.endswith(",") or behalf
    if not (opens and block_above(blocks, at).text.endswith(".") and _is_name(block)):
        return False
    below = enumerate(blocks_below(blocks, at), 1)
    after = next((n for n, b in below if not _is_name(b, office=behalf)), 0)
    end = at + after if after else len(blocks)
    return end > at + 1 and (not after or heads_annex(blocks[end].text))


def is_signature(blocks: Sequence[Block], at: int, *, below: str, formula: int) -> bool:
    """Whether only names and offices stand from a line to the end, or to the annex.

    So do those right below the final formula, and one after "Le bourgmestre,". ``below`` is the
    word of the step in which the line stands, ``formula`` the place of the final formula.
    """
    ended = below in {"art", "fnp"}
    after = next((b for b in blocks_below(blocks, at) if not _may_sign(b, plain=ended)), None)
    if after is None or (ended and heads_annex(after.text)):
        return True
    if not ended or opens_head(after):
        return False
    between = blocks[formula + 1 : at]
    first = below == "fnp" and not any(b.text.endswith(".") for b in between)
    before = block_above(blocks, at)
    item = before.depth or marker(before.text)
    return first or (not item and before.text.endswith(","))


def _may_sign(block: Block, *, plain: bool) -> bool:
    """Whether a block may be a name or an office, in type that makes a heading, or ``plain``."""
    found = marker(block.text)
    numbered = (found is not None and not is_initial(found)) or named(block.text) is not None
    line = not block.depth and block.role is Role.TEXT and block.text[-1:] not in {*".;:!?"}
    return not numbered and (heads_by_type(block) or (plain and line and len(block.text) <= _LONG))


def _is_name(block: Block, *, office: bool = False) -> bool:
    """Whether a block may be a name and an office of who signs, on a line each.

    ``office``: it may be an office alone, in small letters.
    """
    name, *offices = (line.rstrip(",:") for line in name_signed(block.text).split("\n"))
    found = marker(name)
    numbered = found is not None and not is_initial(found)
    plain = not block.depth and not block.quoted and not numbered
    free = not any(map(is_sentence, (name, *offices)))
    return plain and free and (office or name[:1] in {"(", name[:1].upper()})

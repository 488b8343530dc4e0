"""What a passage announces that ends with a colon: its points, the items of its list."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from sources.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.build import Build
    from sources.anchor import Anchor
    from sources.model import Passage

_MOST_ITEMS = 12  # that are cited with what announces them


def with_items(
    build: Build, passages: Sequence[Passage], *, all_of_list: bool = False
) -> list[Passage]:
    """Passages, each that ends with a colon followed by what it announces, wherever that stood
    among them; where that is so much that not all can be wanted, by itself.

    Args:
        build: That the passages are of.
        passages: In the order in which they are cited.
        all_of_list: Is all of a list wanted of which the first passage is an item, or several are?
    """
    openings = [p for p in passages if _announces(p.text)]
    if all_of_list:
        openings += _openings(build, passages)
    lists: dict[Anchor, list[Passage]] = {}
    for opening in openings:
        announced = _announced(build, opening)
        for p in (opening, *announced) if len(announced) <= _MOST_ITEMS else ():
            lists.setdefault(p.anchor, [opening, *announced])
    cited = (p for one in passages for p in lists.get(one.anchor, [one]))
    return list({p.anchor: p for p in cited}.values())


def _openings(build: Build, passages: Sequence[Passage]) -> list[Passage]:
    """What opens the lists of the first text of which the first passage is an item, or several
    are.
    """
    first = passages[0]
    own = [p for p in passages if p.anchor.work == first.anchor.work and _announces(p.lead)]
    leads = [p.lead for p in own]
    items = (p for p in own if p.lead == first.lead or leads.count(p.lead) > 1)
    return list(filter(None, map(build.opening, items)))


def _announced(build: Build, opening: Passage) -> list[Passage]:
    """Its points, the items below it, and what is below these; else the sections within its own;
    else what stands next. Articles stand for themselves: "ARRÊTE :" is above all of them.
    """
    after, above = build.following(opening), opening.headings
    if items := _items([opening], after):
        return items
    inside = takewhile(lambda p: p.headings[: len(above)] == above != p.headings, after)
    inside = takewhile(lambda p: not p.anchor.is_of_article, inside)
    if sections := list(inside) if above else []:
        return sections
    is_next = after and after[0].headings == above and after[0].kind == Kind.PARAGRAPH
    return [after[0], *_items(after[:1], after[1:])] if is_next else []


def _announces(text: str) -> bool:
    return text.rstrip().endswith(":")


def _items(above: Sequence[Passage], after: Sequence[Passage]) -> list[Passage]:
    """The first passages that are, or are parts of, items below some, or below each other."""
    found: list[Passage] = []
    for p in after:
        if not any(_is_below(p, other) for other in (*above, *found)):
            break
        found.append(p)
    return found


def _is_below(passage: Passage, other: Passage) -> bool:
    """Is a passage a part of another one, or an item that its last words open?"""
    is_part = passage.anchor.portion.startswith(f"{other.anchor.portion}.")
    return is_part or bool(passage.lead and other.text.rstrip().endswith(passage.lead))

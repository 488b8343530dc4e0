"""Which lines of a typed text are notes ("(1) Hors taxes."), and which words call them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sources.structure.blocks import Block, Role, squeezed
from sources.structure.calls import CALL_AT_END, OF_NOTE, RAISED, calls
from sources.structure.parts import Part

_PLAIN = str.maketrans(RAISED, "0123456789")
# A figure right behind the end of a sentence, and one at the head of the next ("quartier.1").
_GLUED = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}+[.,;:](?P<call>\d{1,2})(?=\s|$)")
_HEADED = re.compile(r"(?:^|[.;:!?]\s)(?P<note>\d{1,2}) (?=[A-ZÀ-Ý])")


def glued(blocks: Sequence[Block]) -> list[str]:
    """Words with a figure that may call a note, where a sentence begins with that figure.

    >>> glued([Block("Il aide le quartier.1"), Block("Il dure 2 heures. 1 Une rue en est un.")])
    ['quartier.1']
    """
    texts = [block.text for block in blocks if block.role is Role.TEXT]
    notes = {found["note"] for text in texts for found in _HEADED.finditer(text)}
    calls = (found for text in texts for found in _GLUED.finditer(text))
    return [found[0] for found in calls if found["call"] in notes]


class TypedNotes:
    """The signs that were called so far, and the lines that may be their notes.

    Attributes:
        unsure: Lines with the sign of a note that nothing surely calls.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.unsure: list[str] = []
        self._calls: dict[str, tuple[Part, int]] = {}  # where "(1)" was last called
        self._heads = Counter(head[1] for b in blocks if (head := OF_NOTE.match(b.text)))
        self._at_foot = _foot_notes(blocks)

    def call(self, part: Part) -> None:
        """Keep which signs the last words of a part have.

        A raised figure may call a note that is typed on the line ("250 €¹", "(1) Hors taxes.").
        """
        last = len(part.blocks) - 1
        text = part.blocks[last].text
        for sign, at in calls(text):
            number = sign.translate(_PLAIN)
            typed = (f"({number})", f"[{number}]") if sign != number and text[at - 1] != "m" else ()
            self._calls |= dict.fromkeys((sign, *typed), (part, last))

    def take(self, block: Block, above: Part, *, below: bool, article: bool) -> bool:
        """Take a line as a note; whether it is one.

        It stands in the same article as its call, or anywhere where no other line begins with its
        number. A line with the next number that nothing calls makes a list of both.

        Args:
            block: The line.
            above: The part right above it.
            below: Whether it stands below words of an article, or below the final formula.
            article: Whether it stands in an article. Where it does not, a line that is not surely
                a note is told if words call it.
        """
        head = OF_NOTE.match(block.text)
        if head is None or block.quoted or block.role is not Role.TEXT:
            return False
        sign, last = head[1], above.blocks[-1].text
        if last.endswith(":"):
            return False
        ended = not article and self._ends(last, sign)
        if not (below or sign in self._at_foot or ended):
            item = block.depth > 0 and not (sign == "*" and self._heads[sign] == 1)
            told = not article and not item and sign in self._calls
            self.unsure += [squeezed(block.text)] if told else []
            return False
        taken = self._give(block, sign, above)
        listed = sign == "*" or re.match(r"\(\d", sign) is not None  # signs of lists too
        if not taken and (not listed or sign in self._calls):
            self.unsure.append(squeezed(block.text))
        return taken

    def _ends(self, text: str, sign: str) -> bool:
        """Whether a sentence ends with a sign that heads one line at most."""
        end = CALL_AT_END.search(text) if self._heads[sign] <= 1 else None
        return end is not None and end[0].strip() == sign

    def _give(self, block: Block, sign: str, above: Part) -> bool:
        """Give a note to the words that call it, where it is sure which these are."""
        following = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), sign)
        if following != sign and self._heads[following] and following not in self._calls:
            return False
        part, at = self._calls.get(sign, (None, 0))
        if part is None or not (part is above or self._heads[sign] == 1):
            return False
        words = part.blocks[at]
        notes = (*words.notes, squeezed(block.text), *block.notes)
        part.blocks[at] = replace(words, notes=notes, doubts=words.doubts + block.doubts)
        return True


def _foot_notes(blocks: Sequence[Block]) -> frozenset[str]:
    """The signs of lines that are surely notes, however far below the words that call them.

    Each sign heads one line and is called once above it; the numbers count on from 1, in the order
    of the lines and in that of the calls. Lines below a colon are no notes but a list, and so are
    lines that no words call.

    >>> sorted(_foot_notes([Block("Le bac (1) part."), Block("Le 3 mai (2)."),
    ...                    Block("(1) Celui d’Ath."), Block("(2) À midi.")]))
    ['(1)', '(2)']
    >>> _foot_notes([Block("Les cas (1) et (2) :"), Block("(1) le bac ;"), Block("(2) le quai.")])
    frozenset()
    """
    heads: dict[str, list[int]] = {}
    called: dict[str, list[tuple[int, int]]] = {}
    listed: set[str] = set()  # forms of the signs of lists that a colon introduces
    for at, block in enumerate(blocks):
        if head := _heads_note(block):
            heads.setdefault(head, []).append(at)
            listed |= {_form(head)} if at and blocks[at - 1].text.endswith(":") else set()
            continue
        for sign, place in calls(block.text):
            called.setdefault(sign, []).append((at, place))
    found: set[str] = set()
    of_form: dict[str, list[str]] = {}
    for head in heads:
        of_form.setdefault(_form(head), []).append(head)
    for form in of_form.keys() - listed:
        signs = of_form[form]
        sure = all(_is_called_once(heads[sign], called.get(sign, [])) for sign in signs)
        numbers = [number for sign in signs if (number := _number(sign))]
        counted = numbers == [str(at + 1) for at in range(len(numbers))]
        if sure and counted and (order := [called[sign] for sign in signs]) == sorted(order):
            found |= set(signs)
    return frozenset(found)


def _heads_note(block: Block) -> str:
    """The sign at the head of a line that may be a note; "" for none.

    A star that is typed before one also makes an item of it.
    """
    found = OF_NOTE.match(block.text)
    item = block.depth > 0 and not block.text.startswith("* ")
    free = found and block.role is Role.TEXT and not item and not block.quoted
    return found[1] if found and free else ""


def _is_called_once(heads: Sequence[int], called: Sequence[tuple[int, int]]) -> bool:
    return len(heads) == len(called) == 1 and called[0][0] < heads[0]


def _number(sign: str) -> str:
    return re.sub(r"\D", "", sign.translate(_PLAIN))


def _form(sign: str) -> str:
    """What signs of one list have in common: "(n)", "[n]", raised figures, stars."""
    raised = "^" if sign[0] in RAISED else ""
    return raised + re.sub(r"\d+", "n", sign.translate(_PLAIN)) if _number(sign) else sign

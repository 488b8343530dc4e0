"""Line breaks within a paragraph: which of them part it.

Word (Shift+Enter) and HTML (``<br>``) break a line without ending the paragraph. Where what
follows opens a numbered part as a paragraph would ("§ 2. …", "Art. 3. …", "b) …"), or the final
formula, it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sources.formats.raised import shown
from sources.structure.formulas import is_dated_at, opens_formula
from sources.structure.numbers import Marker, marker

_BREAK = re.compile(r"\s*\n\s*")
_NEAR = 200  # signs before a break that tell whether a sentence or the head of an annex has ended
_NAME = re.compile(r"(?:^|\n)\s*A(?:rt|RT)(?:\.|icle|ikel|ICLE|IKEL)$")  # its number follows
_ENDS = tuple(".,;:!?»”")
_NO_HEADING = tuple(".;,:")
IN_BRACKETS = re.compile(r"\([^()]*\)")
_HEADING = 200  # signs at most


def parted(
    words: str, notes: Sequence[tuple[int, str]], *, blank: bool = False
) -> Iterator[tuple[str, tuple[str, ...]]]:
    r"""The paragraphs of some words, each with its notes; those come with their place.

    ``blank``: a blank line parts paragraphs too.

    >>> [part for part, _ in parted("§ 1. Le sel\nest sec.\n§ 2. Le riz.", [])]
    ['§ 1. Le sel\nest sec.', '§ 2. Le riz.']
    >>> [part for part, _ in parted("• du sel\n• du riz", [])]
    ['• du sel', '• du riz']
    """
    first, stop = len(words) - len(words.lstrip()), len(words.rstrip())
    starts = [0, *(at for at in _breaks(words, blank=blank) if first < at < stop)]
    for start, end in pairwise([*starts, len(words) + 1]):
        if text := words[start:end].strip():
            yield text, tuple(note for at, note in notes if start <= at < end)


def heads(words: str) -> bool:
    r"""Whether words that are bold as a whole are a heading, on one line or on several.

    >>> heads("PROTOCOLE\nrelatif au sel"), heads("Le sel est sec."), heads("1. Sel\n2. Riz")
    (True, False, False)
    >>> heads("(Texte coordonné)"), heads("(1) Quai")  # said of the title above; a number
    (False, True)
    """
    if IN_BRACKETS.fullmatch(words.strip()):
        return False
    lines = [line.strip() for line in words.strip().split("\n")]
    ended = any(line.endswith(_NO_HEADING) for line in lines)
    counted = any(map(marker, lines[1:]))
    return 0 < sum(map(len, lines)) <= _HEADING and not ended and not counted


def _breaks(words: str, *, blank: bool) -> Iterator[int]:
    """Where a paragraph begins after a break.

    Of lines whose numbers follow one another each is one.
    """
    numbered = _numbered(words)
    for found in _BREAK.finditer(words):
        end = words.find("\n", found.end())
        line = shown(words[found.end() : end if end >= 0 else len(words)])
        before = words[max(0, found.start() - _NEAR) : found.start()]
        opens = found.end() in numbered or _opens(marker(line.strip()), line, before)
        opens = opens or (before.endswith(".") and (opens_formula(line) or is_dated_at(line)))
        opens = opens or (not line[:1].islower() and _is_titled_annex(before))
        if (blank and found[0].count("\n") > 1) or opens:
            yield found.end()


def _is_titled_annex(before: str) -> bool:
    """Whether the line that ends here is the head of an annex, with its title."""
    found = marker(shown(before.rpartition("\n")[2]).strip())
    return found is not None and found.sign == "anx" and bool(found.rest)


def _numbered(words: str) -> set[int]:
    """Where lines begin whose number follows that of another line, or comes right before it.

    So do those with a sign, where the first line has one: they are a list.
    """
    starts = [0, *(found.end() for found in _BREAK.finditer(words))]
    heads = ((at, marker(line)) for at, line in zip(starts, _BREAK.split(words), strict=True))
    counted = [(at, head) for at, head in heads if head and not _is_initial(head)]
    runs = pairwise(counted)
    found = {at for a, b in runs if b[1].succeeds(a[1]) for at in (a[0], b[0])}
    signs = [at for at, head in counted if head.form == "bullet"]
    listed = bool(signs) and not words[: signs[0]].strip()
    return found.union(signs if listed else ())


def _is_initial(found: Marker) -> bool:
    """Whether a number may be the initial of a name, as below the words of a signature."""
    lettered = found.form in {"letter", "roman"}
    return lettered and found.sign == "." and found.number[0].isupper()


def _opens(found: Marker | None, line: str, before: str) -> bool:
    """Whether a line with this number at its head opens a part, after the words before."""
    if found is None or found.form == "bullet" or _NAME.search(before) or _is_initial(found):
        return False
    sure = found.form in {"article", "division"} or (
        found.form == "paragraph"
        and "." in line[: len(line) - len(found.rest)]
        and not found.rest[0].islower()  # "le § 3. de l’annexe"
    )
    return sure or before.endswith(_ENDS)

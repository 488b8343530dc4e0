"""Passages that answer nothing: a question that a text quotes, refers or replies to; a letterhead.

A written question and its answer, the question that a court was asked, a page of frequent
questions: the question in the text is nearest to the question of a reader, and answers none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.anchor import levels, word_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.build import Build
    from sources.model import Passage

_ENDS = (".", ";", "!", "?", "…", "»", "”")  # of what is more than a line of its own
_FEW_WORDS = 6  # of the name of a body, a title, "Madame, Monsieur,"; a reason has more
_CLOSES = " \u00a0\u202f.»”’\"')]"  # what may stand behind the sign of a question


def says_nothing(passage: Passage, build: Build) -> bool:
    """Can a passage answer no question, as it asks itself or is a line of a letterhead?"""
    return asks(passage, build) or (is_bare_line(passage) and passage.text.isupper())


def is_bare_line(passage: Passage) -> bool:
    """Is a passage that has no heading a few words that state nothing ("VILLE DE NAMUR")?"""
    text = passage.text.rstrip()
    if passage.headings or passage.lead or text.endswith(_ENDS):
        return False
    has_figures = any(sign.isdigit() or sign == ":" for sign in text)
    return not has_figures and len(text.split()) <= _FEW_WORDS


def asks(passage: Passage, build: Build) -> bool:
    """Is all of a passage questions, or does it announce one ("asked the court:")? A point that
    begins with a question asks where a point replies to it.
    """
    if passage.text.rstrip().endswith(":"):
        after = build.neighbour(passage, 1)
        return after is not None and _is_question(after, build)
    if _is_question(passage, build):
        return True
    return _begins_with_one(passage, build) and _point_in_reply(passage, build) is not None


def reply(passage: Passage, build: Build) -> Passage | None:
    """What replies to a question: the point of its number in a list of as many points further on,
    or what stands right below it; None where several questions stand together, and for what asks
    nothing.
    """
    if not asks(passage, build):
        return None
    if point := _point_in_reply(passage, build):
        return point
    before, after = (build.neighbour(passage, step) for step in (-1, 1))
    if after is None or after.headings != passage.headings or asks(after, build):
        return None
    is_alone = before is None or before.headings != passage.headings or not asks(before, build)
    return after if is_alone else None


def _is_question(passage: Passage, build: Build) -> bool:
    if not passage.text.rstrip(_CLOSES).endswith("?"):
        return False
    return all(map(_has_its_sign, _sentences(passage, build)))


def _begins_with_one(passage: Passage, build: Build) -> bool:
    return "?" in passage.text and _has_its_sign(_sentences(passage, build)[0])


def _has_its_sign(sentence: str) -> bool:
    return sentence.rstrip(_CLOSES).endswith("?")


def _sentences(passage: Passage, build: Build) -> list[str]:
    text = passage.text
    return [text[start:end] for start, end in build.sentences(text, passage.anchor.lang)]


def _point_in_reply(passage: Passage, build: Build) -> Passage | None:
    """The point with the number of one under the next heading that has such a point; None where
    the two lists differ in length.
    """
    number = _number(passage)
    if not number:
        return None
    others = (p for p in build.following(passage) if p.headings != passage.headings)
    found = next((p for p in others if _number(p) == number), None)
    if found is None or _is_question(found, build):
        return None
    document = build.document(*passage.anchor.work_lang)
    return found if _numbers(found, document) == _numbers(passage, document) else None


def _numbers(passage: Passage, document: Sequence[Passage]) -> list[str]:
    """Of all points under the heading of one."""
    under = (_number(p) for p in document if p.headings == passage.headings)
    return [number for number in under if number]


def _number(passage: Passage) -> str:
    """Of a point, as the last step of its address; "" where it is none."""
    portion = passage.anchor.portion
    return levels(portion)[-1] if word_at(portion, -1) == "pnt" else ""

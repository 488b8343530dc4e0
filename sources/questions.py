"""Questions that a passage answers: one more view of it, for search alone.

People ask in other words than a text is written in. A list of questions by portion, written by
a reader of the text, brings the two together (document expansion; Nogueira et al. 2019). The
questions are never shown and never cited: what they lead to is the passage itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sources.anchor import Lang
from sources.errors import ReadError
from sources.files import read_toml
from sources.model import Document, Passage

Question = Annotated[str, Field(min_length=1, max_length=1000)]


class Questions(BaseModel):
    """One file: the language it is in, and the questions by portion."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    lang: Lang
    questions: dict[str, tuple[Question, ...]]


def load(path: Path) -> Questions:
    """Read a list; ``ReadError`` where it does not have its form."""
    return read_toml(path, Questions, "a list of questions")


def attach(document: Document, lists: Sequence[Questions]) -> Document:
    """The document, each passage with its questions, each once.

    ``ReadError`` names every portion that the document does not have. A passage without
    questions is found by its text, as before.
    """
    portions = {p.anchor.portion for p in document.passages}
    named = {portion for one in lists for portion in one.questions}
    if unknown := sorted(named - portions):
        raise ReadError(
            "a list of questions has portions that the document does not have",
            ", ".join(unknown),
            f"Correct the questions on {document.work}.",
        )
    passages = tuple(
        replace(p, questions=tuple(dict.fromkeys(q for one in lists for q in _of(one, p))))
        for p in document.passages
    )
    return replace(document, passages=passages)


def _of(one: Questions, passage: Passage) -> tuple[str, ...]:
    return one.questions.get(passage.anchor.portion, ())

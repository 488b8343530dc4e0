"""Questions that a passage answers, and questions that its source leaves open.

They serve search and refusal only.

People ask in other words than a text is written in. A list of questions by portion, written by
a reader of the text, brings the two together (document expansion; Nogueira et al. 2019). A second
list has questions about the subject of a passage that the source leaves open: they show where
what the text says ends. Neither is ever shown or cited: what they lead to is the passage itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field

from sources.errors import ReadError
from sources.files import read_toml
from sources.model import Document, Passage
from sources.sidecar import Sidecar

Question = Annotated[str, Field(min_length=1, max_length=1000)]


class Questions(Sidecar):
    """One file: the questions by portion.

    Attributes:
        questions: Those that the passage answers.
        unanswered: Those about its subject that no passage of the source answers.
    """

    model_config = ConfigDict(str_strip_whitespace=True)

    questions: dict[str, tuple[Question, ...]]
    unanswered: dict[str, tuple[Question, ...]] = Field({})


def load(path: Path) -> Questions:
    """Read a list; ``ReadError`` where it does not have its form."""
    return read_toml(path, Questions, "a list of questions")


def attach(document: Document, lists: Sequence[Questions]) -> Document:
    """The document, each passage with its questions, each once.

    ``ReadError`` names every portion that the document does not have, and every question that
    is said to be answered and not to be. A passage without questions is found by its text.
    """
    portions = {p.anchor.portion for p in document.passages}
    named = {portion for one in lists for portion in (*one.questions, *one.unanswered)}
    if unknown := sorted(named - portions):
        raise ReadError(
            "a list of questions has portions that the document does not have",
            ", ".join(unknown),
            f"Correct the questions on {document.work}.",
        )
    yes = {q for one in lists for questions in one.questions.values() for q in questions}
    no = {q for one in lists for questions in one.unanswered.values() for q in questions}
    if both := sorted(yes & no):
        raise ReadError(
            "questions are said to be answered and not to be",
            "; ".join(both),
            f"Correct the questions on {document.work}.",
        )
    passages = tuple(
        replace(
            p,
            questions=_of(p, [one.questions for one in lists]),
            unanswered=_of(p, [one.unanswered for one in lists]),
        )
        for p in document.passages
    )
    return replace(document, passages=passages)


def _of(passage: Passage, lists: Sequence[dict[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Those of a passage, each once, in the order of the lists."""
    portion = passage.anchor.portion
    return tuple(dict.fromkeys(q for one in lists for q in one.get(portion, ())))

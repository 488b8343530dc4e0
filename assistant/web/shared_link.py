"""A link that asks a question again: what stands in its address, checked as any other input.

The address has all that is needed, behind its ``#``, which browsers send to no server. So nothing
is kept here, and no log of a server or a proxy has the question.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.web.conversation import MOST
from sources.anchor import Lang

_HIDDEN = ("Cc", "Cf", "Co", "Cs")  # categories of characters that nobody sees
_SEEN = "\n\t"  # of those


class SharedQuestion(BaseModel):
    """A question as a link brings it.

    Attributes:
        question: What is asked.
        language: Of the answer that was shared.
        build: That the answer was made with.
        after: The messages before it that it goes on from, a line each; no more than a
            conversation has.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    question: str
    language: Lang
    build: str = Field(pattern=r"^[0-9a-f]{12}$")
    after: str = ""


def read(sent: object, most: int) -> SharedQuestion | Literal["link_damaged", "link_hidden"]:
    """What a link asks, or why it is not asked; a question that is too long is told as any other.

    ``most`` is how many characters a question may have.
    """
    try:
        found = SharedQuestion.model_validate(sent)
    except ValidationError:
        return "link_damaged"
    before = found.after.split("\n")
    if not found.question.strip() or len(before) > MOST or any(len(m) > most for m in before):
        return "link_damaged"
    return "link_hidden" if any(map(_is_hidden, found.question + found.after)) else found


def shareable(text: str) -> str:
    r"""A text without the characters that nobody sees, as a link may have it.

    >>> shareable("Quand\u00ad ouvre\u202e l’écluse ?")
    'Quand ouvre l’écluse ?'
    """
    return "".join(c for c in text if not _is_hidden(c))


def shown(sent: object, most: int) -> str:
    r"""The question of a link that is not asked: cut, and with its hidden characters seen.

    >>> shown({"question": "Quand\u202e ?"}, 100)
    'Quand� ?'
    """
    text = str(sent.get("question", "")) if isinstance(sent, dict) else ""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_hidden(c) else c for c in text[:most])


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character not in _SEEN

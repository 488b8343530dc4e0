"""What a conversation is made of, and how it goes to the browser and comes back.

Conversations are kept by the browser, not here. Each turn is signed; a turn whose
signature is wrong is not shown, exported or rated. Quotes are compared with the texts again before
they are shown.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from assistant.answer import Answer, Outcome, Refusal, as_json

if TYPE_CHECKING:
    from assistant.web.signing import Signer

NoOutcome = Literal[
    "", "searching", "stopped", "too_long", "too_many", "full", "failed", "away", "lost",
    "link_damaged", "link_hidden",
]  # fmt: skip
MOST = 100  # turns of a conversation
_LONGEST = 1_500_000  # characters of a conversation that the browser keeps and sends back
_LISTED = 1000  # conversations in a list
_TURN = "turn"  # what signatures are for
_ANSWER, _REFUSAL = TypeAdapter(Answer), TypeAdapter(Refusal)


def _new_id() -> str:
    return f"{time.time_ns():016x}{secrets.token_hex(8)}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it.

    Attributes:
        question: As typed.
        outcome: Answer or refusal; None where there is none (yet).
        note: Why there is no outcome: a key of the page's texts.
        detail: What an administrator needs to know of a failure.
        verdict: What the reader thought of the answer, where they said so.
        comment: What they added to it in their own words.
        remark: Id of both in the feedback, by which they are taken back.
        after: The messages before it that it goes on from, a line each.
        linked: The build of the link that asked it; "" where its reader did.
        id: Its name in the browser; names are in the order in which questions were asked.
    """

    question: str
    outcome: Outcome | None = None
    note: NoOutcome = ""
    detail: str = ""
    verdict: str = ""
    comment: str = ""
    remark: str = ""
    after: str = ""
    linked: str = ""
    id: str = field(default_factory=_new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions in their order."""

    id: str
    started: str
    title: str = ""
    turns: tuple[Turn, ...] = ()

    @classmethod
    def new(cls) -> Conversation:
        """An empty one with an id of its own."""
        return cls(uuid.uuid4().hex, datetime.now(UTC).isoformat(timespec="milliseconds"))

    def ask(self, question: str) -> Conversation:
        """With a question that is being searched."""
        title = self.title or " ".join(question.split())[:80]
        return replace(self, title=title, turns=(*self.turns, Turn(question, note="searching")))

    def end(self, turn: Turn) -> Conversation:
        """With its last turn answered."""
        last = self.turns[-1]
        return self.change(len(self.turns) - 1, replace(turn, id=last.id))

    def change(self, place: int, turn: Turn) -> Conversation:
        """With one turn replaced."""
        return replace(self, turns=(*self.turns[:place], turn, *self.turns[place + 1 :]))

    @property
    def history(self) -> list[str]:
        """Questions that were answered or refused, oldest first."""
        return [t.question for t in self.turns if t.outcome is not None]

    @property
    def full(self) -> bool:
        """Has it as many answers as a conversation may have?"""
        return len(self.history) >= MOST

    @property
    def searching(self) -> bool:
        """Is its last question still being searched?"""
        return bool(self.turns) and self.turns[-1].note == "searching"


def to_browser(conversation: Conversation, signer: Signer) -> dict[str, Any]:
    """What the browser keeps: what is answered or refused, each turn signed.

    Of a conversation that would be too long to be sent back, the newest turns.
    """
    kept: list[dict[str, str]] = []
    budget = _LONGEST
    for turn in reversed([t for t in conversation.turns if t.outcome is not None]):
        signed = signer.sign(_TURN, _value(turn))
        budget -= len(signed) + len(turn.question)
        if budget < 0:
            break
        kept.append({"id": turn.id, "question": turn.question, "signed": signed})
    return {
        "id": conversation.id,
        "started": conversation.started,
        "title": conversation.title,
        "turns": kept[::-1],
    }


def _value(turn: Turn) -> dict[str, Any]:
    assert turn.outcome is not None
    return {
        "question": turn.question,
        "judged": turn.verdict,
        "comment": turn.comment,
        "remark": turn.remark,
        "after": turn.after,
        "linked": turn.linked,
        "outcome": as_json(turn.outcome),
    }


def _day(written: str) -> str:
    if written:
        datetime.fromisoformat(written)
    return written


_When = Annotated[str, Field(max_length=40), AfterValidator(_day)]


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str = Field(default_factory=_new_id, pattern=r"^[0-9a-f]{32}$")
    question: str
    signed: str = ""


class _Conversation(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    started: _When = ""
    title: str = Field("", max_length=200)
    turns: list[_Turn]


def from_browser(kept: object, signer: Signer, most: int) -> Conversation | None:
    """A conversation as the browser kept it; None where it does not have that form.

    A turn that is not as it was signed is lost: its question is there, cut to ``most``
    characters, to be asked again. Of more turns than it may have, the newest are read.
    """
    try:
        found = _Conversation.model_validate(kept)
    except ValidationError:
        return None
    turns = tuple(_turn(t, signer, most) for t in found.turns[-MOST:])
    return Conversation(found.id, found.started, found.title, turns)


def _turn(kept: _Turn, signer: Signer, most: int) -> Turn:
    value = signer.read(_TURN, kept.signed)
    try:
        answered = value["outcome"]["outcome"] == "answer"
        outcome = (_ANSWER if answered else _REFUSAL).validate_python(value["outcome"])
        return Turn(
            str(value["question"]),
            outcome,
            verdict=str(value["judged"]),
            comment=str(value["comment"]),
            remark=str(value["remark"]),
            after=str(value["after"]),
            linked=str(value["linked"]),
            id=kept.id,
        )
    except (ValidationError, TypeError, LookupError):  # of an earlier version, or not ours
        return Turn(kept.question[:most], note="lost", id=kept.id)


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """A conversation in the list that the browser keeps."""

    id: str
    title: str
    started: str
    count: int


class _Listed(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    title: str = Field("", max_length=200)
    started: _When = ""
    count: int = Field(ge=0, le=MOST)


def conversation_entries(kept: object) -> tuple[ConversationEntry, ...]:
    """The browser's list; entries without its form are left out."""
    if not isinstance(kept, Sequence) or isinstance(kept, str):
        return ()
    found = []
    for entry in kept[:_LISTED]:
        try:
            item = _Listed.model_validate(entry)
        except ValidationError:
            continue
        found.append(ConversationEntry(item.id, item.title, item.started, item.count))
    return tuple(found)

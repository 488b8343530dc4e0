"""Having a language model write sentences that rest on numbered passages.

The model sees the question and the passages, each under a short id, and gives back sentences with
the ids that they rest on. What it says is a draft: :mod:`assistant.writing` lets through what has
been checked and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import AssistantError
from index.chat import ChatModel, closed, form, listed
from index.errors import ChatError
from sources.anchor import Lang

if TYPE_CHECKING:
    from sources.settings import Settings

_PROMPTS = Path(__file__).with_name("data")
_SENTENCES = 20  # that are looked at
_STRINGS = {"type": "array", "items": {"type": "string"}}
_SENTENCE = closed({"text": {"type": "string"}, "passages": _STRINGS})
_SCHEMA = form("written_answer", {"sentences": {"type": "array", "items": _SENTENCE}})


class WriterError(AssistantError):
    """The model gave no draft that can be used."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model gave it, and the ids of the passages that it says it rests on."""

    text: str
    passages: tuple[str, ...]


class AnswerWriter(Protocol):
    """Writes drafts; an interface, so that tests can pass a simple one."""

    @property
    def name(self) -> str:
        """Name of the model, as answers carry it."""

    @property
    def seconds(self) -> float:
        """How long a question may take it in all."""

    def write(
        self,
        question: str,
        lang: Lang,
        passages: Sequence[tuple[str, str]],
        deadline: float,
        *,
        again: bool = False,
    ) -> list[Draft]:
        """The sentences of an answer; none where it finds none; ``WriterError``.

        Args:
            question: What is asked.
            lang: Language to write in.
            passages: Id and text of each.
            deadline: When it has to be there (``time.monotonic``).
            again: Was what it wrote before of no use?
        """


class LlmWriter:
    """A model behind an address; ``WriterError`` where it gives nothing that can be used."""

    def __init__(self, model: ChatModel) -> None:
        self.name, self.seconds = model.name, model.seconds
        self._model = model

    @classmethod
    def of(cls, settings: Settings) -> LlmWriter | None:
        """The configured one; None where there is none."""
        model = ChatModel.of(settings)
        return cls(model) if model else None

    def write(
        self,
        question: str,
        lang: Lang,
        passages: Sequence[tuple[str, str]],
        deadline: float,
        *,
        again: bool = False,
    ) -> list[Draft]:
        """See :class:`AnswerWriter`."""
        system, note = _prompt(lang)
        given = "\n\n".join(f"[{name}] {text}" for name, text in passages)
        user = f"{given}\n\n{question}" + (f"\n\n{note}" if again else "")
        try:
            drafts = read(self._model.ask(system, user, _SCHEMA, deadline))
        except ChatError as error:
            raise WriterError(error.what, None, error.next_step) from None
        if drafts is None:
            raise WriterError(
                "the language model gave no answer that can be read",
                None,
                "Take a larger model, or unset DUCHESSE_LLM_URL.",
            )
        return drafts


@cache
def _prompt(lang: Lang) -> tuple[str, str]:
    """What the model is told, and what is added where it has to write again."""
    text = (_PROMPTS / f"write.{lang}.txt").read_text("utf-8")
    system, _, again = text.partition("\n---\n")
    return system.strip(), again.strip()


def read(reply: str) -> list[Draft] | None:
    """The drafts in what a model says, with or without words around; None where there are none.

    >>> read('Voici : {"sentences": [{"text": "Le quai ouvre.", "passages": ["P1"]}]} Voilà.')
    [Draft(text='Le quai ouvre.', passages=('p1',))]
    >>> read('{"sentences": []}'), read('{"sentences": [{"text": "Le')
    ([], None)
    """
    found = listed(reply, "sentences")
    return None if found is None else [_draft(s) for s in found[:_SENTENCES]]


def _draft(given: object) -> Draft:
    """One sentence; without passages, which no check lets through, where it has another form."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return Draft("", ())
    ids = given.get("passages")
    if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
        return Draft(given["text"], ())
    return Draft(given["text"], tuple(dict.fromkeys(i.strip("[] ").lower() for i in ids)))

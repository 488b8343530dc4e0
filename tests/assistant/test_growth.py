"""Time grows with a message, a sentence and a conversation, and no faster."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from assistant.answering import Assistant
from assistant.enumerations import enumeration
from assistant.finding import ScoredPassage
from assistant.mention import Named
from assistant.message import leans_on_before
from assistant.name_numbers import numbers_of
from assistant.question import read
from index.query import Query
from sources.anchor import Lang

SHOUTED = "LE COLLEGE DES BOURGMESTRE ET ECHEVINS DE LA VILLE D’EAU DECIDE CE QUI SUIT POUR LE QUAI"
ELLIPTIC = ["Quel est le délai de transposition de la directive sur les ports ?"] + [
    f"et pour la directive {number} ?" for number in range(9)
]


@pytest.mark.parametrize(
    "read_in",
    [
        lambda: enumeration(
            Query.of("Quels ports sont visés ?", "fr"),
            f"{SHOUTED * 2}, Givet et Gand sont visés.",
            "fr",
            of_names=True,
        ),
        lambda: numbers_of([f"arrêté {'-' * 60} 3 mai 2031"], ""),
        lambda: leans_on_before("la-" * 330 + "?", "fr"),
    ],
)  # fmt: skip
def test_no_text_keeps_a_pattern_busy_for_ever(read_in: Callable[[], object]) -> None:
    read_in()


def _read(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, messages: Sequence[str]) -> int:
    """How often a message is looked through for the texts that it names."""
    looked: list[str] = []
    as_before = assistant.mentions.read

    def counting(
        question: str,
        lang: Lang,
        before: Sequence[str] = (),
        answering: Callable[[str], str | None] = lambda _: None,
    ) -> Named:
        looked.append(question)
        return as_before(question, lang, before, answering)

    with monkeypatch.context() as patch:
        patch.setattr(assistant.mentions, "read", counting)
        read(messages[-1], "fr", assistant.mentions, before=messages[:-1])
    return len(looked)


def test_each_message_of_a_conversation_is_read_once(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    five, ten = (_read(assistant, monkeypatch, ELLIPTIC[:n]) for n in (5, 10))
    assert ten <= 2 * five


def _found(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, follow_ups: int) -> int:
    """How often something is searched for."""
    searched: list[Query] = []
    selector = assistant._selector
    as_before = selector.find

    def counting(query: Query, *more: Sequence[object]) -> list[ScoredPassage]:
        searched.append(query)
        return as_before(query, *more)  # type: ignore[arg-type]

    history = ["Quel rôle est prévu pour les douanes ?"]
    history += [f"et le {thing} ?" for thing in ("budget", "prix", "délai", "lieu", "jour")][
        :follow_ups
    ]
    with monkeypatch.context() as patch:
        patch.setattr(selector, "find", counting)
        assistant.ask(history[-1], "fr", history=history[:-1])
    return len(searched)


def test_a_follow_up_costs_no_more_the_longer_the_conversation_is(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, five = (_found(assistant, monkeypatch, n) for n in (2, 5))
    assert five <= 4 * two

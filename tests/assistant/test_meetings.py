"""Texts that are named by a meeting and its day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Refusal
from assistant.answering import Assistant
from assistant.meetings import named_at
from sources.anchor import Lang
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("kade", "nl"): (
        "Notulen van de gemeenteraad van 8 mei 2031",
        """# Notulen van de gemeenteraad van 8 mei 2031

Aanwezig: mevrouw Daems, de heer Pauwels.

De raad beslist de kade te verlichten.

De volgende vergadering is op 5 juni 2031.
""",
    ),
    ("ecluse", "fr"): (
        "Procès-verbal de la commission des écluses",
        """# Procès-verbal de la commission des écluses

Réunion du 2 avril 2031 à Halluin.

Présents : Mme Collin, M. Art.
""",
    ),
    ("halage", "fr"): (
        "Procès-verbal de la réunion du comité de concertation du 9 mai 2031",
        """# Procès-verbal de la réunion du comité de concertation du 9 mai 2031

Présents : Mme Collin, M. Art.

Le comité décide de planter des saules le long du chemin de halage.
""",
    ),
}
TITLES = {work: title for (work, _), (title, _) in TEXTS.items()}


@pytest.fixture(scope="module")
def assistant(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


@pytest.mark.parametrize(
    ("question", "lang", "work"),
    [
        ("Wat besliste de gemeenteraad van 8 mei 2031?", "nl", "kade"),
        ("wie was er op de vergadering van 8 mei", "nl", "kade"),
        ("Qu’a décidé le conseil communal du 8 mai 2031 ?", "fr", "kade"),
        ("Que décide la réunion du 9 mai ?", "fr", "halage"),
        ("Qui était présent à la réunion du 2 avril 2031 ?", "fr", "ecluse"),
        ("Wat besliste het overlegcomité op 9 mei 2031?", "nl", "halage"),
        ("Que décide la réunion du comité de concertation du 8 mai 2031 ?", "fr", None),
        ("Que se passe-t-il après la réunion le 9 mai 2032 ?", "fr", None),
        ("Wat gebeurt er na de vergadering vanaf 8 mei 2031?", "nl", None),
    ],
)
def test_a_text_goes_by_its_meeting_and_day(
    assistant: Assistant, question: str, lang: Lang, work: str | None
) -> None:
    named = assistant.mentions.read(question, lang).mention
    assert (named.work if named else None) == (work or (named and named.work))
    found = assistant.mentions.texts.by_meeting(question, lang)
    assert (found and found[0]) == work


@pytest.mark.parametrize(
    ("question", "work"),
    [
        ("Wie was aanwezig op de gemeenteraad van 5 juni 2031?", "kade"),
        ("Qui était présent à la réunion du 3 mars 2031 ?", "halage"),
    ],
)
def test_a_meeting_of_another_day_is_not_here_and_others_are_offered(
    assistant: Assistant, question: str, work: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_text"
    assert any(TITLES[work] in str(choice) for choice in outcome.choices)


def test_a_word_between_a_meeting_and_a_day_may_be_no_name() -> None:
    assert not named_at("la réunion prévue avant le 9 mai 2031", "fr")
    assert not named_at("de vergadering die vanaf 8 mei 2031 loopt", "nl")

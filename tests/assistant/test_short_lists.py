"""What fits two screens of a phone is given whole, and a long title only by its beginning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from sources.anchor import Anchor
from tests.assistant.ordinary import Texts

TEXTS: Texts = {
    ("passeurs", "fr"): (
        "Arrêté du 4 mars 2034 relatif aux passeurs d'eau, à leurs barques, à leurs redevances et "
        "à la surveillance des embarcadères de la région",
        """# Arrêté sur les passeurs d'eau

## Chapitre 1. Amendes

Article 1er. Le passeur sans permis paie une amende de 200 euros. Elle est doublée la nuit.

Art. 2. Le passeur sans gilet paie une amende de 50 euros. Il la paie sur place.

Art. 3. L'amende d'un passeur ivre est de 400 euros. Sa barque est saisie.

Art. 4. Le passager qui ne paie pas risque une amende de 20 euros. Il descend au quai suivant.

Art. 5. Une amende de 30 euros frappe le chien sans laisse. Son maître la paie.
""",
    ),
}


@pytest.fixture(scope="module")
def found(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(TEXTS)


def answered(assistant: Assistant, question: str) -> tuple[list[str], list[str]]:
    """What is shown of each passage of a list, and the passages."""
    answer = assistant.ask(question)
    assert isinstance(answer, Answer)
    assert len(answer.citations) > 3
    shown = [c.key.text if c.key else "" for c in answer.citations]
    stored = [assistant.build.by_anchor[Anchor.parse(c.anchor)] for c in answer.citations]
    return shown, [p.text for p in stored]


@pytest.mark.parametrize("question", ["Quelles sont les amendes ?", "Welke boetes zijn er?"])
def test_a_list_that_is_short_as_a_whole_cuts_nothing(found: Assistant, question: str) -> None:
    shown, whole = answered(found, question)
    assert shown == whole


def test_a_long_title_is_said_by_its_beginning(found: Assistant) -> None:
    answer = found.ask("Quelle est l’amende d’un passeur ivre ?")
    assert isinstance(answer, Answer)
    title, _, place = answer.citations[0].locator.rpartition(", ")
    assert place.startswith("art. 3")
    assert title.startswith("Arrêté du 4 mars 2034 relatif aux passeurs d")
    assert title.endswith(" …")
    assert len(title) <= 100

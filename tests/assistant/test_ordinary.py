"""Ordinary documents: a question in a text answers none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.asking import asks
from index.embedding import Embedder
from sources.anchor import Anchor, Lang
from sources.settings import Settings
from tests.assistant.ordinary import added
from tests.conftest import sharing


@pytest.fixture(scope="module")
def ordinary(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("ordinary"))
    with added(folder, embedder) as found:
        yield found


def _cited(assistant: Assistant, question: str, *before: str) -> list[str]:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor.partition("#")[2] for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "portion"),
    [
        ("Quel montant est prévu en 2033 pour rénover les patinoires ?", "hdg_2.pnt_2"),
        ("Worden de ijsbanen met waterstof verwarmd?", "hdg_2.pnt_3"),
        ("Combien de patinoires communales sont fermées ?", "hdg_2.pnt_1"),  # asks more besides
        ("Hoeveel kost de zwembadkaart?", "par_4"),
        ("Qui reçoit une carte de piscine ?", "par_2"),
        ("La taxe sur les moulins à vent viole-t-elle le principe d’égalité ?", "sec_II.pnt_B.1"),
    ],
)
def test_what_replies_to_a_question_in_a_text_is_quoted_and_not_that(
    ordinary: Assistant, question: str, portion: str
) -> None:
    assert _cited(ordinary, question)[0] == portion
    cited = {Anchor.parse(c.anchor) for c in ordinary.ask(question).citations}  # type: ignore[union-attr]
    assert not any(asks(ordinary.build.by_anchor[anchor], ordinary.build) for anchor in cited)


@pytest.mark.parametrize(
    ("work", "lang", "asking"),
    [
        ("patinoires", "fr", ["hdg_1.pnt_1", "hdg_1.pnt_2", "hdg_1.pnt_3"]),
        ("zwembaden", "nl", ["par_1", "par_3"]),
        ("arret-moulins", "fr", ["sec_I.par_1", "sec_I.par_2"]),
        ("resolutie", "nl", []),
    ],
)
def test_a_passage_asks_where_all_of_it_does(
    ordinary: Assistant, work: str, lang: Lang, asking: list[str]
) -> None:
    build = ordinary.build
    found = [p.anchor.portion for p in build.document(work, lang) if asks(p, build)]
    assert found == asking

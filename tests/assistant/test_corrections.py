"""A corrigendum stands beside what it corrects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from index.embedding import Embedder
from sources.anchor import LANGS, Anchor, Lang
from sources.settings import Settings
from tests.assistant.fetched import answering, fetched
from tests.conftest import sharing

CELEX = "32031R0417"
CORRIGENDUM = f"{CELEX}R(01)"
WORK = f"celex:{CELEX}"
_ACTS = Path(__file__).parents[1] / "sources" / "formats" / "acts"


@pytest.fixture(scope="module")
def notes() -> list[str]:
    """What was told while the texts were fetched."""
    return []


@pytest.fixture(scope="module")
def corrected(
    built: Settings,
    embedder: Embedder,
    tmp_path_factory: pytest.TempPathFactory,
    notes: list[str],
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("corrected"))
    files = {CORRIGENDUM: "corrigendum", CELEX: "journal"}
    acts = {
        (celex, lang): (_ACTS / f"{name}.{lang}.xhtml").read_bytes()
        for celex, name in files.items()
        for lang in LANGS
    }
    settings, told = fetched(folder, acts)
    notes += told
    with answering(settings, embedder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "lang", "portions"),
    [
        (
            "Que dit l’article 3, § 2, du règlement (UE) 2031/417 ?",
            "fr",
            ["art_3.par_2", "pnt_1"],
        ),
        (
            "Wat bepaalt artikel 3, lid 2, van Verordening (EU) 2031/417?",
            "nl",
            ["art_3.par_2", "pnt_1"],
        ),
        ("considérant 2 du règlement 2031/417", "fr", ["rct_2", "pnt_2"]),
        ("Wat bepaalt artikel 3, lid 1, van Verordening (EU) 2031/417?", "nl", ["art_3.par_1"]),
        (
            "Que dit l’article 3, § 2, du règlement sur les bibliothèques transfrontalières ?",
            "fr",
            ["art_3.par_2", "pnt_1"],
        ),
        ("Que dit le point 2 du rectificatif au règlement (UE) 2031/417 ?", "fr", ["pnt_2"]),
        (
            "Le point 2 du rectificatif au règlement sur les bibliothèques transfrontalières ?",
            "fr",
            ["pnt_2"],
        ),
    ],
)
def test_what_is_corrected_is_followed_by_its_correction(
    corrected: Assistant, question: str, lang: Lang, portions: list[str]
) -> None:
    outcome = corrected.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    found = [Anchor.parse(c.anchor) for c in outcome.citations]
    assert [a.portion for a in found] == portions
    works = {f"celex:{CORRIGENDUM}" if a.portion.startswith("pnt") else WORK: a for a in found}
    assert {a.work: a for a in found} == works
    told = [n for n in outcome.notices if n.startswith("Rectifica")]
    assert len(told) == len(portions) - 1
    assert all(a.lang == lang for a in found)


def test_a_corrigendum_without_its_act_says_so(corrected: Assistant, notes: list[str]) -> None:
    assert corrected
    step = f"run `python -m sources fetch {CELEX}`"
    assert any(f"the act that it corrects is not here: {step}" in note for note in notes)

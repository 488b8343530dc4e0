"""Future, repealed and regional law: labelled, and no answer unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer, as_json
from assistant.answering import Assistant
from assistant.in_force import InForce
from assistant.service import AnswerService
from index.builder import build
from index.embedding import Embedder
from index.registry import BuildRegistry
from sources.__main__ import main
from sources.anchor import LANGS, Anchor, Lang
from sources.library import Library
from sources.settings import Settings
from tests.conftest import sharing

WORK = "be-velos"
_ACTS = Path(__file__).parents[1] / "sources" / "formats" / "acts"


@pytest.fixture(scope="module")
def versions(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("versions"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUCHESSE_DATA", str(folder))
        for lang in LANGS:
            file = str(_ACTS / f"justel-versions.{lang}.html")
            titles = ["--title-fr", "Loi sur les abris", "--title-nl", "Wet op de stallingen"]
            assert main(["add", file, "--id", WORK, *titles, "--lang", lang]) == 0
    settings = Settings(data=folder)
    build(BuildRegistry(folder), Library.of(settings), lambda: embedder, settings, lambda *_: None)
    assistant = AnswerService(settings, embedder).assistant()
    yield assistant
    assistant.build.close()


def cited(assistant: Assistant, question: str, *before: str) -> list[str]:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    return [Anchor.parse(c.anchor).portion for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "portions"),
    [
        ("Que dit l’article 2 de la loi sur les abris ?", ["art_2.par_1", "art_2.par_2"]),
        (
            "Que dit l’article 2 de la loi sur les abris en droit futur ?",
            ["art_2.fut.par_1", "art_2.fut.par_2"],
        ),
        ("Wat zegt artikel 2, lid 1, van de wet op de stallingen?", ["art_2.par_1"]),
        (
            "Wat zegt artikel 2, lid 1, van de wet op de stallingen vanaf 1 januari 2036?",
            ["art_2.fut.par_1"],
        ),
        (  # before it enters into force
            "Que dit l’article 2 de la loi sur les abris au 1er mai 2035 ?",
            ["art_2.par_1", "art_2.par_2"],
        ),
        ("Que dit l’article 4 de la loi sur les abris ?", ["art_4"]),
        (
            "Que dit l’article 4 de la loi sur les abris en Région wallonne ?",
            ["art_4.wal.par_1", "art_4.wal.par_2"],
        ),
        ("Wat zegt artikel 4 van de wet op de stallingen in het Vlaams Gewest?", ["art_4.vlg"]),
        ("Que dit l’article 3 de la loi sur les abris ?", ["art_3"]),
        ("Que dit l’article 5 de la loi sur les abris ?", ["art_5.par_2"]),
        ("Que dit l’article 6 de la loi sur les abris ?", ["art_6.fut"]),
    ],
)
def test_a_named_article_is_that_in_force_or_the_version_that_is_asked_for(
    versions: Assistant, question: str, portions: list[str]
) -> None:
    assert sorted(cited(versions, question)) == portions


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Que disent les textes futurs ?", "fr"),
        ("Que dit la future règle ?", "fr"),
        ("Que disent les prochains textes ?", "fr"),
        ("Que disait l’ancienne version ?", "fr"),
        ("Wat zegt het toekomstige recht?", "nl"),
        ("Wat zei de oude versie?", "nl"),
    ],
)
def test_a_version_is_asked_for_in_any_gender(
    versions: Assistant, question: str, lang: Lang
) -> None:
    in_force = InForce(versions.build)
    assert in_force.said(question, lang)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Que dit be-velos@fr#art_4.wal.par_1 ?", "et le paragraphe 2 ?"),
        ("Wat zegt be-velos@nl#art_4.wal.par_1?", "en paragraaf 2?"),
    ],
)
def test_after_a_paragraph_of_a_version_comes_the_next_one_of_that_version(
    versions: Assistant, before: str, question: str
) -> None:
    assert cited(versions, question, before) == ["art_4.wal.par_2"]


@pytest.mark.parametrize(
    ("question", "portion"),
    [
        ("Pour combien de vélos un abri a-t-il place ?", "art_2.par_1"),
        ("Pour combien de vélos un abri a-t-il place en droit futur ?", "art_2.fut.par_1"),
        ("Hoeveel bedraagt de bijdrage voor de stalling?", "art_4"),
        ("Hoeveel bedraagt de bijdrage voor de stalling in het Waals Gewest?", "art_4.wal.par_1"),
    ],
)
def test_a_question_is_answered_with_law_in_force(
    versions: Assistant, question: str, portion: str
) -> None:
    found = cited(versions, question)
    assert found[0] == portion
    in_force = [p for p in found if {"fut", "vlg", "wal"} & set(p.split("."))]
    assert in_force == ([portion] if {"fut", "wal"} & set(portion.split(".")) else [])


def test_what_is_cited_says_how_it_stands_and_where_its_other_versions_are(
    versions: Assistant,
) -> None:
    outcome = versions.ask("Que dit l’article 2 de la loi sur les abris en droit futur ?")
    assert isinstance(outcome, Answer)
    assert outcome.citations[0].standing == "droit futur"
    assert "art. 2, droit futur, § 1" in outcome.citations[0].locator
    assert any("en vigueur à partir du 1er janvier 2036" in n for n in outcome.notices)
    assert as_json(outcome)["citations"][0]["standing"] == "droit futur"
    dutch = versions.ask("Wat zegt artikel 3 van de wet op de stallingen?")
    assert any("Opgeheven sinds 1 maart 2033" in n for n in dutch.notices)
    plain = versions.ask("Que dit l’article 4 de la loi sur les abris ?")
    assert any(
        "Autres versions" in n and "Région flamande" in n and "Région wallonne" in n
        for n in plain.notices
    )


def test_what_only_future_law_says_is_refused_and_named(versions: Assistant) -> None:
    outcome = versions.ask("Qu’est-ce qui surveille l’abri pendant la nuit ?")
    portions = [Anchor.parse(c.anchor).portion for c in getattr(outcome, "citations", ())]
    assert "art_6.fut" not in portions
    if outcome.outcome == "refusal":
        assert any("art. 6, droit futur" in n for n in outcome.notices)

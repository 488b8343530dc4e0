"""Which words of a question a passage has: itself, by another name, or by a translation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.build import Build
from index.coverage import ContentWords, Coverage
from index.glossary import Glossary, load
from index.query import Query
from index.registry import BuildRegistry
from index.search import Searcher
from sources.anchor import Lang
from tests.index.fake import FakeEmbedder, Texts, make, passage, settings_for

FRENCH = ["La commune mesure le bruit.", "Le musée est fermé le lundi.", "Le chat dort."]
DUTCH = ["De gemeente meet de geluidshinder.", "Het museum is maandag gesloten.", "De kat slaapt."]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("coverage")
    works: dict[tuple[str, Lang], list[str]] = {("bruit", "fr"): FRENCH, ("lawaai", "nl"): DUTCH}
    texts = {
        (work, lang): [passage(work, lang, n, text) for n, text in enumerate(lines, 1)]
        for (work, lang), lines in works.items()
    }
    settings = settings_for(folder)
    made = make(settings, Texts(texts))
    opened = Build(BuildRegistry(settings.data).path(made.build))
    yield opened
    opened.close()


def of(build: Build, question: str, lang: Lang) -> dict[str, Coverage]:
    """How much of a question each passage has, by its text."""
    words = ContentWords(Query.of(question, lang), build, Glossary(load()), lambda *_: ())
    return {p.text: words.coverage(p) for p in build.passages}


@pytest.mark.parametrize(
    ("question", "lang", "own", "translated"),
    [
        ("Qui mesure le bruit dans la commune ?", "fr", FRENCH[0], DUTCH[0]),
        ("Wordt de geluidshinder in de gemeente gemeten?", "nl", DUTCH[0], FRENCH[0]),
    ],
)
def test_a_translation_counts_as_far_as_it_is_likely(
    build: Build, question: str, lang: Lang, own: str, translated: str
) -> None:
    found = of(build, question, lang)
    assert found[own].covered == found[own].likely
    assert found[own].covered == max(c.covered for c in found.values())
    assert 0 <= found[translated].covered < found[translated].likely <= 1
    others = set(found) - {own, translated}
    assert found[translated].likely > max(found[text].likely for text in others)


def test_a_word_that_no_text_has_is_unknown_and_in_none(build: Build) -> None:
    found = of(build, "le bruit du zeppelin", "fr")
    assert {c.unknown for c in found.values()} == {0.5}
    assert 0 < found[FRENCH[0]].covered < 1


def test_a_question_without_content_is_in_no_passage(build: Build) -> None:
    assert set(of(build, "?", "fr").values()) == {Coverage(0.0, 0.0, 1.0)}


def test_what_a_text_is_called_counts_as_its_words(build: Build) -> None:
    query = Query.of("le règlement sur le bruit de la commune", "fr")
    called = {"bruit": ["Règlement sur le bruit"]}
    words = ContentWords(query, build, Glossary([]), lambda work, _: called.get(work, []))
    first = next(p for p in build.passages if p.text == FRENCH[0])
    assert words.coverage(first).covered == 1


def test_among_passages_that_mean_the_same_the_one_with_the_words_leads(build: Build) -> None:
    hits = Searcher(build, FakeEmbedder(), Glossary([])).search(Query.of("geluidshinder", "nl"))
    assert hits[0].passage.text == DUTCH[0]
    assert hits[0].coverage.covered == 1

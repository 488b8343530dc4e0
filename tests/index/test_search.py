"""Search: every passage is found by its own words, in its own language and in the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answering import Assistant
from index.build import Build
from index.embedding import Embedder
from index.glossary import Glossary, load
from index.query import Query
from index.registry import BuildRegistry
from index.search import Hit, Searcher
from sources.anchor import LANGS, Lang
from sources.settings import Settings
from tests.index.fake import FakeEmbedder, Texts, harbour, make, passage, settings_for

PORTS, ACT = "ports-2031", "celex:32031L0007"


@pytest.fixture(scope="module")
def searcher(built: Settings, embedder: Embedder) -> Iterator[Searcher]:
    registry = BuildRegistry(built.data)
    opened = Build(registry.path(registry.current()))
    yield Searcher(opened, embedder, Glossary(load()))
    opened.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """Over the small invented works, with the fake embedder."""
    settings = settings_for(tmp_path_factory.mktemp("small"))
    opened = Build(BuildRegistry(settings.data).path(make(settings, harbour()).build))
    yield Searcher(opened, FakeEmbedder(), Glossary([]))
    opened.close()


def best(found: list[Hit]) -> str:
    return found[0].anchor.portion


# On the declaration, with the real weights


@pytest.mark.slow
def test_every_passage_finds_itself_first_by_its_own_french_words(searcher: Searcher) -> None:
    missed = [
        p.anchor.portion
        for p in searcher.build.passages
        if best(searcher.search(Query.of(p.text, "fr"), 3)) != p.anchor.portion
    ]
    assert missed == []


@pytest.mark.slow
def test_every_passage_is_found_first_by_the_words_of_its_dutch_translation(
    searcher: Searcher,
) -> None:
    missed = [
        p.anchor.portion
        for p in searcher.build.passages
        if p.working
        and best(searcher.search(Query.of(p.working.text, "nl"), 3)) != p.anchor.portion
    ]
    assert missed == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_question_in_either_language_finds_the_official_text(
    searcher: Searcher, lang: Lang
) -> None:
    found = searcher.search(Query.of("2022/915", lang))
    assert {h.anchor.lang for h in found} == {"fr"}


def test_hits_come_best_first_each_passage_once_and_no_more_than_wanted(
    searcher: Searcher,
) -> None:
    for limit in (1, 5, 60):
        hits = searcher.search(Query.of("la lutte contre la drogue", "fr"), limit)
        assert len(hits) == limit
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
        assert len({h.anchor for h in hits}) == limit


def test_the_same_question_gives_the_same_hits(searcher: Searcher) -> None:
    one, two = (searcher.search(Query.of("coopération avec la douane", "fr")) for _ in range(2))
    assert [(h.anchor, h.score) for h in one] == [(h.anchor, h.score) for h in two]


def test_every_reason_of_a_hit_is_in_its_bounds(searcher: Searcher) -> None:
    for lang, question in (("fr", "le rôle du CCPD"), ("nl", "de rol van het CPDS")):
        found = searcher.search(Query.of(question, lang), 60)  # type: ignore[arg-type]
        for hit in found:
            assert hit.same is not None
            assert hit.cross is not None
            assert all(-1 <= fit <= 1.001 for fit in hit.word_fits)
            assert all(len(v.tokens) >= len(hit.word_fits) for v in hit.views)
            for view in hit.views:
                assert -1.001 <= view.dense <= 1.001
                assert -1.001 <= view.late <= 1.001
                assert 0 <= view.lexical <= 1


@pytest.mark.parametrize("question", ["", " ", "?", "le la les", "🙂", "a" * 900])
def test_a_question_without_content_is_searched_without_an_error(
    searcher: Searcher, question: str
) -> None:
    for lang in LANGS:
        assert len(searcher.search(Query.of(question, lang), 5)) == 5


# Several works


def test_hits_are_of_the_works_that_are_asked_for(small: Searcher) -> None:
    question = "Les quais du nord"
    assert {h.anchor.work for h in small.search(Query.of(question, "fr"))} == {PORTS, ACT}
    assert {h.anchor.work for h in small.search(Query.of(question, "fr"), works=(ACT,))} == {ACT}
    both = small.search(Query.of(question, "fr"), works=(ACT, PORTS))
    assert {h.anchor.work for h in both} == {PORTS, ACT}
    assert small.search(Query.of(question, "fr"), works=("unknown",)) == []


def test_hits_are_among_the_portions_that_are_given(small: Searcher) -> None:
    among = [(PORTS, "art_3"), (PORTS, "art_2")]
    hits = small.search(Query.of("Les quais du nord", "fr"), among=among)
    assert {h.anchor.work_portion for h in hits} == set(among)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("fr", "Les navires déclarent leur cargaison."), ("nl", "De schepen geven hun lading aan.")],
)
def test_a_text_in_both_languages_is_one_hit_in_the_language_of_the_question(
    small: Searcher, lang: Lang, text: str
) -> None:
    hits = [h for h in small.search(Query.of(text, lang)) if h.anchor.work == ACT]
    (hit,) = hits
    assert (hit.anchor.lang, hit.passage.text) == (lang, text)
    assert hit.same is not None
    assert hit.cross is not None


def test_the_words_of_the_other_language_find_the_text_in_the_language_of_the_question(
    small: Searcher,
) -> None:
    hit = small.search(Query.of("navires cargaison", "nl"), works=(ACT,))[0]
    assert hit.anchor.lang == "nl"


def test_a_small_work_is_searched_whole_however_many_others_there_are(tmp_path: Path) -> None:
    """The register has far more passages that are near the question than the small work."""
    register = [
        passage("registre-2031", "fr", n, f"Le quai du nord numéro {n} est ouvert au navire.")
        for n in range(1200)
    ]
    small = [passage(PORTS, "fr", 1, "Zèbre."), passage(PORTS, "fr", 2, "Yacht.")]
    settings = settings_for(tmp_path)
    texts = Texts({("registre-2031", "fr"): register, (PORTS, "fr"): small})
    opened = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    found = Searcher(opened, FakeEmbedder(), Glossary([])).search(
        Query.of("Le quai du nord est ouvert au navire", "fr"), works=(PORTS,)
    )
    opened.close()
    assert {h.anchor.portion for h in found} == {"art_1", "art_2"}


def test_a_long_passage_is_found_by_the_words_of_any_part_of_it(tmp_path: Path) -> None:
    filler = "Le quai numéro {} est décrit au registre du port, avec sa longueur et sa profondeur."
    parts = [filler.format(n) for n in range(60)]
    parts[45] = "La baleine échouée est remise à l’eau par les pompiers."
    settings = settings_for(tmp_path)
    texts = Texts(
        {
            (PORTS, "fr"): [
                passage(PORTS, "fr", 1, " ".join(parts)),
                passage(PORTS, "fr", 2, "Les pompiers du port sont huit."),
            ]
        }
    )
    opened = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    found = Searcher(opened, FakeEmbedder(), Glossary([])).search(Query.of("baleine échouée", "fr"))
    opened.close()
    assert len(opened.chunks) > 4
    assert best(found) == "art_1"
    assert found[0].passage.text == " ".join(parts)  # whole, whatever part was found


# The words that one language shares with the other by chance are no evidence


def test_the_searcher_of_the_assistant_is_over_its_build(assistant: Assistant) -> None:
    assert assistant.searcher.build is assistant.build

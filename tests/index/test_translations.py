"""Translations of words, and what a search across languages makes of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.build import Build
from index.errors import IndexingError
from index.glossary import Glossary
from index.query import Query
from index.registry import BuildRegistry
from index.search import Searcher
from index.tokens import stem
from index.translations import LEAST_SHARE, Translations, load
from sources.anchor import LANGS, Lang, other
from sources.folding import fold
from tests.index.fake import FakeEmbedder, Texts, make, passage, settings_for


@pytest.mark.parametrize(
    ("lang", "word", "translation"),
    [
        ("fr", "frontière", "grens"),
        ("nl", "grens", "frontière"),
        ("fr", "école", "school"),
        ("nl", "vergunning", "autorisation"),
    ],
)
def test_a_word_has_its_translation(lang: Lang, word: str, translation: str) -> None:
    likely = load().of(stem(fold(word), lang), lang)
    assert likely is not None
    assert stem(fold(translation), other(lang)) in likely


def test_likelihoods_are_shares_without_what_is_rare() -> None:
    found = Translations({("quai", "kaai"): 60, ("quai", "kade"): 39, ("quai", "brug"): 1})
    assert found.of("quai", "fr") == {"kaai": 60 / 99, "kade": 39 / 99}
    assert found.of("brug", "nl") == {"quai": 1}
    assert found.of("kaai", "fr") is None


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_ship_are_probabilities(lang: Lang) -> None:
    translations = load()
    known = translations.words(lang)
    assert len(known) > 1000
    for word in known:
        likely = translations.of(word, lang)
        assert likely
        assert sum(likely.values()) == pytest.approx(1)
        assert min(likely.values()) >= LEAST_SHARE


@pytest.mark.parametrize("content", ["quai kade", "quai kade beaucoup", "quai kade 1 2"])
def test_a_file_that_has_another_form_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "translations.txt"
    path.write_text(content, "utf-8")
    with pytest.raises(IndexingError, match=r"cannot be read: .*translations\.txt"):
        load(path)


@pytest.mark.parametrize(
    ("question", "lang"),
    [("le contrôle de la frontière", "fr"), ("wie betaalt de vergunning?", "nl")],
)
def test_a_text_of_the_other_language_is_found_by_its_words(
    tmp_path: Path, question: str, lang: Lang
) -> None:
    dutch = ["De kok bakt brood.", "De grens wordt gecontroleerd.", "De hond slaapt."]
    french = ["Le chat dort.", "Le pain est bon.", "Le demandeur paie l'autorisation."]
    texts = dutch if lang == "fr" else french
    work = ("tekst", other(lang))
    passages = [passage(*work, n, text) for n, text in enumerate(texts, 1)]
    settings = settings_for(tmp_path)
    opened = Build(BuildRegistry(settings.data).path(make(settings, Texts({work: passages})).build))
    try:
        hits = Searcher(opened, FakeEmbedder(), Glossary([])).search(Query.of(question, lang))
    finally:
        opened.close()
    lexical = {hit.passage.text: hit.lexical for hit in hits}
    assert max(lexical, key=lexical.__getitem__) == texts[1 if lang == "fr" else 2]
    assert np.count_nonzero(list(lexical.values())) == 1

"""A query: analysed once, and the same however often it is looked at."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import Query
from index.tokens import words
from sources.anchor import LANGS, Lang


def test_its_words_names_and_figures_are_found() -> None:
    query = Query.of("Que fait l’Office de Tournai avec le CCPD en 2023 ?", "fr")
    assert [w.written for w in query.words] == ["office", "tournai", "ccpd", "2023"]
    assert query.names == ("CCPD", "Office", "Tournai")
    assert query.figures == {"2023"}
    assert query.folded.startswith("que fait l'office")


def test_a_word_that_opens_it_is_no_name_unless_it_is_in_capitals() -> None:
    assert Query.of("Havens en douane", "nl").names == ()
    assert Query.of("EPPO", "nl").names == ("EPPO",)


def test_a_name_after_an_elided_article_is_one() -> None:
    assert Query.of("l’Europe et d’Europol", "fr").names == ("Europe", "Europol")
    assert Query.of("L’accord d’Anvers", "fr").names == ("Anvers",)
    assert Query.of("Qu’a dit l’Espagne de l’ENISA ?", "fr").names == ("ENISA", "Espagne")


@given(st.text(max_size=80), st.sampled_from(LANGS))
def test_it_has_the_words_of_both_languages_whatever_it_says(text: str, lang: Lang) -> None:
    query = Query.of(text, lang)
    for la in LANGS:
        assert query.words_as(la) == words(query.text, la)
    assert query.words == query.words_as(lang)
    assert query == Query.of(text, lang)


def test_it_does_not_change() -> None:
    query = Query.of("Quand ?", "fr")
    with pytest.raises(dataclasses.FrozenInstanceError):
        query.text = "Où ?"  # type: ignore[misc]

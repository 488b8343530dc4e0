"""Words: one spelling for what is one word, in each language."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import tokens as module
from index.tokens import STOP, Compounds, Word, expand, stem, words
from sources.anchor import LANGS, Lang
from sources.folding import fold


def stems(text: str, lang: Lang) -> list[str]:
    return [w.stem for w in words(text, lang)]


def written(text: str, lang: Lang = "fr") -> list[str]:
    return [w.written for w in words(text, lang)]


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("l{}accord", ["accord"]),
        ("d{}Europol", ["europol"]),
        ("qu{}Anvers", ["anvers"]),
        ("l{}Etat et d{}Etats", ["etat", "etats"]),
        ("lorsqu{}Eurojust", ["eurojust"]),
        ("L{}UE", ["ue"]),
    ],
)
def test_an_elided_word_counts_without_what_is_elided(
    apostrophe: str, text: str, kept: list[str]
) -> None:
    assert written(text.replace("{}", apostrophe)) == kept


def test_dutch_has_no_elisions() -> None:
    assert "foto" in written("foto’s van de haven", "nl")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2022/915", ["2022/915", "2022", "915"]),
        ("(UE) 2022/915.", ["ue", "2022/915", "2022", "915"]),
        ("n° 604/2013", ["604/2013", "604", "2013"]),
        ("art. 36.1", ["art", "36", "1"]),
        ("16 avril 1964", ["16", "avril", "1964"]),
    ],
)
def test_numbers_and_references_stay_whole_and_give_their_parts(text: str, kept: list[str]) -> None:
    assert written(text) == kept


@pytest.mark.parametrize("number", ["2022", "915", "36", "2015-1297", "2022/915"])
def test_numbers_are_not_stemmed(number: str) -> None:
    for lang in LANGS:
        assert stem(number, lang) == number


@pytest.mark.parametrize(
    ("lang", "one", "two"),
    [
        ("fr", "frontalière", "frontalières"),
        ("fr", "coopération", "COOPERATIONS"),
        ("fr", "sécurité", "securite"),
        ("fr", "policier", "policiers"),
        ("nl", "grens", "GRENS"),
        ("nl", "diensten", "dienst"),
        ("nl", "coördinatie", "coordinatie"),
        ("nl", "netwerken", "netwerk"),
    ],
)
def test_forms_of_one_word_have_one_stem(lang: Lang, one: str, two: str) -> None:
    assert stems(one, lang) == stems(two, lang) != []


def test_stop_words_are_left_out_and_content_stays_in_order() -> None:
    assert written("Quel est le rôle du centre dans la lutte contre le terrorisme ?") == [
        "role",
        "centre",
        "lutte",
        "terrorisme",
    ]
    assert written("Wat is de rol van het centrum in de strijd?", "nl") == [
        "rol",
        "centrum",
        "strijd",
    ]


def test_stop_words_are_folded_so_that_they_can_match() -> None:
    for lang in LANGS:
        assert len(STOP[lang]) > 50
        assert {fold(w) for w in STOP[lang]} == set(STOP[lang])


@pytest.mark.parametrize("text", ["", "   ", "?!…", "« »", "_ __", "le la les"])
def test_a_text_without_content_has_no_words(text: str) -> None:
    assert words(text, "fr") == ()


@given(st.text(max_size=60), st.sampled_from(LANGS))
def test_any_text_gives_words_that_are_folded_and_not_empty(text: str, lang: Lang) -> None:
    for word in words(text, lang):
        assert word.written
        assert word.stem
        assert word.written == fold(word.written)
        assert word.written not in STOP[lang]


@given(st.text("abé 2/'’.-", max_size=30), st.sampled_from(LANGS))
def test_case_does_not_matter(text: str, lang: Lang) -> None:
    assert stems(text.upper(), lang) == stems(text, lang)


# Compounds


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("politiesamenwerking", ["politie", "samenwerking"]),
        ("veiligheidsdienst", ["veiligheid", "dienst"]),
        ("grensgebied", ["grens", "gebied"]),
        ("havenautoriteit", []),
        ("politie", []),
        ("samenwerking", []),
        ("", []),
        ("2022", []),
    ],
)
def test_a_compound_has_the_parts_that_the_corpus_knows(word: str, parts: list[str]) -> None:
    known = ["politie", "samenwerking", "veiligheid", "dienst", "grens", "gebied", "de", "2022"]
    assert Compounds(known).parts(word) == parts


def test_short_words_are_no_parts() -> None:
    assert Compounds(["haven", "in", "gang"]).parts("havenin") == []


def test_a_compound_counts_as_itself_and_as_its_parts_in_dutch_alone() -> None:
    compounds = Compounds(["politie", "samenwerking"])
    found = [Word("politiesamenwerk", "politiesamenwerking")]
    assert expand(found, "nl", compounds) == [
        "politiesamenwerk",
        *stems("politie samenwerking", "nl"),
    ]
    assert expand(found, "fr", compounds) == ["politiesamenwerk"]
    assert expand(found, "nl", None) == ["politiesamenwerk"]


@given(st.lists(st.text("abcdes", min_size=1, max_size=8)), st.text("abcdes", max_size=16))
def test_the_parts_of_a_compound_make_it_up_again(known: list[str], word: str) -> None:
    parts = Compounds(known).parts(word)
    if parts:
        head, tail = parts
        assert head in known
        assert tail in known
        assert word.startswith(head)
        assert word.endswith(tail)
        assert word[len(head) : len(word) - len(tail)] in ("", "s", "en", "e", "n")

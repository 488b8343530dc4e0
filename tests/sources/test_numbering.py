"""Numbers of articles: what is one number, and what never is."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.numbering import (
    END,
    HEADING,
    NUMBER,
    article,
    canonical,
    key,
    latin,
    ordinal,
    roman,
    suffix,
)

FIGURES = st.integers(1, 999).map(str)
SUFFIXES = st.integers(2, 109).map(suffix)
NUMBERS = st.one_of(
    FIGURES,
    st.builds("{}{}{}".format, FIGURES, st.sampled_from(["", " "]), SUFFIXES),
    st.builds("{}{}".format, FIGURES, st.sampled_from("abcdfghz")),
    st.builds("{}{}{}".format, FIGURES, st.sampled_from(["/", "-", ".", ":"]), FIGURES),
    st.builds("{} {} {}".format, FIGURES, SUFFIXES, st.sampled_from("ABC")),
    st.builds("{}. {}-{}".format, st.sampled_from("LRD"), FIGURES, FIGURES),
    st.builds("{}.{}".format, st.integers(1, 40).map(lambda n: roman(n).upper()), FIGURES),
    st.builds("{} {}".format, st.integers(1, 40).map(lambda n: roman(n).upper()), SUFFIXES),
)


@given(st.integers(2, 109))
def test_the_suffix_of_a_numeral_is_read_as_that_numeral(numeral: int) -> None:
    assert latin(suffix(numeral)) == numeral
    assert latin(suffix(numeral).upper()) == numeral


@pytest.mark.parametrize(
    ("spellings", "numeral"),
    [
        (("nonies", "novies"), 9),
        (("undecies",), 11),
        (("duodecies",), 12),
        (("quindecies", "quinquiesdecies", "quinquedecies"), 15),
        (("septdecies", "septiesdecies", "septendecies"), 17),
        (("octodecies", "octiesdecies", "duodevicies"), 18),
        (("novodecies", "noviesdecies", "undevicies"), 19),
        (("unvicies", "semelvicies"), 21),
        (("quatertricies",), 34),
    ],
)
def test_the_spellings_of_a_suffix_are_one_number(spellings: tuple[str, ...], numeral: int) -> None:
    assert {latin(s) for s in spellings} == {numeral}
    assert len({canonical(f"8 {s}") for s in spellings}) == 1


@pytest.mark.parametrize("word", ["parties", "copies", "series", "species", "bi", "cies", "dec"])
def test_a_word_that_ends_like_a_suffix_is_none(word: str) -> None:
    assert latin(word) is None
    assert re.match(NUMBER + END, f"8 {word}")[0] == "8"  # type: ignore[index]


@given(NUMBERS)
def test_a_number_is_read_whole_and_keeps_its_form(printed: str) -> None:
    for grammar in (NUMBER, HEADING):
        found = re.match(grammar + END, printed)
        assert found is not None
        assert found[0] == printed
    assert canonical(canonical(printed)) == canonical(printed)
    assert article(article(printed)) == article(printed)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1erbis", "1bis"), ("1er ter", "1ter"), ("1er/1", "1-1"), ("Ierbis", "1bis"), ("Ire", "1"),
        ("73⁴", "73-4"), ("73⁴ᵇⁱˢ", "73-4bis"),
    ],
)  # fmt: skip
def test_what_stands_behind_an_ordinal_or_is_raised_is_part_of_a_number(
    printed: str, number: str
) -> None:
    assert canonical(printed) == number


@given(NUMBERS, st.data())
def test_a_longer_number_is_never_a_beginning_of_it(printed: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(printed) - 1)) if len(printed) > 1 else 1
    shorter = printed[:cut].strip(" ./:-")
    assume(shorter != printed and canonical(shorter) != canonical(printed))
    assert key(shorter) != key(printed)


@given(NUMBERS, NUMBERS)
def test_numbers_that_differ_in_portions_differ_in_comparison(one: str, other: str) -> None:
    same = canonical(one).replace(":", ".") == canonical(other).replace(":", ".")
    assert (key(one) == key(other)) == same


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3 ter uitvoering van", "3"),
        ("3 ter van de wet", "3 ter"),
        ("8 CE", "8"),
        ("6 A ÉTÉ", "6"),
        ("12 A du", "12 A"),
        ("6 a été", "6"),
        ("351du règlement", "351"),
        ("3. Le directeur", "3"),
        ("L. 311-1 du code", "L. 311-1"),
        ("D.IV.22bis du", "D.IV.22bis"),
        ("premier alinéa", "premier"),
        ("il faut", ""),
        ("d'un", ""),
    ],
)
def test_a_number_ends_where_the_sentence_goes_on(text: str, number: str) -> None:
    found = re.match(NUMBER + END, text)
    assert (found[0] if found else "") == number


@pytest.mark.parametrize(
    ("french", "dutch", "number"),
    [("premier", "eerste", "1"), ("deuxième", "tweede", "2"), ("12e", "twaalfde", "12")],
)
def test_ordinals_are_the_same_in_both_languages(french: str, dutch: str, number: str) -> None:
    assert ordinal(french) == ordinal(dutch) == ordinal(dutch.upper()) == number

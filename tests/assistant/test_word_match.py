"""Whether a text has a word of a question."""

from __future__ import annotations

import pytest

from assistant.word_match import begins, has_enough, has_word, overlaps
from index.tokens import words


def test_a_word_is_there_in_another_form_or_within_a_longer_one() -> None:
    have = words("Het kattenpension vraagt geldboeten voor elke kater.", "nl")
    found = {w.written: has_word(have, w) for w in words("kat katten boete kosten", "nl")}
    assert found == {"kat": False, "katten": True, "boete": True, "kosten": False}


@pytest.mark.parametrize(
    ("asked", "at_its_start", "either_way"),
    [("kattenpension", True, True), ("pension", False, True), ("dierenpension", False, True)],
)
def test_how_a_word_may_be_in_a_longer_one_is_chosen(
    asked: str, at_its_start: bool, either_way: bool
) -> None:
    (word,) = words(asked, "nl")
    have = words(
        "kattenpensionhouders bij het pension" if asked != "pension" else "kattenpension", "nl"
    )
    assert has_word(have, word, begins) == at_its_start
    assert has_word(have, word, overlaps) == either_way


def test_a_third_of_the_words_is_enough() -> None:
    wanted = ("bac", "tarif", "lorr")
    assert has_enough({"tarif"}, wanted)
    assert not has_enough({"tarif"}, (*wanted, "quai"))
    assert has_enough((), ())

"""Numbers in words: every cardinal is known, and no article is taken for one."""

from __future__ import annotations

import re

import pytest
from num2words import num2words

from sources.folding import fold
from sources.numerals import NUMBER_WORDS


@pytest.mark.parametrize("spelling", ["fr", "fr_BE", "fr_CH", "nl"])
def test_every_cardinal_is_one_as_written_and_folded(spelling: str) -> None:
    written = [num2words(n, lang=spelling) for n in range(2, 1000)]
    assert [w for w in written if not re.fullmatch(NUMBER_WORDS, w)] == []
    assert [w for w in map(fold, written) if not re.fullmatch(NUMBER_WORDS, w)] == []


@pytest.mark.parametrize("text", ["un", "une", "een", "un agent", "vingtaine", "tiental"])
def test_an_article_or_a_noun_is_none(text: str) -> None:
    assert re.fullmatch(NUMBER_WORDS, text) is None

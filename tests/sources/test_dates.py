from __future__ import annotations

import doctest

import pytest

from sources import dates
from sources.anchor import Lang


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(dates)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("lang", "written", "shown"),
    [
        ("fr", "2023-05-05", "5 mai 2023"),
        ("nl", "2023-05-05", "5 mei 2023"),
        ("fr", "2023-08-01", "1er août 2023"),
        ("nl", "2023-08-01", "1 augustus 2023"),
        ("nl", "2023-02", "februari 2023"),
        ("fr", "2023", "2023"),
    ],
)
def test_dates_are_written_out(lang: Lang, written: str, shown: str) -> None:
    assert dates.in_words(lang, written) == shown

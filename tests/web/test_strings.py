import re

import pytest

from assistant.web import strings
from sources.anchor import LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_apostrophes_are_typographic(lang: str) -> None:
    assert [k for k, text in strings.STRINGS.texts(lang).items() if "'" in text] == []


def test_french_signs_do_not_leave_their_words() -> None:
    wrong = [k for k, t in strings.STRINGS.texts("fr").items() if re.search(r" [;:?!»]|« ", t)]
    assert wrong == []


def test_a_single_thing_is_counted_as_one() -> None:
    assert strings.count("fr", "documents.found", 1, query="x").startswith("Un passage")
    assert strings.count("nl", "documents.found", 3, query="x").startswith("3 passages")


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
def test_dates_are_written_out(lang: str, written: str, shown: str) -> None:
    assert strings.date(lang, written) == shown

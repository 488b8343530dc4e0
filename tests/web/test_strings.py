import re

import pytest

from assistant.web import strings
from sources.anchor import LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_apostrophes_are_typographic(lang: str) -> None:
    assert [k for k, text in strings.STRINGS.texts[lang].items() if "'" in text] == []


def test_french_signs_do_not_leave_their_words() -> None:
    wrong = [k for k, t in strings.STRINGS.texts["fr"].items() if re.search(r" [;:?!»]|« ", t)]
    assert wrong == []


def test_a_single_thing_is_counted_as_one() -> None:
    assert strings.count("fr", "documents.found", 1, query="x").startswith("Un passage")
    assert strings.count("nl", "documents.found", 3, query="x").startswith("3 passages")

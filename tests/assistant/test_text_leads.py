"""What leads from a place to the text that it is of."""

from __future__ import annotations

import re

import pytest

from assistant.text_leads import OF, OF_NAME, OF_SORT


@pytest.mark.parametrize(
    ("behind", "is_text", "is_name", "is_sort"),
    [
        ("de la charte", True, True, True),
        (", van het havenplan", True, True, True),
        ("uit verordening", False, True, True),
        ("dans l'avis", False, False, True),
        ("bij dit verslag", False, False, True),
        ("duree du bail", False, False, False),
        ("derogation", False, False, False),
        ("devant le juge", False, False, False),
    ],
)
def test_a_text_is_led_to_by_whole_words(
    behind: str, is_text: bool, is_name: bool, is_sort: bool
) -> None:
    found = [re.match(rf"[\s,]*{lead}", behind) for lead in (OF, OF_NAME, OF_SORT)]
    assert list(map(bool, found)) == [is_text, is_name, is_sort]

"""What leads from a place to the text that it is of."""

from __future__ import annotations

import re

import pytest

from assistant.text_leads import OF, OF_NAME, OF_SORT
from assistant.unknown_names import capital_name


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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("code des Ports", "Ports"),
        ("loi de l’Eau", "Eau"),
        ("wet van de Haven", "Haven"),
        ("directive PEB", "PEB"),
        ("règlement sur les Ports", None),
    ],
)
def test_the_name_of_a_text_stands_behind_its_sort_and_what_leads_to_it(
    text: str, name: str | None
) -> None:
    found = capital_name(text, 0)
    assert (found["first"] if found else None) == name

"""What people read of passages and texts: every text is used, and is well written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sources
from sources.locale import STRINGS
from sources.locator import Step, locator

ROOT = Path(sources.__file__).parent
WHOLE = ("place", "counted", "region")  # sections that are read as a whole


def test_the_code_uses_every_text_and_no_other() -> None:
    code = "\n".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    named = {f"{section}" for section in re.findall(r'section\("(\w+)"\)', code)}
    assert named == set(WHOLE)
    keys = STRINGS.texts["fr"].keys()
    sections = "|".join({key.partition(".")[0] for key in keys} - named)
    used = set(re.findall(rf"""["']((?:{sections})\.[a-z_]+)["']""", code))
    one = {key for key in keys if key.endswith("_one")}  # see ``Strings.count``
    assert used | one == {key for key in keys if key.partition(".")[0] not in named}
    assert {key.removesuffix("_one") for key in one} <= used


@pytest.mark.parametrize("key", [k for k in STRINGS.texts["fr"] if k.startswith("doubt.")])
def test_a_doubt_is_a_sentence_in_each_language(key: str) -> None:
    french, dutch = STRINGS.texts["fr"][key], STRINGS.texts["nl"][key]
    assert french != dutch
    for text in (french, dutch):
        assert re.fullmatch(r"[A-ZÀ-Ý][^{}]*\.", text)


@pytest.mark.parametrize(
    ("steps", "french", "dutch"),
    [
        ((Step("ttl", "II"), Step("cpt", "4")), "titre II, chapitre 4", "titel II, hoofdstuk 4"),
        ((Step("art", "7"), Step("wal")), "art. 7, Région wallonne", "art. 7, Waals Gewest"),
        ((Step("anx", "B"), Step("blt", "1")), "annexe B, 1er tiret", "bijlage B, 1e streepje"),
        (
            (Step("enc"), Step("par", "12")),
            "dispositif, 12e alinéa",
            "beschikkend gedeelte, 12e alinea",
        ),
        ((Step("art", "3"), Step("par", "2", "§ 2")), "art. 3, § 2", "art. 3, § 2"),
    ],
)
def test_a_place_is_cited_in_both_languages(
    steps: tuple[Step, ...], french: str, dutch: str
) -> None:
    assert (locator(steps).fr, locator(steps).nl) == (french, dutch)

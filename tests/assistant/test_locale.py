"""What an answer says: every text that the code uses is there, and is well written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import assistant
from assistant import render
from assistant.answer import Reason
from assistant.locale import STRINGS, say
from sources.anchor import LANGS, Lang
from sources.model import Kind

ROOT = Path(assistant.__file__).parent


@pytest.mark.parametrize("key", sorted(STRINGS.texts["fr"]))
def test_a_text_has_named_placeholders_and_other_words_in_each_language(key: str) -> None:
    french, dutch = STRINGS.texts["fr"][key], STRINGS.texts["nl"][key]
    assert "{}" not in french
    assert french.strip() == french != dutch


def test_every_key_that_the_code_uses_is_there() -> None:
    used = set()
    for path in ROOT.glob("*.py"):
        code = path.read_text("utf-8")
        used |= set(re.findall(r'"((?:answer|refusal|notice|language)\.[a-z_]+)"', code))
    assert len(used) > 10
    assert used <= STRINGS.texts["fr"].keys()


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_passage_and_every_language_has_its_words(lang: Lang) -> None:
    for kind in Kind:
        assert say(lang, f"answer.verb_{kind}")
    for other in LANGS:
        assert say(lang, f"language.{other}")


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_of_a_refusal_has_its_words(reason: str) -> None:
    assert {f"refusal.{reason}"} <= STRINGS.texts["fr"].keys()


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("fr", "answer.colour")


def test_what_is_filled_in_is_not_read_as_a_template() -> None:
    filled = say("fr", "answer.quote", quote="{number} {x} {0}", number=1)
    assert filled == "«\xa0{number} {x} {0}\xa0» [1]"


def test_a_refusal_without_near_passages_or_known_texts_is_its_opening_alone() -> None:
    assert render.refusal_text("fr", "Non.", (), ()) == "Non."

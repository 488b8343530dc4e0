"""Texts that people see are written with the signs of their language, in all text files alike."""

from __future__ import annotations

import re

import pytest

from assistant.locale import STRINGS as ANSWERS
from assistant.web.strings import STRINGS as PAGE
from evals.markup import STRINGS as REPORT
from sources.anchor import LANGS, Lang
from sources.locale import STRINGS as READING
from sources.strings import Strings

FILES = {"answers": ANSWERS, "page": PAGE, "reading": READING, "report": REPORT}
NOT_OF_THE_LANGUAGE = {
    # A straight sign, quotes of the other language, a space that may break before a sign or
    # within quotes, no space where one belongs.
    "fr": r"['\"“”‘„]| [;:?!»%]|« |«(?!\xa0)|\w[;?!»]|\w:(?!//)",
    "nl": r"['\"«»‘„]|\s[;:?!”%]|“\s",
}
READ_AGAIN = "asked."  # questions that are put together are written as people type them


@pytest.mark.parametrize("file", FILES.values(), ids=FILES.keys())
@pytest.mark.parametrize("lang", LANGS)
def test_texts_are_written_with_the_signs_of_their_language(file: Strings, lang: Lang) -> None:
    bare = {key: re.sub(r"\{.*?\}", "x", text) for key, text in file.texts[lang].items()}
    wrong = {
        key: text
        for key, text in bare.items()
        if not key.startswith(READ_AGAIN) and re.search(NOT_OF_THE_LANGUAGE[lang], text)
    }
    assert wrong == {}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES.keys())
def test_each_text_is_there_in_both_languages_with_the_same_blanks(file: Strings) -> None:
    french, dutch = (
        {key: sorted(re.findall(r"\{.*?\}", text)) for key, text in file.texts[lang].items()}
        for lang in LANGS
    )
    assert french == dutch
    assert all(text.strip("\n") for lang in LANGS for text in file.texts[lang].values())


@pytest.mark.parametrize("file", FILES.values(), ids=FILES.keys())
@pytest.mark.parametrize(
    ("lang", "informal"), [("fr", "tu|toi|ton|tes"), ("nl", "je|jij|jou|jouw")]
)
def test_a_reader_is_addressed_formally(file: Strings, lang: Lang, informal: str) -> None:
    found = [k for k, t in file.texts[lang].items() if re.search(rf"\b(?:{informal})\b", t.lower())]
    assert found == []


@pytest.mark.parametrize(
    ("lang", "wrong"),
    [
        ("fr", "Le bac est fermé : attendez."),
        ("fr", "Voir « Le halage\xa0»."),
        ("fr", "Voir «Le halage»."),
        ("fr", "L'écluse est ouverte."),
        ("fr", "Quel péage?"),
        ("fr", "10 % du tarif"),
        ("nl", "Het veer vaart niet : wacht."),
        ("nl", "Zie «het jaagpad»."),
        ("nl", "Zie ‘het jaagpad’."),
        ("nl", "'s Zondags vaart het veer niet."),
    ],
)
def test_signs_of_another_convention_are_found(lang: Lang, wrong: str) -> None:
    assert re.search(NOT_OF_THE_LANGUAGE[lang], wrong)

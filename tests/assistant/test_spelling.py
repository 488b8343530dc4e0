"""Questions with a typing error, which nothing answers as they are written."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.question import read
from assistant.spelling import mended
from index.bm25 import LexicalIndex, misspells
from sources.anchor import Lang


@pytest.mark.parametrize(
    ("lang", "question", "meant"),
    [
        ("fr", "coperation policiere", "cooperation policiere"),
        ("fr", "les doaniers et la coperation", "les douaniers et la cooperation"),
        ("nl", "mensensmokel bestrijden", "mensensmokkel bestrijden"),
        ("fr", "la coopération policière", None),
        ("fr", "le rôle d’Eurojusst", None),  # a name
        ("fr", "le terrorismee", None),  # an ending
        ("nl", "waterstof", None),
        ("nl", "de verkoop in de havens", None),  # another letter is another word ("verloop")
    ],
)
def test_a_word_one_letter_away_from_one_of_the_texts_is_taken_for_it(
    assistant: Assistant, lang: Lang, question: str, meant: str | None
) -> None:
    asked = read(question, lang, assistant.mentions)
    assert mended(asked, assistant.build, lambda _: 2) == meant
    assert mended(asked, assistant.build, lambda _: 1) is None


def test_the_reader_is_told_how_a_misspelled_question_was_read(assistant: Assistant) -> None:
    outcome = assistant.ask("coperation policiere transfrontaliere")
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.question == "coperation policiere transfrontaliere"
    assert any("«\xa0cooperation policiere transfrontaliere\xa0»" in n for n in outcome.notices)
    right = assistant.ask("cooperation policiere transfrontaliere")
    assert [c.anchor for c in right.citations] == [c.anchor for c in outcome.citations]
    assert not any("lue ainsi" in n for n in right.notices)


def test_words_differ_by_one_letter() -> None:
    index = LexicalIndex.build("fr", ["a", "b"], ["le tunnel et le tonnel", "le tunnel du port"])
    assert index.one_letter_from("tunnnel") == ["tunnel"]
    assert index.one_letter_from("tunel") == ["tunnel"]
    assert index.one_letter_from("tennel") == []
    assert index.one_letter_from("pord") == []  # too short to be sure
    assert index.having("tunnel", 5) == ["a", "b"]
    assert not misspells("pont", "quai")


@pytest.mark.parametrize(
    "question",
    ["Wat is de prijs?", "Les recours des détenus", "Quelles plantes ?", "Wat is de omzet?"],
)
def test_another_word_is_never_taken_for_one_of_the_texts(
    assistant: Assistant, question: str
) -> None:
    assert not any("lue ainsi" in n or "zo gelezen" in n for n in assistant.ask(question).notices)

import io
import re

import docx

from assistant.page.export import markdown, plain, word
from assistant.page.turns import Conversation, Turn
from tests.page.factory import HOSTILE, SmallBuild, answer, passages, refusal

BUILD = SmallBuild(passages())
CONVERSATION = Conversation(
    "0" * 32,
    "2026-03-02T10:00:00+00:00",
    "Moulins",
    (
        Turn("Quand ?", answer(BUILD, "1.1", "2.2", lang="nl")),
        Turn("Combien ?", refusal(BUILD, "2.1")),
        Turn("Et ?", note="stopped"),
    ),
)


def test_a_copied_answer_has_its_numbered_references() -> None:
    text = plain(answer(BUILD, "1.1", "2.1"))
    assert "Les meuniers ouvrent l’écluse à six heures. » [1]" in text
    last = text.splitlines()[-1]
    assert last == "[2] Accord des moulins, A.2.1, p. 3 (accord-des-moulins-2020@fr#2.1)"


def test_markdown_has_quotes_references_and_no_foreign_markup() -> None:
    text = markdown(CONVERSATION, "fr")
    assert "# Conversation du 2 mars 2026" in text
    assert "> Les meuniers ouvrent l’écluse à six heures." in text
    assert re.search(r"(?<!\\)[\[\]<!]", text) is None
    assert "Et ?" not in text


def test_a_word_document_has_the_questions_as_headings_and_the_quotes_whole() -> None:
    document = docx.Document(io.BytesIO(word(CONVERSATION, "nl")))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    quotes = [p.text for p in document.paragraphs if p.style.name == "Quote"]
    assert headings == ["Quand ?", "Combien ?"]
    assert quotes == ["Les meuniers ouvrent l’écluse à six heures.", HOSTILE]


def test_signs_that_word_cannot_hold_are_left_out() -> None:
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("a\x00b", refusal(BUILD)),))
    document = docx.Document(io.BytesIO(word(conversation, "fr")))
    assert "ab" in [p.text for p in document.paragraphs]

"""When an answer that was found may well be none: a reader is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer_type import AnswerType
from assistant.literal import spans, wanted
from assistant.reviewed import sorts_in
from sources.model import CELLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.question import Question
    from sources.model import Passage

_NOT_ONE = frozenset({"several", "often", "whether", "yes_no", "how"})  # what asks for no number


def lacks_number(question: Question, cited: Sequence[Passage]) -> bool:
    """Does a question ask for one number, of which no passage that is cited has any?

    Not where a table is cited: the heads of its columns say what its numbers are of.
    """
    asked = sorts_in("literal_asks", question.folded, question.lang)
    is_asked = "number" in asked or AnswerType.of(question).measure is not None
    if not is_asked or asked & _NOT_ONE or "number" not in wanted(question):
        return False
    texts = [(lang, text) for p in cited for lang, text in p.texts.items()]
    return bool(texts) and not any(
        CELLS in text or spans(question, text, lang) for lang, text in texts
    )

"""The written answer: a language model drafts sentences, code checks each, and the rest is dropped.

The rules decide whether there is an answer; a model cannot turn a refusal into one. Where there is
one, the model is given the passages and writes; a sentence is kept where
:class:`assistant.claim_check.ClaimChecker` finds nothing against it. Where too little is kept, it
is asked once more, and after that the passages stand alone, and the reader is told why.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.llm import Draft, WriterError
from index.sentences import sentences

if TYPE_CHECKING:
    from assistant.claim_check import ClaimChecker
    from assistant.llm import AnswerWriter
    from assistant.question import Question
    from sources.anchor import Lang
    from sources.model import Passage

_LOG = logging.getLogger(__name__)
_TRIES = 2
_ENOUGH = 1 / 3  # of the sentences; less left is no answer any more
_LONGEST = 8  # sentences of an answer


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence that passed, and the passages that it rests on."""

    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """What is left of what a model wrote.

    Attributes:
        writer: Name of the model.
        sentences: Those that passed; none where the passages have to stand alone.
        notice: Key of what a reader is told, "" for nothing.
        dropped: How many sentences of that draft did not pass.
    """

    writer: str
    sentences: tuple[CheckedSentence, ...] = ()
    notice: str = ""
    dropped: int = 0

    @property
    def passages(self) -> list[Passage]:
        """Those that the sentences rest on, in the order of their first use."""
        return list({p.anchor: p for s in self.sentences for p in s.passages}.values())


class AnswerWriting:
    """Has answers written, and checked.

    Args:
        writer: The model.
        checker: What every sentence has to pass.
    """

    def __init__(self, writer: AnswerWriter, checker: ClaimChecker) -> None:
        self._writer, self._checker = writer, checker
        self.name = writer.name

    def answer(self, question: Question, passages: Sequence[Passage]) -> WrittenAnswer:
        """A question answered in sentences from passages, best first."""
        deadline = time.monotonic() + self._writer.seconds
        lang = question.answer_lang
        trusted = filter(self._checker.is_evidence, passages)
        by_id = {f"p{n}": p for n, p in enumerate(trusted, 1)}
        if not by_id:
            return WrittenAnswer(self.name, notice="notice.writer_unsupported")
        shown = [(name, p.in_context(p.spoken(lang))) for name, p in by_id.items()]
        notice = "notice.writer_failed"
        for n in range(_TRIES):
            if n and time.monotonic() >= deadline:
                break
            try:
                drafts = self._writer.write(question.text, lang, shown, deadline, again=n > 0)
            except WriterError as error:
                _LOG.warning("%s: %s", self.name, error)
                continue
            if not drafts:
                return WrittenAnswer(self.name, notice="notice.writer_nothing")
            said = _apart(drafts, lang)[:_LONGEST]
            kept = self._kept(said, question, by_id)
            if len(kept) >= max(1.0, _ENOUGH * len(said)):
                dropped = len(said) - len(kept)
                told = "notice.writer_dropped" if dropped else ""
                return WrittenAnswer(self.name, tuple(kept), told, dropped)
            notice = "notice.writer_unsupported"
        return WrittenAnswer(self.name, notice=notice)

    def _kept(
        self, drafts: Sequence[Draft], question: Question, by_id: dict[str, Passage]
    ) -> list[CheckedSentence]:
        """The sentences that pass, each once."""
        kept: dict[str, CheckedSentence] = {}
        faults: Counter[str] = Counter()
        for draft in drafts:
            known = all(name in by_id for name in draft.passages)
            cited = tuple(by_id[name] for name in draft.passages) if known else ()
            if fault := self._checker.fault(draft.text, question.answer_lang, cited):
                faults[fault] += 1
            else:
                kept.setdefault(draft.text, CheckedSentence(draft.text, cited))
        if faults:
            _LOG.info("%s: sentences dropped: %s", self.name, dict(faults))
        return list(kept.values())


def _apart(drafts: Sequence[Draft], lang: Lang) -> list[Draft]:
    """One draft a sentence, on one line: each has to stand for itself."""
    lines = [(" ".join(d.text.split()), d.passages) for d in drafts]
    return [
        Draft(text[a:b], ids) for text, ids in lines for a, b in (sentences(text, lang) or [(0, 0)])
    ]

"""Candidate questions for any text: a language model writes them, the search checks them.

Known questions make a text easier to find (:mod:`index.known_questions`), and nobody writes them
for every act. A model is given one passage at a time and writes questions that it answers; a
question is kept where the search finds that passage among all passages of the build. That shows
that it is about the passage, not that the passage answers it: the list is a draft, for a person to
review before it is put where a build takes it up.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.items import Table

from index.chat import form, listed
from index.errors import ChatError
from index.query import Query
from sources.errors import UsageError
from sources.files import write_atomically
from sources.questions import Questions, load

if TYPE_CHECKING:
    from index.chat import ChatModel
    from index.progress import Progress
    from index.search import Searcher
    from sources.anchor import Lang
    from sources.model import Passage

FOUND = 3  # hits among which its passage has to be: as many as are cited
_SHORTEST, _LONGEST = 8, 300  # characters of a question
_SCHEMA = form("questions", {"questions": {"type": "array", "items": {"type": "string"}}})
_PROMPTS = Path(__file__).with_name("data")


@dataclass(slots=True)
class Written:
    """What came of it.

    Attributes:
        kept: Questions in the draft, those of earlier runs included.
        dropped: How many were not kept, by why: ``form``, ``twice``, ``elsewhere`` (the search
            finds other passages).
        silent: Portions for which the model gave nothing that can be read.
    """

    kept: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)


def write_questions(
    searcher: Searcher,
    model: ChatModel,
    passages: Sequence[Passage],
    empty: Questions,
    draft: Path,
    progress: Progress,
    count: int,
) -> Written:
    """Write a draft of questions for passages, in a language.

    The file is written after each passage; passages that it has already are left as they are, so
    that a run that was stopped is gone on with. ``ChatError`` where the model cannot be asked,
    ``UsageError`` where the draft is of another version of the text.

    Args:
        searcher: Searches the build that the passages are of.
        model: Who writes.
        passages: Of one text.
        empty: A list without questions: their language, and the versions of the text.
        draft: The file, in the form of a list of questions.
        progress: Is told how far it is.
        count: How many questions a passage.
    """
    begun, lang = load(draft) if draft.exists() else empty, empty.lang
    if begun.versions != empty.versions:
        raise UsageError(
            "the draft is of another version of the text", draft, "Review it, or take it away."
        )
    found = dict(begun.questions)
    outcome = Written(kept=sum(map(len, found.values())))
    for n, passage in enumerate(passages):
        progress(f"questions {lang}", n, len(passages))
        portion = passage.anchor.portion
        if portion in found:
            continue
        given = _ask(model, passage, lang, count)
        if given is None:
            outcome.silent.append(portion)
            continue
        known = {q.casefold() for questions in found.values() for q in questions}
        kept = []
        for question in given[: 2 * count]:
            text = " ".join(question.split()) if isinstance(question, str) else ""
            if not _SHORTEST <= len(text) <= _LONGEST or not text.isprintable():
                fault = "form"
            elif text.casefold() in known:
                fault = "twice"
            elif not _finds(searcher, passage, text, lang):
                fault = "elsewhere"
            else:
                kept.append(text)
                known.add(text.casefold())
                continue
            outcome.dropped[fault] = outcome.dropped.get(fault, 0) + 1
        found[portion] = tuple(kept)
        outcome.kept += len(kept)
        _write(draft, empty.model_copy(update={"questions": found}), model.name)
    progress(f"questions {lang}", len(passages), len(passages))
    return outcome


def _ask(model: ChatModel, passage: Passage, lang: Lang, count: int) -> list[object] | None:
    """What a model writes; None where it cannot be read."""
    spoken = passage.spoken(lang)
    text = "\n".join((*passage.headings, passage.texts[spoken]))
    system = _prompt(lang).replace("{count}", str(count))
    reply = model.ask(system, text, _SCHEMA, time.monotonic() + model.seconds)
    return listed(reply, "questions")


def _finds(searcher: Searcher, passage: Passage, question: str, lang: Lang) -> bool:
    """Does the search find a passage, in either language, among all?"""
    hits = searcher.search(Query.of(question, lang), limit=FOUND)
    here = passage.anchor.work_portion
    return any(h.anchor.work_portion == here for h in hits)


def _write(draft: Path, found: Questions, model: str) -> None:
    """A list as a reviewer reads it: a question a line, under its portion."""
    file = tomlkit.document()
    file.add(tomlkit.comment(f"Candidates, written by {model} and checked by search alone. Review"))
    file.add(tomlkit.comment("them, take out what the passage does not answer, then leave out"))
    file.add(tomlkit.comment('".draft" of the name of this file: the next build takes it up.'))
    file.add("lang", tomlkit.item(found.lang))
    file.add("versions", tomlkit.item(list(found.versions)))
    table: Table = tomlkit.table()
    for portion, questions in found.questions.items():
        array = tomlkit.array()
        array.extend(questions)
        table.add(portion, array.multiline(multiline=True))
    file.add("questions", table)
    draft.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(draft, tomlkit.dumps(file).encode("utf-8"))


@cache
def _prompt(lang: Lang) -> str:
    return (_PROMPTS / f"questions.{lang}.txt").read_text("utf-8").strip()


def configured(model: ChatModel | None) -> ChatModel:
    """The model, or ``ChatError`` where none is configured."""
    if model is None:
        raise ChatError(
            "no language model is configured",
            None,
            "Set DUCHESSE_LLM_URL and DUCHESSE_LLM_MODEL (docs/operations.md).",
        )
    return model

"""A conversation as a document, and an answer as plain text for the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from assistant.answer import Answer, Citation, Outcome
from assistant.locale import say as say_answer
from assistant.render import front, remarks
from assistant.web.conversation import Conversation
from assistant.web.export.document import ExportBlock, ExportDocument, ExportRun, block, locator
from assistant.web.markup import permalink
from assistant.web.strings import say
from sources.anchor import Lang
from sources.dates import date_in_words


def plain(outcome: Outcome, public: str = "") -> str:
    """An answer with its numbered references, for the clipboard.

    A reference has the whole text of what is quoted by a sentence of its translation alone.
    ``public`` is the address of the page, as in :func:`conversation_document`.
    """
    parts = [outcome.question, "", *outcome.notices, outcome.text]
    lang = outcome.lang
    if isinstance(outcome, Answer):
        doubts = [(c.number, d) for c in outcome.citations for d in c.doubts]
        references = ["".join(run.url or run.text for run in s) for s in _sources(outcome, public)]
        for n, c in enumerate(outcome.citations if outcome.groups else ()):
            references[n] += _original(c)
        parts += ["", say(lang, "export.references"), *references]
        parts += [f"[{n}] {say_answer(lang, 'notice.doubt', doubt=d)}" for n, d in doubts]
    return "\n".join((*parts, "", _automatic(outcome)))


def _automatic(outcome: Outcome) -> str:
    """When an answer that is copied was copied, from which build, and what it is worth."""
    today = date_in_words(outcome.lang, datetime.now(UTC).date().isoformat())
    return say(outcome.lang, "export.automatic", date=today, build=outcome.build)


def _original(c: Citation) -> str:
    """The text of a citation of which an answer has a sentence of the translation; "" otherwise."""
    if c.key is None or c.key.lang == c.lang:
        return ""
    return "\n" + say_answer(c.lang, "answer.quote", quote=c.quote, number=c.number)


def made(lang: Lang, build: str) -> str:
    """The sentence of an export that says where it comes from, and what it is worth."""
    today = date_in_words(lang, datetime.now(UTC).date().isoformat())
    return say(lang, "export.made", date=today, build=build)


def file_name(conversation: Conversation, lang: Lang) -> str:
    """Name of the file of a conversation, without its ending."""
    return f"{say(lang, 'export.file')}-{conversation.started[:10]}"


def conversation_document(
    conversation: Conversation, lang: Lang, public: str = ""
) -> ExportDocument:
    """A conversation: what was answered or refused, each answer in its own language.

    ``public`` is the address of the page, "" where it has none that leads there from elsewhere.
    """
    answered = [(t.question, t.outcome) for t in conversation.turns if t.outcome]
    builds = dict.fromkeys(outcome.build for _, outcome in answered)
    return ExportDocument(
        say(lang, "export.heading", date=date_in_words(lang, conversation.started)),
        lang,
        made(lang, ", ".join(builds)),
        tuple(b for question, outcome in answered for b in _turn(question, outcome, public)),
    )


def _turn(question: str, outcome: Outcome, public: str) -> Iterator[ExportBlock]:
    lang = outcome.lang
    yield block("heading", lang, question)
    for notice in outcome.notices:
        yield block("notice", lang, notice)
    if not isinstance(outcome, Answer):
        for line in outcome.text.split("\n"):
            if line:
                yield block("text", lang, line)
        return
    for line in front(outcome):
        yield block("text", lang, line)
    for citation in outcome.citations:
        yield from _cited(citation, lang)
    for remark in remarks(outcome):
        yield block("text", lang, remark)
    yield block("part", lang, say(lang, "export.references"))
    for source in _sources(outcome, public):
        yield block("reference", lang, *source)


def _cited(c: Citation, lang: Lang) -> Iterator[ExportBlock]:
    yield block("label", lang, locator(c.number, c.locator, c.lang, lang))
    if c.working:  # what the reader reads first, and below it what counts
        yield block("working", lang, say_answer(lang, "answer.working", text=c.working))
    yield block("quote", c.lang, *lead(c), c.quote)
    for doubt in c.doubts:
        yield block("doubt", lang, say_answer(lang, "notice.doubt", doubt=doubt))


def lead(c: Citation) -> list[ExportRun]:
    """The words that open the list of a quote, on a line above it; none where it has none."""
    return [ExportRun(f"{c.lead}\n", role="lead")] if c.lead else []


def _sources(answer: Answer, public: str) -> Iterator[list[ExportRun]]:
    """Where each citation stands, and each text that is named and not indexed, with its address."""
    for c in answer.citations:
        place = locator(c.number, c.locator, c.lang, answer.lang)
        page = f", {say(answer.lang, 'cited.page', page=c.page)}" if c.page else ""
        link = permalink(c.anchor, public) if public else ""
        yield [
            ExportRun(f"{place}{page} ("),
            ExportRun(c.anchor, link),
            ExportRun(")"),
            *_official(c.url),
        ]
    for known in answer.known:
        yield [ExportRun(f"[–] {known.title}"), *_official(known.url)]


def _official(url: str | None) -> list[ExportRun]:
    return [ExportRun(", "), ExportRun(url, url)] if url else []

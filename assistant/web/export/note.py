"""A note as a document: questions, quotes from storage, and the comments of its reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.locale import say as say_answer
from assistant.web.export.conversation import lead, made
from assistant.web.export.document import (
    ExportBlock,
    ExportDocument,
    ExportRun,
    block,
    clean,
    locator,
)
from assistant.web.strings import say
from sources.dates import date_in_words

if TYPE_CHECKING:
    from assistant.web.conversation_view import CitationView
    from assistant.web.marks import MarkedPiece
    from assistant.web.note import Note, NoteItem, NotePassage, NoteSource
    from sources.anchor import Lang


def note_name(lang: Lang) -> str:
    """Name of the file of a note, without its ending."""
    return f"{say(lang, 'note.file')}-{datetime.now(UTC).date().isoformat()}"


def note_document(note: Note) -> ExportDocument:
    """A note, laid out densely: where the quotes are short it fits one page."""
    lang = note.lang
    today = date_in_words(lang, datetime.now(UTC).date().isoformat())
    build = say(lang, "note.build", build=note.build, date=date_in_words(lang, note.indexed))
    quoted = tuple(b for question, items in note.groups for b in _group(question, items, lang))
    blocks = (*quoted, *_sources(note.sources, lang))
    marked = any(run.role == "key" for b in blocks for run in b.runs)
    return ExportDocument(
        clean(note.title) or say(lang, "note.name"),
        lang,
        made(lang, build),
        blocks,
        subtitle=say(lang, "note.subtitle", date=today) if note.title else today,
        legend=say(lang, "note.marked") if marked else "",
        dense=True,
    )


def became(passage: NotePassage, lang: Lang) -> str:
    """What became of a passage since its reader saw it, in a sentence; "" where it is the same."""
    match passage.state:
        case "current":
            return ""
        case "unknown":
            return say(lang, "note.unknown", anchor=passage.anchor)
        case "gone":
            return say(lang, "note.gone", date=date_in_words(lang, passage.until))
        case "changed":
            day = date_in_words(lang, passage.until)
            return say(lang, "note.changed", date=day, build=passage.build or "–")


def _sources(sources: Sequence[NoteSource], lang: Lang) -> Iterator[ExportBlock]:
    """What the texts are that are quoted, for who has the note alone."""
    if sources:
        yield block("part", lang, say(lang, "note.sources"))
    for source in sources:
        where = source.link or say(lang, "note.in_assistant")
        told = [part for part in (source.version, where, source.licence) if part]
        yield block("reference", lang, f"{source.short} – {source.title}. ", " · ".join(told))


def _group(question: str, items: list[NoteItem], lang: Lang) -> Iterator[ExportBlock]:
    if question:
        yield block("heading", items[0].lang, question)
    for item in items:
        for passage in item.passages:
            yield from _passage(passage, lang)
        if item.comment.strip():
            label = ExportRun(say(lang, "note.comment"), role="label")
            yield block("comment", lang, label, f" {item.comment.strip()}")


def _passage(passage: NotePassage, lang: Lang) -> Iterator[ExportBlock]:
    view = passage.view
    if view:
        yield block("label", lang, locator(None, view.cited.locator, view.cited.lang, lang))
    if now := became(passage, lang):
        yield block("notice", lang, now)
    if view is None:
        return
    cited = view.cited
    if cited.working:
        label = ExportRun(say(lang, "note.working"), role="label")
        yield block("working", lang, label, " ", *_runs(view.working))
    yield block("quote", cited.lang, *lead(cited), *_runs(view.quote))
    for doubt in cited.doubts:
        yield block("doubt", lang, say_answer(lang, "notice.doubt", doubt=doubt))
    yield block("source", lang, *_source(passage, view, lang))


def _runs(pieces: list[MarkedPiece]) -> list[ExportRun]:
    return [ExportRun(piece.text, role="key" if piece.sort == "key" else "") for piece in pieces]


def _source(passage: NotePassage, view: CitationView, lang: Lang) -> list[ExportRun]:
    """Page, official text and permanent address of a quote, in one line."""
    parts = [ExportRun(say(lang, "cited.page", page=view.cited.page))] if view.cited.page else []
    if view.link:
        parts.append(ExportRun(say(lang, "cited.official"), view.link))
    parts.append(ExportRun(passage.permalink or passage.anchor, passage.permalink))
    joined = [run for part in parts for run in (part, ExportRun(" · "))]
    return joined[:-1]

"""A conversation as something to take along: plain text, Markdown, a Word document, a PDF."""

from __future__ import annotations

import base64
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation, Outcome
from assistant.locale import say as say_answer
from assistant.page.strings import date, say
from assistant.page.turns import Conversation
from sources.anchor import Lang

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_PAPER = Path(__file__).with_name("templates") / "export.typ"
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]"
)  # Word and PDF cannot hold these


def file(conversation: Conversation, lang: Lang, form: str) -> dict[str, str]:
    """The conversation as a file for the browser to save: its name, type and content (base64).

    ``form`` is "word" or "pdf"; anything else gives Markdown.
    """
    match form:
        case "word":
            content, type_, ending = word(conversation, lang), _DOCX, "docx"
        case "pdf":
            content, type_, ending = pdf(conversation, lang), "application/pdf", "pdf"
        case _:
            content = markdown(conversation, lang).encode("utf-8", "replace")
            type_, ending = "text/markdown;charset=utf-8", "md"
    name = f"{say(lang, 'export.file')}-{conversation.started[:10]}.{ending}"
    return {"name": name, "type": type_, "base64": base64.b64encode(content).decode("ascii")}


def plain(outcome: Outcome) -> str:
    """An answer with its numbered references, for the clipboard."""
    parts = [outcome.question, "", *outcome.notices, outcome.text]
    if isinstance(outcome, Answer) and outcome.citations:
        heading = say(outcome.lang, "export.references")
        parts += ["", heading, *(_reference(c, outcome.lang) for c in outcome.citations)]
    return "\n".join(parts)


def _reference(c: Citation, lang: Lang) -> str:
    return _place(c, lang) + (f", {c.url}" if c.url else "")


def _place(c: Citation, lang: Lang) -> str:
    page = f", {say(lang, 'cited.page', page=c.page)}" if c.page else ""
    return f"[{c.number}] {c.locator}{page} ({c.anchor})"


def _today(lang: Lang) -> str:
    return date(lang, datetime.now(UTC).date().isoformat())


def _made(conversation: Conversation, lang: Lang) -> str:
    builds = dict.fromkeys(t.outcome.build for t in conversation.turns if t.outcome)
    return say(lang, "export.made", date=_today(lang), build=", ".join(builds))


def _heading(conversation: Conversation, lang: Lang) -> str:
    return say(lang, "export.heading", date=date(lang, conversation.started))


def markdown(conversation: Conversation, lang: Lang) -> str:
    """The conversation as Markdown; signs of Markdown in the texts are escaped."""
    lines = [f"# {_plain(_heading(conversation, lang))}", ""]
    for turn in conversation.turns:
        if turn.outcome is None:
            continue
        lines += [f"## {_plain(turn.question)}", ""]
        for notice in turn.outcome.notices:
            lines += [f"*{_plain(notice)}*", ""]
        lines += _markdown_answer(turn.outcome)
    lines += ["---", "", f"*{_plain(_made(conversation, lang))}*", ""]
    return "\n".join(lines)


def _markdown_answer(outcome: Outcome) -> list[str]:
    if not isinstance(outcome, Answer):
        return [_plain(outcome.text).replace("\n", "  \n"), ""]
    lines: list[str] = []
    for c in outcome.citations:
        lines += [f"**\\[{c.number}\\] {_plain(c.locator)}**", ""]
        lines += ["> " + _plain(c.quote).replace("\n", "  \n> "), ""]
        if c.working:
            lines += [_plain(say_answer(outcome.lang, "answer.working", text=c.working)), ""]
        for doubt in c.doubts:
            lines += [_plain(say_answer(outcome.lang, "notice.doubt", doubt=doubt)), ""]
    lines += [
        line
        for m in outcome.missing
        for line in (_plain(say_answer(outcome.lang, "answer.partly", missing=m)), "")
    ]
    lines += [f"### {say(outcome.lang, 'export.references')}", ""]
    lines += [f"- {_plain(_reference(c, outcome.lang))}" for c in outcome.citations]
    return [*lines, ""]


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def word(conversation: Conversation, lang: Lang) -> bytes:
    """The conversation as a Word document (bytes of a .docx)."""
    import docx

    document = docx.Document()
    document.core_properties.title = _heading(conversation, lang)
    document.core_properties.author = say(lang, "page.name")
    document.core_properties.language = lang
    document.add_heading(_heading(conversation, lang), 1)
    for turn in conversation.turns:
        if turn.outcome is None:
            continue
        document.add_heading(_clean(turn.question), 2)
        for notice in turn.outcome.notices:
            document.add_paragraph().add_run(_clean(notice)).italic = True
        _word_answer(document, turn.outcome)
    document.add_paragraph().add_run(_clean(_made(conversation, lang))).italic = True
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _word_answer(document: object, outcome: Outcome) -> None:
    add = document.add_paragraph  # type: ignore[attr-defined]
    if not isinstance(outcome, Answer):
        add(_clean(outcome.text))
        return
    for c in outcome.citations:
        add().add_run(_clean(f"[{c.number}] {c.locator}")).bold = True
        add(_clean(c.quote), style="Quote")
        if c.working:
            add().add_run(_clean(say_answer(outcome.lang, "answer.working", text=c.working)))
        for doubt in c.doubts:
            add().add_run(_clean(say_answer(outcome.lang, "notice.doubt", doubt=doubt)))
    for m in outcome.missing:
        add(_clean(say_answer(outcome.lang, "answer.partly", missing=m)))
    add().add_run(say(outcome.lang, "export.references")).bold = True
    for c in outcome.citations:
        add(_clean(_reference(c, outcome.lang)))


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def pdf(conversation: Conversation, lang: Lang) -> bytes:
    """The conversation as a tagged PDF (PDF/UA-1); every quote is real text in it.

    A text with signs that the compiler's own fonts lack is set with those of the machine; such
    a PDF is tagged as well, but does not claim the standard.
    """
    import typst

    said = {
        "title": _heading(conversation, lang),
        "author": say(lang, "page.name"),
        "lang": lang,
        "made": _made(conversation, lang),
        "references": say(lang, "export.references"),
        "turns": [_pdf_turn(t.question, t.outcome) for t in conversation.turns if t.outcome],
    }
    given = {"said": json.dumps(_all_clean(said), ensure_ascii=False)}
    try:
        made = typst.compile(
            _PAPER, sys_inputs=given, ignore_system_fonts=True, pdf_standards="ua-1"
        )
    except typst.TypstError:
        made = typst.compile(_PAPER, sys_inputs=given)
    assert isinstance(made, bytes)
    return made


def _all_clean(said: Any) -> Any:
    match said:
        case str():
            return _clean(said)
        case dict():
            return {key: _all_clean(value) for key, value in said.items()}
        case list() | tuple():
            return [_all_clean(value) for value in said]
    return said


def _pdf_turn(question: str, outcome: Outcome) -> dict[str, Any]:
    lang = outcome.lang
    cited = outcome.citations if isinstance(outcome, Answer) else ()
    missing = outcome.missing if isinstance(outcome, Answer) else ()
    return {
        "question": question,
        "lang": lang,
        "notices": outcome.notices,
        "lines": [] if cited else [line for line in outcome.text.split("\n") if line],
        "citations": [
            {
                "head": f"[{c.number}] {c.locator}",
                "quote": c.quote,
                "lang": c.lang,
                "working": say_answer(lang, "answer.working", text=c.working)
                if c.working
                else None,
                "doubts": [say_answer(lang, "notice.doubt", doubt=d) for d in c.doubts],
            }
            for c in cited
        ],
        "missing": [say_answer(lang, "answer.partly", missing=m) for m in missing],
        "references": [{"text": _place(c, lang), "url": c.url} for c in cited],
    }

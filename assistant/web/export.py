"""Exports of a conversation: plain text, Markdown, a Word document, a PDF."""

from __future__ import annotations

import base64
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, Outcome
from assistant.locale import say as say_answer
from assistant.render import remarks, written_text
from assistant.web.conversation import Conversation
from assistant.web.strings import say
from sources.anchor import Lang
from sources.dates import in_words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.run import Run

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPELLING: dict[Lang, str] = {"fr": "fr-BE", "nl": "nl-BE"}
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
    lang = outcome.lang
    if isinstance(outcome, Answer):
        doubts = [(c.number, d) for c in outcome.citations for d in c.doubts]
        parts += ["", say(lang, "export.references"), *_references(outcome)]
        parts += [f"[{n}] {say_answer(lang, 'notice.doubt', doubt=d)}" for n, d in doubts]
    return "\n".join((*parts, "", say(lang, "export.automatic")))


def _sources(answer: Answer) -> list[tuple[str, str | None]]:
    """Where each citation stands, and each text that is named and not indexed; its address."""
    cited = [(_place(c, answer.lang), c.url) for c in answer.citations]
    return cited + [(f"[–] {k.title}", k.url) for k in answer.known]


def _references(answer: Answer) -> list[str]:
    return [text + (f", {url}" if url else "") for text, url in _sources(answer)]


def _written(answer: Answer) -> list[str]:
    return written_text(answer.written, answer.writer, answer.lang)


def _remarks(answer: Answer) -> list[str]:
    return remarks(answer.missing, answer.sections, answer.lang)


def _place(c: Citation, lang: Lang) -> str:
    page = f", {say(lang, 'cited.page', page=c.page)}" if c.page else ""
    return f"{_head(c, lang)}{page} ({c.anchor})"


def _head(c: Citation, lang: Lang) -> str:
    """Number and locator, and the language of the text where the answer is in another."""
    original = say(lang, "export.original", language=say(lang, f"language.{c.lang}"))
    return f"[{c.number}] {c.locator}" + (f" ({original})" if c.lang != lang else "")


def _today(lang: Lang) -> str:
    return in_words(lang, datetime.now(UTC).date().isoformat())


def _made(conversation: Conversation, lang: Lang) -> str:
    builds = dict.fromkeys(t.outcome.build for t in conversation.turns if t.outcome)
    return say(lang, "export.made", date=_today(lang), build=", ".join(builds))


def _heading(conversation: Conversation, lang: Lang) -> str:
    return say(lang, "export.heading", date=in_words(lang, conversation.started))


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
    lines = [line for said in _written(outcome) for line in (_plain(said), "")]
    for c in outcome.citations:
        lines += [f"**{_plain(_head(c, outcome.lang))}**", ""]
        lines += ["> " + _plain(c.quote).replace("\n", "  \n> "), ""]
        if c.working:
            lines += [_plain(say_answer(outcome.lang, "answer.working", text=c.working)), ""]
        for doubt in c.doubts:
            lines += [_plain(say_answer(outcome.lang, "notice.doubt", doubt=doubt)), ""]
    for remark in _remarks(outcome):
        lines += [_plain(remark), ""]
    lines += [f"### {say(outcome.lang, 'export.references')}", ""]
    lines += [f"- {_plain(line)}" for line in _references(outcome)]
    return [*lines, ""]


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def word(conversation: Conversation, lang: Lang) -> bytes:
    """The conversation as a Word document (bytes of a .docx), each text in its language."""
    import docx

    document = docx.Document()
    _describe(document, conversation, lang)
    _number(document)
    paper = _Paper(document)
    paper.add(_heading(conversation, lang), lang, style="Heading 1")
    for turn in conversation.turns:
        if turn.outcome is None:
            continue
        paper.add(turn.question, turn.outcome.lang, style="Heading 2")
        for notice in turn.outcome.notices:
            paper.add(notice, turn.outcome.lang).italic = True
        _word_answer(paper, turn.outcome)
    paper.add(_made(conversation, lang), lang).italic = True
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _describe(document: Document, conversation: Conversation, lang: Lang) -> None:
    """Set the file's properties; the library's template has the year 2013 and American English."""
    about = document.core_properties
    about.title, about.language, about.comments = _heading(conversation, lang), lang, ""
    about.author = about.last_modified_by = say(lang, "page.name")
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    for default in document.styles.element.iterfind(".//{*}docDefaults//{*}lang"):
        default.set(default.keys()[0], _SPELLING[lang])


def _number(document: Document) -> None:
    """A4, with the number of each page at its foot: a field that Word fills in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm

    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'))  # noqa: SLF001


class _Paper:
    """A Word document to which texts are added, each with its language for who reads it aloud."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def add(self, text: str, lang: Lang, style: str | None = None) -> Run:
        """A paragraph of one run; signs that Word cannot hold are left out."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = self._document.add_paragraph(style=style).add_run(_clean(text))
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), _SPELLING[lang])
        run.font.element.get_or_add_rPr().append(spoken)
        return run


def _word_answer(paper: _Paper, outcome: Outcome) -> None:
    lang = outcome.lang
    if not isinstance(outcome, Answer):
        paper.add(outcome.text, lang)
        return
    for line in _written(outcome):
        paper.add(line, lang)
    for c in outcome.citations:
        paper.add(_head(c, lang), lang).bold = True
        paper.add(c.quote, c.lang, style="Quote")
        if c.working:
            paper.add(say_answer(lang, "answer.working", text=c.working), lang)
        for doubt in c.doubts:
            paper.add(say_answer(lang, "notice.doubt", doubt=doubt), lang)
    for remark in _remarks(outcome):
        paper.add(remark, lang)
    paper.add(say(lang, "export.references"), lang).bold = True
    for line in _references(outcome):
        paper.add(line, lang)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def pdf(conversation: Conversation, lang: Lang) -> bytes:
    """The conversation as a tagged PDF (PDF/UA-1); every quote is real text in it.

    A text with signs that the compiler's own fonts lack is set with those of the machine; such
    a PDF is tagged as well, but does not claim the standard.
    """
    import typst

    content = {
        "title": _heading(conversation, lang),
        "author": say(lang, "page.name"),
        "lang": lang,
        "made": _made(conversation, lang),
        "references": say(lang, "export.references"),
        "turns": [_pdf_turn(t.question, t.outcome) for t in conversation.turns if t.outcome],
    }
    inputs = {"data": json.dumps(_all_clean(content), ensure_ascii=False)}
    try:
        made = typst.compile(
            _PAPER, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards="ua-1"
        )
    except typst.TypstError:
        made = typst.compile(_PAPER, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def _all_clean(value: Any) -> Any:
    match value:
        case str():
            return _clean(value)
        case dict():
            return {key: _all_clean(v) for key, v in value.items()}
        case list() | tuple():
            return [_all_clean(v) for v in value]
    return value


def _pdf_turn(question: str, outcome: Outcome) -> dict[str, Any]:
    lang = outcome.lang
    answer = outcome if isinstance(outcome, Answer) else None
    cited = answer.citations if answer else ()
    return {
        "question": question,
        "lang": lang,
        "notices": outcome.notices,
        "lines": _written(answer)
        if answer
        else [line for line in outcome.text.split("\n") if line],
        "citations": [
            {
                "head": _head(c, lang),
                "quote": c.quote,
                "lang": c.lang,
                "working": say_answer(lang, "answer.working", text=c.working)
                if c.working
                else None,
                "doubts": [say_answer(lang, "notice.doubt", doubt=d) for d in c.doubts],
            }
            for c in cited
        ],
        "remarks": _remarks(answer) if answer else [],
        "references": [{"text": t, "url": u} for t, u in _sources(answer)] if answer else [],
    }

"""The components of the page and their layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant import render
from assistant.web.dossier import MOST, TITLE
from assistant.web.markup import render as html
from assistant.web.page import Page
from assistant.web.state import PageState
from assistant.web.strings import say

_LISTEN = "duchesse.listen(element, trigger);"


def _text(value: str, name: str, script: str = "") -> gr.HTML:
    return gr.HTML(
        value, elem_id=name, js_on_load=_LISTEN + script, apply_default_css=False, padding=False
    )


@dataclass
class Parts:
    """The components that change, in the order in which they are made."""

    header: gr.HTML
    dossier: gr.HTML
    arrivals: gr.HTML
    conversation_box: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    new: gr.Button
    disclosure: gr.HTML
    tabs: gr.Tabs
    tab_reading: gr.Tab
    reading: gr.HTML
    tab_documents: gr.Tab
    words: gr.Textbox
    find: gr.Button
    documents: gr.HTML
    tab_history: gr.Tab
    history: gr.HTML
    tab_admin: gr.Tab
    admin: gr.HTML
    footer: gr.HTML


def lay_out(page: Page, view: PageState) -> Parts:
    """Make the components in their order on the page."""
    lang = view.lang
    header = _text(html("header.html", lang, ready=False), "header", _watch("spoken"))
    put_aside = _text(dossier(view), "dossier")
    arrivals = _text(page.arrivals_html(view, fresh=True), "arrivals", _watch("arrived"))
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="main", min_width=0):
            conversation_box = _text(page.conversation_panel(view), "talk", _watch("talked"))
            with gr.Column(elem_id="asking", min_width=0):
                with gr.Row(elem_id="buttons"):
                    question = gr.Textbox(lines=1, max_lines=6, elem_id="question", **box(view))
                    stop = gr.Button(say(lang, "ask.stop"), elem_id="stop", visible=False)
                    send = gr.Button(say(lang, "ask.send"), elem_id="send", variant="primary")
                with gr.Row(elem_id="below"):
                    shown = _text(disclosure(page, view), "disclosure")
                    new = gr.Button(say(lang, "ask.new"), elem_id="new", variant="secondary")
        with gr.Column(elem_id="side", min_width=0), gr.Tabs(selected="reading") as tabs:
            with gr.Tab(
                say(lang, "tab.reading"), id="reading", elem_id="pane-reading"
            ) as tab_reading:
                reading = _text(page.reading_html(view), "reading", _watch("shown"))
            with gr.Tab(
                say(lang, "tab.documents"), id="documents", elem_id="pane-documents"
            ) as tab_documents:
                with gr.Row(elem_id="finding"):
                    wanted = gr.Textbox(elem_id="words", lines=1, scale=4, **words(view))
                    find = gr.Button(say(lang, "documents.find"), elem_id="find", scale=1)
                documents = _text(page.documents_html(view), "documents")
            with gr.Tab(
                say(lang, "tab.history"), id="history", elem_id="pane-history"
            ) as tab_history:
                kept = _text(history(view), "history")
            with gr.Tab(
                say(lang, "admin.tab"), id="admin", elem_id="pane-admin", visible=False
            ) as tab_admin:
                admin = _text("", "admin")
    foot = _text(footer(page, view), "footer")
    return Parts(
        header,
        put_aside,
        arrivals,
        conversation_box,
        question,
        send,
        stop,
        new,
        shown,
        tabs,
        tab_reading,
        reading,
        tab_documents,
        wanted,
        find,
        documents,
        tab_history,
        kept,
        tab_admin,
        admin,
        foot,
    )


def footer(page: Page, view: PageState) -> str:
    """HTML of the foot of the page: what is searched, and which build of it."""
    build = page.build
    return html(
        "footer.html",
        view.lang,
        sources=render.searched(build, view.lang),
        build=build.id,
        count=build.manifest.passages,
        user=view.user,
    )


def disclosure(page: Page, view: PageState) -> str:
    """HTML of what a reader has to know before they ask; in short once they have."""
    kept, started = page.service.settings.audit_text, bool(view.conversation.turns)
    most = page.service.settings.max_question
    return html("disclosure.html", view.lang, kept=kept, started=started, most=most)


def box(view: PageState) -> dict[str, Any]:
    """Texts of the question box."""
    return {
        "label": say(view.lang, "ask.label"),
        "placeholder": say(view.lang, "ask.placeholder"),
    }


def words(view: PageState) -> dict[str, Any]:
    """Texts of the box that looks for words."""
    return {
        "label": say(view.lang, "documents.search"),
        "placeholder": say(view.lang, "documents.placeholder"),
    }


def history(view: PageState) -> str:
    """HTML of the list of conversations."""
    return html("history.html", view.lang, items=view.history, current=view.conversation.id)


def dossier(view: PageState) -> str:
    """HTML of the panel of what was put aside; what is in it is the browser's to bring."""
    return html("dossier.html", view.lang, most=MOST, title=TITLE)


def _watch(name: str) -> str:
    return f" duchesse.{name}(element); watch('value', () => duchesse.{name}(element));"

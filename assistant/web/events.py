"""What each event does to the components of the page. No logic of its own."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import gradio as gr
from anyio import to_thread

from assistant.answer import as_json
from assistant.web.admin import Administration
from assistant.web.conversation import Conversation, conversation_entries
from assistant.web.layout import box, disclosure, dossier, footer, history, lay_out, words
from assistant.web.limited_service import Visitor
from assistant.web.login import Login
from assistant.web.markup import render as html
from assistant.web.mcp_endpoint import ASK, PASSAGE
from assistant.web.page import Page
from assistant.web.passage_json import passage_json
from assistant.web.state import PageState, PageUpdate
from assistant.web.strings import say
from sources.errors import DuchesseError

_LOG = logging.getLogger(__name__)
_LOOK = 0.5  # seconds between two looks at a rebuild
_LOOK_ARRIVALS = 2.0  # seconds between two looks at the cited texts that come
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class QuietBlocks(gr.Blocks):  # type: ignore[misc]
    """Blocks whose errors about a malformed call do not repeat what was in it.

    The framework prints the values that a malformed call brought; among them are questions.
    """

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Enough values for the event?"""
        try:
            super().validate_inputs(block_fn, inputs)
        except ValueError:
            raise _malformed() from None

    async def preprocess_data(self, *given: Any, **more: Any) -> Any:
        """The values as the components of the event take them."""
        try:
            return await super().preprocess_data(*given, **more)
        except gr.Error:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, it is about what was sent
            raise _malformed() from None


def _malformed() -> gr.Error:
    return gr.Error("this call does not have the form that it should have", print_exception=False)


class PageEvents:
    """Connects the components of one page with its actions."""

    def __init__(self, page: Page, login: Login | None = None) -> None:
        self._page = page
        self._login = login
        self._administration = Administration(page.service.settings)

    def blocks(self) -> gr.Blocks:
        """The whole page."""
        page = self._page
        lang = page.service.settings.lang
        first = PageState(lang, Conversation(id="", started=""))
        with QuietBlocks(title=say(lang, "page.title"), analytics_enabled=False) as blocks:
            self._view = gr.State(first)
            self._inbox = gr.JSON(visible=False)
            self._outbox = gr.JSON(visible=False)
            self._forgotten = gr.JSON(visible=False)  # what a clock tells a page that slept
            self._clock = gr.Timer(_LOOK, active=False)  # runs while the index is rebuilt
            self._arriving = gr.Timer(_LOOK_ARRIVALS, active=False)  # while cited texts come
            self._listed_build = gr.State("")  # the build whose documents are shown
            self._parts = lay_out(page, first)
            self._connect(blocks)
            gr.api(self._answer, api_name="ask", api_description=ASK)
            gr.api(self._passage, api_name="passage", api_description=PASSAGE)
        return blocks

    # Events

    def _connect(self, blocks: gr.Blocks) -> None:
        p, view = self._parts, self._view
        shown = [view, self._outbox, *vars(p).values()]

        def tell(event: Any) -> None:
            event.then(
                None, self._outbox, None, js="(message) => duchesse.take(message)", **_PRIVATE
            )

        arriving = [self._arriving, self._listed_build]
        loaded = blocks.load(
            self._load, self._inbox, [*shown, *arriving], js="() => [duchesse.boot()]", **_PRIVATE
        )
        looked = self._arriving.tick(
            self._look,
            [view, self._listed_build],
            [p.arrivals, p.footer, p.documents, self._forgotten, *arriving],
            **_PRIVATE,
        )
        answer_events = [
            loaded,  # with a link, it asks its question
            gr.on([p.send.click, p.box.submit], self._ask, [view, p.box], shown, **_PRIVATE),
            p.conversation_box.submit(self._ask_again, view, shown, **_PRIVATE),
        ]
        for event in answer_events:
            tell(event)
        p.stop.click(self._stop, view, shown, cancels=answer_events, **_PRIVATE)
        tell(p.new.click(self._new, view, shown, cancels=answer_events, **_PRIVATE))
        for part in (p.header, p.dossier, p.conversation_box, p.documents, p.history):
            tell(part.select(self._act, view, shown, **_PRIVATE))
        # Back and Forward may follow one another before the pane is there: none is left out.
        tell(p.reading.select(self._act, view, shown, trigger_mode="multiple", **_PRIVATE))
        managed = [p.admin, self._clock, p.footer, p.documents, self._forgotten]
        reports = [
            looked,
            p.tab_admin.select(self._report, view, managed, **_PRIVATE),
            p.admin.select(self._manage, view, managed, **_PRIVATE),
            self._clock.tick(self._report, view, managed, **_PRIVATE),
        ]
        for event in reports:
            event.then(
                None,
                self._forgotten,
                None,
                js="(message) => message && duchesse.take(message)",
                **_PRIVATE,
            )
        tell(gr.on([p.find.click, p.words.submit], self._find, [view, p.words], shown, **_PRIVATE))
        p.tab_history.select(
            self._listed,
            [view, self._inbox],
            shown,
            js="(view, inbox) => [null, duchesse.list()]",
            **_PRIVATE,
        )

    async def _ask(
        self, view: PageState, question: str, request: gr.Request
    ) -> AsyncIterator[dict[Any, Any]]:
        if _is_forgotten(view):
            yield {self._outbox: {"again": question}}
            return
        async for updates in self._changes(view, self._page.ask(view, question, _visitor(request))):
            yield updates

    async def _changes(
        self, before: PageState, changes: Iterator[PageUpdate]
    ) -> AsyncIterator[dict[Any, Any]]:
        step = partial(next, changes, None)
        # A search that the reader stops is left to end in its thread; nobody waits for it.
        try:
            while (change := await to_thread.run_sync(step, abandon_on_cancel=True)) is not None:
                yield self._show(before, change)
                before = change.view
        except Exception:
            if not before.conversation.searching:
                raise
            _LOG.exception("an answer could not be shown")
            yield self._show(before, self._page.fail(before))

    async def _ask_again(
        self, view: PageState, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[dict[Any, Any]]:
        async for updates in self._ask(view, str(_message(event).get("question", "")), request):
            yield updates

    def _stop(self, view: PageState) -> dict[Any, Any]:
        return self._show(view, self._page.stop(view))

    def _new(self, view: PageState) -> dict[Any, Any]:
        return self._show(view, self._page.renew(view))

    async def _load(self, booted: Any, request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
        listed = self._page.build.id  # asked before what is shown of it is made
        change = self._page.start(booted)
        view = replace(change.view, user=request.username or "")
        updates = self._show(None, replace(change, view=view))
        if self._may_manage(request):
            name = say(view.lang, "admin.tab")
            updates[self._parts.tab_admin] = gr.Tab(name, visible=True)
            updates[self._parts.admin] = self._administration.report(view.lang)
        updates[self._arriving] = gr.Timer(active=self._page.arrivals.running)
        updates[self._listed_build] = listed
        yield updates
        view = updates[self._view]
        linked = self._page.follow(view, booted, _visitor(request))
        async for updates in self._changes(view, linked):
            yield updates

    def _look(self, view: PageState, listed: str) -> dict[Any, Any]:
        """How far the cited texts are; the documents, once a build has brought another one.

        It leaves the view alone, for a question may be under way that ends in another one.
        """
        if _is_forgotten(view):
            return {self._forgotten: {"again": ""}, self._arriving: gr.Timer(active=False)}
        p, page = self._parts, self._page
        running = page.arrivals.running  # asked before the rest: the last look is never left out
        now = page.build.id
        updates = {
            p.arrivals: page.arrivals_html(view),
            self._arriving: gr.Timer(active=running),
            self._listed_build: now,
        }
        if now != listed or not running:
            updates[p.footer] = footer(page, view)
            updates[p.documents] = page.documents_html(view)
        return updates

    def _act(self, view: PageState, event: gr.EventData, request: gr.Request) -> dict[Any, Any]:
        updates = self._show(view, self._page.act(view, _message(event), _visitor(request)))
        lang = updates.get(self._view, view).lang
        if lang != view.lang and self._may_manage(request):
            updates[self._parts.tab_admin] = gr.Tab(say(lang, "admin.tab"), visible=True)
            updates[self._parts.admin] = self._administration.report(lang)
        return updates

    # What only an administrator may do; asked for each event, for a role may be taken away

    def _may_manage(self, request: gr.Request) -> bool:
        return self._login is not None and self._login.role(request.username) == "admin"

    def _report(self, view: PageState, request: gr.Request) -> dict[Any, Any]:
        """How the index is; looked at again by the clock for as long as it is being rebuilt.

        Each look is an event of its own, so that it speaks the language of that moment.
        """
        p, administration = self._parts, self._administration
        if not self._may_manage(request):
            return {p.admin: "", self._clock: gr.Timer(active=False)}
        if _is_forgotten(view):
            return {self._forgotten: {"again": ""}, self._clock: gr.Timer(active=False)}
        running = administration.running  # asked before the report: the last look is never left out
        report = {p.admin: administration.report(view.lang), self._clock: gr.Timer(active=running)}
        if running:
            return report
        return report | {
            p.footer: footer(self._page, view),
            p.documents: self._page.documents_html(view),
        }

    def _manage(self, view: PageState, event: gr.EventData, request: gr.Request) -> dict[Any, Any]:
        administration = self._administration
        if self._may_manage(request):
            try:
                match _message(event).get("do"):
                    case "rebuild":
                        administration.rebuild()
                    case "rollback":
                        administration.roll_back()
            except Exception as error:  # noqa: BLE001 - the report says it
                administration.fail(error)
        return self._report(view, request)

    def _find(self, view: PageState, query: str) -> dict[Any, Any]:
        return self._show(view, self._page.find(view, query or ""))

    def _listed(self, view: PageState, kept: Any) -> dict[Any, Any]:
        message = {"do": "listed", "history": conversation_entries(kept) and kept}
        return self._show(view, self._page.act(view, message))

    def _show(self, before: PageState | None, change: PageUpdate) -> dict[Any, Any]:
        """What of the page changes between two views; ``None`` before stands for everything."""
        if before is not None and _is_forgotten(before):
            return {self._outbox: {"again": ""}}
        p, page, view = self._parts, self._page, change.view
        lang = view.lang
        spoken = before is None or before.lang != lang
        message = change.message
        updates: dict[Any, Any] = {}
        if spoken:
            updates |= self._in_language(view)
        talked = spoken or before is None or before.conversation != view.conversation
        if change.says and not talked:
            message = {**(message or {}), "say": change.says}
        if talked:
            searching = view.conversation.searching
            updates[p.conversation_box] = page.conversation_panel(
                view, fresh=change.fresh, says=change.says
            )
            updates[p.send] = gr.Button(say(lang, "ask.send"), visible=not searching)
            updates[p.stop] = gr.Button(say(lang, "ask.stop"), visible=searching)
            updates[p.disclosure] = disclosure(page, view)
        if spoken or change.focus or before is None or before.place != view.place:
            if before is not None and (move := page.move(before, view)):
                message = {**(message or {}), "move": move}
            else:
                build = page.build.id  # asked before: what comes meanwhile is shown once more
                updates[p.reading] = page.reading_html(view, focus=change.focus)
                view = replace(view, shown=build)
        if spoken or before is None or before.query != view.query:
            updates[p.documents] = change.documents or page.documents_html(view)
        if spoken or before is None or _listed(before) != _listed(view):
            updates[p.history] = history(view)
        if change.tab:
            updates[p.tabs] = gr.Tabs(selected=change.tab)
        if change.box is not None:
            updates[p.box] = gr.Textbox(**{**box(view), "value": change.box})
        return updates | {self._view: view, self._outbox: message}

    def _in_language(self, view: PageState) -> dict[Any, Any]:
        p, page, lang = self._parts, self._page, view.lang
        return {
            p.header: html("header.html", lang, ready=True),
            p.dossier: dossier(view),
            p.arrivals: page.arrivals_html(view, fresh=True),
            p.footer: footer(page, view),
            p.box: gr.Textbox(**box(view)),
            p.words: gr.Textbox(**words(view)),
            p.new: gr.Button(say(lang, "ask.new")),
            p.find: gr.Button(say(lang, "documents.find")),
            p.tab_reading: gr.Tab(say(lang, "tab.reading")),
            p.tab_documents: gr.Tab(say(lang, "tab.documents")),
            p.tab_history: gr.Tab(say(lang, "tab.history")),
        }

    def _answer(
        self,
        question: str,
        lang: Literal["fr", "nl"] | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Answer a question; the JSON of ``python -m assistant ask --json``."""
        try:
            return as_json(self._page.limited.ask(question, lang, _visitor(request)))
        except DuchesseError as error:
            raise gr.Error(error.for_readers, print_exception=False) from error

    def _passage(self, anchor: str) -> dict[str, Any]:
        """One passage with what the reading pane shows of it."""
        try:
            return passage_json(self._page.texts(), anchor)
        except DuchesseError as error:
            raise gr.Error(error.for_readers, print_exception=False) from error


def _is_forgotten(view: PageState) -> bool:
    """Is it the view of a page that has not opened: that of a session which ended here, because
    the browser slept or this server started anew? The browser has what was in it.
    """
    return not view.conversation.id


def _listed(view: PageState) -> tuple[Any, str]:
    """What the list of conversations shows."""
    return view.history, view.conversation.id


def _visitor(request: gr.Request | None) -> Visitor:
    if request is None:
        return Visitor()
    client = request.client
    return Visitor(client.host if client else "", request.username)


# What the page's own script tells with a click (assets/page.js).
_MESSAGE_KEYS = (
    "do", "lang", "history", "anchor", "turn", "from", "keep", "whole", "verdict", "form",
    "question", "conversation", "comment", "deleted", "renamed", "id", "dossier",
)  # fmt: skip


def _message(event: gr.EventData) -> dict[str, Any]:
    message = {}
    for name in _MESSAGE_KEYS:
        with suppress(AttributeError, TypeError):  # not sent; or what was sent is no object
            message[name] = getattr(event, name)
    return message

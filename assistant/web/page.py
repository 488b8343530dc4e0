"""The logic of the page, without its components: from an action to what changes.

It keeps no state of readers: the conversation and the place in the texts are passed in and out.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from assistant.answer import Answer, Outcome
from assistant.moves import asked_at
from assistant.web import (
    cited_texts,
    conversation,
    conversation_view,
    dossier,
    library,
    reading_pane,
    shared_link,
)
from assistant.web.addresses import Addresses
from assistant.web.arrivals import Arrivals
from assistant.web.build_context import BuildContext
from assistant.web.conversation import Conversation, Turn
from assistant.web.export.conversation import conversation_document, file_name
from assistant.web.export.file import file
from assistant.web.export.note import became, note_document, note_name
from assistant.web.export.plain import plain_text
from assistant.web.feedback import LONGEST_COMMENT, VERDICTS, Feedback
from assistant.web.limited_service import (
    ANYBODY,
    LimitedService,
    NoSearchError,
    RateLimiter,
    TooManyError,
    Visitor,
)
from assistant.web.markup import render as html
from assistant.web.note import Note, note
from assistant.web.passage_text import Texts
from assistant.web.reading_pane import ReadingPlace
from assistant.web.shared_link import SharedQuestion
from assistant.web.signing import Signer
from assistant.web.state import PageState, PageUpdate
from assistant.web.strings import say
from sources.anchor import LANGS, Lang, as_lang
from sources.errors import DuchesseError, refusal
from sources.pasted import passage_of
from sources.pictures import Pictures

if TYPE_CHECKING:
    from assistant.service import AnswerService
    from index.build import Build
    from sources.formats.sandbox.picture import Sheet

_LOG = logging.getLogger(__name__)
_STOPS = 1000  # stopped questions remembered
_ADDRESS = 2000  # characters of an address of the page that are read
_SHOWN = 240  # characters of a quote in the panel of the dossier


class Page:
    """The page of one service; safe for several readers at once."""

    def __init__(self, service: AnswerService, arrivals: Arrivals | None = None) -> None:
        self.service = service
        self.arrivals = arrivals or Arrivals(service.settings)
        self.limited = LimitedService(service)
        self._public = Addresses.of(service.settings.public_url).address
        self._feedback = Feedback(service.settings.data)
        self._verdicts = RateLimiter(service.settings.rate)
        self._lock = threading.Lock()
        self._known: BuildContext | None = None
        self._pictures = Pictures(service.settings.data)
        self._stopped: deque[str] = deque(maxlen=_STOPS)  # ids of their turns

    @cached_property
    def signer(self) -> Signer:
        """Signs what browsers keep."""
        return Signer.of(self.service.settings.data)

    @property
    def build(self) -> Build:
        """The build in use now."""
        return self.service.assistant().build

    def _context(self, build: Build) -> BuildContext:
        """Facts about a build, computed once for each."""
        with self._lock:
            if self._known is None or self._known.build != build.id:
                self._known = BuildContext.of(build, self.service.settings.data, self._pictures)
            return self._known

    def texts(self) -> Texts:
        """What the reading pane reads from: one build, also where another comes into use."""
        assistant = self.service.assistant()
        context = self._context(assistant.build)
        return Texts(
            assistant.build,
            assistant.mentions,
            context.hosts,
            context.pictured,
            self.service.settings.data,
            context.reworded,
            assistant.key_data,
            assistant.corrections,
        )

    # What a reader sees

    def conversation_panel(self, view: PageState, *, fresh: bool = False, says: str = "") -> str:
        """The conversation."""
        build = self.build
        context = self._context(build)
        failed = (
            None
            if view.conversation.turns
            else cited_texts.failed(self.arrivals, build, context.catalogue, view.lang)
        )
        return conversation_view.conversation_html(
            view.conversation,
            build,
            view.lang,
            context.hosts,
            public=self._public,
            examples=() if view.conversation.turns else self.service.examples(view.lang),
            failed=failed,
            serial=_serial(),
            fresh=fresh,
            says=says,
        )

    def arrivals_html(self, view: PageState, *, fresh: bool = False) -> str:
        """The cited texts that come while the page is open, or have come since."""
        build = self.build
        catalogue = self._context(build).catalogue
        return cited_texts.strip(self.arrivals, build, catalogue, view.lang, fresh=fresh)

    def reading_html(self, view: PageState, *, focus: bool = False) -> str:
        """The reading pane."""
        return reading_pane.pane(self.texts(), view.place, view.lang, _serial() if focus else "")

    def move(self, before: PageState, view: PageState) -> dict[str, str] | None:
        """From a passage to another of a whole document; None where all is to be shown anew."""
        texts = self.texts()
        if before.lang != view.lang or before.shown != texts.build.id:
            return None
        return reading_pane.move(texts, before.place, view.place, view.lang)

    def documents_html(self, view: PageState) -> str:
        """The documents, and what was found in them."""
        return self._looked_through(view).html

    def _looked_through(self, view: PageState) -> library.DocumentsView:
        build = self.build
        context = self._context(build)
        missing = cited_texts.missing(self.arrivals, build, view.lang)
        return library.documents(
            build, context.catalogue, view.lang, context.hosts, view.query, missing
        )

    # What a reader does

    def start(self, booted: object) -> PageUpdate:
        """A page that opens, with what the browser knows of the reader."""
        sent = booted if isinstance(booted, Mapping) else {}
        kept = None if sent.get("shared") else self._kept(sent.get("conversation"))
        view = PageState(
            lang=self._lang(sent.get("lang")),
            conversation=kept or Conversation.new(),
            history=conversation.conversation_entries(sent.get("history")),
            place=_cited(kept) if kept else ReadingPlace(),
        )
        typed = sent.get("draft")
        draft = typed if isinstance(typed, str) and typed else None
        address = sent.get("passage")
        if isinstance(address, str) and address:
            named = passage_of(address[:_ADDRESS]) or unquote(address).rpartition("passage=")[2]
            place = ReadingPlace(named[:300])
            return PageUpdate(replace(view, place=place), tab="reading", focus=True, box=draft)
        return PageUpdate(view, box=draft)

    def follow(self, view: PageState, booted: object, visitor: Visitor) -> Iterator[PageUpdate]:
        """Ask what the page was opened with: that of a link, or of a session that ended before."""
        opened: Mapping[Any, Any] = booted if isinstance(booted, Mapping) else {}
        sent, asked = opened.get("shared"), opened.get("asked")
        if isinstance(asked, str) and asked:
            yield from self.ask(view, asked, visitor)
        if not sent or asked:
            return
        most = self.service.settings.max_question
        link = shared_link.read(sent, most)
        if isinstance(link, SharedQuestion):
            yield from self.ask(view, link.question, visitor, link)
            return
        turn = Turn(shared_link.shown(sent, most), note=link)
        view = replace(view, conversation=replace(view.conversation, turns=(turn,)))
        says = conversation_view.announced(turn, view.lang)
        yield PageUpdate(view, message=self._keep(view), fresh=True, says=says)

    def _lang(self, code: object) -> Lang:
        return as_lang(str(code)) if code in LANGS else self.service.settings.lang

    def act(
        self, view: PageState, message: Mapping[str, Any], visitor: Visitor = ANYBODY
    ) -> PageUpdate:
        """Handle a click on rendered text; anything unknown changes nothing.

        What fails (a file that cannot be written, a full disk) changes nothing either, and is said.
        """
        try:
            return self._acted(view, message, visitor)
        except Exception as error:  # noqa: BLE001 - a reader sees a sentence, the log has the rest
            known = error if isinstance(error, DuchesseError) else refusal(error)
            _LOG.error("an action on the page failed: %s", known or "", exc_info=known is None)
            if message.get("do") in ("dossier", "note"):  # said in their dialog
                return PageUpdate(view, message={"noted": say(view.lang, "note.failed")})
            return _warning(view, "tool.failed")

    def _acted(self, view: PageState, message: Mapping[str, Any], visitor: Visitor) -> PageUpdate:
        if message.get("do") in ("judge", "comment", "withdraw"):
            return self._judge(view, message, visitor)
        actions: dict[str, Callable[[PageState, Mapping[str, Any]], PageUpdate]] = {
            "lang": self._speak,
            "open": self._open,
            "leave": self._leave,
            "whole": self._widen,
            "section": self._widen,
            "document": self._read,
            "picture": self._picture,
            "export": self._export,
            "restore": self._restore,
            "listed": self._listed,
            "documents": self._documents,
            "dossier": self._dossier,
            "note": self._note,
        }
        action = actions.get(str(message.get("do")))
        return action(view, message) if action else PageUpdate(view)

    def _speak(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        history = conversation.conversation_entries(message.get("history"))
        return PageUpdate(replace(view, lang=self._lang(message.get("lang")), history=history))

    def _widen(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        place = replace(view.place, target=_anchor(message), whole=message["do"] == "whole")
        return PageUpdate(replace(view, place=place), tab="reading", focus=True)

    def _read(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        place = ReadingPlace(_anchor(message), whole=True, origin="documents")
        return PageUpdate(replace(view, place=place), tab="reading", focus=True)

    def _documents(self, view: PageState, _: Mapping[str, Any]) -> PageUpdate:
        return PageUpdate(view, tab="documents")

    def _restore(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        conversation = self._kept(message.get("conversation"))
        if conversation is None:
            return PageUpdate(view)
        view = replace(view, conversation=conversation, place=_cited(conversation))
        says = say(view.lang, "history.restored", title=conversation.title)
        return PageUpdate(view, message=self._keep(view), fresh=True, says=says)

    def _open(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        target = _anchor(message)
        if message.get("keep"):
            cited = target in view.place.trail
            place = replace(view.place, target=target, cited=cited, marked=True)
        elif (turn := _number(message.get("turn"))) is not None:
            place = ReadingPlace.of(conversation_view.trail(view.conversation, turn), target)
        else:
            place = ReadingPlace(
                target, origin="documents" if message.get("from") == "documents" else ""
            )
        if message.get("whole"):
            place = replace(place, whole=True)
        return PageUpdate(replace(view, place=place), tab="reading", focus=True)

    def _leave(self, view: PageState, _: Mapping[str, Any]) -> PageUpdate:
        """Back from what was opened: the pane is as it was after the newest answer."""
        return PageUpdate(replace(view, place=_cited(view.conversation)))

    def _picture(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        """The page of the file that a passage comes from."""
        build, anchor, lang = self.build, _anchor(message), view.lang
        passage = reading_pane.find(build, anchor)
        if passage is None:
            return PageUpdate(view)
        entry = build.entries[passage.anchor.work_lang]
        sheets: tuple[Sheet, ...] = ()
        try:
            sheets = self._pictures.of(passage, entry.fingerprint)
        except (DuchesseError, OSError):  # the pane says so, in the place of the page
            _LOG.exception("a page cannot be shown")
        shown = html(
            "picture.html", lang, sheets=sheets, title=entry.short[lang],
            locator=passage.locator[lang],
        )  # fmt: skip
        return PageUpdate(view, message={"picture": {"anchor": anchor, "html": shown}})

    def _judge(self, view: PageState, message: Mapping[str, Any], visitor: Visitor) -> PageUpdate:
        """A verdict on an answer, what its reader adds to it, or the verdict taken back."""
        place, turns = _number(message.get("turn")), view.conversation.turns
        turn = turns[place] if place is not None and place < len(turns) else None
        outcome = turn.outcome if turn else None
        if place is None or turn is None or outcome is None:
            return PageUpdate(view)
        comment = str(message.get("comment") or "").strip()
        if not _may_judge(turn, message, comment):
            return PageUpdate(view)
        if len(comment) > LONGEST_COMMENT:
            values = {"count": len(comment), "most": LONGEST_COMMENT}
            return _warning(view, "tool.comment_too_long", **values)
        if not self._verdicts.allows(visitor):
            return _warning(view, "tool.too_many", most=self.service.settings.rate)
        says = ""
        match message["do"]:
            case "judge":
                verdict = str(message["verdict"])
                turn = replace(turn, verdict=verdict, remark=self._feedback.add(outcome, verdict))
            case "comment":
                self._feedback.add(outcome, turn.verdict, comment, turn.remark)
                turn = replace(turn, comment=comment)
            case "withdraw":
                self._feedback.withdraw(turn.remark)
                turn = replace(turn, verdict="", comment="", remark="")
                says = say(view.lang, "tool.withdrawn")
        view = replace(view, conversation=view.conversation.change(place, turn))
        return PageUpdate(view, message=self._keep(view), says=says)

    def _export(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        exported = conversation_document(view.conversation, view.lang, self._public)
        save = file(exported, file_name(view.conversation, view.lang), str(message.get("form")))
        says = say(view.lang, "export.ready", name=save["name"])
        return PageUpdate(view, message={"save": save}, says=says)

    def _dossier(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        """What was put aside, as the panel shows it."""
        kept, made = self._put_aside(view, message)
        shown = html(
            "dossier_items.html", view.lang, note=made, unreadable=kept.unreadable,
            became=became, shown=_SHOWN, longest=dossier.COMMENT,
        )  # fmt: skip
        return PageUpdate(view, message={"dossier": shown})

    def _note(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        """What was put aside as a file, or as text for the clipboard; why not, where it cannot."""
        kept, made = self._put_aside(view, message)
        if fault := kept.fault(view.lang):
            return PageUpdate(view, message={"noted": fault})
        document, form = note_document(made), str(message.get("form"))
        if form == "text":
            return PageUpdate(view, message={"copied": plain_text(document)})
        save = file(document, note_name(view.lang), form)
        says = say(view.lang, "note.ready", name=save["name"])
        return PageUpdate(view, message={"save": save, "noted": says})

    def _put_aside(
        self, view: PageState, message: Mapping[str, Any]
    ) -> tuple[dossier.Dossier, Note]:
        settings = self.service.settings
        kept = dossier.from_browser(message.get("dossier"), settings.max_question)
        catalogue = self._context(self.build).catalogue
        return kept, note(kept, self.texts(), view.lang, self._public, catalogue)

    def _listed(self, view: PageState, message: Mapping[str, Any]) -> PageUpdate:
        view = replace(view, history=conversation.conversation_entries(message.get("history")))
        if deleted := message.get("deleted"):
            says = say(view.lang, "history.deleted")
            if deleted != view.conversation.id:
                return PageUpdate(view, says=says)
            return replace(self.renew(view), says=says)
        if renamed := str(message.get("renamed", ""))[:200]:
            if message.get("id") == view.conversation.id:
                view = replace(view, conversation=replace(view.conversation, title=renamed))
            return PageUpdate(view, says=say(view.lang, "history.renamed", title=renamed))
        return PageUpdate(view)

    def find(self, view: PageState, query: str) -> PageUpdate:
        """Look for words in the documents."""
        view = replace(view, query=query.strip()[:200])
        found = self._looked_through(view)
        return PageUpdate(view, says=found.counted, documents=found.html)

    def renew(self, view: PageState) -> PageUpdate:
        """A new conversation; what is typed stays in the box."""
        view = replace(view, conversation=Conversation.new(), place=ReadingPlace())
        return PageUpdate(view, message=self._keep(view), says=say(view.lang, "ask.renewed"))

    def ask(
        self,
        view: PageState,
        question: str,
        visitor: Visitor = ANYBODY,
        link: SharedQuestion | None = None,
    ) -> Iterator[PageUpdate]:
        """A question, perhaps of a link: first that it is being searched, then what came of it."""
        if not question.strip():  # nothing asked, nothing changes; without a word, all would go
            yield PageUpdate(view)
            return
        before = view.conversation
        view = replace(view, conversation=view.conversation.ask(question.strip()))
        says = say(view.lang, "turn.searching")
        yield PageUpdate(view, box="", fresh=True, says=says)
        if before.full:
            turn = Turn(question.strip(), note="full", detail=str(conversation.MOST))
        elif link:
            turn = self._linked(link, visitor)
        else:
            turn = self._turn(question, view.lang, before.history, visitor)
            turn = replace(turn, after="\n".join(_before(turn, before)))
        if view.conversation.turns[-1].id in self._stopped:  # the answer was already on its way
            return
        view = replace(view, conversation=view.conversation.end(turn))
        change = PageUpdate(
            view,
            message=self._keep(view),
            fresh=True,
            says=conversation_view.announced(turn, view.lang),
        )
        if isinstance(turn.outcome, Answer):
            shown = replace(view, place=_cited(view.conversation))
            yield replace(change, view=shown, tab="reading")
        else:
            box = question if turn.note in ("too_long", "too_many", "full", "away") else None
            yield replace(change, view=replace(view, place=_released(view.place)), box=box)

    def _linked(self, link: SharedQuestion, visitor: Visitor) -> Turn:
        history = link.after.split("\n") if link.after else []
        turn = self._turn(link.question, link.language, history, visitor)
        return replace(turn, after=link.after, linked=link.build)

    def _turn(self, question: str, lang: Lang, history: list[str], visitor: Visitor) -> Turn:
        most = self.service.settings.max_question
        question = question.strip()
        if len(question) > most:
            return Turn(question, note="too_long", detail=str(most))
        try:
            outcome = self.limited.ask(question, None, visitor, page=lang, history=history)
            return Turn(question, outcome)
        except TooManyError:
            return Turn(question, note="too_many", detail=str(self.service.settings.rate))
        except NoSearchError:
            return Turn(question, note="away")
        except DuchesseError as error:
            _LOG.warning("a question could not be answered: %s", error)
            return Turn(question, note="failed", detail=error.for_readers)
        except Exception:  # noqa: BLE001 - a reader sees a sentence, the log has the rest
            _LOG.exception("a question could not be answered")
            return Turn(question, note="failed")

    def _keep(self, view: PageState) -> dict[str, Any]:
        return {"keep": conversation.to_browser(view.conversation, self.signer)}

    def _kept(self, sent: object) -> Conversation | None:
        return conversation.from_browser(sent, self.signer, self.service.settings.max_question)

    def stop(self, view: PageState) -> PageUpdate:
        """Stop the search that is running."""
        if not view.conversation.searching:
            return PageUpdate(view)
        self._stopped.append(view.conversation.turns[-1].id)
        return _ended(view, "stopped")

    @staticmethod
    def fail(view: PageState) -> PageUpdate:
        """The search that is running has come to nothing that could be shown."""
        return _ended(view, "failed")


def _ended(view: PageState, why: conversation.NoOutcome) -> PageUpdate:
    """The last question, and why it has no outcome."""
    turn = Turn(view.conversation.turns[-1].question, note=why)
    says = conversation_view.announced(turn, view.lang)
    return PageUpdate(replace(view, conversation=view.conversation.end(turn)), says=says)


def _may_judge(turn: Turn, message: Mapping[str, Any], comment: str) -> bool:
    """Is there something to record of a turn: a first verdict, or more about one that stands?"""
    if message["do"] == "judge":
        return not turn.verdict and str(message.get("verdict")) in VERDICTS
    return bool(turn.remark) and (message["do"] == "withdraw" or bool(comment))


def _warning(view: PageState, key: str, **values: object) -> PageUpdate:
    """Nothing changes, and a reader sees why."""
    return PageUpdate(view, message={"warn": say(view.lang, key, **values)})


def _before(turn: Turn, conversation: Conversation) -> list[str]:
    """The messages before it without which a question would not be answered as it was: from the
    question that it is about, or goes on from, with what that one rests on itself.
    """
    said = conversation.history
    goes_on = _goes_on(turn.outcome)
    first = asked_at(turn.question, said)
    if goes_on and said and first == len(said):
        first = asked_at(said[-1], said[:-1])
    answered = [t for t in conversation.turns if t.outcome is not None]
    rests_on = answered[first].after if goes_on and said else ""
    return [*filter(None, rests_on.split("\n")), *said[first:]]


def _goes_on(outcome: Outcome | None) -> bool:
    """Does its question go on from the one before it, perhaps?"""
    return outcome is None or outcome.trace is None or outcome.trace.goes_on


def _cited(conversation: Conversation) -> ReadingPlace:
    """The first citation of the newest answer; the first document where there is none."""
    trail = conversation_view.trail(conversation, len(conversation.turns) - 1)
    return ReadingPlace.of(trail, trail[0].anchor) if trail else ReadingPlace()


def _released(place: ReadingPlace) -> ReadingPlace:
    """Without what an answer before marked; what the reader opened themselves stays marked."""
    if place.origin != "answer":
        return place
    return replace(place, trail=(), keys=(), cited=False, marked=False, origin="")


def _anchor(message: Mapping[str, Any]) -> str:
    return str(message.get("anchor", ""))[:300]


def _number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _serial() -> str:
    return uuid.uuid4().hex[:8]

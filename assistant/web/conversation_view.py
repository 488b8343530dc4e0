"""The conversation as it is shown: questions, answers with their citations, refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from assistant.answer import Answer, Citation, Outcome, Refusal, UnindexedText
from assistant.render import MOST_NAMED, around, how_many, introduction, located, section
from assistant.web.cited_texts import MissingTexts
from assistant.web.conversation import Conversation, Turn
from assistant.web.dossier import keepable
from assistant.web.export.conversation import plain
from assistant.web.feedback import LONGEST_COMMENT, REASONS
from assistant.web.marks import MarkedPiece, in_sentence, marked
from assistant.web.markup import render as html
from assistant.web.markup import safe_link
from assistant.web.reading_pane import find
from assistant.web.shared_link import shareable
from assistant.web.strings import count
from assistant.web.strings import say as say_page
from index.build import Build
from sources.anchor import Lang, other


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation with what the page adds to it.

    Attributes:
        cited: The citation.
        intro: What introduces it, in the language of the answer.
        state: Is the quote still what the texts say?
        link: Official link, where its host is in the catalogue.
        kept: What the browser keeps of it when its reader puts it aside.
    """

    cited: Citation
    intro: str
    state: Literal["current", "changed", "gone"]
    link: str | None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def quote(self) -> list[MarkedPiece]:
        """The quote, with what is marked in it."""
        return marked(self.cited.quote, self.cited.lang, self.cited.key)

    @property
    def working(self) -> list[MarkedPiece]:
        """The working translation, likewise; none where the reader needs none."""
        return marked(self.cited.working or "", other(self.cited.lang), self.cited.key)

    @property
    def sentence(self) -> list[MarkedPiece]:
        """The key sentence, with a sign where the text goes on; the quote where there is none."""
        key = self.cited.key
        before, after = around(self.cited)
        pieces = in_sentence(key) if key else [MarkedPiece(self.cited.quote)]
        return [p for p in (MarkedPiece(before), *pieces, MarkedPiece(after)) if p.text]

    @property
    def is_whole(self) -> bool:
        """Is the key sentence all of the text in its language?"""
        return not any(self.cited.left_out)


@dataclass(frozen=True, slots=True)
class UnindexedView:
    """A text that is known and not indexed, with a link that may be shown."""

    known: UnindexedText
    link: str | None


def conversation_html(
    conversation: Conversation,
    build: Build,
    lang: Lang,
    hosts: frozenset[str],
    *,
    public: str = "",
    examples: Sequence[str] = (),
    failed: MissingTexts | None = None,
    serial: str = "",
    fresh: bool = False,
    says: str = "",
) -> str:
    """HTML of a conversation for a page in ``lang``; each answer keeps its own language.

    ``public`` is the page's address; ``examples`` are questions for a reader who begins, and
    ``failed`` the cited texts that they cannot ask about; ``serial`` marks a new showing; ``fresh``
    one with a new turn, that is scrolled to; ``says`` is what a screen reader says of it.
    """
    return html(
        "talk.html",
        lang,
        conversation=conversation,
        turns=[_shown(t, build, hosts, conversation.started) for t in conversation.turns],
        examples=examples,
        failed=failed,
        reasons=REASONS,
        longest_comment=LONGEST_COMMENT,
        shareable=shareable,
        noted=partial(noted, lang=lang),
        verdict=verdict,
        section=section,
        how_many=how_many,
        located=located,
        most_named=MOST_NAMED,
        copied=[plain(t.outcome, public) if t.outcome else "" for t in conversation.turns],
        serial=serial,
        fresh=fresh,
        says=says,
    )


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn with what the templates need."""

    turn: Turn
    quoted: tuple[CitationView, ...] = ()
    known: tuple[UnindexedView, ...] = ()
    trail: tuple[str, ...] = ()
    official: str | None = None

    @property
    def is_translated(self) -> bool:
        """Is a key sentence one of a working translation?"""
        return any(q.cited.key and q.cited.key.lang != q.cited.lang for q in self.quoted)

    @property
    def outcome(self) -> Outcome | None:
        """Answer or refusal."""
        return self.turn.outcome


def _shown(turn: Turn, build: Build, hosts: frozenset[str], started: str) -> TurnView:
    outcome = turn.outcome
    if outcome is None:
        return TurnView(turn)
    known = tuple(UnindexedView(k, safe_link(k.url, hosts)) for k in outcome.known)
    if not isinstance(outcome, Answer):
        trail, link = tuple(n.anchor for n in outcome.nearest), safe_link(outcome.official, hosts)
        return TurnView(turn, known=known, trail=trail, official=link)
    quoted = tuple(_quoted(c, outcome, build, hosts, started) for c in outcome.citations)
    return TurnView(turn, quoted, known, tuple(c.anchor for c in outcome.citations))


def _quoted(
    cited: Citation, answer: Answer, build: Build, hosts: frozenset[str], started: str
) -> CitationView:
    passage = find(build, cited.anchor)
    state: Literal["current", "changed", "gone"] = "gone"
    if passage is not None:
        state = "current" if passage.text == cited.quote else "changed"
    is_foreign = cited.lang != answer.lang and not cited.working  # else that is labelled
    intro = introduction(build, cited, passage, answer.lang, says_language=is_foreign)
    kept = (  # what is shown is the text of now, or else one that had gone since it began
        keepable(cited.anchor, build.id, key=cited.key)
        if state == "current"
        else keepable(cited.anchor, answer.build, seen=started)
    )
    return CitationView(cited, intro, state, safe_link(cited.url, hosts), kept)


def announced(turn: Turn, lang: Lang) -> str:
    """What a screen reader says of a turn: that there is an answer, or why there is none."""
    outcome = turn.outcome
    if isinstance(outcome, Answer):
        key = "turn.announce_partly" if outcome.missing else "turn.announce_answer"
        return count(lang, key, len(outcome.citations))
    if outcome is not None:
        return say_page(lang, f"refused.{verdict(outcome)}")
    return noted(turn, lang)


def noted(turn: Turn, lang: Lang) -> str:
    """The sentence that stands where a turn has no outcome."""
    values = {"count": len(turn.question), "most": turn.detail}
    return say_page(lang, f"turn.{turn.note or 'lost'}", **values)


def verdict(refusal: Refusal) -> str:
    """Key of the heading of a refusal."""
    match refusal.reason:
        case "known" | "whole" | "which" | "courtesy" | "help" | "still":
            return refusal.reason
        case "plain" | "no_portion" | "no_other" | "no_text":
            return "heading"
    return "other"


def trail(conversation: Conversation, place: int) -> tuple[Citation, ...]:
    """The citations of one turn."""
    if not 0 <= place < len(conversation.turns):
        return ()
    outcome = conversation.turns[place].outcome
    return outcome.citations if isinstance(outcome, Answer) else ()

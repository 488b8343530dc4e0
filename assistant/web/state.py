"""What one reader sees, as a value, and how it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.web.conversation import Conversation, ConversationEntry
from assistant.web.reading_pane import ReadingPlace
from sources.anchor import Lang


@dataclass(frozen=True, slots=True)
class PageState:
    """What one reader sees.

    Attributes:
        lang: Language of the page.
        conversation: Questions and answers.
        place: Where the reading pane stands.
        query: Words looked for in the documents.
        history: The conversations that the reader's browser keeps.
        shown: The build from which the reading pane was shown.
        user: Who is logged in, "" where nobody has to be.
    """

    lang: Lang
    conversation: Conversation
    place: ReadingPlace = field(default_factory=ReadingPlace)
    query: str = ""
    history: tuple[ConversationEntry, ...] = ()
    shown: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True)
class PageUpdate:
    """The new state of the page after an action, and what else the browser has to do.

    Attributes:
        view: As it is now.
        tab: Tab to be opened, "" for none.
        focus: Does the reading pane take the focus?
        message: What the browser receives: what to keep, what to save.
        box: New content of the question box; None to leave it.
        fresh: Is there a new turn to scroll to?
        says: What a screen reader says of it, "" where nothing is to be said.
        documents: The documents as they are now, "" where they were not looked through.
    """

    view: PageState
    tab: str = ""
    focus: bool = False
    message: dict[str, Any] | None = None
    box: str | None = None
    fresh: bool = False
    says: str = ""
    documents: str = ""

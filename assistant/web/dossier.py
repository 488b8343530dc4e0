"""What a reader puts aside for a note: as the browser keeps it, and as it is read back.

The browser keeps addresses, and what the reader wrote. No text of a source comes from there: what
is shown or exported is rendered from storage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.web.strings import count, say
from sources.anchor import Lang

if TYPE_CHECKING:
    from assistant.answer import KeySentence

MOST = 200  # passages of a dossier: more is no note
TITLE = 150  # characters of a title
COMMENT = 2000  # and of a comment


def _moment(written: str) -> str:
    """With its zone, so that it can be compared."""
    if not written:
        return ""
    try:
        return datetime.fromisoformat(written).astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        raise ValueError("a moment before or after all others") from None


class KeptPassage(BaseModel):
    """The address of a passage that was put aside.

    Attributes:
        anchor: Its permanent address.
        start: Where its key sentence begins, in the text that its reader saw first.
        end: Where that ends; no key sentence where both are 0.
        build: Build of the index from which the page showed it, "" where unknown.
        seen: When the page did (UTC, ISO 8601).
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    anchor: str = Field(max_length=300)
    start: int = Field(0, ge=0)
    end: int = Field(0, ge=0)
    build: str = Field("", pattern=r"^([0-9a-f]{12})?$")
    seen: Annotated[str, Field(max_length=40), AfterValidator(_moment)] = ""


class DossierItem(BaseModel):
    """One thing put aside: a passage, or the passages of an answer.

    Attributes:
        id: Its name in the browser.
        question: The question that it answered, "" where there was none.
        lang: Language of the answer.
        comment: What the reader wrote.
        passages: In the order of the answer.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    question: str = ""
    lang: Lang
    comment: str = Field("", max_length=COMMENT)
    passages: tuple[KeptPassage, ...] = Field(min_length=1, max_length=MOST)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was put aside, in the order that the reader gave it.

    Attributes:
        title: As the reader wrote it.
        items: What has its form.
        unreadable: Number, from 1, and id of what has not; nothing of it is used.
    """

    title: str = ""
    items: tuple[DossierItem, ...] = ()
    unreadable: tuple[tuple[int, str], ...] = ()

    def fault(self, lang: Lang) -> str:
        """Why no note can be made of it, in a sentence for its reader; "" where one can."""
        passages = len(self.unreadable) + sum(len(item.passages) for item in self.items)
        if passages > MOST:
            return say(lang, "dossier.too_many", most=MOST)
        if self.unreadable:
            numbers = ", ".join(str(number) for number, _ in self.unreadable)
            return count(lang, "dossier.unreadable_items", len(self.unreadable), numbers=numbers)
        return "" if passages else say(lang, "dossier.nothing")


def from_browser(kept: object, most: int) -> Dossier:
    """The dossier as a browser kept it; each question cut to ``most`` characters.

    Of more items than a dossier may have, one too many is read: enough to say so.
    """
    sent: Mapping[str, Any] = kept if isinstance(kept, Mapping) else {}
    listed = sent.get("items")
    items: list[DossierItem] = []
    unreadable: list[tuple[int, str]] = []
    given = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ()
    for number, entry in enumerate(given[: MOST + 1], 1):
        try:
            item = DossierItem.model_validate(entry)
        except ValidationError:
            id_ = entry.get("id") if isinstance(entry, Mapping) else None
            unreadable.append((number, str(id_)[:40]))
        else:
            items.append(item.model_copy(update={"question": item.question[:most]}))
    title = sent.get("title")
    written = " ".join(title.split())[:TITLE] if isinstance(title, str) else ""
    return Dossier(written, tuple(items), tuple(unreadable))


def keepable(
    anchor: str, build: str, *, seen: str = "", key: KeySentence | None = None
) -> dict[str, Any]:
    """What a browser keeps of a passage that the page shows; ``seen`` is now where it is ""."""
    return {
        "anchor": anchor,
        "start": key.start if key else 0,
        "end": key.start + len(key.text) if key else 0,
        "build": build,
        "seen": seen or datetime.now(UTC).isoformat(timespec="seconds"),
    }

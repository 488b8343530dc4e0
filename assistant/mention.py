"""What a message names: a text, and the places in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.unrecognised import UnrecognisedText
    from sources.pinpoints import Pinpoint
    from sources.references import Reference


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place in a text that a question names.

    Attributes:
        work: The text.
        pinpoint: The place as it was read.
        written: As the question writes it; as it is cited where that is not all of it.
    """

    work: str
    pinpoint: Pinpoint
    written: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a conversation was about last: a text, and the place in it, if one was named."""

    work: str
    portion: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that a question names.

    Attributes:
        work: The work; "" for any, where a place is named that none has.
        indexed: Is it in the build?
        portion: The place in it that the question names, if any; the first of several.
        written: The places as the question writes them.
        rest: Stems of the words of the question that are neither its name nor empty.
        about: Does the question say that it asks what an indexed text says of it?
        places: All places that it names, of this text and of others, in its order.
        name: Where its name stands in the question, in characters.
        unknown: Is the text named by a name that none has?
    """

    work: str
    indexed: bool
    portion: str | None
    written: str
    rest: tuple[str, ...]
    about: bool = False
    places: tuple[NamedPlace, ...] = ()
    name: tuple[tuple[int, int], ...] = ()
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """What a message names (:class:`assistant.question.Question` says what each is)."""

    references: tuple[Reference, ...]
    mention: Mention | None
    whole: tuple[str, ...]
    theme: frozenset[str]
    absent: str
    unrecognised: UnrecognisedText | None

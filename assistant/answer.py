"""The result for a question: an answer with citations, or a refusal without."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from assistant.trace import Trace
from sources.anchor import Lang

Reason = Literal[
    "plain", "known", "no_portion", "instruction", "opinion", "courtesy", "empty", "whole"
]


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited passage; every field is rendered from storage.

    Attributes:
        number: As in the text, from 1.
        anchor: Permanent address.
        source: Id of the source.
        lang: Language of the quote.
        locator: As a person cites it, in the language of the answer, with the source's name.
        quote: The whole stored text of the passage.
        page: Page in the source, where it has pages.
        url: Official link, where there is one.
        headings: Heading path, in the language of the answer where that exists.
        working: Working translation, where the quote is not in the language of the answer.
        doubts: What is not certain about the reading, in the language of the answer.
    """

    number: int
    anchor: str
    source: str
    lang: Lang
    locator: str
    quote: str
    page: int | None
    url: str | None
    headings: tuple[str, ...] = ()
    working: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearestPassage:
    """A near passage, shown with a refusal: not an answer.

    Attributes:
        quote: Its text, cut at a word where it is long.
        working: Working translation, cut alike, where the text is not in the language of the
            reader.
        heading: The nearest one above it, where it stands for all that is under that.
    """

    anchor: str
    locator: str
    quote: str
    lang: Lang
    working: str | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class UnindexedText:
    """A text that the catalogue knows and the index does not hold."""

    source: str
    title: str
    url: str | None
    command: str | None


@dataclass(frozen=True, slots=True)
class CitedSection:
    """A part of a text whose heading is what the question asks about; it says more than is cited.

    Attributes:
        heading: In the language of the answer, where that exists.
        anchor: Its first passage.
        passages: How many it has.
        cited: How many of them are cited.
    """

    heading: str
    anchor: str
    passages: int
    cited: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is cited answers the question, or a part of it."""

    question: str
    lang: Lang
    text: str
    citations: tuple[Citation, ...]
    build: str
    writer: str = "extract"
    elapsed_ms: int = 0
    notices: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    known: tuple[UnindexedText, ...] = ()
    sections: tuple[CitedSection, ...] = ()
    confidence: float = 1.0
    trace: Trace | None = field(default=None, compare=False, repr=False)

    outcome = "answer"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The sources do not say it; carries no citation."""

    question: str
    lang: Lang
    text: str
    reason: Reason
    nearest: tuple[NearestPassage, ...]
    build: str
    writer: str = "extract"
    elapsed_ms: int = 0
    notices: tuple[str, ...] = ()
    known: tuple[UnindexedText, ...] = ()
    searched: tuple[str, ...] = ()
    confidence: float = 0.0
    trace: Trace | None = field(default=None, compare=False, repr=False)

    outcome = "refusal"


Outcome = Answer | Refusal


def as_json(outcome: Outcome, *, explain: bool = False) -> dict[str, Any]:
    """The JSON of the contract, with a few keys more; ``explain`` adds the trace."""
    fields = asdict(outcome)
    trace = fields.pop("trace")
    first = {"question": fields.pop("question"), "lang": fields.pop("lang")}
    fields.setdefault("citations", [])
    fields.setdefault("nearest", [])
    fields["confidence"] = round(fields["confidence"], 3)
    traced = {"trace": trace} if explain else {}
    return {**first, "outcome": outcome.outcome, **fields, **traced}

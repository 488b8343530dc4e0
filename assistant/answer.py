"""The result for a question: an answer with citations, or a refusal without."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from assistant.trace import Trace
from sources.anchor import Lang

Reason = Literal[
    "plain", "known", "no_portion", "no_other", "no_list", "instruction", "opinion", "courtesy",
    "help", "empty", "whole", "which", "still", "no_text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeySentence:
    """The sentence of a passage that a question is nearest to, word for word.

    Attributes:
        text: The sentence.
        lang: Its language: that of the reader where the passage, or its working translation, is
            in it.
        start: Where it begins in that text, in characters.
        marks: Start and end, within the sentence, of what answers literally: a date, a number, a
            name.
    """

    text: str
    lang: Lang
    start: int
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def marked(self) -> tuple[str, ...]:
        """What the marks mark."""
        return tuple(self.text[a:b] for a, b in self.marks)


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
        standing: How it stands as law, in the language of the answer; None for law in force.
        key: The sentence that the question is nearest to; None where it names the place itself.
        lead: The words that open the list that the quote is an item of, in the language of the
            quote; "" where there are none, or the answer has shown them already.
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
    standing: str | None = None
    key: KeySentence | None = None
    lead: str = ""

    @property
    def left_out(self) -> tuple[bool, bool]:
        """Does the text go on before the key sentence, and after it?"""
        if self.key is None:
            return False, False
        text = self.quote if self.key.lang == self.lang else self.working or ""
        before, after = text[: self.key.start], text[self.key.start + len(self.key.text) :]
        return bool(before.strip()), bool(after.strip())


@dataclass(frozen=True, slots=True)
class CitedGroup:
    """Citations under one heading, in an answer that lists many.

    Attributes:
        title: Short title of the source, in the language of the answer; of a comparison, one of its
            sides, as the question names it.
        headings: Heading path, in the same where it exists in it.
        numbers: Of the citations.
    """

    title: str
    headings: tuple[str, ...]
    numbers: tuple[int, ...]


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
    """A text that the catalogue knows and the index does not hold.

    Attributes:
        source: Its id.
        title: Its full title.
        url: Where its official text is.
        command: What an administrator runs to have it.
        by_hand: Must the official text be saved first? No program fetches it.
    """

    source: str
    title: str
    url: str | None
    command: str | None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class TextChoice:
    """A text that a question could mean, which names none.

    Attributes:
        source: The work.
        title: Short title, and the heading of what is asked for in it, if that is a part.
        question: The question, asked of it.
    """

    source: str
    title: str
    question: str


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
class WrittenSentence:
    """A sentence that a language model wrote and that was checked against what it cites.

    Attributes:
        text: The sentence.
        citations: Numbers of the citations that it rests on.
    """

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One thing of a list, in words of the text.

    Attributes:
        label: A date, a country, a body …
        numbers: Of the citations that name it; one at least.
    """

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Things that the citations name, which are what is asked for.

    Attributes:
        title: What sort of things they are and how many, or how many alone.
        items: In their order.
    """

    title: str
    items: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is cited answers the question, or a part of it; ``ValueError`` where nothing is cited.

    Attributes:
        about: The question that it answers, where the message was about the answer before it.
        written: The answer in sentences, where a language model wrote it; its name is ``writer``.
        groups: Where there are many citations, how they are listed, each by its key sentence.
        literal: The words of the first citation that are what is asked for, where it has them once;
            or "yes", where it has every word of what the text is asked to speak of.
        listing: The things that are asked for, where they are several.
    """

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
    groups: tuple[CitedGroup, ...] = ()
    literal: str | None = None
    written: tuple[WrittenSentence, ...] = ()
    listing: Listing | None = None
    about: str = ""
    confidence: float = 1.0
    trace: Trace | None = field(default=None, compare=False, repr=False)

    outcome = "answer"

    def __post_init__(self) -> None:
        if not self.citations:  # what is listed is named by what is cited
            raise ValueError("an answer cites a passage")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The sources do not say it; carries no citation.

    Attributes:
        choices: The texts that the question could mean, where it has to say which, or that are like
            the one that it names, which is not here; the first of them, where they are many.
        about: The question that it is about, where the message was about the answer before it.
        official: Address at which the state of the text today is to be seen, where that is asked.
    """

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
    choices: tuple[TextChoice, ...] = ()
    searched: tuple[str, ...] = ()
    official: str = ""
    about: str = ""
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

"""What is exported, whatever the form of the file: a title, and blocks of text in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.web.strings import say
from sources.anchor import Lang

Kind = Literal[
    "heading",  # a question
    "part",  # what stands above a list of references
    "label",  # where a quote stands
    "quote",
    "working",  # a working translation
    "text",
    "comment",  # what the reader wrote
    "notice",
    "doubt",  # what is uncertain in a reading
    "reference",  # a line of a list of references
    "source",  # official link and permanent address of one quote
]

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # Word and PDF cannot hold these


def clean(text: str) -> str:
    """A text without the signs that a file cannot hold."""
    return _CONTROL.sub("", text)


@dataclass(frozen=True, slots=True)
class ExportRun:
    """A run of a text.

    Attributes:
        text: As it is shown.
        url: Where it leads to, "" for nowhere.
        role: "key": the sentence that a question is nearest to; "label": what names the rest;
            "lead": what opens the list that a quote is an item of.
    """

    text: str
    url: str = ""
    role: Literal["", "key", "label", "lead"] = ""


@dataclass(frozen=True, slots=True)
class ExportBlock:
    """A paragraph: what it is, its language, and its text."""

    kind: Kind
    lang: Lang
    runs: tuple[ExportRun, ...]

    @property
    def text(self) -> str:
        """All of its text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ExportDocument:
    """A document in the language of its reader.

    Attributes:
        title: Its title.
        lang: Language of the reader.
        made: Where it comes from, and what it is worth.
        blocks: Its paragraphs.
        subtitle: What stands below the title, "" for nothing.
        legend: What the marks in it mean, for the forms that show them.
        dense: Is it to fit one page where that can be?
    """

    title: str
    lang: Lang
    made: str
    blocks: tuple[ExportBlock, ...]
    subtitle: str = ""
    legend: str = ""
    dense: bool = False

    @property
    def foot(self) -> str:
        """What stands at its end, where marks are shown."""
        return f"{self.made} {self.legend}".strip()


def block(kind: Kind, lang: Lang, *runs: ExportRun | str) -> ExportBlock:
    """A block of runs; a text stands for a run without a link. Signs of no use are left out."""
    given = (ExportRun(run) if isinstance(run, str) else run for run in runs)
    return ExportBlock(kind, lang, tuple(ExportRun(clean(r.text), r.url, r.role) for r in given))


def locator(number: int | None, place: str, spoken: Lang, lang: Lang) -> str:
    """Where a quote stands, and its language where the reader has another."""
    shown = f"[{number}] {place}" if number else place
    if spoken == lang:
        return shown
    original = say(lang, "export.original", language=say(lang, f"language.{spoken}"))
    return f"{shown} ({original})"

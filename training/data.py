"""Questions, and the passages that answer them, as what a model is trained on.

Two kinds: questions on EU acts (``questions.jsonl``, one JSON object a line: ``lang``, ``kind``,
``question``, ``any``), whose texts do not ship and are read from a file of passages (see
:mod:`evals.collection`); and questions on texts of our own invention (``texts/``), which do.
``ordinary/`` has documents as administrations write them, in the form of ``texts/``, each in one
language; no training reads them.
``near_misses.jsonl`` has questions on acts that no passage answers, with those that a careless
reader would cite (``near``), and answered ones written beside them.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from evals import cases
from evals.collection import Act, InventedText, read
from sources.anchor import LANGS, Lang
from sources.bilingual import Bilingual
from sources.model import Passage

QUESTIONS = Path(__file__).with_name("questions.jsonl")
NEAR_MISSES = Path(__file__).with_name("near_misses.jsonl")
TEXTS = Path(__file__).with_name("texts")
ORDINARY = Path(__file__).with_name("ordinary")

Versions = dict[str, dict[Lang, Passage]]  # passages by address, in the languages they are there in


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the passages that each answer it, or that seem to where none does.

    Attributes:
        lang: Its language.
        text: Its words.
        answers: Addresses (``CELEX#portion``) of the passages that answer; () where none does.
        near: Addresses of passages that a careless reader would cite.
    """

    lang: Lang
    text: str
    answers: tuple[str, ...]
    near: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any], prefix: str = "") -> Question:
        """From a line of a file, whose addresses begin with ``prefix``."""
        answers, near = (
            tuple(f"{prefix}{a}" for a in entry.get(field, ())) for field in ("any", "near")
        )
        return cls(entry["lang"], entry["question"], answers, near)

    @property
    def work(self) -> str:
        """The text that it is on: a CELEX number, or the name of an invented one."""
        return (self.answers or self.near)[0].partition("#")[0]

    def within(self, addresses: Container[str]) -> Question | None:
        """With the passages that are there; None where those that it needs are not."""
        answers, near = (tuple(a for a in x if a in addresses) for x in (self.answers, self.near))
        needed = answers if self.answers else near
        return Question(self.lang, self.text, answers, near) if needed else None


class Collected(NamedTuple):
    """What is trained on.

    Attributes:
        passages: By address.
        titles: What each text is called (:attr:`sources.catalogue.Source.called`), by its name.
        questions: On the passages; not all are answered.
    """

    passages: Versions
    titles: dict[str, Bilingual]
    questions: list[Question]


def collect(path: Path) -> Collected:
    """The passages to train on, of acts and of invented texts, and the questions on them.

    The acts of the evaluation cases are left out. ``SourceError`` where the file cannot be read.

    Args:
        path: File of the passages of acts (see :mod:`evals.collection`).
    """
    kept = {work.partition(":")[2] for case in cases.load() for work in case.works}
    acts = [act for act in read(path) if act.celex not in kept]
    passages = by_address(acts)
    on_invented = invented(TEXTS)
    return Collected(
        passages | on_invented.passages,
        {act.celex: act.entry().called for act in acts} | on_invented.titles,
        questions(QUESTIONS, passages) + on_invented.questions,
    )


def questions(path: Path, addresses: Container[str], part: slice = slice(None)) -> list[Question]:
    """Those of a file, or of some of its lines, whose passages are there."""
    lines = path.read_text("utf-8").splitlines()[part]
    found = (Question.of(json.loads(line)).within(addresses) for line in lines)
    return [q for q in found if q]


def by_address(acts: Iterable[Act]) -> Versions:
    """The passages of acts by ``CELEX#portion``, in each language that they are there in."""
    found: Versions = {}
    for act in acts:
        for lang in LANGS:
            for passage in act.document(lang).passages:
                found.setdefault(f"{act.celex}#{passage.anchor.portion}", {})[lang] = passage
    return found


def invented(folder: Path) -> Collected:
    """The invented texts of a folder, and the questions on them."""
    found = Collected({}, {}, [])
    for path in sorted(folder.glob("*.text.jsonl")):
        name = path.name.partition(".")[0]
        text = InventedText.read(path)
        found.titles[name] = text.entry.called
        for lang in LANGS:
            for passage in text.document(lang).passages:
                address = f"{name}#{passage.anchor.portion}"
                found.passages.setdefault(address, {})[lang] = passage
        entries = path.with_name(f"{name}.questions.jsonl").read_text("utf-8").splitlines()
        found.questions.extend(Question.of(json.loads(e), f"{name}#") for e in entries)
    return found

"""Questions, and the passages that answer them, as what a model is trained on.

Two kinds: questions on EU acts (``questions.jsonl``, one JSON object a line: ``lang``, ``kind``,
``question``, ``any``), whose texts do not ship and are read from a file of passages (see
:mod:`evals.collection`); and questions on texts of our own invention (``texts/``), which do.
``near_misses.jsonl`` has questions on acts that no passage answers, with those that a careless
reader would cite (``near``), and answered ones written beside them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from evals import cases
from evals.collection import Act, InventedDeclaration, read
from index.chunks import chunks
from sources.anchor import LANGS, Lang, other
from sources.model import Bilingual, Passage

QUESTIONS = Path(__file__).with_name("questions.jsonl")
NEAR_MISSES = Path(__file__).with_name("near_misses.jsonl")
_WORKS, _EACH = 6, 4  # texts in a batch, and questions on each: its other passages are hard
_FEWEST = 10  # questions in a batch, below which it teaches little
_OTHER_LANGUAGE = 0.35  # share of questions whose passage is read in the other language
_HEADED = 0.7  # share of passages that are read under their heading
TEXTS = Path(__file__).with_name("texts")

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


def questions(path: Path, addresses: Container[str]) -> list[Question]:
    """Those of a file whose passages are there."""
    lines = path.read_text("utf-8").splitlines()
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
        text = InventedDeclaration.read(path)
        found.titles[name] = text.entry.called
        for lang in LANGS:
            for passage in text.document(lang).passages:
                address = f"{name}#{passage.anchor.portion}"
                found.passages.setdefault(address, {})[lang] = passage
        entries = path.with_name(f"{name}.questions.jsonl").read_text("utf-8").splitlines()
        found.questions.extend(Question.of(json.loads(e), f"{name}#") for e in entries)
    return found


def some_text(versions: dict[Lang, Passage], lang: Lang, chance: random.Random) -> str:
    """A passage as the index may have it: in either language, with or without its heading.

    Of a long passage it is the first chunk; no more is read than that.
    """
    if chance.random() < _OTHER_LANGUAGE:
        lang = other(lang)
    chunk = next(chunks(versions.get(lang) or next(iter(versions.values()))))
    return chunk.embedded if chance.random() < _HEADED else chunk.text


def batches(questions: Sequence[Question], chance: random.Random) -> list[list[Question]]:
    """One pass over the questions, in batches of a few texts with a few questions each.

    A batch never has two groups of one text; the passages of the other questions on the same text
    are the negatives that teach most.
    """
    by_work: dict[str, list[Question]] = {}
    for question in questions:
        by_work.setdefault(question.work, []).append(question)
    groups = []
    for own in by_work.values():
        chance.shuffle(own)
        groups += [own[n : n + _EACH] for n in range(0, len(own), _EACH)]
    chance.shuffle(groups)
    found: list[list[Question]] = []
    while len(groups) >= _WORKS:
        batch: list[Question] = []
        works: set[str] = set()
        later = []
        for group in groups:
            if group[0].work in works or len(works) == _WORKS:
                later.append(group)
            else:
                batch += group
                works.add(group[0].work)
        found.append(batch)
        if len(works) < _WORKS:  # only a few large texts are left
            break
        groups = later
    found = [b for b in found if len(b) >= _FEWEST]
    chance.shuffle(found)
    return found

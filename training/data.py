"""Questions, and the passages that answer them, as what a model is trained on.

Two kinds: questions on EU acts (``questions.jsonl``, one JSON object a line: ``lang``, ``kind``,
``question``, ``any``), whose texts do not ship and are read from a file of passages (see
:mod:`evals.collection`); and questions on texts of our own invention (``texts/``), which do.
"""

from __future__ import annotations

import json
import random
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.collection import Act, invented_passages
from index.chunks import chunks
from sources.anchor import LANGS, Lang, other
from sources.model import Passage

QUESTIONS = Path(__file__).with_name("questions.jsonl")
_WORKS, _EACH = 6, 4  # texts in a batch, and questions on each: its other passages are hard
_FEWEST = 10  # questions in a batch, below which it teaches little
_OTHER_LANGUAGE = 0.35  # share of questions whose passage is read in the other language
_HEADED = 0.7  # share of passages that are read under their heading
TEXTS = Path(__file__).with_name("texts")

Versions = dict[str, dict[Lang, Passage]]  # passages by address, in the languages they are there in


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the passages (``CELEX#portion``) that each answer it."""

    lang: Lang
    text: str
    answers: tuple[str, ...]

    @property
    def work(self) -> str:
        """The text that answers: a CELEX number, or the name of an invented one."""
        return self.answers[0].partition("#")[0]


def questions(path: Path, addresses: Container[str], without: Container[str]) -> list[Question]:
    """Those of a file whose passages are there, except on acts that are kept to measure on."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        answers = tuple(a for a in entry["any"] if a in addresses)
        question = Question(entry["lang"], entry["question"], answers)
        if answers and question.work not in without:
            found.append(question)
    return found


def by_address(acts: Iterable[Act]) -> Versions:
    """The passages of acts by ``CELEX#portion``, in each language that they are there in."""
    found: Versions = {}
    for act in acts:
        for lang in LANGS:
            for passage in act.document(lang).passages:
                found.setdefault(f"{act.celex}#{passage.anchor.portion}", {})[lang] = passage
    return found


def invented(folder: Path) -> tuple[Versions, list[Question]]:
    """The invented texts of a folder, and the questions that they answer."""
    passages: Versions = {}
    asked: list[Question] = []
    for path in sorted(folder.glob("*.text.jsonl")):
        name = path.name.partition(".")[0]
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for lang in LANGS:
            for passage in invented_passages(name, lang, records):
                passages.setdefault(f"{name}#{passage.anchor.portion}", {})[lang] = passage
        entries = path.with_name(f"{name}.questions.jsonl").read_text("utf-8").splitlines()
        for entry in map(json.loads, entries):
            answers = tuple(f"{name}#{p}" for p in entry["any"])
            if answers:
                asked.append(Question(entry["lang"], entry["question"], answers))
    return passages, asked


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

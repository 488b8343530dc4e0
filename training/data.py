"""Questions, and the passages that answer them, as what a model is trained on.

Questions ship (``questions.jsonl``, one JSON object a line: ``lang``, ``kind``, ``question``,
``any``); the texts do not. They are read from a file of passages (see :mod:`evals.collection`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.collection import Act
from index.chunks import chunks
from sources.anchor import LANGS, Lang, other
from sources.model import Passage

QUESTIONS = Path(__file__).with_name("questions.jsonl")
_ACTS, _EACH = 6, 4  # acts in a batch, and questions on each: the other passages of an act are hard
_FEWEST = 10  # questions in a batch, below which it teaches little
_OTHER_LANGUAGE = 0.35  # share of questions whose passage is read in the other language
_HEADED = 0.7  # share of passages that are read under their heading


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the passages (``CELEX#portion``) that each answer it."""

    lang: Lang
    text: str
    answers: tuple[str, ...]

    @property
    def act(self) -> str:
        """CELEX number of the act that answers."""
        return self.answers[0].partition("#")[0]


def questions(path: Path, addresses: Container[str], without: Container[str]) -> list[Question]:
    """Those of a file whose passages are there, except on acts that are kept to measure on."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        answers = tuple(a for a in entry["any"] if a in addresses)
        question = Question(entry["lang"], entry["question"], answers)
        if answers and question.act not in without:
            found.append(question)
    return found


def by_address(acts: Iterable[Act]) -> dict[str, dict[Lang, Passage]]:
    """The passages of acts by ``CELEX#portion``, in each language that they are there in."""
    found: dict[str, dict[Lang, Passage]] = {}
    for act in acts:
        for lang in LANGS:
            for passage in act.document(lang).passages:
                found.setdefault(f"{act.celex}#{passage.anchor.portion}", {})[lang] = passage
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
    """One pass over the questions, in batches of a few acts with a few questions each.

    A batch never has two groups of one act; the passages of the other questions on the same act
    are the negatives that teach most.
    """
    by_act: dict[str, list[Question]] = {}
    for question in questions:
        by_act.setdefault(question.act, []).append(question)
    groups = []
    for own in by_act.values():
        chance.shuffle(own)
        groups += [own[n : n + _EACH] for n in range(0, len(own), _EACH)]
    chance.shuffle(groups)
    found: list[list[Question]] = []
    while len(groups) >= _ACTS:
        batch: list[Question] = []
        acts: set[str] = set()
        later = []
        for group in groups:
            if group[0].act in acts or len(acts) == _ACTS:
                later.append(group)
            else:
                batch += group
                acts.add(group[0].act)
        found.append(batch)
        if len(acts) < _ACTS:  # only a few large acts are left
            break
        groups = later
    found = [b for b in found if len(b) >= _FEWEST]
    chance.shuffle(found)
    return found

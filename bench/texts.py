"""The passages that time and room are measured on: real acts where there are any, else generated.

Real ones come from ``passages.jsonl.gz`` (:mod:`evals.collection` says its form) in the folder that
``DUCHESSE_CORPUS`` names, by default ``../shared/corpus``. The acts that the questions of the
evaluation ask most about, for their length, come first, so that few passages can be asked, too.
"""

from __future__ import annotations

import os
import random
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench import generated
from bench.llama import plain_text
from evals import cases, collection
from evals.cases import Case
from evals.collection import Act, CollectionLibrary
from sources.anchor import LANGS, Lang
from sources.library import Edition, Library

_BESIDE = Path(__file__).parents[2] / "shared" / "corpus"


def corpus() -> Path | None:
    """The file of real passages; None where there is none."""
    path = Path(os.environ.get("DUCHESSE_CORPUS", _BESIDE)) / "passages.jsonl.gz"
    return path if path.is_file() else None


class RealActs(CollectionLibrary):
    """So many passages of real acts, French and Dutch; nothing that ships.

    Where more are wanted than there are, the acts come again under longer numbers.

    Args:
        data: A data folder: the catalogue there learns of the acts.
        acts: All that there are.
        passages: How many are wanted.
    """

    def __init__(self, data: Path, acts: Sequence[Act], passages: int) -> None:
        chosen, left = [], passages
        for act in _again(_ordered(acts)):
            if left <= 0:
                break
            chosen.append(act)
            left -= sum(len(act.document(lang).passages) for lang in LANGS)
        super().__init__(data, chosen)
        left = passages
        for key, document in self._documents.items():
            self._documents[key] = replace(document, passages=document.passages[:left])
            left -= len(self._documents[key].passages)
        self._documents = {key: d for key, d in self._documents.items() if d.passages}

    def editions(self) -> tuple[Edition, ...]:
        """See :class:`sources.library.Library`."""
        return tuple(e for e in super().editions() if (e.source.id, e.lang) in self._documents)


def _again(acts: Sequence[Act]) -> Iterator[Act]:
    """These acts, and up to nine times more with a digit behind their numbers."""
    for digit in ("", *string.digits[1:]):
        for act in acts:
            yield replace(act, celex=f"{act.celex}{digit}")


def _ordered(acts: Sequence[Act]) -> list[Act]:
    """Those first of which the evaluation asks most questions for each passage."""
    asked = Counter(work for case in _alone() for work in case.works)
    return sorted(acts, key=lambda act: asked[act.work] / len(act.records), reverse=True)


def _alone() -> list[Case]:
    """The questions of the evaluation that stand alone and are answered."""
    return [c for c in cases.load() if not c.history and not c.refuse]


def library(data: Path, passages: int) -> Library:
    """The texts of a size; 0 for what ships with the project."""
    if not passages:
        return Library(data)
    path = corpus()
    if path is None:
        return generated.GeneratedActs(passages)
    return RealActs(data, collection.read(path), passages)


def questions(works: frozenset[str], count: int) -> list[tuple[str, Lang]]:
    """At most so many different questions about these works, each with its language."""
    fitting = {c.question: c.lang for c in _alone() if c.works <= works}
    if not fitting:
        return generated.questions(count)
    drawn = random.Random(0).sample(sorted(fitting.items()), min(count, len(fitting)))
    return list(drawn)


def documents(texts: Library, *, whole: bool) -> list[str]:
    """Each passage, or each text as a reader sees it."""
    found = []
    for edition in texts.editions():
        passages = texts.read(edition).passages
        found += [plain_text(passages)[0]] if whole else [p.text for p in passages]
    return found

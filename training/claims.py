"""``python -m training.claims``: learn when a written sentence is supported by what it cites.

Learned from ``claims.jsonl``: sentences in French and Dutch, about half of which say what the
passages of ``cites`` say and half of which do not, each with its ``kind``. The texts of the
``dev`` half teach and set the bound, each measured by a model that has not seen it; those of the
``test`` half are only measured. All are indexed in the data folder in use: give it one of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from assistant import claim_check
from assistant.answerability import AnswerabilityModel
from assistant.answering import Assistant
from assistant.claim_check import ClaimChecker, ClaimFeatures, ClaimModel
from evals.collection import declarations, index
from index import embedding
from index.build import Build
from index.registry import BuildRegistry
from sources import catalogue
from sources.anchor import LANGS
from sources.files import write_atomically
from sources.model import Passage
from sources.settings import Settings
from training.data import TEXTS
from training.topics import invented, unscaled, work_of

CLAIMS = Path(__file__).with_name("claims.jsonl")
_RIDGE = 0.3  # inverse strength
_PRECISION = 0.97  # of what is accepted of the dev half


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled sentence.

    Attributes:
        entry: As in the file.
        fault: Why it is not shown whatever its meaning; None where that has to be told.
        features: What its meaning is told by; None where nothing can be told from it.
    """

    entry: dict[str, Any]
    fault: str | None
    features: ClaimFeatures | None

    @property
    def is_supported(self) -> bool:
        """The label."""
        return bool(self.entry["kind"] == "supported")

    @property
    def row(self) -> list[float]:
        """The features as numbers."""
        assert self.features is not None
        return list(asdict(self.features).values())


def entries() -> list[dict[str, Any]]:
    """The labelled sentences."""
    return [json.loads(line) for line in CLAIMS.read_text("utf-8").splitlines()]


@cache
def works() -> dict[str, str]:
    """The work of each text."""
    trained = {path.name.partition(".")[0] for path in TEXTS.glob("*.text.jsonl")}
    return {e["text"]: work_of(e["text"]) if e["text"] in trained else e["text"] for e in entries()}


def example(entry: dict[str, Any], checker: ClaimChecker, passages: Sequence[Passage]) -> Example:
    """A sentence with what is told of it."""
    work, lang, text = works()[entry["text"]], entry["lang"], entry["sentence"]
    cited = [p for p in passages if p.anchor.work == work and p.anchor.portion in entry["cites"]]
    fault = checker.fault(text, lang, cited)
    if fault in (None, "meaning", "order", "stance"):  # what is apart from the text teaches too
        features = checker.features(text, lang, cited)
        return Example(entry, None if fault in (None, "meaning") else fault, features)
    return Example(entry, fault, None)


def model_of(examples: Sequence[Example]) -> Any:
    """A logistic model of those whose meaning has to be told."""
    told = [e for e in examples if e.features is not None]
    model = LogisticRegression(C=_RIDGE, max_iter=5000)
    return make_pipeline(StandardScaler(), model).fit(
        [e.row for e in told], [e.is_supported for e in told]
    )


def probabilities(model: Any, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Of each sentence; 0 where there is a fault, or too many words are its own."""
    return np.array(
        [
            model.predict_proba([e.row])[0, 1]
            if not e.fault and e.features and e.features.uncovered < claim_check.STRANGE
            else 0.0
            for e in examples
        ]
    )


def unseen(examples: Sequence[Example]) -> NDArray[np.float64]:
    """The probability of each sentence by a model that has not seen its text."""
    found = np.zeros(len(examples))
    for text in {e.entry["text"] for e in examples}:
        here = [n for n, e in enumerate(examples) if e.entry["text"] == text]
        model = model_of([e for e in examples if e.entry["text"] != text])
        found[here] = probabilities(model, [examples[n] for n in here])
    return found


def threshold(examples: Sequence[Example], sure: NDArray[np.float64]) -> float:
    """The lowest bound above which the accepted sentences are right often enough."""
    order = np.argsort(-sure)
    right = np.cumsum([examples[n].is_supported for n in order])
    shares = right / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((shares >= _PRECISION) & (sure[order] > 0))
    return float(sure[order[enough.max()]])


def report(examples: Sequence[Example], accepted: Sequence[bool]) -> Iterator[str]:
    """Precision, recall and the share of each kind that gets through, by language."""
    kinds = list(dict.fromkeys(e.entry["kind"] for e in examples))
    for lang in LANGS:
        rows = [(e, a) for e, a in zip(examples, accepted, strict=True) if e.entry["lang"] == lang]
        taken = [e for e, a in rows if a]
        right = sum(e.is_supported for e in taken)
        supported = sum(e.is_supported for e, _ in rows)
        yield (
            f"{lang}: precision {right / max(len(taken), 1):.3f}, "
            f"recall {right / supported:.3f}, {len(rows)} sentences"
        )
        for kind in kinds:
            of_kind = [a for e, a in rows if e.entry["kind"] == kind]
            if of_kind:
                yield f"  {kind}: {sum(of_kind)} of {len(of_kind)}"
    faults = Counter((e.fault, e.is_supported) for e in examples if e.fault)
    yield f"certain faults: {sorted((str(f), s, n) for (f, s), n in faults.items())}"


def assistant_of(settings: Settings) -> Assistant:
    """An assistant on all the texts of the sentences."""
    named = works()
    texts = [d for d in declarations() if d.entry.id in named]
    texts += [invented(name) for name, work in named.items() if work != name]
    manifest, registry = index(settings, [], texts), BuildRegistry.of(settings)
    return Assistant(
        Build(registry.path(manifest.build), registry.server),
        embedding.load(settings),
        catalogue.load(settings.data / "catalogue.toml"),
        AnswerabilityModel.of(settings.data, manifest.model.name),
    )


def learned(examples: Sequence[Example], name: str) -> dict[str, Any]:
    """The weights as :mod:`assistant.claim_check` reads them."""
    intercept, weights = unscaled(model_of(examples))
    return {
        "model": name,
        "intercept": round(intercept, 4),
        "weights": {n: round(float(w), 4) for n, w in zip(claim_check.NAMES, weights, strict=True)},
        "threshold": round(threshold(examples, unseen(examples)), 4),
    }


def undecided(name: str) -> ClaimModel:
    """A model that leaves every meaning open."""
    weights: dict[str, float] = dict.fromkeys(claim_check.NAMES, 0.0)
    file = {"model": name, "intercept": 0.0, "weights": weights, "threshold": 0.0}
    return ClaimModel.of_file(file)


def main() -> int:
    """Learn, report, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m training.claims", description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=claim_check.PATH)
    arguments = parser.parse_args()
    assistant = assistant_of(Settings())
    name = assistant.build.manifest.model.name
    checker = ClaimChecker(assistant.searcher, undecided(name))
    examples = [example(e, checker, assistant.build.passages) for e in tqdm(entries())]
    halves = {half: [e for e in examples if e.entry["split"] == half] for half in ("dev", "test")}
    file = learned(halves["dev"], name)
    write_atomically(arguments.out, (json.dumps(file, indent=1) + "\n").encode())
    model = ClaimModel.load(arguments.out)
    print("dev, each text by a model that has not seen it")
    seen = list(unseen(halves["dev"]) >= file["threshold"])
    print(*report(halves["dev"], seen), sep="\n")
    print("test")
    accepted = [
        not e.fault and e.features is not None and model.accepts(e.features) for e in halves["test"]
    ]
    print(*report(halves["test"], accepted), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m training.topics``: learn how broad a question is, and what belongs to it.

Learned from questions that ask for all of a topic (``topics.jsonl``: ``text``, ``lang``,
``question``, ``all`` that belong, ``any`` that may) and from questions that one passage answers
(those that the embedding model learned from), on our own invented texts and on EU acts, which are
indexed in the data folder in use: give it one of its own. What may belong or not teaches nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from assistant import topic
from assistant.answerability import AnswerabilityModel
from assistant.answering import Assistant
from assistant.topic import TopicFeatures
from evals.collection import InventedText, index, read
from index import embedding
from index.build import Build
from index.query import Query
from index.registry import BuildRegistry
from sources import catalogue
from sources.files import write_atomically
from sources.settings import Settings
from training.data import QUESTIONS, TEXTS

TOPICS = Path(__file__).with_name("topics.jsonl")
_TAKEN_FOR_BROAD = 0.08  # share of them that may be taken for broad
_SINGLE = 120  # questions of one passage for each text
_BELONGING, _BREADTH = 0.3, 0.01  # inverse strength of the ridge
_THRESHOLD, _SURE = 0.25, 0.7
_SEED = 20261126


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what was found for it.

    Attributes:
        text: Id of the text that it is on.
        broad: Does it ask for all of a topic?
        question: Its words.
        vector: Its vector, shape (dimension,).
        features: Of what was found.
        belongs: 1, 0, or -1 where both are right, shape (passages,).
        total: How many passages belong.
    """

    text: str
    broad: bool
    question: str
    vector: NDArray[np.float32]
    features: list[TopicFeatures]
    belongs: NDArray[np.int64]
    total: int

    @property
    def rows(self) -> NDArray[np.float64]:
        """Features, shape (passages, values)."""
        return np.array([list(asdict(s).values()) for s in self.features])


def entries(names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The broad questions, and questions of one passage on the same texts."""
    for line in TOPICS.read_text("utf-8").splitlines():
        yield json.loads(line) | {"broad": True}
    draw = random.Random(_SEED)
    on_acts = list(map(json.loads, QUESTIONS.read_text("utf-8").splitlines()))
    for name in names:
        if name.startswith("celex:"):
            asked = [q for q in on_acts if all(a.startswith(f"{name[6:]}#") for a in q["any"])]
        else:
            lines = (TEXTS / f"{name}.questions.jsonl").read_text("utf-8").splitlines()
            asked = [q for q in map(json.loads, lines) if q["any"]]
        for q in draw.sample(asked, min(_SINGLE, len(asked))):
            answers = [a.rpartition("#")[2] for a in q["any"]]
            yield {
                "text": name,
                "lang": q["lang"],
                "question": q["question"],
                "all": answers,
                "broad": False,
            }


def work_of(text: str) -> str:
    """The work of a text of the training set."""
    return text if text.startswith("celex:") else f"training-{text}-2025"


def invented(name: str) -> InventedText:
    """An invented text, as a source that can be indexed."""
    return InventedText.read(TEXTS / f"{name}.text.jsonl")


def example(entry: Mapping[str, Any], assistant: Assistant) -> Example:
    """What is found for a question in its text."""
    query = Query.of(entry["question"], entry["lang"])
    found = assistant.search(query.text, query.lang, (work_of(entry["text"]),))
    features = topic.topic_features(found, query, assistant.build)
    right = set(entry["all"])
    either = set(entry.get("any", ())) - right
    portions = [s.hit.anchor.portion for s in found]
    return Example(
        entry["text"],
        entry["broad"],
        query.text,
        assistant.searcher.encoded(query.text).text,
        features,
        np.array([1 if p in right else -1 if p in either else 0 for p in portions]),
        len(right),
    )


def forms(examples: Sequence[Example]) -> NDArray[np.float64]:
    """What the breadth of each question is told by, shape (examples, values); what belongs to it
    is told by a model that has not seen its text.
    """
    found: dict[int, NDArray[np.float64]] = {}
    for text in {e.text for e in examples}:
        model = belonging_model([e for e in examples if e.text != text])
        for n, e in enumerate(examples):
            if e.text == text:
                belongs = model.predict_proba(e.rows)[:, 1]
                found[n] = topic.form(e.vector, e.question, e.features, belongs)
    return np.array([found[n] for n in range(len(examples))])


def breadth_model(forms: NDArray[np.float64], broad: NDArray[np.bool_]) -> Any:
    """How broad a question is: both sorts weigh the same."""
    model = LogisticRegression(C=_BREADTH, max_iter=3000, class_weight="balanced")
    return make_pipeline(StandardScaler(), model).fit(forms, broad)


def breadths(forms: NDArray[np.float64], examples: Sequence[Example]) -> NDArray[np.float64]:
    """The breadth of each question by a model that has not seen its text."""
    found = np.zeros(len(examples))
    texts = np.array([e.text for e in examples])
    broad = np.array([e.broad for e in examples])
    for text in set(texts):
        own = texts == text
        found[own] = breadth_model(forms[~own], broad[~own]).decision_function(forms[own])
    return found


def belonging_model(examples: Sequence[Example]) -> Any:
    """What belongs to a broad question."""
    broad = [e for e in examples if e.broad]
    rows = np.vstack([e.rows[e.belongs >= 0] for e in broad])
    kinds = np.concatenate([e.belongs[e.belongs >= 0] for e in broad])
    model = LogisticRegression(C=_BELONGING, max_iter=5000)
    return make_pipeline(StandardScaler(), model).fit(rows, kinds)


def as_file(model: str, breadth: Any, shift: float, belonging: Any) -> dict[str, Any]:
    """The weights as :mod:`assistant.topic` reads them."""
    intercept, weights = unscaled(belonging)
    broad_intercept, broad_weights = unscaled(breadth)
    return {
        "model": model,
        "breadth": {
            "intercept": round(broad_intercept + shift, 4),
            "weights": [round(float(w), 4) for w in broad_weights],
        },
        "belonging": {
            "intercept": round(intercept, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(topic.NAMES, weights, strict=True)},
        },
        "threshold": _THRESHOLD,
        "sure": _SURE,
    }


def unscaled(model: Any) -> tuple[float, NDArray[np.float64]]:
    """Intercept and weights of a standardised linear model for values as they are."""
    scaler, linear = model[0], model[1]
    weights = linear.coef_[0] / scaler.scale_
    return float(linear.intercept_[0] - scaler.mean_ @ weights), weights


def report(examples: Sequence[Example], breadth: Sequence[float]) -> None:
    """How each text fares by models that have not seen it."""
    taken = {
        b: [x > 0 for e, x in zip(examples, breadth, strict=True) if e.broad is b]
        for b in (True, False)
    }
    recalls, precisions, counts = [], [], []
    for text in {e.text for e in examples}:
        model = belonging_model([e for e in examples if e.text != text])
        for e in examples:
            if e.text == text and e.broad:
                chosen = model.predict_proba(e.rows)[:, 1] >= _THRESHOLD
                right = int((e.belongs[chosen] == 1).sum())
                wrong = int((e.belongs[chosen] == 0).sum())
                recalls.append(right / e.total)
                precisions.append(right / max(right + wrong, 1))
                counts.append(int(chosen.sum()))
    print(
        f"taken for broad: {np.mean(taken[True]):.3f} of {len(taken[True])} broad questions, "
        f"{np.mean(taken[False]):.3f} of {len(taken[False])} others"
    )
    print(
        f"of broad ones: recall {np.mean(recalls):.3f}, precision {np.mean(precisions):.3f}, "
        f"{np.mean(counts):.1f} passages"
    )


def main() -> int:
    """Learn, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m training.topics", description=__doc__)
    parser.add_argument("passages", type=Path, help="file of passages (see evals/collection.py)")
    parser.add_argument("out", type=Path, nargs="?", default=topic.PATH)
    arguments = parser.parse_args()
    settings = Settings.read()
    names = list(
        dict.fromkeys(json.loads(x)["text"] for x in TOPICS.read_text("utf-8").splitlines())
    )
    acts = read(arguments.passages, [n[6:] for n in names if n.startswith("celex:")])
    manifest = index(settings, acts, [invented(n) for n in names if not n.startswith("celex:")])
    registry = BuildRegistry.of(settings)
    assistant = Assistant(
        Build(registry.path(manifest.build), registry.server),
        embedding.load(settings),
        catalogue.load(settings.data / "catalogue.toml"),
        AnswerabilityModel.load(),
    )
    examples = [example(entry, assistant) for entry in tqdm(list(entries(names)))]
    told, broad = forms(examples), np.array([e.broad for e in examples])
    breadth = breadths(told, examples)
    shift = -float(np.quantile(breadth[~broad], 1 - _TAKEN_FOR_BROAD))
    report(examples, list(breadth + shift))
    file = as_file(
        assistant.build.manifest.model.name,
        breadth_model(told, broad),
        shift,
        belonging_model(examples),
    )
    write_atomically(arguments.out, (json.dumps(file, indent=1) + "\n").encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())

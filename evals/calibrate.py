"""Calibration of refusal: a logistic model over the features, fitted on ``dev`` cases.

For each case, the best hit is an example: right where it answers the case. Features are put on
one scale, weights are kept small (ridge), and given back for the features as they are. The
threshold is the highest that refuses at most ``_REFUSED`` of the questions whose best hit is
right, each estimated by a model that was fitted without it (cross-validation). Small, explained,
and the same at each run over the same build.

Three models are fitted. ``with_questions`` is for a hit of a source that comes with questions that
it answers and does not answer. The two others are for sources without such questions, and fitted on
searches that use none (:class:`index.search.SearchOptions`): ``same`` is for a hit that has a view
in the language of the question, ``cross`` for one that has none, as in a source without a
translation, in a search without translations either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answerability import NAMES, AnswerabilityModel
from assistant.answering import Assistant
from assistant.selection import ScoredPassage
from evals.cases import Case, CasesError, portion
from evals.run import runnable, works
from index.search import SearchOptions
from sources.files import write_atomically

if TYPE_CHECKING:
    from index.embedding import Embedder
    from sources.settings import Settings

_REFUSED = 0.04  # leaves room for those whose best hit is not right, within 5 % of all
_FOLDS = 10
_RIDGE = 0.1  # inverse strength; 0.05 to 5 gave the same within noise
_FEWEST = 10  # examples, right and not right each, below which a fit means nothing


@dataclass(frozen=True, slots=True)
class Example:
    """The best hit of a case, and whether it is right."""

    case: Case
    best: ScoredPassage
    right: bool


def examples(cases: Iterable[Case], assistant: Assistant) -> Iterator[Example]:
    """The best hit of each case.

    Cases with a conversation are left out: there the calibration in use has a say in what is best,
    and a calibration must not depend on the one before it.
    """
    for case in cases:
        if not case.history:
            found = assistant.search(case.question, case.lang)
            if found:
                best = found[0]
                yield Example(case, best, portion(str(best.hit.anchor)) in case.right)


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """Intercept, weights by signal name, threshold; ``CasesError`` with too few examples."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    features = np.array([e.best.features.vector() for e in examples])
    right = np.array([e.right for e in examples], dtype=bool)
    if min(right.sum(), (~right).sum()) < _FEWEST:
        raise CasesError(
            "too few examples to calibrate on",
            f"{right.sum()} right, {(~right).sum()} not",
            f"Give at least {_FEWEST} of each in the dev split, with their works indexed.",
        )
    scaler, model = StandardScaler(), LogisticRegression(C=_RIDGE, max_iter=5000)
    fitted = make_pipeline(scaler, model)
    apart = cross_val_predict(fitted, features, right, cv=_FOLDS, method="predict_proba")[:, 1]
    fitted.fit(features, right)
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    weights = model.coef_[0] / scale
    intercept = float(model.intercept_[0] - (scaler.mean_ * weights).sum())
    return {
        "intercept": round(intercept, 4),
        "weights": {n: round(float(w), 4) for n, w in zip(NAMES, weights, strict=True)},
        "threshold": round(float(np.quantile(apart[right], _REFUSED)), 3),
    }


ALONE = SearchOptions(known_questions=False)
UNTRANSLATED = SearchOptions(known_questions=False, translations=False)


def same_examples(cases: Iterable[Case], settings: Settings, embedder: Embedder) -> list[Example]:
    """Examples without known questions whose best hit has a view in the language asked in."""
    found = _examples_with(ALONE, cases, settings, embedder)
    return [e for e in found if e.best.hit.same is not None]


def cross_examples(cases: Iterable[Case], settings: Settings, embedder: Embedder) -> list[Example]:
    """Examples without known questions whose best hit has no view in the language asked in."""
    found = _examples_with(UNTRANSLATED, cases, settings, embedder)
    return [e for e in found if e.best.hit.same is None]


def _examples_with(
    options: SearchOptions, cases: Iterable[Case], settings: Settings, embedder: Embedder
) -> list[Example]:
    """The best hits of the cases in a search that uses less of the build."""
    from evals.observe import assistant_for

    # Which model does not matter: examples are hits of questions that stand alone.
    loaded = AnswerabilityModel.load()
    assistant = assistant_for(settings, lambda: embedder, loaded, options=options)
    try:
        return list(examples(cases, assistant))
    finally:
        assistant.build.close()


def calibrate(
    cases: Sequence[Case], settings: Settings, assistant: Assistant, embedder: Embedder
) -> tuple[dict[str, Any], dict[str, int]]:
    """The calibration, and how many examples each of its models had."""
    able = runnable(cases, works(assistant.build)).able
    dev = [c for c in able if c.split == "dev"]
    sets = {
        "with_questions": [e for e in examples(dev, assistant) if e.best.hit.has_unanswered],
        "same": same_examples(dev, settings, embedder),
        "cross": cross_examples(dev, settings, embedder),
    }
    file = {"model": assistant.build.manifest.model.name} | {k: fit(v) for k, v in sets.items()}
    return file, {k: len(v) for k, v in sets.items()}


def write(file: dict[str, Any], path: Path) -> None:
    """Store the weights as the assistant reads them."""
    write_atomically(path, (json.dumps(file, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))

"""Calibration of the judge: a logistic model over its signals, fitted on ``dev`` cases.

For each case, the best hit is an example: right where it answers the case. Signals are put on
one scale, weights are kept small (ridge), and given back for the signals as they are. The
threshold is the lowest that answers no more than it must: it lets at most ``_REFUSED`` of the
answerable questions with a right best hit be refused. Small, explained, reproducible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.ask import Judged
from assistant.evidence import NAMES
from evals.cases import Case

_REFUSED = 0.05
_RIDGE = 0.2  # inverse strength; 0.05 to 5 gave the same within noise


@dataclass(frozen=True, slots=True)
class Example:
    """The best hit of a case, and whether it is right."""

    case: Case
    best: Judged
    right: bool


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """Intercept, weights by signal name, threshold."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    signals = np.array([e.best.signals.vector() for e in examples])
    right = np.array([e.right for e in examples])
    scaler = StandardScaler().fit(signals)
    model = LogisticRegression(C=_RIDGE, max_iter=5000).fit(scaler.transform(signals), right)
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    weights = model.coef_[0] / scale
    intercept = float(model.intercept_[0] - (scaler.mean_ * weights).sum())
    probability = 1 / (1 + np.exp(-(intercept + signals @ weights)))
    return {
        "intercept": round(intercept, 4),
        "weights": {n: round(float(w), 4) for n, w in zip(NAMES, weights, strict=True)},
        "threshold": round(float(np.quantile(probability[right], _REFUSED)), 3),
    }

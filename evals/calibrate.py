"""Calibration of refusal: a multinomial logistic model over the features.

An example is the best hit of a question: right where it answers, far where the question is about
something else altogether, near in all other cases. What is far is learned from questions of
everyday life and on texts that are not indexed (``evals/elsewhere``). Features are put on one
scale, weights are kept small (ridge), and given back for the features as they are. The threshold is
a probability that is the same for any text (``_LIKELY``); for a source with questions the highest
that refuses at most a share (``_REFUSED``) of the examples whose best hit is right, each estimated
by a model that was fitted without it. Small, explained, and the same at each run over the same
build.

Three models are fitted. ``with_questions`` is for a hit of a source that comes with questions that
it answers and does not answer; it is fitted on these, each asked while the lists are without it,
and on no case. The two others are for sources without such questions, and fitted on ``dev`` cases
in searches that use none (:class:`index.search.SearchOptions`): ``same`` is for a hit that has a
view in the language of the question, ``cross`` for one that has none, as in a source without a
translation, in a search without translations either.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.answerability import NAMES, AnswerabilityModel, models
from assistant.answering import Assistant
from assistant.finding import ScoredPassage
from assistant.language import detect
from evals.cases import Case, CaseKind, CasesError, load, portion
from evals.parser import MODELS
from evals.run import runnable, works
from index import cache, known_questions, reranker
from index.cache import VectorCache
from index.known_questions import KnownQuestion, KnownQuestions
from index.manifest import Manifest
from index.registry import BuildRegistry
from index.search import SearchOptions
from sources.anchor import Anchor
from sources.files import write_atomically

if TYPE_CHECKING:
    from index.embedding import Embedder
    from sources.settings import Settings

# For a source that comes with questions the bound is the highest that refuses at most this share of
# the questions whose best hit is right, the aim of docs/evaluation.md. Of any other text a third of
# the first hits are not right, and who asks is better served by the nearest passages than by an
# answer that is more than three times as likely to be wrong as right, whatever its language.
_REFUSED, _LIKELY = 0.05, 0.25
ELSEWHERE = Path(__file__).with_name("elsewhere")
_FOLDS = 10
_RIDGE = 0.1  # inverse strength; 0.01 to 1 gave the same within noise
_PARTS, _ASKED, _SEED = 5, 500, 20261126  # of the known questions
_FEWEST = 10  # examples of each kind, below which a fit means nothing
_RIGHT, _NEAR, _FAR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Example:
    """The best hit of a case, and whether it is right."""

    case: Case
    best: ScoredPassage
    right: bool

    @property
    def kind(self) -> int:
        """Right, near, or far."""
        far = self.case.kind is CaseKind.UNANSWERABLE_FAR
        return _RIGHT if self.right else _FAR if far else _NEAR


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


def elsewhere() -> list[Case]:
    """Questions of everyday life, and on acts that may not be indexed."""
    return load(sorted(ELSEWHERE.glob("*.jsonl")))


def fit(examples: Sequence[Example], refused: float | None = None) -> dict[str, Any]:
    """Intercepts and weights by name of the feature, and the threshold.

    ``CasesError`` with too few examples.

    Args:
        examples: What the weights are fitted on.
        refused: The share of the questions whose best hit is right that may be refused; where none
            is given, a hit of a fixed probability is enough.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    features, kinds = _matrix(examples)
    counts = np.bincount(kinds, minlength=3)
    if counts.min() < _FEWEST:
        raise CasesError(
            "too few examples to calibrate on",
            f"{counts[_RIGHT]} right, {counts[_NEAR]} near, {counts[_FAR]} far",
            f"Give at least {_FEWEST} of each in the dev split, with their works indexed.",
        )
    scaler, model = StandardScaler(), LogisticRegression(C=_RIDGE, max_iter=5000)
    fitted = make_pipeline(scaler, model)
    threshold = _LIKELY
    if refused is not None:
        apart = cross_val_predict(fitted, features, kinds, cv=_FOLDS, method="predict_proba")
        threshold = round(float(np.quantile(apart[kinds == _RIGHT, _RIGHT], refused)), 3)
    fitted.fit(features, kinds)
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)

    def against(kind: int) -> dict[str, Any]:
        weights = (model.coef_[_RIGHT] - model.coef_[kind]) / scale
        intercept = model.intercept_[_RIGHT] - model.intercept_[kind] - scaler.mean_ @ weights
        return {
            "intercept": round(float(intercept), 4),
            "weights": {n: round(float(w), 4) for n, w in zip(NAMES, weights, strict=True)},
        }

    return {
        "near": against(_NEAR),
        "far": against(_FAR),
        "threshold": threshold,
    }


def _matrix(examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Features, shape (examples, features), and kinds, shape (examples,)."""
    rows = [e.best.features.vector() for e in examples]
    return np.array(rows), np.array([e.kind for e in examples])


def list_examples(settings: Settings, assistant: Assistant, embedder: Embedder) -> list[Example]:
    """Examples from the known questions of a build: each is asked while a fifth of the lists, its
    own part among them, is left out.

    At most ``_ASKED`` of each part, drawn at random, and the same at each run.
    """
    questions = known_questions.known_questions(assistant.build.passages)
    if not questions:
        return []
    store = VectorCache(settings.data / "cache")
    try:
        *_, packed = cache.encode(
            embedder, store, [q.text for q in questions], "vector", side="query"
        )
    finally:
        store.close()
    vectors = np.stack([np.frombuffer(v, np.float32) for v in packed if v is not None])
    chance = np.random.default_rng(_SEED)
    parts = chance.integers(_PARTS, size=len(questions))
    found: list[Example] = []
    for part in range(_PARTS):
        kept = np.flatnonzero(parts != part)
        others = KnownQuestions.of([questions[n] for n in kept], vectors[kept])
        asked = chance.permutation(np.flatnonzero(parts == part))[:_ASKED]
        cases = [_as_case(f"list-{n}", questions[n]) for n in asked]
        options = SearchOptions(known_questions=others)
        found += _examples_with(options, cases, settings, embedder)
    return [e for e in found if e.best.hit.has_unanswered]


def _as_case(name: str, question: KnownQuestion) -> Case:
    work, place = question.portion
    return Case(
        id=name,
        lang=detect(question.text, "fr")[0],
        kind=CaseKind.PLAIN if question.answered else CaseKind.UNANSWERABLE_NEAR,
        split="dev",
        question=question.text,
        any=(str(Anchor(work, "fr", place)),) if question.answered else (),
        refuse=not question.answered,
    )


ALONE = SearchOptions(known_questions=False)
UNTRANSLATED = SearchOptions(known_questions=False, translations=False)


def same_examples(cases: Sequence[Case], settings: Settings, embedder: Embedder) -> list[Example]:
    """Examples without known questions whose best hit has a view in the language asked in."""
    found = _examples_with(ALONE, cases, settings, embedder)
    return [e for e in found if e.best.hit.same is not None]


def cross_examples(cases: Sequence[Case], settings: Settings, embedder: Embedder) -> list[Example]:
    """Examples without known questions whose best hit has no view in the language asked in."""
    found = _examples_with(UNTRANSLATED, cases, settings, embedder)
    return [e for e in found if e.best.hit.same is None]


def _examples_with(
    options: SearchOptions, cases: Sequence[Case], settings: Settings, embedder: Embedder
) -> list[Example]:
    """The best hits of the cases in a search that uses less of the build."""
    from tqdm import tqdm

    from evals.observe import assistant_for

    # Which calibration does not matter: examples are hits of questions that stand alone.
    neutral = AnswerabilityModel.neutral()
    assistant = assistant_for(settings, lambda: embedder, neutral, options=options)
    try:
        return list(examples(tqdm(cases, desc=str(settings.data), file=sys.stderr), assistant))
    finally:
        assistant.build.close()


def _by_index(
    cases: Sequence[Case], indexes: Iterable[Settings]
) -> Iterator[tuple[Settings, list[Case]]]:
    """The cases that each index is asked: each case in the first that has its texts, and in all of
    them what is asked elsewhere.
    """
    for settings in indexes:
        registry = BuildRegistry.of(settings)
        indexed = works(Manifest.read(registry.path(registry.current())))
        asked = runnable(cases, indexed)
        yield settings, [*asked.able, *runnable(elsewhere(), indexed).able]
        cases = (*asked.unindexed, *asked.overtaken)


def calibrate(
    cases: Sequence[Case],
    settings: Settings,
    assistant: Assistant,
    embedder: Embedder,
    only: Collection[str] = MODELS,
    also: Sequence[Settings] = (),
) -> tuple[dict[str, Any], dict[str, int]]:
    """The calibration of the models that are wanted, and how many examples each had.

    Args:
        cases: Of these, the development half.
        settings: Of the index.
        assistant: On that index.
        embedder: Its embedding model.
        only: Which models.
        also: Of more indexes from which `same` and `cross` are learned as well: acts differ from
            letters and by-laws in how well a question fits.
    """
    dev = [c for c in cases if c.split == "dev"]

    def with_questions() -> list[Example]:
        other = runnable(elsewhere(), works(assistant.build.manifest)).able
        far = [e for e in examples(other, assistant) if e.best.hit.has_unanswered]
        return [*list_examples(settings, assistant, embedder), *far]

    def of_all(
        examples_in: Callable[[Sequence[Case], Settings, Embedder], list[Example]],
    ) -> list[Example]:
        each = _by_index(dev, (settings, *also))
        return [e for index, asked in each for e in examples_in(asked, index, embedder)]

    sets: dict[str, Callable[[], list[Example]]] = {
        "with_questions": with_questions,
        "same": lambda: of_all(same_examples),
        "cross": lambda: of_all(cross_examples),
    }
    found = {name: sets[name]() for name in MODELS if name in only}
    file = {n: fit(on, _REFUSED if n == "with_questions" else None) for n, on in found.items()}
    counts = {name: len(on) for name, on in found.items()}
    return {"model": models(assistant.build, reranker.load(settings)), **file}, counts


def write(file: dict[str, Any], path: Path) -> None:
    """Store the weights as the assistant reads them."""
    write_atomically(path, (json.dumps(file, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))

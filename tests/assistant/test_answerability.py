"""Likely enough to answer? Features in their bounds, and a model whose weights are data."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answerability import NAMES, PATH, AnswerabilityModel, Features
from assistant.answering import Assistant
from assistant.errors import AssistantError
from index.search import Hit
from sources.anchor import LANGS, Lang
from tests.assistant.ordinary import Texts

VALUES = st.lists(st.floats(-5, 5), min_size=len(NAMES), max_size=len(NAMES))
UNIT = {
    "lexical",
    "covered",
    "likely_covered",
    "unknown",
    "figures_missing",
    "names_missing",
    "answer_type_missing",
}


@pytest.fixture(scope="module")
def hit(assistant: Assistant) -> Hit:
    return assistant.search("Quel rôle est prévu pour le CCPD ?", "fr")[0].hit


def features(values: list[float]) -> Features:
    return Features(**dict(zip(NAMES, values, strict=True)))


@pytest.mark.parametrize("side", ["with_questions", "same", "cross"])
@pytest.mark.parametrize("against", ["near", "far"])
@pytest.mark.parametrize("odd", ["another", ""])
def test_weights_for_other_features_are_refused(
    tmp_path: Path, side: str, against: str, odd: str
) -> None:
    raw = json.loads(PATH.read_text("utf-8"))
    weights = raw[side][against]["weights"]
    weights.pop("late")
    if odd:
        weights[odd] = 1.0
    made = tmp_path / "answerability.json"
    made.write_text(json.dumps(raw))
    with pytest.raises(AssistantError, match="late"):
        AnswerabilityModel.load(made)


@given(VALUES)
def test_a_probability_is_one_whatever_the_signals(hit: Hit, values: list[float]) -> None:
    model = AnswerabilityModel.load()
    p = model.probability(hit, features(values))
    assert 0 <= p <= 1
    assert model.enough(hit, 1.0)
    assert not model.enough(hit, 0.0)


@given(VALUES)
def test_what_is_unlikely_against_either_kind_is_unlikely(hit: Hit, values: list[float]) -> None:
    """A passage has to pass both: neither makes up for the other."""
    model = AnswerabilityModel.load()
    given = features(values)
    weights = model.weights(hit)
    likelier = min(weights.near.of(given.vector()), weights.far.of(given.vector()))
    assert model.probability(hit, given) <= 1 / (1 + math.exp(-likelier))


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"model": "m", "same": {}, "cross": {}}', '{"model": 3}', "not json"],
)
def test_a_calibration_without_its_form_is_an_error_with_the_next_step(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "answerability.json"
    path.write_text(content, "utf-8")
    with pytest.raises(AssistantError, match="evals calibrate"):
        AnswerabilityModel.load(path)


def test_a_calibration_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="evals calibrate"):
        AnswerabilityModel.load(tmp_path / "answerability.json")


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Quel rôle est prévu pour le CCPD ?", "fr"),
        ("Welke rol krijgt het CPDS in Doornik?", "nl"),
        ("Combien d’agents en 2027 à Lille ?", "fr"),
        ("Wat is het recept van stoofvlees?", "nl"),
        ("?", "fr"),
    ],
)
def test_every_signal_is_a_number_in_its_bounds(
    assistant: Assistant, question: str, lang: Lang
) -> None:
    for found in assistant.search(question, lang):
        for name, value in zip(NAMES, found.features.vector(), strict=True):
            bounds = (0.0, 1.0) if name in UNIT else (-40.0, 40.0)  # in units of spread
            assert bounds[0] <= value <= bounds[1], name


def test_numbers_and_names_that_the_passage_does_not_have_are_counted(
    assistant: Assistant,
) -> None:
    def top(question: str) -> Features:
        return assistant.search(question, "fr")[0].features

    assert top("le CCPD de Tournai").names_missing == 0
    assert top("la recommandation 2022/915").figures_missing == 0
    assert top("le CCPD de Tournai en 1987").figures_missing == 1
    assert top("le CCPD et le Groenland").names_missing > 0


_MEASURES = ("metingen", "nl")


def test_a_passage_of_the_other_language_has_a_word_as_far_as_its_words_are_likely_to_mean_it(
    assistant_over: Callable[[Texts], Assistant],
) -> None:
    text = "# Metingen\n\nDe gemeente meet de geluidshinder bij de spoorwegen twee keer per jaar.\n"
    assistant = assistant_over({_MEASURES: ("Metingen", text)})

    def of(question: str, lang: Lang) -> Features:
        return assistant.search(question, lang, [_MEASURES[0]])[0].features

    asked = of("La commune mesure-t-elle le bruit des chemins de fer ?", "fr")
    assert asked.covered < asked.likely_covered < 1
    other = of("La commune finance-t-elle les musiciens ?", "fr")
    assert other.likely_covered < asked.likely_covered
    own = of("Meet de gemeente de geluidshinder?", "nl")
    assert own.covered == own.likely_covered == 1


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le budget annuel du CCPD ?",
        "Quel est le budget du CCPD?",
        "Combien coûte le CCPD ?",
        "Wat is het jaarlijkse budget van het CPDS?",
        "Wat is het budget van het CPDS?",
        "Wat kost het CPDS?",
        "Hoeveel agenten telt het CPDS?",
    ],
)
def test_an_amount_that_no_passage_gives_is_not_found_in_one(
    assistant: Assistant, question: str
) -> None:
    lang: Lang = "nl" if "het" in question.split() or "Hoeveel" in question else "fr"
    best = assistant.search(question, lang)[0]
    assert best.features.answer_type_missing == 1
    assert not best.enough


@pytest.mark.parametrize("lang", LANGS)
def test_an_answerable_question_is_more_probable_than_one_that_only_sounds_alike(
    assistant: Assistant, lang: Lang
) -> None:
    pairs = {
        "fr": ("Quel rôle est prévu pour le CCPD ?", "Quel est le budget annuel du CCPD ?"),
        "nl": ("Welke rol krijgt het CPDS?", "Wat is het jaarlijkse budget van het CPDS?"),
    }
    answerable, unanswerable = (assistant.search(q, lang)[0] for q in pairs[lang])
    assert answerable.enough
    assert answerable.probability > unanswerable.probability
    assert not unanswerable.enough

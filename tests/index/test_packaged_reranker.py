"""The cross-encoder that ships, on passages of no text that it was trained on."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import packaged_reranker, weights
from index.errors import ModelError
from index.packaged_reranker import PackagedReranker

PASSAGES = {
    "fr": [
        "Le capitaine du port fixe les horaires du bac. Le bac s'arrête de 22 heures à 5 heures.",
        "Le bac transporte des voitures et des vélos entre les deux rives.",
        "La commission de la digue se réunit deux fois par an à la maison communale.",
    ],
    "nl": [
        "De havenkapitein bepaalt de dienstregeling van de veerboot. De veerboot vaart niet tussen "
        "22 uur en 5 uur.",
        "De veerboot vervoert auto's en fietsen van de ene oever naar de andere.",
        "De dijkcommissie vergadert tweemaal per jaar in het gemeentehuis.",
    ],
}
ASKED = [
    ("fr", "À quelle heure le bac cesse-t-il la nuit ?", 0),
    ("nl", "Tot hoe laat vaart de veerboot 's avonds?", 0),
    ("fr", "Puis-je prendre mon vélo sur le bac ?", 1),
    ("nl", "Mag mijn fiets mee op de veerboot?", 1),
    ("nl", "Hoe vaak komt de dijkcommissie samen?", 2),
]


@pytest.fixture(scope="module")
def packaged(data: Path) -> PackagedReranker:
    return packaged_reranker.load(data / "models")


@pytest.mark.parametrize(("lang", "question", "answers"), ASKED)
def test_the_passage_that_answers_scores_best(
    packaged: PackagedReranker, lang: str, question: str, answers: int
) -> None:
    found = packaged.scores(question, PASSAGES[lang])
    assert found.shape == (3,)
    assert int(found.argmax()) == answers


@pytest.mark.parametrize(
    ("lang", "question"),
    [("fr", "Combien coûte la traversée en bac ?"), ("nl", "Hoeveel kost een overtocht?")],
)
def test_what_no_passage_says_scores_below_what_one_says(
    packaged: PackagedReranker, lang: str, question: str
) -> None:
    answered = next(q for la, q, _ in ASKED if la == lang)
    passages = PASSAGES[lang]
    assert packaged.scores(question, passages).max() < packaged.scores(answered, passages).max()


def test_many_threads_get_what_one_gets(packaged: PackagedReranker, data: Path) -> None:
    other = PackagedReranker(weights.expand(data / "models"))  # with no score kept
    expected = [packaged.scores(q, PASSAGES[la]) for la, q, _ in ASKED]
    with ThreadPoolExecutor(5) as pool:
        found = list(pool.map(lambda asked: other.scores(asked[1], PASSAGES[asked[0]]), ASKED))
    assert np.allclose(found, expected, atol=1e-4)


def test_empty_and_very_long_texts_have_a_score(packaged: PackagedReranker) -> None:
    found = packaged.scores("bac " * 500, ["", "Le bac. " * 2000])
    assert np.isfinite(found).all()
    assert packaged.scores("", []).shape == (0,)


def test_a_damaged_file_is_said(tmp_path: Path, data: Path) -> None:
    copy = tmp_path / "reranker.onnx"
    shutil.copyfile(packaged_reranker.PATH, copy)
    with copy.open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(ModelError, match=r"reranker cannot be loaded: .*reranker\.onnx"):
        PackagedReranker(weights.expand(data / "models"), copy).scores("Où ?", ["Le bac."])

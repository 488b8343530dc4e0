"""A reranker: real cross-encoders on this machine, and what a search makes of their scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.answerability import AnswerabilityModel, models
from assistant.answering import Assistant
from assistant.errors import AssistantError
from index import weights
from index.build import Build
from index.embedding import Embedder
from index.errors import ModelError
from index.glossary import Glossary
from index.packaged_reranker import PackagedReranker
from index.query import Query
from index.registry import BuildRegistry
from index.reranker import CrossEncoderReranker, load
from index.search import _READ, _READ_AT_MOST, _READ_BESIDE_LISTS, Hit, Searcher, SearchOptions
from sources.anchor import WorkPortion
from sources.bilingual import Bilingual
from sources.settings import Settings
from tests.conftest import sharing
from tests.index.fake import FakeEmbedder, Texts, harbour, make, passage, settings_for

QUESTION = Query.of("Où dort le capitaine du port ?", "fr")


def cross_encoder(folder: Path, data: Path, labels: int = 1) -> Path:
    """A small one with random weights, and the tokenizer of the packaged model."""
    import torch
    from transformers import AutoTokenizer, XLMRobertaConfig, XLMRobertaForSequenceClassification

    tokenizer = AutoTokenizer.from_pretrained(weights.expand(data / "models"))
    torch.manual_seed(0)
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=514,
        num_labels=labels,
    )
    XLMRobertaForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_cross_encoder_gives_a_score_to_each_text(tmp_path: Path, data: Path) -> None:
    settings = Settings(data=data, reranker=str(cross_encoder(tmp_path / "small", data)))
    reranker = load(settings)
    assert reranker is not None
    assert reranker.name == "small"
    assert load(settings) is reranker
    found = reranker.scores("Où ?", ["Le port.", "Le bac. " * 200, ""])
    assert found.shape == (3,)
    assert np.isfinite(found).all()
    assert len(set(found.tolist())) == 3


@pytest.mark.slow
def test_what_is_no_cross_encoder_of_one_score_is_said(tmp_path: Path, data: Path) -> None:
    with pytest.raises(ModelError, match=r"the reranker cannot be loaded: .*nothing"):
        CrossEncoderReranker(str(tmp_path / "nothing"))
    with pytest.raises(ModelError, match="gives 3 scores, not one"):
        CrossEncoderReranker(str(cross_encoder(tmp_path / "three", data, labels=3)))


def test_the_one_that_ships_is_for_the_default_model_alone(data: Path) -> None:
    packaged = load(Settings(data=data))
    assert isinstance(packaged, PackagedReranker)
    assert load(Settings(data=data)) is packaged
    assert load(Settings(data=data, reranker="none")) is None
    assert load(Settings(data=data, model="another/model")) is None


def test_data_folders_that_share_their_models_share_the_reranker(
    tmp_path: Path, data: Path
) -> None:
    assert load(Settings(data=sharing(data, tmp_path))) is load(Settings(data=data))


class Backwards:
    """Likes what the search likes least."""

    name = "backwards"

    def __init__(self, best_last: Sequence[str]) -> None:
        self.order = list(best_last)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        assert question == QUESTION.text
        return np.array(
            [next(n for n, known in enumerate(self.order) if known in t) for t in texts], np.float32
        )


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    settings = settings_for(tmp_path_factory.mktemp("small"))
    opened = Build(BuildRegistry(settings.data).path(make(settings, harbour()).build))
    yield opened
    opened.close()


def test_the_first_passages_stand_in_the_order_of_the_reranker(build: Build) -> None:
    before = Searcher(build, FakeEmbedder(), Glossary([])).search(QUESTION, 50)
    reranker = Backwards([h.passage.text for h in before])
    searcher = Searcher(build, FakeEmbedder(), Glossary([]), reranker=reranker)
    after = searcher.search(QUESTION, 50)
    read = [h for h in after if h.reading is not None]
    assert len(read) == min(_READ, len(before))
    assert after[: len(read)] == read
    assert [h.anchor for h in read] != [h.anchor for h in before[: len(read)]]
    liked = max(read, key=lambda h: h.reading or 0).anchor  # the last of those that are read
    assert [h.anchor for h in read].index(liked) < len(read) - 1
    assert [h.score for h in after] == sorted((h.score for h in after), reverse=True)
    assert np.isclose(np.mean([h.score for h in read]), np.mean([h.score for h in before[:_READ]]))


@pytest.mark.parametrize(("says", "expected"), [(-0.5, _READ_AT_MOST), (0.5, _READ)])
def test_more_is_read_where_nothing_of_the_first_answers(
    tmp_path: Path, says: float, expected: int
) -> None:
    hits = register_read(tmp_path, says)
    assert [h.reading for h in hits] == [says] * expected + [None] * (len(hits) - expected)


def test_what_is_to_be_read_is_read_wherever_it_stands(tmp_path: Path) -> None:
    last = register_read(tmp_path / "before", 0.5)[-1]
    hits = register_read(tmp_path / "after", 0.5, [last.anchor.work_portion])
    read = [h.anchor for h in hits if h.reading is not None]
    assert len(read) == _READ + 1
    assert last.anchor in read


def register_read(folder: Path, says: float, reading: Sequence[WorkPortion] = ()) -> list[Hit]:
    """What is found in a register of thirty quays with a reranker that says the same of each."""

    class Sure:
        name = "sure"

        def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.full(len(texts), says, np.float32)

    register = [passage("registre", "fr", n, f"Le quai numéro {n} est ouvert.") for n in range(30)]
    settings = settings_for(folder)
    made = make(settings, Texts({("registre", "fr"): register})).build
    opened = Build(BuildRegistry(settings.data).path(made))
    try:
        searcher = Searcher(opened, FakeEmbedder(), Glossary([]), reranker=Sure())
        return searcher.search(QUESTION, 50, reading=reading)
    finally:
        opened.close()


def test_passages_that_are_named_are_read_too(build: Build) -> None:
    place = build.passages[0].anchor.work_portion
    reranker = Backwards([build.passages[0].text])
    searcher = Searcher(build, FakeEmbedder(), Glossary([]), reranker=reranker)
    assert searcher.search(QUESTION, 1, among=[place])[0].reading == 0


def test_a_passage_is_read_under_what_its_text_is_called(build: Build) -> None:
    seen: list[str] = []

    class Recording:
        name = "recording"

        def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
            seen.extend(texts)
            return np.zeros(len(texts), np.float32)

    titles = {
        p.anchor.work: Bilingual("La charte du port", "Het havenhandvest") for p in build.passages
    }
    searcher = Searcher(build, FakeEmbedder(), Glossary([]), reranker=Recording(), titles=titles)
    found = {h.passage.text: h.anchor.lang for h in searcher.search(QUESTION, 50)}
    assert len(seen) == min(_READ, len(found))
    for text in seen:
        title, _, rest = text.partition("\n")
        passage = next(p for p in found if rest.endswith(p))
        assert title == Bilingual("La charte du port", "Het havenhandvest")[found[passage]]


def test_a_row_is_read_with_the_heads_of_its_columns(tmp_path: Path) -> None:
    seen: list[str] = []

    class Recording:
        name = "recording"

        def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
            seen.extend(texts)
            return np.zeros(len(texts), np.float32)

    row = replace(
        passage("tarif", "fr", 1, "quai nord | 12 euros"), lead="Quai | Prix par jour", headings=()
    )
    short = replace(passage("tarif", "fr", 2, "gratuit | la nuit"), lead="Quai", headings=())
    settings = settings_for(tmp_path)
    made = make(settings, Texts({("tarif", "fr"): [row, short]})).build
    opened = Build(BuildRegistry(settings.data).path(made))
    try:
        Searcher(opened, FakeEmbedder(), Glossary([]), reranker=Recording()).search(QUESTION, 50)
    finally:
        opened.close()
    assert sorted(seen) == ["Quai: quai nord; Prix par jour: 12 euros", "gratuit | la nuit"]


def test_refusal_is_calibrated_for_the_reranker_too(
    built: Settings, embedder: Embedder, tmp_path: Path, data: Path
) -> None:
    folder = cross_encoder(tmp_path / "reranker", data)
    settings = built.model_copy(update={"reranker": str(folder)})
    opened = Build(BuildRegistry(built.data).path(BuildRegistry(built.data).current()))
    try:
        assert models(opened, load(settings)).endswith("+reranker")
        with pytest.raises(AssistantError, match=r"or the reranker: .*\+reranker"):
            Assistant.of(opened, settings, embedder)
        model, alone = AnswerabilityModel.load(), SearchOptions(known_questions=False)
        assistant = Assistant.of(opened, settings, embedder, model=model, options=alone)
        found = assistant.search("Quel rôle est prévu pour le CCPD ?", "fr")
        assert found[0].hit.reading == found[0].features.reading != 0
        unread = {s.features.reading for s in found if s.hit.reading is None}
        assert unread == {min(s.features.reading for s in found)}
        assistant = Assistant.of(opened, settings, embedder, model=model)
        found = assistant.search("Quel rôle est prévu pour le CCPD ?", "fr")
        read = [n for n, s in enumerate(found) if s.hit.reading is not None]
        assert read == list(range(_READ_BESIDE_LISTS))
        without = Searcher(opened, embedder, assistant.glossary)
        query = Query.of("Quel rôle est prévu pour le CCPD ?", "fr")
        order = [h.anchor for h in without.search(query, len(found))]
        searched = assistant.searcher.search(query, len(found))
        assert [h.anchor for h in searched] == order, "its lists of questions tell better"
    finally:
        opened.close()

from __future__ import annotations

import dataclasses
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import Assistant
from index.errors import DamagedBuildError
from index.query import Query
from index.search import Searcher
from index.sentences import NAME, StoredSentences, scored, sentences
from sources.anchor import Lang
from tests.index.fake import FakeEmbedder

ROOT = Path(__file__).parents[2]


def split(text: str, lang: Lang) -> list[str]:
    return [text[start:end] for start, end in sentences(text, lang)]


def test_sentences_are_told_without_llama_index() -> None:
    code = (
        "import sys; from index.sentences import sentences; "
        "print(len(sentences('Le bac part. Le quai dort.', 'fr')), "
        "len(sentences('De veerboot vertrekt. De kaai slaapt.', 'nl')), "
        "any(name.startswith('llama_index') for name in sys.modules))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "2", "False"]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("fr", "Ils signent. Ils partent.", ["Ils signent.", "Ils partent."]),
        ("fr", "Voir l’art. 3 du code.", ["Voir l’art. 3 du code."]),
        ("fr", "Le 5 mai, M. Dupont signe.", ["Le 5 mai, M. Dupont signe."]),
        ("nl", "Zie art. 3 van nr. 5. Slot volgt.", ["Zie art. 3 van nr. 5.", "Slot volgt."]),
        ("nl", "a) eerste zin;\nb) tweede zin.", ["a) eerste zin;", "b) tweede zin."]),
        ("fr", "6. Ils coopèrent.", ["6. Ils coopèrent."]),
        ("fr", "5", ["5"]),
        ("fr", " \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(lang: Lang, text: str, wanted: list[str]) -> None:
    assert [s.strip() for s in split(text, lang)] == wanted


@given(st.text(alphabet=" \nabc.;3é!?)", max_size=60))
def test_every_word_is_in_one_sentence_and_nothing_overlaps(text: str) -> None:
    found = sentences(text, "fr")
    assert all(a < b for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    inside = "".join(text[a:b] for a, b in found)
    assert "".join(inside.split()) == "".join(text.split())


def test_a_sentence_is_scored_by_its_own_tokens_in_any_piece() -> None:
    embedder = FakeEmbedder()
    text = "Le moulin tourne.\nLa farine est pesée."
    pieces = []
    for piece in ("Le moulin tourne.", "La farine est pesée."):
        tokens = embedder.encode([piece], "passage")[0].tokens
        pieces.append((embedder.token_spans(piece), piece, tokens))
    question = embedder.encode(["farine"], "query")[0].tokens
    first, second = scored(text, sentences(text, "fr"), question, pieces)
    assert text[second.start : second.end] == "La farine est pesée."
    assert second.score == pytest.approx(1, abs=1e-4)
    assert first.score < second.score


def test_without_tokens_no_sentence_is_nearer_than_another() -> None:
    text = "Un. Deux trois."
    found = scored(text, sentences(text, "fr"), np.zeros((1, 4), np.float32), [])
    assert {s.score for s in found} == {0.0}


def test_a_passage_has_sentences_in_the_languages_that_it_is_there_in(
    assistant: Assistant,
) -> None:
    searcher: Searcher = assistant.searcher
    query = Query.of("Wat is de rol van het CPDS?", "nl")
    passage = searcher.search(query, 1)[0].passage
    for lang in passage.texts:
        found = searcher.sentences(query, passage, lang)
        assert found
        assert max(s.score for s in found) > 0.3
        assert found[-1].end <= len(passage.texts[lang])
    lone = dataclasses.replace(passage, working=None)
    assert searcher.sentences(query, lone, "nl") == []


def test_the_sentences_of_a_build_are_those_of_its_texts(assistant: Assistant) -> None:
    build = assistant.build
    for passage in build.passages:
        for lang, text in passage.texts.items():
            assert build.sentences(text, lang) == sentences(text, lang)
    other = "Un texte qui n’y est pas. Il a deux phrases."
    assert build.sentences(other, "fr") == sentences(other, "fr")


@pytest.mark.parametrize("content", [None, "", "{", "3", "[]", "[[[1]]]"])
def test_stored_sentences_that_are_not_whole_are_a_damaged_build(
    assistant: Assistant, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / NAME).write_text(content, "utf-8")
    with pytest.raises(DamagedBuildError, match="index build"):
        StoredSentences.load(tmp_path, assistant.build.passages)

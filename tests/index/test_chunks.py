"""Chunks: every word of a passage is embedded, and no chunk spans two."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunks import WORDS, chunks
from sources.anchor import Anchor
from sources.bilingual import Bilingual
from sources.model import Kind, Passage, Working


def passage(text: str, *, headings: tuple[str, ...] = (), lead: str = "") -> Passage:
    return Passage(
        Anchor("ports-2031", "fr", "art_1"),
        Kind.ARTICLE,
        text,
        headings,
        Bilingual("art. 1", "art. 1"),
        lead=lead,
    )


def with_view(text: str, view: str) -> Passage:
    p = passage(text, headings=("1. Quais",))
    return Passage(
        p.anchor, p.kind, text, p.headings, p.locator, working=Working("nl", view, ("1. Kaaien",))
    )


SENTENCES = st.lists(
    st.integers(1, 230).map(lambda n: " ".join(f"mot{i}" for i in range(n))), min_size=1, max_size=6
)


def test_a_short_passage_is_one_chunk_as_it_stands() -> None:
    (chunk,) = chunks(passage("Les quais\nsont  ouverts."))
    assert chunk.text == "Les quais\nsont  ouverts."
    assert chunk.id == "ports-2031@fr#art_1~fr~0"


def test_the_nearest_heading_and_the_lead_stand_before_the_text_without_the_number() -> None:
    (chunk,) = chunks(
        passage("Texte.", headings=("II. Suites", "3. Les quais"), lead="On entend par")
    )
    assert chunk.embedded == "Les quais. On entend par\nTexte."


def test_without_a_heading_the_text_stands_alone() -> None:
    (chunk,) = chunks(passage("Texte."))
    assert chunk.embedded == "Texte."


def test_a_working_translation_is_a_view_of_its_own_in_the_other_language() -> None:
    own, view = chunks(with_view("Les quais.", "De kaaien."))
    assert (own.lang, own.embedded) == ("fr", "Quais\nLes quais.")
    assert (view.lang, view.embedded) == ("nl", "Kaaien\nDe kaaien.")
    assert own.anchor == view.anchor
    assert own.id != view.id


@pytest.mark.parametrize("end", [". ", " ;\n", "\n", "! ", "? ", ": "])
def test_a_long_passage_is_cut_between_sentences(end: str) -> None:
    sentence = " ".join(["mot"] * (WORDS // 2 + 10))
    pieces = [c.text for c in chunks(passage(end.join([sentence] * 3)))]
    assert len(pieces) == 3
    assert [p.split()[0] for p in pieces] == ["mot"] * 3


@given(SENTENCES)
def test_every_word_is_in_one_chunk_in_order_and_none_is_too_long(sentences: list[str]) -> None:
    text = ". ".join(sentences)
    found = list(chunks(passage(text)))
    assert " ".join(c.text for c in found).split() == text.split()
    assert all(0 < len(c.text.split()) <= WORDS for c in found)
    assert [c.number for c in found] == list(range(len(found)))
    assert len({c.id for c in found}) == len(found)


@given(st.text(max_size=200))
def test_the_chunks_of_a_passage_are_the_same_each_time(text: str) -> None:
    assert list(chunks(passage(text))) == list(chunks(passage(text)))


def test_no_chunk_is_longer_than_the_model_reads(built_pieces: list[str]) -> None:
    assert max(len(re.findall(r"\w+|[^\w\s]", p)) for p in built_pieces) < 300


@pytest.fixture(scope="module")
def built_pieces(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    from sources.library import Library

    library = Library(tmp_path_factory.mktemp("empty"))
    document = library.read(library.editions()[0])
    return [c.embedded for p in document.passages for c in chunks(p)]

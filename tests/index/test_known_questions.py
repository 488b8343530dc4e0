"""Questions that passages answer: they speak for their passage, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import Build
from index.errors import DamagedBuildError
from index.glossary import Glossary
from index.known_questions import NAME, KnownQuestions, bonus, known_questions, write
from index.query import Query
from index.registry import BuildRegistry
from index.search import Searcher
from index.verification import faults
from tests.index.fake import FakeEmbedder, Texts, harbour, hits, make, passage, settings_for


def ports(*questions: str) -> Texts:
    """Four passages and ten like them; the fourth comes with the questions."""
    texts = ["Les quais sont réparés.", "Les grues soulèvent.", "Le phare éclaire.", "La passe."]
    texts += [f"Le port garde {what}." for what in "abcdefghij"]
    made = [passage("ports-2031", "fr", n, t) for n, t in enumerate(texts, 1)]
    made = [replace(p, questions=(f"Qui paie {p.text}", f"Qui signe {p.text}")) for p in made]
    made[3] = replace(made[3], questions=questions)
    return Texts({("ports-2031", "fr"): made})


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Build]:
    settings = settings_for(tmp_path)
    make(settings, ports("Où mouiller un voilier ?", "Un voilier, où mouiller ?"))
    build = Build(BuildRegistry(settings.data).path(BuildRegistry(settings.data).current()))
    yield build
    build.close()


def test_a_build_holds_every_question_with_its_passage(opened: Build) -> None:
    assert len(opened.questions) == len(known_questions(opened.passages)) == 28
    vector = FakeEmbedder().encode(["Où mouiller un voilier ?"], "query")[0].text
    found = opened.questions.like(vector)
    assert found is not None
    assert set(found.by_portion) == {p.anchor.work_portion for p in opened.passages}
    assert max(found.by_portion, key=lambda at: found.by_portion[at]) == ("ports-2031", "art_4")


def test_a_question_leads_to_the_passage_that_answers_one_like_it(
    opened: Build, tmp_path: Path
) -> None:
    found = Searcher(opened, FakeEmbedder(), Glossary([])).search(
        Query.of("Où mouiller un voilier ?", "fr"), 20
    )
    assert found[0].anchor.portion == "art_4"
    assert found[0].question_likeness is not None
    assert found[0].question_likeness > 0.5
    settings = settings_for(tmp_path / "without")
    make(settings, ports())
    without = Build(BuildRegistry(settings.data).path(BuildRegistry(settings.data).current()))
    try:
        hits = Searcher(without, FakeEmbedder(), Glossary([])).search(
            Query.of("Où mouiller un voilier ?", "fr"), 20
        )
        assert {h.anchor.portion: h.question_likeness for h in hits}["art_4"] is None
    finally:
        without.close()


def test_sources_without_questions_are_ranked_as_ever(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    make(settings, harbour())
    build = Build(BuildRegistry(settings.data).path(BuildRegistry(settings.data).current()))
    try:
        assert len(build.questions) == 0
        given = hits(build, "Les grues bleues ?", "fr")
        assert {h.question_likeness for h in given} == {None}
    finally:
        build.close()


LIKENESS = st.lists(st.none() | st.floats(-1, 1), max_size=12)


@given(LIKENESS)
def test_a_passage_without_questions_gains_and_loses_nothing(
    likeness: list[float | None],
) -> None:
    found = bonus(likeness)
    assert all(f == 0 for f, a in zip(found, likeness, strict=True) if a is None)


@given(LIKENESS)
def test_among_passages_with_questions_likeness_counts_as_it_is(
    likeness: list[float | None],
) -> None:
    apart = [a - f for f, a in zip(bonus(likeness), likeness, strict=True) if a is not None]
    assert np.ptp(apart or [0]) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.floats(-1, 0.2), min_size=1, max_size=12))
def test_a_question_about_something_else_puts_no_passage_above_those_without_questions(
    likeness: list[float],
) -> None:
    assert max(bonus([None, *likeness])) <= 1e-9


# What is learned, from vectors whose order is known: two subjects, each asked in two manners.
# The manner (who, how much) spreads wider than the subject, as it does in a real model.


def asked_in(folder: Path, *, unanswered: bool = True) -> KnownQuestions:
    """Two passages with 40 questions each of the manner "who", 20 unanswered of "how much"."""
    draw = np.random.default_rng(7)

    def near(subject: int, manner: int, count: int) -> list[np.ndarray]:
        middle = np.zeros(8)
        middle[subject], middle[2 + manner] = 1, 2
        wide = np.array([0.1, 0.1, 0.1, 0.1, 1, 1, 1, 1])
        return [unit(middle + wide * draw.normal(size=8)) for _ in range(count)]

    made, rows = [], []
    for subject in (0, 1):
        yes = tuple(f"Qui {subject}.{n} ?" for n in range(40))
        no = tuple(f"Combien {subject}.{n} ?" for n in range(20)) if unanswered else ()
        text = passage("ports-2031", "fr", subject + 1, "Le quai.")
        made.append(replace(text, questions=yes, unanswered=no))
        rows += near(subject, 0, 40) + near(subject, 1, len(no))
    write(folder, known_questions(made), np.array(rows, np.float32))
    return KnownQuestions.load(folder, made)


def unit(vector: np.ndarray) -> np.ndarray:
    """The vector with length 1."""
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def about(subject: int, manner: int, *, odd: float = 0.8) -> np.ndarray:
    """A question about a subject, in a manner, with something of its own in it."""
    vector = np.zeros(8)
    vector[subject], vector[2 + manner], vector[5] = 1, 2, odd
    return unit(vector)


@pytest.mark.parametrize("subject", [0, 1])
def test_a_question_is_like_those_of_its_subject(tmp_path: Path, subject: int) -> None:
    found = asked_in(tmp_path).like(about(subject, 0))
    assert found is not None
    mine, others = (found.by_portion["ports-2031", f"art_{n}"] for n in (1 + subject, 2 - subject))
    assert mine > others + 0.3


@pytest.mark.parametrize("subject", [0, 1])
def test_what_is_asked_tells_whether_it_is_answered(tmp_path: Path, subject: int) -> None:
    known = asked_in(tmp_path)
    who, how_much = (known.like(about(subject, manner)) for manner in (0, 1))
    assert who is not None
    assert how_much is not None
    here = ("ports-2031", f"art_{1 + subject}")
    assert who.nearer["ports-2031"] > 0 > how_much.nearer["ports-2031"]
    assert who.nearer_some["ports-2031"] > 0 > how_much.nearer_some["ports-2031"]
    assert who.leaning[here] > 0 > how_much.leaning[here]


def test_lists_learned_in_memory_say_what_the_stored_ones_say(tmp_path: Path) -> None:
    stored = asked_in(tmp_path)
    vectors = np.eye(8, dtype=np.float32)
    made = replace(
        passage("ports-2031", "fr", 1, "Le quai."),
        questions=("Qui ?", "Où ?"),
        unanswered=("Combien ?",),
    )
    write(tmp_path, known_questions([made]), vectors[:3])
    loaded = KnownQuestions.load(tmp_path, [made])
    learned = KnownQuestions.of(known_questions([made]), vectors[:3])
    assert learned.like(vectors[0]) == loaded.like(vectors[0])
    assert learned.like(vectors[0]) != stored.like(vectors[0])


def test_without_unanswered_questions_nothing_is_said_of_refusal(tmp_path: Path) -> None:
    known = asked_in(tmp_path, unanswered=False)
    found = known.like(about(0, 1))
    assert found is not None
    assert (found.nearer, found.nearer_some) == ({}, {})
    assert set(found.leaning.values()) == {0}
    assert known.with_unanswered == set()


@pytest.mark.parametrize(("yes", "no"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_the_smallest_lists_are_lists(tmp_path: Path, yes: int, no: int) -> None:
    made = replace(
        passage("ports-2031", "fr", 1, "Le quai."),
        questions=("Qui ?",) * yes,
        unanswered=("Combien ?",) * no,
    )
    rows = np.eye(8, dtype=np.float32)[: yes + no]
    write(tmp_path, known_questions([made]), rows.reshape(-1, 8))
    found = KnownQuestions.load(tmp_path, [made]).like(about(0, 0))
    assert (found is None) == (yes == 0)
    if found:
        assert np.isfinite([*found.by_portion.values(), *found.nearer.values()]).all()


@pytest.mark.parametrize("harm", ["remove", "cut", "other"])
def test_questions_that_are_not_whole_are_found(tmp_path: Path, harm: str) -> None:
    settings = settings_for(tmp_path)
    make(settings, ports("Où ?"))
    folder = BuildRegistry(settings.data).path(BuildRegistry(settings.data).current())
    path = folder / NAME
    if harm == "remove":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:50])
    else:
        np.savez(path, **{**np.load(path), "vectors": np.zeros((1, 2), np.float32)})
    assert any(NAME in fault for fault in faults(folder))
    with pytest.raises(DamagedBuildError, match="not whole"):
        KnownQuestions.load(folder, list(ports("Où ?").texts["ports-2031", "fr"]))


def test_a_new_list_of_questions_embeds_the_questions_alone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    make(settings, ports("Où ?"))
    embedder = FakeEmbedder()
    make(settings, ports("Où ?", "Par où ?"), embedder)
    assert embedder.seen == ["Par où ?"]

from __future__ import annotations

from dataclasses import replace

import pytest

from sources.model import Document, Kind
from sources.twins import twin_differences
from tests.sources.formats.act_reading import read


@pytest.fixture(scope="module")
def twins() -> tuple[Document, Document]:
    return read("journal.{}.xhtml", "fr"), read("journal.{}.xhtml", "nl")


def test_nothing_is_reported_of_twins_that_match(twins: tuple[Document, Document]) -> None:
    assert twin_differences(*twins) == []


def test_a_passage_without_twin_is_reported_on_both_sides(
    twins: tuple[Document, Document],
) -> None:
    fr, nl = twins
    short = replace(nl, passages=tuple(p for p in nl.passages if p.anchor.portion != "art_3bis"))
    assert twin_differences(fr, short) == ["art_3bis: only in fr"]
    short = replace(fr, passages=fr.passages[1:])
    assert twin_differences(short, nl) == ["pbl: only in nl"]


def test_another_kind_and_other_numbers_of_lines_and_points_are_reported(
    twins: tuple[Document, Document],
) -> None:
    fr, nl = twins
    changed = tuple(
        replace(p, text="Artikel 3 in één regel.", kind=Kind.ARTICLE)
        if p.anchor.portion == "art_3.par_1"
        else p
        for p in nl.passages
    )
    assert twin_differences(fr, replace(nl, passages=changed)) == [
        "art_3.par_1: kind paragraph in fr, article in nl",
        "art_3.par_1: lines 6 in fr, 1 in nl",
        "art_3.par_1: points 4 in fr, 0 in nl",
    ]


def test_documents_that_are_not_the_twins_of_one_work_are_refused(
    twins: tuple[Document, Document],
) -> None:
    fr, nl = twins
    with pytest.raises(ValueError, match="not the twins of one work"):
        twin_differences(nl, fr)
    with pytest.raises(ValueError, match="not the twins of one work"):
        twin_differences(fr, replace(nl, work="celex:32031R0418"))

"""Numbered paragraphs of an article that are printed on one line."""

from __future__ import annotations

import pytest

from tests.sources.structure.reading import by_portion, read


@pytest.mark.parametrize("head", ["Art. 2. § 1er.", "Article 2 - § 1.", "Artikel 2. § 1."])
def test_paragraphs_on_one_line_are_each_cited_by_their_number(head: str) -> None:
    found = read(f"{head} Le bac est gratuit. § 2. Le quai est payant ! § 3 Le pont est clos.\n")
    assert by_portion(found) == {
        "art_2.par_1": "Le bac est gratuit.",
        "art_2.par_2": "Le quai est payant !",
        "art_2.par_3": "Le pont est clos.",
    }


@pytest.mark.parametrize(
    "rest",
    [
        "Le bac suit l'article 5, § 2. Le quai est payant.",  # ends no sentence before it
        "Le bac est gratuit. § 4. Le quai est payant.",  # not the next one
        "Le bac est gratuit. § 2 de l'annexe le dit.",
    ],
)
def test_other_paragraphs_that_a_line_names_part_nothing(rest: str) -> None:
    assert by_portion(read(f"Art. 2. § 1er. {rest}\n")) == {"art_2.par_1": rest}


def test_a_line_that_has_no_paragraph_at_its_head_is_one() -> None:
    text = "Le bac est gratuit. § 2. Le quai est payant."
    assert by_portion(read(f"Art. 2. {text}\n")) == {"art_2": text}

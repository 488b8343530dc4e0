from __future__ import annotations

import pytest

from sources.structure.blocks import Block, Role
from sources.structure.nesting import introduced, nested, unquoted


def depths(*labels: str) -> list[int]:
    return [b.depth for b in nested([Block("x", label=s, depth=-1) for s in labels])]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("1.", "2.", "a)", "b)", "3."), [1, 1, 2, 2, 1]),
        (("a)", "i)", "ii)", "b)", "i)"), [1, 2, 2, 1, 2]),
        (("g)", "h)", "i)", "j)"), [1, 1, 1, 1]),
        (("hh)", "ii)", "jj)"), [1, 1, 1]),
        (("1)", "a)", "—", "—", "b)", "2)"), [1, 2, 3, 3, 2, 1]),
        (("1°", "a)", "2°"), [1, 2, 1]),
        (("a)", "1.", "1.1.", "b)"), [1, 2, 3, 1]),
    ],
)
def test_a_new_kind_of_label_opens_a_list_and_a_known_one_closes_those_within(
    labels: tuple[str, ...], expected: list[int]
) -> None:
    assert depths(*labels) == expected


def test_a_line_at_the_margin_ends_all_lists() -> None:
    lines = [
        Block("x", label="1.", depth=-1),
        Block("margin"),
        Block("x", label="a)", depth=-1),
    ]
    assert [b.depth for b in nested(lines)] == [1, 0, 1]


def quoted(*texts: str) -> list[bool]:
    return [b.quoted for b in unquoted([Block(text) for text in texts])]


def test_lines_between_the_signs_of_a_quotation_are_quoted() -> None:
    assert quoted("remplacé par:", "«Article 7", "Les «salles» ouvrent.", "Fin.»", "Article 8") == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert quoted("„Artikel 7", "De zalen gaan open.”;", "Artikel 8") == [True, True, False]


def test_a_quotation_that_never_ends_is_none() -> None:
    assert quoted("«Article 7", "Les salles ouvrent.", "Article 8") == [False, False, False]


def test_a_quotation_within_one_line_is_just_words() -> None:
    assert quoted("«livre», un ouvrage;", "«lecteur», une personne.") == [False, False]


def test_a_quotation_does_not_go_on_beyond_the_title_of_an_annex() -> None:
    lines = [Block("«Article 7"), Block("ANNEXE", Role.TITLE), Block("Fin»")]
    assert not any(b.quoted for b in unquoted(lines))


def inserted(*texts: str) -> list[bool]:
    return [b.quoted for b in introduced([Block(text) for text in texts])]


def test_a_quotation_in_straight_signs_goes_on_to_its_sign_or_ends_before_the_next_article() -> (
    None
):
    law = ("Art. 2. Er wordt ingevoegd:", '"Art. 9. Een vlot drijft.', 'Het "vlot" is vlak.".')
    assert inserted(*law, "Art. 3. Het bad.") == [False, True, True, False]
    assert inserted(*law[:2], "Art. 3. Het bad.", 'Een "vlot".') == [False] * 4


def test_a_quotation_that_begins_on_the_line_of_its_colon_goes_on_below() -> None:
    law = ("Art. 2. Il est inséré un § 2, rédigé comme suit : « § 2. Le bac :", "1° part ;")
    assert inserted(*law, "2° revient. ».", "Art. 3. Le quai.") == [False, True, True, False]


def test_articles_below_a_colon_that_count_otherwise_are_inserted_elsewhere() -> None:
    law = ("Art. 1. L'article 12 est remplacé comme suit :", "Art. 12. Le bac part.", "Il revient.")
    assert inserted(*law, "Art. 2. Le quai.") == [False, True, True, False]
    assert inserted(*law, "Art. 13. Le quai.") == [False] * 4

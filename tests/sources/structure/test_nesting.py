from __future__ import annotations

import pytest

from sources.anchor import Lang
from sources.structure.blocks import Block, Role
from sources.structure.nesting import introduced, nested, unquoted
from tests.sources.structure.reading import by_portion, read


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


@pytest.mark.parametrize(
    ("lang", "inserts", "inserted", "own"),
    [
        ("fr", "Article 2. Dans la loi du 3 mai, il est inséré un article 3 rédigé comme suit :",
         "Article 3. Le bac est gratuit.", "Article 3. Le Roi exécute la loi."),
        ("nl", "Artikel 2. In de wet van 3 mei 2019 wordt een artikel 3 ingevoegd, luidende:",
         "Artikel 3. Het veer is gratis.", "Artikel 3. De Koning voert de wet uit."),
        ("fr", "Article 2. Dans la loi du 3 mai, sont insérés les articles 2bis et 3 comme suit :",
         "Article 3. Le bac est gratuit.", "Article 3. Le Roi exécute la loi."),
        ("nl", "Artikel 2. In de wet van 3 mei worden de artikelen 3 tot 5 ingevoegd, luidende:",
         "Artikel 3. Het veer is gratis.", "Artikel 3. De Koning voert de wet uit."),
    ],
)  # fmt: skip
def test_an_article_that_one_names_and_inserts_is_none_of_the_text_though_it_counts_on(
    lang: Lang, inserts: str, inserted: str, own: str
) -> None:
    article, text = inserts.split(" ", maxsplit=1)[0], own.partition(". ")[2]
    lines = ["Wet" if lang == "nl" else "Loi", f"{article} 1. {text}", inserts, inserted, own]
    lines.append(f"{article} 4. {text}")
    found = by_portion(read("\n\n".join(lines), lang))
    assert found["art_2"] == f"{inserts.partition('. ')[2]}\n{inserted}"
    assert found["art_3"] == text
    once = read("\n\n".join([*lines[:4], lines[5]]), lang)
    assert by_portion(once)["art_3"] == inserted.partition(". ")[2]
    assert any("right below a colon" in told for told in once.warnings)


def test_a_paragraph_that_an_article_replaces_elsewhere_is_none_of_its_own() -> None:
    found = read(
        "Arrêté\n\nArticle 1. À l’article 5, le paragraphe 2 est remplacé par ce qui suit :\n"
        "§ 2. Le bac est gratuit.\n\nArticle 2. Fin.\n"
    )
    assert list(by_portion(found)) == ["art_1", "art_2"]
    own = read(
        "Arrêté\n\nArticle 1. § 1. Le paragraphe 2 est remplacé par :\n§ 2. Le bac est gratuit.\n\n"
        "Article 2. Fin.\n"
    )
    assert any("right below a colon" in told for told in own.warnings)

"""Places that are named in French and in Dutch: the same place gives the same portion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.locator import Step, locator, portion
from sources.numbering import suffix
from sources.pinpoints import find

SUFFIXES = st.integers(1, 60).map(lambda n: suffix(n) if n > 1 else "")
ARTICLES = st.builds("{}{}".format, st.integers(1, 500), SUFFIXES) | st.builds(
    "{}-{}".format, st.integers(1, 99), st.integers(1, 99)
)
PARAGRAPHS = st.integers(1, 30).map(str)
POINTS = st.sampled_from("abcdefghijklmnop")


def portions(text: str) -> list[str]:
    return [p.portion + (f"…{p.last}" if p.last else "") for p in find(text)]


@pytest.mark.parametrize(
    ("french", "dutch", "named"),
    [
        ("l’article 8 sexies", "artikel 8sexies", ["art_8sexies"]),
        ("l’article 8 nonies", "artikel 8 novies", ["art_8nonies"]),
        ("l’article 61/4 de la loi", "artikel 61/4 van de wet", ["art_61-4"]),
        ("l’article premier", "artikel 1", ["art_1"]),
        ("l’article unique", "het enig artikel", ["art_1"]),
        ("le deuxième considérant", "de tweede overweging", ["rct_2"]),
        ("l’article 7, paragraphe 2", "artikel 7, lid 2", ["art_7.par_2"]),
        ("l’article 7, § 2 bis", "artikel 7, § 2bis", ["art_7.par_2bis"]),
        ("le paragraphe 2 de l’article 7", "lid 2 van artikel 7", ["art_7.par_2"]),
        ("article 7(2)(c)", "artikel 7(2)(c)", ["art_7.par_2.pnt_c"]),
        ("art. 7.2.c du règlement", "art. 7.2.c van de verordening", ["art_7.par_2.pnt_c"]),
        ("article 7, § 1er, 4°, b)", "artikel 7, § 1, 4°, b)", ["art_7.par_1.pnt_4.pnt_b"]),
        ("point c) de l’article 7, § 2", "punt c) van artikel 7, lid 2", ["art_7.par_2.pnt_c"]),
        ("l’article 7, sous c)", "artikel 7, onder c)", ["art_7.pnt_c"]),
        ("article 7, § 2, alinéa 3", "artikel 7, § 2, derde lid", ["art_7.par_2.sub_3"]),
        ("article 7, deuxième alinéa", "artikel 7, tweede alinea", ["art_7.sub_2"]),
        ("les considérants 4 et 6", "de overwegingen 4 en 6", ["rct_4", "rct_6"]),
        ("le considérant (12)", "overweging (12)", ["rct_12"]),
        ("l’annexe IV bis", "bijlage IV bis", ["anx_IVbis"]),
        ("annexe II, partie B, point 3", "bijlage II, deel B, punt 3", ["anx_II.prt_B.pnt_3"]),
        ("point 3 de la partie B de l’annexe II", "punt 3 van deel B van bijlage II",
         ["anx_II.prt_B.pnt_3"]),
        ("article 4 de l’annexe II", "artikel 4 van bijlage II", ["anx_II.art_4"]),
        ("les articles 5 et 9", "de artikelen 5 en 9", ["art_5", "art_9"]),
        ("les articles 5 à 9", "de artikelen 5 tot en met 9", ["art_5…art_9"]),
        ("de l’article 5 à l’article 9", "van artikel 5 tot artikel 9", ["art_5…art_9"]),
        ("articles 5, 6 et 9, § 2", "artikelen 5, 6 en 9, lid 2",
         ["art_5", "art_6", "art_9.par_2"]),
        ("article 7, § 1 et § 2 bis", "artikel 7, § 1 en § 2 bis",
         ["art_7.par_1", "art_7.par_2bis"]),
        ("article 7, points a) et c)", "artikel 7, punten a) en c)",
         ["art_7.pnt_a", "art_7.pnt_c"]),
        ("§ 2 de l’article 7 et § 4 de l’article 9", "lid 2 van artikel 7 en lid 4 van artikel 9",
         ["art_7.par_2", "art_9.par_4"]),
        ("article 7, point aa", "artikel 7, punt aa)", ["art_7.pnt_aa"]),
        ("points bb) et cc) de l’article 7", "punten bb) en cc) van artikel 7",
         ["art_7.pnt_bb", "art_7.pnt_cc"]),
        ("article 7, points y) à cc)", "artikel 7, punten y) tot en met cc)",
         ["art_7.pnt_y…art_7.pnt_cc"]),
        ("l’article 7 et 20 jours après", "artikel 7 en 20 dagen later", ["art_7"]),
        ("article L. 422-3", "artikel L. 422-3", ["art_L.422-3"]),
    ],
)  # fmt: skip
def test_the_same_place_in_both_languages_gives_the_same_portion(
    french: str, dutch: str, named: list[str]
) -> None:
    assert portions(french) == portions(dutch) == named


@given(ARTICLES, st.none() | PARAGRAPHS, st.none() | POINTS)
def test_a_place_is_read_as_it_is_cited(
    article: str, paragraph: str | None, point: str | None
) -> None:
    steps = [Step("art", article)]
    steps += [Step("par", paragraph)] if paragraph else []
    steps += [Step("pnt", point)] if point else []
    cited = locator(tuple(steps))
    for text in (f"Voir {cited.fr}.", f"Zie {cited.nl}."):
        (found,) = find(text)
        assert portion(tuple(steps)) in found.readings


@given(ARTICLES, ARTICLES)
def test_another_article_is_another_place(one: str, other: str) -> None:
    (first,), (second,) = find(f"l’article {one} ?"), find(f"artikel {other}?")
    assert (one == other) == bool(set(first.readings) & set(second.readings))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("artikel 3, tweede lid", ("art_3.par_2", "art_3.sub_2")),
        ("article 3, alinéa 2", ("art_3.sub_2", "art_3.par_2")),
        ("art. 3.2", ("art_3.par_2", "art_3.2")),
        ("article 3:12", ("art_3-12", "art_3.12")),
        ("article 12 a du règlement", ("art_12a", "art_12.pnt_a")),
    ],
)
def test_what_may_mean_several_things_has_several_readings(
    text: str, readings: tuple[str, ...]
) -> None:
    assert find(text)[0].readings == readings


@pytest.mark.parametrize(
    "text",
    ["l’article d’un journal", "la section 7", "le point 2.6", "un article de 2016", "art nouveau",
     "artikelen over havens"],
)  # fmt: skip
def test_words_that_name_no_article_name_no_place(text: str) -> None:
    assert find(text) == []


def test_what_is_within_an_article_is_named_after_the_one_that_was_spoken_of() -> None:
    (inner,) = find("En het tweede lid?", inner=True)
    assert inner.inner
    assert inner.within("art_3bis").readings == ("art_3bis.par_2", "art_3bis.sub_2")
    (point,) = find("et le point b) ?", inner=True)
    assert point.within("art_3.par_1.pnt_a").portion == "art_3.par_1.pnt_b"


@given(st.text(max_size=120) | st.text("articlekn 0123456789bis§(),-/.°IVX", max_size=60))
def test_any_text_can_be_searched_and_places_lie_within_it(text: str) -> None:
    for place in find(text, inner=True):
        assert 0 <= place.start < place.end <= len(text)
        assert place.readings


@pytest.mark.parametrize(
    "repeated", ["lid 1 van ", "§ 1 et § 2 du § 3 et ", "leden 1, 2, 3, 4, 5 en 6 van ", "a) et "]
)
def test_places_without_an_end_are_read_in_few_steps(repeated: str) -> None:
    found = find(repeated * 400, inner=True)
    assert all(len(p.readings) <= 8 for p in found)
    assert len(found) < 400 * 100

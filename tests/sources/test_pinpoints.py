"""Places that are named in French and in Dutch: the same place gives the same portion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.anchor import PORTION
from sources.bilingual import Bilingual
from sources.locator import Step, locator, portion, steps_of
from sources.numbering import suffix
from sources.pinpoints import find, numbers_between

SUFFIXES = st.integers(1, 60).map(lambda n: suffix(n) if n > 1 else "")
ARTICLES = st.builds("{}{}".format, st.integers(1, 500), SUFFIXES) | st.builds(
    "{}-{}".format, st.integers(1, 99), st.integers(1, 99)
)
PARAGRAPHS = st.integers(1, 30).map(str)
POINTS = st.sampled_from("abcdefghijklmnop")
NAMED_PARTS = st.builds(
    "{} {}".format,
    st.sampled_from([
        "article", "considérant", "annexe", "protocole", "partie", "titre", "section", "§",
        "paragraphe", "alinéa", "point", "tiret", "phrase", "artikel", "overweging", "bijlage",
        "aanhangsel", "deel", "boek", "afdeling", "lid", "punt", "streepje", "zin",
    ]),
    st.sampled_from(["2", "2 bis", "1er", "3°", "II", "IV ter", "b)", "12a", "57/6", "6.1"]),
) | st.builds(
    "{} {}".format,
    st.sampled_from(["premier", "deuxième", "tweede", "3e"]),
    st.sampled_from(["alinéa", "tiret", "paragraphe", "lid", "streepje", "phrase"]),
)  # fmt: skip
# Addresses of the page, as people may type them too.
ADDRESSES = st.from_regex(PORTION, fullmatch=True) | st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from(["art", "anx", "enc", "sec", "wal", "fut", "par", "pnt", "tab", "row"]),
        st.sampled_from(["", "_2", "_2bis", "_a", "_IV", "(2)", "_3(2)"]),
    ),
    min_size=1,
    max_size=4,
).map(".".join)


def portions(text: str) -> list[str]:
    return [p.portion + (f"…{p.last}" if p.last else "") for p in find(text)]


@pytest.mark.parametrize(
    ("french", "dutch", "named"),
    [
        ("l’article 8 sexies", "artikel 8sexies", ["art_8sexies"]),
        ("l’article 8 nonies", "artikel 8 novies", ["art_8nonies"]),
        ("l’article 61/4 de la loi", "artikel 61/4 van de wet", ["art_61-4"]),
        ("l’article premier", "artikel 1", ["art_1"]),
        ("l’art. 3, littera a)", "art. 3, onderdeel a)", ["art_3.pnt_a"]),
        ("art. 3, § 1er, sub littera a)", "art. 3, § 1, onder punt a)", ["art_3.par_1.pnt_a"]),
        ("le littera b de l’article 3", "onderdeel b van artikel 3", ["art_3.pnt_b"]),
        ("art. 3, litterae a et b", "art. 3, onderdelen a en b", ["art_3.pnt_a", "art_3.pnt_b"]),
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
        ("annexe, point 4.3", "bijlage, punt 4.3", ["anx.pnt_4.3"]),
        ("point 4.3.2 de l’annexe", "punt 4.3.2 van de bijlage", ["anx.pnt_4.3.2"]),
        ("points 4.1 et 4.3 de l’annexe V", "punten 4.1 en 4.3 van bijlage V",
         ["anx_V.pnt_4.1", "anx_V.pnt_4.3"]),
        ("point 4 b) de l’annexe", "punt 4 b) van de bijlage", ["anx.pnt_4.pnt_b"]),
        ("l’annexe de la loi", "de bijlage bij de wet", []),
        ("les annexes, point 2 compris", "de bijlagen, punt 2 inbegrepen", []),
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
        ("section 4 de l’annexe", ("anx.sct_4", "anx.pnt_4")),
        (
            "bijlage II, afdeling 4, punt 4.3",
            ("anx_II.sct_4.pnt_4.3", "anx_II.pnt_4.pnt_4.3", "anx_II.pnt_4.3"),
        ),
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


@pytest.mark.parametrize(
    ("question", "around", "there"),
    [
        ("et le paragraphe 4 ?", "art_9.vlg.par_3", ["art_9.vlg.par_4"]),
        ("en paragraaf 4?", "art_9.fut.bru.par_3.pnt_a", ["art_9.fut.bru.par_4"]),
        ("en punt 2?", "art_6.tab_1.row_2", ["art_6.tab_1.row_2.pnt_2"]),
        ("et le point 5 ?", "sec_1.2.pnt_4", ["sec_1.2.pnt_5"]),
        ("et l’alinéa 2 ?", "fnp", ["fnp.sub_2"]),
        ("en paragraaf 3?", "enc.par_1", ["enc.pnt_3", "enc.par_3"]),
        ("en lid 2?", "art_12e", ["art_12e.par_2", "art_12e.sub_2"]),
        ("et le point b) ?", "art_4.pnt", ["art_4.pnt_b"]),
    ],
)
def test_what_is_spoken_of_stays_as_it_is_around_what_is_within_it(
    question: str, around: str, there: list[str]
) -> None:
    (inner,) = find(question, inner=True)
    assert list(inner.within(around).readings) == there


def test_a_range_within_what_was_spoken_of_has_both_its_ends() -> None:
    (inner,) = find("En de paragrafen 2 tot en met 5?", inner=True)
    within = inner.within("art_30.wal.par_1")
    assert (within.portion, within.last) == ("art_30.wal.par_2", "art_30.wal.par_5")


@given(st.lists(NAMED_PARTS, min_size=1, max_size=4).map(", ".join), ADDRESSES)
def test_every_reading_of_a_place_can_be_cited_in_both_languages(text: str, around: str) -> None:
    found = find(text, inner=True)
    beside = [place.within(around) for place in found if place.inner]
    assert all(portion(steps_of(r)) == r for place in found for r in place.readings)
    for reading in [r for place in (*found, *beside) for r in place.readings]:
        cited = locator(steps_of(reading))
        assert cited.fr
        assert cited.nl


@pytest.mark.parametrize(
    ("address", "french", "dutch"),
    [
        ("art_3.blt_2", "art. 3, 2e tiret", "art. 3, 2e streepje"),
        ("art_3.blt_2bis", "art. 3, tiret 2bis", "art. 3, streepje 2bis"),
        ("anx_II.par_2", "annexe II, 2e alinéa", "bijlage II, 2e alinea"),
        ("anx_II.par_2bis", "annexe II, § 2bis", "bijlage II, lid 2bis"),
        ("art_4.wal.fut.par_2", "art. 4, Région wallonne, droit futur, § 2",
         "art. 4, Waals Gewest, toekomstig recht, lid 2"),
        ("enc.par_3(2)", "dispositif, 3e alinéa (2)", "beschikkend gedeelte, 3e alinea (2)"),
        ("art_4.kay_2", "art. 4, kay_2", "art. 4, kay_2"),
    ],
)  # fmt: skip
def test_what_is_counted_is_cited_by_its_count_and_the_rest_by_its_number(
    address: str, french: str, dutch: str
) -> None:
    assert locator(steps_of(address)) == Bilingual(french, dutch)


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [
        ("art_1", "art_500", 500),
        ("art_1", "art_501", 0),
        ("art_1", "art_99999999999", 0),
        ("art_9", "art_5", 0),
        ("anx_IV", "anx_IX", 6),
        ("anx_I", "anx_CCCXCIX", 399),
        ("art_2.pnt_y", "art_2.pnt_bb", 4),
        ("art_5", "anx_IX", 0),
    ],
)
def test_a_range_is_counted_up_to_a_length_that_can_be_told(
    first: str, last: str, counted: int
) -> None:
    assert len(numbers_between(first, last)) == counted


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

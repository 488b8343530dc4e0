"""References to acts, articles and recitals, as texts and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.references import NamePatterns, bare_numbers, celex, find

NAMES = NamePatterns(
    {
        "celex:32013R0604": ("règlement Dublin", "Dublin III", "Dublinverordening", "Dublin"),
        "tournai-ii": ("accord Tournai II", "accord de Tournai II", "Tournai II", "Doornik II"),
    }
)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("l’accord de Tournai", ["tournai"]),
        ("l’accord de la Tournai", []),  # of two words alone the small ones count
        ("l’accord « de Tournai »", ["tournai"]),
        ("le pacte sur la pêche et les ports", ["pacte"]),
        ("le pacte pêche-ports", ["pacte"]),
    ],
)
def test_small_words_may_differ_in_names_of_three_others(text: str, works: list[str]) -> None:
    names = {"tournai": ("accord de Tournai",), "pacte": ("pacte pêche et ports",)}
    assert [r.work for r in find(text, NamePatterns(names))] == works


@pytest.mark.parametrize(
    ("text", "work", "portion"),
    [
        ("art. 36 de la directive 2016/680", "celex:32016L0680", "art_36"),
        ("artikel 36, lid 2, van Richtlijn (EU) 2016/680", "celex:32016L0680", "art_36.par_2"),
        ("Dublin art. 36.1", "celex:32013R0604", "art_36.par_1"),
        ("(art. 36.1 règlement Dublin)", "celex:32013R0604", "art_36.par_1"),
        (
            "article 8, paragraphe 1, point a), du règlement (CE) n° 45/2001",
            "celex:32001R0045",
            "art_8.par_1.pnt_a",
        ),
        ("l’article premier de la directive 2009/81/CE", "celex:32009L0081", "art_1"),
        ("overweging 26 van Verordening (EU) nr. 604/2013", "celex:32013R0604", "rct_26"),
        ("considérant (26) du règlement (UE) 2016/679", "celex:32016R0679", "rct_26"),
        ("bijlage II bij Verordening (EU) 2019/1111", "celex:32019R1111", "anx_II"),
        ("l’annexe au règlement (UE) 2019/1111", "celex:32019R1111", "anx"),
        ("de bijlage bij Uitvoeringsverordening (EU) 2019/1111", "celex:32019R1111", "anx"),
        (
            "point 3.2 de l’annexe du règlement d’exécution 2019/1111",
            "celex:32019R1111",
            "anx.pnt_3.2",
        ),
        ("l’annexe du règlement 2019/1111, point 3.2", "celex:32019R1111", "anx.pnt_3.2"),
        ("artikel 36 van Richtlijn (EU) 2016/680, lid 2", "celex:32016L0680", "art_36.par_2"),
        ("la recommandation (UE) 2022/915 du Conseil", "celex:32022H0915", None),
        ("Richtlijn 95/46/EG", "celex:31995L0046", None),
        ("décision-cadre 2008/977/JAI du Conseil", "celex:32008F0977", None),
        ("l’accord de Tournai II", "tournai-ii", None),
        ("32016L0680 article 3", "celex:32016L0680", "art_3"),
        ("la décision 1082/2031/UE", "celex:32031D1082", None),
        ("le texte 02016L0680-20160504", "celex:02016L0680-20160504", None),
        ("celex:32016L0680@nl#art_3.par_2 ?", "celex:32016L0680", "art_3.par_2"),
    ],
)
def test_a_reference_names_its_work_and_place(text: str, work: str, portion: str | None) -> None:
    found = [r for r in find(text, NAMES) if r.work]
    assert [(r.work, r.portion) for r in found] == [(work, portion)]
    assert text[found[0].start : found[0].end].strip(" ()") != ""


def test_an_annex_without_a_number_is_a_place_with_its_act_only() -> None:
    found = find("Comme le dit l’annexe, je crois, la directive (UE) 2016/680 est vieille.", NAMES)
    assert [(r.work, r.portion) for r in found] == [("celex:32016L0680", None)]


def test_an_article_without_an_act_is_of_the_text_itself() -> None:
    found = find("Sans préjudice de l’article 12 bis et du considérant 4.", NAMES)
    assert [(r.work, r.portion) for r in found] == [(None, "art_12bis"), (None, "rct_4")]


def test_each_place_of_a_list_is_a_reference_to_its_act() -> None:
    text = "aux articles 5 bis et 61/4, § 2, de la directive (UE) 2016/680"
    found = find(text, NAMES)
    assert [(r.work, r.portion) for r in found] == [
        ("celex:32016L0680", "art_5bis"),
        ("celex:32016L0680", "art_61-4.par_2"),
    ]
    assert [text[r.start : r.end] for r in found] == [
        "articles 5 bis",
        "61/4, § 2, de la directive (UE) 2016/680",
    ]


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("les directives 2003/88 et 2019/770", ["32003L0088", "32019L0770"]),
        (
            "les directives 2003/88/CE, (UE) 2019/770 et (UE) 2019/771",
            ["32003L0088", "32019L0770", "32019L0771"],
        ),
        ("les règlements (UE) 2018/302 et 2019/1150", ["32018R0302", "32019R1150"]),
        ("les règlements délégués (UE) 2018/302 ou 2019/1150", ["32018R0302", "32019R1150"]),
        ("de richtlijnen 2003/88/EG en (EU) 2019/770", ["32003L0088", "32019L0770"]),
        (
            "de verordeningen (EU) nr. 910/2014, 2018/302 en 2019/1150",
            ["32014R0910", "32018R0302", "32019R1150"],
        ),
        ("la directive 2003/88/CE, 24/48 heures", ["32003L0088"]),
        ("la directive 2003/88 et le règlement 2018/302", ["32003L0088", "32018R0302"]),
    ],
)
def test_acts_that_are_listed_are_of_the_kind_that_is_said_once(
    text: str, works: list[str]
) -> None:
    found = find(text, NAMES)
    assert [r.work for r in found] == [f"celex:{w}" for w in works]
    assert all("/" in text[r.start : r.end] for r in found)


def test_a_place_of_acts_that_are_listed_is_one_of_each() -> None:
    text = "les articles 4 et 9 des directives (UE) 2019/770 et 2019/771"
    assert [(r.work, r.portion) for r in find(text, NAMES)] == [
        ("celex:32019L0770", "art_4"),
        ("celex:32019L0770", "art_9"),
        ("celex:32019L0771", "art_4"),
        ("celex:32019L0771", "art_9"),
    ]


def test_two_acts_in_one_sentence_keep_their_own_articles() -> None:
    text = "l’article 5 de la directive 2016/680 et l’article 6 du règlement (UE) 2016/679"
    assert [(r.work, r.portion) for r in find(text, NAMES)] == [
        ("celex:32016L0680", "art_5"),
        ("celex:32016R0679", "art_6"),
    ]


@pytest.mark.parametrize(
    "text", ["le 5/2023", "12/05/2023", "un délai de 24/48 heures", "art nouveau"]
)
def test_dates_and_fractions_are_no_references(text: str) -> None:
    assert find(text, NAMES) == []


def test_the_year_is_where_its_time_puts_it() -> None:
    assert celex("R", "604", "2013", numbered=True) == "32013R0604"
    assert celex("R", "2016", "679", numbered=False) == "32016R0679"
    assert celex("L", "95", "46", numbered=False) == "31995L0046"
    assert celex("D", "1247", "2002", numbered=True) == "32002D1247"
    assert (
        celex("L", "24", "48", numbered=False) == "31924L0048"
        or celex("L", "24", "48", numbered=False) is None
    )


def test_a_bare_number_gives_the_acts_it_could_mean() -> None:
    ((start, end, numbers),) = bare_numbers("que dit 2016/680 ?")
    assert (start, end) == (8, 16)
    assert "32016L0680" in numbers
    assert list(bare_numbers("rien")) == []


@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_places_lie_within_it(text: str) -> None:
    for r in find(text, NAMES):
        assert 0 <= r.start < r.end <= len(text)

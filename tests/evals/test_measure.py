from __future__ import annotations

import math

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evals.cases import Case, Part
from evals.measure import (
    MEASURES,
    calibration_error,
    columns,
    latency,
    risk_coverage,
    values,
)
from evals.scored_case import CaseFault, Given, ScoredCase
from evals.table import by_kind, rows
from tests.evals.handmade import anchor, answer, case, failure, refusal, scored_cases


def test_the_measures_of_four_cases_are_what_a_pencil_gives() -> None:
    one, two, three, none = case("a", "1"), case("b", "2"), case("c", "3"), case("d")
    found = values(
        scored_cases(
            (one, answer(one, "1", "9")),  # right, half of the citations
            (two, answer(two, "8", ranked=("8", "2"))),  # wrong, the right one is second
            (three, refusal(three, "7", "6", "5", "3")),  # refused, the right one is fourth
            (none, refusal(none, "4")),  # rightly refused
        )
    )
    assert found["right"] == 2 / 4
    assert found["hit@1"] == pytest.approx(1 / 3)
    assert found["hit@3"] == pytest.approx(2 / 3)
    assert found["hit@5"] == 1
    assert found["R@5"] == found["R@10"] == 1
    assert found["RR@10"] == pytest.approx((1 + 1 / 2 + 1 / 4) / 3)
    assert found["nDCG@10"] == pytest.approx((1 + 1 / math.log2(3) + 1 / math.log2(5)) / 3)
    assert found["citation precision"] == pytest.approx((1 / 2 + 0) / 2)
    assert found["citation recall"] == pytest.approx(1 / 3)
    assert found["citation F1"] == pytest.approx(2 * (1 / 4) * (1 / 3) / (1 / 4 + 1 / 3))
    assert found["refusal precision"] == 1 / 2
    assert found["refusal recall"] == 1
    assert found["refusal F1"] == pytest.approx(2 / 3)
    assert found["wrongly refused"] == pytest.approx(1 / 3)
    assert found["wrong answers"] == 1 / 4
    assert found["answer language"] == found["exact quotes"] == 1


def test_the_twin_of_a_passage_in_the_other_language_is_right_too() -> None:
    asked = case("a", "1")
    scored = ScoredCase(asked, answer(asked, cited=(anchor("1", "nl"),)))
    assert scored.right
    assert scored.why is None


def test_what_must_be_cited_together_counts_by_its_share() -> None:
    asked = case("a", refuse=False, all=[anchor("1"), anchor("2")])
    scored = ScoredCase(asked, answer(asked, "2"))
    assert scored.recall == 1 / 2
    assert scored.right
    assert scored.why is CaseFault.MISSING


def test_one_of_several_alternatives_is_all_that_has_to_be_cited() -> None:
    asked = case("a", "1", "2", "3")
    assert ScoredCase(asked, answer(asked, "3")).recall == 1


def test_an_answer_to_what_must_be_refused_is_wrong_however_it_cites() -> None:
    asked = case("a")
    scored = ScoredCase(asked, answer(asked, "1"))
    assert (scored.wrong, scored.right, scored.why) == (True, False, CaseFault.ANSWERED)
    assert values([scored])["wrong answers"] == 1


def test_a_case_without_hits_is_not_left_out_of_the_ranking_measures() -> None:
    one, two = case("a", "1"), case("b", "2")
    found = values(scored_cases((one, answer(one, "1")), (two, refusal(two))))
    assert found["RR@10"] == found["R@5"] == found["nDCG@10"] == 1 / 2


def test_a_failed_case_has_the_worst_value_in_each_measure_it_belongs_to() -> None:
    one, two = case("a", "1"), case("b")
    three = one.model_copy(
        update={"id": "c", "any": (), "parts": (Part(about="x"),), "literal": (("5",),)}
    )
    asked = (one, two, three.model_copy(update={"all": one.any}))
    found = values(scored_cases(*((c, failure(c)) for c in asked)))
    for measure in MEASURES:
        assert found[measure.name] == (1 if measure.lower_is_better else 0), measure.name


def test_hits_that_are_noted_beside_a_failure_do_not_count() -> None:
    asked = case("a", "1")
    broken = answer(asked, "1").model_copy(update={"outcome": "error"})
    assert values([ScoredCase(asked, broken)])["hit@1"] == 0
    assert values([ScoredCase(asked, broken)])["citation recall"] == 0
    assert values([ScoredCase(asked, broken)])["exact quotes"] == 0


def test_without_any_refusal_the_f1_of_refusals_is_zero_where_one_was_due() -> None:
    asked = case("a")
    assert values([ScoredCase(asked, answer(asked, "1"))])["refusal F1"] == 0


def test_a_measure_that_no_case_belongs_to_has_no_value() -> None:
    asked = case("a", "1")
    found = values([ScoredCase(asked, answer(asked, "1"))])
    assert math.isnan(found["refusal recall"])
    assert math.isnan(found["refusal F1"])


_CASES = st.builds(
    lambda number, refuse, lang: case(
        f"c-{number}", *([] if refuse else ["1", "2"]), lang=lang, kind="plain"
    ),
    st.integers(0, 10**6),
    st.booleans(),
    st.sampled_from(["fr", "nl"]),
)
_PORTIONS = st.lists(st.sampled_from(["1", "2", "3", "4"]), max_size=4, unique=True).map(tuple)


@st.composite
def _pair(draw: st.DrawFn) -> ScoredCase:
    asked: Case = draw(_CASES)
    cited, ranked = draw(_PORTIONS), draw(_PORTIONS)
    outcome: Given = draw(
        st.sampled_from(
            [
                answer(asked, *cited, ranked=ranked, exact=draw(st.booleans())),
                refusal(asked, *ranked, lang=draw(st.sampled_from(["fr", "nl"]))),
                failure(asked),
            ]
        )
    )
    return ScoredCase(asked, outcome)


@drawn(st.lists(_pair(), max_size=8, unique_by=lambda p: p.case.id), st.booleans())
@settings(max_examples=150)
def test_adding_a_failed_case_never_improves_a_measure(
    before: list[ScoredCase], refuse: bool
) -> None:
    added = case("added", *([] if refuse else ["1"]))
    old, new = values(before), values([*before, ScoredCase(added, failure(added))])
    for measure in MEASURES:
        if not math.isnan(old[measure.name]):
            worse = measure.worse(old[measure.name], new[measure.name])
            assert worse >= -1e-12, measure.name


@drawn(st.lists(_pair(), min_size=1, max_size=8, unique_by=lambda p: p.case.id))
@settings(max_examples=60)
def test_every_measure_is_a_share(some: list[ScoredCase]) -> None:
    assert all(math.isnan(v) or 0 <= v <= 1 for v in values(some).values())


def test_an_interval_holds_the_value_and_is_the_same_each_time() -> None:
    asked = [case(f"c-{n}", "1") for n in range(40)]
    some = scored_cases(*((c, answer(c, "1" if n % 4 else "2")) for n, c in enumerate(asked)))
    found = columns(some)
    measure = next(m for m in MEASURES if m.name == "hit@1")
    low, high = measure.interval(found)
    assert float(measure.of(found)) == pytest.approx(0.75)
    assert low < 0.75 < high
    assert 0.2 < high - low < 0.35  # a binomial share of 40: 1.96 * 2 * sqrt(.75 * .25 / 40)
    assert (low, high) == measure.interval(found)


def test_latency_leaves_out_what_failed() -> None:
    one, two = case("a", "1"), case("b", "1")
    some = scored_cases((one, answer(one, "1", elapsed_ms=80)), (two, failure(two)))
    assert latency(some) == {"p50": 80, "p95": 80}
    assert math.isnan(latency(some[1:])["p50"])


def test_a_hit_elsewhere_in_the_right_article_counts_for_the_article() -> None:
    one, two = case("a", "art_2.par_1"), case("b", "art_3")
    some = scored_cases(
        (one, answer(one, "art_2.par_4")), (two, answer(two, "art_30", ranked=("art_30", "art_3")))
    )
    assert values(some)["hit@1"] == 0
    assert values(some)["article@1"] == 1 / 2


def test_the_calibration_error_is_what_a_pencil_gives() -> None:
    asked = [case(f"c-{n}", "1") for n in range(5)]
    given = [
        ("1", 0.95),
        ("2", 0.95),
        ("1", 0.55),
        ("1", 0.55),
        ("2", 0.0),
    ]  # the last: no estimate
    some = scored_cases(
        *((c, answer(c, best, confidence=p)) for c, (best, p) in zip(asked, given, strict=True))
    )
    assert calibration_error(some) == pytest.approx((abs(1 - 1.9) + abs(2 - 1.1)) / 4)
    assert math.isnan(calibration_error(some[4:]))


def test_risk_falls_on_the_answers_that_the_judge_is_least_sure_of() -> None:
    sure, unsure, due = case("a", "1"), case("b", "1"), case("c")
    some = scored_cases(
        (sure, answer(sure, "1", confidence=0.9)),
        (unsure, answer(unsure, "2", confidence=0.6)),
        (due, refusal(due, "3", confidence=0.2)),
    )
    assert risk_coverage(some) == [
        (pytest.approx(1 / 3), 0),
        (pytest.approx(2 / 3), pytest.approx(1 / 2)),
        (1, pytest.approx(2 / 3)),
    ]


def test_cases_of_equal_confidence_are_one_point_of_the_curve() -> None:
    one, two = case("a", "1"), case("b", "1")
    some = scored_cases(
        (one, answer(one, "1", confidence=0.5)), (two, answer(two, "2", confidence=0.5))
    )
    assert risk_coverage(some) == [(1, 0.5)]


def test_the_table_sets_french_beside_dutch_with_the_gap() -> None:
    fr, nl = case("a", "1"), case("b", "1", lang="nl")
    found = {
        row.measure: row
        for row in rows(scored_cases((fr, answer(fr, "1"))), scored_cases((nl, answer(nl, "2"))))
    }
    hit = found["hit@1"]
    assert [hit.fr, hit.nl, hit.gap] == [1, 0, 1]
    assert list(hit.fr_bounds) == [1, 1]
    assert set(found) == {m.name for m in MEASURES}


def test_kinds_are_measured_apart_in_each_language() -> None:
    fr, nl = case("a", "1", kind="typo"), case("b", kind="unanswerable_far", lang="nl")
    found = by_kind(scored_cases((fr, answer(fr, "2")), (nl, refusal(nl))))
    assert [(r.kind, r.lang, r.cases, r.values["right"]) for r in found] == [
        ("typo", "fr", 1, 0),
        ("unanswerable_far", "nl", 1, 1),
    ]


def test_a_question_of_parts_that_nothing_answers_is_wrong_where_it_is_answered() -> None:
    asked = case("a", parts=[{"about": "le phare"}, {"about": "la digue"}])
    scored = ScoredCase(asked, answer(asked, "1"))
    assert (scored.recall, scored.why) == (1, CaseFault.ANSWERED)
    assert ScoredCase(asked, refusal(asked)).why is None

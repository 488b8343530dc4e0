from __future__ import annotations

from evals.baseline import Baseline, check, of
from evals.compare import compare
from tests.evals.handmade import answer, case, failure, refusal, run

CASES = [case(f"c-{n:02}", "1") for n in range(30)]


def test_a_run_compared_with_itself_has_changed_nowhere() -> None:
    same = run(*((c, answer(c, "1")) for c in CASES))
    found = compare(same, same)
    assert found.cases == 30
    assert found.turns == ()
    assert {c.verdict for c in found.changes} == {"noise"}


def test_cases_that_became_wrong_and_right_are_named_with_the_reason() -> None:
    lost, won, kept = CASES[:3]
    before = run((lost, answer(lost, "1")), (won, refusal(won, "1")), (kept, answer(kept, "1")))
    after = run((lost, answer(lost, "2")), (won, answer(won, "1")), (kept, answer(kept, "1")))
    turns = {t.case: t for t in compare(before, after).turns}
    assert set(turns) == {lost.id, won.id}
    assert (turns[lost.id].now, turns[lost.id].why) == ("wrong", "first citation is not right")
    assert turns[lost.id].before == ("port-2031@fr#1",)
    assert turns[lost.id].after == ("port-2031@fr#2",)
    assert (turns[won.id].now, turns[won.id].why) == (
        "right",
        "refused, should have been answered",
    )
    assert turns[won.id].before == ("refusal",)


def test_many_changes_one_way_are_more_than_noise_and_one_is_not() -> None:
    good = [(c, answer(c, "1")) for c in CASES]
    before = run(*good)
    much = run(*((c, answer(c, "2") if n < 10 else g) for n, (c, g) in enumerate(good)))
    little = run(*((c, answer(c, "2") if n < 1 else g) for n, (c, g) in enumerate(good)))

    def verdict(after: object, measure: str) -> str:
        changes = compare(before, after).changes  # type: ignore[arg-type]
        return next(c.verdict for c in changes if c.measure == measure)

    assert verdict(much, "hit@1") == "worse"
    assert verdict(much, "wrong answers") == "worse"  # higher, and lower is better
    assert verdict(little, "hit@1") == "noise"
    assert compare(much, before).changes[1].verdict == "better"


def test_changes_that_cancel_out_are_noise_though_the_cases_are_named() -> None:
    half = len(CASES) // 2
    before = run(*((c, answer(c, "1" if n < half else "2")) for n, c in enumerate(CASES)))
    after = run(*((c, answer(c, "2" if n < half else "1")) for n, c in enumerate(CASES)))
    found = compare(before, after)
    assert len(found.turns) == 30
    assert next(c.verdict for c in found.changes if c.measure == "hit@1") == "noise"


def test_only_cases_that_are_the_same_in_both_runs_are_compared() -> None:
    shared, gone, new, altered = CASES[:4]
    changed = altered.model_copy(update={"question": "Autre question ?"})
    before = run(*((c, answer(c, "1")) for c in (shared, gone, altered)))
    after = run(*((c, answer(c, "2")) for c in (shared, new, changed)))
    found = compare(before, after)
    assert found.cases == 1
    assert found.not_compared == tuple(sorted([gone.id, new.id, altered.id]))
    assert [t.case for t in found.turns] == [shared.id]


def test_a_case_without_anything_given_became_wrong() -> None:
    asked = CASES[0]
    before = run((asked, answer(asked, "1")))
    after = before.model_copy(update={"given": ()})
    turn = compare(before, after).turns[0]
    assert (turn.now, turn.why) == ("wrong", "failed")


def test_a_baseline_holds_for_the_run_it_was_made_of() -> None:
    same = run(*((c, answer(c, "1")) for c in CASES))
    baseline = of(same)
    assert check(same, baseline).passed
    assert Baseline.model_validate_json(baseline.model_dump_json()) == baseline


def test_a_measure_may_move_by_its_noise_and_not_by_more() -> None:
    good = [(c, answer(c, "1" if n % 5 else "2")) for n, c in enumerate(CASES)]
    baseline = of(run(*good))
    noise = baseline.measures["test"]["fr"]["hit@1"].noise
    assert 0.1 < noise < 0.2  # half of the 95 % interval of 24 in 30
    within = run(*((c, answer(c, "2") if n in (1, 2, 3) else g) for n, (c, g) in enumerate(good)))
    beyond = run(
        *((c, answer(c, "2") if n in range(1, 10) else g) for n, (c, g) in enumerate(good))
    )
    assert check(within, baseline).passed
    falls = {f.measure: f for f in check(beyond, baseline).falls}
    assert {"right", "hit@1", "citation F1", "wrong answers"} <= set(falls)
    assert falls["hit@1"].before == 0.8
    assert "test fr: hit@1 0.800 ->" in str(falls["hit@1"])


def test_a_failing_assistant_falls_below_in_every_measure() -> None:
    asked = [*CASES, case("r-1"), case("r-2")]
    given = [answer(c, "1") if c.any else refusal(c) for c in asked]
    baseline = of(run(*zip(asked, given, strict=True)))
    fallen = {f.measure for f in check(run(*((c, failure(c)) for c in asked)), baseline).falls}
    assert fallen == set(baseline.measures["test"]["fr"])


def test_a_measure_that_has_lost_its_cases_has_fallen() -> None:
    baseline = of(run(*((c, answer(c, "1")) for c in CASES)))
    silent = run(*((c, refusal(c, "1")) for c in CASES))
    assert "exact quotes" in {f.measure for f in check(silent, baseline).falls}


def test_a_run_that_lacks_cases_of_the_baseline_does_not_pass() -> None:
    baseline = of(run(*((c, answer(c, "1")) for c in CASES)))
    verdict = check(run(*((c, answer(c, "1")) for c in CASES[1:])), baseline)
    assert not verdict.passed
    assert verdict.lacking == (CASES[0].id,)


def test_cases_newer_than_the_baseline_are_not_held_against_it() -> None:
    baseline = of(run(*((c, answer(c, "1")) for c in CASES[:20])))
    grown = run(*((c, answer(c, "1" if n < 20 else "2")) for n, c in enumerate(CASES)))
    verdict = check(grown, baseline)
    assert verdict.passed
    assert len(verdict.new) == 10

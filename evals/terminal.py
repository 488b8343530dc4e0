"""Runs, comparisons and candidates on a terminal. Control characters from files are not printed."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.cases import SPLITS
from evals.measure import calibration_error, latency
from evals.table import BY_KIND, by_kind, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.baseline import Verdict
    from evals.compare import Comparison
    from evals.feedback import Candidates
    from evals.run import CaseSelection, EvaluationRun
    from evals.scored_case import ScoredCase

_HEADLINE = {"test": "test (the half to report on)", "dev": "dev (the half to tune on)"}


def plain(text: str) -> Text:
    """A text as it is: no markup, and no control characters."""
    return Text("".join(c if c.isprintable() else " " for c in text))


def share(value: float, *, signed: bool = False) -> str:
    """A share, 0 to 1, with three decimals; a dash for none."""
    if isnan(value):
        return "-"
    return f"{value:+.3f}" if signed else f"{value:.3f}"


def _bounds(bounds: tuple[float, float], *, signed: bool = False) -> str:
    low, high = bounds
    sign = "+" if signed else ""
    return "" if isnan(low) else f"{low:{sign}.2f}…{high:{sign}.2f}"


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", padding=0
    )
    table.add_column(columns[0])
    for name in columns[1:]:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def left_out(choice: CaseSelection) -> list[str]:
    """What is said of cases that are not run."""
    lines = []
    if choice.unindexed:
        works = sorted({w for c in choice.unindexed for w in c.works})
        lines.append(
            f"{len(choice.unindexed)} case(s) left out: their works are not (all) indexed "
            f"({', '.join(works[:4])}{', …' if len(works) > 4 else ''})"
        )
    if choice.overtaken:
        lines.append(
            f"{len(choice.overtaken)} case(s) left out: they need a work not to be indexed, "
            "and it is"
        )
    return lines


def show_run(run: EvaluationRun, console: Console) -> None:
    """The measures by split, the headline (test) last, then by kind."""
    console.print(plain(f"build {run.build}, model {run.model}, {len(run.cases)} cases"))
    for split in SPLITS:
        french, dutch = run.scored_cases(split, "fr"), run.scored_cases(split, "nl")
        if french or dutch:
            console.print(_measures(_HEADLINE[split], french, dutch))
    console.print(_kinds(run.scored_cases()))
    if failed := [p for p in run.scored_cases() if p.failed]:
        console.print(plain(f"{len(failed)} case(s) failed: {failed[0].given.error}"))


def _measures(title: str, french: Sequence[ScoredCase], dutch: Sequence[ScoredCase]) -> Table:
    table = _table(
        title, "measure", f"fr ({len(french)})", "95 %", f"nl ({len(dutch)})", "95 %", "gap", "95 %"
    )
    for row in rows(french, dutch):
        table.add_row(
            row.measure + (" ↓" if row.lower_is_better else ""),
            share(row.fr),
            _bounds(row.fr_bounds),
            share(row.nl),
            _bounds(row.nl_bounds),
            share(row.gap, signed=True),
            _bounds(row.gap_bounds, signed=True),
        )
    times = latency(french), latency(dutch)
    for key in ("p50", "p95"):
        fr, nl = (f"{t[key]:.0f}" if not isnan(t[key]) else "-" for t in times)
        table.add_row(f"latency {key} (ms)", fr, "", nl, "", "", "")
    fr, nl = (share(calibration_error(part)) for part in (french, dutch))
    table.add_row("calibration error ↓", fr, "", nl, "", "", "")
    return table


def _kinds(scored_cases: Sequence[ScoredCase]) -> Table:
    halves = sorted({p.case.split for p in scored_cases})
    title = "by kind, both halves" if len(halves) > 1 else f"by kind, {halves[0]}"
    table = _table(title, "kind", "lang", "cases", *BY_KIND)
    for row in by_kind(scored_cases):
        values = (share(row.values[name]) for name in BY_KIND)
        table.add_row(row.kind, row.lang, str(row.cases), *values)
    return table


def show_comparison(found: Comparison, console: Console) -> None:
    """What changed by more than noise, and the cases that became right or wrong."""
    console.print(plain(f"{found.before} -> {found.after}: {found.cases} cases in both"))
    if found.not_compared:
        names = ", ".join(found.not_compared[:10]) + (", …" if len(found.not_compared) > 10 else "")
        console.print(plain(f"not compared ({len(found.not_compared)}): {names}"))
    changed = [c for c in found.changes if c.verdict != "noise"]
    if changed:
        table = _table(
            "measures that changed by more than noise",
            *("measure", "split", "lang", "before", "after", "95 % of the change", ""),
        )
        for c in changed:
            bounds = _bounds((c.low, c.high), signed=True)
            values = share(c.before), share(c.after), bounds, c.verdict
            table.add_row(c.measure, c.split, c.lang, *values)
        console.print(table)
    else:
        console.print("no measure changed by more than noise")
    for now in ("wrong", "right"):
        turned = [t for t in found.turns if t.now == now]
        console.print(plain(f"\n{len(turned)} case(s) became {now}"))
        for t in turned:
            console.print(plain(f"  {t.case} ({t.split}, {t.kind}) {t.question}"), soft_wrap=True)
            outcomes = f"{', '.join(t.before)} -> {', '.join(t.after)}"
            console.print(plain(f"      {outcomes}; {t.why}"), soft_wrap=True)


def show_verdict(verdict: Verdict, console: Console) -> None:
    """What a check found."""
    if verdict.lacking:
        names = ", ".join(verdict.lacking[:5]) + (", …" if len(verdict.lacking) > 5 else "")
        console.print(
            plain(
                f"{len(verdict.lacking)} case(s) of the baseline were not run or were altered "
                f"({names}), so nothing can be compared. Index their works, or refresh the "
                "baseline: python -m evals check --refresh"
            )
        )
    for fall in verdict.falls:
        console.print(plain(f"fallen  {fall}"))
    if verdict.new:
        console.print(f"{len(verdict.new)} case(s) are newer than the baseline: not looked at")
    if verdict.passed:
        console.print("the baseline holds")


def show_candidates(found: Candidates, console: Console) -> None:
    """Each remark with the command that makes a case of it."""
    for candidate in found.found:
        r = candidate.remark
        head = f"{r.time}  {r.lang}  {r.outcome}  {r.reason or 'good'}  (build {r.build})"
        said = [f"  “{r.comment}”"] if r.comment else []
        for line in (head, f"  {r.question}", *said, *(f"    {a}" for a in r.anchors)):
            console.print(plain(line), soft_wrap=True)
        console.print(plain(f"  {candidate.command}\n"), soft_wrap=True)
    console.print(f"{len(found.found)} candidate(s); {found.known} remark(s) are cases already")

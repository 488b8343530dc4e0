"""A run as one self-contained HTML page: measures, curve, and the failures side by side.

Nothing is loaded from anywhere: style, script and data are in the one file, and a content
security policy lets nothing else run, so that a question or a text of a source cannot either.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from evals import curve
from evals.cases import SPLITS, Split
from evals.failures import failures
from evals.markup import percent, say
from evals.measure import Bounds, calibration_error, latency
from evals.run import EvaluationRun
from evals.scored_case import ScoredCase
from evals.table import BY_KIND, MeasureRow, by_kind, rows
from sources.anchor import LANGS
from sources.files import write_atomically


def write(run: EvaluationRun, path: Path) -> None:
    """Write the report of a run."""
    write_atomically(path, render(run).encode("utf-8"))


def render(run: EvaluationRun) -> str:
    """The report of a run as one HTML file."""
    css, js = _asset("css"), _asset("js")
    policy = (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(js)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    test = {la: run.scored_cases("test", la) for la in LANGS}
    return Template(_asset("html")).substitute(
        policy=escape(policy),
        css=css,
        js=js,
        title=say("page.title", "title"),
        heading=say("page.title"),
        switch=say("page.language"),
        noscript=say("page.script", "p"),
        run_heading=say("run.heading"),
        configuration=_configuration(run),
        measures_heading=say("measures.heading"),
        measures="".join(_measures(run, split) for split in reversed(SPLITS)),
        measures_note=say("measures.note"),
        risk_heading=say("risk.heading"),
        risk_note=say("risk.note"),
        risk=curve.draw(test),
        kinds_heading=say("kinds.heading"),
        kinds=_kinds(run.scored_cases()),
        failures_heading=say("failures.heading"),
        failures=failures(run),
    )


def _asset(ending: str) -> str:
    return Path(__file__).with_name(f"report.{ending}").read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _configuration(run: EvaluationRun) -> str:
    left_out = ", ".join(run.left_out)
    entries = {
        "build": escape(run.build),
        "model": escape(run.model),
        "judge": escape(run.judge),
        "created": escape(run.created),
        "sources": escape(", ".join(run.sources)),
        "cases": str(len(run.cases)),
        "left_out": f"{len(run.left_out)}: {escape(left_out)}" if left_out else say("run.none"),
    }
    return "".join(f"{say(f'run.{k}', 'dt')}<dd>{v}</dd>" for k, v in entries.items())


def _measures(run: EvaluationRun, split: Split) -> str:
    french, dutch = (run.scored_cases(split, la) for la in LANGS)
    if not french and not dutch:
        return ""
    head = [
        say("measures.measure", "th", "scope=col"),
        say("measures.fr", "th", "scope=col", count=len(french)),
        say("measures.interval", "th", "scope=col"),
        say("measures.nl", "th", "scope=col", count=len(dutch)),
        say("measures.interval", "th", "scope=col"),
        say("measures.gap", "th", "scope=col"),
        say("measures.interval", "th", "scope=col"),
    ]
    fr, nl = (percent(calibration_error(part)) for part in (french, dutch))
    body = [
        *map(_row, rows(french, dutch)),
        _line(say("measures.calibration"), [fr, "", nl, "", "", ""]),
        *_latency(latency(french), latency(dutch)),
    ]
    return _table(say(f"measures.{split}", "caption"), head, body)


def _row(row: MeasureRow) -> str:
    lower = f"; {say('measures.lower')}" if row.lower_is_better else ""
    name = f"{say(f'measure.{row.measure}')}<small>{say(f'explain.{row.measure}')}{lower}</small>"
    cells = [
        percent(row.fr),
        _bounds(row.fr_bounds),
        percent(row.nl),
        _bounds(row.nl_bounds),
        percent(row.gap, signed=True),
        _bounds(row.gap_bounds, signed=True),
    ]
    return _line(name, cells)


def _bounds(bounds: Bounds, *, signed: bool = False) -> str:
    return " … ".join(percent(b, signed=signed) for b in bounds)


def _latency(fr: Mapping[str, float], nl: Mapping[str, float]) -> list[str]:
    return [
        _line(
            say(f"measures.latency_{key}"),
            [*(cell for t in (fr, nl) for cell in (_milliseconds(t[key]), "")), "", ""],
        )
        for key in fr
    ]


def _milliseconds(value: float) -> str:
    return f"{value:.0f} ms" if value >= 0 else "–"  # NaN is not


def _line(name: str, cells: Iterable[str]) -> str:
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{c}</td>" for c in cells)}</tr>'


def _table(caption: str, head: Iterable[str], body: Iterable[str]) -> str:
    return (
        f'<div class="scroll" tabindex="0"><table>{caption}<thead><tr>{"".join(head)}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _kinds(scored_cases: Sequence[ScoredCase]) -> str:
    head = [
        say("kinds.kind", "th", "scope=col"),
        say("kinds.lang", "th", "scope=col class=text"),
        say("kinds.cases", "th", "scope=col"),
        *(say(f"measure.{name}", "th", "scope=col") for name in BY_KIND),
    ]
    body = [
        f'<tr><th scope="row">{say(f"kind.{row.kind}")}</th>'
        f'<td class="text">{say(f"lang.{row.lang}")}</td><td>{row.cases}</td>'
        f"{''.join(f'<td>{percent(row.values[name])}</td>' for name in BY_KIND)}</tr>"
        for row in by_kind(scored_cases)
    ]
    return _table(say("kinds.caption", "caption"), head, body)

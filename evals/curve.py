"""The risk-coverage curve as an image without words, with its words and its values beside it."""

from __future__ import annotations

import base64
import io
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from evals.markup import percent, say
from evals.measure import risk_coverage
from evals.scored_case import ScoredCase
from sources.anchor import LANGS, Lang
from sources.errors import DuchesseError

_TENTHS = [n / 10 for n in range(1, 11)]
_DASHES: dict[Lang, str] = {"fr": "-", "nl": "--"}
# The colours of report.css.
_LIGHT = {"ink": "#1b1b1b", "line": "#c9c9c9", "fr": "#1b4f9c", "nl": "#a8400a"}
_DARK = {"ink": "#ececec", "line": "#4a4a4a", "fr": "#8ab4f8", "nl": "#ffab70"}
Point = tuple[float, float]


def draw(scored_cases: Mapping[Lang, Sequence[ScoredCase]]) -> str:
    """Curve and table for the cases of each language; "" without any."""
    curves = {la: risk_coverage(scored_cases[la]) for la in LANGS if scored_cases[la]}
    if not curves:
        return ""
    now = {la: _now(scored_cases[la]) for la in curves}
    legend = " ".join(say(f"risk.{la}", attributes=f'class="curve {la}"') for la in curves)
    up = say("risk.y", attributes='id="risk-y"')
    across = say("risk.x", "p", 'id="risk-x"')
    return (
        f"<figure><figcaption>{up}{legend}</figcaption>"
        '<div role="img" aria-labelledby="risk-y risk-x"><picture>'
        f'<source media="(prefers-color-scheme: dark)" srcset="{_image(curves, now, _DARK)}">'
        f'<img alt="" src="{_image(curves, now, _LIGHT)}"></picture></div>'
        f"{across}</figure>{_table(curves, now)}"
    )


def _image(
    curves: Mapping[Lang, Sequence[Point]], now: Mapping[Lang, Point], colours: Mapping[str, str]
) -> str:
    """The curves as a data URL of SVG, the same bytes for the same values."""
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
        from matplotlib.ticker import MultipleLocator, PercentFormatter
    except ImportError as error:
        raise DuchesseError(
            "the package that draws the curve is not installed",
            "matplotlib",
            "Install the development packages: pip install -e .[dev]",
        ) from error
    svg = io.BytesIO()
    with rc_context({"svg.hashsalt": "risk", "axes.edgecolor": colours["ink"]}):
        figure = Figure(figsize=(6.6, 3.2), layout="constrained")
        axes = figure.add_subplot()
        for la, points in curves.items():
            axes.plot(*zip(*points, strict=True), _DASHES[la], color=colours[la])
            axes.plot(*now[la], "o", color=colours[la])
        highest = max(risk for points in (*curves.values(), now.values()) for _, risk in points)
        axes.set(xlim=(0, 1), ylim=(0, min(1.0, max(0.1, 1.05 * highest))))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MultipleLocator(0.1))
            axis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
        axes.grid(axis="y", color=colours["line"])
        axes.tick_params(color=colours["ink"], labelcolor=colours["ink"])
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(svg, format="svg", transparent=True, metadata={"Date": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.getvalue()).decode('ascii')}"


def _now(scored_cases: Sequence[ScoredCase]) -> Point:
    """Coverage and risk as the assistant is set now."""
    answered = [p for p in scored_cases if p.answered]
    wrong = sum(p.wrong for p in answered)
    return len(answered) / len(scored_cases), wrong / len(answered) if answered else 0.0


def _table(curves: Mapping[Lang, Sequence[Point]], now: Mapping[Lang, Point]) -> str:
    head = "".join(say(f"risk.{la}", "th", 'scope="col"') for la in curves)
    lines = []
    for tenth in _TENTHS:
        cells = "".join(f"<td>{percent(_at(points, tenth))}</td>" for points in curves.values())
        lines.append(f'<tr><th scope="row">{100 * tenth:.0f} %</th>{cells}</tr>')
    cells = "".join(f"<td>{percent(now[la][1])} ({percent(now[la][0])})</td>" for la in curves)
    lines.append(f"<tr>{say('risk.now', 'th', 'scope=row')}{cells}</tr>")
    return (
        f"<details>{say('risk.table', 'summary')}<table>{say('risk.y', 'caption')}<thead><tr>"
        f"{say('risk.coverage', 'th', 'scope=col')}{head}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></details>"
    )


def _at(points: Sequence[Point], coverage: float) -> float:
    """Risk at the first point that covers at least so much."""
    place = bisect_left(points, (coverage - 1e-9, -1.0))
    return points[min(place, len(points) - 1)][1]

"""The risk-coverage curve as inline SVG, with the same values as a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.markup import percent, say
from evals.measure import risk_coverage
from evals.pair import Pair
from sources.anchor import LANGS, Lang

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 660, 340, 72, 15, 632, 280
_TENTHS = [n / 10 for n in range(1, 11)]
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Scale:
    """From (coverage, risk) to the place on the drawing; risk goes up to ``top``."""

    top: float

    def at(self, coverage: float, risk: float) -> tuple[float, float]:
        x = _LEFT + coverage * (_RIGHT - _LEFT)
        return round(x, 1), round(_BOTTOM - risk / self.top * (_BOTTOM - _TOP), 1)


def draw(pairs: Mapping[Lang, Sequence[Pair]]) -> str:
    """Curve and table for the pairs of each language; "" without any."""
    curves = {la: risk_coverage(pairs[la]) for la in LANGS if pairs[la]}
    if not curves:
        return ""
    now = {la: _now(pairs[la]) for la in curves}
    highest = max(risk for points in (*curves.values(), list(now.values())) for _, risk in points)
    scale = _Scale(min(1.0, max(0.1, -(-highest * 10 // 1) / 10)))  # the next tenth
    parts = [_axes(scale)]
    for la, points in curves.items():
        path = " ".join(f"{x},{y}" for x, y in (scale.at(*p) for p in points))
        x, y = scale.at(*now[la])
        parts.append(f'<polyline class="{la}" points="{path}"/>')
        parts.append(f'<circle class="now {la}" cx="{x}" cy="{y}" r="5"/>')
        parts.append(_legend(la, list(curves).index(la)))
    title = say("risk.heading", "title", 'id="risk-title"')
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" '
        f'aria-labelledby="risk-title">{title}{"".join(parts)}</svg>{_table(curves, now)}'
    )


def _now(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Coverage and risk as the assistant is set now."""
    answered = [p for p in pairs if p.answered]
    wrong = sum(p.wrong for p in answered)
    return len(answered) / len(pairs), wrong / len(answered) if answered else 0.0


def _axes(scale: _Scale) -> str:
    parts = [f'<path class="axis" d="M{_LEFT},{_TOP}V{_BOTTOM}H{_RIGHT}"/>']
    for tenth in _TENTHS:
        x, _ = scale.at(tenth, 0)
        parts.append(_tick(x, _BOTTOM + 18, "middle", f"{100 * tenth:.0f}"))
    for step in range(1, round(scale.top * 10) + 1):
        _, y = scale.at(0, step / 10)
        parts.append(f'<path class="grid" d="M{_LEFT},{y}H{_RIGHT}"/>')
        parts.append(_tick(_LEFT - 8, y + 4, "end", f"{10 * step}"))
    middle = (_TOP + _BOTTOM) / 2
    across = f'x="{(_LEFT + _RIGHT) / 2}" y="{_BOTTOM + 40}" text-anchor="middle"'
    up = f'x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})"'
    return "".join([*parts, say("risk.x", "text", across), say("risk.y", "text", up)])


def _tick(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{text} %</text>'


def _legend(lang: str, place: int) -> str:
    y = _TOP + 16 + 20 * place
    line = f'<path class="{lang}" d="M{_LEFT + 14},{y}h36"/>'
    return line + say(f"risk.{lang}", "text", f'x="{_LEFT + 58}" y="{y + 4}"')


def _table(curves: Mapping[Lang, Points], now: Mapping[Lang, tuple[float, float]]) -> str:
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


def _at(points: Points, coverage: float) -> float:
    """Risk at the first point that covers at least so much."""
    place = bisect_left(points, (coverage - 1e-9, -1.0))
    return points[min(place, len(points) - 1)][1]

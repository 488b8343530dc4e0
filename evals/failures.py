"""The failures of a run, side by side: what was expected, what was given, and why that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from evals.cases import SPLITS
from evals.markup import both, percent, quote, say
from evals.run import EvaluationRun, PassageRecord
from evals.scored_case import ScoredCase
from sources.anchor import other

_SHOWN = 3  # best ranked passages of a refused question
_FILTERS = ("lang", "kind", "split", "why")


def failures(run: EvaluationRun) -> str:
    """A form to filter with, and every case with a fault, the headline half first."""
    failed = [p for split in reversed(SPLITS) for p in run.scored_cases(split) if p.why]
    if not failed:
        return f"<p>{say('failures.none')}</p>"
    passages = {p.anchor: p for p in run.passages}
    return _form(failed) + "".join(_failure(p, passages) for p in failed)


def _keys(scored: ScoredCase) -> dict[str, str]:
    """What a failure can be filtered by."""
    assert scored.why
    case = scored.case
    return {
        "lang": case.lang,
        "kind": str(case.kind),
        "split": case.split,
        "why": scored.why.name.lower(),
    }


def _form(failed: Sequence[ScoredCase]) -> str:
    chosen = []
    for key in _FILTERS:
        found = sorted({_keys(p)[key] for p in failed})
        options = say("failures.all", "option", 'value=""')
        for value in found:
            attribute = f'value="{escape(value)}"'
            options += (
                both(value, value, "option", attribute)
                if key == "split"
                else say(f"{key}.{value}", "option", attribute)
            )
        chosen.append(
            f'<label>{say(f"failures.{key}")}<select name="{key}">{options}</select></label>'
        )
    words = f'<label>{say("failures.words")}<input type="search" name="words"></label>'
    count = f'<p><output id="count" aria-live="polite">{len(failed)}</output> '
    return f'<form id="filter">{"".join(chosen)}{words}{count}{say("failures.shown")}</p></form>'


def _failure(scored: ScoredCase, passages: Mapping[str, PassageRecord]) -> str:
    case, keys = scored.case, _keys(scored)
    data = " ".join(f'data-{k}="{escape(v)}"' for k, v in keys.items())
    about = ", ".join([say(f"lang.{case.lang}"), say(f"kind.{case.kind}"), case.split])
    history = "".join(f'<li lang="{case.lang}">{escape(q)}</li>' for q in case.history)
    return (
        f"<article {data}><h3><code>{escape(case.id)}</code> "
        f"{say('why.' + keys['why'])}</h3><p class=note>{about}</p>"
        + (f"<p>{say('failures.history')}</p><ol>{history}</ol>" if history else "")
        + quote(case.question, case.lang, "question")
        + (f"<p class=note>{say('failures.note')}: {escape(case.note)}</p>" if case.note else "")
        + f'<div class="side"><div><h4>{say("failures.expected")}</h4>{_expected(scored, passages)}'
        + f"</div><div><h4>{say('failures.given')}</h4>{_given(scored, passages)}</div></div>"
        + "</article>"
    )


def _expected(scored: ScoredCase, passages: Mapping[str, PassageRecord]) -> str:
    case = scored.case
    if case.refuse:
        return f"<p>{say('failures.refusal')}</p>"
    parts = "".join(
        quote(part.about, case.lang)
        + (_those(part.any, passages, "failures.one") or say("failures.unanswered", "p"))
        for part in case.parts
    )
    key = "failures.every" if case.all else "failures.one"
    return parts + _those((*case.any, *case.all), passages, key)


def _those(anchors: Sequence[str], passages: Mapping[str, PassageRecord], key: str) -> str:
    """Passages that are expected, below what is expected of several."""
    head = say(key, "p") if len(anchors) > 1 else ""
    return head + "".join(_passage(a, passages) for a in anchors)


def _given(scored: ScoredCase, passages: Mapping[str, PassageRecord]) -> str:
    given = scored.given
    if scored.failed:
        return f"<p>{say('failures.error')}: {escape(given.error)}</p>"
    parts = [f"<p>{say('failures.answer' if scored.answered else 'failures.refused')}</p>"]
    if not scored.case.refuse:
        rank = next((n for n, r in enumerate(scored.ranked, 1) if r in scored.good), None)
        parts.append(say("failures.rank", "p", rank=rank) if rank else say("failures.no_rank", "p"))
    parts.append(say("failures.confidence", "p", value=percent(given.confidence) + " %"))
    shown = given.cited
    if scored.refused:
        shown = given.ranked[:_SHOWN]
        parts.append(f"<p>{say('failures.nearest')}</p>")
    return "".join(parts) + "".join(_passage(a, passages, scored) for a in shown)


def _passage(
    anchor: str, passages: Mapping[str, PassageRecord], scored: ScoredCase | None = None
) -> str:
    """A passage with its place and, beside what was given, whether it is right."""
    found = passages.get(anchor)
    place = both(found.fr, found.nl, "strong") if found else ""
    verdict = ""
    if scored and not scored.case.refuse:
        word = "right" if scored.is_right(anchor) else "wrong"
        verdict = say(f"failures.{word}", "span", f'class="verdict {word}"')
    head = f"<p>{place} {verdict}<br><code>{escape(anchor)}</code></p>"
    if not found:
        return f"{head}<p class=note>{say('failures.lost')}</p>"
    working = ""
    if found.working:
        summary = say("failures.working", "summary")
        working = f"<details>{summary}{quote(found.working, other(found.lang))}</details>"
    return head + quote(found.text, found.lang) + working

"""What readers think of answers: one JSON line each, in a file that is its owner's alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from assistant.answer import Answer, Outcome
from sources.files import append_privately

VERDICTS = frozenset(
    {"good", "wrong_passage", "incomplete", "wrong_language", "should_refuse", "should_answer"}
)


class Feedback:
    """The file ``feedback/feedback.jsonl`` of a data folder; safe for several writers."""

    def __init__(self, data: Path) -> None:
        self.path = data / "feedback" / "feedback.jsonl"

    def add(self, outcome: Outcome, verdict: str) -> None:
        """Append one verdict; ``ValueError`` where it is not one of VERDICTS."""
        if verdict not in VERDICTS:
            raise ValueError(f"not a verdict: {verdict!r}")
        cited = outcome.citations if isinstance(outcome, Answer) else outcome.nearest
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "question": outcome.question,
            "lang": outcome.lang,
            "outcome": outcome.outcome,
            "anchors": [c.anchor for c in cited],
            "verdict": "good" if verdict == "good" else "bad",
            "reason": "" if verdict == "good" else verdict,
            "build": outcome.build,
        }
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(f"{self.path}.lock"):
            append_privately(self.path, line)

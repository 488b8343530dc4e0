"""What readers think of answers: JSON lines in a file that is its owner's alone.

Nothing in it is changed. A later line with the same id stands in the place of an earlier one, and
a line that withdraws an id takes it back.
"""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Outcome
from sources.files import append_privately
from sources.locks import locked

REASONS = ("wrong_passage", "incomplete", "wrong_language", "should_refuse", "should_answer")
VERDICTS = frozenset({"good", *REASONS})
LONGEST_COMMENT = 500  # characters
_WAIT = 5.0  # seconds that a reader waits for another one


class Feedback:
    """The file ``feedback/feedback.jsonl`` of a data folder; safe for several writers."""

    def __init__(self, data: Path) -> None:
        self.path = data / "feedback" / "feedback.jsonl"

    def add(self, outcome: Outcome, verdict: str, comment: str = "", remark: str = "") -> str:
        """Append a verdict and what its reader adds to it; give its id.

        With the id of an earlier one (``remark``) it stands in the place of that one.
        ``ValueError`` where the verdict is not one of VERDICTS, or the comment is too long.
        """
        if verdict not in VERDICTS:
            raise ValueError(f"not a verdict: {verdict!r}")
        if len(comment) > LONGEST_COMMENT:
            raise ValueError(f"a comment of {len(comment)} characters")
        remark = remark or uuid.uuid4().hex
        cited = outcome.citations if isinstance(outcome, Answer) else outcome.nearest
        self._append(
            {
                "id": remark,
                "question": outcome.question,
                "lang": outcome.lang,
                "outcome": outcome.outcome,
                "anchors": [c.anchor for c in cited],
                "verdict": "good" if verdict == "good" else "bad",
                "reason": "" if verdict == "good" else verdict,
                "comment": comment,
                "build": outcome.build,
            }
        )
        return remark

    def withdraw(self, remark: str) -> None:
        """Take back the verdict with this id."""
        self._append({"withdraws": remark})

    def _append(self, entry: dict[str, Any]) -> None:
        timed = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **entry}
        line = json.dumps(timed, ensure_ascii=False) + "\n"
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(Path(f"{self.path}.lock"), _WAIT):
            append_privately(self.path, line)

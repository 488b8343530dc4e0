"""One line for each question that was asked through the page: what happened, not what was said.

``audit/audit-<day>.jsonl`` in the data folder. The question itself is there only as a hash that
is salted for this installation, so that equal questions can be counted and none can be looked up
elsewhere; its text only where the settings say so. Whoever holds salt and file can test a guess.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer
from sources.files import append_privately
from sources.locks import locked

if TYPE_CHECKING:
    from assistant.answer import Outcome
    from sources.settings import Settings

_LOG = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds that a line may wait for another


class Audit:
    """The audit of a data folder; safe for several writers. A failure to write stops no answer."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.data / "audit"
        self._text = settings.audit_text

    def add(
        self, question: str, outcome: Outcome | None, *, elapsed_ms: int, user: str | None
    ) -> None:
        """Append one line; ``outcome`` is None for a question that failed.

        What goes wrong here is logged and nothing else: the reader has their answer.
        """
        try:
            self._add(question, outcome, elapsed_ms, user)
        except Exception:  # noqa: BLE001 - see the docstring
            _LOG.exception("a line of the audit could not be written")

    def _add(
        self, question: str, outcome: Outcome | None, elapsed_ms: int, user: str | None
    ) -> None:
        now = datetime.now(UTC)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(self.folder / "lock", _PATIENCE):
            entry: dict[str, Any] = {
                "time": now.isoformat(timespec="seconds"),
                "question": _hash(question, self._salt()),
                "outcome": outcome.outcome if outcome else "error",
                "lang": outcome.lang if outcome else None,
                "build": outcome.build if outcome else None,
                "anchors": [c.anchor for c in outcome.citations]
                if isinstance(outcome, Answer)
                else [],
                "elapsed_ms": elapsed_ms,
            }
            if user:
                entry["user"] = user
            if self._text:
                entry["text"] = question
            line = json.dumps(entry, ensure_ascii=False) + "\n"
            append_privately(self.folder / f"audit-{now.date().isoformat()}.jsonl", line)

    def _salt(self) -> bytes:
        """The salt of this installation; made at the first question."""
        path = self.folder / "salt"
        if not path.exists():
            append_privately(path, secrets.token_hex(32))
        salt = path.read_text("ascii").strip()
        if len(salt) < 64:
            raise ValueError(f"{path} is not whole: remove it, and a new one is made")
        return salt.encode("ascii")


def _hash(question: str, salt: bytes) -> str:
    words = " ".join(question.split())
    return hmac.digest(salt, words.encode("utf-8", "replace"), "sha256").hex()

"""Errors of the assistant.

::

    AssistantError     exit 1   a question cannot be answered for a reason that is not its content
    └── (refusals are values, not errors: see assistant.answer)
"""

from __future__ import annotations

from sources.errors import DuchesseError


class AssistantError(DuchesseError):
    """A question cannot be taken, or a part of the assistant is not usable."""

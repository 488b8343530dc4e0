"""A bound for the attributes of one element: lxml compares each with each."""

from __future__ import annotations

import re

from sources.errors import ReadError

_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_MOST = 5_000


def check_attributes(markup: str, name: str) -> None:
    """``ReadError`` where an element of some markup has more attributes than a text needs."""
    if max((tag.group().count("=") for tag in _TAG.finditer(markup)), default=0) > _MOST:
        raise ReadError(
            f"an element has more than {_MOST} attributes",
            name or markup[:40],
            "Save its text as a plain text file, and add that.",
        )

"""The words and patterns that a person reviewed: TOML files in ``assistant/data``.

Each is read once. A fault in one is a ``ReadError``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import RootModel

from sources.files import read_toml

_FOLDER = Path(__file__).with_name("data")
_Table = RootModel[dict[str, Any]]


@cache
def table(name: str) -> dict[str, Any]:
    """The content of a file, mostly by language; not to be changed."""
    return read_toml(_FOLDER / f"{name}.toml", _Table, "a reviewed file").root


@cache
def patterns(name: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of a file, by language."""
    return {la: tuple(re.compile(p) for p in written) for la, written in table(name).items()}


@cache
def patterns_by_sort(name: str) -> dict[str, dict[str, re.Pattern[str]]]:
    """The patterns of a file that has one for each sort of thing, or a list of which any fits, by
    language and sort.
    """
    found = table(name).items()
    return {la: {sort: re.compile(_any_of(p)) for sort, p in of.items()} for la, of in found}


def _any_of(written: str | list[str]) -> str:
    return written if isinstance(written, str) else "|".join(written)


def sorts_in(name: str, folded: str, lang: str) -> frozenset[str]:
    """The sorts of things of which a file has a pattern that a folded text fits."""
    found = patterns_by_sort(name)[lang].items()
    return frozenset(sort for sort, pattern in found if pattern.search(folded))

"""Words that French and Dutch took from the same Latin word: they differ in how they end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from index.errors import IndexingError
from sources.anchor import Lang
from sources.files import read_toml

PATH = Path(__file__).with_name("data") / "cognates.toml"
_LEAST = 3  # letters before an ending
_PLURALS: dict[Lang, tuple[str, ...]] = {"fr": ("", "s"), "nl": ("", "s", "en")}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    endings: tuple[tuple[str, str], ...]


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return read_toml(PATH, _File, "a list of endings", IndexingError).endings


def cognates(word: str, lang: Lang) -> Iterator[str]:
    """What a folded word would be in the other language, where it ends as such words do.

    >>> list(cognates("mobilites", "fr")), list(cognates("migratie", "nl"))
    (['mobiliteit'], ['migration'])
    """
    for plural in _PLURALS[lang]:
        one = word.removesuffix(plural) if plural else word
        for french, dutch in _endings() if not plural or one != word else ():
            here, there = (french, dutch) if lang == "fr" else (dutch, french)
            if one.endswith(here) and len(one) - len(here) >= _LEAST:
                yield one[: -len(here)] + there

"""What people read, in French and in Dutch: text files with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from sources.anchor import Lang


@cache
def _texts(lang: Lang) -> dict[str, str]:
    raw = tomllib.loads(Path(__file__).with_name(f"{lang}.toml").read_text("utf-8"))
    return {f"{part}.{key}": text for part, texts in raw.items() for key, text in texts.items()}


def keys(lang: Lang) -> frozenset[str]:
    """All keys of a language; a test holds the two languages against each other."""
    return frozenset(_texts(lang))


def say(lang: Lang, key: str, **values: object) -> str:
    """The text of a key, with its values; ``KeyError`` where there is none."""
    text = _texts(lang)[key]
    return text.format(**values) if values else text

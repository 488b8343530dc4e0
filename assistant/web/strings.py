"""The words of the page itself, in French and in Dutch: text files with the same keys."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from sources.anchor import Lang

_SPACED = re.compile(r" (?=[;:?!»])|(?<=«) ")  # French signs stay with their words
_FOLDER = Path(__file__).with_name("locale")


@cache
def texts(lang: Lang) -> dict[str, str]:
    """All texts of a language by "part.key"; a test holds the two languages against each other."""
    raw = tomllib.loads((_FOLDER / f"{lang}.toml").read_text("utf-8"))
    found = {f"{part}.{key}": text for part, keys in raw.items() for key, text in keys.items()}
    return {key: _SPACED.sub("\N{NO-BREAK SPACE}", text) for key, text in found.items()}


def say(lang: Lang, key: str, **values: object) -> str:
    """The text of a key, with its values; ``KeyError`` where there is none."""
    text = texts(lang)[key]
    return text.format(**values) if values else text


def count(lang: Lang, key: str, number: int, **values: object) -> str:
    """The text of a key for a number of things; ``key_one`` for a single one."""
    return say(lang, f"{key}_one" if number == 1 else key, count=number, **values)


def date(lang: Lang, written: str) -> str:
    """A date of ISO 8601, or a part of one, as it is written out: "5 mai 2023"."""
    year, _, rest = written[:10].partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = say(lang, f"months.{month}")
    if not day:
        return f"{name} {year}"
    return f"{say(lang, 'months.first') if day == '01' else int(day)} {name} {year}"

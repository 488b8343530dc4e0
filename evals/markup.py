"""HTML in two languages: every text carries both, and everything that comes in is escaped."""

from __future__ import annotations

import tomllib
from functools import cache
from html import escape
from math import isnan
from pathlib import Path
from string import Formatter

from sources.anchor import LANGS, Lang

_FOLDER = Path(__file__).with_name("locale")


@cache
def _texts(lang: Lang) -> dict[str, str]:
    raw = tomllib.loads((_FOLDER / f"{lang}.toml").read_text("utf-8"))
    return {f"{part}.{key}": text for part, texts in raw.items() for key, text in texts.items()}


def keys(lang: Lang) -> dict[str, frozenset[str]]:
    """All keys of a language with the places in their texts that are filled in."""
    return {
        key: frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
        for key, text in _texts(lang).items()
    }


def both(fr: str, nl: str, tag: str = "span", attributes: str = "") -> str:
    """An element that shows one of two texts; French until the reader chooses."""
    extra = f" {attributes}" if attributes else ""
    return (
        f'<{tag} lang="fr" data-fr="{escape(fr)}" data-nl="{escape(nl)}"{extra}>'
        f"{escape(fr)}</{tag}>"
    )


def say(key: str, tag: str = "span", attributes: str = "", **values: object) -> str:
    """An element with the text of a key; ``KeyError`` where a language lacks it."""
    fr, nl = (_texts(la)[key].format(**values) for la in LANGS)
    return both(fr, nl, tag, attributes)


def quote(text: str, lang: str, css: str = "") -> str:
    """A text as it is, in its language."""
    name = f' class="{css}"' if css else ""
    return f'<blockquote lang="{escape(lang)}"{name}>{escape(text)}</blockquote>'


def percent(value: float, *, signed: bool = False) -> str:
    """A share, 0 to 1, in per cent with one decimal, as both languages write it."""
    if isnan(value):
        return "–"
    shown = f"{100 * value:+.1f}" if signed else f"{100 * value:.1f}"
    return shown.replace(".", ",").replace("-", "−")

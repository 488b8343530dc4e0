"""HTML in two languages: every text carries both, and everything that comes in is escaped."""

from __future__ import annotations

from html import escape
from math import isnan
from pathlib import Path

from sources.anchor import LANGS
from sources.strings import Strings

STRINGS = Strings(Path(__file__).with_name("locale"))


def both(fr: str, nl: str, tag: str = "span", attributes: str = "") -> str:
    """An element that shows one of two texts; French until the reader chooses."""
    extra = f" {attributes}" if attributes else ""
    return (
        f'<{tag} lang="fr" data-fr="{escape(fr)}" data-nl="{escape(nl)}"{extra}>'
        f"{escape(fr)}</{tag}>"
    )


def say(key: str, tag: str = "span", attributes: str = "", **values: object) -> str:
    """An element with the text of a key; ``KeyError`` where a language lacks it."""
    fr, nl = (STRINGS.say(la, key, **values) for la in LANGS)
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

"""Which version of a text is here, told to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.locale import say
from sources.dates import date_in_words
from sources.names import celex_of, consolidated, day_of

if TYPE_CHECKING:
    from index.manifest import Entry
    from sources.anchor import Lang
    from sources.catalogue import Source


def version(work: str, date: str, lang: Lang) -> str:
    """The version of a text in a few words: its date (ISO 8601, "" for none), and of an act of the
    European Union whether that is the text as published or a consolidated one; "" where nothing is
    known of it.
    """
    date = date or day_of(work)
    said = date_in_words(lang, date) if date else ""
    if consolidated(work):
        return say(lang, "version.consolidated", date=said)
    if (celex_of(work) or "").startswith("3"):
        return say(lang, "version.published_on" if date else "version.published", date=said)
    return say(lang, "version.dated", date=said) if date else ""


def full_title(entry: Entry, source: Source | None, lang: Lang) -> str:
    """The whole title of a text in ``lang`` where it has one there, else its own."""
    return entry.title if entry.lang == lang or source is None else source.title[lang]

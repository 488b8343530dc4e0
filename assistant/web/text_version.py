"""Which version of a text is here, told to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.strings import say
from sources.dates import date_in_words
from sources.names import celex_of, consolidated

if TYPE_CHECKING:
    from index.manifest import Entry
    from sources.anchor import Lang
    from sources.catalogue import Source


def version(entry: Entry, lang: Lang) -> str:
    """The version of a text in a few words: its date, and of an act of the European Union whether
    that is the text as published or a consolidated one; "" where nothing is known of it.
    """
    date = date_in_words(lang, entry.date) if entry.date else ""
    number = celex_of(entry.work) or ""
    if consolidated(entry.work):
        day = number.rpartition("-")[2]
        return say(
            lang,
            "reading.consolidated",
            date=date or date_in_words(lang, f"{day[:4]}-{day[4:6]}-{day[6:]}"),
        )
    if number.startswith("3"):
        key = "reading.published_on" if date else "reading.published"
        return say(lang, key, date=date)
    return say(lang, "reading.date", date=date) if date else ""


def full_title(entry: Entry, source: Source | None, lang: Lang) -> str:
    """The whole title of a text in ``lang`` where it has one there, else its own."""
    return entry.title if entry.lang == lang or source is None else source.title[lang]

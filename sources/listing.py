"""Files to add, from a list: a TOML file with one table ``[[add]]`` for each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sources.adding import Wanted
from sources.anchor import Lang
from sources.catalogue import BilingualEntry, Shown
from sources.errors import UsageError, plain
from sources.files import read_text
from sources.known_works import id_of

Text = Annotated[str, Field(min_length=1)]


class _Titles(BaseModel):
    """In one language or in both; what is not said is taken from the text, as without a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    fr: Shown | None = None
    nl: Shown | None = None


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    file: Text
    id: Text
    lang: Lang
    title: _Titles = _Titles()
    short: _Titles = _Titles()
    link: BilingualEntry | None = None
    date: str = ""


class _List(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    add: list[_Entry] = Field(min_length=1)


def listed(path: Path) -> list[tuple[str, Wanted]]:
    """Files or addresses with what is said of them; a path is relative to the list.

    ``UsageError`` names the first entries and fields that are wrong, before anything is added.
    """
    try:
        found = _List.model_validate(tomllib.loads(read_text(path)))
    except ValidationError as error:
        raise UsageError(
            "the list is not valid", f"{path}: {plain(error)}", "Correct it."
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("the list cannot be read", f"{path}: {error}", "Correct it.") from error
    return [(_place(path, e.file), _wanted(e)) for e in found.add]


def _place(path: Path, file: str) -> str:
    return file if "://" in file else str(path.parent / file)


def _wanted(entry: _Entry) -> Wanted:
    return Wanted(
        work=id_of(entry.id),
        lang=entry.lang,
        title_fr=entry.title.fr or "",
        title_nl=entry.title.nl or "",
        short_fr=entry.short.fr or "",
        short_nl=entry.short.nl or "",
        date=entry.date,
        link_fr=entry.link.fr if entry.link else "",
        link_nl=entry.link.nl if entry.link else "",
    )

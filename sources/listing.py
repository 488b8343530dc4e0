"""Files to add, from a list: a TOML file with one table ``[[add]]`` for each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sources.adding import Wanted
from sources.anchor import Lang
from sources.catalogue import BilingualEntry
from sources.errors import UsageError, plain
from sources.files import read_text
from sources.known_works import id_of

Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    file: Text
    id: Text
    lang: Lang
    title: BilingualEntry
    short: BilingualEntry | None = None
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
        title_fr=entry.title.fr,
        title_nl=entry.title.nl,
        short_fr=entry.short.fr if entry.short else "",
        short_nl=entry.short.nl if entry.short else "",
        date=entry.date,
        link_fr=entry.link.fr if entry.link else "",
        link_nl=entry.link.nl if entry.link else "",
    )

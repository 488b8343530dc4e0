"""Files beside the stored texts that are not used, each with why and the next step."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sources import questions, working
from sources.anchor import LANGS, Lang, as_lang, other
from sources.errors import ReadError
from sources.library import Library
from sources.records import slug_of, work_of_slug
from sources.sidecar import Sidecar

_NAME = re.compile(r"(?P<slug>.+)\.(?P<lang>fr|nl)(?P<asked>\.questions)?\.toml")
_SHOWN = 12  # signs of a hash, as `sources show` prints them


class Unused(NamedTuple):
    """A file that is not used, or not with each language of its text.

    Attributes:
        file: Its name, in the folder of such files.
        work: The work that it names; "" where it names none.
        why: Why it is not used, and what to do, for an administrator.
    """

    file: str
    work: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.why}"


def unused(library: Library, work: str = "") -> list[Unused]:
    """The files that are not used, by name; those of one work where it is given.

    Drafts, and what editors hide, wait for a person and are left out.
    """
    if not library.sidecars.is_dir():
        return []
    paths = sorted(p for p in library.sidecars.iterdir() if not p.name.startswith("."))
    found = [
        Unused(path.name, named, why)
        for path in paths
        if path.suffix != ".draft"
        for named, why in _of(library, path)
    ]
    return [one for one in found if work in ("", one.work)]


def _of(library: Library, path: Path) -> Iterator[tuple[str, str]]:
    """The work that a file names, and each reason why it is not used."""
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        form = "<folder>.<lang>.toml or <folder>.<lang>.questions.toml"
        yield "", f"not used: its name is not {form}; rename it"
        return
    stored = [work for work, _ in library.store.works() if library.catalogue.get(work)]
    named = next((work for work in stored if slug_of(work) == parts["slug"]), "")
    if not named:
        yield _work(parts["slug"]), _nameless(parts["slug"], [slug_of(work) for work in stored])
        return
    lang = as_lang(parts["lang"])
    reasons = _questions(library, path, named) if parts["asked"] else _working(library, named, lang)
    for why in reasons:
        yield named, why


def _work(slug: str) -> str:
    try:
        return work_of_slug(slug)
    except ValueError:
        return ""


def _nameless(slug: str, stored: list[str]) -> str:
    near = difflib.get_close_matches(slug, stored, 1)
    step = f"if it is of {near[0]}, rename it" if near else "see `python -m sources list`"
    return f"not used: no text is stored in a folder {slug}; {step}"


def _working(library: Library, work: str, lang: Lang) -> Iterator[str]:
    if library.official(library.catalogue.find(work), lang):
        yield f"not used: the official text in {lang} takes its place"
        return
    try:
        one = working.load(library.working_path(work, lang))
    except ReadError as error:
        yield str(error)
        return
    yield from _other_version(library, work, other(lang), one)


def _questions(library: Library, path: Path, work: str) -> Iterator[str]:
    try:
        one = questions.load(path)
    except ReadError as error:
        yield str(error)
        return
    for lang in LANGS:
        yield from _other_version(library, work, lang, one)


def _other_version(library: Library, work: str, lang: Lang, one: Sidecar) -> Iterator[str]:
    """Why a file is not used with the text in a language, where it is of another version."""
    record = library.store.current(work, lang)
    if record is None or one.written_for(record.sha256):
        return
    version = record.sha256[:_SHOWN]
    said = ", ".join(v[:_SHOWN] for v in one.versions)
    written = f"written for version {said}" if said else "it names no version"
    yield (
        f"not used with the text in {lang}: {written}, and {version} is in use; hold it against "
        f"`python -m sources show {work} --version {version}`, then have "
        f'"{version}" in its line `versions = ["…"]`, above its first [table]'
    )

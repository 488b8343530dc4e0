"""What a build will be made of: documents read anew, or kept as they are in the build in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.build import read_passages
from index.errors import IndexingError, NoBuildError
from index.manifest import Entry, Manifest, build_id, ever_indexed
from index.progress import Progress
from index.registry import BuildRegistry
from sources.anchor import Lang
from sources.cited import CitedText, cited
from sources.library import Edition, Library
from sources.model import Document, Passage


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do.

    Attributes:
        build: Id it would have.
        current: Id of the build in use, None where there is none.
        added, changed, removed: Editions as ``work@lang``, against the build in use.
    """

    build: str
    current: str | None
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def unchanged(self) -> bool:
        """Is the build in use what would be built?"""
        return self.build == self.current

    @property
    def changes(self) -> dict[str, tuple[str, ...]]:
        """The editions by what would become of them: "added", "changed", "removed"."""
        return {"added": self.added, "changed": self.changed, "removed": self.removed}


def plan(
    registry: BuildRegistry,
    library: Library,
    model: tuple[str, str],
    only: frozenset[str] = frozenset(),
) -> Plan:
    """Compare the library with the build in use; reads hashes only.

    Args:
        registry: The builds.
        library: The texts.
        model: Name and revision of the embedding model.
        only: Works whose changes are taken up; all where empty.
    """
    current, old = in_use(registry, only)
    wanted = items(library, old, only)
    new = {(i.work, i.lang): i.fingerprint for i in wanted}
    before = {(e.work, e.lang): e.fingerprint for e in old}
    return Plan(
        id_of(registry, model, wanted),
        current,
        tuple(_name(k) for k in new if k not in before),
        tuple(_name(k) for k in new if k in before and new[k] != before[k]),
        tuple(_name(k) for k in before if k not in new),
    )


def id_of(registry: BuildRegistry, model: tuple[str, str], items: Sequence[Item]) -> str:
    """Id of the build of these documents with this model (name, revision)."""
    kind = registry.server.kind if registry.server else ""
    return build_id(model, [(i.work, i.lang, i.fingerprint) for i in items], kind)


def _name(key: tuple[str, Lang]) -> str:
    return f"{key[0]}@{key[1]}"


def in_use(registry: BuildRegistry, only: frozenset[str]) -> tuple[str | None, tuple[Entry, ...]]:
    """Id of the build in use and its documents; none where there is no readable build."""
    try:
        name = registry.current()
        return name, Manifest.read(registry.path(name)).documents
    except NoBuildError:
        return None, ()
    except IndexingError:
        if only:  # what it held besides is not known, and would be lost
            raise
        return None, ()


def new_cited(data: Path, library: Library) -> list[CitedText]:
    """The cited texts that are stored, and in a language that no build has ever had.

    What an earlier build had, and the one in use has not, somebody has taken out on purpose.
    """
    before = ever_indexed(data)
    return [
        text
        for text in cited(library)
        if any((text.source.id, lang) not in before for lang in text.stored)
    ]


def all_but_new_cited(registry: BuildRegistry, library: Library) -> frozenset[str]:
    """The works to build where the page indexes new cited texts itself; empty, for all, else."""
    later = {text.source.id for text in new_cited(registry.folder.parent, library)}
    if not later:
        return frozenset()
    _, old = in_use(registry, frozenset())
    works = {e.source.id for e in library.editions()} | {e.work for e in old}
    return frozenset(works - later)


@dataclass(frozen=True, slots=True)
class Item:
    """A document of the build to be: read anew, or (``kept``) as it is in the build in use."""

    work: str
    lang: Lang
    fingerprint: str
    edition: Edition | None
    kept: Entry | None


def items(library: Library, old: Sequence[Entry], only: frozenset[str]) -> list[Item]:
    """The documents of the build to be, after those of the build in use."""
    found: list[Item] = []
    kept = {(e.work, e.lang): e for e in old}
    for e in library.editions():
        before = kept.get((e.source.id, e.lang))
        if not only or e.source.id in only:
            found.append(Item(e.source.id, e.lang, e.fingerprint, e, None))
        elif before:  # what is new and not asked for is left out
            found.append(Item(before.work, before.lang, before.fingerprint, None, before))
    if only:  # removed ones that were not asked for stay too
        there = {(i.work, i.lang) for i in found}
        found += [
            Item(e.work, e.lang, e.fingerprint, None, e)
            for k, e in kept.items()
            if k not in there and e.work not in only
        ]
    return found


def documents(
    registry: BuildRegistry, library: Library, items: Sequence[Item], progress: Progress
) -> list[Document]:
    """The documents of the build to be, read from their files or from the build in use."""
    before: list[Passage] = []
    if any(i.kept for i in items):
        before = read_passages(registry.path(registry.current()))
    out: list[Document] = []
    for done, item in enumerate(items):
        progress("read", done, len(items))
        if item.edition:
            out.append(library.read(item.edition))
        elif item.kept:
            mine = (p for p in before if p.anchor.work_lang == (item.work, item.lang))
            k = item.kept
            out.append(Document(k.work, k.lang, k.title, k.date, tuple(mine), k.warnings))
    progress("read", len(items), len(items))
    return out

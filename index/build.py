"""Making a build: read, chunk, embed, write aside, verify, put into use by one rename."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from index import cache, late
from index.cache import VectorCache
from index.chunks import VERSION, Chunk, chunks
from index.embedding import Embedder, ModelId
from index.errors import DamagedBuildError, IndexingError
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Entry, Manifest, build_id, file_hash
from index.shelf import Shelf
from index.vectors import VectorStore
from index.verify import faults
from sources.anchor import LANGS
from sources.library import Edition, Library
from sources.model import Bilingual, Document, Passage

Progress = Callable[[str, int, int], None]  # stage, done, of how many
_PASSAGE = TypeAdapter(Passage)


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


def plan(shelf: Shelf, library: Library, model: tuple[str, str]) -> Plan:
    """Compare the library with the build in use; reads hashes only."""
    editions = library.editions()
    new = {f"{e.source.id}@{e.lang}": e.fingerprint for e in editions}
    build = build_id(model, [(e.source.id, e.lang, e.fingerprint) for e in editions])
    history = shelf.history()
    old: dict[str, str] = {}
    if history:
        try:
            manifest = Manifest.read(shelf.path(history[0]))
            old = {f"{d.work}@{d.lang}": d.fingerprint for d in manifest.documents}
        except DamagedBuildError:
            history = []
    return Plan(
        build,
        history[0] if history else None,
        tuple(k for k in new if k not in old),
        tuple(k for k in new if k in old and new[k] != old[k]),
        tuple(k for k in old if k not in new),
    )


def build(
    shelf: Shelf, library: Library, embedder: Embedder, keep: int, progress: Progress
) -> Manifest:
    """Build everything the library has and put it into use; the manifest of the build in use.

    What was embedded before comes from the cache. ``IndexingError`` where the new build does
    not verify: it is then kept aside with the reason, and the one before stays in use.
    """
    with shelf.writing():
        editions = library.editions()
        if not editions:
            raise IndexingError("there is nothing to index", None, "Run `python -m sources add`.")
        found = [(e.source.id, e.lang, e.fingerprint) for e in editions]
        name = build_id((embedder.id.name, embedder.id.revision), found)
        if _stands(shelf, name):
            shelf.use(name)
            shelf.prune(keep)
            return Manifest.read(shelf.path(name))
        aside = shelf.aside(name)
        manifest = _write(aside, name, library, editions, embedder, shelf.folder.parent, progress)
        progress("verify", 0, 1)
        if wrong := faults(aside):
            kept = shelf.reject(aside, name, "\n".join(wrong))
            raise IndexingError(
                "the new build does not verify and was not put into use",
                "; ".join(wrong[:5]),
                f"It is kept in {kept}.",
            )
        shelf.put(aside, name)
        shelf.use(name)
        shelf.prune(keep)
        progress("verify", 1, 1)
        return manifest


def _stands(shelf: Shelf, name: str) -> bool:
    """Is this build there already, and whole?"""
    return shelf.path(name).is_dir() and not faults(shelf.path(name))


def _write(
    folder: Path,
    name: str,
    library: Library,
    editions: Sequence[Edition],
    embedder: Embedder,
    data: Path,
    progress: Progress,
) -> Manifest:
    documents = list(_read(library, editions, progress))
    passages = [p for d in documents for p in d.passages]
    pieces = [c for p in passages for c in chunks(p)]
    with (folder / "passages.jsonl").open("wb") as file:
        for passage in passages:
            file.write(_PASSAGE.dump_json(passage) + b"\n")
    packed = _embed(data / "cache", embedder, pieces, progress)
    late.write(folder, (p.tokens for p in packed))
    vectors = np.stack([p.text for p in packed])
    with VectorStore(folder / "chroma", create=True) as store:
        for lang in LANGS:
            mine = [n for n, c in enumerate(pieces) if c.lang == lang]
            store.add(lang, [pieces[n].id for n in mine], vectors[mine])
    for lang in LANGS:
        mine_too = [c for c in pieces if c.lang == lang]
        texts = [c.embedded for c in mine_too]
        LexicalIndex.build(lang, [c.id for c in mine_too], texts).save(folder / "lexical", texts)
    manifest = _manifest(folder, name, editions, documents, embedder.id, len(pieces))
    manifest.write(folder)
    return manifest


def _read(
    library: Library, editions: Sequence[Edition], progress: Progress
) -> Iterator[Document]:
    for done, edition in enumerate(editions):
        progress("read", done, len(editions))
        yield library.read(edition)
    progress("read", len(editions), len(editions))


def _embed(
    folder: Path, embedder: Embedder, pieces: Sequence[Chunk], progress: Progress
) -> list[cache.Packed]:
    store = VectorCache(folder)
    done: list[cache.Packed | None] = []
    try:
        for done in cache.encode(embedder, store, [c.embedded for c in pieces]):
            progress("embed", sum(d is not None for d in done), len(pieces))
    finally:
        store.close()
    return [d for d in done if d is not None]


def _manifest(
    folder: Path,
    name: str,
    editions: Sequence[Edition],
    documents: Sequence[Document],
    model: ModelId,
    count: int,
) -> Manifest:
    entries = tuple(_entry(e, d) for e, d in zip(editions, documents, strict=True))
    kept = ["passages.jsonl", "tokens.bin", "offsets.npy", *(f"lexical/{la}.json" for la in LANGS)]
    return Manifest(
        format=FORMAT,
        build=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=model,
        chunker=VERSION,
        documents=entries,
        passages=sum(e.passages for e in entries),
        chunks=count,
        files={path: file_hash(folder / path) for path in kept},
    )


def _entry(edition: Edition, document: Document) -> Entry:
    source = edition.source
    fr, nl = source.url("fr"), source.url("nl")
    return Entry(
        work=source.id,
        lang=edition.lang,
        fingerprint=edition.fingerprint,
        title=document.title,
        date=document.date,
        short=source.shown,
        url=Bilingual(fr, nl) if fr and nl else None,
        passages=len(document.passages),
        chunks=sum(1 for p in document.passages for _ in chunks(p)),
        warnings=document.warnings,
    )

"""Making a build: read, chunk, embed, write aside, verify, put into use by one rename."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index import cache, late
from index.asked import NAME as QUESTIONS
from index.asked import listed
from index.cache import VectorCache, Want
from index.chunks import VERSION, Chunk, chunks
from index.embedding import Embedder, ModelId, Side, identify
from index.errors import IndexingError, NoBuildError
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Entry, Manifest, build_id, file_hash
from index.shelf import Shelf
from index.stored import read_passages
from index.vectors import VectorStore
from index.verify import faults
from sources.anchor import LANGS, Lang
from sources.library import Edition, Library
from sources.model import Bilingual, Document, Passage
from sources.settings import Settings

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


def plan(
    shelf: Shelf, library: Library, model: tuple[str, str], only: frozenset[str] = frozenset()
) -> Plan:
    """Compare the library with the build in use; reads hashes only.

    Args:
        shelf: The builds.
        library: The texts.
        model: Name and revision of the embedding model.
        only: Works whose changes are taken up; all where empty.
    """
    current, old = _in_use(shelf, only)
    items = _items(library, old, only)
    new = {(i.work, i.lang): i.fingerprint for i in items}
    before = {(e.work, e.lang): e.fingerprint for e in old}
    return Plan(
        build_id(model, [(i.work, i.lang, i.fingerprint) for i in items]),
        current,
        tuple(_name(k) for k in new if k not in before),
        tuple(_name(k) for k in new if k in before and new[k] != before[k]),
        tuple(_name(k) for k in before if k not in new),
    )


def _name(key: tuple[str, Lang]) -> str:
    return f"{key[0]}@{key[1]}"


def _in_use(shelf: Shelf, only: frozenset[str]) -> tuple[str | None, tuple[Entry, ...]]:
    """Id of the build in use and its documents; none where there is no readable build."""
    try:
        name = shelf.current()
        return name, Manifest.read(shelf.path(name)).documents
    except NoBuildError:
        return None, ()
    except IndexingError:
        if only:  # what it held besides is not known, and would be lost
            raise
        return None, ()


@dataclass(frozen=True, slots=True)
class _Item:
    """A document of the build to be: read anew, or (``kept``) as it is in the build in use."""

    work: str
    lang: Lang
    fingerprint: str
    edition: Edition | None
    kept: Entry | None


def _items(library: Library, old: Sequence[Entry], only: frozenset[str]) -> list[_Item]:
    items: list[_Item] = []
    kept = {(e.work, e.lang): e for e in old}
    for e in library.editions():
        before = kept.get((e.source.id, e.lang))
        if only and e.source.id not in only and before is None:
            continue  # new, and not asked for
        if only and e.source.id not in only and before and before.fingerprint != e.fingerprint:
            items.append(_Item(before.work, before.lang, before.fingerprint, None, before))
        else:
            items.append(_Item(e.source.id, e.lang, e.fingerprint, e, None))
    if only:  # removed ones that were not asked for stay too
        there = {(i.work, i.lang) for i in items}
        items += [
            _Item(e.work, e.lang, e.fingerprint, None, e)
            for k, e in kept.items()
            if k not in there and e.work not in only
        ]
    return items


def build(
    shelf: Shelf,
    library: Library,
    load: Callable[[], Embedder],
    settings: Settings,
    progress: Progress,
    only: frozenset[str] = frozenset(),
) -> Manifest:
    """Build what the library has and put it into use; the manifest of the build in use.

    What was embedded before comes from the cache. ``IndexingError`` where the new build does
    not verify: it is then kept aside with the reason, and the one before stays in use.

    Args:
        shelf: Where builds are.
        library: The texts.
        load: Gives the embedding model; not called where nothing has to be built.
        settings: Which model, how many builds to keep.
        progress: Told of each stage.
        only: Works whose changes are taken up; all where empty.
    """
    with shelf.writing():
        _, old = _in_use(shelf, only)
        items = _items(library, old, only)
        if not items:
            raise IndexingError("there is nothing to index", None, "Run `python -m sources add`.")
        name = build_id(identify(settings), [(i.work, i.lang, i.fingerprint) for i in items])
        if not _stands(shelf, name):
            documents = _documents(shelf, library, items, progress)
            progress("model", 0, 1)
            embedder = load()
            progress("model", 1, 1)
            _make(shelf, name, documents, items, embedder, progress)
        if shelf.history()[:1] != [name]:
            shelf.use(name)
        shelf.prune(settings.keep_builds)
        return Manifest.read(shelf.path(name))


def _make(
    shelf: Shelf,
    name: str,
    documents: Sequence[Document],
    items: Sequence[_Item],
    embedder: Embedder,
    progress: Progress,
) -> None:
    """Write a build aside, verify it, rename it to its place."""
    aside = shelf.aside(name)
    _write(aside, name, documents, items, embedder, shelf.folder.parent, progress)
    progress("verify", 0, 1)
    if wrong := faults(aside):
        kept = shelf.reject(aside, name, "\n".join(wrong))
        raise IndexingError(
            "the new build does not verify and was not put into use",
            "; ".join(wrong[:5]),
            f"It is kept in {kept}.",
        )
    shelf.put(aside, name)
    progress("verify", 1, 1)


def _stands(shelf: Shelf, name: str) -> bool:
    """Is this build there already, and whole?"""
    return shelf.path(name).is_dir() and not faults(shelf.path(name))


def _write(
    folder: Path,
    name: str,
    documents: Sequence[Document],
    items: Sequence[_Item],
    embedder: Embedder,
    data: Path,
    progress: Progress,
) -> None:
    passages = [p for d in documents for p in d.passages]
    twice = [a for a, times in Counter(p.anchor for p in passages).items() if times > 1]
    if twice:
        raise IndexingError("two passages have one address", twice[0], "Correct their source.")
    pieces = [c for p in passages for c in chunks(p)]
    with (folder / "passages.jsonl").open("wb") as file:
        for passage in passages:
            file.write(_PASSAGE.dump_json(passage) + b"\n")
    vectors, tokens, questions = _embed(
        data / "cache", embedder, pieces, [q for _, q in listed(passages)], progress
    )
    late.write(folder, tokens)
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / QUESTIONS, questions)
    with VectorStore(folder / "chroma", create=True) as store:
        for lang in LANGS:
            mine = [n for n, c in enumerate(pieces) if c.lang == lang]
            store.add(lang, [pieces[n].id for n in mine], vectors[mine])
    for lang in LANGS:
        mine_too = [c for c in pieces if c.lang == lang]
        texts = [c.embedded for c in mine_too]
        LexicalIndex.build(lang, [c.id for c in mine_too], texts).save(folder / "lexical", texts)
    _manifest(folder, name, items, documents, embedder.id, len(pieces)).write(folder)


def _documents(
    shelf: Shelf, library: Library, items: Sequence[_Item], progress: Progress
) -> list[Document]:
    """The documents of the build to be, read from their files or from the build in use."""
    before: list[Passage] = []
    if any(i.kept for i in items):
        before = read_passages(shelf.path(shelf.current()))
    out: list[Document] = []
    for done, item in enumerate(items):
        progress("read", done, len(items))
        if item.edition:
            out.append(library.read(item.edition))
        elif item.kept:
            mine = (p for p in before if (p.anchor.work, p.anchor.lang) == (item.work, item.lang))
            k = item.kept
            out.append(Document(k.work, k.lang, k.title, k.date, tuple(mine), k.warnings))
    progress("read", len(items), len(items))
    return out


def _embed(
    folder: Path,
    embedder: Embedder,
    pieces: Sequence[Chunk],
    questions: Sequence[str],
    progress: Progress,
) -> tuple[NDArray[np.float32], list[bytes], NDArray[np.float32]]:
    """Vectors of the texts, shape (chunks, dimension), packed token vectors, and of questions.

    The vector is of the text alone, the token vectors are of the text under its heading: each is
    better at its own work so, and the two err in different places (docs/evaluation.md).
    """
    store = VectorCache(folder)
    wanted: tuple[tuple[str, Want, Side, Sequence[str]], ...] = (
        ("embed vector", "vector", "passage", [c.text for c in pieces]),
        ("embed tokens", "tokens", "passage", [c.embedded for c in pieces]),
        ("embed questions", "vector", "query", questions),
    )
    got: list[list[bytes]] = []
    try:
        for stage, want, side, texts in wanted:
            done: list[bytes | None] = []
            for done in cache.encode(embedder, store, texts, want, side=side):
                progress(stage, sum(d is not None for d in done), len(texts))
            got.append([d for d in done if d is not None])
    except sqlite3.Error as error:
        raise IndexingError(
            "the cache of vectors cannot be written",
            f"{folder} ({error})",
            "Make room on the disk.",
        ) from error
    finally:
        store.close()
    vectors, tokens, asked = got
    return _matrix(vectors, embedder.id), tokens, _matrix(asked, embedder.id)


def _matrix(rows: Sequence[bytes], model: ModelId) -> NDArray[np.float32]:
    return np.frombuffer(b"".join(rows), np.float32).reshape(len(rows), model.dimension)


def _manifest(
    folder: Path,
    name: str,
    items: Sequence[_Item],
    documents: Sequence[Document],
    model: ModelId,
    count: int,
) -> Manifest:
    entries = tuple(
        i.kept or _entry(i.edition, d)
        for i, d in zip(items, documents, strict=True)
        if i.kept or i.edition
    )
    kept = ["passages.jsonl", "tokens.bin", "offsets.npy", "vectors.npy", QUESTIONS]
    kept += [f"lexical/{la}.json" for la in LANGS]
    graphs = [p.parent for p in folder.glob("chroma/*/index_metadata.pickle")]  # else rewritten
    kept += [str(p.relative_to(folder)) for graph in graphs for p in sorted(graph.iterdir())]
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


def _entry(edition: Edition | None, document: Document) -> Entry:
    assert edition
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

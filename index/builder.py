"""Making a build: read, chunk, embed, write aside, verify, put into use by one rename."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index import checksums, known_questions, late_interaction, sentences, superseded
from index.bm25 import LexicalIndex
from index.build import read_passages
from index.cache import VectorCache
from index.chunks import VERSION, Chunk, chunks
from index.embedding import Embedder, ModelId, identify
from index.encoding import EncodingWork, embed, work
from index.errors import IndexingError, StoreError
from index.manifest import FORMAT, Entry, Manifest, file_hash
from index.plan import Item, documents, id_of, in_use, items
from index.progress import Progress
from index.registry import BuildRegistry
from index.vector_store import PLACE, VectorStore, create_store
from index.verification import faults
from sources.anchor import LANGS
from sources.bilingual import Bilingual
from sources.errors import ChangedError
from sources.library import Edition, Library
from sources.model import Document, Passage
from sources.settings import Settings

_PASSAGE = TypeAdapter(Passage)
_STORED = 1000  # chunks given to the store at once
_SAMPLE = 20  # chunks that must find themselves before a build comes back: it is wanted at once


def build(
    registry: BuildRegistry,
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
        registry: Where builds are.
        library: The texts.
        load: Gives the embedding model; not called where nothing has to be built.
        settings: Which model, how many builds to keep.
        progress: Told of each stage.
        only: Works whose changes are taken up; all where empty.
    """
    with registry.writing():
        if registry.server:
            registry.server.check()  # said before hours of embedding
        _, old = in_use(registry, only)
        name, wanted, texts = _read(registry, library, identify(settings), old, only, progress)
        if texts is not None:
            progress("model", 0, 1)
            embedder = load()
            progress("model", 1, 1)
            _make(registry, name, texts, wanted, embedder, progress)
        if texts is not None or registry.history()[:1] != [name]:
            _keep_former(registry, name)
            registry.use(name)
        registry.prune(settings.keep_builds)
        with suppress(StoreError):  # the build is in use: what is too much there goes next time
            registry.tidy_server()
        _bound(registry.cache, settings.cache_mb)
        return Manifest.read(registry.path(name))


def _read(
    registry: BuildRegistry,
    library: Library,
    model: tuple[str, str],
    old: Sequence[Entry],
    only: frozenset[str],
    progress: Progress,
) -> tuple[str, list[Item], list[Document] | None]:
    """Id of the build to be, what it is made of, and its documents; None where it stands already.

    Planned anew where somebody puts another text in the place of one before it is read.
    """
    while True:
        wanted = items(library, old, only)
        if not wanted:
            raise IndexingError("there is nothing to index", None, "Run `python -m sources add`.")
        name = id_of(registry, model, wanted)
        if _stands(registry, name):
            return name, wanted, None
        with suppress(ChangedError):
            return name, wanted, documents(registry, library, wanted, progress)


class Back(NamedTuple):
    """Where going back led: the build now in use, and what is wrong with each left out."""

    build: str
    skipped: tuple[str, ...]


def roll_back(registry: BuildRegistry, to: str = "") -> Back:
    """Put the build before that is whole, or the one of an id, into use.

    What it lacks stays readable. ``IndexingError`` with what is wrong with each, where there is
    none.
    """
    with registry.writing():
        wrong: list[str] = []
        earlier = registry.history()[1:]
        if to and to not in earlier:
            raise IndexingError(
                "there is no such build to go back to",
                f"{to}; there are: {', '.join(earlier) or 'none'}",
                "Give one of these, or none for the one before.",
            )
        for name in [to] if to else earlier:
            if found := faults(registry.path(name), registry.server, sample=_SAMPLE):
                wrong.append(f"{name}: {found[0]}")
                continue
            _keep_former(registry, name)
            return Back(registry.rollback(name), tuple(wrong))
        if wrong:
            raise IndexingError(
                "no earlier build is whole", "; ".join(wrong), "Run `python -m index build`."
            )
        return Back(registry.rollback(), ())


def _keep_former(registry: BuildRegistry, name: str) -> None:
    """What the build in use has and the next one has not stays readable; before it gives way."""
    try:
        before = registry.path(registry.current())
        documents, passages = Manifest.read(before).documents, read_passages(before)
    except IndexingError:  # there is none, or nothing of it can be read
        return
    superseded.keep(registry.folder.parent, documents, passages, read_passages(registry.path(name)))


def estimate(
    registry: BuildRegistry,
    library: Library,
    model: tuple[str, str],
    only: frozenset[str] = frozenset(),
) -> EncodingWork:
    """How much :func:`build` would have to embed; reads the texts, loads no model."""
    current, old = in_use(registry, only)
    texts = documents(registry, library, items(library, old, only), lambda *_: None)
    known = Manifest.read(registry.path(current)).model if current else None
    same = known if known and (known.name, known.revision) == model else None
    return work(registry.cache, same, [p for d in texts for p in d.passages])


def _bound(folder: Path, megabytes: int) -> None:
    """Keep the cache within its bound; what the build in use needs was of use last."""
    if not folder.is_dir():
        return
    with suppress(IndexingError, sqlite3.Error):  # it is a cache: the build stands without it
        store = VectorCache(folder)
        try:
            store.prune(megabytes * 1_000_000)
        finally:
            store.close()


def _make(
    registry: BuildRegistry,
    name: str,
    documents: Sequence[Document],
    items: Sequence[Item],
    embedder: Embedder,
    progress: Progress,
) -> None:
    """Write a build aside, verify it, rename it to its place."""
    aside = registry.aside(name)
    place = registry.free_name(name) if registry.server else ""
    registry.tidy_server(place)
    pieces, vectors = _write(aside, documents, embedder, registry.cache, progress)
    with create_store(aside, registry.server, place, embedder.id.dimension) as store:
        _store(store, pieces, vectors, progress)
    _manifest(aside, name, items, documents, embedder.id, len(pieces)).write(aside)
    progress("verify", 0, 1)
    if wrong := faults(aside, registry.server):
        registry.tidy_server()
        kept = registry.reject(aside, name, "\n".join(wrong))
        raise IndexingError(
            "the new build does not verify and was not put into use",
            "; ".join(wrong[:5]),
            f"It is kept in {kept}.",
        )
    registry.put(aside, name)
    progress("verify", 1, 1)


def _stands(registry: BuildRegistry, name: str) -> bool:
    """Is this build there already, and whole?"""
    return registry.path(name).is_dir() and not faults(registry.path(name), registry.server)


def _write(
    folder: Path,
    documents: Sequence[Document],
    embedder: Embedder,
    cache: Path,
    progress: Progress,
) -> tuple[list[Chunk], NDArray[np.float32]]:
    """Write all but the vectors; the chunks of the build, and the vector of each."""
    passages = [p for d in documents for p in d.passages]
    twice = [a for a, times in Counter(p.anchor for p in passages).items() if times > 1]
    if twice:
        raise IndexingError("two passages have one address", twice[0], "Correct their source.")
    pieces = [c for p in passages for c in chunks(p)]
    with (folder / "passages.jsonl").open("wb") as file:
        for passage in passages:
            file.write(_PASSAGE.dump_json(passage) + b"\n")
    questions = known_questions.known_questions(passages)
    vectors, tokens, of_questions = embed(
        cache, embedder, pieces, [q.text for q in questions], progress
    )
    late_interaction.write(folder, tokens)
    checksums.write(folder, vectors)
    known_questions.write(folder, questions, of_questions)
    sentences.write(folder, passages)
    for lang in LANGS:
        own = [c for c in pieces if c.lang == lang]
        lexical = LexicalIndex.build(lang, [c.id for c in own], [c.embedded for c in own])
        lexical.save(folder / "lexical" / lang)
    return pieces, vectors


def _store(
    store: VectorStore,
    pieces: Sequence[Chunk],
    vectors: NDArray[np.float32],
    progress: Progress,
) -> None:
    """Store the vector of each chunk, until they can be searched."""
    done = 0
    for lang in LANGS:
        own = [n for n, c in enumerate(pieces) if c.lang == lang]
        for start in range(0, len(own), _STORED):
            part = own[start : start + _STORED]
            chosen = [pieces[n] for n in part]
            ids, works = [c.id for c in chosen], [c.anchor.work for c in chosen]
            store.add(lang, ids, works, vectors[part])
            done += len(part)
            progress("store", done, len(pieces))
    store.finish()


def _manifest(
    folder: Path,
    name: str,
    items: Sequence[Item],
    documents: Sequence[Document],
    model: ModelId,
    count: int,
) -> Manifest:
    entries = tuple(
        i.kept or _entry(i.edition, d)
        for i, d in zip(items, documents, strict=True)
        if i.kept or i.edition
    )
    kept = ["passages.jsonl", "tokens.bin", "offsets.npy", checksums.NAME, known_questions.NAME]
    kept += [sentences.NAME]
    kept += [PLACE] if (folder / PLACE).exists() else []
    kept += [str(p.relative_to(folder)) for p in sorted(folder.glob("lexical/*/*"))]
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
        version=edition.version,
        received=edition.received,
        warnings=document.warnings,
    )

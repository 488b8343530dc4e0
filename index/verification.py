"""Does a build hold what its manifest says, and what the sources say?

The first is asked before a build may come into use, both on demand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import checksums
from index.bm25 import LexicalIndex
from index.build import read_passages
from index.chunks import Chunk, chunks
from index.errors import IndexingError
from index.known_questions import KnownQuestions
from index.late_interaction import TokenStore
from index.manifest import FORMAT, Manifest, file_hash
from index.sentences import StoredSentences
from index.vector_store import VectorServer, VectorStore, damage, open_store
from sources.anchor import LANGS, Lang, other
from sources.library import Library
from sources.model import Passage

_BATCH = 1000  # vectors compared at once
_SELF = 0.999  # cosine of a stored vector with itself, found through the graph


def faults(
    folder: Path, server: VectorServer | None = None, *, sample: int | None = 200
) -> list[str]:
    """What is wrong with a build; empty when all is well.

    Files that never change are held against their hashes. Chroma writes to its database, and to
    graphs that it has not finished, each time it opens them; so of these the content is looked at:
    that the database is whole, and that each vector in it is the one that was stored.

    Args:
        folder: The build.
        server: Keeps its vectors, where they are not in the folder.
        sample: How many chunks must find themselves in the vector store, spread evenly; None
            for all.
    """
    try:
        manifest = Manifest.read(folder)
        if manifest.format != FORMAT:
            return [f"format {manifest.format}, this program reads {FORMAT}"]
        if wrong := _files(folder, manifest) or damage(folder):
            return wrong
        passages = read_passages(folder)
        pieces = [c for p in passages for c in chunks(p)]
        if found := _counts(manifest, passages, pieces):
            return found
        sums = checksums.read(folder)
        if len(sums) != len(pieces):
            return ["checksums of vectors: not one for each chunk"]
        with open_store(folder, server) as store:
            for lang in LANGS:
                mine = [n for n, c in enumerate(pieces) if c.lang == lang]
                ids = [pieces[n].id for n in mine]
                LexicalIndex.load(folder / "lexical" / lang, lang, ids)
                if store.ids(lang) != set(ids):
                    found.append(f"vectors ({lang}): not the chunks of the passages")
                else:
                    found += _find_themselves(lang, ids, sums[mine], store, sample)
        tokens = TokenStore(folder, manifest.model.dimension)
        tokens.close()
        if len(tokens) != len(pieces):
            found.append("token vectors: not one for each chunk")
        KnownQuestions.load(folder, passages)
        StoredSentences.load(folder, passages)
    except (IndexingError, OSError, ValueError) as error:
        return [str(error)]
    return found


def _files(folder: Path, manifest: Manifest) -> list[str]:
    wrong = []
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file():
            wrong.append(f"{name}: missing")
        elif file_hash(path) != digest:
            wrong.append(f"{name}: altered")
    return wrong


def _counts(manifest: Manifest, passages: Sequence[Passage], pieces: Sequence[Chunk]) -> list[str]:
    wrong = []
    if len(passages) != manifest.passages or len(pieces) != manifest.chunks:
        wrong.append(
            f"{len(passages)} passages and {len(pieces)} chunks, "
            f"the manifest says {manifest.passages} and {manifest.chunks}"
        )
    twice = [str(a) for a, n in Counter(p.anchor for p in passages).items() if n > 1]
    wrong += [f"anchor used twice: {a}" for a in twice]
    by_document = Counter(p.anchor.work_lang for p in passages)
    wrong += [
        f"{d.work}@{d.lang}: {by_document[d.work, d.lang]} passages, manifest says {d.passages}"
        for d in manifest.documents
        if by_document[d.work, d.lang] != d.passages
    ]
    if strays := set(by_document) - {(d.work, d.lang) for d in manifest.documents}:
        wrong.append(f"passages of documents that are not in the manifest: {sorted(strays)}")
    return wrong


def _find_themselves(
    lang: Lang,
    ids: Sequence[str],
    sums: NDArray[np.float64],
    store: VectorStore,
    sample: int | None,
) -> list[str]:
    """Each vector is the one that was stored; some are looked for through the graph."""
    step = max(1, len(ids) // sample) if sample else 1
    searched = set(ids[::step])
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        stored = store.vectors(lang, part)
        vectors = np.asarray([stored[chunk] for chunk in part])
        same = checksums.agree(vectors, sums[start : start + _BATCH])
        if not same.all():
            chunk = part[int(np.argmin(same))]
            return [f"vector of {chunk}: not the one that was stored"]
        for chunk in searched.intersection(part):
            best = store.nearest(lang, stored[chunk], 10)
            if not best or best[0][1] < _SELF:
                return [f"{chunk} does not find itself in the vector store"]
    return []


@dataclass(frozen=True, slots=True)
class Beside:
    """A build beside the sources that it was made of.

    Attributes:
        faults: Passages that are not what the sources give though these have not changed.
        notes: What an administrator should know: texts that changed since, and passages of one
            language without their twin in the other.
    """

    faults: tuple[str, ...]
    notes: tuple[str, ...]


def beside(folder: Path, library: Library) -> Beside:
    """Read the sources again and compare them, passage by passage, with a build."""
    manifest = Manifest.read(folder)
    stored: dict[tuple[str, Lang], list[Passage]] = {}
    for p in read_passages(folder):
        stored.setdefault(p.anchor.work_lang, []).append(p)
    editions = {(e.source.id, e.lang): e for e in library.editions()}
    wrong, notes = [], []
    for entry in manifest.documents:
        key = (entry.work, entry.lang)
        edition = editions.get(key)
        if edition is None or edition.fingerprint != entry.fingerprint:
            state = "changed" if edition else "taken out"
            notes.append(f"{entry.work}@{entry.lang}: {state} since this build")
            continue
        read = list(library.read(edition).passages)
        if read != stored.get(key, []):
            wrong += _between(f"{entry.work}@{entry.lang}", read, stored.get(key, []))
    for work in dict.fromkeys(w for w, la in stored if (w, other(la)) in stored):
        portions = {la: {p.anchor.portion for p in stored[work, la]} for la in LANGS}
        notes += [
            f"{work}@{la}: {len(alone)} passage(s) without a twin, the first {min(alone)}"
            for la in LANGS
            if (alone := portions[la] - portions[other(la)])
        ]
    return Beside(tuple(wrong), tuple(notes))


def _between(name: str, read: list[Passage], stored: list[Passage]) -> list[str]:
    now, then = ({p.anchor.portion: p for p in ps} for ps in (read, stored))
    differing = [k for k in {**now, **then} if now.get(k) != then.get(k)]
    return [f"{name}#{k}: not what the source gives" for k in differing] or [
        f"{name}: not in the order of the source"
    ]

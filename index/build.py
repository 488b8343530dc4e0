"""A finished build, opened for reading."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from index.bm25 import LexicalIndex
from index.chunks import VERSION, Chunk, chunks
from index.embedding import identify
from index.errors import DamagedBuildError, StaleBuildError
from index.known_questions import KnownQuestions
from index.late_interaction import TokenStore
from index.manifest import FORMAT, Entry, Manifest, told_apart
from index.sentences import StoredSentences
from index.tokens import stem, words
from index.vector_store import VectorServer, open_store
from sources.anchor import LANGS, Anchor, Lang, WorkLang, WorkPortion, other
from sources.model import Part, Passage
from sources.settings import Settings

_PASSAGE = TypeAdapter(Passage)
_DRAWN, _FEWEST = 200, 20  # chunks that the spread is measured on
_USUAL, _LEAST = 0.1, 0.01


def read_passages(folder: Path) -> list[Passage]:
    """All passages of a build, in reading order; ``DamagedBuildError`` where one is not whole."""
    path = folder / "passages.jsonl"
    try:
        with path.open("rb") as file:
            return [_PASSAGE.validate_json(line) for line in file]
    except (OSError, ValueError) as error:
        raise DamagedBuildError(
            "the passages of a build cannot be read",
            f"{path} ({error})",
            "Run `python -m index build`, or `python -m index rollback`.",
        ) from error


class Build:
    """One build: its passages, and the means to search them.

    Args:
        folder: Of the build.
        server: Keeps its vectors, where they are not in the folder.
    """

    def __init__(self, folder: Path, server: VectorServer | None = None) -> None:
        self._folder = folder
        self.manifest = Manifest.read(folder)
        self.id = self.manifest.build
        self.passages = read_passages(folder)
        self.by_anchor = {p.anchor: p for p in self.passages}
        self.chunks = [c for p in self.passages for c in chunks(p)]
        self.chunk_place = {c.id: n for n, c in enumerate(self.chunks)}
        self.vectors = open_store(folder, server)
        self.lexical = {
            lang: LexicalIndex.load(
                folder / "lexical" / lang, lang, [c.id for c in self.chunks if c.lang == lang]
            )
            for lang in LANGS
        }
        self.tokens = TokenStore(folder, self.manifest.model.dimension)
        self.questions = KnownQuestions.load(folder, self.passages)

    def close(self) -> None:
        """Let go of the vectors: Chroma knows its files by the name of their folder.

        The token vectors stay open for as long as anybody has this build: a closed file's number
        may be another file's at once, and who still reads would read that.
        """
        self.vectors.close()

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the cosine of two passages: the unit of what a search adds up.

        Models differ by a factor of four and more in how far they set texts apart.
        """
        spreads = [self._spread(lang) for lang in LANGS]
        return max(float(np.mean([s for s in spreads if s] or [_USUAL])), _LEAST)

    def _spread(self, lang: Lang) -> float:
        """The same, of evenly drawn chunks in one language; 0 where there are too few."""
        ids = [c.id for c in self.chunks if c.lang == lang]
        drawn = ids[:: max(1, len(ids) // _DRAWN)]
        if len(drawn) < _FEWEST:
            return 0.0
        found = self.vectors.vectors(lang, drawn)
        matrix = np.stack([found[i] for i in sorted(found)])
        return float(np.std((matrix @ matrix.T)[np.triu_indices(len(matrix), 1)]))

    @cached_property
    def sentences(self) -> StoredSentences:
        """The sentences of its texts."""
        return StoredSentences.load(self._folder, self.passages)

    @cached_property
    def entries(self) -> dict[WorkLang, Entry]:
        """Documents by work and language, those of one short title told apart."""
        return {(d.work, d.lang): d for d in told_apart(self.manifest.documents)}

    def entry_for(self, work: str, lang: Lang) -> Entry:
        """A work for a reader of ``lang``: in the other language where it is not there in that;
        ``KeyError`` where it is in none.
        """
        return self.entries.get((work, lang)) or self.entries[work, other(lang)]

    @cached_property
    def chunks_of(self) -> dict[Anchor, list[Chunk]]:
        """Chunks by passage."""
        found: dict[Anchor, list[Chunk]] = {}
        for chunk in self.chunks:
            found.setdefault(chunk.anchor, []).append(chunk)
        return found

    @cached_property
    def versions(self) -> dict[WorkPortion, dict[Lang, Passage]]:
        """The official passages of each work and portion, by language."""
        found: dict[WorkPortion, dict[Lang, Passage]] = {}
        for p in self.passages:
            found.setdefault(p.anchor.work_portion, {})[p.anchor.lang] = p
        return found

    @cached_property
    def sizes(self) -> Counter[Part]:
        """How many passages stand under each heading of each work."""
        return Counter(p.part for p in self.passages)

    def knows(self, word: str, lang: Lang) -> bool:
        """Has any text a word, in one of its forms, in a language?"""
        return self.lexical[lang].knows(stem(word, lang))

    def is_known(self, word: str) -> bool:
        """Has any text, in either language, a word in one of its forms, or what it is made of?"""
        return any(
            self.knows(word, la) or self.lexical[la].terms(words(word, la))[1:] for la in LANGS
        )

    def document(self, work: str, lang: Lang) -> list[Passage]:
        """The passages of one document, in reading order."""
        return list(self._documents.get((work, lang), ()))

    def document_for(self, work: str, lang: Lang) -> list[Passage]:
        """The same for a reader of ``lang``: in the other language where there is none in that."""
        return self.document(work, lang) or self.document(work, other(lang))

    @cached_property
    def _documents(self) -> dict[WorkLang, list[Passage]]:
        found: dict[WorkLang, list[Passage]] = {}
        for p in self.passages:
            found.setdefault(p.anchor.work_lang, []).append(p)
        return found

    @cached_property
    def places(self) -> dict[Anchor, int]:
        """The place of each passage among all, which stand document by document."""
        return {p.anchor: n for n, p in enumerate(self.passages)}

    def neighbour(self, passage: Passage, step: int) -> Passage | None:
        """The passage so many behind one in its document, before it for a negative number."""
        at = self.places[passage.anchor] + step
        there = self.passages[at] if 0 <= at < len(self.passages) else None
        same = there and there.anchor.work_lang == passage.anchor.work_lang
        return there if same else None

    def following(self, passage: Passage) -> list[Passage]:
        """The passages behind one in its document, in reading order."""
        document = self.document(*passage.anchor.work_lang)
        return document[document.index(passage) + 1 :]

    def opening(self, item: Passage) -> Passage | None:
        """The passage that opens the list or table of an item; None where it is none."""
        document = self.document(*item.anchor.work_lang)
        before = reversed(document[: document.index(item)]) if item.lead else ()
        return next((p for p in before if p.text.rstrip().endswith(item.lead)), None)

    def twin(self, anchor: Anchor) -> Passage | None:
        """The official text of the same portion in the other language, where there is one."""
        return self.by_anchor.get(anchor.twin())


def check(manifest: Manifest, settings: Settings) -> None:
    """``StaleBuildError`` where the build was made with another program or another model."""
    if (manifest.format, manifest.chunker) != (FORMAT, VERSION):
        raise StaleBuildError(
            "the index was built by another version of this program",
            f"{manifest.build}, format {manifest.format}.{manifest.chunker}",
            "Run `python -m index build`.",
        )
    name, revision = identify(settings)
    model = manifest.model
    if (model.name, model.revision) != (name, revision):
        raise StaleBuildError(
            "the index was built with another embedding model",
            f"{model.name} ({model.revision}); configured: {name} ({revision})",
            "Run `python -m index build`, or set DUCHESSE_MODEL to what the index was built with.",
        )

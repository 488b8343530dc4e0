"""Search: every signal of a question about every candidate passage, and their fusion.

A passage is seen through its views: the official text in each language that has one, and a
working translation where there is one. The views of one portion of one work are judged
together; what is returned is the official passage, in the language of the question where it
exists. Plain rank fusion ruins questions in another language than the text, so scores are
fused by what they mean: similarities in units of how far the model sets texts apart, lexical
scores as shares of the possible.
Weights were chosen on the development half of the evaluation set; docs/evaluation.md has the
table of what was tried.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import late_interaction, translations
from index.abbreviations import spelled_out
from index.build import Build
from index.coverage import ContentWords, Coverage, Names
from index.embedding import Embedder, Encoded
from index.encoded_questions import EncodedQuestions
from index.glossary import Glossary
from index.known_questions import KnownQuestions, Likeness, bonus
from index.query import Query
from index.reranker import Reranker
from index.sentences import Piece, Sentence, scored
from index.tokens import stem, stems_of, words
from index.translations import Likelihoods
from sources.anchor import LANGS, Anchor, Lang, WorkPortion, other
from sources.bilingual import Bilingual
from sources.folding import fold
from sources.model import Passage, cells_of

CANDIDATES = 60  # from each list; the right passage is in there even where it does not lead
_LATE, _CROSS = 4.0, 0.5  # within what a passage means: late interaction, the other language
# In units of the spread of meaning (see index.build).
_LEXICAL, _COVERED, _KNOWN = 5.0, 4.0, 20.0
_FRAME, _FRAMING = 0.3, ("cit", "pbl", "fnp", "anx", "enc", "dcl")  # rarely an answer
_STEP = re.compile("[a-z]+")  # of "anx_1", "fnp.par_1", "anx(2).sec_1"
_RECITAL = 0.13  # it stands behind the article that it explains
_READ = 6  # passages that a reranker reads,
_READ_AT_MOST = 12  # of those where it finds none that answers
_ANSWERS = 0.0  # logarithm of the odds that a passage does, as the reranker says it
_READ_BESIDE_LISTS = 3  # where lists of questions order them: what may be cited together
_READING = 1.0  # weight of the logarithm of the odds, once it is known,
_WORDED = 5.0  # and of how much of the question stands in the passage, in addition to _COVERED
_TRANSLATED = 0.7  # a word found through the glossary counts less than the word itself


@dataclass(frozen=True, slots=True)
class ViewScores:
    """How the views of a passage in one language answer a question; best chunk of each.

    Attributes:
        dense: Cosine of the question with the text, -1 to 1.
        late: Mean best cosine of the question's tokens.
        tokens: Best cosine of each question token, shape (question tokens,).
        lexical: Share of the best possible BM25 score, 0 to 1.
    """

    dense: float
    late: float
    tokens: NDArray[np.float32] = field(repr=False, compare=False)
    lexical: float


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What a search uses of a build; what is switched off is as if the build had none of it.

    Attributes:
        known_questions: The questions that passages come with; others may take their place.
        translations: The working translations of passages, as views.
    """

    known_questions: bool | KnownQuestions = True
    translations: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the reasons.

    Attributes:
        passage: The official passage.
        score: Fused score; comparable within one question.
        same: Through views in the language of the question, where there are any.
        cross: Through views in the other language.
        word_fits: How well each content word of the query fits the passage: mean of the best
            cosine of its tokens in any view.
        question_likeness: Likeness to the questions that it is known to answer; None where it
            comes with none.
        has_unanswered: Does its source come with questions that it does not answer, too?
        reading: Score of the reranker; None where there is none, or it has not read the passage.
        coverage: How much of the query it has in its words.
        nearer, nearer_some, leaning: See :class:`index.known_questions.Likeness`; 0 where the
            source does not come with questions of both sorts.
    """

    passage: Passage
    score: float
    same: ViewScores | None
    cross: ViewScores | None
    word_fits: tuple[float, ...] = ()
    question_likeness: float | None = None
    reading: float | None = None
    has_unanswered: bool = False
    coverage: Coverage = field(default_factory=Coverage)
    nearer: float = 0.0
    nearer_some: float = 0.0
    leaning: float = 0.0

    @property
    def anchor(self) -> Anchor:
        """Address of the passage."""
        return self.passage.anchor

    @property
    def views(self) -> list[ViewScores]:
        """Those that there are."""
        return [v for v in (self.same, self.cross) if v is not None]

    @property
    def lexical(self) -> float:
        """Best lexical score of any view."""
        return max(v.lexical for v in self.views)


def _no_names(_work: str, _lang: Lang) -> Sequence[str]:
    return ()


Nearest = dict[Lang, dict[str, float]]  # cosine by chunk id, best first
Fits = dict[str, tuple[float, NDArray[np.float32]]]  # by chunk id; see Searcher._similarities
Views = tuple[ViewScores | None, ViewScores | None]  # in the language of the question, in the other


class Searcher:
    """Searches one build.

    Args:
        build: What is searched.
        embedder: Turns a query into vectors.
        glossary: What names are in the other language.
        options: What is used of the build; by default everything.
        reranker: Reads the first passages; none by default.
        titles: What each work is called, which the reranker reads above a passage of it.
        names: The names that a work goes by in a language; none by default.
    """

    def __init__(
        self,
        build: Build,
        embedder: Embedder,
        glossary: Glossary,
        options: SearchOptions | None = None,
        reranker: Reranker | None = None,
        titles: Mapping[str, Bilingual] | None = None,
        names: Names = _no_names,
    ) -> None:
        self.build = build
        self._names = names
        self._titles = titles or {}
        self._reranker = reranker
        self._embedder = embedder
        self.glossary = glossary
        self._options = options or SearchOptions()
        known = self._options.known_questions
        own = build.questions if known else None
        self._known = known if isinstance(known, KnownQuestions) else own
        self.encoded = EncodedQuestions(embedder)

    def search(
        self,
        query: Query,
        limit: int = 10,
        works: Sequence[str] = (),
        among: Sequence[WorkPortion] = (),
        reading: Sequence[WorkPortion] = (),
    ) -> list[Hit]:
        """Passages for a query, best first.

        Args:
            query: What is searched.
            limit: How many at most.
            works: Only these works, where any are given.
            among: These and no other portions (work, portion), where any are given.
            reading: Portions that the reranker reads beside the first, where they are found.
        """
        lang = query.lang
        asked = spelled_out(query, self.glossary, self.build, self._names_of_texts)
        encoded = self.encoded(asked)
        lexical = {view: self._lexical(query, view) for view in LANGS}
        likeness = self._known.like(encoded.text) if self._known else None
        nearest = {} if among else self._nearest(encoded, frozenset(works))
        chosen = list(among) or self._candidates(nearest, lexical, likeness, frozenset(works))
        dense, fits = self._similarities(chosen, encoded, nearest)
        views = [self._views(portion, dense, fits, lexical, lang) for portion in chosen]
        offset = _offset(views)
        unit = self.build.spread
        scores = [_fused(same, cross, offset, unit) for same, cross in views]
        alike = [likeness.by_portion.get(p) if likeness else None for p in chosen]
        more = bonus(alike)
        content = ContentWords(query, self.build, self.glossary, self._names)
        fits_of = _word_fits(views, [places for _, places in word_groups(encoded.pieces, lang)])
        hits: list[Hit] = []
        for n, portion in enumerate(chosen):
            same, cross = views[n]
            passage = self._seen(self._passages(portion, lang)[0])
            coverage = content.coverage(passage)
            score = scores[n] + _COVERED * _worded(coverage) + _KNOWN * more[n] - _frame(portion)
            sides = self._sides(portion, likeness if alike[n] is not None else None)
            hits.append(
                Hit(
                    passage=passage,
                    score=score,
                    same=same,
                    cross=cross,
                    word_fits=fits_of[n],
                    question_likeness=alike[n],
                    coverage=coverage,
                    **sides,
                )
            )
        hits.sort(key=_order)
        if self._reranker is not None and hits:
            hits = self._read(hits, self._reranker, asked, query.lang, fits, frozenset(reading))
        return hits[:limit]

    @cached_property
    def _names_of_texts(self) -> frozenset[str]:
        """All that the texts are called, folded."""
        names = (self._names(work, lang) for work, lang in self.build.entries)
        return frozenset(fold(name) for of_one in names for name in of_one)

    def _read(
        self,
        hits: Sequence[Hit],
        reranker: Reranker,
        asked: str,
        lang: Lang,
        fits: Fits,
        beside: Collection[WorkPortion],
    ) -> list[Hit]:
        """The first hits, and those ``beside`` them, with what the reranker says of them, which has
        a say in their order.

        A source with questions of both sorts keeps its order: these tell better which passage
        answers. What the reranker says is a second opinion then on whether one does.
        """
        if hits[0].has_unanswered:
            first = list(hits[:_READ_BESIDE_LISTS])
            further = []
        else:
            unlisted = [h for h in hits if not h.has_unanswered]
            first = unlisted[:_READ] + [h for h in hits[:_READ] if h.has_unanswered]
            first += [h for h in unlisted[_READ:] if h.anchor.work_portion in beside]
            further = [h for h in unlisted[_READ:_READ_AT_MOST] if h not in first]

        def read(some: Sequence[Hit]) -> list[float]:
            texts = [self._read_text(h.passage, lang, fits) for h in some]
            return [float(r) for r in reranker.scores(asked, texts)]

        readings = read(first)
        if further and max(readings) < _ANSWERS:
            first, readings = first + further, readings + read(further)
        said = {h.anchor: r for h, r in zip(first, readings, strict=True)}
        found = [replace(h, reading=said.get(h.anchor)) for h in hits]
        return found if hits[0].has_unanswered else _reordered(found)

    def _read_text(self, passage: Passage, lang: Lang, fits: Fits) -> str:
        """A passage under what its text is called and its nearest heading; of a long one, which the
        reranker would cut, the piece that is nearest to the question; of a row, each cell after the
        head of its column.

        In the language of the question where the passage is there in it.
        """
        anchor, working = passage.anchor, passage.working
        translated = working if working and working.lang == lang != anchor.lang else None
        seen, title = translated or passage, self._titles.get(anchor.work)
        above = [title[lang if translated else anchor.lang]] if title else []
        spoken = lang if translated else anchor.lang
        pieces = [c for c in self.build.chunks_of[anchor] if c.lang == spoken]
        nearest = max(pieces, key=lambda c: fits[c.id][0])
        return "\n".join([*above, *seen.headings[-1:], _with_heads(nearest.text, passage.lead)])

    def sentences(self, query: Query, passage: Passage, lang: Lang) -> list[Sentence]:
        """The sentences of a passage in a language, each with how near the query is to it.

        Places are those in the text of the passage, or of its working translation where ``lang``
        is that of the translation; none where it has neither in ``lang``.
        """
        text = passage.texts.get(lang)
        if text is None:
            return []
        spans = self.build.sentences(text, lang)
        return scored(text, spans, self.encoded(query.text).tokens, self.pieces(passage, lang))

    def pieces(self, passage: Passage, lang: Lang) -> list[Piece]:
        """The pieces of the text of a passage in a language, with their tokens."""
        found: list[Piece] = []
        for chunk in self.build.chunks_of[passage.anchor]:
            if chunk.lang == lang:
                before = len(chunk.embedded) - len(chunk.text)
                spans = self._embedder.token_spans(chunk.embedded)
                inside = [(a - before, b - before) for a, b in spans]
                tokens = self.build.tokens[self.build.chunk_place[chunk.id]]
                found.append((inside, chunk.text, tokens))
        return found

    def _sides(self, portion: WorkPortion, likeness: Likeness | None) -> dict[str, Any]:
        """How a query stands to what a source answers and to what it does not."""
        work = portion[0]
        if likeness is None or not self._known or work not in self._known.with_unanswered:
            return {}
        return {
            "has_unanswered": True,
            "nearer": likeness.nearer[work],
            "nearer_some": likeness.nearer_some[work],
            "leaning": likeness.leaning[portion],
        }

    def _lexical(self, query: Query, view: Lang) -> NDArray[np.float32]:
        """Scores by place in the lexical index of a view's language."""
        index = self.build.lexical[view]
        if view != query.lang:
            return index.expected_scores(self._translated(query, view))
        names = " ".join(self.glossary.translate(query.words, query.lang, view))
        known = [t for t in index.terms(words(names, view)) if index.knows(t)]
        terms = index.terms(query.words)
        return np.maximum(
            index.scores(terms),
            _TRANSLATED * index.scores([*terms, *known]) if known else 0,
        )

    def _translated(self, query: Query, view: Lang) -> list[Likelihoods]:
        """What the words of a query are likely to be in the other language.

        A compound of which no translation is known goes by its parts; any other such word, as a
        name or a number, is written the same.
        """
        found: list[Likelihoods] = []
        known = translations.load()
        for word in query.words:
            terms = self.build.lexical[query.lang].terms([word])
            found += known.of_parts(terms, query.lang) or [{stem(word.written, view): 1.0}]
        for term in self.glossary.find(query.words, query.lang):
            if names := stems_of(term[view], view):
                found.append(dict.fromkeys(names, 1 / len(names)))
        return found

    def _candidates(
        self,
        nearest: Nearest,
        lexical: dict[Lang, NDArray[np.float32]],
        likeness: Likeness | None,
        works: frozenset[str],
    ) -> list[WorkPortion]:
        """Work and portion of what leads in any list."""
        build = self.build
        found: dict[WorkPortion, None] = {}
        for view in LANGS:
            scores = lexical[view]
            having = np.flatnonzero(scores > 0)
            order = having[np.argsort(-scores[having], kind="stable")]
            lists = (nearest[view], (build.lexical[view].ids[n] for n in order))
            for ids in lists:
                anchors = (build.chunks[build.chunk_place[i]].anchor for i in ids)
                wanted = (a for a in anchors if not works or a.work in works)
                for anchor in islice(wanted, CANDIDATES):
                    found[anchor.work_portion] = None
        known = likeness.by_portion if likeness else {}
        led_to = sorted((p for p in known if not works or p[0] in works), key=lambda p: -known[p])
        return list(found | dict.fromkeys(led_to[:CANDIDATES]))

    def _nearest(self, encoded: Encoded, works: frozenset[str]) -> Nearest:
        """The nearest chunks by their vectors with their cosine, best first, in each language."""
        store = self.build.vectors
        return {la: dict(store.nearest(la, encoded.text, CANDIDATES, works)) for la in LANGS}

    def _passages(self, portion: WorkPortion, lang: Lang) -> list[Passage]:
        """The official passages of a portion, that in ``lang`` first."""
        versions = self.build.versions[portion]
        return [versions[la] for la in (lang, other(lang)) if la in versions]

    def _seen(self, passage: Passage) -> Passage:
        """A passage with what the search may use of it."""
        return passage if self._options.translations else replace(passage, working=None)

    def _similarities(
        self, portions: Sequence[WorkPortion], encoded: Encoded, nearest: Nearest
    ) -> tuple[dict[str, float], Fits]:
        """By chunk id, for every chunk of the portions: cosine, and best cosine by token with the
        mean of these.
        """
        build = self.build
        pieces = [
            chunk
            for portion in portions
            for passage in self._passages(portion, "fr")
            for chunk in build.chunks_of[passage.anchor]
        ]
        dense: dict[str, float] = {}
        for view in LANGS:
            dense |= nearest.get(view, {})
            others = [c.id for c in pieces if c.lang == view and c.id not in dense]
            dense |= build.vectors.cosines(view, encoded.text, others)
        tokens = (build.tokens.packed(build.chunk_place[c.id]) for c in pieces)
        best = late_interaction.best(encoded.tokens, tokens)
        means = best.mean(axis=1).tolist()
        return dense, {c.id: (m, b) for c, m, b in zip(pieces, means, best, strict=True)}

    def _views(
        self,
        portion: WorkPortion,
        dense: dict[str, float],
        fits: Fits,
        lexical: dict[Lang, NDArray[np.float32]],
        lang: Lang,
    ) -> Views:
        """Views in the language of the question and in the other."""
        passages = self._passages(portion, lang)
        same, cross = (
            self._view(passages, dense, fits, lexical[la], la) for la in (lang, other(lang))
        )
        return same, cross

    def _view(
        self,
        passages: Sequence[Passage],
        dense: dict[str, float],
        fits: Fits,
        lexical: NDArray[np.float32],
        lang: Lang,
    ) -> ViewScores | None:
        build = self.build
        pieces = [
            c
            for p in passages
            for c in build.chunks_of[p.anchor]
            if c.lang == lang and (self._options.translations or c.anchor.lang == lang)
        ]
        if not pieces:
            return None
        means, best = zip(*(fits[c.id] for c in pieces), strict=True)
        index = build.lexical[lang]
        return ViewScores(
            dense=max(dense[c.id] for c in pieces),
            late=max(means),
            tokens=np.max(best, axis=0) if len(best) > 1 else best[0],
            lexical=max(float(lexical[index.place(c.id)]) for c in pieces),
        )


def _order(hit: Hit) -> tuple[float, str]:
    return -hit.score, str(hit.anchor)


def _worded(coverage: Coverage) -> float:
    """How much of a question stands in a passage, squared: nearly all of it tells, a part of it is
    there by chance.
    """
    return coverage.likely**2


def _with_heads(text: str, lead: str) -> str:
    """A row of a table, each cell after the head of its column; any other text as it is.

    >>> _with_heads("quai nord | 12 euros", "Quai | Prix par jour")
    'Quai: quai nord; Prix par jour: 12 euros'
    >>> _with_heads("quai sud | | gratuit", "Quai | Matin | Soir")
    'Quai: quai sud; Soir: gratuit'
    """
    heads, cells = cells_of(lead), cells_of(text)
    if len(cells) < 2 or len(cells) != len(heads):
        return text
    named = zip(heads, cells, strict=True)
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in named if cell)


def _reordered(hits: Sequence[Hit]) -> list[Hit]:
    """Hits in the order of the search, the reranker, and the words of the question together.

    Scores keep their unit: those that were read have the mean and the spread that they had, and the
    others come after them. A hit of a source with lists of questions keeps its score.
    """
    first = [h for h in hits if h.reading is not None and not h.has_unanswered]
    fused = np.array([h.score for h in first], np.float64)
    said = np.array([_READING * (h.reading or 0.0) + _WORDED * _worded(h.coverage) for h in first])
    mixed = fused + said
    apart = mixed - mixed.mean()
    scores = fused.mean() + apart * (fused.std() / (float(mixed.std()) or 1.0))
    least = float(scores.min())
    again = {h.anchor: replace(h, score=float(s)) for h, s in zip(first, scores, strict=True)}
    others = [
        h if h.has_unanswered else replace(h, score=min(h.score, least))
        for h in hits
        if h.anchor not in again
    ]
    return sorted([*sorted(again.values(), key=_order), *others], key=lambda h: -h.score)


def word_groups(pieces: Sequence[str], lang: Lang) -> list[tuple[str, list[int]]]:
    """The content words of a query, each with the places of its tokens."""
    groups: list[tuple[str, list[int]]] = []
    for place, piece in enumerate(pieces):
        if piece.startswith("▁") or not groups:
            groups.append((piece.removeprefix("▁"), [place]))
        else:
            written, places = groups[-1]
            groups[-1] = (written + piece, [*places, place])
    return [
        (written, places)
        for written, places in groups
        if any(len(word.written) > 1 for word in words(written, lang))
    ]


def _word_fits(views: Sequence[Views], groups: Sequence[Sequence[int]]) -> list[tuple[float, ...]]:
    """For each passage values by token as one by content word: the mean over its tokens, of the
    best view.
    """
    if not views:
        return []
    best = np.stack([np.max([v.tokens for v in vs if v is not None], axis=0) for vs in views])
    inside = ([place for place in places if place < best.shape[1]] for places in groups)
    means = [best[:, places].mean(axis=1) for places in inside if places]
    return [tuple(row) for row in np.transpose(means).tolist()] if means else [()] * len(views)


def _meaning(view: ViewScores) -> float:
    return (view.dense + _LATE * view.late) / (1 + _LATE)


def _offset(views: Sequence[Views]) -> float:
    """By how much this question fits views in its own language better, in general.

    Taken from the portions that have both: without it, a portion with one view only would stand
    above or below the others for that reason alone.
    """
    both = [_meaning(s) - _meaning(c) for s, c in views if s is not None and c is not None]
    return float(np.mean(both)) if both else 0.0


def _fused(same: ViewScores | None, cross: ViewScores | None, offset: float, unit: float) -> float:
    """One score from the views that there are."""
    if same is None:
        assert cross is not None
        return (_meaning(cross) + offset) / unit + _LEXICAL * cross.lexical
    own = _meaning(same)
    through = own if cross is None else _meaning(cross) + offset
    return (own + _CROSS * through) / (1 + _CROSS) / unit + _LEXICAL * same.lexical


def _frame(portion: WorkPortion) -> float:
    """What is taken off for the framing of an act (visas, closing formula, annexes), a recital.

    >>> [_frame(("ports", portion)) for portion in ("anx(2).sec_1", "rct_3", "art_3", "4.2")]
    [0.3, 0.13, 0.0, 0.0]
    """
    word = _STEP.match(portion[1])
    step = word.group() if word else ""
    return _FRAME if step in _FRAMING else _RECITAL if step == "rct" else 0.0

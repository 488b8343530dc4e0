"""From a question to passages: search, judge, and choose those to cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.answerability import AnswerabilityModel, Signals, signals
from assistant.mentions import Mentions
from assistant.message import is_keywords, is_short, leans_on_before, parts, subject
from index.build import Build
from index.glossary import Glossary
from index.search import Hit, Searcher, SearchResult
from sources.anchor import Anchor, Lang

DEPTH = 20  # hits looked at
SHOWN = 3  # citations at most for one question; near passages with a refusal
POOL = 8  # hits for the whole question that its parts, or a model that reads, choose from
CLOSE = 0.012  # fused score below the best that a further citation may have
_WIDE = 60  # of a question that leans on the one before it: few words find many passages
_COVERED, _PARTLY = 0.9, 0.5  # share of its words in the best passage: it is about that
_ASKED = 0.4  # likeness to a known question, for the same
_OWN = 0.7  # how much the words of such a question count beside those of both


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A hit with what speaks for it."""

    hit: Hit
    signals: Signals
    probability: float
    enough: bool


def _has_subject(best: ScoredPassage) -> bool:
    """Does a short question stand alone, by what was found for it?

    It does where it is answered and says what of ("prisons?"), and where it names what the best
    passage does not have ("EPPO?"). "When was that?" is near to much and about nothing.
    """
    return (best.enough and _is_known(best, _COVERED)) or best.signals.names_missing > 0


def _is_known(best: ScoredPassage, covered: float) -> bool:
    """Does the best passage have the words of a question, or a known question like it?"""
    return best.signals.covered >= covered or best.signals.asked >= _ASKED


def _close(judged: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Those whose score is close to the best."""
    return [j for j in judged if j.hit.score >= judged[0].hit.score - CLOSE]


class Selection(NamedTuple):
    """Passages to cite, none to refuse, and parts of the question that are not answered."""

    chosen: Sequence[ScoredPassage] = ()
    missing: tuple[str, ...] = ()


class PassageSelector:
    """Finds and judges passages of one build."""

    def __init__(
        self,
        build: Build,
        searcher: Searcher,
        glossary: Glossary,
        mentions: Mentions,
        judge: AnswerabilityModel,
    ) -> None:
        self._build = build
        self._searcher = searcher
        self._glossary = glossary
        self._mentions = mentions
        self._judge = judge

    def search(
        self,
        question: str,
        lang: Lang,
        history: Sequence[str] = (),
        works: Sequence[str] = (),
    ) -> list[ScoredPassage]:
        """What was found, judged, best first; with the conversation where it is needed."""
        leans = leans_on_before(question, lang)
        if not history or not (leans or is_short(question, lang)):
            return self._find(question, lang, works)
        found = [] if leans else self._find(question, lang, works)
        if found and (is_keywords(question, lang) or _has_subject(found[0])):
            return found
        works = works or self._spoken_of(history[-1], lang)
        alone, told = (
            self._find(text, lang, works, _WIDE) for text in (question, f"{history[-1]} {question}")
        )
        return self._together(alone, told)[:DEPTH] or alone or told

    def among(
        self, question: str, lang: Lang, portions: Sequence[tuple[str, str]]
    ) -> list[ScoredPassage]:
        """What of these portions (work, portion) fits best, judged."""
        found = self._searcher.search(question, lang, DEPTH, among=portions)
        return [self._judged(found, hit) for hit in found.hits]

    def _find(
        self, question: str, lang: Lang, works: Sequence[str] = (), depth: int = DEPTH
    ) -> list[ScoredPassage]:
        found = self._searcher.search(question, lang, depth, works)
        return [self._judged(found, hit) for hit in found.hits]

    def _judged(self, found: SearchResult, hit: Hit) -> ScoredPassage:
        given = signals(found, hit, self._build, self._glossary)
        p = self._judge.probability(hit, given)
        return ScoredPassage(hit, given, p, self._judge.enough(hit, p))

    def _spoken_of(self, question: str, lang: Lang) -> tuple[str, ...]:
        """The work that a question is about: that which it names, or which answers it."""
        mention = self._mentions.find(question, lang)
        if mention and mention.indexed:
            return (mention.work,)
        return tuple(j.hit.anchor.work for j in self._find(question, lang)[:1] if j.enough)

    def _together(
        self, alone: list[ScoredPassage], told: list[ScoredPassage]
    ) -> list[ScoredPassage]:
        """What fits a question both alone and after the one before it, best first.

        After the one before, it has a subject; alone, it is not drowned by what was answered
        already, and shows what is asked ("and how much does it cost?").
        """
        own = {j.hit.anchor: j for j in alone}
        both = []
        for later in told:
            if first := own.get(later.hit.anchor):
                score = _OWN * first.hit.score + (1 - _OWN) * later.hit.score
                p = (first.probability + later.probability) / 2
                hit = replace(later.hit, score=score)
                both.append(ScoredPassage(hit, later.signals, p, self._judge.enough(hit, p)))
        return sorted(both, key=lambda j: -j.hit.score)

    def choose(
        self, question: str, lang: Lang, judged: Sequence[ScoredPassage], works: Sequence[str] = ()
    ) -> Selection:
        """What to cite of what was found (in ``works``, where these are given), by the judge.

        "What does the text say about X?" needs no judge where a passage has every word of X.
        Keywords give the judge little to go by: the passage has to know them.
        """
        pieces = parts(question, lang)
        if len(pieces) > 1:
            return self._parts(pieces, lang, judged, works)
        stray = is_keywords(question, lang) and not _is_known(judged[0], _PARTLY)
        if judged[0].enough and not stray:
            return Selection([j for j in _close(judged) if j.enough][:SHOWN])
        named = subject(question, lang)
        about = [j for j in judged if self._mentions.says(j.hit.passage, named, lang)]
        return Selection(_close(about)[:SHOWN])

    def _parts(
        self,
        pieces: Sequence[str],
        lang: Lang,
        judged: Sequence[ScoredPassage],
        works: Sequence[str],
    ) -> Selection:
        """For each part that is answered, what fits it best of what was found for the whole.

        A part is asked as if the parts before it had been asked before ("where is it, and since
        when?"); one that nothing answers then is missing from the sources. Where the whole
        question is not answered, a part may be: by a passage that was found for the whole.
        """
        pool = {j.hit.anchor: j for j in judged[:POOL]}
        among = [(a.work, a.portion) for a in pool]
        chosen: dict[Anchor, ScoredPassage] = {}
        missing: list[str] = []
        for n, piece in enumerate(pieces):
            alone = self.search(piece, lang, pieces[:n], works)[0]
            if alone.enough and (judged[0].enough or alone.hit.anchor in pool):
                best = self._searcher.search(piece, lang, 1, among=among).hits[0]
                chosen.setdefault(best.anchor, pool[best.anchor])
            else:
                missing.append(piece)
        if not chosen:
            return Selection([j for j in judged[:1] if j.enough])
        ordered = sorted(chosen.values(), key=lambda j: -j.hit.score)
        return Selection(ordered[:SHOWN], tuple(missing))

"""From a question to an answer or a refusal: the one way, for the page, the shell and programs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import render
from assistant.answer import Answer, Known, Outcome, Reason, Refusal
from assistant.evidence import Judge, Signals, signals
from assistant.language import detect
from assistant.locale import say
from assistant.mentions import Mention, Mentions
from assistant.question import has_content, is_order, leans_on_before, parts
from index.glossary import Glossary, Term
from index.glossary import load as load_glossary
from index.resolve import resolve
from index.search import Found, Hit, Searcher
from index.stored import Build
from index.words import stem
from sources.anchor import Anchor, Lang
from sources.errors import UsageError
from sources.model import Passage

if TYPE_CHECKING:
    from index.embedding import Embedder
    from sources.catalogue import Catalogue

_DEPTH = 20  # hits looked at
_WIDE = 60  # of a question that leans on the one before it: few words find many passages
_OWN = 0.7  # how much the words of such a question count beside those of both
_SHOWN = 3  # citations at most for one question; near passages with a refusal
_POOL = 8  # hits for the whole question that its parts choose from
_FAR = 0.2  # probability of the best hit below which a part of a question is not in the sources
_WHOLE = 12  # passages of an article that is asked for as a whole
_CLOSE = 0.012  # fused score below the best that a further citation may have


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its words, the language they are in, and the language to answer in."""

    text: str
    lang: Lang
    spoken: Lang


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit with what speaks for it."""

    hit: Hit
    signals: Signals
    probability: float
    enough: bool


class Assistant:
    """Answers questions from one build."""

    def __init__(
        self,
        build: Build,
        embedder: Embedder,
        catalogue: Catalogue,
        judge: Judge,
        *,
        max_question: int = 1000,
    ) -> None:
        self.build = build
        names = [Term(fr=s.names("fr"), nl=s.names("nl")) for s in catalogue]
        self._glossary = Glossary([*load_glossary(), *names])
        self.searcher = Searcher(build, embedder, self._glossary)
        self.mentions = Mentions(catalogue, build)
        self.judge = judge
        self._max = max_question

    def ask(
        self,
        question: str,
        lang: Lang | None = None,
        *,
        page: Lang = "fr",
        history: Sequence[str] = (),
    ) -> Outcome:
        """Answer a question.

        Args:
            question: As typed; ``UsageError`` where it is longer than the setting allows.
            lang: Language of the answer; None for that of the question. The search is in the
                language of the question in any case.
            page: Language for a question that is in neither.
            history: Earlier questions of the conversation, oldest first.
        """
        start = time.perf_counter()
        text = question.encode("utf-8", "replace").decode("utf-8")  # halves of signs are no text
        question = " ".join(text.split())
        if len(question) > self._max:
            raise UsageError(
                "the question is too long",
                f"{len(question)} characters",
                f"Ask in at most {self._max} characters.",
            )
        found, sure = detect(question, page, self._knows)
        asked = _Asked(question, found if sure else lang or found, lang or found)
        outcome = self._answer(asked, history)
        if not sure and lang is None:
            notice = say(asked.spoken, "notice.other_language")
            outcome = replace(outcome, notices=(notice, *outcome.notices))
        return replace(outcome, elapsed_ms=round(1000 * (time.perf_counter() - start)))

    def _knows(self, word: str, lang: Lang) -> bool:
        return self.build.lexical[lang].knows(stem(word, lang))

    def search(
        self,
        question: str,
        lang: Lang,
        history: Sequence[str] = (),
        works: Sequence[str] = (),
    ) -> list[Judged]:
        """What was found, judged, best first; with the conversation where it is needed."""
        if not history or not leans_on_before(question, lang):
            return self._judged(self.searcher.search(question, lang, _DEPTH, works))
        works = works or self._spoken_of(history[-1], lang)
        alone, told = (
            self._judged(self.searcher.search(text, lang, _WIDE, works))
            for text in (question, f"{history[-1]} {question}")
        )
        return self._together(alone, told)[:_DEPTH] or alone or told

    def _spoken_of(self, question: str, lang: Lang) -> tuple[str, ...]:
        """The work that a question is about: that which it names, or which answers it."""
        mention = self.mentions.find(question, lang)
        if mention and mention.indexed:
            return (mention.work,)
        best = self._judged(self.searcher.search(question, lang, _DEPTH))[:1]
        return tuple(j.hit.anchor.work for j in best if j.enough)

    def _together(self, alone: list[Judged], told: list[Judged]) -> list[Judged]:
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
                both.append(Judged(hit, later.signals, p, self.judge.enough(hit, p)))
        return sorted(both, key=lambda j: -j.hit.score)

    def _judged(self, found: Found) -> list[Judged]:
        out = []
        for hit in found.hits:
            given = signals(found, hit, self.build, self._glossary)
            p = self.judge.probability(hit, given)
            out.append(Judged(hit, given, p, self.judge.enough(hit, p)))
        return out

    def _answer(self, asked: _Asked, history: Sequence[str]) -> Outcome:
        question, lang = asked.text, asked.lang
        if not question or is_order(question):
            return self._refuse(asked, "instruction" if question else "empty", [])
        mention = self.mentions.find(question, lang)
        if mention and mention.indexed and mention.portion:
            return self._at(asked, mention)
        works = (mention.work,) if mention and mention.indexed else ()
        judged = self.search(question, lang, history, works)
        if mention and not mention.indexed and (told := self._naming(mention, judged)):
            return self._write(asked, told, (), mention)
        if mention and not mention.indexed:
            best = judged[0].hit.passage if judged else None
            if best is None or self.mentions.asks_inside(mention, best, lang):
                return self._refuse(asked, "known", judged, mention)
        said = bool(history or mention or has_content(question, lang))
        chosen, missing = self._choose(asked, judged) if judged and said else ([], ())
        if not chosen:
            return self._refuse(asked, "plain", judged, mention)
        return self._write(asked, chosen, missing, mention)

    def _naming(self, mention: Mention, judged: list[Judged]) -> list[Judged]:
        """The passages that speak of a text that is not indexed, where these are asked for.

        They are where a question asks for that text and nothing more, and, if what it asks is in
        there, where it says that it wants to know what the declaration says.
        """
        found = [
            j
            for j in judged
            if any(
                r.work == mention.work and mention.portion in (None, r.portion)
                for r in self.mentions.references(j.hit.passage.text)
            )
        ]
        if not mention.rest and not mention.portion:
            return found[:_SHOWN]
        return [j for j in found[:1] if mention.about and j.enough]

    def _at(self, asked: _Asked, mention: Mention) -> Outcome:
        """Straight to the place that the question names."""
        assert mention.portion is not None
        there = resolve(self.build, mention.work, mention.portion, asked.spoken)
        if not there:
            near = self.search(asked.text, asked.lang, (), (mention.work,))
            return self._refuse(asked, "no_portion", near, mention)
        if len(there) > 1 and mention.rest:  # something of a larger portion: what fits best
            among = [(p.anchor.work, p.anchor.portion) for p in there]
            hits = self.searcher.search(asked.text, asked.lang, _DEPTH, among=among).hits
            close = [h for h in hits if h.score >= hits[0].score - _CLOSE]
            there = [h.passage for h in close[:_SHOWN]]
        return self._write_passages(asked, there[:_WHOLE])

    def _choose(self, asked: _Asked, judged: list[Judged]) -> tuple[list[Judged], tuple[str, ...]]:
        """Passages to cite, none to refuse, and parts of the question that are not answered."""
        pieces = parts(asked.text, asked.lang)
        if len(pieces) == 1:
            if not judged[0].enough:
                return [], ()
            top = judged[0].hit.score
            close = [j for j in judged if j.enough and j.hit.score >= top - _CLOSE]
            return close[:_SHOWN], ()
        return self._parts(pieces, asked.lang, judged)

    def _parts(
        self, pieces: list[str], lang: Lang, judged: list[Judged]
    ) -> tuple[list[Judged], tuple[str, ...]]:
        """For each part, what fits it best of what was found for the whole question.

        A part is often too short to be searched alone ("and when?"); the whole question gives
        it its context. A part that has nothing near it anywhere is missing from the sources.
        Where the whole question is not answered, a part may be: on its own, by a passage that
        was found for the whole.
        """
        pool = {j.hit.anchor: j for j in judged[:_POOL]}
        among = [(a.work, a.portion) for a in pool]
        chosen: dict[Anchor, Judged] = {}
        missing: list[str] = []
        for piece in pieces:
            alone = self._judged(self.searcher.search(piece, lang, _DEPTH))[0]
            best = self.searcher.search(piece, lang, 1, among=among).hits[0]
            there = alone.enough and alone.hit.anchor in pool
            if there or (judged[0].enough and alone.probability >= _FAR):
                chosen.setdefault(best.anchor, pool[best.anchor])
            else:
                missing.append(piece)
        if not chosen:
            return judged[:1] if judged[0].enough else [], ()
        ordered = sorted(chosen.values(), key=lambda j: -j.hit.score)
        return ordered[:_SHOWN], tuple(missing)

    def _write(
        self,
        asked: _Asked,
        chosen: list[Judged],
        missing: tuple[str, ...],
        mention: Mention | None,
    ) -> Answer:
        notices: tuple[str, ...] = ()
        known: tuple[Known, ...] = ()
        if mention and not mention.indexed:
            lang = asked.spoken
            known = (self.mentions.known(mention, lang),)
            notices = (say(lang, "notice.mention", title=self.mentions.short(mention.work, lang)),)
        passages = [j.hit.passage for j in chosen]
        answer = self._write_passages(asked, passages, missing, chosen[0].probability)
        return replace(answer, notices=notices, known=known)

    def _in(self, lang: Lang, passage: Passage) -> Passage:
        """The official text in a language, where there is one; else the passage as found."""
        return (
            passage if passage.anchor.lang == lang else self.build.twin(passage.anchor) or passage
        )

    def _write_passages(
        self,
        asked: _Asked,
        passages: Sequence[Passage],
        missing: tuple[str, ...] = (),
        confidence: float = 1.0,
    ) -> Answer:
        lang = asked.spoken
        citations = tuple(
            render.cite(self.build, self._in(lang, p).anchor, n, lang)
            for n, p in enumerate(passages, 1)
        )
        return Answer(
            question=asked.text,
            lang=lang,
            text=render.answer_text(self.build, citations, missing, lang),
            citations=citations,
            build=self.build.id,
            missing=missing,
            confidence=confidence,
        )

    def _refuse(
        self,
        asked: _Asked,
        reason: Reason,
        judged: list[Judged],
        mention: Mention | None = None,
    ) -> Refusal:
        lang = asked.spoken
        near = [self._in(lang, j.hit.passage) for j in judged[:_SHOWN]]
        nearest = tuple(render.near(self.build, p, lang) for p in near)
        names = render.searched(self.build, lang)
        known: tuple[Known, ...] = ()
        if mention and not mention.indexed:
            known = (self.mentions.known(mention, lang),)
        match reason:
            case "known":
                opening = say(lang, "refusal.known", title=known[0].title)
            case "plain":
                count = self.build.manifest.passages
                opening = say(lang, "refusal.plain", count=count, sources=", ".join(names))
            case "no_portion":
                assert mention is not None
                title = self.mentions.short(mention.work, lang)
                opening = say(lang, "refusal.no_portion", portion=mention.written, title=title)
            case _:
                opening = say(lang, f"refusal.{reason}")
        return Refusal(
            question=asked.text,
            lang=lang,
            text=render.refusal_text(lang, opening, known, nearest),
            reason=reason,
            nearest=nearest,
            build=self.build.id,
            known=known,
            searched=names if reason in ("plain", "known") else (),
            confidence=judged[0].probability if judged else 0.0,
        )

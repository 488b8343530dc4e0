"""From a question to an answer or a refusal: the one way, for the page, the shell and programs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Outcome, Reason
from assistant.answerability import AnswerabilityModel
from assistant.composing import Asked, Composer
from assistant.language import detect
from assistant.llm import ChooserError
from assistant.locale import say
from assistant.mentions import Mention, Mentions
from assistant.message import asks_opinion, has_content, is_courtesy, is_order
from assistant.selection import CLOSE, POOL, SHOWN, PassageSelector, ScoredPassage, Selection
from index.build import Build
from index.glossary import Glossary, Term
from index.glossary import load as load_glossary
from index.resolve import resolve
from index.search import Searcher
from index.tokens import stem
from sources.anchor import Lang
from sources.errors import UsageError

if TYPE_CHECKING:
    from assistant.llm import PassageChooser
    from index.embedding import Embedder
    from sources.catalogue import Catalogue

_WHOLE = 12  # passages of an article that is asked for as a whole


def _no_question(message: str) -> Reason | None:
    """Why a message asks nothing of the texts, if it does not."""
    if not message:
        return "empty"
    if is_courtesy(message):
        return "courtesy"
    if is_order(message):
        return "instruction"
    return "opinion" if asks_opinion(message) else None


def _clean(text: str) -> str:
    """On one line, and without halves of signs, which are no text."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


class Assistant:
    """Answers questions from one build."""

    def __init__(
        self,
        build: Build,
        embedder: Embedder,
        catalogue: Catalogue,
        judge: AnswerabilityModel,
        *,
        reader: PassageChooser | None = None,
        max_question: int = 1000,
    ) -> None:
        self.build = build
        names = [Term(fr=s.names("fr"), nl=s.names("nl")) for s in catalogue]
        self.glossary = Glossary([*load_glossary(), *names])
        self.searcher = Searcher(build, embedder, self.glossary)
        self.mentions = Mentions(catalogue, build)
        self.judge = judge
        self._finder = PassageSelector(build, self.searcher, self.glossary, self.mentions, judge)
        self._writer = Composer(build, self.mentions)
        self._reader = reader
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
            history: Earlier questions of the conversation, oldest first; the last one counts,
                and is held to the same length.
        """
        start = time.perf_counter()
        question = self._checked(question, "the question")
        history = [self._checked(text, "the question before") for text in history[-1:]]
        if history:  # a follow-up of a word or two is in the language of the conversation
            page = detect(history[-1], page, self._knows)[0]
        found, sure = detect(question, page, self._knows)
        asked = Asked(question, found if sure else lang or found, lang or found)
        outcome = self._answer(asked, history)
        if not sure and lang is None:
            notice = say(asked.spoken, "notice.other_language")
            outcome = replace(outcome, notices=(notice, *outcome.notices))
        return replace(outcome, elapsed_ms=round(1000 * (time.perf_counter() - start)))

    def _checked(self, text: str, what: str) -> str:
        if len(text) > 10 * self._max or len(text := _clean(text)) > self._max:
            raise UsageError(
                f"{what} is too long",
                f"{len(text)} characters",
                f"Ask in at most {self._max} characters.",
            )
        return text

    def search(
        self,
        question: str,
        lang: Lang,
        history: Sequence[str] = (),
        works: Sequence[str] = (),
    ) -> list[ScoredPassage]:
        """See :meth:`assistant.selection.PassageSelector.search`."""
        return self._finder.search(question, lang, history, works)

    def _knows(self, word: str, lang: Lang) -> bool:
        return self.build.lexical[lang].knows(stem(word, lang))

    def _answer(self, asked: Asked, history: Sequence[str]) -> Outcome:
        question, lang = asked.text, asked.lang
        mention = self.mentions.find(question, lang)
        if outcome := self._without_search(asked, mention):
            return outcome
        works = (mention.work,) if mention and mention.indexed else ()
        judged = self.search(question, lang, history, works)
        if mention and not mention.indexed:
            if told := self._naming(mention, judged):
                return self._write(asked, Selection(told), mention)
            if not judged or self.mentions.asks_inside(mention, judged[0].hit.passage, lang):
                return self._writer.refuse(asked, "known", judged, mention)
        said = has_content(question, lang) or (history and any(c.isalpha() for c in question))
        if not judged or not (mention or said):
            return self._writer.refuse(asked, "plain", judged, mention)
        return self._chosen(asked, judged, mention, works)

    def _without_search(self, asked: Asked, mention: Mention | None) -> Outcome | None:
        """What a message itself decides: no question, an order, a whole text, a place in one."""
        if reason := _no_question(asked.text):
            return self._writer.refuse(asked, reason)
        if work := self.mentions.whole(asked.text, asked.lang):
            return self._writer.contents(asked, work)
        if mention and mention.indexed and mention.portion:
            return self._at(asked, mention)
        return None

    def _chosen(
        self,
        asked: Asked,
        judged: list[ScoredPassage],
        mention: Mention | None,
        works: tuple[str, ...],
    ) -> Outcome:
        """By the model that reads, where there is one and it can be asked; else by the judge."""
        writer, notices = "extract", tuple[str, ...]()
        choice: Selection | None = None
        if self._reader:
            pool = judged[:POOL]
            texts = [j.hit.passage.text for j in pool]
            try:
                places = self._reader.choose(asked.text, asked.lang, texts)
                choice, writer = Selection([pool[n] for n in places[:SHOWN]]), self._reader.name
            except ChooserError:
                notices = (say(asked.spoken, "notice.reader"),)
        choice = choice or self._finder.choose(asked.text, asked.lang, judged, works)
        outcome = (
            self._write(asked, choice, mention)
            if choice.chosen
            else self._writer.refuse(asked, "plain", judged, mention)
        )
        return replace(outcome, writer=writer, notices=(*outcome.notices, *notices))

    def _naming(self, mention: Mention, judged: list[ScoredPassage]) -> list[ScoredPassage]:
        """The passages that speak of a text that is not indexed, where these are asked for.

        They are where a question asks for that text and nothing more, and, if what it asks is in
        there, where it says that it wants to know what the declaration says.
        """
        found = [j for j in judged if self.mentions.names(j.hit.passage, mention)]
        if not mention.rest and not mention.portion:
            return found[:SHOWN]
        return [j for j in found[:1] if mention.about and j.enough]

    def _at(self, asked: Asked, mention: Mention) -> Outcome:
        """Straight to the place that the question names."""
        assert mention.portion is not None
        there = resolve(self.build, mention.work, mention.portion, asked.spoken)
        if not there:
            near = self.search(asked.text, asked.lang, (), (mention.work,))
            return self._writer.refuse(asked, "no_portion", near, mention)
        if mention.rest:  # something that the place says, where it says it
            among = [(p.anchor.work, p.anchor.portion) for p in there]
            near = self._finder.among(asked.text, asked.lang, among)
            said = near[0].enough or self.mentions.speaks_of(mention, there, asked.lang)
            if near[0].hit.judged and not said:
                return self._writer.refuse(asked, "plain", near, mention)
            close = [j.hit for j in near if j.hit.score >= near[0].hit.score - CLOSE]
            there = [h.passage for h in close[:SHOWN]]
        return self._writer.answer(asked, there[:_WHOLE])

    def _write(self, asked: Asked, choice: Selection, mention: Mention | None) -> Outcome:
        passages = [j.hit.passage for j in choice.chosen]
        confidence = max(j.probability for j in choice.chosen)
        return self._writer.answer(asked, passages, choice.missing, confidence, mention)

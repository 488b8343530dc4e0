"""From a question to an answer or a refusal: the one way, for the page, the shell and programs.

A message is read once (:mod:`assistant.question`), an ordered list of rules decides
(:mod:`assistant.rules`), and what they decide is composed from storage
(:mod:`assistant.composing`), below what a language model wrote of it and code has checked
(:mod:`assistant.writing`), where one is configured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from assistant.announced import with_items
from assistant.answer import Answer, Outcome, Refusal
from assistant.answerability import AnswerabilityModel, models
from assistant.claim_check import ClaimChecker
from assistant.composing import Composer
from assistant.corrections import Corrections
from assistant.decision import Decision, DecisionInput
from assistant.definitions import Definitions
from assistant.doubt import lacks_number
from assistant.elsewhere import Elsewhere
from assistant.finding import ScoredPassage
from assistant.key_data import KeyData
from assistant.key_sentence import key_sentence
from assistant.language import detect
from assistant.literal import asks_for_several
from assistant.llm import LlmWriter
from assistant.locale import say
from assistant.mentions import Mentions
from assistant.message import without_joint
from assistant.moves import Move, changed, language, unfold
from assistant.question import Question, read
from assistant.rules import Rule, decide
from assistant.sections import Sections
from assistant.selection import PassageSelector
from assistant.spelling import mended
from assistant.tables import Tables
from assistant.topic import TopicModel, Topics
from assistant.trace import trace
from assistant.unrecognised import TitleSimilarity
from assistant.writing import AnswerWriting, WrittenAnswer
from index.build import Build
from index.reranker import Reranker
from index.reranker import load as load_reranker
from index.retriever import PassageRetriever
from index.search import Searcher, SearchOptions
from sources import catalogue
from sources.anchor import Anchor, Lang
from sources.errors import UsageError
from sources.pasted import typed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.llm import AnswerWriter
    from index.embedding import Embedder
    from sources.catalogue import Catalogue
    from sources.model import Passage
    from sources.settings import Settings


_MAY_BE_MISSPELLED = ("plain", "known")  # reasons to read a question again
_REMEMBERED = 10  # earlier questions in which an act may have been named


class Assistant:
    """Answers questions from one build.

    Args:
        build: What is searched.
        embedder: Turns a question into vectors.
        texts: Those that are known.
        model: How likely a passage answers.
        writer: A language model that writes answers; none by default.
        max_question: Longest question, in characters.
        options: What the search uses of the build.
        reranker: Reads the first passages; none by default.
        topics: How broad a question is and what belongs to it; by default nearness alone tells.
    """

    def __init__(
        self,
        build: Build,
        embedder: Embedder,
        texts: Catalogue,
        model: AnswerabilityModel,
        *,
        writer: AnswerWriter | None = None,
        max_question: int = 1000,
        options: SearchOptions | None = None,
        reranker: Reranker | None = None,
        topics: TopicModel | None = None,
    ) -> None:
        self.build = build
        self.mentions = Mentions(texts, build)
        self.glossary = self.mentions.texts.glossary
        titles = {source.id: source.called for source in texts}
        names = self.mentions.known.names_of
        self.searcher = Searcher(build, embedder, self.glossary, options, reranker, titles, names)
        self._sections = Sections(build, self.mentions)
        self._topics = Topics(topics, build, self._vector) if topics else None
        self._tokens = lambda word: len(embedder.token_spans(word))
        self.model = model
        self._selector = PassageSelector(
            PassageRetriever(self.searcher), build, self.glossary, self.mentions, model
        )
        self.corrections = Corrections(build)
        self.key_data = KeyData(build, self.mentions, self._sections.outline, self.glossary)
        self._tables = Tables(build, self.mentions)
        self.definitions = Definitions(build)
        self._elsewhere = Elsewhere(build, self.mentions)
        self._titles = TitleSimilarity(self.mentions.known, self._vector, self.glossary)
        self._composer = Composer(
            build, self.mentions, partial(key_sentence, self.searcher), self.key_data
        )
        self._writing = AnswerWriting(writer, ClaimChecker(self.build)) if writer else None
        self._max = max_question

    @classmethod
    def of(
        cls,
        build: Build,
        settings: Settings,
        embedder: Embedder,
        *,
        model: AnswerabilityModel | None = None,
        options: SearchOptions | None = None,
    ) -> Assistant:
        """An assistant for these settings; ``model`` is by default that of the build."""
        reranker = load_reranker(settings)
        return cls(
            build,
            embedder,
            catalogue.load(settings.data / "catalogue.toml"),
            model or AnswerabilityModel.of(settings.data, models(build, reranker)),
            writer=LlmWriter.of(settings),
            max_question=settings.max_question,
            options=options,
            reranker=reranker,
            topics=TopicModel.of(build.manifest.model.name),
        )

    def ask(
        self,
        question: str,
        lang: Lang | None = None,
        *,
        page: Lang = "fr",
        history: Sequence[str] = (),
    ) -> Outcome:
        """Answer a question; the outcome has its :class:`assistant.trace.Trace`.

        Args:
            question: As typed; ``UsageError`` where it is longer than the setting allows.
            lang: Language of the answer; None for that of the question. The search is in the
                language of the question in any case.
            page: Language for a question that is in neither.
            history: Earlier messages of the conversation, oldest first. The last that asks
                something counts, and is held to the same length; a message about its answer
                ("shorter", "in Dutch") is about that. An article without an act is of the one
                that they named last.
        """
        start = time.perf_counter()
        message = self._checked(question, "the question")
        asked, before, moves = unfold(message, history, self._names_a_text)
        asked = self._checked(asked, "the question before")
        last = [self._checked(text, "the question before") for text in before[-1:]]
        earlier = [text for text in before[-_REMEMBERED:-1] if len(text) <= self._max]
        before = [*map(typed, earlier), *last]
        read_in = partial(self._read, lang=language(moves) or lang, page=page, history=before)
        case, rule, decision = self._decided(asked, read_in)
        parsed = case.question
        if not (decision.occurrences or decision.column or decision.sides):
            several = decision.is_retrieved and asks_for_several(parsed)
            cited = self._tables.with_rows(parsed, decision.cite) if several else decision.cite
            cited = with_items(self.build, cited, all_of_list=several)
            decision = replace(decision, cite=cited)
        decision = changed(case, decision, moves)
        if decision.refuse:
            decision = replace(decision, searched=self._selector.searched(parsed))
        if not decision.is_brief:
            decision = replace(decision, cite=self.corrections.beside(decision.cite))
        outcome = self._composer.compose(parsed, decision, self._written(case, decision))
        return replace(
            outcome,
            question=message,
            about=parsed.text if moves or parsed.is_completed else "",
            notices=(*self._first_notices(case, lang, moves, decision, outcome), *outcome.notices),
            trace=trace(
                parsed,
                rule,
                case.found if case.has_searched else decision.nearest,
                case.topic if case.has_topic else None,
                goes_on=case.goes_on,
            ),
            elapsed_ms=round(1000 * (time.perf_counter() - start)),
        )

    def _decided(
        self, asked: str, read_in: Callable[[str], Question]
    ) -> tuple[DecisionInput, Rule, Decision]:
        """What is decided about a question as it stands, else as it was meant where it is
        misspelled and something answers it then.
        """
        case = self._case(read_in(asked))
        rule, decision = decide(case)
        if decision.refuse in _MAY_BE_MISSPELLED and (
            spelled := mended(case.question, self.build, self._tokens)
        ):
            again = self._case(read_in(spelled))
            again.is_mended = True
            better, other = decide(again)
            if other.cite:
                return again, better, other
        return case, rule, decision

    def _vector(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, or of another short text."""
        return self.searcher.encoded(text).text

    def _case(self, question: Question) -> DecisionInput:
        return DecisionInput(
            question,
            self.build,
            self._selector,
            self.mentions,
            self._sections,
            self.key_data,
            self._tables,
            self.definitions,
            self._elsewhere,
            self._titles,
            self._topics,
            self._answered,
        )

    def _answered(self, question: Question) -> Sequence[Passage]:
        """What is cited for a question."""
        return decide(self._case(question))[1].cite

    def _first_notices(
        self,
        case: DecisionInput,
        lang: Lang | None,
        moves: Sequence[Move],
        decision: Decision,
        outcome: Outcome,
    ) -> list[str]:
        """What a reader is told before the answer."""
        question, notices = case.question, []
        spoken = question.answer_lang
        if not question.recognised and lang is None:
            notices.append(say(spoken, "notice.other_language"))
        is_said = question.mention is not None and not question.mention.indexed
        if question.absent and not is_said:
            notices.append(say(spoken, "notice.mention", title=question.absent))
        if moves or question.is_completed:
            notices.append(say(spoken, "notice.about", question=question.text))
        elif case.is_mended:
            notices.append(say(spoken, "notice.read_as", question=question.text))
        if moves and moves[-1].sort == "sure":
            notices.append(say(spoken, f"notice.sure_{outcome.outcome}"))
        if isinstance(outcome, Refusal) and (unsaid := self._selector.unsaid(question)):
            notices.append(say(spoken, "notice.unsaid", thing=unsaid))
        if case.out_of_vocabulary:
            quoted = (say(spoken, "notice.word", word=word) for word in case.out_of_vocabulary)
            notices.append(say(spoken, "notice.out_of_vocabulary", words=", ".join(quoted)))
        elif isinstance(outcome, Answer) and self._is_unsure(question, decision, outcome):
            notices.append(say(spoken, "notice.unsure"))
        mention = question.mention
        versions = self.mentions.texts.versions
        if mention and versions.lacks_consolidated(mention.work, question.text):
            act = self.mentions.known.short(mention.work, spoken)
            notices.append(say(spoken, "notice.no_consolidated", act=act))
        notices += self._of_force(case, outcome)
        return notices + [say(spoken, key) for key in case.remarks]

    @staticmethod
    def _is_unsure(question: Question, decision: Decision, answer: Answer) -> bool:
        """May an answer well be none? Not one that is said in a line, nor a list of passages."""
        if answer.literal or answer.groups or not decision.is_retrieved:
            return False
        return decision.is_unsure or lacks_number(question, decision.cite)

    def _of_force(self, case: DecisionInput, outcome: Outcome) -> list[str]:
        """How what is cited stands as law, and what else speaks of it where nothing answers."""
        question, in_force = case.question, self._selector.in_force
        if isinstance(outcome, Answer):
            cited = [self.build.by_anchor[Anchor.parse(c.anchor)] for c in outcome.citations]
            lang = question.answer_lang
            return in_force.notices(cited, lang) + self.corrections.notices(cited, lang)
        if not case.has_searched:
            return []
        left_out = self._selector.not_in_force(question, question.works)
        return in_force.unanswered(left_out, question.answer_lang)

    def search(self, question: str, lang: Lang, works: Sequence[str] = ()) -> list[ScoredPassage]:
        """What is found for a question that stands alone, best first.

        ``works`` are the only ones that are searched, where any are given.
        """
        return self._selector.search(read(question, lang, self.mentions), works)

    def _read(self, text: str, lang: Lang | None, page: Lang, history: Sequence[str]) -> Question:
        page = lang or page
        if history:  # a follow-up of a word or two is in the language of the conversation
            page = detect(history[-1], page, self.build.knows)[0]
        page = self.mentions.texts.language_of(text) or page
        found, sure = detect(text, page, self.build.knows)

        def spoken(earlier: str) -> Lang:
            return detect(earlier, found, self.build.knows)[0]

        return read(
            text,
            found if sure else lang or found,
            self.mentions,
            answer_lang=lang or found,
            recognised=sure,
            before=history,
            spoken=spoken,
            answering=lambda earlier: self._selector.work_of(earlier, spoken(earlier)),
        )

    def _names_a_text(self, message: str) -> bool:
        lang = detect(message, "fr", self.build.knows)[0]
        texts, alone = self.mentions.texts, without_joint(message, lang)
        # The other of two is one text; of more it is not said which.
        return texts.names_a_text(message, lang) or len(texts.other_among(alone, lang)) == 2

    def _written(self, case: DecisionInput, decision: Decision) -> WrittenAnswer | None:
        """What a language model says of what was found; None where none is asked."""
        if self._writing is None or not decision.is_retrieved:
            return None
        return self._writing.answer(case.question, case.readable(decision.cite))

    def _checked(self, text: str, what: str) -> str:
        if len(text) > 10 * self._max or len(text := typed(text)) > self._max:
            raise UsageError(
                f"{what} is too long",
                f"{len(text)} characters",
                f"Ask in at most {self._max} characters.",
            )
        return text

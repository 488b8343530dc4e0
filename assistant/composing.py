"""From passages to an answer, or from none to a refusal: every word from storage or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from assistant import render
from assistant.answer import (
    Answer,
    Citation,
    CitedSection,
    KeySentence,
    Outcome,
    Reason,
    Refusal,
    TextChoice,
    UnindexedText,
    WrittenSentence,
)
from assistant.decision import SHOWN
from assistant.front import FrontLine
from assistant.key_sentence import sentence_marking
from assistant.listings import ListComposer, counted
from assistant.literal import asks_for_one
from assistant.locale import count, say
from assistant.mention import Mention
from assistant.mentions import Mentions
from assistant.passage_match import PassageMatcher
from assistant.stated import stated
from assistant.text_version import version
from index.build import Build
from sources.anchor import Anchor, Lang, levels, word_at
from sources.model import Part, Passage
from sources.structure.numbers import marker

if TYPE_CHECKING:
    from assistant.decision import Decision
    from assistant.key_data import KeyData
    from assistant.question import Question
    from assistant.writing import WrittenAnswer


class KeySentences(Protocol):
    """See :func:`assistant.key_sentence.key_sentence`."""

    def __call__(
        self, question: Question, passage: Passage, lang: Lang, *, literal: bool
    ) -> KeySentence | None:
        """The sentence, or None."""


_MOST = 20  # headings of a table of contents
_STATEMENT = 1200  # characters of a passage that is given with all its points
_LONG = 12_000  # characters up to which a place is given whole
_SHORT = 1_500  # and any list: about two screens of a phone
_CHOICES = 8  # texts between which a reader is asked to choose


def _openings(passages: Sequence[Passage]) -> list[Passage]:
    """The first passage under each heading, at the finest level that is still short."""
    for depth in range(max((len(p.headings) for p in passages), default=0), 0, -1):
        first: dict[tuple[str, ...], Passage] = {}
        for p in passages:
            if p.headings:
                first.setdefault(p.headings[:depth], p)
        if len(first) <= _MOST or depth == 1:
            return list(first.values())[:_MOST]
    return []


def _under_headings(passages: Sequence[Passage], order: Mapping[Anchor, int]) -> list[Passage]:
    """Those under one heading together, the heading of the best first; the parts of a paragraph
    together, in their order.
    """
    found: dict[Part, dict[str, list[Passage]]] = {}
    for p in passages:
        group = found.setdefault(p.part, {})
        group.setdefault(_paragraph(p.anchor.portion), []).append(p)
    return [
        p
        for group in found.values()
        for parts in group.values()
        for p in sorted(parts, key=lambda p: order[p.anchor])
    ]


def _paragraph(portion: str) -> str:
    """The paragraph of an article that a portion is in, or the article; else the portion."""
    if word_at(portion, 0) != "art":
        return portion
    steps = levels(portion)
    return ".".join(steps[: 2 if steps[1:] and word_at(portion, 1) == "par" else 1])


def _with_its_points(key: KeySentence, text: str) -> KeySentence:
    """A sentence of a short passage that announces points, or is one of them, with all of it."""
    is_part = key.text.rstrip().endswith(":") or (key.start > 0 and marker(key.text) is not None)
    return KeySentence(text, key.lang, 0) if is_part and len(text) <= _STATEMENT else key


class Composer:
    """Composes answers and refusals from one build."""

    def __init__(
        self, build: Build, mentions: Mentions, keys: KeySentences, key_data: KeyData
    ) -> None:
        self._build = build
        self._known, self._matcher = mentions.known, PassageMatcher(mentions)
        self._keys = keys
        self._key_data = key_data
        self._front = FrontLine(build, mentions)
        self._lists = ListComposer(build, key_data)

    def compose(
        self, question: Question, decision: Decision, written: WrittenAnswer | None = None
    ) -> Outcome:
        """What was decided, in words.

        Below what was written of the passages, where anything is left of it: those that it rests
        on.
        """
        mention = question.mention if decision.says_mention else None
        if listed := self._lists.compose(question, decision):
            return listed
        if decision.contents:
            return self._contents(question, decision.contents)
        if decision.refuse == "which":
            return self._which(question, decision.candidates)
        if decision.refuse:
            return self._refuse(question, decision, decision.refuse, mention)
        return self._answer(question, decision, mention, written)

    def _answer(
        self,
        question: Question,
        decision: Decision,
        mention: Mention | None,
        written: WrittenAnswer | None,
    ) -> Answer:
        """Each passage introduced and quoted whole, with what is known and not indexed."""
        lang = question.answer_lang
        notices: tuple[str, ...] = ()
        if mention and not mention.indexed:
            title = self._known.short(mention.work, lang)
            notices = (say(lang, "notice.mention", title=title),)
        if decision.is_retrieved and self._key_data.asks_for_another_sort(question):
            notices += (say(lang, "notice.no_list"),)
        if written and written.notice:
            notices += (say(lang, written.notice, count=written.dropped),)
        passages = (written.passages if written else []) or decision.cite
        is_written = bool(written and written.sentences)
        is_list = len(passages) > SHOWN or decision.is_brief
        grouped = is_list and not is_written  # else in the order of their first use
        ordered = _under_headings(passages, self._build.places) if grouped else passages
        shown = [self._in(lang, p) for p in ordered]
        length = sum(len(p.texts[p.spoken(lang)]) for p in shown)
        most = _LONG if decision.is_place else _SHORT
        is_whole = is_list and not (decision.is_brief or decision.occurrences) and length <= most
        marked = range(1, 1 + (asks_for_one(question) if is_list else len(shown)))
        citations = render.each_lead_once(
            self._cite(question, p, n, decision, whole=is_whole, literal=n in marked)
            for n, p in enumerate(shown, 1)
        )
        listing = counted(decision.occurrences, ordered, lang)
        is_vague = decision.is_partial_match or (decision.is_unsure and not question.is_whether)
        is_clear = not (listing or is_written or is_vague)
        literal = (
            self._front.line(question, passages[0], shown[0], citations[0]) if is_clear else None
        )
        return render.worded(
            self._build,
            Answer(
                question=question.text,
                lang=lang,
                text="",
                citations=citations,
                build=self._build.id,
                notices=notices,
                known=self._unindexed(mention, lang),
                missing=decision.missing,
                sections=self._sections(question, passages),
                groups=render.groups(self._build, citations, lang) if is_list else (),
                literal=literal,
                written=self._numbered(written, citations, lang),
                writer=written.writer if written and is_written else "extract",
                listing=listing,
                confidence=decision.confidence,
            ),
        )

    def _numbered(
        self, written: WrittenAnswer | None, citations: Sequence[Citation], lang: Lang
    ) -> tuple[WrittenSentence, ...]:
        """The written sentences with the numbers of what they rest on."""
        number = {c.anchor: c.number for c in citations}
        return tuple(
            WrittenSentence(
                s.text, tuple(number[str(self._in(lang, p).anchor)] for p in s.passages)
            )
            for s in (written.sentences if written else ())
        )

    def _cite(
        self,
        question: Question,
        passage: Passage,
        number: int,
        decision: Decision,
        *,
        whole: bool,
        literal: bool,
    ) -> Citation:
        lang = question.answer_lang
        if whole:
            spoken = passage.spoken(lang)
            key: KeySentence | None = KeySentence(passage.texts[spoken], spoken, 0)
        elif decision.occurrences:
            named = (o for o in decision.occurrences if o.passage.anchor == passage.anchor)
            places = [(o.start, o.end) for o in named]
            key = sentence_marking(passage.texts[lang], lang, places, self._build.sentences)
        elif defined := [d for d in decision.defined if d.passage.anchor == passage.anchor]:
            said = defined[0].lang
            start, end = min(d.start for d in defined), max(d.end for d in defined)
            text = passage.texts[said][start:end]
            key = KeySentence(text, said, start, tuple(stated(question, text, said)))
        else:
            key = self._keys(question, passage, lang, literal=literal)
            if key and not literal and not decision.is_brief:
                key = _with_its_points(key, passage.texts[key.lang])
        return render.cite(self._build, passage.anchor, number, lang, key)

    def _sections(
        self, question: Question, passages: Sequence[Passage]
    ) -> tuple[CitedSection, ...]:
        """The parts that the question is about as a whole, where they say more than is cited."""
        found: dict[Part, CitedSection] = {}
        for p in self._matcher.under_theme(question, passages):
            document = self._build.document(*p.anchor.work_lang)
            inside = [q for q in document if q.headings == p.headings]
            cited = sum(q in passages for q in inside)
            if cited < len(inside):
                heading = render.headings(self._build, p, question.answer_lang)[-1]
                first = str(self._in(question.answer_lang, inside[0]).anchor)
                found[p.part] = CitedSection(heading, first, len(inside), cited)
        return tuple(found.values())

    def _contents(self, question: Question, works: Sequence[str]) -> Refusal:
        """The answer to a question about whole texts: no summary, but their headings with links."""
        lang = question.answer_lang
        titles = {work: self._known.short(work, lang) for work in works}
        nearest = []
        for work in works:
            for p in _openings(self._build.document_for(work, lang)):
                above = (titles[work],) if len(works) > 1 else ()
                heading = " › ".join((*above, render.headings(self._build, p, lang)[-1]))
                nearest.append(
                    replace(render.nearest_passage(self._build, p, lang), heading=heading)
                )
        said = (
            say(lang, "refusal.whole", title=titles[works[0]])
            if len(works) == 1
            else say(lang, "refusal.compared", titles=" · ".join(titles.values()))
        )
        return Refusal(
            question=question.text,
            lang=lang,
            text="\n".join((said, *(f"– {n.heading}" for n in nearest))),
            reason="whole",
            nearest=tuple(nearest),
            build=self._build.id,
        )

    def _which(self, question: Question, which: Mapping[str, str]) -> Refusal:
        """The texts that a question could mean, each with the question asked of it."""
        lang = question.answer_lang
        choices, lines = self._choices(question, which)
        return Refusal(
            question=question.text,
            lang=lang,
            text="\n".join((say(lang, "refusal.which"), *lines)),
            reason="which",
            nearest=(),
            choices=choices,
            build=self._build.id,
        )

    def _choices(
        self, question: Question, which: Mapping[str, str]
    ) -> tuple[tuple[TextChoice, ...], list[str]]:
        """Texts to choose from, each with the question asked of it, and the lines for them."""
        lang = question.answer_lang
        choices = []
        for work, place in list(which.items())[:_CHOICES]:
            title = " › ".join(filter(None, (self._known.short(work, lang), place)))
            asked = question.about_text(self._known.short(work, question.lang))
            choices.append(TextChoice(work, title, asked))
        lines = [f"– {c.title}" for c in choices]
        if left := len(which) - len(choices):
            lines.append(f"– {count(lang, 'refusal.which_others', left)}")
        return tuple(choices), lines

    def _in(self, lang: Lang, passage: Passage) -> Passage:
        """The official text in a language, where there is one; else the passage as found."""
        if passage.anchor.lang == lang:
            return passage
        return self._build.twin(passage.anchor) or passage

    def _unindexed(self, mention: Mention | None, lang: Lang) -> tuple[UnindexedText, ...]:
        return (
            (self._known.unindexed(mention.work, lang),) if mention and not mention.indexed else ()
        )

    def _of_its_day(self, work: str, lang: Lang) -> str:
        """Which version of a text is here, and where its state today is to be seen."""
        title = self._known.short(work, lang)
        here = version(work, self._build.entry_for(work, lang).date, lang)
        key = "refusal.still" if here else "refusal.still_undated"
        said = say(lang, key, title=title, version=here)
        url = self._known.url(work, lang)
        return "\n".join((said, say(lang, "refusal.known_link", url=url))) if url else said

    def _refuse(
        self,
        question: Question,
        decision: Decision,
        reason: Reason,
        mention: Mention | None,
    ) -> Refusal:
        """Why not, what was searched, and the nearest passages, which are not an answer."""
        lang, build = question.answer_lang, self._build
        found, works = decision.nearest, decision.searched
        passages = [self._in(lang, j.hit.passage) for j in found[:SHOWN]]
        nearest = tuple(render.nearest_passage(build, p, lang) for p in passages)
        names = render.searched(build, lang, works)
        unindexed = self._unindexed(mention, lang)
        choices, lines = self._choices(question, decision.candidates)
        said = self._reason(question, decision, reason, mention, has_choices=bool(choices))
        return Refusal(
            question=question.text,
            lang=lang,
            text=render.refusal_text(lang, "\n".join((said, *lines)), unindexed, nearest),
            reason=reason,
            nearest=nearest,
            choices=choices,
            build=build.id,
            known=unindexed,
            searched=names if reason in ("plain", "known", "help") else (),
            official=(self._known.url(works[0], lang) or "") if reason == "still" else "",
            confidence=found[0].probability if found else 0.0,
        )

    def _reason(
        self,
        question: Question,
        decision: Decision,
        reason: Reason,
        mention: Mention | None,
        *,
        has_choices: bool,
    ) -> str:
        """Why nothing is cited, in words."""
        lang, build, works = question.answer_lang, self._build, decision.searched
        match reason:
            case "known":
                assert mention is not None
                title = self._known.unindexed(mention.work, lang).title
                return say(lang, "refusal.known", title=title)
            case "plain":
                names = render.searched(build, lang, works)
                values = {"sources": ", ".join(names), "works": len(names)}
                key = "refusal.plain" if len(names) <= render.MOST_NAMED else "refusal.plain_many"
                return count(lang, key, render.passages_of(build, lang, works), **values)
            case "help":
                cited, others = self._known.absent_titles(lang)
                lines = [say(lang, "refusal.help"), *render.coverage(build, cited, others, lang)]
                return "\n".join(lines)
            case "still":
                return self._of_its_day(works[0], lang)
            case "no_text" | "no_portion" if mention or question.unrecognised:
                return self._absent(question, decision, mention, has_choices=has_choices)
        return say(lang, f"refusal.{reason}")

    def _absent(
        self,
        question: Question,
        decision: Decision,
        mention: Mention | None,
        *,
        has_choices: bool,
    ) -> str:
        """That a text is not recognised, or that it has no such place."""
        lang = question.answer_lang
        if mention is None:
            assert question.unrecognised is not None
            said = say(lang, "refusal.no_name", name=question.unrecognised.written)
            key = "alike_having" if decision.is_elsewhere else "alike"
            return f"{said} {say(lang, f'refusal.{key}')}" if has_choices else said
        title = self._known.short(mention.work, lang)
        written = next(iter(decision.missing), mention.written)
        where = "_anywhere" if not mention.work else ""
        key = "refusal.no_text" if decision.is_elsewhere else f"refusal.no_portion{where}"
        return say(lang, key, portion=written, title=title)

"""A question: everything that is read in a message, computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from assistant import added, message, subject_matter
from assistant.completion import asked_of, completed, name_spans
from index.query import Query
from sources.folding import blanked, fold_in_place
from sources.pasted import typed

if TYPE_CHECKING:
    from assistant.added import Added
    from assistant.answer import Reason
    from assistant.mention import Mention, Named
    from assistant.mentions import Mentions
    from assistant.unrecognised import UnrecognisedText
    from sources.anchor import Lang
    from sources.references import Reference


@dataclass(frozen=True, slots=True)
class Question(Query):
    """What a person asks, and everything that is read in it. No later step reads the message again.

    Attributes:
        answer_lang: Language to answer in.
        recognised: Does it seem to be in French or Dutch?
        no_question: Why the message asks nothing of the texts; None where it does.
        references: The texts and places that it names, as they stand in it.
        mention: The text, and the place in it, that it is about; None where it names none.
        whole: The indexed works that it may ask about as a whole ("what is it about?"); all of
            them where it asks how they differ.
        absent: The declaration of a year of which none is here, as it names it; "" for none.
        theme: Stems of its words that are neither the name of a text nor empty.
        wants_all: Does it ask for everything, in so many words?
        is_whether: Does it ask whether a text speaks of something?
        subject: What it asks about, where it asks nothing more of it ("what do the texts say of
            prisons?").
        parts: The questions in it, each a text; one where it asks one thing.
        things: What it names side by side, and may ask apart without being several questions.
        is_keywords: Is it a few words and no sentence?
        has_content: Is there a word that says what it is about?
        leans: Does it go on from the question before it: by its words, perhaps (it is too short to
            be sure), or not?
        previous: The question before it, read in the same way; None where there is none.
        added: The thing that it adds to that and nothing more ("and for a minor?"), if it does.
        is_completed: Was the message completed: it named another text and nothing more ("and the
            directive?"), so that this is the question before it, asked of that text; or a part of
            the text that was spoken of ("and chapter 8?")?
        inside: What is searched in the text that it names: itself without that name, which tells
            nothing there; None where it names none, or says no more.
        unrecognised: The text that it names by a name that leads to none that is here; None where
            it names one that is recognised, or none.
        texts: The indexed texts of which it asks the same, where it names more than one and no
            place in any.
        of_each: What it asks of each of them: itself without their names.
    """

    answer_lang: Lang
    recognised: bool
    no_question: Reason | None
    references: tuple[Reference, ...]
    mention: Mention | None
    whole: tuple[str, ...]
    absent: str
    theme: frozenset[str]
    wants_all: bool
    is_whether: bool
    subject: str | None
    parts: tuple[str, ...]
    things: tuple[str, ...]
    is_keywords: bool
    has_content: bool
    leans: Literal["yes", "perhaps", "no"]
    previous: Question | None
    added: Added | None
    is_completed: bool
    inside: Query | None
    unrecognised: UnrecognisedText | None = None
    texts: tuple[str, ...] = ()
    of_each: Query | None = None

    @property
    def works(self) -> tuple[str, ...]:
        """The indexed work that it names, where it names one: only that is searched.

        A place by itself, which several have, names none.
        """
        named = self.mention
        if named is None or not (named.indexed and named.work):
            return ()
        is_one = bool(named.name) or len({p.work for p in named.places}) < 2
        return (named.work,) if is_one else ()

    @property
    def names_of_texts(self) -> list[tuple[int, int]]:
        """Where texts are named in it, in characters."""
        named = [(r.start, r.end) for r in self.references if r.work]
        return [*named, *(self.mention.name if self.mention else ())]

    def about_text(self, title: str) -> str:
        """The question, asked of a text that it does not name, or names by another name, or of
        one of several.
        """
        if self.of_each is not None:
            return asked_of(self.of_each.text, title, self.lang)
        if self.unrecognised is None:
            return asked_of(self.text, title, self.lang)
        spans = [self.unrecognised.span]
        spans = spans if self.unrecognised.has_place else name_spans(self.text, spans)
        left = typed(blanked(self.text, spans))
        return asked_of(left, title, self.lang) if left.strip(" ?.!") else title

    @property
    def goes_on_from_a_text(self) -> bool:
        """Does a question before it name an indexed text?"""
        before = self.previous
        return before is not None and (bool(before.works) or before.goes_on_from_a_text)

    @property
    def is_worth_searching(self) -> bool:
        """Is there something to search: a word of content, a text, or the question before it?"""
        follows = self.previous is not None and any(c.isalpha() for c in self.text)
        return bool(self.mention) or self.has_content or follows


def read(
    text: str,
    lang: Lang,
    mentions: Mentions,
    *,
    answer_lang: Lang | None = None,
    recognised: bool = True,
    before: Sequence[str] = (),
    spoken: Callable[[str], Lang] | None = None,
    answering: Callable[[str], str | None] = lambda _: None,
) -> Question:
    """Read a message.

    Args:
        text: As typed, or as pasted.
        lang: Its language.
        mentions: Finds the texts that it names.
        answer_lang: Language to answer in; that of the message by default.
        recognised: Does it seem to be in one of the two languages?
        before: Earlier questions of the conversation, oldest first; a place without a text is in
            the one that they spoke of last, for all else the last one counts.
        spoken: The language of an earlier question; by default that of the message.
        answering: The work that answers a question that names none, if any.
    """
    each: list[_Message] = []
    for said in before:
        own = spoken(said) if spoken else lang
        asked = _read(said, own, mentions, each, answering, answer_lang=own, recognised=True)
        each.append(_Message(said, asked))
    return _read(
        text,
        lang,
        mentions,
        each,
        answering,
        answer_lang=answer_lang or lang,
        recognised=recognised,
    )


class _Message(NamedTuple):
    """An earlier message of a conversation, and what is read in it."""

    text: str
    asked: Question


def _read(
    text: str,
    lang: Lang,
    mentions: Mentions,
    before: Sequence[_Message],
    answering: Callable[[str], str | None],
    *,
    answer_lang: Lang,
    recognised: bool,
) -> Question:
    """See :func:`read`."""
    text = typed(text)
    if message.begins_anew(text, lang):
        before = ()
    previous = before[-1].asked if before else None
    named = mentions.read(text, lang, [earlier.text for earlier in before], answering)
    goes_on = previous if named.unrecognised is None else None
    whole = completed(text, lang, mentions, named, goes_on, answering) if goes_on else ""
    if whole:
        asked = _read(
            whole,
            lang,
            mentions,
            before[:-1],
            answering,
            answer_lang=answer_lang,
            recognised=recognised,
        )
        return replace(asked, is_completed=True)
    is_whether = message.asks_whether_spoken_of(text)
    inside = _inside(text, lang, named.mention)
    subject = message.subject(text, lang) or (
        message.subject(inside.text, lang) if inside else None
    )
    if inside and not message.is_short(inside.text, lang):
        leans: Literal["yes", "perhaps", "no"] = "no"  # it says what, and of which text
    elif message.leans_on_before(text, lang):
        leans = "yes"
    else:
        leans = "perhaps" if message.is_short(text, lang) else "no"
    return Question(
        **Query.fields_of(text, lang),
        answer_lang=answer_lang,
        recognised=recognised,
        no_question=_no_question(text),
        references=named.references,
        mention=named.mention,
        absent=named.absent,
        theme=named.theme,
        wants_all=message.asks_for_all(text),
        is_whether=is_whether,
        subject=subject or (text if is_whether else None),
        parts=tuple(message.parts(text, lang)),
        things=tuple(message.things(text, lang)),
        is_keywords=message.is_keywords(text, lang),
        has_content=message.has_content(text, lang),
        leans=leans,
        previous=previous,
        added=added.read(text, lang, previous) if previous and not named.mention else None,
        is_completed=False,
        inside=inside,
        unrecognised=named.unrecognised,
        **{"whole": named.whole, **_of_each(text, lang, mentions, named)},
    )


def _inside(text: str, lang: Lang, mention: Mention | None) -> Query | None:
    if mention is None or not mention.indexed or not mention.name:
        return None
    left = blanked(text, name_spans(text, mention.name))
    return Query.of(left, lang) if message.has_content(left, lang) else None


def _of_each(text: str, lang: Lang, mentions: Mentions, named: Named) -> dict[str, Any]:
    """What a message asks of several texts, by the names of the fields."""
    if named.mention is None or named.mention.places:
        return {}
    spans = mentions.texts.named(text, named.references, lang)
    if len(spans) < 2:
        return {}
    texts = tuple(sorted(spans, key=lambda work: spans[work]))
    names = name_spans(text, sorted(spans.values()))
    joints = [(a, b) for (_, a), (b, _) in pairwise(names) if message.only_joins(text[a:b], lang)]
    left = typed(blanked(text, [*names, *joints]))
    about = subject_matter.asked_at(fold_in_place(left), lang)
    asked = message.without_comparison(blanked(left, about), lang)
    if message.has_content(asked, lang):
        return {"texts": texts, "of_each": Query.of(asked, lang)}
    is_whole = about or message.is_comparison(left, lang)
    return {"texts": texts, "whole": texts} if is_whole else {}


def _no_question(text: str) -> Reason | None:
    """Why a message asks nothing of the texts, if it does not."""
    if not any(c.isalnum() for c in text):
        return "empty"
    if message.is_courtesy(text):
        return "courtesy"
    if message.asks_for_help(text):
        return "help"
    if message.is_order(text):
        return "instruction"
    return "opinion" if message.asks_opinion(text) else None

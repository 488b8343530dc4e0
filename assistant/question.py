"""A question: everything that is read in a message, computed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant import message
from index.query import Query
from sources.folding import blanked
from sources.pasted import typed

if TYPE_CHECKING:
    from assistant.answer import Reason
    from assistant.mentions import Mention, Mentions
    from sources.anchor import Lang
    from sources.references import Reference


_COMPOUND = re.compile(r"[^\W\d_]+$")  # "Uitvoerings" in "Uitvoeringsverordening (EU) …"
_ARTICLE = re.compile(  # that goes with a name
    r"(?<!\w)(?:(?:dans|selon|in|van|volgens|onder|uit)\s+)?(?:(?:la|le|les|du|des|de|het|au)\s+|l['’]\s*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question(Query):
    """What a person asks, and everything that is read in it. No later step reads the message again.

    Attributes:
        answer_lang: Language to answer in.
        recognised: Does it seem to be in French or Dutch?
        no_question: Why the message asks nothing of the texts; None where it does.
        references: The texts and places that it names, as they stand in it.
        mention: The text, and the place in it, that it is about; None where it names none.
        whole: The indexed work that it asks about as a whole ("what is it about?").
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
        previous: The question before it; None where there is none.
        inside: What is searched in the text that it names: itself without that name, which tells
            nothing there; None where it names none, or says no more.
    """

    answer_lang: Lang
    recognised: bool
    no_question: Reason | None
    references: tuple[Reference, ...]
    mention: Mention | None
    whole: str | None
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
    previous: str | None
    inside: Query | None

    @property
    def works(self) -> tuple[str, ...]:
        """The indexed work that it names, where it names one: only that is searched."""
        named = self.mention
        return (named.work,) if named and named.indexed and named.work else ()

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
        answering: The work that answers a question that names none, if any.
    """
    text = typed(text)
    named = mentions.read(text, lang, before, answering)
    is_whether = message.asks_whether_spoken_of(text)
    inside = _inside(text, lang, named.mention)
    subject = message.subject(text, lang) or (
        message.subject(inside.text, lang) if inside else None
    )
    if message.leans_on_before(text, lang):
        leans: Literal["yes", "perhaps", "no"] = "yes"
    else:
        leans = "perhaps" if message.is_short(text, lang) else "no"
    return Question(
        **Query.fields_of(text, lang),
        answer_lang=answer_lang or lang,
        recognised=recognised,
        no_question=_no_question(text),
        references=named.references,
        mention=named.mention,
        whole=named.whole,
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
        previous=before[-1] if before else None,
        inside=inside,
    )


def _inside(text: str, lang: Lang, mention: Mention | None) -> Query | None:
    if mention is None or not mention.indexed or not mention.name:
        return None
    spans = []
    for start, end in mention.name:
        word = _COMPOUND.search(text, 0, start)
        begin = word.start() if word else start
        article = _ARTICLE.search(text, 0, begin)
        begin = article.start() if article else begin
        spans.append((begin, end))
    left = blanked(text, spans)
    return Query.of(left, lang) if message.has_content(left, lang) else None


def _no_question(text: str) -> Reason | None:
    """Why a message asks nothing of the texts, if it does not."""
    if not text:
        return "empty"
    if message.is_courtesy(text):
        return "courtesy"
    if message.asks_for_help(text):
        return "help"
    if message.is_order(text):
        return "instruction"
    return "opinion" if message.asks_opinion(text) else None

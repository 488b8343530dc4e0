"""Example questions about the texts of a build, for a reader who begins.

Those that come with a text were chosen by a person. Of any other text they are made of what it has:
its terms, its headings, its title; and shown where the assistant answers them from that text.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from assistant import subject_matter
from assistant.answer import Answer
from assistant.locale import say
from assistant.part_labels import bare
from index.tokens import words
from sources.anchor import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.answering import Assistant
    from sources.anchor import Lang
    from sources.catalogue import Source

_LONG = 60  # characters of a title, a term or a heading at most
_TRIED = 4  # questions of each sort that are tried for a text, at most


def examples(assistant: Assistant, lang: Lang, most: int) -> tuple[str, ...]:
    """Questions in a language, of each text in turn: first of those that come with questions, then
    of the others, those in the language and the last that was added first.

    Args:
        assistant: Answers them.
        lang: Of the reader. Of a text that is not there in it, all that is asked is its subject.
        most: How many are wanted.
    """
    known = assistant.mentions.known
    here = [s for s in known.catalogue if s.id in known.indexed]
    chosen = [s.examples[lang] for s in here if s.examples[lang]]
    others = [s for s in reversed(here) if not s.examples[lang]]
    others.sort(key=lambda s: (s.id, lang) not in assistant.build.entries)
    made = [_made(assistant, s, lang, n) for n, s in enumerate(others)]
    return tuple(islice(_in_turn([*chosen, *made]), most))


def _in_turn(each: Iterable[Iterable[str]]) -> Iterator[str]:
    """One of each, then another of each, and so on; none is made before it is its turn."""
    left = deque(map(iter, each))
    while left:
        questions = left.popleft()
        for question in questions:
            yield question
            left.append(questions)
            break


def _made(assistant: Assistant, source: Source, lang: Lang, turn: int) -> Iterator[str]:
    """The questions about a text that are answered from it, of each sort in turn; texts begin with
    different sorts.
    """
    sorts = [_parts(assistant, source, lang), _terms(assistant, source, lang)]
    sorts = sorts[turn % len(sorts) :] + sorts[: turn % len(sorts)]
    each = (islice(sort, _TRIED) for sort in (*sorts, _subject(source, lang)))
    for question in _in_turn(each):
        if _is_answered(assistant, question, source.id, lang):
            yield question


def _terms(assistant: Assistant, source: Source, lang: Lang) -> Iterator[str]:
    """What its terms mean, those of several words first."""
    terms = [t for t in assistant.definitions.terms_of(source.id, lang) if len(t) <= _LONG]
    for term in sorted(terms, key=lambda t: " " not in t):
        yield say(lang, "example.term", term=term)


def _parts(assistant: Assistant, source: Source, lang: Lang) -> Iterator[str]:
    """What stands under its headings of several words; a heading that asks is its own question."""
    document = assistant.build.document(source.id, lang)
    for heading in dict.fromkeys(p.headings[-1] for p in document if p.headings):
        title = bare(heading)
        if len(title) > _LONG or subject_matter.is_title(title, lang):
            continue
        if title.endswith("?"):
            yield title
        elif len(words(title, lang)) > 1:
            yield say(lang, "example.part", heading=title)


def _subject(source: Source, lang: Lang) -> Iterable[str]:
    title = source.shown[lang]
    return [say(lang, "example.subject", title=title)] if len(title) <= _LONG else []


def _is_answered(assistant: Assistant, question: str, work: str, lang: Lang) -> bool:
    """Is a question answered from a text, and from no other?"""
    outcome = assistant.ask(question, lang)
    return isinstance(outcome, Answer) and all(
        Anchor.parse(c.anchor).work == work for c in outcome.citations
    )

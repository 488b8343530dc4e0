"""Whole texts that a question asks about: what one is about, or all that it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant import subject_matter
from assistant.empty_words import content_stems
from assistant.reviewed import patterns
from assistant.text_leads import ABOUT
from index.tokens import stems, words
from sources.dates import years
from sources.folding import blanked, fold_in_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.mention import Mention
    from assistant.named_texts import NamedTexts
    from sources.anchor import Lang
    from sources.references import Reference

_WHAT_IS = re.compile(r"(?:qu'?est[- ]ce que?|c'est quoi|qu'est|wat is)\b")


def overview_at(folded: str, lang: Lang) -> list[tuple[int, int]]:
    """Where a question, folded, asks for all of something, or what it is about."""
    spans = (m.span() for p in patterns("overview")[lang] for m in p.finditer(folded))
    contents = [(start, end) for start, end in spans if end > start]
    return contents + subject_matter.asked_at(folded, lang)


def whole_texts(
    texts: NamedTexts,
    question: str,
    found: Sequence[Reference],
    mention: Mention | None,
    lang: Lang,
) -> tuple[str, ...]:
    """The indexed works that a question may ask about as a whole ("what is it about?"), if any.

    It is the one that is named, all that the same words name, else any that it can mean.

    Args:
        texts: The texts that can be named.
        question: As it is written.
        found: The references in it.
        mention: The text that it names.
        lang: Its language.
    """
    text, known = fold_in_place(question), texts.known
    named = [r for r in found if r.work is not None]
    overview = overview_at(text, lang)
    alike = {} if named else texts.titled_alike(question, lang)
    if alike:
        more = content_stems(blanked(question, [*overview, *alike.values()]), lang)
        return () if more else tuple(alike)
    if not overview and named and (m := _WHAT_IS.match(text)):
        left = question[m.end() : named[0].start] + question[named[-1].end :]
        overview = [] if words(left, lang) else [m.span()]
    if not overview:
        return ()
    if any(r.portion or r.work not in known.indexed for r in named):
        return ()
    if len({r.work for r in named}) > 1:
        return ()
    spans = [*overview, *((r.start, r.end) for r in named)]
    works = [r.work for r in named[:1] if r.work]
    if not works and mention and mention.indexed and mention.name:  # by its day, by its title
        spans, works = [*spans, *mention.name], [mention.work]
    works = works or texts.meant(question, lang, known.indexed)
    topic = ABOUT.search(text, max((r.end for r in named), default=len(text)))
    about = stems(question[topic.end() :], lang) if topic else frozenset()
    said = years(blanked(text, mention.name if mention else ()))
    left_over = set(content_stems(blanked(question, spans), lang))
    return tuple(
        work
        for work in works
        if about <= known.title_stems(work, lang)
        and left_over <= known.name_stems(work, lang)
        and known.years_of(work).issuperset(said)
    )

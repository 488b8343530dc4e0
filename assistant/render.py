"""From passages to what a person reads; every word of a quote comes from storage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from textwrap import shorten

from assistant.answer import (
    Answer,
    Citation,
    CitedGroup,
    CitedSection,
    KeySentence,
    Listing,
    NearestPassage,
    UnindexedText,
)
from assistant.locale import count, say
from index.build import Build
from index.manifest import Entry
from sources.anchor import Anchor, Lang
from sources.dates import date_in_words
from sources.model import Kind, Part, Passage

MOST_NAMED = 6  # texts that a refusal names
_COVERED = 20  # texts that are named where the question is what is here
_CALLED = 100  # characters of a title that stands beside each passage
_SHOWN = 240  # characters of a nearest passage


def cite(
    build: Build, anchor: Anchor, number: int, lang: Lang, key: KeySentence | None = None
) -> Citation:
    """The citation of a passage for a reader of ``lang``."""
    passage = build.by_anchor[anchor]
    entry = build.entries[anchor.work_lang]
    foreign = anchor.lang != lang
    return Citation(
        number=number,
        anchor=str(anchor),
        source=anchor.work,
        lang=anchor.lang,
        locator=locator(build, passage, lang),
        quote=passage.text,
        page=passage.page,
        url=entry.url[lang] if entry.url else None,
        headings=headings(build, passage, lang),
        working=passage.working.text if foreign and passage.working else None,
        doubts=tuple(d[lang] for d in passage.doubts),
        standing=passage.standing.label[lang] if passage.standing else None,
        key=key,
        lead=passage.lead,
    )


def each_lead_once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Citations, without the words that open a list where one before them shows these."""
    found: list[Citation] = []
    for cited in citations:
        is_shown = any(
            cited.lead == c.lead or any(line.endswith(cited.lead) for line in c.quote.split("\n"))
            for c in found
        )
        found.append(replace(cited, lead="") if is_shown else cited)
    return tuple(found)


def groups(build: Build, citations: Sequence[Citation], lang: Lang) -> tuple[CitedGroup, ...]:
    """The citations under their headings, for a reader of ``lang``."""
    found: dict[Part, list[Citation]] = {}
    for c in citations:
        passage = build.by_anchor[Anchor.parse(c.anchor)]
        found.setdefault(passage.part, []).append(c)
    return tuple(
        CitedGroup(
            title=called(build.entries[work, cited[0].lang], lang),
            headings=cited[0].headings,
            numbers=tuple(c.number for c in cited),
        )
        for (work, _), cited in found.items()
    )


def locator(build: Build, passage: Passage, lang: Lang) -> str:
    """Name of the source and place in it."""
    entry = build.entries[passage.anchor.work_lang]
    return f"{called(entry, lang)}, {passage.locator[lang]}"


def called(entry: Entry, lang: Lang) -> str:
    """What a text is called beside each of its passages: its short title; the beginning of a long
    one, for a text that was added without a short title has its whole title for one.
    """
    return shorten(entry.short[lang], _CALLED, placeholder=" …")


def headings(build: Build, passage: Passage, lang: Lang) -> tuple[str, ...]:
    """Heading path in ``lang`` where it exists there, else as in the passage."""
    if passage.anchor.lang != lang and (twin := build.twin(passage.anchor)):
        return twin.headings
    return passage.headings_in(lang) or passage.headings


def nearest_passage(build: Build, passage: Passage, lang: Lang) -> NearestPassage:
    """A passage that is shown but does not answer, in short."""
    anchor = passage.anchor
    working = passage.working if anchor.lang != lang else None
    return NearestPassage(
        str(anchor),
        locator(build, passage, lang),
        _short(passage.text),
        anchor.lang,
        working=_short(working.text) if working else None,
    )


def _short(text: str) -> str:
    """Its beginning, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


def introduction(
    build: Build, citation: Citation, passage: Passage | None, lang: Lang, *, says_language: bool
) -> str:
    """What stands above a quote: where it is from, and with what force it speaks.

    ``passage`` is what is quoted, None where it is gone; ``says_language`` whether that is told.
    """
    is_first = citation.number == 1
    if says_language:
        has_both = (citation.source, lang) in build.entries  # both are the official text
        key = ("other_language" if has_both else "original") + ("" if is_first else "_next")
    else:
        key = "first" if is_first else "next"
    kind = passage.kind if passage else "paragraph"
    if Anchor.parse(citation.anchor).is_of_article:
        kind = Kind.ARTICLE
    return say(
        lang,
        f"answer.{key}",
        citation=citation.locator,
        verb=say(lang, f"answer.verb_{kind}"),
        language=say(lang, f"language.{citation.lang}"),
    )


def paragraph(build: Build, citation: Citation, lang: Lang) -> str:
    """One citation as prose: introduction, quote, working translation."""
    passage = build.by_anchor[Anchor.parse(citation.anchor)]
    foreign = citation.lang != lang
    lines = [
        introduction(build, citation, passage, lang, says_language=foreign),
        *_lead(citation),
        say(citation.lang, "answer.quote", quote=citation.quote, number=citation.number),
    ]
    if citation.working:
        lines.append(say(lang, "answer.working", text=citation.working))
    elif foreign and citation.headings:
        lines.append(say(lang, "answer.under", headings=" › ".join(citation.headings)))
    return "\n".join(lines)


def _lead(citation: Citation) -> list[str]:
    """The line with the words that open the list of a quote, if any."""
    return [say(citation.lang, "answer.lead", lead=citation.lead)] if citation.lead else []


def worded(build: Build, answer: Answer) -> Answer:
    """An answer with its text, which says in prose what its other fields do."""
    parts = _listed(answer) or [paragraph(build, c, answer.lang) for c in answer.citations]
    return replace(answer, text="\n\n".join((*front(answer), *parts, *remarks(answer))))


def front(answer: Answer) -> list[str]:
    """What stands before the citations: what was asked for, in a line, and what was written."""
    lines = []
    if answer.literal:
        lines.append(f"{answer.literal} [1]")
    if answer.listing:
        lines.append(list_line(answer.listing, answer.lang))
    if answer.written:
        said = (s.text + " " + "".join(f"[{n}]" for n in s.citations) for s in answer.written)
        lines += [" ".join(said), say(answer.lang, "answer.written_by", writer=answer.writer)]
    return lines


def list_line(listing: Listing, lang: Lang) -> str:
    """The things of a list, each with the numbers of its citations."""
    items = [f"{item.label} {''.join(f'[{n}]' for n in item.numbers)}" for item in listing.items]
    return say(lang, "listing.line", title=listing.title, items=", ".join(items))


def _listed(answer: Answer) -> list[str]:
    """Many citations: how many there are, then each by its key sentence under its heading."""
    if not answer.groups:
        return []
    parts = [how_many(answer.citations, answer.groups, answer.lang)]
    if any(c.key and c.key.lang != c.lang for c in answer.citations):
        parts.append(say(answer.lang, "answer.listed_working"))
    for group in answer.groups:
        lines = [" › ".join((group.title, *group.headings))]
        for c in (answer.citations[n - 1] for n in group.numbers):
            sentence, spoken = (c.key.text, c.key.lang) if c.key else (c.quote, c.lang)
            standing = f" ({c.standing})" if c.standing else ""
            before, after = around(c)
            quoted = say(spoken, "answer.quote", quote=before + sentence + after, number=c.number)
            lines += [*_lead(c), f"– {located(c, group)} {quoted}{standing}"]
        parts.append("\n".join(lines))
    return parts


def located(citation: Citation, group: CitedGroup) -> str:
    """Where a citation stands in the text that a group names."""
    return citation.locator.removeprefix(f"{group.title}, ")


def around(citation: Citation) -> tuple[str, str]:
    """What stands before the key sentence of a citation, and after it: "[…]" where its text goes
    on there.
    """
    before, after = citation.left_out
    return "[…] " * before, " […]" * after


def how_many(citations: Sequence[Citation], listed: Sequence[CitedGroup], lang: Lang) -> str:
    """The line above a list of citations."""
    if len(citations) == 1:
        return say(lang, "answer.listed_single")
    if len(listed) == 1:
        return say(lang, "answer.listed_one", count=len(citations))
    return say(lang, "answer.listed", count=len(citations), parts=len(listed))


def remarks(answer: Answer) -> list[str]:
    """What follows the citations: what is not answered, and where the text says more."""
    partly = [say(answer.lang, "answer.partly", missing=m) for m in answer.missing]
    return partly + [section(s, answer.lang) for s in answer.sections]


def section(part: CitedSection, lang: Lang) -> str:
    """The sentence that a part of a text says more than the answer cites."""
    return count(lang, "answer.section", part.cited, heading=part.heading, all=part.passages)


def refusal_text(
    lang: Lang,
    opening: str,
    unindexed: tuple[UnindexedText, ...],
    nearest: tuple[NearestPassage, ...],
) -> str:
    """A refusal as prose."""
    lines = [opening]
    for k in unindexed:
        if k.url:
            lines.append(say(lang, "refusal.known_link", url=k.url))
        if k.command:
            how = "refusal.known_by_hand" if k.by_hand else "refusal.known_command"
            lines.append(say(lang, how, command=k.command))
    if nearest:
        lines += ["", say(lang, "refusal.nearest")]
        for n in nearest:
            lines.append(say(lang, "refusal.nearest_item", citation=n.locator, quote=n.quote))
            if n.working:
                lines.append("  " + say(lang, "answer.working", text=n.working))
        lines += ["", say(lang, "refusal.rephrase")]
    return "\n".join(lines)


def searched(build: Build, lang: Lang, works: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of the texts that were searched, each once: of all, or of these works."""
    return tuple(entry.short[lang] for entry in _entries(build, lang, works))


def passages_of(build: Build, lang: Lang, works: Sequence[str] = ()) -> int:
    """How many passages these works, or all, have for a reader: each in one language."""
    return sum(entry.passages for entry in _entries(build, lang, works))


def _entries(build: Build, lang: Lang, works: Sequence[str] = ()) -> list[Entry]:
    """Each work of a build, or each of these, for a reader of ``lang``."""
    every = dict.fromkeys(d.work for d in build.manifest.documents)
    return [build.entry_for(work, lang) for work in every if not works or work in works]


def coverage(build: Build, cited: Sequence[str], absent: Sequence[str], lang: Lang) -> list[str]:
    """What is here, a text a line, and the titles of what is not: ``cited`` texts, and others."""
    languages: dict[str, list[str]] = {}
    entries = _entries(build, lang)
    for entry in build.entries.values():
        languages.setdefault(entry.work, []).append(say(lang, f"language.{entry.lang}"))
    lines = [say(lang, "coverage.here")]
    lines += [
        count(
            lang,
            "coverage.dated" if entry.date else "coverage.text",
            entry.passages,
            title=entry.short[lang],
            date=date_in_words(lang, entry.date) if entry.date else "",
            languages=", ".join(languages[entry.work]),
            received=_received(entry, lang),
        )
        for entry in entries[:_COVERED]
    ]
    if len(entries) > _COVERED:
        lines.append(count(lang, "coverage.more", len(entries) - _COVERED))
    if cited:
        lines.append(say(lang, "coverage.cited", titles=", ".join(cited[:_COVERED])))
    if absent:
        lines.append(say(lang, "coverage.absent", titles=", ".join(absent[:_COVERED])))
    return lines


def _received(entry: Entry, lang: Lang) -> str:
    """When the version that is here came in, as the end of a line; "" for what ships."""
    if not entry.received:
        return ""
    return say(lang, "coverage.received", date=date_in_words(lang, entry.received[:10]))

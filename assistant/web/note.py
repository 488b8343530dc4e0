"""A note: what was put aside, with the texts from storage and what became of them since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from assistant import render
from assistant.answer import Citation, KeySentence
from assistant.text_version import full_title, version
from assistant.web.conversation_view import CitationView
from assistant.web.markup import permalink, safe_link
from assistant.web.reading_pane import find
from sources.anchor import Lang

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.web.dossier import Dossier, DossierItem, KeptPassage
    from assistant.web.passage_text import Texts
    from index.superseded import SupersededPassage
    from sources.catalogue import Source
    from sources.model import Passage

State = Literal["current", "changed", "gone", "unknown"]


@dataclass(frozen=True, slots=True)
class NotePassage:
    """A passage of a note.

    Attributes:
        anchor: Its address, as it was kept.
        state: Is the text still what its reader saw? "unknown": there is no such address.
        view: The citation, rendered from storage; None where nothing is known of it.
        build: Build from which the page had shown it.
        until: Day (ISO 8601) since which its text is another, or gone; "" otherwise.
        permalink: Its address on the web, "" where the page has none.
    """

    anchor: str
    state: State
    view: CitationView | None = None
    build: str = ""
    until: str = ""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class NoteItem:
    """A thing put aside, with its texts."""

    id: str
    question: str
    lang: Lang
    comment: str
    passages: tuple[NotePassage, ...]


@dataclass(frozen=True, slots=True)
class NoteSource:
    """A text that a note quotes.

    Attributes:
        short: The name by which its passages are cited.
        title: Its whole title.
        version: Which version of it is here, "" where that is not known.
        licence: On what terms it may be used, "" where that is not known.
        link: Its official address, None where it has none that may be shown.
    """

    short: str
    title: str
    version: str
    licence: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the language of its reader.

    Attributes:
        title: As the reader wrote it, "" for none.
        lang: Language of the reader.
        items: In the order of the reader.
        build: Build that the texts are from.
        indexed: Day (ISO 8601) on which it was made.
        sources: The texts that it quotes, in the order in which it does.
    """

    title: str
    lang: Lang
    items: tuple[NoteItem, ...]
    build: str
    indexed: str
    sources: tuple[NoteSource, ...] = ()

    @property
    def groups(self) -> list[tuple[str, list[NoteItem]]]:
        """Items that follow one another and answered the same question, under it."""
        return [(q, list(items)) for q, items in groupby(self.items, lambda item: item.question)]


def note(
    dossier: Dossier,
    texts: Texts,
    lang: Lang,
    public: str = "",
    catalogue: Iterable[Source] = (),
) -> Note:
    """The note of a dossier for a reader of ``lang``.

    ``public`` is the page's own address; ``catalogue`` says more of the texts that are quoted.
    """
    manifest = texts.build.manifest
    items = tuple(_item(item, texts, lang, public) for item in dossier.items)
    sources = tuple(_sources(items, texts, lang, {s.id: s for s in catalogue}))
    return Note(dossier.title, lang, items, texts.build.id, manifest.created[:10], sources)


def _sources(
    items: Sequence[NoteItem], texts: Texts, lang: Lang, catalogue: Mapping[str, Source]
) -> Iterator[NoteSource]:
    """Each text that is quoted, once for each language in which it is."""
    quoted = [p.view.cited for item in items for p in item.passages if p.view]
    for work, spoken in dict.fromkeys((c.source, c.lang) for c in quoted):
        entry, source = texts.build.entries.get((work, spoken)), catalogue.get(work)
        if entry is None:
            continue
        licence = source.licence if source else ""
        yield NoteSource(
            entry.short[lang],
            full_title(entry, source, lang),
            version(entry.work, entry.date, lang),
            licence if isinstance(licence, str) else licence[lang],
            safe_link(entry.url[lang] if entry.url else None, texts.hosts),
        )


def _item(item: DossierItem, texts: Texts, lang: Lang, public: str) -> NoteItem:
    passages = tuple(_passage(kept, item.lang, texts, lang, public) for kept in item.passages)
    return NoteItem(item.id, item.question, item.lang, item.comment, passages)


def _passage(
    kept: KeptPassage, answered: Lang, texts: Texts, lang: Lang, public: str
) -> NotePassage:
    passage = find(texts.build, kept.anchor)
    if passage is None:
        return _gone(kept, texts, lang)
    since = _changed(kept, passage, texts)
    key = None if since else _key(kept, passage, answered, lang)
    twin = texts.build.twin(passage.anchor) if passage.anchor.lang != lang else None
    if twin:  # the official text in the language of the note
        passage, key = twin, None
    cited = render.cite(texts.build, passage.anchor, 0, lang, key)
    return NotePassage(
        cited.anchor,
        "changed" if since else "current",
        CitationView(cited, "", "current", safe_link(cited.url, texts.hosts)),
        kept.build,
        since,
        permalink(cited.anchor, public) if public else "",
    )


def _changed(kept: KeptPassage, passage: Passage, texts: Texts) -> str:
    """Day on which the text that the reader saw gave way to another; "" where it is the same."""
    if kept.build == texts.build.id:
        return ""
    later = [former.until for former in texts.earlier(passage) if former.until >= kept.seen]
    return min(later, default="")[:10]


def _key(kept: KeptPassage, passage: Passage, answered: Lang, lang: Lang) -> KeySentence | None:
    """The sentence at the kept place, where that is in the text that this reader sees first.

    An answer takes it from the text in its own language, or from the one that there is.
    """
    first, spoken = passage.spoken(lang), passage.spoken(answered)
    text = passage.texts[spoken]
    if first != spoken or not 0 <= kept.start < kept.end <= len(text):
        return None
    return KeySentence(text[kept.start : kept.end], spoken, kept.start)


def _gone(kept: KeptPassage, texts: Texts, lang: Lang) -> NotePassage:
    """A passage that the build does not have: its last text, where an earlier build had it."""
    former = texts.superseded(kept.anchor)
    if former is None:
        return NotePassage(kept.anchor, "unknown", build=kept.build)
    view = CitationView(_former(former, lang), "", "gone", None)
    return NotePassage(former.anchor, "gone", view, kept.build, former.until[:10])


def _former(former: SupersededPassage, lang: Lang) -> Citation:
    passage = former.passage
    foreign = passage.anchor.lang != lang
    return Citation(
        number=0,
        anchor=former.anchor,
        source=passage.anchor.work,
        lang=passage.anchor.lang,
        locator=former.locator[lang],
        quote=passage.text,
        page=passage.page,
        url=None,
        working=passage.working.text if foreign and passage.working else None,
    )

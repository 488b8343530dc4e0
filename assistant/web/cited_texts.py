"""The cited texts as a reader sees them: on their way, arrived, or missing and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web.arrivals import Arrivals, MissingText, Reason
from assistant.web.markup import render as html
from assistant.web.strings import count, say
from sources.anchor import LANGS, Lang
from sources.cited import COMMAND

if TYPE_CHECKING:
    from index.build import Build
    from sources.catalogue import Catalogue

_INDEX = "python -m index build"
_NUMBER = re.compile(r" (?=\d|\()")  # "Règlement (UE) 2024/1351"


@dataclass(frozen=True, slots=True)
class MissingView:
    """Missing texts of one reason: their titles, and why they are missing."""

    titles: str
    why: str


@dataclass(frozen=True, slots=True)
class MissingTexts:
    """What is said of the missing texts: in a sentence, of each, and the commands that help."""

    sentence: str
    texts: tuple[MissingView, ...]
    commands: tuple[str, ...]


def missing(arrivals: Arrivals, build: Build, lang: Lang) -> dict[str, str]:
    """What is to be said of each cited text that is not here, or not in every language, by work."""
    coming = set(arrivals.state.expected) if arrivals.running else set()
    said: dict[str, str] = {}
    for text in arrivals.missing(build):
        sentence = say(lang, "arrivals.one") if text.work in coming else why(text, lang)
        if len(text.langs) < len(LANGS):  # the other one is here
            sentence = (
                f"{say(lang, 'reading.text_lang', language=_language(text, lang))} – {sentence}"
            )
        said[text.work] = sentence
    return said


def why(text: MissingText, lang: Lang, number: int = 1) -> str:
    """Why a text, or a number of them, is missing, in a sentence."""
    return count(lang, f"missing.{text.reason}", number, language=_language(text, lang))


def _language(text: MissingText, lang: Lang) -> str:
    """What the first language is called in which a text is missing."""
    return say(lang, f"language.{text.langs[0]}")


def failed(
    arrivals: Arrivals, build: Build, catalogue: Catalogue, lang: Lang
) -> MissingTexts | None:
    """What is said of the texts that are missing for good; None where none is, or they come."""
    texts = [] if arrivals.running else arrivals.missing(build)
    if not texts:
        return None
    titles = [_missing_title(text, catalogue, lang) for text in texts]
    alike: dict[tuple[Reason, tuple[Lang, ...]], list[tuple[MissingText, str]]] = {}
    for text, title in zip(texts, titles, strict=True):
        alike.setdefault((text.reason, text.langs), []).append((text, title))
    shown = tuple(
        MissingView(
            _listed([title for _, title in found], lang), why(found[0][0], lang, len(found))
        )
        for found in alike.values()
    )
    fetched = any(text.reason != "ready" for text in texts)
    commands = (COMMAND, _INDEX) if fetched else (_INDEX,)
    sentence = count(lang, "missing.texts", len(texts), titles=_listed(titles, lang))
    return MissingTexts(sentence, shown, commands)


def _title(work: str, catalogue: Catalogue, lang: Lang) -> str:
    """Short title of a text, whose number stays on the line of the word before it."""
    return _NUMBER.sub("\N{NO-BREAK SPACE}", catalogue.find(work).shown[lang])


def _missing_title(text: MissingText, catalogue: Catalogue, lang: Lang) -> str:
    """Its short title; with the language that is missing, where the other is there."""
    title = _title(text.work, catalogue, lang)
    if len(text.langs) == len(LANGS):
        return title
    return say(lang, "missing.in_language", title=title, language=_language(text, lang))


def strip(
    arrivals: Arrivals, build: Build, catalogue: Catalogue, lang: Lang, *, fresh: bool
) -> str:
    """HTML of what stands above the conversation while texts come, and once they have.

    On a ``fresh`` page only what is under way: what has ended before is in the list of documents,
    and what is missing is said where a reader begins.
    """
    state, running = arrivals.state, arrivals.running and bool(arrivals.state.expected)
    if fresh and not running:
        return ""
    titles = {w: _title(w, catalogue, lang) for w in (*state.expected, *state.indexed)}
    here = [titles[w] for w in state.indexed]
    title = titles.get(state.current, "")
    listed = _listed(here, lang)
    return html(
        "arrivals.html",
        lang,
        running=running,
        expected=len(state.expected),
        step=say(lang, f"arrivals.{state.stage}", title=title) if running and title else "",
        percent=round(100 * state.share),
        ready=say(lang, "arrivals.ready", titles=listed) if here else "",
        arrived=count(lang, "arrivals.arrived", len(here)) if here else "",
        titles=say(lang, "arrivals.ask", titles=listed) if here else "",
        failed=failed(arrivals, build, catalogue, lang),
    )


def _listed(titles: Sequence[str], lang: Lang) -> str:
    """Titles in a sentence: "A, B et C"."""
    if len(titles) < 2:
        return "".join(titles)
    return f"{', '.join(titles[:-1])} {say(lang, 'missing.and')} {titles[-1]}"

"""The cited texts as a reader sees them: on their way, arrived, or missing and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web.arrivals import Arrivals, MissingText
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
    return {
        text.work: say(lang, "arrivals.one") if text.work in coming else why(text, lang)
        for text in arrivals.missing(build)
    }


def why(text: MissingText, lang: Lang) -> str:
    """Why a text is missing, in a sentence."""
    language = say(lang, f"language.{text.langs[0]}")
    return say(lang, f"missing.{text.reason}", language=language)


def failed(
    arrivals: Arrivals, build: Build, catalogue: Catalogue, lang: Lang
) -> MissingTexts | None:
    """What is said of the texts that are missing for good; None where none is, or they come."""
    texts = [] if arrivals.running else arrivals.missing(build)
    if not texts:
        return None
    titles = [_missing_title(text, catalogue, lang) for text in texts]
    reasons: dict[str, list[str]] = {}
    for title, text in zip(titles, texts, strict=True):
        reasons.setdefault(why(text, lang), []).append(title)
    shown = tuple(MissingView(_listed(names, lang), reason) for reason, names in reasons.items())
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
    return say(
        lang, "missing.in_language", title=title, language=say(lang, f"language.{text.langs[0]}")
    )


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

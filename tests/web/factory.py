"""A small build, a service and answers for the page, made without a model."""

from __future__ import annotations

import argparse
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant import render
from assistant.answer import Answer, Outcome, Refusal, UnindexedText
from assistant.corrections import Corrections
from assistant.key_data import KeyData
from assistant.mentions import Mentions
from assistant.outline import Outline
from index.build import Build
from index.embedding import ModelId
from index.glossary import Glossary
from index.manifest import Entry, Manifest
from index.sentences import StoredSentences
from sources import catalogue
from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.catalogue import Catalogue
from sources.model import Kind, Passage, Working
from sources.settings import Settings

WORK = "accord-des-moulins-2020"
HOSTILE = (
    '<img src=x onerror="alert(1)"> [lien](http://evil.example) ![](http://evil.example/p.png)'
)


def passage(
    portion: str,
    text: str,
    headings: tuple[str, ...] = ("Partie A", "1. Moulins"),
    lang: Lang = "fr",
    **fields: Any,
) -> Passage:
    """A passage of an accord about mills."""
    return Passage(
        anchor=Anchor(WORK, lang, portion),
        kind=Kind.BULLET,
        text=text,
        headings=headings,
        locator=Bilingual(f"A.{portion}", f"A.{portion} (nl)"),
        page=3,
        **fields,
    )


def passages() -> list[Passage]:
    """Five passages under three headings."""
    return [
        passage("0.1", "Le présent accord porte sur les moulins.", ("Partie A",)),
        passage(
            "1.1",
            "Les meuniers ouvrent l’écluse à six heures.",
            received="Les meuniers ouvrent I’écluse à six heures.",
            doubts=(Bilingual("« six » se lit mal.", "“six” is slecht leesbaar."),),
            working=Working(
                "nl", "De molenaars openen de sluis om zes uur.", ("Deel A", "1. Molens")
            ),
        ),
        passage("1.2", "La farine est pesée\net marquée.", notes=("Note du meunier.",)),
        passage("2.1", "Les ânes sont nourris.", ("Partie A", "2. Ânes")),
        passage("2.2", HOSTILE, ("Partie A", "2. Ânes")),
    ]


class SmallBuild(Build):
    """A build in memory that can be read, not searched."""

    def __init__(self, given: list[Passage], fingerprint: str = "f") -> None:
        self.passages = given
        self.by_anchor = {p.anchor: p for p in given}
        self.id = "0123456789ab"
        self.sentences = StoredSentences({})
        works = list(dict.fromkeys((p.anchor.work, p.anchor.lang) for p in given))
        self.manifest = Manifest(
            format=1,
            build=self.id,
            created="2026-01-01T00:00:00+00:00",
            model=ModelId(
                name="none", revision="0", dimension=2, query_prefix="", passage_prefix=""
            ),
            chunker="1",
            documents=tuple(
                Entry(
                    work=w,
                    lang=la,
                    fingerprint=fingerprint,
                    title="Accord des moulins",
                    date="2020-05-01",
                    short=Bilingual("Accord des moulins", "Molenakkoord"),
                    url=None,
                    passages=len(given),
                    chunks=len(given),
                )
                for w, la in works
            ),
            passages=len(given),
            chunks=len(given),
            files={},
        )


class QueueService:
    """Answers with what it was given, in that order; remembers what it was asked."""

    def __init__(self, data: Path, *outcomes: Outcome | Exception) -> None:
        self.settings = Settings(data=data, max_question=100)
        self.asked: list[tuple[str, Any, Lang | None, list[str]]] = []
        self._outcomes = deque(outcomes)
        self.build = SmallBuild(passages())
        self._assistant: Any = None

    def assistant(self) -> Any:
        if self._assistant is None or self._assistant.build is not self.build:
            mentions = Mentions(Catalogue([]), self.build)
            key_data = KeyData(self.build, mentions, Outline(self.build), Glossary([]))
            self._assistant = SimpleNamespace(
                build=self.build,
                mentions=mentions,
                key_data=key_data,
                corrections=Corrections(self.build),
            )
        return self._assistant

    def examples(self, lang: Lang) -> tuple[str, ...]:
        """Those that come with the texts."""
        texts = catalogue.load(self.settings.data / "catalogue.toml")
        works = {p.anchor.work for p in self.build.passages}
        return tuple(q for s in texts if s.id in works for q in s.examples[lang])

    def warm(self) -> None:
        """Nothing has to be loaded."""

    def end(self) -> None:
        """Nothing is being loaded."""

    def ask(
        self, question: str, lang: Lang | None = None, *, page: Lang, history: list[str]
    ) -> Outcome:
        self.asked.append((question, lang, page, list(history)))
        outcome = self._outcomes.popleft()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def answer(
    build: Build, *portions: str, lang: Lang = "fr", question: str = "Quand ?", **fields: Any
) -> Answer:
    """An answer that cites portions."""
    citations = tuple(
        render.cite(build, Anchor(WORK, "fr", p), n, lang) for n, p in enumerate(portions, 1)
    )
    made = Answer(question, lang, "", citations, build.id)
    return replace(render.worded(build, made), **fields)


def refusal(build: Build, *portions: str, lang: Lang = "fr", **fields: Any) -> Refusal:
    """A refusal with near passages."""
    nearest = tuple(
        render.nearest_passage(build, build.by_anchor[Anchor(WORK, "fr", p)], lang)
        for p in portions
    )
    given = {"reason": "plain", "searched": ("Accord des moulins",), "question": "Combien ?"}
    given |= fields
    question = str(given.pop("question"))
    return Refusal(
        question, lang, "Pas dans les sources.", nearest=nearest, build=build.id, **given
    )


def known(url: str) -> UnindexedText:
    """A text that is known and not indexed."""
    return UnindexedText("celex:32016L0680", "Directive", url, "python -m sources fetch 32016L0680")


def open_page(make: Callable[[Settings], Any]) -> None:
    """Open the page at the port that the command line names, with a service for its settings."""
    from assistant.web.server import serve

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    service: Any = make(Settings.read())
    serve(service, host="127.0.0.1", port=parser.parse_args().port)

"""What a reader is told of the cited texts: that they come, have come, or are missing and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.web.arrivals import Arrivals, ArrivalState, MissingText
from assistant.web.cited_texts import MissingTexts, failed, missing, strip, why
from index.build import Build
from index.builder import build
from index.registry import BuildRegistry
from sources import catalogue
from sources.anchor import LANGS, Lang
from sources.catalogue import Catalogue
from sources.errors import FetchError, TooSlowError, UnreachableError
from sources.library import Library
from tests.index.fake import FakeEmbedder, quiet, settings_for
from tests.sources import second_declaration
from tests.web.tree import Node, parse

FIRST, SECOND, THIRD, _ = (f"celex:{celex}" for celex in second_declaration.CITED)


class Reader:
    """A reader of a page whose cited texts are in a given state."""

    def __init__(self, folder: Path) -> None:
        settings = settings_for(folder)
        library = Library.of(settings)
        registry = BuildRegistry(settings.data)
        build(registry, library, FakeEmbedder, settings, quiet)
        self.catalogue: Catalogue = library.catalogue
        self.build = Build(registry.path(registry.current()))
        self.arrivals = Arrivals(settings)

    def strip(self, lang: Lang, state: ArrivalState, *, fresh: bool = False) -> Node:
        self.arrivals.state = state
        shown = strip(self.arrivals, self.build, self.catalogue, lang, fresh=fresh)
        return parse(f"<div>{shown}</div>")

    def failed(self, lang: Lang) -> MissingTexts | None:
        return failed(self.arrivals, self.build, self.catalogue, lang)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    texts = tmp_path / "texts"
    second_declaration.put(texts, second_declaration.CITED[:3])
    monkeypatch.setattr(catalogue, "TEXTS", texts)
    found = Reader(tmp_path)
    yield found
    found.build.close()


def words(node: Node) -> str:
    return " ".join(node.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


def test_while_they_are_fetched_it_says_how_many_and_which(reader: Reader) -> None:
    state = ArrivalState("fetching", (FIRST, SECOND, THIRD), received=1, current=SECOND)
    shown = reader.strip("fr", state)
    assert words(shown) == (
        "3 textes cités arrivent… Acte 0605 : récupération auprès de la source officielle. "
        "Vous pouvez déjà poser vos questions sur les textes présents."
    )
    assert shown.css("progress")[0].get("value") == "3"
    assert words(reader.strip("nl", state)).startswith("3 geciteerde teksten zijn onderweg…")


def test_while_they_are_indexed_it_says_which_can_be_asked_about(reader: Reader) -> None:
    expected = (FIRST, SECOND, THIRD)
    state = ArrivalState("indexing", expected, 3, (FIRST,), SECOND, part=0.5)
    shown = reader.strip("nl", state)
    assert words(shown) == (
        "3 geciteerde teksten zijn onderweg… Handeling 0605: wordt geïndexeerd. "
        "Al te raadplegen: Handeling 0604."
    )
    assert shown.css("progress")[0].get("value") == "55"
    assert "Handeling 0605" not in shown.css(".arrivals")[0].get("data-says")


def test_the_bar_never_goes_back() -> None:
    expected = (FIRST, SECOND)
    states = [
        ArrivalState("fetching", expected),
        *(ArrivalState("fetching", expected, n) for n in (1, 2)),
        *(ArrivalState("indexing", expected, 2, (), FIRST, part) for part in (0.0, 0.5, 1.0)),
        *(ArrivalState("indexing", expected, 2, (FIRST,), SECOND, part) for part in (0.0, 0.9)),
        ArrivalState("ended", expected, 2, expected),
    ]
    shares = [state.share for state in states]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_that_is_opened_when_all_has_ended_shows_no_strip(
    reader: Reader, lang: Lang
) -> None:
    ended = ArrivalState("ended", (FIRST,), 1, (FIRST,))
    assert words(reader.strip(lang, ended, fresh=True)) == ""
    assert words(reader.strip(lang, ArrivalState(), fresh=True)) == ""
    assert words(reader.strip(lang, ArrivalState("fetching"))) == ""  # a language, perhaps


def test_each_reason_has_its_words(reader: Reader) -> None:
    reader.arrivals.state = ArrivalState(
        "ended",
        failures={
            (FIRST, "fr"): FetchError("the server was too slow", "x", "Try again."),
            (FIRST, "nl"): FetchError("the server was too slow", "x", "Try again."),
            (SECOND, "fr"): UnreachableError("no connection", "x"),
            (SECOND, "nl"): UnreachableError("no connection", "x"),
        },
    )
    told = reader.failed("fr")
    assert told is not None
    assert [t.why for t in told.texts] == [
        "La source officielle n’a pas fourni ce texte.",
        "La source officielle n’a pas pu être jointe.",
        "La récupération automatique est désactivée.",
    ]
    assert told.commands == ("python -m sources fetch --cited", "python -m index build")
    shown = reader.strip("fr", reader.arrivals.state)
    assert "too slow" not in words(shown)  # it is in English, and in the log
    assert missing(reader.arrivals, reader.build, "nl")[SECOND] == (
        "De officiële bron kon niet worden bereikt."
    )


@pytest.mark.parametrize("lang", LANGS)
def test_several_that_are_missing_for_one_reason_are_said_together(
    reader: Reader, lang: Lang
) -> None:
    late = TooSlowError("the server was too slow", "x", "Try again.")
    reader.arrivals.state = ArrivalState(
        "ended", failures={(work, la): late for work in (FIRST, THIRD) for la in LANGS}
    )
    told = reader.failed(lang)
    assert told is not None
    words = {
        "fr": ("Acte 0604 et Acte 0606", "La source officielle n’a pas envoyé ces textes à temps."),
        "nl": (
            "Handeling 0604 en Handeling 0606",
            "De officiële bron heeft deze teksten niet op tijd verzonden.",
        ),
    }
    titles, why = words[lang]
    assert (told.texts[0].titles.replace("\N{NO-BREAK SPACE}", " "), told.texts[0].why) == (
        titles,
        why,
    )


def test_of_a_text_that_is_here_it_says_which_language_is_missing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacks = [MissingText(FIRST, ("nl",), "refused"), MissingText(SECOND, LANGS, "refused")]
    monkeypatch.setattr(reader.arrivals, "missing", lambda _: lacks)
    assert missing(reader.arrivals, reader.build, "fr") == {
        FIRST: "Texte en néerlandais – La source officielle n’a pas fourni ce texte.",
        SECOND: "La source officielle n’a pas fourni ce texte.",
    }
    assert missing(reader.arrivals, reader.build, "nl")[FIRST] == (
        "Tekst in het Nederlands – De officiële bron heeft deze tekst niet geleverd."
    )


def test_a_language_that_is_not_published_is_named() -> None:
    text = MissingText(THIRD, ("nl",), "unpublished")
    assert why(text, "fr") == "La source officielle ne publie pas ce texte en néerlandais."
    assert why(text, "nl") == "De officiële bron publiceert deze tekst niet in het Nederlands."


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_missing_for_good_while_texts_come(reader: Reader, lang: Lang) -> None:
    reader.arrivals.state = ArrivalState("fetching", (FIRST, SECOND, THIRD))
    assert reader.failed(lang) is None
    coming = {"fr": "Ce texte est en train d’arriver.", "nl": "Deze tekst is onderweg."}[lang]
    assert set(missing(reader.arrivals, reader.build, lang).values()) == {coming}

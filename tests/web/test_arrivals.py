"""Cited texts that come behind the page: online, offline, half of them, and killed half-way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.web import arrivals as module
from assistant.web.arrivals import Arrivals, MissingText
from index import embedding_server
from index.__main__ import main
from index.build import Build
from index.builder import build, roll_back
from index.manifest import indexed_editions
from index.registry import BuildRegistry
from index.verification import faults
from sources import acquire, catalogue
from sources.anchor import LANGS
from sources.cited import fetching
from sources.download import DownloadLimits
from sources.errors import NotPublishedError, TooSlowError, UnreachableError
from sources.fetch import Fetcher
from sources.library import Library
from sources.settings import Settings
from tests.index.fake import FakeEmbedder, quiet, settings_for
from tests.sources import second_declaration
from tests.sources.cellar import Answer, CellarServer
from tests.sources.invented_acts import answers, lanterns

ROOT = Path(__file__).parents[2]
CITED = second_declaration.CITED[:2]
WORKS = tuple(f"celex:{celex}" for celex in CITED)
DECLARATION = (second_declaration.WORK, "nl")
NOWHERE = "http://127.0.0.1:9"  # nobody listens at this port


@dataclass
class Place:
    """A data folder with an index of an invented declaration, which cites two acts."""

    folder: Path
    settings: Settings
    told: list[str] = field(default_factory=list)

    @property
    def registry(self) -> BuildRegistry:
        return BuildRegistry(self.settings.data)

    @property
    def indexed(self) -> set[tuple[str, Any]]:
        return indexed_editions(self.settings.data) - {DECLARATION}

    def arrivals(self, cellar: str, **more: Any) -> Arrivals:
        settings = self.settings.model_copy(update={"cellar_url": cellar})
        return Arrivals(settings, load=FakeEmbedder, tell=self.told.append, **more)

    def bring(self, cellar: str, **more: Any) -> Arrivals:
        """All that comes, waited for."""
        arrivals = self.arrivals(cellar, **more)
        thread = arrivals.start()
        assert thread is not None
        thread.join()
        assert not arrivals.running
        return arrivals

    def missing(self, arrivals: Arrivals) -> list[MissingText]:
        made = Build(self.registry.path(self.registry.current()))
        try:
            return arrivals.missing(made)
        finally:
            made.close()

    def build(self) -> None:
        """What ``python -m index build`` does."""
        build(self.registry, Library.of(self.settings), FakeEmbedder, self.settings, quiet)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    texts = tmp_path / "texts"
    second_declaration.put(texts, CITED)
    monkeypatch.setattr(catalogue, "TEXTS", texts)
    found = Place(tmp_path, settings_for(tmp_path, fetch="cited", keep_builds=9))
    found.build()
    yield found
    assert faults(found.registry.path(found.registry.current()), sample=None) == []


def both(*works: str) -> set[tuple[str, str]]:
    return {(work, lang) for work in works for lang in LANGS}


def test_all_come_one_after_another_each_with_a_build_of_its_own(place: Place) -> None:
    with CellarServer(answers(*CITED)) as server:
        arrivals = place.bring(server.url)
    assert arrivals.state.indexed == WORKS
    assert arrivals.state.share == 1
    assert place.indexed == both(*WORKS)
    assert place.missing(arrivals) == []
    assert len(place.registry.history()) == 3
    assert place.told[0].startswith("2 cited text(s) on the way")
    assert place.told[1:] == [f"cited texts in the index now: {', '.join(WORKS)}"]


def test_a_second_start_asks_for_nothing_and_says_nothing(place: Place) -> None:
    with CellarServer(answers(*CITED)) as server:
        place.bring(server.url)
        asked, before = len(server.asked), place.registry.current()
        place.told.clear()
        arrivals = place.bring(server.url)
        assert len(server.asked) == asked
    assert (place.registry.current(), place.told) == (before, [])
    assert arrivals.state.expected == ()


def test_without_a_network_it_is_tried_once_and_said_once(place: Place) -> None:
    before = place.registry.current()
    arrivals = place.bring(NOWHERE)
    assert place.registry.current() == before
    missing = place.missing(arrivals)
    assert [(m.work, m.langs, m.reason) for m in missing] == [
        (work, LANGS, "unreachable") for work in WORKS
    ]
    _, error, by_hand = place.told
    assert error.startswith("not fetched: no connection")
    assert by_hand == "by hand: `python -m sources fetch --cited`, then `python -m index build`"


def test_what_lacks_is_looked_up_again_where_it_can_be_other_and_not_at_each_step(
    place: Place,
) -> None:
    arrivals = place.arrivals(NOWHERE)
    made = Build(place.registry.path(place.registry.current()))
    arrivals.state = replace(arrivals.state, stage="indexing", current=WORKS[0])
    listed = arrivals.missing(made)
    arrivals.state = replace(arrivals.state, part=0.5)
    assert arrivals.missing(made) is listed
    failures = {(WORKS[0], lang): UnreachableError("no connection") for lang in LANGS}
    arrivals.state = replace(arrivals.state, failures=failures)
    assert [m.reason for m in arrivals.missing(made)] == ["unreachable", "absent"]
    made.close()


def test_what_is_turned_off_is_not_tried_and_what_lacks_is_known(place: Place) -> None:
    with CellarServer(answers(*CITED)) as server:
        place.settings = place.settings.model_copy(update={"fetch": "never"})
        arrivals = place.arrivals(server.url)
        assert arrivals.start() is None
        assert server.asked == []
    assert not arrivals.running
    assert [(m.work, m.reason) for m in place.missing(arrivals)] == [(w, "off") for w in WORKS]


def test_what_the_source_does_not_give_stops_nothing_else(place: Place) -> None:
    names = second_declaration.CITED
    _, second, third, last = names
    works = [f"celex:{celex}" for celex in names]
    second_declaration.put(catalogue.TEXTS, names)
    has = {
        **answers(third, last),
        **{(second, la): Answer(body=lanterns(second)[la], fault="stall") for la in LANGS},
    }
    del has[third, "nl"]
    with CellarServer(has) as server:
        fetcher = Fetcher(server.url, frozenset(), limits=DownloadLimits(timeout=0.3))
        arrivals = place.bring(server.url, fetcher=fetcher)
    assert place.indexed == {(works[2], "fr"), *both(works[3])}
    assert [(m.work, m.langs, m.reason) for m in place.missing(arrivals)] == [
        (works[0], LANGS, "refused"),
        (works[1], LANGS, "slow"),
        (works[2], ("nl",), "unpublished"),
    ]
    assert [line.partition(":")[2].strip()[:50] for line in place.told[2:-1]] == [
        f"{works[0]} (fr, nl): the official source has no text"[:50],
        f"{works[1]} (fr, nl): the server was too slow"[:50],
        f"{works[2]} (nl): Dutch text not published as XHTML"[:50],
    ]
    with CellarServer(answers(*names)) as server:  # a better day
        arrivals = place.bring(server.url)
        assert not any(last in path for path in server.paths())
    assert list(arrivals.state.expected) == works[:2]
    assert place.indexed == both(*works)
    assert place.missing(arrivals) == []


def test_that_a_language_is_not_published_is_not_why_there_is_none(place: Place) -> None:
    arrivals = place.arrivals(NOWHERE)
    failures = {
        (WORKS[0], "fr"): NotPublishedError("French text not published"),
        (WORKS[0], "nl"): TooSlowError("the server was too slow"),
    }
    arrivals.state = replace(arrivals.state, stage="ended", failures=failures)
    assert [m.reason for m in place.missing(arrivals)] == ["slow", "absent"]


def test_what_an_administrator_prepares_is_left_to_them(place: Place) -> None:
    with CellarServer(answers(*CITED, "32031R0999")) as server:
        settings = place.settings.model_copy(update={"cellar_url": server.url})
        library, fetcher = Library.of(settings), acquire.fetcher(settings)
        acquire.fetch(library, fetcher, "32031R0999", "fr")
        acquire.fetch(library, fetcher, CITED[1], "fr")
        acquire.fetch(library, fetcher, CITED[1], "nl")
        acquire.remove(library, WORKS[1])
        arrivals = place.bring(server.url)
    assert place.indexed == both(WORKS[0])
    assert place.missing(arrivals) == []


def test_what_somebody_has_gone_back_from_does_not_come_again(place: Place) -> None:
    with CellarServer(answers(*CITED)) as server:
        place.bring(server.url)
        roll_back(place.registry)
        assert place.indexed == both(WORKS[0])
        arrivals = place.bring(server.url)
    assert place.indexed == both(WORKS[0])
    assert place.missing(arrivals) == []


def test_a_builder_of_somebody_else_is_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AGAIN", 0.05)
    with CellarServer(answers(*CITED)) as server:
        with place.registry.writing():
            arrivals = place.arrivals(server.url)
            thread = arrivals.start()
            assert thread is not None
            while arrivals.state.stage != "indexing":
                thread.join(0.05)
            assert place.indexed == set()
        thread.join()
    assert place.indexed == both(*WORKS)
    assert arrivals.state.error is None


def test_two_pages_of_one_folder_fetch_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AGAIN", 0.05)
    with CellarServer(answers(*CITED)) as server:
        with fetching(place.settings.data):
            pages = [place.arrivals(server.url) for _ in range(2)]
            threads = [page.start() for page in pages]
            assert server.asked == []
        for thread in threads:
            assert thread is not None
            thread.join()
        resources = [path for path in server.paths() if "/resource/celex/" in path]
        assert len(resources) == 2 * len(CITED)
    assert place.indexed == both(*WORKS)
    assert [page.state.error for page in pages] == [None, None]


def test_an_index_that_cannot_be_made_leaves_the_texts_and_says_so(place: Place) -> None:
    def broken() -> Any:
        raise MemoryError

    with CellarServer(answers(*CITED)) as server:
        arrivals = place.arrivals(server.url)
        arrivals._load = broken
        thread = arrivals.start()
        assert thread is not None
        thread.join()
    assert place.indexed == set()
    assert [m.reason for m in place.missing(arrivals)] == ["ready", "absent"]
    assert "cited texts: MemoryError." in place.told


def test_a_page_that_is_stopped_leaves_off(place: Place) -> None:
    with CellarServer(answers(*CITED)) as server:
        server.open.clear()
        arrivals = place.arrivals(server.url)
        thread = arrivals.start()
        assert thread is not None
        arrivals.stop()
        server.open.set()
        thread.join()
        assert len(server.asked) <= 2
    assert place.told[1:] == []


def test_before_the_page_opens_what_it_indexes_itself_is_left_out(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUCHESSE_DATA", str(place.settings.data))
    monkeypatch.setenv("DUCHESSE_MODEL", place.settings.model)
    monkeypatch.setenv("DUCHESSE_MODEL_REVISION", place.settings.model_revision)
    monkeypatch.setattr(embedding_server, "for_builds", lambda _: FakeEmbedder())
    with CellarServer(answers(*CITED, "32031R0999")) as server:
        settings = place.settings.model_copy(update={"cellar_url": server.url})
        library, fetcher = Library.of(settings), acquire.fetcher(settings)
        for celex in (CITED[0], "32031R0999"):
            acquire.fetch(library, fetcher, celex, "fr")
    monkeypatch.setenv("DUCHESSE_FETCH", "cited")
    assert main(["build", "--for-page"]) == 0
    assert place.indexed == {("celex:32031R0999", "fr")}
    assert main(["build", "--for-page"]) == 0
    assert "nothing has changed" in capsys.readouterr().out
    monkeypatch.setenv("DUCHESSE_FETCH", "never")  # then nobody else does it
    assert main(["build", "--for-page"]) == 0
    assert place.indexed == {("celex:32031R0999", "fr"), (WORKS[0], "fr")}


def killed(place: Place, cellar: str, word: str = "") -> subprocess.Popen[str]:
    command = [str(catalogue.TEXTS), str(place.folder), cellar, *([word] if word else [])]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.web.arriving", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return dict(json.loads(out.splitlines()[-1]))


def test_killed_while_it_fetches_a_slow_one_it_has_what_came_before(place: Place) -> None:
    has = answers(*CITED)
    has[CITED[1], "nl"] = Answer(body=lanterns(CITED[1])["nl"], fault="stall")
    with CellarServer(has) as server:
        process = killed(place, server.url)
        assert server.half_sent.wait(120)
        process.kill()
        process.communicate()
    assert place.indexed == both(WORKS[0])
    with CellarServer(answers(*CITED)) as server:
        told = ended(killed(place, server.url))
        assert told == {"indexed": list(WORKS[1:]), "error": ""}
        assert not any(CITED[0] in path for path in server.paths())
        assert sum(f"/celex/{CITED[1]}" in path for path in server.paths()) == 1
    assert place.indexed == both(*WORKS)
    whole(place)


def test_killed_while_it_indexes_it_keeps_what_is_there(place: Place) -> None:
    with CellarServer(answers(*CITED)) as server:
        process = killed(place, server.url, f"règlement {CITED[1]}")
        assert process.stdout
        assert process.stdout.readline() == "hanging\n"
        process.kill()
        process.communicate()
        assert place.indexed == both(WORKS[0])
        asked = len(server.asked)
        told = ended(killed(place, server.url))
        assert told == {"indexed": list(WORKS[1:]), "error": ""}
        assert len(server.asked) == asked  # what was fetched is not asked for again
    assert place.indexed == both(*WORKS)
    whole(place)


def whole(place: Place) -> None:
    """Nothing half-made is left, and each text is its own in both languages."""
    assert [p.name for p in place.registry.folder.iterdir() if p.suffix == ".tmp"] == []
    made = Build(place.registry.path(place.registry.current()))
    for work, celex in zip(WORKS, CITED, strict=True):
        for lang in LANGS:
            assert celex in made.document(work, lang)[0].text
            assert made.entries[work, lang].received
    made.close()

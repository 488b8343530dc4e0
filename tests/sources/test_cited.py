"""The texts that come by themselves: which they are, and fetching them by hand."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sources import acquire, catalogue
from sources.__main__ import main
from sources.anchor import LANGS
from sources.cited import cited, fetching, missing
from sources.errors import CatalogueError, TakenError
from sources.library import Library
from sources.settings import Settings
from tests.conftest import DECLARATION
from tests.sources import second_declaration
from tests.sources.cellar import Answer, CellarServer
from tests.sources.invented_acts import answers, lanterns

ROOT = Path(__file__).parents[2]
FIRST, SECOND, THIRD, _ = second_declaration.CITED
NOWHERE = "http://127.0.0.1:9"  # nobody listens at this port


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, where an invented declaration ships that cites three acts."""
    texts = tmp_path / "texts"
    second_declaration.put(texts, (FIRST, SECOND, THIRD))
    monkeypatch.setattr(catalogue, "TEXTS", texts)
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "var"))
    return tmp_path / "var"


def works(data: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [(text.celex, text.stored) for text in cited(Library(data))]


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return list(json.loads(capsys.readouterr().out))


def test_the_set_is_that_of_the_texts_that_are_here(data: Path) -> None:
    assert works(data) == [(FIRST, ()), (SECOND, ()), (THIRD, ())]
    shutil.rmtree(catalogue.TEXTS / second_declaration.WORK)
    second_declaration.put(catalogue.TEXTS)
    assert works(data) == []


def test_an_act_whose_citing_text_is_not_here_does_not_come(data: Path) -> None:
    entry = second_declaration.cited_entry("32031R0700").replace("hanze-2031", "verre-2031")
    other = second_declaration.SOURCE.split("[[source.file]]")[0].replace("hanze", "verre")
    path = catalogue.TEXTS / second_declaration.WORK / "source.toml"
    path.write_text(path.read_text("utf-8") + other + entry, "utf-8")
    assert [celex for celex, _ in works(data)] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("before", "after"),
    [('cited_by = ["hanze-2031"]', ""), (f'celex = "{THIRD}"\n', ""), ('"cited"', '"always"')],
)
def test_an_entry_that_cannot_be_fetched_is_a_fault_of_the_catalogue(
    data: Path, before: str, after: str
) -> None:
    path = catalogue.TEXTS / second_declaration.WORK / "source.toml"
    start, _, last = path.read_text("utf-8").rpartition("[[source]]")
    path.write_text(start + "[[source]]" + last.replace(before, after), "utf-8")
    with pytest.raises(CatalogueError, match=THIRD):
        Library(data)


@pytest.mark.declaration
def test_the_declaration_brings_the_acts_that_it_cites(tmp_path: Path) -> None:
    assert DECLARATION.is_dir()
    found = [text.celex for text in cited(Library(tmp_path))]
    assert found[:3] == ["32022H0915", "32013R0604", "32024R1351"]
    assert "22021A0430(01)" not in found


def test_by_hand_all_that_lack_are_fetched_and_nothing_twice(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with CellarServer(answers(FIRST, SECOND, THIRD)) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", "--cited", "--dry-run", "--json"]) == 0
        would = rows(capsys)
        assert [(r["celex"], r["lang"], r["would"]) for r in would[:3]] == [
            (FIRST, "fr", "fetch"),
            (FIRST, "nl", "fetch"),
            (SECOND, "fr", "fetch"),
        ]
        assert server.asked == []
        assert main(["fetch", FIRST, "--lang", "fr", "--json"]) == 0
        rows(capsys)
        assert main(["fetch", "--cited", "--json"]) == 0
        got = rows(capsys)
        assert [(r["celex"], r["lang"]) for r in got] == [(FIRST, "nl")] + [
            (celex, la) for celex in (SECOND, THIRD) for la in LANGS
        ]
        asked = len(server.asked)
        assert main(["fetch", "--cited"]) == 0
        assert len(server.asked) == asked
    assert "all 3 cited texts are here" in capsys.readouterr().out
    assert works(data) == [(celex, LANGS) for celex in (FIRST, SECOND, THIRD)]


def test_half_of_them_come_where_the_source_has_half(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    has = {**answers(FIRST), (THIRD, "fr"): Answer(body=lanterns(THIRD)["fr"])}
    with CellarServer(has) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", "--cited"]) == 1
        said = capsys.readouterr()
        assert f"note: Dutch text not published as XHTML or Formex; French is: {THIRD}" in said.err
        assert f"no text of this act, in French or in Dutch: {SECOND}" in said.err
        assert "index build" in said.out
        assert works(data) == [(FIRST, LANGS), (SECOND, ()), (THIRD, ("fr",))]
        server.answers |= answers(SECOND)
        assert main(["fetch", "--cited"]) == 0  # that the third has no Dutch is no failure


def test_a_source_that_is_not_reached_is_asked_once(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUCHESSE_CELLAR_URL", NOWHERE)
    assert main(["fetch", "--cited"]) == 1
    said = capsys.readouterr().err
    assert said.count("error: no connection") == 1
    assert "not asked for, as it would fail too: 5 more" in said
    assert main(["fetch", "--cited", "--json"]) == 1
    assert ["no connection" in str(r["error"]) for r in rows(capsys)] == [True] * 6


def test_what_was_taken_out_comes_back_by_hand(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with CellarServer(answers(FIRST, SECOND, THIRD)) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", "--cited", "--json"]) == 0
        assert main(["remove", SECOND]) == 0
        assert [text.removed for text in cited(Library(data))] == [False, True, False]
        assert main(["fetch", "--cited"]) == 0
        assert [text.removed for text in cited(Library(data))] == [False, False, False]


def test_ids_beside_cited_are_wrong_use(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", FIRST, "--cited"]) == 2
    assert "--cited" in capsys.readouterr().err


def test_one_process_fetches_them_and_the_other_is_told_which(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with fetching(data):
        assert main(["fetch", "--cited"]) == 1
        with pytest.raises(TakenError), fetching(data):
            pass
    assert f"process {os.getpid()} on " in capsys.readouterr().err
    assert works(data) == [(FIRST, ()), (SECOND, ()), (THIRD, ())]


def test_an_entry_of_the_administrator_stays_what_it_is_when_its_act_comes(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {
        "id": "celex:32031R0800",
        "kind": "eu-act",
        "celex": "32031R0800",
        "title": {"fr": "Acte 800", "nl": "Handeling 800"},
        "short": {"fr": "Acte 800", "nl": "Handeling 800"},
        "aliases": {"fr": ["règlement Lanternes"], "nl": ["lantaarnverordening"]},
        "licence": "-",
        "cited_by": [second_declaration.WORK],
        "fetch": "cited",
    }
    catalogue.add(data / "catalogue.toml", catalogue.Source.model_validate(entry))
    with CellarServer(answers("32031R0800")) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", "32031R0800"]) == 0
    assert works(data)[-1] == ("32031R0800", LANGS)
    came = Library(data).catalogue.find("celex:32031R0800")
    assert came.title.fr.endswith("relatif aux lanternes")
    assert came.title.nl.endswith("betreffende lantaarns")
    assert came.names("fr")[:2] == ("Acte 800", "règlement Lanternes")
    assert came.names("nl")[:2] == ("Handeling 800", "lantaarnverordening")


def test_a_declaration_that_is_added_brings_the_acts_that_it_cites(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data.parent / "bateliers.txt"
    file.write_text(
        "Déclaration des bateliers\n\n1. Ils appliquent le règlement 2031/800.\n", "utf-8"
    )
    entry = second_declaration.cited_entry("32031R0800")
    path = data / "catalogue.toml"
    assert main(["add", str(file), "--id", "bateliers-2032", "--lang", "fr"]) == 0
    by_hand = entry.replace(second_declaration.WORK, "bateliers-2032")
    path.write_text(path.read_text("utf-8") + by_hand, "utf-8")
    assert works(data)[-1] == ("32031R0800", ())
    with CellarServer(answers(FIRST, SECOND, THIRD, "32031R0800")) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", "--cited"]) == 0
    assert works(data)[-1] == ("32031R0800", LANGS)
    assert main(["remove", "bateliers-2032"]) == 0
    assert "32031R0800" not in [celex for celex, _ in works(data)]


_FETCH = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background
from sources.__main__ import main
raise SystemExit(main(["fetch", "--cited"]))
"""


@pytest.mark.declaration
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_stopped_half_way_loses_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    texts = [text.celex for text in cited(Library(tmp_path))][:2]
    held = {**answers(*texts)}
    held[texts[1], "nl"] = Answer(body=lanterns(texts[1])["nl"], fault="stall")
    with CellarServer(held) as server:
        environment = {"DUCHESSE_DATA": str(tmp_path), "DUCHESSE_CELLAR_URL": server.url}
        process = subprocess.Popen(
            [sys.executable, "-c", _FETCH],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert server.half_sent.wait(60)
        process.send_signal(number)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == (130 if number == signal.SIGINT else -number)
        assert "Traceback" not in said
        stored = {text.celex: text.stored for text in cited(Library(tmp_path))}
        assert stored[texts[0]] == LANGS
        assert stored[texts[1]] == ("fr",)
    with CellarServer(answers(*texts)) as server:
        library = Library(tmp_path)
        wanted = missing(text for text in cited(library) if text.celex in texts)
        fetcher = acquire.fetcher(Settings(data=tmp_path, cellar_url=server.url))
        for attempt in acquire.fetch_each(library, fetcher, wanted):
            assert isinstance(attempt.result, acquire.Acquisition), attempt.result
        assert not any(texts[0] in path for path in server.paths())
    assert [text.stored for text in cited(Library(tmp_path))][:2] == [LANGS, LANGS]
    for edition in Library(tmp_path).editions():
        if edition.source.celex:
            passages = Library(tmp_path).read(edition).passages
            assert edition.source.celex in passages[0].text

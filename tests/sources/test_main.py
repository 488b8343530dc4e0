"""The commands of an administrator, over a loopback server that speaks Cellar’s protocol."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sources.__main__ import main
from tests.sources.cellar import Answer, CellarServer

CELEX = "32019R7001"
_ACTS = Path(__file__).with_name("formats") / "acts"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "var"))
    return tmp_path / "var"


def _act(lang: str) -> bytes:
    return (_ACTS / f"journal.{lang}.xhtml").read_bytes()


def _json(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_an_act_that_the_catalogue_does_not_know_is_fetched_read_and_listed(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {(CELEX, lang): Answer(body=_act(lang)) for lang in ("fr", "nl")}
    with CellarServer(answers) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", CELEX, "--json"]) == 0
        rows = _json(capsys)
        assert isinstance(rows, list)
        assert [r["lang"] for r in rows] == ["fr", "nl"]
        assert all(r["changed"] and r["passages"] > 3 for r in rows)
        assert main(["show", CELEX, "--json"]) == 0
        shown = _json(capsys)
        assert isinstance(shown, dict)
        assert shown["available"] == ["fr", "nl"]
        assert shown["title"]["fr"] == rows[0]["title"]
        assert shown["title"]["nl"] == rows[1]["title"]
        assert main(["show", CELEX]) == 0
        licence = capsys.readouterr().out.partition("licence: ")[2].partition("\n")[0]
        assert licence.startswith("© Union européenne")
        assert " / © Europese Unie" in licence
        # The same bytes again change nothing; an address is another name of the act.
        link = f"https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:{CELEX}"
        assert main(["fetch", link, "--json"]) == 0
        again = _json(capsys)
        assert isinstance(again, list)
        assert not any(r["changed"] for r in again)
        assert main(["refresh", "--json"]) == 0
        refreshed = _json(capsys)
        assert isinstance(refreshed, list)
        assert not any(r["changed"] for r in refreshed)


def test_a_language_that_is_not_published_is_said_and_the_other_is_kept(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with CellarServer({(CELEX, "fr"): Answer(body=_act("fr"))}) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", CELEX]) == 0
    said = capsys.readouterr()
    assert "Dutch text not published" in said.err
    assert f"{CELEX} (fr): new version stored" in said.out


@pytest.mark.parametrize(
    ("name", "celex"),
    [
        ("Règlement (UE) 2031/604", "32031R0604"),
        ("Décision 2012/243/UE", "32012D0243"),
        ("Besluit nr. 243/2012/EU", "32012D0243"),
        ("kaderbesluit 2002/584/JBZ", "32002F0584"),
    ],
)
def test_an_act_is_fetched_by_its_sort_and_number(
    data: Path, capsys: pytest.CaptureFixture[str], name: str, celex: str
) -> None:
    assert main(["fetch", name, "--lang", "nl", "--dry-run"]) == 0
    assert capsys.readouterr().out == f"would fetch {celex} (nl)\n"


def test_removing_keeps_the_files_aside_and_forgets_the_entry(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = {(CELEX, lang): Answer(body=_act(lang)) for lang in ("fr", "nl")}
    wanted = tmp_path / "list.txt"
    wanted.write_text(f"# one a line\n{CELEX}  # an act\n\n", "utf-8")
    with CellarServer(answers) as server:
        monkeypatch.setenv("DUCHESSE_CELLAR_URL", server.url)
        assert main(["fetch", "--list", str(wanted)]) == 0
    assert main(["remove", "--list", str(wanted), "--json"]) == 0
    out = capsys.readouterr().out
    rows = json.loads(out[out.index("[") :])
    assert list(Path(rows[0]["aside"]).glob("*/*.xhtml"))
    assert main(["show", CELEX]) == 2


def test_a_plain_file_becomes_a_source_with_its_titles(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text(
        "Note de service\n\n1. Objet\n\nLa présente note règle les gardes de nuit.\n\n"
        "2. Durée\n\n- La garde dure douze heures.\n- Elle commence à vingt heures.\n",
        "utf-8",
    )
    told = ["--title-fr", "Note de service", "--title-nl", "Dienstnota", "--lang", "fr"]
    assert main(["add", str(note), "--id", "note-1", *told, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passages"] >= 3
    assert main(["list", "--json"]) == 0
    rows = {r["id"]: r for r in json.loads(capsys.readouterr().out)}
    assert rows["note-1"]["nl"] == "Dienstnota"
    assert rows["note-1"]["available"] == ["fr"]
    assert rows["note-1"]["indexed"] == []


@pytest.mark.declaration
def test_a_file_of_a_text_that_is_known_needs_no_titles(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "accord.txt"
    text.write_text("Accord\n\nArticle 1\n\nLes ponts sont ouverts la nuit.\n", "utf-8")
    assert main(["add", str(text), "--id", "tournai-ii", "--lang", "fr"]) == 0
    capsys.readouterr()
    assert main(["show", "tournai-ii", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["available"] == ["fr"]
    assert main(["add", str(text), "--id", "not-known", "--lang", "fr"]) == 0
    assert "its title is the one in the text, “Accord”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "value"),
    [
        (["show", "no-such-source"], "no-such-source"),
        (["fetch", "tournai-ii"], "tournai-ii"),
        (["fetch", "not-a-number"], "not-a-number"),
        (["fetch", "2012/243/UE"], "Décision 2012/243/UE"),
        (["fetch"], "no text is named"),
        (["remove", "val-duchesse-2023"], "val-duchesse-2023"),
        (
            [
                "add",
                "missing.pdf",
                "--id",
                "x",
                "--title-fr",
                "a",
                "--title-nl",
                "b",
                "--lang",
                "fr",
            ],
            "missing.pdf",
        ),
        (["refresh", "tournai-ii"], "tournai-ii"),
    ],
)
def test_wrong_use_names_the_value_and_ends_with_2(
    argv: list[str], value: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    error = capsys.readouterr().err
    assert value in error
    assert "Traceback" not in error


@pytest.mark.declaration
def test_the_references_of_the_declaration_are_resolved_with_the_command_that_fetches(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["references", "--json"]) == 0
    rows = {
        (r["from"].partition("#")[2], r["target"]): r for r in json.loads(capsys.readouterr().out)
    }
    dublin = rows["3.6", "celex:32013R0604"]
    assert dublin["portion"] == "art_36.par_1"
    assert dublin["state"] == "known"
    assert dublin["command"] == "python -m sources fetch 32013R0604"
    assert rows["2.3", "celex:32022H0915"]["text"] == "recommandation (UE) 2022/915"
    assert {p for p, t in rows if t == "tournai-ii"} == {"2.3", "2.5", "2.6"}
    assert (
        rows["3.4", "celex:22021A0430(01)"]["command"] == "python -m sources fetch '22021A0430(01)'"
    )


@pytest.mark.declaration
def test_checking_reads_every_text(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [r["text"] for r in rows if r["work"] == "val-duchesse-2023"] == ["60 passages"]

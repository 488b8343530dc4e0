"""Many texts at once: a list, each entry for itself, and nothing done in a dry run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sources.__main__ import main
from sources.library import Library

Capture = pytest.CaptureFixture[str]
TEXT = "# Accord\n\n1. Les quais du nord sont ouverts la nuit.\n"
ENTRY = """
[[add]]
file = "{id}.md"
id = "{id}"
lang = "fr"
title = {{ fr = "Accord {id}", nl = "Akkoord {id}" }}
date = "2031-02-03"
"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Three entries, the second of a file that is not there."""
    for name in ("nord", "sud"):
        (tmp_path / f"{name}.md").write_text(TEXT, "utf-8")
    path = tmp_path / "list.toml"
    path.write_text("".join(ENTRY.format(id=i) for i in ("nord", "est", "sud")), "utf-8")
    return path


def sources(capsys: Capture, *arguments: str, code: int = 0) -> Any:
    assert main([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_one_entry_that_fails_does_not_stop_the_others(
    capsys: Capture, listed: Path, data: Path
) -> None:
    rows = sources(capsys, "add", "--list", str(listed), code=1)
    assert [r["id"] for r in rows if "error" not in r] == ["nord", "sud"]
    assert "est.md" in rows[1]["error"]
    assert Library(data).store.works() == [("nord", "fr"), ("sud", "fr")]
    assert main(["add", "--list", str(listed)]) == 1
    shown = capsys.readouterr()
    assert "error: est (fr)" in shown.err
    assert "nord (fr)" in shown.out


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    capsys: Capture, listed: Path, data: Path
) -> None:
    rows = sources(capsys, "add", "--list", str(listed), "--dry-run", code=1)
    nord, sud = (f"add {listed.parent / name}.md, " for name in ("nord", "sud"))
    assert rows[0]["would"].startswith(nord)
    assert "cannot be read" in rows[1]["error"]  # as it would be in earnest
    assert rows[2]["would"].startswith(sud)
    assert sources(capsys, "fetch", "32016R0679", "--dry-run")[0]["celex"] == "32016R0679"
    assert not data.exists()
    sources(capsys, "add", "--list", str(listed), code=1)
    assert sources(capsys, "remove", "nord", "sud", "--dry-run")[1]["would"] == "remove"
    assert len(Library(data).store.works()) == 2
    sources(capsys, "remove", "nord", "sud")
    assert Library(data).store.works() == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "add: Field required"),
        ("add = []", "at least 1 item"),
        (ENTRY.format(id="x") + "colour = 1", "add.0.colour: Extra inputs"),
        (
            ENTRY.format(id="x").replace("Akkoord", r"Akkoord\u0007"),
            "add.0.title.nl: Value error, has",
        ),
        ("[[add]]\nfile = 'a.md'", "add.0.id: Field required"),
        ("no toml", "cannot be read"),
    ],
)
def test_a_list_without_its_form_is_wrong_use_and_names_the_entry(
    capsys: Capture, tmp_path: Path, data: Path, content: str, told: str
) -> None:
    path = tmp_path / "list.toml"
    path.write_text(content, "utf-8")
    assert main(["add", "--list", str(path)]) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.err.count("\n") == 1
    assert not data.exists()


def test_of_a_list_with_many_faults_the_first_are_named_and_the_rest_counted(
    capsys: Capture, tmp_path: Path
) -> None:
    path = tmp_path / "list.toml"
    path.write_text("\n".join(f"[[add]]\nfile = 'a{n}.md'\nid = 'a{n}'" for n in range(9)), "utf-8")
    assert main(["add", "--list", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.count("Field required") == 5
    assert "add.0.lang: Field required; add.1.lang: Field required" in told
    assert "; and 4 more. Correct it." in told


def test_a_row_of_a_list_without_a_title_has_the_one_in_its_text(
    capsys: Capture, tmp_path: Path, data: Path
) -> None:
    for name, text in (("kade", "# Reglement van de kade\n\nDe kade is open.\n"), ("quai", TEXT)):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    (tmp_path / "bac.txt").write_text("Le bac est ouvert la nuit.\n", "utf-8")
    rows = (("kade", "md", "nl", ""), ("quai", "md", "fr", 'title = { nl = "Kaaiakkoord" }\n'),
            ("bac", "txt", "fr", ""))  # fmt: skip
    path = tmp_path / "list.toml"
    path.write_text(
        "".join(f'[[add]]\nfile = "{i}.{kind}"\nid = "{i}"\nlang = "{la}"\n{rest}\n'
                for i, kind, la, rest in rows),
        "utf-8",
    )  # fmt: skip
    for dry in (["--dry-run"], []):
        told = said(capsys, "--list", str(path), *dry, code=1)
        assert "its title is the one in the text, “Reglement van de kade”" in told
        assert "its title is the one in the text, “Accord”" in told
    titles = {name: Library(data).catalogue.find(name).title for name in ("kade", "quai")}
    assert titles["kade"].fr == titles["kade"].nl == "Reglement van de kade"
    assert (titles["quai"].fr, titles["quai"].nl) == ("Accord", "Kaaiakkoord")
    assert Library(data).store.works() == [("kade", "nl"), ("quai", "fr")]


def test_without_a_list_everything_must_be_said(capsys: Capture) -> None:
    assert main(["add", "file.pdf"]) == 2
    assert "--id, --lang" in capsys.readouterr().err


def test_a_title_that_is_not_given_is_the_one_in_the_text(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "quai.md"
    path.write_text("# Règlement du quai\n\nLe quai est ouvert.\n\nIl est gratuit.\n", "utf-8")
    given = [str(path), "--id", "quai", "--lang", "fr"]
    for known in ((), ("--title-nl", "Kaaireglement")):
        assert main(["add", *given, *known]) == 0
        told = capsys.readouterr().out
        assert ("“Règlement du quai” (--title-fr, --title-nl" in told) == (not known)
    assert main(["show", "quai", "--json"]) == 0
    titles = json.loads(capsys.readouterr().out)["title"]
    assert titles == {"fr": "Règlement du quai", "nl": "Kaaireglement"}


def test_the_second_language_of_a_text_has_the_title_of_its_own_file(
    capsys: Capture, data: Path, tmp_path: Path
) -> None:
    for lang, title, words in (
        ("fr", "Règlement du quai", "Le quai est ouvert.\n\nIl est gratuit pour tous."),
        ("nl", "Reglement van de kaai", "De kaai is open.\n\nZij is gratis voor iedereen."),
    ):
        path = tmp_path / f"quai.{lang}.md"
        path.write_text(f"# {title}\n\n{words}\n", "utf-8")
        told = said(capsys, str(path), "--id", "quai", "--lang", lang)
        assert f"“{title}” (--title-fr, --title-nl set others)" in told
    entry = Library(data).catalogue.find("quai")
    assert (entry.title.fr, entry.title.nl) == ("Règlement du quai", "Reglement van de kaai")
    assert entry.short.nl == "Reglement van de kaai"
    # Added again, or named by a person, it stays.
    said(capsys, str(path), "--id", "quai", "--lang", "nl")
    named = ["--title-fr", "Quai", "--title-nl", "Quai"]
    said(capsys, str(tmp_path / "quai.fr.md"), "--id", "quai", "--lang", "fr", *named)
    said(capsys, str(path), "--id", "quai", "--lang", "nl")
    assert Library(data).catalogue.find("quai").title.nl == "Quai"


def test_a_text_without_a_title_needs_one(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "quai.txt"
    path.write_text("Le quai est ouvert la nuit.\n", "utf-8")
    assert main(["add", str(path), "--id", "quai", "--lang", "fr", "--title-fr", "Quai"]) == 2
    assert "not enough is said of the text: --title-nl." in capsys.readouterr().err


def test_every_version_of_a_text_stays_readable_under_its_date(
    capsys: Capture, listed: Path
) -> None:
    sources(capsys, "add", "--list", str(listed), code=1)
    (listed.parent / "nord.md").write_text(TEXT.replace("ouverts", "fermés"), "utf-8")
    sources(capsys, "add", "--list", str(listed), code=1)
    versions = sources(capsys, "show", "nord")["versions"]
    texts = [
        sources(capsys, "show", "nord", "--version", v["sha256"][:12])[0]["passages"][0]["text"]
        for v in versions
    ]
    assert sorted(texts) == [
        "Les quais du nord sont fermés la nuit.",
        "Les quais du nord sont ouverts la nuit.",
    ]
    assert len(sources(capsys, "show", "nord", "--version", versions[0]["date"][:10])) == 2
    assert main(["show", "nord", "--version", "1999-01-01"]) == 2
    assert "There are: " in capsys.readouterr().err


def said(capsys: Capture, *arguments: str, code: int = 0) -> str:
    assert main(["add", *arguments]) == code
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_another_title_under_the_same_id_is_noted_and_what_is_not_given_stays(
    capsys: Capture, data: Path, tmp_path: Path
) -> None:
    text = tmp_path / "note.md"
    text.write_text("# Note\n\nLe texte.\n", "utf-8")
    names = ["--title-fr", "Note", "--title-nl", "Nota"]
    links = ["--link-fr", "https://ports.example/fr", "--link-nl", "https://ports.example/nl"]
    one = [str(text), "--id", "note-2031", *names]
    assert "note:" not in said(capsys, *one, "--lang", "fr", "--date", "2031-05-04", *links)
    assert "note:" not in said(capsys, *one, "--lang", "nl")
    kept = Library(data).catalogue.find("note-2031")
    assert (kept.date, kept.url("nl")) == ("2031-05-04", "https://ports.example/nl")
    other = [str(text), "--id", "note-2031", "--title-fr", "Autre", "--title-nl", "Andere"]
    for dry in (["--dry-run"], []):
        assert "this id was “Note / Nota” until now" in said(capsys, *other, "--lang", "fr", *dry)


def test_a_dry_run_finds_what_the_real_one_would(
    capsys: Capture, data: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"\x00\x01 no pdf")
    given = ["--id", "note-2031", "--title-fr", "N", "--title-nl", "N", "--lang", "fr", "--dry-run"]
    for dry in ([str(broken), *given], [str(tmp_path / "none.md"), *given]):
        assert "would" not in said(capsys, *dry, code=main(["add", *dry]))
    wrong = [str(broken), *given, "--date", "2031-13-45"]
    assert "write it as 2024-03-12" in said(capsys, *wrong, code=2)
    assert not data.exists()


ADD = ["--id", "x", "--title-fr", "x", "--title-nl", "x", "--lang", "fr"]


def test_what_is_no_file_is_refused_at_once(tmp_path: Path, capsys: Capture) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in ("/dev/zero", "/dev/stdin", tmp_path / "pipe", tmp_path):
        assert main(["add", str(path), *ADD]) == 2
        assert "no file" in capsys.readouterr().err


def test_a_file_that_grows_beyond_the_limit_is_refused(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.adding._MAX_FILE", 100)
    (tmp_path / "x.md").write_text("Les quais. " * 10)
    assert main(["add", str(tmp_path / "x.md"), *ADD]) == 1
    assert "larger than" in capsys.readouterr().err


def test_a_line_of_a_million_characters_is_no_paragraph(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "x.txt").write_text("Les quais du nord. " + "0123456789 " * 100_000)
    assert main(["add", str(tmp_path / "x.txt"), *ADD]) == 1
    said = capsys.readouterr().err
    assert "more than 1000000 characters" in said
    assert "Les quais du nord" in said


def test_nothing_from_elsewhere_acts_on_a_terminal(
    tmp_path: Path, capsys: Capture, data: Path
) -> None:
    escape = "\x1b]0;owned\x07\x9b2J"
    (tmp_path / f"{escape}.md").write_text(TEXT)
    assert main(["add", str(tmp_path / f"{escape}.txt"), *ADD]) == 2  # not there
    hostile = [*ADD[:2], "--title-fr", f"Note {escape}", *ADD[4:]]
    assert main(["add", str(tmp_path / f"{escape}.md"), *hostile]) == 2
    said = capsys.readouterr()
    assert "control characters" in said.err
    long = "Les quais du nord sont ouverts la nuit. " * 50
    (tmp_path / "text.txt").write_text(f"# Accord {escape}\n\n1. {long} Les quais {escape}.\n")
    assert main(["add", str(tmp_path / "text.txt"), *ADD]) == 0
    assert main(["show", "x", "--version", "20"]) in (0, 2)
    assert main(["show", "x"]) == 0
    assert main(["list"]) == 0
    shown = capsys.readouterr()
    for text in (said.out, said.err, shown.out, shown.err):
        assert not {"\x1b", "\x07", "\x9b"} & set(text)


def test_what_is_left_out_is_told_by_add_and_by_show(tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "pont.html"
    page.write_text(
        "<h1>Pont</h1><p>Le péage est de <s>cinq</s> six euros<sup>1</sup>.</p>"
        "<p hidden>Brouillon.</p><p>1. Hors taxes.</p>",
        "utf-8",
    )
    names = ["--id", "pont", "--title-fr", "Pont", "--title-nl", "Brug", "--lang", "fr"]
    assert main(["add", str(page), *names]) == 0
    told = [
        "note: left out, struck out: 1 place, 1 word (“cinq”)",
        "note: left out, hidden: 1 place, 1 word (“Brouillon.”)",
        "note: passages with a doubt: 1",
    ]
    added = capsys.readouterr().out
    assert main(["show", "pont"]) == 0
    shown = capsys.readouterr().out
    assert main(["show", "pont", "--version", "2"]) == 0
    printed = capsys.readouterr().out
    assert all(note in out for note in told for out in (added, printed))
    assert all(note.replace("note:", "note (fr):") in shown for note in told)
    assert "Le péage est de six euros.\n  [note] Hors taxes.\n  [?] Des mots barrés" in printed


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["fetch", "12016M/TXT"], 1, "the CELEX number of a treaty, which is not fetched"),
        (["add", "32016R0679R(02)"], 2, "a corrigendum, not a file"),
        (["add", "12016M/TXT"], 2, "a treaty, not a file"),
    ],
)
def test_a_celex_number_is_said_for_what_it_is(
    command: list[str], code: int, said: str, capsys: Capture
) -> None:
    names = ["--id", "x", "--title-fr", "x", "--title-nl", "x", "--lang", "fr"]
    assert main([*command, *(names if command[0] == "add" else [])]) == code
    assert said in capsys.readouterr().err


CLES = "# Circulaire sur les clés\n\nUne clé perdue est facturée 40 euros au service.\n"
BADGES = "# Note sur les badges\n\nUn badge perdu est bloqué dans la journée par le service.\n"


@pytest.fixture
def keys(tmp_path: Path, capsys: Capture) -> list[str]:
    """A circular and, in its place under one id, a note with titles of its own."""
    (tmp_path / "cles.md").write_text(CLES, "utf-8")
    (tmp_path / "badges.md").write_text(BADGES, "utf-8")
    given = ["--id", "sleutels", "--lang", "fr"]
    first = ["--title-fr", "Circulaire clés", "--title-nl", "Omzendbrief sleutels"]
    said(capsys, str(tmp_path / "cles.md"), *given, *first, "--date", "2031-01-02")
    second = ["--title-fr", "Note badges", "--title-nl", "Nota badges", "--date", "2031-05-06"]
    said(capsys, str(tmp_path / "badges.md"), *given, *second)
    return [str(tmp_path / "cles.md"), *given]


def test_show_says_which_version_is_in_use(capsys: Capture, keys: list[str]) -> None:
    used = [v["in_use"] for v in sources(capsys, "show", "sleutels")["versions"]]
    assert sorted(used) == [False, True]
    assert "an earlier version is in use again" in said(capsys, *keys)
    (mine,) = (v for v in sources(capsys, "show", "sleutels")["versions"] if v["in_use"])
    assert main(["show", "sleutels"]) == 0
    stored = [ln for ln in capsys.readouterr().out.splitlines() if ln.startswith("  stored (fr)")]
    assert [ln.endswith(", in use") for ln in stored] == [
        mine["sha256"][:12] in ln for ln in stored
    ]
    assert main(["show", "sleutels", "--version", mine["sha256"][:12]]) == 0
    assert ", in use\n" in capsys.readouterr().out


def test_a_file_that_is_put_back_has_its_titles_and_date_again_and_that_is_told(
    capsys: Capture, keys: list[str], data: Path
) -> None:
    told = (
        "this id was “Note badges / Nota badges” (2031-05-06) until now; it has the title and date "
        "of this file again, “Circulaire clés / Omzendbrief sleutels” (2031-01-02)"
    )
    assert told in said(capsys, *keys, "--dry-run")
    assert told in said(capsys, *keys)
    entry = Library(data).catalogue.find("sleutels")
    assert str(entry.title) == str(entry.short) == "Circulaire clés / Omzendbrief sleutels"
    assert entry.date == "2031-01-02"


def test_a_file_that_is_put_back_with_a_title_has_that_one(
    capsys: Capture, keys: list[str], data: Path
) -> None:
    said(capsys, *keys, "--title-fr", "Circulaire sur les clés")
    title = Library(data).catalogue.find("sleutels").title
    assert str(title) == "Circulaire sur les clés / Omzendbrief sleutels"


def test_a_corrected_title_corrects_the_short_one_where_that_was_the_default(
    capsys: Capture, keys: list[str], data: Path
) -> None:
    corrected = [*keys, "--title-fr", "Circulaire des clés perdues"]
    assert "its short title stays" not in said(capsys, *corrected)
    short = Library(data).catalogue.find("sleutels").short
    assert str(short) == "Circulaire des clés perdues / Omzendbrief sleutels"
    said(capsys, *keys, "--short-fr", "Clés", "--short-nl", "Sleutels")
    told = said(capsys, *keys, "--title-fr", "Circulaire des clés volées")
    assert "its short title stays “Clés / Sleutels” (--short-fr, --short-nl)" in told


def test_a_dry_run_tells_what_becomes_of_the_version_in_use(
    capsys: Capture, keys: list[str], tmp_path: Path
) -> None:
    new = tmp_path / "nouveau.md"
    new.write_text(CLES.replace("40", "65"), "utf-8")
    badges = str(tmp_path / "badges.md")
    would = {
        badges: f"keep the version in use, which has the same bytes: {badges}, 1 passage",
        keys[0]: f"put an earlier version in use again: {keys[0]}, 1 passage",
        str(new): f"replace the version in use with {new}, 1 passage",
    }
    for file, told in would.items():
        assert f"sleutels (fr): would {told}" in said(capsys, file, *keys[1:], "--dry-run")


def test_two_entries_of_a_list_for_one_id_and_language_are_told(
    capsys: Capture, listed: Path
) -> None:
    entry = ENTRY.format(id="nord")
    listed.write_text(entry + entry.replace("nord.md", "sud.md"), "utf-8")
    for dry in (["--dry-run"], []):
        told = said(capsys, "--list", str(listed), *dry)
        assert told.count("nord (fr): the list has this id and language above") == 1


IN_DUTCH = ["Nota over fietsen", "Een fiets staat in de kelder.", "Het slot is van de dienst."]
IN_FRENCH = ["Note sur les vélos", "Un vélo est rangé dans la cave.", "La serrure est au service."]


def written(path: Path, lines: list[str]) -> Path:
    """A text with a title, in the format of the name."""
    if path.suffix == ".docx":
        from docx import Document

        made = Document()
        for line in lines:
            made.add_paragraph(line)
        made.save(str(path))
    elif path.suffix == ".html":
        head, *rest = lines
        path.write_text(f"<h1>{head}</h1>" + "".join(f"<p>{ln}</p>" for ln in rest), "utf-8")
    else:
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("name", ["nota.html", "nota.txt", "nota.md", "nota.docx"])
@pytest.mark.parametrize(
    ("lines", "given", "actual"), [(IN_DUTCH, "fr", "nl"), (IN_FRENCH, "nl", "fr")]
)
def test_a_text_that_is_all_in_the_other_language_is_refused_in_every_format(
    capsys: Capture,
    data: Path,
    tmp_path: Path,
    name: str,
    lines: list[str],
    given: str,
    actual: str,
) -> None:
    file = written(tmp_path / name, lines)
    names = ["--id", "fiets", "--title-fr", "Note vélos", "--title-nl", "Nota fietsen"]
    for dry in (["--dry-run"], []):
        told = said(capsys, str(file), *names, "--lang", given, *dry, code=1)
        assert f"the text is in {actual}, not in {given}: " in told
        assert f"Add it as {actual} (--lang {actual})." in told
    assert not data.exists()
    assert "note" not in said(capsys, str(file), *names, "--lang", actual)


def test_the_same_file_and_the_same_title_under_another_id_are_told(
    capsys: Capture, tmp_path: Path
) -> None:
    (tmp_path / "cles.md").write_text(CLES, "utf-8")
    (tmp_path / "badges.md").write_text(BADGES, "utf-8")
    names = ["--title-fr", "Note interne", "--title-nl", "Interne nota", "--lang", "fr"]
    assert "note:" not in said(capsys, str(tmp_path / "cles.md"), "--id", "un", *names)
    for dry in (["--dry-run"], []):
        told = said(capsys, str(tmp_path / "cles.md"), "--id", "deux", *names, *dry)
        assert "note: the same file is in use as un@fr" in told
        assert "note: the same title has un:" in told
    told = said(capsys, str(tmp_path / "badges.md"), "--id", "trois", *names)
    assert "the same title has un, deux:" in told
    assert "the same file" not in told
    whole = ["--title-fr", "Note du port", "--title-nl", "Nota van de haven", "--lang", "fr"]
    short = ["--short-fr", "NOTE INTERNE", "--short-nl", "Havennota"]
    told = said(capsys, str(tmp_path / "badges.md"), "--id", "quatre", *whole, *short)
    assert "the same title has un, deux, trois:" in told


def test_the_language_that_keeps_its_version_is_told(capsys: Capture, tmp_path: Path) -> None:
    dutch = "# Nota\n\nEen personeelslid dat zijn sleutel verliest, betaalt 40 euro.\n"
    names = ["--id", "cles", "--title-fr", "Note", "--title-nl", "Nota", "--lang"]
    for name, text in (("un.md", CLES), ("een.md", dutch), ("deux.md", BADGES)):
        (tmp_path / name).write_text(text, "utf-8")
    assert "stays" not in said(capsys, str(tmp_path / "un.md"), *names, "fr")
    assert "stays" not in said(capsys, str(tmp_path / "een.md"), *names, "nl")
    for dry in (["--dry-run"], []):
        told = said(capsys, str(tmp_path / "deux.md"), *names, "fr", *dry)
        assert "note: the text in nl stays that of 20" in told


def test_an_empty_file_is_asked_for_again(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "vide.txt").write_bytes(b"")
    told = said(capsys, str(tmp_path / "vide.txt"), *ADD, code=1)
    assert told.endswith("a file is empty: vide.txt. Give the file again.\n")


def test_the_date_in_a_text_is_that_of_its_entry_where_nothing_else_says_one(
    capsys: Capture, tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "nota.md"
    path.write_text("# Nota\n\nGent, 4 mei 2031\n\nDe oven is warm.\n", "utf-8")
    titles = ("--title-fr", "Note", "--title-nl", "Nota", "--lang", "nl")
    row = sources(capsys, "add", str(path), "--id", "nota", *titles)
    assert any("2031-05-04" in warning for warning in row["warnings"])
    assert Library(data).catalogue.find("nota").date == "2031-05-04"
    row = sources(capsys, "add", str(path), "--id", "oven", *titles, "--date", "2031-06-01")
    assert any("dated 2031-05-04" in warning for warning in row["warnings"])
    library = Library(data)
    edition = library.edition("oven", "nl")
    assert edition is not None
    assert library.read(edition).date == library.catalogue.find("oven").date == "2031-06-01"


@pytest.mark.parametrize(
    ("text", "titles", "act"),
    [
        ("# Directive (UE) 2031/71 du Conseil relative aux lanternes", (), "32031L0071"),
        ("# Verordening (EU) 2031/82 van de Raad over klokken", (), "32031R0082"),
        (
            "# Règlement (UE) 2031/82 du Conseil",
            ("--title-fr", "Cloches", "--title-nl", "Klokken"),
            "32031R0082",
        ),
        ("# Rectificatif à la directive (UE) 2031/71 du Conseil", (), ""),
        ("# Loi portant transposition de la directive (UE) 2031/71", (), ""),
    ],
)
def test_who_adds_an_act_under_an_id_of_ones_own_is_told_which_act_it_is(
    capsys: Capture, tmp_path: Path, text: str, titles: tuple[str, ...], act: str
) -> None:
    lang, said = ("nl", "De bel gaat.") if "van de" in text else ("fr", "La cloche sonne.")
    file = written(tmp_path / "acte.md", [text, "### Article 1", said])
    row = sources(capsys, "add", str(file), "--id", "acte", "--lang", lang, *titles)
    told = [note for note in row["warnings"] if "taken for the act" in note]
    assert [act in note for note in told] == ([True] if act else [])
    assert all(" / " in note and "fr=" not in note for note in told)  # its name in both languages

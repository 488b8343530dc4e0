"""Working translations: complete, faithful in figures, and never in the way of an official text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sources import catalogue, working
from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.model import Document, Kind, Passage
from sources.working import Translation
from tests.conftest import DECLARATION, WITHOUT

if not DECLARATION.is_dir():
    pytest.skip(WITHOUT, allow_module_level=True)

PATH = catalogue.TEXTS / "val-duchesse-2023" / "nl.working.toml"


def small(lang: Lang = "fr", *texts: str) -> Document:
    passages = tuple(
        Passage(Anchor("ports-2031", lang, str(n)), Kind.ARTICLE, t, ("Quais",), Bilingual("", ""))
        for n, t in enumerate(texts or ("Un.", "Deux."), 1)
    )
    return Document("ports-2031", lang, "Ports", "2031-01-01", passages, ("read twice",))


def test_a_passage_has_headings_in_the_languages_in_which_it_has_words() -> None:
    given = Translation(lang="nl", passages={"1": "Een."}, headings={"Quais": "Kaaien"})
    translated, other = working.attach(small(), given).passages
    assert (translated.headings_in("fr"), translated.headings_in("nl")) == (("Quais",), ("Kaaien",))
    assert (other.headings_in("fr"), other.headings_in("nl")) == (("Quais",), ())


# The one that ships


def test_every_passage_and_every_heading_has_its_translation(document: Document) -> None:
    translation = working.load(PATH)
    assert set(translation.passages) == {p.anchor.portion for p in document.passages}
    assert set(translation.headings) == {h for p in document.passages for h in p.headings}
    assert len(translation.passages) == 60
    assert translation.title == catalogue.load().find("val-duchesse-2023").title.nl


def test_every_passage_carries_its_view(document: Document) -> None:
    assert document.warnings == ()
    for passage in document.passages:
        assert passage.working is not None
        assert passage.working.lang == "nl"
        assert passage.working.text.strip() == passage.working.text != passage.text
        assert len(passage.working.headings) == len(passage.headings)
        assert not set(passage.working.headings) & set(passage.headings)


def test_the_figures_are_those_of_the_text(document: Document) -> None:
    for passage in document.passages:
        assert passage.working is not None
        pairs = [
            (passage.text, passage.working.text),
            *zip(passage.headings, passage.working.headings, strict=True),
        ]
        for text, view in pairs:
            assert sorted(re.findall(r"\d+", view)) == sorted(re.findall(r"\d+", text)), (
                passage.anchor
            )


@pytest.mark.parametrize(
    ("name", "dutch"),
    [
        ("Tournai", "Doornik"),
        ("CCPD", "CPDS"),
        ("CTE", "FTF"),
        ("Anvers", "Antwerpen"),
        ("Hazeldonk", "Hazeldonk"),
        ("Royaume-Uni", "Verenigd Koninkrijk"),
        ("Europol", "Europol"),
        ("MAOC", "MAOC"),
        ("SIENA", "SIENA"),
        ("Hassakeh", "Hassakeh"),
        ("Benelux", "Benelux"),
        ("CaMo", "CaMo"),
        ("UE", "EU"),
        ("Niger", "Niger"),
        ("traite", "mensenhandel"),
    ],
)
def test_a_name_is_translated_wherever_it_stands(document: Document, name: str, dutch: str) -> None:
    with_it = [p for p in document.passages if re.search(rf"\b{name}\b", p.text)]
    assert with_it
    for passage in with_it:
        assert passage.working
        assert dutch in passage.working.text, passage.anchor


def test_the_view_is_written_with_the_signs_of_dutch(document: Document) -> None:
    for passage in document.passages:
        assert passage.working
        assert not re.search(r"['\"«»]|\s[;:!?]|  ", passage.working.text), passage.anchor


# Attaching


def test_a_translation_is_attached_to_its_passages_and_a_missing_one_is_told() -> None:
    translation = Translation(lang="nl", headings={"Quais": "Kaaien"}, passages={"1": "Een."})
    found = working.attach(small(), translation)
    first, second = found.passages
    assert first.working is not None
    assert (first.working.lang, first.working.text) == ("nl", "Een.")
    assert first.working.headings == ("Kaaien",)
    assert second.working is None
    assert found.warnings == ("read twice", "no working translation of 2")


def test_the_text_itself_is_not_touched() -> None:
    translation = Translation(lang="nl", passages={"1": "Een.", "2": "Twee."})
    found = working.attach(small(), translation)
    assert [p.text for p in found.passages] == ["Un.", "Deux."]
    assert {p.anchor.lang for p in found.passages} == {"fr"}
    assert found.passages[0].working is not None
    assert found.passages[0].working.headings == ("Quais",)  # not translated: as it is


def test_every_unknown_portion_is_named() -> None:
    translation = Translation(lang="nl", passages={"1": "Een.", "9": "Negen.", "8": "Acht."})
    with pytest.raises(ReadError, match="8, 9"):
        working.attach(small(), translation)


def test_a_translation_into_the_same_language_is_an_error() -> None:
    with pytest.raises(ReadError, match="in the other language"):
        working.attach(small("nl"), Translation(lang="nl", passages={}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lang = 'de'\n[passages]\n",
        "lang = 'nl'\n",
        "lang = 'nl'\ncolour = 1\n[passages]\n",
        "lang = 'nl'\n[passages]\n1 = 2\n",
        "lang = 'nl'\n[passages]\n1 = 'a'\n1 = 'b'\n",
        "[[",
    ],
)
def test_a_file_without_its_form_is_a_read_error_that_names_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "nl.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ReadError, match=r"nl\.toml"):
        working.load(path)


def test_a_file_that_is_not_there_or_not_text_is_a_read_error(tmp_path: Path) -> None:
    path = tmp_path / "nl.toml"
    with pytest.raises(ReadError, match=r"nl\.toml"):
        working.load(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ReadError, match=r"nl\.toml"):
        working.load(path)


def test_a_heading_that_the_document_does_not_have_is_an_error() -> None:
    wrong = Translation(lang="nl", headings={"Quais": "Kaaien", "Grues": "Kranen"}, passages={})
    with pytest.raises(ReadError, match="headings that the document does not have: Grues"):
        working.attach(small(), wrong)


def test_faults_are_told_in_one_line_with_place_and_value(tmp_path: Path) -> None:
    path = tmp_path / "nl.working.toml"
    path.write_text("lang = 'xx'\n[passages]\n1 = 3\n", "utf-8")
    with pytest.raises(ReadError) as told:
        working.load(path)
    shown = str(told.value)
    assert "\n" not in shown
    assert "lang: Input should be 'fr' or 'nl' (given: 'xx')" in shown
    assert "passages.1: Input should be a valid string (given: 3)" in shown
    assert "pydantic.dev" not in shown

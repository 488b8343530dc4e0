from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.corrections import Corrections
from assistant.mentions import Mentions
from assistant.web.passage_json import passage_json
from assistant.web.passage_text import Texts
from assistant.web.reading_pane import ReadingPlace, pane
from sources.anchor import Lang
from sources.catalogue import Catalogue
from sources.errors import UsageError
from tests.sources.formats.act_reading import read
from tests.web.factory import WORK, SmallBuild, passages
from tests.web.short_act import CATALOGUE, FERRIES, ferries
from tests.web.tree import parse

BUILD = SmallBuild(passages())
TEXTS = Texts(BUILD, Mentions(CATALOGUE, BUILD), frozenset())


def test_a_passage_is_given_whole_with_what_is_known_of_it() -> None:
    given = passage_json(TEXTS, f"{WORK}@fr#1.1")
    assert json.loads(json.dumps(given))["text"] == given["text"]
    assert given["text"] == passages()[1].text
    assert given["locator"] == {
        "fr": "Accord des moulins, A.1.1",
        "nl": "Molenakkoord, A.1.1 (nl)",
    }
    assert given["working"]["lang"] == "nl"
    assert given["doubts"][0]["nl"] == "“six” is slecht leesbaar."
    assert (given["page"], given["twin"], given["build"]) == (3, None, BUILD.id)


def test_its_references_lead_to_passages_and_to_safe_addresses(tmp_path: Path) -> None:
    made = ferries(tmp_path)
    texts = Texts(made.build, Mentions(made.catalogue, made.build), frozenset({"digues.example"}))
    given = passage_json(texts, f"{FERRIES}@nl#art_2")
    inside = given["references"][0]
    assert given["text"][inside["start"] : inside["end"]] == "artikel 1, lid 2"
    assert inside["anchor"] == f"{FERRIES}@nl#art_1.par_2"
    assert [r["url"] for r in given["references"]] == [None] * 4
    assert given["twin"] == f"{FERRIES}@fr#art_2"
    made.build.close()


@pytest.mark.parametrize("anchor", ["", "x", f"{WORK}@fr#9.9", f"{WORK}@nl#1.1", "a@b#c" * 200])
def test_an_address_without_a_passage_is_an_error(anchor: str) -> None:
    with pytest.raises(UsageError, match="no passage at this address"):
        passage_json(TEXTS, anchor)


def with_corrigendum() -> Texts:
    """An act with a corrigendum, and a law with a version to come."""
    corrected, law = "celex:32031R0417", "be:2032050505"
    read_in = [
        read("journal.{}.xhtml", "fr", corrected),
        read("corrigendum.{}.xhtml", "fr", f"{corrected}R(01)"),
        read("justel-versions.{}.html", "fr", law),
    ]
    build = SmallBuild([p for document in read_in for p in document.passages])
    mentions = Mentions(Catalogue([]), build)
    return Texts(build, mentions, frozenset(), corrections=Corrections(build))


def test_how_a_passage_stands_as_law_and_what_corrects_it_is_given() -> None:
    texts = with_corrigendum()
    future = passage_json(texts, "be:2032050505@fr#art_2.fut.par_1")
    assert future["standing"] == {
        "state": "future",
        "since": "2036-01-01",
        "region": "",
        "label": {"fr": "droit futur", "nl": "toekomstig recht"},
    }
    corrected = passage_json(texts, "celex:32031R0417@fr#art_3.par_2")
    assert corrected["standing"] is None
    assert corrected["corrected_by"] == ["celex:32031R0417R(01)@fr#pnt_1"]


@pytest.mark.parametrize(
    ("anchor", "lang", "told"),
    [
        ("be:2032050505@fr#art_2.fut.par_1", "fr", "droit futur"),
        ("be:2032050505@fr#art_2.fut.par_1", "nl", "toekomstig recht"),
        ("be:2032050505@fr#art_4.wal.par_1", "nl", "Waals Gewest"),
        ("celex:32031R0417@fr#art_3.par_2", "fr", "Corrigé par"),
        ("celex:32031R0417@fr#art_3.par_2", "nl", "Gecorrigeerd door"),
    ],
)
def test_the_reading_pane_says_so_too(anchor: str, lang: Lang, told: str) -> None:
    page = parse(pane(with_corrigendum(), ReadingPlace(anchor), lang, "s"))
    here = page.css(".here")[0] if page.css(".here") else page
    assert told in here.text_content()
    if told.startswith(("Corrig", "Gecorr")):
        links = [a.get("data-anchor") for a in here.css(".doubt a")]
        assert links == ["celex:32031R0417R(01)@fr#pnt_1"]

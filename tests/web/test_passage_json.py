from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.mentions import Mentions
from assistant.web.passage_json import passage_json
from assistant.web.passage_text import Texts
from sources.errors import UsageError
from tests.web.factory import WORK, SmallBuild, passages
from tests.web.short_act import CATALOGUE, FERRIES, ferries

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

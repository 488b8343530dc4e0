"""A link to a passage that is no longer there: what it was, and where to go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.mentions import Mentions
from assistant.web.passage_json import passage_json
from assistant.web.passage_text import Texts as Read
from assistant.web.reading_pane import ReadingPlace, pane
from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import LANGS, Lang
from sources.catalogue import Catalogue
from sources.errors import UsageError
from tests.index.fake import Texts, harbour, make, passage, settings_for
from tests.web.tree import parse

OLD = "Les bacs <b>rouges</b> passent la nuit sur le fleuve."
NEW = "Les bacs bleus passent la nuit sur le fleuve."
ANCHOR = "bacs-2033@fr#art_2"
API = Path(__file__).parents[2] / "docs" / "api.md"


def bacs(*texts: str) -> Texts:
    made = [passage("bacs-2033", "fr", n, t) for n, t in enumerate(texts, 1)]
    return Texts({**harbour().texts, **({("bacs-2033", "fr"): made} if texts else {})})


@pytest.fixture(params=["moved", "removed"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Read]]:
    settings = settings_for(tmp_path)
    make(settings, bacs("Un texte.", OLD))
    make(settings, bacs(NEW) if request.param == "moved" else bacs())
    registry = BuildRegistry(settings.data)
    build = Build(registry.path(registry.current()))
    mentions = Mentions(Catalogue([]), build)
    yield request.param, Read(build, mentions, frozenset(), data=settings.data)
    build.close()


@pytest.mark.parametrize("lang", LANGS)
def test_the_pane_shows_it_as_it_was_and_the_way_on(read: tuple[str, Read], lang: Lang) -> None:
    case, texts = read
    shown = pane(texts, ReadingPlace(ANCHOR), lang, "1")
    assert {"fr": "Version antérieure", "nl": "Vroegere versie"}[lang] in shown
    assert "Les bacs &lt;b&gt;rouges&lt;/b&gt; passent" in shown
    assert 'lang="fr"' in shown
    assert ('data-anchor="bacs-2033@fr#art_1"' in shown) == (case == "moved")
    gone = {"fr": "n’est plus disponible", "nl": "niet langer beschikbaar"}[lang]
    assert (gone in shown) == (case == "removed")


@pytest.mark.parametrize("lang", LANGS)
def test_a_passage_whose_wording_has_changed_shows_what_it_said(tmp_path: Path, lang: Lang) -> None:
    settings = settings_for(tmp_path)
    for wording in (OLD, NEW):
        make(settings, bacs("Un texte.", wording))
    build = Build(BuildRegistry(settings.data).path(BuildRegistry(settings.data).current()))
    texts = Read(build, Mentions(Catalogue([]), build), frozenset(), data=settings.data)
    page = parse(pane(texts, ReadingPlace(ANCHOR), lang, "1"))
    (earlier,) = page.css(".here .received")
    assert {"fr": "Versions antérieures", "nl": "Vroegere versies"}[lang] in earlier.text_content()
    assert OLD in earlier.text_content()
    assert page.css(".here .quote")[0].text_content() == NEW
    (given,) = passage_json(texts, ANCHOR)["earlier"]
    assert given["text"] == OLD
    assert parse(pane(texts, ReadingPlace("bacs-2033@fr#art_1"), lang, "1")).css(".received") == []
    build.close()


def test_an_address_that_is_no_text_is_refused(read: tuple[str, Read]) -> None:
    _, texts = read
    odd: list[Any] = [3, None, "bacs-2033@fr#\ud800"]
    for anchor in odd:
        with pytest.raises(UsageError):
            passage_json(texts, anchor)


def test_programs_get_it_as_it_was_and_are_told_so(read: tuple[str, Read]) -> None:
    case, texts = read
    given = passage_json(texts, ANCHOR)
    assert given["text"] == OLD
    assert given["former"]["replaced_by"] == ("bacs-2033@fr#art_1" if case == "moved" else None)
    told = API.read_text("utf-8").partition("with these alone:")[2].partition(".\n")[0]
    assert {*given} == {"former", *re.findall(r"`(\w+)`", told)}


def test_what_never_was_there_is_still_not_found(read: tuple[str, Read]) -> None:
    _, texts = read
    assert "Passage introuvable" in pane(texts, ReadingPlace("bacs-2033@fr#art_9"), "fr", "1")

"""Points of a text that is numbered as an outline, whatever its parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.mentions import Mentions
from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.catalogue import Catalogue
from sources.model import Passage
from tests.index.fake import Texts, make, passage, settings_for, source

LOCATORS = {  # by portion
    "I.1": Bilingual("I, 1er alinéa", "I, 1e alinea"),
    "5.1": Bilingual("III.5, 1er tiret", "III.5, 1e streepje"),
    "5.2": Bilingual("III.5, 2e tiret", "III.5, 2e streepje"),
    "5.end": Bilingual("III.5, Clôture", "III.5, Slot"),
}


def _passages() -> list[Passage]:
    return [
        replace(
            passage("quais", "fr", n, f"Les quais sont repeints ({n})."),
            anchor=Anchor("quais", "fr", portion),
            locator=locator,
        )
        for n, (portion, locator) in enumerate(LOCATORS.items(), 1)
    ]


@pytest.fixture(scope="module")
def mentions(tmp_path_factory: pytest.TempPathFactory) -> Mentions:
    texts = Texts({("quais", "fr"): _passages()})
    texts.catalogue = Catalogue([source("quais")])
    settings = settings_for(tmp_path_factory.mktemp("outline"))
    build = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    return Mentions(texts.catalogue, build)


@pytest.mark.parametrize(
    ("lang", "question", "portion"),
    [
        ("fr", "Que dit le point III.5 ?", "5"),
        ("nl", "Wat zegt punt III.5, 2e streepje?", "5.2"),
        ("fr", "1er tiret du point 5", "5.1"),
        ("nl", "punt 5.2", "5.2"),
        ("fr", "le point I.1", "I.1"),
        ("nl", "III.5, 1e streepje", "5.1"),
        ("fr", "III.5, clôture", "5.end"),
        ("nl", "Wat staat er in punt III.9?", "9"),
        ("fr", "Que dit le point I.7 ?", "I.7"),
    ],
)
def test_a_point_is_told_by_how_the_text_is_numbered(
    mentions: Mentions, lang: Lang, question: str, portion: str
) -> None:
    found = mentions.read(question, lang).mention
    assert found is not None
    assert (found.work, found.portion) == ("quais", portion)


@pytest.mark.parametrize(("lang", "question"), [("fr", "le point IV.5"), ("nl", "deel VI.1")])
def test_a_part_that_the_text_does_not_have_is_none_of_its_points(
    mentions: Mentions, lang: Lang, question: str
) -> None:
    assert mentions.read(question, lang).mention is None

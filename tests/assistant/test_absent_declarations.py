"""Declarations that a question names by a year of which none is here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.mentions import Mentions
from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import Lang
from sources.catalogue import Catalogue
from sources.library import Edition
from sources.model import Document
from tests.index.fake import Texts, make, passage, settings_for, source

DAY, TITLE = "2031-04-02", "Déclaration commune sur les écluses"


class Dated(Texts):
    """Texts of a day that their titles do not say."""

    def read(self, edition: Edition) -> Document:
        return replace(super().read(edition), date=DAY)


@pytest.fixture(scope="module")
def mentions(tmp_path_factory: pytest.TempPathFactory) -> Mentions:
    texts = Dated(
        {("ecluses", "fr"): [passage("ecluses", "fr", 1, "Les écluses ouvrent à l’aube.")]}
    )
    own = source("ecluses")
    titled = {"fr": TITLE, "nl": TITLE}
    update = {
        "title": own.title.model_copy(update=titled),
        "short": own.short.model_copy(update=titled),
    }
    texts.catalogue = Catalogue([own.model_copy(update=update)])
    settings = settings_for(tmp_path_factory.mktemp("absent"))
    build = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    return Mentions(texts.catalogue, build)


@pytest.mark.parametrize(
    ("lang", "question", "absent"),
    [
        ("fr", "Que dit la déclaration de 2031 ?", ""),
        ("nl", "Wat zegt de verklaring van april 2031?", ""),
        ("fr", "Que dit la déclaration de 2029 ?", "déclaration de 2029"),
        ("nl", "Wat zegt de verklaring van april 2029?", "verklaring van april 2029"),
        ("fr", "Que dit la déclaration de 1889 ?", "déclaration de 1889"),
    ],
)
def test_a_text_that_is_called_a_declaration_goes_by_the_year_of_its_date(
    mentions: Mentions, lang: Lang, question: str, absent: str
) -> None:
    assert mentions.read(question, lang).absent == absent

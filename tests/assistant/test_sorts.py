"""Texts that a question names by their sort: minutes, a circular, a collective agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.mentions import Mentions
from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import Lang
from sources.catalogue import Catalogue
from tests.index.fake import Texts, make, passage, settings_for, source

TITLES: dict[tuple[str, Lang], str] = {
    ("pv", "fr"): "Procès-verbal de la réunion du comité des quais du 4 mai 2031",
    ("cao", "nl"): "COLLECTIEVE ARBEIDSOVEREENKOMST VAN 3 MAART 2031 BETREFFENDE DE REGENJASSEN",
    ("wet", "nl"): "20 december 2031. - Programmawet",
    ("omz", "nl"): "Omzendbrief ZEE 31 over de boeien",
    ("omz2", "nl"): "Omzendbrief over de vuurtorens",
    ("advies", "nl"): "Advies nr. 88/2031 van 21 augustus 2031",
}
DECLARATION = "Déclaration commune sur les ports"


@pytest.fixture(scope="module")
def mentions(tmp_path_factory: pytest.TempPathFactory) -> Mentions:
    folder: Path = tmp_path_factory.mktemp("sorts")
    texts = Texts(
        {
            (work, lang): [passage(work, lang, n, f"Tekst {work} {n}.") for n in (1, 2, 3)]
            for work, lang in [*TITLES, ("ports", "fr")]
        }
    )
    titled = {work: title for (work, _), title in TITLES.items()} | {"ports": DECLARATION}
    texts.catalogue = Catalogue(
        [
            source(work).model_copy(
                update={
                    "title": source(work).title.model_copy(update={"fr": title, "nl": title}),
                    "short": source(work).short.model_copy(update={"fr": title, "nl": title}),
                    "kind": "declaration" if work == "ports" else "document",
                }
            )
            for work, title in titled.items()
        ]
    )
    settings = settings_for(folder)
    build = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    return Mentions(texts.catalogue, build)


@pytest.mark.parametrize(
    ("lang", "question", "work"),
    [
        ("fr", "Que dit l’article 2 du procès-verbal du comité des quais ?", "pv"),
        ("fr", "article 2 du PV", "pv"),
        ("nl", "Wat staat er in artikel 2 van de notulen?", "pv"),
        ("fr", "article 3 de la CCT", "cao"),
        ("nl", "artikel 3 van de cao regenjassen", "cao"),
        ("fr", "article 2 de la loi-programme", "wet"),
        ("nl", "artikel 2 van de programmawet", "wet"),
        ("nl", "artikel 2 van ZEE 31", "omz"),
        ("nl", "Wat zegt de omzendbrief over de vuurtorens in artikel 1?", "omz2"),
        ("fr", "article 1 de l’avis 88/2031", "advies"),
    ],
)
def test_a_place_is_in_the_text_whose_sort_is_named_in_either_language(
    mentions: Mentions, lang: Lang, question: str, work: str
) -> None:
    found = mentions.read(question, lang).mention
    assert found is not None
    assert (found.work, found.indexed) == (work, True)
    assert found.portion is not None


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "point 2 du procès-verbal du conseil des phares"),
        ("fr", "Que prévoit la section 2 du tarif des quais ?"),
        ("nl", "punt 2 van het huishoudelijk reglement"),
        ("nl", "Wat staat er in punt 2.2 van MAR 98?"),
    ],
)
def test_a_point_of_another_sort_of_text_is_none_of_the_declaration(
    mentions: Mentions, lang: Lang, question: str
) -> None:
    found = mentions.read(question, lang).mention
    assert found is None or found.work != "ports"


@pytest.mark.parametrize(
    ("lang", "question"),
    [("fr", "article 2 de la circulaire"), ("nl", "artikel 2 van de omzendbrief")],
)
def test_a_sort_that_two_texts_are_names_neither(
    mentions: Mentions, lang: Lang, question: str
) -> None:
    found = mentions.read(question, lang).mention
    assert found is None or {p.work for p in found.places} != {"omz"}

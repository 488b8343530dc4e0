"""An abbreviation that no text has is searched together with the words that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.abbreviations import is_abbreviation, spelled_out
from index.build import Build
from index.glossary import Glossary, load
from index.query import Query
from index.registry import BuildRegistry
from index.search import Searcher
from sources.anchor import LANGS, Lang
from sources.folding import fold
from tests.index.fake import FakeEmbedder, Texts, make, passage, settings_for

FRENCH = [
    "L’assemblée générale est convoquée trois semaines à l’avance.",
    "La TVA est due par le locataire du hangar.",
    "La convention collective de travail vaut pour les bateliers.",
]
DUTCH = [
    "De algemene vergadering komt elk jaar in juni samen.",
    "De btw is voor rekening van de huurder.",
    "Een vereniging zonder winstoogmerk huurt het lokaal voor de helft.",
]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    works: dict[tuple[str, Lang], list[str]] = {("statuts", "fr"): FRENCH, ("huur", "nl"): DUTCH}
    texts = {
        (work, lang): [passage(work, lang, n, text) for n, text in enumerate(lines, 1)]
        for (work, lang), lines in works.items()
    }
    settings = settings_for(tmp_path_factory.mktemp("abbreviations"))
    made = make(settings, Texts(texts))
    opened = Build(BuildRegistry(settings.data).path(made.build))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "lang", "searched"),
    [
        (
            "Quand faut-il convoquer l'AG ?",
            "fr",
            "Quand faut-il convoquer l'AG (assemblée générale) ?",
        ),
        ("Wanneer is de AV?", "nl", "Wanneer is de AV (algemene vergadering)?"),
        ("wat betaalt een vzw", "nl", "wat betaalt een vzw (vereniging zonder winstoogmerk)"),
        (
            "Pour qui vaut la CCT-2026 ?",
            "fr",
            "Pour qui vaut la CCT (convention collective de travail)-2026 ?",
        ),
        # As a text has it; no text has these words; what it means is said; no abbreviation.
        ("Qui doit la TVA ?", "fr", None),
        ("Que vaut la PEB du hangar ?", "fr", None),
        ("L'AG, ou assemblée générale, se tient quand ?", "fr", None),
        ("Wie betaalt de huurprijs?", "nl", None),
        ("ça coûte combien", "fr", None),
    ],
)
def test_an_abbreviation_stands_with_its_words(
    build: Build, question: str, lang: Lang, searched: str | None
) -> None:
    found = spelled_out(Query.of(question, lang), Glossary(load()), build)
    assert found == (searched or question)


def test_one_that_names_a_text_is_left(build: Build) -> None:
    query = Query.of("Que dit l'AG ?", "fr")
    assert spelled_out(query, Glossary(load()), build, {"ag"}) == query.text


class Reader:
    """A reranker that keeps what it is asked; for it every passage answers."""

    name = "reader"

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """As a reranker scores."""
        self.asked.add(question)
        return np.ones(len(texts), np.float32)


def test_the_search_and_the_reranker_read_it(build: Build) -> None:
    reader, glossary = Reader(), Glossary(load())
    found = [
        Searcher(build, FakeEmbedder(), glossary, reranker=reader).search(Query.of(text, "fr"))
        for text in ("Quand est l'AG ?", "Quand est l'AG (assemblée générale) ?")
    ]
    assert reader.asked == {"Quand est l'AG (assemblée générale) ?"}
    meant = [{h.anchor: [(v.dense, v.late) for v in h.views] for h in hits} for hits in found]
    assert meant[0] == meant[1]


def test_one_abbreviation_that_ships_has_two_meanings() -> None:
    """The bank and the register of companies; where texts have both, it stands for itself."""
    for lang in LANGS:
        meanings: dict[str, set[str]] = {}
        for term in load():
            in_full = [name for name in term[lang] if not is_abbreviation(name)]
            for name in filter(is_abbreviation, term[lang]):
                meanings.setdefault(fold(name), set()).update(in_full[:1])
        assert {name for name, of in meanings.items() if len(of) > 1} <= {"bce"}

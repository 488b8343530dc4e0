"""Acts that are generated, as many passages as are wanted, and questions about them.

The sentences are put together from short lists, the same for the same number, half of the acts in
French and half in Dutch. They measure time and room; how well a search finds says nothing here.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from index.embedding import Embedder, Encoded, Side
from sources.anchor import LANGS, Anchor, Lang
from sources.bilingual import Bilingual
from sources.catalogue import Catalogue, Source
from sources.library import Edition, Library
from sources.model import Document, Kind, Passage

_ARTICLES = 50  # passages of one act
_SENTENCES = 4  # of one passage: about eighty tokens
_PARTS: dict[Lang, tuple[tuple[str, ...], ...]] = {
    "fr": (
        ("Le maître du port", "La commission des digues", "L’inspecteur des phares", "Le meunier",
         "Le service des écluses", "La capitainerie", "Le conseil des polders", "Le pilote"),
        ("contrôle", "entretient", "répare", "autorise", "enregistre", "surveille", "publie"),
        ("les quais du nord", "les grues de chargement", "la passe d’entrée", "les bouées",
         "le registre des navires", "les vannes de l’étang", "les balances", "les silos à grain"),
        ("avant le premier mars", "dans un délai de trente jours", "chaque trimestre",
         "après avis du collège", "sans préjudice de l’article précédent", "à la demande du maire"),
    ),
    "nl": (
        ("De havenmeester", "De dijkcommissie", "De inspecteur van de vuurtorens", "De molenaar",
         "De sluisdienst", "De kapiteinsdienst", "Het polderbestuur", "De loods"),
        ("controleert", "onderhoudt", "herstelt", "vergunt", "registreert", "bewaakt",
         "publiceert"),
        ("de noordelijke kaaien", "de laadkranen", "de vaargeul", "de boeien",
         "het scheepsregister", "de schuiven van de vijver", "de weegschalen", "de graansilo’s"),
        ("vóór één maart", "binnen een termijn van dertig dagen", "elk kwartaal",
         "na advies van het college", "onverminderd het vorige artikel", "op verzoek van de stad"),
    ),
}  # fmt: skip
_ASKED: dict[Lang, str] = {"fr": "Qui {} {} du bassin {} ?", "nl": "Wie {} {} van dok {}?"}
_BASIN: dict[Lang, str] = {"fr": "du bassin", "nl": "van dok"}


class GeneratedActs(Library):
    """A library of so many passages."""

    def __init__(self, passages: int) -> None:
        self._passages = passages

    @cached_property
    def catalogue(self) -> Catalogue:  # type: ignore[override]  # of its own, without a file
        """An entry for each act."""
        return Catalogue([_source(n) for n in range(-(-self._passages // _ARTICLES))])

    def editions(self) -> tuple[Edition, ...]:
        """See :class:`sources.library.Library`."""
        return tuple(
            Edition(s, LANGS[n % 2], hashlib.sha256(s.id.encode()).hexdigest(), "stored")
            for n, s in enumerate(self.catalogue)
        )

    def read(self, edition: Edition) -> Document:
        """See :class:`sources.library.Library`."""
        number = int(edition.source.id.rpartition("-")[2])
        count = min(_ARTICLES, self._passages - number * _ARTICLES)
        passages = tuple(_passage(edition.source.id, edition.lang, n) for n in range(1, count + 1))
        return Document(edition.source.id, edition.lang, edition.source.title.fr, "", passages)


def questions(count: int, seed: int = 0) -> list[tuple[str, Lang]]:
    """Different questions with their language, turn about French and Dutch."""
    chance = random.Random(seed)
    return [
        (_ASKED[la].format(chance.choice(_PARTS[la][1]), chance.choice(_PARTS[la][2]), n), la)
        for n in range(seed * count, (seed + 1) * count)
        for la in [LANGS[n % 2]]
    ]


class DrawnVectors:
    """A model whose vectors of passages are drawn by chance; those of questions are its own.

    For sizes that would take too long to encode: a question takes the same time.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.id, self._embedder = embedder.id, embedder
        self._chance = np.random.default_rng(0)

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        """See :class:`index.embedding.Embedder`."""
        if side == "query":
            return self._embedder.encode(texts, side)
        return [self._drawn(text) for text in texts]

    def token_spans(self, passage: str) -> list[tuple[int, int]]:
        """See :class:`index.embedding.Embedder`."""
        return self._embedder.token_spans(passage)

    def _drawn(self, text: str) -> Encoded:
        rows = self._chance.normal(size=(1 + round(1.4 * len(text.split())), self.id.dimension))
        rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return Encoded(rows[0], rows[1:])


def _source(number: int) -> Source:
    name = f"reglement-{number}"
    title = {"fr": f"Règlement du port {number}", "nl": f"Havenreglement {number}"}
    return Source.model_validate(
        {"id": name, "kind": "document", "title": title, "short": title, "licence": "CC0"}
    )


def _passage(work: str, lang: Lang, number: int) -> Passage:
    chance = random.Random(f"{work}{number}")
    return Passage(
        anchor=Anchor(work, lang, f"art_{number}"),
        kind=Kind.ARTICLE,
        text=" ".join(_sentences(chance, lang)),
        headings=(f"{chance.choice(_PARTS[lang][2])}".capitalize(),),
        locator=Bilingual(f"art. {number}", f"art. {number}"),
    )


def _sentences(chance: random.Random, lang: Lang) -> Iterator[str]:
    for _ in range(_SENTENCES):
        who, does, what, when = (chance.choice(parts) for parts in _PARTS[lang])
        yield f"{who} {does} {what} {_BASIN[lang]} {chance.randrange(10_000)} {when}."

"""Acts of our own invention, as the Official Journal would print them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from sources.anchor import LANGS, Lang
from tests.sources.cellar import Answer

_WORD: Mapping[Lang, str] = {"fr": "Article", "nl": "Artikel"}

Articles = Mapping[int, tuple[str, Sequence[str]]]


def printed(lang: Lang, title: Sequence[str], articles: Articles) -> bytes:
    """An act as XHTML: the lines of its title, then articles by number, heading and paragraphs."""
    lines = "".join(f'<p class="oj-doc-ti">{escape(line)}</p>' for line in title)
    body = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">{_WORD[lang]} {n}</p>'
        f'<p class="oj-sti-art">{escape(heading)}</p>'
        + "".join(_paragraph(n, m, text) for m, text in enumerate(paragraphs, 1))
        + "</div>"
        for n, (heading, paragraphs) in articles.items()
    )
    return f"<html><body><div>{lines}{body}</div></body></html>".encode()


def _paragraph(article: int, number: int, text: str) -> str:
    return (
        f'<div id="{article:03}.{number:03}"><p class="oj-normal">{number}.   {escape(text)}</p>'
        "</div>"
    )


def lanterns(number: str) -> dict[Lang, bytes]:
    """A small act, the same but for its number, in both languages."""
    return {
        "fr": printed(
            "fr",
            (f"RÈGLEMENT (UE) {number}", "du 3 avril 2031", "relatif aux lanternes"),
            {
                1: ("Objet", [f"Le présent règlement {number} porte sur les lanternes de quai."]),
                2: ("Huile", ["Chaque lanterne reçoit de l’huile.", "L’huile vient du port."]),
            },
        ),
        "nl": printed(
            "nl",
            (f"VERORDENING (EU) {number}", "van 3 april 2031", "betreffende lantaarns"),
            {
                1: ("Onderwerp", [f"Deze verordening {number} betreft de lantaarns op de kaai."]),
                2: ("Olie", ["Elke lantaarn krijgt olie.", "De olie komt uit de haven."]),
            },
        ),
    }


def answers(*numbers: str) -> dict[tuple[str, str], Answer]:
    """What a server has of such acts, by CELEX number and language."""
    return {(n, la): Answer(body=lanterns(n)[la]) for n in numbers for la in LANGS}


DUBLIN: Mapping[Lang, bytes] = {
    "fr": printed(
        "fr",
        (
            "RÈGLEMENT (UE) N° 604/2013 DU CONSEIL DES PHARES",
            "du 26 juin 2013",
            "relatif aux passages de nuit entre deux phares",
        ),
        {
            1: (
                "Objet",
                ["Le présent règlement porte sur les passages de nuit."],
            ),
            35: ("Gardiens", ["Chaque phare a deux gardiens qui se relaient à minuit."]),
            36: (
                "Arrangements entre gardiens",
                [
                    "Deux phares voisins peuvent convenir par écrit d’échanger leurs gardiens "
                    "pendant la saison des brumes, afin que les passages soient plus sûrs.",
                    "L’échange est inscrit au registre des phares dans les dix jours.",
                ],
            ),
        },
    ),
    "nl": printed(
        "nl",
        (
            "VERORDENING (EU) Nr. 604/2013 VAN DE RAAD VAN DE VUURTORENS",
            "van 26 juni 2013",
            "betreffende nachtelijke overtochten tussen twee vuurtorens",
        ),
        {
            1: ("Onderwerp", ["Deze verordening betreft nachtelijke overtochten."]),
            35: ("Wachters", ["Elke vuurtoren heeft twee wachters die elkaar aflossen."]),
            36: (
                "Regelingen tussen wachters",
                [
                    "Twee naburige vuurtorens kunnen schriftelijk overeenkomen hun wachters uit "
                    "te wisselen tijdens het mistseizoen, zodat de overtochten veiliger zijn.",
                    "De uitwisseling komt binnen tien dagen in het vuurtorenregister.",
                ],
            ),
        },
    ),
}

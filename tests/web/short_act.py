"""An invented regulation on ferries in both languages, read by the real reader and built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import LANGS, Lang
from sources.catalogue import Catalogue, Source
from sources.formats.file import read_act
from tests.index.fake import Texts, make, settings_for

FERRIES = "celex:32033R0088"
_TITLE = {
    "fr": ("RÈGLEMENT (UE) 2033/88 DU CONSEIL", "du 2 mai 2033", "relatif aux bacs"),
    "nl": ("VERORDENING (EU) 2033/88 VAN DE RAAD", "van 2 mei 2033", "betreffende veerboten"),
}
_ARTICLES: dict[Lang, dict[str, list[str]]] = {
    "fr": {
        "Objet": [
            "1.   Le présent règlement porte sur les bacs qui traversent une frontière.",
            "2.   Il ne s’applique pas aux passerelles.",
        ],
        "Passage": [
            "Par dérogation à l’article 1er, paragraphe 2, et sans préjudice de l’article 5 de la "
            "directive (UE) 2029/7, de l’accord sur les écluses et de l’accord sur les digues, le "
            "passage est gratuit < 10 minutes & sans attente; l’article 99 n’existe pas."
        ],
    },
    "nl": {
        "Onderwerp": [
            "1.   Deze verordening betreft veerboten die een grens oversteken.",
            "2.   Zij is niet van toepassing op loopbruggen.",
        ],
        "Overtocht": [
            "In afwijking van artikel 1, lid 2, en onverminderd artikel 5 van Richtlijn "
            "(EU) 2029/7, het akkoord over de sluizen en het akkoord over de dijken is de "
            "overtocht gratis < 10 minuten & zonder wachten; artikel 99 bestaat niet."
        ],
    },
}
_WORD = {"fr": "Article", "nl": "Artikel"}


def act(lang: Lang) -> bytes:
    """The regulation as the Official Journal would print it."""
    title = "".join(f'<p class="oj-doc-ti">{line}</p>' for line in _TITLE[lang])
    body = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">{_WORD[lang]} {n}</p>'
        f'<p class="oj-sti-art">{heading}</p>'
        + "".join(_paragraph(n, m, line) for m, line in enumerate(lines, 1))
        + "</div>"
        for n, (heading, lines) in enumerate(_ARTICLES[lang].items(), 1)
    )
    return f"<html><body><div>{title}{body}</div></body></html>".encode()


def _paragraph(article: int, number: int, line: str) -> str:
    numbered = f' id="{article:03}.{number:03}"' if line[:1].isdigit() else ""
    return f'<div{numbered}><p class="oj-normal">{_escaped(line)}</p></div>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _source(work: str, fr: str, nl: str, **more: object) -> Source:
    return Source.model_validate(
        {
            "id": work,
            "kind": "agreement",
            "title": {"fr": fr, "nl": nl},
            "short": {"fr": fr, "nl": nl},
            "licence": "Domaine public",
            **more,
        }
    )


CATALOGUE = Catalogue(
    [
        _source(FERRIES, "Règlement sur les bacs", "Veerbotenverordening", celex="32033R0088"),
        _source("ecluses-2030", "accord sur les écluses", "akkoord over de sluizen"),
        _source(
            "digues-2031",
            "accord sur les digues",
            "akkoord over de dijken",
            link={"fr": "http://digues.example/fr", "nl": "http://digues.example/nl"},
        ),
    ]
)


@dataclass(frozen=True)
class Ferries:
    """The build and the catalogue it was made with."""

    build: Build
    catalogue: Catalogue


def ferries(folder: Path) -> Ferries:
    """Read both languages and build them."""
    read = {(FERRIES, la): read_act(act(la), work=FERRIES, lang=la).passages for la in LANGS}
    texts = Texts(read)
    texts.catalogue = CATALOGUE
    settings = settings_for(folder)
    manifest = make(settings, texts)
    return Ferries(Build(BuildRegistry(settings.data).path(manifest.build)), CATALOGUE)

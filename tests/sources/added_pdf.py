"""An invented accord as a PDF of three pages, in the store of a data folder."""

from __future__ import annotations

from pathlib import Path

import typst

from sources import catalogue
from sources.anchor import Lang
from sources.catalogue import Source
from sources.library import Library
from sources.records import Provenance

WORK = "accord-des-digues-2031"
_HEAD: dict[Lang, str] = {"fr": "Accord des digues", "nl": "Dijkenakkoord"}
_WORDS: dict[Lang, tuple[str, str, str]] = {
    "fr": (
        "Les éclusiers de la rive {n} vérifient l’étanchéité des portes chaque matin et "
        "communiquent leurs observations extraordinaires au surveillant des infrastructures.",
        "Les digues de la côte sont réparées avant l’hiver par les administrations responsables, "
        "qui informent régulièrement leurs homologues transfrontaliers de l’avancement.",
        "Sans objet.",
    ),
    "nl": (
        "De sluiswachters van oever {n} controleren elke ochtend de waterdichtheid van de "
        "sluisdeuren en melden hun buitengewone waarnemingen aan de infrastructuuropzichter.",
        "De kustdijken worden vóór de winter hersteld door de verantwoordelijke overheidsdiensten, "
        "die hun grensoverschrijdende ambtgenoten regelmatig informeren over de voortgang.",
        "Zonder voorwerp.",
    ),
}


def paper(lang: Lang) -> bytes:
    """The PDF: parted words, a running head, a paragraph over the end of a page."""
    each, long, nothing = _WORDS[lang]
    lines = [f"*{_HEAD[lang]}*"]
    lines += [f"{n}. {each.format(n=n)}" for n in range(1, 17)]
    lines += [f"17. {' '.join([long] * 9)}", f"18. {nothing}"]
    body = "\n\n".join(line.replace(". ", "\\. ", 1) for line in lines)
    setting = (
        f'#set text(lang: "{lang}", size: 12pt, hyphenate: true)\n#set par(justify: true)\n'
        f'#set page(width: 14cm, height: 20cm, header: [{_HEAD[lang]}], numbering: "1")\n'
    )
    made = typst.compile((setting + body).encode(), ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def put(data: Path, lang: Lang, content: bytes | None = None) -> None:
    """Store it (or other bytes) as an added text, known to the catalogue."""
    local = data / "catalogue.toml"
    entry = Source.model_validate(
        {
            "id": WORK,
            "kind": "document",
            "title": {"fr": "Accord des digues", "nl": "Dijkenakkoord"},
            "short": {"fr": "Accord des digues", "nl": "Dijkenakkoord"},
            "licence": "Domaine public",
        }
    )
    if WORK not in {s.id for s in catalogue.load(local)}:
        catalogue.add(local, entry)
    came = Provenance("application/pdf", "2031-01-01T00:00:00Z", "added", "")
    Library(data).store.put(WORK, lang, content or paper(lang), came)

"""What `check` says of all texts: the same each time, in the order of the catalogue."""

from __future__ import annotations

from pathlib import Path

from sources import catalogue
from sources.anchor import LANGS
from sources.catalogue import Source
from sources.checking import check
from sources.library import Library
from sources.records import Provenance

TEXTS = {
    "fr": "Accord\n\n1. Les quais sont ouverts.\n\n2. Les grues sont peintes.\n",
    "nl": "Akkoord\n\n1. De kaaien zijn open.\n",
}


def test_notes_on_twins_stand_in_the_order_of_the_catalogue(tmp_path: Path) -> None:
    works = [f"{name}-2031" for name in ("quai", "bac", "phare", "digue", "ecluse", "gue")]
    for work in works:
        titles = {"fr": f"Texte {work}", "nl": f"Tekst {work}"}
        entry = {"id": work, "kind": "document", "title": titles, "short": titles}
        catalogue.add(
            tmp_path / "catalogue.toml",
            Source.model_validate(entry | {"licence": "Domaine public"}),
        )
    library = Library(tmp_path)
    came = Provenance("text/plain", "2031-01-01T00:00:00Z", "added")
    for work in works:
        for lang in LANGS:
            library.store.put(work, lang, TEXTS[lang].encode(), came)
    ordered = [source.id for source in library.catalogue if source.id in works]
    notes = [row["work"] for row in check(library) if row["lang"] == "fr+nl"]
    assert list(dict.fromkeys(notes)) == ordered

"""A second declaration, of our own invention: in Dutch, laid out in another way, as a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

WORK = "hanze-2031"
TEXT = """\
Hanze 2031
Verklaring van de havens

HOOFDSTUK A – De kaaien
Vaststellingen
De kaaien van het noorden zijn in 2029 verzakt.

De loodsen komen niet meer aan de steigers.
Afspraken
- De havens herstellen de kaaien vóór de winter van 2032.
- De loodsen krijgen elk een eigen steiger, en de
kapiteins delen de kosten daarvan.
HOOFDSTUK B – De vuurtorens
Afspraken
- Elke vuurtoren wordt door twee wachters bemand.
"""
LAYOUT = """
bullet = '- (?P<rest>.+)'

[[heading]]
pattern = 'HOOFDSTUK (?P<number>[A-Z]) – (?P<title>.+)'

[[section]]
under = 1
label = 'Vaststellingen'
begins = "paragraph"
kind = "paragraph"
portion = "{number}.vast.{index}"
locator = { fr = "chapitre {number}, constat, {place}", nl = "hoofdstuk {number}, {place}" }
noun = { fr = "alinéa", nl = "lid" }

[[section]]
under = 1
label = 'Afspraken'
begins = "bullet"
kind = "bullet"
portion = "{number}.{index}"
locator = { fr = "chapitre {number}, {place}", nl = "hoofdstuk {number}, {place}" }
noun = { fr = "engagement", nl = "afspraak" }
"""
SOURCE = """
[[source]]
id = "hanze-2031"
kind = "declaration"
date = "2031-06-01"
title.fr = "Hanse 2031. Déclaration des ports"
title.nl = "Hanze 2031. Verklaring van de havens"
short.fr = "Déclaration des ports 2031"
short.nl = "Havenverklaring 2031"
licence = "de onze"
examples.nl = ["Wie bemant de vuurtorens?"]
examples.fr = ["Qui garde les phares ?"]

[[source.file]]
lang = "nl"
layout = "hanze-2031/layout.toml"
path = "hanze-2031/nl.txt"
sha256 = "{sha256}"
provenance = "eigen tekst"
"""


CITED = ("32031R0604", "32031R0605", "32031R0606", "32031H0915")  # in the order of the catalogue


def cited_entry(celex: str) -> str:
    """The entry of an act that it cites, and that comes by itself."""
    return f"""
[[source]]
id = "celex:{celex}"
kind = "eu-act"
celex = "{celex}"
title.fr = "Acte {celex}"
title.nl = "Handeling {celex}"
short.fr = "Acte {celex[-4:]}"
short.nl = "Handeling {celex[-4:]}"
licence = "de onze"
cited_by = ["{WORK}"]
fetch = "cited"
"""


def put(texts: Path, cited: Sequence[str] = ()) -> None:
    """Add it to a folder of texts, with entries of the acts that it cites."""
    folder = texts / WORK
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nl.txt").write_text(TEXT, "utf-8")
    (folder / "layout.toml").write_text(LAYOUT, "utf-8")
    digest = hashlib.sha256(TEXT.encode("utf-8")).hexdigest()
    (folder / "source.toml").write_text(
        SOURCE.replace("{sha256}", digest) + "".join(map(cited_entry, cited)), "utf-8"
    )

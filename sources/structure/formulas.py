"""The formulas around what a text says: how its preamble and its decision begin, how it ends.

Their words are data that a person reviewed (``data/formulas.toml``).
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from sources.dates import is_dateline
from sources.files import read_toml


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    fr: list[str]
    nl: list[str]

    def __str__(self) -> str:
        return f"(?:{'|'.join((*self.fr, *self.nl))})"


_FILE = Path(__file__).parents[1] / "data" / "formulas.toml"
_SENTENCE = 4  # words of a line that may be one of a sentence
_WORDS = read_toml(_FILE, RootModel[dict[str, _Words]], "a list of formulas").root
_CLOSING = re.compile(rf"{_WORDS['closing']}\b")
_FINAL = re.compile(f"{_WORDS['final']}", re.IGNORECASE)
_OPERATIVE = re.compile(rf"{_WORDS['operative']}\b")
_ALONE = re.compile(rf"{_WORDS['operative']}[\s,:]*", re.IGNORECASE)
_DECIDES = re.compile(rf"{_WORDS['operative']}\b.*\b{_WORDS['decides']}\b[^.]*:", re.IGNORECASE)
_RULES = re.compile(f"{_WORDS['rules']}", re.IGNORECASE)
_DECISION = re.compile(rf"{_WORDS['decision']}[\s:]*", re.IGNORECASE)
_PREAMBLE = re.compile(f"{_WORDS['preamble']}", re.IGNORECASE)
_ENACTS = re.compile(rf"{_WORDS['enacts']}\b", re.IGNORECASE)
_BEHALF = re.compile(rf"{_WORDS['behalf']}\b.*[,:]", re.IGNORECASE)
_AUTHORITY = re.compile(rf"{_WORDS['authority']}(?!\w)[^.:;]*", re.IGNORECASE)
_REPORT = re.compile(rf"{_WORDS['report']}\W*", re.IGNORECASE)
_OPEN = re.compile(rf"[^\W\d_]\W+{_WORDS['open']}$")
_SIGNED = re.compile(rf"\({_WORDS['signed']}\.?\)\s*", re.IGNORECASE)
_SPOKEN = re.compile(rf"\b{_WORDS['spoken']}\s+(?:de\s)?$", re.IGNORECASE)
_TOTAL = re.compile(rf"(?:{re.escape('| ')})*{_WORDS['total']}\b", re.IGNORECASE)
_PLACE = re.compile(rf"\b{_WORDS['place']}\s?$", re.IGNORECASE)
# A tab may stand in the place of a colon.
_SUBJECT = re.compile(rf"(?i:{_WORDS['subject']})(?:\s?:\s*|\s+(?=[A-ZÀ-Ý])|$)(.*)")
_DATED = re.compile(rf"{_WORDS['dated']}\s?:?", re.IGNORECASE)


def opens_formula(text: str) -> bool:
    """Whether a text begins with the words of a final formula.

    >>> opens_formula("Fait à Ath, le 3 mai 2031."), opens_formula("Ath, le 3 mai 2031.")
    (True, False)
    >>> opens_formula("Approuvé en séance du 3 mai 2031."), opens_formula("Goedgekeurd op tijd.")
    (True, False)
    """
    return _CLOSING.match(text) is not None


def is_dated_at(text: str) -> bool:
    r"""Whether the first line of a text is a place and a date, as below what is signed there.

    >>> is_dated_at("Ath, le 3 mai 2031.\nLe bourgmestre"), is_dated_at("le 3 mai 2031")
    (True, False)
    """
    line = text.partition("\n")[0].rstrip(" .,")
    return "," in line and is_dateline(line)


def ends_act(text: str) -> bool:
    """Whether a text begins with the last words of an act of the Union.

    >>> ends_act("Gedaan te Brussel, 3 mei 2031."), ends_act("Het besluit is verbindend.")
    (True, False)
    """
    return _FINAL.match(text) is not None


def decides(text: str) -> bool:
    """Whether a line begins what a court decides: alone, in capitals, or with its verb.

    >>> decides("Par ces motifs,"), decides("OM DEZE REDENEN, verwerpt de rechtbank de eis.")
    (True, True)
    >>> decides("Om deze redenen beslist het hof:"), decides("Om deze redenen is het laat.")
    (True, False)
    >>> decides("Het Hof (Derde kamer) verklaart voor recht:"), decides("Het Hof verklaart dit.")
    (True, False)
    """
    whole = any(form.fullmatch(text) for form in (_ALONE, _DECIDES, _RULES))
    return whole or _OPERATIVE.match(text) is not None


def heads_operative(text: str) -> bool:
    """Whether a line is nothing but the words before what a court decides."""
    return _ALONE.fullmatch(text) is not None


def heads_decision(text: str) -> bool:
    """Whether a line is the heading above what is decided.

    >>> heads_decision("BESLISSING"), heads_decision("Décision :"), heads_decision("Décision 4")
    (True, True, False)
    """
    return _DECISION.fullmatch(text) is not None


def opens_preamble(text: str) -> bool:
    """Whether a line is nothing but what begins the sentence of a preamble: "Gelet op"."""
    return _PREAMBLE.fullmatch(text) is not None


def enacts(text: str) -> bool:
    """Whether a text begins with the verb of a preamble.

    >>> [enacts(f"{verb} :") for verb in ("Arrête", "Ordonnent", "Les parties", "Conviennent")]
    [True, True, False, True]
    >>> [enacts(f"{verb}:") for verb in ("Besluit", "Bevelen", "Stelt vast", "De partijen")]
    [True, True, True, False]
    """
    return _ENACTS.match(text) is not None


def on_behalf(text: str) -> bool:
    """Whether a line says in whose name a text is signed.

    >>> on_behalf("Par ordonnance :"), on_behalf("D’ordre du collège,"), on_behalf("Le collège,")
    (True, True, False)
    >>> on_behalf("Op bevel,"), on_behalf("In opdracht van de raad:"), on_behalf("De raad,")
    (True, True, False)
    """
    return _BEHALF.fullmatch(text) is not None


def names_authority(text: str) -> bool:
    """Whether a line is the name of an authority, as above the title of its text.

    >>> [names_authority(line) for line in ("Gemeente Zwalm", "VILLE D’ATH", "Stadion")]
    [True, True, False]
    """
    return _AUTHORITY.fullmatch(text) is not None


def leaves_open(line: str) -> bool:
    """Whether a line ends with a word that ends no sentence.

    >>> [leaves_open(line) for line in ("lire « 12 » au lieu de", "Lire 12", "De bedragen van")]
    [True, False, True]
    """
    return _OPEN.search(line) is not None


def awaits_number(line: str) -> bool:
    """Whether a line of a sentence ends with a word behind which a number goes on.

    >>> [awaits_number(line) for line in ("Le banc est celui du point", "Le banc est ouvert de")]
    [True, True]
    >>> [awaits_number(line) for line in ("De bank van de bijlage", "3 leden", "De bank staat er")]
    [True, False, False]
    """
    return len(line.split()) >= _SENTENCE and (leaves_open(line) or names_place(line))


def heads_report(text: str) -> bool:
    """Whether a line heads a report on the text that is printed below it.

    >>> [heads_report(line) for line in ("RAPPORT AU ROI", "Verslag aan de Koning", "Verslag")]
    [True, True, False]
    """
    return _REPORT.fullmatch(text) is not None


def name_signed(text: str) -> str:
    """The name of who signed, without the sign of it.

    >>> name_signed("(sé) A. Dubois")
    'A. Dubois'
    """
    return _SIGNED.sub("", text)


def subject_of(line: str) -> str | None:
    """What a line says to be the subject of a letter; None for another line.

    >>> [subject_of(line) for line in ("Objet : le bac", "Betreft Het veer", "Sujet", "Objets")]
    ['le bac', 'Het veer', '', None]
    """
    found = _SUBJECT.fullmatch(line)
    return found[1] if found else None


def names_date(text: str) -> bool:
    """Whether words before a date say that it is the date of the text: "Datum"."""
    return _DATED.fullmatch(text.strip()) is not None


def names_place(text: str) -> bool:
    """Whether words before a number in brackets say that it is a place: "het geval"."""
    return _PLACE.search(text) is not None


def sums_up(row: str) -> bool:
    """Whether a row of a table has the sum of all that are above it.

    >>> sums_up("Total général | 12,50"), sums_up(" | Totaal | 3"), sums_up("Sous-total | 12,50")
    (True, True, False)
    """
    return _TOTAL.match(row.strip()) is not None


def speaks_of_date(words: str) -> bool:
    """Whether a title says with these words before a date that it is not that of the text.

    >>> speaks_of_date("Stand op "), speaks_of_date("jusqu’au "), speaks_of_date("Situation AU ")
    (True, True, True)
    >>> speaks_of_date("vergadering op "), speaks_of_date("Règlement du ")
    (False, False)
    """
    return _SPOKEN.search(words) is not None

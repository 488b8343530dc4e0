"""How a person cites a portion, in French and in Dutch.

>>> of_act("art_36.par_1").fr, of_act("art_36.par_1").nl
('art. 36, § 1', 'art. 36, lid 1')
>>> of_act("rct_26").fr, of_act("rct_26").nl
('considérant 26', 'overweging 26')
>>> of_act("art_4.pnt_7").nl
'art. 4, punt 7'
>>> of_act("anx_II.pnt_3").fr
'annexe II, point 3'
"""

from __future__ import annotations

from sources.model import Bilingual

_WORDS: dict[str, Bilingual] = {
    "art": Bilingual("art. {}", "art. {}"),
    "par": Bilingual("§ {}", "lid {}"),
    "prg": Bilingual("§ {}", "§ {}"),  # of a Belgian law, where "lid" is an alinea
    "sub": Bilingual("alinéa {}", "alinea {}"),
    "pnt": Bilingual("point {}", "punt {}"),
    "rct": Bilingual("considérant {}", "overweging {}"),
    "anx": Bilingual("annexe {}", "bijlage {}"),
    "app": Bilingual("appendice {}", "aanhangsel {}"),
    "prt": Bilingual("partie {}", "deel {}"),
    "ttl": Bilingual("titre {}", "titel {}"),
    "cpt": Bilingual("chapitre {}", "hoofdstuk {}"),
    "sct": Bilingual("section {}", "afdeling {}"),
    "cit": Bilingual("visa {}", "visum {}"),
    "pbl": Bilingual("préambule", "preambule"),
    "fnp": Bilingual("formule finale", "slotformule"),
    "enc": Bilingual("dispositif", "beschikkend gedeelte"),
    "bok": Bilingual("livre {}", "boek {}"),
    "sbs": Bilingual("sous-section {}", "onderafdeling {}"),
    "rub": Bilingual("rubrique {}", "rubriek {}"),
    "dcl": Bilingual("déclaration {}", "verklaring {}"),
    "prc": Bilingual("protocole {}", "protocol {}"),
    "att": Bilingual("document joint {}", "bijgevoegd document {}"),
}


def of_act(portion: str) -> Bilingual:
    """Locator of a portion that is made of ELI subdivisions (``art_36.par_1.pnt_a``)."""
    steps = [step.partition("_") for step in portion.split(".")]
    return Bilingual(
        ", ".join(_step(word, number, "fr") for word, _, number in steps),
        ", ".join(_step(word, number, "nl") for word, _, number in steps),
    )


def _step(word: str, number: str, lang: str) -> str:
    form = _WORDS.get(word)
    if form is None:
        return f"{word} {number}".strip()
    return (form.fr if lang == "fr" else form.nl).format(number).strip()


def ordinal(number: int, noun: Bilingual) -> Bilingual:
    """``ordinal(6, tiret/streepje)`` gives "6e tiret" / "6e streepje".

    >>> ordinal(1, Bilingual("tiret", "streepje")).fr
    '1er tiret'
    """
    return Bilingual(f"{number}{'er' if number == 1 else 'e'} {noun.fr}", f"{number}e {noun.nl}")

"""What formulas and names of acts say in French they say in Dutch, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sources.structure.acts import another_act, begins_act
from sources.structure.formulas import (
    heads_report,
    names_authority,
    names_place,
    on_behalf,
    opens_formula,
    subject_of,
)
from sources.structure.numbers import heads_annex

PAIRS: dict[Callable[[str], object], list[tuple[str, str]]] = {
    opens_formula: [
        ("Fait à Ath, le 3 mai 2031.", "Gedaan te Aat, 3 mei 2031."),
        ("Établi à Liège, le 3 mai 2031", "Opgemaakt te Luik, 3 mei 2031"),
        ("Dressée à Mons, le 3 mai 2031", "Opgesteld te Bergen, 3 mei 2031"),
        ("Signé à Namur, le 3 mai 2031", "Ondertekend te Namen, 3 mei 2031"),
        ("Ainsi approuvé en séance du 3 mai", "Aldus goedgekeurd in zitting van 3 mei"),
        ("Ainsi fait à Mons, le 3 mai", "Aldus opgemaakt te Bergen, 3 mei"),
        ("Ainsi convenu à Mons, le 3 mai", "Aldus overeengekomen te Bergen, 3 mei"),
        ("Approuvé en séance du conseil", "Goedgekeurd in gemeenteraadszitting van 3 mei 2031"),
        ("Adopté lors de la réunion du 3 mai", "Aangenomen tijdens de bestuursvergadering"),
    ],
    names_authority: [
        ("Région flamande", "Vlaams Gewest"),
        ("Communauté flamande", "Vlaamse Gemeenschap"),
        ("Région de Bruxelles-Capitale", "Brussels Hoofdstedelijk Gewest"),
        ("Commission communautaire française", "Franse Gemeenschapscommissie"),
        ("Gouvernement flamand", "Vlaamse Regering"),
        ("Service public de programmation", "Programmatorische overheidsdienst"),
    ],
    heads_report: [
        ("Rapport au Roi", "Verslag aan de Koning"),
        ("Rapport au Parlement flamand", "Verslag aan het Vlaams Parlement"),
        ("RAPPORT AU COLLÈGE", "VERSLAG AAN HET COLLEGE"),
        ("Rapport au Gouvernement wallon", "Verslag aan de Waalse Regering"),
    ],
    on_behalf: [("Par le Conseil :", "Namens de raad:")],
    subject_of: [("Objet : le bac", "Betreft: het veer"), ("Sujet : le bac", "Onderwerp: de pont")],
    names_place: [("la littera ", "de littera "), ("au point ", "in onderdeel ")],
    begins_act: [
        ("Décision sur les bacs", "Beslissing over de veren"),
        ("Contrat de bail", "Huurcontract voor een veer"),
        ("Code du bac", "Veerwetboek"),
        ("Avenant au contrat", "Avenant bij het contract"),
    ],
    heads_annex: [
        ("Annexe au règlement de police du 3 mai", "Bijlage bij het politiereglement van 3 mei"),
        ("Annexe à la présente décision", "Bijlage bij deze beslissing"),
        ("Annexe au présent contrat", "Bijlage bij dit huurcontract"),
        ("Annexe au code du bac", "Bijlage bij het Veerwetboek"),
    ],
}


@pytest.mark.parametrize(
    ("tells", "line"),
    [(tells, line) for tells, pairs in PAIRS.items() for pair in pairs for line in pair],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_both_languages_are_told(tells: Callable[[str], object], line: str) -> None:
    assert tells(line)


@pytest.mark.parametrize(
    "line",
    ["Établi en concertation avec le conseil, le plan est public.",
     "Opgesteld in overleg met de raad is het plan openbaar.",
     "Signé par les parties, le contrat est public."],
)  # fmt: skip
def test_a_sentence_that_begins_with_such_a_word_ends_no_text(line: str) -> None:
    assert not opens_formula(line)


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("Règlement modifiant le règlement de police", "Règlement modifiant "),
        ("Reglement tot wijziging van het politiereglement", "Reglement tot wijziging van "),
        ("Avis sur cette convention", "Avis sur "),
        ("Advies over deze arbeidsovereenkomst", "Advies over "),
        ("Reglement op de wetenschap", "Reglement op de wetenschap"),
    ],
)
def test_a_title_names_another_act_with_an_article(title: str, own: str) -> None:
    assert title[: another_act(title)] == own

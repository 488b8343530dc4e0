"""Abbreviations of texts beside a place: known ones in any spelling, others by their form."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.abbreviations import Known, behind, within
from sources.folding import fold_in_place
from sources.numbering import arabic

KNOWN = Known({"code": ("C. pén.", "C.P."), "pacte": ("Charte",), "union": ("UE",)})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("art. 5| CRR", "CRR"),
        ("article 5| CoMou ?", "CoMou"),
        ("artikel 7| Vlw.", "Vlw"),
        ("artikel 7| Wft?", "Wft"),
        ("article 5| C. for. ?", "C. for."),
        ("art. 5, § 2|, W.Succ.Br.", "W.Succ.Br."),
        ("art. 149, § 1|, XYZF", "XYZF"),
        ("article 5| de la CRR", "CRR"),
        ("artikel 5| van het DBV", "DBV"),
        ("article 12| XYZ 92", "XYZ 92"),
        ("article 5| en vigueur", ""),
        ("article 5|. Merci", ""),
        ("article 5| Objet", ""),
        ("Article 6| Champ d’application", ""),
        ("artikel 5| Saint-Gilles", ""),
        ("artikel 5| Dhr. Peeters", ""),
        ("article 5|, TVA comprise ?", ""),
        ("article 5| ? TVA comprise", ""),
        ("article 5| et l’OTAN", ""),
        ("article 5| III", ""),
        ("article 5| km", ""),
        ("article 5| FR", ""),
        ("QUE DIT L’ARTICLE 5| LAMPES ?", ""),
    ],
)
def test_an_abbreviation_behind_a_place_is_told_by_its_form(text: str, found: str) -> None:
    end = text.index("|")
    text = text.replace("|", "")
    span = behind(text, end)
    assert (text[slice(*span)] if span else "") == found


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("art. 3 C. pén.", ["code"]),
        ("art. 3 c.pen", ["code"]),
        ("art. 3 CP", ["code"]),
        ("art. 3 c.p. ?", ["code"]),
        ("article 3 de la Charte", ["pacte"]),
        ("article 3 de la charte des pêcheurs", []),
        ("artikel 3 Charte van toepassing", ["pacte"]),
        ("article 3 UE", ["union"]),
        ("article 3 ue", []),
        ("article 3 UE-conforme", []),
        ("article 3 CPAS", []),
    ],
)
def test_a_known_abbreviation_is_found_however_it_is_typed(text: str, works: list[str]) -> None:
    assert [work for *_, work in KNOWN.find(text, fold_in_place(text))] == works


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Code des moulins (CoMou)", ["CoMou"]),
        ("Règlement (UE) n° 575/2031 sur les bacs (RBF)", ["RBF"]),
        ("Règlement (CEE) no 1408/2031", []),
        ("Directive 2031/17/CEE sur les bacs (Texte présentant de l’intérêt pour l’EEE)", []),
        ("COLLECTIEVE ARBEIDSOVEREENKOMST VAN 5 MEI 2032", []),
        ("VERORDENING (EU) 2031/417 VAN HET EUROPEES PARLEMENT EN DE RAAD van 2 mei 2031", []),
        ("RÈGLEMENT de police", []),
        ("CAO over de fietsen", []),
        ("Règlement de la ville (Saint-Gilles)", []),
    ],
)
def test_a_title_gives_its_abbreviations(title: str, found: list[str]) -> None:
    assert within(title) == found


@given(st.text(string.ascii_uppercase, min_size=3, max_size=12), st.integers(1, 999))
def test_capitals_behind_a_place_name_a_text(name: str, number: int) -> None:
    assume(arabic(name) is None)
    text = f"Que dit l’article {number} {name} ?"
    assert behind(text, text.index(name) - 1) == (text.index(name), text.index(name) + len(name))


@given(st.text(string.ascii_lowercase + " ’,.", max_size=40))
def test_small_letters_never_do(words: str) -> None:
    text = f"article 5 {words}"
    assert behind(text, 9) is None


@given(st.text(max_size=80), st.integers(0, 90))
def test_any_text_can_be_read_and_what_is_found_lies_behind_the_place(text: str, end: int) -> None:
    if span := behind(text, min(end, len(text))):
        assert min(end, len(text)) < span[0] < span[1] <= len(text)
        assert any(c.isupper() for c in text[slice(*span)])
    for start, stop, work in KNOWN.find(text, fold_in_place(text)):
        assert 0 <= start < stop <= len(text)
        assert work in {"code", "pacte", "union"}

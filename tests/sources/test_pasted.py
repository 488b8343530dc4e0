"""What is pasted is read as if it had been typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.pasted import typed


@pytest.mark.parametrize(
    "pasted",
    [
        unicodedata.normalize("NFD", "Que prévoit l'article 7 de l'arrêté ?"),
        "Que prévoit l’article 7 de l’arrêté\u202f?",
        "Que pré\u00advoit l'arti\u00adcle\u200b 7 de l'arrêté ?",
        "\ufeffQue prévoit l'article\u2060 ７ de l'arrêté ?",
        "Que prévoit\u2028l'article\u00a07 de\u0085l'arrêté ?",
        "Que prévoit l‘article 𝟕 de lʼarrêté ?",
        "Que prévoit l'article 7 de l'arrêté\u200e ?\u0000",
    ],
)
def test_what_looks_the_same_is_the_same(pasted: str) -> None:
    assert typed(pasted) == "Que prévoit l'article 7 de l'arrêté ?"


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("b\u0133lage II", "bijlage II"),
        ("o\ufb03ciel, \ufb02ux", "officiel, flux"),
        ("n\u00ba 12\u22152031", "n° 12/2031"),
        ("1\u1d49\u02b3", "1er"),
        ("règlement \u2014 texte", "règlement - texte"),
        ("articles 5\u20139", "articles 5\u20139"),
        ("30 m\u00b2, ½", "30 m\u00b2, ½"),
        ("cœur", "cœur"),
    ],
)
def test_signs_are_those_that_people_type(pasted: str, plain: str) -> None:
    assert typed(pasted) == plain


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32031R0417", "32031R0417"),
        ("<https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX%3A32031R0417&from=NL>",
         "32031R0417"),
        ("eur-lex.europa.eu/eli/reg/2031/417/oj", "32031R0417"),
        ("http://data.europa.eu/eli/reg/2031/417/oj/fra", "32031R0417"),
        ("http://data.europa.eu/eli/reg/2031/417/art_3/par_2/oj/fra",
         "celex:32031R0417@fr#art_3.par_2"),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32031R0417#art_3",
         "celex:32031R0417@nl#art_3"),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32031R0417#d1e12-1-1",
         "32031R0417"),
        ("https://duchesse.example.be/?passage=jardins%40nl%23pnt_2.1", "jardins@nl#pnt_2.1"),
        ("http://127.0.0.1:7860/?passage=jardins@nl#pnt_2.1", "jardins@nl#pnt_2.1"),
        ("https://example.org/?passage=nothing", "https://example.org/?passage=nothing"),
        ("https://example.org/[broken", "https://example.org/[broken"),
    ],
)  # fmt: skip
def test_a_link_is_what_it_leads_to(link: str, plain: str) -> None:
    assert typed(f"Que dit {link} ?") == f"Que dit {plain} ?"
    assert typed(f"(voir {link}).") == f"(voir {plain})."


@given(st.text(max_size=80) | st.text("htps:/ew.lxuroa?=%()#é\u200b\u2013\ufb01①", max_size=60))
def test_typing_it_again_changes_nothing(text: str) -> None:
    once = typed(text)
    assert typed(once) == once
    assert once == " ".join(once.split())

"""The glossary: reviewed, valid, and the same thing under all its names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.errors import IndexingError
from index.glossary import PATHS, Glossary, Term, load
from index.tokens import stems, words
from sources.anchor import LANGS, Lang, other

TERMS = load()
SHIPPED = Glossary(TERMS)


def names(term: Term, lang: Lang) -> tuple[str, ...]:
    return term.fr if lang == "fr" else term.nl


def translated(glossary: Glossary, text: str, lang: Lang, into: Lang) -> list[str]:
    return glossary.translate(words(text, lang), lang, into)


def test_the_shipped_glossary_has_at_least_80_terms() -> None:
    assert len(TERMS) >= 80


@pytest.mark.parametrize("lang", LANGS)
def test_every_name_has_content_and_stands_once_in_its_term(lang: Lang) -> None:
    for term in TERMS:
        found = names(term, lang)
        assert len(set(found)) == len(found), term
        for name in found:
            assert words(name, lang), f"no word of {name!r} is left to be found by"
            assert name == " ".join(name.split())
            assert "'" not in name, "apostrophes are typographic"


def test_no_name_in_french_and_dutch_stands_in_two_terms_with_the_same_counterparts() -> None:
    pairs = Counter((fr, nl) for term in TERMS for fr in term.fr for nl in term.nl)
    assert [pair for pair, times in pairs.items() if times > 1] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_name_finds_its_own_term_and_is_translated(lang: Lang) -> None:
    for term in TERMS:
        for name in names(term, lang):
            assert term in SHIPPED.find(words(name, lang), lang), name
            given = translated(SHIPPED, name, lang, other(lang))
            assert set(names(term, other(lang))) <= set(given)


@pytest.mark.parametrize(
    ("french", "dutch"),
    [
        ("Tournai", "Doornik"),
        ("CCPD", "CPDS"),
        ("Val Duchesse", "Hertoginnedal"),
        ("Anvers", "Antwerpen"),
        ("CTE", "FTF"),
        ("traite des êtres humains", "mensenhandel"),
        ("trafic d’êtres humains", "mensensmokkel"),
        ("Royaume-Uni", "Verenigd Koninkrijk"),
    ],
)
def test_names_are_translated_both_ways(french: str, dutch: str) -> None:
    assert dutch in translated(SHIPPED, f"que dit-on de {french} ?", "fr", "nl")
    assert french in translated(SHIPPED, f"wat staat er over {dutch}?", "nl", "fr")


def test_trafficking_and_smuggling_are_not_mixed_up() -> None:
    assert "mensensmokkel" not in SHIPPED.translate(
        words("traite des êtres humains", "fr"), "fr", "nl"
    )
    assert "mensenhandel" not in SHIPPED.translate(
        words("trafic d’êtres humains", "fr"), "fr", "nl"
    )


@pytest.mark.parametrize("question", ["TOURNAI", "tournai", "l’accord de Tournai", "à Tournai ?"])
def test_a_name_is_found_however_it_is_typed(question: str) -> None:
    assert "Doornik" in " ".join(translated(SHIPPED, question, "fr", "nl"))


def test_the_longest_name_at_a_place_wins() -> None:
    short, long = (
        Term(fr=("accord",), nl=("akkoord",)),
        Term(fr=("accord des ports",), nl=("havenakkoord",)),
    )
    glossary = Glossary([short, long])
    assert glossary.find(words("l’accord des ports", "fr"), "fr") == [long]
    assert glossary.find(words("les ports et l’accord", "fr"), "fr") == [short]
    assert glossary.find(words("accord des ports, accord", "fr"), "fr") == [long, short]


def test_a_name_of_two_terms_gives_both_and_each_term_once() -> None:
    one, two = Term(fr=("saisie",), nl=("beslag",)), Term(fr=("saisie",), nl=("invoer",))
    assert translated(Glossary([one, two]), "saisie et saisie", "fr", "nl") == [
        "beslag",
        "invoer",
    ]


def test_within_a_language_the_other_names_are_given() -> None:
    glossary = Glossary([Term(fr=("CCPD", "centre de coopération"), nl=("CPDS",))])
    assert translated(glossary, "le CCPD", "fr", "fr") == [
        "CCPD",
        "centre de coopération",
    ]


@pytest.mark.parametrize("text", ["", "le la les", "xyz", "?"])
def test_a_text_without_a_term_gives_nothing(text: str) -> None:
    assert Glossary(TERMS[:5]).find(words(text, "fr"), "fr") == []
    assert translated(Glossary([]), text, "fr", "nl") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[term]]\nfr = ['a']\n",
        "[[term]]\nfr = []\nnl = ['b']\n",
        "[[term]]\nfr = 'a'\nnl = ['b']\n",
        "[[term]]\nfr = ['a']\nnl = ['b']\nen = ['c']\n",
        "[[term",
    ],
)
def test_a_file_without_its_form_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(IndexingError, match=r"glossary\.toml"):
        load(path)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_shipped_file_says_how_it_is_to_be_reviewed(path: Path) -> None:
    assert "jurist" in path.read_text("utf-8").split("term", 1)[0].splitlines()[0]


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("le plan de mobilité", "fr", "mobiliteit"),  # taken from the same word
        ("des organisateurs", "fr", "organisator"),  # only its stem is one of a term
        ("de dienstfietsen", "nl", "service vélo"),  # made of words that it has
        ("deux vélos", "fr", "fiets"),  # a plural with another stem
        ("toelagen", "nl", "subvention"),
        ("le loyer", "fr", "huur"),
    ],
)
def test_what_a_word_may_be_in_the_other_language_is_likely(
    text: str, lang: Lang, name: str
) -> None:
    assert name in SHIPPED.likely_names(words(text, lang), lang)


def test_of_names_with_one_stem_the_one_that_is_written_so_counts() -> None:
    assert "huur" not in translated(SHIPPED, "la loi", "fr", "nl")
    assert "wet" not in translated(SHIPPED, "le loyer", "fr", "nl")


def test_words_are_found_in_a_text_of_the_other_language_by_what_they_may_be() -> None:
    said = words("le volet migration et la prison", "fr")
    found = SHIPPED.found_in(stems("Asiel en migratie", "nl"), said, "fr")
    assert [said[place].written for place in found] == ["migration"]


@pytest.mark.parametrize(("word", "lang"), [("géant", "fr"), ("va", "fr"), ("gesloten", "nl")])
def test_an_abbreviation_is_no_word_that_has_its_stem(word: str, lang: Lang) -> None:
    short = Term(fr=("gaz", "GES", "VAE"), nl=("gas", "GESL"))
    assert Glossary([short]).find(words(word, lang), lang) == []


@pytest.mark.parametrize("written", ["GES", "ges", "Ges"])
def test_an_abbreviation_is_found_however_it_is_written(written: str) -> None:
    short = Term(fr=("gaz à effet de serre", "GES"), nl=("broeikasgas", "BKG"))
    assert Glossary([short]).find(words(written, "fr"), "fr") == [short]

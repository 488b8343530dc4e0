"""Treaties, constitutions and codes: what they are called, and which text is one of them."""

from __future__ import annotations

import pytest

from sources.anchor import LANGS
from sources.catalogue import Catalogue, common_names
from sources.citing import names_of
from sources.known_works import KnownWork, id_of, known_works, place_of, same_as
from sources.pasted import typed
from sources.references import find
from tests.sources.test_catalogue import source

NAMES = names_of(Catalogue([]))


def _works(text: str) -> list[tuple[str | None, str | None]]:
    return [(r.work, r.portion) for r in find(text, NAMES)]


def test_each_has_a_title_and_names_in_both_languages_that_are_no_ordinary_words() -> None:
    assert len(known_works()) > 50
    for work in known_works().values():
        for lang in LANGS:
            assert work.title[lang]
            assert work.names[lang], work.id
            for name in work.names[lang]:
                assert not name.islower() or " " in name, name
    acts = {n.casefold() for of in common_names().values() for la in LANGS for n in of[la]}
    own = [n.casefold() for w in known_works().values() for n in w.everywhere]
    assert acts.isdisjoint(own)
    assert len(own) == len(set(own))


@pytest.mark.parametrize("work", known_works().values(), ids=lambda w: str(w.id))
def test_each_is_found_by_each_of_its_names(work: KnownWork) -> None:
    for name in work.everywhere:
        assert [(work.id, None)] == _works(f"voir {name} :"), name
        assert (work.id, "art_7") in _works(f"art. 7 {name}")
    for name in work.with_places:
        assert _works(f"voir {name} :") == []
        bare = name.replace(".", "")
        spellings = {name, f"{name} ?", bare, bare.lower() if len(name) > 2 else name}
        for written in spellings:
            assert _works(f"art. 7, § 2, {written}") == [(work.id, "art_7.par_2")], written
        assert _works(f"{name}, art. 7") == [(work.id, "art_7")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("article 45 TFUE", [("celex:12016E", "art_45")]),
        ("TFUE, article 45", [("celex:12016E", "art_45")]),
        ("le TFUE en son article 45", [("celex:12016E", "art_45")]),
        ("het VWEU, in zijn artikel 45", [("celex:12016E", "art_45")]),
        ("les articles 5 et 6 CEDH", [("cedh-evrm", "art_5"), ("cedh-evrm", "art_6")]),
        ("artikel 10 BW", [("be-code-civil", "art_10")]),
        ("art. 1382 oud BW", [("be-ancien-code-civil", "art_1382")]),
        ("article 16 C. pén.", [("be-code-penal", "art_16")]),
        ("RGPD, article 6 CEDH", [("celex:32016R0679", None), ("cedh-evrm", "art_6")]),
        ("article 6 eu égard au règlement", [(None, "art_6")]),
        ("L’article 6 ce texte", [(None, "art_6")]),
        ("artikel 6 en het Handvest", [(None, "art_6")]),
        ("la charte des pêcheurs, article 3", [(None, "art_3")]),
        ("article 3 de la Constitution", [("be-constitution", "art_3")]),
        ("article 3 de la constitution du dossier", [(None, "art_3")]),
        ("Que dit la Charte ?", []),
        ("l’article 5 CE", [("celex:12006E", "art_5")]),
        ("article 8 C", [(None, "art_8c")]),
    ],
)
def test_a_name_beside_a_place_is_its_text(text: str, found: list[tuple[str, str]]) -> None:
    assert _works(text) == found


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:12016E045",
         "celex:12016E@fr#art_45"),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX%3A12012M006&from=NL",
         "celex:12016M@nl#art_6"),
        ("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:12016P/TXT", "12016P/TXT"),
        ("http://data.europa.eu/eli/treaty/tfeu_2016/art_45/oj", "celex:12016E@nl#art_45"),
        ("https://eur-lex.europa.eu/eli/treaty/char_2016/oj", "12016P/TXT"),
    ],
)  # fmt: skip
def test_an_address_of_a_treaty_leads_to_it(link: str, text: str) -> None:
    assert typed(f"Que dit {link} ?") == f"Que dit {text} ?"
    assert typed(typed(link)) == typed(link)
    assert _works(text)[0][0] in known_works()


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/?uri=CELEX:12016E045",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:12016X045",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:12016E/PRO/02",
        "http://data.europa.eu/eli/treaty/moon_2016/art_4/oj",
    ],
)
def test_no_other_address_does(link: str) -> None:
    assert typed(link) == link


def test_a_treaty_is_added_under_its_number() -> None:
    for name in ("12016E/TXT", "celex:12016E/TXT", "12016E", "celex:12016e"):
        assert id_of(name) == "celex:12016E"
    assert [id_of(name) for name in ("12016E045", "jardins")] == ["12016E045", "jardins"]
    assert place_of("32016R0679") is None


@pytest.mark.parametrize(
    ("name", "title", "work"),
    [
        ("celex:12016E", "Traité", "celex:12016E"),
        ("grondwet", "Tekst van 1994", "be-constitution"),
        ("sw", "8 JUIN 1867. - Code pénal (version consolidée)", "be-code-penal"),
        ("codex", "De gecoördineerde Grondwet", "be-constitution"),
        ("tfue", "Version de 2016", "celex:12016E"),
        ("t1", "Version consolidée du traité sur l’Union européenne", "celex:12016M"),
        ("t2", "Geconsolideerde versie van het Verdrag over de Europese Unie", "celex:12016M"),
        ("t3", "Texte coordonné de la Constitution", "be-constitution"),
        ("pecheurs", "Code pénal des pêcheurs", None),
    ],
)
def test_a_text_is_the_work_whose_id_or_title_it_has(
    name: str, title: str, work: str | None
) -> None:
    entry = source(name, kind="document", title={"fr": title, "nl": title})
    assert same_as([entry]) == ({work: name} if work else {})
    if work is None:
        return
    for called in known_works()[work].with_places or known_works()[work].everywhere:
        (found,) = find(f"art. 3 {called}", names_of([entry], {name}))
        assert found.work == name

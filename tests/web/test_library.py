import pytest

from assistant.text_version import version
from assistant.web.library import MOST, documents, mark, search
from sources.anchor import as_lang
from sources.catalogue import Catalogue
from tests.index.fake import source
from tests.web.factory import HOSTILE, WORK, SmallBuild, passage, passages
from tests.web.tree import parse

BUILD = SmallBuild(passages())


def test_words_are_found_without_their_accents() -> None:
    found, count = search(BUILD, "ecluse MEUNIERS", "fr")
    assert count == 1
    assert found[0].anchor.endswith("#1.1")
    assert [t for t, marked in found[0].pieces if marked] == ["meuniers", "écluse"]


def test_a_word_is_found_in_each_of_its_forms() -> None:
    build = SmallBuild([passage("1.1", "La drogue"), passage("1.2", "Les drogues et la politique")])
    for query in ("drogue", "drogues", "Drogues"):
        assert search(build, query, "fr")[1] == 2
    assert search(build, "drogues", "nl")[1] == 1  # a French text on a Dutch page: as written
    assert search(build, "politie", "nl")[1] == 0


def test_a_word_of_the_working_translation_is_found_and_shown_in_its_language() -> None:
    found, _ = search(BUILD, "sluis", "nl")
    assert [(f.anchor[-3:], f.lang, f.working) for f in found] == [("1.1", "nl", True)]
    page = parse(documents(BUILD, Catalogue([]), "nl", frozenset(), "sluis").html)
    assert page.css(".results .tag")[0].text_content() == "Werkvertaling, niet officieel"
    page = parse(documents(BUILD, Catalogue([]), "nl", frozenset(), "farine").html)
    assert page.css(".results .tag") == []


def test_marking_keeps_every_character() -> None:
    text = "L’œuvre, l’écluse — et la sœur."
    assert "".join(t for t, _ in mark(text, {"oeuvre": "oeuvr", "soeur": "soeur"}, "fr")) == text


def test_many_passages_are_counted_and_the_first_are_shown() -> None:
    build = SmallBuild([passage(f"1.{n}", "farine") for n in range(1, 61)])
    found, count = search(build, "farine", "fr")
    assert (len(found), count) == (MOST, 60)


def test_the_version_in_the_language_of_the_page_comes_first() -> None:
    both = SmallBuild([passage("1.1", "Un moulin."), passage("1.1", "Een molen.", lang="nl")])
    for lang, code in (("fr", "@fr"), ("nl", "@nl")):
        page = parse(documents(both, Catalogue([]), lang, frozenset(), "").html)
        assert page.css("[data-do=document]")[0].get("data-anchor").endswith(code)


@pytest.mark.parametrize(
    ("work", "date", "fr", "nl"),
    [
        ("celex:32031L0202", "", "tel que publié, non consolidé", "niet geconsolideerd"),
        (
            "celex:32031L0202",
            "2031-02-03",
            "du 3 février 2031 tel que",
            "van 3 februari 2031 zoals",
        ),
        ("celex:02031L0202-20320401", "", "Version consolidée du 1er avril 2032", "1 april 2032"),
        ("accord-des-moulins-2020", "2020-05-01", "Version du 1er mai 2020", "Versie van 1 mei"),
        ("accord-des-moulins-2020", "", "", ""),
    ],
)
def test_a_reader_is_told_which_version_of_a_text_is_here(
    work: str, date: str, fr: str, nl: str
) -> None:
    for lang, told in (("fr", fr), ("nl", nl)):
        assert told in version(work, date, as_lang(lang))
        assert bool(version(work, date, as_lang(lang))) == bool(told)


def test_the_list_shows_documents_and_escapes_what_was_looked_for() -> None:
    page = parse(documents(BUILD, Catalogue([]), "nl", frozenset(), HOSTILE).html)
    assert page.css("img") == []
    assert page.css("[data-do=document]")[0].get("data-anchor").endswith("@fr")
    assert "Molenakkoord" in page.text_content()


def test_a_cited_text_that_is_not_here_stands_apart_with_the_reason() -> None:
    known = Catalogue([source("digues"), source("ponts")])
    said = {"ponts": "La source officielle n’a pas pu être jointe.", WORK: "Pas en néerlandais."}
    page = parse(documents(BUILD, known, "fr", frozenset(), "", said).html)
    headings = [h.text_content() for h in page.css("h2")]
    assert headings[1:] == [
        "Textes cités, pas encore disponibles ici",
        "Textes connus, pas (encore) disponibles ici",
    ]
    cited, other = page.css(".knowns")
    assert "Texte ponts" in cited.text_content()
    assert "n’a pas pu être jointe" in cited.text_content()
    assert "Texte digues" in other.text_content()
    assert "Pas en néerlandais." in page.css(".list")[0].text_content()


def test_signs_alone_find_nothing() -> None:
    assert search(BUILD, "?! …", "fr") == ([], 0)

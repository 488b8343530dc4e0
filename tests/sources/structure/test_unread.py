"""Lines that look like the heads of articles, and are read as words of the text."""

from __future__ import annotations

import pytest

from sources.formats.file import read_file
from tests.sources.structure.reading import by_portion, read

_TOLD = "numbers of articles in a form that is not known, read as words of the text: "


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Art. 2 nouveau.- Le moulin est fermé.", "Art. 2 nouveau.-"),
        ("Art. 2, a. Le moulin est fermé.", "Art. 2, a."),
        ("Artikel 2 nieuw: De molen is gesloten.", "Artikel 2 nieuw:"),
        ("Art. 2, §1 De molen is gesloten.", "Art. 2, §1"),
    ],
)
def test_the_next_article_is_told_where_words_stand_behind_its_number(
    line: str, number: str
) -> None:
    found = read(f"Art. 1. Le moulin est ouvert.\n\n{line}\n\nArt. 3. La meule tourne.\n")
    assert [*by_portion(found)] == ["art_1", "art_3"]
    assert f"{_TOLD}1 (“{number}”)" in found.warnings


@pytest.mark.parametrize(
    "line",
    [
        "Article 2 du décret du 3 mai 2031. Le moulin en dépend.",  # no head is as long
        "Artikel 2 is niet van toepassing op de molen.",
        "Article 7, a. La meule est d'un autre texte.",  # not the next one
    ],
)
def test_a_sentence_that_names_an_article_is_not_told(line: str) -> None:
    found = read(f"Art. 1. Le moulin est ouvert.\n\n{line}\n\nArt. 3. La meule tourne.\n")
    assert not any(told.startswith(_TOLD) for told in found.warnings)


def test_an_article_of_a_law_without_the_link_that_each_has_is_told() -> None:
    lines = "<a name='Art.4'></a>Art. 4. De molen is open.<br>Art. 5. De meule draait."
    page = f"<html><title>Justel</title><body><div><h2 id='text'></h2>{lines}</div></body></html>"
    found = read_file(page.encode(), work="be:2031099996", lang="nl", name="wet.html")
    assert by_portion(found) == {"art_4": "De molen is open.\nArt. 5. De meule draait."}
    assert f"{_TOLD}1 (“Art. 5.”)" in found.warnings

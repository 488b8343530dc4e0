from __future__ import annotations

import pytest

from sources.anchor import Lang
from sources.errors import ReadError
from sources.formats.file import read_file, sniff
from sources.model import Document
from tests.sources.structure.reading import by_portion

HEAD = "# Règlement des halles\n\n"


def read(text: str, lang: Lang = "fr") -> Document:
    return read_file(text.encode(), work="halles", lang=lang, media_type="text/markdown")


@pytest.mark.parametrize(
    ("name", "media_type", "form"),
    [
        ("halles.md", "", "markdown"),
        ("halles.MARKDOWN", "", "markdown"),
        ("", "text/markdown; charset=utf-8", "markdown"),
        ("halles.txt", "text/plain", "text"),
    ],
)
def test_markdown_is_what_is_said_to_be_it(name: str, media_type: str, form: str) -> None:
    assert sniff(b"**Article 1er.** La halle ouvre.", name, media_type) == form
    assert sniff(b"<!DOCTYPE html><html><p>La halle", name, media_type) == "html"


@pytest.mark.parametrize(
    "opened",
    ["**Art. 2**\n\n", "**Art. 2.** ", "*Art. 2.* ", "__Art. 2.__ ", "## Art. 2\n\n", "Art\\. 2. "],
)
def test_an_article_is_one_however_its_number_is_set(opened: str) -> None:
    found = read(
        f"{HEAD}**Article 1er.** La halle est *publique*.\n\n{opened}Elle ferme le soir.\n"
    )
    assert found.title == "Règlement des halles"
    assert by_portion(found) == {"art_1": "La halle est publique.", "art_2": "Elle ferme le soir."}
    assert found.warnings == ()


@pytest.mark.parametrize("typed", ["111", "123"])
def test_the_numbers_of_a_list_are_those_that_are_shown(typed: str) -> None:
    items = "\n".join(f"{number}. La halle {at}." for at, number in enumerate(typed, 1))
    assert by_portion(read(f"{HEAD}## Art. 5. Halles\n\n{items}\n")) == {
        f"art_5.par_{at}": f"La halle {at}." for at in (1, 2, 3)
    }


def test_a_number_that_a_list_leaps_over_stays_as_it_is_typed() -> None:
    found = read(f"{HEAD}1. Les étals\n\n4. Les quais\n5. Les grues\n")
    assert [p.anchor.portion for p in found.passages] == ["pnt_1", "pnt_4", "pnt_5"]


def test_a_line_with_a_number_of_its_own_is_a_paragraph_and_another_one_goes_on() -> None:
    found = read(f"{HEAD}**Art. 3.** § 1er. Le prix est\nde 5 euros.\n*§ 2.* Il est\nindexé.\n")
    assert by_portion(found) == {
        "art_3.par_1": "Le prix est de 5 euros.",
        "art_3.par_2": "Il est indexé.",
    }


def test_tables_struck_words_and_pictures_are_read_as_on_a_page() -> None:
    found = read(
        f"{HEAD}Art. 6. Le prix ~~est de 4~~ est :\n\n| Halle | Prix |\n|---|--:|\n| Nord | |\n"
        "\n![plan](p.png) Voir le plan.\n"
    )
    assert found.passages[0].text == "Le prix est :\nHalle | Prix\nNord |\nVoir le plan."
    assert found.warnings == ("left out, struck out: 1 place, 3 words (“est de 4”)",)
    assert [doubt.nl.split()[1] for doubt in found.passages[0].doubts] == ["die", "afbeelding"]


@pytest.mark.parametrize(
    "sign", ["gratuite[^1]", "libre {#libre}", "de 10^3^ m", "à H~2~O", "==publique=="]
)
def test_signs_of_other_kinds_of_markdown_are_told(sign: str) -> None:
    found = read(f"{HEAD}Art. 7. La halle est {sign}.\n\n[^1]: Gratuit.\n")
    assert sign in found.passages[0].text
    words = (found.passages[0].text, *found.passages[0].notes)
    assert words[-1].endswith("Gratuit.")  # no target of a link
    assert any(w.startswith("signs of Markdown that are read as words") for w in found.warnings)


def test_the_head_of_a_file_is_left_out_and_told() -> None:
    found = read(
        f"---\ntitle: Halles\ndate: 2032-05-04\n---\n\n{HEAD}Art. 8. La halle est close.\n"
    )
    assert found.title == "Règlement des halles"
    assert by_portion(found) == {"art_8": "La halle est close."}
    assert found.warnings == (
        "left out, head of the file (YAML): 1 place, 4 words (“title: Halles date: 2032-05-04”)",
    )


def test_words_within_many_quotations_are_read_or_the_file_is_refused() -> None:
    assert by_portion(read(f"{HEAD}{'> ' * 60}La halle est close.\n")) == {
        "par_1": "La halle est close."
    }
    for deep in (300, 1000):
        with pytest.raises(ReadError, match="beyond what can be read"):
            read(f"{HEAD}{'> ' * deep}La halle est close.\n")


def test_boxes_of_items_are_shown_as_boxes() -> None:
    found = read(f"{HEAD}Il faut :\n\n- [x] la **clé**\n- [ ] le sac\n- [y] rien\n\n1. [X] fin\n")
    assert list(by_portion(found).values())[1:] == ["☑ la clé", "☐ le sac", "[y] rien", "☑ fin"]


@pytest.mark.parametrize("sign", ["::: note", "\\newpage", ": Un sac de sel."])
def test_signs_of_pandoc_that_head_lines_are_told(sign: str) -> None:
    found = read(f"{HEAD}Sel\n\n{sign}\n\nLe sel est gris : il est gros.\n")
    assert any("signs of Markdown that are read as words: 1" in told for told in found.warnings)


def test_what_a_text_sets_aside_is_text() -> None:
    found = read(f"{HEAD}<aside>\nLe sac est fermé.\n\n</aside>\n\nLe sel est gris.\n")
    assert list(by_portion(found).values()) == ["Le sac est fermé.", "Le sel est gris."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_reads_alike_with_the_line_ends_of_any_system(end: str) -> None:
    text = f"---\ntitle: Halles\n---\n{HEAD}- [x] La halle\n\n1. Les étals\n2. Les quais\n"
    found = read(text.replace("\n", end))
    assert found.title == "Règlement des halles"
    assert by_portion(found) == {"blt_1": "☑ La halle", "pnt_1": "Les étals", "pnt_2": "Les quais"}
    assert len(found.warnings) == 1

from __future__ import annotations

import pytest

from sources.formats.html.reader import read_html
from sources.model import Document
from sources.structure.document import MIXED, document
from sources.structure.signs import ODD
from tests.sources.structure.reading import by_portion, read


def page(body: str) -> Document:
    data = f"<html lang='fr'><meta charset='utf-8'><body>{body}</body></html>".encode()
    return document(read_html(data), work="plan", lang="fr")


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>Art. 1er. Le four est ouvert.</li><li>Art. 2. Le pain est pesé.</li></ul>",
        "<table><tr><td>Art. 1er</td><td>Le four est ouvert.</td></tr>"
        "<tr><td>Art. 2</td><td>Le pain est pesé.</td></tr></table>",
    ],
)
def test_articles_in_lists_and_beside_their_numbers_are_articles(body: str) -> None:
    found = page(f"<h1>Règlement du four</h1>{body}")
    assert by_portion(found) == {"art_1": "Le four est ouvert.", "art_2": "Le pain est pesé."}
    assert not found.warnings


def test_articles_beside_their_titles_are_articles_below_these() -> None:
    rows = "".join(
        f"<tr><td><b>Art. {n}</b><br>{title}</td><td>{words}</td></tr>"
        for n, title, words in (
            (1, "Objet", "Le four est ouvert."),
            (2, "Poids", "Le pain est pesé."),
        )
    )
    found = page(f"<h1>Règlement du four</h1><table>{rows}</table>")
    assert [(p.anchor.portion, p.headings, p.text, p.lead) for p in found.passages] == [
        ("art_1", ("Art. 1 Objet",), "Le four est ouvert.", ""),
        ("art_2", ("Art. 2 Poids",), "Le pain est pesé.", ""),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("Art. 1 Objet", "Supprimé"), ("Art. 2 Poids", "Maintenu")],  # what is said of articles
        [("Art. 1 Le four est clos.", "Il ouvre."), ("Art. 2 Le pain est pesé.", "Il est dur.")],
    ],
)
def test_a_table_that_tells_of_articles_or_compares_them_stays_a_table(
    rows: list[tuple[str, str]],
) -> None:
    cells = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in rows)
    found = by_portion(page(f"<p>Les règles du four.</p><table>{cells}</table>"))
    assert not any(portion.startswith("art") for portion in found)


def test_paragraphs_in_the_cell_beside_a_number_are_parted() -> None:
    rows = (
        "<table><tr><td>Art. 1er</td><td>Le four est ouvert.</td></tr>"
        "<tr><td>Art. 2</td><td>§ 1er. Le pain est pesé. § 2. Il est cuit selon le § 1er.</td></tr>"
        "</table>"
    )
    found = by_portion(page(f"<h1>Règlement du four</h1>{rows}"))
    assert found["art_2.par_1"] == "Le pain est pesé."
    assert found["art_2.par_2"] == "Il est cuit selon le § 1er."


def test_a_table_of_what_holds_for_articles_of_the_text_stays_a_table() -> None:
    found = page(
        "<p>Art. 1er. Le four est ouvert.</p><p>Art. 2. Le pain est pesé.</p>"
        "<table><tr><td>Art. 1er</td><td>5 euros</td></tr>"
        "<tr><td>Art. 2</td><td>7 euros</td></tr></table>"
    )
    assert by_portion(found)["art_2"].endswith("Art. 1er | 5 euros\nArt. 2 | 7 euros")


def test_a_table_of_correspondence_stays_a_table() -> None:
    rows = "".join(f"<tr><td>Art. {n}</td><td>Art. {n + 4}</td></tr>" for n in (1, 2, 3))
    found = by_portion(page(f"<p>Les numéros changent.</p><table>{rows}</table>"))
    assert not any(portion.startswith("art") for portion in found)
    assert "Art. 1 | Art. 5" in " ".join(found.values())


def test_numbers_of_articles_that_do_not_count_on_stay_items_and_are_told() -> None:
    found = page("<p>Le four.</p><ul><li>Art. 4. Abrogé.</li><li>Art. 9. Abrogé.</li></ul>")
    assert not any(portion.startswith("art") for portion in by_portion(found))
    assert any(told.startswith("numbers of articles in a list") for told in found.warnings)


def test_an_annex_has_its_title_behind_a_colon_and_what_a_letter_encloses_is_none() -> None:
    text = "Règlement\n\nArticle 1er. Le four est ouvert.\n\nAnnexe : les prix\n\n"
    assert by_portion(read(f"{text}Le pain coûte 3 euros."))["anx_1.par_1"]
    assert set(by_portion(read(text))) == {"art_1"}


def test_the_number_of_the_next_article_in_brackets_is_told() -> None:
    found = read("Article 1er. Le four est ouvert.\n\n(Art. 2) Le pain est pesé.\n")
    assert any("in brackets" in told for told in found.warnings)


def test_a_line_with_the_sign_of_a_note_that_nothing_calls_is_told() -> None:
    found = read("Article 1er. Le four est ouvert.\n\n† Sauf en mai.\n")
    assert any("sign of a note" in told for told in found.warnings)


def test_notes_on_lines_below_each_other_go_each_to_its_call() -> None:
    found = read(
        "Règlement\n\nArticle 1er. Le four coûte 5 euros (*).\n\n"
        "Art. 2. Le pain est pesé †.\n\n(*) Hors taxes.\n† Sauf en mai.\n"
    )
    assert [p.notes for p in found.passages] == [("(*) Hors taxes.",), ("† Sauf en mai.",)]


def test_short_articles_in_both_languages_are_doubted() -> None:
    found = read(
        "Article 1er. Le four est ouvert. / De oven is open voor het dorp.\n\n"
        "Art. 2. La taxe est de 5 euros. De taks is 5 euro.\n\nArt. 3. Le pain est pesé.\n"
    )
    assert [MIXED in p.doubts for p in found.passages] == [True, True, False]


def test_letters_of_another_alphabet_in_latin_words_are_doubted_and_told() -> None:
    found = read("Article 1er. Le four est ouvert.\n\n\u0410rt. 2. Le pain est pesé.\n")
    assert ODD in found.passages[-1].doubts
    assert any("another alphabet" in told for told in found.warnings)


def test_the_number_of_an_article_stands_on_the_line_below_its_name() -> None:
    found = page("<p>Art. 1er. Le four.</p><p>Art.<br>2. Le pain est pesé.</p>")
    assert by_portion(found)["art_2"] == "Le pain est pesé."


def test_columns_of_a_layout_table_beside_articles_are_told() -> None:
    found = page(
        "<table><tr><td><p>Art. 1er. Le four.</p><p>Art. 2. Le pain.</p></td>"
        "<td>Agenda<br>3 mai : foire</td></tr></table>"
    )
    told = "cells beside articles, read above or below them: 1 (“Agenda 3 mai : foire”)"
    assert told in found.warnings


def test_articles_beside_remarks_stay_rows_and_are_told() -> None:
    rows = (
        ("Texte", "Commentaire"),
        ("Art. 1. Le four est ouvert.", "Il ferme le lundi."),
        ("Art. 2. Le pain est pesé.", ""),
    )
    cells = "".join(f"<tr><td>{text}</td><td>{remark}</td></tr>" for text, remark in rows)
    found = page(f"<h1>Règlement du four</h1><table>{cells}</table>")
    assert by_portion(found)["tab_1.row_2"] == " | ".join(rows[1])
    assert any("numbers of articles" in warning for warning in found.warnings)


def test_articles_of_other_texts_in_a_table_are_not_told() -> None:
    rows = "<tr><td>Art. 5. Le bois.</td><td>Payer.</td></tr><tr><td>Eau.</td><td>Rien.</td></tr>"
    assert not page(f"<h1>Règlement du four</h1><table>{rows}</table>").warnings


def test_a_star_below_a_table_is_the_note_of_the_only_word_that_calls_it() -> None:
    table = "Prix\n\n| Pain* | 5 sous |\n| Sel | 6 sous |\n\n"
    found = read(f"{table}* de seigle\n")
    assert {p.text: p.notes for p in found.passages}["Pain* | 5 sous"] == ("* de seigle",)
    assert (
        "Le sel est gris." in by_portion(read(f"{table}* Le sel est gris.\n* Le pain.\n")).values()
    )


def test_a_star_that_several_words_call_is_told() -> None:
    found = read("Prix\n\n| Pain* | 5 sous |\n| Sel* | 6 sous |\n\n* au marché\n")
    assert any("sign of a note" in told and "au marché" in told for told in found.warnings)

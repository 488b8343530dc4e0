"""What ends a list, an article and the grounds of a judgment, where no markup says so."""

from __future__ import annotations

import pytest

from sources.anchor import Lang
from sources.model import Document
from sources.pinpoints import find
from sources.structure.blocks import BY_TYPE, Block, Role
from sources.structure.document import Content, document
from tests.sources.structure.reading import by_portion, read


def headings(found: Document) -> dict[str, tuple[str, ...]]:
    return {passage.anchor.portion: passage.headings for passage in found.passages}


@pytest.mark.parametrize(
    ("lang", "formula", "ground"),
    [
        ("fr", "PAR CES MOTIFS,", "1. La plainte porte sur le bruit du moulin."),
        ("nl", "Om deze redenen:", "1. De klacht gaat over het lawaai van de molen."),
        ("nl", "OP DEZE GRONDEN,", "De klacht gaat over het lawaai van de molen."),
        ("nl", "OM DIE REDENEN", "De klacht gaat over het lawaai van de molen."),
    ],
)
def test_what_a_court_decides_stands_in_none_of_its_grounds(
    lang: Lang, formula: str, ground: str
) -> None:
    grounds = f"I. Feiten\n\n{ground}\n\nII. Recht\n\nDat is zo.\n\n"
    found = read(f"Vonnis\n\n{grounds}{formula}\n\nDe rechtbank wijst de klacht af.\n", lang)
    heads = [("I. Feiten",), ("II. Recht",), (formula.rstrip(",: "),)]
    assert list(headings(found).values()) == heads
    assert list(headings(found))[-1] == "hdg_1.par_1"


def test_words_behind_the_formula_of_a_judgment_stay_with_it() -> None:
    for formula in ("PAR CES MOTIFS, la cour rejette la plainte.", "Par ces motifs, la cour dit :"):
        found = read(f"Arrêt\n\n1. Le moulin tourne.\n\n{formula}\n\nIl est clos.\n")
        assert by_portion(found)["par_1"] == formula


def test_reasons_that_a_sentence_speaks_of_decide_nothing() -> None:
    text = "Plan\n\n1. Le moulin tourne.\n\nPour ces motifs, le moulin est classé.\n"
    assert headings(read(text))["pnt_1.par_2"] == ()


def test_points_and_sections_go_on_below_an_article_that_one_of_them_holds() -> None:
    text = (
        "Séance du conseil\n\nPoint 1. Le moulin\nLe conseil décide :\nArticle 1er. Il est loué.\n"
        "Article 2. Le bail dure un an.\nPoint 2. Le four\nLe four est éteint.\n"
    )
    found = read(text)
    assert by_portion(found) == {
        "pnt_1": "Le moulin",
        "pnt_1.par_2": "Le conseil décide :",
        "art_1": "Il est loué.",
        "art_2": "Le bail dure un an.",
        "pnt_2": "Le four",
        "pnt_2.par_2": "Le four est éteint.",
    }


def test_a_heading_in_capitals_above_the_next_point_ends_the_article() -> None:
    text = (
        "Séance\n\nSÉANCE PUBLIQUE\n\nPoint 1. Le moulin\nArticle 1er. Il est loué.\n\n"
        "HUIS CLOS\n\nPoint 2. Le four\nLe four est éteint.\n"
    )
    assert headings(read(text))["hdg_2.pnt_2"] == ("HUIS CLOS",)


def test_a_section_goes_on_below_an_article_without_another_one_below_it() -> None:
    text = (
        "Advies\n\nI. Algemeen\n\nDe raad is akkoord.\n\nII. Per artikel\n\nArtikel 4\n\n"
        "De term is te kort.\n\nIII. Besluit\n\nDe raad keurt het goed.\n"
    )
    found = read(text, "nl")
    assert by_portion(found)["art_4"] == "De term is te kort."
    assert headings(found)["sec_III.par_1"] == ("III. Besluit",)


def test_numbers_that_an_article_counts_itself_are_its_own() -> None:
    text = (
        "Règlement\n\n1. Le moulin\n\nArticle 1er. Le moulin a trois parties :\n\n1. La roue\n\n"
        "2. La meule\n\nElle est en pierre.\n"
    )
    assert "art_1.pnt_2" in by_portion(read(text))


def test_a_line_above_a_list_that_begins_again_heads_it() -> None:
    text = (
        "Question du 3 mai 2031\n\n1. Où est le moulin ?\n\n2. Qui le loue ?\n\n"
        "Réponse du ministre\n\n1. Il est à Spa.\n\n2. La ville le loue.\n"
    )
    found = read(text)
    assert headings(found)["hdg_1.pnt_2"] == ("Réponse du ministre",)
    assert by_portion(found)["hdg_1.pnt_1"] == "Il est à Spa."


def test_a_line_that_introduces_a_list_that_begins_again_is_none_of_the_last_point() -> None:
    text = (
        "Vraag\n\n1. Waar is de molen?\n\n2. Wie huurt hem?\n\nAntwoord van de h. J. Maes:\n\n"
        "1. Hij is in Spa.\n\n2. De stad huurt hem.\n"
    )
    found = {passage.anchor.portion: passage for passage in read(text, "nl").passages}
    assert found["par_1"].text == "Antwoord van de h. J. Maes:"
    assert found["pnt_1(2)"].lead == "Antwoord van de h. J. Maes:"


def test_a_list_of_one_item_begins_again_too() -> None:
    text = "Vraag\n\n1. Waar is de molen?\n\nAntwoord:\n\n1. Hij is in Spa.\n"
    assert list(by_portion(read(text, "nl"))) == ["pnt_1", "par_1", "pnt_1(2)"]


def test_a_sentence_below_a_point_stays_with_it_though_a_list_begins_again() -> None:
    text = (
        "Plan\n\n1. La roue.\n\n2. La meule.\n\nElle est en pierre.\n\n1. Le four.\n\n2. Le bois.\n"
    )
    assert by_portion(read(text))["pnt_2.par_2"] == "Elle est en pierre."


@pytest.mark.parametrize(
    "names",
    [
        "Par le conseil :\n\nLe directeur,\n\nA. Prévot\n",
        "Le bourgmestre,\n\nA. Prévot\n",
        "Approuvé en séance publique du 3 mai 2031.\n",
        "PAR LE CONSEIL :\n\n(s) A. Prévot\n\nPour copie conforme :\n\nLe directeur,\n",
        "Op bevel:\n\nDe directeur\n\nA. Prévot\n",
        "D’ordre du collège :\n\nLe directeur\n\nA. Prévot\n",
        "Namens de raad,\n\nDe directeur\n\nA. Prévot\n\nANNEXE\n\nLa clé est au bureau.\n",
    ],
)
def test_names_below_the_last_article_are_none_of_its_words(names: str) -> None:
    text = f"Règlement\n\nArticle 1er. Le moulin est loué.\n\nArticle 2. Il tourne.\n\n{names}"
    found = by_portion(read(text))
    assert found["art_2"] == "Il tourne."
    assert found["fnp.par_1"] == names.partition("\n")[0]


@pytest.mark.parametrize(
    "words",
    ["Sont admis, le jour,\n\nles ânes\n", "Sont admis :\n\nAnes\n\nMulets\n", "Le meunier,\n"],
)
def test_other_lines_at_the_end_of_the_last_article_are_its_words(words: str) -> None:
    text = f"Règlement\n\nArticle 1er. Le moulin est loué.\n\nArticle 2. Il tourne.\n\n{words}"
    assert by_portion(read(text))["art_2"].endswith(words.split("\n")[-2])


def test_a_table_below_the_last_article_is_told_with_the_line_above_it() -> None:
    text = (
        "Règlement\n\nArticle 1er. Le moulin est loué.\n\nArticle 2. Il tourne.\n\n"
        "Tarif des sacs\n\n| Sac | Prix |\n| petit | 2 |\n| grand | 4 |\n"
    )
    told = "a table below the last article, read as its text with the line above"
    assert f"{told}: 1 (“Tarif des sacs”)" in read(text).warnings


def test_the_first_item_on_the_line_of_its_point_is_one_of_its_list() -> None:
    found = by_portion(read("Note\n\n1) Le four.\n2) a) Le bois.\nb) Le sel.\n3) La clé.\n"))
    assert found == {
        "pnt_1": "Le four.",
        "pnt_2.pnt_a": "Le bois.",
        "pnt_2.pnt_b": "Le sel.",
        "pnt_3": "La clé.",
    }
    assert by_portion(read("Note\n\n1) Le four.\n2) a) Le bois.\n"))["pnt_2"] == "a) Le bois."


def test_heads_of_columns_in_two_rows_stand_with_each_row_below() -> None:
    rows = ("Lieu | Prix | Prix | Avis", "Lieu | Jour | Nuit |", "Spa | 5 | 6 |", "Ath | 7 | 8 |")
    found = read("Note\n\n" + "\n".join(f"| {row} |" for row in rows) + "\n").passages
    lead = "Lieu | Prix – Jour | Prix – Nuit | Avis"
    assert [passage.lead for passage in found[2:]] == [lead] * 2


def test_a_row_with_a_sentence_heads_no_columns() -> None:
    rows = ("Public | Les habitants de la rue du Moulin et du quai.", "Prix | Deux euros par sac.")
    found = read("Note\n\n" + "\n".join(f"| {row} |" for row in rows) + "\n").passages
    assert [passage.lead for passage in found] == ["", ""]


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_numbers_that_begin_with_that_of_their_article_are_its_paragraphs(lang: Lang) -> None:
    found = read(
        "Bail du moulin\n\nArticle 2. Durée\n\n2.1. Le bail dure un an.\n\n"
        "Article 3. Loyer\n\n3.1. Le loyer est de dix sous.\n\n3.2. En cas de retard :\n\n"
        "a) un sou est dû ;\n\nb) le bail prend fin.\n\n3.3. Le loyer est revu chaque an.\n",
        lang,
    )
    assert by_portion(found) == {
        "art_2.par_1": "Le bail dure un an.",
        "art_3.par_1": "Le loyer est de dix sous.",
        "art_3.par_2": "En cas de retard :\na) un sou est dû ;\nb) le bail prend fin.",
        "art_3.par_3": "Le loyer est revu chaque an.",
    }
    cited = found.passages[2].locator
    assert (cited.fr, cited.nl) == ("art. 3, § 3.2", "art. 3, lid 3.2")
    for words in (f"article 3.2 et {cited.fr}", f"artikel 3.2 en {cited.nl}"):
        assert all("art_3.par_2" in place.readings for place in find(words))


def test_a_decimal_number_in_an_article_with_another_number_is_text() -> None:
    found = read("Bail\n\nArticle 2. Prix\n\nLe prix est de\n\n3.1. Voir ce tarif.\n")
    assert by_portion(found) == {"art_2": "Le prix est de\n3.1. Voir ce tarif."}


def test_a_list_counts_on_below_a_heading_without_a_number() -> None:
    head = {"role": Role.HEADING, "level": BY_TYPE}
    blocks = [
        Block("Ordre du jour", Role.TITLE),
        Block("SÉANCE PUBLIQUE", **head),
        Block("1. Comptes du moulin"),
        Block("2. Réparation de la roue"),
        Block("HUIS CLOS", **head),
        Block("3. Choix d’un meunier"),
        Block("Les pièces sont au greffe dès lundi."),
    ]
    found = document(Content(blocks), work="plan", lang="fr")
    assert by_portion(found)["hdg_2.pnt_3"] == "Choix d’un meunier"


def test_the_points_of_an_agenda_count_through_its_parts() -> None:
    found = read(
        "Ordre du jour du conseil\n\nSÉANCE PUBLIQUE\n\n1. Procès-verbal - approbation\n\n"
        "2. Quai du sel - éclairage\n\n3. Halle - règlement\n\nSÉANCE À HUIS CLOS\n\n"
        "4. Personnel - désignation du maître du port\n\nAth, le 3 mai 2031\n"
    )
    assert {"hdg_2.pnt_4", "hdg_1.pnt_3"} <= by_portion(found).keys()
    assert found.passages[-1].headings == ("SÉANCE À HUIS CLOS",)


def test_articles_in_parts_of_a_number_count_on_without_a_sign_behind_it() -> None:
    found = read(
        "Reglement op de vijvers\n\nHOOFDSTUK 1. Algemeen\n\n"
        "Artikel 1.1 Varen mag overdag.\n\nArtikel 1.2 Artikel 1.1 geldt niet voor roeiboten.\n\n"
        "Artikel 1.2bis De brandweer vaart altijd.\n\nHOOFDSTUK 2. Straffen\n\n"
        "Artikel 2.1 De boete bedraagt 50 euro.\n",
        "nl",
    )
    assert list(by_portion(found)) == ["art_1.1", "art_1.2", "art_1.2bis", "art_2.1"]


def test_an_article_goes_on_in_the_next_chapter_without_a_sign_behind_its_number() -> None:
    found = read(
        "Règlement des étangs\n\nCHAPITRE 1. Général\n\nArticle 1 Le bac est public.\n\n"
        "Article 2 Le quai est fermé.\n\nCHAPITRE 2. Peines\n\nArticle 3 La nage est interdite.\n"
    )
    assert by_portion(found)["art_3"] == "La nage est interdite."


def test_a_point_that_was_inserted_is_one_of_its_list() -> None:
    found = read(
        "Règlement\n\nArt. 1. Sont admis :\n\n1° les bacs ;\n\n1°bis les barques ;\n\n"
        "1°/1 les canots ;\n\n2° les radeaux.\n"
    )
    assert list(by_portion(found))[1:] == [
        "art_1.pnt_1", "art_1.pnt_1bis", "art_1.pnt_1-1", "art_1.pnt_2",
    ]  # fmt: skip


def test_articles_that_one_line_numbers_together_are_one() -> None:
    found = read("Code\n\nArt. 1. Le bac.\n\nArtt. 2-3. (réservés)\n\nArt. 4. Le quai.\n")
    assert list(by_portion(found)) == ["art_1", "art_2-3", "art_4"]


def test_a_first_article_whose_figure_is_read_as_a_letter_is_the_first_one() -> None:
    found = read(
        "Règlement\n\nArticle ler. § ler. Le bac part.\n\n§ 2. Il revient.\n\nArt. 2. Fin.\n"
    )
    assert list(by_portion(found)) == ["art_1.par_1", "art_1.par_2", "art_2"]


def test_the_next_object_of_an_agenda_is_none_of_the_articles_of_the_one_before() -> None:
    found = read(
        "Procès-verbal\n\n1er objet : Tracteur\n\nArt. 1. Il est acheté.\n\n"
        "2e objet : Motion\n\nElle est reportée.\n"
    )
    texts = by_portion(found)
    assert texts["art_1"] == "Il est acheté."
    assert texts["pnt_2"] == "Motion"


def test_what_goes_on_below_a_point_is_of_that_point_and_the_next_one_is_not() -> None:
    found = read(
        "Ordre du jour\n\n1.  Procès-verbal du 3 mars\n2.  Voirie\n    2.1.  Rue du Four\n"
        "          Le point est reporté.\n    2.2.  Rue Haute\n3.  Divers\n    a.  Fête\n"
    )
    assert by_portion(found) == {
        "pnt_1": "Procès-verbal du 3 mars",
        "pnt_2": "Voirie",
        "pnt_2.1": "Rue du Four",
        "pnt_2.1.par_2": "Le point est reporté.",
        "pnt_2.2": "Rue Haute",
        "pnt_3": "Divers",
        "pnt_3.pnt_a": "Fête",
    }


@pytest.mark.parametrize(
    ("lang", "first", "decides"),
    [
        ("fr", "La demande porte sur le moulin.", "Par ces motifs, la Cour dit pour droit :"),
        ("nl", "Het verzoek gaat over de molen.", "Het Hof (Derde kamer) verklaart voor recht:"),
    ],
)
def test_numbers_without_a_sign_count_the_paragraphs_of_a_judgment(
    lang: Lang, first: str, decides: str
) -> None:
    numbered = [f"{n}        {first}" for n in range(1, 5)]
    ruling = "« Le moulin tourne. »"
    found = by_portion(read("\n\n".join(["Arrêt", *numbered, decides, ruling]), lang))
    assert found == {f"pnt_{n}": first for n in range(1, 5)} | {"par_1": decides, "par_2": ruling}


def test_numbers_without_a_sign_that_begin_again_in_each_article_stay_as_they_are() -> None:
    paragraphs = [f"{n} Le moulin tourne la nuit." for n in range(1, 5)]
    text = "\n\n".join(["Loi", "Article 1", *paragraphs[:2], "Article 2", *paragraphs])
    found = by_portion(read(text))
    assert found == {"art_1": "\n".join(paragraphs[:2]), "art_2": "\n".join(paragraphs)}


def test_numbered_notes_below_a_text_are_no_paragraphs_of_it() -> None:
    text = "Le moulin tourne le jour et la nuit, en toute saison, quel que soit le vent.\n\n" * 3
    notes = "\n\n".join(f"{n} Le meunier l’a dit." for n in range(1, 5))
    assert list(by_portion(read(f"Note\n\n{text}{notes}\n"))) == [f"par_{n}" for n in range(1, 8)]


def test_items_within_items_of_an_article_stand_deeper_though_their_sign_is_the_same() -> None:
    blocks = [Block("Note"), Block("Article 1. Le bac :"), Block("• part ;", depth=1)]
    blocks += [
        Block("• attend :", depth=1),
        Block("• le char ;", depth=2),
        Block("Article 2. Fin."),
    ]
    found = document(Content(blocks), work="bac", lang="fr")
    assert by_portion(found)["art_1"] == "Le bac :\n• part ;\n• attend :\n◦ le char ;"


def test_offices_in_a_row_below_in_whose_name_it_is_sign_a_text() -> None:
    blocks = [Block("Besluit"), Block("Artikel 1. Het veer vaart."), Block("Artikel 2. Het keert."),
              Block("Namens de raad,"), Block("de directeur, | de burgemeester,", Role.ROW, 1),
              Block("A. Nef | B. Kaai", Role.ROW)]  # fmt: skip
    found = by_portion(document(Content(blocks), work="veer", lang="nl"))
    assert (found["art_2"], found["fnp.par_1"]) == ("Het keert.", "Namens de raad,")


def test_a_line_in_capitals_above_articles_below_the_final_formula_heads_another_text() -> None:
    found = read(
        "Traité\n\nARTICLE I\n\nLe pont est commun.\n\nARTICLE II\n\nIl dure.\n\n"
        "Fait à Ath, le 3 mai 2031.\n\nA. NEF\n\nPROTOCOLE SUR LES BACS\n\n"
        "ARTICLE I\n\nLe bac part.\n\nARTICLE II\n\nIl va.\n\nRÉSERVES\n\nAth paie moins.\n"
    )
    assert headings(found)["art_I(2)"] == ("PROTOCOLE SUR LES BACS", "ARTICLE I")
    assert by_portion(found)["fnp.par_2"] == "A. NEF"
    assert any("articles begin again at 1" in told for told in found.warnings)
    assert "lines in capitals, read as words of the last article: 1 (“RÉSERVES”)" in found.warnings


@pytest.mark.parametrize("below", ["Le quai ferme.", "– le quai ;\n\nFin."])
def test_the_first_line_of_a_text_has_no_line_above_it(below: str) -> None:
    found = by_portion(read(f"Article 1. Ath, le 3 mai 2031.\n\n{below}"))
    assert found == {"art_1": "Ath, le 3 mai 2031.\n" + below.replace("\n\n", "\n")}

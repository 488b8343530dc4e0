from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.anchor import Anchor, Lang
from sources.errors import ReadError
from sources.formats.file import read_file
from sources.locator import locator, steps_of
from sources.model import Document, Kind
from sources.structure.blocks import Block, Role, clean
from sources.structure.division import PARTED
from sources.structure.document import BEFORE, Content, document
from sources.structure.signs import FIGURES
from tests.sources.structure.reading import by_portion, read

CORPUS = Path(os.environ.get("DUCHESSE_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))


def made(blocks: list[Block]) -> Document:
    return document(Content(blocks), work="x", lang="fr")


PLAN = """Plan d’action du 5 mai 2023 pour les patrouilles mixtes

Les deux pays conviennent de ce qui suit.

I. Contexte

La coopération entre les deux pays est ancienne. Elle s’est déve-
loppée depuis 1995.

1. Objectifs

Les autorités poursuivent ces objectifs :
- renforcer la présence ;
- partager les informations :
   o sur les personnes ;
   o sur les véhicules ;
- évaluer.

Un bilan est fait chaque année.

2. Moyens

2.1 Effectifs

Dix agents sont affectés.

II. Suivi

1. Le comité se réunit chaque année. Il adopte un rapport.

Le rapport est public.

2. Le comité peut inviter des experts.
"""

AGREEMENT = """Accord entre deux pays voisins

CHAPITRE PREMIER
Dispositions générales

Article premier
Définitions

Aux fins du présent accord, on entend par :
1. «agent» : toute personne ;
2. «zone» : la zone frontalière.

Article 2 - Objet

1. Les parties coopèrent.
2. Elles le font :
a) par des patrouilles ;
b) par des échanges.
3. Elles informent.

CHAPITRE II

Art. 3. § 1er. Les agents portent l’uniforme.
§ 2. Ils portent leur arme :
1. de service ;
2. d’apparat.

Art. 4. Le présent accord entre en vigueur le 1er juin.

Fait à Bruxelles, le 5 mai 2023.

ANNEXE I
Unités

Article 1er

Les unités sont nommées ici.
"""


def test_sections_points_bullets_and_paragraphs_are_passages_with_portions_from_numbers() -> None:
    assert by_portion(read(PLAN)) == {
        "par_1": "Les deux pays conviennent de ce qui suit.",
        "sec_I.par_1": "La coopération entre les deux pays est ancienne. Elle s’est développée "
        "depuis 1995.",
        "sec_I.1.par_1": "Les autorités poursuivent ces objectifs :",
        "sec_I.1.blt_1": "renforcer la présence ;",
        "sec_I.1.blt_2": "partager les informations :\n"
        "– sur les personnes ;\n– sur les véhicules ;",
        "sec_I.1.blt_3": "évaluer.",
        "sec_I.1.par_2": "Un bilan est fait chaque année.",
        "sec_I.2.1.par_1": "Dix agents sont affectés.",
        "sec_II.pnt_1": "Le comité se réunit chaque année. Il adopte un rapport.",
        "sec_II.pnt_1.par_2": "Le rapport est public.",
        "sec_II.pnt_2": "Le comité peut inviter des experts.",
    }


def test_title_date_headings_lead_and_locators_come_with_the_passages() -> None:
    plan = read(PLAN)
    bullet = next(p for p in plan.passages if p.anchor.portion == "sec_I.1.blt_3")
    assert (plan.title, plan.date) == (
        "Plan d’action du 5 mai 2023 pour les patrouilles mixtes",
        "2023-05-05",
    )
    assert (bullet.kind, bullet.lead) == (Kind.BULLET, "Les autorités poursuivent ces objectifs :")
    assert bullet.headings == ("I. Contexte", "1. Objectifs")
    assert (bullet.locator.fr, bullet.locator.nl) == (
        "section I.1, 3e tiret",
        "afdeling I.1, 3e streepje",
    )


def test_articles_are_whole_or_by_paragraph_and_restart_only_in_an_annex() -> None:
    agreement = read(AGREEMENT)
    assert by_portion(agreement) == {
        "art_1": "Aux fins du présent accord, on entend par :",
        "art_1.pnt_1": "«agent» : toute personne ;",
        "art_1.pnt_2": "«zone» : la zone frontalière.",
        "art_2.par_1": "Les parties coopèrent.",
        "art_2.par_2": "Elles le font :\na) par des patrouilles ;\nb) par des échanges.",
        "art_2.par_3": "Elles informent.",
        "art_3.par_1": "Les agents portent l’uniforme.",
        "art_3.par_2": "Ils portent leur arme :\n1. de service ;\n2. d’apparat.",
        "art_4": "Le présent accord entre en vigueur le 1er juin.",
        "fnp.par_1": "Fait à Bruxelles, le 5 mai 2023.",
        "anx_I.art_1": "Les unités sont nommées ici.",
    }
    assert agreement.passages[0].headings == (
        "CHAPITRE PREMIER – Dispositions générales",
        "Article premier – Définitions",
    )
    assert agreement.passages[6].headings == ("CHAPITRE II", "Art. 3")
    assert agreement.passages[-1].headings == ("ANNEXE I – Unités", "Article 1er")
    assert agreement.passages[-1].locator.nl == "bijlage I, art. 1"


def test_dutch_articles_are_read_in_the_same_way() -> None:
    head = "Akkoord\n\nHOOFDSTUK I\n\nArtikel 1\nDoel\n\n"
    text = head + "1. De partijen werken samen.\n2. Zij melden.\n"
    found = read(text, "nl")
    assert by_portion(found) == {
        "art_1.par_1": "De partijen werken samen.",
        "art_1.par_2": "Zij melden.",
    }
    assert found.passages[0].headings == ("HOOFDSTUK I", "Artikel 1 – Doel")
    assert found.passages[0].locator.nl == "art. 1, lid 1"


@pytest.mark.parametrize(
    ("lang", "text", "cited"),
    [
        ("nl", "Artikel 1. § 1. De oven is heet.\n§ 1/1. De schop is lang.", ["§ 1", "§ 1/1"]),
        ("nl", "Artikel 1.\n1. De oven is heet.\n2. De schop is lang.", ["lid 1", "lid 2"]),
        ("fr", "Article 1er. § 1er. Le four est chaud.\n§ 2bis. La pelle.", ["§ 1", "§ 2bis"]),
    ],
)
def test_a_paragraph_is_cited_with_the_sign_that_is_printed(
    lang: Lang, text: str, cited: list[str]
) -> None:
    found = read(f"Code\n\n{text}\n", lang)
    locators = [getattr(passage.locator, lang) for passage in found.passages]
    assert locators == [f"art. 1, {place}" for place in cited]


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        ("Art. 2 (nouveau). ", "Art. 2 (nouveau)"),
        ("Art. 2 [nieuw] - ", "Art. 2 [nieuw]"),
        ("Article 2 (ancien art. 7) :\n", "Article 2 (ancien art. 7) :"),
        ("Art. 2) ", "Art. 2"),
    ],
)
def test_what_is_said_of_the_number_of_an_article_stays_in_its_heading(
    head: str, heading: str
) -> None:
    found = read(f"Code\n\nArt. 1. Le four est chaud.\n{head}La pelle est longue.\n")
    assert by_portion(found)["art_2"] == "La pelle est longue."
    assert found.passages[-1].headings == (heading,)


_OVEN = "Art. 1. La cuisson coûte 4 euros (1).\n"
_SHOVEL = "Art. 2. La pelle est longue.\n"
_APART = "(1) Sans le bois.\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{_OVEN}{_APART}{_SHOVEL}",
        f"{_OVEN}{_SHOVEL}{_APART}",
        f"{_OVEN}{_SHOVEL}Fait à Ath, le 4 mai 2031.\n{_APART}",
        f"{_OVEN}{_APART}{_SHOVEL}Art. 3. La farine coûte 2 euros (1).\n(1) Par sac.\n",
    ],
)
def test_a_line_that_words_above_it_call_is_their_note(text: str) -> None:
    found = {p.anchor.portion: p for p in read(f"Code\n\n{text}").passages}
    assert found["art_1"].text == "La cuisson coûte 4 euros (1)."
    assert found["art_1"].notes == ("(1) Sans le bois.",)
    assert found["art_2"].text == "La pelle est longue."
    assert not any("par_" in portion and "fnp" not in portion for portion in found)


@pytest.mark.parametrize(("first", "lead"), [("Art. 1", ""), ("Objet", "Objet | Le four.")])
def test_a_first_row_that_is_an_article_heads_no_columns(first: str, lead: str) -> None:
    rows = [f"{first} | Le four.", "Art. 2 | La pelle."]
    found = made([Block(row, Role.ROW) for row in rows])
    assert [p.lead for p in found.passages] == ["", lead]


def test_articles_on_one_line_are_told() -> None:
    told = "articles in the midst of a paragraph, read as its words: 1 (“art. 2”)"
    text = "Code. Art. 1. Le four est chaud. Art. 2. La pelle est longue. Art. 3. Le sel.\n"
    assert read(text).warnings == (told,)
    quiet = "Art. 1. Le four est chaud. L'article 2. n'y change rien.\n\nArt. 2. La pelle.\n"
    assert told not in read(quiet).warnings


@pytest.mark.parametrize("sign", ["(*)", "**", "[1]"])
def test_a_note_below_a_text_goes_to_its_sign_and_is_no_text_of_the_last_article(sign: str) -> None:
    text = f"Art. 1. La cuisson coûte 4 euros {sign}.\n\n{_SHOVEL}\n{sign} Sans le bois.\n"
    first, second = read(f"Code\n\n{text}").passages
    assert first.notes == (f"{sign} Sans le bois.",)
    assert (second.text, second.notes) == ("La pelle est longue.", ())


def test_a_note_of_markdown_goes_to_its_sign() -> None:
    text = b"**Art. 1.** Le four est chaud.[^a]\n\n**Art. 2.** La pelle.\n\n[^a]: Sauf en mai.\n"
    first, second = read_file(text, work="four", lang="fr", name="four.md").passages
    assert (first.text, first.notes) == ("Le four est chaud.[^a]", ("[^a]: Sauf en mai.",))
    assert (second.text, second.notes) == ("La pelle.", ())


@pytest.mark.parametrize(
    "text",
    ["Art. 1. Le prix est de 2 * 3 euros.\n\n* Sans le bois.\n", f"{_SHOVEL}\n[1] Sans le bois.\n"],
)
def test_a_sign_that_calls_nothing_makes_no_note(text: str) -> None:
    assert not any(passage.notes for passage in read(f"Code\n\n{text}").passages)


@pytest.mark.parametrize(
    "head",
    ["ART 2 : ", "Art.2- ", "Art. 2° ", "Art: 2. ", "Art : 2 ", "ART 2. "],
)
def test_the_number_of_an_article_is_read_however_it_is_typed(head: str) -> None:
    found = read(f"Code\n\nArt. 1. Le four est chaud.\n\n{head}La pelle est longue.\n")
    assert by_portion(found) == {"art_1": "Le four est chaud.", "art_2": "La pelle est longue."}


def test_a_paragraph_with_a_heading_of_its_own_belongs_to_its_article() -> None:
    heads = ("Art. 3", "§ 1. Le four", "Il est chaud.", "§ 2. La pelle est longue.", "Art. 4")
    levels = {"Art. 3": 2, "Art. 4": 2, "§ 1. Le four": 3, "§ 2. La pelle est longue.": 3}
    blocks = [Block(h, Role.HEADING, levels[h]) if h in levels else Block(h) for h in heads]
    found = made([*blocks, Block("Le sel est gris.")])
    assert by_portion(found) == {
        "art_3.par_1": "Le four\nIl est chaud.",
        "art_3.par_2": "La pelle est longue.",
        "art_4": "Le sel est gris.",
    }
    assert found.passages[-1].headings == ("Art. 4",)


@pytest.mark.parametrize(
    "items", [("0. Le four.", "1. La pelle."), ("2. Le four.", "1. La pelle.")]
)
def test_a_list_that_does_not_begin_with_one_makes_no_paragraphs(items: tuple[str, ...]) -> None:
    blocks = [Block("Art. 1. L'ordre est :"), *(Block(i, depth=1) for i in items)]
    assert by_portion(made([*blocks, Block("Il est fixe.")])) == {
        "art_1": "\n".join(("L'ordre est :", *items, "Il est fixe."))
    }


def test_the_heading_of_an_annex_may_have_its_title_without_a_number() -> None:
    heading = Block("Annexe : tarifs", Role.HEADING, 2)
    found = made([Block("Art. 1. Le four."), heading, Block("La cuisson coûte 4 euros.")])
    assert [p.anchor.portion for p in found.passages] == ["art_1", "anx_1.par_1"]
    assert found.passages[-1].headings == ("Annexe : tarifs",)


@pytest.mark.parametrize("call", ["(1)", " (1)", "[1]", " (*)", "[^a]"])
def test_a_rule_that_ends_with_the_call_of_a_note_is_no_title(call: str) -> None:
    found = read(f"Code\n\nArt. 1. Le four est chaud.{call}\n\nLa pelle est longue.\n")
    assert by_portion(found) == {"art_1": f"Le four est chaud.{call}\nLa pelle est longue."}


@pytest.mark.parametrize(
    "text",
    [
        "Art. 1.\n(1) Le four, sauf le paragraphe (2), est chaud.\n(2) La pelle est longue.\n",
        "Art. 1. Sont réglés, hors le cas (1) :\n(1) Le four.\n(2) La pelle.\n",
        "Art. 1. Le prix (1) est dû.\n(1) Il est de 4 euros.\n(2) Il double en mai.\n",
    ],
)
def test_numbers_in_brackets_that_go_on_are_paragraphs(text: str) -> None:
    found = read(f"Code\n\n{text}")
    assert [p.anchor.portion[-5:-2] for p in found.passages][-2:] in (
        ["par", "par"],
        ["pnt", "pnt"],
    )
    assert not any(passage.notes for passage in found.passages)


def test_a_numbered_heading_in_wide_type_is_read_and_other_wide_words_are_told() -> None:
    lines = [
        "Règlement du four", "T I T R E I I", "A R T I C L E 1 e r . Cuisson",
        "Le four est chaud.", "A r t i k e l 2 .", "La pelle est P R O P R E.", "T I R A G E",
    ]  # fmt: skip
    found = made([Block(line) for line in lines])
    assert [passage.anchor.portion for passage in found.passages][:1] == ["art_1"]
    assert by_portion(found)["art_2"] == "La pelle est P R O P R E.\nT I R A G E"
    told = "words in wide type, which are read letter by letter: 2 (“P R O P R E.”)"
    assert told in found.warnings


def test_a_mention_of_an_article_opens_none() -> None:
    text = "Note\n\nArticle 5 du traité prévoit une consultation.\n\nIl est appliqué.\n"
    assert by_portion(read(text)) == {
        "par_1": "Article 5 du traité prévoit une consultation.",
        "par_2": "Il est appliqué.",
    }


def test_a_list_of_short_numbered_lines_is_no_row_of_headings() -> None:
    text = "Note\n\nLes lieux sont :\n\n1. Tournai\n\n2. Jeumont\n\n3. Courtrai\n\n"
    assert by_portion(read(text + "La liste est close.\n")) == {
        "par_1": "Les lieux sont :",
        "pnt_1": "Tournai",
        "pnt_2": "Jeumont",
        "pnt_3": "Courtrai",
        "par_2": "La liste est close.",
    }


def test_a_point_that_follows_on_a_section_number_ends_that_section() -> None:
    parts = ["Note", "1. Objet", "Un texte.", "2. Le comité se réunit.", "3. Suivi", "Fin."]
    text = "\n\n".join(parts)
    assert list(by_portion(read(text))) == ["sec_1.par_1", "pnt_2", "sec_3.par_1"]


def test_a_second_line_in_the_style_of_the_title_is_a_heading() -> None:
    found = made(
        [
            Block("Règlement", Role.TITLE),
            Block("du kiosque", Role.TITLE),
            Block("Art. 1. Le kiosque est clos."),
            Block("ANNEXE 1", Role.TITLE, notes=("Note.",)),
            Block("Le plan."),
        ]
    )
    assert found.title == "Règlement du kiosque"
    assert by_portion(found) == {"art_1": "Le kiosque est clos.", "anx_1.par_1": "Le plan."}
    assert [p.notes for p in found.passages] == [(), ("Note.",)]


def test_an_annex_may_say_to_what_it_belongs_instead_of_a_number() -> None:
    text = "Note\n\nArt. 1. Le puits est clos.\n\nAnnexe à l’arrêté du 6 mars 2031\n\n1. Un toit.\n"
    found = read(text)
    assert by_portion(found) == {"art_1": "Le puits est clos.", "anx_1.pnt_1": "Un toit."}
    assert found.passages[1].headings == ("Annexe à l’arrêté du 6 mars 2031",)


def test_an_article_whose_number_no_sign_ends_goes_on_from_another() -> None:
    parts = ["Note", "Article 1 Le puits est clos.", "Article 2 Le banc est repeint.",
             "Article 9 Le toit est vert."]  # fmt: skip
    assert by_portion(read("\n\n".join(parts))) == {
        "art_1": "Le puits est clos.",
        "art_2": "Le banc est repeint.\nArticle 9 Le toit est vert.",
    }
    contents = [
        "Note",
        "Article 1 Puits",
        "Article 2 Bancs",
        "Article 1. Clos.",
        "Article 2. Vert.",
    ]
    assert list(by_portion(read("\n\n".join(contents)))) == ["par_1", "par_2", "art_1", "art_2"]


def test_annexes_that_an_article_lists_are_its_text() -> None:
    text = "Note\n\nArt. 1. Sont joints :\n\nAnnexe 1 : le plan;\n\nAnnexe 2 : la liste.\n\n"
    assert by_portion(read(text + "Art. 2. Fin.\n\nAnnexe 1 : Plan\n\nUn puits.\n")) == {
        "art_1": "Sont joints :\nAnnexe 1 : le plan;\nAnnexe 2 : la liste.",
        "art_2": "Fin.",
        "anx_1.par_1": "Un puits.",
    }


def test_marks_of_direction_hide_no_number() -> None:
    text = "Note\n\n\u200eArticle 1. Un puits.\n\n\u202aArticle 2.\u202c Un banc.\n"
    assert by_portion(read(text)) == {"art_1": "Un puits.", "art_2": "Un banc."}


def test_words_after_the_last_item_of_a_list_are_those_of_the_article() -> None:
    lines = ["Art. 1. Le gardien :", "1° ouvre le puits;", "2° repeint le banc.",
             "Il tient un carnet.", "Il le montre."]  # fmt: skip
    assert by_portion(read("\n\n".join(["Note", *lines]))) == {
        "art_1": "Le gardien :\nIl tient un carnet.\nIl le montre.",
        "art_1.pnt_1": "ouvre le puits;",
        "art_1.pnt_2": "repeint le banc.",
    }
    more = [*lines[:4], "3° ferme le puits."]
    assert by_portion(read("\n\n".join(["Note", *more]))) == {
        "art_1": "Le gardien :",
        "art_1.pnt_1": "ouvre le puits;",
        "art_1.pnt_2": "repeint le banc.\nIl tient un carnet.",
        "art_1.pnt_3": "ferme le puits.",
    }


def test_a_list_goes_on_after_a_letter_that_was_left_out() -> None:
    text = "Note\n\nArt. 1. Le gardien :\n\na) ouvre;\n\nc) repeint :\n\ni) un banc;\n\nd) ferme.\n"
    assert by_portion(read(text)) == {
        "art_1": "Le gardien :",
        "art_1.pnt_a": "ouvre;",
        "art_1.pnt_c": "repeint :\ni) un banc;",
        "art_1.pnt_d": "ferme.",
    }
    parts = ["Note", "Le gardien :", "a) ouvre;", "c) ferme.", "Il dort."]
    assert list(by_portion(read("\n\n".join(parts)))) == ["par_1", "pnt_a", "pnt_c", "par_2"]


def test_articles_that_an_article_inserts_elsewhere_are_its_text() -> None:
    inserted = [
        "« Art. 7. Le banc est vert.",
        "§ 2. Le toit aussi.",
        "Art. 8. Le puits est clos. »",
    ]
    parts = ["Art. 1. Sont insérés :", *inserted, "Art. 2. § 1er. Fin.", "§ 2. Bis."]
    assert by_portion(read("\n\n".join(["Note", *parts]))) == {
        "art_1": "\n".join(["Sont insérés :", *inserted]),
        "art_2.par_1": "Fin.",
        "art_2.par_2": "Bis.",
    }
    unclosed = ["Art. 1. Le mot :", "« banc", "Art. 2. Fin."]
    assert list(by_portion(read("\n\n".join(["Note", *unclosed])))) == ["art_1", "art_2"]


JUDGMENT = """Arrêt du 6 mars 2031

I. Objet de la demande

La demande porte sur la taxe des étangs.

II. Examen

- A -

A.1. La commune tient la taxe pour légale.

A.2.1. L'étang est privé.

A.2.2. Il n'a pas de vanne.

– B –

B.1.1. L'article 7 du décret dispose :

« Art. 7. § 1er. L'étang est vidé en mars.
§ 2. La vanne reste ouverte.
Art. 8. La vanne est scellée. ».

B.1.2. Le texte date de 2029.

B.2. La taxe est annulée."""


def test_lettered_numbers_are_points_and_those_of_a_quoted_law_are_words() -> None:
    found = read(JUDGMENT)
    assert by_portion(found) == {
        "sec_I.par_1": "La demande porte sur la taxe des étangs.",
        "sec_II.hdg_1.pnt_A.1": "La commune tient la taxe pour légale.",
        "sec_II.hdg_1.pnt_A.2.1": "L'étang est privé.",
        "sec_II.hdg_1.pnt_A.2.2": "Il n'a pas de vanne.",
        "sec_II.hdg_2.pnt_B.1.1": "L'article 7 du décret dispose :",
        "sec_II.hdg_2.pnt_B.1.1.par_2": "« Art. 7. § 1er. L'étang est vidé en mars.",
        "sec_II.hdg_2.pnt_B.1.1.par_3": "§ 2. La vanne reste ouverte.",
        "sec_II.hdg_2.pnt_B.1.1.par_4": "Art. 8. La vanne est scellée. ».",
        "sec_II.hdg_2.pnt_B.1.2": "Le texte date de 2029.",
        "sec_II.hdg_2.pnt_B.2": "La taxe est annulée.",
    }
    assert found.passages[-1].headings == ("II. Examen", "– B –")
    assert found.passages[-1].locator.fr == "section II, 2e intertitre, point B.2"
    assert found.warnings == (
        "numbers of articles in a quotation or a report on them, read as its words: "
        "1 (“Art. 8. La vanne est scellée. ».”)",
    )


@pytest.mark.parametrize(
    ("heads", "portions"),
    [
        (("II. Middelen", "II.1. Personeel", "II.2. Boten"), ("sec_II.1", "sec_II.2")),
        (("B. Middelen", "B.1 Personeel", "B.2 Boten"), ("sec_B.1", "sec_B.2")),
    ],
)
def test_a_section_whose_number_begins_with_that_of_another_stands_in_it(
    heads: tuple[str, str, str], portions: tuple[str, str]
) -> None:
    lines = (line for head in heads[1:] for line in (head, "De sluis wordt bemand."))
    blocks = [Block(text, Role.HEADING if text in heads else Role.TEXT) for text in lines]
    top = [Block("A. Doel" if heads[0][0] == "B" else "I. Doel", Role.HEADING), Block("De sluis.")]
    found = document(
        Content([*top, Block(heads[0], Role.HEADING), *blocks]), work="x", lang="nl"
    ).passages[1:]
    assert [p.anchor.portion for p in found] == [f"{portion}.par_1" for portion in portions]
    assert [p.headings[-2:] for p in found] == [(heads[0], head) for head in heads[1:]]


def test_a_numbered_item_of_a_quoted_list_is_a_paragraph_with_its_number() -> None:
    lines = ["Le maire écrit :", "« 1. Le bac part.", "2. Il revient. »", "J'y consens."]
    blocks = [Block(line, depth=int(line[0] == "2")) for line in lines]
    assert by_portion(made(blocks)) == {f"par_{n}": line for n, line in enumerate(lines, 1)}


@pytest.mark.parametrize("sign", [";", ","])
def test_a_sentence_goes_on_behind_the_points_that_are_parts_of_it(sign: str) -> None:
    points = [f"A. gezien de dijkwet{sign}", f"B. overwegende dat de dijk zakt{sign}"]
    parts = ["Voorstel", "De Raad,", *points, "VRAAGT DE REGERING:", "1. de dijk te meten;",
             "2. een pomp te kopen.", "De Raad komt in mei bijeen."]  # fmt: skip
    found = read("\n\n".join(parts), "nl")
    assert by_portion(found) == {
        "par_1": "De Raad,",
        "pnt_A": points[0][3:],
        "pnt_B": points[1][3:],
        "par_2": "VRAAGT DE REGERING:",
        "pnt_1": "de dijk te meten;",
        "pnt_2": "een pomp te kopen.",
        "par_3": "De Raad komt in mei bijeen.",
    }
    assert [p.lead for p in found.passages[4:6]] == ["VRAAGT DE REGERING:"] * 2


@pytest.mark.parametrize("sign", ["–", "•", "-"])
def test_points_stand_below_the_bullet_that_introduces_them(sign: str) -> None:
    parts = ["Résolution", "Le Parlement,", f"{sign} vu :", "1° la loi sur les digues ;",
             "2° la note de mai ;", f"{sign} entendu le rapport ;", f"{sign} demande :",
             "1° de lever la digue ;", "a) au nord ;", "b) au sud ;", "2° d'y planter.",
             "Adopté en mai.", "1. Suites", "Le bac part."]  # fmt: skip
    found = read("\n\n".join(parts))
    assert by_portion(found) == {
        "par_1": "Le Parlement,",
        "blt_1": "vu :",
        "blt_1.pnt_1": "la loi sur les digues ;",
        "blt_1.pnt_2": "la note de mai ;",
        "blt_2": "entendu le rapport ;",
        "blt_3": "demande :",
        "blt_3.pnt_1": "de lever la digue ;",
        "blt_3.pnt_1.pnt_a": "au nord ;",
        "blt_3.pnt_1.pnt_b": "au sud ;",
        "blt_3.pnt_2": "d'y planter.",
        "par_2": "Adopté en mai.",
        "sec_1.par_1": "Le bac part.",
    }
    assert found.passages[2].locator.fr == "1er tiret, point 1"
    assert found.passages[2].lead == "vu :"
    assert found.warnings == ()


def test_names_below_the_final_formula_are_no_headings() -> None:
    names = ["Fait à Ruche, le 6 mars 2031.", "Le gardien,", "JEAN TUILIER", "La gardienne,",
             "ANNE VOLET"]  # fmt: skip
    text = "\n\n".join(
        ["Note", "Art. 1. Le puits est clos.", *names, "MOTIFS", "Le puits fuit.", ""]
    )
    assert by_portion(read(text)) == {
        "art_1": "Le puits est clos.",
        **{f"fnp.par_{n}": name for n, name in enumerate(names, 1)},
        "hdg_1.par_1": "Le puits fuit.",
    }


def test_a_sentence_that_begins_like_the_final_formula_is_none_before_the_last_article() -> None:
    text = "Note\n\nArt. 1. Le puits.\n\nDonné en prêt, il reste clos.\n\nArt. 2. Fin.\n"
    assert by_portion(read(text)) == {
        "art_1": "Le puits.\nDonné en prêt, il reste clos.",
        "art_2": "Fin.",
    }


def test_a_division_whose_number_no_sign_ends_stands_above_an_article() -> None:
    parts = ["Note", "CHAPITRE II DES BANCS", "Art. 1. Un banc.", "Section 2 Des toits",
             "Art. 2. Un toit.", "Section 3 Du code", "Vue."]  # fmt: skip
    found = read("\n\n".join(parts))
    assert by_portion(found) == {"art_1": "Un banc.", "art_2": "Un toit.\nSection 3 Du code\nVue."}
    assert found.passages[1].headings == ("CHAPITRE II DES BANCS", "Section 2 Des toits", "Art. 2")


def test_an_initial_is_no_number_of_a_list() -> None:
    lines = ["A. Tuilier propose un banc.", "Un banc est posé.", "I. Ardoisier remercie."]
    assert list(by_portion(read("\n\n".join(["Note", *lines]))).values()) == lines
    names = ["Fait à Ruche.", "A. TUILIER", "Le second,", "I. ARDOISIER"]
    assert list(by_portion(read("\n\n".join(["Note", *names]))).values()) == names


def test_a_letter_that_may_be_an_initial_stays_with_its_words() -> None:
    text = "Note\n\nArt. 1. Sont nommés :\n\nA. Tuilier;\n\nB. Volet.\n\n"
    assert by_portion(read(text + "Art. 2. Sont clos :\n\nA. un toit;\n\nB. un banc.\n")) == {
        "art_1": "Sont nommés :",
        "art_1.pnt_A": "A. Tuilier;",
        "art_1.pnt_B": "B. Volet.",
        "art_2": "Sont clos :",
        "art_2.pnt_A": "un toit;",
        "art_2.pnt_B": "un banc.",
    }


@pytest.mark.parametrize(
    ("numbers", "letters", "portions"),
    [
        (("1/", "2/"), ("a/", "b/"), ("1", "2", "2.pnt_a", "2.pnt_b")),
        (("1.-", "2.-"), ("a.-", "b.-"), ("1", "2", "2.pnt_a", "2.pnt_b")),
        (("1 –", "2 –"), ("a -", "b -"), ("1", "2", "2.pnt_a", "2.pnt_b")),
        (("①", "②"), ("→", "→"), ("1", "2", "2.blt_1", "2.blt_2")),
        (("Punt 1 –", "Punt 2 –"), ("A/", "B/"), ("1", "2", "2.pnt_A", "2.pnt_B")),
        (("I.1.", "I.2."), ("I.2.a)", "I.2.b)"), ("I.1", "I.2", "I.2.pnt_a", "I.2.pnt_b")),
    ],
)
def test_points_are_read_with_the_words_that_open_their_list_whatever_their_sign(
    numbers: tuple[str, str], letters: tuple[str, str], portions: tuple[str, ...]
) -> None:
    words = ("De markt is op zondag open.", "De halle is verboden voor:", "honden;", "fietsen.")
    items = (f"{sign} {line}" for sign, line in zip((*numbers, *letters), words, strict=True))
    found = read("\n\n".join(["Marktreglement", "De gemeente beslist:", *items]), lang="nl")
    assert list(by_portion(found).items())[1:] == [
        (f"pnt_{portion}", line) for portion, line in zip(portions, words, strict=True)
    ]
    assert [p.lead for p in found.passages] == [
        "", *["De gemeente beslist:"] * 2, *["De halle is verboden voor:"] * 2
    ]  # fmt: skip


def test_words_before_a_dash_and_fractions_are_numbers_only_in_a_list() -> None:
    lines = ["3 – Aalst wint.", "A – Brussel is ver.", "3/ 4 van de kramen is leeg.",
             "12.30 – Middagmaal", "II - Gent is dichtbij."]  # fmt: skip
    text = "\n\n".join(["Nota", "De markt gaat door.", *lines])
    assert list(by_portion(read(text, lang="nl")).values())[1:] == lines


def test_hours_and_amounts_at_the_head_of_a_line_are_no_numbers_of_sections() -> None:
    lines = ["8.45 Lever", "9.15 Visite du kiosque", "4.250 Tuiles sont posées.",
             "4.5 Tonnes restent."]  # fmt: skip
    assert list(by_portion(read("\n\n".join(["Note", *lines]))).values()) == lines


def test_a_section_without_a_sign_stands_in_its_section_or_beside_another() -> None:
    parts = ["Note", "3. Toits", "3.2 Tuiles", "Vertes.", "3.4 Ardoises", "Grises."]
    assert list(by_portion(read("\n\n".join(parts)))) == ["sec_3.2.par_1", "sec_3.4.par_1"]


def test_a_lone_letter_is_roman_or_a_letter_by_what_stood_before() -> None:
    parts = [f"{n}. Titre\n\nTexte {n}.\n" for n in ("A", "B", "C", "D")]
    assert list(by_portion(read("Note\n\n" + "\n".join(parts)))) == [
        f"sec_{n}.par_1" for n in "ABCD"
    ]
    parts = [f"{n}. Titre\n\nTexte {n}.\n" for n in ("I", "II", "III", "IV", "V")]
    assert list(by_portion(read("Note\n\n" + "\n".join(parts)))) == [
        f"sec_{n}.par_1" for n in ("I", "II", "III", "IV", "V")
    ]


def test_a_number_printed_twice_stays_unique_and_gives_a_warning() -> None:
    text = "Note\n\n1. Objet\n\nUn texte.\n\nII. Suite\n\nUn mot.\n\nII. Suite\n\nUn autre mot.\n"
    found = read(text)
    assert [p.anchor.portion for p in found.passages][1:] == ["sec_1.II.par_1", "sec_1.II(2).par_1"]
    assert found.passages[2].locator.fr == "section 1.II (2), 1er alinéa"
    assert found.warnings == ("numbers printed more than once in one place: sec_1.II",)


def test_headings_in_capitals_and_underlined_headings_are_counted() -> None:
    text = "Note\n\nCONTEXTE\n\nUn texte.\n\nSuite\n-----\nUn mot.\n\n# Fin\n\nAdieu.\n"
    found = read(text)
    assert list(by_portion(found)) == ["hdg_1.par_1", "hdg_2.par_1", "hdg_3.par_1"]
    assert found.passages[1].headings == ("Suite",)
    assert found.passages[0].locator.fr == "1er intertitre, 1er alinéa"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    found = read(PLAN.encode(encoding))
    assert by_portion(found) == by_portion(read(PLAN))


def test_a_file_without_words_is_an_error() -> None:
    with pytest.raises(ReadError, match=r"empty: note\.txt"):
        read_file(b" \n ", work="note", lang="fr", name="note.txt")
    with pytest.raises(ReadError, match="no paragraph found"):
        made([Block("Titre seul", Role.TITLE)])


def test_a_footnote_of_a_heading_stays_with_the_words_below_it() -> None:
    found = made(
        [
            Block("Plan", Role.TITLE, notes=("Note du plan.",)),
            Block("Un premier texte."),
            Block("Contexte", Role.HEADING, 1, notes=("Note du titre.",)),
            Block("Un autre texte.", notes=("Note du texte.",)),
            Block("Suites", Role.HEADING, 1, notes=("Note de la fin.",)),
        ]
    )
    assert [p.notes for p in found.passages] == [
        ("Note du plan.",),
        ("Note du titre.", "Note du texte."),
        ("Note de la fin.",),
    ]


def test_a_heading_with_nothing_below_it_is_a_passage() -> None:
    found = made(
        [
            Block("Kiosque", Role.HEADING, 1),
            Block("Les tuiles sont vertes.", Role.HEADING, 2),
            Block("Les volets sont clos.", Role.HEADING, 2),
            Block("Prêt", Role.HEADING, 1),
            Block("Article 1er", Role.HEADING, 2),
            Block("Le kiosque est prêté.", page=2),
            Block("Article 2", Role.HEADING, 2),
            Block("Abrogé", Role.HEADING, 2, page=3),
            Block("Annexe", Role.HEADING, 1, page=4),
        ]
    )
    assert by_portion(found) == {
        "hdg_1.hdg_1": "Les tuiles sont vertes.",
        "hdg_1.hdg_2": "Les volets sont clos.",
        "art_1": "Le kiosque est prêté.",
        "art_2": "Article 2 – Abrogé",
        "anx_1": "Annexe",
    }
    assert found.passages[1].headings == ("Kiosque", "Les volets sont clos.")
    assert found.passages[-1].page == 4


def test_a_number_with_nothing_behind_it_is_a_passage() -> None:
    text = "Note\n\n1. Un banc.\n\n2.\n\n3. Un puits.\n\nArticle 4\n\n1. Un toit.\n\n2.\n"
    assert by_portion(read(text)) == {
        "pnt_1": "Un banc.",
        "pnt_2": "2",
        "pnt_3": "Un puits.",
        "art_4.par_1": "Un toit.",
        "art_4.par_2": "2",
    }


def test_lines_in_capitals_are_text_where_nothing_is_below_them() -> None:
    text = "Note\n\nLE BANC EST REPEINT\n\nLE PUITS EST CLOS\n\nUn texte.\n"
    assert by_portion(read(text)) == {
        "hdg_1": "LE BANC EST REPEINT",
        "hdg_2.par_1": "Un texte.",
    }


def test_an_item_of_a_list_that_names_an_article_keeps_its_name() -> None:
    found = made([Block("Article 3 – Objet", depth=1), Block("Article 4", depth=1)])
    assert list(by_portion(found).values()) == ["Article 3 – Objet", "Article 4"]


def test_articles_with_any_latin_suffix_are_articles() -> None:
    text = "Note\n\n" + "".join(
        f"Article {number}\n\nLes quais ferment à minuit.\n\n"
        for number in ("4 nonies", "5 duodecies", "6 unvicies")
    )
    assert list(by_portion(read(text))) == ["art_4nonies", "art_5duodecies", "art_6unvicies"]


def test_strokes_and_raised_figures_of_numbers_are_cited_as_printed() -> None:
    parts = ["Note", "Art. 57/6. § 1er.- Le puits est clos.", "§ 1er/1. Le banc est vert.",
             "§ 1erbis. Le toit est gris.", "Art. 57/6/1. Le mur est haut.",
             "Art. 58¹. La cour est pavée.", "Art.59.La porte est close."]  # fmt: skip
    found = read("\n\n".join(parts))
    assert {p.locator.fr: p.text for p in found.passages} == {
        "art. 57/6, § 1": "Le puits est clos.",
        "art. 57/6, § 1er/1": "Le banc est vert.",
        "art. 57/6, § 1bis": "Le toit est gris.",
        "art. 57/6/1": "Le mur est haut.",
        "art. 58¹": "La cour est pavée.",
        "art. 59": "La porte est close.",
    }
    assert found.passages[1].anchor.portion == "art_57-6.par_1-1"


def test_a_line_that_may_head_the_article_below_it_is_told() -> None:
    parts = ["Note", "Art. 1. Le puits est clos.", "Dispositions finales", "Art. 2. Le banc reste."]
    found = read("\n\n".join(parts))
    assert by_portion(found)["art_1"] == "Le puits est clos.\nDispositions finales"
    assert found.warnings == (
        "lines right above an article, read as text of the one before: 1 (“Dispositions finales”)",
    )
    sentence = [*parts[:2], "Le seau est gris.", parts[3]]
    assert read("\n\n".join(sentence)).warnings == ()


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("Art. 2. Le banc reste.", "lines right above an article, read as text of the one before"),
        ("", "last lines, which end no sentence, read as text of the last article"),
    ],
)
def test_lines_around_the_text_that_stand_in_an_article_are_told(after: str, told: str) -> None:
    parts = ["Note", "Art. 1. Le puits est clos.", "4517", "Gazette du puits — n° 3", after]
    found = read("\n\n".join(parts))
    assert by_portion(found)["art_1"] == "Le puits est clos.\n4517\nGazette du puits — n° 3"
    assert found.warnings == (f"{told}: 2 (“4517”)",)
    signed = [*parts[:2], "Fait à Visé, le 3 mai 2031.", "La bourgmestre"]
    assert read("\n\n".join(signed)).warnings == ()


def test_a_rule_that_is_taken_for_a_title_is_told_where_other_articles_have_their_text() -> None:
    rule = ["Art. 3. Le puits est clos la nuit", "La garde peut l’ouvrir."]
    parts = ["Note", "Art. 1. Le puits est clos.", "Art. 2. Le seau est vert.", *rule]
    found = read("\n\n".join(parts))
    assert found.passages[-1].headings == (rule[0],)
    assert found.warnings == (
        "words behind the number of an article, read as its title and not as text: 1 "
        "(“Le puits est clos la nuit”)",
    )
    titles = ["Note", "Art. 1. Le puits", "Il est clos.", "Art. 2. Le seau", "Il est vert."]
    assert read("\n\n".join(titles)).warnings == ()


def test_an_article_whose_sentence_goes_on_in_the_next_paragraph_has_no_title() -> None:
    lines = ["Art. 1. Le puits est clos", "sauf le dimanche.", "Art. 2. Le seau est vert."]
    found = made([Block(line) for line in lines])
    assert by_portion(found) == {
        "art_1": "Le puits est clos\nsauf le dimanche.",
        "art_2": "Le seau est vert.",
    }


BAC = ["Article 1er. Bac", "Le bac est gratuit.", "Article 2. Quai", "Le quai est fermé.",
       "Article 3. Péage", "Le péage est de 9 euros."]  # fmt: skip
LISTED = ["Article 1er. Bac{}2", "Article 2. Quai{}2", "Article 3. Péage{}3"]


@pytest.mark.parametrize("head", ["Sommaire", "Table des matières :", ""])
@pytest.mark.parametrize("between", [" ", " | ", " ..... ", None])
def test_a_table_of_contents_above_the_articles_is_left_out_and_told(
    head: str, between: str | None
) -> None:
    listed = [line.format(between) if between else line[:-3] for line in LISTED]
    lines = ["Règlement du bac", *([head] if head else []), *listed, *BAC]
    found = made([Block(line) for line in lines])
    assert by_portion(found) == {
        "art_1": "Le bac est gratuit.",
        "art_2": "Le quai est fermé.",
        "art_3": "Le péage est de 9 euros.",
    }
    assert found.passages[0].headings == ("Article 1er. Bac",)
    first, last = head or listed[0], listed[-1]
    count = len(listed) + bool(head)
    told = f"left out, table of contents: {count} lines (“{first}” … “{last}”)"
    assert found.warnings == (told,)


@pytest.mark.parametrize(
    "lines",
    [
        ["Petite barque 20", "Grande barque 30", "Bac à rames 40"],  # nothing stands again
        ["Article 1er. Bac 3", "Article 2. Quai 2", "Article 3. Péage 1"],  # no pages
        ["Article 1er. Bac 2", "Article 2. Quai 3"],  # too few
    ],
)
def test_lines_that_are_no_table_of_contents_are_read(lines: list[str]) -> None:
    found = made([Block(line) for line in ["Règlement du bac", *lines, *BAC]])
    words = "\n".join((*(p.text for p in found.passages), *found.passages[0].headings))
    assert all(line.split()[-1] in words for line in lines)
    assert not any("table of contents" in told for told in found.warnings)


@pytest.mark.parametrize("role", [Role.HEADING, Role.TEXT])
def test_a_second_text_in_one_file_is_told_by_its_title(role: Role) -> None:
    first = ["Art. 1er. Le bac est gratuit.", "Art. 2. Le quai est fermé."]
    second = ["Art. 1er. Le puits est à tous.", "Art. 2. Il est couvert."]
    title = Block("RÈGLEMENT DU PUITS", role, 1)
    found = made([Block("Règlement du bac"), *map(Block, first), title, *map(Block, second)])
    assert found.warnings[:1] == (
        "articles begin again at 1, as those of another text: 1 (“RÈGLEMENT DU PUITS – Art. 1er”)"
        if role is Role.HEADING
        else "articles begin again at 1, as those of another text: 1 (“Art. 1er”)",
    )
    assert [p.anchor.portion for p in found.passages] == ["art_1", "art_2", "art_1(2)", "art_2(2)"]


def test_short_articles_in_the_other_language_are_told_by_their_heads() -> None:
    lines = ["Article 1er", "Le bac est gratuit.", "Artikel 1", "De pont is gratis."]
    found = made([Block("Règlement du bac"), *map(Block, lines)])
    assert "paragraphs that look like nl: 2 (“Artikel 1”)" in found.warnings


def test_short_paragraphs_by_turns_in_two_languages_are_told() -> None:
    pairs = (("Le four est fermé.", "De oven is op slot."), ("La clé est là.", "Het is te koop."))
    text = "\n\n".join(["Avis", *(line for pair in pairs for line in pair), ""])
    assert "paragraphs that look like nl: 2 (“De oven is op slot.”)" in read(text).warnings
    assert not read(f"{text}\n\n".replace("Het is te koop.", "Fin.")).warnings


def test_words_after_a_list_leave_a_doubt_beside_those_before_it() -> None:
    lines = ["Art. 1er. Sont interdits :", "1° les feux ;", "2° les tentes.", "Le bac est permis."]
    found = {p.anchor.portion: p for p in made([*map(Block, lines)]).passages}
    assert found["art_1"].text == "Sont interdits :\nLe bac est permis."
    assert found["art_1"].doubts == (PARTED,)
    assert found["art_1.pnt_2"].doubts == ()


def test_a_text_in_the_other_language_gives_a_warning() -> None:
    text = "Nota\n\n" + "De partijen zijn van het nut van een comité overtuigd. " * 8
    assert read(text, "nl").warnings == ()
    assert read(text).warnings == (
        "more words look like nl than like fr: check the language given",
    )


ROLES = st.sampled_from([Role.TEXT, Role.HEADING, Role.ROW])
HEADS = st.sampled_from(
    ["", "1. ", "2. ", "1.1 ", "II. ", "A. ", "a) ", "• ", "§ 2 ", "Article 3 - ", "Art. 3. ",
     "CHAPITRE II – ", "ANNEXE – ", "1", "Article 1er", "Fait à "]
)  # fmt: skip
WORDS = st.sampled_from(["Objet", "Les parties coopèrent.", "ce qui suit :", "", "FIN DU TEXTE"])
BLOCKS = st.builds(
    lambda head, words, role, level, depth: Block(
        head + words,
        role,
        {Role.TEXT: 0, Role.HEADING: level, Role.ROW: 1}[role],
        depth if role is Role.TEXT else 0,
    ),
    HEADS,
    WORDS,
    ROLES,
    st.integers(0, 3),
    st.sampled_from([0, 0, 1, 2, 3]),
)


@given(st.lists(BLOCKS, max_size=25))
def test_any_blocks_give_unique_addresses_that_round_trip(blocks: list[Block]) -> None:
    try:
        found = made(blocks)
    except ReadError:
        return
    anchors = [p.anchor for p in found.passages]
    assert len(set(anchors)) == len(anchors)
    assert all(Anchor.parse(str(a)) == a for a in anchors)
    assert all(p.text and p.locator.fr and p.locator.nl for p in found.passages)
    named = [locator(steps_of(anchor.portion)) for anchor in anchors]
    assert [p.locator.fr for p in found.passages] == [place.fr for place in named]
    # A portion does not say whether a paragraph is printed "§ 2" or "2.".
    assert all(
        p.locator.nl in {place.nl, place.nl.replace(", lid", ", §")}
        for p, place in zip(found.passages, named, strict=True)
    )


@given(st.lists(BLOCKS, max_size=25))
def test_no_word_of_a_text_is_lost(blocks: list[Block]) -> None:
    try:
        found = made(blocks)
    except ReadError:
        return
    kept = " ".join([found.title, *(" ".join((*p.headings, p.text)) for p in found.passages)])
    sentence = "Les parties coopèrent."
    assert kept.count(sentence) >= sum(block.text.endswith(sentence) for block in blocks)


@given(st.text(st.characters()))
def test_cleaned_text_is_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)


@pytest.mark.corpus
def test_the_declaration_reads_as_an_ordinary_text_too() -> None:
    path = CORPUS / "declaration" / "val-duchesse-2023.fr.ocr.txt"
    if not path.exists():
        pytest.skip(f"no corpus at {CORPUS} (DUCHESSE_CORPUS)")
    found = read_file(path.read_bytes(), work="val-duchesse-2023", lang="fr")
    sections = {p.anchor.portion.split(".")[0] for p in found.passages}
    assert {"sec_1", "sec_2", "sec_3", "sec_4", "sec_6", "sec_7"} <= sections


TAIL = """des emplacements visés à l’article 9 sont payées avant le 31 mars.

Art. 12. L’amende est de mille euros.

Bruxelles, le 3 mars 2031.

Arrêté relatif aux primes de la vallée

"""
ACT = "Article 1er. La prime est de cent euros.\n\nArt. 2. Elle est payée en mars.\n"


def test_articles_before_article_1_are_told_with_a_doubt() -> None:
    found = read(TAIL + ACT)
    doubted = {p.anchor.portion for p in found.passages if BEFORE in p.doubts}
    assert doubted == {"par_1", "art_12", "fnp.par_1", "fnp.par_2"}
    assert found.warnings[-1] == (
        "passages before art. 1, perhaps of another text that ends here: 4 "
        "(“des emplacements visés à l’article 9 sont payées avant le 3…”)"
    )


@pytest.mark.parametrize(
    "text", [f"La prime aide les familles.\n\n{ACT}", f"{ACT}\nArt. 12. L’amende est due.\n"]
)
def test_words_before_article_1_and_numbers_that_lack_are_not_in_doubt(text: str) -> None:
    assert all(BEFORE not in passage.doubts for passage in read(text).passages)


@pytest.mark.parametrize("after_z", [("aa", "bb", "cc"), ("aa", "ab", "ac")])
@pytest.mark.parametrize("opens", ["", "Art. 2. "])
def test_a_list_of_points_goes_on_after_its_last_letter(
    opens: str, after_z: tuple[str, ...]
) -> None:
    letters = [*"abcdefghijklmnopqrstuvwxyz", *after_z]
    items = "\n\n".join(f"{sign}) « mot {sign} » : un bac ;" for sign in letters)
    first = "Art. 1. Le bac est gratuit.\n\n" if opens else ""
    found = by_portion(read(f"Note\n\n{first}{opens}On entend par :\n\n{items}\n"))
    above = "art_2." if opens else ""
    assert [p for p in found if ".pnt_" in f".{p}"] == [f"{above}pnt_{sign}" for sign in letters]
    assert found[f"{above}pnt_z"] == "« mot z » : un bac ;"


def test_a_row_with_a_number_that_the_next_ones_count_on_is_no_head_of_columns() -> None:
    rows = ("1. Que faire ? | Triez.", "Le bac est là. | Oui.", "2. Où aller ? | Au quai.")
    blocks = [Block(row, Role.ROW, level=int(not at)) for at, row in enumerate(rows)]
    assert [p.lead for p in made([Block("Note"), *blocks]).passages] == ["", "", ""]


def test_what_opens_bullets_opens_no_point_that_counts_on() -> None:
    found = made(
        [
            Block("Note"),
            *(Block(f"{n}. Le bac {n} est gratuit.", depth=1) for n in (1, 2)),
            Block("À cet effet :"),
            *(Block(f"la ville achète un bac {n} ;", depth=1) for n in (1, 2)),
            Block("3. Le quai est clos.", depth=1),
        ]
    )
    assert {p.anchor.portion: p.lead for p in found.passages if p.lead} == {
        "blt_1": "À cet effet :",
        "blt_2": "À cet effet :",
    }
    assert found.passages[-1].anchor.portion == "pnt_3"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Brugge, 4 mei 2031\n\nNota over de oven\n\nDe oven is warm.\n", "2031-05-04"),
        ("Note\n\nMons, le lundi 3 mars 2031\n\nLe four est chaud.\n", "2031-03-03"),
        ("Note\n\nLe four est chaud.\n\nFait à Mons, le 3 mars 2031\n\nA. Nef\n", "2031-03-03"),
        ("Nota\n\nDe oven is warm.\n\nGedaan te Gent op 3 maart 2031.\n", "2031-03-03"),
        ("Date : 3 mars 2031\nObjet : le four\n\nIl est chaud.\n", "2031-03-03"),
        ("Datum: 3 maart 2031\nBetreft: de oven\n\nHij is warm.\n", "2031-03-03"),
        (
            "| Kenmerk | Datum |\n| BV/31 | 3 maart 2031 |\n\nBetreft: de oven\n\nWarm.\n",
            "2031-03-03",
        ),
        ("Note\n\nLe four a été bâti à Mons, le 3 mars 2031.\n", ""),
        ("Note\n\nLe sel.\n\nFait à Mons, le 3 mars 2031\n\nFait à Ath, le 4 mai 2031\n", ""),
        ("Note du 5 mai 2031\n\nMons, le 3 mars 2031\n\nLe four est chaud.\n", "2031-05-05"),
    ],
)
def test_the_date_at_the_head_or_the_foot_of_a_text_is_its_own(text: str, date: str) -> None:
    assert read(text).date == date


@pytest.mark.parametrize(("one", "two"), [("(1)", "(2)"), ("[1]", "[2]"), ("¹", "²")])
def test_notes_at_the_foot_of_a_letter_go_to_the_words_that_call_them(one: str, two: str) -> None:
    found = read(
        f"Note\n\nLe four{one} coûte 5 euros. Il est chaud.\n\nLe sel est gris {two}.\n\n"
        f"A. Nef\n\n{one} Celui du bourg.\n\n{two} Sauf en mai.\n"
    )
    assert [p.notes for p in found.passages] == [
        (f"{one} Celui du bourg.",), (f"{two} Sauf en mai.",), (),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Le cas (1) vaut.\n\n(1) Le four.\n\n(2) Le sel.\n", False),  # a place
        ("Le four (1) coûte 5 euros.\n\n(1) Le four.\n\n(2) Le sel.\n", True),  # a list
        ("Le four (1), le sel (1).\n\nIl pleut.\n\n(1) Celui du bourg.\n", True),
    ],
)
def test_a_line_that_may_be_no_foot_note_stays_a_point(text: str, told: bool) -> None:
    found = read(f"Note\n\n{text}")
    assert "pnt_1" in by_portion(found)
    assert any("sign of a note" in warning for warning in found.warnings) == told


@pytest.mark.parametrize("head", ["DÉCISION", "Décision :", "Beslissing", "BESLISSING"])
def test_the_decision_stands_below_no_section_before_it(head: str) -> None:
    grounds = "Note\n\n1. Les faits\n\nLe four fume.\n\n2. Le droit\n\nIl ne peut.\n\n"
    found = read(f"{grounds}{head}\n\nLe four est fermé.\n")
    assert found.passages[-1].headings == (head,)


def test_a_decision_among_sections_belongs_to_its_own() -> None:
    text = (
        "Note\n\n1. Le four\n\nIl fume.\n\nDécision\n\nIl est fermé.\n\n2. Le sel\n\nIl est gris.\n"
    )
    assert read(text).passages[1].headings == ("1. Le four", "Décision")


def test_a_value_beside_its_label_heads_no_column() -> None:
    rows = [["Adres", "Kerkweg 8"], ["Prijs", "5 euro"], ["Datum", "mei"]]
    found = made([Block(" | ".join(row), Role.ROW, int(not at)) for at, row in enumerate(rows)])
    assert not any(p.lead for p in found.passages)


def test_a_point_goes_on_with_its_list_where_a_heading_follows_it() -> None:
    points = "1. Notulen\n\n2. Rekening\n\nZij sluit.\n\n3. Veegmachine\n\n"
    found = read(f"Dagorde\n\n{points}BESLOTEN ZITTING\n\n4. Verlof\n", "nl").passages
    assert [p.headings for p in found][-2:] == [(), ("BESLOTEN ZITTING",)]


def test_a_sign_that_is_explained_is_no_bullet() -> None:
    assert by_portion(read("Rooster\n\nKies een dag.\n\n✓ = aanwezig\n", "nl"))["par_2"] == (
        "✓ = aanwezig"
    )


def test_amounts_head_no_columns() -> None:
    rows = ["Loyer | 6 000 | 6 240", "Gaz | 1 980 | 2 050"]
    found = made([Block(row, Role.ROW, int(not at)) for at, row in enumerate(rows)])
    assert not any(p.lead for p in found.passages)


@pytest.mark.parametrize(
    ("lang", "formula"),
    [("fr", "EN FOI DE QUOI, les soussignés ont signé."), ("fr", "FAIT à Ath, le 3 mai 2031."),
     ("nl", "TEN BLIJKE WAARVAN de ondergetekenden hebben getekend.")],
)  # fmt: skip
def test_the_final_formula_of_a_treaty_is_none_of_its_last_article(
    lang: Lang, formula: str
) -> None:
    found = read(
        f"Convention\n\nArticle 1. Le pont est neuf.\n\nArticle 2. Il dure.\n\n{formula}\n", lang
    )
    assert by_portion(found)["fnp.par_1"] == formula


def test_letters_that_stand_for_figures_are_told_and_the_first_point_is_one() -> None:
    found = read(
        "Arrêté du bac\n\nArticle 1. On entend par :\nl° bac : une barque de l0 places;\n"
        "2° quai : un mur de 20 m.\n\nArticle 2. Un tonneau de 60l paie 3 sous.\n"
    )
    assert by_portion(found)["art_1.pnt_1"] == "bac : une barque de l0 places;"
    assert [p.anchor.portion for p in found.passages if FIGURES in p.doubts] == ["art_1.pnt_1"]
    assert "numbers in which letters stand for figures, as they are: 1 (“l0”)" in found.warnings

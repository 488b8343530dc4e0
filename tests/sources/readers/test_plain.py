from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.anchor import Anchor
from sources.errors import ReadError
from sources.model import Document, Kind
from sources.readers.blocks import Block, clean
from sources.readers.dates import date_in
from sources.readers.file import read_file, sniff
from sources.readers.hyphens import Words
from sources.readers.numbering import arabic, marker, readings, roman
from sources.readers.places import locate
from sources.readers.plain import document
from sources.readers.text import decode, read_text

CORPUS = Path(os.environ.get("DUCHESSE_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))

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


def read(text: str) -> Document:
    return read_text(text.encode(), work="plan", lang="fr")


def by_portion(document: Document) -> dict[str, str]:
    return {passage.anchor.portion: passage.text for passage in document.passages}


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
    found = read_text(text.encode(), work="akkoord", lang="nl")
    assert by_portion(found) == {
        "art_1.par_1": "De partijen werken samen.",
        "art_1.par_2": "Zij melden.",
    }
    assert found.passages[0].headings == ("HOOFDSTUK I", "Artikel 1 – Doel")
    assert found.passages[0].locator.nl == "art. 1, lid 1"


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


def test_a_line_break_with_room_left_parts_paragraphs_and_a_full_line_does_not() -> None:
    text = (
        "Les deux pays échangent les informations qui servent à la prévention.\n"
        "Ils le font chaque jour.\n"
        "Le comité en est informé par écrit, au plus tard à la fin de chaque\n"
        "trimestre.\n"
    )
    assert [t[:9] for t in by_portion(read("Note\n\n" + text)).values()] == [
        "Les deux ",
        "Le comité",
    ]


def test_a_blank_line_in_the_middle_of_a_sentence_parts_nothing() -> None:
    text = (
        "Note\n\nLes deux pays veillent à la\n\nbonne fin de ce plan.\n\nIls en rendent compte.\n"
    )
    assert list(by_portion(read(text)).values()) == [
        "Les deux pays veillent à la bonne fin de ce plan.",
        "Ils en rendent compte.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    found = read_text(PLAN.encode(encoding), work="plan", lang="fr")
    assert by_portion(found) == by_portion(read(PLAN))


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x7fELF\x02\x01\x01" + b"\0\x01" * 300])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadError, match="binary data"):
        decode(data, "fichier")


def test_a_file_without_words_is_an_error() -> None:
    with pytest.raises(ReadError, match=r"empty: note\.txt"):
        read_file(b" \n ", work="note", lang="fr", name="note.txt")
    with pytest.raises(ReadError, match="no paragraph found"):
        document([Block("Titre seul", "heading", 1)], work="note", lang="fr")


@pytest.mark.parametrize(
    ("data", "step"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as DOCX"),
        (b"{\\rtf1 bonjour}", "save it as DOCX"),
        (b"\x89PNG\r\n\x1a\n", "OCRmyPDF"),
        (b"PK\x03\x04 broken", "Fetch it again"),
        (b"<?xml version='1.0'?><NOTICE><P>x</P></NOTICE>", "Give a PDF"),
    ],
)
def test_a_foreign_format_is_refused_with_the_way_out(data: bytes, step: str) -> None:
    with pytest.raises(ReadError) as raised:
        sniff(data, "x")
    assert step in raised.value.next_step


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4\n", "pdf"),
        (b"<!DOCTYPE html><p>Bonjour", "html"),
        ("<html><p>Bonjour".encode("utf-16"), "html"),
        (b"<p class='oj-ti-art'>Article 1</p>", "act"),
        (b"<html><body><div class=\"x eli-subdivision\" id='art_1'>", "act"),
        (b"<html><body><p class='title-article-norm'>Artikel 1</p>", "act"),
        (
            b"<?xml version='1.0' encoding='UTF-8'?>\n<ACT xmlns:xsi='x'><BIB.INSTANCE/></ACT>",
            "act",
        ),
        (b"<html><p class='project-article'>Article 1</p>", "html"),
        (b"<html><head><title>Banque de donn&eacute;es Justel</title>", "act"),
        (b"Article 1 <p> is a tag.", "text"),
        (b"a < b and c > d", "text"),
    ],
)
def test_the_format_comes_from_the_content(data: bytes, form: str) -> None:
    assert sniff(data) == form


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["la préven-", "tion"], "la prévention"),
        (["le Royaume-", "Uni"], "le Royaume-Uni"),
        (["la non-", "discrimination"], "la non-discrimination"),
        (["le vice-", "président"], "le vice-président"),
        (["la période 2014-", "2020"], "la période 2014-2020"),
        (["de EU-", "lidstaten"], "de EU-lidstaten"),
        (["land-", "en tuinbouw"], "land- en tuinbouw"),
        (["celui-", "ci"], "celui-ci"),
        (["la pré\u00ad", "vention"], "la prévention"),
        (["un mot -", "une incise"], "un mot - une incise"),
        (["GOUVERNE-", "MENT"], "GOUVERNEMENT"),
        (["porte-", "parole"], "porteparole"),
    ],
)
def test_words_parted_at_a_line_end_are_joined_by_rule(lines: list[str], joined: str) -> None:
    assert Words(lines).join(lines) == joined


def test_the_rest_of_the_document_decides_where_a_hyphen_stays() -> None:
    known = Words(
        ["le porte-parole et la sousnommée", "un porte-", "parole et une sous-", "nommée"]
    )
    assert known.join(["un porte-", "parole et une sous-", "nommée"]) == (
        "un porte-parole et une sousnommée"
    )


def test_a_text_in_the_other_language_gives_a_warning() -> None:
    text = "Nota\n\n" + "De partijen zijn van het nut van een comité overtuigd. " * 8
    assert read_text(text.encode(), work="nota", lang="nl").warnings == ()
    assert read_text(text.encode(), work="nota", lang="fr").warnings == (
        "more words look like nl than like fr: check the language given",
    )


def test_dates_are_read_only_where_there_is_one() -> None:
    assert date_in("Verklaring van 1 augustus 2021") == "2021-08-01"
    assert date_in("Accord signé le 18.03.2013") == "2013-03-18"
    assert date_in("Version 2023-02-30") == ""
    assert date_in("Note 2023") == ""


@given(st.integers(1, 399))
def test_roman_numerals_round_trip(value: int) -> None:
    assert arabic(roman(value)) == value
    assert arabic(roman(value).upper()) == value


@pytest.mark.parametrize(
    "text",
    ["12 policiers", "2.5 millions", "5.000 euros", "05.05.2023 réunion", "Annexe à la lettre",
     "Section 3 de la loi", "–texte", "ou bien", "Partie : France"],
)  # fmt: skip
def test_words_that_only_look_like_numbers_are_no_marker(text: str) -> None:
    assert marker(text) is None


def test_a_letter_may_be_read_as_roman_too() -> None:
    assert [m.form for m in readings("C. Moyens")] == ["roman", "letter"]
    assert [m.form for m in readings("A. Moyens")] == ["letter"]


SHAPES = st.sampled_from(["text", "heading", "item", "row"])
HEADS = st.sampled_from(
    ["", "1. ", "2. ", "1.1 ", "II. ", "A. ", "a) ", "• ", "§ 2 ", "Article 3 - ", "Art. 3. ",
     "CHAPITRE II – ", "ANNEXE – ", "1", "Article 1er", "Fait à "]
)  # fmt: skip
WORDS = st.sampled_from(["Objet", "Les parties coopèrent.", "ce qui suit :", "", "FIN DU TEXTE"])
BLOCKS = st.builds(
    lambda head, words, kind, level: Block(head + words, kind, level if kind != "row" else 1),
    HEADS,
    WORDS,
    SHAPES,
    st.integers(0, 3),
)


@given(st.lists(BLOCKS, max_size=25))
def test_any_blocks_give_unique_addresses_that_round_trip(blocks: list[Block]) -> None:
    try:
        found = document(blocks, work="x", lang="nl")
    except ReadError:
        return
    anchors = [p.anchor for p in found.passages]
    assert len(set(anchors)) == len(anchors)
    assert all(Anchor.parse(str(a)) == a for a in anchors)
    assert all(p.text and p.locator.fr and p.locator.nl for p in found.passages)
    assert [p.locator for p in found.passages] == [locate(a.portion) for a in anchors]


@given(st.lists(BLOCKS, max_size=25))
def test_no_word_of_a_text_is_lost(blocks: list[Block]) -> None:
    try:
        found = document(blocks, work="x", lang="fr")
    except ReadError:
        return
    kept = " ".join([found.title, *(" ".join((*p.headings, p.text)) for p in found.passages)])
    given_words = [b.text for b in blocks if b.kind != "heading"]
    sentence = "Les parties coopèrent."
    assert kept.count(sentence) >= sum(text.endswith(sentence) for text in given_words)


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

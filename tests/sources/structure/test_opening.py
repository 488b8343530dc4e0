from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from sources.anchor import Lang
from sources.formats.file import read_file
from sources.model import Document
from sources.structure.blocks import BY_TYPE, Block, Role
from sources.structure.document import Content, document
from tests.sources.formats.pdf_maker import Words, pdf
from tests.sources.structure.reading import by_portion, read


@dataclass(frozen=True)
class Line:
    text: str
    size: float = 11
    bold: bool = False


HEAD = (
    Line("COMMUNE DE SAINT-AUBERT", bold=True),
    Line("Le 4 mai 2031"),
    Line("Règlement des bacs du 12 avril 2031", 16, bold=True),
)
BODY = (
    Line("Le conseil communal arrête ce qui suit."),
    Line("CHAPITRE 1er. – Le bac", bold=True),
    Line("Article 1er. Le bac est gratuit pour tous les habitants de la commune."),
    Line("CHAPITRE 2. – Le passeur", bold=True),
    Line("Art. 2. Le passeur est de service de sept heures à vingt-deux heures."),
)


def as_docx(lines: tuple[Line, ...]) -> tuple[bytes, str]:
    made = docx.Document()
    for line in lines:
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if line in HEAD else None
        run: Any = paragraph.add_run(line.text)
        run.bold, run.font.size = line.bold, Pt(line.size)
    out = BytesIO()
    made.save(out)
    return out.getvalue(), "bacs.docx"


def as_pdf(lines: tuple[Line, ...]) -> tuple[bytes, str]:
    page = [
        Words(60, 780 - 36 * at, line.text, line.size, line.bold) for at, line in enumerate(lines)
    ]
    return pdf(page), "bacs.pdf"


def as_page(lines: tuple[Line, ...]) -> tuple[bytes, str]:
    tags = [("h1" if line.size > 11 else "p", line.text) for line in lines]
    return "".join(f"<{t}>{text}</{t}>" for t, text in tags).encode(), "bacs.html"


def as_saved_page(lines: tuple[Line, ...]) -> tuple[bytes, str]:
    """As a word processor saves a text without a style for its title."""
    texts = [
        f"<p><font style='font-size: {line.size}pt'>{line.text}</font></p>"
        if line.size > 11
        else f"<p class='western'>{line.text}</p>"
        for line in lines
    ]
    style = "<style>p.western { font-size: 11pt }</style><title></title>"
    return f"<html><head>{style}</head><body>{''.join(texts)}</body></html>".encode(), "bacs.html"


def as_markdown(lines: tuple[Line, ...]) -> tuple[bytes, str]:
    texts = [f"{'# ' if line.size > 11 else ''}{line.text}" for line in lines]
    return "\n\n".join(texts).encode(), "bacs.md"


FORMATS = (as_docx, as_pdf, as_page, as_saved_page, as_markdown)


def opened(file: tuple[bytes, str], lang: Lang = "fr") -> Document:
    return read_file(file[0], work="bacs", lang=lang, name=file[1])


@pytest.mark.parametrize("form", FORMATS)
def test_the_largest_line_is_the_title_and_the_letterhead_heads_nothing(form: Any) -> None:
    found = opened(form((*HEAD, *BODY)))
    assert (found.title, found.date) == ("Règlement des bacs du 12 avril 2031", "2031-04-12")
    assert by_portion(found) == {
        "par_1": "COMMUNE DE SAINT-AUBERT",
        "par_2": "Le 4 mai 2031",
        "par_3": "Le conseil communal arrête ce qui suit.",
        "art_1": "Le bac est gratuit pour tous les habitants de la commune.",
        "art_2": "Le passeur est de service de sept heures à vingt-deux heures.",
    }
    above = {p.anchor.portion: p.headings[:1] for p in found.passages}
    assert (above["par_2"], above["art_1"]) == ((), ("CHAPITRE 1er. – Le bac",))


def test_a_letterhead_may_have_a_table() -> None:
    row = Block("Nos réf. : 12/3 | Saint-Aubert, le 4 mai 2031", Role.ROW, 1)
    title = Block("Règlement des bacs", Role.TITLE)
    body = map(Block, ("Le bac est gratuit.", "Il est fermé le lundi."))
    found = document(Content([Block(HEAD[0].text), row, title, *body]), work="x", lang="fr")
    assert [*by_portion(found)] == ["par_1", "tab_1.row_1", "par_2", "par_3"]
    assert not any(p.headings for p in found.passages)


@pytest.mark.parametrize("form", [as_docx, as_pdf])
def test_a_large_number_is_no_title_and_a_long_title_not_the_usual_type(form: Any) -> None:
    title = Line("Règlement des bacs de la commune", 16, bold=True)
    found = opened(form((HEAD[0], Line("2031", 20), title, Line("Le bac est gratuit."))))
    assert found.title == title.text
    assert [p.text for p in found.passages] == [HEAD[0].text, "2031", "Le bac est gratuit."]


@pytest.mark.parametrize("form", FORMATS)
def test_a_title_alone_stands_above_no_passage_as_a_heading(form: Any) -> None:
    found = opened(form((*HEAD[2:], *BODY)))
    assert found.title == "Règlement des bacs du 12 avril 2031"
    assert found.passages[0].headings == ()


@pytest.mark.parametrize(
    ("form", "second", "heading"),
    [
        *((form, HEAD[2].text, HEAD[2].text) for form in (as_docx, as_pdf, as_saved_page)),
        *((form, *2 * ("Décision du sas",)) for form in (as_docx, as_pdf, as_saved_page)),
        (as_docx, "PROTOCOLE\nsur le sas", "PROTOCOLE sur le sas"),
        (as_saved_page, "PROTOCOLE<br>sur le sas", "PROTOCOLE sur le sas"),
    ],
)
def test_a_further_line_in_the_type_of_the_title_heads_its_articles(
    form: Any, second: str, heading: str
) -> None:
    again = (Line(second, 16), Line("Article 1er. L’écluse est fermée le lundi."))
    found = opened(form((*HEAD, *BODY, *again)))
    above = {p.anchor.portion: p.headings for p in found.passages if p.headings}
    assert found.title == HEAD[2].text
    assert above["art_1(2)"][:-1] == (heading,)
    assert above["art_1"][0] in {found.title, "CHAPITRE 1er. – Le bac"}


def test_a_title_below_the_end_of_another_text_heads_its_own_articles() -> None:
    end = (Line("Art. 7. Le bac est gratuit."), Line("Art. 8. Le passeur est assermenté."))
    found = opened(as_pdf((HEAD[0], *end, *HEAD[2:], *BODY)))
    above = {p.anchor.portion: p.headings[:1] for p in found.passages}
    assert found.title == "Règlement des bacs du 12 avril 2031"
    assert (above["art_7"], above["art_1"]) == (("Art. 7",), (found.title,))
    assert any("perhaps of another text" in warning for warning in found.warnings)


@pytest.mark.parametrize("form", FORMATS)
def test_an_annex_in_the_type_of_the_title_belongs_to_its_text(form: Any) -> None:
    found = opened(form((*HEAD, *BODY, Line("ANNEXE 1", 16), Line("Le passage coûte 2 euros."))))
    above = {p.anchor.portion: p.headings for p in found.passages}
    assert found.title == HEAD[2].text
    assert (above["par_3"], above["anx_1.par_1"]) == ((), ("ANNEXE 1",))


def test_of_headings_alike_without_articles_none_is_the_title() -> None:
    parts = (("Contexte", "Le bac est vieux."), ("Suites", "Un bac est construit en 2033."))
    found = opened(as_pdf(tuple(line for a, b in parts for line in (Line(a, 14), Line(b)))))
    assert found.title == "bacs.pdf"
    assert [p.headings for p in found.passages] == [("Contexte",), ("Suites",)]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("26pt", ""),
        ("xxx-large", ""),
        ("220%", "<style>h1 { font-size: 1.2em }</style>"),
        ("2.5rem", ""),
    ],
)
def test_the_only_heading_of_a_page_below_larger_type_is_no_title(size: str, said: str) -> None:
    page = (
        f"<html><head>{said}</head><body><p style='font-size: {size}'>Note sur les bacs</p>"
        "<h1>Conditions</h1><p>Le bac est gratuit.</p></body></html>"
    )
    found = opened((page.encode(), "note.html"))
    assert found.title == "Note sur les bacs"
    assert [p.headings for p in found.passages] == [("Conditions",)]
    named = page.replace("<head>", "<head><title>Conditions</title>")
    assert opened((named.encode(), "note.html")).title == "Conditions"


PROMULGATED = {
    "fr": (
        "SERVICE PUBLIC FÉDÉRAL MOBILITÉ",
        "3 MAI 2031. - Arrêté royal modifiant l’arrêté royal du 1er juin 2019 sur les bacs",
        "Article 1er. Le bac est gratuit.",
        "Art. 2. Le passeur est assermenté.",
    ),
    "nl": (
        "FEDERALE OVERHEIDSDIENST MOBILITEIT",
        "3 MEI 2031. — Koninklijk besluit tot wijziging van het besluit van 1 juni 2019",
        "Artikel 1. Het veer is gratis.",
        "Art. 2. De veerman is beëdigd.",
    ),
}


@pytest.mark.parametrize("lang", ["fr", "nl"])
@pytest.mark.parametrize("role", [Role.TEXT, Role.HEADING])
def test_a_title_that_begins_with_the_date_of_the_act_has_that_date(lang: Lang, role: Role) -> None:
    letterhead, title, *articles = PROMULGATED[lang]
    blocks = [Block(letterhead), Block(title, role, 1), *map(Block, articles)]
    found = document(Content(blocks), work="x", lang=lang)
    assert (found.title, found.date) == (title, "2031-05-03")
    assert [*by_portion(found)] == ["par_1", "art_1", "art_2"]


CITING = {
    "circular": (
        "Circulaire sur les bacs",
        "Cadre légal",
        "3 MAI 2031. - Loi relative aux bacs",
        "La loi impose un contrôle.",
    ),
    "list": (
        "CONSEIL DE SAINT-AUBERT",
        "3 MAI 2031. - Loi relative aux bacs",
        "4 JUIN 2032. - Arrêté royal relatif aux passeurs",
        "Ces actes sont abrogés.",
    ),
}


@pytest.mark.parametrize("lines", [CITING["circular"], CITING["list"]])
def test_an_act_that_is_cited_on_a_line_of_its_own_is_not_the_title(lines: tuple[str, ...]) -> None:
    found = read("\n\n".join(lines))
    assert (found.title, found.date) == (lines[0], "")
    assert [p.text for p in found.passages] == [*lines[1:]]


def test_an_act_without_articles_has_its_title_below_a_letterhead_in_capitals() -> None:
    title = "3 MAI 2031. - Arrêté royal portant nomination"
    found = read(f"SERVICE PUBLIC MOBILITÉ\n\n{title}\n\nLe passeur est nommé.")
    assert (found.title, found.date) == (title, "2031-05-03")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("size", [11, 14])
def test_a_preamble_is_not_the_title_and_heads_no_article(form: Any, size: float) -> None:
    lines = (
        Line("PRÉAMBULE", size, bold=True),
        Line("Les communes souhaitent exploiter le bac ensemble."),
        Line("CHAPITRE Ier – OBJET", size, bold=True),
        Line("Article 1er. La convention règle le passage."),
        Line("CHAPITRE II – DURÉE", size, bold=True),
        Line("Art. 2. La convention dure deux ans."),
    )
    found = opened(form(lines))
    assert "PRÉAMBULE" not in found.title
    above = {p.anchor.portion: p.headings[0] for p in found.passages if p.headings}
    assert "CHAPITRE Ier" in above["art_1"]
    assert "CHAPITRE II" in above["art_2"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "above", [("Nos réf. : 2031/114", "Saint-Aubert, le 4 mai 2031"), ("Saint-Aubert, 4 mai 2031",)]
)
def test_the_subject_of_a_letter_stands_below_its_date_and_reference(
    form: Any, above: tuple[str, ...]
) -> None:
    subject = "Décision relative aux bacs"
    lines = (*map(Line, above), Line(subject), Line("Le bac est fermé le lundi."))
    found = opened(form(lines))
    assert found.title == subject
    assert [p.text for p in found.passages] == [*above, "Le bac est fermé le lundi."]


@pytest.mark.parametrize(
    ("heading", "step"),
    [
        ("9 APRIL 2031: het veer", "hdg_1"),
        ("9 april 2031 – Het veer", "hdg_1"),
        ("9. April en mei", "sec_9"),
        ("9 Aprilse veren", "sec_9"),
    ],
)
def test_the_day_of_a_date_is_no_number_of_a_section(heading: str, step: str) -> None:
    blocks = [Block("Nota"), Block(heading, Role.HEADING, 1), Block("Het veer is gratis.")]
    found = document(Content(blocks), work="x", lang="nl")
    assert [*by_portion(found)] == [f"{step}.par_1"]


@pytest.mark.parametrize(
    ("head", "title", "first"),
    [
        ("Tarif du bac\n\napplicable dès le 1er mai 2031", "Tarif du bac", "applicable dès"),
        ("Question n° 12\n\nde Mme Piret", "Question n° 12", "de Mme Piret"),
    ],
)
def test_a_blank_line_below_the_title_of_a_plain_text_ends_it(
    head: str, title: str, first: str
) -> None:
    found = read(f"{head}\n\n1. Le passage coûte 2 euros.\n\n2. Les enfants ne paient rien.\n")
    assert found.title == title
    assert found.passages[0].text.startswith(first)


@pytest.mark.parametrize(
    "head",
    [
        "Avis\n\nLe conseil communal de Saint-Aubert fixe par le présent avis les heures des\n\n",
        "Avis sur les bacs de la commune de Saint-Aubert\n\nArticle 1er\n\nLes heures des\n\n",
    ],
)
def test_a_sentence_that_a_page_breaks_before_its_first_end_goes_on(head: str) -> None:
    found = read(f"{head}bacs sont de sept à vingt-deux heures.\n")
    assert found.passages[0].text.endswith("heures des bacs sont de sept à vingt-deux heures.")


PARTS = (
    Line("BESLUIT VAN DE DEELSTAATREGERING", bold=True),
    Line("van 7 juni 2031", bold=True),
    Line("betreffende de veren op de Durme", bold=True),
)
BELOW = (
    Line("(Bekendgemaakt onder nummer 2031/77)", bold=True),
    Line("De regering van de deelstaat heeft het volgende besloten over de veren."),
    Line("Artikel 1. Het veer van Hamme is gratis voor iedereen die te voet komt."),
    Line("Artikel 2. Het veer van Waasmunster vaart van zes uur tot tien uur."),
)


@pytest.mark.parametrize("form", [as_docx, as_pdf, as_page, as_markdown])
@pytest.mark.parametrize("above", [(), (Line("2.6.2031"), Line("NL"), Line("Staatsblad"))])
def test_a_title_goes_on_with_its_date_and_subject(form: Any, above: tuple[Line, ...]) -> None:
    found = opened(form((*above, *PARTS, *BELOW)), "nl")
    assert found.title == " ".join(line.text for line in PARTS)
    assert found.date == "2031-06-07"
    assert [p.text for p in found.passages][: len(above)] == [line.text for line in above]
    assert {p.headings[:-1] for p in found.passages if p.anchor.portion.startswith("art")} == {()}


@pytest.mark.parametrize("name", ["besluit.txt", "besluit.html"])
@pytest.mark.parametrize("act", [PARTS[0].text, "VERORDENING (EG) nr. 31/2031 VAN DE RAAD"])
def test_a_title_in_capitals_goes_on_with_its_date_in_one_paragraph(name: str, act: str) -> None:
    title = [act, *(line.text for line in PARTS[1:])]
    lines = ["Staatsblad", "<br>".join(title), BELOW[1].text, BELOW[2].text]
    page = "".join(f"<p>{line}</p>" for line in lines)
    plain = "\n\n".join(lines).replace("<br>", "\n")
    found = opened((plain.encode() if name.endswith("txt") else page.encode(), name), "nl")
    assert (found.title, found.date) == (" ".join(title), "2031-06-07")


@pytest.mark.parametrize("form", [as_docx, as_pdf, as_page])
def test_two_texts_with_their_dates_below_each_stand_below_their_title(form: Any) -> None:
    other = (Line("BESLUIT VAN HET COLLEGE", bold=True), Line("van 8 juni 2031", bold=True))
    article = Line("Artikel 1. De veerman draagt een jas.")
    found = opened(form((*PARTS, *BELOW, *other, article)), "nl")
    titles = [" ".join(line.text for line in lines) for lines in (PARTS, other)]
    above = {p.anchor.portion: p.headings[0] for p in found.passages if p.headings}
    assert found.title == titles[0]
    assert (above["art_1"], above["art_1(2)"]) == (titles[0], titles[1])


def test_a_line_with_a_date_below_it_heads_no_other_text_where_no_articles_part_them() -> None:
    lines = ["Notulen van de gemeenteraad", "van 7 juni 2031", "Agenda", "Notulen van de zitting",
             "van 4 mei 2031", "Veer", "1. Veer"]  # fmt: skip
    body = ["De raad beslist:", "Artikel 1. Het veer is gratis."]
    page = "".join(f"<p>{line}</p>" for line in (*lines, *body)).encode()
    for found in (opened((page, "n.html"), "nl"), read("\n\n".join((*lines, *body)), lang="nl")):
        assert found.title == "Notulen van de gemeenteraad van 7 juni 2031"
        assert found.passages[-1].headings == ("1. Veer", "Artikel 1")


@pytest.mark.parametrize(
    "line", ["Bruxelles, le 3 mai 2031 (OR. en)", "(OR. en)", "3.5.2031", "FR", "L 12/3"]
)
def test_a_date_a_language_and_a_number_are_no_title(line: str) -> None:
    lines = [line, "Règlement des bacs", "Le bac est gratuit pour tous les habitants."]
    assert read("\n\n".join(lines)).title == "Règlement des bacs"


PROPOSAL = (Line("Voorstel voor een", bold=True), Line("DECREET OVER DE VEREN", bold=True))
DATED = (Line("7 JUNI 2031. - Decreet over de veren"),)
MEMORANDUM = (
    Line("MEMORIE VAN TOELICHTING", bold=True),
    Line("1. Aanleiding", bold=True),
    Line("De veren op de Durme worden door vier gemeenten betaald."),
    Line("2. Bespreking van de artikelen", bold=True),
    Line("Artikel 1 maakt het veer gratis."),
)


@pytest.mark.parametrize("form", [as_docx, as_pdf, as_page])
@pytest.mark.parametrize("title", [PROPOSAL, DATED])
def test_articles_stand_below_their_title_and_not_below_the_memorandum_above_them(
    form: Any, title: tuple[Line, ...]
) -> None:
    found = opened(form((*title, *MEMORANDUM, *title, *BELOW[1:])), "nl")
    words = " ".join(line.text for line in title)
    above = {p.anchor.portion: p.headings for p in found.passages}
    assert found.title == words
    assert above["art_1"] == (words, "Artikel 1")
    remark = next(p for p in found.passages if p.text == MEMORANDUM[-1].text)
    assert remark.headings[-1] == "2. Bespreking van de artikelen"


@pytest.mark.parametrize("form", [as_docx, as_pdf, as_page])
def test_a_dated_title_below_a_report_heads_its_articles(form: Any) -> None:
    found = opened(form((*MEMORANDUM, *DATED, *BELOW[1:])), "nl")
    above = {p.anchor.portion: p.headings for p in found.passages}
    assert above["art_2"] == (DATED[0].text, "Artikel 2")


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Rectificatie van Verordening (EU) 2031/417 van de Raad van 7 juni 2031", ""),
        ("Rectificatif à la décision (UE) 2031/12 du Conseil du 4 mai 2031", ""),
        ("Commentaire à l’arrêté du 4 mai 2031 sur les bacs", ""),
        ("Toelichting bij het decreet van 7 juni 2031", ""),
        ("Omzendbrief van 9 juni 2031 bij het decreet van 7 juni 2031", "2031-06-09"),
        ("Arrêté royal modifiant la loi du 3 mars 2019 sur les bacs", ""),
        ("Règlement modifiant le règlement de police du 3 mai 2031", ""),
        ("Reglement tot wijziging van het politiereglement van 3 mei 2031", ""),
        ("Décision modifiant la décision du 3 mai 2031", ""),
        ("Beslissing tot wijziging van de beslissing van 3 mei 2031", ""),
        ("Règlement pris en vertu de ce contrat du 3 mai 2031", ""),
        ("Reglement op grond van dit contract van 3 mei 2031", ""),
        ("Koninklijk besluit tot wijziging van de gewone wet van 3 maart 2019", ""),
        ("Avis sur l’avant-projet de décret, donné le 4 mai 2031", "2031-05-04"),
        ("Projet de loi du 4 mai 2031 abrogeant la loi du 3 mars 2019", "2031-05-04"),
        ("Besluit van 7 juni 2031 tot uitvoering van het decreet van 3 maart 2019", "2031-06-07"),
        ("Arrêté du 4 mai 2031 modifiant la directive 2029/8/UE du 6 mars 2029", "2031-05-04"),
        ("Gedelegeerde Verordening (EU) 2031/7 van de Commissie van 7 juni 2031", "2031-06-07"),
    ],
)
def test_the_date_of_another_act_in_a_title_is_not_that_of_the_text(title: str, date: str) -> None:
    found = document(Content([Block(title, Role.TITLE), Block("Tekst.")]), work="x", lang="nl")
    assert (found.title, found.date) == (title, date)


LETTER = (
    "Ville de Spa",
    "Service des eaux",
    "Spa, le 3 mai 2031",
    "Uw kenmerk:",
    "Nos réf. : E/12",
)


@pytest.mark.parametrize(
    "subject",
    [
        "Objet : Le puits du parc",
        "BETREFT: Le puits du parc",
        "Onderwerp Le puits du parc",
        "Sujet : Le puits du parc",
    ],
)
def test_the_subject_of_a_letter_is_its_title_and_nothing_above_it_heads_anything(
    subject: str,
) -> None:
    body = ("Madame,", "Le puits est fermé. Il rouvre en mai.", "Le maire")
    found = read("\n\n".join([*LETTER, subject, *body]))
    assert found.title == "Le puits du parc"
    assert [p.text for p in found.passages] == [*LETTER, subject, *body]
    assert not any(p.headings for p in found.passages)


def test_the_subject_may_stand_in_a_cell_and_below_who_was_there() -> None:
    head = "EXTRAIT DU REGISTRE\n\nPrésents : MM. Noël et Petit, échevins."
    rows = "| Ville de Spa | Spa, le 3 mai 2031 |\n| Objet : | le puits du parc |\n| Réf. | 12 |"
    assert read(f"{head}\n\n{rows}\n\nLe puits est fermé.\n").title == "le puits du parc"


def test_a_subject_below_a_sentence_is_that_of_another_message() -> None:
    text = "Chers amis\n\nLe puits est fermé.\n\nDe : Anne\n\nObjet : le four\n\nQue faire ?\n"
    assert read(text).title == "Chers amis"


@pytest.mark.parametrize("title", ["Advies nr. 8/2031", "Advies over de put van 3 mei 2031"])
def test_a_title_with_a_number_or_a_date_stays_the_title_above_a_subject(title: str) -> None:
    assert read(f"{title}\n\nBetreft: de put\n\nDe put is dicht.\n", "nl").title == title


def test_a_title_stands_below_a_letterhead_in_two_columns_and_above_what_is_decided() -> None:
    blocks = [
        Block("Commune d’Ath | Votre dossier : –", Role.ROW, 1, page=1),
        Block("Quai 1, 7800 Ath | Date : 3 mai 2031", Role.ROW, page=1),
        Block("PERMIS POUR LE BAC", Role.HEADING, 1, size=14, page=1),
        Block("1. Les faits", Role.HEADING, BY_TYPE, size=10, page=1),
        Block("La demande est arrivée le 4 avril 2031.", size=10, page=1),
        Block("ARRÊTE", Role.HEADING, 1, size=14, page=1),
        Block("Article 1er. Le bac est permis.", size=10, page=1),
        Block("Article 2. Il part à sept heures.", size=10, page=1),
    ]
    found = document(Content(blocks), work="x", lang="fr")
    assert (found.title, found.date) == ("PERMIS POUR LE BAC", "2031-05-03")
    assert found.passages[-1].headings[-1] == "Article 2"
    assert "1. Les faits" not in found.passages[-1].headings


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Personeel van de haven – Stand op 31 december 2030", "2031-02-14"),
        ("Situation des quais au 31 décembre 2030", "2031-02-14"),
        ("Plan des bacs jusqu’au 31 décembre 2030", "2031-02-14"),
        ("Règlement des bacs du 31 décembre 2030", "2030-12-31"),
        ("Vergadering op 31 december 2030", "2030-12-31"),
    ],
)
def test_a_date_of_which_a_title_speaks_is_not_that_of_the_text(title: str, date: str) -> None:
    blocks = [Block(title, Role.TITLE), Block("Spa, 14 februari 2031"), Block("Le bac part.")]
    assert document(Content(blocks), work="x", lang="fr").date == date


@pytest.mark.parametrize(
    ("lang", "above", "title"),
    [
        ("nl", "Gemeente Veerle", "Politiereglement op het houden van kippen"),
        ("fr", "COMMUNE D’OHEY", "Règlement relatif aux poules"),
        ("nl", "Paritair Comité voor de veren (PC 399)", "Collectieve arbeidsovereenkomst"),
    ],
)
def test_the_title_of_an_act_stands_below_the_name_of_whose_act_it_is(
    lang: Lang, above: str, title: str
) -> None:
    blocks = [
        Block(above, Role.HEADING, BY_TYPE, size=16),
        Block(title, Role.HEADING, BY_TYPE, size=14),
    ]
    blocks += [Block("Artikel 1. Een kip.", size=11), Block("Artikel 2. Een haan.", size=11)]
    found = document(Content(blocks), work="x", lang=lang)
    assert (found.title, found.passages[0].text) == (title, above)


def test_a_larger_title_below_the_sort_of_an_act_is_the_title() -> None:
    blocks = [
        Block("Ville d’Ath", size=10),
        Block("Règlement", size=10),
        Block("Les poules", size=20),
    ]
    blocks += [Block("Article 1. Une poule.", size=10), Block("Article 2. Un coq.", size=10)]
    assert document(Content(blocks), work="x", lang="fr").title == "Les poules"


def test_the_articles_that_a_report_explains_are_none_of_the_text_below_it() -> None:
    title = "3 MEI 2031. - Koninklijk besluit over de vergoeding van de veerlui"
    found = read(
        f"{title}\n\nVERSLAG AAN DE KONING\n\nArtikel 1. Dit artikel bepaalt wie veerman is.\n\n"
        f"Artikel 2. Dit artikel bepaalt de vergoeding.\n\n{title}\n\n"
        "Artikel 1. Een veerman zet over.\n\nArt. 2. De vergoeding is 12 euro.\n",
        "nl",
    )
    articles = {p: text for p, text in by_portion(found).items() if p.startswith("art")}
    assert articles == {"art_1": "Een veerman zet over.", "art_2": "De vergoeding is 12 euro."}
    assert found.passages[0].text == "Artikel 1. Dit artikel bepaalt wie veerman is."
    assert any("a report on them" in told for told in found.warnings)

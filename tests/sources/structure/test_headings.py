"""What stands above a passage, in texts whose format says no or only some headings."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest

from sources.formats.file import read_file
from sources.model import Document
from tests.sources.formats.pdf_maker import Words, pdf
from tests.sources.structure.reading import by_portion, read


def _docx(lines: list[str]) -> bytes:
    made = docx.Document()
    made.add_paragraph(lines[0])
    for line in lines[1:]:
        paragraph = made.add_paragraph()
        for at, part in enumerate(line.split("**")):
            paragraph.add_run(part.replace("<br>", "\n")).bold = bool(at % 2)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _html(lines: list[str], opens: str = "<b>", closes: str = "</b>") -> bytes:
    inner = [
        "".join(f"{opens}{part}{closes}" if at % 2 else part for at, part in enumerate(parts))
        for parts in (line.split("**") for line in lines)
    ]
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in inner)}</body></html>".encode()


def _styled(lines: list[str]) -> bytes:
    return _html(lines, "<span style='font-weight: 700'>", "</span>")


def _shorthand(lines: list[str]) -> bytes:
    return _html(lines, "<span style='font: bold 12pt serif'>", "</span>")


def _markdown(lines: list[str]) -> bytes:
    return "\n\n".join(line.replace("<br>", "  \n") for line in lines).encode()


def _pdf(lines: list[str]) -> bytes:
    words: list[Words] = []
    for row, line in enumerate(lines):
        x = 60.0
        for at, part in enumerate(line.split("**")):
            words.append(Words(x, 780 - 30 * row, part.strip(), bold=bool(at % 2)))
            x += 6 * len(part)
    return pdf([w for w in words if w.text])


FORMATS = {
    "docx": _docx,
    "html": _html,
    "styled.html": _styled,
    "shorthand.html": _shorthand,
    "md": _markdown,
}
EVERY = {**FORMATS, "pdf": _pdf}


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read_lines(form: str, *lines: str) -> Document:
    """A text of these lines; what stands between two stars is bold."""
    return read_file(EVERY[form]([*lines]), work="bac", lang="fr", name=f"bac.{form}")


def places(found: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [(p.anchor.portion, p.headings) for p in found.passages]


def test_a_bold_line_stands_above_what_is_below_it(form: str) -> None:
    found = read_lines(
        form,
        "Procès-verbal du conseil",
        "Le conseil est réuni.",
        "**1. Règlement des bacs**",
        "**Article 1er.** Le bac est public.",
        "**Article 2.** Il est gratuit.",
        "**2. Achat d’un ponton**",
        "Le conseil décide :",
        "**Article 1er.** Le ponton est acheté.",
        "**Divers**",
        "Un conseiller parle **du quai**.",
    )
    ponton = "2. Achat d’un ponton"
    assert places(found) == [
        ("par_1", ()),
        ("art_1", ("1. Règlement des bacs", "Article 1er")),
        ("art_2", ("1. Règlement des bacs", "Article 2")),
        ("sec_2.par_1", (ponton,)),
        ("art_1(2)", (ponton, "Article 1er")),
        ("hdg_1.par_1", ("Divers",)),
    ]
    assert found.passages[-1].text == "Un conseiller parle du quai."
    assert f"“{ponton} – Article 1er”" in found.warnings[0]


def test_a_bold_heading_of_several_lines_is_one(form: str) -> None:
    found = read_lines(
        form,
        "Traité des bacs",
        "**Article 1er.** Le bac est public.",
        "**PROTOCOLE N° 1<br>relatif aux pontons**",
        "**Article 1er.** Le ponton est clos.",
        "**Pour la commune,<br>le bourgmestre**",
    )
    assert places(found) == [
        ("art_1", ("Article 1er",)),
        ("art_1(2)", ("PROTOCOLE N° 1 relatif aux pontons", "Article 1er")),
    ]
    assert found.passages[-1].text.endswith("Pour la commune,\nle bourgmestre")


@pytest.mark.parametrize("form", EVERY)
def test_a_bold_line_below_another_one_stands_within_it(form: str) -> None:
    found = read_lines(
        form,
        "Traité des bacs",
        "**Article 1er.** Le bac est public.",
        "**PROTOCOLE N° 1**",
        "**Des pontons**",
        "**Article 1er.** Le ponton est clos.",
    )
    assert places(found)[1] == ("art_1(2)", ("PROTOCOLE N° 1", "Des pontons", "Article 1er"))


def test_bold_lines_below_each_other_or_in_the_last_article_do_not_end_it(form: str) -> None:
    found = read_lines(
        form,
        "Règlement des bacs",
        "**Article 1er.** Le passage coûte :",
        "**2 euros par personne**",
        "**5 euros par vélo**",
        "Il se paie à bord.",
        "**Article 2.** Le bac est public.",
        "**Les chiens sont admis**",
        "Ils sont tenus en laisse.",
        "Fait à Dinant, le 3 mai 2031.",
    )
    assert [p.text for p in found.passages] == [
        "Le passage coûte :\n2 euros par personne\n5 euros par vélo\nIl se paie à bord.",
        "Le bac est public.\nLes chiens sont admis\nIls sont tenus en laisse.",
        "Fait à Dinant, le 3 mai 2031.",
    ]


@pytest.mark.parametrize("form", EVERY)
def test_a_bold_line_within_an_article_does_not_end_it(form: str) -> None:
    found = read_lines(
        form,
        "Règlement des bacs",
        "**Article 1er.** Le bac est public.",
        "**Les enfants**",
        "Les enfants paient la moitié.",
        "**Les vélos**",
        "1. Le vélo est porté.",
        "**Article 2. Tarif**",
        "**1. Le jour**",
        "Deux euros.",
        "**Dispositions finales**",
        "**Article 3.** Le règlement vaut deux ans.",
    )
    assert places(found) == [
        ("art_1", ("Article 1er",)),
        ("art_1.par_1", ("Article 1er", "Les vélos")),
        ("art_2.par_1", ("Article 2. Tarif",)),
        ("art_3", ("Dispositions finales", "Article 3")),
    ]
    assert found.passages[0].text.endswith("Les enfants\nLes enfants paient la moitié.")
    assert found.passages[2].text == "Le jour\nDeux euros."


@pytest.mark.parametrize("form", EVERY)
def test_bold_headings_stand_in_their_annex(form: str) -> None:
    found = read_lines(
        form,
        "Convention",
        "**Article 1er.** Le moulin est restauré.",
        "**ANNEXE 1 : LES MOULINS**",
        "**1. Le moulin du haut**",
        "La roue est remplacée.",
        "**ANNEXE 2 : LE CALENDRIER**",
        "**La toiture**",
        "Elle est refaite en mars.",
    )
    assert places(found)[1:] == [
        ("anx_1.sec_1.par_1", ("ANNEXE 1 : LES MOULINS", "1. Le moulin du haut")),
        ("anx_2.hdg_1.par_1", ("ANNEXE 2 : LE CALENDRIER", "La toiture")),
    ]


def test_a_bold_final_formula_is_no_heading(form: str) -> None:
    formula = "Fait à Ath, le 3 mars 2031"
    found = read_lines(form, "Bacs", "**Article 1er.** Le bac est public.", f"**{formula}**")
    assert by_portion(found) == {"art_1": "Le bac est public.", "fnp.par_1": formula}


def test_a_bold_item_between_plain_ones_is_one_of_them(form: str) -> None:
    items = ("1. Le passeur nage.", "**2. Il parle français**", "3. Il est sobre.")
    found = read_lines(form, "Consignes", "Le passeur les connaît.", *items)
    assert places(found)[1:] == [(f"pnt_{at}", ()) for at in (1, 2, 3)]


SIGNED = ("**Voor de gemeente**", "**De burgemeester**", "**Els MAES**", "**Voor de vzw**")


@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize("formula", ["Opgemaakt te Halle op 3 mei 2031.", "Halle, 3 mei 2031"])
def test_bold_names_below_the_final_formula_head_nothing(form: str, formula: str) -> None:
    lines = ("Besluit over de veren", "**Artikel 1.** Het veer is gratis.", formula, *SIGNED)
    below = ("Beroep is mogelijk binnen zestig dagen.", "**BIJLAGE 1 : UREN**", "Van 8 tot 20 uur.")
    found = read_lines(form, *lines, *below)
    texts = [formula, *(line.strip("*") for line in SIGNED), below[0]]
    assert by_portion(found) == {
        "art_1": "Het veer is gratis.",
        **{f"fnp.par_{at}": text for at, text in enumerate(texts, 1)},
        "anx_1.par_1": "Van 8 tot 20 uur.",
    }
    assert [p.headings for p in found.passages[1:-1]] == [()] * len(texts)


@pytest.mark.parametrize("form", EVERY)
def test_bold_names_at_the_end_without_a_formula_are_none_of_the_last_article(form: str) -> None:
    article = "**Article 1er.** Le bac est public."
    names = ("Le bourgmestre,", "**C. DELVAUX**")
    for below in ((), ("**ANNEXE 1 : TARIF**", "Deux euros.")):
        found = read_lines(form, "Arrêté des bacs", article, *names, *below)
        texts = ["Le bac est public.", "Le bourgmestre,", "C. DELVAUX", *below[1:]]
        assert [passage.text for passage in found.passages] == texts
        assert found.passages[1].anchor.portion == "fnp.par_1"
        assert not found.warnings


def test_a_bold_line_below_a_list_that_ends_with_a_comma_is_a_heading(form: str) -> None:
    lines = ("**Article 1er.** Le bac est clos :", "a) le lundi,", "b) le mardi,")
    found = read_lines(form, "Règlement", *lines, "**Heures**", "Il ouvre à 8 heures.")
    assert places(found)[-1] == ("hdg_1.par_1", ("Heures",))


@pytest.mark.parametrize("form", EVERY)
def test_bold_names_below_a_letter_are_its_last_paragraphs(form: str) -> None:
    lines = ("**Délai**", "Le bac est clos en mai.", "**Le directeur**", "**Luc MARIN**")
    found = read_lines(form, "Lettre aux passeurs", "Bonjour à tous.", *lines)
    assert places(found)[1:] == [(f"hdg_1.par_{at}", ("Délai",)) for at in (1, 2, 3)]


@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize(
    "lines",
    [
        ("**Vu**", "le décret du 3 mai 2030 ;", "**DÉCIDE, à l’unanimité**"),
        ("**Considérant que**", "le bac est vétuste ;", "**ARRÊTE :**"),
        ("**Entre les soussignés**", "La commune d’Ath,", "**ET**", "La ferme du Bac,"),
        ("**ENTRE**", "La commune d’Ath,", "**ET**", "La ferme du Bac,", "**IL EST CONVENU**"),
        ("**Gelet op**", "het decreet van 3 mei 2030;", "**BESLUIT:**"),
        ("**De burgemeester,**", "**Overwegende dat het veer oud is;**", "**BESLIST**"),
    ],
)
def test_bold_words_of_a_preamble_stand_above_no_article(form: str, lines: tuple[str, ...]) -> None:
    articles = ("**Art. 1.** Le bac est public.", "**Art. 2.** Il est gratuit.")
    found = read_lines(form, "Règlement des bacs", *lines, *articles)
    assert [p.text for p in found.passages[:-2]] == [line.strip("*") for line in lines]
    assert places(found)[-2:] == [("art_1", ("Art. 1",)), ("art_2", ("Art. 2",))]
    assert not any(p.headings for p in found.passages[:-2])


def test_words_of_a_preamble_in_capitals_stand_above_no_article() -> None:
    found = read(
        "Convention\n\nENTRE\n\nLa commune.\n\nET\n\nLa ferme.\n\nArt. 1. Le bac est loué."
    )
    assert found.passages[-1].headings == ("Art. 1",)


def test_what_stands_below_the_final_formula_right_above_an_article_is_told() -> None:
    lines = (
        "Traité",
        "Art. 1. Il est clos.",
        "Fait à Ath.",
        "Protocole du quai",
        "Art. 1. Il vaut.",
    )
    told = "lines right above an article, read as text of the one before: 1 (“Protocole du quai”)"
    assert told in read("\n\n".join(lines)).warnings


def test_bold_words_that_are_no_heading_stay_text(form: str) -> None:
    found = read_lines(
        form,
        "Note",
        "**Le bac est fermé en hiver.**",
        "**Attention** au ponton",
        "**« Le bac ouvre en mai »**",
        "**1. Le sel<br>2. Le riz**",
        "Le sel est sec.",
    )
    assert not any(p.headings for p in found.passages)


def _caption_docx() -> bytes:
    made = docx.Document()
    made.add_paragraph("Nota over de bruggen")
    for style, line in CAPTIONED:
        paragraph = made.add_paragraph(style="Caption" if style == "caption" else None)
        paragraph.add_run(line).bold = style != "text"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _caption_html() -> bytes:
    tags = {
        "heading": "<p><b>{}</b>",
        "caption": "<figure><figcaption><b>{}</b></figcaption></figure>",
    }
    lines = "".join(tags.get(style, "<p>{}").format(line) for style, line in CAPTIONED)
    return f"<h1>Nota over de bruggen</h1>{lines}".encode()


def _caption_pdf() -> bytes:
    words = [Words(60, 780, "Nota over de bruggen", 16)]
    for row, (style, line) in enumerate(CAPTIONED, 1):
        size = 8.5 if style == "caption" else 10
        words.append(Words(60, 780 - 30 * row, line, size, bold=style != "text"))
    return pdf(words)


CAPTIONED = (
    ("heading", "Herstel"),
    ("text", "De bruggen over de Demer worden hersteld."),
    ("caption", "Foto 1: de brug van Diest"),
    ("text", "De gemeente brengt verslag uit."),
    ("caption", "Foto 2: de brug van Aarschot"),
    ("heading", "Duur"),
    ("text", "De nota geldt tien jaar."),
)


@pytest.mark.parametrize(
    ("form", "made"), [("docx", _caption_docx), ("html", _caption_html), ("pdf", _caption_pdf)]
)
def test_a_caption_heads_nothing(form: str, made: Callable[[], bytes]) -> None:
    found = read_file(made(), work="brug", lang="nl", name=f"brug.{form}")
    lines = [line for style, line in CAPTIONED if style != "heading"]
    assert [(p.text, p.headings) for p in found.passages] == [
        *((line, ("Herstel",)) for line in lines[:4]),
        (lines[4], ("Duur",)),
    ]


def test_bold_articles_and_sections_may_be_items_of_lists() -> None:
    numbered = (
        "<p>Note<ol type='I'><li><p><b>LE BAC</b></ol><p>Il est clos.<ol type='I' start='2'>"
        "<li><h2>Le quai</h2><ol><li><h3>Ouverture</h3></ol></ol><p>Il est ouvert."
        "<ol><li><b>le sel</b><li><b>le riz</b></ol>"
    )
    found = read_file(numbered.encode(), work="bac", lang="fr", name="bac.html")
    quai = ("II. Le quai", "1. Ouverture")
    assert places(found) == [
        ("sec_I.par_1", ("I. LE BAC",)),
        ("sec_II.1.par_1", quai),
        ("sec_II.1.pnt_1", quai),
        ("sec_II.1.pnt_2", quai),
    ]


CODE = """Code des bacs

LIVRE Ier. - Du passage

TITRE Ier. - Le bac

CHAPITRE UNIQUE. - Le passeur

Art. 1. Le passeur est assermenté.

LIVRE II. - Des rives

TITRE Ier. - Les pontons

Art. 2. Le ponton est entretenu.
"""


def test_a_book_stands_above_its_titles() -> None:
    found = read(CODE)
    assert [p.headings for p in found.passages] == [
        (
            "LIVRE Ier. - Du passage",
            "TITRE Ier. - Le bac",
            "CHAPITRE UNIQUE. - Le passeur",
            "Art. 1",
        ),
        ("LIVRE II. - Des rives", "TITRE Ier. - Les pontons", "Art. 2"),
    ]
    assert not found.warnings


@pytest.mark.parametrize(
    "formula",
    [
        "Promulguons la présente loi, ordonnons qu’elle soit publiée par le Moniteur belge.",
        "Promulguons le présent décret, ordonnons qu’il soit publié au Moniteur belge.",
        "Kondigen dit decreet af, bevelen dat het in het Belgisch Staatsblad wordt bekendgemaakt.",
    ],
)
def test_a_promulgation_is_no_text_of_the_last_article(formula: str) -> None:
    found = by_portion(read(f"Note\n\nArt. 1. Le bac est gratuit.\n\n{formula}\n"))
    assert found == {"art_1": "Le bac est gratuit.", "fnp.par_1": formula}


@pytest.mark.parametrize(
    ("form", "bold"), [*((form, "**{}. ") for form in EVERY), ("pdf", "{}. **")]
)
def test_a_section_of_another_kind_of_number_stands_below_the_one_that_looks_the_same(
    form: str, bold: str
) -> None:
    heads = {number: bold.format(number) for number in ("I", "II", "III", "A", "B")}
    found = read_lines(
        form,
        "Avis du conseil",
        "Le conseil est saisi par la commune, qui en attend un avis.",
        heads["I"] + "OBJET**",
        "Le bac est visé.",
        heads["II"] + "EXAMEN**",
        heads["A"] + "Les rives**",
        "1. La rive est trop basse. Elle est relevée.²",
        heads["B"] + "Les pontons**",
        "Le ponton est trop court.",
        heads["III"] + "AVIS**",
        "Le conseil rend un avis favorable.",
    )
    assert places(found)[1:] == [
        ("sec_I.par_1", ("I. OBJET",)),
        ("sec_II.A.pnt_1", ("II. EXAMEN", "A. Les rives")),
        ("sec_II.B.par_1", ("II. EXAMEN", "B. Les pontons")),
        ("sec_III.par_1", ("III. AVIS",)),
    ]


PROGRAMME = (
    "Plan des haies",
    "Le plan vaut quatre ans pour toutes les communes de la vallée.",
    "**Axe 1 : Planter**",
    "**Mesure 1.1 : Une prime**",
    "La prime est de deux euros par plant.",
    "**Mesure 1.2 : Une pépinière**",
    "Elle est publique.",
    "**Axe 2 : Entretenir**",
    "La taille est interdite en mai.",
)


@pytest.mark.parametrize("form", EVERY)
def test_a_heading_with_a_name_stands_below_the_one_whose_number_its_own_begins_with(
    form: str,
) -> None:
    assert places(read_lines(form, *PROGRAMME))[1:] == [
        ("hdg_1.hdg_1.par_1", ("Axe 1 : Planter", "Mesure 1.1 : Une prime")),
        ("hdg_1.hdg_2.par_1", ("Axe 1 : Planter", "Mesure 1.2 : Une pépinière")),
        ("hdg_2.par_1", ("Axe 2 : Entretenir",)),
    ]


@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        (("I/ Halles", "II/ Rues"), ("A/ Étals", "B/ Voitures")),
        (("1 – Halles", "2 – Rues"), ("a) Étals", "b) Voitures")),
        (("1.- Halles", "2.- Rues"), ("a/ Étals", "b/ Voitures")),
        (("§ 1. Halles", "§ 2. Rues"), ("a. Étals", "b. Voitures")),
        (("Pilier 1 : Halles", "Pilier 2 : Rues"), ("Action 1 : Étals", "Action 2 : Voitures")),
        (("Axe I – Halles", "Axe II – Rues"), ("Fiche A : Étals", "Fiche B : Voitures")),
    ],
)
def test_bold_headings_stand_below_those_whose_numbers_have_another_sign(
    form: str, wide: tuple[str, str], narrow: tuple[str, str]
) -> None:
    body = (line for high in wide for line in (high, *(x for n in narrow for x in (n, ""))))
    lines = (f"**{line}**" if line else "Le placier en décide seul." for line in body)
    found = read_lines(form, "Note", "Le conseil communal d’Ath décide ce qui suit.", *lines)
    above = [headings for _, headings in places(found) if headings]
    assert above == [(high, low) for high in wide for low in narrow]


def test_headings_with_strokes_and_dashes_are_known_in_plain_text() -> None:
    parts = ["Afspraak over de markt", "I/ Toegang", "A – Kramen", "De kramen zijn open.",
             "B – Wagens", "De wagens betalen 3 euro.", "II/ Duur", "De afspraak loopt af.",
             "8 – Gent", "C – Aalst wint."]  # fmt: skip
    assert places(read("\n\n".join(parts), lang="nl")) == [
        ("sec_I.A.par_1", ("I/ Toegang", "A – Kramen")),
        ("sec_I.B.par_1", ("I/ Toegang", "B – Wagens")),
        ("sec_II.par_1", ("II/ Duur",)),
        ("sec_II.par_2", ("II/ Duur",)),
        ("sec_II.par_3", ("II/ Duur",)),
    ]


def test_lines_with_a_name_and_a_number_that_nothing_marks_are_told() -> None:
    plain = "\n\n".join(line.strip("*") for line in PROGRAMME)
    assert read(plain).warnings == (
        "lines with a name and a number, which may be headings, read as text: 4 "
        "(“Axe 1 : Planter”)",
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("Zone 1 : le quai", "Zone 2 : la rive", "Zone 3 : le bac"),
        ("La zone 1 : le quai", "Elle est close."),
        ("Zone 1 : elle est close.", "Elle est interdite."),
    ],
)
def test_lists_and_sentences_with_a_name_and_a_number_are_not_told(lines: tuple[str, ...]) -> None:
    assert not read("\n\n".join(("Note", "Les zones sont closes.", *lines))).warnings


def test_sections_of_outline_levels_count_by_their_level() -> None:
    numbered = "<h1>1. Bac</h1><h2>1. Rive</h2><h3>1. Nord</h3><p>Clos.<h3>2. Sud</h3><p>Ouvert."
    numbered += "<h1>2. Tarif</h1><p>Un euro."
    found = read_file(numbered.encode(), work="bac", lang="fr", name="bac.html")
    portions = [portion for portion, _ in places(found)]
    assert portions == ["sec_1.1.1.par_1", "sec_1.1.2.par_1", "sec_2.par_1"]


@pytest.mark.parametrize(
    ("line", "heads"),
    [("2. Le quai", True), ("2. Le quai est clos.", False), ("3. Le quai", False)],
)
def test_a_line_that_goes_on_with_the_sections_stands_above_the_next_article(
    line: str, heads: bool
) -> None:
    lines = ("Note", "1. LE BAC", "Art. 1. Le bac est clos.", line, "Art. 2. Le quai est ouvert.")
    found = read("\n\n".join(lines))
    assert found.passages[1].headings == (line if heads else "1. LE BAC", "Art. 2")
    assert (line in found.passages[0].text) is not heads


@pytest.mark.parametrize("form", EVERY)
def test_a_heading_with_a_number_of_its_own_is_no_title_of_the_part_above_it(form: str) -> None:
    found = read_lines(
        form,
        "Plan des bacs",
        "**Partie A**",
        "**Action 1**",
        "La ville achète un bac.",
        "**Action 2**",
        "L’école peint le quai.",
    )
    assert [headings for _, headings in places(found)] == [
        ("Partie A", "Action 1"),
        ("Partie A", "Action 2"),
    ]


def test_a_bold_word_with_which_a_sentence_begins_is_no_heading(form: str) -> None:
    found = read_lines(
        form,
        "Délibération sur les bacs",
        "**Vu**",
        "le règlement des bacs ;",
        "**Considérant**",
        "que le bac est vétuste ;",
        "**Article 1er.** Le bac est remplacé.",
    )
    assert {headings for _, headings in places(found)} == {(), ("Article 1er",)}


def test_the_code_of_a_file_heads_nothing() -> None:
    text = (
        "Avis du comité\n\nRue Haute 1\n\nEN CAUSE DE\n\nLe bac, sis à Ath,\n\n"
        "ECLI:BE:XX:2031:AVIS.20310503.4\n\nLe bac est sûr.\n\n"
        "BUDGET 2031-2032\n\nIl coûte 5 euros.\n"
    )
    found = read(text)
    assert [(p.text, p.headings) for p in found.passages][-2:] == [
        ("Le bac est sûr.", ()),
        ("Il coûte 5 euros.", ("BUDGET 2031-2032",)),
    ]


def test_headings_in_small_letters_stand_beside_each_other_below_one_in_capitals() -> None:
    lines = [
        "Traité du pont",
        "**RÉSERVES**",
        "**Ath**",
        "Ath paie moins.",
        "**Mons**",
        "Mons paie.",
    ]
    lines += ["**ANNEXES DU PONT**", "Le plan suit."]
    found = read_file(_docx(lines), work="plan", lang="fr", name="plan.docx")
    assert [(p.headings, p.text) for p in found.passages] == [
        (("RÉSERVES", "Ath"), "Ath paie moins."),
        (("RÉSERVES", "Mons"), "Mons paie."),
        (("ANNEXES DU PONT",), "Le plan suit."),
    ]

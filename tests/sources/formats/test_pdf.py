from __future__ import annotations

import stat
import zlib
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from sources.errors import ReadError
from sources.formats.file import read_file
from sources.formats.omissions import DRAWN, LAID_OUT
from sources.formats.pdf import reader as pdf_reader
from sources.formats.pdf.reader import ScannedError, read_pdf
from sources.model import Document, Kind
from sources.structure.document import document
from tests.sources.formats.pdf_maker import (
    Words,
    bomb,
    column,
    content,
    pdf,
    raw_pdf,
    typed,
)

LONG = (
    "Les services compétents des deux pays échangent les informations utiles à la prévention et à "
    "la détection des infractions commises dans la zone frontalière. "
)
IMAGE = b"q 500 0 0 700 40 60 cm /Im1 Do Q"


def read(data: bytes) -> Document:
    return document(read_pdf(data, "plan.pdf", searchable=None), work="plan", lang="fr")


def texts(document: Document) -> list[str]:
    return [passage.text for passage in document.passages]


def portions(document: Document) -> list[str]:
    return [passage.anchor.portion for passage in document.passages]


def scanned() -> bytes:
    picture = ("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
               "/BitsPerComponent 8", b"\0")  # fmt: skip
    return raw_pdf([IMAGE], objects=[picture], resources="/XObject << /Im1 10 0 R >>")


def test_numbered_headings_by_size_open_sections_and_the_largest_is_the_title() -> None:
    page = [
        Words(60, 780, "Plan d’action commun du 5 mai 2023", 20, bold=True),
        *typed(["1. Contexte"], 60, 740, size=14, bold=True),
        *column(LONG, 60, 715),
        *column(LONG, 60, 670),
        *typed(["1.1 Bilan"], 60, 630, size=12, bold=True),
        *column("Le bilan est bon. " + LONG, 60, 605),
        *typed(["2. Suites"], 60, 560, size=14, bold=True),
        *column("Un comité suit le plan. " + LONG, 60, 535),
    ]
    document = read(pdf(page))
    assert document.title == "Plan d’action commun du 5 mai 2023"
    assert document.date == "2023-05-05"
    assert portions(document) == ["sec_1.par_1", "sec_1.par_2", "sec_1.1.par_1", "sec_2.par_1"]
    assert document.passages[2].headings == ("1. Contexte", "1.1 Bilan")
    assert document.passages[2].locator.nl == "afdeling 1.1, 1e alinea"
    assert document.passages[0].text == LONG.strip()


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            Words(60, 810, "Accord transfrontalier – version 2"),
            *column(f"Texte propre à la page {word}. {LONG}", 60, 760),
            *column(f"Fin de la page {word}. {LONG}", 60, 700),
            Words(280, 30, f"Page {number} sur 4"),
        ]
        for number, word in enumerate(["une", "deux", "trois", "quatre"], 1)
    ]
    document = read(pdf(*pages))
    assert len(document.passages) == 8
    assert not any("version 2" in text or "sur 4" in text for text in texts(document))
    assert [p.page for p in document.passages] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_a_header_that_changes_with_the_chapter_goes_by_its_page_number() -> None:
    pages = [
        [Words(60, 810, f"{head} {page + 6}"), *column(f"{word}. {LONG}", 60, 760)]
        for page, (head, word) in enumerate(
            [("Contexte", "Un"), ("Objectifs", "Deux"), ("Moyens", "Trois"), ("Suivi", "Quatre")]
        )
    ]
    assert texts(read(pdf(*pages))) == [
        f"{word}. {LONG}".strip() for word in ("Un", "Deux", "Trois", "Quatre")
    ]


def test_articles_at_the_top_of_every_page_are_not_running_headers() -> None:
    pages = [
        [Words(60, 780, f"Article {number}"), *column(f"{LONG}", 60, 750)] for number in (2, 5, 9)
    ]
    assert portions(read(pdf(*pages))) == ["art_2", "art_5", "art_9"]


def test_a_paragraph_goes_on_over_a_page_break_and_keeps_its_first_page() -> None:
    end = "Les deux pays veillent, chacun dans son domaine de compétence, à"
    first = column("Un premier alinéa. " + LONG, 60, 760) + column(end, 60, 100)
    second = column("la bonne fin de ce plan. " + LONG, 60, 760) + column("Autre alinéa.", 60, 680)
    document = read(pdf(first, second))
    assert texts(document)[1].startswith(f"{end} la bonne fin de ce plan. Les")
    assert [p.page for p in document.passages] == [1, 1, 2]


def test_a_heading_at_the_foot_of_a_page_does_not_run_into_the_next_page() -> None:
    first = [*column("Un premier alinéa. " + LONG, 60, 760), Words(60, 80, "Article 5")]
    second = column("Patrouilles mixtes", 60, 760) + column("1. Les agents. " + LONG, 60, 740)
    document = read(pdf(first, second))
    assert portions(document) == ["par_1", "art_5.par_1"]
    assert document.passages[1].headings == ("Article 5 – Patrouilles mixtes",)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = column("À gauche. " + LONG * 3, 60, 620, signs=36)
    right = column("À droite. " + LONG * 3, 320, 620, signs=36)
    below = min(w.y for w in left + right) - 40
    page = [
        *column("Introduction sur toute la largeur de la page. " + LONG, 60, 700),
        *[w for pair in zip(left, right, strict=True) for w in pair],
        *column("Conclusion sur toute la largeur de la page. " + LONG, 60, below),
    ]
    assert texts(read(pdf(page))) == [
        ("Introduction sur toute la largeur de la page. " + LONG).strip(),
        ("À gauche. " + LONG * 3).strip(),
        ("À droite. " + LONG * 3).strip(),
        ("Conclusion sur toute la largeur de la page. " + LONG).strip(),
    ]


def test_what_goes_on_beside_a_note_below_a_column_is_no_part_of_the_note() -> None:
    rule = "Art. 2. Le péage est de cinq euros (1). Il est dû le jour, le"
    left = column(f"Art. 1. Le pont est vert. {LONG}", 60, 700, signs=36)
    left += column(rule, 60, 600, signs=36)
    left += column("(1) Hors taxes.", 60, left[-1].y - 12, signs=36)
    right = column(f"dimanche compris. {LONG}", 320, 700, signs=36)
    right += column(f"Art. 3. Le quai est clos. {LONG}", 320, 600, signs=36)
    second = read(pdf([*left, *right])).passages[1]
    assert second.text == f"{rule[8:]}\ndimanche compris. {LONG}".strip()
    assert second.notes == ("(1) Hors taxes.",)


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other() -> None:
    left = column("À gauche. " + LONG * 3, 60, 620, signs=36)
    right = column("À droite. " + LONG * 3, 320, 615.5, signs=36)
    assert texts(read(pdf([*left, *right]))) == [
        ("À gauche. " + LONG * 3).strip(),
        ("À droite. " + LONG * 3).strip(),
    ]


DIKES = {
    "fr": ("Article", "L’éclusier tient le registre {} des", "passages de la digue du canal."),
    "nl": (
        "Artikel",
        "De sluiswachter houdt een register {}",
        "van wie over de dijk van de vaart.",
    ),
}


def articles(lang: str, numbers: range, x: float, y: float, *, above: float = 14) -> list[Words]:
    """Short articles one below the other, which fill half of a column."""
    word, *lines = DIKES[lang]
    out: list[Words] = []
    for index, number in enumerate(numbers):
        at = y - index * (24 + 12 + above)
        some = [f"{word} {number}. Digue {number}", *[line.format(number) for line in lines]]
        out += typed(some, x, at, size=9)
    return out


def dikes(lang: str, numbers: range) -> dict[str, str]:
    _, *lines = DIKES[lang]
    return {f"art_{number}": " ".join(lines).format(number) for number in numbers}


@pytest.mark.parametrize("lang", ["fr", "nl"])
@pytest.mark.parametrize("right", [range(7, 9), range(7, 10), range(7, 13)])
def test_a_right_column_whose_articles_count_on_is_read_last_however_short_it_is(
    lang: str, right: range
) -> None:
    page = [*articles(lang, range(1, 7), 60, 760), *articles(lang, right, 320, 760)]
    document = read(pdf(page))
    assert dict(zip(portions(document), texts(document), strict=True)) == dikes(
        lang, range(1, right.stop)
    )


def test_the_last_of_three_columns_may_be_short_and_chapters_have_columns_of_their_own() -> None:
    page = [
        *articles("fr", range(1, 6), 20, 700),
        *articles("fr", range(6, 11), 215, 700),
        *articles("fr", range(11, 13), 410, 700),
        Words(200, 430, "CHAPITRE II. Suites de la surveillance", 12, bold=True),
        *articles("fr", range(13, 15), 20, 400),
        *articles("fr", range(15, 16), 300, 400),
    ]
    document = read(pdf(page))
    assert portions(document) == [f"art_{number}" for number in range(1, 16)]
    assert document.passages[-1].headings[0] == "CHAPITRE II. Suites de la surveillance"


def test_another_text_in_columns_below_the_first_one_is_read_after_it() -> None:
    page = [
        *articles("fr", range(1, 3), 60, 760),
        *articles("fr", range(3, 5), 320, 760),
        Words(60, 600, "Reglement van de dijken", 14, bold=True),
        *articles("nl", range(1, 3), 60, 570),
        *articles("nl", range(3, 5), 320, 570),
    ]
    found = texts(read(pdf(page)))
    assert found == [*dikes("fr", range(1, 5)).values(), *dikes("nl", range(1, 5)).values()]


def test_the_words_at_the_head_of_a_short_right_column_belong_to_the_last_article_on_the_left() -> (
    None
):
    page = [
        *articles("fr", range(1, 5), 60, 760),
        *typed(["Article 5. Seuils", "Il est défendu :", "a) de pêcher ;"], 60, 560, size=9),
        *typed(["b) de nager."], 320, 760, size=9),
        *articles("fr", range(6, 7), 320, 734),
    ]
    document = read(pdf(page))
    assert portions(document)[4:] == ["art_5", "art_5.pnt_a", "art_5.pnt_b", "art_6"]
    assert texts(document)[6] == "de nager."


@pytest.mark.parametrize("drawn", [True, False])
def test_a_table_within_the_right_column_is_read_with_its_article(*, drawn: bool) -> None:
    rows = [
        ("Zone", "Été", "Hiver"),
        ("Quai", "6 euros", "3 euros"),
        ("Pont", "5 euros", "2 euros"),
    ]
    page = [
        *articles("fr", range(1, 6), 60, 760),
        *typed(["Article 6. Tarif", "Les droits par jour sont :"], 320, 760, size=9),
        *(
            Words(x, 732 - 16 * index, cell, 9)
            for index, row in enumerate(rows)
            for x, cell in zip((326, 396, 466), row, strict=True)
        ),
        *articles("fr", range(7, 9), 320, 674),
    ]
    down = b"".join(b"320 %d m 536 %d l S " % (y, y) for y in (743, 727, 711, 695))
    across = b"".join(b"%d 695 m %d 743 l S " % (x, x) for x in (320, 390, 460, 536))
    document = read(raw_pdf([content(page) + (b"\n" + down + across if drawn else b"")]))
    assert portions(document) == [f"art_{number}" for number in range(1, 9)]
    assert texts(document)[5] == (
        "Les droits par jour sont :\nZone | Été | Hiver\nQuai | 6 euros | 3 euros\n"
        "Pont | 5 euros | 2 euros"
    )


@pytest.mark.parametrize("off", [2.6, 2.9, -2.9, 3.5])
@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_words_of_a_column_whose_lines_are_not_level_are_not_raised(lang: str, off: float) -> None:
    page = [*articles(lang, range(1, 5), 60, 700), *articles(lang, range(5, 9), 320, 700 + off)]
    document = read(pdf(page))
    assert dict(zip(portions(document), texts(document), strict=True)) == dikes(lang, range(1, 9))


PLACED = LAID_OUT["fr"]


@pytest.mark.parametrize(
    ("rows", "stored", "doubts"),
    [
        pytest.param(
            [
                {60: "Barque", 200: "8 euros", 330: "6 euros"},
                {60: "Péniche", 330: "30 euros"},
                {60: "Radeau", 200: "2 euros"},
            ],
            ["Barque | 8 euros | 6 euros", "Péniche | | 30 euros", "Radeau | 2 euros |"],
            (),
            id="empty",
        ),
        pytest.param(
            [
                {60: "C", 200: "8 euro", 330: "6 euro"},
                {60: "Schuit", 330: "30 euro"},
                {60: "Vlot", 218: "2 euro"},
            ],
            ["C | 8 euro | 6 euro", "Schuit | | 30 euro", "Vlot | 2 euro |"],
            (),
            id="a letter, and words to the right of their column",
        ),
        pytest.param(
            [
                {60: "Barque", 200: "8 euros", 330: "6 euros"},
                {60: "Péniche", 262: "30 euros"},
                {60: "Radeau", 262: "20 euros"},
            ],
            ["Barque | 8 euros | 6 euros", "Péniche | 30 euros", "Radeau | 20 euros"],
            (PLACED,),
            id="between two columns",
        ),
    ],
)
def test_empty_cells_of_tables_without_lines_keep_their_place_or_are_doubted(
    rows: list[dict[int, str]], stored: list[str], doubts: tuple[str, ...]
) -> None:
    head = {60: "Bateau", 200: "Été", 330: "Hiver"}
    page = [
        *typed(["Article 1. Péage", "Les droits sont :"], 60, 760),
        *(
            Words(x, 730 - 14 * index, cell)
            for index, row in enumerate([head, *rows])
            for x, cell in row.items()
        ),
    ]
    (passage,) = read(pdf(page)).passages
    assert passage.text.splitlines()[1:] == ["Bateau | Été | Hiver", *stored]
    assert tuple(doubt["fr"] for doubt in passage.doubts) == doubts


@pytest.mark.parametrize("signs", [16, 30])
def test_a_letterhead_beside_articles_is_no_column_of_a_table(signs: int) -> None:
    head = ["Ville de Sauvelle", "Service des digues", "Quai du Nord, 2", "Sauvelle", "Guichet 4"]
    page = [
        *typed([line[:signs] for line in head], 40, 700),
        *typed(
            [
                "Article 1. Objet",
                "Le présent règlement protège les digues et les",
                "berges du canal et de ses rigoles.",
                "Article 2. Délai",
                "La plainte est introduite dans les vingt jours du",
                "dommage.",
            ],
            200,
            700,
        ),
    ]
    document = read(pdf(page))
    assert portions(document)[-2:] == ["art_1", "art_2"]
    assert texts(document)[-1] == "La plainte est introduite dans les vingt jours du dommage."
    assert not document.warnings


def test_articles_that_open_beside_other_words_and_are_read_across_are_told() -> None:
    page = [
        *typed(["Sauvelle", "Quai du Nord"], 40, 700),
        *typed(["Article 1. Objet", "Le présent règlement protège la digue."], 200, 700),
    ]
    assert read(pdf(page)).warnings == (
        "articles that open beside other words, which are read across: 1 "
        "(“Sauvelle Article 1. Objet”), on pages: 1: compare them with the page",
    )


CROSS = "{0} {1} m {2} {3} l S {0} {3} m {2} {1} l S"
TICK = "{0} {3} m {0} {1} {2} {1} {2} {3} c S"
DOT = "{0} {1} m {2} {1} {2} {3} {0} {3} c f"


@pytest.mark.parametrize(
    ("mark", "marked"), [(CROSS, True), (TICK, True), (DOT, True), ("", False)]
)
def test_crosses_and_ticks_that_are_drawn_in_a_table_are_told(mark: str, *, marked: bool) -> None:
    page = [
        Words(66, 704, "Bateau"), Words(166, 704, "Écluse"), Words(266, 704, "Quai"),
        Words(66, 684, "Barque"), Words(66, 664, "Péniche"),
    ]  # fmt: skip
    lines = "".join(f"60 {y} m 360 {y} l S " for y in (720, 700, 680, 660))
    lines += "".join(f"{x} 660 m {x} 720 l S " for x in (60, 160, 260, 360))
    drawn = lines + mark.format(206, 685, 213, 692)
    document = read(raw_pdf([content(page) + b"\n" + drawn.encode()]))
    doubts = {p.text: [doubt["fr"] for doubt in p.doubts] for p in document.passages}
    assert doubts["Barque | |"] == ([DRAWN["fr"]] if marked else [])
    assert not doubts["Péniche | |"]


@pytest.mark.parametrize(("numbers", "left"), [((2, 2, 3), True), ((3, 2, 1), False)])
def test_a_table_of_contents_without_dots_is_left_out_and_prices_are_read(
    numbers: tuple[int, ...], *, left: bool
) -> None:
    heads = ["Article 1. Barques", "Article 2. Radeaux", "Article 3. Péniches"]
    first = [
        Words(60, 780, "Règlement des quais", 16, bold=True),
        Words(60, 740, "Sommaire", 12, bold=True),
        *(Words(60, 720 - 14 * n, head) for n, head in enumerate(heads)),
        *(Words(480, 720 - 14 * n, str(number)) for n, number in enumerate(numbers)),
    ]
    second = [
        words
        for n, head in enumerate(heads)
        for words in typed([head, f"Le quai {n} est fermé la nuit."], 60, 760 - 40 * n)
    ]
    document = read(pdf(first, second))
    assert portions(document)[-3:] == ["art_1", "art_2", "art_3"]
    assert (len(document.passages) == 3) is left
    assert any("table of contents" in warning for warning in document.warnings) is left


def test_words_parted_at_the_end_of_a_line_are_joined_and_real_hyphens_stay() -> None:
    lines = [
        "La coopération entre le Royaume-Uni et la France concerne la préven-",
        "tion des attentats. Elle respecte la non-discrimination, le Royaume-",
        "Uni et les données, dont celles de la non-",
        "discrimination.",
    ]
    assert texts(read(pdf(typed(lines, 60, 700)))) == [
        "La coopération entre le Royaume-Uni et la France concerne la prévention des attentats. "
        "Elle respecte la non-discrimination, le Royaume-Uni et les données, dont celles de la "
        "non-discrimination."
    ]


@pytest.mark.parametrize(
    ("lines", "stored"),
    [
        (["Zie https://haven-", "dienst.be/veer."], "Zie https://haven-dienst.be/veer."),
        (["Schrijf naar veer@haven-", "dienst.be."], "Schrijf naar veer@haven-dienst.be."),
        (["Zie www.haven.be; de haven-", "dienst is open."], "www.haven.be; de havendienst is"),
    ],
)
def test_the_hyphen_of_an_address_stays_at_the_end_of_a_line(lines: list[str], stored: str) -> None:
    page = [Words(60, 790, "Artikel 1", bold=True), *typed(lines, 60, 760)]
    (passage,) = read(pdf(page)).passages
    assert stored in passage.text


def test_a_name_that_may_have_a_hyphen_of_its_own_is_told() -> None:
    lines = ["Le bac est conduit par le Sous-", "batelier du port ou, la nuit, par la Garde-"]
    lines += ["pont de la ville. Les Bate-", "liers sont tenus au secret. Ce Bate-", "lier jure."]
    known = "Chaque batelier et les bateliers portent une lanterne."
    words = [*typed(lines, 60, 700), Words(60, 600, known)]
    told = "names parted at the end of a line, whose hyphen may be their own: 1 (“Gardepont”)"
    assert told in read(pdf(words)).warnings
    typed_text = "\n".join([*lines, "", known])
    assert told in read_file(typed_text.encode(), work="x", lang="fr").warnings


def test_a_hyphen_within_a_line_stays_though_its_font_calls_it_a_soft_one() -> None:
    page = typed(["Le fonds propre de base est dit tier\u00ad1 par les deux pays."], 60, 700)
    assert texts(read(pdf(page))) == ["Le fonds propre de base est dit tier-1 par les deux pays."]


def test_bullets_keep_their_lines_and_deeper_bullets_stay_with_them() -> None:
    page = [
        *column("Les deux pays conviennent de ce qui suit :", 60, 700),
        *column("• renforcer les patrouilles mixtes dans toute la zone frontalière, de jour comme "
                "de nuit ;", 60, 680, hang=2),
        *column("o dans les trains ;", 84, 656),
        *column("o dans les gares ;", 84, 644),
        *column("• former les agents.", 60, 632),
    ]  # fmt: skip
    document = read(pdf(page))
    assert portions(document) == ["par_1", "blt_1", "blt_2"]
    assert document.passages[1].text == (
        "renforcer les patrouilles mixtes dans toute la zone frontalière, de jour comme de nuit ;\n"
        "– dans les trains ;\n– dans les gares ;"
    )
    assert document.passages[1].lead == "Les deux pays conviennent de ce qui suit :"
    assert document.passages[2].kind is Kind.BULLET


def test_paragraphs_that_only_an_indent_parts_are_parted() -> None:
    page = typed(
        [
            "   Les deux pays échangent des informations sur les personnes recherchées,",
            "dans le respect de la vie privée et des règles qui la protègent en droit.",
            "   Ils forment ensemble leurs agents, dans les deux langues, pour que tous",
            "se comprennent sur le terrain.",
        ],
        60,
        700,
    )
    assert [text[:10] for text in texts(read(pdf(page)))] == ["Les deux p", "Ils formen"]


def test_a_number_that_wraps_to_the_start_of_a_line_is_no_point() -> None:
    page = typed(
        [
            "Les deux pays appliquent l’arrangement tel que décrit sous le numéro",
            "5. Ils informent sans délai les autorités compétentes du pays voisin.",
        ],
        60,
        700,
    )
    assert portions(read(pdf(page))) == ["par_1"]


def test_articles_and_their_paragraphs_are_found() -> None:
    page = [
        *typed(["CHAPITRE II – Patrouilles"], 60, 780, bold=True),
        *typed(["Article 5"], 60, 750, bold=True),
        *typed(["Patrouilles mixtes"], 60, 732, bold=True),
        *column("§ 1er. Les agents patrouillent ensemble. " + LONG, 60, 710),
        *column("§ 2. Ils portent leur uniforme. " + LONG, 60, 660),
        *typed(["Article 6"], 60, 610, bold=True),
        *column("Le comité se réunit :", 60, 590),
        *column("a) chaque année ;", 60, 575),
        *column("b) à la demande d’une partie.", 60, 560),
    ]
    document = read(pdf(page))
    assert portions(document)[:3] == ["art_5.par_1", "art_5.par_2", "art_6"]
    assert document.passages[0].headings == (
        "CHAPITRE II – Patrouilles",
        "Article 5 – Patrouilles mixtes",
    )
    assert document.passages[0].locator.fr == "art. 5, § 1"
    assert portions(document)[3:] == ["art_6.pnt_a", "art_6.pnt_b"]
    assert document.passages[4].lead == "Le comité se réunit :"


def test_footnotes_go_with_the_paragraph_that_calls_them() -> None:
    page = [
        Words(60, 700, "Les patrouilles mixtes"),
        Words(60 + 6 * 22, 703.5, "1", 6),
        Words(60 + 6 * 22 + 9.6, 700, "ont lieu chaque mois."),
        *column("Leur zone mesure 10 km", 60, 670),
        Words(60 + 6 * 22, 673.5, "2", 6),
        Words(60, 80, "1", 5),
        Words(66, 78, "Arrangement du 16 avril 1964, modifié", 8),
        Words(66, 68, "en dernier lieu en 2013.", 8),
        *column(LONG, 60, 600),
    ]
    first, second, third = read(pdf(page)).passages
    assert first.text == "Les patrouilles mixtes ont lieu chaque mois."
    assert first.notes == ("Arrangement du 16 avril 1964, modifié en dernier lieu en 2013.",)
    assert second.text == "Leur zone mesure 10 km²"
    assert (second.notes, third.text) == ((), LONG.strip())


def test_a_footnote_goes_on_at_the_foot_of_the_next_page() -> None:
    first = [
        *column(LONG, 60, 760),
        Words(60, 700, "Les clés sont rendues"),
        Words(60 + 6 * 21, 703.5, "1", 6),
        Words(60 + 6 * 22, 700, "le soir et"),
        Words(60, 80, "1", 5),
        Words(66, 78, "Sauf celles des armoires de la", 8),
    ]
    second = [*column("comptées le matin. " + LONG, 60, 760), Words(66, 78, "cave du musée.", 8)]
    before, after = read(pdf(first, second)).passages
    assert before.text == LONG.strip()
    assert after.text.startswith("Les clés sont rendues le soir et comptées le matin.")
    assert after.notes == ("Sauf celles des armoires de la cave du musée.",)


def numbered(x: float, step: int, size: float) -> list[Words]:
    """Long lines with the number of each, or of each so many, beside them."""
    lines = column(LONG * 4, 90, 740)
    numbers = enumerate((line.y for line in lines), 1)
    return lines + [Words(x, y, str(n), size) for n, y in numbers if n % step == 0]


@pytest.mark.parametrize(("x", "step", "size"), [(40, 1, 7), (40, 1, 10), (575, 1, 7), (40, 3, 10)])
def test_numbers_of_lines_are_no_words_of_the_text(x: float, step: int, size: float) -> None:
    last = [Words(40, 740, "9", size), *column("Les clés sont rendues.", 90, 740)]
    found = read(pdf(numbered(x, step, size), last if x < 90 else last[1:]))
    assert texts(found) == [(LONG * 4).strip(), "Les clés sont rendues."]
    assert found.warnings[0].startswith("left out, numbers of lines: ")


@pytest.mark.parametrize("word", ["Clé", "clé"])
def test_figures_beside_the_items_of_a_list_are_no_numbers_of_lines(word: str) -> None:
    items = [f"{word} {of}" for of in ("de la cave", "du grenier", "du portail", "de la remise")]
    page = [
        *column(LONG, 60, 760),
        *typed(items, 90, 700),
        *typed(["1", "2", "3", "4"], 60, 700),
    ]
    found = read(pdf(page))
    assert found.warnings == ()
    assert [t for t in ("1", "2", "3", "4") if not any(t in text for text in texts(found))] == []


@pytest.mark.parametrize("x", [30, 520])
def test_notes_in_the_margin_are_notes_of_the_lines_they_stand_at(x: float) -> None:
    page = [
        *column(LONG * 2, 120, 760, signs=60),
        Words(x, 758, "Échange", 8),
        Words(x, 748, "des clés", 8),
        Words(x, 724, "Art. 4", 8),
    ]
    found = read(pdf(page))
    assert found.warnings == ("notes in the margin, read as notes of the lines they stand at: 1",)
    assert found.passages[0].notes == ("Échange des clés",)
    words = " ".join(texts(found))
    assert "Échange" not in words
    assert "Art. 4" in words


def test_the_call_of_a_note_leaves_its_cell_too() -> None:
    page = [
        *column(LONG, 60, 760),
        *typed(["Lieu", "Tournai", "Jeumont"], 60, 700),
        *typed(["Unité", "CCPD", "brigade"], 300, 700),
        Words(300 + 6 * 4, 691.5, "1", 6),
        *column(LONG, 60, 640),
        Words(60, 80, "1", 5),
        Words(66, 78, "Centre commun.", 8),
    ]
    row = read(pdf(page)).passages[2]
    assert (row.text, row.notes) == ("Tournai | CCPD", ("Centre commun.",))


def test_table_lines_are_rows_of_cells() -> None:
    page = [
        *column("Les unités sont les suivantes. " + LONG, 60, 760),
        *typed(["Lieu", "Tournai", "Jeumont"], 60, 700),
        *typed(["Unité", "CCPD", "brigade mixte"], 300, 700),
        *column(LONG, 60, 640),
    ]
    document = read(pdf(page))
    assert portions(document) == ["par_1", "tab_1.row_1", "tab_1.row_2", "tab_1.row_3", "par_2"]
    assert texts(document)[1:4] == ["Lieu | Unité", "Tournai | CCPD", "Jeumont | brigade mixte"]
    assert document.passages[2].lead == "Lieu | Unité"
    assert document.passages[3].locator.nl == "tabel 1, rij 3"


def test_a_number_a_little_below_its_line_belongs_to_it() -> None:
    page = [
        *column("Le formulaire indique :", 60, 760),
        *[Words(100, 720 - 40 * n, text) for n, text in enumerate(["Nom", "Adresse", "Date"])],
        *[Words(60, 710 - 40 * n, f"2.{n + 1}.") for n in range(3)],
    ]
    assert [(p.anchor.portion, p.text) for p in read(pdf(page)).passages][1:] == [
        ("pnt_2.1", "Nom"),
        ("pnt_2.2", "Adresse"),
        ("pnt_2.3", "Date"),
    ]


def test_lines_of_a_table_of_contents_are_left_out_and_told() -> None:
    page = [
        *typed(["1. Contexte ................ 3", "2. Suites .................. 5"], 60, 760),
        *typed(["1. Contexte"], 60, 700, size=14, bold=True),
        *column(LONG, 60, 680),
    ]
    document = read(pdf(page))
    assert portions(document) == ["sec_1.par_1"]
    assert document.warnings[0].startswith("left out, table of contents: 2 places")


def test_stamps_across_the_page_and_words_drawn_twice_do_not_show() -> None:
    page = [
        *column("Un texte imprimé. " + LONG, 60, 700),
        Words(61, 640, "Mot gras."),
        Words(61.3, 640, "Mot gras."),
        Words(200, 300, "PROJET", 60, turn=(0.7, 0.7, -0.7, 0.7)),
        Words(20, 300, "Copie certifiée", 8, turn=(0, 1, -1, 0)),
    ]
    assert texts(read(pdf(page))) == [("Un texte imprimé. " + LONG).strip(), "Mot gras."]


def test_words_of_a_painted_form_are_read_at_their_place() -> None:
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources 3 0 R "
    form = (
        entries + "/Matrix [1 0 0 1 0 -100]",
        content(column("Dans la forme. " + LONG, 60, 700)),
    )
    page = content(column("Au-dessus. " + LONG, 60, 700)) + b"\nq 1 0 0 1 0 50 cm /Fm1 Do Q"
    data = raw_pdf([page], objects=[form], resources="/XObject << /Fm1 10 0 R >>")
    assert [text[:8] for text in texts(read(data))] == ["Au-dessu", "Dans la "]


def test_a_title_from_metadata_counts_only_where_the_text_has_it() -> None:
    page = [*column("Accord de coopération entre deux pays", 60, 760), *column(LONG, 60, 700)]
    assert read(pdf(page, title="Accord de coopération")).title == "Accord de coopération"
    assert read(pdf(page, title="Microsoft Word - projet_v3.docx")).title == (
        "Accord de coopération entre deux pays"
    )


def locked(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_with_a_password_says_how_to_save_it_without() -> None:
    data = locked(pdf(column(LONG, 60, 700)), "secret")
    with pytest.raises(ReadError, match=r"password: plan\.pdf\. .*qpdf --decrypt"):
        read(data)


def test_a_pdf_that_is_only_protected_against_changes_is_read() -> None:
    assert texts(read(locked(pdf(column(LONG, 60, 700)), ""))) == [LONG.strip()]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nnothing of the kind\nstartxref\n0\n%%EOF\n",
        pdf(column(LONG, 60, 700)).replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
        pdf(column(LONG, 60, 700)).replace(b"/Kids [10 0 R]", b"/Kids [[[3 0 R"),
        raw_pdf([b"not deflated at all"], packed=True),
    ],
)
def test_a_damaged_pdf_is_an_error_with_a_next_step(data: bytes) -> None:
    with pytest.raises(ReadError) as raised:
        read(data)
    assert raised.value.next_step


def test_a_pdf_that_was_cut_off_says_so() -> None:
    data = pdf(column(LONG, 60, 700))
    with pytest.raises(ReadError, match="cut off"):
        read(data[: len(data) // 2])
    with pytest.raises(ReadError, match="cut off"):
        read(data[:-7])


def test_a_stream_that_unpacks_beyond_the_limit_is_refused() -> None:
    data = bomb(pdf_reader.MAX_STREAM * 2)
    assert len(data) < 100_000
    with pytest.raises(ReadError, match="unpacks to more than it may"):
        read(data)


def test_forms_that_paint_forms_by_the_thousand_are_refused() -> None:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    forms = [
        (f"{form} /Resources << /XObject << /F {11 + n} 0 R >> >>", b"/F Do " * 20)
        for n in range(6)
    ]
    data = raw_pdf([b"/F Do"], objects=[*forms, (form, b"")], resources="/XObject << /F 10 0 R >>")
    with pytest.raises(ReadError, match="unpacks to more than it may"):
        read(data)


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    with pytest.raises(ReadError, match="more than 2 pages: 3"):
        read(pdf(*[column(LONG, 60, 700)] * 3))


def test_a_page_without_text_among_others_gives_a_warning() -> None:
    document = read(pdf(column(LONG, 60, 700), [], column("Fin. " + LONG, 60, 700)))
    assert document.warnings == ("pages without text: 2",)


def test_words_that_stand_a_little_aslant_are_read_in_their_order() -> None:
    slant = (0.9998, 0.0175, -0.0175, 0.9998)
    page = [Words(60, 700, "Les deux pays patrouillent ensemble.", turn=slant)]
    assert texts(read(pdf(page))) == ["Les deux pays patrouillent ensemble."]


def test_a_page_that_is_gone_and_a_font_that_is_gone_give_warnings() -> None:
    whole = pdf(*[[*column(LONG, 60, 700), Words(60, 600, "Note", 8, bold=True)] for _ in range(2)])
    assert read(whole.replace(b"/F2 5 0 R", b"/F2 7 0 R")).warnings == (
        "a font is missing, so words may not be those on paper, on pages: 1, 2",
        "left out, running headers, footers and page numbers: 2 places, 2 words (“Note”; “Note”)",
    )
    assert read(whole.replace(b"10 0 R 12", b"98 0 R 12")).warnings == (
        "the file declares 2 pages and gives 1",
    )


def test_letters_without_meaning_are_no_text() -> None:
    with pytest.raises(ScannedError, match="no meaning"):
        read(raw_pdf([b"BT /F1 10 Tf 60 700 Td (" + b"\x01\x02\x03\x04\x06" * 20 + b") Tj ET"]))


def test_a_scan_without_ocrmypdf_names_the_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="ocrmypdf tesseract-ocr-fra tesseract-ocr-nld"):
        read_pdf(scanned())


def program(folder: Path, script: str) -> None:
    path = folder / "ocrmypdf"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_scan_is_recognised_as_french_and_dutch_where_ocrmypdf_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    result = tmp_path / "result.pdf"
    result.write_bytes(pdf(column("Texte reconnu. " + LONG, 60, 700)))
    program(
        tmp_path, f'for last; do :; done\n/bin/cp "{result}" "$last"\necho "$@" > "{tmp_path}/args"'
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    found = document(read_pdf(scanned()), work="plan", lang="fr")
    assert texts(found) == [("Texte reconnu. " + LONG).strip()]
    assert "--language fra+nld" in (tmp_path / "args").read_text("utf-8")


def test_an_ocrmypdf_without_its_languages_names_the_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(tmp_path, "echo 'language nld is not installed' >&2; exit 3")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match=r"nld is not installed\. .*tesseract-ocr-nld"):
        read_pdf(scanned())


def test_a_compressed_page_reads_like_a_plain_one() -> None:
    plain = column(LONG, 60, 700)
    packed = raw_pdf([zlib.compress(content(plain))], packed=True)
    assert texts(read(packed)) == texts(read(pdf(plain)))


# what a reader of the paper sees


def typed_at(x: float, y: float, text: str, before: str = "", size: float = 10) -> bytes:
    """One string in Courier, after other operators of the content."""
    return f"{before} BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET".encode("cp1252")


def marked(data: bytes, *marks: dict[str, object]) -> bytes:
    """The PDF with annotations on its first page; its form fields are those of a form."""
    writer = PdfWriter(clone_from=BytesIO(data))
    fields = ArrayObject()
    for mark in marks:
        found = DictionaryObject({NameObject("/Type"): NameObject("/Annot")})
        for key, value in mark.items():
            found[NameObject(key)] = _object(value)
        reference = writer._add_object(found)
        writer.pages[0].setdefault(NameObject("/Annots"), ArrayObject()).append(reference)
        if mark["/Subtype"] == "/Widget":
            fields.append(reference)
    form = DictionaryObject({NameObject("/Fields"): fields})
    writer.root_object[NameObject("/AcroForm")] = form
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _object(value: object) -> object:
    if isinstance(value, list):
        return ArrayObject([_object(v) for v in value])
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, float):
        return FloatObject(value)
    text = str(value)
    return NameObject(text) if text.startswith("/") else TextStringObject(text)


@pytest.mark.parametrize("raised", ["1 0 0 1 {x} 704 Tm ({s}) Tj", "{x} 700 Td 4 Ts ({s}) Tj 0 Ts"])
@pytest.mark.parametrize("size", [6, 10])
def test_a_raised_figure_is_an_exponent_or_calls_a_note_even_pages_later(
    raised: str, size: int
) -> None:
    words: list[Words] = [Words(60, 760, "Péages du pont", 16, bold=True)]
    signs: list[bytes] = []
    at = 60.0
    for text, sign in (("Le péage est de 45", "2"), (" euros ou de 10", "4"), (" francs.", "")):
        words.append(Words(at, 700, text))
        at += 6 * len(text)
        signs.append(f"BT /F1 {size} Tf {raised.format(x=at, s=sign)} ET".encode())
        at += 0.6 * size
    second = [
        *column("Le comité du pont se réunit chaque mois et publie ses comptes. " + LONG, 60, 700),
        Words(60, 600, "(2) Hors taxes."),
    ]
    passage = read(raw_pdf([b" ".join([content(words), *signs[:2]]), content(second)])).passages[0]
    assert passage.text == "Le péage est de 45 euros ou de 10⁴ francs."
    assert passage.notes == ("Hors taxes.",)


def test_the_head_that_a_gazette_prints_over_a_page_is_no_title() -> None:
    page = [
        Words(60, 790, "12.3.2031"),
        Words(220, 790, "Blad van de stad"),
        Words(500, 790, "S 12/4"),
        Words(220, 760, "Reglement van de steiger"),
        *typed(["Artikel 1", "De steiger is drie meter breed."], 60, 730, step=24),
        *typed(["Artikel 2", "De steiger is van eik."], 60, 670, step=24),
    ]
    found = document(read_pdf(pdf(page), "s.pdf", searchable=None), work="steiger", lang="nl")
    assert found.title == "s.pdf"  # rather than words that are none
    assert ("tab_1.row_1", "12.3.2031 | Blad van de stad | S 12/4") in [
        (p.anchor.portion, p.text) for p in found.passages
    ]


def test_a_title_in_the_middle_does_not_tell_how_far_the_lines_of_a_paragraph_stand() -> None:
    lines = [
        (200, "REGLEMENT OVER DE STEIGERS VAN DE STAD DIE IN GEBRUIK ZIJN"),
        (250, "van 3 mei 2031"),
        (240, "over de veiligheid"),
        (280, "Artikel 1"),
        (60, "De steiger is drie meter breed."),
    ]
    last = [
        (195, "Artikel 2"),
        (60, "Dit reglement geldt vanaf 3 juni."),
        (205, "BIJLAGE"),
        (200, "Controles"),
        (60, "De planken zijn van eik."),
    ]
    pages = [
        [Words(x, 780 - 21 * n, words) for n, (x, words) in enumerate(page)]
        for page in (lines, last)
    ]
    found = document(read_pdf(pdf(*pages), searchable=None), work="steiger", lang="nl")
    assert [(p.anchor.portion, p.headings[-1:], p.text) for p in found.passages][-3:] == [
        ("art_1", ("Artikel 1",), "De steiger is drie meter breed."),
        ("art_2", ("Artikel 2",), "Dit reglement geldt vanaf 3 juni."),
        ("anx_1.par_1", ("BIJLAGE – Controles",), "De planken zijn van eik."),
    ]


def test_a_raised_figure_of_an_inserted_article_calls_no_note() -> None:
    words = [
        *column(f"Art. 3. Le pont est vert. {LONG}", 60, 740),
        Words(60, 640, "Art. 3"),
        Words(100, 640, ". Le bac est clos."),
        Words(60, 600, "Art. 4. Le quai coûte 12"),
        Words(60, 100, "(1) Hors taxes.", 7),
    ]
    raised = [f"BT /F1 6 Tf {x} {y} Td 4 Ts (1) Tj 0 Ts ET" for x, y in ((96, 640), (204, 600))]
    page = b" ".join([content(words), *(sign.encode() for sign in raised)])
    found = read(raw_pdf([page])).passages
    assert [p.anchor.portion for p in found] == ["art_3", "art_3-1", "art_4"]
    assert [p.notes for p in found] == [(), (), ("Hors taxes.",)]


def test_words_that_nobody_sees_are_left_out_and_told() -> None:
    layers = (
        "/Properties << /L1 10 0 R >>",
        ("/Type /OCG /Name (Brouillon)", b""),
    )
    body = b" ".join(
        [
            typed_at(60, 700, "Le pont est ouvert toute la semaine aux camions et aux voitures."),
            typed_at(60, 660, "Blanc sur blanc.", "1 g") + b" 0 g",
            typed_at(60, 620, "Sans encre.", "").replace(b"BT", b"BT 3 Tr") + b" BT 0 Tr ET",
            typed_at(60, 580, "Sous un cache.") + b" 55 575 200 14 re f",
            b"q 300 300 5 5 re W n " + typed_at(60, 540, "Hors du cadre.") + b" Q",
            typed_at(700, 500, "Hors de la feuille."),
            typed_at(60, 400, "Trop petit.", size=0.5),
            b"0 0 0.5 rg 55 455 300 20 re f 1 g " + typed_at(60, 460, "Blanc sur bleu.") + b" 0 g",
        ]
    )
    found = read(raw_pdf([body], objects=[layers[1]], resources=layers[0]))
    assert texts(found) == [
        "Le pont est ouvert toute la semaine aux camions et aux voitures.",
        "Blanc sur bleu.",
    ]
    assert found.warnings == (
        "left out, not visible on the page: 6 places, 17 words "
        "(“Blanc sur blanc.”; “Sans encre.”; “Sous un cache.”; …)",
    )


def test_the_invisible_words_of_a_recognised_scan_are_read() -> None:
    picture = ("/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray "
               "/BitsPerComponent 8 /Interpolate false", b"\x00\xff\xff\x00")  # fmt: skip
    words = typed_at(60, 700, "Le pont est ouvert toute la semaine.").replace(b"BT", b"BT 3 Tr")
    image = b"q 220 0 0 12 60 698 cm /Im1 Do Q "
    data = raw_pdf([image + words], objects=[picture], resources="/XObject << /Im1 10 0 R >>")
    assert len(texts(read(data))) == 1


def test_words_under_a_line_or_a_mark_that_strikes_them_out_are_left_out() -> None:
    words = "Le péage est de cinq six euros pour tous les camions du pont."
    start = 60 + 6 * words.index("cinq")
    body = (
        typed_at(60, 700, words)
        + f" 0.7 w {start} 702.6 m {start + 24} 702.6 l S 60 698 300 0.5 re f".encode()
    )
    found = read(raw_pdf([body]))
    assert texts(found) == [words.replace("cinq ", "")]
    assert found.warnings == ("left out, struck out: 1 place, 1 word (“cinq”)",)
    assert "barrés" in found.passages[0].doubts[0].fr
    quad = [start, 709.0, start + 24, 709.0, start, 698.0, start + 24, 698.0]
    mark = {
        "/Subtype": "/StrikeOut",
        "/Rect": [start, 698.0, start + 24, 709.0],
        "/QuadPoints": quad,
    }
    assert texts(read(marked(pdf([Words(60, 700, words)]), mark))) == [words.replace("cinq ", "")]


def test_values_of_form_fields_are_read_beside_their_words_and_notes_are_told() -> None:
    page = [
        Words(60, 760, "Demande de passage", 16, bold=True),
        Words(60, 700, "Nombre de camions :"),
        Words(60, 670, "Abonnement :"),
        *column("La demande est adressée au comité du pont. " + LONG, 60, 620),
    ]
    text = {"/Subtype": "/Widget", "/FT": "/Tx", "/T": "n", "/V": "12 camions"}
    box = {"/Subtype": "/Widget", "/FT": "/Btn", "/T": "b", "/V": "/Yes", "/AS": "/Yes"}
    gone = {"/Subtype": "/Widget", "/FT": "/Tx", "/T": "h", "/V": "caché", "/F": 2}
    note = {"/Subtype": "/Text", "/Contents": "À vérifier.", "/Rect": [10, 10, 30, 30]}
    found = read(
        marked(
            pdf(page),
            text | {"/Rect": [190, 696, 300, 710]},
            box | {"/Rect": [145, 666, 157, 680]},
            gone | {"/Rect": [190, 640, 300, 650]},
            note,
        )
    )
    assert texts(found)[:2] == ["Nombre de camions : 12 camions", "Abonnement : ☑"]
    assert "formulierveld" in found.passages[0].doubts[0].nl
    assert found.warnings == (
        "left out, annotations: notes on the page: 1 place, 2 words (“À vérifier.”)",
    )


def test_forms_of_xfa_and_portfolios_are_refused_with_the_next_step() -> None:
    for entries, step in (
        ({"/AcroForm": {"/Fields": ArrayObject(), "/XFA": TextStringObject("x")}}, "Adobe Reader"),
        ({"/Collection": {"/Type": NameObject("/Collection")}}, "save the files in it"),
    ):
        writer = PdfWriter(clone_from=BytesIO(pdf(column(LONG, 60, 700))))
        for key, values in entries.items():
            inner = DictionaryObject({NameObject(k): v for k, v in values.items()})
            writer.root_object[NameObject(key)] = inner
        writer.add_attachment("annexe.pdf", b"%PDF-1.7")
        out = BytesIO()
        writer.write(out)
        with pytest.raises(ReadError, match=step):
            read(out.getvalue())


def test_pictures_and_words_across_a_page_are_told() -> None:
    picture = ("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
               "/BitsPerComponent 8", b"\x80")  # fmt: skip
    page = [*column(LONG, 60, 700), Words(40, 200, "PROJET", 30, turn=(0, 1, -1, 0))]
    data = raw_pdf(
        [content(page) + b" q 300 0 0 200 60 300 cm /Im1 Do Q"],
        objects=[picture],
        resources="/XObject << /Im1 10 0 R >>",
    )
    found = read(data)
    assert "afbeelding" in found.passages[-1].doubts[0].nl
    assert found.warnings == (
        "pictures are not read, on pages: 1",
        "left out, across the page: 1 place, 1 word (“PROJET”)",
    )


def ruled(across: list[float], down: list[float], *, without: tuple[str, ...] = ()) -> bytes:
    """The lines of a table between these places; ``without`` leaves out "row,column" below."""
    out = []
    for n, y in enumerate(down):
        out += [
            f"{a} {y} {b - a} 0.7 re f"
            for m, (a, b) in enumerate(pairwise(across))
            if f"{n - 1},{m}" not in without
        ]
    out += [f"{x} {down[-1]} 0.7 {down[0] - down[-1]} re f" for x in across]
    return "\n".join(out).encode()


def test_cells_of_a_drawn_table_keep_their_lines_together_and_their_places_when_merged() -> None:
    words = [
        Words(60, 800, "Les recours sont les suivants."),
        *typed(["Cas"], 64, 770),
        *typed(["Délai"], 204, 770),
        *typed(["Recours devant", "le comité"], 64, 745),
        *typed(["trente jours à", "compter du mois"], 204, 745),
        *typed(["soixante jours"], 204, 715),
        Words(60, 680, "Le comité les publie."),
    ]
    lines = ruled([60, 200, 340], [785, 760, 728, 705], without=("1,0",))
    found = document(
        read_pdf(raw_pdf([content(words) + b"\n" + lines]), searchable=None), work="p", lang="fr"
    )
    assert texts(found) == [
        "Les recours sont les suivants.",
        "Cas | Délai",
        "Recours devant le comité | trente jours à compter du mois",
        "Recours devant le comité | soixante jours",
        "Le comité les publie.",
    ]


def test_a_frame_around_a_text_and_underlined_words_are_no_table() -> None:
    words = column(LONG * 2, 64, 780, signs=60)
    lines = ruled([60, 440], [795, 700]) + b"\n64 778 100 0.7 re f 64 766 100 0.7 re f"
    found = document(
        read_pdf(raw_pdf([content(words) + b"\n" + lines]), searchable=None), work="p", lang="fr"
    )
    assert texts(found) == [(LONG * 2).strip()]


def test_three_columns_whose_rows_are_not_level_are_read_one_after_the_other() -> None:
    parts = [f"{LONG.strip()} Partie {n}." for n in range(3)]
    page = [
        word
        for n, part in enumerate(parts)
        for word in column(part, 50 + 175 * n, 760 - 4 * n, signs=26)
    ]
    assert texts(read(pdf(page))) == parts


def test_a_large_first_letter_begins_its_word() -> None:
    rest = typed(["es quais sont ouverts le jour", "et fermés la nuit, sauf avis."], 85, 760)
    page = [Words(60, 749, "L", 36), *rest, *column(LONG, 60, 700)]
    assert texts(read(pdf(page)))[0] == (
        "Les quais sont ouverts le jour et fermés la nuit, sauf avis."
    )


def test_cells_of_several_lines_in_a_table_without_lines_are_put_together() -> None:
    words = [
        Words(60, 800, "Les recours sont les suivants."),
        *typed(["Cas"], 64, 770),
        *typed(["Délai"], 204, 770),
        *typed(["Forme"], 364, 770),
        *typed(["Recours devant", "le comité"], 64, 739),
        *typed(["trente jours à", "compter du mois", "suivant"], 204, 745),
        *typed(["écrit"], 364, 733),
        *typed(["Appel"], 64, 695),
        *typed(["dix jours"], 204, 695),
        *typed(["oral"], 364, 695),
        Words(60, 660, "Le comité les publie."),
    ]
    assert texts(read(pdf(words))) == [
        "Les recours sont les suivants.",
        "Cas | Délai | Forme",
        "Recours devant le comité | trente jours à compter du mois suivant | écrit",
        "Appel | dix jours | oral",
        "Le comité les publie.",
    ]


def test_numbers_that_hang_before_their_paragraphs_make_no_table() -> None:
    parts = ["Les quais ferment la nuit et ouvrent le matin.", "La gare est chauffée tout l'hiver."]
    page = [
        word
        for n, part in enumerate(parts)
        for word in [
            Words(60, 760 - 60 * n, f"{n + 1}."),
            *column(part, 100, 760 - 60 * n, signs=24),
        ]
    ]
    assert portions(read(pdf(page))) == ["pnt_1", "pnt_2"]
    assert texts(read(pdf(page))) == parts


def test_the_lines_of_an_address_are_no_sentence() -> None:
    page = [*typed(["Ville de Spa", "Rue Haute", "4900 Spa"], 60, 760), *column(LONG, 60, 700)]
    assert texts(read(pdf(page)))[:2] == ["Rue Haute", "4900 Spa"]


def test_a_title_right_above_a_table_without_lines_is_none_of_its_cells() -> None:
    words = [
        *typed(["Fiche"], 60, 766, size=14, bold=True),
        *typed(["Public", "Prix"], 60, 752, step=34, bold=True),
        *typed(["Les habitants de la rue", "du Moulin."], 160, 752),
        Words(160, 718, "Deux euros."),
        Words(60, 660, "La fiche est gratuite pour tous ceux qui la demandent au guichet."),
    ]
    document = read(pdf(words))
    assert document.title == "Fiche"
    assert texts(document)[0] == "Public | Les habitants de la rue du Moulin."

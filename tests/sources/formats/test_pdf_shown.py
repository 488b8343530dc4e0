"""What is stored of a PDF is what a person sees on its pages, or the person is told."""

from __future__ import annotations

from io import BytesIO
from math import cos, radians, sin

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from sources.formats.omissions import COVERED, CROSSED, DRAWN, PICTURE, STRUCK
from sources.formats.pdf.reader import ScannedError, read_pdf
from sources.model import Document
from sources.structure.document import document
from tests.sources.formats.pdf_maker import WIDTH, Words, column, content, pdf, raw_pdf, typed
from tests.sources.formats.test_pdf import LONG, marked, portions, read, ruled, texts, typed_at

LINE = "Le bac passe la Meuse toutes les vingt minutes."
PICTURE_OBJECT = (
    "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
    b"\x10\xd0\xd0\x10",
)


def at(word: str, line: str = LINE, x: float = 60) -> tuple[float, float]:
    """Where a word of a line in Courier 10 starts and ends."""
    start = x + 10 * WIDTH * line.index(word)
    return start, start + 10 * WIDTH * len(word)


def page(*parts: bytes) -> Document:
    return read(raw_pdf([b"\n".join(parts)]))


def pictured(*parts: bytes, pages: int = 1) -> bytes:
    resources = "/XObject << /Im1 10 0 R >>"
    return raw_pdf([b"\n".join(parts)] * pages, objects=[PICTURE_OBJECT], resources=resources)


def heard(found: Document) -> str:
    return " ".join(found.warnings)


# covered, of another layer, in the colour of the paper


def test_words_that_are_covered_and_typed_anew_are_those_on_top() -> None:
    start, end = at("vingt")
    cover = f"1 g {start - 1} 697 {end - start + 2} 12 re f 0 g".encode()
    found = page(typed_at(60, 700, LINE), cover, typed_at(start, 700, "trois"))
    assert texts(found) == [LINE.replace("vingt", "trois")]
    assert found.passages[0].doubts == (COVERED,)
    assert "not visible on the page: 1 place, 1 word (“vingt”)" in heard(found)


def test_the_number_of_an_article_that_is_typed_over_is_the_one_on_top() -> None:
    head = "Artikel 7. Veerboot"
    start, _ = at("7", head)
    found = page(
        typed_at(60, 760, "Artikel 1. Doel"),
        typed_at(60, 745, "De stad regelt de veerdienst."),
        typed_at(60, 715, head),
        f"1 g {start - 0.5} 712 7 12 re f 0 g".encode(),
        typed_at(start, 715, "2"),
        typed_at(60, 700, "De boot vaart elk uur."),
    )
    assert portions(found) == ["art_1", "art_2"]


def test_what_is_typed_twice_at_one_place_is_neither_lost_nor_told() -> None:
    found = page(typed_at(60, 700, LINE), typed_at(60.4, 700, LINE))
    assert (texts(found), found.warnings) == ([LINE], ())


def test_a_layer_that_is_off_is_left_out_though_another_stands_at_its_place() -> None:
    off = "Le bac passe la Meuse toutes les trente minutes."
    body = b"/OC /L1 BDC " + typed_at(60, 700, LINE) + b" EMC /OC /L2 BDC "
    body += typed_at(60, 700, off) + b" EMC"
    writer = PdfWriter(clone_from=BytesIO(raw_pdf([body])))
    layer = {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("a")}
    layers = [writer._add_object(DictionaryObject(layer)) for _ in "ab"]
    names = dict(zip(map(NameObject, ("/L1", "/L2")), layers, strict=True))
    writer.pages[0]["/Resources"][NameObject("/Properties")] = DictionaryObject(names)
    shown = {
        NameObject("/ON"): ArrayObject(layers[:1]),
        NameObject("/OFF"): ArrayObject(layers[1:]),
    }
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject(layers), NameObject("/D"): DictionaryObject(shown)}
    )
    out = BytesIO()
    writer.write(out)
    found = read(out.getvalue())
    assert texts(found) == [LINE]
    assert "trente" in heard(found)


@pytest.mark.parametrize(
    "ink",
    [
        " ".join(f"{60 + 6 * n} 640 m {66 + 6 * n} 660 l S" for n in range(45)),
        "60 652.5 m 330 652.5 l S",
        "60 647.5 m 330 647.5 l S",
    ],
)
def test_white_words_over_lines_are_not_seen(ink: str) -> None:
    found = page(
        typed_at(60, 700, LINE),
        f"0.6 G 0.4 w {ink} 1 g".encode(),
        typed_at(60, 650, "Le passage est gratuit pour les agents.") + b" 0 g",
    )
    assert texts(found) == [LINE]
    assert "gratuit" in heard(found)


def test_white_words_on_a_dark_ground_and_grey_ones_over_a_word_behind_them_are_read() -> None:
    found = page(
        b"0.85 g BT /F2 120 Tf 60 690 Td (BAC) Tj ET 0.3 g",
        typed_at(60, 700, LINE),
        b"0.1 g 55 615 320 20 re f 1 g" + typed_at(60, 620, LINE) + b" 0 g",
    )
    assert " ".join(texts(found)).count(LINE) == 2


@pytest.mark.parametrize("kind", ["/Square", "/FreeText", "/Stamp"])
def test_what_is_put_over_words_later_hides_them(kind: str) -> None:
    start, end = at("vingt")
    box = [start - 1, 697.0, end + 1, 709.0]
    data = marked(pdf([Words(60, 700, LINE)]), {"/Subtype": kind, "/Rect": box})
    writer = PdfWriter(clone_from=BytesIO(data))
    look = StreamObject()
    look.set_data(f"0 g {box[0]} {box[1]} {box[2] - box[0]} 12 re f".encode())
    look |= {
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject([NumberObject(round(n)) for n in box]),
    }
    mark = writer.pages[0]["/Annots"][0].get_object()
    looks = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    mark[NameObject("/AP")] = looks
    out = BytesIO()
    writer.write(out)
    found = read(out.getvalue())
    assert texts(found) == [" ".join(LINE.replace("vingt", "").split())]
    assert found.passages[0].doubts == (COVERED,)


# struck out


def struck_at(x: float, y: float, words: str) -> bytes:
    """Words of Courier 10 with a stroke through them."""
    stroke = f"0.7 w {x} {y + 3} m {x + 10 * WIDTH * len(words)} {y + 3} l S".encode()
    return typed_at(x, y, words) + b"\n" + stroke


def test_a_cell_that_begins_with_words_that_are_struck_out_keeps_the_others() -> None:
    cells = [
        part
        for n, name in enumerate(["Pont", "Gué"])
        for part in (typed_at(65, 700 - 20 * n, name), typed_at(165, 700 - 20 * n, "8 sous"))
    ]
    anew = struck_at(325, 700, "2 sous"), typed_at(367, 700, "5 sous")
    lines = [f"60 {714 - 20 * n} 400 0.7 re f".encode() for n in range(3)]
    lines += [f"{x} 674 0.7 40.7 re f".encode() for x in (60, 160, 320, 460)]
    found = page(*cells, *anew, typed_at(325, 680, "3 sous"), *lines)
    assert texts(found) == ["Pont | 8 sous | 5 sous", "Gué | 8 sous | 3 sous"]
    assert [STRUCK in p.doubts for p in found.passages] == [True, False]


def test_the_doubt_of_words_struck_out_at_the_head_of_a_paragraph_is_its_own() -> None:
    old = "Le gué est fermé."
    behind = 60 + 10 * WIDTH * (len(old) + 1)
    found = page(
        typed_at(60, 740, LINE),
        struck_at(60, 710, old), typed_at(behind, 710, "Le gué est ouvert."),
        typed_at(60, 680, "Le pont est neuf."),
    )  # fmt: skip
    assert texts(found) == [LINE, "Le gué est ouvert.", "Le pont est neuf."]
    assert [STRUCK in p.doubts for p in found.passages] == [False, True, False]


def strokes(word: str) -> dict[str, str]:
    """Lines of many shapes through a word at a height of 700."""
    start, end = at(word)
    step = (end - start) / 8
    zigzag = " ".join(f"{start + n * step} {705 if n % 2 else 701} l" for n in range(1, 9))
    return {
        "level": f"0.5 w {start} 703 m {end} 703 l S",
        "thick": f"1 0 0 rg {start} 701.5 {end - start} 3 re f 0 g",
        "aslant": f"0.5 w {start} 701.5 m {end} 704.5 l S",
        "from corner to corner": f"0.5 w {start} 699.5 m {end} 707 l S",
        "zigzag": f"0.5 w {start} 701 m {zigzag} S",
        "by hand": f"0.5 w {start} 703 m {start + 9} 706 {end - 9} 700 {end} 704 c S",
        "within a form": f"q 1 0 0 1 0 3 cm 0.5 w {start} 700 m {end} 700 l S Q",
    }


@pytest.mark.parametrize("shape", list(strokes("vingt")))
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_line_of_any_shape_through_words_strikes_them_out_on_any_page(
    shape: str, turn: int
) -> None:
    turned = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842",
              270: "0 -1 1 0 -200 595"}[turn]  # fmt: skip
    body = f"q {turned} cm ".encode() + typed_at(60, 700, LINE)
    data = raw_pdf([body + f" {strokes('vingt')[shape]} Q".encode()])
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.pages[0].rotate(turn)
    out = BytesIO()
    writer.write(out)
    found = read(out.getvalue())
    assert texts(found) == [" ".join(LINE.replace("vingt", "").split())]
    assert found.passages[0].doubts == (STRUCK,)
    assert "struck out: 1 place, 1 word (“vingt”)" in heard(found)


TYPED = {  # the signs that are typed over a word of five letters
    "hyphens": "-----", "dashes": "\u2014" * 5, "crosses": "XXXXX", "small": "xxxxx",
    "strokes": "/////", "equal": "=====", "short": "----", "further": "------",
}  # fmt: skip


@pytest.mark.parametrize("kind", list(TYPED))
@pytest.mark.parametrize("turn", [0, 90])
def test_words_that_are_typed_over_with_one_sign_are_struck_out(kind: str, turn: int) -> None:
    turned = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 842 0"}[turn]
    words = typed_at(60, 700, LINE) + typed_at(at("vingt")[0], 700, TYPED[kind])
    below = typed_at(60, 685, "Le passeur note les heures.")
    writer = PdfWriter(clone_from=BytesIO(raw_pdf([f"q {turned} cm ".encode() + words + below])))
    writer.pages[0].rotate(turn)
    out = BytesIO()
    writer.write(out)
    found = read(out.getvalue())
    kept = " ".join(LINE.replace("vingt", "").split())
    assert " ".join(texts(found)) == f"{kept} Le passeur note les heures."
    assert found.passages[0].doubts == (STRUCK,)
    assert found.warnings[0] == "left out, struck out: 1 place, 1 word (“vingt”)"


def test_a_word_that_is_typed_over_for_less_than_a_half_is_told() -> None:
    found = page(typed_at(60, 700, LINE), typed_at(at("vingt")[0], 700, "--"))
    assert texts(found) == [LINE]
    assert found.passages[0].doubts == (CROSSED,)


def test_an_article_before_a_word_that_is_typed_over_stays() -> None:
    line = "La nuit, l'amende est de dix euros."
    start, _ = at("amende", line)
    found = page(typed_at(60, 700, line), typed_at(start, 700, "------"))
    assert texts(found) == ["La nuit, l' est de dix euros."]


@pytest.mark.parametrize("signs", ["_____", "....."])
def test_signs_that_are_typed_under_words_strike_nothing_out(signs: str) -> None:
    found = page(typed_at(60, 700, LINE), typed_at(at("vingt")[0], 700, signs))
    assert "vingt" in texts(found)[0]
    assert found.passages[0].doubts == ()


@pytest.mark.parametrize(
    "line",
    [
        "0.5 w 60 698 m 340 698 l S",  # under the words
        "0.5 w 60 709 m 340 709 l S",  # above them
        "0.5 w 250 705 m 250 700 l 290 700 l 290 705 l S",  # a field of a form
        "0.5 w 58 696 290 14 re S",  # a frame
        "0.9 g 58 696 290 14 re f 0 g",
    ],
)
def test_lines_beside_words_strike_nothing_out(line: str) -> None:
    found = page(line.encode(), typed_at(60, 700, LINE))
    assert (texts(found), found.passages[0].doubts) == ([LINE], ())


@pytest.mark.parametrize(
    "cross", ["60 735 m 330 685 l S", "60 735 m 330 685 l 60 685 m 330 735 l S"]
)
def test_a_line_across_an_article_is_told_on_it(cross: str) -> None:
    lines = ["Artikel 2. Vaart", "De boot vaart elk uur, behalve bij", "hoogwater of storm op zee."]
    found = page(
        content([*typed(["Artikel 1. Doel", "De stad regelt de veerdienst."], 60, 780)]),
        content(typed(lines, 60, 728)),
        f"0.8 w {cross}".encode(),
    )
    assert [p.doubts for p in found.passages] == [(), (CROSSED,)]
    assert texts(found)[1] == " ".join(lines[1:])


@pytest.mark.parametrize(
    ("kind", "places"), [("/Ink", "/InkList"), ("/Line", "/L"), ("/PolyLine", "/Vertices")]
)
def test_a_line_that_is_drawn_on_a_page_later_strikes_words_out(kind: str, places: str) -> None:
    start, end = at("vingt")
    line: list[object] = [start, 703.0, end, 703.5]
    mark = {
        "/Subtype": kind,
        "/Rect": [start, 700.0, end, 706.0],
        places: [line] if kind == "/Ink" else line,
    }
    data = pdf([Words(60, 700, LINE)])
    left = " ".join(LINE.replace("vingt", "").split())
    assert texts(read(marked(data, mark))) == [left]
    assert texts(read(marked(data, mark | {"/F": 2}))) == [LINE]


# across, in pictures, as drawings


@pytest.mark.parametrize("angle", [30, 45, 60])
def test_words_aslant_over_a_page_do_not_run_into_its_lines(angle: int) -> None:
    turn = radians(angle)
    slant = (cos(turn), sin(turn), -sin(turn), cos(turn))
    lines = [
        word
        for n in range(9)
        for word in [
            Words(60, 780 - 50 * n, f"Artikel {n + 1}. Haven {n + 1}", bold=True),
            *column("De haven is open voor elk schip dat zich vooraf meldt.", 60, 766 - 50 * n),
        ]
    ]
    across = b"0.8 g " + content([Words(120, 330, "ONTWERP", 80, turn=slant)]) + b" 0 g "
    found = page(across, content(lines))
    assert portions(found) == [f"art_{n}" for n in range(1, 10)]
    assert "across the page: 1 place, 1 word (“ONTWERP”)" in heard(found)


SCAN = b"q 595 0 0 842 0 0 cm /Im1 Do Q "
STAMP = "Signé numériquement par la greffière du port le 3 mai 2031 à midi."


def test_a_scanned_page_with_a_stamp_is_told_with_what_to_do() -> None:
    first = content(column(LONG, 60, 700))
    data = raw_pdf(
        [first, SCAN + typed_at(60, 800, STAMP)],
        objects=[PICTURE_OBJECT],
        resources="/XObject << /Im1 10 0 R >>",
    )
    assert "a scan? recognise its text), on pages: 2" in heard(read(data))


def test_a_scan_with_nothing_but_stamps_needs_its_text_recognised() -> None:
    data = pictured(SCAN, typed_at(60, 800, STAMP), pages=3)
    with pytest.raises(ScannedError, match="a scan"):
        read(data)
    words = pdf(column(LONG, 60, 700))
    found = read_pdf(data, searchable=lambda _: words)
    assert texts(document(found, work="p", lang="fr")) == [LONG.strip()]


CHECKED = (
    "/Type /XObject /Subtype /Image /Width 119 /Height 168 /ColorSpace /DeviceGray "
    "/BitsPerComponent 8",
    bytes(255 * ((n % 119 + n // 119) % 2) for n in range(119 * 168)),
)


@pytest.mark.parametrize("under", [False, True])
def test_the_few_recognised_words_of_a_scan_are_read_and_told(under: bool) -> None:
    words = typed_at(60, 700, "Le port ouvre à six heures.")
    page = words + SCAN if under else SCAN + words.replace(b"BT", b"BT 3 Tr")
    found = read(
        raw_pdf([page], objects=[CHECKED], resources="/XObject << /Im1 10 0 R >>"),
    )
    assert texts(found) == ["Le port ouvre à six heures."]
    assert found.warnings == ("few words were recognised in a picture of the page: 1",)


def test_words_that_lie_over_others_are_told() -> None:
    lines = [Words(60, 700, "Le port ouvre à six heures."), Words(61.5, 700, "Le port ouvre à dix")]
    found = read(pdf(lines))
    assert heard(found) == "words lie over others, and both are read, on pages: 1"


def test_a_scan_in_strips_is_one_picture() -> None:
    strips = b" ".join(f"q 595 0 0 20 0 {n * 20} cm /Im1 Do Q".encode() for n in range(42))
    data = raw_pdf(
        [content(column(LONG, 60, 700)), strips + typed_at(280, 20, "2")],
        objects=[PICTURE_OBJECT],
        resources="/XObject << /Im1 10 0 R >>",
    )
    assert "a scan? recognise its text), on pages: 2" in heard(read(data))


def test_a_picture_behind_a_whole_page_of_words_is_no_scan() -> None:
    behind = pictured(SCAN, content(column(LONG * 12, 60, 780)))
    assert read(behind).warnings == ()


@pytest.mark.parametrize("place", ["160 0 0 16 90 670", "30 0 0 11 200 700"])
def test_a_small_picture_among_the_words_is_told(place: str) -> None:
    head = Words(60, 760, "Redevances du pont", 16, bold=True)
    lines = [Words(60, 700, "La redevance est de"), Words(60, 640, "euros par passage.")]
    found = read(pictured(content([head, *lines]), f"q {place} cm /Im1 Do Q".encode()))
    assert "pictures are not read, on pages: 1" in heard(found)
    assert PICTURE in found.passages[0].doubts


def test_small_pictures_above_the_words_or_on_each_page_are_ornaments() -> None:
    crest = b"q 60 0 0 60 60 770 cm /Im1 Do Q "
    assert read(pictured(crest, content(column(LONG, 60, 700)))).warnings == ()
    line = b"q 60 0 0 20 60 650 cm /Im1 Do Q "
    both = [content(column(f"{n}. {LONG}", 60, 700)) + line for n in ("Un", "Deux")]
    resources = "/XObject << /Im1 10 0 R >>"
    assert read(raw_pdf(both, objects=[PICTURE_OBJECT], resources=resources)).warnings == ()


def ring(x: float, y: float, width: float, height: float) -> str:
    """An ellipse of four curves around a box."""
    k = 0.5523
    a, b, mx, my = width / 2, height / 2, x + width / 2, y + height / 2
    return (
        f"{mx - a} {my} m {mx - a} {my + k * b} {mx - k * a} {my + b} {mx} {my + b} c "
        f"{mx + k * a} {my + b} {mx + a} {my + k * b} {mx + a} {my} c "
        f"{mx + a} {my - k * b} {mx + k * a} {my - b} {mx} {my - b} c "
        f"{mx - k * a} {my - b} {mx - a} {my - k * b} {mx - a} {my} c h"
    )


def test_letters_that_are_curves_are_told_as_a_picture() -> None:
    letters = " ".join(f"{ring(60 + 7 * n, 680, 5, 7)} f" for n in range(30))
    found = page(typed_at(60, 700, LINE), letters.encode(), typed_at(60, 640, LONG[:60]))
    assert "pictures are not read, on pages: 1" in heard(found)
    assert found.passages[0].doubts == (PICTURE,)


# shapes that stand for signs


@pytest.mark.parametrize("shape", ["ring", "square"])
def test_drawn_bullets_part_the_points_of_a_list(shape: str) -> None:
    items = ["de vaarroute", "de lading aan boord", "het aantal reizigers"]
    drawn = [
        f"{ring(62, y + 1.5, 4, 4)} f" if shape == "ring" else f"62 {y + 1.5} 3.5 3.5 re B"
        for y in (686, 674, 662)
    ]
    found = page(
        typed_at(60, 700, "De aangifte vermeldt :"),
        content(typed(items, 74, 686)),
        " ".join(drawn).encode(),
    )
    assert portions(found) == ["par_1", "blt_1", "blt_2", "blt_3"]
    assert texts(found)[1:] == items


def test_lists_within_a_list_that_a_browser_prints_keep_their_levels() -> None:
    items = [(0, "Direction du port"), (1, "Service des bacs"), (2, "Équipe de nuit"), (0, "Audit")]
    words, drawn = [], []
    for at, (depth, item) in enumerate(items):
        x, y = 82 + 30 * depth, 686 - 12 * at
        words.append(Words(x + 10, y, item))
        shape = ring(x, y + 1.7, 3, 3)
        drawn.append((f"{shape} f", f"0.75 w {shape} S", f"{x} {y + 1.7} 3 3 re f")[depth])
    found = page(
        typed_at(60, 700, "L’organigramme est le suivant :"),
        content(words),
        " ".join(drawn).encode(),
    )
    assert texts(found)[1:] == [
        "Direction du port\n– Service des bacs\n◦ Équipe de nuit",
        "Audit",
    ]
    assert not any(p.doubts for p in found.passages)


@pytest.mark.parametrize(
    "mark",
    [
        "62 686 8 8 re S 62 686 m 70 694 l S 62 674 8 8 re S",
        f"{ring(62, 686, 8, 8)} B {ring(62, 674, 8, 8)} S",
        f"{ring(72, 670, 54, 16)} S",
    ],
)
def test_drawn_boxes_and_rings_that_may_mark_a_choice_are_told(mark: str) -> None:
    found = page(
        typed_at(60, 700, "Le collège décide que la demande est"),
        content(typed(["acceptée", "refusée"], 75, 686)),
        f"0.6 w {mark}".encode(),
    )
    assert any(DRAWN in p.doubts for p in found.passages)


def test_the_cells_of_a_table_and_dotted_lines_are_no_marks() -> None:
    words = [
        *typed(["1", "2"], 64, 764, step=14),
        *typed(["Bac", "Écluse"], 84, 764, step=14),
        Words(60, 700, "Montant"),
        Words(200, 700, "12"),
    ]
    dots = " ".join(f"{ring(110 + 4 * n, 700, 1.5, 1.5)} f" for n in range(20))
    found = page(content(words), ruled([60, 76, 180], [774, 760, 746]), dots.encode())
    assert not any(p.doubts for p in found.passages)
    assert "•" not in " ".join(texts(found))


@pytest.mark.parametrize(
    ("item", "role"),
    [("the same below each other", "blt"), ("one alone", "told")],
)
def test_bullets_that_are_small_pictures_part_the_points_of_a_list(item: str, role: str) -> None:
    items = ["de vaarweg", "de lading aan boord", "het aantal reizigers"]
    shown = items if role == "blt" else items[:1]
    places = [(62, 687 - 12 * n) for n in range(len(shown))]
    found = read(
        pictured(
            typed_at(60, 700, "De aangifte vermeldt:"),
            content(typed(shown, 78, 686)),
            *(f"q 4 0 0 4 {x} {y} cm /Im1 Do Q".encode() for x, y in places),
        )
    )
    if role == "blt":
        assert texts(found)[1:] == items
        assert portions(found)[1:] == ["blt_1", "blt_2", "blt_3"]
    else:
        assert DRAWN in found.passages[0].doubts


MARKS = {
    "cross": "{x} {y} m {u} {v} l S {x} {v} m {u} {y} l S",
    "tick": "{x} {m} m {m2} {y} l {u} {v} l S",
    "dot": "{x} {y} 6 6 re f",
}


@pytest.mark.parametrize("mark", MARKS)
def test_marks_in_the_empty_places_of_a_table_without_lines_are_told(mark: str) -> None:
    words = [
        Words(60, 700, "De sluis is open voor:"),
        *(Words(x, 676, text) for x, text in ((60, "Boot"), (220, "Week"), (330, "Zondag"))),
        *typed(["Jacht", "Aak"], 60, 660, step=16),
        *column(LONG, 60, 600),
    ]
    drawn = " ".join(
        MARKS[mark].format(x=x, y=y, u=x + 6, v=y + 6, m=y + 3, m2=x + 2)
        for x, y in ((230, 660), (340, 660), (230, 644))
    )
    found = page(content(words), drawn.encode())
    told = [p.text for p in found.passages if DRAWN in p.doubts]
    assert len(told) == 2
    assert "Jacht" in told[0]
    assert "Aak" in told[1]


# what is written on a line to be filled in

BLANKS = {
    "dots": ("De boete bedraagt ................ euro per dag.", ".. {} ........."),
    "dashes": ("De boete bedraagt ________________ euro per dag.", "__ {} _________"),
    "signs of three dots": ("De boete bedraagt …………… euro per dag.", ""),
}


@pytest.mark.parametrize("above", [0.0, 1.5, 5.0])
@pytest.mark.parametrize("blank", BLANKS)
def test_a_value_stands_where_it_is_written_on_a_blank_line(blank: str, above: float) -> None:
    line, shown = BLANKS[blank]
    value = Words(60 + 6 * line.index(line[18]) + 12, 700 + above, "1 250")
    found = read(pdf([Words(60, 700, line), *typed(["Ze wordt niet verdubbeld."], 60, 688), value]))
    assert found.warnings == ()
    told = " ".join(texts(found))
    if shown:
        assert told == (
            f"De boete bedraagt {shown.format('1 250')} euro per dag. Ze wordt niet verdubbeld."
        )
    else:
        assert told.index("bedraagt") < told.index("1 250") < told.index("euro")


def test_the_value_of_a_field_stands_on_its_blank_line() -> None:
    line = "La redevance est de .............. euros par mois."
    box = [at("......", line)[0], 697.0, at(" euros", line)[0], 710.0]
    field = {"/Subtype": "/Widget", "/FT": "/Tx", "/T": "n", "/V": "81", "/Rect": box}
    assert texts(read(marked(pdf([Words(60, 700, line)]), field))) == [
        "La redevance est de 81 euros par mois."
    ]


def test_a_small_or_raised_figure_on_a_blank_line_leaves_its_sentence_whole() -> None:
    line = "Le quai mesure ............... de surface."
    start = at("....", line)[0] + 12
    area = [Words(start, 701, "25 m"), Words(start + 24, 705, "2", 6)]
    assert texts(read(pdf([Words(60, 700, line), *area]))) == [
        "Le quai mesure .. 25 m² ........ de surface."
    ]


def test_words_too_long_for_a_blank_line_are_told() -> None:
    line = "Fait à ....... pour le collège."
    words = [Words(60, 700, line), Words(at("....", line)[0], 700, "Comblain-au-Pont-la-Vieille")]
    assert "words lie over others, and both are read" in heard(read(pdf(words)))


# other words than those drawn


@pytest.mark.parametrize(
    ("drawn", "given", "stored"),
    [
        ("45", "54", "45"),
        ("vingt", "trente", "vingt"),
    ],
)
def test_the_drawn_words_are_read_and_others_of_the_file_are_told(
    drawn: str, given: str, stored: str
) -> None:
    body = typed_at(60, 700, "La taxe est de")
    span = f"/Span << /ActualText ({given}) >> BDC ".encode("latin-1")
    found = page(body, span + typed_at(150, 700, drawn) + b" EMC", typed_at(200, 700, "euros."))
    assert texts(found) == [f"La taxe est de {stored} euros."]
    assert "that are not those drawn" in heard(found)


@pytest.mark.parametrize("given", ["<FEFF00E90063006C007500730065>", "(\\351cluse)"])
def test_words_of_the_file_are_told_in_their_own_letters(given: str) -> None:
    span = f"/Span << /ActualText {given} >> BDC ".encode("latin-1")
    found = page(
        typed_at(60, 700, "Le pont"), span + typed_at(110, 700, "bas") + b" EMC",
        typed_at(135, 700, "est ferm\xe9."),
    )  # fmt: skip
    assert texts(found) == ["Le pont bas est fermé."]
    assert "“écluse”" in heard(found)


def test_words_that_a_file_gives_for_a_ligature_or_a_hyphen_are_read() -> None:
    span = b"/Span << /ActualText <FEFF00E9> >> BDC "  # what e and an accent stand for
    found = page(
        typed_at(60, 700, "La taxe est"), span + typed_at(140, 700, "e") + b" EMC",
        typed_at(160, 700, "gale."),
    )  # fmt: skip
    assert found.warnings == ()
    assert "é" in texts(found)[0]


@pytest.mark.parametrize(("drawn", "stored"), [("18", "18"), ("81 ", "81"), ("", "81")])
def test_a_field_shows_what_it_draws(drawn: str, stored: str) -> None:
    box = [170.0, 696.0, 240.0, 710.0]
    field = {"/Subtype": "/Widget", "/FT": "/Tx", "/T": "n", "/V": "81", "/Rect": box}
    head = Words(60, 760, "Demande de passage", 16, bold=True)
    words = [head, Words(60, 700, "Durée en mois :"), *column(LONG, 60, 640)]
    data = marked(pdf(words), field)
    writer = PdfWriter(clone_from=BytesIO(data))
    look = StreamObject()
    look.set_data(f"/Tx BMC BT /F1 10 Tf 2 3 Td ({drawn}) Tj ET EMC".encode())
    look |= {NameObject("/Subtype"): NameObject("/Form")}
    looks = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    writer.pages[0]["/Annots"][0].get_object()[NameObject("/AP")] = looks
    out = BytesIO()
    writer.write(out)
    found = read(out.getvalue())
    assert texts(found)[0] == f"Durée en mois : {stored}"
    assert ("fields that are not those drawn" in heard(found)) == (stored == "18")


# figures and accents


def set_small(before: str, figures: list[tuple[float, str, float]], after: str) -> list[Words]:
    """A line at a height of 700 with small figures in it: their height, words and size."""
    words = [Words(60, 700, before)]
    x = 60 + 10 * WIDTH * len(before)
    for rise, text, size in figures:
        words.append(Words(x, 700 + rise, text, size))
        x += WIDTH * size * len(text)
    return [*words, Words(x, 700, after)]


@pytest.mark.parametrize(
    ("figures", "stored"),
    [
        ([(4, "1", 6), (0, "/", 10), (-2, "2", 6)], "3 1/2"),
        ([(4, "1", 6), (0, "/", 6), (-2, "2", 6)], "3 1/2"),
        ([(4, "1", 8.33), (0, "/", 10), (-2, "2", 8.33)], "3 1/2"),
        ([(4, "1", 6), (0, "/2", 10)], "3¹/2"),
    ],
)
def test_the_upper_figure_of_a_fraction_calls_no_note(
    figures: list[tuple[float, str, float]], stored: str
) -> None:
    words = [
        *set_small("De concessie loopt 3", figures, " jaar."),
        *column(LONG, 60, 670),
        Words(60, 610, "De sluiswachter"),
        Words(150, 614, "1", 6),
        Words(156, 610, "int het recht."),
        Words(60, 80, "1  Of zijn vervanger.", 7),
    ]
    found = read(pdf(words))
    assert texts(found)[0] == f"De concessie loopt {stored} jaar."
    assert "De sluiswachter int het recht." in " ".join(texts(found))
    assert [p.notes for p in found.passages if p.notes] == [("Of zijn vervanger.",)]


def test_brackets_around_the_call_of_a_note_go_with_it() -> None:
    words = [
        *set_small("Het recht is verschuldigd in mei (", [(4, "1", 6)], ") of juni."),
        *column(LONG, 60, 670),
        Words(60, 80, "1  Ook op zondag.", 7),
    ]
    found = read(pdf(words))
    assert texts(found)[0] == "Het recht is verschuldigd in mei of juni."
    assert found.passages[0].notes == ("Ook op zondag.",)


@pytest.mark.parametrize(
    ("before", "signs", "stored"),
    [
        ("de ", [(0, 5, "2", 6), (0, -4, "3", 6)], "de 2/3 des voix."),
        ("de 1", [(0, 5, "1", 6), (0, -4, "4", 6)], "de 1 1/4 des voix."),
        ("de ", [(0, 4, "3", 6), (4, 0, "/", 10), (9, 0, "4", 6)], "de 3/4 des voix."),
        ("de 10", [(0, 4, "3", 6)], "de 10³ des voix."),
        ("de 10", [(0, 4, "3", 8.33)], "de 10³ des voix."),
        ("de 10", [(0, -2, "3", 8.33)], "de 10₃ des voix."),
    ],
)
def test_a_fraction_that_is_set_small_is_put_on_its_line(
    before: str, signs: list[tuple[float, float, str, float]], stored: str
) -> None:
    x = 60 + 6 * len(before)
    small = [Words(x + dx, 700 + dy, text, size) for dx, dy, text, size in signs]
    found = read(pdf([Words(60, 700, before), *small, Words(x + 18, 700, "des voix.")]))
    assert texts(found) == [stored]


@pytest.mark.parametrize(
    ("plain", "accents", "stored"),
    [
        ("Le delai du marche", [(4, "´"), (17, "´")], "Le délai du marché"),
        ("De cooperatie", [(5, "¨")], "De coöperatie"),
        ("La facade du role", [(5, "¸"), (14, "^")], "La façade du rôle"),
    ],
)
def test_accents_that_are_drawn_over_their_letters_are_of_them(
    plain: str, accents: list[tuple[int, str]], stored: str
) -> None:
    # The letter and its accent are each shown by themselves, as TeX does.
    at_accent = dict(accents)
    parts: list[Words] = []
    for n, letter in enumerate(plain):
        if n in at_accent:
            parts.append(Words(60 + 6 * n, 700, at_accent[n]))
        if letter != " ":
            parts.append(Words(60 + 6 * n, 700, letter))
    assert texts(read(pdf(parts))) == [stored]


# lists, contents, notes, sheets


def leaders(words: str, number: str) -> str:
    return f"{words} {'.' * (50 - len(words))} {number}"


def test_a_price_list_with_leaders_is_read_line_by_line() -> None:
    prices = [leaders("Barque", "5"), leaders("Voilier", "12"), leaders("Péniche", "40,50")]
    found = read(pdf(typed(["Les droits de port, par jour :", *prices], 60, 760)))
    assert " ".join(texts(found)).count("....") > 3
    assert [text.split()[-1] for text in texts(found)[1:]] == ["5", "12", "40,50"]


@pytest.mark.parametrize("head", ["Table des matières", "INHOUD"])
def test_a_table_of_contents_goes_with_its_heading_and_is_told(head: str) -> None:
    page = [
        Words(60, 790, "Règlement du port de Vireau", 16, bold=True),
        *typed([head], 60, 760, bold=True),
        *typed([leaders("Article 1. Objet", "2"), leaders("Article 2. Droits", "3")], 60, 745),
        *typed(["Article 1. Objet"], 60, 700, bold=True),
        *column("Le présent règlement fixe les droits de port.", 60, 686),
        *typed(["Article 2. Droits"], 60, 660, bold=True),
        *column("Le droit est de cinq euros par jour.", 60, 646),
    ]
    found = read(pdf(page))
    assert portions(found) == ["art_1", "art_2"]
    assert [p.headings for p in found.passages] == [("Article 1. Objet",), ("Article 2. Droits",)]
    assert "table of contents: 3 places, " in heard(found)
    assert head in heard(found)


def test_a_note_that_is_called_by_a_star_in_brackets_goes_with_its_passage() -> None:
    words = [
        *column("Le droit (*) est de cinq euros, et de dix euros (**) en été.", 60, 760),
        *column(LONG, 60, 720),
        Words(60, 80, "(*) Hors taxes.", 7),
        Words(60, 70, "(**) De juin à août.", 7),
    ]
    found = read(pdf(words))
    assert texts(found)[0] == "Le droit est de cinq euros, et de dix euros en été."
    assert found.passages[0].notes == ("Hors taxes.", "De juin à août.")


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    def half(x: float, first: int) -> list[Words]:
        return [
            word
            for n in range(3)
            for word in [
                Words(x, 780 - 60 * n, f"Article {first + n}. Quai {first + n}", bold=True),
                *typed(["Le quai est ouvert aux barques", "qui en font la demande."],
                       x, 766 - 60 * n),
            ]
        ]  # fmt: skip

    sheets = [[*half(40, 1 + k), *half(340, 4 + k), Words(120, 40, str(2 * s + 1)),
               Words(420, 40, str(2 * s + 2))] for s, k in ((0, 0), (1, 6))]  # fmt: skip
    found = read(pdf(*sheets))
    assert portions(found) == [f"art_{n}" for n in range(1, 13)]
    assert all(text.endswith("demande.") for text in texts(found))


@pytest.mark.parametrize("lined", [True, False])
@pytest.mark.parametrize("size", [7, 9])
def test_a_long_table_in_small_type_does_not_make_headings_of_the_text(
    size: int, lined: bool
) -> None:
    rows = [(f"Schuit {n}", f"{n},50 euro", f"{2 * n},00 euro") for n in range(1, 31)]
    words = [
        Words(60, 800, "Reglement op de sluizen", 16, bold=True),
        *_article("Artikel 1. Tarief", "Het sluisrecht bedraagt per doorvaart :", 770),
        *[
            Words(60 + 120 * m, 730 - 15 * n, cell, size)
            for n, row in enumerate(rows)
            for m, cell in enumerate(row)
        ],
        *_article("Artikel 2. Betaling", "De schipper betaalt aan het loket.", 260),
        *_article("Artikel 3. Slot", "Dit reglement geldt vanaf mei.", 220),
    ]
    lines = ruled([55, 175, 295, 415], [740 - 15 * n for n in range(31)]) if lined else b""
    found = document(
        read_pdf(raw_pdf([content(words) + b"\n" + lines]), searchable=None), work="p", lang="nl"
    )
    assert portions(found) == ["art_1", "art_2", "art_3"]
    assert [p.headings for p in found.passages] == [
        ("Artikel 1. Tarief",), ("Artikel 2. Betaling",), ("Artikel 3. Slot",),
    ]  # fmt: skip
    assert "Schuit 30 | 30,50 euro | 60,00 euro" in texts(found)[0]
    assert texts(found)[1:] == [
        "De schipper betaalt aan het loket.", "Dit reglement geldt vanaf mei.",
    ]  # fmt: skip


def _article(heading: str, line: str, y: float) -> list[Words]:
    return [Words(60, y, heading, bold=True), Words(60, y - 15, line)]


def rounded(x: float, y: float, width: float, height: float) -> str:
    """A box with round corners."""
    a, b, c, d, r = x, y, x + width, y + height, 4
    return (
        f"0.5 w {a + r} {b} m {c - r} {b} l {c} {b} {c} {b} {c} {b + r} c {c} {d - r} l "
        f"{c} {d} {c} {d} {c - r} {d} c {a + r} {d} l {a} {d} {a} {d} {a} {d - r} c "
        f"{a} {b + r} l {a} {b} {a} {b} {a + r} {b} c h S"
    )


@pytest.mark.parametrize(
    "pen",
    [
        "0.5 w 70 655 m 110 720 160 640 230 700 c S 0.5 w 150 640 m 190 700 220 650 300 680 c S",
        "0.5 w 70 655 m 130 700 l 180 650 l 230 700 l S 150 640 m 220 690 l 300 640 l S",
    ],
)
def test_a_signature_over_rounded_boxes_makes_no_table(pen: str) -> None:
    lines = ["Le quai est ouvert le soir.", "Vu et signé :", "Le maître du port, Luc Quai."]
    words = [typed_at(64, 700 - 24 * n, line) for n, line in enumerate(lines)]
    boxes = f"{rounded(58, 640, 260, 26)} {rounded(58, 668, 120, 20)} {pen}".encode()
    assert " ".join(" ".join(texts(page(*words, boxes))).split()) == " ".join(lines)


def test_a_rounded_box_is_the_border_of_a_table() -> None:
    cells = [("Cas", "Prix"), ("Vélo", "2 euros"), ("Moto", "3 euros")]
    words = [
        typed_at(64 + 140 * m, 770 - 20 * n, cell)
        for n, row in enumerate(cells)
        for m, cell in enumerate(row)
    ]
    inner = "0.5 w 60 765 m 340 765 l S 60 745 m 340 745 l S 200 725 m 200 785 l S"
    found = page(*words, f"{rounded(60, 725, 280, 60)} {inner}".encode())
    assert texts(found) == ["Cas | Prix", "Vélo | 2 euros", "Moto | 3 euros"]


def test_articles_beside_those_they_replace_are_a_table() -> None:
    rows = [(f"Article {n}", f"Article {n + 4}") for n in (2, 7, 1, 9, 3)]
    words = [
        word
        for n, row in enumerate(rows)
        for word in (Words(60, 760 - 14 * n, row[0]), Words(320, 760 - 14 * n, row[1]))
    ]
    assert "tab_1.row_1" in portions(read(pdf(words)))


# pages that are turned, and what stands in forms

RULED = [
    Words(60, 800, "Les recours sont les suivants."),
    *typed(["Cas"], 64, 770), *typed(["Délai"], 204, 770),
    *typed(["Recours devant", "le comité"], 64, 745),
    *typed(["trente jours à", "compter du mois"], 204, 745), *typed(["soixante jours"], 204, 715),
    Words(60, 680, "Le comité les publie."),
]  # fmt: skip
TURNED = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842",
          270: "0 -1 1 0 -250 595"}  # fmt: skip
IN_TABLE = [
    "Les recours sont les suivants.", "Cas | Délai",
    "Recours devant le comité | trente jours à compter du mois",
    "Recours devant le comité | soixante jours", "Le comité les publie.",
]  # fmt: skip


def rotated(data: bytes, turn: int) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.pages[0].rotate(turn)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotates", [True, False])
def test_the_lines_of_a_table_are_found_on_a_page_that_is_turned(
    turn: int, *, rotates: bool
) -> None:
    lines = ruled([60, 200, 340], [785, 760, 728, 705], without=("1,0",))
    body = f"q {TURNED[turn]} cm ".encode() + content(RULED) + b"\n" + lines + b" Q"
    found = read(rotated(raw_pdf([body]), turn if rotates else 0))
    assert texts(found) == IN_TABLE
    assert found.warnings == ()


@pytest.mark.parametrize("turn", [0, 90])
def test_lines_and_pictures_within_a_form_stand_where_the_page_paints_it(turn: int) -> None:
    lines = ruled([60, 200, 340], [785, 760, 728, 705], without=("1,0",))
    form = (
        "/Type /XObject /Subtype /Form /BBox [0 0 842 842] /Matrix [1 0 0 1 0 -40] "
        "/Resources << /XObject << /Im1 10 0 R >> >>",
        lines + b" q 120 0 0 80 60 560 cm /Im1 Do Q",
    )
    body = f"q {TURNED[turn]} cm ".encode() + content(RULED) + b" q 1 0 0 1 0 40 cm /Fm1 Do Q Q"
    data = raw_pdf([body], objects=[PICTURE_OBJECT, form], resources="/XObject << /Fm1 11 0 R >>")
    found = read(rotated(data, turn))
    assert texts(found) == IN_TABLE
    assert [p.doubts for p in found.passages] == [(), (), (), (), (PICTURE,)]


def test_a_field_and_bullets_of_a_page_that_is_turned_stand_at_their_words() -> None:
    words = content([
        Words(60, 700, "Demande du bac, à rendre au quai avant le mois de mai :"),
        Words(60, 670, "Nom :"), Words(72, 640, "le jour"), Words(72, 620, "la nuit"),
    ])  # fmt: skip
    bullets = b" 60 642 4 4 re f 60 622 4 4 re f"
    field = {"/Subtype": "/Widget", "/FT": "/Tx", "/T": "n", "/V": "A. Dubois"}
    for turn, box in ((0, [110, 668, 300, 682]), (90, [842 - 682, 110, 842 - 668, 300])):
        body = f"q {TURNED[turn]} cm ".encode() + words + bullets + b" Q"
        found = read(rotated(marked(raw_pdf([body]), field | {"/Rect": box}), turn))
        assert [(p.anchor.portion, p.text) for p in found.passages][1:] == [
            ("par_2", "Nom : A. Dubois"), ("blt_1", "le jour"), ("blt_2", "la nuit"),
        ], turn  # fmt: skip

"""Letters of a PDF for which its fonts give another meaning than they draw."""

from __future__ import annotations

import pytest

from sources.anchor import Lang
from sources.bilingual import Bilingual
from sources.formats.pdf.reader import read_pdf
from sources.model import Document
from sources.structure.document import document
from sources.structure.signs import LOST, ODD
from tests.sources.formats.pdf_maker import WIDTH, Words, content, raw_pdf, to_unicode, typed

PLAIN = "/Subtype /Type1 /Encoding /WinAnsiEncoding"
MAPPED = {"F3": f"{PLAIN} /BaseFont /Courier /ToUnicode 10 0 R"}


def read(
    page: list[Words], meanings: dict[str, str], further: dict[str, str] | None = None
) -> Document:
    data = raw_pdf([content(page)], objects=[to_unicode(meanings)], further=further or MAPPED)
    return document(read_pdf(data, "dijk.pdf", searchable=None), work="dijk", lang="nl")


def in_own_font(*lines: str) -> list[Words]:
    return [Words(60, 760 - 20 * n, line, font="F3") for n, line in enumerate(lines)]


def test_old_style_figures_and_small_capitals_with_codes_of_adobe_are_what_they_look_like() -> None:
    meanings = {str(n): chr(0xF730 + n) for n in range(10)} | {"x": "\uf764", "z": "\uf7e9"}
    page = in_own_font("Artikel 12. Sluiting", "xe sluis sluit om 17.30 uur; zzn boot mag door.")
    (passage,) = read(page, meanings).passages
    assert passage.anchor.portion == "art_12"
    assert passage.text == "De sluis sluit om 17.30 uur; ÉÉn boot mag door."
    assert passage.doubts == ()


@pytest.mark.parametrize(
    ("given", "drawn", "doubts"),
    [
        ("Ɵ", "ti", ()),
        ("Ʃ", "tt", ()),
        ("ƫ", "tti", ()),
        ("Ō", "ft", ()),
        ("ƞ", "tf", ()),
        ("ƛ", "ƛ", (ODD,)),
        ("\ue1f3", "�", (LOST,)),
        ("\uf0fc", "�", (LOST,)),
    ],
)
def test_letters_that_stand_for_a_ligature_are_its_letters_and_others_are_told(
    given: str, drawn: str, doubts: tuple[Bilingual, ...]
) -> None:
    page = in_own_font("Artikel 1. Sluiting", "De keurmeester gr#sdorp sluit de sluis.")
    (passage,) = read(page, {"#": given}).passages
    assert passage.text == f"De keurmeester gr{drawn}sdorp sluit de sluis."
    assert passage.doubts == doubts


def test_the_key_of_a_bullet_is_a_bullet_in_a_font_that_tells_nothing() -> None:
    page = [*typed(["Artikel 4. Verbod"], 60, 790), *typed(["Op de dijk is verboden:"], 60, 760)]
    page += [Words(70, 720 - 14 * n, f"# {word}", font="F3") for n, word in enumerate("vw")]
    (passage,) = read(page, {"#": "\uf0b7"}).passages
    assert passage.text == "Op de dijk is verboden:\n• v\n• w"


@pytest.mark.parametrize("font", ["Wingdings", "ABCDEF+Wingdings-Regular"])
@pytest.mark.parametrize(("key", "drawn"), [("§", "▪"), ("Ø", "➢"), ("l", "●")])
def test_keys_of_a_font_of_symbols_are_the_signs_that_it_draws(
    font: str, key: str, drawn: str
) -> None:
    page = [
        *typed(["Artikel 4. Verbod", "Op de dijk is verboden:"], 60, 760),
        *[Words(70, 720 - 14 * n, key, font="F3") for n in range(2)],
        *typed(["2 of meer honden mee te brengen;", "vuur te maken."], 90, 720, step=14),
        *typed(["Artikel 5. Boete", "De boete bedraagt 40 euro."], 60, 680),
    ]
    found = read(page, {"A": "A"}, {"F3": f"{PLAIN} /BaseFont /{font}"})
    assert [(p.anchor.portion, p.text) for p in found.passages] == [
        (
            "art_4",
            "Op de dijk is verboden:\n"
            f"{drawn} 2 of meer honden mee te brengen;\n{drawn} vuur te maken.",
        ),
        ("art_5", "De boete bedraagt 40 euro."),
    ]


SUPERIOR = (
    "/Subtype /Type3 /FontBBox [0 0 600 800] /FontMatrix [0.001 0 0 0.001 0 0] "
    "/FirstChar 49 /LastChar 51 /Widths [400 400 400] /ToUnicode 10 0 R "
    "/Encoding << /Type /Encoding /Differences [49 /one /two /three] >> "
    "/CharProcs << /one 11 0 R /two 11 0 R /three 11 0 R >>"
)


def test_figures_that_a_font_draws_raised_are_raised() -> None:
    signs = ["30", "1", " dagen; hoogstens 25 m", "2", " en 10", "3", " liter."]
    x, page = 60.0, typed(["Artikel 3. Termijn"], 60, 790)
    for n, text in enumerate(signs):
        page.append(Words(x, 760, text, font="F3" if n % 2 else ""))
        x += len(text) * (4 if n % 2 else 6)
    page += [Words(60, 60, "1", 8, font="F3"), Words(64, 60, "Kalenderdagen.", 8)]
    glyph = ("", b"400 0 50 350 350 700 d1 50 350 300 350 re f")
    data = raw_pdf(
        [content(page)],
        objects=[to_unicode({n: n for n in "123"}), glyph],
        further={"F3": SUPERIOR},
    )
    (passage,) = document(read_pdf(data, searchable=None), work="dijk", lang="nl").passages
    assert passage.anchor.portion == "art_3"
    assert passage.text == "30 dagen; hoogstens 25 m² en 10³ liter."
    assert passage.notes == ("Kalenderdagen.",)


@pytest.mark.parametrize("sign", ["o", "°", "º"])
def test_points_are_numbered_by_whatever_ring_stands_above_the_line(sign: str) -> None:
    page = [*typed(["Artikel 2. Verbod"], 60, 790), *typed(["Op de dijk is verboden:"], 60, 770)]
    for n, words in enumerate(["vuur te maken;", "een tent te zetten."], 1):
        y = 770 - 14 * n
        ring = Words(66, y + 4, sign, 6) if sign == "o" else Words(66, y, sign)
        page += [Words(60, y, str(n)), ring, Words(80, y, words)]
    assert [(p.anchor.portion, p.text) for p in read(page, {"A": "A"}).passages] == [
        ("art_2", "Op de dijk is verboden:"),
        ("art_2.pnt_1", "vuur te maken;"),
        ("art_2.pnt_2", "een tent te zetten."),
    ]


@pytest.mark.parametrize(("within", "between"), [(0.0, 1.4), (0.0, 2.0), (1.4, 4.0)])
def test_narrow_spaces_part_words_and_wide_type_does_not(within: float, between: float) -> None:
    text, x, page = "De boete van 1 jaar is 250 euro", 60.0, typed(["Artikel 3. Boete"], 60, 790)
    for word in text.split():
        parts = list(word) if within else [word]
        for part in parts:
            page.append(Words(x, 760, part))
            x += 6 * len(part) + within
        x += between - within
    assert [p.text for p in read(page, {"A": "A"}).passages] == [text]


ORDINALS = [
    ("fr", ["Le quai ouvre le 1", "er", " mai, selon l'article 6", "ter", " de la loi du 1", "er",
            " août."]),
    ("nl", ["De 2", "de", " kade volgt artikel 6", "ter", " van de wet; de 1", "ste", " is 90 m",
            "2", "."]),
    ("fr", ["M", "me", " Maes préside, selon le n", "o", " 12", "bis", "."]),
]  # fmt: skip


@pytest.mark.parametrize("lift", [3.0, 4.5])
@pytest.mark.parametrize("size", [6, 8.33, 9])
@pytest.mark.parametrize(("lang", "words"), ORDINALS)
def test_letters_that_are_raised_stay_at_their_words(
    lang: Lang, words: list[str], size: float, lift: float
) -> None:
    x, page = 60.0, typed(["Article 3" if lang == "fr" else "Artikel 3"], 60, 790, bold=True)
    for n, text in enumerate(words):
        page.append(Words(x, 760 + lift * (n % 2), text, size if n % 2 else 10))
        x += len(text) * WIDTH * page[-1].size
    found = document(read_pdf(raw_pdf([content(page)]), searchable=None), work="k", lang=lang)
    text = "".join(words).replace("m2", "m²")
    assert [(p.anchor.portion, p.text) for p in found.passages] == [("art_3", text)]

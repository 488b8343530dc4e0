"""The invented regulation on libraries, in every format that EU acts come in."""

from __future__ import annotations

import pytest

from sources.anchor import LANGS, Lang
from sources.formats.file import read_act
from sources.model import Document, Kind, Passage
from sources.structure.signs import TWICE
from sources.twins import twin_differences
from tests.sources.formats.act_reading import (
    FORMATS,
    LIBRARIES,
    OTHERS,
    content,
    files,
    read,
    zipped,
)
from tests.sources.structure.reading import by_portion

_OF_THE_VERSION = {"pbl", "cit", "rct", "fnp"}  # a consolidated text has none, or less


def passages(document: Document) -> dict[str, Passage]:
    return {passage.anchor.portion: passage for passage in document.passages}


def test_each_paragraph_recital_and_point_is_a_passage_in_reading_order() -> None:
    portions = [p.anchor.portion for p in read("journal.{}.xhtml", "fr").passages]
    assert portions == [
        "pbl", "cit_1", "cit_2", "cit_3", "rct_1", "rct_2", "rct_3", "art_1.par_1", "art_1.par_2",
        "art_2", "art_2.pnt_1", "art_2.pnt_2", "art_2.pnt_3", "art_3.par_1", "art_3.par_2",
        "art_3.par_2bis", "art_3bis", "art_4", "art_5", "art_6", "fnp",
        "anx_I.prt_A.pnt_1", "anx_I.prt_A.pnt_2", "anx_I.prt_B", "anx_II",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", FORMATS[1:])
def test_every_format_gives_the_same_passages(name: str, lang: Lang) -> None:
    journal, other = passages(read(FORMATS[0], lang)), passages(read(name, lang))
    if name.startswith("consolidated"):
        journal = {k: p for k, p in journal.items() if k[:3] not in _OF_THE_VERSION}
        other.pop("fnp")
    assert other == journal


@pytest.mark.parametrize("name", FORMATS + OTHERS)
def test_the_french_and_the_dutch_text_have_the_same_structure(name: str) -> None:
    assert twin_differences(read(name, "fr"), read(name, "nl")) == []


@pytest.mark.parametrize(
    ("name", "lang", "title", "date"),
    [
        ("journal.{}.xhtml", "fr", "RÈGLEMENT (UE) 2031/417 DU PARLEMENT EUROPÉEN", "2031-03-14"),
        ("journal.{}.xhtml", "nl", "VERORDENING (EU) 2031/417 VAN HET EUROPEES", "2031-03-14"),
        ("consolidated-grid.{}.html", "fr", "RÈGLEMENT (UE) 2031/417 DU", "2032-06-02"),
        ("consolidated-2018.{}.html", "nl", "VERORDENING (EU) 2031/417 VAN", "2032-06-02"),
        ("formex.{}", "nl", "VERORDENING (EU) 2031/417 VAN HET", "2031-03-14"),
        ("before-2004.{}.html", "nl", "VERORDENING ( EEG ) Nr . 99/74", "1974-02-12"),
        ("justel.{}.html", "fr", "4 AVRIL 2031. - Loi relative aux boîtes", "2031-04-04"),
    ],
)
def test_title_and_date_are_those_of_the_act_or_of_its_version(
    name: str, lang: Lang, title: str, date: str
) -> None:
    document = read(name, lang)
    assert document.title.startswith(title)
    assert document.date == date
    assert (document.work, document.lang, document.warnings) == (LIBRARIES, lang, ())


def test_points_are_lines_of_their_paragraph_and_its_own_number_is_left_out() -> None:
    assert by_portion(read("journal.{}.xhtml", "nl"))["art_3.par_1"].split("\n") == [
        "De bibliotheek leent een boek uit wanneer de lezer:",
        "a) zijn kaart toont;",
        "b) niet te laat is:",
        "i) in die bibliotheek, of",
        "ii) in een andere.",
        "Punt b) geldt niet voor kinderen.",
    ]


def test_a_point_of_an_article_without_paragraphs_has_the_words_before_it_as_lead() -> None:
    found = passages(read("journal.{}.xhtml", "fr"))
    point = found["art_2.pnt_2"]
    assert point.kind is Kind.POINT
    assert point.lead == found["art_2"].text == "Aux fins du présent règlement, on entend par:"
    assert point.text.startswith("«livre»:\na) un ouvrage imprimé;")


def test_headings_go_from_the_chapter_to_the_article_with_its_title() -> None:
    found = passages(read("journal.{}.xhtml", "nl"))
    assert found["art_3.par_2"].headings == (
        "HOOFDSTUK II — Uitlening",
        "AFDELING 1 — Gemeenschappelijke regels",
        "Artikel 3 — Voorwaarden voor uitlening",
    )
    assert found["art_4"].headings[-1] == "Artikel 4"
    assert found["anx_I.prt_B"].headings == (
        "BIJLAGE I — Soorten werken",
        "DEEL B — Kostbare werken",
    )


@pytest.mark.parametrize(
    ("portion", "fr", "nl"),
    [
        ("art_3.par_2bis", "art. 3, § 2 bis", "art. 3, lid 2 bis"),
        ("art_3bis", "art. 3 bis", "art. 3 bis"),
        ("rct_2", "considérant 2", "overweging 2"),
        ("anx_I.prt_A.pnt_2", "annexe I, partie A, point 2", "bijlage I, deel A, punt 2"),
    ],
)
def test_the_locator_is_what_a_person_cites_with_numbers_as_printed(
    portion: str, fr: str, nl: str
) -> None:
    locator = passages(read("journal.{}.xhtml", "fr"))[portion].locator
    assert (locator.fr, locator.nl) == (fr, nl)


def test_a_footnote_leaves_the_text_and_stays_with_the_passage_that_calls_it() -> None:
    found = passages(read("journal.{}.xhtml", "fr"))
    assert found["cit_2"].text == "vu l’avis du Comité des régions,"
    assert found["cit_2"].notes == ("JO C 12 du 3.2.2030, p. 7.",)
    assert found["anx_I.prt_B"].notes == ("Voir l’article 3, paragraphe 2.",)
    assert sum(bool(p.notes) for p in found.values()) == 3


def test_superscripts_keep_their_meaning_as_text() -> None:
    found = by_portion(read("journal.{}.xhtml", "fr"))
    assert "depuis le 1er janvier" in found["rct_1"]
    assert "10⁶ octets" in found["art_2.pnt_2"]


def test_an_article_that_is_quoted_is_text_of_the_article_that_quotes_it() -> None:
    for name in FORMATS:
        assert by_portion(read(name, "fr"))["art_5"].split("\n") == [
            "L’article 7 du règlement (UE) 2019/88 est remplacé par le texte suivant:",
            "«Article 7",
            "Horaires",
            "1. Les salles ouvrent à neuf heures.",
            "2. Elles ferment à dix-huit heures.»",
        ]


def test_a_table_keeps_its_rows() -> None:
    assert by_portion(read("journal.{}.xhtml", "nl"))["anx_II"].split("\n") == [
        "Afstand | Termijn",
        "minder dan 50 km | twee dagen",
        "50 km en meer | vijf dagen",
    ]


def test_a_dash_list_without_numbers_stays_in_the_text_of_its_article() -> None:
    assert by_portion(read("journal.{}.xhtml", "fr"))["art_4"] == (
        "Chaque État membre désigne:\n— une autorité de contrôle, et\n— un médiateur."
    )


def test_a_formex_publication_is_read_from_its_zip_as_from_its_files() -> None:
    packed = zipped(files("formex.fr"))
    assert read_act(packed, work=LIBRARIES, lang="fr") == read("formex.{}", "fr")


def test_parts_of_an_act_that_came_one_by_one_are_read_together() -> None:
    whole = content("journal.fr.xhtml").decode()
    head, annexes = whole.split('<hr class="oj-doc-sep"/>', 1)
    start = whole[: whole.index("<body>") + len("<body>")]
    parts = {
        "001.xhtml": f"{head}</body></html>".encode(),
        "002.xhtml": f"{start}{annexes}".encode(),
    }
    assert read_act(zipped(parts), work=LIBRARIES, lang="fr").passages == (
        read("journal.{}.xhtml", "fr").passages
    )


def test_parts_of_an_act_may_each_have_a_character_set_of_their_own() -> None:
    whole = content("journal.fr.xhtml").decode()
    head, annexes = whole.split('<hr class="oj-doc-sep"/>', 1)
    start = whole[: whole.index("<body>") + len("<body>")]
    latin = f"{start}{annexes}".replace('encoding="UTF-8"', "encoding='iso-8859-1'")
    parts = {
        "001.xhtml": b"\xef\xbb\xbf" + f"{head}</body></html>".encode(),
        "002.xhtml": latin.encode("cp1252"),
    }
    assert read_act(zipped(parts), work=LIBRARIES, lang="fr").passages == (
        read("journal.{}.xhtml", "fr").passages
    )


def test_one_place_that_looks_encoded_twice_is_told_and_refuses_no_act() -> None:
    data = content("journal.fr.xhtml").decode().replace("Romans", "Romans de la marque «Å»", 1)
    found = read_act(data.encode(), work=LIBRARIES, lang="fr")
    (passage,) = (p for p in found.passages if "«Å»" in p.text)
    assert TWICE in passage.doubts
    assert any("encoded twice" in warning for warning in found.warnings)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "UTF-32"])
def test_the_declared_character_set_is_honoured(encoding: str) -> None:
    text = content("before-2004.fr.html").decode().replace("UNICODE-1-1-UTF-8", encoding)
    data = text.encode(encoding.lower())
    assert by_portion(read_act(data, work=LIBRARIES, lang="fr")) == by_portion(
        read("before-2004.{}.html", "fr")
    )


def test_a_character_set_in_the_media_type_wins_over_none_in_the_page() -> None:
    text = content("before-2004.fr.html").decode().replace("; charset=UNICODE-1-1-UTF-8", "")
    document = read_act(
        text.encode("cp1252"), work=LIBRARIES, lang="fr", media_type="text/html;charset=iso-8859-1"
    )
    assert by_portion(document) == by_portion(read("before-2004.{}.html", "fr"))


def test_wide_spaces_and_soft_hyphens_do_not_reach_the_text() -> None:
    data = (
        content("journal.fr.xhtml")
        .decode()
        .replace("récits", "ré\u00adcits\u202fet&nbsp;&#8239;plus")
    )
    document = read_act(data.encode(), work=LIBRARIES, lang="fr")
    assert by_portion(document)["anx_I.prt_A.pnt_1"] == "Romans et récits et plus."
    assert not any(
        sign in p.text for p in document.passages for sign in ("\u00a0", "\u202f", "  ", "\u00ad")
    )


def test_a_picture_in_the_text_is_reported_as_a_doubt() -> None:
    data = content("journal.fr.xhtml").replace(b"Romans et", b'Romans <img src="x.png" alt=""/> et')
    found = passages(read_act(data, work=LIBRARIES, lang="fr"))
    assert "image" in found["anx_I.prt_A.pnt_1"].doubts[0].fr
    assert not found["anx_I.prt_A.pnt_2"].doubts


def test_annexes_without_number_are_counted_only_where_there_are_several() -> None:
    data = content("journal.fr.xhtml").decode().replace("ANNEXE\u00a0II", "ANNEXE")
    one = read_act(data.encode(), work=LIBRARIES, lang="fr")
    both = read_act(data.replace("ANNEXE\u00a0I", "ANNEXE").encode(), work=LIBRARIES, lang="fr")
    assert "anx" in by_portion(one)
    assert {"anx_1.prt_B", "anx_2"} <= set(by_portion(both))
    assert passages(both)["anx_2"].locator.nl == "bijlage 2"


def test_a_number_that_is_printed_twice_is_kept_apart_and_reported() -> None:
    data = (
        content("journal.fr.xhtml")
        .decode()
        .replace("2.\u00a0\u00a0\u00a0Le délai", "1.\u00a0\u00a0\u00a0Le délai")
    )
    document = read_act(data.encode(), work=LIBRARIES, lang="fr")
    again = passages(document)["art_3.par_1(2)"]
    assert again.text == "Le délai de prêt est de quatre semaines."
    assert again.locator.fr == "art. 3, § 1 (2)"
    assert any("art_3.par_1 occurs 2 times" in warning for warning in document.warnings)


def test_a_second_list_with_the_same_labels_is_told_apart_by_its_alinea() -> None:
    second = (
        '<p class="oj-normal">On entend aussi par:</p><table><tbody><tr>'
        '<td><p class="oj-normal">1)</p></td><td><p class="oj-normal">«prêt», un don à rendre.</p>'
        "</td></tr></tbody></table>"
    )
    data = content("journal.fr.xhtml").decode()
    start = data.index('<div class="eli-subdivision" id="art_3">')
    at = data.rindex("</div>", 0, data.index('<p class="oj-ti-section-1">', data.index("art_2")))
    assert at < start
    found = passages(
        read_act(f"{data[:at]}{second}{data[at:]}".encode(), work=LIBRARIES, lang="fr")
    )
    assert found["art_2.sub_2.pnt_1"].text == "«prêt», un don à rendre."
    assert found["art_2.sub_2.pnt_1"].lead == "On entend aussi par:"
    assert found["art_2.sub_2.pnt_1"].locator.fr == "art. 2, alinéa 2, point 1"
    assert found["art_2"].text.endswith("\nOn entend aussi par:")


def test_the_imprint_after_the_act_is_no_part_of_it() -> None:
    data = (
        content("journal.fr.xhtml")
        .decode()
        .replace(
            "</body>",
            '<p class="oj-normal">ELI: http://data.europa.eu/eli/reg/2031/417/oj</p>'
            '<p class="oj-normal">ISSN 1977-0693 (electronic edition)</p></body>',
        )
    )
    document = read_act(data.encode(), work=LIBRARIES, lang="fr")
    assert document == read("journal.{}.xhtml", "fr")


def test_an_act_within_a_page_of_the_site_is_read_without_the_page() -> None:
    whole = content("journal.fr.xhtml").decode()
    body = whole[whole.index("<body>") + len("<body>") : whole.index("</body>")]
    page = (
        "<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>EUR-Lex</title></head><body>"
        f"<nav><p>Accueil<br>Menu</p></nav><div id='docHtml'>{body}</div><footer><p>Contact</p>"
        "</footer></body></html>"
    )
    document = read_act(page.encode(), work=LIBRARIES, lang="fr")
    assert document == read("journal.{}.xhtml", "fr")

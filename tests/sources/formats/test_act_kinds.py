"""Acts that are not like a regulation of today: other kinds, other times, other publishers."""

from __future__ import annotations

import pytest

from sources.anchor import LANGS
from sources.formats.act import CORRECTS
from sources.formats.eurlex.before2004 import STRAY_NOTE
from sources.formats.file import read_act
from sources.model import Document, Standing
from tests.sources.formats.act_reading import read
from tests.sources.structure.reading import by_portion


def test_a_recommendation_is_cited_by_its_points() -> None:
    document = read("recommendation.{}.xhtml", "fr", "celex:32031H0052")
    assert by_portion(document) == {
        "pbl": "LE CONSEIL DE L’UNION EUROPÉENNE,\nconsidérant ce qui suit:\n"
        "A ADOPTÉ LA PRÉSENTE RECOMMANDATION:",
        "cit_1": "vu le traité sur le fonctionnement de l’Union européenne,",
        "rct_1": "Les clubs de lecture rapprochent les voisins.",
        "pnt_1.1": "La présente recommandation porte sur les clubs de lecture des communes "
        "frontalières.",
        "pnt_1.2": "Elle s’adresse:\na) aux communes; et\nb) aux bibliothèques.",
        "pnt_2.1": "Les communes devraient:\na) prêter une salle une fois par mois;\n"
        "b) annoncer les rencontres dans les deux langues.",
        "pnt_3": "Les États membres devraient rendre compte au Conseil tous les deux ans.",
        "fnp": "Fait à Luxembourg, le 2 juin 2031.",
    }
    point = document.passages[3]
    assert point.headings == ("1. OBJET",)
    assert (point.locator.fr, point.locator.nl) == ("point 1.1", "punt 1.1")


def test_inserted_articles_and_points_stay_in_the_point_that_inserts_them() -> None:
    found = by_portion(read("amending.{}.xhtml", "nl", "celex:32032L0007"))
    assert [portion for portion in found if portion.startswith("art")] == [
        "art_1", "art_1.pnt_1", "art_1.pnt_2", "art_1.pnt_3", "art_2",
    ]  # fmt: skip
    assert found["art_1.pnt_1"].split("\n") == [
        "artikel 4 wordt vervangen door:",
        "„Artikel 4",
        "Boekbanden",
        "1. Boekbanden worden genaaid.",
        "2. Zij zijn:",
        "a) van linnen, of",
        "b) van leer.”;",
    ]
    assert found["art_1.pnt_2"].endswith("\n„c) papieren boekbanden.”;")


def test_an_act_from_before_2004_is_read_by_its_words() -> None:
    document = read("before-2004.{}.html", "fr", "celex:31974R0099")
    found = by_portion(document)
    assert found["rct_2"] == "considérant qu'il convient d'en fixer la longueur,"
    assert found["art_2"] == (
        "Les marque-pages en métal:\n- sont arrondis,\n- portent le nom du fabricant."
    )
    assert found["fnp"].startswith("Le présent règlement est obligatoire")
    passages = {p.anchor.portion: p for p in document.passages}
    assert passages["art_1.par_1"].headings == (
        "TITRE PREMIER — DISPOSITIONS GÉNÉRALES",
        "Article premier",
    )
    assert passages["art_2"].headings[-1] == "Article 2 — Marque-pages spéciaux"


def test_a_footnote_within_a_sentence_is_kept_and_marked_as_doubtful() -> None:
    for lang in ("fr", "nl"):
        document = read("before-2004.{}.html", lang, "celex:31974R0099")
        doubtful = [p for p in document.passages if p.doubts]
        assert [p.anchor.portion for p in doubtful] == ["art_1.par_1"]
        assert doubtful[0].doubts == (STRAY_NOTE,)
        assert len(doubtful[0].notes) == 1
        assert doubtful[0].notes[0] in doubtful[0].text


def test_old_dutch_texts_keep_the_spaces_before_their_signs() -> None:
    found = by_portion(read("before-2004.{}.html", "nl", "celex:31974R0099"))
    assert found["art_1.par_2"] == "De lengte ervan bedraagt ten hoogste twintig centimeter ."
    assert found["art_1.par_1"].split("\n")[1] == "a) in de lengte ,"


def test_a_belgian_law_has_its_paragraphs_and_articles_with_a_stroke() -> None:
    document = read("justel.{}.html", "nl", "be:2031099999")
    assert by_portion(document) == {
        "pbl": "LUCIEN, Koning der Belgen,\nAan allen die nu zijn en hierna wezen zullen, "
        "Onze Groet.",
        "art_1": "Deze wet regelt een aangelegenheid als bedoeld in artikel 74 van de Grondwet.",
        "art_2.par_1": "Een boekenruilkastje is :\n1° dag en nacht open;\n2° geplaatst :\n"
        "a) in een park; of\nb) voor een school.",
        "art_2.par_2": "Het wordt tweemaal per jaar gecontroleerd.\nDe controle is kosteloos.",
        "art_2-1": "De Koning bepaalt het model van het kastje.",
        "fnp": "Gegeven te Brussel, 4 april 2031.\nLUCIEN",
    }
    changed = document.passages[3]
    assert changed.locator.nl == "art. 2, § 2"
    assert changed.notes == ("(1)<W 2033-02-11/04, art. 3, 002; Inwerkingtreding : 01-03-2033>",)
    assert document.passages[4].locator.fr == "art. 2/1"
    assert document.passages[4].headings == ("HOOFDSTUK 2. - Slotbepaling", "Art. 2/1")


def test_a_sentence_that_begins_with_the_name_of_a_division_opens_none() -> None:
    found = justel(
        (2, "Hoofdstuk III. Sloten van dezelfde wet wordt opgeheven."),
        (3, "<br>Titel II van dezelfde wet vervalt.<br>HOOFDSTUK 2. - slot<br>"),
        (4, "Einde."),
    )
    assert by_portion(found) == {
        "art_2": "Hoofdstuk III. Sloten van dezelfde wet wordt opgeheven.",
        "art_3": "Titel II van dezelfde wet vervalt.",
        "art_4": "Einde.",
    }
    assert [p.headings for p in found.passages] == [
        ("Art. 2",), ("Art. 3",), ("HOOFDSTUK 2. - slot", "Art. 4"),
    ]  # fmt: skip


def test_labels_of_any_sign_keep_their_place_in_a_law() -> None:
    found = justel(
        (
            2,
            "Men verstaat onder :<br>1) kist :<br>a. eik;<br>b. tin;<br>2) slot : een ring.",
        ),
        (3, "Zijn kisten :<br>A) de grote :<br>– van eik;<br>B) de kleine."),
    )
    assert by_portion(found) == {
        "art_2": "Men verstaat onder :",
        "art_2.pnt_1": "kist :\na. eik;\nb. tin;",
        "art_2.pnt_2": "slot : een ring.",
        "art_3": "Zijn kisten :",
        "art_3.pnt_A": "de grote :\n– van eik;",
        "art_3.pnt_B": "de kleine.",
    }


def test_numbers_of_a_law_end_where_its_words_begin() -> None:
    page = justel(
        (2, "§ 1.De kist is dicht.<br>§§ 2 tot 4. (opgeheven)<br>§ 5. Zij is[<sup>1</sup> leeg.]"),
        (5, "Einde.<br>BIJLAGEN."),
        ("N1", "Kisten."),
    )
    assert by_portion(page) == {
        "art_2.par_1": "De kist is dicht.",
        "art_2.par_2-4": "(opgeheven)",
        "art_2.par_5": "Zij is leeg.]",
        "art_5": "Einde.",
        "anx_1": "Kisten.",
    }
    assert [p.locator.nl for p in page.passages[:2]] == ["art. 2, § 1", "art. 2, § 2-4 (opgeheven)"]


@pytest.mark.parametrize(
    "head", ["3.[<sup>1</sup> Een kist is dicht]<sup>1</sup>.", "3.- Een kist is dicht.",
             "3.Een kist is dicht.", "3 <br>Een kist is dicht."]
)  # fmt: skip
def test_the_number_of_an_article_of_a_law_has_none_of_its_words(head: str) -> None:
    page = (
        f"<html><title>Justel</title><body><div><h2 id='text'></h2><a name='Art.3'></a>Art. {head}"
        "</div></body></html>"
    )
    found = read_act(page.encode(), work="be:2031099998", lang="nl")
    assert by_portion(found) == {"art_3": "Een kist is dicht."}


VERSIONS = {
    "art_1": None,
    "art_2.par_1": None,
    "art_2.par_2": None,
    "art_2.fut.par_1": Standing("future", "2036-01-01"),
    "art_2.fut.par_2": Standing("future", "2036-01-01"),
    "art_3": Standing("repealed", "2033-03-01"),
    "art_4": None,
    "art_4.vlg": Standing(region="vlg"),
    "art_4.wal.par_1": Standing(region="wal"),
    "art_4.wal.par_2": Standing(region="wal"),
    "art_5.par_1": Standing("repealed"),
    "art_5.par_2": None,
    "art_6.fut": Standing("future"),
}


def justel(*articles: tuple[int | str, str]) -> Document:
    """A law of these articles, each with the markup behind its number."""
    body = "<br>".join(f"<a name='Art.{n}'></a>Art. {n}. {words}" for n, words in articles)
    page = f"<html><title>Justel</title><body><div><h2 id='text'></h2>{body}</div></body></html>"
    return read_act(page.encode(), work="be:2031099998", lang="nl")


def test_future_repealed_and_regional_law_of_belgium_stands_apart() -> None:
    for lang in LANGS:
        document = read("justel-versions.{}.html", lang, "be:2032050505")
        assert {p.anchor.portion: p.standing for p in document.passages} == VERSIONS
        assert document.warnings == ()
    found = {p.anchor.portion: p.locator for p in document.passages}
    assert found["art_2.fut.par_2"].fr == "art. 2, droit futur, § 2"
    assert found["art_2.fut.par_2"].nl == "art. 2, toekomstig recht, § 2"
    assert found["art_4.vlg"].nl == "art. 4, Vlaams Gewest"
    assert found["art_3"].fr == "art. 3 (abrogé)"
    assert found["art_5.par_1"].nl == "art. 5, § 1 (opgeheven)"


def test_a_corrigendum_is_read_by_its_corrections_and_says_what_it_is() -> None:
    document = read("corrigendum.{}.xhtml", "fr", "celex:32031R0417R(01)")
    assert by_portion(document) == {
        "enc": "(«Journal officiel de l’Union européenne» L 110 du 5 avril 2031)",
        "pnt_1": "Page 3, article 3, paragraphe 2:\nau lieu de: «trente jours»,\n"
        "lire: «vingt jours».",
        "pnt_2": "Page 2, considérant 2:\nau lieu de: «les salles»,\n"
        "lire: «les salles de lecture».",
    }
    assert document.warnings == (CORRECTS,)
    dutch = read("corrigendum.{}.xhtml", "nl", "celex:32031R0417R(01)")
    assert [p.anchor.portion for p in dutch.passages] == list(by_portion(document))


def test_deleted_provisions_of_a_consolidated_text_say_so() -> None:
    page = (
        '<html><body><div id="docHtml"><p class="title-doc-first">RÈGLEMENT (UE) 2031/417</p>'
        '<p class="title-article-norm">Article premier</p><p class="norm">Il est prêté.</p>'
        '<p class="modref">▼M1</p><p class="title-article-norm">Article 1 bis</p>'
        '<div class="norm"><span class="no-parag">1.  </span><div class="inline-element">'
        'Inséré.</div></div><div class="norm"><span class="no-parag">2.  </span>'
        '<div class="inline-element">▼M2 —————</div></div>'
        '<p class="title-article-norm">Article 2</p><p class="norm">__________</p>'
        '<p class="title-article-norm">Article 3</p><p class="norm">(supprimé)</p>'
        "</div></body></html>"
    )
    document = read_act(page.encode(), work="celex:02031R0417-20340611", lang="fr")
    states = {p.locator.fr: p.standing and p.standing.state for p in document.passages}
    assert states == {
        "art. 1": None,
        "art. 1 bis, § 1": None,
        "art. 1 bis, § 2 (abrogé)": "repealed",
        "art. 2 (abrogé)": "repealed",
        "art. 3 (abrogé)": "repealed",
    }


def in_journal(body: str) -> bytes:
    return f"<html><head><title>x</title></head><body>{body}</body></html>".encode()


def test_protocols_and_annexes_below_a_common_title_keep_their_numbers() -> None:
    treaty = (
        '<p class="doc-ti">TRAITÉ DE L’UNION DES LECTEURS</p>'
        '<p class="ti-art">Article premier</p><p class="normal">L’Union lit.</p>'
        '<p class="doc-ti">PROTOCOLES</p>'
        '<p class="doc-ti">PROTOCOLE (n<span class="super">o</span> 1)</p>'
        '<p class="doc-ti">SUR LES BIBLIOTHÈQUES</p>'
        '<p class="ti-art">Article 2</p><p class="normal">Les projets sont transmis.</p>'
        '<p class="doc-ti">PROTOCOLE (n<span class="super">o</span> 22)</p>'
        '<p class="ti-art">Article 1</p><p class="normal">Le canton ne participe pas.</p>'
        '<p class="doc-ti">ANNEXES</p><p class="doc-ti">ANNEXE I</p>'
        '<p class="normal">Pommes et poires</p>'
    )
    document = read_act(in_journal(treaty), work="traite-lecteurs", lang="fr")
    assert {p.anchor.portion: p.locator.fr for p in document.passages} == {
        "art_1": "art. 1",
        "prc_1.art_2": "protocole 1, art. 2",
        "prc_22.art_1": "protocole 22, art. 1",
        "anx_I": "annexe I",
    }


@pytest.mark.parametrize(
    "page",
    [
        "<?xml version='1.0'?><ANNEX><TITLE><TI><P>ANNEXE II</P></TI><STI><P>Sacs de sel</P></STI>"
        "</TITLE><CONTENTS><P>Le sac est gris.</P></CONTENTS></ANNEX>",
        '<html><body><p class="oj-doc-ti">ANNEXE II</p><p class="oj-doc-ti">Sacs de sel</p>'
        '<p class="oj-normal">Le sac est gris.</p></body></html>',
    ],
)
def test_an_annex_in_a_file_of_its_own_is_one(page: str) -> None:
    found = read_act(page.encode(), work="celex:32031R0417", lang="fr")
    assert found.title.startswith("ANNEXE II")
    assert [(p.locator.fr, p.text, p.headings) for p in found.passages] == [
        ("annexe II", "Le sac est gris.", ("ANNEXE II — Sacs de sel",))
    ]


def test_a_second_act_in_one_file_stands_apart_and_is_told() -> None:
    two = "".join(
        f'<p class="oj-doc-ti">DÉCISION (UE) 2031/{n} DU CONSEIL</p>'
        '<p class="oj-normal">A ADOPTÉ LA PRÉSENTE DÉCISION:</p>'
        f'<p class="oj-ti-art">Article premier</p><p class="oj-normal">La clé {n} est rendue.</p>'
        for n in (1, 2)
    )
    document = read_act(in_journal(two), work="celex:32031D0001", lang="fr")
    found = by_portion(document)
    assert (found["art_1"], found["att.art_1"]) == (
        "La clé 1 est rendue.",
        "La clé 2 est rendue.",
    )
    assert document.warnings == ("another text in the same file: DÉCISION (UE) 2031/2 DU CONSEIL",)


def test_a_title_above_what_changed_the_act_and_again_above_its_text_is_of_one_act() -> None:
    title = '<p class="doc-ti">VERORDENING (EG) Nr. 41/2031 VAN DE RAAD</p>'
    document = read_act(
        in_journal(
            f"{title}<p>(PB L 4 van 9.1.2031, blz. 2)</p><p>Gewijzigd bij:</p>{title}"
            '<p class="ti-art">Artikel 1</p><p class="normal">De sluis is open.</p>'
            '<p class="doc-ti">BIJLAGE</p><p class="normal">De uren.</p>'
        ),
        work="celex:02031R0041-20320101",
        lang="nl",
    )
    assert by_portion(document) == {"art_1": "De sluis is open.", "anx": "De uren."}
    assert document.warnings == (
        "left out, between a title and the same title again: 2 lines "
        "(“(PB L 4 van 9.1.2031, blz. 2)” … “Gewijzigd bij:”)",
    )


def test_what_is_said_of_an_act_in_brackets_above_its_preamble_is_no_citation() -> None:
    document = read_act(
        in_journal(
            '<p class="doc-ti">BESLUIT VAN DE COMMISSIE</p><p class="doc-ti">van 2 mei 2031</p>'
            '<p class="normal">(Slechts de tekst in de Nederlandse taal is authentiek)</p>'
            '<p class="normal">DE COMMISSIE,</p><p class="normal">Gezien het Verdrag,</p>'
            '<p class="normal">HEEFT HET VOLGENDE BESLUIT VASTGESTELD:</p>'
            '<p class="ti-art">Enig artikel</p><p class="normal">De sluis is open.</p>'
        ),
        work="celex:32031D0041",
        lang="nl",
    )
    assert by_portion(document)["cit_1"] == "Gezien het Verdrag,"

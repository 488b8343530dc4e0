"""Acts that are not like a regulation of today: other kinds, other times, other publishers."""

from __future__ import annotations

from sources.formats.eurlex.before2004 import STRAY_NOTE
from tests.sources.formats.act_reading import read, texts


def test_a_recommendation_is_cited_by_its_points() -> None:
    document = read("recommendation.{}.xhtml", "fr", "celex:32031H0052")
    assert texts(document) == {
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
    found = texts(read("amending.{}.xhtml", "nl", "celex:32032L0007"))
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
    found = texts(document)
    assert found["rct_2"] == "considérant qu'il convient d'en fixer la longueur,"
    assert found["art_2"] == (
        "Les marque-pages en métal:\n- sont arrondis,\n- portent le nom du fabricant."
    )
    assert found["fnp"].startswith("Le présent règlement est obligatoire")
    by_portion = {p.anchor.portion: p for p in document.passages}
    assert by_portion["art_1.par_1"].headings == (
        "TITRE PREMIER — DISPOSITIONS GÉNÉRALES",
        "Article premier",
    )
    assert by_portion["art_2"].headings[-1] == "Article 2 — Marque-pages spéciaux"


def test_a_footnote_within_a_sentence_is_kept_and_marked_as_doubtful() -> None:
    for lang in ("fr", "nl"):
        document = read("before-2004.{}.html", lang, "celex:31974R0099")
        doubtful = [p for p in document.passages if p.doubts]
        assert [p.anchor.portion for p in doubtful] == ["art_1.par_1"]
        assert doubtful[0].doubts == (STRAY_NOTE,)
        assert len(doubtful[0].notes) == 1
        assert doubtful[0].notes[0] in doubtful[0].text


def test_old_dutch_texts_keep_the_spaces_before_their_signs() -> None:
    found = texts(read("before-2004.{}.html", "nl", "celex:31974R0099"))
    assert found["art_1.par_2"] == "De lengte ervan bedraagt ten hoogste twintig centimeter ."
    assert found["art_1.par_1"].split("\n")[1] == "a) in de lengte ,"


def test_a_belgian_law_has_its_paragraphs_and_articles_with_a_stroke() -> None:
    document = read("justel.{}.html", "nl", "be:2031099999")
    assert texts(document) == {
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

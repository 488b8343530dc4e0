"""The declaration: what was received, what was repaired, and every passage at its place."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import catalogue, repairs
from sources.bilingual import Bilingual
from sources.errors import ReadError, SourceError
from sources.files import read_toml
from sources.library import Library
from sources.model import Document, Kind, Passage
from sources.structure import laid_out
from sources.structure.laid_out import Layout
from tests.conftest import DECLARATION, WITHOUT

if not DECLARATION.is_dir():
    pytest.skip(WITHOUT, allow_module_level=True)

WORK = "val-duchesse-2023"
FOLDER = catalogue.TEXTS / WORK
LAYOUT = read_toml(FOLDER / "layout.toml", Layout, "a layout")
RECEIVED = (FOLDER / "fr.ocr.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def by_portion(document: Document) -> dict[str, Passage]:
    return {p.anchor.portion: p for p in document.passages}


def flat(text: str) -> str:
    """One line; a hyphen at the end of a line belongs to the word."""
    return re.sub(r"- ", "-", " ".join(text.split()))


# As received


def test_the_shipped_file_is_the_one_that_was_received() -> None:
    file = catalogue.load().find(WORK).file[0]
    assert hashlib.sha256((catalogue.TEXTS / file.path).read_bytes()).hexdigest() == file.sha256
    assert file.sha256 == "bdf0df733e7e39665092776abcfd214127a2002c367fecebad528f86ac51d616"


def test_an_altered_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in FOLDER.iterdir():
        copy = tmp_path / WORK / path.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / WORK / "fr.ocr.txt").write_text(RECEIVED.replace("2023", "2024"), "utf-8")
    monkeypatch.setattr(catalogue, "TEXTS", tmp_path)
    library = Library(tmp_path / "data")
    with pytest.raises(SourceError, match="not the one that was received"):
        library.read(library.editions()[0])


def test_what_was_received_of_every_passage_stands_in_the_file(document: Document) -> None:
    whole = flat(RECEIVED)
    for passage in document.passages:
        assert flat(passage.received or passage.text) in whole, passage.anchor


def test_the_passages_follow_each_other_as_in_the_file(document: Document) -> None:
    whole, at = flat(RECEIVED), 0
    for passage in document.passages:
        received = flat(passage.received or passage.text)
        at = whole.index(received, at) + len(received)


def test_nothing_of_the_file_is_left_out_but_headings_and_signs(document: Document) -> None:
    left = flat(RECEIVED)
    for passage in document.passages:
        left = left.replace(flat(passage.received or passage.text), " ", 1)
    for heading in {h for p in document.passages for h in p.headings}:
        left = left.replace(heading.split(".")[0] + ".", " ", 1)
    kept = re.sub(r"Evaluation ?:|Prochaines étapes ?:|\b[eo] ", " ", left).split()
    headings = len(" ".join({h for p in document.passages for h in p.headings}).split())
    title = len(document.title.split())
    assert len(kept) <= headings + title


def test_a_passage_differs_from_what_was_received_by_the_declared_repairs_alone(
    document: Document,
) -> None:
    entries = repairs.load(FOLDER / "repairs.toml")
    whole = flat("\n".join(repairs.apply(RECEIVED.split("\n"), entries)))
    for passage in document.passages:
        assert flat(passage.text) in whole
        assert (passage.received is None) == (flat(passage.text) in flat(RECEIVED))


# Nothing of substance is changed


def test_every_number_of_the_text_was_received(document: Document) -> None:
    for passage in document.passages:
        received = passage.received or passage.text
        read = received.replace("a continué 3 étre", "a continué à être")  # a misread letter
        assert re.findall(r"\d+", passage.text) == re.findall(r"\d+", read), passage.anchor


def test_every_name_of_the_text_was_received(document: Document) -> None:
    repaired = {
        word
        for entry in repairs.load(FOLDER / "repairs.toml")
        for word in re.findall(r"[^\W\d_][\w\-]*", entry.reviewed)
    }
    for passage in document.passages:
        received = set(re.findall(r"[^\W\d_][\w\-]*", flat(passage.received or passage.text)))
        for word in re.findall(r"[^\W\d_][\w\-]*", passage.text):
            if word[0].isupper():
                assert word in received | repaired, (passage.anchor, word)


@pytest.mark.parametrize(
    "name",
    [
        "MAOC (N) - Maritime Analysis and Operations Centre (Narcotics)",
        "Secure Information Exchange Network Application (SIENA)",
        "(CCPD)",
        "(CaMo)",
        "« Hazeldonk »",
        "Hassakeh",
        "Douai",
        "« small boats »",
        "2022/915",
        "art. 36.1",
        "22 mars 2016",
        "5 juin 2023",
    ],
)
def test_names_dates_and_references_stand_as_on_the_paper(document: Document, name: str) -> None:
    assert name in RECEIVED.replace("\n", " ")
    assert any(name in p.text for p in document.passages)


# The repairs


@pytest.mark.parametrize(
    ("fault", "portion", "words"),
    [
        ("I'Intérieur", "I.2", "de l’Intérieur"),
        ("frangaise", "I.2", "République française"),
        ("matiére", "I.1", "en matière de sécurité"),
        ("ceuvre", "1.1", "mise en œuvre"),
        ("gu’entre", "2.eval", "qu’entre les services"),
        ("s(ireté", "2.10", "agents de sûreté"),
        ("slireté", "2.10", "la sûreté des trains"),
        ("Tournai Il", "2.6", "Accord Tournai II,"),
        ("Ence quiconcerne", "3.6", "En ce qui concerne la coopération"),
        ("(Cessynergies", "7.2", "Ces synergies doivent"),
        ("3 étre", "2.eval", "a continué à être"),
        ("lLes", "3.5", "l’arrangement"),
        ("qgue", "2.2", "autant que possible"),
        ("I'El", "5.6", "rejoint l’EI"),
        ("Auniveau", "6.3", "Au niveau militaire"),
        ("'efficacité", "3.6", "l’efficacité"),
        ("|'expertise", "5.1", "de l’expertise"),
    ],
)
def test_each_known_fault_of_the_reading_is_repaired(
    by_portion: dict[str, Passage], fault: str, portion: str, words: str
) -> None:
    passage = by_portion[portion]
    assert fault in RECEIVED
    assert words in passage.text
    assert fault not in passage.text
    assert passage.received is not None
    assert words not in passage.received


@pytest.mark.parametrize(
    "pattern",
    [
        r"['\"|`]",  # apostrophes are typographic, and no stroke stands for a letter
        r"\bI['’]",
        r"(^|\s)['’]",
        r"’['’]",
        r"\bIl\b(?=[ ,.]*$)|Tournai Il",
        r"\w*gais(e|es)?\b",
        r"[^ç]cais\b|cais(e|es)\b",
        r"\bce?uvr",
        r"é[bcdfgjlmnpqrstvz]e[sr]?\b",
        r"iere(s|ment)?\b",
        r"étre",
        r"\bq?gu?’",
        r"\bqgue",
        r"\(ir|sli",
        r"(^|\s)[eo•] ",
        r"  ",
        r"^\s|\s$",
        r"\b3 ",
    ],
)
def test_no_fault_of_its_kind_is_left_in_any_passage(document: Document, pattern: str) -> None:
    for passage in document.passages:
        for text in (passage.text, *passage.headings):
            assert not re.search(pattern, text), (passage.anchor, pattern)


def test_the_preposition_has_its_accent_wherever_the_verb_is_not_meant(
    document: Document,
) -> None:
    verbs = {"été", "commencé", "continué", "pu", "pour", "une"}
    for passage in document.passages:
        assert set(re.findall(r"\ba (\w+)", passage.text)) <= verbs, passage.anchor


def test_the_number_of_point_5_is_restored(by_portion: dict[str, Passage]) -> None:
    assert "\nPrévention et lutte contre" in RECEIVED
    assert by_portion["5.1"].headings[1].startswith("5. Prévention et lutte contre l’extrémisme")
    assert by_portion["5.eval"].text.startswith("De nombreux échanges utiles")


def test_what_is_uncertain_is_left_as_received_and_said_in_both_languages(
    by_portion: dict[str, Passage],
) -> None:
    doubted = {k: p for k, p in by_portion.items() if p.doubts}
    assert set(doubted) == {"2.1", "2.6", "2.7", "3.7", "4.2", "5.2", "5.6", "6.7"}
    assert "d’avantage" in by_portion["2.6"].text
    assert "acteur clés" in by_portion["6.7"].text
    for passage in doubted.values():
        for doubt in passage.doubts:
            assert doubt.fr != doubt.nl


# Structure


def test_there_are_60_passages_each_at_its_own_address(document: Document) -> None:
    assert len(document.passages) == len({p.anchor for p in document.passages}) == 60
    assert {(p.anchor.work, p.anchor.lang) for p in document.passages} == {(WORK, "fr")}


def test_the_parts_and_points_have_the_passages_that_they_have_on_paper(
    document: Document,
) -> None:
    counts = Counter((p.anchor.portion.split(".")[0], p.kind) for p in document.passages)
    evaluations = {(str(n), Kind.EVALUATION): 1 for n in range(1, 7)} | {("7", Kind.EVALUATION): 2}
    bullets = dict(zip("1234567", (4, 10, 9, 7, 9, 7, 3), strict=True))
    assert counts == {
        ("I", Kind.PARAGRAPH): 3,
        **evaluations,
        **{(n, Kind.BULLET): count for n, count in bullets.items()},
    }


def test_the_pages_are_the_seven_of_the_paper(document: Document) -> None:
    pages = [p.page for p in document.passages]
    assert pages == sorted(pages, key=lambda n: n or 0)
    assert Counter(pages) == {1: 6, 2: 10, 3: 10, 4: 6, 5: 10, 6: 13, 7: 5}


@pytest.mark.parametrize(
    ("portion", "page", "locator", "opening", "ending", "length"),
    [
        (
            "I.1",
            1,
            Bilingual("I, 1er alinéa", "I, 1e alinea"),
            "La coopération bilatérale entre la France et la Belgique en matière de sécurité",
            "en février 2016, juin 2018 et novembre 2021.",
            326,
        ),
        (
            "2.6",
            2,
            Bilingual("II.2, 6e tiret", "II.2, 6e streepje"),
            "Faire du centre de coopération policière et douanière (CCPD) de Tournai une",
            "le trafic d’êtres humains et l’immigration irrégulière.",
            552,
        ),
        (
            "4.2",
            4,
            Bilingual("II.4, 2e tiret", "II.4, 2e streepje"),
            "Contribuer activement à la mise en œuvre du plan d’action pluriannuel",
            "en lien avec les activités de la coalition.",
            1184,
        ),
        (
            "7.eval.2",
            7,
            Bilingual("II.7, Évaluation, 2e alinéa", "II.7, Evaluatie, 2e alinea"),
            "Les deux gouvernements soulignent l’intensité de la coopération",
            "par son volet opérationnel également très ambitieux.",
            347,
        ),
        (
            "7.3",
            7,
            Bilingual("II.7, 3e tiret", "II.7, 3e streepje"),
            "Les deux gouvernements étudieront ensemble les défis et opportunités liés",
            "les intérêts stratégiques de leurs pays respectifs.",
            210,
        ),
    ],
)
def test_first_middle_and_last_passages_are_pinned(
    by_portion: dict[str, Passage],
    portion: str,
    page: int,
    locator: Bilingual,
    opening: str,
    ending: str,
    length: int,
) -> None:
    passage = by_portion[portion]
    assert str(passage.anchor) == f"{WORK}@fr#{portion}"
    assert (passage.page, passage.locator, len(passage.text)) == (page, locator, length)
    assert passage.text.startswith(opening)
    assert passage.text.endswith(ending)


def test_the_first_and_last_passages_stand_first_and_last(document: Document) -> None:
    assert document.passages[0].anchor.portion == "I.1"
    assert document.passages[-1].anchor.portion == "7.3"


def test_the_whole_of_a_passage_is_pinned_word_for_word(by_portion: dict[str, Passage]) -> None:
    assert by_portion["2.6"].text == (
        "Faire du centre de coopération policière et douanière (CCPD) de Tournai une véritable "
        "enceinte d’échanges d’informations opérationnelles ayant un lien avec la zone "
        "frontalière selon les conditions fixées dans l’Accord Tournai II, et développer "
        "d’avantage en fonction des ressources disponibles, la fonction d’analyse au sein du "
        "CCPD afin de renforcer la lutte contre la criminalité transfrontalière, y compris les "
        "activités dans la région frontalière des organisations criminelles impliquées dans le "
        "trafic d’êtres humains et l’immigration irrégulière."
    )


@pytest.mark.parametrize(
    ("portion", "joint", "page"),
    [
        ("3.6", "par exemple via un arrangement bilatéral (art. 36.1 règlement Dublin)", 3),
        ("4.2", "La France et la Belgique se réjouissent de leur participation à la", 4),
    ],
)
def test_a_paragraph_goes_on_over_the_break_of_a_page(
    by_portion: dict[str, Passage], portion: str, joint: str, page: int
) -> None:
    assert joint in by_portion[portion].text
    assert by_portion[portion].page == page


def test_a_word_parted_at_the_end_of_a_line_is_whole(by_portion: dict[str, Passage]) -> None:
    assert "trilatérales avec le Royaume-Uni, multilatérales" in by_portion["3.4"].text
    assert "de non-discrimination, de respect" in by_portion["3.8"].text


def test_the_headings_go_from_the_part_to_the_point(by_portion: dict[str, Passage]) -> None:
    assert by_portion["I.1"].headings == ("I. Contexte",)
    assert by_portion["2.6"].headings == (
        "II. Evaluation et prochaines étapes",
        "2. Coopération entre les forces de sécurité intérieure et les services de renseignement",
    )


# The reader itself, on a declaration of our own invention

SMALL = """ Réunion des
ports

I. Cadre

Les deux ports se parlent.

II. Suites

1. Quais et
grues

Evaluation : Les quais sont anciens et les grues le sont presque
autant.

Prochaines étapes :

• Réparer les quais
 du nord.
o Peindre les grues.

Sans signe, un tiret quand même.

2. Phares

Évaluation : Un phare.
Prochaines étapes:
• Éteindre.
"""


def small(text: str = SMALL) -> Document:
    return laid_out.read(text, text, LAYOUT, work="ports-2031", lang="fr", date="2031-01-01")


def test_parts_points_evaluations_and_bullets_become_passages() -> None:
    assert [(p.anchor.portion, p.text) for p in small().passages] == [
        ("I.1", "Les deux ports se parlent."),
        ("1.eval", "Les quais sont anciens et les grues le sont presque autant."),
        ("1.1", "Réparer les quais du nord."),
        ("1.2", "Peindre les grues."),
        ("1.3", "Sans signe, un tiret quand même."),
        ("2.eval", "Un phare."),
        ("2.1", "Éteindre."),
    ]
    assert small().title == "Réunion des ports"
    assert small().passages[1].headings == ("II. Suites", "1. Quais et grues")


def test_a_text_that_needed_no_repair_has_nothing_received_beside_it() -> None:
    assert {p.received for p in small().passages} == {None}


@pytest.mark.parametrize("text", ["", "Un titre\n\nsans partie.\n", "• seul\n"])
def test_a_text_without_parts_is_an_error(text: str) -> None:
    with pytest.raises(ReadError, match="no heading with words"):
        small(text)


def test_texts_of_another_number_of_lines_are_an_error() -> None:
    with pytest.raises(ReadError, match=f"{SMALL.count(chr(10)) + 1} against 2"):
        laid_out.read(SMALL, "une\nligne", LAYOUT, work="ports-2031", lang="fr", date="")


LINES = st.sampled_from(
    [
        "I. Cadre",
        "II. Suites",
        "1. Quais",
        "2. Phares",
        "Evaluation : Un phare.",
        "Prochaines étapes :",
        "• Réparer.",
        "o Peindre.",
        "Une phrase.",
        "et sa suite.",
        " Une page.",
        "",
    ]
)


@given(st.lists(LINES, max_size=25))
def test_whatever_the_order_of_the_lines_no_two_passages_share_an_address(
    lines: list[str],
) -> None:
    try:
        document = small("\n".join(lines))
    except ReadError:
        return
    assert all(p.text for p in document.passages)
    assert len({p.anchor for p in document.passages}) == len(document.passages)

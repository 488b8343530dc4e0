"""From a place in a work to the passages that it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.build import Build
from index.registry import BuildRegistry
from index.resolve import resolve, resolve_pinpoint
from sources import pinpoints
from sources.anchor import Anchor, Lang
from sources.model import Passage
from tests.index.fake import Texts, make, passage, settings_for

WORK = "celex:32031L0007"


def at(portion: str, lang: Lang = "fr") -> Passage:
    return replace(passage(WORK, lang, 1, f"{portion} {lang}"), anchor=Anchor(WORK, lang, portion))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    settings = settings_for(tmp_path_factory.mktemp("resolve"))
    french = ["rct_1", "art_1", "art_2.par_1", "art_2.par_2", "art_20", "art_3.par_1.pnt_a"]
    texts = Texts(
        {
            (WORK, "fr"): [at(p) for p in french],
            (WORK, "nl"): [at("art_1", "nl"), at("art_2.par_1", "nl")],
        }
    )
    opened = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("portion", "lang", "found"),
    [
        ("art_1", "fr", ["art_1 fr"]),
        ("art_1", "nl", ["art_1 nl"]),
        ("rct_1", "nl", ["rct_1 fr"]),  # the other language, where this one has it not
        ("art_2", "fr", ["art_2.par_1 fr", "art_2.par_2 fr"]),
        ("art_2", "nl", ["art_2.par_1 nl"]),
        ("art_2.par_2", "fr", ["art_2.par_2 fr"]),
        ("art_2.par_2.pnt_c", "fr", ["art_2.par_2 fr"]),  # inside the passage
        ("art_3", "fr", ["art_3.par_1.pnt_a fr"]),
        ("art_2.par_9", "fr", []),
        ("art_9", "fr", []),
        ("art_9.pnt_a", "fr", []),
    ],
)
def test_a_place_gives_the_passages_that_it_means(
    build: Build, portion: str, lang: Lang, found: list[str]
) -> None:
    assert [p.text for p in resolve(build, WORK, portion, lang)] == found


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """An act whose numbers begin like each other."""
    settings = settings_for(tmp_path_factory.mktemp("numbered"))
    portions = [
        "art_3", "art_3bis", "art_3nonies", "art_3-1", "art_31", "art_4.sub_2.pnt_1", "art_5bisA",
        "art_L311-1", "art_7.1", "art_8", "anx_II.prt_A.pnt_2", "anx_IIbis", "anx_III.pnt_4.3",
        "anx_III.pnt_4.30", "rct_1",
    ]  # fmt: skip
    passages = [at(p) for p in portions]
    text = "Les pièces sont:\na) la carte;\n2 bis) le plan.\nElles restent."
    annexed = "Amarres\n4.3.1. Deux amarres.\n4.3.2 Une amarre de rechange."
    texts_of = {"art_8": text, "anx_III.pnt_4.3": annexed}
    passages = [replace(p, text=texts_of.get(p.anchor.portion, p.text)) for p in passages]
    texts = Texts({(WORK, "fr"): passages})
    opened = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("article 3", ["art_3"]),
        ("article 3 novies", ["art_3nonies"]),
        ("article 3 BIS", ["art_3bis"]),
        ("article 3/1", ["art_3-1"]),
        ("article 3 ter", []),
        ("article 3/2", []),
        ("article 1", []),
        ("article 5 bis a", ["art_5bisA"]),
        ("article 5 bis", []),
        ("article L. 311-1", ["art_L311-1"]),
        ("article 311-1", []),
        ("art. 7.1", ["art_7.1"]),
        ("article 7", []),
        ("article 4, point 1", ["art_4.sub_2.pnt_1"]),
        ("article 8, point a)", ["art_8"]),
        ("article 8, point 2 bis)", ["art_8"]),
        ("article 8, point 2)", []),
        ("article 8, point b)", []),
        ("article 8, alinéa 4", ["art_8"]),
        ("article 8, alinéa 5", []),
        ("annexe II, point 2", ["anx_II.prt_A.pnt_2"]),
        ("annexe 2", ["anx_II.prt_A.pnt_2"]),
        ("annexe II ter", []),
        ("annexe, point 2", ["anx_II.prt_A.pnt_2"]),
        ("annexe III, point 4", ["anx_III.pnt_4.3", "anx_III.pnt_4.30"]),
        ("point 4.3 de l’annexe", ["anx_III.pnt_4.3"]),
        ("point 4.3.1 de l’annexe III", ["anx_III.pnt_4.3"]),
        ("point 4.3.2 de l’annexe", ["anx_III.pnt_4.3"]),
        ("point 4.3.3 de l’annexe", []),
        ("section 4, point 4.3, de l’annexe III", ["anx_III.pnt_4.3"]),
        ("articles 3 à 4", ["art_3", "art_3bis", "art_3nonies", "art_3-1", "art_31",
                            "art_4.sub_2.pnt_1"]),
    ],
)  # fmt: skip
def test_a_number_is_found_in_every_spelling_and_never_by_its_beginning(
    numbered: Build, place: str, found: list[str]
) -> None:
    (named,) = pinpoints.find(place)
    resolved = resolve_pinpoint(numbered, WORK, named, "fr")
    assert [p.anchor.portion for p in resolved.passages] == found
    assert bool(resolved.missing) == (not found)


def test_what_a_range_leaves_out_is_told_number_by_number(numbered: Build) -> None:
    (named,) = pinpoints.find("artikelen 8 tot en met 10")
    resolved = resolve_pinpoint(numbered, WORK, named, "nl")
    assert [p.anchor.portion for p in resolved.passages] == ["art_8"]
    assert resolved.missing == ("art_9", "art_10")


@pytest.mark.parametrize(
    "written", ["articles 3 à 88888888888", "de artikelen 3 tot en met 88888888888"]
)
def test_of_a_range_that_no_text_can_have_the_ends_are_looked_for(
    numbered: Build, written: str
) -> None:
    (named,) = pinpoints.find(written)
    resolved = resolve_pinpoint(numbered, WORK, named, "fr")
    assert [p.anchor.portion for p in resolved.passages] == ["art_3"]
    assert resolved.missing == ("art_88888888888",)


def test_a_work_that_is_not_indexed_has_no_places(build: Build) -> None:
    assert resolve(build, "celex:32031L0008", "art_1", "fr") == []


def test_an_article_is_among_those_that_stand_under_one_heading(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    several = passage(WORK, "fr", 1, "Abrogés.", heading="Articles 4 à 6")
    inserted = passage(WORK, "fr", 2, "Inséré.", heading="Article 7-9")
    french = [
        replace(p, anchor=Anchor(WORK, "fr", portion))
        for p, portion in ((several, "art_4-6"), (inserted, "art_7-9"))
    ]
    settings = settings_for(tmp_path_factory.mktemp("several"))
    made = make(settings, Texts({(WORK, "fr"): french}))
    build = Build(BuildRegistry(settings.data).path(made.build))
    found = {n: [p.text for p in resolve(build, WORK, f"art_{n}", "fr")] for n in (3, 4, 5, 6, 8)}
    build.close()
    assert found == {3: [], 4: ["Abrogés."], 5: ["Abrogés."], 6: ["Abrogés."], 8: []}

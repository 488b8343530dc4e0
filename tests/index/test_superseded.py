"""Former passages: kept word by word, told apart, and never found by a search."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import Build, read_passages
from index.builder import roll_back
from index.errors import IndexingError
from index.registry import BuildRegistry
from index.superseded import NAME, successor, versions
from sources.settings import Settings
from tests.index.fake import Texts, harbour, hits, make, passage, settings_for

PORTS = "ports-2031"
TEXTS = ("Les quais du nord sont fermés.", "Les grues bleues soulèvent tout.", "Le phare.")


def ports(*texts: str) -> Texts:
    made = [passage(PORTS, "fr", n, t) for n, t in enumerate(texts, 1)]
    return Texts({**harbour().texts, (PORTS, "fr"): made})


def texts_at(settings: Settings, portion: str) -> list[str]:
    return [f.passage.text for f in versions(settings.data, f"{PORTS}@fr#{portion}")]


def test_what_changed_and_what_is_gone_stays_readable_word_by_word(settings: Settings) -> None:
    make(settings, ports(*TEXTS))
    assert not (settings.data / NAME).exists()
    make(settings, ports("Les quais du nord sont ouverts.", TEXTS[1]))
    assert texts_at(settings, "art_1") == [TEXTS[0]]
    assert texts_at(settings, "art_2") == []
    assert texts_at(settings, "art_3") == [TEXTS[2]]
    (gone,) = versions(settings.data, f"{PORTS}@fr#art_3")
    assert gone.short.nl == "Tekst ports-2031"
    assert gone.until.startswith("20")


def test_each_former_text_is_there_once_the_newest_first(settings: Settings) -> None:
    for text in ("Un.", "Deux.", "Un.", "Trois.", "Quatre."):
        make(settings, ports(text))
    assert texts_at(settings, "art_1") == ["Trois.", "Un.", "Deux."]


def test_going_back_keeps_what_the_build_before_does_not_have(settings: Settings) -> None:
    first = make(settings, ports("Un.")).build
    make(settings, ports("Un.", "Deux."))
    assert roll_back(BuildRegistry(settings.data)).build == first
    assert texts_at(settings, "art_2") == ["Deux."]


def test_builds_that_are_pruned_take_nothing_with_them(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, keep_builds=2)
    for n in range(6):
        make(settings, ports(f"Le numéro {n}."))
    assert len(BuildRegistry(settings.data).history()) == 2
    assert texts_at(settings, "art_1") == [f"Le numéro {n}." for n in (4, 3, 2, 1, 0)]


def test_a_former_passage_is_never_found(settings: Settings) -> None:
    make(settings, ports(*TEXTS))
    make(settings, harbour())
    registry = BuildRegistry(settings.data)
    build = Build(registry.path(registry.current()))
    try:
        given = hits(build, TEXTS[0], "fr", 60)
        assert TEXTS[0] not in {h.passage.text for h in given}
    finally:
        build.close()


def test_half_a_line_loses_that_line_alone(settings: Settings) -> None:
    make(settings, ports("Un.", "Deux."))
    make(settings, ports("Trois."))
    path = settings.data / NAME
    path.write_bytes(path.read_bytes()[:-40])  # a crash in the middle of the last one
    make(settings, ports("Quatre."))
    assert texts_at(settings, "art_1") == ["Trois.", "Un."]
    assert texts_at(settings, "art_2") == []


def test_what_replaced_a_passage_is_the_one_with_most_in_common(settings: Settings) -> None:
    make(settings, ports(*TEXTS))
    make(settings, ports(TEXTS[2], TEXTS[1], f"{TEXTS[0]} Sauf l’hiver."))
    registry = BuildRegistry(settings.data)
    now = read_passages(registry.path(registry.current()))
    (quay,) = versions(settings.data, f"{PORTS}@fr#art_1")
    assert str(successor(quay, now)) == f"{PORTS}@fr#art_1"  # the same address goes first
    moved = [p for p in now if p.anchor.portion != "art_1"]
    assert str(successor(quay, moved)) == f"{PORTS}@fr#art_3"
    assert successor(quay, [p for p in now if p.anchor.portion == "art_2"]) is None
    assert successor(quay, [p for p in now if p.anchor.work != PORTS]) is None


def test_going_back_steps_over_a_build_that_is_damaged(settings: Settings) -> None:
    first, second, third = (make(settings, ports(t)).build for t in ("Un.", "Deux.", "Trois."))
    registry = BuildRegistry(settings.data)
    (registry.path(second) / "passages.jsonl").write_bytes(b"")
    back = roll_back(registry)
    assert back.build == first
    assert len(back.skipped) == 1
    assert registry.history() == [first, second, third]
    assert texts_at(settings, "art_1")[0] == "Trois."


def test_where_no_earlier_build_is_whole_the_one_in_use_stays(settings: Settings) -> None:
    first, second = (make(settings, ports(t)).build for t in ("Un.", "Deux."))
    registry = BuildRegistry(settings.data)
    (registry.path(first) / "manifest.json").write_bytes(b"{")
    with pytest.raises(IndexingError, match=f"no earlier build is whole: {first}"):
        roll_back(registry)
    assert registry.current() == second

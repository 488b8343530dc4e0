"""Counting which words translate which."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.tokens import stem
from tests.index.fake import passage
from training.translations import aligned, kept, pairs, written

TEXTS = [
    ("Le quai est ouvert. Le phare est fermé.", "De kade is open. De vuurtoren is dicht."),
    ("Le quai du nord.", "De kade in het noorden."),
    ("Le phare du nord.", "De vuurtoren in het noorden."),
    ("Un quai ouvert au nord.", "Een open kade in het noorden."),
]


def _pairs() -> list[tuple[object, object]]:
    return pairs(
        (passage("port", "fr", n, french), passage("haven", "nl", n, dutch))
        for n, (french, dutch) in enumerate(TEXTS)
    )


def test_sentences_are_paired_and_each_pair_counts_once() -> None:
    found = [tuple(" ".join(w.written for w in side) for side in pair) for pair in _pairs()]
    assert ("quai ouvert", "kade open") in found
    assert ("phare ferme", "vuurtoren dicht") in found
    assert len(found) == len(set(found))


def test_what_is_likely_of_either_word_is_kept() -> None:
    counts = {("quai", "kade"): 90.0, ("quai", "brug"): 1.5, ("pont", "brug"): 8.0}
    assert kept(counts | {("quai", "oever"): 0.5}) == [
        ("pont", "brug", 8.0),
        ("quai", "brug", 1.5),  # of what a bridge is, a part; of what a quay is, hardly any
        ("quai", "kade", 90.0),
    ]


def test_each_stem_is_written_as_it_mostly_is() -> None:
    french, dutch = written(_pairs())
    assert french[stem("ouvert", "fr")] == "ouvert"
    assert dutch[stem("vuurtoren", "nl")] == "vuurtoren"


def test_words_are_aligned(tmp_path: Path) -> None:
    pytest.importorskip("eflomal", reason="eflomal is not installed (extra `training`)")
    counts = aligned(_pairs(), tmp_path)
    assert max(counts, key=lambda pair: counts[pair]) == ("quai", stem("kade", "nl"))

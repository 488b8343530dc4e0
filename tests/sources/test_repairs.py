"""Repairs: what is declared is done, nothing else is touched, nothing more is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import catalogue, repairs
from sources.errors import ReadError
from sources.repairs import Kind, Repair
from tests.conftest import DECLARATION, WITHOUT

if not DECLARATION.is_dir():
    pytest.skip(WITHOUT, allow_module_level=True)

SHIPPED = catalogue.TEXTS / "val-duchesse-2023" / "repairs.toml"
SEEN = repairs.load_confusions(catalogue.TEXTS / "val-duchesse-2023" / "confusions.toml")
RECEIVED = catalogue.TEXTS / "val-duchesse-2023" / "fr.ocr.txt"

WORDS = st.text("abcéI'’.()l", min_size=1, max_size=6)
LINES = st.lists(WORDS, max_size=6).map(" ".join)


def repair(received: str, reviewed: str, lines: list[int], kind: Kind = "letter") -> Repair:
    return Repair(kind=kind, received=received, reviewed=reviewed, lines=lines)


# Applying


def test_the_declared_words_are_replaced_and_the_others_stay() -> None:
    lines = ["a la suite", "il a dit a la fin", "a la suite"]
    entries = (repair("a la", "à la", [1, 2], "accent"),)
    assert repairs.apply(lines, entries) == ["à la suite", "il a dit à la fin", "a la suite"]


def test_words_are_whole_words() -> None:
    assert repairs.apply(["a la a-la ala"], (repair("a", "à", [1], "accent"),)) == ["à la a-la ala"]


def test_a_line_is_listed_once_for_each_time_the_words_occur_on_it() -> None:
    assert repairs.apply(["a Paris a Bruxelles"], (repair("a", "à", [1, 1], "accent"),)) == [
        "à Paris à Bruxelles"
    ]


def test_the_order_of_the_entries_does_not_matter() -> None:
    entries = (
        repair("étre", "être", [1], "accent"),
        repair("3", "à", [1]),
        repair("I'accord", "l’accord", [1]),
    )
    lines = ["I'accord continue 3 étre utile"]
    assert repairs.apply(lines, entries) == repairs.apply(lines, entries[::-1])


def test_spaces_and_signs_around_the_words_stay_as_they_are() -> None:
    assert repairs.apply(["  e  a la\tfin "], (repair("e", "•", [1], "bullet"),)) == [
        "  •  a la\tfin "
    ]


def test_the_lines_given_are_not_changed() -> None:
    lines = ["a la suite"]
    repairs.apply(lines, (repair("a", "à", [1], "accent"),))
    assert lines == ["a la suite"]


@given(st.lists(LINES, min_size=1, max_size=8), st.data())
def test_a_repair_never_changes_a_line_that_it_does_not_name(
    lines: list[str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(lines)))
    words = lines[number - 1].split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    entry = repair(word, "réparé", [number] * words.count(word))
    reviewed = repairs.apply(lines, (entry,))
    assert len(reviewed) == len(lines)
    for n, (before, after) in enumerate(zip(lines, reviewed, strict=True), 1):
        expected = ["réparé" if n == number and w == word else w for w in before.split(" ")]
        assert after == " ".join(expected)


@pytest.mark.parametrize(
    ("line", "lines", "found"),
    [
        ("tout est en ordre", [1], "matches 0"),
        ("a Paris a Bruxelles", [1], "matches 2"),
        ("a Paris", [1, 1], "matches 1"),
        ("a Paris", [2], "matches 0"),
        ("a Paris", [0], "matches 0"),
        ("a Paris", [-1], "matches 0"),
    ],
)
def test_an_entry_that_does_not_match_as_often_as_it_says_is_an_error(
    line: str, lines: list[int], found: str
) -> None:
    with pytest.raises(ReadError, match=found):
        repairs.apply([line], (repair("a", "à", lines, "accent"),))


@pytest.mark.parametrize("reverse", [False, True])
def test_entries_that_touch_the_same_words_are_an_error(reverse: bool) -> None:
    entries = (repair("a la", "à la", [1], "accent"), repair("la suite", "la Suite", [1]))
    with pytest.raises(ReadError, match="touch the same words on line 1"):
        repairs.apply(["a la suite"], entries[::-1] if reverse else entries)


def test_the_same_entry_twice_is_an_error() -> None:
    entry = repair("a", "à", [1], "accent")
    with pytest.raises(ReadError, match="touch the same words"):
        repairs.apply(["a Paris"], (entry, entry))


# What a kind allows


@pytest.mark.parametrize(
    "entry",
    [
        repair("matiére", "matière", [1], "accent"),
        repair("a", "à", [1], "accent"),
        repair("l'organisation", "l’organisation", [1], "apostrophe"),
        repair("e", "•", [1], "bullet"),
        repair("e Ence quiconcerne", "• En ce qui concerne", [1], "bullet"),
        repair("e (Cessynergies", "• Ces synergies", [1], "bullet"),
        repair("Prévention", "5. Prévention", [1], "number"),
        repair("frangaise", "française", [1]),
        repair("ceuvre", "œuvre", [1]),
        repair("gu’entre", "qu’entre", [1]),
        repair("s(ireté", "sûreté", [1]),
        repair("Il.", "II.", [1]),
        repair("l.", "I.", [1]),
        repair("I'accord", "l’accord", [1]),
        repair("'adhésion", "l’adhésion", [1]),
        repair("3", "à", [1]),
    ],
    ids=lambda r: f"{r.received}-{r.reviewed}",
)
def test_what_character_recognition_confuses_may_be_repaired(entry: Repair) -> None:
    assert repairs.faults((entry,), SEEN) == []


@pytest.mark.parametrize(
    "entry",
    [
        repair("2022/915", "2022/951", [1]),
        repair("36.1", "36.7", [1]),
        repair("5", "6", [1]),
        repair("MAOC", "MARC", [1]),
        repair("Douai", "Tournai", [1]),
        repair("juin", "juillet", [1]),
        repair("possible", "impossible", [1]),
        repair("légal", "illégal", [1]),
        repair("illégaux", "égaux", [1]),
        repair("régulière", "irrégulière", [1]),
        repair("lieu", "eu", [1]),
        repair("ville", "vie", [1]),
        repair("matière", "matière", [1], "accent"),
        repair("matiére", "matières", [1], "accent"),
        repair("l'accord", "l’Accord", [1], "apostrophe"),
        repair("sous la main", "sousmain", [1], "space"),
        repair("e", "o", [1], "bullet"),
        repair("e Continuer", "• Arrêter", [1], "bullet"),
        repair("Prévention", "5. Répression", [1], "number"),
        repair("tion", "5. Prévention", [1], "number"),
    ],
    ids=lambda r: f"{r.kind}-{r.received}-{r.reviewed}",
)
def test_a_change_of_meaning_name_number_or_date_is_a_fault(entry: Repair) -> None:
    assert repairs.faults((entry,), SEEN) == [
        f"{entry.kind}: {entry.received!r} -> {entry.reviewed!r}"
    ]


@given(st.integers(0, 99999), st.integers(0, 99999))
def test_no_kind_lets_one_number_become_another(one: int, two: int) -> None:
    kinds: tuple[Kind, ...] = ("letter", "accent", "space", "apostrophe", "bullet")
    for kind in kinds:
        entry = repair(f"art.{one}", f"art.{two}", [1], kind)
        assert (repairs.faults((entry,), SEEN) == []) <= (one == two)


def test_every_fault_is_listed() -> None:
    wrong = (repair("5", "6", [1]), repair("a", "à", [1], "accent"), repair("juin", "mai", [2]))
    assert len(repairs.faults(wrong, SEEN)) == 2


# The file


@pytest.mark.parametrize(
    "text",
    [
        "",
        "repair = 3",
        "[[repair]]\nkind = 'letter'\nreceived = 'a'\nreviewed = 'b'\n",
        "[[repair]]\nkind = 'meaning'\nreceived = 'a'\nreviewed = 'b'\nlines = [1]\n",
        "[[repair]]\nkind = 'letter'\nreceived = ''\nreviewed = 'b'\nlines = [1]\n",
        "[[repair]]\nkind = 'letter'\nreceived = 'a'\nreviewed = 'b'\nlines = []\n",
        "[[repair]]\nkind = 'letter'\nreceived = 'a'\nreviewed = 'b'\nlines = [1]\nwhy = 'x'\n",
        "[[repair",
    ],
)
def test_a_file_without_its_form_is_a_read_error_that_names_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "repairs.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ReadError, match=r"repairs\.toml"):
        repairs.load(path)


def test_the_shipped_repairs_all_match_and_none_does_more_than_its_kind() -> None:
    entries = repairs.load(SHIPPED)
    lines = RECEIVED.read_text("utf-8").split("\n")
    reviewed = repairs.apply(lines, entries)
    assert repairs.faults(entries, SEEN) == []
    assert sum(len(r.lines) for r in entries) == 283
    named = {n for r in entries for n in r.lines}
    changed = {n for n, (a, b) in enumerate(zip(lines, reviewed, strict=True), 1) if a != b}
    assert changed == named


def test_the_shipped_repairs_change_no_digit_but_the_lone_3_and_the_lost_5() -> None:
    for entry in repairs.load(SHIPPED):
        before, after = (
            [c for c in text if c.isdigit()] for text in (entry.received, entry.reviewed)
        )
        if before != after:
            assert (entry.received, entry.reviewed) in {("3", "à"), ("Prévention", "5. Prévention")}

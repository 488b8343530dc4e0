"""Anchors: what is printed is read back, and nothing else is an anchor."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.anchor import LANGS, PORTION, WORK, Anchor, as_lang, levels, other, parent

ANCHORS = st.builds(
    Anchor,
    st.from_regex(WORK, fullmatch=True),
    st.sampled_from(LANGS),
    st.from_regex(PORTION, fullmatch=True),
)
GOOD = [
    "val-duchesse-2023@fr#2.6",
    "celex:32016L0680@nl#art_36.par_1",
    "celex:32016L0680@fr#rct_26",
    "celex:22021A0430(01)@fr#art_1",
    "val-duchesse-2023@fr#7.eval.2",
]
BAD = [
    "",
    "@",
    "#",
    "@fr#",
    "val-duchesse-2023",
    "val-duchesse-2023@fr",
    "val-duchesse-2023#2.6",
    "val-duchesse-2023@fr#",
    "@fr#2.6",
    "val-duchesse-2023@#2.6",
    "val-duchesse-2023@de#2.6",
    "val-duchesse-2023@FR#2.6",
    "val-duchesse-2023@fr #2.6",
    "val-duchesse-2023@fr#2.6\n",
    " val-duchesse-2023@fr#2.6",
    "val duchesse@fr#2.6",
    "val-duchesse-2023@fr#2.6#7",
    "val-duchesse-2023@nl@fr#2.6",
    "val-duchesse-2023@fr#é",
    "../../etc/passwd@fr#2.6",
    "val/duchesse@fr#2.6",
    "-work@fr#2.6",
    "work@fr#.2",
    "val-duchesse-2023#fr@2.6",
]


@given(ANCHORS)
def test_what_is_printed_is_read_back(address: Anchor) -> None:
    assert Anchor.parse(str(address)) == address


@given(ANCHORS)
def test_the_twin_differs_in_language_alone_and_its_twin_is_the_first(address: Anchor) -> None:
    twin = address.twin()
    assert (twin.work, twin.portion) == (address.work, address.portion)
    assert twin.lang == other(address.lang) != address.lang
    assert twin.twin() == address


@given(st.text(alphabet="ab1:()._-@#fnrl \n/é", max_size=25) | st.text())
def test_a_text_is_an_anchor_that_prints_as_itself_or_is_refused(text: str) -> None:
    try:
        address = Anchor.parse(text)
    except ValueError:
        return
    assert str(address) == text


@given(ANCHORS)
def test_the_levels_of_a_portion_are_all_of_it_and_the_first_is_the_widest(
    address: Anchor,
) -> None:
    found = levels(address.portion)
    assert ".".join(found) == address.portion
    assert found[0] == address.top
    assert parent(address.portion) == ".".join(found[:-1])


@pytest.mark.parametrize(
    ("portion", "found"),
    [
        ("2.10", ["2", "10"]),
        ("I.3", ["I", "3"]),
        ("7.eval.2", ["7", "eval", "2"]),
        ("sec_2.1.par_3", ["sec_2.1", "par_3"]),
        ("art_II.2-1.par_2.pnt_a", ["art_II.2-1", "par_2", "pnt_a"]),
        ("art_L311-1.par_4", ["art_L311-1", "par_4"]),
        ("art_5bis(2).wal.par_1", ["art_5bis(2)", "wal", "par_1"]),
        ("anx_I.pnt_4.1.fnp(2)", ["anx_I", "pnt_4.1", "fnp(2)"]),
        ("rct_26", ["rct_26"]),
    ],
)
def test_a_portion_has_the_levels_that_a_reader_sees(portion: str, found: list[str]) -> None:
    assert levels(portion) == found


@pytest.mark.parametrize("text", GOOD)
def test_addresses_in_use_are_read(text: str) -> None:
    assert str(Anchor.parse(text)) == text


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_anchor_is_refused_and_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"not (an anchor|the name|a language|a portion)"):
        Anchor.parse(text)


@pytest.mark.parametrize(
    ("work", "lang", "portion"),
    [("", "fr", "1"), ("a@b", "fr", "1"), ("a", "en", "1"), ("a", "fr", ""), ("a", "fr", "1#2")],
)
def test_an_anchor_cannot_be_made_of_bad_parts(work: str, lang: str, portion: str) -> None:
    with pytest.raises(ValueError, match="not "):
        Anchor(work, lang, portion)  # type: ignore[arg-type]


def test_an_anchor_is_frozen_and_can_be_a_key() -> None:
    address = Anchor.parse(GOOD[0])
    with pytest.raises(FrozenInstanceError):
        address.work = "other"  # type: ignore[misc]
    assert {address: 1}[Anchor.parse(GOOD[0])] == 1


@pytest.mark.parametrize("text", ["", "FR", "en", "fr ", "nld"])
def test_a_third_language_is_refused_with_those_that_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="fr, nl"):
        as_lang(text)

"""Texts that took hours where each part was held against all before it: they are read.

How the time grows, ``python -m bench.growth`` shows; nothing here is measured with a clock.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from bench.growth import KINDS
from sources.errors import ReadError
from sources.formats.file import read_file
from tests.sources.formats.pdf_maker import Words, content, raw_pdf


def texts(data: bytes) -> list[str]:
    found = read_file(data, work="plan", lang="fr", name="plan", searchable=None)
    return [passage.text for passage in found.passages]


@pytest.mark.parametrize(
    "text",
    [
        "IVXLC" * 40_000 + " lu.",
        "xxxiv. lu\n" * 40_000,
        "mot-\n" * 40_000,
        "(" * 200_000 + "Titre",
        "mot" + " " * 400_000 + "mot",
    ],
    ids=["Roman signs", "wrapped lines", "parted words", "brackets", "spaces"],
)
def test_a_long_text_of_small_parts_is_read(text: str) -> None:
    assert texts(text.encode())


def test_a_paragraph_with_many_raised_signs_is_read() -> None:
    page = "<html><body><p>" + "mot<sup>2</sup> " * 30_000 + "</p></body></html>"
    assert len(texts(page.encode())) == 1


def test_an_element_of_very_many_attributes_is_refused() -> None:
    page = "<html><body><p " + " ".join(f"a{n}=x" for n in range(6000)) + ">Lu.</p></body></html>"
    with pytest.raises(ReadError, match="more than 5000 attributes"):
        texts(page.encode())


def _lines(count: int) -> bytes:
    """A PDF of so many numbered lines, 60 on a page."""
    numbers = range(1, count + 1)
    pages = [numbers[start : start + 60] for start in range(0, count, 60)]
    return raw_pdf(
        [
            content([Words(60, 780 - 12 * k, f"{n}. Le point est lu.") for k, n in enumerate(page)])
            for page in pages
        ]
    )


PDF: dict[str, tuple[Callable[[int], bytes], int]] = {"PDF, lines": (_lines, 2400)}


@pytest.mark.parametrize("kind", [*KINDS, *PDF])
def test_the_steps_of_reading_grow_with_the_text(kind: str) -> None:
    made, least = (KINDS | PDF)[kind]
    small, large = (_calls(made, least * times // 20) for times in (1, 4))
    assert large < 5 * small


def _calls(made: Callable[[int], bytes], count: int) -> int:
    """How many functions are called to read what is made."""
    data, found = made(count), 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal found
        found += event in {"call", "c_call"}

    read_file(data, work="plan", lang="fr", name="plan", searchable=None)  # imports, caches
    sys.setprofile(called)
    try:
        read_file(data, work="plan", lang="fr", name="plan", searchable=None)
    finally:
        sys.setprofile(None)
    return found

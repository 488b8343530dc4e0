"""Real acts: what is read against what their own markup says, and against each other."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from sources.anchor import Lang
from sources.errors import ReadError
from sources.formats.file import read_act
from sources.model import Document
from sources.twins import twin_differences
from tests.sources.formats.act_reading import CORPUS

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not CORPUS.is_dir(), reason=f"no real acts at {CORPUS} (set DUCHESSE_CORPUS)"
    ),
]


@dataclass(frozen=True)
class Pin:
    """One act of ``real_acts.toml``."""

    file: str
    lang: Lang
    date: str
    counts: list[int]
    shown: list[list[str]]


PINS = [
    Pin(**entry)
    for entry in tomllib.loads(Path(__file__).with_name("real_acts.toml").read_text("utf-8"))["act"]
]
WITH_IDS = [p.file for p in PINS if p.file.endswith(".xhtml") and "31971" not in p.file]
BOTH = sorted({f.split("/")[1] for f in WITH_IDS})


def read(file: str, lang: Lang) -> Document:
    return read_act((CORPUS / file).read_bytes(), work="celex:x", lang=lang)


def lang_of(file: str) -> Lang:
    return "nl" if "/nl." in file else "fr"


def first_steps(document: Document, pattern: str) -> set[str]:
    found = (re.match(pattern, p.anchor.portion) for p in document.passages)
    return {match[0] for match in found if match}


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin.file)
def test_a_real_act_has_the_passages_it_had_before(pin: Pin) -> None:
    document = read(pin.file, pin.lang)
    passages = document.passages
    parts = (r"art_[^.]+", r"art_[^.]+\.par_.+", r"rct_.+", r"anx_[^.]+")
    counts = [len(passages), *(len(first_steps(document, part)) for part in parts)]
    assert (document.date, counts) == (pin.date, pin.counts)
    shown = (passages[0], passages[len(passages) // 2], passages[-1])
    for passage, (portion, beginning) in zip(shown, pin.shown, strict=True):
        assert passage.anchor.portion == portion
        assert passage.text.startswith(beginning)


@pytest.mark.parametrize("file", WITH_IDS)
def test_articles_paragraphs_recitals_and_annexes_are_those_of_the_ids(file: str) -> None:
    raw = (CORPUS / file).read_text("utf-8")
    document = read(file, lang_of(file))
    for word in ("art", "rct", "cit", "anx"):
        assert first_steps(document, rf"{word}_[^.]+") == set(
            re.findall(rf'id="({word}_\w+)"', raw)
        )
    paragraphs = first_steps(document, r"art_\d+\.par_\d+$")
    as_ids = {"{:03}.{:03}".format(*map(int, re.findall(r"\d+", p))) for p in paragraphs}
    assert as_ids == set(re.findall(r'id="(\d{3}\.\d{3})"', raw))


def printed_words(raw: str) -> set[str]:
    """Words that the page shows, without its header and its table of contents."""
    raw = raw[raw.index("<body") :]
    raw = re.sub(r'<p class="oj-hd-.*?</p>', "", raw, flags=re.DOTALL)
    raw = re.sub(r'<p class="oj-ti-tbl" id="d1e812.*?(?=<div id="tis_I")', "", raw, flags=re.DOTALL)
    raw = re.sub(r'\s+(?=<span class="oj-super">o</span>)', "", raw)  # "N o" is "No"
    raw = re.sub(r"</?(?:p|td|tr|div|table|tbody|col|hr|body|html)\b[^>]*>", " ", raw)
    return words(html.unescape(re.sub(r"<[^>]+>", "", raw)))


def words(text: str) -> set[str]:
    plain = text.replace("\u00ad", "").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    return {word for word in re.findall(r"\w+", plain) if not word.isdigit()}


@pytest.mark.parametrize("file", WITH_IDS)
def test_no_word_of_an_act_is_lost_or_added(file: str) -> None:
    document = read(file, lang_of(file))
    kept = {document.title} | {h for p in document.passages for h in p.headings}
    kept |= {text for p in document.passages for text in (p.text, *p.notes)}
    assert words(" ".join(kept)) == printed_words((CORPUS / file).read_text("utf-8"))


@pytest.mark.parametrize("act", BOTH)
def test_the_two_languages_of_an_act_have_the_same_recitals_and_articles(act: str) -> None:
    fr = read(f"eurlex/{act}/fr.xhtml", "fr")
    nl = read(f"eurlex/{act}/nl.synthetic.xhtml", "nl")
    for word in ("art", "rct"):
        assert first_steps(fr, rf"{word}_[^.]+") == first_steps(nl, rf"{word}_[^.]+")
    missing = [d for d in twin_differences(fr, nl) if re.match(r"rct_\d+: only", d)]
    assert missing == []


@pytest.mark.parametrize(
    ("act", "corrected"),
    [("32016L0680", {"art_51.par_1"}), ("32016R0679", 18)],
)
def test_the_consolidated_text_is_the_journal_text_but_for_corrections(
    act: str, corrected: set[str] | int
) -> None:
    journal = read(f"eurlex/{act}/fr.xhtml", "fr")
    consolidated = read(f"samples/consolidated/{act.lower()}-2016-05-04.fr.html", "fr")
    before = {p.anchor.portion: p for p in journal.passages if p.anchor.portion.startswith("art")}
    after = {
        p.anchor.portion: p for p in consolidated.passages if p.anchor.portion.startswith("art")
    }
    assert list(after) == list(before)
    assert [p.headings for p in after.values()] == [p.headings for p in before.values()]
    changed = {
        portion
        for portion, passage in before.items()
        if passage.text.replace("’", "'") != after[portion].text.replace("’", "'")
    }
    assert changed == corrected if isinstance(corrected, set) else len(changed) == corrected


def test_a_belgian_page_without_a_law_is_refused() -> None:
    with pytest.raises(ReadError, match="the page holds no article"):
        read("samples/justel/justel_notfound.html", "fr")

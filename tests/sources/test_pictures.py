"""Pages of stored PDFs as pictures: real PDFs, drawn in a real process of their own."""

from __future__ import annotations

import base64
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sources import pictures
from sources.anchor import LANGS, Lang
from sources.errors import ReadError, SourceError
from sources.formats.sandbox.marks import letters, runs
from sources.formats.sandbox.picture import Sheet
from sources.library import Edition, Library
from sources.model import Passage
from sources.pictures import Pictures
from tests.sources.added_pdf import WORK, put


def edition(data: Path, lang: Lang) -> Edition:
    return next(e for e in Library(data).editions() if (e.source.id, e.lang) == (WORK, lang))


def read(data: Path, lang: Lang) -> tuple[list[Passage], str]:
    """The passages of the paper, and its fingerprint."""
    put(data, lang)
    found = edition(data, lang)
    return list(Library(data).read(found).passages), found.fingerprint


def marked(sheet: Sheet) -> float:
    """The part of the letters (dark dots) of a sheet that its marks cover."""
    picture = Image.open(io.BytesIO(base64.b64decode(sheet.image))).convert("L")
    assert picture.size == (sheet.width, sheet.height)
    ink = np.asarray(picture) < 128
    covered = np.zeros_like(ink)
    high, wide = ink.shape
    for x, y, w, h in sheet.marks:
        rows = slice(round(y * high), round((y + h) * high) + 1)
        covered[rows, round(x * wide) : round((x + w) * wide) + 1] = True
    return float((ink & covered).sum() / ink.sum())


@pytest.mark.parametrize("lang", LANGS)
def test_the_lines_of_a_passage_are_marked_and_no_others(tmp_path: Path, lang: Lang) -> None:
    passages, fingerprint = read(tmp_path, lang)
    passage = passages[2]
    (sheet,) = Pictures(tmp_path).of(passage, fingerprint)
    assert sheet.page == passage.page == 1
    assert 2 <= len(sheet.marks) <= 5
    tops = [y for _, y, _, _ in sheet.marks]
    assert tops == sorted(tops)
    assert 0.05 < marked(sheet) < 0.3
    shorter = sheet.model_copy(update={"marks": sheet.marks[:-1]})
    assert marked(shorter) < marked(sheet)


def test_a_passage_over_the_end_of_a_page_is_marked_on_both(tmp_path: Path) -> None:
    passages, fingerprint = read(tmp_path, "fr")
    passage = next(p for p in passages if len(p.text) > 1000)
    first, second = Pictures(tmp_path).of(passage, fingerprint)
    assert (first.page, second.page) == (passage.page, (passage.page or 0) + 1)
    assert len(first.marks) > 1
    assert len(second.marks) > 3


def test_words_that_are_not_on_the_page_leave_it_unmarked(tmp_path: Path) -> None:
    passages, fingerprint = read(tmp_path, "nl")
    other = replace(passages[2], text="De vuurtoren van het eiland brandt de hele nacht lang.")
    (sheet,) = Pictures(tmp_path).of(other, fingerprint)
    assert sheet.marks == ()
    assert sheet.page == 1


def test_a_picture_is_kept_and_the_oldest_give_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_MOST", 2)
    passages, fingerprint = read(tmp_path, "fr")
    drawer = Pictures(tmp_path)
    drawn = [drawer.of(p, fingerprint) for p in passages[1:4]]
    assert len(list((tmp_path / "cache" / "pages").glob("*.json"))) == 2
    monkeypatch.setattr(pictures, "_drawn", None)  # the last comes from disk
    assert drawer.of(passages[3], fingerprint) == drawn[2]


def test_a_picture_that_another_process_swept_away_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache" / "pages").mkdir(parents=True)
    (tmp_path / "cache" / "pages" / "gone.json").symlink_to(tmp_path / "nowhere")
    passages, fingerprint = read(tmp_path, "fr")
    assert Pictures(tmp_path).of(passages[2], fingerprint)


def test_a_file_that_has_changed_since_is_not_shown(tmp_path: Path) -> None:
    passages, fingerprint = read(tmp_path, "fr")
    drawer = Pictures(tmp_path)
    used = [(WORK, "fr", fingerprint), ("val-duchesse-2023", "fr", "x")]
    assert drawer.pictured(used) == {(WORK, "fr")}  # type: ignore[arg-type]
    put(tmp_path, "fr", b"%PDF-1.7 another")
    assert drawer.pictured(used) == frozenset()  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="no page to be shown"):
        drawer.of(passages[2], fingerprint)


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken %%EOF", b"\0" * 100])
def test_a_file_that_cannot_be_drawn_is_an_error(tmp_path: Path, content: bytes) -> None:
    passages, _ = read(tmp_path, "fr")
    put(tmp_path, "fr", content)
    with pytest.raises(ReadError, match="cannot be drawn"):
        Pictures(tmp_path).of(passages[2], edition(tmp_path, "fr").fingerprint)


def test_a_page_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    passages, fingerprint = read(tmp_path, "fr")
    with pytest.raises(ReadError, match="no page 99"):
        Pictures(tmp_path).of(replace(passages[2], page=99), fingerprint)


def test_runs_go_over_what_stands_between_and_take_the_longest_beginning() -> None:
    text = letters("Les États membres veillent à ce que les ponts soient peints en vert.")[0]
    false = letters("Les États membres veillent à ce que rien ne change. ")[0]
    with_note = text[:40] + "12" + text[40:]
    page = false + with_note
    found = runs(page, text)
    assert "".join(page[r.start : r.end] for r in found) == text
    assert found[0].start == len(false)
    assert found[-1].last == len(text)


def test_a_short_passage_counts_only_where_it_stands_once() -> None:
    assert len(runs("xxsansobjetyy", "sansobjet")) == 1
    assert runs("sansobjetxxsansobjet", "sansobjet") == []
    assert runs("", "sansobjet") == []
    assert runs("sansobjet", "") == []


def test_a_picture_that_cannot_be_kept_is_shown(tmp_path: Path) -> None:
    passages, fingerprint = read(tmp_path, "fr")
    (tmp_path / "cache").write_bytes(b"")  # where the folder of pictures would be
    assert Pictures(tmp_path).of(passages[2], fingerprint)[0].marks


def test_two_readers_of_a_page_have_it_drawn_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passages, fingerprint = read(tmp_path, "fr")
    drawer, drawn = Pictures(tmp_path), []
    draw = pictures._drawn
    monkeypatch.setattr(pictures, "_drawn", lambda *given: drawn.append(1) or draw(*given))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: drawer.of(passages[2], fingerprint), range(4)))
    assert len(set(found)) == len(drawn) == 1

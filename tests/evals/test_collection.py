"""A collection of acts: read from a file of passages, indexed beside what a folder has."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evals import cases
from evals.collection import CollectionLibrary, invented, read
from evals.parser import TEXTS
from index.builder import build
from index.registry import BuildRegistry
from sources.anchor import LANGS, Anchor
from sources.bilingual import Bilingual
from sources.errors import SourceError
from sources.model import Kind
from sources.settings import Settings
from tests.index.fake import FakeEmbedder

TITLE = "Règlement (UE) 2031/417 du Conseil du 3 mars 2031 relatif aux ports"
FERRY = {
    "celex": "32031R0417",
    "portion": "art_5bis.par_2",
    "kind": "paragraph",
    "title": TITLE,
    "title_nl": "",
    "fr": "Le bac part à l’heure.",
    "head_fr": ["Article 5 bis — Bacs"],
    "nl": "De veerboot vertrekt op tijd.",
    "head_nl": ["Artikel 5 bis — Veerboten"],
}
RECITAL = FERRY | {
    "portion": "rct_3",
    "kind": "recital",
    "fr": "Les bacs sont utiles.",
    "head_fr": [],
    "nl": None,
    "head_nl": None,
}
OTHER = RECITAL | {"celex": "32031L0007", "title": ""}


def written(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "passages.jsonl.gz"
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    path.write_bytes(gzip.compress(lines.encode("utf-8")))
    return path


def test_an_act_becomes_what_a_fetched_one_would_be(tmp_path: Path) -> None:
    (act,) = read(written(tmp_path, RECITAL, FERRY))
    assert act.work == "celex:32031R0417"
    french, dutch = act.document("fr"), act.document("nl")
    assert [str(p.anchor) for p in french.passages] == [
        "celex:32031R0417@fr#rct_3",
        "celex:32031R0417@fr#art_5bis.par_2",
    ]
    assert [p.text for p in dutch.passages] == ["De veerboot vertrekt op tijd."]
    assert french.passages[1].locator == Bilingual("art. 5bis, § 2", "art. 5bis, lid 2")
    assert french.passages[1].headings == ("Article 5 bis — Bacs",)


@pytest.mark.parametrize(
    ("around", "lead"),
    [
        ("Les bacs sont prêts.\nSont exclus:", "Sont exclus:"),
        ("Sont exclus :\nLe maire en décide.", "Sont exclus :"),
        ("Le bac attend lorsque", "Le bac attend lorsque"),
    ],
)
def test_a_point_has_the_line_that_opens_its_list(tmp_path: Path, around: str, lead: str) -> None:
    article = FERRY | {"portion": "art_6", "kind": "article", "fr": around}
    point = FERRY | {"portion": "art_6.pnt_a", "kind": "point", "fr": "les ânes;"}
    (act,) = read(written(tmp_path, FERRY, article, point))
    assert [p.lead for p in act.document("fr").passages] == ["", "", lead]


def test_it_is_indexed_beside_what_the_folder_has_and_may_be_named(tmp_path: Path) -> None:
    acts = read(written(tmp_path, RECITAL, FERRY, OTHER), ["32031R0417"])
    settings = Settings(data=tmp_path / "data")
    library = CollectionLibrary(settings.data, acts)
    entry = library.catalogue.find("celex:32031R0417")
    assert (entry.title.fr, entry.title.nl) == (TITLE, "Verordening (EU) 2031/417")
    assert entry.short.fr == "Règlement (UE) 2031/417"
    registry = BuildRegistry(settings.data)
    manifest = build(registry, library, FakeEmbedder, settings, lambda *_: None)
    indexed = {f"{d.work}@{d.lang}": d.passages for d in manifest.documents}
    assert indexed["celex:32031R0417@fr"] == 2
    assert indexed["celex:32031R0417@nl"] == 1
    assert not any(name.startswith("celex:32031L0007") for name in indexed)


@pytest.mark.parametrize("sort", TEXTS)
def test_every_case_on_an_invented_text_names_passages_that_it_has(
    sort: str, tmp_path: Path
) -> None:
    texts = invented(sort)
    library = CollectionLibrary(tmp_path, [], texts)
    names = {t.entry.id for t in texts}
    assert {library.catalogue.find(n).kind for n in names} <= {"declaration", "document"}
    here = {str(p.anchor) for t in texts for la in LANGS for p in t.document(la).passages}
    asked = [c for c in cases.load() if names & set(c.works)]
    assert {(c.lang, c.split) for c in asked} == {(la, s) for la in LANGS for s in cases.SPLITS}
    for case in asked:
        assert {a for a in (*case.any, *case.all) if Anchor.parse(a).work in names} <= here
    for name in names:  # a whole text is to tune on or to report on
        assert len({c.split for c in asked if name in c.works}) <= 1


def test_a_text_in_one_language_has_no_passages_in_the_other() -> None:
    texts = invented("ordinary")
    alone = [t for t in texts if not all(t.document(la).passages for la in LANGS)]
    assert len(alone) > len(texts) / 2
    kinds = {p.kind for t in texts for la in LANGS for p in t.document(la).passages}
    assert {Kind.ARTICLE, Kind.POINT, Kind.PARAGRAPH} <= kinds


def test_what_is_no_file_of_passages_is_said(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("no gzip", "utf-8")
    for path in (tmp_path / "gone.gz", tmp_path / "plain.txt"):
        with pytest.raises(SourceError, match="not a file of passages"):
            read(path)
    with pytest.raises(SourceError, match="does not have: 32031L0008"):
        read(written(tmp_path, FERRY), ["32031L0008"])

"""Questions to train on: whose passages are there, in batches that are hard and mixed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from evals import cases
from sources.anchor import LANGS
from training import data
from training.data import (
    ORDINARY,
    TEXTS,
    Question,
    invented,
    questions,
)

RECORD = {
    "celex": "32031R0417",
    "portion": "art_5",
    "kind": "article",
    "title": "",
    "title_nl": "",
    "fr": "Le bac part à l’heure.",
    "head_fr": ["Chapitre I", "Article 5 — Bacs"],
    "nl": None,
    "head_nl": None,
}


def test_every_question_that_ships_has_its_form_and_none_is_there_twice() -> None:
    lines = data.QUESTIONS.read_text("utf-8").splitlines()
    addresses = {a for line in lines for a in json.loads(line)["any"]}
    found = questions(data.QUESTIONS, addresses)
    assert len(found) == len(lines) > 6000
    assert len({(q.lang, q.text.casefold()) for q in found}) == len(found)
    assert {q.lang for q in found} == {"fr", "nl"}


def test_near_misses_name_what_a_careless_reader_would_cite_and_their_twins_what_answers() -> None:
    entries = [json.loads(line) for line in data.NEAR_MISSES.read_text("utf-8").splitlines()]
    assert (
        {"near_miss", "twin"} <= {e["kind"] for e in entries} <= {"near_miss", "twin", "question"}
    )
    assert all(bool(e["any"]) == (e["kind"] != "near_miss") for e in entries)
    assert all(e["near"] for e in entries if e["kind"] == "near_miss")
    asked = [(e["lang"], e["question"].casefold()) for e in entries]
    assert len(set(asked)) == len(asked)
    counts = [sum(e["lang"] == lang for e in entries) for lang in LANGS]
    assert max(counts) - min(counts) < len(entries) / 240  # 50 of the first 12,000


def test_every_question_on_an_invented_text_is_answered_by_a_passage_of_it_or_near_to_one() -> None:
    passages, titles, asked = invented(TEXTS)
    assert all(title.fr and title.nl for title in titles.values())
    assert {a.partition("#")[0] for a in passages} == {q.work for q in asked}
    assert all(set(versions) == set(LANGS) for versions in passages.values())
    assert all(a in passages for q in asked for a in (*q.answers, *q.near))
    assert all(bool(q.answers) != bool(q.near) for q in asked)
    written = {(q.work, q.lang, q.text.casefold()) for q in asked}
    assert len(written) == len(asked) > 2000


def test_questions_whose_passages_are_not_there_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"lang": "fr", "question": "Quand ?", "any": ["32031R0417#art_5", "gone#1"]}\n'
        '{"lang": "nl", "question": "Waar?", "any": ["gone#2"]}\n'
        '{"lang": "nl", "question": "Wie?", "any": [], "near": ["gone#2", "32031R0417#art_5"]}\n'
        '{"lang": "fr", "question": "Qui ?", "any": ["gone#2"], "near": ["32031R0417#art_5"]}\n',
        "utf-8",
    )
    assert questions(path, {"32031R0417#art_5"}) == [
        Question("fr", "Quand ?", ("32031R0417#art_5",)),
        Question("nl", "Wie?", (), ("32031R0417#art_5",)),
    ]


def test_acts_to_measure_on_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "passages.jsonl.gz"
    measured = next(w for c in cases.load() for w in c.works if w.startswith("celex:"))
    records = [RECORD, RECORD | {"celex": measured.removeprefix("celex:")}]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    passages, titles, asked = data.collect(path)
    on_acts = {a for a in passages if a.partition("#")[0] not in {q.work for q in asked}}
    assert on_acts == {"32031R0417#art_5"}
    assert {a.partition("#")[0] for a in passages} == set(titles)


def test_every_question_on_an_ordinary_document_names_passages_of_it() -> None:
    found = invented(ORDINARY)
    assert len(found.questions) > 3000
    assert {a for q in found.questions for a in (*q.answers, *q.near)} <= found.passages.keys()
    assert {q.lang for q in found.questions} == {"fr", "nl"}
    assert all(q.answers or q.near for q in found.questions)
    assert not any(set(q.answers) & set(q.near) for q in found.questions)
    assert 0.35 < sum(not q.answers for q in found.questions) / len(found.questions) < 0.45
